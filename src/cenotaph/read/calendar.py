"""The calendar as words speak of it: units, the stretch of days that one is, and steps from a day by so many."""

from __future__ import annotations

import calendar as _calendar
import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from cenotaph.read.language import Language
from cenotaph.read.lexicon import Phrases
from cenotaph.read.numbers import number, ordinal
from cenotaph.read.numerals import Number
from cenotaph.read.text import Token

Span = tuple[dt.date, dt.date]
Role = Literal["on", "since", "until", "over", "began"]
_MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12, "decade": 120, "century": 1200}
_DAYS = {"day": 1.0, "hour": 1 / 24, "week": 7.0, "weekend": 7.0, "fortnight": 14.0, "working week": 7.0}


@dataclass(frozen=True, slots=True)
class Day:
    """A day or days that the words name: tokens, first and last day, how exact, and the word that opens it.

    `unit` is the largest stretch that the words speak in ("week"), `named` the day to which they count or that ends two
    that are joined ("from 6 to 10 March"), where that is another than the last. `yearless`: its year was worked out.
    """

    first: int
    last: int
    start: dt.date
    end: dt.date
    precision: int
    role: Role = "on"
    assumed: str = ""
    clash: str = ""
    unit: str = "day"
    named: dt.date | None = None
    counted: bool = False
    yearless: bool = False


def precision_of(start: dt.date, end: dt.date) -> int:
    """UCDP's date_prec of a span of days.

    >>> precision_of(dt.date(2025, 3, 6), dt.date(2025, 3, 8))
    2
    """
    length = (end - start).days + 1
    return 1 if length == 1 else 2 if length <= 6 else 3 if length <= 8 else 4 if length <= 31 else 5


def valid(year: int, month: int, day: int) -> dt.date | None:
    """The day of that date, or None where the calendar has none (30 February)."""
    if not (1 <= year <= 9998 and 1 <= month <= 12 and 1 <= day <= _calendar.monthrange(year, month)[1]):
        return None
    return dt.date(year, month, day)


