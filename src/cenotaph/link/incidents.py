"""Claims into incidents and episodes: what has place and days first, then what leaves them open, then parts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from cenotaph.decided import apart, together
from cenotaph.link.attaching import Settled, Views, nested, settle
from cenotaph.link.hosts import Host, episodes, incidents
from cenotaph.link.own import dated, placed, running
from cenotaph.link.traces import Trace
from cenotaph.vocabulary import Decision

__all__ = ["gathered"]


def gathered(found: Sequence[Trace], decisions: Sequence[Decision]) -> list[Host]:
    """Incidents and episodes, each claim in at most one of them, with the reason for each."""
    by_id = {trace.id: trace for trace in found}
    free = [trace for trace in found if trace.follows not in by_id or _of_its_own(trace, by_id)]
    wide = episodes(free)
    settled: Settled = {key: host for host in wide for key in host.members}
    fine = [trace for trace in free if trace.fine and trace.brief and trace.happened and trace.id not in settled]
    small = incidents(fine)
    settled |= {key: host for host in small for key in host.members}
    nested(small, wide)
    hosts = [*wide, *(host for host in small if host.parent is None)]
    views = Views([*wide, *small])
    rest = settle([trace for trace in free if trace.id not in settled], hosts, settled, views)
    for made_of in (placed, dated, running):
        more = made_of(rest)
        settled |= {key: host for host in more for key in host.members}
        views.made(more)
        hosts += more
        rest = settle([trace for trace in rest if trace.id not in settled], more, settled, views)
    _follow(found, by_id, settled)
    made = [*hosts, *(host for host in small if host.parent is not None)]
    made += _within(made)
    return _as_decided(made, by_id, decisions)


# --- parts, and places within an episode ------------------------------------------------------------------------------


def _follow(found: Sequence[Trace], by_id: Mapping[str, Trace], settled: Settled) -> None:
    """A part, an overlay, an increment or a figure said again stands where the figure stands that it belongs to.

    A part whose whole stands nowhere, or in a wider area of which it names one, is settled by its own place and days.
    """
    for trace in found:
        whole = _whole(trace, by_id)
        if whole is None or whole.id not in settled or trace.id in settled:
            continue
        settled[whole.id].take(trace, "part of, or said with, a figure that stands here")
        settled[trace.id] = settled[whole.id]


def _of_its_own(trace: Trace, by_id: Mapping[str, Trace]) -> bool:
    """A part in a smaller area than its whole's, where the whole counts a month or more: "of them 1,334 here"."""
    whole = by_id[trace.follows]
    return trace.long and whole.long and bool(trace.areas) and trace.areas != whole.areas and not trace.taken


def _whole(trace: Trace, by_id: Mapping[str, Trace]) -> Trace | None:
    """The outermost figure that a part hangs on; None for one that hangs on nothing, or in a ring."""
    seen = {trace.id}
    while trace.follows in by_id:
        trace = by_id[trace.follows]
        if trace.id in seen:
            return None
        seen.add(trace.id)
    return trace if len(seen) > 1 else None


def _within(made: Sequence[Host]) -> list[Host]:
    """Places of an episode that its claims name without a day: an incident each, or the one that is there already."""
    there: dict[tuple[int, tuple[str, ...]], list[Host]] = defaultdict(list)
    for host in made:
        if host.parent is not None:
            there[(id(host.parent), host.earliest.spot)].append(host)
    found: list[Host] = []
    for episode in (host for host in made if host.kind == "episode"):
        for spot, members in _by_spot(episode).items():
            known = there.get((id(episode), spot), [])
            if len(known) > 1:
                continue
            host = known[0] if known else Host("incident", parent=episode, areas=members[0].areas)
            if not known:
                found.append(host)
            _move(members, episode, host)
    return found


