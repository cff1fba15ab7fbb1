"""What a case holds at one moment, what it refuses to be told, and what it would hold if."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from cenotaph.case import Case, CaseError
from cenotaph.case.state import as_known_on, supposed, without_voice
from cenotaph.plain import dump
from cenotaph.vocabulary import Count, NumberRules, Problem, Span, Toll, Voice
from tests.builders import PLAIN
from tests.case.tabled import COAST, DESERT, HARBOUR, assessed, captured, claim, decide, decision, filled, reader

EARLY, LATE = dt.date(2025, 3, 9), dt.date(2025, 3, 14)
GROWN = COAST | {"exact": 830}
FALLEN = COAST | {"exact": 600}
NETWORK = COAST | {"exact": 803, "root": "Network"}
PRIVATE = {"exact": 12, "resident": "Sami Placeholder", "place": "Harbour", "day": dt.date(2025, 3, 8)}


@pytest.fixture
def case(tmp_path: Path) -> Case:
    """One episode that two roots count, an incident told by a private person, and an episode elsewhere."""
    return filled(
        tmp_path / "case",
        captured(COAST, published=EARLY, outlet="Early Wire"),
        captured(GROWN, NETWORK, published=LATE, outlet="Late Wire"),
        captured(PRIVATE, published=LATE, outlet="Late Wire"),
        captured(DESERT, published=EARLY, outlet="Early Wire"),
        captured(COAST | {"exact": 700}, published=None, outlet="Undated Wire"),
    )


def figures(tolls: Any, root: str) -> list[list[int]]:
    return sorted([vintage.interval.low for vintage in one.series] for one in tolls if one.root == root)


# --- what is refused, before anything is written --------------------------------------------------------------------

RIGHT: dict[str, Any] = {"harm": "killed", "cells": [{"low": 4, "high": 6}], "relied": ["{claim}"]}
WRONG: list[tuple[str, str, dict[str, Any], str]] = [
    ("assess", "{incident}", RIGHT | {"cells": [{"low": -1, "high": 4}]}, "low is -1"),
    ("assess", "{incident}", RIGHT | {"cells": [{"low": 4, "high": 2}]}, "below its low"),
    ("assess", "{incident}", RIGHT | {"cells": []}, "at least one"),
    ("assess", "{incident}", RIGHT | {"relied": []}, "no claim is relied on"),
    ("assess", "{incident}", RIGHT | {"relied": ["claim:none"]}, "not held"),
    ("assess", "{incident}", RIGHT | {"harm": None}, "harm is None"),
    ("assess", "{incident}", RIGHT | {"note": "x"}, "no part"),
    ("assess", "incident:0000000000000000", RIGHT, "no such incident"),
    ("assess", "{claim}", RIGHT, "no such incident"),
    ("assess", "I-0001", RIGHT, "no such incident"),
    ("must-link", "{claim}", {"with": "claim:none"}, "no claim 'claim:none'"),
    ("must-link", "claim:none", {"with": "{claim}"}, "no claim 'claim:none'"),
    ("must-link", "{claim}", {}, "no claim ''"),
    ("must-link", "{claim}", {"with": "{claim}"}, "with itself"),
    ("must-link", "{claim}", {"with": "{other}", "as": "one serie"}, "there are: incident, one series"),
    ("cannot-link", "{claim}", {"with": "{incident}"}, "no claim"),
    ("alias", "a monitor", {}, "canonical=NAME"),
    ("alias", "a monitor", {"canonical": "  "}, "canonical=NAME"),
    ("alias", "claim:0000000000000000", {"canonical": "Monitor"}, "nothing in this case has that id"),
    ("alias", "a monitor", {"canonical": "Monitor", "report": "report:none"}, "no report"),
    ("relate", "Monitor", {"with": "Network", "independence": "maybe"}, "shown, assumed, dependent"),
    ("relate", "Monitor", {"with": "Network"}, "shown, assumed, dependent"),
    ("relate", "Monitor", {"independence": "shown"}, "give the other one"),
    ("grade", "Monitor", {"source": "G"}, "source is 'G'"),
    ("grade", "Monitor", {"information": "7"}, "information is '7'"),
    ("grade", "{incident}", {"word": "true"}, "word is 'true'"),
    ("grade", "{incident}", {}, "nothing is graded"),
    ("grade", "incident:0000000000000000", {"word": "fair"}, "nothing in this case has that id"),
    ("sign off", "assessment:none", {}, "no such assessment"),
    ("withdraw", "assessment:none", {}, "no such claim or assessment"),
    ("undo", "decision:none", {}, "no such decision"),
    ("undo", "{claim}", {}, "no such decision"),
    ("settle", "problem:none", {}, "no such problem"),
    ("correct", "{claim}", {}, "holds no claim"),
    ("correct", "{claim}", {"claim": {"id": "claim:1"}}, "holds no claim"),
    ("correct", "{claim}", {"claim": "elsewhere"}, "which this case does not hold"),
    ("correct", "{claim}", {"claim": "misquoted"}, "quotes what does not stand"),
    ("correct", "{claim}", {"claim": "beyond"}, "letters"),
    ("correct", "{claim}", {"claim": "proved beyond"}, "letters"),
    ("correct", "{claim}", {"claim": "two roots"}, "more than one root"),
    ("add", "", {}, "holds no claim"),
    ("add", "", {"claim": "elsewhere"}, "which this case does not hold"),
    ("reject", "{incident}", {}, "no claim"),
    ("accept", "", {}, "no claim"),
    ("shred", "{claim}", {}, "no decision 'shred'"),
]  # fmt: skip


def test_a_decision_that_cannot_stand_is_refused_in_one_line_and_never_written(case: Case) -> None:
    one = next(one for one in case.claims() if one.quantity.base == 745)
    names = {"{claim}": one.id, "{other}": claim(case, 830), "{incident}": case.linked().incidents[0].id}
    beyond, two = Span(90_000, 90_004), (Voice("Monitor", root=True), Voice("Network", root=True))
    wrong: dict[str, dict[str, Any]] = {
        "elsewhere": {"report": "report:none"}, "misquoted": {"quote": "other words"}, "beyond": {"anchor": beyond},
        "proved beyond": {"evidence": (("harm", beyond),)}, "two roots": {"voices": two},
    }  # fmt: skip
    made = {name: dump(replace(one, **fields)) for name, fields in wrong.items()}
    for verb, about, details, said in WRONG:
        given = {key: _filled(value, names) for key, value in details.items()}
        if isinstance(given.get("claim"), str):
            given["claim"] = made[given["claim"]]
        with pytest.raises(CaseError) as refused:
            case.decide(decision(verb, names.get(about, about), **given))
        assert said in str(refused.value), (verb, details, str(refused.value))
        assert "\n" not in str(refused.value)
    assert case.decisions() == [] and case.verify() == []


def _filled(value: Any, names: dict[str, str]) -> Any:
    if isinstance(value, list):
        return [_filled(one, names) for one in value]
    return names.get(value, value) if isinstance(value, str) else value


# --- as known on a day ----------------------------------------------------------------------------------------------


def test_as_of_a_day_only_what_was_published_by_then_is_known(case: Case) -> None:
    before = as_known_on(case.state(), EARLY)
    assert figures(before.tolls.values(), "Monitor") == [[120], [745]]
    assert figures(before.tolls.values(), "Network") == []
    assert "1 report without a day is left out" in before.notes


def test_a_day_before_everything_knows_nothing(case: Case) -> None:
    before = as_known_on(case.state(), dt.date(2025, 3, 1))
    assert (before.claims, before.tolls, before.linked.incidents) == ({}, {}, ())
    assert before.accounts() == [] and before.accused() == {} and before.ledgers() == []


def test_what_was_said_later_is_not_known_though_its_report_is_of_that_day(tmp_path: Path) -> None:
    case = filled(tmp_path / "case", captured(COAST, GROWN | {"said": LATE}, published=EARLY))
    assert figures(as_known_on(case.state(), EARLY).tolls.values(), "Monitor") == [[745]]


def test_looking_back_stores_nothing(case: Case) -> None:
    before = (case.tolls(), case.linked(), case.problems(), case.history())
    as_known_on(case.state(), EARLY), without_voice(case.state(), "Network")
    supposed(case.state(), [], rules=NumberRules("none", {}, {}))
    assert (case.tolls(), case.linked(), case.problems(), case.history()) == before


def test_the_last_day_of_all_knows_what_the_case_knows_but_what_has_no_day(tmp_path: Path) -> None:
    case = filled(tmp_path / "case", captured(COAST, published=EARLY), captured(GROWN, NETWORK, published=LATE))
    state = case.state()
    later = as_known_on(state, dt.date(2030, 1, 1))
    assert (later.tolls, later.linked, later.figures) == (state.tolls, state.linked, state.figures)


# --- without a voice ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("voice", "left"), [("Network", {745, 700, 830, 120, 12}), ("late wire ", {745, 700, 120})])
def test_without_a_root_or_an_outlet_its_claims_are_set_aside(case: Case, voice: str, left: set[int]) -> None:
    state = without_voice(case.state(), voice)
    assert {one.quantity.base for one in state.claims.values()} == left
    gone = 6 - len(left)
    assert f"without {voice}: {gone} claim{'s' * (gone > 1)} set aside" in state.notes


def test_a_voice_that_nobody_is_called_is_answered_with_those_that_come_near(case: Case) -> None:
    with pytest.raises(LookupError, match="nobody is called 'Netwrk' here; there is: Network"):
        without_voice(case.state(), "Netwrk")


@pytest.mark.parametrize("voice", ["", "  ", "Nobody at all", "Sami Placeholder", "sami placeholder", "Placeholder"])
def test_a_voice_that_is_not_there_or_is_protected_is_refused_and_no_protected_name_is_shown(
    case: Case, voice: str
) -> None:
    with pytest.raises(LookupError) as refused:
        without_voice(case.state(), voice)
    assert "there is" not in str(refused.value)


def test_a_protected_name_is_not_near_anything(case: Case) -> None:
    with pytest.raises(LookupError) as refused:
        without_voice(case.state(), "Samy Placeholdr")
    assert "Sami" not in str(refused.value) and "sami" not in str(refused.value)


# --- under other rules ----------------------------------------------------------------------------------------------


def test_other_rules_change_intervals_and_tolls_and_nothing_that_is_stored(tmp_path: Path) -> None:
    about = COAST | {"about": 1000}
    del about["exact"]
    case = filled(tmp_path / "case", captured(about))
    narrow = NumberRules("narrow", {**PLAIN.spreads, "about": (0.99, 1, 1.01)}, PLAIN.plurals)
    before = case.tolls()
    state = supposed(case.state(), case.claims(), "by narrow rules", rules=narrow)
    assert [one.figure.count for one in before] == [Count(900, 1100)]
    assert [one.figure.count for one in state.tolls.values()] == [Count(990, 1010)]
    assert {one.count for one in state.figures.values()} == {Count(990, 1010)}
    assert (state.rules.name, state.notes) == ("narrow", ("by narrow rules",))
    assert case.tolls() == before


# --- problems -------------------------------------------------------------------------------------------------------


def drop(problems: Any) -> list[Problem]:
    return [one for one in problems if one.kind == "unexplained drop"]


def test_a_problem_that_is_settled_is_gone_and_comes_back_when_that_is_undone(tmp_path: Path) -> None:
    case = filled(
        tmp_path / "case", captured(GROWN, published=EARLY), captured(FALLEN | {"as_of": LATE}, published=LATE)
    )
    (found,) = drop(case.problems())
    (taken,) = decide(case, decision("settle", found.id))
    assert drop(case.problems()) == [] and drop(case.state().problems) == []
    decide(case, decision("undo", taken.id))
    assert drop(case.problems()) == [found]


def test_a_settled_problem_stays_settled_where_the_case_is_looked_at_otherwise(tmp_path: Path) -> None:
    case = filled(
        tmp_path / "case", captured(GROWN, published=EARLY), captured(FALLEN | {"as_of": LATE}, published=LATE)
    )
    (found,) = drop(case.problems())
    assert drop(as_known_on(case.state(), LATE).problems) == [found]
    decide(case, decision("settle", found.id))
    assert drop(as_known_on(case.state(), LATE).problems) == []


def test_problems_come_with_the_figure_that_hangs_on_them_largest_first(case: Case) -> None:
    state = case.state()
    stakes = [state.at_stake(one) for one in state.by_weight()]
    assert stakes == sorted(stakes, reverse=True)
    assert sorted(one.id for one in state.by_weight()) == sorted(one.id for one in state.problems)


def test_a_problem_on_which_no_figure_hangs_weighs_nothing(case: Case) -> None:
    assert case.state().at_stake(Problem("no figure", "nothing", claims=("claim:none",))) == 0


# --- second readers -------------------------------------------------------------------------------------------------


@pytest.fixture
def assessment(tmp_path: Path) -> tuple[Case, str]:
    case = filled(tmp_path / "case", captured(HARBOUR))
    decide(case, assessed(case.linked().incidents[0].id, [claim(case, 31)]))
    return case, case.state().assessments()[0][0].id


@pytest.mark.parametrize("who", ["A Reader", "a  reader"])
def test_whoever_assessed_cannot_sign_off(assessment: tuple[Case, str], who: str) -> None:
    case, about = assessment
    decide(case, decision("sign off", about, who=who))
    (held,), problems = case.state().assessments()
    assert (held.standing, held.reading) == ("provisional", "read once")
    assert ["no second reading" in one.what for one in problems] == [True]
    (ledger,) = case.state().ledgers()
    assert [line.reading for line in ledger.lines] == ["read once"]


def test_another_person_confirms_it_and_withdrawing_is_the_last_word(assessment: tuple[Case, str]) -> None:
    case, about = assessment
    decide(case, decision("sign off", about, who="Another"))
    (held,), problems = case.state().assessments()
    assert (held.standing, held.second, problems) == ("confirmed", "Another", [])
    assert case.state().ledgers()[0].total == Count(4, 6)
    decide(case, decision("withdraw", about))
    assert [one.standing for one in case.state().assessments()[0]] == ["withdrawn"]
    assert [one.total for one in case.state().ledgers()] in ([], [Count(0, 0)])


# --- only what changed ----------------------------------------------------------------------------------------------


def tolls_of(tolls: list[Toll]) -> dict[str, Toll]:
    return {one.id: one for one in tolls}


def test_one_more_report_works_out_its_own_episode_and_no_other_and_equals_a_full_build(tmp_path: Path) -> None:
    case = filled(tmp_path / "case", captured(COAST), captured(DESERT), captured(HARBOUR | {"place": "South"}))
    before = case.build()
    assert (before.groups, before.worked) == (3, 0)
    list(case.add([captured(GROWN, published=LATE)], who="Observer"))
    after = case.build()
    assert (after.groups, after.worked, after.read) == (3, 1, 1)
    fresh = filled(
        tmp_path / "fresh",
        captured(COAST),
        captured(DESERT),
        captured(HARBOUR | {"place": "South"}),
        captured(GROWN, published=LATE),
    )
    assert tolls_of(case.tolls()) == tolls_of(fresh.tolls())
    assert case.linked() == fresh.linked()
    assert {one.id for one in case.problems()} == {one.id for one in fresh.problems()}


@pytest.mark.parametrize("verb", ["accept", "reject"])
def test_a_decision_on_a_claim_works_out_its_own_episode_and_no_other(tmp_path: Path, verb: str) -> None:
    case = filled(tmp_path / "case", captured(COAST, GROWN), captured(DESERT))
    case.decide(decision(verb, claim(case, 745)))
    assert case.build().worked == 1
    assert case.build().worked == 0


def test_a_merge_works_out_what_it_joins_and_nothing_else(tmp_path: Path) -> None:
    case = filled(tmp_path / "case", captured(COAST), captured(DESERT), captured(HARBOUR | {"place": "South"}))
    case.decide(decision("must-link", claim(case, 120), **{"with": claim(case, 745)}))
    built = case.build()
    assert (built.groups, built.worked) == (2, 1)
    again = Case(case.folder, reader=reader())
    assert again.build().worked == 0


def test_a_case_of_nothing_is_worked_out_to_nothing(tmp_path: Path) -> None:
    case = Case.create(tmp_path / "case", reader=reader())
    built = case.build()
    assert (built.groups, built.worked, built.claims) == (0, 0, 0)
    state = case.state()
    assert state.by_weight() == [] and state.accounts() == [] and state.grades() == [] and state.ledgers() == []
    with pytest.raises(LookupError):
        without_voice(state, "Monitor")
