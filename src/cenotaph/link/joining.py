"""Incidents that are one though a place, a day or a name is written otherwise, and claims that nothing held so far.

Each incident outside an episode, and what a report tells without a day or place that would hold it, is a record;
records are gathered by what speaks for and against (see likeness). What one report tells apart stays apart, and so
does what people decided to be two.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from cenotaph.link.copies import FEWEST, sketch
from cenotaph.link.gathering import gathered_records
from cenotaph.link.hosts import Host
from cenotaph.link.likeness import Weights, likeness
from cenotaph.link.records import Record, Spot
from cenotaph.link.spelling import words
from cenotaph.link.traces import Trace
from cenotaph.link.victims import victims
from cenotaph.vocabulary import Claim, Count, Decision, Place

__all__ = ["join", "record_of"]

WEIGHTS = Weights(next_day=-1.0)
"""Days that the words of claims say: the next one is another day. (A day of publication, or of a list, may be late.)"""

LEAST = 0.0
"""Log-odds from which on two are one: likelier than not. Our convention."""

WITHIN_KM = {1: 0.0, 2: 5.0, 3: 15.0}
"""How far off the point of a place may be, by its UCDP where_prec. Our convention."""

CROWD = 20
"""Things of one report, beyond which it is a list, whose parts are not compared with each other."""


def join(small: Sequence[Host], loose: Iterable[Trace], apart: Iterable[Decision]) -> list[Host]:
    """Joins incidents in place, and gives back those that are made of loose claims alone.

    A host that another one took has no claims left; each claim that moved has what spoke for it as its reasons.
    """
    bundles = _bundles(loose)
    held = {f"{number:09d}": host for number, host in enumerate(sorted([*small, *bundles], key=_order))}
    records = {name: record_of(name, [one.trace for one in host.members.values()]) for name, host in held.items()}
    two = _told_apart(held, apart)
    found = gathered_records(list(records.values()), WEIGHTS, least=LEAST, apart=two, undated=False)
    made = []
    for group in (names for names in found if len(names) > 1):
        first = next((name for name in group if held[name] not in bundles), group[0])
        for name in group:
            if name != first:
                _take(held[first], held[name], _reasons(name, group, records))
        made += [held[first]] if held[first] in bundles else []
    return made


def _order(host: Host) -> tuple[object, ...]:
    return (host.earliest.order, host.earliest.id)


def _take(host: Host, other: Host, reasons: Sequence[str]) -> None:
    for key in list(other.members):
        host.take(other.members.pop(key).trace, *reasons, assumed=True)
    if host.first is None:
        host.first, host.last = other.first, other.last
    host.areas = host.areas or other.areas


def _reasons(name: str, group: Sequence[str], records: Mapping[str, Record]) -> tuple[str, ...]:
    """What speaks for the best of its pairs in the group."""
    others = (likeness(records[name], records[other], WEIGHTS) for other in group if other != name)
    best = max(others, key=lambda one: (one.score, one.reasons))
    return best.reasons


# --- what can be joined ---------------------------------------------------------------------------------------------


def _bundles(loose: Iterable[Trace]) -> list[Host]:
    """Loose events of one report and place, as far as they have a victim's name, a place or a passage to be known by.

    What the report places nowhere goes with the one place that it names, or by itself.
    """
    reports: dict[str, dict[tuple[str, ...], list[Trace]]] = defaultdict(lambda: defaultdict(list))
    for one in loose:
        if one.claim.reach == "event" and one.happened and not one.total and not one.long:
            reports[one.report][one.spot if one.fine else ()].append(one)
    out = []
    for spots in reports.values():
        placed = [members for spot, members in spots.items() if spot]
        if len(placed) == 1:
            placed[0] += spots.pop((), [])
        out += [_bundle(members) for members in spots.values()]
    return out


def _bundle(members: Sequence[Trace]) -> Host:
    host = Host("incident")
    for one in members:
        host.take(one, "told with the others in its report", assumed=True)
    days = [one for one in members if one.first is not None]
    host.first, host.last = (days[0].first, days[0].last) if days else (None, None)
    host.areas = next((one.areas for one in members if one.areas), ())
    return host


def _told_apart(held: Mapping[str, Host], decisions: Iterable[Decision]) -> set[frozenset[str]]:
    """Pairs that one report tells of as two, and those between which people decided that claims stand apart."""
    tellers: dict[str, set[str]] = defaultdict(set)
    where: dict[str, str] = {}
    for name, host in held.items():
        for key, member in host.members.items():
            tellers[member.trace.report].add(name)
            where[key] = name
    out = set()
    for names in tellers.values():
        ordered = sorted(names) if len(names) <= CROWD else []
        out |= {frozenset((one, other)) for at, one in enumerate(ordered) for other in ordered[at + 1 :]}
    for decision in decisions:
        one, other = where.get(decision.about), where.get(str(decision.details["with"]))
        if one is not None and other is not None and one != other:
            out.add(frozenset((one, other)))
    return out


# --- as a record ----------------------------------------------------------------------------------------------------


def record_of(name: str, told: Sequence[Trace]) -> Record:
    """What claims of one incident together say of it."""
    first = min((one.first for one in told if one.first is not None), default=None)
    places = {one.claim.place: None for one in told if one.fine and one.claim.place is not None}
    return Record(
        name, first, max((one.last for one in told if one.last is not None), default=first),
        spots=tuple(_spot(place) for place in places),
        areas=frozenset(area[:2] for one in told for area in one.areas if len(area) > 1),
        counts=_counts(one.claim for one in told if not one.follows),
        parties=frozenset(party.canonical for one in told for party in one.claim.parties if party.canonical),
        names=victims(name for one in told for name in one.claim.group.names),
        passages=frozenset(run for quote in {one.claim.quote for one in told} for run in _passage(quote)),
    )  # fmt: skip


def _spot(place: Place) -> Spot:
    names = tuple(dict.fromkeys(one for one in (place.name, place.words) if one))
    return Spot(names, place.lat, place.lon, WITHIN_KM.get(place.precision, 0.0))


def _counts(claims: Iterable[Claim]) -> dict[str, tuple[Count, ...]]:
    """For each harm what figures say as they stand, without what words as "about" would allow beside them."""
    found: dict[str, dict[Count, None]] = defaultdict(dict)
    for claim in claims:
        said = claim.quantity
        if said.base and said.comparator not in ("plural", "none"):
            found[str(claim.harm)][Count(said.base, max(said.base, said.upper or said.base))] = None
    return {harm: tuple(counts) for harm, counts in found.items()}


def _passage(quote: str) -> Iterator[int]:
    text = words(quote)
    if len(text) >= FEWEST:
        yield from sketch(text)
