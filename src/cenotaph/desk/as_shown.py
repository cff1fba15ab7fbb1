"""Reports as they may be shown to somebody who searches: which hold what was looked for only in what is hidden."""

from __future__ import annotations

from collections.abc import Collection

import sqlalchemy as sa

from cenotaph.case import evidence
from cenotaph.desk import tables
from cenotaph.desk.among import among
from cenotaph.desk.wanted import Wanted
from cenotaph.publish.veil import Veil
from cenotaph.vocabulary import Report

__all__ = ["LOOKED_THROUGH", "no_hits", "told_of"]

LOOKED_THROUGH = 1_000
"""Reports that are looked at as they are shown, at most, for one search."""
_AT_ONCE = 200


def told_of(report: Report, veil: Veil | None) -> list[str]:
    """All words of a report that can be looked for, as they are shown: its text last."""
    told = (report.title, report.outlet, report.name, report.text)
    return list(told) if veil is None else [veil.words(words, report.id) for words in told]


def no_hits(
    connection: sa.Connection, words: Wanted, veil: Veil | None, where: list[sa.ColumnElement[bool]],
    hiding: Collection[str],
) -> list[str]:  # fmt: skip
    """Of the reports for which `where` is so and in which words are hidden as a whole (`hiding`), those that are no
    hits as they are shown: what was looked for stands only in what is hidden, or what must not stand does in the rest.
    """
    if veil is None or not hiding:
        return []
    query = sa.select(tables.reports.c.report).where(*where, among(connection, tables.reports.c.report, hiding))
    ids = [str(one) for one in connection.execute(query.limit(LOOKED_THROUGH)).scalars()]
    out = list[str]()
    for start in range(0, len(ids), _AT_ONCE):
        some = evidence.some(connection, ids[start : start + _AT_ONCE])
        out += [one.id for one in some if not words.holds("\n".join(told_of(one, veil)))]
    return out
