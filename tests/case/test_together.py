"""Many decisions are taken at once: with the same checks as one by one, on one look at the case, all or none."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from cenotaph.case import Case, CaseError, Refused
from cenotaph.plain import dump
from cenotaph.vocabulary import Claim, Decision, Quantity
from tests.case.tabled import HARBOUR, again, captured, filled

WHEN = dt.datetime(2025, 4, 1, 12, tzinfo=dt.UTC)
PLACES = ("Harbour", "East", "Harbour", "East", "West", "South")
TEXTS = [
    captured(
        HARBOUR | {"exact": number, "place": place, "day": dt.date(2025, 2, number), "root": f"Body {number}"},
        name=f"note {number}",
    )
    for number, place in enumerate(PLACES, 3)
]


@pytest.fixture
def case(tmp_path: Path) -> Case:
    return filled(tmp_path / "case", *TEXTS)


def decision(verb: str, about: str, **details: object) -> Decision:
    return Decision("Observer", WHEN, verb, about, why="a test", details=details)


def corrected(claim: Claim, base: int) -> Decision:
    return decision("correct", claim.id, claim=dump(replace(claim, quantity=Quantity(str(base), "at least", base))))


def written(case: Case) -> list[Decision]:
    return [one for one in case.decisions()]


def mixed(case: Case) -> list[Decision]:
    """A correction, another on top of it, an undo, grades of two incidents, a rejection."""
    first, second, third, *_ = sorted(case.claims(), key=lambda one: one.quantity.base or 0)
    homes = {claim: one.id for one in case.linked().incidents for claim in one.claims}
    rejected = decision("reject", second.id)
    kept = case.checked(rejected)
    return [
        corrected(first, 100), decision("accept", first.id), rejected, decision("undo", kept.id),
        decision("grade", homes[second.id], word="weak"), decision("grade", homes[third.id], word="fair"),
        decision("grade", homes[second.id], word="fair"), decision("reject", third.id),
    ]  # fmt: skip


def test_together_they_are_what_they_are_one_by_one(tmp_path: Path) -> None:
    alone, together = filled(tmp_path / "alone", *TEXTS), filled(tmp_path / "together", *TEXTS)
    told = mixed(together)
    together.decide_all(told)
    for one in told:
        alone.decide(one)
    assert dump(written(together)) == dump(written(alone))
    assert dump(together.claims()) == dump(alone.claims())
    assert together.verify() == []


def test_a_later_one_sees_what_an_earlier_one_made_of_its_claim(case: Case) -> None:
    (claim, *_) = case.claims()
    _, accepted = case.decide_all([corrected(claim, 100), decision("accept", claim.id)])
    assert accepted.details["seen"]["quantity"]["base"] == 100


def test_two_incidents_decided_on_together_get_two_codes(case: Case) -> None:
    one, other, *_ = [incident.id for incident in case.linked().incidents]
    taken = case.decide_all(decision("grade", about, word="weak") for about in (one, other, one))
    assert [decided.details["code"] for decided in taken] == ["I-0001", "I-0002", "I-0001"]


def wrong(case: Case) -> dict[str, Decision]:
    (claim, *_) = case.claims()
    return {
        "no claim": decision("accept", "claim:0000000000000000"),
        "no decision": decision("bless", claim.id),
        "no such decision": decision("undo", "decision:0000000000000000"),
        "no such problem": decision("settle", "problem:0000000000000000"),
        "no such assessment": decision("sign off", "assessment:0000000000000000"),
        "holds no claim": decision("correct", claim.id, claim={}),
        "canonical": decision("alias", claim.id),
    }


@pytest.mark.parametrize("why", [
    "no claim", "no decision", "no such decision", "no such problem", "no such assessment", "holds no claim",
    "canonical",
])  # fmt: skip
def test_one_that_cannot_stand_is_named_and_none_is_taken(case: Case, why: str) -> None:
    claims = case.claims()
    told = [decision("accept", claims[0].id), wrong(case)[why], decision("accept", claims[1].id)]
    with pytest.raises(Refused, match=why) as refused:
        case.decide_all(told)
    assert refused.value.at == 1
    assert case.decisions() == [] and case.verify() == []


def test_one_that_an_earlier_one_made_impossible_is_refused(case: Case) -> None:
    (claim, *_) = case.claims()
    with pytest.raises(CaseError, match="no claim"):
        case.decide_all([decision("reject", claim.id), decision("accept", claim.id)])
    assert case.decisions() == []


def test_a_problem_is_settled_once(tmp_path: Path) -> None:
    case = filled(tmp_path / "case", captured(HARBOUR | {"root": "a monitor", "unnamed": True}), captured(HARBOUR))
    case.decide(decision("accept", case.claims()[0].id))
    again(case, start=3)
    (problem, *_) = case.problems()
    with pytest.raises(Refused, match="no such problem") as refused:
        case.decide_all([decision("settle", problem.id), replace(decision("settle", problem.id), why="again")])
    assert refused.value.at == 1


def test_the_case_is_loaded_once_however_many_there_are(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    loads: list[str] = []

    def counted(name: str) -> Callable[[Case], object]:
        known = getattr(Case, name)

        def load(self: Case) -> object:
            loads.append(name)
            return known(self)

        return load

    for name in ("reports", "read_claims", "decisions", "linked"):
        monkeypatch.setattr(Case, name, counted(name))
    told = [decision("accept", one.id) for one in case.claims()]
    loads.clear()
    case.decide_all(told)
    assert sorted(loads) == ["decisions", "linked", "read_claims", "reports"]
