"""What is made of the evidence and can be made again: readings report by report, tolls and problems group by group."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

import msgspec
import sqlalchemy as sa
from sqlalchemy import Connection, Table

from cenotaph.case.tables import (
    GROUPED,
    answers,
    claims,
    group_keys,
    readings,
    tethers,
    undecided,
    unread,
    waiting,
    worked_out,
)
from cenotaph.plain import canonical, load
from cenotaph.vocabulary import Answer, Claim, Problem, Report

T = TypeVar("T")
Reading = tuple[list[Claim], list[Answer], list[Problem]]
_OF_REPORTS = (claims, answers, unread)
BATCH = 500
"""Reports in one query; SQLite takes no more than some thousands."""
INDEX = "desk_"
"""Begins the names of tables that pages are drawn from; they are made again from the others when they are missing."""
_SHADOWS = ("_data", "_idx", "_content", "_docsize", "_config")  # of an SQLite table for full text; they go with it


def key_of(report: Report, digest: str) -> str:
    """What a reading depends on: the text, what is known of the report, and all that the reader knew."""
    known = packed(replace(report, text=report.text_hash))
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
    return {"report": report, "position": position, "id": value.id, "data": packed(value)}


def drop(connection: Connection, report: str) -> None:
    for table in (*_OF_REPORTS, readings):
        connection.execute(sa.delete(table).where(table.c.report == report))


def group_keys_of(connection: Connection) -> dict[str, str]:
    return {row.group: row.key for row in connection.execute(sa.select(group_keys))}


def some_group_keys(connection: Connection, groups: Iterable[str]) -> dict[str, str]:
    """Those of these groups that were built."""
    wanted, found = list(groups), dict[str, str]()
    for start in range(0, len(wanted), BATCH):
        query = sa.select(group_keys).where(group_keys.c.group.in_(wanted[start : start + BATCH]))
        found |= {row.group: row.key for row in connection.execute(query)}
    return found


def drop_group(connection: Connection, group: str) -> None:
    for table in (*GROUPED, group_keys):
        connection.execute(sa.delete(table).where(table.c.group == group))


def store_group(connection: Connection, group: str, key: str, parts: Mapping[Table, Sequence[tuple[str, Any]]]) -> None:
    """What was made of one group in place of what was made of it before; each value with the id it goes by."""
    drop_group(connection, group)
    for table, found in parts.items():
        rows = [
            {"group": group, "position": n, "id": one, "data": packed(value)} for n, (one, value) in enumerate(found)
        ]
        if rows:
            connection.execute(sa.insert(table), rows)
    connection.execute(sa.insert(group_keys), {"group": group, "key": key})


def store_all(connection: Connection, table: Table, found: Sequence[tuple[str, Any]]) -> None:
    connection.execute(sa.delete(table))
    rows = _numbered(found)
    if rows:
        connection.execute(sa.insert(table), rows)


def _numbered(found: Sequence[tuple[str, Any]]) -> list[dict[str, Any]]:
    return [{"position": number, "id": one, "data": packed(value)} for number, (one, value) in enumerate(found)]


def clear_made(connection: Connection) -> None:
    """Everything that was made of claims; it holds their words."""
    for table in (*GROUPED, group_keys, undecided, tethers, worked_out, waiting):
        connection.execute(sa.delete(table))
    for name in sa.inspect(connection).get_table_names():
        if name.startswith(INDEX) and not any(name.endswith(part) for part in _SHADOWS):
            connection.exec_driver_sql(f"DROP TABLE {name}")


def values(connection: Connection, table: Table, kind: type[T]) -> list[tuple[str, T]]:
    """The values of a table with the ids they go by."""
    order = (table.c.group, table.c.position) if "group" in table.c else (table.c.position,)
    query = sa.select(table.c.id, table.c.data).order_by(*order)
    return [(row.id, unpacked(kind, row.data)) for row in connection.execute(query)]


def of_reports(connection: Connection, table: Table, kind: type[T], reports: Iterable[str]) -> list[T]:
    """The values of a table of readings in their order; of these reports only, in the order given."""
    wanted, found = list(reports), list[T]()
    for start in range(0, len(wanted), BATCH):
        some, by_report = wanted[start : start + BATCH], dict[str, list[str]]()
        query = sa.select(table.c.report, table.c.data).where(table.c.report.in_(some))
        for row in connection.execute(query.order_by(table.c.report, table.c.position)):
            by_report.setdefault(row.report, []).append(row.data)
        found += [unpacked(kind, data) for report in some for data in by_report.get(report, ())]
    return found


# --- how values lie in the cache --------------------------------------------------------------------------------------

_PLAIN = "~"  # begins what msgspec can't write: half a character, as hostile text may hold
_decoders: dict[Any, Any] = {}


def packed(value: Any) -> str:
    """A value as JSON of its fields; the cache is ours alone, so speed decides (ten times that of the public form)."""
    try:
        return msgspec.json.encode(value).decode()
    except UnicodeEncodeError:
        return _PLAIN + canonical(value)


def unpacked(kind: type[T], data: str) -> T:
    if data.startswith(_PLAIN):
        return load(kind, json.loads(data[1:]))
    if kind not in _decoders:
        _decoders[kind] = msgspec.json.Decoder(kind)
    found: T = _decoders[kind].decode(data)
    return found
