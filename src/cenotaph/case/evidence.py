"""Evidence: captures kept once, versions of one address, and the reports that come of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy import Connection

from cenotaph.archive import Archive, extract, report_from
from cenotaph.case.journal import Journal, Row, contents, forgotten
from cenotaph.case.tables import journal, payloads, writing
from cenotaph.intake import Captured, Unreadable
from cenotaph.plain import dump, load
from cenotaph.vocabulary import Problem, Report

Status = Literal["new", "same bytes", "new version", "problem"]


@dataclass(frozen=True, slots=True)
class Added:
    """What became of one thing that was added."""

    report_id: str
    status: Status
    name: str
    problem: Problem | None = None


class Evidence:
    """The archive and the captures of a case."""

    def __init__(self, archive: Archive, book: Journal) -> None:
        self.archive, self.book = archive, book
        self._held: dict[str, str] = {}  # report id -> hash of its bytes
        self._newest: dict[str, str] = {}  # address -> report id of its newest capture
        self._read: dict[str, int] = {}  # chain -> number of its last row that these two know

    def add(self, item: Captured | Problem, who: str) -> Added:
        """Keeps one captured thing: its bytes first, then, in one transaction, its text, its custody and its report."""
        if isinstance(item, Problem):
            return Added("", "problem", item.report or item.what, item)
        try:
            extracted = extract(item)
        except Unreadable as error:
            return Added("", "problem", item.name, Problem("not readable", str(error), item.name))
        hashed = self.archive.hash(item.content)
        report = report_from(item, extracted, hashed)
        with writing(self.book.engine) as connection:
            found = self._known(connection, report)
            if found:
                return found
            gone = forgotten(connection)
            self.archive.keep(item.content)
            beside = [self.archive.keep(one) for one in item.attachments if self.archive.hash(one) not in gone]
            report = replace(
                report, version_of=self._newest.get(report.url, ""), attachments=tuple(dict.fromkeys(beside))
            )
            self._record(connection, item, report, who)
        self.book.remember()
        return Added(report.id, "new version" if report.version_of else "new", report.name)

    def _known(self, connection: Connection, report: Report) -> Added | None:
        if {report.bytes_hash, report.text_hash} & forgotten(connection):
            gone = Problem(
                "forgotten",
                f"{report.name} was destroyed in this case on purpose and is not taken in again",
                report.name,
                settle="leave it out; the journal says who forgot it and why",
            )  # fmt: skip
            return Added("", "problem", report.name, gone)
        self._catch_up(connection)
        held = self._held.get(report.id) == report.bytes_hash
        return Added(report.id, "same bytes", report.name) if held else None

    def _catch_up(self, connection: Connection) -> None:
        """Reads the captures that came since the last look, from this process or another."""
        for row, payload in contents(connection, "capture", after=self._read):
            report = payload["report"]
            self._held[report["id"]] = payload["bytes"]
            if report["url"]:
                self._newest[report["url"]] = report["id"]
            self._read[row.chain] = max(row.seq, self._read.get(row.chain, 0))

    def _record(self, connection: Connection, item: Captured, report: Report, who: str) -> None:
        payload = {
            "report": dump(replace(report, text="")), "how": item.how, "original": item.original,
            "size": len(item.content), "bytes": report.bytes_hash, "text": report.text_hash,
        }  # fmt: skip
        self.book.append(connection, "capture", who, payload, texts=(report.text,))


def reports(connection: Connection) -> list[Report]:
    """The reports of a case in the order they came in; those forgotten are not among them."""
    known = [payload for _, payload in captures(connection)]
    texts = _texts(connection, known, payloads.c.content)
    out = {one["report"]["id"]: (one["report"], texts[one["text"]]) for one in known if one["text"] in texts}
    return [load(Report, {**report, "text": text}) for report, text in out.values()]


def current_ids(connection: Connection) -> list[str]:
    """The ids of the newest versions alone, in the same order, without a text being read."""
    known = [payload for _, payload in captures(connection)]
    held = _texts(connection, known, payloads.c.hash)
    found = {one["report"]["id"]: one["report"] for one in known if one["text"] in held}
    replaced = {one["version_of"] for one in found.values()}
    return [key for key in found if key not in replaced]


BATCH = 500
"""Hashes in one query; SQLite takes no more than some thousands."""


def _texts(connection: Connection, known: Sequence[Mapping[str, Any]], column: sa.Column[str]) -> dict[str, str]:
    """What is asked of the texts of captures, by hash; those forgotten are not there."""
    hashes = list({one["text"] for one in known})
    found: dict[str, str] = {}
    for start in range(0, len(hashes), BATCH):
        query = sa.select(payloads.c.hash, column.label("asked"))
        for row in connection.execute(query.where(payloads.c.hash.in_(hashes[start : start + BATCH]))):
            found[row.hash] = row.asked
    return found


def captures(connection: Connection) -> Iterator[tuple[Row, Mapping[str, Any]]]:
    return contents(connection, "capture")


def files_of(payload: Mapping[str, Any]) -> set[str]:
    """The hashes of a capture's files in the archive: its own bytes and what is attached to it."""
    return {payload["bytes"], *payload["report"].get("attachments", ())}


def texts_of(connection: Connection, report_id: str) -> list[tuple[Row, Mapping[str, Any]]]:
    """The captures that hold a report's words: its own, and any with the same bytes or the same text."""
    found = list(captures(connection))
    own = [payload for _, payload in found if payload["report"]["id"] == report_id]
    words = {key for payload in own for key in (payload["bytes"], payload["text"])}
    return [(row, payload) for row, payload in found if words & {payload["bytes"], payload["text"]}]


def orphans(connection: Connection) -> set[str]:
    """Payloads that no journal row and no capture names."""
    named = set(connection.execute(sa.select(journal.c.payload)).scalars())
    named |= {payload["text"] for _, payload in captures(connection)}
    return set(connection.execute(sa.select(payloads.c.hash)).scalars()) - named
