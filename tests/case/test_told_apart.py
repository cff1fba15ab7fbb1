"""What names a decision, a problem and a voice: two that differ are two, and what was decided finds its words again."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from cenotaph.case import Case, CaseError
from cenotaph.case.anchors import Settled, steady_id
from cenotaph.case.called import misnamed
from cenotaph.case.state import as_known_on
from cenotaph.case.tables import writing
from cenotaph.plain import dump
from cenotaph.vocabulary import Decision, Problem, Voice, content_id
from tests.case.tabled import (
    COAST,
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
WHEN = dt.datetime(2025, 4, 1, tzinfo=dt.UTC)


@pytest.fixture
def case(tmp_path: Path) -> Case:
    return two_incidents(tmp_path)


def holding(case: Case, figure: int) -> str:
    """The incident that holds the claim of that figure."""
    return next(one.id for one in case.linked().incidents if claim(case, figure) in one.claims)


# --- ids of decisions -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"canonical": "Monitor"}, {"canonical": "Network"}), ({"canonical": "Monitor"}, {}),
        ({"with": "claim:1"}, {"with": "claim:2"}), ({"cells": [{"low": 4}]}, {"cells": [{"low": 5}]}),
        ({"residual": True}, {"residual": False}), ({"word": "fair"}, {"word": "fair", "source": "B"}),
        ({"relied": ["claim:1", "claim:2"]}, {"relied": ["claim:1"]}), ({"canonical": "مرصد"}, {"canonical": "المرصد"}),
    ],
)  # fmt: skip
def test_two_decisions_that_differ_in_their_details_alone_are_two(one: dict[str, Any], other: dict[str, Any]) -> None:
    made = [Decision("A Reader", WHEN, "alias", "a monitor", "a test", details=details) for details in (one, other)]
    assert made[0].id != made[1].id
    assert made[0].id == Decision("A Reader", WHEN, "alias", "a monitor", "a test", details=dict(one)).id


def test_two_decisions_on_one_name_in_two_reports_are_two() -> None:
    made = [decision("alias", "a monitor", canonical="Monitor", report=f"report:{n}") for n in "12"]
    assert made[0].id != replace(made[1], when=made[0].when).id


def test_the_order_in_which_details_are_given_makes_no_other_decision() -> None:
    one, other = {"canonical": "Monitor", "as": "x"}, {"as": "x", "canonical": "Monitor"}
    assert decision("alias", "a", **one).digest == decision("alias", "a", **other).digest


def test_a_decision_has_in_the_journal_the_id_it_was_given_with(case: Case) -> None:
    given = [
        decision("must-link", claim(case, 9), **{"with": claim(case, 31)}),
        decision("accept", claim(case, 31)),
        decision("alias", "a monitor", canonical="Monitor"),
        assessed(holding(case, 745), [claim(case, 745)]),
    ]
    taken = decide(case, *given)
    assert [one.id for one in case.decisions()] == [one.id for one in taken] == [one.id for one in given]


def test_one_of_two_that_differ_in_their_details_can_be_undone(case: Case) -> None:
    one = decision("alias", claim(case, 803), canonical="Monitor")
    kept = decide(case, one, replace(one, details={"canonical": "Network"}))
    decide(case, decision("undo", kept[1].id))
    assert [one.details["canonical"] for one in case.state().decisions] == ["Monitor"]


def as_it_was(case: Case, *made: Decision) -> list[str]:
    """Puts decisions into the journal as an older program wrote them; gives the ids that they had there."""
    for one in map(case.checked, made):
        old = replace(
            one, details={key: value for key, value in one.details.items() if key not in ("digest", "steady")}
        )
        with writing(case.engine) as connection:
            case.book.append(connection, "decision", one.who, {"decision": dump(old)})
        case.book.remember()
    case.build()
    return [content_id("decision", one.who, one.when.isoformat(), one.verb, one.about, one.why) for one in made]


def test_a_journal_that_was_written_before_keeps_its_ids_and_what_names_them(case: Case) -> None:
    incident = holding(case, 31)
    merge = decision("must-link", claim(case, 9), **{"with": claim(case, 31)})
    old, made = as_it_was(case, merge, assessed(incident, [claim(case, 31)]))
    signed = content_id("assessment", incident, "killed", False, made)
    undone, _ = as_it_was(case, decision("undo", old), decision("sign off", signed, who="Another"))
    assert [one.id for one in case.decisions()][:3] == [old, made, undone]
    assert [9, 31] not in grouped(case) and case.verify() == []
    assert [(one.id, one.standing) for one in case.state().assessments()[0]] == [(signed, "confirmed")]
    built = again(case)
    assert [one.id for one in built.decisions()][:3] == [old, made, undone]
    decide(built, decision("undo", undone))
    assert [9, 31] in grouped(built)


def test_a_sign_off_finds_its_assessment_on_the_new_reading(case: Case) -> None:
    decide(case, assessed(holding(case, 31), [claim(case, 31)]))
    (held,) = case.state().assessments()[0]
    decide(case, decision("sign off", held.id, who="Another"))
    assert [one.standing for one in again(case).state().assessments()[0]] == ["confirmed"]


# --- problems that were settled -------------------------------------------------------------------------------------


@pytest.fixture
def falling(tmp_path: Path) -> Case:
    """A total that falls without a word, in two reports; two figures of which nothing tells what they are about."""
    return filled(
        tmp_path / "falling",
        captured(COAST | {"as_of": dt.date(2025, 3, 8)}),
        captured(COAST | {"exact": 700, "as_of": LATER}, published=LATER),
        captured({"exact": 5}, {"exact": 6}, published=dt.date(2024, 1, 1)),
    )


def told(case: Case, kind: str) -> list[Problem]:
    return [one for one in case.problems() if one.kind == kind]


def test_a_settled_problem_stays_settled_when_its_claims_get_new_ids(falling: Case) -> None:
    (found,) = told(falling, "unexplained drop")
    decide(falling, decision("settle", found.id))
    built = again(falling)
    assert told(built, "unexplained drop") == [] and told(again(built, "3"), "unexplained drop") == []
    for state in (built.state(), as_known_on(built.state(), LATER)):
        assert [one for one in state.problems if one.kind == "unexplained drop"] == []


def test_and_comes_back_when_that_is_undone(falling: Case) -> None:
    (found,) = told(falling, "unexplained drop")
    (taken,) = decide(falling, decision("settle", found.id))
    built = again(falling)
    decide(built, decision("undo", taken.id))
    (back,) = told(built, "unexplained drop")
    assert back.what == found.what and back.id != found.id


def test_of_two_alike_problems_only_the_settled_one_is_gone(falling: Case) -> None:
    loose = told(falling, "no incident")
    assert len(loose) == 2
    decide(falling, decision("settle", loose[0].id))
    assert [one.start for one in told(again(falling), "no incident")] == [loose[1].start]


def test_words_that_stand_elsewhere_now_are_another_problem(falling: Case) -> None:
    (found,) = told(falling, "unexplained drop")
    decide(falling, decision("settle", found.id))
    assert len(told(again(falling, start=2), "unexplained drop")) == 1


def test_a_problem_that_says_something_else_now_is_another_problem(falling: Case) -> None:
    claims = {one.id: one for one in falling.claims()}
    (found,) = told(falling, "unexplained drop")
    other = replace(found, what=f"{found.what} or so")
    assert steady_id(found, claims) != steady_id(other, claims)
    assert Settled.by([decision("settle", found.id, steady=steady_id(found, claims))]).open([other], claims) == [other]


def test_a_problem_settled_by_an_older_program_stays_settled_on_the_reading_it_saw(falling: Case) -> None:
    (found,) = told(falling, "unexplained drop")
    as_it_was(falling, decision("settle", found.id))
    assert told(falling, "unexplained drop") == []


def test_a_problem_of_our_own_assessment_is_open_and_can_be_settled_for_good(case: Case) -> None:
    decide(case, assessed(holding(case, 31), [claim(case, 31)], low=40, high=60))
    (found,) = told(case, "assessment")
    assert "no claim it relies on says more than 31" in found.what
    decide(case, decision("settle", found.id))
    assert told(case, "assessment") == [] and told(again(case), "assessment") == []


def test_claims_that_came_since_are_settled_for_good_though_the_sentence_names_their_ids(case: Case) -> None:
    decide(case, assessed(holding(case, 31), [claim(case, 31)]))
    list(case.add([captured(HARBOUR | {"exact": 24}, published=LATER)], who="Observer"))
    case.build()
    (found,) = told(case, "assessment")
    assert claim(case, 24) in found.what
    decide(case, decision("settle", found.id))
    assert told(again(case), "assessment") == []


# --- who is called so -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("about", "report", "said"),
    [
        ("a moniter", "", "did you mean a monitor"), ("A Monitor", "", "did you mean a monitor"),
        ("nobody at all", "", "give a name as cenotaph roots shows it"), ("", "", "no voice"), (" ", "", "no voice"),
        ("a monitor", "first", "in first, and nothing would change; it is called so in third"),
        ("مرصد", "", "no voice that answers for a figure is called so"), ("Example Wire", "", "no voice"),
    ],
)  # fmt: skip
def test_an_alias_of_a_voice_that_nobody_is_called_is_refused(case: Case, about: str, report: str, said: str) -> None:
    ids = {one.name: one.id for one in case.reports()}
    with pytest.raises(CaseError, match="alias") as refused:
        case.decide(decision("alias", about, canonical="Monitor", report=ids.get(report, "")))
    assert said in str(refused.value)
    assert case.decisions() == []


def test_an_alias_of_a_voice_that_is_called_so_is_taken(case: Case) -> None:
    third = next(one.id for one in case.reports() if one.name == "third")
    decide(case, decision("alias", "a monitor", canonical="Monitor", report=third))
    decide(case, decision("alias", "Monitor", canonical="The Monitoring Office"))
    assert {one.root.name for one in case.linked().roots.values()} == {"Monitor", "The Monitoring Office"}


def test_a_name_that_is_not_the_one_it_is_known_by_is_answered_with_that_one(case: Case) -> None:
    known = [replace(one, voices=(Voice("SHM", "Salim Harbour Monitor", root=True),)) for one in case.claims()]
    (said,) = misnamed(decision("alias", "SHM", canonical="Monitor"), known, {})
    assert "that voice is known as Salim Harbour Monitor: give this name" in said


def test_no_protected_name_is_suggested_and_one_that_is_given_whole_is_taken(tmp_path: Path) -> None:
    case = filled(tmp_path / "private", captured({"exact": 12, "resident": "Sami Placeholder"}))
    with pytest.raises(CaseError) as refused:
        case.decide(decision("alias", "Samy Placeholdr", canonical="Monitor"))
    assert "Sami" not in str(refused.value)
    assert case.decide(decision("alias", "Sami Placeholder", canonical="Monitor")).about == "Sami Placeholder"
