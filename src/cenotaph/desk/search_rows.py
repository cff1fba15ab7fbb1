"""The claims that a search finds as the lines of a sheet, with their words; a few hundred at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from cenotaph.desk import Desk, tables
from cenotaph.desk.claim_rows import newest_first
from cenotaph.desk.search import Look
from cenotaph.desk.search_asked import Asked, claims_where
from cenotaph.desk.wanted import wanted
from cenotaph.publish.cells import clean

__all__ = ["COLUMNS", "ROWS", "in_rows"]

ROWS = 50_000
"""Rows of a sheet, at most."""
AT_ONCE = 500
COLUMNS = ("claim", "report", "title", "outlet", "published", "root", "said", "harm", "figure", "low", "high", "people",
           "status", "place", "first_day", "last_day", "stance", "reach", "read_by", "incident", "quote")  # fmt: skip


def in_rows(desk: Desk, one: Asked) -> Iterator[list[Any]]:
    """The claims that were asked for, with their words, as the lines of a sheet: a few hundred at a time.

    A sheet leaves the house: it never names who is protected, and no name that is hidden finds anything for it.
    """
    veil, told = desk.plain_veil, 0
    after: tuple[str, ...] | None = None
    while told < ROWS:
        with desk.case.told(), desk.case.engine.connect() as connection:
            words = wanted(connection, one.q, veil)
            where = None if words.nothing else claims_where(desk, connection, one, veil, words)
            if where is None:
                return
            look = Look(desk, connection, one, words, veil)
            conditions, sure = look.of_held(where)
            rows = look.rows(_page(conditions, after, many=look.are_many(conditions)))
            hits = look.of_claims(rows if sure else look.still(rows), cut=False)
        yield from (_row(hit.about) for hit in hits)
        told += len(hits)
        if len(rows) < AT_ONCE:
            return
        after = tuple(str(rows[-1][name]) for name in ("first", "place", "harm", "claim"))


def _page(where: Sequence[sa.ColumnElement[bool]], after: tuple[str, ...] | None, *, many: bool) -> sa.Select[Any]:
    """The newest days first, from where the last page ended."""
    claims = tables.claims.c
    query = newest_first(where, many=many).limit(AT_ONCE)
    if after is None:
        return query
    order = sa.tuple_(claims.first, claims.place, claims.harm, claims.claim)
    return query.where(order < sa.tuple_(*map(sa.literal, after)))


def _row(about: Mapping[str, Any]) -> list[Any]:
    told = [
        about["claim"], about["report"], about["title"], about["outlet"], about["published"], about["root"],
        about["said"], about["harm"], about["words"], about["low"], about["high"], about["people"], about["status"],
        about["place_path"], about["first"], about["last"], about["stance"], about["reach"], about["reads"],
        about["incident"], about["quote"],
    ]  # fmt: skip
    return [clean(one) for one in told]
