"""Rows of claims as lists of them need them: in the order of their days, and the claims themselves behind them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from cenotaph.case import cache
from cenotaph.case import tables as built
from cenotaph.desk import tables
from cenotaph.vocabulary import Claim

__all__ = ["claims_of", "newest_first"]


def newest_first(where: Sequence[sa.ColumnElement[bool]], *, many: bool) -> sa.Select[Any]:
    """Claims by their first day, in the order of the index of days. `many` of them are read along it, until there are
    enough; few are found by what they say, and sorted.
    """
    claims = tables.claims.c
    query = sa.select(tables.claims).where(*where)
    order = (claims.first, claims.place, claims.harm, claims.claim)
    if many:
        query = query.with_hint(tables.claims, "INDEXED BY desk_claims_first", "sqlite")
        return query.order_by(*(one.desc() for one in order))
    return query.order_by(*(one.concat("").desc() for one in order))


def claims_of(connection: sa.Connection, rows: Sequence[Mapping[str, Any]]) -> dict[str, Claim]:
    """The claims of rows of desk_claims: as decided, else as they were read."""
    made = {str(row["claim"]): cache.unpacked(Claim, row["data"]) for row in rows if row["data"]}
    wanted_ids = [str(row["claim"]) for row in rows if not row["data"]]
    query = sa.select(built.claims.c.id, built.claims.c.data).where(built.claims.c.id.in_(wanted_ids))
    return made | {str(row.id): cache.unpacked(Claim, row.data) for row in connection.execute(query)}
