"""What people decided on the made-up case: on words before it is built, on incidents and problems after."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from math import ceil
from random import Random
from typing import Any

import sqlalchemy as sa

from cenotaph.case import Case, evidence, known, tables
from cenotaph.case.deciding import Sight
from cenotaph.case.part import Part, reports_of
from cenotaph.plain import dump
from cenotaph.vocabulary import Claim, Decision, Incident

__all__ = ["on_incidents", "on_words"]

WHO = ("A Reader", "B Reader", "C Reader")
WHEN = dt.datetime(2024, 2, 1, 9, tzinfo=dt.UTC)

CORRECTED, REJECTED = 0.08, 0.08
"""Shares of what is decided on claims; the rest is accepted."""

OF_A_GROUP = 4
"""Incidents assessed, and problems settled, of those that are reconciled together."""

LATER = WHEN + dt.timedelta(days=120)
"""When what was decided on words is long done."""

LINKED, PROTECTED, ALIASES, ASSESSED, SETTLED = 50, 100, 1_000, 60, 60
"""Claims decided on for each such decision more."""


def on_words(case: Case, share: float, seed: int) -> None:
    """Claims accepted, corrected, rejected and linked, persons protected, voices resolved: in some of the reports."""
    random = Random(f"{seed} decided")
    clock = _Clock(random)
    with tables.writing(case.engine) as connection:
        known.catch_up(connection)  # a part finds its reports by it
        current = evidence.current_ids(connection)
    part = Part(case, random.sample(current, ceil(share * len(current))))
    claims = part.read_claims()
    made = [_on_claim(clock, claim) for claim in claims]
    gone = {one.about for one in made if one.verb == "reject"}
    claims = [claim for claim in claims if claim.id not in gone]
    made += [_link(clock, *two) for two in _pairs(claims)[: _some(claims, LINKED)]]
    made += [
        clock.decided("protect", name, "asked for by telephone", {"consent": ["keep"]})
        for name in _named(claims)[: _some(claims, PROTECTED)]
    ]
    made += [_alias(clock, one) for one in _unnamed(claims)[: _some(claims, ALIASES)]]
    case.decide_all(made, sight=lambda: Sight(part))


def on_incidents(case: Case, share: float, seed: int) -> None:
    """Incidents assessed on their claims, problems settled, group by group. Needs a case that was built."""
    random = Random(f"{seed} held")
    clock = _Clock(random, LATER)
    with tables.writing(case.engine) as connection:
        known.catch_up(connection)
        most = share * connection.execute(sa.select(sa.func.count()).select_from(tables.claims)).scalar_one()
        groups = list(connection.execute(sa.select(tables.group_keys.c.group)).scalars())
    random.shuffle(groups)
    assess, settle = ceil(most / ASSESSED), ceil(most / SETTLED)
    for group in groups:
        part = _part(case, group)
        made = _assessed(clock, part)[: min(assess, OF_A_GROUP)]
        settled = [clock.decided("settle", one, "read again; it stands as it is") for one in _open(part, random)]
        settled = settled[: min(settle, OF_A_GROUP)]
        case.decide_all([*settled, *made], sight=partial(Sight, part))
        assess, settle = assess - len(made), settle - len(settled)
        if assess <= 0 and settle <= 0:
            break


def _part(case: Case, group: str) -> Part:
    history = case.decisions()
    with case.engine.connect() as connection:
        return Part(case, reports_of(connection, group), [group], history)


def _open(part: Part, random: Random) -> list[str]:
    found = [one.id for one in part.open_after(part.claims(), part.history) if one.proposes is None]
    return random.sample(found, len(found))


@dataclass(slots=True)
class _Clock:
    """Each decision some minutes after the one before, by one of the readers."""

    random: Random
    now: dt.datetime = WHEN

    def decided(self, verb: str, about: str, why: str = "", details: Mapping[str, Any] | None = None) -> Decision:
        self.now += dt.timedelta(minutes=self.random.randint(1, 4))
        return Decision(self.random.choice(WHO), self.now, verb, about, why, details=details or {})


def _named(claims: Sequence[Claim]) -> list[str]:
    """The persons that claims name, then those who speak in private."""
    named = sorted({name for claim in claims for name in claim.group.names})
    return [*named, *sorted({one.root.name for one in claims if one.root and one.root.protected})]


def _unnamed(claims: Sequence[Claim]) -> list[Claim]:
    """The first claim of each report in which a voice without a name answers for a figure."""
    found = {claim.report: claim for claim in reversed(claims) if claim.root and claim.root.anonymous}
    return [found[one] for one in sorted(found)]


def _alias(clock: _Clock, claim: Claim) -> Decision:
    name = claim.root.known_as if claim.root else ""
    made = clock.decided("alias", name, "said so by telephone", {"canonical": "Syria Witness Ledger"})
    return replace(made, report=claim.report)


def _some(claims: Sequence[Claim], each: int) -> int:
    return len(claims) // each + 1


def _on_claim(clock: _Clock, claim: Claim) -> Decision:
    drawn = clock.random.random()
    if drawn < REJECTED:
        return clock.decided("reject", claim.id, "another event, told in passing")
    if drawn < REJECTED + CORRECTED and claim.place is not None:
        status = clock.random.choice(("civilian", "armed group", ""))
        fixed = replace(claim, group=replace(claim.group, status=status, age="", sex=""))
        return clock.decided("correct", claim.id, "the sentence before says who", {"claim": dump(fixed)})
    return clock.decided("accept", claim.id)


def _pairs(claims: Sequence[Claim]) -> list[tuple[Claim, Claim]]:
    """Claims of two reports that have one place, day and harm, so that they are of one incident indeed."""
    alike: dict[object, list[Claim]] = defaultdict(list)
    for one in claims:
        if one.place is not None and one.period is not None and one.reach == "event":
            alike[one.place.id, one.period.start, one.harm].append(one)
    return [(some[0], some[1]) for some in alike.values() if len(some) > 1 and some[0].report != some[1].report]


def _link(clock: _Clock, one: Claim, other: Claim) -> Decision:
    return clock.decided("must-link", one.id, "one event, two tellings", {"with": other.id, "as": "incident"})


def _assessed(clock: _Clock, part: Part) -> list[Decision]:
    """For incidents of a part: the lowest to the highest of what is said of the killed."""
    claims = {one.id: one for one in part.claims()}
    incidents = [one for one in part.linked().incidents if one.kind == "incident"]
    told = [(one, [claims[key] for key in one.claims if key in claims]) for one in incidents]
    return [_assess(clock, one, dead) for one, all_ in told if len(dead := [*filter(_dead, all_)]) > 1]


def _dead(claim: Claim) -> bool:
    exact = claim.quantity.comparator == "exact" and claim.relation is None and claim.reach == "event"
    return str(claim.harm) == "killed" and exact


def _assess(clock: _Clock, incident: Incident, dead: Sequence[Claim]) -> Decision:
    figures = [one.quantity.base for one in dead if one.quantity.base is not None]
    details = {
        "harm": "killed", "cells": [{"low": min(figures), "high": max(figures)}],
        "relied": [one.id for one in dead[:5]], "set_aside": [one.id for one in dead[5:7]],
    }  # fmt: skip
    return clock.decided("assess", incident.id, "read side by side", details)
