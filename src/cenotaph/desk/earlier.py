"""Whom versions that are not the newest name, and reports that are out of scope: a row of the hidden for each report.

They count no more, and whom they named is not to be named for that. What is kept here need not be read again whenever
somebody decides on something else.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

import sqlalchemy as sa

from cenotaph.case import tables as built
from cenotaph.case.decisions import out_of_scope
from cenotaph.case.past import Past, past_of
from cenotaph.case.tables import writing
from cenotaph.desk import tables
from cenotaph.desk.history import History
from cenotaph.desk.rows import hidden_in
from cenotaph.vocabulary import Answer, Claim

if TYPE_CHECKING:
    from cenotaph.case import Case

__all__ = ["level", "renamed"]

OF = "earlier "
"""Begins the name of a report's row among those of the groups; its id and the key of its reading follow."""
AT_ONCE = 500


def level(case: Case, decided: History, touched: Collection[str]) -> None:
    """Brings the rows level, those of `touched` reports anew."""
    with case.engine.connect() as connection:
        wanted = _wanted(connection, out_of_scope(decided.standing))
        mine = sa.select(tables.hidden.c.group).where(tables.hidden.c.group.startswith(OF))
        there = set(connection.execute(mine).scalars())
    again = {name for name, report in wanted.items() if report in touched}
    gone, todo = sorted(there - set(wanted) | again & there), sorted(set(wanted) - there | again)
    for start in range(0, len(gone), AT_ONCE):
        with writing(case.engine) as connection:
            some = gone[start : start + AT_ONCE]
            connection.execute(sa.delete(tables.hidden).where(tables.hidden.c.group.in_(some)))
            tables.renew(connection, tables.HIDDEN)
    for start in range(0, len(todo), AT_ONCE):
        names = {wanted[name]: name for name in todo[start : start + AT_ONCE]}
        with writing(case.engine) as connection:
            told = past_of(connection, decided.all, list(names))
            connection.execute(sa.insert(tables.hidden), _rows(told, names))
            tables.renew(connection, tables.HIDDEN)


def _wanted(connection: sa.Connection, aside: Collection[str]) -> dict[str, str]:
    """The reports that count no more, by the names of their rows."""
    reports = tables.reports.c
    read = sa.select(reports.report, built.readings.c.key).join_from(
        tables.reports, built.readings, built.readings.c.report == reports.report, isouter=True
    )
    found, some = list(connection.execute(read.where(reports.newest == 0))), sorted(aside)
    for start in range(0, len(some), AT_ONCE):
        found += connection.execute(read.where(reports.report.in_(some[start : start + AT_ONCE])))
    return {f"{OF}{row.report} {row.key or ''}": row.report for row in found}


def _rows(told: Past, names: Mapping[str, str]) -> list[dict[str, str]]:
    """A row for each report, also where it names nobody: it was looked at."""
    claims, answers = defaultdict[str, list[Claim]](list), defaultdict[str, list[Answer]](list)
    for one in told.claims:
        claims[one.report].append(one)
    for answer in told.answers:
        answers[answer.report].append(answer)
    return [hidden_in(name, claims[report], answers[report]) for report, name in names.items()]


def renamed(case: Case, decided: History) -> list[Claim]:
    """The claims of these reports whose voice people gave a name: it may be that of somebody who is protected."""
    named = {one.about for one in decided.of_verbs("alias") if one.about.startswith("claim:")}
    if not named:
        return []
    reports = {decided.made[one] for one in named if one in decided.made}
    with case.told(), case.engine.connect() as connection:
        read = sa.select(built.claims.c.report).where(built.claims.c.id.in_(named))
        reports |= set(connection.execute(read).scalars())
        old = sorted(reports & set(_wanted(connection, out_of_scope(decided.standing)).values()))
        return [one for one in past_of(connection, decided.all, old).claims if one.id in named]
