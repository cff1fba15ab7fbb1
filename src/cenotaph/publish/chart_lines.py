"""Tolls -> the lines of a chart: which figures stand on a line, which lie off it, and what each is called.

A line rises or falls only where a root's record did. A figure whose day is later than that of a newer figure was only
relayed then: it stands off the line. One without a day has no place on it.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from cenotaph.publish.chart_text import WORDS, counted, day, from_the_right, isolated, plain
from cenotaph.publish.masking import Mask
from cenotaph.vocabulary import Group, Harm, Interval, Period, Scope, Toll, Vintage

__all__ = ["MARKED", "Line", "Point", "lines", "listed", "set_words"]

MARKED = ("revision", "unexplained drop")
"""Verdicts on a step that a reader must see on it."""

Where = Literal["on the line", "behind", "undated"]

_NOTHING: Mapping[str, dt.date] = {}
_NO_MASK = Mask(None)


@dataclass(frozen=True, slots=True)
class Point:
    """One figure of a root: people, with the day up to which it counts, or on which it was said or relayed."""

    day: dt.date | None
    dated: str
    words: str
    interval: Interval
    where: Where = "on the line"
    mark: str = ""

    @property
    def at(self) -> int:
        """The height at which it stands: the best figure that its words give, else the lowest."""
        return self.interval.low if self.interval.best is None else self.interval.best

    @property
    def own(self) -> bool:
        """Whether the day is the root's own and not only that of a relay."""
        return self.day is not None and self.dated in ("as of", "said")

    @property
    def open(self) -> bool:
        return self.interval.high is None

    @property
    def said(self) -> str:
        """
        >>> plain(Point(dt.date(2025, 3, 8), "as of", "745", Interval(745, 745, 745, "plain")).said)
        '745, as of 8 Mar 2025'
        """
        return f"{self.words}, {f'{self.dated} {day(self.day)}' if self.day else 'day not known'}"


@dataclass(frozen=True, slots=True)
class Line:
    """The record of one root for one set, oldest figure first; `read` is the share of its claims that people read.

    `unplaced` counts relays of an older figure whose day is not known here.
    """

    root: str
    set: str
    points: tuple[Point, ...]
    read: float = 0.0
    unplaced: int = 0

    @property
    def newest(self) -> Point:
        """The figure that stands; never one that was relayed when the root already had a newer one."""
        return next(point for point in reversed(self.points) if point.where != "behind")

    @property
    def steps(self) -> tuple[tuple[dt.date, Point], ...]:
        return tuple((one.day, one) for one in self.points if one.where == "on the line" and one.day)

    @property
    def days(self) -> tuple[dt.date, ...]:
        return tuple(point.day for point in self.points if point.day)

    @property
    def read_by(self) -> str:
        """A part that people read is never taken for all of it."""
        return "by people" if self.read >= 1 else "by some" if self.read > 0 else "by machine"

    @property
    def reading(self) -> str:
        return WORDS[self.read_by].format(share=min(max(self.read, 0.01), 0.99))


def lines(tolls: Sequence[Toll], *, relayed: Mapping[str, dt.date] = _NOTHING, mask: Mask = _NO_MASK) -> list[Line]:
    """One for each toll, the largest newest figure first. `relayed`: by claim, the day on which its report came out;
    with it a relay that repeats an older figure finds its day. `mask` hides protected names in words that go out.
    """
    named = [(toll, set_words(toll.scope, mask)) for toll in tolls]
    often = Counter((toll.root, words) for toll, words in named)
    found = []
    for toll, words in named:
        days = _days(toll.scope.period, mask) if often[toll.root, words] > 1 else ""
        found.append(_line(toll, f"{words} · {days}" if days else words, relayed, mask))
    return sorted(found, key=lambda line: (-line.newest.at, line.root, line.set))


def _line(toll: Toll, words: str, relayed: Mapping[str, dt.date], mask: Mask) -> Line:
    series = toll.series or (Vintage(None, "unknown", toll.figure, "", toll.claims),)
    points = [_point(one, series[at + 1 :], _mark(one, toll), mask) for at, one in enumerate(series)]
    late, unplaced = _late(toll, series, points, relayed)
    root = isolated(mask(toll.root)) or WORDS["nobody"]
    return Line(root, words, (*late, *points), toll.read, unplaced)


