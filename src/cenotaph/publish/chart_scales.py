"""Where things stand in a chart: ticks on sensible days and round numbers, labels that make room for each other."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

__all__ = ["People", "Time", "apart"]

_DAY_STEPS = (1, 2, 7, 14)
_MONTH_STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000, 12000)


@dataclass(frozen=True, slots=True)
class People:
    """Heights: from 0 at `bottom` up to the round number at `top` (picture units, which grow downwards).

    >>> People.holding(1500, top=0, bottom=100).ticks
    (0, 500, 1000, 1500)
    """

    most: int
    step: int
    top: float
    bottom: float

    @classmethod
    def holding(cls, most: int, *, top: float, bottom: float) -> People:
        step = _round_step(most)
        return cls(max(1, -(-most // step)) * step, step, top, bottom)

    @property
    def ticks(self) -> tuple[int, ...]:
        return tuple(range(0, self.most + 1, self.step))

    def __call__(self, count: int) -> float:
        return self.bottom - (self.bottom - self.top) * (count / self.most)


def _round_step(most: int) -> int:
    """1, 2 or 5 and zeros, so that no more than five steps are needed.

    >>> [_round_step(most) for most in (0, 5, 6, 90, 2400)]
    [1, 1, 2, 20, 500]
    """
    power = 1
    while True:
        for step in (power, 2 * power, 5 * power):
            if most <= 5 * step:
                return step
        power *= 10


@dataclass(frozen=True, slots=True)
class Time:
    """Days from left to right. A little room is left on both sides, so that a single day has a line to stand on.

    >>> time = Time.holding([dt.date(2025, 3, 8), dt.date(2025, 3, 12)], left=0, right=60)
    >>> time(dt.date(2025, 3, 8)), time.ticks(9)[0]
    (10.0, datetime.date(2025, 3, 7))
    """

    first: int
    last: int
    left: float
    right: float

    @classmethod
    def holding(cls, days: Sequence[dt.date], *, left: float, right: float) -> Time:
        """Raises ValueError if there is no day at all."""
        if not days:
            raise ValueError("a time axis needs a day; found none. Draw figures without days beside it")
        first, last = min(days).toordinal(), max(days).toordinal()
        before, after = 1 + (last - first) // 40, 1 + (last - first) // 12
        return cls(first - before, last + after, left, right)

    def __call__(self, day: dt.date) -> float:
        return self.left + (self.right - self.left) * (day.toordinal() - self.first) / (self.last - self.first)

    def ticks(self, most: int) -> list[dt.date]:
        """At most so many days: all, every week, the first of every month, of every year ..., whatever fits."""
        for step in _DAY_STEPS:
            days = range(self.first + (step > 1), self.last + 1, step)
            if len(days) <= most:
                return [dt.date.fromordinal(one) for one in days if 1 <= one <= dt.date.max.toordinal()]
        found = (list(islice(self._months(step), most + 1)) for step in _MONTH_STEPS)
        return next((days for days in found if len(days) <= most), [])

    def _months(self, step: int) -> Iterator[dt.date]:
        first = dt.date.fromordinal(max(1, self.first))
        count = -(-(12 * first.year + first.month - (first.day == 1)) // step) * step
        while count // 12 <= dt.MAXYEAR and (day := dt.date(count // 12, count % 12 + 1, 1)).toordinal() <= self.last:
            yield day
            count += step


def apart(wanted: Sequence[tuple[float, float]], top: float, bottom: float) -> list[float]:
    """Tops of boxes (wanted top, height) that do not overlap, in their order, each near its wish, all from `top` to
    `bottom` if they fit there at all.

    Boxes that touch move as one block to where their wishes lie on average (isotonic regression by pooling).

    >>> apart([(10, 20), (12, 20), (90, 20)], 0, 105)
    [1.0, 21.0, 85]
    """
    blocks: list[tuple[float, float, list[float]]] = []  # sum of wishes for its first top, height, offsets
    for wish, height in wanted:
        block = (wish, height, [0.0])
        while blocks and _top(blocks[-1], top) + blocks[-1][1] > _top(block, top):
            above = blocks.pop()
            moved = [above[1] + offset for offset in block[2]]
            block = (above[0] + block[0] - above[1] * len(block[2]), above[1] + block[1], above[2] + moved)
        blocks.append(block)
    tops = [_top(block, top) + offset for block in blocks for offset in block[2]]
    for at in range(len(tops) - 1, -1, -1):
        tops[at] = min(tops[at], bottom - wanted[at][1])
        bottom = tops[at]
    return tops


def _top(block: tuple[float, float, list[float]], top: float) -> float:
    return max(top, block[0] / len(block[2]))
