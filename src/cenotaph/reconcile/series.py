"""The figures of one set in order: the vintages of a root's record, and what its order of figures tells.

A vintage is a figure and all who carry it. Those whose day is stated stand in order of their days; one of which only
the day of the relay is known stands where it fits the growth, no later than that day. Growth is not uncertainty: the
newest vintage stands, and no range is made of several.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from cenotaph.reconcile.joining import Told
from cenotaph.reconcile.told import Telling
from cenotaph.vocabulary import Root, Vintage

__all__ = ["Figure", "Series"]

Key = tuple[object, ...]

LAG = 3
"""Days by which a relay lags behind a statement, with a weekend between; a later report looks back. Our convention."""

DATED = {"as of": 0, "said": 1, "relayed": 2, "unknown": 3}
SHARPNESS = ("exact", "between", "at least", "about", "nearly", "more than", "up to", "less than", "plural", "none")
OWN = ("exact", "between", "at least")
"""Comparators that a root itself uses; others, with no day of a statement, are a relay's words for a figure."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A vintage with its tellings, the sharpest and best dated first."""

    tellings: tuple[Telling, ...]
    vintage: Vintage

    @property
    def first(self) -> Telling:
        return self.tellings[0]

    @property
    def stated(self) -> bool:
        """Whether the day is the root's own and not only that of a relay."""
        return self.vintage.dated in ("as of", "said")


@dataclass(frozen=True, slots=True)
class Series:
    """One root's figures of one set, oldest first; the last stands. `cumulative`: a total that does not fall."""

    told: Told
    figures: tuple[Figure, ...]
    cumulative: bool

    @classmethod
    def of(cls, told: Told) -> Series:
        cumulative = not told.tellings[0].stock
        return cls(told, tuple(_figures(told, cumulative=cumulative)), cumulative)

    @property
    def root(self) -> Root:
        return self.told.tellings[0].root

    @property
    def newest(self) -> Figure:
        return self.figures[-1]


def _figures(told: Told, *, cumulative: bool) -> list[Figure]:
    """The vintages of a set, oldest first."""
    own, relayed = _parted(told.tellings)
    keys = {one.id: one.figure for one in own} if cumulative else _of_each_day(own)
    found: dict[Key, list[Telling]] = {}
    for telling in own:
        found.setdefault(keys[telling.id], []).append(telling)
    held = sorted((one for one in own if one.quantity.comparator in OWN), key=_lowest)
    for telling in relayed:
        other = _yields_to(telling, held)
        found.setdefault(keys[other.id] if other else telling.figure, []).append(telling)
    return _replaced_first(_ordered([_figure(group) for group in found.values()], cumulative))


def _of_each_day(own: Sequence[Telling]) -> dict[str, Key]:
    """What makes two figures of a stock one vintage: how many are held or missing is counted anew each day.

    A relay without a day of its own, and a report that looks back, carry the last such figure stated by their day.
    """
    stated: dict[Key, list[dt.date]] = {}
    for one in own:
        if one.day is not None and _counted_then(one):
            stated.setdefault(one.figure, []).append(one.day)
    for days in stated.values():
        days.sort()
    keys: dict[str, Key] = {}
    for one in own:
        days = stated.get(one.figure, [])
        by_then = bisect_right(days, one.day) if one.day is not None else len(days)
        looks_back = one.day if one.dated == "as of" else None
        keys[one.id] = (*one.figure, days[by_then - 1] if by_then else looks_back)
    return keys


def _counted_then(telling: Telling) -> bool:
    """Whether the root gave the figure on that day, and no report of weeks later that says what it then was."""
    told = telling.claim.said or telling.report.published
    late = telling.day is not None and told is not None and (told - telling.day).days > LAG
    return telling.dated == "said" or (telling.dated == "as of" and not late)


def _replaced_first(figures: list[Figure]) -> list[Figure]:
    """A figure that its root replaced stands before the one that took its place, unless stated days tell otherwise."""
    pairs = [(telling.replaces, one) for one in figures for telling in one.tellings if telling.replaces is not None]
    homes = _homes(figures) if pairs else {}
    for claim, new in pairs:
        at, place = homes.get(claim, -1), homes[new.first.id]
        if at > place and not _stated_later(figures[at], new):
            figures.insert(place, figures.pop(at))
            homes = _homes(figures)
    return figures


