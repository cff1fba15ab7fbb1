"""Decisions hold on to words: a reader that is mended gives claims new ids, and what was decided stands."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from cenotaph.case import Case
from cenotaph.case.anchors import reattached
from cenotaph.plain import dump
from cenotaph.vocabulary import Group
from tests.case.tabled import (
    HARBOUR,
    again,
    assessed,
    captured,
    claim,
    decide,
    decision,
    filled,
    grouped,
    two_incidents,
)

LATER = dt.date(2025, 3, 12)


@pytest.fixture
def case(tmp_path: Path) -> Case:
    return two_incidents(tmp_path)


def test_the_reader_gives_every_claim_another_id_or_these_tests_test_nothing(case: Case) -> None:
    before = {one.id for one in case.claims()}
    assert not before & {one.id for one in again(case).claims()}


def test_a_merge_stands_on_the_new_reading(case: Case) -> None:
    decide(case, decision("must-link", claim(case, 9), **{"with": claim(case, 31)}))
    merged = grouped(case)
    assert [9, 31] in merged
    assert grouped(again(case)) == merged


def test_a_split_stands_on_the_new_reading(tmp_path: Path) -> None:
    case = filled(tmp_path / "case", captured(HARBOUR), captured(HARBOUR | {"exact": 24}, published=LATER))
    decide(case, decision("cannot-link", claim(case, 24), **{"with": claim(case, 31)}))
    assert grouped(again(case)) == [[24], [31]]


def test_an_alias_of_one_claim_stands_on_the_new_reading(case: Case) -> None:
    decide(case, decision("alias", claim(case, 803), canonical="Monitor"))
    built = again(case)
    assert built.linked().roots[claim(built, 803)].root.name == "Monitor"


def test_an_assessment_stands_on_the_new_reading_and_asks_nobody(case: Case) -> None:
    incident = next(one for one in case.linked().incidents if claim(case, 31) in one.claims)
    decide(case, assessed(incident.id, [claim(case, 31)]))
    built = again(case)
    held, problems = built.state().assessments()
    assert [(one.relied, problems) for one in held] == [((claim(built, 31),), [])]
    assert claim(built, 31) in built.state().incidents[held[0].about].claims


def test_what_was_undone_stays_undone_on_the_new_reading(case: Case) -> None:
    (merge,) = decide(case, decision("must-link", claim(case, 9), **{"with": claim(case, 31)}))
    decide(case, decision("undo", merge.id))
    apart = grouped(case)
    built = again(case)
    assert grouped(built) == apart and [9, 31] not in apart
    assert [one.verb for one in built.state().decisions] == []


def test_an_undo_that_is_undone_leaves_the_merge_on_the_new_reading(case: Case) -> None:
    (merge,) = decide(case, decision("must-link", claim(case, 9), **{"with": claim(case, 31)}))
    (undo,) = decide(case, decision("undo", merge.id))
    decide(case, decision("undo", undo.id))
    assert [9, 31] in grouped(again(case))


def test_a_decision_on_the_new_reading_can_be_undone_by_the_id_that_the_journal_shows(case: Case) -> None:
    decide(case, decision("must-link", claim(case, 9), **{"with": claim(case, 31)}))
    built = again(case)
    decide(built, decision("undo", built.decisions()[0].id))
    assert [9, 31] not in grouped(built)


def test_words_that_are_read_as_nothing_any_more_are_a_problem_that_undoing_settles(case: Case) -> None:
    (merge,) = decide(case, decision("must-link", claim(case, 9), **{"with": claim(case, 31)}))
    built = again(case, start=2)
    lost = [one for one in built.problems() if one.kind == "decision"]
    assert [("must-link by A Reader" in one.what, one.quote) for one in lost] == [(True, merge.quote)]
    assert [9, 31] not in grouped(built)
    decide(built, decision("undo", merge.id))
    assert [one for one in built.problems() if one.kind == "decision"] == []


def test_a_problem_of_lost_words_can_be_settled(case: Case) -> None:
    decide(case, decision("alias", claim(case, 803), canonical="Monitor"))
    built = again(case, start=2)
    (lost,) = [one for one in built.problems() if one.kind == "decision"]
    decide(built, decision("settle", lost.id))
    assert [one for one in built.problems() if one.kind == "decision"] == []


def test_words_that_two_claims_now_share_are_lost_and_not_guessed(case: Case) -> None:
    decide(case, decision("alias", claim(case, 803), canonical="Monitor"))
    (one,) = [found for found in again(case).claims() if found.quantity.base == 803]
    twins = [replace(one, id="claim:a"), replace(one, id="claim:b", group=Group("others"))]
    moved, lost = reattached(case.decisions(), twins)
    assert [problem.kind for problem in lost] == ["decision"] and len(moved) == 1


def test_a_decision_that_names_no_claim_loses_nothing(case: Case) -> None:
    decide(case, decision("alias", "a monitor", canonical="Monitor"))
    built = again(case, start=2)
    assert [one for one in built.problems() if one.kind == "decision"] == []
    assert built.linked().roots[claim(built, 803)].root.name == "Monitor"


def test_a_corrected_claim_stands_once_on_the_new_reading_and_counts_as_read(case: Case) -> None:
    before = next(one for one in case.claims() if one.quantity.base == 31)
    right = replace(before, group=Group("residents"), id="claim:0123456789abcdef")
    decide(case, decision("correct", before.id, claim=dump(right)))
    (toll,) = [one for one in case.tolls() if right.id in one.claims]
    assert (toll.read, toll.twice) == (1, 0)
    built = again(case)
    assert [one.id for one in built.claims() if one.quantity.base == 31] == [right.id]


def test_two_readers_of_a_corrected_claim_are_two(case: Case) -> None:
    before = next(one for one in case.claims() if one.quantity.base == 31)
    right = replace(before, group=Group("residents"), id="claim:0123456789abcdef")
    decide(case, decision("correct", before.id, claim=dump(right)))
    decide(case, decision("accept", right.id, who="Another"))
    (toll,) = [one for one in case.tolls() if right.id in one.claims]
    assert (toll.read, toll.twice) == (1, 1)
