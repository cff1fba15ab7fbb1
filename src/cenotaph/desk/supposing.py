"""What a link would change, before anybody decides it: incidents and figures before and after, worked out anew.

It is worked out with and without the link, on all claims of the episodes that hold the two, or, where these are many,
on those of the two incidents alone. Of more than a person waits for it is told what would move, and no figure is worked
out. Nothing is stored.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import sqlalchemy as sa

from cenotaph.case.part import Part
from cenotaph.case.state import State, supposed
from cenotaph.desk import tables
from cenotaph.desk.beside import misfits
from cenotaph.desk.ladder import called, ranked
from cenotaph.desk.linking import Plan
from cenotaph.desk.one_incident import One
from cenotaph.desk.told_apart import Facts
from cenotaph.publish.veil import PERSON
from cenotaph.vocabulary import Assessment, Check, Claim, Decision, Incident, Place, Problem, Toll

__all__ = ["KINDS", "VERBS", "Changed", "Led", "Moving", "Stand", "Supposed", "preview", "seen_of"]

VERBS = ("must-link", "cannot-link")
MOST = 800
"""Claims of two episodes up to which a link is tried on them all."""
KINDS = ("incident", "one series", "one day", "one account")
RUNGS = 12
"""Figures of an incident that are shown."""
Told = Mapping[tuple[object, ...], Toll]
ON_INCIDENTS = ("assess", "grade", "request", "settle")
"""Verbs that can be about an incident as a whole."""


@dataclass(frozen=True, slots=True)
class Stand:
    """An incident with its first figures, each with the name of its root, and with whether it stands only there and not
    on the other side; how many `more` there are; what tells its place `apart` from others of its name.
    """

    incident: Incident
    tolls: Sequence[tuple[Toll, str, bool]]
    more: int
    apart: Facts = ()


@dataclass(frozen=True, slots=True)
class Changed:
    """One root's figures of one harm that count something else than the incidents which change, as they would stand
    before and after, each with the title of what it counts.
    """

    root: str
    harm: str
    before: Sequence[tuple[Toll, str]]
    after: Sequence[tuple[Toll, str]]


@dataclass(frozen=True, slots=True)
class Moving:
    """A claim that would stand elsewhere: the title of what it is in now ("" for nothing), and would be in then; and
    what tells their places from others of their names.
    """

    claim: str
    before: str
    after: str
    before_apart: Facts = ()
    after_apart: Facts = ()


@dataclass(frozen=True, slots=True)
class Led:
    """Codes that would lead to an incident: its own, and those that it takes over."""

    title: str
    code: str
    once: Sequence[str]


@dataclass(frozen=True, slots=True)
class Supposed:
    """What a link would change, masked: only what differs. `claims` were worked on; `before` and `after` are the
    incidents that stand only then.

    Where nothing was worked out, `claims` is 0: then `before` are the two incidents as they stand, `after` is empty.
    `appear` and `vanish` are comparisons that do not fit, `asked` what a person would be asked about the assessments,
    `decisions` those that stand on the incidents which change.
    """

    claims: int
    before: Sequence[Stand]
    after: Sequence[Stand]
    tolls: Sequence[Changed]
    moving: Sequence[Moving] = ()
    appear: Sequence[Check] = ()
    vanish: Sequence[Check] = ()
    codes: Sequence[Led] = ()
    decisions: Sequence[Decision] = ()
    assessments: Sequence[tuple[Assessment, str]] = ()
    asked: Sequence[Problem] = ()

    @property
    def nothing(self) -> bool:
        return not (self.before or self.after or self.tolls or self.moving)


def preview(one: One, other: One, plan: Plan) -> Supposed:
    """What the steps of a plan on claims of the two incidents, which may be the same, would change together."""
    if len({*one.raw_incident.claims, *other.raw_incident.claims}) > MOST:
        return _unworked(one, other, plan)
    whole, kept = _worked_on(one, other, plan)
    steps = plan.decisions("", "", dt.datetime.now(dt.UTC))
    before = supposed(whole, kept)
    after = supposed(
        replace(whole, decisions=[*whole.decisions, *steps], history=[*whole.history, *steps]), kept
    )  # fmt: skip
    old, new = _incidents(before), _incidents(after)
    gone = [each for key, each in old.items() if key not in new]
    made = [each for key, each in new.items() if key not in old]
    told, would = _told(before), _told(after)
    misfit, misfit_then = misfits(before.tolls.values()), misfits(after.tolls.values())
    return Supposed(
        len(kept),
        [_stand(one, each, before, would) for each in gone],
        [_stand(one, each, after, told) for each in made],
        _changed(one, before, after, {each.id for each in (*gone, *made)}),
        [_way(one, *each) for each in _moving(before, after, steps)],
        one.shown(_beyond(misfit_then, misfit)),
        one.shown(_beyond(misfit, misfit_then)),
        [Led(one.words(each.title), each.code, each.once) for each in made if each.code],
        one.shown(_decisions(whole.decisions, gone)),
        *_assessed(one, before, after, gone, made),
    )


def _unworked(one: One, other: One, plan: Plan) -> Supposed:
    """What is known without working anything out: what moves where, which codes and decisions that touches."""
    both = [one] if one.id == other.id else [one, other]
    here = set(one.raw_incident.claims)
    titles = [one.words(each.raw_incident.title) for each in (one, other)]
    ways = titles if len(both) > 1 else [titles[0], ""]
    mine, theirs = one.apart, other.apart if len(both) > 1 else ()
    moving = [
        Moving(claim, ways[0], ways[1], mine, theirs)
        if claim in here
        else Moving(claim, ways[1], ways[0], theirs, mine)
        for claim in plan.moves
    ]
    codes = sorted(code for each in both for code in (each.raw_incident.code, *str(each.row["once"]).split()) if code)
    whole = {*plan.moves} in ({*one.raw_incident.claims}, {*other.raw_incident.claims})
    led = [Led(ways[1], codes[0], codes[1:])] if codes and whole and len(both) > 1 else []
    stands = [
        _ladder(each, each.raw_incident, each.raw_tolls.values(), each.unnamed, lambda toll: False) for each in both
    ]
    decisions = _decisions(one.history.of_verbs(*ON_INCIDENTS), [each.raw_incident for each in both])
    return Supposed(0, stands, [], [], moving, codes=led, decisions=one.shown(decisions))


def _beyond(some: Sequence[Check], others: Sequence[Check]) -> list[Check]:
    """The comparisons that the others lack."""
    known = {(each.rule, each.claims) for each in others}
    return [each for each in some if (each.rule, each.claims) not in known]


def _worked_on(one: One, other: One, plan: Plan) -> tuple[State, list[Claim]]:
    groups = sorted({one.group, other.group})
    claims = tables.claims.c
    mine = set(map(str, one.desk.rows(sa.select(claims.claim).where(claims.group.in_(groups)), scalars=True)))
    if len(mine) > MOST:
        mine = {*one.raw_incident.claims, *other.raw_incident.claims, *plan.claims}
        part: Part = one.alone(other)
    else:
        part = one.desk.part(groups=groups)
    whole = part.state()
    return whole, [claim for key, claim in whole.claims.items() if key in mine]


# --- incidents, and what stands in them -------------------------------------------------------------------------------


def _incidents(state: State) -> Mapping[tuple[str, frozenset[str]], Incident]:
    return {(one.kind, frozenset(one.claims)): one for one in state.linked.incidents}


def _way(one: One, claim: str, before: Incident | None, after: Incident) -> Moving:
    titles = (one.words(before.title) if before else "", one.words(after.title))
    return Moving(claim, *titles, one.apart_at(before.scope.place if before else None), one.apart_at(after.scope.place))


def _moving(
    before: State, after: State, steps: Iterable[Decision]
) -> list[tuple[str, Incident | None, Incident]]:  # fmt: skip
    """The claims that the steps take along, in the order of the incidents they come to, each with where it was."""
    ours = {one.id for one in steps}
    home = {claim: one for one in before.linked.incidents for claim in one.claims}
    return [
        (link.claim, home.get(link.claim), one)
        for one in after.linked.incidents
        for link in one.links
        if link.decision in ours
    ]


def _decisions(standing: Iterable[Decision], gone: Sequence[Incident]) -> list[Decision]:
    """Those that stand on the incidents which change, by their id, their codes or what was seen of them."""
    names = {name for one in gone for name in (one.id, one.code, *one.once) if name}
    claims = {claim for one in gone for claim in one.claims}
    return [
        one for one in standing
        if one.verb in ON_INCIDENTS
        and (one.about in names or not claims.isdisjoint(map(str, one.details.get("seen", ()))))
    ]  # fmt: skip


def _assessed(
    one: One, before: State, after: State, gone: Sequence[Incident], made: Sequence[Incident]
) -> tuple[list[tuple[Assessment, str]], list[Problem]]:
    """The assessments of what changes, each with the title of what it would be of; and what would be asked about them
    that is not asked now.
    """
    old, asked = before.assessments()
    new, then = after.assessments()
    lost = {each.id for each in gone}
    mine = {each.id for each in old if each.about in lost}
    titles = {each.id: each.title for each in made}
    where = {each.id: titles.get(each.about, "") for each in new}
    told = [(one.shown(each), one.words(where.get(each.id, ""))) for each in old if each.id in mine]
    known = {each.id for each in asked}
    return told, one.shown([each for each in then if each.id not in known])


# --- figures ----------------------------------------------------------------------------------------------------------


def _stand(one: One, incident: Incident, state: State, others: Told) -> Stand:
    keys = {toll.id: key for key, toll in _keyed(state)}
    mine, persons = one.with_persons([toll for toll in state.tolls.values() if toll.incident == incident.id])
    return _ladder(one, incident, mine, state.unnamed | persons, lambda toll: keys[toll.id] not in others)


def _ladder(
    one: One, incident: Incident, tolls: Iterable[Toll], unnamed: Collection[str], only: Callable[[Toll], bool]
) -> Stand:  # fmt: skip
    """An incident with its ladder: the figures that count just this, in the order of every ladder."""
    ordered = [toll for some in ranked(tolls, unnamed).values() for toll in some]
    shown = [(one.shown(toll), _name(one, toll, unnamed), only(toll)) for toll in ordered[:RUNGS]]
    apart = one.apart_at(incident.scope.place)
    return Stand(one.shown(incident), shown, max(0, len(ordered) - RUNGS), apart)


def _name(one: One, toll: Toll, unnamed: Collection[str]) -> str:
    """What a ladder calls the root; one whose name is hidden goes by none."""
    name = called(toll.root, toll.carriers) if toll.root in unnamed else toll.root
    return name if one.words(name) == name else PERSON


def _changed(one: One, before: State, after: State, aside: Collection[str]) -> list[Changed]:
    """By root and harm, the figures that stand only before, and only after; not those of the incidents left aside."""
    old, new = _told(before), _told(after)
    found: dict[tuple[str, str], tuple[list[Toll], list[Toll]]] = {}
    for at, (mine, others) in enumerate(((old, new), (new, old))):
        moved = [toll for key, toll in mine.items() if key not in others and toll.incident not in aside]
        for toll in one.with_persons(moved)[0]:
            found.setdefault((toll.root, str(toll.scope.harm)), ([], []))[at].append(toll)
    titles = [{each.id: each.title for each in state.linked.incidents} for state in (before, after)]
    return [
        Changed(one.words(root), harm, *(_shown(one, tolls, named) for tolls, named in zip(both, titles, strict=True)))
        for (root, harm), both in sorted(found.items())
    ]


def _shown(one: One, tolls: Sequence[Toll], titles: Mapping[str, str]) -> list[tuple[Toll, str]]:
    return [(one.shown(each), one.words(titles.get(each.incident, ""))) for each in tolls]


def _told(state: State) -> Told:
    return dict(_keyed(state))


def _keyed(state: State) -> Iterator[tuple[tuple[object, ...], Toll]]:
    """Figures by what is shown of them (`seen_of`) and whether it is in an incident, whose id may change by itself."""
    held = {one.id for one in state.linked.incidents if one.links}
    for one in state.tolls.values():
        yield (*seen_of(one), one.incident in held), one


def seen_of(toll: Toll) -> tuple[object, ...]:
    """All that a preview tells of a figure: two that agree in it look the same there, whatever else they rest on."""
    scope, newest = toll.scope, toll.series[-1] if toll.series else None
    steps = tuple((one.words, one.interval.low, one.interval.high) for one in toll.series)
    return (
        toll.root, str(scope.harm), scope.group.words, bool(toll.read),
        steps or (toll.figure.low, toll.figure.high), newest and (newest.day, newest.dated if newest.day else ""),
        _where(scope.place), scope.period and (scope.period.start, scope.period.end, scope.period.of)
        + (() if scope.period.start or scope.period.end else (scope.period.words,)),
        scope.means and (scope.means.words or scope.means.code), scope.level,
        tuple(one.words for one in scope.exclusions),
        tuple((one.words, one.canonical, one.degree, one.certainty) for one in scope.parties),
    )  # fmt: skip


def _where(place: Place | None) -> tuple[str, ...]:
    if place is None:
        return ()
    return tuple(dict.fromkeys(name for name in (place.name, *reversed(place.path)) if name)) or (place.words,)
