"""When: days and spans of days in words, against the day on which the report was published."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from cenotaph.read.language import Language
from cenotaph.read.text import Sentence, Token

_DAY = re.compile(r"(\d{1,2})(?:st|nd|rd|th|d)?$")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})$")
_YEAR = re.compile(r"(?:19|20)\d\d$")
_BEFORE_1970 = dt.date(1970, 1, 1)
_AHEAD = dt.timedelta(days=3)  # a day just after publication still belongs to this year, not to the last
Role = Literal["on", "since", "until", "over", "began"]


@dataclass(frozen=True, slots=True)
class Day:
    """A day or days that the words name: tokens, first and last day, how exact, and the word that opens it."""

    first: int
    last: int
    start: dt.date
    end: dt.date
    precision: int
    role: Role = "on"
    assumed: str = ""
    clash: str = ""


def days(sentence: Sentence, language: Language, today: dt.date | None) -> tuple[Day, ...]:
    """The days of a sentence from left to right, resolved against the day of the report (None when unknown).

    A weekday and a date that disagree give the date, with the clash told.
    """
    out: list[Day] = []
    at = _dateline(sentence.tokens)
    while at < len(sentence.tokens):
        found = _day(sentence.tokens, at, language, today)
        if found:
            out.append(_opened(sentence.tokens, found, language))
            at = found.last
        else:
            at += 1
    return tuple(_ranges(sentence.tokens, out, language))


def _dateline(tokens: Sequence[Token]) -> int:
    """Where a dateline ends ("GENEVA, 11 March - "): its day is the report's, not the event's."""
    first = next((at for at, token in enumerate(tokens[:16]) if token.text in "-–—"), None)
    opens = bool(tokens) and tokens[0].is_word and len(tokens[0].text) > 2 and tokens[0].text.isupper()
    return first + 1 if first and opens and tokens[first].start > tokens[first - 1].end else 0


def _day(tokens: Sequence[Token], at: int, language: Language, today: dt.date | None) -> Day | None:
    return (
        _weekday(tokens, at, language, today)
        or _date(tokens, at, language, today, None)
        or _relative(tokens, at, language, today)
        or _span(tokens, at, language, today)
        or _month_alone(tokens, at, language, today)
        or _year_alone(tokens, at, language)
    )


def _weekday(tokens: Sequence[Token], at: int, language: Language, today: dt.date | None) -> Day | None:
    """ "Thursday (6th March)", "Saturday, March 8", or a weekday alone: the nearest past one."""
    known = language.weekdays.match(tokens, at)
    if not known:
        return None
    here = at + known[1]
    while here < len(tokens) and tokens[here].text in "(,":
        here += 1
    date = _date(tokens, here, language, today, known[0]) if here < len(tokens) and here - at - known[1] <= 1 else None
    if date:
        last = date.last + (1 if date.last < len(tokens) and tokens[date.last].text == ")" else 0)
        clash = "" if date.start.weekday() == known[0] else "weekday and date disagree"
        return replace(date, first=at, last=last, clash=clash)
    if today is None:
        return None
    back = (today.weekday() - known[0]) % 7
    if back == 0 and _said_last(tokens, at, language):
        back = 7
    day = today - dt.timedelta(days=back)
    return Day(at, at + known[1], day, day, 1)


def _said_last(tokens: Sequence[Token], at: int, language: Language) -> bool:
    return at > 0 and language.words("days", "last").has(tokens[at - 1])


def _date(
    tokens: Sequence[Token], at: int, language: Language, today: dt.date | None, weekday: int | None
) -> Day | None:
    """ "6 March (2025)", "March 6", "6th of March", "2025-03-06"."""
    iso = _ISO.match("".join(token.text for token in tokens[at : at + 5]))
    if iso and (day := _valid(int(iso[1]), int(iso[2]), int(iso[3]))):
        return Day(at, at + 5, day, day, 1)
    parts = _day_month(tokens, at, language) or _month_day(tokens, at, language)
    if parts is None:
        return None
    number, month, last = parts
    year, last = _year_after(tokens, last)
    if year is not None:
        day = _valid(year, month, number)
        return Day(at, last, day, day, 1) if day else None
    guess, rule = _year_for(month, number, weekday, today)
    return Day(at, last, guess, guess, 1, assumed=rule) if guess else None


def _valid(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _number(token: Token) -> int | None:
    digits = next((form for form in token.forms if form[:1].isdigit()), "")
    found = _DAY.match(digits)
    return int(found[1]) if found and 1 <= int(found[1]) <= 31 else None


def _day_month(tokens: Sequence[Token], at: int, language: Language) -> tuple[int, int, int] | None:
    number, here = _number(tokens[at]), at + 1
    if number is None:
        word = language.ordinals.match(tokens, at)
        if not word:
            return None
        number, here = word[0], at + word[1]
    if here < len(tokens) and tokens[here].norm in ("of", "من", "شهر"):
        here += 1
    month = language.months.match(tokens, here) if here < len(tokens) else None
    return (number, month[0], _over_second_name(tokens, here + month[1], language)) if month else None


def _over_second_name(tokens: Sequence[Token], at: int, language: Language) -> int:
    """ "آذار/مارس": a month under both its names."""
    second = language.months.match(tokens, at + 1) if at + 1 < len(tokens) and tokens[at].text in "/(" else None
    if not second:
        return at
    end = at + 1 + second[1]
    return end + (1 if end < len(tokens) and tokens[end].text == ")" else 0)


def _month_day(tokens: Sequence[Token], at: int, language: Language) -> tuple[int, int, int] | None:
    month = language.months.match(tokens, at)
    if not month or at + month[1] >= len(tokens) or (not tokens[at].capital and tokens[at].text.isascii()):
        return None
    number = _number(tokens[at + month[1]])
    following = tokens[at + month[1] + 1].text if at + month[1] + 1 < len(tokens) else ""
    return (number, month[0], at + month[1] + 1) if number and following != ":" else None


def _year_after(tokens: Sequence[Token], at: int) -> tuple[int | None, int]:
    here = at + 1 if at + 1 < len(tokens) and tokens[at].text in ",/" else at
    if here < len(tokens):
        digits = next((form for form in tokens[here].forms if form[:1].isdigit()), "")
        if _YEAR.match(digits):
            return int(digits), here + 1
    return None, at


def _year_for(month: int, day: int, weekday: int | None, today: dt.date | None) -> tuple[dt.date | None, str]:
    """The year of a date said without one: the latest not after the report, in which the weekday agrees if one is
    said.
    """
    if today is not None:
        years = [_valid(year, month, day) for year in (today.year, today.year - 1)]
        past = [one for one in years if one and one <= today + _AHEAD]
        agreeing = [one for one in past if weekday is None or one.weekday() == weekday]
        chosen = agreeing or past
        return (chosen[0] if chosen else None), ""
    return None, ""


def latest_year(sentences: Sequence[Sentence], language: Language, before: dt.date) -> dt.date | None:
    """The latest day up to `before` on which a weekday and a date of the text agree: what is known when no day is
    given.

    Used for a report without a publication day; the caller marks it assumed.
    """
    found = []
    for sentence in sentences:
        for at in range(len(sentence.tokens)):
            known = language.weekdays.match(sentence.tokens, at)
            if known:
                found += _agreeing(sentence.tokens, at + known[1], known[0], language, before)
    return max(found) if found else None


def _agreeing(tokens: Sequence[Token], at: int, weekday: int, language: Language, before: dt.date) -> list[dt.date]:
    here = at + 1 if at < len(tokens) and tokens[at].text in "(," else at
    parts = (_day_month(tokens, here, language) or _month_day(tokens, here, language)) if here < len(tokens) else None
    if not parts or _year_after(tokens, parts[2])[0] is not None:
        return []
    for year in range(before.year, before.year - 28, -1):
        day = _valid(year, parts[1], parts[0])
        if day and day <= before and day.weekday() == weekday:
            return [day]
    return []


def _relative(tokens: Sequence[Token], at: int, language: Language, today: dt.date | None) -> Day | None:
    found = language.days_back.match(tokens, at)
    if not found or today is None:
        return None
    first, last = (today - dt.timedelta(days=back) for back in found[0])
    return Day(at, at + found[1], first, last, precision_of(first, last))


def _span(tokens: Sequence[Token], at: int, language: Language, today: dt.date | None) -> Day | None:
    """ "in two days", "over the past 48 hours": counted back from the report; "three days ago": that day."""
    opened = language.words("days", "over").match(tokens, at)
    here = at + (opened[1] if opened else 0)
    while here < len(tokens) and (
        tokens[here].norm in ("the", "just", "only", "its") or language.words("days", "last").has(tokens[here])
    ):
        here += 1
    count = _small_number(tokens, here, language)
    if count is None or today is None:
        return None
    number, here = count
    unit = next((n for n in _UNITS if here < len(tokens) and tokens[here].norm in _UNITS[n]), None) or _unit(
        tokens, here, language
    )
    if unit is None:
        return None
    length = max(1, round(number * unit))
    if here + 1 < len(tokens) and tokens[here + 1].norm == "ago":
        day = today - dt.timedelta(days=length)
        return Day(at, here + 2, day, day, 1 if unit <= 1 else 3)
    if not opened:
        return None
    start = today - dt.timedelta(days=length)
    return Day(
        at, here + 1, start, today, precision_of(start, today), "over", "counted back from the day of the report"
    )


_UNITS: dict[float, tuple[str, ...]] = {
    1: ("day", "days"), 1 / 24: ("hour", "hours"), 7: ("week", "weeks"),
    30: ("month", "months"), 365: ("year", "years"),
}  # fmt: skip


def _unit(tokens: Sequence[Token], at: int, language: Language) -> float | None:
    table = language.table["days"].get("units", {})
    if at >= len(tokens):
        return None
    return next((float(table[form]) for form in tokens[at].forms if form in table), None)


def _small_number(tokens: Sequence[Token], at: int, language: Language) -> tuple[int, int] | None:
    if at >= len(tokens):
        return None
    value = language.numbers.of(tokens[at])
    if value is None and tokens[at].text.isdecimal():
        value = int(tokens[at].text)
    return (value, at + 1) if value is not None and 0 < value < 1000 else None


def _month_alone(tokens: Sequence[Token], at: int, language: Language, today: dt.date | None) -> Day | None:
    """ "in March", "March 2025": the whole month."""
    month = language.months.match(tokens, at)
    if not month or (tokens[at].text.islower() and tokens[at].text.isascii()):
        return None
    year, last = _year_after(tokens, at + month[1])
    if year is None:
        if (
            today is None
            or at == 0
            or not (
                language.words("days", "in_month").has(tokens[at - 1])
                or language.words("days", "last").has(tokens[at - 1])
            )
        ):
            return None
        year = today.year if month[0] <= today.month else today.year - 1
    end = dt.date(year, month[0], calendar.monthrange(year, month[0])[1])
    return Day(at, last, dt.date(year, month[0], 1), end, 4)


def _year_alone(tokens: Sequence[Token], at: int, language: Language) -> Day | None:
    """ "in 1985", "since 2011": the whole year."""
    digits = next((form for form in tokens[at].forms if form[:1].isdigit()), "")
    if not _YEAR.match(digits) or at == 0:
        return None
    before = at - 1 if tokens[at - 1].norm != "the" else at - 2  # "in the 1998 offensive"
    opened = before >= 0 and any(
        language.words("days", key).has(tokens[before]) for key in ("in_month", "since", "until")
    )
    return Day(at, at + 1, dt.date(int(digits), 1, 1), dt.date(int(digits), 12, 31), 5) if opened else None


def precision_of(start: dt.date, end: dt.date) -> int:
    """UCDP's date_prec of a span of days.

    >>> precision_of(dt.date(2025, 3, 6), dt.date(2025, 3, 8))
    2
    """
    length = (end - start).days + 1
    return 1 if length == 1 else 2 if length <= 6 else 3 if length <= 8 else 4 if length <= 31 else 5


def _opened(tokens: Sequence[Token], day: Day, language: Language) -> Day:
    """Whether a word before it makes a day a beginning ("since") or an end ("until")."""
    if day.role != "on":
        return day
    roles: tuple[tuple[str, Role], ...] = (("since", "since"), ("until", "until"))
    for key, role in roles:
        for begins in (day.first, _over_small(tokens, day.first)):
            for length in (4, 3, 2, 1):
                at = begins - length
                found = language.words("days", key).match(tokens, at) if at >= 0 else None
                if found and found[1] == length:
                    return replace(day, first=at, role=role)
        if any(form != tokens[day.first].norm and form == "منذ" for form in tokens[day.first].forms):
            return replace(day, role="since")
    return _begun(tokens, day, language)


def _begun(tokens: Sequence[Token], day: Day, language: Language) -> Day:
    """ "The unrest started on 5 March": a beginning; after "since" it opens a period without an end."""
    for length in (3, 2, 1):
        at = day.first - length
        found = language.words("days", "began").match(tokens, at) if at >= 0 else None
        if found and found[1] == length:
            clause = [token.norm for token in tokens[max(0, at - 6) : at]]
            clause = clause[max((n + 1 for n, word in enumerate(clause) if word in (",", ";")), default=0) :]
            since = any(word in ("since", "منذ") for word in clause)
            return replace(day, first=at, role="since" if since else "began")
    return _since_event(tokens, day, language)


def _since_event(tokens: Sequence[Token], day: Day, language: Language) -> Day:
    """ "since the attack of 2 March", "منذ هجوم السابع": a beginning by what happened on that day."""
    for at in range(day.first - 1, max(-1, day.first - 13), -1):
        if tokens[at].norm in ("since", "منذ"):
            return replace(day, first=at, role="since")
        harm = language.harms.of(tokens[at])
        if not tokens[at].is_word or language.says.of(tokens[at]) or (harm and not harm.objects):
            break
    return day


def _over_small(tokens: Sequence[Token], at: int) -> int:
    """ "since that Thursday": back over the small word between."""
    while at > 0 and tokens[at - 1].norm in ("that", "the", "last", "this", "on"):
        at -= 1
    return at


def _ranges(tokens: Sequence[Token], found: list[Day], language: Language) -> list[Day]:
    """ "from 6 to 10 March", "between 6 and 10 March", "6-10 March" as one span of days."""
    out: list[Day] = []
    for day in found:
        before = out[-1] if out else None
        if (
            before
            and before.role in ("since", "on")
            and before.end <= day.end
            and _joined(tokens, before, day, language)
        ):
            out[-1] = replace(
                before, last=day.last, end=day.end, role="on", precision=precision_of(before.start, day.end)
            )
        else:
            out.append(_with_first_number(tokens, day, language))
    return out


def _joined(tokens: Sequence[Token], before: Day, day: Day, language: Language) -> bool:
    """Whether "to", "until" or a dash makes two days one span ("and" only after "between")."""
    if day.role == "until":
        return day.first - before.last <= 1
    gap = tokens[before.last : day.first]
    opened = before.first > 0 and tokens[before.first - 1].norm in ("between", "بين", "from", "من")
    words = ("to", "-", "–", "through", "الي") + (("and", "و") if opened else ())
    return day.role == "on" and 1 <= len(gap) <= 2 and gap[0].norm in words


def _with_first_number(tokens: Sequence[Token], day: Day, language: Language) -> Day:
    """The first number of "between 6 and 10 March", whose month stands only once."""
    at = day.first - 2 if day.role == "on" else day.first - 1
    joined = day.role == "until" or (at >= 0 and tokens[at + 1].norm in ("and", "to", "-", "–", "و", "الي"))
    if joined and at >= 0 and day.start == day.end:
        number = _number(tokens[at])
        start = _valid(day.start.year, day.start.month, number) if number and number < day.start.day else None
        if start:
            opening = at - 1 if at and tokens[at - 1].norm in ("between", "from", "بين", "من") else at
            return replace(day, first=opening, start=start, role="on", precision=precision_of(start, day.end))
        return day
    return day
