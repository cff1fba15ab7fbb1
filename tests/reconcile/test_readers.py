"""How many people have read the words behind a figure."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from cenotaph.plain import dump
from cenotaph.vocabulary import Claim, Coder, Decision, Report, Toll
from tests.builders import claims_of, decision_of, report_of, worked

SAID = {"root": "Monitor", "total": True}


def two() -> tuple[dict[str, Report], list[Claim]]:
    """Two figures of one series, in two reports."""
    reports = [report_of({"outlet": f"Wire {at}", "claims": [SAID | {"exact": n}]}) for at, n in enumerate((745, 830))]
    tables = [[SAID | {"exact": n}] for n in (745, 830)]
    claims = [one for report, table in zip(reports, tables, strict=True) for one in claims_of(report, table).values()]
    return {one.id: one for one in reports}, claims


def by(who: str, verb: str, about: str, **details: Any) -> Decision:
    return replace(decision_of(verb, about, **details), who=who)


def read(claims: list[Claim], reports: dict[str, Report], *decisions: Decision) -> tuple[float, float]:
    (toll,) = worked(claims, reports, decisions)[0]
    return toll.read, toll.twice


def test_a_machine_reading_is_read_by_nobody() -> None:
    reports, claims = two()
    assert read(claims, reports) == (0, 0)


@pytest.mark.parametrize("verb", ["accept", "correct", "add"])
def test_who_accepts_corrects_or_adds_a_claim_has_read_it(verb: str) -> None:
    reports, claims = two()
    assert read(claims, reports, by("One", verb, claims[0].id)) == (0.5, 0)


@pytest.mark.parametrize("verb", ["alias", "settle", "grade", "assess", "protect"])
def test_another_decision_is_no_reading(verb: str) -> None:
    reports, claims = two()
    assert read(claims, reports, by("One", verb, claims[0].id)) == (0, 0)


def test_two_people_have_read_it_twice_and_one_person_never_has() -> None:
    reports, claims = two()
    first, same, second = (by(who, "accept", claims[0].id) for who in ("One", "One", "Two"))
    assert read(claims, reports, first, same) == (0.5, 0)
    assert read(claims, reports, first, second) == (0.5, 0.5)


def test_a_reading_that_is_undone_is_none() -> None:
    reports, claims = two()
    accept = by("One", "accept", claims[0].id)
    assert read(claims, reports, accept, decision_of("undo", accept.id)) == (0, 0)


def test_a_claim_that_a_person_made_is_read_by_that_person_alone() -> None:
    reports, claims = two()
    made = [replace(one, coder=Coder("person", "One")) for one in claims]
    assert read(made, reports) == (1, 0)
    assert read(made, reports, by("One", "accept", made[0].id)) == (1, 0)
    assert read(made, reports, by("Two", "accept", made[0].id)) == (1, 0.5)


def test_a_model_is_no_person() -> None:
    reports, claims = two()
    assert read([replace(one, coder=Coder("model", "m")) for one in claims], reports) == (0, 0)


def test_a_corrected_claim_is_read_under_the_id_that_it_has_now() -> None:
    reports, claims = two()
    right = replace(claims[0], id="claim:0123456789abcdef")
    correct = by("One", "correct", claims[0].id, claim=dump(right))
    assert read([right, claims[1]], reports, correct) == (0.5, 0)
    assert read([right, claims[1]], reports, correct, by("Two", "accept", right.id)) == (0.5, 0.5)


def test_a_claim_that_is_read_elsewhere_lends_nothing() -> None:
    reports, claims = two()
    tolls: list[Toll] = worked(claims, reports, [by("One", "accept", "claim:0000000000000000")])[0]
    assert [(one.read, one.twice) for one in tolls] == [(0, 0)]
