"""Forgetting: words destroyed on purpose, a tombstone in their place, and nothing of them left in any file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from cenotaph.archive import Archive
from cenotaph.case import cache, known
from cenotaph.case.decisions import as_written
from cenotaph.case.errors import CaseError
from cenotaph.case.evidence import captures, files_of, texts_of
from cenotaph.case.journal import Journal, Row, contents, forgotten
from cenotaph.case.tables import payloads, shredded, writing
from cenotaph.plain import load
from cenotaph.vocabulary import Decision


def forget(book: Journal, archive: Archive, report_id: str, who: str, why: str) -> list[str]:
    """Destroys a report's bytes, text and description, what was decided on its words, and what was made of them.

    A report with the same bytes or the same text holds the same words and goes with it. The id of a request destroys
    that and its answers. Gives the ids of all that went. Raises CaseError for an unknown report, or if who and why are
    not said.
    """
    if not who.strip() or not why.strip():
        raise CaseError("forgetting needs to know who decides it and why: --who NAME --why REASON")
    if report_id.startswith("decision:"):
        return _forget_request(book, archive, report_id, who, why)
    begun(book).touch()  # until everything is gone, so that a program that is killed here is finished by the next
    with writing(book.engine) as connection:
        found = texts_of(connection, report_id)
        if not found:
            raise CaseError(f"no report {report_id!r} in this case; cenotaph problems and cenotaph why show report ids")
        ids = sorted({payload["report"]["id"] for _, payload in found})
        _destroy(book, connection, found, ids, who, why)
    finish(book, archive)
    return ids


def _forget_request(book: Journal, archive: Archive, request: str, who: str, why: str) -> list[str]:
    """Destroys what somebody asked for, who it was and how to reach them, and what they were answered."""
    begun(book).touch()
    with writing(book.engine) as connection:
        made = contents(connection, "decision")
        told = [(row.payload, as_written(load(Decision, one["decision"]))) for row, one in made]
        if not any(one.id == request and one.verb == "request" for _, one in told):
            raise CaseError(f"no request {request!r} in this case; of decisions only requests can be forgotten")
        gone = {request}
        for _, one in told:  # answers, and what took them back: in the order in which they were made
            gone |= {one.id} if one.about in gone else set()
        listed = sorted({payload for payload, one in told if one.id in gone})
        row = book.append(connection, "forget", who, {"why": why, "reports": [], "hashes": listed})
        connection.execute(sa.insert(shredded), [{"hash": one, "tombstone": row.hash} for one in listed])
        connection.execute(sa.delete(payloads).where(payloads.c.hash.in_(listed)))
        cache.clear_made(connection)
    finish(book, archive)
    return sorted(gone)


def forget_too(book: Journal, archive: Archive, told: Mapping[str, Any], who: str) -> bool:
    """Destroys what came in from elsewhere on words that were forgotten here, or the other way round; whether there was
    anything. `told` is what the tombstone says.
    """
    with writing(book.engine) as connection:
        gone, ids = set(told["hashes"]), list(told["reports"])
        found = [
            (row, one) for row, one in captures(connection) if {one["bytes"], one["text"]} & gone
        ]  # fmt: skip
        ids = sorted({*ids, *(one["report"]["id"] for _, one in found)})
        if not found and not _decisions(connection, ids):
            return False
        begun(book).touch()
        _destroy(book, connection, found, ids, who, told["why"])
    finish(book, archive)
    return True


def _destroy(
    book: Journal, connection: Connection, found: Sequence[tuple[Row, Mapping[str, Any]]], ids: Sequence[str], who: str,
    why: str,
) -> None:  # fmt: skip
    hashes = _hashes(found) | _attached(connection, found) | _decisions(connection, ids)
    listed = sorted(hashes - forgotten(connection))
    row = book.append(connection, "forget", who, {"why": why, "reports": ids, "hashes": listed})
    connection.execute(sa.insert(shredded), [{"hash": one, "tombstone": row.hash} for one in listed])
    connection.execute(sa.delete(payloads).where(payloads.c.hash.in_(hashes)))
    for one in ids:
        cache.drop(connection, one)
    known.forget(connection, ids)
    cache.clear_made(connection)


def begun(book: Journal) -> Path:
    """The mark of a forgetting that is not finished."""
    return book.head.with_name("case.forgetting")


def finish(book: Journal, archive: Archive) -> None:
    """After the commit: the files of the archive, and what the database left lying in free pages and in its log."""
    with book.engine.connect() as connection:
        gone = forgotten(connection)
    for one in sorted(gone & archive.hashes()):
        archive.remove(one)
    book.remember()
    scrub(book.engine)
    begun(book).unlink(missing_ok=True)


def _hashes(found: Sequence[tuple[Row, Mapping[str, Any]]]) -> set[str]:
    return {one for row, payload in found for one in (row.payload, payload["bytes"], payload["text"])}


def _attached(connection: Connection, found: Sequence[tuple[Row, Mapping[str, Any]]]) -> set[str]:
    """Pictures and other files of these reports, but for those that a report which stays has as well."""
    ids = {payload["report"]["id"] for _, payload in found}
    staying = (payload for _, payload in captures(connection) if payload["report"]["id"] not in ids)
    kept = {one for payload in staying for one in files_of(payload)}
    return {one for _, payload in found for one in files_of(payload)} - kept


def _decisions(connection: Connection, ids: Sequence[str]) -> set[str]:
    """Payloads of decisions on these reports' words."""
    wanted = set(ids)
    return {row.payload for row, payload in contents(connection, "decision") if _on(payload["decision"]) & wanted}


def _on(decision: Mapping[str, Any]) -> set[str]:
    """The reports that a decision is on: of two rows of lists, those of both."""
    return {decision["report"], *decision["details"].get("rows", {}).values()}


def scrub(engine: Engine) -> None:
    """Rewrites the database, so that no deleted word stays in it or beside it."""
    if engine.dialect.name == "sqlite":
        statements = ["PRAGMA wal_checkpoint(TRUNCATE)", "VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"]
    else:
        statements = ["VACUUM FULL"]
    raw = engine.raw_connection()
    try:
        if engine.dialect.name != "sqlite":
            raw.driver_connection.autocommit = True  # type: ignore[union-attr]
        cursor = raw.cursor()
        for statement in statements:
            cursor.execute(statement)
        cursor.close()
    finally:
        if engine.dialect.name != "sqlite":
            raw.driver_connection.autocommit = False  # type: ignore[union-attr]
        raw.close()
