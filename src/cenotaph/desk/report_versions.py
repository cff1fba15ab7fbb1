"""What an address showed each time that it was captured: its versions, and what changed from one to the next."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import sqlalchemy as sa

from cenotaph.case.journal import Row
from cenotaph.case.tables import held, journal, payloads, readings
from cenotaph.desk import Desk
from cenotaph.desk.report_text import safe_signs
from cenotaph.plain.changed import Change, changes
from cenotaph.publish.veil import Veil
from cenotaph.vocabulary import Report

__all__ = ["Capture", "Changed", "Version", "captures_of", "changed_of", "taken_from", "versions_of"]


@dataclass(frozen=True, slots=True)
class Version:
    """One capture of an address that shows other words than the one before; `at` is when it came into the case.

    `again` tells that the address went back to words it had shown before.
    """

    report: str
    at: str
    again: bool = False


@dataclass(frozen=True, slots=True)
class Changed:
    """From one version to the next; without words where one of the two was not read yet: nobody knows whom it
    protects.
    """

    before: str
    after: str
    captured: tuple[str, str]
    read: bool
    again: bool
    changes: Sequence[Change] = ()
    to_look_at: int = 0
    claims: int = 0


@dataclass(frozen=True, slots=True)
class Capture:
    """One line of custody: who brought the bytes in, when, how, from where, and how many there were."""

    at: str
    who: str
    how: str
    original: str
    size: int
    bytes: str
    row: str


def versions_of(desk: Desk, report: str) -> list[Version]:
    """In the order in which they came in; [] where the address is not known or showed one text alone."""
    out: list[Version] = []
    for row in desk.rows(_OF_ADDRESS, {"report": report}):
        if not out or out[-1].report != row["report"]:
            out.append(Version(row["report"], row["at"], any(one.report == row["report"] for one in out)))
    return out if len(out) > 1 else []


def _of_address() -> sa.Select[Any]:
    """All captures of the address that a report was captured at, in the order in which they came in."""
    mine = held.alias().c
    address = sa.select(mine.address).where(mine.report == sa.bindparam("report")).limit(1).scalar_subquery()
    query = sa.select(held.c.report, held.c.at).where(held.c.address == address, held.c.address != "")
    return query.order_by(held.c.at, held.c.chain, held.c.seq)


_OF_ADDRESS = _of_address()


def changed_of(desk: Desk, report: str, *, unmasked: bool = False) -> list[Changed]:
    """Each step from one version of its address to the next, oldest first."""
    found = versions_of(desk, report)
    part = desk.part(reports=list(dict.fromkeys(one.report for one in found)))
    reports = {one.id: one for one in part.reports()}
    claims: dict[str, list[str]] = {}
    for claim in part.claims():
        claims.setdefault(claim.report, []).append(" ".join(claim.quote.split()))
    steps = [(one, two) for one, two in pairwise(found) if {one.report, two.report} <= set(reports)]
    veil, read = None if unmasked else desk.veil, _read(desk, list(reports))
    return [_changed(one, two, reports, claims, read, veil) for one, two in steps]


def _read(desk: Desk, ids: Sequence[str]) -> set[str]:
    return set(desk.rows(sa.select(readings.c.report).where(readings.c.report.in_(ids)), scalars=True))


def _changed(
    one: Version, two: Version, reports: Mapping[str, Report], claims: Mapping[str, Sequence[str]], read: set[str],
    veil: Veil | None,
) -> Changed:  # fmt: skip
    before, after = reports[one.report], reports[two.report]
    known = veil is None or {before.id, after.id} <= read
    found = changes(before.text, after.text) if known else []
    quotes = claims.get(after.id, ())
    touched = {n for n, quote in enumerate(quotes) for each in found if each.after and _in(quote, each.after)}
    shown = [Change(each.kind, _told(each.before, before, veil), _told(each.after, after, veil)) for each in found]
    days = _captured(one, before), _captured(two, after)
    return Changed(before.id, after.id, days, known, two.again, shown, len(touched), len(quotes))


def _captured(version: Version, report: Report) -> str:
    """When it was seen so, in ISO form; of words that came back, when that came into the case."""
    return version.at if version.again or report.captured is None else report.captured.isoformat()


def _in(quote: str, sentence: str) -> bool:
    return quote in sentence or sentence in quote


def _told(words: str, report: Report, veil: Veil | None) -> str:
    return safe_signs(veil.words(words, report.id) if veil else words)


# --- custody ----------------------------------------------------------------------------------------------------------


def captures_of(desk: Desk, report: str, *, unmasked: bool = False) -> list[Capture]:
    """Each time its words came in, from the journal, oldest first. Addresses that spell a protected name are left
    out.
    """
    address: Callable[[str], str] = str if unmasked else desk.veil.address
    rows = sa.select(journal, payloads.c.content).join(
        held, sa.and_(journal.c.chain == held.c.chain, journal.c.seq == held.c.seq)
    )
    query = rows.join(payloads, payloads.c.hash == journal.c.payload).where(held.c.report == report)
    with desk.case.told(), desk.case.engine.connect() as connection:
        found = connection.execute(query.order_by(journal.c.at, journal.c.chain, journal.c.seq)).all()
    return list(_captures([dict(one._mapping) for one in found], address))


def _captures(rows: Sequence[Mapping[str, object]], address: Callable[[str], str]) -> Iterator[Capture]:
    for fields in rows:
        told = json.loads(str(fields["content"]))
        original = taken_from(str(told["original"]), str(told["report"].get("name", "")))
        row = Row(**{name: fields[name] for name in Row.__slots__})  # type: ignore[arg-type]
        yield Capture(
            row.at, row.who, str(told["how"]), safe_signs(address(original)), int(told["size"]),
            str(told["bytes"]), row.hash,
        )  # fmt: skip


HOMES = re.compile(r"home|users|documents\Wand\Wsettings", re.IGNORECASE)
"""Folders in which the folders of people lie, each called after one."""
_ADDRESS = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]+://")
_WHOLE_PATH = re.compile(r"/|~|\.\.|[a-zA-Z]:[/\\]|\\\\")


def taken_from(original: str, name: str = "") -> str:
    """Where something was taken from, as far as it may be told: the file and the folder that it lay in. The way to it
    is that of somebody's machine, and may name them; the journal holds it as it is.

    >>> taken_from("/home/a.reader/work/reports/2025/a.txt", "2025/a.txt"), taken_from("/home/a.reader/a.txt", "a.txt")
    ('reports/2025/a.txt', 'a.txt')
    >>> taken_from("https://example.org/home/a"), taken_from("pack.zip/a.txt"), taken_from("-")
    ('https://example.org/home/a', 'pack.zip/a.txt', '-')
    """
    if _ADDRESS.match(original) or not _WHOLE_PATH.match(original):
        return original
    parts = [one for one in re.split(r"[/\\]", original) if one not in ("", ".", "..")]
    told = [one for one in re.split(r"[/\\]", name) if one]
    known = len(told) if told and parts[-len(told) :] == told else 1
    return "/".join(parts[-known - _folders(parts[:-known]) :])


def _folders(way: Sequence[str]) -> int:
    """How many of the folders on the way to a file are told: the last, unless it is somebody's own."""
    if not way or way[-1] in ("root", "~") or HOMES.fullmatch(way[-1]) or (way[-2:-1] and HOMES.fullmatch(way[-2])):
        return 0
    return 0 if way[-1].startswith("~") or way[-1].endswith(":") else 1