def _by_spot(episode: Host) -> dict[tuple[str, ...], list[Trace]]:
    spots: dict[tuple[str, ...], list[Trace]] = defaultdict(list)
    for member in episode.members.values():
        one = member.trace
        event = one.claim.reach == "event" and not one.follows
        if event and one.fine and one.spot and one.happened and one.first is None:
            spots[one.spot].append(one)
    return spots


def _move(members: Sequence[Trace], episode: Host, host: Host) -> None:
    moved = {one.id for one in members}
    for key, member in list(episode.members.items()):
        if key in moved or member.trace.follows in moved:
            moved.add(key)
            del episode.members[key]
            host.take(member.trace, "same place", "no day is said; within the days of the episode", assumed=True)


# --- what people decided --------------------------------------------------------------------------------------------


def _as_decided(made: list[Host], by_id: Mapping[str, Trace], decisions: Sequence[Decision]) -> list[Host]:
    """Merges and splits, in the order in which they were decided: `as` is "incident" in their details."""
    merges, splits = ({one.id for one in kind} for kind in (together(decisions), apart(decisions)))
    if merges or splits:
        now = _Decided(made, by_id, {key: host for host in made for key in host.members})
        for decision in decisions:
            merge = decision.id in merges
            if (merge or decision.id in splits) and decision.details.get("as", "incident") == "incident":
                now.apply(decision, merge=merge)
    return [host for host in made if host.members]


@dataclass(frozen=True, slots=True)
class _Decided:
    """The hosts as decisions leave them one by one, and `where` each claim then stands, so that nothing is searched."""

    made: list[Host]
    by_id: Mapping[str, Trace]
    where: dict[str, Host]

    def apply(self, decision: Decision, *, merge: bool) -> None:
        one, other = self.by_id.get(decision.about), self.by_id.get(str(decision.details["with"]))
        if one is None or other is None:
            return
        mine, theirs = self.where.get(one.id), self.where.get(other.id)
        if merge and theirs is None:
            theirs = Host("incident", areas=other.areas, first=other.first, last=other.last)
            theirs.take(other, "decided", decision=decision.id)
            self._put(theirs)
        if merge and theirs is not None and mine is not theirs:
            self._join(one, mine, theirs, decision)
        elif not merge and mine is not None and mine is theirs:
            alone = Host("incident", parent=mine.parent, areas=one.areas, first=one.first, last=one.last)
            self._carry(_with_parts(one, mine), mine, alone, decision)
            self._put(alone)

    def _put(self, host: Host) -> None:
        self.made.append(host)
        self.where.update(dict.fromkeys(host.members, host))

    def _join(self, one: Trace, mine: Host | None, theirs: Host, decision: Decision) -> None:
        """The whole incident moves with its earliest claim, any other claim by itself; an episode stays an episode."""
        if mine is None or mine.earliest.id != one.id:
            self._carry(_with_parts(one, mine), mine, theirs, decision)
        elif mine.kind == "episode" and theirs.kind == "incident":
            self._carry(_traces(theirs), theirs, mine, decision)
        else:
            self._carry(_traces(mine), mine, theirs, decision)
            for host in self.made:
                if host.parent is mine:
                    host.parent = theirs.top

    def _carry(self, moved: Iterable[Trace], source: Host | None, target: Host, decision: Decision) -> None:
        for trace in moved:
            if source is not None:
                source.members.pop(trace.id, None)
            target.take(trace, f"decided by {decision.who}", decision=decision.id)
            self.where[trace.id] = target


def _traces(host: Host | None) -> list[Trace]:
    return [member.trace for member in host.members.values()] if host else []


def _with_parts(one: Trace, host: Host | None) -> list[Trace]:
    """The claim with its parts, and theirs, as far as they stand with it."""
    moved = {one.id: one}
    inside = _traces(host)
    more = True
    while more:
        more = False
        for trace in inside:
            if trace.follows in moved and trace.id not in moved:
                moved[trace.id] = trace
                more = True
    return list(moved.values())