def _homes(figures: Sequence[Figure]) -> dict[str, int]:
    return {claim: at for at, one in enumerate(figures) for claim in one.vintage.claims}


def _stated_later(one: Figure, other: Figure) -> bool:
    day, before = one.vintage.day, other.vintage.day
    return one.stated and other.stated and day is not None and before is not None and before < day


def _parted(tellings: Iterable[Telling]) -> tuple[list[Telling], list[Telling]]:
    own: list[Telling] = []
    relayed: list[Telling] = []
    for telling in sorted(tellings, key=lambda one: (one.interval.low, str(one.day or ""), one.id)):
        stated = telling.dated in ("as of", "said") or telling.quantity.comparator in OWN
        (own if stated else relayed).append(telling)
    return own, relayed


def _lowest(telling: Telling) -> int:
    return telling.interval.low


def _yields_to(telling: Telling, held: Sequence[Telling]) -> Telling | None:
    """The root's own figure that a relay's "more than 745" stands for: the nearest one held that the words allow.

    `held` are in order of their low ends, so that the search ends soon: it goes outwards from the figure that was said.
    """
    low = telling.quantity.base or telling.interval.low
    near: tuple[int, int, str, Telling] | None = None
    for one in _outwards(held, low):
        apart = abs(one.interval.low - low)
        if near is not None and apart > near[0]:
            break
        if telling.interval.count.admits(one.interval.count) and _by_then(one, telling):
            fit = (apart, -(one.day or dt.date.min).toordinal(), one.id, one)
            near = min(fit, near or fit, key=lambda fit: fit[:3])
    return near[3] if near else None


def _outwards(held: Sequence[Telling], low: int) -> Iterator[Telling]:
    """The nearest first, below and above."""
    above = bisect_left(held, low, key=_lowest)
    below = above - 1
    while below >= 0 or above < len(held):
        if above == len(held) or (below >= 0 and low - _lowest(held[below]) <= _lowest(held[above]) - low):
            yield held[below]
            below -= 1
        else:
            yield held[above]
            above += 1


def _by_then(one: Telling, telling: Telling) -> bool:
    return one.day is None or telling.day is None or one.day <= telling.day


def _figure(group: Sequence[Telling]) -> Figure:
    sharp = min(group, key=_sharpness)
    dated = min(group, key=lambda one: (DATED[one.dated], str(one.day or ""), one.id))
    rest = sorted((one for one in group if one is not sharp), key=lambda one: (str(one.day or ""), one.id))
    claims = tuple(one.id for one in (sharp, *rest))
    return Figure((sharp, *rest), Vintage(dated.day, dated.dated, sharp.interval, sharp.quantity.words, claims))


def _sharpness(telling: Telling) -> tuple[int, int, str, str]:
    sharp = SHARPNESS.index(telling.quantity.comparator)
    return sharp, DATED[telling.dated], str(telling.day or ""), telling.id


def _ordered(found: Iterable[Figure], cumulative: bool) -> list[Figure]:
    by_day = sorted(found, key=lambda one: (str(one.vintage.day or ""), one.vintage.interval.low, one.vintage.claims))
    if not cumulative:
        return by_day
    line = _Line([], [], [])
    for one in sorted(by_day, key=lambda one: not one.stated):
        line.put(one)
    return line.figures


@dataclass(frozen=True, slots=True)
class _Line:
    """Figures in their order, with the largest figure and the latest stated day up to each, by which places are found.

    A figure whose day is stated comes last; one of unknown day where it fits: before the first that is larger, and
    before any of a day after its relay.
    """

    figures: list[Figure]
    largest: list[int]
    latest: list[dt.date]

    def put(self, one: Figure) -> None:
        low, day = one.vintage.interval.low, one.vintage.day
        at = len(self.figures) if one.stated else self._place(low, day)
        before = self.latest[at - 1] if at else dt.date.min
        self.figures.insert(at, one)
        self.latest.insert(at, max(before, day) if one.stated and day else before)
        self.largest.insert(at, max(low, self.largest[at - 1] if at else 0))
        for later in range(at + 1, len(self.figures)):
            if self.largest[later] >= low:
                break
            self.largest[later] = low

    def _place(self, low: int, day: dt.date | None) -> int:
        larger = bisect_right(self.largest, low)
        return larger if day is None else min(larger, bisect_right(self.latest, day))
