"""Days by their weekday: "Thursday (6 March)", "Friday the 14th", "Sunday of last week", "last Tuesday"."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from cenotaph.read import dates, stretches
from cenotaph.read.calendar import Day, Line, valid
from cenotaph.read.dates import clear

DISAGREE = "weekday and date disagree: {} is a {}"
_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
NEAREST = "'last' with a weekday: the nearest past one"


def weekday_of(line: Line, at: int) -> Day | None:
    """ "Thursday (6th March)", "Saturday, March 8", "Friday the 14th", "Sunday of last week", or a weekday alone."""
    shift = line.words.shifts.match(line.tokens, at)
    here = at + shift[1] if shift else at
    known = line.language.weekdays.match(line.tokens, here) if here < len(line) else None
    if not known:
        return None
    last = here + known[1]
    return (
        _dated_weekday(line, at, last, known[0])
        or _weekday_of_stretch(line, at, last, known[0])
        or _numbered_weekday(line, at, last, known[0])
        or _weekday_alone(line, at, last, known[0], shift[0] if shift else None)
    )


def _dated_weekday(line: Line, at: int, last: int, weekday: int) -> Day | None:
    here = last
    while line.text(here) in ("(", ",", "،", "-", "."):
        here += 1
    here = line.over("the", here)
    if here >= len(line) or here - last > 2:
        return None
    date = dates.day_of(line, here, weekday)
    if date is None:
        return None
    end = date.last + (1 if line.text(date.last) == ")" else 0)
    if date.unit == "day":
        date = replace(date, clash=_disagreement(date, weekday))
    return replace(date, first=at, last=end)


def _disagreement(date: Day, weekday: int) -> str:
    """Where they agree, a doubt about a date in figures is settled as well."""
    found = date.start.weekday()
    return "" if found == weekday else DISAGREE.format(date.start.isoformat(), _NAMES[found])


def _weekday_of_stretch(line: Line, at: int, last: int, weekday: int) -> Day | None:
    """ "Friday next week", "Sunday of last week"."""
    here = line.over("the", line.over_plain("of_date", last))
    week = stretches.stretch_of(line, here) if here < len(line) else None
    if week is None or week.unit != "week":
        return None
    day = week.start + dt.timedelta(days=weekday)
    return Day(at, week.last, day, day, 1)


def _numbered_weekday(line: Line, at: int, last: int, weekday: int) -> Day | None:
    """ "Friday the 14th", "Mon 13th": the nearest such day."""
    here = line.over("the", last)
    number = dates.day_number(line, here) if line.today and here < len(line) else None
    if number is None or line.today is None:
        return None
    tied = here > last or (line.text(here)[:1].isdigit() and clear(line, number[1]))
    if line.text(number[1]) == ":" or not tied:
        return None
    now = line.today.year * 12 + line.today.month - 1
    known = (valid(month // 12, month % 12 + 1, number[0]) for month in range(now - 12, now + 13))
    fit = [day for day in known if day and day.weekday() == weekday]
    if not fit:
        return None
    day = min(fit, key=lambda one: (abs((one - line.today).days) if line.today else 0, one))
    return Day(at, number[1], day, day, 1)


def _weekday_alone(line: Line, at: int, last: int, weekday: int, shift: int | None) -> Day | None:
    """The nearest past one; the next one where it is said of what will come ("next Friday", "will ... on Friday")."""
    if line.today is None:
        return None
    after = line.words.shifts_after.match(line.tokens, last) if shift is None and last < len(line) else None
    if after:
        shift, last = after[0], last + after[1]
    back = (line.today.weekday() - weekday) % 7
    day = line.today - dt.timedelta(days=back)
    rule = ""
    if shift == 1:
        day = line.today + dt.timedelta(days=weekday - line.today.weekday() + 7)
    elif shift == 0:
        day = line.today + dt.timedelta(days=weekday - line.today.weekday())
        day = day if day <= line.today or line.ahead(at) else line.today - dt.timedelta(days=back)
    elif shift == -1:
        day, rule = (day - dt.timedelta(days=7), "") if back == 0 else (day, NEAREST)
    elif line.ahead(at) and back:
        day += dt.timedelta(days=7)
    return Day(at, last, day, day, 1, assumed=rule)
