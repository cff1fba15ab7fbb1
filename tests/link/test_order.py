"""Linking and reconciling say the same whatever order claims, reports and parts of decisions come in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as some

from bench.scale.made import Made, made
from cenotaph.link import link
from cenotaph.reconcile import reconcile
from cenotaph.vocabulary import Decision
from tests.builders import PLAIN, decision_of

SEEDS = some.integers(0, 10**9)
SIZES = some.integers(20, 160)


def shuffled(held: Made, random: Random) -> Made:
    reports = list(held.reports.items())
    return Made(random.sample(held.claims, len(held.claims)), dict(random.sample(reports, len(reports))))


def decided(held: Made, random: Random) -> list[Decision]:
    """Merges, splits, readings and rejections of claims drawn from all of them."""
    verbs = ("must-link", "cannot-link", "accept", "reject")
    drawn = [(random.choice(verbs), random.sample(held.claims, 2)) for _ in range(random.randrange(8))]
    found = [decision_of(verb, one.id, **{"with": other.id}) for verb, (one, other) in drawn]
    return [replace(one, why=f"reason {number}") for number, one in enumerate(found)]


def told(held: Made, decisions: Sequence[Decision]) -> tuple[object, ...]:
    linked = link(held.claims, held.reports, decisions)
    tolls, problems = reconcile(held.claims, held.reports, linked, decisions, PLAIN)
    return linked, tolls, {problem.id: problem for problem in problems}


@given(SEEDS, SIZES, some.randoms(use_true_random=False))
@settings(deadline=None, max_examples=25)
def test_the_order_of_claims_and_reports_changes_nothing(seed: int, size: int, random: Random) -> None:
    held = made(size, seed)
    decisions = decided(held, random)
    assert told(shuffled(held, random), decisions) == told(held, decisions)


@given(SEEDS, SIZES)
@settings(deadline=None, max_examples=25)
def test_a_claim_stands_in_one_incident_at_most_and_has_one_root(seed: int, size: int) -> None:
    held = made(size, seed)
    linked = link(held.claims, held.reports)
    placed = [claim for incident in linked.incidents for claim in incident.claims]
    assert len(placed) == len(set(placed))
    assert set(placed) <= set(linked.roots) == {claim.id for claim in held.claims}
