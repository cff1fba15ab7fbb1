"""What a cell of somebody else's sheet says: a count with its bounds, a day, a number; or why that can't be told."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import cast

from cenotaph.sheets_in.folding import digits, folded
from cenotaph.sheets_in.grid import FORMULA
from cenotaph.sheets_in.headings import Headings
from cenotaph.vocabulary import Comparator

__all__ = ["Counted", "Days", "Unfit", "counted", "days", "number", "order_of", "precision"]

_WHOLE = re.compile(r"(\d{1,3}(?:[, ]\d{3})+|\d+)(?:\.0+)?")
_RANGE = re.compile(r"(\d[\d,]*)\s*(?:-|–|—|to|الى|إلى)\s*(\d[\d,]*)")
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?(?:[T ]\d{2}:\d{2}.*)?")
_THREE = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?: \d{1,2}:\d{2}.*)?")
_SHORT = re.compile(r"\d{1,2}[-/.]\d{1,2}[-/.]\d{2}")
_SERIAL = re.compile(r"[2-6]\d{4}(?:\.\d+)?")
_DEGREES = re.compile(r"[+-]?\d{1,3}(?:\.\d+)?")
_FIRST_SERIAL = dt.date(1899, 12, 30)


class Unfit(ValueError):
    """What stands in a cell can't be told; says what would be."""


@dataclass(frozen=True, slots=True)
class Counted:
    """A number and what bounds it."""

    comparator: Comparator
    base: int
    upper: int | None = None

    @property
    def low(self) -> int:
        return 0 if self.comparator in ("up to", "less than") else self.base

    @property
    def high(self) -> int | None:
        return self.upper if self.comparator == "between" else None if self.comparator != "exact" else self.base


@dataclass(frozen=True, slots=True)
class Days:
    """First and last day, and UCDP's date_prec of what the cell says."""

    start: dt.date
    end: dt.date
    precision: int = 1


def counted(words: str, known: Headings) -> Counted | None:
    """A count; None for a cell that says nothing. Raises Unfit.

    >>> known = Headings({"cell": [{"is": "at least", "words": ["at least"]}]})
    >>> counted("١٢", known), counted("12-15", known).upper, counted("At least 9", known).comparator
    (Counted(comparator='exact', base=12, upper=None), 15, 'at least')
    """
    if words.isascii() and words.isdigit():
        return Counted("exact", int(words))  # nearly every cell
    if folded(words) in known.nothing and not any(map(str.isdigit, words)):
        return None
    if words == FORMULA:
        raise Unfit("holds a formula; nothing is worked out here: paste the value itself")
    told = digits(words).strip()
    if found := _RANGE.fullmatch(told):
        low, high = _number(found[1]), _number(found[2])
        if high < low:
            raise Unfit("the second number is the smaller one")
        return Counted("between", low, high) if low != high else Counted("exact", low)
    comparator, rest = _bound(told, known)
    if not _WHOLE.fullmatch(rest):
        raise Unfit("a whole number is expected, as 12, 12-15 or 'at least 12'")
    return Counted(comparator, _number(rest))


def _bound(told: str, known: Headings) -> tuple[Comparator, str]:
    if told.endswith("+"):
        return "at least", told[:-1].strip()
    for word, comparator in known.bounds:
        if told.casefold().startswith(word.casefold()) and (told[len(word) :].lstrip(" .")[:1].isdigit()):
            return cast("Comparator", comparator), told[len(word) :].lstrip(" .")
    return "exact", told


def _number(text: str) -> int:
    return int(re.sub(r"[, ]", "", text.partition(".")[0]))


def number(words: str, most: float) -> float | None:
    """Degrees from -most to most; None for an empty cell. Raises Unfit."""
    told = digits(words).strip().rstrip("°")
    if not told:
        return None
    if words == FORMULA:
        raise Unfit("holds a formula; nothing is worked out here: paste the value itself")
    if not _DEGREES.fullmatch(told) or abs(float(told)) > most:
        raise Unfit(f"degrees from -{most:g} to {most:g} are expected, with a point before the decimals")
    return float(told)


