"""Months, quarters, years and decades by name: "in March", "Q3 2016", "in 1985", "the 1990s", "the 19th century"."""

from __future__ import annotations

import datetime as dt
import re

from cenotaph.read.calendar import Day, Line, valid, whole
from cenotaph.read.dates import YEAR, clear, day_number, over_second_name, run_of, year_after
from cenotaph.read.numbers import year

_YEAR_MONTH = re.compile(r"((?:19|20)\d\d)[-/.](\d{1,2})$")
_MONTH_YEAR = re.compile(r"(\d{1,2})[-/.]((?:19|20)\d\d)$")
_YEAR_OPENERS = ("in_month", "since", "until", "year", "before", "after")


def period_of(line: Line, at: int) -> Day | None:
    """A month, quarter, half, year, decade, century by name."""
    found = (_year_month(line, at), month(line, at), _part_of_year(line, at), _decade(line, at), year_alone(line, at))
    return next((one for one in found if one), None)


def _year_month(line: Line, at: int) -> Day | None:
    """ "2025-03", "03/2025", "2016, Nov"."""
    run, last = run_of(line, at)
    found = _YEAR_MONTH.match(run) or _MONTH_YEAR.match(run)
    if found:
        numbers = sorted(int(part) for part in found.groups())
        first = valid(numbers[1], numbers[0], 1)
        return whole("month", at, last, first) if first else None
    if not YEAR.match(line.text(at)):
        return None
    here = at + 1
    here += 1 if line.text(here) in (",", "/", "-") else 0
    month = line.language.months.match(line.tokens, here) if here < len(line) else None
    if month is None or day_number(line, here + month[1]):
        return None
    first = valid(int(line.text(at)), month[0], 1)
    return whole("month", at, here + month[1], first) if first else None


def month(line: Line, at: int) -> Day | None:
    """ "in March", "March 2025", "March of last year" is for the stretches: the whole month."""
    found = line.language.months.match(line.tokens, at)
    if not found or (line.text(at).isascii() and line.text(at).islower() and line.has("unsure_months", at)):
        return None
    last = over_second_name(line, at + found[1])
    last += 1 if line.text(last) == "." and line.glued(last) and last + 1 < len(line) else 0
    said, end = year_after(line, last)
    if said is not None:
        first = valid(said, found[0], 1)
        return whole("month", at, end, first) if first else None
    if line.today is None or not _stands_as_month(line, at, at + found[1]):
        return None
    year = line.today.year if found[0] <= line.today.month else line.today.year - 1
    if line.ahead(at) and found[0] < line.today.month:
        year = line.today.year + 1
    return whole("month", at, at + found[1], dt.date(year, found[0], 1), yearless=True)


def _stands_as_month(line: Line, at: int, last: int) -> bool:
    """Whether a month name alone is a month: not "may", nor "April" at the head of a person's name."""
    if line.has("in_month", at - 1) or line.has("last", at - 1) or line.has("pairs", at - 1):
        return True
    if line.has("joins", at - 1) and at > 1 and line.language.months.match(line.tokens, at - 2):
        return True
    if line.has("links", last) and last + 1 < len(line) and line.language.months.match(line.tokens, last + 1):
        return True
    if line.has("unsure_months", at) or line.text(at - 1) in ("$", "#", "@"):
        return False
    name = last < len(line) and line.tokens[last].capital and line.text(last).isascii()
    return not name


def _part_of_year(line: Line, at: int) -> Day | None:
    """ "Q3 2016", "2016 H2", "the third quarter of 2016", "the first half of last year" is for the stretches."""
    here, said = at, None
    if YEAR.match(line.text(at)):
        said, here = int(line.text(at)), at + 1
        here += 1 if line.text(here) in ("-", ",") else 0
        here = line.over("the", here)
    found = part_of_year(line, here)
    if found is None:
        return None
    unit, number, last = found
    if said is None:
        said, last = year_after(line, last)
    if said is None:
        return None
    size = 3 if unit == "quarter" else 6
    return whole(unit, at, last, dt.date(said, (number - 1) * size + 1, 1))


