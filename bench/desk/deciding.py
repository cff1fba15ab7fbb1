"""What people decided on the made-up case: on words before it is built, on incidents and problems after."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Any

import sqlalchemy as sa

from cenotaph.case import Case, cache, evidence, tables
from cenotaph.plain import dump
from cenotaph.vocabulary import Claim, Decision, Incident

__all__ = ["on_incidents", "on_words"]

WHO = ("A Reader", "B Reader", "C Reader")
WHEN = dt.datetime(2024, 2, 1, 9, tzinfo=dt.UTC)

CORRECTED, REJECTED = 0.08, 0.08
"""Shares of what is decided on claims; the rest is accepted."""

LINKED, PROTECTED, ALIASES, ASSESSED, SETTLED = 50, 100, 1_000, 60, 60
"""Claims decided on for each such decision more."""


def on_words(case: Case, share: float, seed: int) -> list[Decision]:
    """Accepted, corrected, rejected; linked; persons protected; voices known by another name. Some, of a share of 0."""
    random = Random(f"{seed} decided")
    clock = _Clock(random)
    claims = list(_claims(case, share, random))
    made = [_on_claim(clock, claim) for claim in claims]
    made += [_link(clock, *two) for two in _pairs(claims)[: _some(claims, LINKED)]]
    names = sorted({name for claim in claims for name in claim.group.names})
    made += [
        clock.decided("protect", name, "the family asked for it", {"consent": ["keep"]})
        for name in names[: _some(claims, PROTECTED)]
    ]
    unnamed = [one for one in claims if one.root and one.root.anonymous][: _some(claims, ALIASES)]
    for one in {claim.report: claim for claim in unnamed}.values():
        canonical = {"canonical": "Wards Witness Ledger"}
        made.append(replace(clock.decided("alias", one.root.known_as if one.root else "", "said so by telephone",
                                          canonical), report=one.report))  # fmt: skip
    return case.decide_all(made)


def on_incidents(case: Case, share: float, seed: int) -> list[Decision]:
    """Assessed by a reader on the claims of an incident; problems settled. Needs a case that was built."""
    random = Random(f"{seed} held")
    clock = _Clock(random)
    claims = {claim.id: claim for claim in case.claims()}
    most = share * len(claims)
    incidents = [one for one in case.linked().incidents if one.kind == "incident" and len(one.links) > 2]
    random.shuffle(incidents)
    made = [decision for one in incidents[: round(most / ASSESSED) + 1] if (decision := _assessed(clock, one, claims))]
    problems = case.problems()
    random.shuffle(problems)
    made += [
        clock.decided("settle", one.id, "read again; it stands as it is") for one in problems[: round(most / SETTLED)]
    ]
    return case.decide_all(made)


@dataclass(slots=True)
class _Clock:
    """Each decision some minutes after the one before, by one of the readers."""

    random: Random
    now: dt.datetime = WHEN

    def decided(self, verb: str, about: str, why: str = "", details: Mapping[str, Any] | None = None) -> Decision:
        self.now += dt.timedelta(minutes=self.random.randint(1, 4))
        return Decision(self.random.choice(WHO), self.now, verb, about, why, details=details or {})


def _some(claims: Sequence[Claim], each: int) -> int:
    return len(claims) // each + 1


def _claims(case: Case, share: float, random: Random) -> Iterator[Claim]:
    """All claims of some of the newest reports: people decide on a report from its top to its end."""
    with case.engine.connect() as connection:
        current = evidence.current_ids(connection)
        for report in random.sample(current, round(share * len(current))):
            query = sa.select(tables.claims.c.data).where(tables.claims.c.report == report)
            for data in connection.execute(query.order_by(tables.claims.c.position)).scalars():
                yield cache.unpacked(Claim, data)


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


def _assessed(clock: _Clock, incident: Incident, claims: Mapping[str, Claim]) -> Decision | None:
    """The lowest to the highest of what is said of the killed; None where nobody tells of any."""
    told = [claims[one] for one in incident.claims if one in claims]
    dead = [
        one for one in told
        if str(one.harm) == "killed" and one.quantity.comparator == "exact" and one.relation is None
    ]  # fmt: skip
    figures = [one.quantity.base for one in dead if one.quantity.base is not None]
    if not figures:
        return None
    details = {
        "harm": "killed", "cells": [{"low": min(figures), "high": max(figures)}], "relied": [one.id for one in dead[:5]],
        "set_aside": [one.id for one in dead[5:7]],
    }  # fmt: skip
    return clock.decided("assess", incident.id, "read side by side", details)
