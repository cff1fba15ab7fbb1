"""Only what changed asks for a decision: what was decided on an earlier version holds where its words stand."""

from __future__ import annotations

import datetime as dt
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from cenotaph.case import Case
from cenotaph.plain import dump
from cenotaph.vocabulary import Claim, Decision, Problem, Quantity
from tests.case.simple import captured, new_case

CASES = tomllib.loads(Path(__file__).with_name("carried.toml").read_text(encoding="utf-8"))["case"]
PAGE = "https://wire.example/a"


def version(case: Case, text: str, url: str = PAGE, how: str = "paste") -> str:
    """What becomes of a text that is captured at an address; the case is built."""
    original = url if how == "web" else "a file"
    (added,) = case.add([replace(captured(text, url=url), how=how, original=original)], who="Observer")
    case.build()
    return added.status


def decide(case: Case, verb: str, about: str, **details: object) -> Decision:
    made = case.decide(Decision("Observer", dt.datetime.now(dt.UTC), verb, about, why="a test", details=details))
    case.build()
    return made


def corrected(claim: Claim, figure: int) -> dict[str, Any]:
    quantity = Quantity(str(figure), "exact", figure)
    return {"claim": dump(replace(claim, quantity=quantity, id=f"claim:{figure:016}"))}


def figures(case: Case) -> list[int]:
    return sorted(one.quantity.base for one in case.claims() if one.quantity.base is not None)


def claim(case: Case, figure: int) -> Claim:
    return next(one for one in case.claims() if one.quantity.base == figure)


def asked(case: Case) -> list[Problem]:
    return [one for one in case.problems() if one.kind == "decision"]


def decided(case: Case, told: dict[str, Any]) -> None:
    before = claim(case, told["on"])
    decide(case, told["verb"], before.id, **(corrected(before, told["to"]) if "to" in told else {}))


@pytest.mark.parametrize("told", CASES, ids=lambda told: told["why"])
def test_what_counts_in_the_next_version(tmp_path: Path, told: dict[str, Any]) -> None:
    case = new_case(tmp_path / "case")
    version(case, told["before"])
    decided(case, told)
    assert version(case, told["after"]) == "new version"
    assert figures(case) == told["counts"]
    assert [told["because"] in one.what for one in asked(case)] == ([True] if told["asks"] else [])


def test_a_decision_that_is_carried_says_from_where_and_the_journal_keeps_it_as_it_was_made(tmp_path: Path) -> None:
    case = new_case(tmp_path / "case")
    version(case, "3 killed. It rained.")
    made = decide(case, "accept", claim(case, 3).id)
    version(case, "3 killed. It snowed.")
    (one,) = case.state().decisions
    assert (one.about, one.details["carried"]) == (claim(case, 3).id, made.report)
    assert case.decisions() == [made] and one.report == case.reports()[1].id


def test_a_question_is_settled_and_a_decision_undone_by_the_id_that_the_journal_shows(tmp_path: Path) -> None:
    case = new_case(tmp_path / "case")
    version(case, "3 killed. 5 injured.")
    made = [decide(case, "reject", claim(case, figure).id) for figure in (3, 5)]
    version(case, "3 killed. 6 injured.")
    assert figures(case) == [6]
    decide(case, "undo", made[0].id)
    assert figures(case) == [3, 6]
    (problem,) = asked(case)
    decide(case, "settle", problem.id)
    assert asked(case) == []


def test_a_decision_that_was_undone_asks_nobody(tmp_path: Path) -> None:
    case = new_case(tmp_path / "case")
    version(case, "3 killed.")
    decide(case, "undo", decide(case, "reject", claim(case, 3).id).id)
    version(case, "5 killed.")
    assert (figures(case), asked(case)) == ([5], [])


def test_what_was_decided_on_a_correction_goes_on_with_it_through_two_versions(tmp_path: Path) -> None:
    case = new_case(tmp_path / "case")
    version(case, "3 killed. It rained.")
    decide(case, "correct", claim(case, 3).id, **corrected(claim(case, 3), 4))
    version(case, "3 killed. It snowed.")
    decide(case, "accept", claim(case, 4).id)
    version(case, "3 killed. The sun came out.")
    assert (figures(case), asked(case)) == ([4], [])
    (one,) = case.claims()
    assert one.report == case.reports()[2].id and one.quote == "3 killed"


def test_an_added_claim_goes_on_where_its_words_stand_and_asks_where_they_do_not(tmp_path: Path) -> None:
    case = new_case(tmp_path / "case")
    version(case, "3 killed. It rained.")
    decide(case, "add", "", **corrected(claim(case, 3), 7))
    version(case, "3 killed. It snowed.")
    assert (figures(case), asked(case)) == ([3, 7], [])
    version(case, "2 killed. It snowed.")
    assert (figures(case), len(asked(case))) == ([2], 1)


@pytest.mark.parametrize("after, apart", [("3 killed. It snowed.", True), ("2 killed. It snowed.", False)])
def test_a_link_holds_in_the_next_version_where_the_words_stand(tmp_path: Path, after: str, apart: bool) -> None:
    case = new_case(tmp_path / "case")
    version(case, "3 killed. It rained.")
    version(case, "9 killed.", url="https://wire.example/b")
    decide(case, "cannot-link", claim(case, 3).id, **{"with": claim(case, 9).id})
    version(case, after)
    (one,) = case.state().decisions
    assert ({one.about, one.details["with"]} <= {found.id for found in case.claims()}) == apart
    assert len(asked(case)) == (0 if apart else 1)


def test_a_page_that_goes_back_is_the_newest_again_and_what_was_decided_on_it_holds(tmp_path: Path) -> None:
    case = new_case(tmp_path / "case")
    version(case, "3 killed.", how="web")
    decide(case, "accept", claim(case, 3).id)
    assert version(case, "5 killed.", how="web") == "new version" and len(asked(case)) == 1
    assert version(case, "3 killed.", how="web") == "as before"
    assert (figures(case), asked(case), len(case.reports())) == ([3], [], 2)
    assert version(case, "3 killed.", how="web") == "same bytes"
    assert version(case, "5 killed.", how="web") == "as before" and figures(case) == [5]
    assert case.verify() == []


@pytest.mark.parametrize("how", ["folder", "feed", "warc", "telegram"])
def test_an_old_file_that_is_added_again_is_no_page_that_went_back(tmp_path: Path, how: str) -> None:
    case = new_case(tmp_path / "case")
    texts = ("3 killed.", "5 killed.", "3 killed.")
    assert [version(case, text, how=how) for text in texts] == ["new", "new version", "same bytes"]
    assert figures(case) == [5]


def test_a_page_that_went_back_to_words_that_were_forgotten_is_not_taken_in(tmp_path: Path) -> None:
    case = new_case(tmp_path / "case")
    for text in ("3 killed.", "5 killed."):
        version(case, text, how="web")
    case.forget(case.reports()[0].id, who="Editor", why="asked by the family")
    assert version(case, "3 killed.", how="web") == "problem" and figures(case) == [5]


def test_forgetting_a_page_that_went_back_leaves_the_version_between(tmp_path: Path) -> None:
    case = new_case(tmp_path / "case")
    for text in ("3 killed.", "5 killed.", "3 killed."):
        version(case, text, how="web")
    case.forget(case.reports()[0].id, who="Editor", why="asked by the family")
    assert figures(case) == [5] and case.verify() == []
