"""What the team itself holds, as a terminal shows it: what nobody else has read, and what does not fit."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cenotaph.case import Case
from cenotaph.case.reading import Reader
from tests.case.tabled import COAST, HARBOUR, assessed, captured, claim, decide, decision, filled, reader
from tests.cli.running import run, shown

ALONE = "signed off by the person who made it, which makes no second reading"
OVERLAP = {"other": "incident:0000000000000000", "low": 1, "high": 2, "why": "names on both lists"}
ASTRAY = "incident:0000000000000000"


@pytest.fixture
def case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Case:
    """An incident that one person assessed, with an overlap of nothing that is held."""
    monkeypatch.setattr(Reader, "of", classmethod(lambda cls, *given: reader()))
    made = filled(tmp_path / "case", captured(HARBOUR, name="first"), captured(COAST, name="second"))
    decide(made, assessed(incident(made, 31), [claim(made, 31)], 20, 31, overlaps=[OVERLAP]))
    return made


def incident(case: Case, figure: int) -> str:
    return next(one.id for one in case.linked().incidents if claim(case, figure) in one.claims)


def held(case: Case) -> str:
    return case.state().assessments()[0][0].id


def test_a_sign_off_by_the_first_reader_is_told_wherever_the_assessment_is_shown(case: Case) -> None:
    before = [shown(*words) for words in (("toll", case.folder), ("incidents", case.folder, incident(case, 31)))]
    decide(case, decision("sign off", held(case)))
    for words in (("toll",), ("problems",), ("incidents", incident(case, 31))):
        assert ALONE in shown(words[0], case.folder, *words[1:]), words
    assert ALONE not in " ".join(before)


def test_and_no_more_when_another_person_signs_and_that_one_is_undone(case: Case) -> None:
    (alone,) = decide(case, decision("sign off", held(case)))
    decide(case, decision("sign off", held(case), who="Another"), decision("undo", alone.id))
    for words in (("toll",), ("problems",), ("incidents", incident(case, 31))):
        assert ALONE not in shown(words[0], case.folder, *words[1:]), words
    assert "read twice" in shown("toll", case.folder)


def test_an_incident_shows_what_concerns_its_own_assessment_alone(case: Case) -> None:
    decide(case, decision("sign off", held(case)))
    assert ALONE not in shown("incidents", case.folder, incident(case, 745))


def test_what_does_not_fit_in_a_ledger_is_told_under_it_and_among_the_problems(case: Case) -> None:
    (ledger,) = case.state().ledgers()
    (what,) = [one for one in ledger.problems if ASTRAY in one]
    for verb in ("toll", "problems"):
        assert what in shown(verb, case.folder), verb


def test_what_was_left_out_of_a_ledger_is_told_under_it_and_is_no_problem(case: Case) -> None:
    decide(case, assessed(incident(case, 745), [claim(case, 745)], 700, 745), decision("withdraw", held(case)))
    assert "not counted: killed" in shown("toll", case.folder)
    assert "not counted" not in shown("problems", case.folder)


def test_a_problem_of_a_ledger_can_be_settled(case: Case) -> None:
    told = json.loads(run("problems", case.folder, "--format", "json").stdout)["problems"]
    (one,) = [one for one in told if one["kind"] == "ledger"]
    done = run("decide", case.folder, "settle", one["id"], "--why", "it was merged", "--who", "A Reader")
    assert done.exit_code == 0, done.output
    assert [one for one in case.problems() if one.kind == "ledger"] == []


def test_a_build_that_is_strict_asks_for_a_decision_on_our_own_totals(case: Case) -> None:
    open_ones = [one for one in case.problems() if one.kind != "ledger"]
    decide(case, *(decision("settle", one.id) for one in open_ones))
    assert run("build", case.folder, "--strict").exit_code == 1
    decide(case, *(decision("settle", one.id) for one in case.problems()))
    assert run("build", case.folder, "--strict").exit_code == 0


def test_without_assessments_nothing_is_told_of_any(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Reader, "of", classmethod(lambda cls, *given: reader()))
    bare = filled(tmp_path / "bare", captured(HARBOUR, name="first"), captured(COAST, name="second"))
    assert "what we hold" not in shown("toll", bare.folder) and "!" not in shown("toll", bare.folder)
