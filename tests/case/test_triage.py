"""What people say of a report as a whole; what is out of scope counts for nothing, and names nobody the more for it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from cenotaph.case import Case, CaseError
from cenotaph.case.settings import Settings
from cenotaph.intake import Captured
from cenotaph.vocabulary import Decision

WHEN = dt.datetime(2025, 3, 20, tzinfo=dt.UTC)
TOLD = (
    "Seven people were killed in Jableh, Salma Example, a resident, told Example Wire. There were deaths in Homs too.",
    "The Syrian Observatory for Human Rights said 12 civilians were killed in Baniyas.",
)


@pytest.fixture
def case(tmp_path: Path) -> Case:
    made = Case.create(tmp_path / "case", settings=Settings(countries=("SY",)))
    came = [Captured(one.encode(), "txt", f"r{n}", "folder", f"r{n}", WHEN) for n, one in enumerate(TOLD)]
    list(made.add(came, who="A"))
    made.build()
    return made


def _said(case: Case, said: str, about: str = "") -> Decision:
    report = about or case.reports()[0].id
    made = case.decide(Decision("A Reader", dt.datetime.now(dt.UTC), "triage", report, "looked", details={"as": said}))
    case.build()
    return made


def test_what_is_out_of_scope_counts_for_nothing_until_that_is_undone(case: Case) -> None:
    claims, problems = len(case.claims()), len(case.problems())
    made = _said(case, "out of scope")
    first = case.reports()[0].id
    assert not [one for one in case.claims() if one.report == first]
    assert not [one for one in case.problems() if one.report == first]
    case.decide(Decision("A Reader", dt.datetime.now(dt.UTC), "undo", made.id, "it is ours"))
    case.build()
    assert (len(case.claims()), len(case.problems())) == (claims, problems)


def test_the_last_word_counts_and_reading_it_is_no_word_on_its_scope(case: Case) -> None:
    claims = len(case.claims())
    _said(case, "out of scope")
    _said(case, "read")
    assert len(case.claims()) < claims
    _said(case, "relevant")
    assert len(case.claims()) == claims


def test_whom_a_report_out_of_scope_names_stays_hidden(case: Case) -> None:
    assert "Salma Example" in case.state().hidden().names
    _said(case, "out of scope")
    assert "Salma Example" in case.state().hidden().names


@pytest.mark.parametrize(("said", "about"), [("boring", ""), ("", ""), ("read", "report:0000"), ("read", "claim:1")])
def test_a_word_that_there_is_not_or_a_report_that_is_not_held_is_refused(case: Case, said: str, about: str) -> None:
    with pytest.raises(CaseError):
        _said(case, said, about)
    assert case.decisions() == []


def test_who_asked_stays_hidden_when_the_request_is_taken_back(case: Case) -> None:
    told = {"kind": "objection", "from": "family", "by": "Nour Example", "asked": "he was no fighter"}
    when = dt.datetime.now(dt.UTC)
    made = case.decide(Decision("A Reader", when, "request", "the list of Jableh", "by letter", details=told))
    case.decide(Decision("A Reader", when, "undo", made.id, "written down twice"))
    assert "Nour Example" in case.state().hidden().names
