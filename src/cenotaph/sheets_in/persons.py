"""Rows of a list of persons: who is named or not, and what became of them, as the owner of the list says it."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from cenotaph.sheets_in.cells import Unfit
from cenotaph.sheets_in.columns import Columns, bad
from cenotaph.sheets_in.folding import digits, folded
from cenotaph.sheets_in.places import Told
from cenotaph.sheets_in.rows import Reading
from cenotaph.sheets_in.texts import Line
from cenotaph.vocabulary import Place, Problem, Report, Span, content_id

__all__ = ["Fate", "Listed", "persons"]

PERSON = "a private person"
CHILD_UNTIL = 17
"""The last year of a child (SDG indicator 16.1.2)."""


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of somebody, as one voice says it, on a day if that is told. `alive` None: it does not say.

    >>> Fate("detained", dt.date(2025, 3, 7), "Monitor", alive=True).what
    'detained'
    """

    what: str
    day: dt.date | None = None
    voice: str = ""
    alive: bool | None = None
    claim: str = ""


@dataclass(frozen=True, slots=True)
class Listed:
    """One row of one list: a person, named or not, with what it says of them. `name` is "" for somebody unnamed.

    `age` is in years, None where it is not said; `group` is child, adult or elderly; `incident` the id that the list
    gives to what happened; `row` its own id.
    """

    id: str
    report: str
    span: Span
    name: str = ""
    other_name: str = ""
    sex: str = ""
    age: int | None = None
    group: str = ""
    place: Place | None = None
    start: dt.date | None = None
    end: dt.date | None = None
    fate: Fate | None = None
    incident: str = ""
    row: str = ""


def persons(report: Report, reading: Reading) -> tuple[list[Listed], list[Problem]]:
    """The persons of a list, and a problem for each cell that can't be read; the row is kept without that cell."""
    problems: list[Problem] = []
    found = [_person(report, reading, line, problems) for line in reading.columns.sound(problems, report.id)]
    return found, problems


def _person(report: Report, reading: Reading, line: Line, problems: list[Problem]) -> Listed:
    columns = reading.columns
    words = columns.words
    start, end = _days(report, columns, line, "day", problems)
    age, group = _age(report, columns, line, problems)
    sex = _sex(report, columns, line, problems)
    told = Told(words(line, "place"), words(line, "admin2"), words(line, "admin1"), words(line, "country"))
    key = content_id("listed", report.url or report.id, words(line, "id") or line.words)
    return Listed(
        key, report.id, line.span, words(line, "name"),
        words(line, "other name"),
        sex, age, group, reading.where.of(told), start, end,
        _fate(report, reading, line, problems), words(line, "incident"), words(line, "id"),
    )  # fmt: skip


def _days(
    report: Report, columns: Columns, line: Line, name: str, problems: list[Problem]
) -> tuple[dt.date | None, dt.date | None]:
    try:
        found = columns.days(line, name)
    except Unfit as why:
        problems.append(bad(columns.lines, line, columns.cell(line, name), report.id, str(why)))
        return None, None
    return (found.start, found.end) if found else (None, None)


def _age(report: Report, columns: Columns, line: Line, problems: list[Problem]) -> tuple[int | None, str]:
    """Years, or the word for an age; a child by its years."""
    told = columns.words(line, "age")
    if not told:
        return None, ""
    found = re.fullmatch(r"(\d{1,3})(?:\.0+)?", digits(told))
    if found and int(found[1]) <= 120:
        years = int(found[1])
        return years, "child" if years <= CHILD_UNTIL else "adult"
    group = columns.known.groups.get(folded(told), {}).get("age", "")
    if not group:
        why = "an age in years is expected, or child, adult, elderly"
        problems.append(bad(columns.lines, line, columns.cell(line, "age"), report.id, why))
    return None, group


def _sex(report: Report, columns: Columns, line: Line, problems: list[Problem]) -> str:
    told = columns.words(line, "sex")
    found = str(columns.known.groups.get(folded(told), {}).get("sex", ""))
    if told and not found:
        problems.append(bad(columns.lines, line, columns.cell(line, "sex"), report.id, "male or female is expected"))
    return found


def _fate(report: Report, reading: Reading, line: Line, problems: list[Problem]) -> Fate | None:
    columns = reading.columns
    told = columns.words(line, "fate") or columns.words(line, "harm")
    if not told:
        return None
    known = columns.known.fates.get(folded(told))
    if known is None:
        there = ", ".join(dict.fromkeys(one["is"] for one in columns.known.fates.values()))
        cell = columns.cell(line, "fate") or columns.cell(line, "harm")
        problems.append(bad(columns.lines, line, cell, report.id, f"no fate is called so; there are: {there}"))
        return None
    when = "fate day" if "fate day" in columns.by_field else "day"
    start, end = _days(report, columns, line, when, problems if when == "fate day" else [])
    told_by = columns.words(line, "voice")
    voice = reading.voice_of(told_by) if told_by else reading.owner
    name = PERSON if voice.protected else voice.known_as
    return Fate(known["is"], start if start == end else None, name, known.get("alive"))
