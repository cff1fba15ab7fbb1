"""`why` says of a claim that was decided on in an earlier version of its address on which one, and that it stands."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from cenotaph.case import Case, State
from cenotaph.cli.showing import holdings
from cenotaph.cli.tracing import tree
from cenotaph.intake import Captured
from cenotaph.plain import dump
from cenotaph.vocabulary import Claim, Decision, Quantity
from tests.cli.running import run
from tests.cli.test_shown import drawn, words_of

DOCTOR = "At least 12 people were killed in the shelling of the market on Friday, a doctor in the town said."
OTHER = "Two people were killed at the old gate on Friday, the governor's office said."
NOTE = "On Thursday 30 people were killed near the mill, the governor's office said."
TOLD = "on the version of 8 March 2025, {first}: the sentence stands here letter for letter"


def version(case: Case, words: str, day: int, url: str = "https://wire.example/a") -> str:
    """The id of a page's text as it was captured on a day of March."""
    at = dt.datetime(2025, 3, day, 12, tzinfo=dt.UTC)
    item = Captured(words.encode(), "txt", "page", "web", url, at, url=url, published=dt.date(2025, 3, 7))
    (added,) = case.add([item], who="Observer")
    case.build()
    return added.report_id


def claim(case: Case, figure: int) -> Claim:
    return next(one for one in case.claims() if one.quantity.base == figure)


def decide(case: Case, verb: str, about: str, **details: object) -> None:
    when = dt.datetime(2025, 3, 9, 8, tzinfo=dt.UTC)
    case.decide(Decision("Observer", when, verb, about, why="heard the doctor", details=details))
    case.build()


def as_15(one: Claim) -> dict[str, Any]:
    return {"claim": dump(replace(one, quantity=Quantity("15", "exact", 15), id="claim:0000000000000015"))}


def lines(state: State, figure: int) -> str:
    held = holdings(state)
    found = next(one for one in state.claims.values() if one.quantity.base == figure)
    return words_of(drawn(tree(held, found), 400))


@pytest.fixture
def case(tmp_path: Path) -> Case:
    return Case.create(tmp_path / "case")


@pytest.mark.parametrize("verb, figure", [("accept", 12), ("correct", 15), ("alias", 12)])
def test_the_version_decided_on_is_named(case: Case, verb: str, figure: int) -> None:
    first = version(case, f"{DOCTOR} {OTHER}", 8)
    on = claim(case, 12)
    details = {"accept": {}, "correct": as_15(on), "alias": {"canonical": "Town Hospital"}}
    decide(case, verb, on.id, **details[verb])
    version(case, f"{DOCTOR} {OTHER.replace('Two', 'Three')}", 10)
    told = lines(case.state(), figure)
    assert f"decided ({verb}) by Observer on 9 March 2025, " + TOLD.format(first=first) in told


def test_and_still_after_a_third_version(case: Case) -> None:
    first = version(case, f"{DOCTOR} {OTHER}", 8)
    decide(case, "accept", claim(case, 12).id)
    for day, figure in ((10, "Three"), (12, "Four")):
        version(case, f"{DOCTOR} {OTHER.replace('Two', figure)}", day)
    assert TOLD.format(first=first) in lines(case.state(), 12)


def test_a_claim_that_nobody_decided_on_says_nothing_of_it(case: Case) -> None:
    version(case, f"{DOCTOR} {OTHER}", 8)
    decide(case, "accept", claim(case, 12).id)
    version(case, f"{DOCTOR} {OTHER.replace('Two', 'Three')}", 10)
    assert "letter for letter" not in lines(case.state(), 3)


def test_nor_one_that_was_decided_on_in_the_version_that_stands(case: Case) -> None:
    version(case, OTHER, 8)
    version(case, f"{DOCTOR} {OTHER}", 10)
    decide(case, "accept", claim(case, 12).id)
    assert "letter for letter" not in lines(case.state(), 12)


def test_nor_one_whose_decision_was_undone(case: Case) -> None:
    version(case, f"{DOCTOR} {OTHER}", 8)
    decide(case, "accept", claim(case, 12).id)
    decide(case, "undo", case.decisions()[0].id)
    version(case, f"{DOCTOR} {OTHER.replace('Two', 'Three')}", 10)
    assert "letter for letter" not in lines(case.state(), 12)


def test_nor_one_whose_sentence_changed(case: Case) -> None:
    version(case, f"{DOCTOR} {OTHER}", 8)
    decide(case, "accept", claim(case, 12).id)
    version(case, f"{DOCTOR.replace('12', '14')} {OTHER}", 10)
    assert "letter for letter" not in lines(case.state(), 14)


def test_a_tie_to_a_claim_elsewhere_says_it_of_the_one_that_was_carried_alone(case: Case) -> None:
    first = version(case, f"{DOCTOR} {OTHER}", 8)
    version(case, NOTE, 8, "https://wire.example/b")
    decide(case, "must-link", claim(case, 12).id, **{"with": claim(case, 30).id})
    version(case, f"{DOCTOR} {OTHER.replace('Two', 'Three')}", 10)
    state = case.state()
    assert TOLD.format(first=first) in lines(state, 12)
    assert "letter for letter" not in lines(state, 30)


def test_the_verb_says_it(case: Case) -> None:
    first = version(case, f"{DOCTOR} {OTHER}", 8)
    decide(case, "accept", claim(case, 12).id)
    version(case, f"{DOCTOR} {OTHER.replace('Two', 'Three')}", 10)
    assert TOLD.format(first=first) in words_of(run("why", case.folder, "12").stdout)
