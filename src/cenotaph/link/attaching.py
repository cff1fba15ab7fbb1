"""Claims that leave their place or their days open: which incident or episode they are about, by rules with names.

Each rule looks only at what the rules before it found for all claims, so that the order of claims changes nothing.
Where two answers fit equally, none is given: the claim stays by itself, and a person can say where it belongs.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice

from cenotaph.link.hosts import GAP, Host, inside, meets
from cenotaph.link.traces import Figure, Path, Trace, prefixes

__all__ = ["Settled", "Views", "by_place", "nested", "settle"]

Month = tuple[int, int]
Settled = dict[str, Host]
"""Where each claim stands, by its id."""

LONGEST = 600
"""Months of an episode that are indexed one by one: a war of fifty years. Our convention; each month has a total of its
own, so that no index grows beyond the claims. A longer one is found by its first months."""

MANY = 40
"""Hosts of one month, or of one figure, beyond which "the only one" can't hold, so that it isn't searched for."""


class Index:
    """Hosts by place and month, so that a claim meets only those that it can be about."""

    def __init__(self, hosts: Iterable[Host] = ()) -> None:
        self.at: dict[tuple[Path, Month], list[Host]] = defaultdict(list)
        self.under: dict[tuple[Path, Month], list[Host]] = defaultdict(list)
        self.then: dict[Month, dict[Host, None]] = defaultdict(dict)
        self.add(hosts)

    def add(self, hosts: Iterable[Host]) -> None:
        for host in hosts:
            for month in _months(host):
                self._put(host, month)

    def _put(self, host: Host, month: Month) -> None:
        self.then[month][host] = None
        for area in host.areas:
            self.at[(area, month)].append(host)
            for wider in list(prefixes(area))[:-1]:
                self.under[(wider, month)].append(host)

    def near(self, areas: Iterable[Path], month: Month) -> list[Host]:
        """Those whose area holds, meets or lies in one of these."""
        found: dict[Host, None] = {}
        for area in areas:
            for wider in prefixes(area):
                found |= dict.fromkeys(self.at.get((wider, month), ()))
            found |= dict.fromkeys(self.under.get((area, month), ())[: MANY + 1])
        return list(found)


def _months(host: Host) -> Iterator[Month]:
    if host.first is None:
        return
    end = (host.last or host.first) + dt.timedelta(days=GAP)
    month = (host.first.year, host.first.month)
    for _ in range(LONGEST):
        yield month
        if month >= (end.year, end.month):
            return
        month = (month[0] + month[1] // 12, month[1] % 12 + 1)


def nested(incidents: Sequence[Host], episodes: Sequence[Host]) -> None:
    """Each incident into the episode in whose area and days it lies; into none if two fit equally well."""
    index = Index(episodes)
    for incident in incidents:
        if incident.first is None or not incident.areas:
            continue
        month = (incident.first.year, incident.first.month)
        fits = [
            one
            for one in index.near(incident.areas, month)
            if inside(incident.areas, one.areas) and one.holds_days(incident.first, incident.last)
        ]
        incident.parent = _closest(fits)


def _closest(fits: Sequence[Host]) -> Host | None:
    """The one that began last, if it is one."""
    latest = max((one.first for one in fits if one.first), default=None)
    last = [one for one in fits if one.first == latest]
    return last[0] if len(last) == 1 else None


def settle(open_ones: Sequence[Trace], hosts: Sequence[Host], settled: Settled, views: Views) -> list[Trace]:
    """Puts the open claims where they belong; gives back those that no rule places. `hosts` are new to `views`."""
    views.index.add(hosts)
    rest = list(open_ones)
    for rule in (by_place, _by_figure, _by_days, _by_report, _by_list, _by_root, _by_harm, _by_time):
        placed = [(trace, rule(trace, views)) for trace in rest]
        for trace, found in placed:
            if found is not None:
                host, reasons, assumed = found
                host.take(trace, *reasons, assumed=assumed)
                settled[trace.id] = host
                views.saw(trace, host)
        rest = [trace for trace, found in placed if found is None]
    return rest


Answer = tuple[Host, tuple[str, ...], bool]


class Views:
    """What the rules before have settled: the episodes of each report and of each root, and where a figure stands.

    They only grow, and only between two rules, so that what one rule sees is the same for all claims.
    """

    def __init__(self, hosts: Iterable[Host]) -> None:
        self.index = Index()
        self.report: dict[str, set[Host]] = defaultdict(set)
        self.beside: dict[tuple[str, str], set[Host]] = defaultdict(set)
        self.root: dict[tuple[str, str, Month], set[Host]] = defaultdict(set)
        self.figure: dict[Figure, set[Host]] = defaultdict(set)
        self._counted: set[tuple[str, str, Host]] = set()
        self.made(hosts)

    def made(self, hosts: Iterable[Host]) -> None:
        """Hosts with the claims that they were made of."""
        for host in hosts:
            for member in host.members.values():
                self.saw(member.trace, host)

    def saw(self, trace: Trace, host: Host) -> None:
        top = host.top
        self.report[trace.report].add(top)
        if not trace.root:
            return
        self.beside[(trace.report, trace.root)].add(top)
        if trace.areas and trace.striking:
            self.figure[trace.figure].add(host)
        for harm in ("", str(trace.claim.harm)):
            if (trace.root, harm, top) not in self._counted:
                self._counted.add((trace.root, harm, top))
                for month in _months(top):
                    self.root[(trace.root, harm, month)].add(top)


def by_place(trace: Trace, views: Views) -> Answer | None:
    """Its place lies in the area, and its days, or else the day on which it was said, while it went on."""
    day = trace.first or trace.said
    if not trace.areas or day is None:
        return None
    found = views.index.near(trace.areas, (day.year, day.month))
    return _best(trace, [one for one in found if _fits(trace, one)], views, "its place lies in that area")


def _fits(trace: Trace, host: Host) -> bool:
    """A figure of a wider area than the episode's is of it only if it has no other days: a whole country since then."""
    days = _days_fit(trace, host)
    if inside(trace.areas, host.areas):
        return days
    if not meets(trace.areas, host.areas):
        return False
    partly = any(inside([area], host.areas) for area in trace.areas)
    same = trace.first is None or trace.first == host.first
    return days and (same or partly) and not (trace.long and not partly)


