"""When: how many claims speak of each day, by harm. Numbers are of claims, never of people."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

import sqlalchemy as sa

from cenotaph.desk import Desk, tables
from cenotaph.desk.kept import kept, kept_of_said
from cenotaph.desk.search_asked import Asked, claims_where

__all__ = ["Row", "Timeline", "timeline"]

Unit = Literal["day", "week", "month", "year"]
DAYS, WEEKS, MONTHS = 120, 900, 7_300
"""Days up to which a bar stands for a day, a week, a month; beyond that for a year."""
ROWS = 5
"""Harms with a row of their own; the others share one."""
OUTSIDE = 0.01
"""Share of claims that may lie before or after what is drawn: one old event would make a line of all the others."""


@dataclass(frozen=True, slots=True)
class Row:
    """The claims of one harm by bar; `harm` is "" for all that have no row of their own."""

    harm: str
    counts: Sequence[int]

    @property
    def total(self) -> int:
        return sum(self.counts)


@dataclass(frozen=True, slots=True)
class Timeline:
    """`starts` are the first days of the bars, in order, `last` the last day of all; a claim is counted once, at the
    first of the days it speaks of. `before`, `after` and `undated` count claims that no bar holds.
    """

    unit: Unit
    starts: Sequence[dt.date]
    last: dt.date | None
    rows: Sequence[Row]
    before: int = 0
    after: int = 0
    undated: int = 0

    @property
    def most(self) -> int:
        return max((count for row in self.rows for count in row.counts), default=0)

    @property
    def ends(self) -> Sequence[dt.date]:
        """The last day of each bar."""
        if self.last is None:
            return ()
        return [*(after - dt.timedelta(days=1) for _, after in pairwise(self.starts)), self.last]


def timeline(desk: Desk, one: Asked, *, unmasked: bool = False) -> Timeline:
    """Of the claims that were asked for; of all their days, whichever were asked for."""
    whole = replace(one, kind="claims", order="rank", first="", last="")
    if whole == Asked(kind="claims"):
        return kept_of_said(desk, "timeline", lambda: _made(_counts(desk, whole, unmasked)))
    return kept(desk, ("timeline", whole, unmasked), lambda: _made(_counts(desk, whole, unmasked)))


def _counts(desk: Desk, one: Asked, unmasked: bool) -> Mapping[tuple[str, str], int]:
    """By first day and harm."""
    claims = tables.claims.c
    with desk.case.told(), desk.case.engine.connect() as connection:
        where = claims_where(desk, connection, one, None if unmasked else desk.veil)
        if where is None:
            return {}
        query = sa.select(claims.first, claims.harm, sa.func.count()).where(*where).group_by(claims.harm, claims.first)
        return {(str(day), str(harm)): int(count) for day, harm, count in connection.execute(query)}


def _made(counts: Mapping[tuple[str, str], int]) -> Timeline:
    undated = sum(count for (day, _), count in counts.items() if not day)
    by_day: Counter[dt.date] = Counter()
    for (day, _), count in counts.items():
        if day:
            by_day[dt.date.fromisoformat(day)] += count
    if not by_day:
        return Timeline("day", (), None, (), undated=undated)
    first, last = _drawn(by_day)
    unit = _unit((last - first).days)
    starts = _starts(unit, first, last)
    rows = _rows(counts, starts, first, last)
    before = sum(count for day, count in by_day.items() if day < first)
    return Timeline(unit, starts, last, rows, before, sum(n for day, n in by_day.items() if day > last), undated)


def _drawn(by_day: Counter[dt.date]) -> tuple[dt.date, dt.date]:
    """The first and last day that are drawn: the ends that hold next to nothing are not."""
    days, spare = sorted(by_day), int(OUTSIDE * by_day.total())
    first, last, left = 0, len(days) - 1, spare
    while by_day[days[first]] <= left:
        left -= by_day[days[first]]
        first += 1
    while by_day[days[last]] <= left:
        left -= by_day[days[last]]
        last -= 1
    return days[first], days[last]


def _unit(days: int) -> Unit:
    return "day" if days <= DAYS else "week" if days <= WEEKS else "month" if days <= MONTHS else "year"


def _starts(unit: Unit, first: dt.date, last: dt.date) -> list[dt.date]:
    day, out = _begin(unit, first), []
    while day <= last:
        out.append(day)
        try:
            day = _next(unit, day)
        except (OverflowError, ValueError):  # there is no later one
            break
    return out


def _begin(unit: Unit, day: dt.date) -> dt.date:
    if unit == "week":
        return day - dt.timedelta(days=day.weekday())
    return day if unit == "day" else day.replace(day=1) if unit == "month" else day.replace(month=1, day=1)


def _next(unit: Unit, day: dt.date) -> dt.date:
    if unit in ("day", "week"):
        return day + dt.timedelta(days=1 if unit == "day" else 7)
    if unit == "year":
        return day.replace(year=day.year + 1)
    return day.replace(year=day.year + day.month // 12, month=day.month % 12 + 1)


def _rows(counts: Mapping[tuple[str, str], int], starts: Sequence[dt.date], first: dt.date, last: dt.date) -> list[Row]:
    """The harms with the most claims, then all others together."""
    bars: dict[str, list[int]] = defaultdict(lambda: [0] * len(starts))
    for (said, harm), count in counts.items():
        day = dt.date.fromisoformat(said) if said else None
        if day and first <= day <= last:
            bars[harm][bisect_right(starts, day) - 1] += count
    ordered = sorted(bars, key=lambda harm: (-sum(bars[harm]), harm))
    shown = ordered if len(ordered) <= ROWS + 1 else ordered[:ROWS]
    rows = [Row(harm, bars[harm]) for harm in shown]
    rest = [bars[harm] for harm in ordered[len(shown) :]]
    return [*rows, Row("", [sum(some) for some in zip(*rest, strict=True)])] if rest else rows
