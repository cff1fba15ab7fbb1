"""What is made of the evidence and can be made again: readings report by report, then tolls and problems."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy import Connection, Table

from cenotaph.case.tables import answers, claims, readings, tolls, unclear, unread
from cenotaph.plain import canonical, dump, load
from cenotaph.vocabulary import Answer, Claim, Problem, Report, Toll

T = TypeVar("T")
Reading = tuple[list[Claim], list[Answer], list[Problem]]
_OF_REPORTS = (claims, answers, unread)


def key_of(report: Report, digest: str) -> str:
    """What a reading depends on: the text, what is known of the report, and all that the reader knew."""
    known = canonical({**dump(report), "text": report.text_hash})
    return hashlib.sha256(f"{digest}|{known}".encode("utf-8", "surrogatepass")).hexdigest()


def keys(connection: Connection) -> dict[str, str]:
    return {row.report: row.key for row in connection.execute(sa.select(readings))}


def store(connection: Connection, report: Report, key: str, reading: Reading) -> None:
    """One report's reading in place of the one before."""
    drop(connection, report.id)
    parts: tuple[Sequence[Any], ...] = reading
    for table, found in zip(_OF_REPORTS, parts, strict=True):
        rows = [_row(report.id, position, one) for position, one in enumerate(found)]
        if rows:
            connection.execute(sa.insert(table), rows)
    connection.execute(sa.insert(readings), {"report": report.id, "key": key})


def _row(report: str, position: int, value: Any) -> dict[str, Any]:
    return {"report": report, "position": position, "id": value.id, "data": canonical(value)}


def drop(connection: Connection, report: str) -> None:
    for table in (*_OF_REPORTS, readings):
        connection.execute(sa.delete(table).where(table.c.report == report))


def store_tolls(connection: Connection, found: Sequence[Toll], problems: Sequence[Problem]) -> None:
    made: tuple[tuple[Table, Sequence[Any]], ...] = ((tolls, found), (unclear, problems))
    for table, values in made:
        connection.execute(sa.delete(table))
        rows = [{"position": n, "id": value.id, "data": canonical(value)} for n, value in enumerate(values)]
        if rows:
            connection.execute(sa.insert(table), rows)


def read_back(connection: Connection, table: Table, kind: type[T], reports: Iterable[str] | None = None) -> list[T]:
    """The values of a cache table in their order; of these reports only, in the order given."""
    import json

    if reports is None:
        query = sa.select(table.c.data).order_by(table.c.position)
        return [load(kind, json.loads(data)) for data in connection.execute(query).scalars()]
    by_report: dict[str, list[str]] = {}
    for row in connection.execute(sa.select(table.c.report, table.c.data).order_by(table.c.report, table.c.position)):
        by_report.setdefault(row.report, []).append(row.data)
    return [load(kind, json.loads(data)) for report in reports for data in by_report.get(report, ())]
