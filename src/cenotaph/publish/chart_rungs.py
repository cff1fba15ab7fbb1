"""One root's series as a small line of steps, on an axis that many such lines share. Growth of a record, no slope."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cenotaph.publish.chart_scales import Time

__all__ = ["HEIGHT", "WIDTH", "Axis", "Steps", "axis", "steps"]

WIDTH, HEIGHT = 240, 34
_EDGE = 3
"""Room for a point at the edge."""


@dataclass(frozen=True, slots=True)
class Axis:
    """The days that all lines have in common, and the people in the largest figure of one harm."""

    time: Time
    most: int
    first: dt.date
    last: dt.date

    def x(self, day: dt.date) -> float:
        return round(self.time(day), 1)

    def y(self, count: int) -> float:
        return round(HEIGHT - _EDGE - (HEIGHT - 2 * _EDGE) * count / max(1, self.most), 1)


@dataclass(frozen=True, slots=True)
class Steps:
    """A path and its points, in units of a picture WIDTH by HEIGHT; `undated` figures have no place in it."""

    path: str
    points: Sequence[tuple[float, float]]
    undated: int


def axis(days: Iterable[dt.date | None], most: int) -> Axis | None:
    """None where no figure has a day."""
    known = sorted({one for one in days if one is not None})
    if not known:
        return None
    time = Time.holding(known, left=_EDGE, right=WIDTH - _EDGE)
    return Axis(time, most, known[0], known[-1])


def steps(series: Sequence[tuple[dt.date | None, int]], along: Axis) -> Steps:
    """Days, each with the lowest number that its figure allows: a line from each day until the next.

    >>> grown = [(dt.date(2025, 3, 8), 745), (dt.date(2025, 3, 12), 1490)]
    >>> found = steps(grown, axis([day for day, _ in grown], 1490))
    >>> found.points[1][1], found.path.count("H")
    (3.0, 2)
    """
    dated = [(day, low) for day, low in series if day is not None]
    points = [(along.x(day), along.y(low)) for day, low in dated]
    path = ""
    for at, (x, y) in enumerate(points):
        path += f"H{x}V{y}" if at else f"M{x} {y}"
    if points:
        path += f"H{WIDTH - _EDGE}"
    return Steps(path, points, len(series) - len(dated))
