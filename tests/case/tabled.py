"""Cases whose reports are written as tables: each line of a report is one claim, in the form of tests/builders.py."""

from __future__ import annotations

import datetime as dt
import json
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from cenotaph.case import Case
from cenotaph.case.cache import Reading
from cenotaph.case.reading import Reader
from cenotaph.intake import Captured
from cenotaph.vocabulary import Claim, Coder, Decision, Report, Span, Voice
from tests.builders import PLAIN, claim_of

NOON = dt.datetime(2025, 3, 9, 12, tzinfo=dt.UTC)
TODAY = NOON.date()
DAYS = ("day", "since", "until", "said", "as_of")

COAST = {"exact": 745, "root": "Monitor", "total": True, "place": "coast", "since": dt.date(2025, 3, 6)}
DESERT = {"exact": 120, "root": "Monitor", "total": True, "place": "desert", "since": dt.date(2025, 1, 5)}
HARBOUR = {"exact": 31, "root": "Monitor", "place": "Harbour", "day": dt.date(2025, 3, 7)}


def words(table: Mapping[str, Any]) -> str:
    return json.dumps(dict(table), default=str, ensure_ascii=False)


def reader(version: str = "1", *, start: int = 0) -> Reader:
    """A reader of tables; another version gives every claim another id, a `start` moves each anchor by so much."""

    def read(report: Report) -> Reading:
        found: list[Claim] = []
        begin = 0
        for line in report.text.splitlines():
            span = Span(begin, begin + len(line))
            if line.startswith("{"):
                found.append(_claim(report, span, json.loads(line), found, version, start))
            begin = span.end + 1
        return found, [], []

    return Reader(read, f"tables {version} {start}", PLAIN)


def _claim(
    report: Report, span: Span, table: dict[str, Any], before: Sequence[Claim], version: str, start: int
) -> Claim:
    given = {key: dt.date.fromisoformat(value) if key in DAYS else value for key, value in table.items()}
    ids = {str(at): one.id for at, one in enumerate(before, 1)}
    claim = claim_of(report, span, given | {"coder": Coder("rules", "tables", version)}, ids)
    if start:
        anchor = Span(span.start + start, span.start + start + 1)
        claim = replace(claim, anchor=anchor)
    group = replace(claim.group, names=tuple(table.get("names", ())))
    return replace(claim, group=group, voices=(*claim.voices, *_persons(given)))


def _persons(table: Mapping[str, Any]) -> list[Voice]:
    """`resident` = a protected person who answers for the figure, `known` their full name; `heard` = one who told it to
    the root.
    """
    found = [
        Voice(
            table[key], table.get("known", "") if key == "resident" else "", "person", protected=True,
            root=key == "resident",
        )
        for key in ("resident", "heard")
        if key in table
    ]  # fmt: skip
    return found


def captured(*tables: Mapping[str, Any], published: dt.date | None = TODAY, name: str = "", **more: Any) -> Captured:
    text = "\n".join(["A report of several lines.", *(words(one) for one in tables)])
    known = {"outlet": "Example Wire", "url": ""} | more
    return Captured(text.encode(), "txt", name, "paste", "-", NOON, published=published, **known)


_templates: dict[tuple[Captured, ...], Path] = {}
_kept = tempfile.TemporaryDirectory(prefix="cases-")


def filled(folder: Path, *reports: Captured) -> Case:
    """A case with these reports, built; one of the same reports is built once in a run and copied from then on."""
    if reports not in _templates:
        case = Case.create(Path(_kept.name) / str(len(_templates)), title="A test", reader=reader())
        list(case.add(reports, who="Observer"))
        case.build()
        case.engine.dispose()
        _templates[reports] = case.folder
    shutil.copytree(_templates[reports], folder)
    return Case(folder, reader=reader())


def two_incidents(folder: Path) -> Case:
    """A case with two incidents of one day at two places, and the totals of two roots."""
    mill = HARBOUR | {"exact": 9, "place": "East"}
    return filled(
        folder / "case",
        captured(HARBOUR, name="first"),
        captured(mill, published=dt.date(2025, 3, 12), name="second"),
        captured(COAST, {"exact": 803, "root": "a monitor", "unnamed": True, "total": True}, name="third"),
    )


def again(case: Case, version: str = "2", *, start: int = 0) -> Case:
    """The same case, built by a reader that gives every claim another id."""
    other = Case(case.folder, reader=reader(version, start=start))
    other.build()
    return other


def claim(case: Case, figure: int) -> str:
    """The id of the one claim with that figure."""
    (found,) = [one.id for one in case.claims() if one.quantity.base == figure]
    return found


_clock = iter(range(10_000))


def decision(verb: str, about: str, *, who: str = "A Reader", why: str = "a test", **details: Any) -> Decision:
    """Each a minute after the one before, so that no two are one."""
    report = details.pop("report", "")
    when = dt.datetime(2025, 4, 1, tzinfo=dt.UTC) + dt.timedelta(minutes=next(_clock))
    return Decision(who, when, verb, about, why, report, details=details)


def assessed(about: str, relied: Sequence[str], low: int = 4, high: int = 6, **more: Any) -> Decision:
    details = {"harm": "killed", "cells": [{"low": low, "high": high}], "relied": list(relied)}
    return decision("assess", about, **details | more)


def decide(case: Case, *decisions: Decision) -> list[Decision]:
    taken = [case.decide(one) for one in decisions]
    case.build()
    return taken


def grouped(case: Case) -> list[list[int]]:
    """The figures of each incident."""
    bases = {one.id: one.quantity.base or 0 for one in case.claims()}
    return sorted(sorted(bases[one] for one in incident.claims) for incident in case.linked().incidents)
