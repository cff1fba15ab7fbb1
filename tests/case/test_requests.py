"""What families, parties and readers ask for, and what they are answered."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from cenotaph.case import Case, CaseError
from cenotaph.case.requests import requests
from cenotaph.vocabulary import Decision
from tests.case.simple import filled
from tests.case.test_case import decision
from tests.case.test_forget import holds

ASKED = {
    "kind": "correction", "by": "Umm Salim Example", "from": "family", "contact": "the grey house, third street",
    "asked": "her son was a baker and carried no weapon",
}  # fmt: skip
ANSWER = {"decision": "partly", "answer": "we took his trade into the notes; the figure is not ours to change"}


@pytest.fixture
def case(tmp_path: Path) -> Case:
    return filled(tmp_path / "case", "3 killed at the mill, Salim Example said.", "4 killed at the gate.")


def asked(case: Case, about: str = "the list of the mill", **more: Any) -> Decision:
    return case.decide(decision("request", about, **{**ASKED, **more}))


def test_a_request_waits_until_it_is_answered_and_the_last_answer_counts(case: Case) -> None:
    one = asked(case)
    (found,) = requests(case.decisions())
    assert (found.id, found.kind, found.asker, found.response) == (one.id, "correction", "family", None)
    case.decide(decision("answer a request", one.id, **ANSWER))
    case.decide(decision("answer a request", one.id, **{**ANSWER, "decision": "granted"}))
    (found,) = requests(case.decisions())
    assert found.response is not None and found.response.decision == "granted"


def test_an_answer_that_is_taken_back_leaves_the_one_before_it(case: Case) -> None:
    one = asked(case)
    case.decide(decision("answer a request", one.id, **ANSWER))
    second = case.decide(decision("answer a request", one.id, **{**ANSWER, "decision": "granted"}))
    case.decide(decision("undo", second.id))
    (found,) = requests(case.decisions())
    assert found.response is not None and found.response.decision == "partly"


def test_who_asks_is_named_nowhere_else(case: Case) -> None:
    asked(case)
    hidden = case.state().hidden()
    assert hidden.mask("Umm Salim Example said so") == "[protected] said so"
    assert "third street" not in hidden.mask("Umm Salim Example")


def test_a_body_that_asks_hides_no_word_of_reports_and_a_person_of_a_party_is_hidden(case: Case) -> None:
    asked(case, by="Ministry of Examples", **{"from": "party"})
    assert case.state().hidden().mask("the Ministry said 3") == "the Ministry said 3"
    asked(case, by="Colonel Adnan Example", **{"from": "party"})
    assert case.state().hidden().mask("Adnan Example said 3") == "[protected] said 3"


def test_who_agreed_to_be_named_in_what_is_published_is_named_in_reports(case: Case) -> None:
    asked(case)
    case.decide(decision("protect", "Umm Salim Example", consent=["publish"]))
    assert case.state().hidden().mask("Umm Salim Example said 3") == "Umm Salim Example said 3"


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"kind": "complaint"}, "kind is 'complaint'"), ({"kind": ""}, "kind is ''"), ({"from": "friend"}, "from is"),
        ({"by": " "}, "who asks"), ({"by": 7}, "who asks"), ({"asked": ""}, "what is asked"),
        ({"asked": "x" * 20_001}, "20001 letters"), ({"contact": ["a"]}, "contact is"),
    ],
)  # fmt: skip
def test_a_request_that_lacks_what_it_needs_is_not_written(case: Case, wrong: dict[str, Any], told: str) -> None:
    with pytest.raises(CaseError, match=told):
        asked(case, **wrong)
    assert case.decisions() == []


@pytest.mark.parametrize("about", ["", " ", "claim:0000", "report:0000", "incident:0000"])
def test_a_request_is_about_something_that_is_there(case: Case, about: str) -> None:
    with pytest.raises(CaseError):
        asked(case, about)


def test_only_requests_that_stand_are_answered_and_with_words(case: Case) -> None:
    one = asked(case)
    other = case.decide(decision("protect", "Adnan Example"))
    for about, told in ((other.id, ANSWER), ("decision:0000", ANSWER), (one.id, {"decision": "granted"}),
                        (one.id, {"decision": "maybe", "answer": "later"})):  # fmt: skip
        with pytest.raises(CaseError):
            case.decide(decision("answer a request", about, **told))
    case.decide(decision("undo", one.id))
    with pytest.raises(CaseError, match="no such request"):
        case.decide(decision("answer a request", one.id, **ANSWER))


def test_forgetting_a_report_forgets_what_was_asked_about_it_and_answered(case: Case) -> None:
    report, claim = case.reports()[0].id, case.claims()[0]
    for about in (report, claim.id):
        one = asked(case, about)
        assert one.report == report
        case.decide(decision("answer a request", one.id, **ANSWER))
    assert holds(case.folder, "grey house") and holds(case.folder, "not ours to change")
    case.forget(report, who="Editor", why="asked by the family")
    assert holds(case.folder, "grey house") == [] and holds(case.folder, "not ours to change") == []
    assert case.decisions() == [] and case.verify() == []


def test_a_request_about_no_report_is_forgotten_by_its_own_id(case: Case) -> None:
    one = asked(case)
    answer = case.decide(decision("answer a request", one.id, **ANSWER))
    undo = case.decide(decision("undo", answer.id))
    case.decide(decision("protect", "Adnan Example"))
    assert set(case.forget(one.id, who="Editor", why="asked by the family")) == {one.id, answer.id, undo.id}
    assert holds(case.folder, "grey house") == [] and holds(case.folder, "not ours to change") == []
    assert [each.verb for each in case.decisions()] == ["protect"]
    assert case.verify() == [] and len(case.claims()) == 2
    assert len(case.tolls()) > 0


def test_no_other_decision_is_forgotten_by_its_id(case: Case) -> None:
    other = case.decide(decision("protect", "Adnan Example"))
    for one in (other.id, "decision:0000"):
        with pytest.raises(CaseError, match="no request"):
            case.forget(one, who="Editor", why="a mistake")
    assert len(case.decisions()) == 1


def test_asking_for_protected_names_is_noted_and_changes_nothing(case: Case) -> None:
    before = [one.id for one in case.claims()], case.state().hidden()
    case.decide(decision("unmask", "the case"))
    assert ([one.id for one in case.claims()], case.state().hidden()) == before
    assert [one.verb for one in case.decisions()] == ["unmask"]