def precision(words: str, scale: str, known: Headings, most: int) -> int | None:
    """A precision in our codes; None for an empty cell. Raises Unfit."""
    told = folded(digits(words))
    if not told:
        return None
    codes = known.scales[scale] if scale else {str(code): code for code in range(1, most + 1)}
    found = codes.get(told)
    if found is None:
        there = ", ".join(known.scales[scale]) if scale else f"1 to {most}"
        raise Unfit(f"a precision is expected: {there}")
    return found


# --- days -------------------------------------------------------------------------------------------------------------


def order_of(cells: Iterable[str]) -> str:
    """How a column writes its days, where only one way makes days of all of them; "" where both do, or none.

    >>> order_of(["8/3/2025", "13/3/2025"]), order_of(["3/13/2025"]), order_of(["8/3/2025"])
    ('dmy', 'mdy', '')
    """
    found = [match for one in cells if (match := _THREE.fullmatch(digits(one).strip()))]
    dmy = all(int(one[2]) <= 12 for one in found)
    mdy = all(int(one[1]) <= 12 for one in found)
    return "dmy" if dmy and not mdy else "mdy" if mdy and not dmy else ""


def days(words: str, order: str, known: Headings) -> Days | None:
    """The day or the days that a cell names; None for an empty cell. Raises Unfit.

    >>> days("2025-03", "", Headings({}))
    Days(start=datetime.date(2025, 3, 1), end=datetime.date(2025, 3, 31), precision=4)
    """
    if folded(words) in known.nothing and not any(map(str.isdigit, words)):
        return None
    if words == FORMULA:
        raise Unfit("holds a formula; nothing is worked out here: paste the value itself")
    told = digits(words).strip()
    try:
        found = _numeric(told, order) or _in_words(told, known)
    except ValueError as error:
        raise Unfit(str(error) if isinstance(error, Unfit) else "no calendar has this day") from error
    if found is None:
        raise Unfit("a day is expected, as 2025-03-08")
    return found


def _numeric(told: str, order: str) -> Days | None:
    if found := _ISO.fullmatch(told):
        if found[3] is None:
            return _month(int(found[1]), int(found[2]))
        return _day(int(found[1]), int(found[2]), int(found[3]))
    if found := _THREE.fullmatch(told):
        first, second, year = int(found[1]), int(found[2]), int(found[3])
        if not order and first != second:
            raise Unfit("8/3 and 3/8 can't be told apart; say which with --map 'Heading=day dmy' or 'Heading=day mdy'")
        return _day(year, first, second) if order == "mdy" else _day(year, second, first)
    if _SERIAL.fullmatch(told):
        meant = _FIRST_SERIAL + dt.timedelta(days=int(float(told)))
        raise Unfit(
            f"a spreadsheet's number of a day ({meant} if it counts from 1900): give the column the form of a date"
        )
    if _SHORT.fullmatch(told):
        raise Unfit("the year has two digits; four are expected, as in 2025-03-08")
    if re.fullmatch(r"(?:19|20)\d{2}", told):
        return Days(dt.date(int(told), 1, 1), dt.date(int(told), 12, 31), 5)
    return None


def _in_words(told: str, known: Headings) -> Days | None:
    """8 March 2025, March 8 2025, March 2025, with names of months that are known."""
    parts = folded(told).split()
    for length in (2, 1):
        for at in range(len(parts) - length + 1):
            month = known.months.get(" ".join(parts[at : at + length]))
            rest = [*parts[:at], *parts[at + length :]]
            if month is None or not all(one.isdigit() for one in rest):
                continue
            years = [int(one) for one in rest if len(one) == 4]
            others = [int(one) for one in rest if len(one) < 3]
            if len(years) == 1 and len(others) == len(rest) - 1 <= 1:
                return _day(years[0], month, others[0]) if others else _month(years[0], month)
    return None


def _day(year: int, month: int, day: int) -> Days:
    found = dt.date(year, month, day)
    return Days(found, found)


def _month(year: int, month: int) -> Days:
    first = dt.date(year, month, 1)
    return Days(first, first.replace(day=calendar.monthrange(year, month)[1]), 4)
