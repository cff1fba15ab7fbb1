"""Claims by their ids, as they count now, wherever they stand: read, made by people, or held on to by a decision."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

import sqlalchemy as sa

from cenotaph.case import tables as built
from cenotaph.case.part import Part
from cenotaph.desk import Desk, tables
from cenotaph.desk.history import History
from cenotaph.plain import intervals
from cenotaph.vocabulary import Claim, Count

__all__ = ["REPORTS", "batches", "claims_now", "counts", "where"]

REPORTS = 100
"""Of which all claims are held at once."""


def batches(values: Iterable[str], size: int = 500) -> Iterator[list[str]]:
    """Each value once, some at a time.

    >>> list(batches("abcab", 2))
    [['a', 'b'], ['c']]
    """
    wanted = list(dict.fromkeys(values))
    yield from (wanted[start : start + size] for start in range(0, len(wanted), size))


def where(desk: Desk, history: History, ids: Iterable[str]) -> dict[str, str]:
    """In which report each of these claims stands; a reader that is mended may read an accepted one otherwise."""
    wanted, claims = set(ids), built.claims.c
    found: dict[str, str] = {}
    for some in batches(wanted):
        rows = desk.rows(sa.select(claims.id, claims.report).where(claims.id.in_(some)))
        found |= {str(row["id"]): str(row["report"]) for row in rows}
    left = wanted - found.keys()
    found |= {one.about: one.report for one in history.of_verbs("accept") if one.about in left}
    return found | {one: history.made[one] for one in wanted if one in history.made}


def claims_now(desk: Desk, history: History, ids: Collection[str]) -> dict[str, Claim]:
    """Those of them that count."""
    found: dict[str, Claim] = {}
    for some in batches(sorted(where(desk, history, ids).values()), REPORTS):
        part = Part(desk.case, some, (), history.of_reports(some))
        found |= {one.id: one for one in part.claims() if one.id in ids}
    return found


def counts(desk: Desk, history: History, ids: Collection[str]) -> Mapping[str, Count]:
    """How many people each tells of: by the tables of pages, and where a claim is in none, by its words."""
    table = tables.claims.c
    query = sa.select(table.claim, table.low, table.high)
    rows = (row for some in batches(ids) for row in desk.rows(query.where(table.claim.in_(some))))
    found = {str(row["claim"]): Count(row["low"], row["high"]) for row in rows}
    left = set(ids) - found.keys()
    beside = claims_now(desk, history, left) if left else {}
    return found | {key: one.count for key, one in intervals(beside.values(), desk.case.rules).items()}
