"""Two days that words join into one span: "from 6 to 10 March", "between May and October 2020", "19-20 November"."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from cenotaph.read.calendar import Day, Line, moved, precision_of, valid
from cenotaph.read.dates import clear, day_number, year_after

_FEW = 2


def joined_up(line: Line, found: Sequence[Day]) -> list[Day]:
    """The days of a sentence with each joined pair as one span of days."""
    out: list[Day] = []
    for day in found:
        before = out[-1] if out else None
        span = _span(line, before, day) if before and _is_joined(line, before, day) else None
        if span:
            out[-1] = span
        else:
            out.append(_from_now(line, _with_second_number(line, _with_first_number(line, day))))
    return [_until_now(line, day) for day in out]


def _is_joined(line: Line, before: Day, day: Day) -> bool:
    """Whether "to", "until" or a dash makes two days one span ("and" only after "between")."""
    if before.role not in ("since", "on", "began") or (before.counted and day.role == "on"):
        return False
    if day.role == "until":
        return 0 <= day.first - before.last <= 1
    gap = line.tokens[before.last : day.first]
    if day.role != "on" or not 1 <= len(gap) <= 1 + _FEW:
        return _clitic(line, before, day)
    return (_links(line, before.last, _opens_pair(line, before)) or _next(line, before, day)) and all(
        line.has("the", n) or line.has("on", n) for n in range(before.last + 1, day.first)
    )


def _next(line: Line, before: Day, day: Day) -> bool:
    """ "on Saturday and Sunday", "in 2023 and 2024": the second follows on the first."""
    follows = day.start == before.end + dt.timedelta(days=1) and day.unit == before.unit and before.role == "on"
    return follows and line.has("and", before.last)


def _clitic(line: Line, before: Day, day: Day) -> bool:
    """ "بين السبت والأحد": "and" as a letter of the second day's first word."""
    touching = day.first == before.last and day.first < len(line)
    return touching and day.role == "on" and line.text(day.first).startswith("و") and _opens_pair(line, before)


def _opens_pair(line: Line, day: Day) -> bool:
    return line.has("pairs", day.first - 1) or line.has("pairs", day.first)


def _links(line: Line, at: int, paired: bool) -> bool:
    return line.has("links", at) or (paired and line.has("and", at))


def _span(line: Line, before: Day, day: Day) -> Day | None:
    first, start = before.first, before.start
    if before.yearless and not day.yearless and day.unit in ("day", "month", "quarter"):
        start = _in_year(start, day.end) or start
    end, named = day.end, day.start if day.unit != "day" or day.role == "on" else day.end
    if day.unit.startswith("part"):
        named = day.end + dt.timedelta(days=1)
    if start > end and before.yearless and day.yearless:
        start = _in_year(start, end) or start
    if start > end:
        return None
    if line.has("pairs", first - 1):
        first -= 1
    joined = replace(before, first=first, last=day.last, start=start, end=end, role="on", named=named)
    return replace(joined, precision=precision_of(start, end), yearless=day.yearless, counted=False, unit="span")


def _in_year(start: dt.date, end: dt.date) -> dt.date | None:
    """A first day without a year in the year of the second, or in the one before where it would lie after it."""
    for year in (end.year, end.year - 1):
        day = valid(year, start.month, start.day)
        if day and day <= end:
            return day
    return None


def _with_first_number(line: Line, day: Day) -> Day:
    """The first number of "between 6 and 10 March", whose month stands only once."""
    if day.start != day.end or day.unit != "day" or day.role == "began":
        return day
    inner = day.first if day.role in ("until", "since") else _back_over(line, day.first)
    if day.role == "on":
        inner -= 1
    if inner < 1:
        return day
    for at in (inner - 1, inner - 2):
        found = day_number(line, at) if at >= 0 else None
        if found and found[1] == inner and (day.role != "since") and _paired_number(line, at, inner, found[0], day):
            start = valid(day.start.year, day.start.month, found[0])
            if start and found[0] < day.end.day:
                opening = _back_over(line, at)
                opening = opening - 1 if line.has("pairs", opening - 1) else at
                return replace(
                    day, first=opening, start=start, role="on", precision=precision_of(start, day.end), named=day.end,
                    unit="span",
                )  # fmt: skip
    return day


def _paired_number(line: Line, at: int, inner: int, number: int, day: Day) -> bool:
    if day.role == "until":
        return True
    opening = _back_over(line, at)
    following = line.has("and", inner) and number + 1 == day.start.day  # "on 6 and 7 March"
    return following or _links(line, inner, line.has("pairs", opening - 1))


def _back_over(line: Line, at: int) -> int:
    while line.has("the", at - 1):
        at -= 1
    return at


def _with_second_number(line: Line, day: Day) -> Day:
    """The second number of "November 19 to 20", "April 9th through the 17th"."""
    if day.role not in ("on", "since") or day.unit != "day" or day.start != day.end or day.last >= len(line):
        return day
    if not (line.has("links", day.last) or line.has("until", day.last)):
        return day
    here = line.over("the", day.last + 1)
    number = day_number(line, here)
    if number is None or number[0] <= day.start.day or not _ends_there(line, number[1]):
        return day
    year, last = year_after(line, number[1])
    start = valid(year or day.start.year, day.start.month, day.start.day)
    end = valid(year or day.start.year, day.start.month, number[0])
    if start is None or end is None:
        return day
    precision = precision_of(start, end)
    return replace(day, last=last, start=start, end=end, role="on", precision=precision, named=end, unit="span")


def _ends_there(line: Line, at: int) -> bool:
    """Whether a number that closes a span is no more than that: no time, no date of its own, no count of people."""
    figures = line.text(at) in ("/", "-", ".", ":", ",") and line.text(at + 1)[:1].isdigit() and line.glued(at + 1)
    return not figures and clear(line, at)


def _until_now(line: Line, day: Day) -> Day:
    """ "between January and now", "from 6 March to today" where no other day is named."""
    today = line.today
    if today is None or day.role not in ("on", "since") or day.start > today or not line.has("now", day.last + 1):
        return day
    if not (_links(line, day.last, _opens_pair(line, day))):
        return day
    first = day.first - 1 if line.has("pairs", day.first - 1) else day.first
    span = replace(day, first=first, last=day.last + 2, end=today, role="on", named=today, unit="span")
    return replace(span, precision=precision_of(day.start, today), counted=False)


def _from_now(line: Line, day: Day) -> Day:
    """ "between now and 15 November"."""
    at = day.first - 2
    today = line.today
    if today is None or at < 0 or day.role != "on" or not line.has("now", at):
        return day
    if day.end < today and day.yearless:  # "between now and 15 March", said in June: of next year
        later = moved(day.start, "year", 1), moved(day.end, "year", 1)
        day = replace(day, start=later[0], end=later[1])
    if day.end < today:
        return day
    if not _links(line, at + 1, line.has("pairs", at - 1)):
        return day
    first = at - 1 if line.has("pairs", at - 1) else at
    return replace(day, first=first, start=today, precision=precision_of(today, day.end), named=day.start, unit="span")
