"""Claims into incidents and episodes: what has place and days first, then what leaves them open, then parts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from cenotaph.decided import apart, together
from cenotaph.link.attaching import Settled, Views, by_place, nested, settle
from cenotaph.link.hosts import Host, episodes, incidents, inside
from cenotaph.link.joining import join
from cenotaph.link.own import dated, placed, running
from cenotaph.link.traces import Figure, Trace
from cenotaph.vocabulary import Decision

__all__ = ["gathered"]


def gathered(found: Sequence[Trace], decisions: Sequence[Decision], aside: Iterable[Trace] = ()) -> list[Host]:
    """Incidents and episodes, each claim in at most one of them, with the reason for each. Claims `aside` are known to
    stand in none, and only decisions move them.
    """
    by_id = {trace.id: trace for trace in (*found, *aside)}
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
    _part(found, by_id, settled, views)
    loose = [trace for trace in rest if trace.id not in settled]
    hosts += join([host for host in hosts if host.kind == "incident"], loose, apart(decisions))
    settled |= {key: host for host in hosts for key in host.members}
    _follow(found, by_id, settled)
    made = [*hosts, *(host for host in small if host.parent is not None)]
    made += _within(made)
    return _as_decided(made, by_id, decisions)


# --- parts, and places within an episode ------------------------------------------------------------------------------


def _follow(found: Sequence[Trace], by_id: Mapping[str, Trace], settled: Settled) -> None:
    """A part, an overlay, an increment or a figure said again stands where the figure stands that it belongs to."""
    for trace in found:
        whole = next((one for one in _wholes(trace, by_id) if one.id in settled), None)
        if whole is None or trace.id in settled:
            continue
        settled[whole.id].take(trace, "part of, or said with, a figure that stands here")
        settled[trace.id] = settled[whole.id]


def _part(found: Sequence[Trace], by_id: Mapping[str, Trace], settled: Settled, views: Views) -> None:
    """A part that names a place of its own, outside the area of what its whole is about, is about what was there."""
    for trace in found:
        wholes = _wholes(trace, by_id)
        home = settled.get(wholes[-1].id) if wholes else None
        if home is None or trace.id in settled or not trace.areas or trace.taken or inside(trace.areas, home.areas):
            continue
        answer = by_place(trace, views)
        if answer is not None:
            host, reasons, assumed = answer
            host.take(trace, *reasons, assumed=assumed)
            settled[trace.id] = host


def _of_its_own(trace: Trace, by_id: Mapping[str, Trace]) -> bool:
    """A part in a smaller area than its whole's, where the whole counts a month or more: "of them 1,334 here"."""
    whole = by_id[trace.follows]
    return trace.long and whole.long and bool(trace.areas) and trace.areas != whole.areas and not trace.taken


def _wholes(trace: Trace, by_id: Mapping[str, Trace]) -> list[Trace]:
    """The figures that a part hangs on, the nearest first; none for one that hangs on nothing, or in a ring."""
    chain = [trace]
    seen = {trace.id}
    while chain[-1].follows in by_id:
        whole = by_id[chain[-1].follows]
        if whole.id in seen:
            return []
        seen.add(whole.id)
        chain.append(whole)
    return chain[1:]


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
            happened = [one for one in members if one.happened and not one.follows]
            if not known and happened:
                known = [Host("incident", parent=episode, areas=happened[0].areas)]
                found += known
            if known:
                said = {member.trace.figure for member in known[0].members.values()}
                _move([one for one in members if not one.follows or _said_there(one, said)], episode, known[0])
    return found


def _by_spot(episode: Host) -> dict[tuple[str, ...], list[Trace]]:
    """Events of a place and no day: what happened there, bodies found there, parts that name it themselves."""
    spots: dict[tuple[str, ...], list[Trace]] = defaultdict(list)
    for member in episode.members.values():
        one = member.trace
        there = one.happened or (one.claim.place is not None and one.claim.place.of == "found")
        if one.claim.reach == "event" and one.fine and one.spot and there and _undated(one):
            spots[one.spot].append(one)
    return spots


def _undated(one: Trace) -> bool:
    """No day is said; of a part, none of its own, and the place is its own."""
    return one.claim.period is None and one.claim.place is not None if one.follows else one.first is None


def _said_there(part: Trace, said: Collection[Figure]) -> bool:
    """Whether its root gives the very figure for that place: "3,478 deaths, 471 of them at the hospital"."""
    return part.striking and part.figure in said


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
        """The whole incident moves where the decision says so; where it says nothing of that, with its earliest claim.
        Any other claim moves by itself. An episode stays an episode.
        """
        if mine is None or not decision.details.get("whole", mine.earliest.id == one.id):
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
