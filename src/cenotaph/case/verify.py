"""Whether everything is as it was kept: the archive, the journal's chains, the payloads, and the journal's end."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

import sqlalchemy as sa
from sqlalchemy import Connection

from cenotaph.archive import Archive
from cenotaph.case import evidence
from cenotaph.case.errors import CaseError
from cenotaph.case.journal import START, Journal, Row, contents, forgotten, rows, sha
from cenotaph.case.tables import payloads


def verify(book: Journal, archive: Archive) -> list[str]:
    """One plain line for each thing that is broken, the first broken link of each chain among them; [] when whole."""
    with book.engine.connect() as connection:
        out = [*_database(connection), *_chains(connection), *_payloads(connection), *_tombstones(connection)]
        try:
            out += book.cut(connection)
        except CaseError as error:
            out.append(str(error))
        if not any("content is not" in line for line in out):
            out += _evidence(connection, archive)
    return out


def _database(connection: Connection) -> Iterator[str]:
    if connection.engine.dialect.name != "sqlite":
        return
    found = [row[0] for row in connection.exec_driver_sql("PRAGMA integrity_check").all()]
    if found != ["ok"]:
        yield f"case.db is damaged: {found[0]}"
    guards = {
        row[0] for row in connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'").all()
    }
    wanted = {
        f"{table}_{end}" for table in ("about", "journal", "payloads", "shredded") for end in ("kept", "stays", "once")
    }
    for name in sorted(wanted - guards):
        yield f"case.db: the guard {name} was removed"


def _chains(connection: Connection) -> Iterator[str]:
    """The first broken link of each chain."""
    for chain, links in groupby(rows(connection), key=lambda row: row.chain):
        before: Row | None = None
        for row in links:
            fault = _fault(row, before)
            if fault:
                yield f"journal {chain}: {fault}"
                break
            before = row


def _fault(row: Row, before: Row | None) -> str:
    expected = before.seq + 1 if before else 1
    if row.seq != expected:
        return f"row {expected} is not there; the next one is row {row.seq}"
    if row.prev != (before.hash if before else START):
        return f"row {row.seq} does not follow the row before it"
    if row.hash != row.hashed():
        return f"row {row.seq} ({row.kind} by {row.who}, {row.at}) was changed"
    return ""


def _payloads(connection: Connection) -> Iterator[str]:
    gone = forgotten(connection)
    held = {row.hash: sha(row.content) == row.hash for row in connection.execute(sa.select(payloads))}
    for row in rows(connection):
        if row.payload not in held and row.payload not in gone:
            yield (
                f"journal {row.chain}: what row {row.seq} says ({row.kind}) is not there, "
                "and nobody decided to forget it"
            )
    for found, whole in held.items():
        if not whole:
            yield f"payload {found[:16]}: its content is not what was kept"
        if found in gone:
            yield f"payload {found[:16]} was to be forgotten and is there"


def _tombstones(connection: Connection) -> Iterator[str]:
    """Each destroyed thing is named by a tombstone in the journal."""
    named = {one for _, payload in contents(connection, "forget") for one in payload["hashes"]}
    for found in sorted(forgotten(connection) - named):
        yield f"payload {found[:16]} was destroyed, and no journal row says by whom"


def _evidence(connection: Connection, archive: Archive) -> Iterator[str]:
    gone, expected, texts = forgotten(connection), set(), set(connection.execute(sa.select(payloads.c.hash)).scalars())
    for row, payload in contents(connection, "capture"):
        expected |= evidence.files_of(payload) - gone
        if payload["text"] not in texts and payload["text"] not in gone:
            yield f"journal {row.chain}: the text of row {row.seq} ({payload['report']['name']}) is not there"
    for line in archive.check(expected):
        unnamed = line.endswith("no report names this file")
        yield f"{line}; an add was interrupted (add it again), or somebody put it there" if unnamed else line
    for found in sorted(evidence.orphans(connection)):
        yield f"payload {found[:16]}: no journal row names it"
