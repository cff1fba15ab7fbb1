"""A body that passes on another's figure as a part of its own total: the list is added up, the root stays."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from cenotaph.vocabulary import Check, Claim, Problem, Toll, Voice
from tests.builders import claims_of, report_of, worked

WHOLE = {"id": "all", "exact": 469, "root": "Ministry", "total": True}
MINE = {"id": "mine", "exact": 84, "root": "Ministry", "total": True, "place": "East", "part_of": "all"}
OTHER = {"id": "other", "exact": 385, "root": "Hospital Board", "total": True, "place": "West", "part_of": "all"}


def told(*tables: dict[str, Any], by: str = "Ministry") -> tuple[list[Toll], list[Problem]]:
    """The tolls of one report in which `by` passes on what the board counts."""
    report = report_of({"claims": tables})
    claims = claims_of(report, tables)
    claims["other"] = passed_on(claims["other"], by)
    return worked(list(claims.values()), {report.id: report})


def passed_on(claim: Claim, by: str) -> Claim:
    outlet, root = claim.voices
    return replace(claim, voices=(outlet, Voice(by, by, "organisation"), root))


def sums(tolls: list[Toll]) -> set[Check]:
    return {check for toll in tolls for check in toll.checks if check.rule.startswith("parts")}


def test_a_list_with_a_part_that_its_root_passes_on_is_added_up() -> None:
    tolls, problems = told(WHOLE, MINE, OTHER)
    assert [one.verdict for one in sums(tolls)] == ["holds"]
    assert not problems
    assert {toll.root: toll.figure.low for toll in tolls if toll.figure.low == 385} == {"Hospital Board": 385}


def test_such_a_list_that_does_not_add_up_is_shown() -> None:
    tolls, problems = told({**WHOLE, "exact": 468}, MINE, OTHER)
    assert {one.verdict for one in sums(tolls)} == {"arithmetic problem"}
    assert [one.kind for one in problems] == ["arithmetic"]


def test_a_part_that_somebody_else_passes_on_is_not_added() -> None:
    tolls, _ = told(WHOLE, MINE, OTHER, by="Agency")
    assert not [one for one in sums(tolls) if len(one.claims) > 2]


def test_one_part_of_another_root_is_no_larger_part_than_its_whole() -> None:
    """Two roots' figures contradict nothing: only a list of several is added up."""
    tolls, problems = told({**WHOLE, "exact": 300}, OTHER)
    assert not sums(tolls) and not problems


def test_nothing_is_bounded_by_what_another_root_counts() -> None:
    tolls, _ = told({**WHOLE, "exact": 600}, MINE, OTHER)
    (whole,) = [toll for toll in tolls if toll.figure.low == 600]
    (part,) = [toll for toll in tolls if toll.figure.low == 385]
    assert whole.bounds == whole.figure.count and part.bounds == part.figure.count