def _point(one: Vintage, later: Sequence[Vintage], mark: str, mask: Mask) -> Point:
    if one.day is None:
        where: Where = "undated"
    else:
        behind = any(other.day is not None and other.day < one.day for other in later)
        where = "behind" if behind else "on the line"
    return Point(one.day, one.dated, counted(mask(one.words), one.interval), one.interval, where, mark)


def _mark(one: Vintage, toll: Toll) -> str:
    """The verdict on the step up or down to this figure, where a reader must see it."""
    found = [check.verdict for check in toll.checks if check.claims and check.claims[-1] in one.claims]
    return next((verdict for verdict in found if verdict in MARKED), "")


def _late(
    toll: Toll, series: Sequence[Vintage], points: Sequence[Point], relayed: Mapping[str, dt.date]
) -> tuple[list[Point], int]:
    """Relays of an older figure after its root had a newer one: those whose day is known, and how many have none."""
    stale = {check.claims[0] for check in toll.checks if check.verdict == "stale relay" and check.claims}
    found: list[Point] = []
    unplaced = 0
    for one, point in zip(series, points, strict=True):
        for claim in sorted(stale & set(one.claims)):
            when = relayed.get(claim)
            if when is None:
                unplaced += point.where != "behind"
            elif (when, "behind") != (point.day, point.where):
                found.append(replace(point, day=when, dated="relayed", where="behind", mark=""))
    return found, unplaced


# --- what a line is called ----------------------------------------------------------------------------------------


def set_words(scope: Scope, mask: Mask = _NO_MASK) -> str:
    """Which people: harm, group, place, who is left out, and the level where it is more than a report.

    >>> set_words(Scope(Harm(("killed",)), Group("civilians"), level="estimated"))
    'killed · civilians · estimated'
    """
    place = scope.place
    where = isolated(place.name or (place.path[-1] if place.path else mask(place.words))) if place else ""
    without = [f"without {_group(group, scope.harm, mask)}" for group in scope.exclusions]
    level = "" if scope.level == "reported" else scope.level
    words = (str(scope.harm), _group(scope.group, scope.harm, mask), where, *without, level)
    return " · ".join(word for word in words if word)


def _group(group: Group, harm: Harm, mask: Mask) -> str:
    """The group as said, with its status where the words are of another script. No living person or child is named."""
    hidden = Mask.of(group.names) if harm.codes != ("killed",) or group.age == "child" else _NO_MASK
    words = isolated(hidden(mask(group.words))) or WORDS["no group"]
    return f"{words} ({group.status})" if group.status and from_the_right(words) else words


def _days(period: Period | None, mask: Mask) -> str:
    """
    >>> plain(_days(Period("since Thursday", dt.date(2025, 3, 6), None), _NO_MASK))
    'since 6 Mar 2025'
    """
    if period is None:
        return ""
    first, last = (day(end) if end else "" for end in (period.start, period.end))
    if first and last:
        return first if first == last else f"{first} – {last}"
    return f"since {first}" if first else f"until {last}" if last else isolated(mask(period.words))


# --- the same as text ---------------------------------------------------------------------------------------------


def listed(line: Line) -> str:
    """One line as a sentence, every figure of it, for those who don't see the picture.

    >>> point = Point(dt.date(2025, 3, 8), "as of", "745", Interval(745, 745, 745, "plain"))
    >>> listed(Line("SOHR", "killed · civilians", (point,)))
    'SOHR; killed · civilians; read by a machine only: 745, as of 8 Mar 2025'
    """
    figures = " → ".join(_figure(point) for point in line.points if point.where != "behind")
    behind = "".join(f"; {WORDS['behind']}: {_figure(one)}" for one in line.points if one.where == "behind")
    return plain(f"{line.root}; {line.set}; {line.reading}: {figures}{behind}")


def _figure(point: Point) -> str:
    return f"{point.said} ({WORDS[point.mark]})" if point.mark else point.said
