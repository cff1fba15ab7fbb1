"""What fits no episode but has something of its own to hold it: a place and days, or totals of one root in time.

Three steps, most stated first; after each the claims that are left may find a place in what it made.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise

from cenotaph.link.hosts import GAP, SOON, Forest, Host, last_day
from cenotaph.link.traces import Path, Trace, prefixes

__all__ = ["dated", "placed", "running"]

Run = list[Trace]


def placed(rest: Sequence[Trace]) -> list[Host]:
    """Totals with a place and no first day: one place within another, said within weeks, or in one report."""
    totals = [one for one in rest if one.total and one.areas and one.first is None and one.said]
    by_area: dict[tuple[Path, ...], list[Trace]] = defaultdict(list)
    for trace in totals:
        by_area[trace.areas].append(trace)
    runs = [run for members in by_area.values() for run in _runs(members)]
    forest = Forest(len(runs))
    _join_nested(runs, forest)
    _join_reports(runs, forest, lambda run: run[0].areas[0][:1])
    reason = "totals of one area, said within weeks of each other or in one report"
    return [_host([one for number in group for one in runs[number]], reason) for group in forest.groups()]


def _join_nested(runs: Sequence[Run], forest: Forest) -> None:
    at: dict[Path, list[int]] = defaultdict(list)
    for number, run in enumerate(runs):
        for area in run[0].areas:
            at[area].append(number)
    for number, run in enumerate(runs):
        for other in {other for area in run[0].areas for wider in prefixes(area) for other in at.get(wider, ())}:
            if _near(run, runs[other]):
                forest.join(number, other)


def _near(run: Run, other: Run) -> bool:
    gap = dt.timedelta(days=GAP)
    first, last, start, end = run[0].said, run[-1].said, other[0].said, other[-1].said
    return bool(first and last and start and end and first <= end + gap and start <= last + gap)


def _join_reports(runs: Sequence[Run], forest: Forest, country: Callable[[Run], object] = lambda run: "") -> None:
    """Runs that one report speaks of; with a country, only those of the same one."""
    first: dict[tuple[str, object], int] = {}
    for number, run in enumerate(runs):
        where = country(run)
        for trace in run:
            forest.join(number, first.setdefault((trace.report, where), number))


def dated(rest: Sequence[Trace]) -> list[Host]:
    """What has days of its own: by place, or, of one root, by the first day of its totals."""
    by_place: dict[tuple[object, ...], list[Trace]] = defaultdict(list)
    by_root: dict[str, list[Trace]] = defaultdict(list)
    for trace in rest:
        if trace.first is not None and trace.spot:
            by_place[(trace.spot, trace.first, None if trace.total else trace.last)].append(trace)
        elif trace.first is not None and trace.root and trace.total:
            by_root[trace.root].append(trace)
        elif trace.first is not None and trace.root:
            by_place[(trace.root, trace.first, trace.last)].append(trace)
    starts = [run for members in by_root.values() for run in _starts(members)]
    return [_host(members, "same place or root, same days") for members in (*by_place.values(), *starts)]


def _starts(members: Sequence[Trace]) -> Iterator[Run]:
    """Totals of one root by their first day; days said roughly go with a day next to them."""
    ordered = sorted(members, key=lambda one: (str(one.first), one.order))
    run: Run = ordered[:1]
    for before, one in pairwise(ordered):
        apart = (one.first - before.first).days if one.first and before.first else 0
        if apart == 0 or (apart <= SOON and not (one.sharp and before.sharp)):
            run.append(one)
        else:
            yield run
            run = [one]
    yield run


def running(rest: Sequence[Trace]) -> list[Host]:
    """Totals that name neither place nor first day: of one root within weeks, or of one report."""
    by_root: dict[str, list[Trace]] = defaultdict(list)
    for trace in rest:
        if trace.total and trace.first is None and not trace.areas:
            by_root[trace.root or trace.report].append(trace)
    runs = [run for members in by_root.values() for run in _runs(members)]
    forest = Forest(len(runs))
    _join_reports(runs, forest)
    reason = "totals of one root, said within weeks of each other, or of one report"
    return [_host([one for number in group for one in runs[number]], reason) for group in forest.groups()]


def _runs(members: Iterable[Trace]) -> list[Run]:
    """Totals in time, cut where more than GAP days lie between two; those without any day by themselves."""
    found: list[Run] = []
    undated: Run = []
    for one in sorted(members, key=lambda one: (str(one.said), one.order)):
        if one.said is None:
            undated.append(one)
            continue
        last = found[-1][-1].said if found else None
        if last is None or (one.said - last).days > GAP:
            found.append([])
        found[-1].append(one)
    return found + ([undated] if undated else [])


def _host(members: Sequence[Trace], reason: str) -> Host:
    total = any(one.total for one in members)
    host = Host("episode" if total else "incident")
    for one in members:
        host.take(one, reason, assumed=one.first is None)
    days = [day for one in members if (day := one.first or one.said) is not None]
    host.first = min(days, default=None)
    host.areas = tuple(sorted({area for one in members for area in one.areas}))
    if host.first is not None:
        said = [one.said if one.total else one.last for one in members]
        host.last = last_day(host.first, said) if total else max((day for day in said if day), default=host.first)
    return host
