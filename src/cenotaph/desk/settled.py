"""Problems that people settled leave the list without anything being worked out again, and come back when that is
undone.

A group of claims is worked out again when its claims change; to settle one of its problems changes none of them.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import sqlalchemy as sa

from cenotaph.case.tables import writing
from cenotaph.desk import tables

if TYPE_CHECKING:
    from cenotaph.case import Case

__all__ = ["lay_aside", "reopen"]

DONE = "reopened"
"""In desk_meta: the undos of settlements that were followed already."""


def reopen(case: Case) -> None:
    """Lets the groups be told again whose settled problems somebody opened again since; before groups are filled."""
    index, claims = tables.decisions.c, tables.claims.c
    with writing(case.engine) as connection:
        query = sa.select(index.undone, index.report).where(index.verb == "settle", index.undone != "")
        undone = {row.undone: row.report for row in connection.execute(query)}
        known = tables.value(connection, DONE)
        fresh = set(undone) - set(json.loads(known)) if known else set()
        reports = {undone[one] for one in fresh} - {""}
        if reports:
            held = sa.select(claims.group).where(claims.report.in_(reports))
            connection.execute(sa.delete(tables.groups).where(tables.groups.c.group.in_(held)))
        if fresh or not known:
            tables.put(connection, DONE, json.dumps(sorted(undone)))


def lay_aside(case: Case) -> None:
    """Takes off the list what is settled; after groups were filled."""
    index, problems = tables.decisions.c, tables.problems.c
    with writing(case.engine) as connection:
        stands = sa.select(index.about).where(index.verb == "settle", index.undone == "")
        connection.execute(sa.delete(tables.problems).where(problems.problem.in_(stands)))