def _days_fit(trace: Trace, host: Host) -> bool:
    if trace.first is None and trace.last is None:
        return host.goes_on(trace.said)
    if trace.long:
        return host.meets_days(trace.first, trace.last)
    if trace.total:
        near = trace.first is not None and host.first is not None and abs((trace.first - host.first).days) <= 2
        return near or host.holds_days(trace.first, trace.first)
    return host.holds_days(trace.first, trace.last)


def _by_figure(trace: Trace, views: Views) -> Answer | None:
    """It names no place, and its root gives so large a figure of one thing alone, of which a carrier names the place.

    Where it could be of two it is of neither.
    """
    found = views.figure.get(trace.figure, ()) if trace.root and trace.striking and not trace.spot else ()
    if len(found) > MANY:
        return None
    fits = (one for one in found if _of_then(trace, one) and (one.kind == "episode" or not trace.total))
    return _only(fits, "the same figure of its root, with its place, stands here")


def _of_then(trace: Trace, host: Host) -> bool:
    same = host.kind == "episode" or trace.first in (None, host.first)
    return same and _days_fit(trace, host)


def _by_days(trace: Trace, views: Views) -> Answer | None:
    """It names its days and no place: the one episode that was then."""
    if trace.first is None or trace.areas:
        return None
    then = views.index.then.get((trace.first.year, trace.first.month), {})
    fits = list(islice((one for one in then if _days_fit(trace, one)), MANY + 1))
    if len(fits) > MANY:
        ours = views.report.get(trace.report, ())
        fits = [one for one in ours if one in then and _days_fit(trace, one)]
    return _best(trace, fits, views, "its days lie in it; no place is said", assumed=True)


def _by_report(trace: Trace, views: Views) -> Answer | None:
    """It names neither, or a place that nobody lists or bounds: the one episode that its report speaks of."""
    if not trace.blank and not (trace.vague and trace.first is None):
        return None
    found = views.report.get(trace.report, set())
    return _only(found, "as the rest of its report, which speaks of one episode")


def _by_list(trace: Trace, views: Views) -> Answer | None:
    """One more province of a list: its root counts others of the same land in the same report, and it names no day."""
    if trace.first is not None or not trace.areas or not trace.root:
        return None
    beside = (host for host in views.beside.get((trace.report, trace.root), ()) if _siblings(trace.areas, host.areas))
    return _only(beside, "one more area of a list that its root gives in one report")


def _siblings(mine: Iterable[Path], areas: Sequence[Path]) -> bool:
    return all(any(len(one) > 1 and one[:-1] == area[:-1] for area in areas) for one in mine)


def _by_root(trace: Trace, views: Views) -> Answer | None:
    """It names neither, and the rest of its report helps nothing: the one episode that its root counted then."""
    return _counted_then(trace, "", views, "the one episode that its root counted at the time")


def _by_harm(trace: Trace, views: Views) -> Answer | None:
    """Of several that its root counted, the one of which it counted this harm: who counts the missing of which."""
    reason = "the one episode of which its root counted this harm at the time"
    return _counted_then(trace, str(trace.claim.harm), views, reason)


def _counted_then(trace: Trace, harm: str, views: Views, reason: str) -> Answer | None:
    if not trace.blank or not trace.root or trace.said is None:
        return None
    found = views.root.get((trace.root, harm, (trace.said.year, trace.said.month)), set())
    return _only((host for host in found if host.goes_on(trace.said)), reason)


def _by_time(trace: Trace, views: Views) -> Answer | None:
    if not trace.blank or trace.said is None:
        return None
    then = views.index.then.get((trace.said.year, trace.said.month), {})
    if len(then) > MANY:
        return None
    going = (host for host in then if host.goes_on(trace.said))
    return _only(going, "the one episode of the case at the time")


def _only(found: Iterable[Host], reason: str) -> Answer | None:
    one = list(islice(found, 2))
    return (one[0], (reason,), True) if len(one) == 1 else None


def _best(trace: Trace, fits: Sequence[Host], views: Views, reason: str, *, assumed: bool = False) -> Answer | None:
    """The one that fits; of several the one of its report, else the one that began last."""
    unsaid = trace.first is None
    for narrow in _narrowings(trace, views):
        left = narrow(fits)
        if len(left) == 1:
            reasons = (reason, *(("said while it went on",) if unsaid else ()))
            return left[0], reasons, assumed or unsaid or trace.taken
    return None


def _narrowings(trace: Trace, views: Views) -> Iterator[Callable[[Sequence[Host]], list[Host]]]:
    ours = views.report.get(trace.report, set())
    yield lambda fits: list(fits)
    yield lambda fits: [one for one in fits if one in ours]
    yield lambda fits: [one for one in fits if one.kind == "episode"]
    yield lambda fits: [one for one in [_closest(fits)] if one is not None]