def part_of_year(line: Line, at: int) -> tuple[str, int, int] | None:
    """ "Q3", "third quarter", "second half": unit, which one, where it ends."""
    if at + 1 >= len(line):
        return None
    letters = {"q": ("quarter", 4), "h": ("half", 2)}.get(line.tokens[at].norm)
    digit = line.text(at + 1)
    if letters and line.glued(at + 1) and digit.isdecimal() and len(digit) == 1 and 1 <= int(digit) <= letters[1]:
        return letters[0], int(digit), at + 2
    which = line.ordinal(at)
    here = which.last if which else at
    unit = line.words.units.match(line.tokens, here) if which and here < len(line) else None
    if unit is None or which is None:
        unit = line.words.units.match(line.tokens, at)  # "الربع الثالث"
        which = line.ordinal(at + unit[1]) if unit else None
        here = which.last if which else at
    else:
        here += unit[1]
    most = {"quarter": 4, "half": 2}.get(unit[0], 0) if unit else 0
    return (unit[0], int(which.value), here) if unit and which and 1 <= which.value <= most else None


def _decade(line: Line, at: int) -> Day | None:
    """ "the 1990s", "the 70s", "the seventies", "the 19th century"."""
    digits, here = line.text(at), at + 1
    if len(digits) == 2 and at and line.tokens[at - 1].norm in ("his", "her", "their"):
        return None  # "in her 20s": an age
    if digits.isdecimal() and len(digits) in (2, 4) and digits[-1] == "0":
        here += 1 if line.text(here) in ("'", "’") else 0
        of_years = len(digits) == 4 or _with_article(line, at)
        if of_years and here < len(line) and line.tokens[here].norm == "s" and (line.glued(here) or len(digits) == 4):
            return whole("decade", at, here + 1, dt.date(_century(int(digits), line), 1, 1))
    word = line.words.decades.match(line.tokens, at)
    if word and (word[0] >= 100 or not line.language.words("days", "the").table or _with_article(line, at)):
        return whole("decade", at, at + word[1], dt.date(_century(word[0], line), 1, 1))
    which = line.ordinal(at)
    unit = line.words.units.match(line.tokens, which.last) if which and which.last < len(line) else None
    if which and unit and unit[0] == "century" and 1 < which.value < 22:
        return whole("century", at, which.last + unit[1], dt.date(int(which.value) * 100 - 100, 1, 1))
    return None


def _with_article(line: Line, at: int) -> bool:
    """ "the 70s", "the early 70s"; "in her 70s" is an age."""
    if line.has("the", at - 1):
        return True
    return any(
        found[1] == length and line.has("the", at - length - 1)
        for length in (1, 2)
        if at >= length and (found := line.words.pieces.match(line.tokens, at - length))
    )


def _century(decade: int, line: Line) -> int:
    """The decade meant by two figures: the latest that has begun."""
    if decade >= 100:
        return decade
    now = line.today.year if line.today else 2000
    return decade + (2000 if 2000 + decade <= now else 1900)


def year_alone(line: Line, at: int, joined: bool = False) -> Day | None:
    """ "in 1985", "since 2011", "the year 2012", "from two thousand": the whole year."""
    digits = next((form for form in line.tokens[at].forms if form[:1].isdigit()), "")
    if digits and not YEAR.match(digits):
        return None
    before = at - 1 if not line.has("the", at - 1) else at - 2  # "in the 1998 offensive"
    opened = joined or (before >= 0 and any(line.has(key, before) for key in _YEAR_OPENERS))
    if not opened or (digits and line.glued(at + 1) and line.text(at + 1) in ":%"):
        return None
    found = year(line.tokens, at, line.language)
    if found is None or (not digits and _counts(line, found.last)):
        return None
    return whole("year", at, found.last, dt.date(int(found.value), 1, 1))


def _counts(line: Line, at: int) -> bool:
    """ "in two thousand homes": a number in words is a year only where nothing follows that it counts."""
    return not clear(line, at)
