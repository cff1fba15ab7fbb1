"""Evidence: captures kept once, versions of one address, and the reports that come of them."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy import Connection

from cenotaph.archive import Archive, report_from
from cenotaph.case.gone import note
from cenotaph.case.journal import BATCH, Journal, Row, contents, forgotten
from cenotaph.case.known import Known
from cenotaph.case.sheet_reports import extracted
from cenotaph.case.tables import held, journal, payloads, writing
from cenotaph.intake import Captured, Unreadable
from cenotaph.plain import dump, load
from cenotaph.vocabulary import Problem, Report

Status = Literal["new", "same bytes", "same text", "new version", "as before", "problem"]
"""What became of a thing: "same text" is one whose words, outlet, address and day are held already, in other bytes: a
page whose advertisement changed. Its words are kept once, and so are the bytes that they were first found in.
"as before" is a page that went back to the words of an earlier version, which is the newest again.
"""


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
        self._swept = False

    def add(self, items: Sequence[Captured | Problem], who: str) -> list[Added]:
        """Keeps some captured things: their bytes first, then, in one transaction, texts, custody and reports."""
        out: list[Added | None] = []
        waiting: list[tuple[int, Captured, Report]] = []
        for place, item in enumerate(items):
            found = self._read(item)
            out.append(found if isinstance(found, Added) else None)
            if isinstance(found, Report) and isinstance(item, Captured):
                waiting.append((place, item, found))
        if waiting and self._take(waiting, out, who):
            self.book.remember()
        return [one for one in out if one is not None]

    def _read(self, item: Captured | Problem) -> Report | Added:
        if isinstance(item, Problem):
            return Added("", "problem", item.report or item.what, item)
        try:
            return report_from(item, extracted(item), self.archive.hash(item.content))
        except Unreadable as error:
            return Added("", "problem", item.name, Problem("not readable", str(error), item.name))

    def _take(self, waiting: Sequence[tuple[int, Captured, Report]], out: list[Added | None], who: str) -> bool:
        """Fills in what became of each; whether anything was written."""
        entries: list[tuple[Captured, Report]] = []
        with writing(self.book.engine) as connection:
            gone = forgotten(connection)
            known = Known(connection, [report for _, _, report in waiting])
            for place, item, report in waiting:
                back = _back(item, report, known)
                out[place] = _not_taken(report, known, gone, back) or _about_nothing(report, known)
                if out[place] is None:
                    whole = replace(report, version_of=known.newest(report.url), attachments=_beside(item, gone))
                    known.note(whole)
                    entries.append((item, whole))
                    fresh: Status = "new version" if whole.version_of else "new"
                    out[place] = Added(whole.id, "as before" if back else fresh, whole.name)
            self._keep(entries, gone)
            self.book.append_all(connection, "capture", who, [_custody(item, one) for item, one in entries])
            noted = note(connection, self.book, known, [item for _, item, _ in waiting], who)
        return bool(entries or noted)

    def _keep(self, entries: Sequence[tuple[Captured, Report]], gone: Collection[str]) -> None:
        """All bytes, and those of attachments, unless they were to be forgotten."""
        if entries and not self._swept:  # nobody else can write now, so what is half written is a leftover
            self.archive.sweep()
            self._swept = True
        given = [one for item, _ in entries for one in (item.content, *item.attachments)]
        self.archive.keep_all([one for one in given if self.archive.hash(one) not in gone])


def _back(item: Captured, report: Report, known: Known) -> bool:
    """Whether a page that is looked at now shows again what it showed before the newest version of it.

    A file that is added again, or what a feed repeats, may be older than what is held.
    """
    live = item.how == "web" and item.original.lower().startswith(("http://", "https://"))
    return live and report.id in known.bytes and known.newest(report.url) not in ("", report.id)


def _not_taken(report: Report, known: Known, gone: Collection[str], back: bool) -> Added | None:
    if report.bytes_hash in gone or report.text_hash in gone:
        problem = Problem(
            "forgotten",
            f"{report.name} was destroyed in this case on purpose and is not taken in again",
            report.name,
            settle="leave it out; the journal says who forgot it and why",
        )  # fmt: skip
        return Added("", "problem", report.name, problem)
    bytes_ = known.bytes.get(report.id)
    if bytes_ is None or back:
        return None
    return Added(report.id, "same bytes" if report.bytes_hash in bytes_ else "same text", report.name)


def _about_nothing(report: Report, known: Known) -> Added | None:
    if not report.about.startswith("report:") or report.about in known.bytes:
        return None
    what = f"{report.name} is about {report.about[:60]}, and no such report is in this case"
    problem = Problem("not found", what, report.name, settle="add first what it is about, and take its id from there")
    return Added("", "problem", report.name, problem)


def _beside(item: Captured, gone: Collection[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one for one in map(Archive.hash, item.attachments) if one not in gone))


def _custody(item: Captured, report: Report) -> tuple[Mapping[str, Any], tuple[str, ...]]:
    payload = {
        "report": dump(replace(report, text="")), "how": item.how, "original": item.original,
        "size": len(item.content), "bytes": report.bytes_hash, "text": report.text_hash,
    }  # fmt: skip
    return payload, (report.text,)


def reports(connection: Connection) -> list[Report]:
    """The reports of a case in the order they came in, each as it was first captured; those forgotten are not among
    them.
    """
    known = [payload for _, payload in captures(connection)]
    texts = _texts(connection, known, payloads.c.content)
    out: dict[str, tuple[Mapping[str, Any], str]] = {}
    for one in known:
        if one["text"] in texts:
            out.setdefault(one["report"]["id"], (one["report"], texts[one["text"]]))
    return [load(Report, {**report, "text": text}) for report, text in out.values()]


def some(connection: Connection, ids: Collection[str]) -> list[Report]:
    """These reports alone, in the order given; found by the index of captures, so that it costs what is asked for."""
    found = {one["report"]["id"]: one for one in _first_captures(connection, list(ids))}
    texts = _texts(connection, list(found.values()), payloads.c.content)
    kept = [found[one] for one in dict.fromkeys(ids) if one in found and found[one]["text"] in texts]
    return [load(Report, {**one["report"], "text": texts[one["text"]]}) for one in kept]


def _first_captures(connection: Connection, ids: Sequence[str]) -> Iterator[Mapping[str, Any]]:
    """Each report as it was first captured."""
    for start in range(0, len(ids), BATCH):
        rows = sa.select(held.c.report, payloads.c.content).join(
            journal, sa.and_(journal.c.chain == held.c.chain, journal.c.seq == held.c.seq)
        )
        query = rows.join(payloads, payloads.c.hash == journal.c.payload).where(
            held.c.report.in_(ids[start : start + BATCH])
        )
        seen = set[str]()
        for row in connection.execute(query.order_by(held.c.at, held.c.chain, held.c.seq)):
            if row.report not in seen:
                seen.add(row.report)
                yield json.loads(row.content)


def newest_of(connection: Connection, ids: Collection[str]) -> dict[str, str]:
    """For each of these reports the newest version of its address, by the index of captures."""
    wanted, found = list(ids), dict[str, str]()
    for start in range(0, len(wanted), BATCH):
        asked = wanted[start : start + BATCH]
        mine = sa.select(held.c.report, held.c.address).where(held.c.report.in_(asked))
        addresses = {row.report: row.address for row in connection.execute(mine)}
        query = sa.select(held.c.report, held.c.address).where(
            held.c.address.in_({one for one in addresses.values() if one})
        )
        last = {
            row.address: row.report for row in connection.execute(query.order_by(held.c.at, held.c.chain, held.c.seq))
        }
        found |= {one: last.get(address, one) for one, address in addresses.items()}
    return found


def current_ids(connection: Connection) -> list[str]:
    """The ids of the newest versions alone, in the same order, without a text being read."""
    return [key for key, last in newest(connection).items() if key == last]


def newest(connection: Connection) -> dict[str, str]:
    """For each report, in the same order, the newest version of its address: itself where it has none or is that."""
    found: dict[str, str] = {}  # report -> address
    last: dict[str, str] = {}
    known = [(one["text"], one["report"]["id"], one["report"]["url"]) for _, one in captures(connection)]
    held = _texts(connection, [{"text": text} for text, _, _ in known], payloads.c.hash)
    for text, report, address in known:
        if text in held:
            found.setdefault(report, address)
            last[address] = report
    return {key: last[address] if address else key for key, address in found.items()}


def steps(connection: Connection) -> list[tuple[str, Mapping[str, Any]]]:
    """Each time an address showed other words than before: the id of the version before, and what then was captured."""
    out, last = [], dict[str, str]()
    for report in _held(connection):
        before = last.get(report["url"], report["id"])
        if report["url"] and before != report["id"]:
            out.append((before, report))
        last[report["url"]] = report["id"]
    return out


def _held(connection: Connection) -> list[Mapping[str, Any]]:
    """What is known of the captures whose words are held, without these, in the order in which they came in."""
    known = [payload for _, payload in captures(connection)]
    held = _texts(connection, known, payloads.c.hash)
    return [one["report"] for one in known if one["text"] in held]


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
