"""What claims gather around: episodes out of running totals, incidents out of events with a place and a day.

Blocked by place and first day, so that cost grows with the number of claims and not with that of pairs.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from cenotaph.link.traces import Path, Trace, prefixes

__all__ = ["GAP", "Host", "Member", "episodes", "incidents", "inside", "meets"]

SOON = 2
"""Days by which two first days may differ where words are no sharper ("over three days"). Our convention."""

GAP = 30
"""Days without a new total after which an episode counts as over for claims that name no day. Our convention."""


@dataclass(frozen=True, slots=True)
class Member:
    """A claim in a host, and why; `assumed` where its own words do not say so."""

    trace: Trace
    reasons: tuple[str, ...]
    assumed: bool = False
    decision: str = ""


@dataclass(eq=False, slots=True)
class Host:
    """An incident or an episode while it is being put together."""

    kind: Literal["incident", "episode"]
    members: dict[str, Member] = field(default_factory=dict)
    parent: Host | None = None
    areas: tuple[Path, ...] = ()
    first: dt.date | None = None
    last: dt.date | None = None

    def take(self, trace: Trace, *reasons: str, assumed: bool = False, decision: str = "") -> None:
        self.members[trace.id] = Member(trace, reasons, assumed, decision)

    @property
    def top(self) -> Host:
        return self.parent or self

    @property
    def earliest(self) -> Trace:
        return min((member.trace for member in self.members.values()), key=lambda one: one.order)

    def goes_on(self, day: dt.date | None) -> bool:
        """Whether something said on that day can be about it when no day is named."""
        if day is None or self.first is None:
            return False
        return self.first <= day <= (self.last or self.first) + dt.timedelta(days=GAP)

    def holds_days(self, first: dt.date | None, last: dt.date | None) -> bool:
        """Whether days lie in it: they begin no earlier, and it still went on."""
        return first is not None and self.first is not None and self.first <= first and self.goes_on(last or first)

    def meets_days(self, first: dt.date | None, last: dt.date | None) -> bool:
        if first is None or self.first is None:
            return False
        return self.goes_on(first) or (first <= self.first and (last is None or self.first <= last))


def inside(mine: Iterable[Path], areas: Sequence[Path]) -> bool:
    """Whether each path lies in one of the areas.

    >>> inside([("Syria", "Tartus", "Baniyas")], [("Syria", "Tartus")])
    True
    """
    return all(any(one[: len(area)] == area for area in areas) for one in mine)


def meets(mine: Iterable[Path], areas: Sequence[Path]) -> bool:
    """Whether they share any ground that is known."""
    return any(one[: len(area)] == area or area[: len(one)] == one for one in mine for area in areas)


# --- episodes -----------------------------------------------------------------------------------------------------


def episodes(found: Sequence[Trace]) -> list[Host]:
    """Running totals with a first day: those that begin together in one area are of one episode."""
    blocks: dict[tuple[tuple[Path, ...], dt.date, bool], list[Trace]] = defaultdict(list)
    for trace in found:
        if trace.total and trace.first and not trace.long and trace.areas:
            blocks[(trace.areas, trace.first, trace.sharp)].append(trace)
    made = [_episode([trace for key in group for trace in blocks[key]]) for group in _joined(list(blocks))]
    for host, said in _later(made, found).items():
        members = (member.trace.said for member in host.members.values())
        host.last = last_day(host.first, (*members, *said)) if host.first else None
    return made


def _later(made: Sequence[Host], found: Iterable[Trace]) -> dict[Host, list[dt.date | None]]:
    """For each episode the days of totals in its area that name no first day: it goes on as long as totals come.

    Of several episodes of one area they are of the one that began last.
    """
    begun: dict[Path, list[tuple[dt.date, Host]]] = defaultdict(list)
    for host in sorted(made, key=lambda one: str(one.first)):
        for area in host.areas:
            begun[area].append((host.first or dt.date.max, host))
    later: dict[Host, list[dt.date | None]] = defaultdict(list)
    for trace in found:
        if trace.total and trace.first is None and trace.said and trace.areas:
            for area in prefixes(trace.areas[0]):
                at = bisect_right(begun.get(area, ()), trace.said, key=lambda one: one[0])
                if at and inside(trace.areas, begun[area][at - 1][1].areas):
                    later[begun[area][at - 1][1]].append(trace.said)
    return later


Block = tuple[tuple[Path, ...], dt.date, bool]


def _joined(blocks: list[Block]) -> list[list[Block]]:
    """Blocks that begin on one day, or within SOON where their words are not sharp, and lie one within another."""
    at: dict[tuple[Path, dt.date, bool], int] = {}
    under: dict[tuple[Path, dt.date, bool], set[int]] = defaultdict(set)
    forest = Forest(len(blocks))
    for number, (areas, first, sharp) in enumerate(blocks):
        for area in areas:
            forest.join(number, at.setdefault((area, first, sharp), number))
            for wider in list(prefixes(area))[:-1]:
                under[(wider, first, sharp)].add(number)
    for number, (areas, first, sharp) in enumerate(blocks):
        for key in _near(areas, first, sharp):
            for other in ({at[key]} if key in at else set()) | (
                under[key] if key in under and key[0] in areas else set()
            ):
                forest.join(number, other)
    return [[blocks[number] for number in group] for group in forest.groups()]


def _near(areas: tuple[Path, ...], first: dt.date, sharp: bool) -> Iterator[tuple[Path, dt.date, bool]]:
    for days in range(-SOON, SOON + 1):
        for other in (True, False):
            if days and sharp and other:
                continue
            day = first + dt.timedelta(days=days)
            yield from ((wider, day, other) for area in areas for wider in prefixes(area))


def _episode(members: Sequence[Trace]) -> Host:
    host = Host("episode")
    for trace in members:
        host.take(trace, "a running total of its area from its first day on")
    sharp = [one.first for one in members if one.sharp and one.first]
    host.first = min(sharp or [one.first for one in members if one.first])
    host.areas = narrowed(area for one in members for area in one.areas)
    host.last = last_day(host.first, (one.said for one in members))
    return host


def narrowed(areas: Iterable[Path]) -> tuple[Path, ...]:
    """The areas that an episode is said to cover: no country where parts of it are named, no area twice.

    >>> narrowed([("Syria",), ("Syria", "Tartus"), ("Syria", "Tartus", "Baniyas"), ("Syria", "Hama")])
    (('Syria', 'Hama'), ('Syria', 'Tartus'))
    """
    named = set(areas)
    parts = {area for area in named if len(area) > 1}
    kept = {area for area in named if len(area) > 1 or not any(one[:1] == area for one in parts)}
    return tuple(sorted(area for area in kept if not any(wider in kept for wider in list(prefixes(area))[:-1])))


def last_day(first: dt.date, said: Iterable[dt.date | None]) -> dt.date:
    """The last day on which new totals still came, no two of them more than GAP days apart."""
    last = first
    for day in sorted(day for day in said if day is not None and day >= first):
        if (day - last).days > GAP:
            break
        last = day
    return last


# --- incidents ----------------------------------------------------------------------------------------------------


def incidents(found: Iterable[Trace]) -> list[Host]:
    """Events with a place and days of their own: one incident for each, or more where a report says so."""
    days: dict[tuple[tuple[str, ...], dt.date], list[Trace]] = defaultdict(list)
    ranges: list[Trace] = []
    for trace in found:
        if trace.first == trace.last and trace.first is not None:
            days[(trace.spot, trace.first)].append(trace)
        else:
            ranges.append(trace)
    hosts = {key: [_incident(group) for group in told_apart(members)] for key, members in days.items()}
    loose: dict[tuple[object, ...], list[Trace]] = defaultdict(list)
    for trace in ranges:
        near = [host for key in _days_of(trace) for host in hosts.get(key, ())]
        if len(near) == 1:
            near[0].take(trace, "same place", "its days take in that day")
        else:
            loose[(trace.spot, trace.first, trace.last)].append(trace)
    return [host for key in hosts for host in hosts[key]] + [_incident(members) for members in loose.values()]


def _days_of(trace: Trace) -> Iterator[tuple[tuple[str, ...], dt.date]]:
    assert trace.first is not None and trace.last is not None
    for count in range((trace.last - trace.first).days + 1):
        yield trace.spot, trace.first + dt.timedelta(days=count)


def _incident(members: Sequence[Trace]) -> Host:
    host = Host("incident")
    for trace in members:
        host.take(trace, "same place", "same day")
    host.first = min((one.first for one in members if one.first), default=None)
    host.last = max((one.last for one in members if one.last), default=None)
    host.areas = members[0].areas
    return host


def told_apart(members: Sequence[Trace]) -> list[list[Trace]]:
    """One place and day, but a report that names two means for untied figures tells of two incidents.

    A claim that names no means goes where its figure is already found, else with the earliest.
    """
    named = defaultdict(set)
    for one in members:
        if one.claim.means and one.claim.means.code and not one.follows:
            named[one.report].add(one.claim.means.code)
    codes = set().union(*(found for found in named.values() if len(found) > 1)) if named else set()
    if not codes:
        return [list(members)]
    groups: dict[str, list[Trace]] = defaultdict(list)
    rest: list[Trace] = []
    for one in members:
        code = one.claim.means.code if one.claim.means else ""
        (groups[code] if code in codes else rest).append(one)
    for one in rest:
        groups[_like(one, groups)].append(one)
    return [groups[code] for code in sorted(groups)]


def _like(one: Trace, groups: dict[str, list[Trace]]) -> str:
    base = one.claim.quantity.base
    same = [code for code in sorted(groups) if base and base in {other.claim.quantity.base for other in groups[code]}]
    return same[0] if len(same) == 1 else min(groups, key=lambda code: (min(o.order for o in groups[code]), code))


class Forest:
    """Things that belong together, joined pair by pair (union-find with halving)."""

    def __init__(self, size: int) -> None:
        self._up = list(range(size))

    def root(self, one: int) -> int:
        while self._up[one] != one:
            self._up[one] = self._up[self._up[one]]
            one = self._up[one]
        return one

    def join(self, one: int, other: int) -> None:
        low, high = sorted((self.root(one), self.root(other)))
        self._up[high] = low

    def groups(self) -> list[list[int]]:
        found: dict[int, list[int]] = defaultdict(list)
        for one in range(len(self._up)):
            found[self.root(one)].append(one)
        return list(found.values())
