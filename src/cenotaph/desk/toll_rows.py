"""The rows of tolls: whose figure each is and how long its series, so that the longest of a root are found at once."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from cenotaph.case import cache
from cenotaph.case import tables as built
from cenotaph.desk import tables
from cenotaph.vocabulary import Toll

__all__ = ["row", "widen"]

AT_ONCE = 500
_MORE = {"root": "TEXT NOT NULL DEFAULT ''", "steps": "INTEGER NOT NULL DEFAULT 0", "low": "INTEGER NOT NULL DEFAULT 0"}


def row(toll: Toll, group: str) -> dict[str, Any]:
    return {"toll": toll.id, "group": group, "incident": toll.incident, **_of(toll)}


def _of(toll: Toll) -> dict[str, Any]:
    return {"root": toll.root, "steps": len(toll.series), "low": toll.figure.low}


def widen(connection: Connection) -> None:
    """Gives a table that was made before these columns what they hold, from the tolls themselves: to make all tables
    anew would take as long as a build.
    """
    looked, name = sa.inspect(connection), tables.tolls.name
    if not looked.has_table(name) or "root" in {one["name"] for one in looked.get_columns(name)}:
        return
    for column, kind in _MORE.items():
        connection.exec_driver_sql(f"ALTER TABLE {name} ADD COLUMN {column} {kind}")
    put = sa.update(tables.tolls).where(tables.tolls.c.toll == sa.bindparam("of_toll"))
    put = put.values({column: sa.bindparam(column) for column in _MORE})
    ids = connection.execute(sa.select(tables.tolls.c.toll).order_by(tables.tolls.c.toll)).scalars().all()
    for start in range(0, len(ids), AT_ONCE):
        query = sa.select(built.tolls.c.id, built.tolls.c.data)
        rows = connection.execute(query.where(built.tolls.c.id.in_(ids[start : start + AT_ONCE]))).all()
        found = [{"of_toll": one.id, **_of(cache.unpacked(Toll, one.data))} for one in rows]
        if found:
            connection.execute(put, found)
