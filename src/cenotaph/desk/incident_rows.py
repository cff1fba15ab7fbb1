"""Which harms are told of each incident: what the list of incidents is narrowed by."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy import Column, Integer, Table, Text

from cenotaph.case.tables import writing
from cenotaph.desk import tables

if TYPE_CHECKING:
    from cenotaph.case import Case

__all__ = ["harms", "level"]

harms = Table(
    "desk_incident_harms", tables.metadata,
    Column("harm", Text, primary_key=True), Column("incident", Text, primary_key=True),
    Column("claims", Integer, nullable=False),
)  # fmt: skip


def level(case: Case, changed: bool) -> None:
    """Made of the claims by a statement for each harm, when any of them changed or the table is not there yet."""
    with writing(case.engine) as connection:
        there = sa.inspect(connection).has_table(harms.name)
        if there and not changed and tables.value(connection, "harms"):
            return
        harms.drop(connection, checkfirst=True)
        harms.create(connection)
        claims, count = tables.claims.c, sa.func.count()
        told: dict[str, list[str]] = defaultdict(list)
        for one in connection.execute(sa.select(claims.harm).distinct()).scalars():
            for code in str(one).split(" or "):
                told[code].append(str(one))
        for code, words in sorted(told.items()):
            some = sa.select(sa.literal(code), claims.incident, count).where(claims.harm.in_(words))
            some = some.where(claims.incident != "").group_by(claims.incident)
            connection.execute(sa.insert(harms).from_select(["harm", "incident", "claims"], some))
        tables.put(connection, "harms", json.dumps(sorted(told)))
