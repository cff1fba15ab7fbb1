"""Drafts of assessments as a person meets them: shown with the incident, agreed to, refused, held by nobody yet."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cenotaph.case import Case
from cenotaph.case.drafting import drafts, drafts_of
from cenotaph.case.reading import Reader
from tests.case.tabled import COAST, HARBOUR, assessed, captured, claim, decide, filled, reader
from tests.cli.running import run, shown

WHO = ("--who", "A reader", "--why", "read the words")


@pytest.fixture
def case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Case:
    monkeypatch.setattr(Reader, "of", classmethod(lambda cls, *given: reader()))
    resident = {"exact": 29, "resident": "Sami Example", "place": "Harbour", "day": HARBOUR["day"]}
    return filled(tmp_path / "case", captured(HARBOUR, name="first"), captured(COAST, resident, name="second"))


def harbour(case: Case) -> str:
    return next(one.id for one in case.linked().incidents if one.kind == "incident" and claim(case, 31) in one.claims)


def draft(case: Case) -> str:
    ((key, _),) = drafts_of(case.state(), harbour(case))
    return key


def test_an_incident_that_nobody_assessed_shows_a_draft_and_holds_nothing(case: Case) -> None:
    told = shown("incidents", case.folder, harbour(case))
    assert "a machine's draft, killed: 29 to 31 people" in told and draft(case) in told
    assert "we hold" not in told and not case.state().assessments()[0] and not case.state().ledgers()


def test_an_episode_has_no_draft(case: Case) -> None:
    assert {one.proposes.about for one in drafts(case.state()) if one.proposes} == {harbour(case)}


def test_a_draft_is_no_problem_of_the_case(case: Case) -> None:
    assert draft(case) not in {one.id for one in case.problems()}


def test_who_agrees_to_a_draft_has_assessed_and_the_draft_is_gone(case: Case) -> None:
    run("decide", case.folder, "agree", draft(case), *WHO)
    told = shown("incidents", case.folder, harbour(case))
    assert "we hold: killed 29–31 · read once · pending" in told and "a machine's draft" not in told


def test_a_draft_that_somebody_refused_is_gone_until_that_is_undone(case: Case) -> None:
    found = run("decide", case.folder, "refuse", draft(case), *WHO)
    assert found.exit_code == 0, found.output
    assert "a machine's draft" not in shown("incidents", case.folder, harbour(case))
    run("decide", case.folder, "undo", case.decisions()[-1].id, *WHO)
    assert "a machine's draft" in shown("incidents", case.folder, harbour(case))


def test_no_draft_is_made_of_what_people_assessed(case: Case) -> None:
    decide(case, assessed(harbour(case), [claim(case, 31)], 20, 31))
    assert not drafts(case.state())


def test_a_draft_of_before_can_no_more_be_agreed_to(case: Case) -> None:
    old = draft(case)
    run("decide", case.folder, "agree", old, *WHO)
    again = run("decide", case.folder, "agree", old, *WHO)
    assert again.exit_code == 2 and "0 problems are called" in again.stderr


def test_a_protected_person_is_in_no_draft_and_its_id_is_that_of_the_whole(case: Case) -> None:
    told = shown("incidents", case.folder, harbour(case))
    assert "Sami" not in told and re.search(rf"agree, refuse: {draft(case)}", told)
