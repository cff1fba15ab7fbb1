"""That a column holds one of many values, as one parameter: a parameter each would cost more than the question."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any

import sqlalchemy as sa

__all__ = ["among"]


def among(connection: sa.Connection, column: sa.ColumnElement[str], values: Collection[str]) -> sa.ColumnElement[bool]:
    """The condition, for texts that hold no NUL.

    >>> with sa.create_engine("sqlite://").connect() as connection:
    ...     query = sa.select(sa.literal("dead")).where(among(connection, sa.literal("dead"), ["hurt", "dead"]))
    ...     connection.execute(query).scalar()
    'dead'
    """
    if connection.dialect.name != "sqlite":
        return column == sa.any_(sa.literal(list(values), sa.ARRAY(sa.Text)))
    told: Any = sa.func.json_each(sa.literal(json.dumps(list(values)), sa.String)).table_valued("value")
    return column.in_(sa.select(told.c.value))
