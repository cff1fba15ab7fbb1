"""Figures that named roots have on record, to be found by number, harm and day: what a nameless figure may repeat.

Every look-up reads a few days around one day and gives up on a figure that many roots share, so that its cost does not
grow with the number of claims.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from cenotaph.link.telling import Telling, day_words, kept_apart, significant

__all__ = ["LARGE", "NEAR_DAYS", "SPECIFIC", "Evidence", "Figures", "near_days", "rounds"]

NEAR_DAYS = 3
"""Days between a figure and its repetition: relays lag a day or two, with a weekend three. Our convention."""

LARGE = 100
"""From here on a figure can tell alone whose it is; below it two bodies have the same one by chance."""

SPECIFIC = 3
"""Digits that say something ("638", not "600"), by which a figure is told from those near it."""

COMMON = 8
"""A figure of more roots than this, of one harm and within days, tells of none of them."""

TINY = 10
"""Below this a figure is everybody's."""

ABOVE = ("more than", "at least")
BELOW = ("up to", "less than", "nearly")


@dataclass(frozen=True)
class Evidence:
    """Why a figure looks like one of a root's: how much that says (digits that agree), and in which words."""

    root: str
    telling: Telling
    points: int
    why: str
    same: Telling | None = None
    specific: bool = False


@dataclass(frozen=True)
class Figures:
    """The figures of named roots: by number, and by set of people in the order of their size."""

    equal: dict[tuple[object, ...], dict[tuple[str, tuple[str, ...]], Telling]] = field(default_factory=dict)
    totals: dict[tuple[object, ...], list[tuple[int, str, Telling]]] = field(default_factory=dict)

    @classmethod
    def of(cls, tellings: Iterable[Telling]) -> Figures:
        made = cls()
        for one in tellings:
            if one.base < TINY or one.day is None:
                continue
            by_root = made.equal.setdefault((one.figure, _block(one.day)), {})
            by_root.setdefault((one.rooted.root.name, one.facets), one)
            if one.base >= LARGE and not one.is_part and any(one.facets):
                made.totals.setdefault(_set(one, one.day), []).append((one.base, one.id, one))
        for line in made.totals.values():
            line.sort(key=lambda entry: entry[:2])
        return made

    def like(self, telling: Telling) -> Iterator[Evidence]:
        """What each root has that the figure may repeat; the strongest evidence is left to the caller to choose."""
        if telling.base < TINY or telling.day is None:
            return
        yield from self._same(telling, telling.day)
        if telling.base >= LARGE and any(telling.facets):
            yield from self._rounded(telling, telling.day)
            yield from self._between(telling, telling.day)

    def _same(self, telling: Telling, day: dt.date) -> Iterator[Evidence]:
        known = [one for block in _blocks(day) for one in self.equal.get((telling.figure, block), {}).values()]
        if len({one.rooted.root.name for one in known}) > COMMON:
            return
        for one in known:
            below = {one.claim.quantity.comparator in BELOW, telling.claim.quantity.comparator in BELOW}
            if near_days(one, telling) and not kept_apart(one, telling) and len(below) == 1:
                points = significant(telling.base) + (any(one.facets) and one.facets == telling.facets)
                specific = telling.base >= LARGE and significant(telling.base) >= SPECIFIC
                yield Evidence(one.rooted.root.name, telling, points, "", one, specific)

    def _rounded(self, telling: Telling, day: dt.date) -> Iterator[Evidence]:
        """ "more than 2,400" is what a relay makes of "at least 2,438"."""
        low, digits = telling.base, significant(telling.base)
        if telling.claim.quantity.comparator not in ABOVE or digits < 2 or digits == len(str(low)):
            return
        for one in self._of_set(telling, day, low + 1, rounds(low) - 1):
            if significant(one.base) >= SPECIFIC and _by_then(one, telling):
                why = f"{telling.claim.quantity.words} fits its {one.claim.quantity.words} of {day_words(one.day)}"
                yield Evidence(one.rooted.root.name, telling, digits + 1, why, specific=True)

    def _between(self, telling: Telling, day: dt.date) -> Iterator[Evidence]:
        """A total that lies between two of a root's, of an earlier and a later day."""
        if significant(telling.base) < SPECIFIC or telling.claim.quantity.comparator in (*ABOVE, *BELOW):
            return
        above: dict[str, Telling] = {}
        for one in self._of_set(telling, day, telling.base + 1, 2 * telling.base):
            above.setdefault(one.rooted.root.name, one)
        below = {one.rooted.root.name: one for one in self._of_set(telling, day, telling.base // 2, telling.base - 1)}
        for root in sorted(set(above) & set(below)):
            low, high = below[root], above[root]
            if low.day and high.day and low.day < high.day and low.day <= day <= high.day:
                lies = f"{low.claim.quantity.words} of {day_words(low.day)} and {high.claim.quantity.words} of"
                why = f"{telling.claim.quantity.words} lies between its {lies} {day_words(high.day)}"
                yield Evidence(root, telling, SPECIFIC, why, specific=True)

    def _of_set(self, telling: Telling, day: dt.date, low: int, high: int) -> list[Telling]:
        """The totals of the same harm and group from low to high, the smallest first; none where too many fit."""
        found: list[tuple[int, str, Telling]] = []
        for block in _blocks(day):
            line = self.totals.get((str(telling.claim.harm), telling.facets, block), [])
            first, last = bisect_left(line, (low, "")), bisect_right(line, (high, "￿"))
            found += line[first:last] if last - first <= COMMON * COMMON else []
        fit = [one for _, _, one in sorted(found, key=lambda entry: entry[:2])]
        return [one for one in fit if near_days(one, telling) and not kept_apart(one, telling)]


def rounds(number: int) -> int:
    """The next number that is rounded as this one is.

    >>> rounds(2400), rounds(30)
    (2500, 40)
    """
    return number + int("1" + "0" * (len(str(number)) - significant(number)))


def near_days(one: Telling, other: Telling) -> bool:
    return one.day is not None and other.day is not None and abs((one.day - other.day).days) <= NEAR_DAYS


def _by_then(one: Telling, telling: Telling) -> bool:
    return one.day is not None and telling.day is not None and one.day <= telling.day


def _block(day: dt.date) -> int:
    return day.toordinal() // (NEAR_DAYS + 1)


def _blocks(day: dt.date) -> range:
    return range(_block(day) - 1, _block(day) + 2)


def _set(one: Telling, day: dt.date) -> tuple[object, ...]:
    return (str(one.claim.harm), one.facets, _block(day))
