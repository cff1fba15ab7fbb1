"""Days counted from another: "the past three days", "two months ago", "three weeks from tomorrow", "قبل يومين"."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from cenotaph.read.calendar import Day, Line, moved, precision_of, stretch
from cenotaph.read.dates import day_of

COUNTED = "counted back from the day of the report"
_EXACT = ("day", "hour")


def counted(line: Line, at: int) -> Day | None:
    """ "over the past 48 hours", "in two days", "the next three weeks": counted from the day of the report."""
    if line.today is None:
        return None
    opened = line.over("over", at)
    here = opened
    shift, told = 0, False
    while here < len(line):
        found = line.words.shifts.match(line.tokens, here)
        if found:
            shift, told, here = found[0], True, here + found[1]
        elif line.has("the", here) or line.has("small", here):
            here += 1
        else:
            break
    amount = _amounts(line, here, alone=False)
    inner = (_shift_inside(line, here) or _shift_behind(line, here)) if not told else None
    if inner:
        amount, shift, told = inner
    if amount is None:
        return _rolling(line, at, opened, here, shift, told)
    sums, last = amount
    after = line.words.shifts_after.match(line.tokens, last) if last < len(line) and not told else None
    if after:
        shift, told, last = after[0], True, last + after[1]
    if line.over("ago", last) > last:
        return None  # "over a year ago"
    if shift > 0:
        return _ahead(line, at, last, sums)
    if opened > at and line.ahead(at) and shift == 0:
        if line.has("point", at) and opened == at + 1:
            return _away(line, at, last, sums, 1, line.today)
        return _ahead(line, at, last, sums) if line.has("within", at) else None
    return _back(line, at, last, sums) if opened > at or shift < 0 else None


_Sums = tuple[tuple[float, str], ...]


def _amounts(line: Line, at: int, alone: bool) -> tuple[_Sums, int] | None:
    """ "three days", "a fortnight", "two years, one month and 12 days", "few weeks", "يومين"; "2 next days" too."""
    sums: list[tuple[float, str]] = []
    here = at
    while here < len(line) and (one := _amount(line, here, alone)):
        sums.append(one[0])
        at = one[1]
        here = at + (1 if line.text(at) in (",", "،") else 0)
        here += 1 if line.has("and", here) else 0
    return (tuple(sums), at) if sums else None


def _shift_inside(line: Line, at: int) -> tuple[tuple[_Sums, int], int, bool] | None:
    """ "the 2 next days", "the five past years"."""
    count = line.number(at) if at < len(line) else None
    shift = line.words.shifts.match(line.tokens, count.last) if count and count.last < len(line) else None
    here = count.last + shift[1] if count and shift else len(line)
    unit = line.words.units.match(line.tokens, here) if here < len(line) else None
    if count is None or shift is None or unit is None or not 0 < count.value < 1000:
        return None
    return (((count.value, unit[0]),), here + unit[1]), shift[0], True


def _shift_behind(line: Line, at: int) -> tuple[tuple[_Sums, int], int, bool] | None:
    """ "الأيام الثلاثة الماضية": a unit, how many, how far off."""
    unit = line.words.units.match(line.tokens, at) if at < len(line) else None
    here = at + unit[1] if unit else len(line)
    while line.has("small", here):
        here += 1
    found = line.number(here) if here < len(line) else None
    count = (found.value, found.last) if found else None
    shift = line.words.shifts_after.match(line.tokens, count[1]) if count and count[1] < len(line) else None
    if unit is None or count is None or shift is None or not 0 < count[0] < 1000:
        return None
    return (((count[0], unit[0]),), count[1] + shift[1]), shift[0], True


def _amount(line: Line, at: int, alone: bool) -> tuple[tuple[float, str], int] | None:
    pair = line.words.unit_pairs.match(line.tokens, at)
    if pair:
        return (2.0, pair[0]), at + pair[1]
    count, here = 1.0, at
    vague = line.words.counts.match(line.tokens, at)
    known = line.number(at)
    if vague and not (known and known.last > at + vague[1]):
        count, here = vague[0], at + vague[1]
    elif known and 0 < known.value < 1000:
        count, here = known.value, known.last
    elif line.language.words("not_counts", "singles").has(line.tokens[at]):
        here = at + 1
    elif not (
        alone and line.language.table["days"].get("units_alone") and line.tokens[at].norm in line.words.units.table
    ):
        return None
    here += 1 if here < len(line) and line.text(here) == "-" and line.glued(here) else 0
    unit = line.words.units.match(line.tokens, here) if here < len(line) else None
    article = line.language.table["days"].get("article")  # joined to the noun, it parts it from a number before it
    if unit is None or unit[0] == "half" or (article and line.tokens[here].norm.startswith(article)):
        return None
    return (count, unit[0]), here + unit[1]


def _summed(day: dt.date, sums: _Sums, sign: int) -> dt.date:
    for count, unit in sorted(sums, key=lambda one: one[1] in ("day", "hour", "week")):
        day = moved(day, unit, sign * count)
    return day


def _back(line: Line, at: int, last: int, sums: _Sums) -> Day | None:
    assert line.today is not None
    start = _summed(line.today, sums, -1)
    if start == line.today or all(unit == "hour" and count < 1 for count, unit in sums):
        return None
    return Day(
        at, last, start, line.today, precision_of(start, line.today), "over", COUNTED, unit=sums[0][1], named=line.today
    )


def _ahead(line: Line, at: int, last: int, sums: _Sums) -> Day:
    """ "within two days" (of what will come), "the next two days"."""
    assert line.today is not None
    day = _summed(line.today, sums, 1)
    start = line.today if line.has("within", at) else line.today + dt.timedelta(days=1)
    end = day - dt.timedelta(days=1) if line.has("within", at) else day
    return Day(at, last, start, max(start, end), precision_of(start, max(start, end)), unit=sums[0][1])


def _rolling(line: Line, at: int, opened: int, here: int, shift: int, told: bool) -> Day | None:
    """ "in the past week", "over the last month": a unit back from the report, where a word opens it."""
    if not (opened > at and here < len(line) and line.has("rolls", here - 1)) or (told and shift >= 0):
        return None
    unit = line.words.units.match(line.tokens, here)
    if unit is None or unit[0] in ("quarter", "half", "weekend") or line.has("plural_units", here):
        return None
    if line.has("of", here + unit[1]):  # "in the last week of July"
        return None
    return _back(line, at, here + unit[1], ((1.0, unit[0]),))


def distant(line: Line, at: int) -> Day | None:
    """ "three days ago", "two weeks from tomorrow", "10 days before 6 March", "قبل يومين": a day at a distance."""
    if line.today is None:
        return None
    before, after = line.over("ago_first", at), line.over("hence_first", at)
    opened = max(before, after)
    amount = _amounts(line, opened, alone=True) if opened < len(line) else None
    if amount is None:
        return None
    sums, last = amount
    if opened > at:
        sign = -1 if before >= after else 1
        return _away(line, at, line.over("from_now", last), sums, sign, line.today)
    for key, sign in (("ago", -1), ("hence", 1)):
        end = line.over(key, last)
        if end > last:
            return _at_most(line, _away(line, at, end, sums, sign, line.today), sign)
    for key, sign in (("before", -1), ("after_of", 1)):
        end = line.over("the", line.over(key, last))
        anchor = _anchor(line, end) if end > last and end < len(line) else None
        if anchor:
            return _at_most(line, _away(line, at, anchor.last, sums, sign, anchor.start, ago=False), sign)
    return None


def _at_most(line: Line, day: Day | None, sign: int) -> Day | None:
    """ "more than two weeks ago", "at least a week before Friday": that day at the latest."""
    if day is None or day.named is None:
        return None
    for length in (3, 2, 1):
        at = day.first - length
        found = line.language.comparators.match(line.tokens, at) if at >= 0 else None
        if found and found[1] == length and found[0] in ("more than", "at least"):
            if sign < 0:
                return replace(day, first=at, role="until", end=day.named, counted=False)
            return replace(day, first=at, role="since", start=day.named, named=None, counted=False)
    return day


def _anchor(line: Line, at: int) -> Day | None:
    known = line.language.days_back.match(line.tokens, at)
    if known and line.today and known[0][0] == known[0][1]:
        day = line.today - dt.timedelta(days=known[0][0])
        return Day(at, at + known[1], day, day, 1)
    return day_of(line, at)


def _away(line: Line, at: int, last: int, sums: _Sums, sign: int, anchor: dt.date, ago: bool = True) -> Day | None:
    """The day counted to; in weeks, months and years the stretch that holds it, for nobody counts so to the day."""
    if sums[-1][1] == "hour" and sums[-1][0] < 24 and len(sums) == 1:
        return None
    day = _summed(anchor, sums, sign)
    unit = sums[-1][1]
    vague = any(count != int(count) or _is_vague(line, at, last) for count, _ in sums)
    start, end = (day, day) if unit in _EXACT or not ago else stretch("week" if unit == "fortnight" else unit, day)
    if vague and unit in _EXACT:
        start, end = day - dt.timedelta(days=3), day + dt.timedelta(days=1)
    today = line.today or end
    end = min(end, today) if start <= today and sign < 0 else end
    return Day(at, last, start, end, precision_of(start, end), unit=unit, named=day, counted=True)


def _is_vague(line: Line, first: int, last: int) -> bool:
    return any(True for _ in line.words.counts.all(line.tokens, first, last))
