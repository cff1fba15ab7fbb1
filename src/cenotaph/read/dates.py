"""Days by their date: "6 March 2025", "March 6", "06/03/2025", "2025-03-06"."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

from cenotaph.read.calendar import Day, Line, valid, whole
from cenotaph.read.numbers import year
from cenotaph.read.numerals import DIGITS

_DAY = re.compile(r"(\d{1,2})(?:st|nd|rd|th|d|er)?$")
YEAR = re.compile(r"(?:19|20)\d\d$")
_ANY_YEAR = re.compile(r"[12]\d{3}$")
_ISO = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})$")
_PACKED = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)$")
_SLASHED = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d\d)$")
_SHORT = re.compile(r"(\d{1,2})([-/.])(\d{1,2})$")
_AHEAD = dt.timedelta(days=3)  # a day just after publication still belongs to this year, not to the last
_MAY_BE = 10  # years beyond the report's in which "'30" may lie
NUMERIC = "a date in figures, read {} first"
IN_FIGURES = "a date in figures may be"


def day_of(line: Line, at: int, weekday: int | None = None) -> Day | None:
    """One day: "6 March (2025)", "March 6", "6th of March", "2025-03-06", "06/03/2025"."""
    return _numeric(line, at, weekday) or _worded(line, at, weekday)


# --- in figures -------------------------------------------------------------------------------------------------------


def _numeric(line: Line, at: int, weekday: int | None) -> Day | None:
    run, last = run_of(line, at)
    while last > at:
        found = _figures(line, at, last, run, weekday)
        if found:
            return found
        last -= 1
        run = "".join(token.text for token in line.tokens[at:last]).translate(DIGITS)
    return None


def run_of(line: Line, at: int) -> tuple[str, int]:
    """The text of tokens that nothing parts, at most five, and where they end; "" in the middle of such a run."""
    if not line.text(at)[:1].isdigit() or (
        line.glued(at) and line.text(at - 1) in "-/.+" and not _after_date(line, at)
    ):
        return "", at
    last = at + 1
    while last < min(len(line), at + 5) and line.glued(last):
        last += 1
    while last < len(line) and line.glued(last) and line.tokens[last].text[:1] in "0123456789/":
        return "", at  # more figures hang on: a telephone number, a formula
    while last > at + 1 and not line.text(last - 1)[:1].isdigit():
        last -= 1
    return "".join(token.text for token in line.tokens[at:last]).translate(DIGITS), last


def _after_date(line: Line, at: int) -> bool:
    """ "10/1/2018-10/7/2018": a date that a dash joins to one before it."""
    if line.text(at - 1) != "-":
        return False
    for length in (5, 3):
        before = "".join(token.text for token in line.tokens[max(0, at - 1 - length) : at - 1]).translate(DIGITS)
        if _SLASHED.match(before) or _ISO.match(before) or ("/" in before and _SHORT.match(before)):
            return True
    return False


def _figures(line: Line, at: int, last: int, run: str, weekday: int | None) -> Day | None:
    iso = _ISO.match(run) or _PACKED.match(run)
    if iso:
        year, month, number = (int(part) for part in iso.groups() if part.isdigit())
        day = valid(year, month, number)
        if day is None and _ISO.match(run) and month <= 12:
            return _no_day(line, at, last, year, month, number)
        return Day(at, last, day, day, 1) if day else None
    slashed = _SLASHED.match(run)
    if slashed:
        return _slashed(line, at, last, (int(slashed[1]), int(slashed[3])), _full(slashed[4], line))
    short = _SHORT.match(run)
    opened = weekday is not None or _after_date(line, at) or (line.has("on_short", at - 1) and "-" not in run)
    opened = opened and not (last < len(line) and line.language.months.match(line.tokens, last))
    opened = opened and ("." not in run or last >= len(line) or not line.tokens[last].is_word)
    if short and opened and not _is_fraction(line, at, last):
        return _slashed(line, at, last, (int(short[1]), int(short[3])), None)
    return None


def _is_fraction(line: Line, at: int, last: int) -> bool:
    """ "1/2 of them"."""
    return line.text(at + 1) == "/" and line.has("of", last) and not line.has("of_date", last)


def _full(digits: str, line: Line) -> int:
    """A year of two figures: of this century unless that lies far ahead of the report."""
    if len(digits) == 4:
        return int(digits)
    now = line.today.year if line.today else 2000
    return 2000 + int(digits) if 2000 + int(digits) <= now + _MAY_BE else 1900 + int(digits)


def _slashed(line: Line, at: int, last: int, parts: tuple[int, int], year: int | None) -> Day | None:
    """ "03/06/2025": by what the calendar allows, else in the order of the language, with the doubt told."""
    a, b = parts
    month_first = line.language.table["days"].get("numeric", "month first") == "month first"
    (m, d), (m2, d2) = ((a, b), (b, a)) if month_first else ((b, a), (a, b))
    first, second = (_dated(line, one, year) for one in ((m, d), (m2, d2)))
    chosen, other = (first, second) if first else (second, None)
    if chosen is None:
        return _no_day(line, at, last, year, m, d) if year and m <= 12 else None
    rule, clash = "", ""
    if other and chosen[0] != other[0]:
        if line.today and other[0] <= line.today < chosen[0] - _AHEAD and not line.ahead(at):
            chosen, other, month_first = other, chosen, not month_first
        rule = NUMERIC.format("month" if month_first else "day")
        clash = f"{IN_FIGURES} {chosen[0].isoformat()} or {other[0].isoformat()}"
    return Day(at, last, chosen[0], chosen[0], 1, assumed=rule or chosen[1], clash=clash, yearless=year is None)


def _dated(line: Line, month_day: tuple[int, int], year: int | None) -> tuple[dt.date, str] | None:
    if year is not None:
        day = valid(year, *month_day)
        return (day, "") if day else None
    guess, rule = year_for(*month_day, None, line.today)
    return (guess, rule) if guess else None


# --- with the name of a month -----------------------------------------------------------------------------------------


def _worded(line: Line, at: int, weekday: int | None) -> Day | None:
    parts = _year_first(line, at) or day_month(line, at) or month_day(line, at)
    if parts is None:
        return None
    number, month, last = parts[:3]
    year, last = (parts[3], last) if len(parts) > 3 else year_after(line, last)
    if year is not None:
        day = valid(year, month, number)
        return Day(at, last, day, day, 1) if day else _no_day(line, at, last, year, month, number)
    guess, rule = year_for(month, number, weekday, line.today)
    if guess is None and line.today and (weekday is not None or line.has("on_date", at - 1)):
        return _no_day(line, at, last, line.today.year, month, number)
    if guess and line.today and line.ahead(at) and guess < line.today and weekday is None:
        guess = valid(guess.year + 1, month, number) or guess
    return Day(at, last, guess, guess, 1, assumed=rule, yearless=True) if guess else None


def _no_day(line: Line, first: int, last: int, year: int, month: int, number: int) -> Day | None:
    """ "30 February 2025": the month is all that can stand, with the problem told."""
    if not (1 <= number <= 31 and valid(year, month, 1)):
        return None
    clash = f"the calendar has no {year}-{month:02}-{number:02}; read as the month"
    return replace(whole("month", first, last, dt.date(year, month, 1)), clash=clash)


def _year_first(line: Line, at: int) -> tuple[int, int, int, int] | None:
    """ "2019-Aug-1"."""
    if not YEAR.match(line.text(at)) or line.text(at + 1) not in ("-", "/"):
        return None
    found = month_day(line, at + 2)
    return (found[0], found[1], found[2], int(line.text(at))) if found else None


def day_number(line: Line, at: int) -> tuple[int, int] | None:
    """ "6", "6th", "sixth", "twenty-first", "السادس والعشرون": a day of a month, and where it ends."""
    if at >= len(line):
        return None
    digits = next((form for form in line.tokens[at].forms if form[:1].isdigit()), "")
    found = _DAY.match(digits)
    if found:
        return (int(found[1]), at + 1) if 1 <= int(found[1]) <= 31 else None
    word = line.ordinal(at)
    if word is None and not digits:
        word = line.number(at)
    return (int(word.value), word.last) if word and word.value in range(1, 32) else None


def day_month(line: Line, at: int) -> tuple[int, int, int] | None:
    """ "6 March", "6th of March", "the 23rd day of September"."""
    found = day_number(line, at)
    if found is None:
        return None
    here = line.over_plain("day_word", found[1])
    here = line.over_plain("of_date", here)
    if line.text(here) in ("-", "/", ".") and line.glued(here):
        here += 1
    month = line.language.months.match(line.tokens, here) if here < len(line) else None
    return (found[0], month[0], over_second_name(line, here + month[1])) if month else None


def over_second_name(line: Line, at: int) -> int:
    """ "آذار/مارس": a month under both its names."""
    second = line.language.months.match(line.tokens, at + 1) if at + 1 < len(line) and line.text(at) in "/(" else None
    if not second:
        return at
    end = at + 1 + second[1]
    return end + (1 if line.text(end) == ")" else 0)


def month_day(line: Line, at: int) -> tuple[int, int, int] | None:
    """ "March 6", "March the 6th", "Oct. 2", "Jan/3", "May twenty-first"."""
    month = line.language.months.match(line.tokens, at) if at < len(line) else None
    if not month or (line.text(at).isascii() and not line.tokens[at].capital and line.has("unsure_months", at)):
        return None
    here = at + month[1]
    comma = line.text(here) == ","
    if line.text(here) in (".", "/", "-", ",") and (line.glued(here) or line.text(here) == "-"):
        here += 1
    article = line.over("the", here)
    found = day_number(line, article)
    if found is None or line.text(found[1]) == ":" or (comma and line.ordinal(article) is None):
        return None
    plain = article == here and line.ordinal(here) is None
    counts = line.has("counts_in", at - 1) or (not line.text(here).isdigit() and not clear(line, found[1]))
    if plain and counts and year_after(line, found[1])[0] is None:
        return None
    return found[0], month[0], found[1]


def clear(line: Line, at: int) -> bool:
    """Whether nothing follows that a number before it could count."""
    return at >= len(line) or not line.tokens[at].is_word or line.language.stops.has(line.tokens[at])


def year_after(line: Line, at: int) -> tuple[int | None, int]:
    """The year that follows a date, after a comma or "of", in figures or words; (None, at) without one."""
    here = at + 1 if line.text(at) in (",", "/", "-", ".", "،") and at + 1 < len(line) else at
    here = line.over_plain("of_year", here)
    here = line.over("year", here)
    if here >= len(line):
        return None, at
    digits = next((form for form in line.tokens[here].forms if form[:1].isdigit()), "")
    if _ANY_YEAR.match(digits) and (YEAR.match(digits) or here > at or not line.text(here + 1)[:1].isalpha()):
        return int(digits), here + 1
    short = len(digits) == 2 and digits.isdecimal() and here > at and line.text(at) not in ",-./،"
    if short and (here + 1 >= len(line) or not line.tokens[here + 1].is_word):
        return _full(digits, line), here + 1
    said = year(line.tokens, here, line.language) if not digits else None
    return (int(said.value), said.last) if said else (None, at)


def year_for(month: int, day: int, weekday: int | None, today: dt.date | None) -> tuple[dt.date | None, str]:
    """The year of a date said without one: the latest not after the report, in which the weekday agrees if one is
    said.
    """
    if today is not None:
        years = [valid(year, month, day) for year in range(today.year, today.year - 5, -1)]
        past = [one for one in years if one and one <= today + _AHEAD]
        agreeing = [one for one in past[:2] if weekday is None or one.weekday() == weekday]
        chosen = agreeing or past
        return (chosen[0] if chosen else None), ""
    return None, ""
