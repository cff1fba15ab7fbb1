"""What a link would change, before anybody decides it: incidents and figures before and after, worked out anew.

It is worked out with and without the link, on all claims of the episodes that hold the two, or, where these are many,
on those of the two incidents alone. Nothing is stored.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import sqlalchemy as sa

from cenotaph.case.part import Part
from cenotaph.case.state import State, supposed
from cenotaph.desk import tables
from cenotaph.desk.one_incident import One
from cenotaph.vocabulary import Decision, Incident, Toll

__all__ = ["KINDS", "VERBS", "Changed", "Supposed", "preview"]

VERBS = ("must-link", "cannot-link")
MOST = 800
"""Claims of two episodes up to which a link is tried on them all."""
KINDS = ("incident", "one series", "one day", "one account")


@dataclass(frozen=True, slots=True)
class Changed:
    """One root's figures of one harm, as they would stand before and after."""

    root: str
    harm: str
    before: Sequence[Toll]
    after: Sequence[Toll]


@dataclass(frozen=True, slots=True)
class Supposed:
    """What a link would change, masked: only what differs. `claims` were worked on."""

    claims: int
    incidents_before: Sequence[Incident]
    incidents_after: Sequence[Incident]
    tolls: Sequence[Changed]

    @property
    def nothing(self) -> bool:
        return not (self.incidents_before or self.incidents_after or self.tolls)


def preview(one: One, other: One, verb: str, about: str, with_: str, kind: str) -> Supposed:
    """`about` is a claim of the one incident, `with_` of the other, which may be the same."""
    groups = sorted({one.group, other.group})
    claims = tables.claims.c
    mine = set(map(str, one.desk.rows(sa.select(claims.claim).where(claims.group.in_(groups)), scalars=True)))
    if len(mine) > MOST:
        mine = {*one.raw_incident.claims, *other.raw_incident.claims, about, with_}
        part: Part = one.alone(other)
    else:
        part = one.desk.part(groups=groups)
    whole = part.state()
    kept = [claim for key, claim in whole.claims.items() if key in mine]
    decision = Decision("", dt.datetime.now(dt.UTC), verb, about, details={"with": with_, "as": kind})
    before = supposed(whole, kept)
    after = supposed(replace(whole, decisions=[*whole.decisions, decision]), kept)
    old, new = _incidents(before), _incidents(after)
    changed = [
        Changed(one.words(root), harm, one.shown(was), one.shown(will))
        for (root, harm), (was, will) in _tolls(before, after).items()
    ]
    return Supposed(
        len(kept),
        [one.shown(each) for key, each in old.items() if key not in new],
        [one.shown(each) for key, each in new.items() if key not in old],
        changed,
    )


def _incidents(state: State) -> Mapping[tuple[str, frozenset[str]], Incident]:
    return {(one.kind, frozenset(one.claims)): one for one in state.linked.incidents}


def _tolls(before: State, after: State) -> Mapping[tuple[str, str], tuple[list[Toll], list[Toll]]]:
    """By root and harm, the figures that stand only before, and only after."""
    old, new = _told(before), _told(after)
    found: dict[tuple[str, str], tuple[list[Toll], list[Toll]]] = {}
    for at, (mine, others) in enumerate(((old, new), (new, old))):
        for key, toll in mine.items():
            if key not in others:
                found.setdefault((toll.root, str(toll.scope.harm)), ([], []))[at].append(toll)
    return dict(sorted(found.items()))


def _told(state: State) -> Mapping[tuple[object, ...], Toll]:
    """Figures by what they say: the ids of incidents may change where nothing else does."""
    home = {one.id: frozenset(one.claims) for one in state.linked.incidents}
    told: Collection[Toll] = state.tolls.values()
    return {(one.root, one.scope, one.figure, one.series, bool(home.get(one.incident))): one for one in told}