def stretch(unit: str, day: dt.date) -> Span:
    """First and last day of the unit that holds a day. Weeks begin on Monday (ISO 8601); a weekend is that of its week.

    >>> stretch("week", dt.date(2025, 3, 9)), stretch("quarter", dt.date(2025, 3, 9))[0]
    ((datetime.date(2025, 3, 3), datetime.date(2025, 3, 9)), datetime.date(2025, 1, 1))
    """
    monday = day - dt.timedelta(days=day.weekday())
    inner = {"week": (0, 6), "working week": (0, 4), "weekend": (5, 6), "fortnight": (0, 13)}.get(unit)
    if inner:
        return monday + dt.timedelta(days=inner[0]), monday + dt.timedelta(days=inner[1])
    size = _MONTHS.get(unit)
    if size is None:
        return day, day
    first = (day.year * 12 + day.month - 1) // size * size
    start = dt.date(first // 12, first % 12 + 1, 1)
    return start, moved(start, unit, 1) - dt.timedelta(days=1)


def moved(day: dt.date, unit: str, count: float) -> dt.date:
    """The day so many units later, or earlier below zero; the last of the month where it has no such day.

    >>> moved(dt.date(2025, 3, 31), "month", -1), moved(dt.date(2025, 3, 9), "hour", -48)
    (datetime.date(2025, 2, 28), datetime.date(2025, 3, 7))
    """
    size = _MONTHS.get(unit)
    if size is None:
        length = round(abs(count) * _DAYS[unit])
        days = max(1, length) if count else 0
        return _clipped(day.toordinal() + (days if count > 0 else -days))
    months = min(max(day.year * 12 + day.month - 1 + round(count * size), 12), 9998 * 12)
    year, month = months // 12, months % 12 + 1
    return dt.date(year, month, min(day.day, _calendar.monthrange(year, month)[1]))


def easter(year: int) -> dt.date:
    """Easter Sunday of the western churches (the Gregorian reckoning of 1876, after Meeus, Astronomical Algorithms).

    >>> easter(2019), easter(2024)
    (datetime.date(2019, 4, 21), datetime.date(2024, 3, 31))
    """
    century, rest = divmod(year, 100)
    leaps, golden = century // 4, year % 19
    moon = (19 * golden + century - leaps - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    shift = moon + weekday - 7 * ((golden + 11 * moon + 22 * weekday) // 451) + 114
    return dt.date(year, shift // 31, shift % 31 + 1)


def _clipped(ordinal: int) -> dt.date:
    return dt.date.fromordinal(min(max(ordinal, 1), dt.date(9998, 12, 31).toordinal()))


def whole(unit: str, first: int, last: int, day: dt.date, yearless: bool = False) -> Day:
    """The whole unit that holds a day, as the tokens first to last name it."""
    start, end = stretch(unit, day)
    return Day(first, last, start, end, precision_of(start, end), unit=unit, yearless=yearless)


# --- the words of a language for them ---------------------------------------------------------------------------------


@dataclass(slots=True)
class DayWords:
    """The tables of a language that days are read by, compiled once."""

    units: Phrases[str]
    unit_pairs: Phrases[str]  # Arabic duals: "يومين" is two of "day"
    shifts: Phrases[int]
    shifts_after: Phrases[int]
    pieces: Phrases[str]
    counts: Phrases[float]
    decades: Phrases[int]
    seasons: Phrases[list[int]]
    feasts: Phrases[list[int]]
    easter: Phrases[int]
    openers: frozenset[str]  # first words of all that can be a day
    counters: frozenset[str]  # and of what can follow "over", "in the past"
    before_counts: frozenset[str]  # "over", "in" themselves
    language: Language = field(repr=False)


_TABLES = {
    "units": "time_units", "unit_pairs": "time_pairs", "shifts": "shifts", "shifts_after": "shifts_after",
    "pieces": "pieces", "counts": "vague_counts", "decades": "decades", "seasons": "seasons", "feasts": "feasts",
    "easter": "feasts_of_easter",
}  # fmt: skip
_compiled: dict[int, DayWords] = {}


def day_words(language: Language) -> DayWords:
    known = _compiled.get(id(language))
    if known is None or known.language is not language:
        known = _compiled[id(language)] = _day_words(language)
    return known


def _day_words(language: Language) -> DayWords:
    table = language.table
    one: dict[str, Phrases[Any]] = {field: Phrases(table.get(name, {})) for field, name in _TABLES.items()}
    numbers: list[Phrases[Any]] = [language.numbers, language.scales, language.words("not_counts", "singles")]
    named: list[Phrases[Any]] = [language.months, language.weekdays, language.days_back, language.ordinals]
    lists = [language.words("days", key) for key in ("ago_first", "hence_first", "year", "final")]
    counted = [one[name] for name in ("units", "unit_pairs", "shifts", "counts")]
    small = [language.words("days", key) for key in ("the", "small")]
    return DayWords(
        **one,
        openers=_first_words(*one.values(), *numbers, *named, *lists),
        counters=_first_words(*numbers, *counted, *small),
        before_counts=_first_words(language.words("days", "over")),
        language=language,
    )


def _first_words(*known: Phrases[Any]) -> frozenset[str]:
    return frozenset(word for phrases in known for word in phrases.table)


@dataclass(frozen=True, slots=True)
class Line:
    """The tokens of a sentence, with what it takes to read days in them."""

    tokens: Sequence[Token]
    language: Language
    words: DayWords
    today: dt.date | None
    known: dict[tuple[str, int], Number | None] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.tokens)

    def has(self, key: str, at: int) -> bool:
        """Whether the token at this place is in a list of [days]."""
        return 0 <= at < len(self.tokens) and self.language.words("days", key).has(self.tokens[at])

    def over(self, key: str, at: int) -> int:
        """Where a phrase of a list of [days] that begins here ends; `at` itself where none does."""
        found = self.language.words("days", key).match(self.tokens, at) if at < len(self.tokens) else None
        return at + found[1] if found else at

    def over_plain(self, key: str, at: int) -> int:
        """Like `over`, but the word must stand as it is listed, with no article or other letter joined to it."""
        if at >= len(self.tokens):
            return at
        known = self.language.words("days", key).table.get(self.tokens[at].forms[0], ())
        for form, _ in known:  # longest first
            if tuple(token.forms[0] for token in self.tokens[at : at + len(form)]) == form:
                return at + len(form)
        return at

    def text(self, at: int) -> str:
        return self.tokens[at].text if 0 <= at < len(self.tokens) else ""

    def glued(self, at: int) -> bool:
        """Whether nothing stands between this token and the one before."""
        return 0 < at < len(self.tokens) and self.tokens[at - 1].end == self.tokens[at].start

    def ahead(self, at: int) -> bool:
        """Whether its clause speaks of what is to come ("will", "is expected to"): then days count forward."""
        future = self.language.words("days", "ahead")
        for before in range(at - 1, max(-1, at - 12), -1):
            if self.tokens[before].text in ",;:،؛" or self.has("behind", before):
                return False
            if future.match(self.tokens, before):
                return True
        return False

    def number(self, at: int) -> Number | None:
        """The number that begins here; looked up once for all readings of a place."""
        if not 0 <= at < len(self.tokens):
            return None
        if ("number", at) not in self.known:
            self.known["number", at] = number(self.tokens, at, self.language)
        return self.known["number", at]

    def ordinal(self, at: int) -> Number | None:
        if not 0 <= at < len(self.tokens):
            return None
        if ("ordinal", at) not in self.known:
            self.known["ordinal", at] = ordinal(self.tokens, at, self.language)
        return self.known["ordinal", at]
