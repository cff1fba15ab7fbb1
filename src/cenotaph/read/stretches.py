"""Stretches of days: "last week", "late March", "the first half of 2024", "the week of 10 April"."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from cenotaph.read.calendar import Day, Line, Span, moved, precision_of, stretch, valid
from cenotaph.read.dates import day_number, day_of, over_second_name, year_after
from cenotaph.read.months import month, part_of_year, period_of, year_alone

_THIRDS = {"early": (0, 1), "mid": (1, 2), "late": (2, 3)}


# --- one stretch ------------------------------------------------------------------------------------------------------


def stretch_of(line: Line, at: int) -> Day | None:
    """A stretch with what narrows it ("early", "the end of", "earlier", "so far") and a weekday in it."""
    piece = line.words.pieces.match(line.tokens, at)
    here = _over_small(line, at + piece[1]) if piece else at
    if here >= len(line):
        return None
    whole = _whole(line, here, bool(piece))
    if whole is None and not piece:
        whole = _this(line, here)
        return _so_far(line, whole) if whole else None
    if whole is None:
        return None
    whole = replace(whole, first=at)
    if piece:
        return _pieced(line, whole, piece[0])
    return _so_far(line, whole) or _weekday_in(line, whole) or whole


def _whole(line: Line, at: int, narrowed: bool) -> Day | None:
    found = (
        _nth(line, at)
        or _month_of(line, at)
        or _shifted(line, at)
        or _week_of(line, at)
        or _numbered_week(line, at)
        or _weekend(line, at)
    )
    if found:
        return found
    if not narrowed:
        return None
    return period_of(line, at) or year_alone(line, at, joined=True) or _this(line, at) or _season(line, at)


def _over_small(line: Line, at: int) -> int:
    at = line.over_plain("of_date", at)
    return line.over("the", at)


def _shifted(line: Line, at: int) -> Day | None:
    """ "last week", "next month", "the week after next", "الأسبوع الماضي": a unit and how far off it is."""
    if line.today is None:
        return None
    before = line.words.shifts.match(line.tokens, at)
    here = at + before[1] if before else at
    if here >= len(line):
        return None
    unit = line.words.units.match(line.tokens, here)
    if unit is None or unit[0] == "hour":
        return _month_off(line, at, here, before[0]) if before else None
    last = here + unit[1]
    after = line.words.shifts_after.match(line.tokens, last) if last < len(line) and not before else None
    if not before and not after:
        return None
    shift, last = (before[0], last) if before else (after[0], last + after[1]) if after else (0, last)
    if unit[0] == "day" or line.has("plural_units", here):
        return None
    return _unit_at(line, at, last, unit[0], shift)


def _month_off(line: Line, at: int, here: int, shift: int) -> Day | None:
    """ "last March", "this May": a month by name, in a year that the word tells."""
    found = line.language.months.match(line.tokens, here)
    if found is None or line.today is None or year_after(line, here + found[1])[0] is not None:
        return None
    now, year = line.today, line.today.year
    if shift == 0 and day_number(line, here + found[1]):
        return None
    if shift < 0:
        year -= 1 if found[0] >= now.month else 0
    elif shift > 0:
        year += 1 if found[0] <= now.month else 0
    start, end = stretch("month", dt.date(year, found[0], 1))
    return Day(at, here + found[1], start, end, precision_of(start, end), unit="month")


def _month_of(line: Line, at: int) -> Day | None:
    """ "March of last year", "سبتمبر الماضي": a month whose year the words behind it tell."""
    found = line.language.months.match(line.tokens, at)
    if found is None or line.today is None:
        return None
    last = over_second_name(line, at + found[1])
    shift = line.words.shifts_after.match(line.tokens, last) if last < len(line) else None
    if shift:
        off = _month_off(line, at, at, shift[0])
        return replace(off, last=last + shift[1]) if off else None
    here = line.over("the", line.over_plain("of_a_year", last))
    year = _shifted(line, here) if here < len(line) else None
    if year is None or year.unit != "year":
        return None
    start, end = stretch("month", dt.date(year.start.year, found[0], 1))
    return Day(at, year.last, start, end, precision_of(start, end), unit="month")


def _unit_at(line: Line, first: int, last: int, unit: str, shift: int) -> Day:
    assert line.today is not None
    if unit == "fortnight":
        start, end = stretch("week", moved(line.today, "week", shift if shift >= 0 else 2 * shift))
        end = moved(end, "week", 1)
    else:
        start, end = stretch(unit, moved(stretch(unit, line.today)[0], unit, shift))
    if unit == "weekend" and shift == 0 and start > line.today and not line.ahead(first):
        start, end = moved(start, "week", -1), moved(end, "week", -1)
    return Day(first, last, start, end, precision_of(start, end), unit=unit)


def _this(line: Line, at: int) -> Day | None:
    """ "the end of the week", "the rest of the month": the one in which the report speaks."""
    unit = line.words.units.match(line.tokens, at)
    if unit is None or unit[0] in ("hour", "day", "century", "decade", "half") or line.today is None:
        return None
    if line.has("of_date", at + unit[1]):
        return None
    return _unit_at(line, at, at + unit[1], unit[0], 0)


def _season(line: Line, at: int) -> Day | None:
    """ "summer 2016" with its year: three months, as north of the tropics; which three is told as assumed."""
    found = line.words.seasons.match(line.tokens, at)
    if found is None:
        return None
    said, last = year_after(line, at + found[1])
    if said is None:
        return None
    start = dt.date(said, found[0][0], 1)
    end = moved(start, "month", 3) - dt.timedelta(days=1)
    rule = "a season of the northern hemisphere"
    return Day(at, last, start, end, precision_of(start, end), unit="season", assumed=rule)


def _week_of(line: Line, at: int) -> Day | None:
    """ "the week of 10 April", "the week beginning on 4 February", "week 31"."""
    unit = line.words.units.match(line.tokens, at)
    if unit is None or unit[0] not in ("week", "weekend"):
        return None
    here = line.over("beginning", at + unit[1])
    here = line.over_plain("of_date", here)
    here = line.over("the", here)
    if here == at + unit[1]:
        return None
    day = day_of(line, here) if here < len(line) else None
    if day is None:
        return None
    start, end = stretch(unit[0], day.start)
    return Day(at, day.last, start, end, precision_of(start, end), unit=unit[0], yearless=day.yearless)


def _numbered_week(line: Line, at: int) -> Day | None:
    """ "week 31", "week 3 of 2027": by ISO 8601, as health and aid reports count them."""
    unit = line.words.units.match(line.tokens, at)
    here = at + unit[1] if unit and unit[0] == "week" else len(line)
    which = line.number(here) if here < len(line) else None
    if which is None or line.today is None or not (1 <= which.value <= 53 and which.value == int(which.value)):
        return None
    said, last = year_after(line, which.last)
    year = said or line.today.isocalendar().year
    try:
        start = dt.date.fromisocalendar(year, int(which.value), 1)
    except ValueError:  # not every year has a week 53
        return None
    return Day(at, last, start, start + dt.timedelta(days=6), 3, unit="week", yearless=said is None)


def _weekend(line: Line, at: int) -> Day | None:
    """ "over the weekend": the one just past, or going on; the coming one where it is said of what will come."""
    unit = line.words.units.match(line.tokens, at)
    opening = at - 1 if not line.has("the", at - 1) else at - 2
    if unit is None or unit[0] != "weekend" or line.today is None or not line.has("past_weekend", opening):
        return None
    start, end = stretch("weekend", line.today)
    if start > line.today and not line.ahead(at):
        start, end = moved(start, "week", -1), moved(end, "week", -1)
    return Day(at, at + unit[1], start, end, precision_of(start, end), unit="weekend")


# --- the third of something -------------------------------------------------------------------------------------------


def _nth(line: Line, at: int) -> Day | None:
    """ "the third week of March", "the first Friday of July", "the first half of last year"."""
    here = line.over("the", at)
    if here >= len(line):
        return None
    part = part_of_year(line, here)
    if part:
        return _nth_part(line, at, part)
    which, unit, last = _which(line, here)
    if not unit:
        return None
    inner = line.over("the", line.over_plain("of_date", last))
    whole = _within(line, inner) if inner < len(line) else None
    if whole is None or whole.unit in ("day", unit):
        return None
    found = _counted_in(which, unit, (whole.start, whole.end))
    return found and Day(
        at, whole.last, *found, precision_of(*found), unit="day" if unit.isdigit() else unit, yearless=whole.yearless
    )


def _which(line: Line, at: int) -> tuple[int, str, int]:
    """Which one (-1 the last), of what (a unit, or the number of a weekday) and where the words end; ("") for none."""
    first = line.ordinal(at)
    lasting = line.over("final", at)
    here = first.last if first else lasting if lasting > at else at
    here = line.over_plain("day_word", here) if first else here
    unit = _unit_or_weekday(line, here)
    if unit is None:
        return 0, "", at
    if here > at:
        return (int(first.value) if first else -1), unit[0], unit[1]
    after = line.ordinal(unit[1])  # "الأسبوع الأول"
    lasting = line.over("final", unit[1])
    if lasting > unit[1]:
        return -1, unit[0], lasting
    return (int(after.value), unit[0], after.last) if after else (0, "", at)


def _unit_or_weekday(line: Line, at: int) -> tuple[str, int] | None:
    if at >= len(line):
        return None
    weekday = line.language.weekdays.match(line.tokens, at)
    if weekday:
        return str(weekday[0]), at + weekday[1]
    unit = line.words.units.match(line.tokens, at)
    return (unit[0], at + unit[1]) if unit and unit[0] in ("week", "month", "weekend") else None


def _within(line: Line, at: int) -> Day | None:
    return _shifted(line, at) or month(line, at) or _bare_month(line, at) or year_alone(line, at, joined=True) or None


def _bare_month(line: Line, at: int) -> Day | None:
    found = line.language.months.match(line.tokens, at)
    if found is None or line.today is None:
        return None
    year = line.today.year if found[0] <= line.today.month else line.today.year - 1
    start, end = stretch("month", dt.date(year, found[0], 1))
    return Day(at, at + found[1], start, end, 4, unit="month", yearless=True)


def _nth_part(line: Line, at: int, part: tuple[str, int, int]) -> Day | None:
    unit, which, last = part
    inner = line.over("the", line.over_plain("of_date", last))
    whole = _shifted(line, inner) if inner < len(line) else None
    if whole is None or whole.unit != "year":
        return None
    size = 3 if unit == "quarter" else 6
    start, end = stretch(unit, dt.date(whole.start.year, (which - 1) * size + 1, 1))
    return Day(at, whole.last, start, end, precision_of(start, end), unit=unit)


def _counted_in(which: int, unit: str, whole: Span) -> Span | None:
    """The so-manieth unit in a stretch; a week belongs to the month or year that holds its Thursday (ISO 8601)."""
    start, end = whole
    if unit.isdigit():
        first = start + dt.timedelta(days=(int(unit) - start.weekday()) % 7)
        last = end - dt.timedelta(days=(end.weekday() - int(unit)) % 7)
        day = last if which < 0 else first + dt.timedelta(days=7 * (which - 1))
        return (day, day) if start <= day <= end else None
    if unit == "month":
        day = end if which < 0 else moved(start, "month", which - 1)
        return stretch("month", day) if start <= day <= end else None
    thursday = start + dt.timedelta(days=(3 - start.weekday()) % 7)
    final = end - dt.timedelta(days=(end.weekday() - 3) % 7)
    day = final if which < 0 else thursday + dt.timedelta(days=7 * (which - 1))
    return stretch(unit, day) if start <= day <= end else None


# --- a piece of it ----------------------------------------------------------------------------------------------------


def _pieced(line: Line, whole: Day, piece: str) -> Day | None:
    """ "early March", "the end of last week", "earlier this month", "the rest of the year"."""
    start, end, today = whole.start, whole.end, line.today
    if piece in _THIRDS:
        start, end = _third(whole, *_THIRDS[piece])
    elif today is None or not start <= today <= end:
        return None
    elif piece == "earlier":
        end = max(start, today - dt.timedelta(days=1))
    elif piece == "so far":
        end = today
    elif piece == "later":
        start = min(end, today + dt.timedelta(days=1))
    elif piece == "rest":
        return replace(whole, start=today, precision=precision_of(today, end), named=end)
    return replace(whole, start=start, end=end, precision=precision_of(start, end), unit=f"part of a {whole.unit}")


def _third(whole: Day, low: int, high: int) -> Span:
    """A third of a stretch, as "early", "mid" and "late" are used: of a week 3, 4 and 4 days, which overlap."""
    start, end = whole.start, whole.end
    if whole.unit == "week":
        first, last = {0: (0, 2), 1: (1, 4), 2: (3, 6)}[low]
        return start + dt.timedelta(days=first), start + dt.timedelta(days=last)
    if whole.unit == "month":
        first, last = {0: (1, 15), 1: (10, 20), 2: (16, end.day)}[low]
        return start.replace(day=first), start.replace(day=last)
    if whole.unit == "year":
        months = {0: (1, 4), 1: (5, 8), 2: (9, 12)}[low]
        return stretch("month", start.replace(month=months[0]))[0], stretch("month", start.replace(month=months[1]))[1]
    length = (end - start).days + 1
    return start + dt.timedelta(days=length * low // 3), start + dt.timedelta(days=length * high // 3 - 1)


def _so_far(line: Line, whole: Day) -> Day | None:
    """ "this year so far", "year to date": up to the day of the report."""
    last = line.over("so_far", whole.last)
    today = line.today
    if last == whole.last or today is None or not whole.start <= today <= whole.end:
        return None
    return replace(whole, last=last, end=today, precision=precision_of(whole.start, today), unit="so far")


def _weekday_in(line: Line, whole: Day) -> Day | None:
    """ "last week on Tuesday", "next week Monday"."""
    if whole.unit != "week":
        return None
    here = line.over("on", whole.last)
    here += 1 if line.text(here) in ("-", ",") else 0
    known = line.language.weekdays.match(line.tokens, here) if here < len(line) else None
    if known is None:
        return None
    day = whole.start + dt.timedelta(days=known[0])
    return Day(whole.first, here + known[1], day, day, 1)


def of_stretch(line: Line, at: int) -> Day | None:
    """ "the 20th of next month", "the 15th day of last month": a day of a month that words tell."""
    found = day_number(line, at)
    if found is None:
        return None
    here = line.over_plain("day_word", found[1])
    here = _over_small(line, here)
    whole = _shifted(line, here) if here < len(line) else None
    if whole is None or whole.unit != "month":
        return None
    day = valid(whole.start.year, whole.start.month, found[0])
    return Day(at, whole.last, day, day, 1) if day else None
