"""Codes of incidents: given at the first decision, one incident each, never used again, redirected after a merge."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from cenotaph.case import Case
from cenotaph.case.state import as_known_on
from cenotaph.vocabulary import Incident
from tests.case.tabled import HARBOUR, again, assessed, captured, claim, decide, decision, filled

MILL, QUAY = HARBOUR | {"exact": 9, "place": "East"}, HARBOUR | {"exact": 7, "place": "South"}
DAYS = [dt.date(2025, 3, day) for day in (9, 12, 14)]


@pytest.fixture
def case(tmp_path: Path) -> Case:
    """Three incidents, at one place each, told a few days apart."""
    told = [captured(one, published=day) for one, day in zip((HARBOUR, MILL, QUAY), DAYS, strict=True)]
    return filled(tmp_path / "case", *told)


def incident(case: Case, figure: int) -> Incident:
    (found,) = [one for one in case.linked().incidents if claim(case, figure) in one.claims]
    return found


def assess(case: Case, figure: int) -> None:
    decide(case, assessed(incident(case, figure).id, [claim(case, figure)]))


def codes(case: Case) -> dict[int, str]:
    return {figure: incident(case, figure).code for figure in (31, 9, 7)}


def test_nothing_has_a_code_until_somebody_decides_about_it(case: Case) -> None:
    assert codes(case) == {31: "", 9: "", 7: ""}
    decide(case, decision("must-link", claim(case, 9), **{"with": claim(case, 7)}))
    assert set(codes(case).values()) == {""}


def test_codes_follow_the_order_of_the_first_decisions(case: Case) -> None:
    for figure in (7, 31, 7):
        assess(case, figure)
    assert codes(case) == {7: "I-0001", 31: "I-0002", 9: ""}


def test_two_decisions_without_a_build_between_them_give_two_codes(case: Case) -> None:
    for figure in (31, 9):
        case.decide(assessed(incident(case, figure).id, [claim(case, figure)]))
    case.decide(assessed(incident(case, 31).id, [claim(case, 31)]))
    case.build()
    assert codes(case) == {31: "I-0001", 9: "I-0002", 7: ""}


def test_an_undone_decision_leaves_its_code_and_the_next_incident_gets_another(case: Case) -> None:
    (taken,) = decide(case, assessed(incident(case, 31).id, [claim(case, 31)]))
    decide(case, decision("undo", taken.id))
    assess(case, 9)
    assert codes(case) == {31: "I-0001", 9: "I-0002", 7: ""}


def test_a_code_is_a_name_by_which_to_decide(case: Case) -> None:
    assess(case, 31)
    (taken,) = decide(case, decision("grade", "I-0001", word="fair"))
    assert taken.about == incident(case, 31).id
    assert codes(case)[31] == "I-0001"


def test_after_a_merge_the_later_code_leads_to_the_earlier(case: Case) -> None:
    assess(case, 9)
    assess(case, 31)
    decide(case, decision("must-link", claim(case, 9), **{"with": claim(case, 31)}))
    joined = incident(case, 31)
    assert joined == incident(case, 9)
    assert (joined.code, joined.once) == ("I-0001", ("I-0002",))
    (taken,) = decide(case, decision("grade", "I-0002", word="fair"))
    assert taken.about == joined.id


def test_after_a_merge_that_is_undone_each_has_its_code_again(case: Case) -> None:
    assess(case, 9)
    assess(case, 31)
    (merge,) = decide(case, decision("must-link", claim(case, 9), **{"with": claim(case, 31)}))
    decide(case, decision("undo", merge.id))
    assert codes(case) == {9: "I-0001", 31: "I-0002", 7: ""}
    assess(case, 7)
    assert codes(case)[7] == "I-0003"


def test_a_code_given_to_a_joined_incident_is_not_given_again_after_the_merge_is_undone(case: Case) -> None:
    (merge,) = decide(case, decision("must-link", claim(case, 9), **{"with": claim(case, 31)}))
    assess(case, 31)
    decide(case, decision("undo", merge.id))
    for figure in (31, 9, 7):
        assess(case, figure)
    assert codes(case) == {31: "I-0001", 9: "I-0002", 7: "I-0003"}


def test_the_parts_of_an_incident_that_is_split_have_a_code_each(tmp_path: Path) -> None:
    case = filled(
        tmp_path / "case",
        *(captured(HARBOUR | {"exact": n}, published=d) for n, d in zip((31, 9, 7), DAYS, strict=True)),
    )
    assess(case, 31)
    (split,) = decide(case, decision("cannot-link", claim(case, 9), **{"with": claim(case, 31)}))
    assess(case, 9)
    assert codes(case) == {31: "I-0001", 7: "I-0001", 9: "I-0002"}
    decide(case, decision("undo", split.id))
    assert (incident(case, 31).code, incident(case, 31).once) == ("I-0001", ("I-0002",))


def test_when_the_earliest_claim_is_split_off_the_code_goes_with_it_and_the_rest_gets_another(tmp_path: Path) -> None:
    case = filled(
        tmp_path / "case",
        *(captured(HARBOUR | {"exact": n}, published=d) for n, d in zip((31, 9, 7), DAYS, strict=True)),
    )
    assess(case, 9)
    decide(case, decision("cannot-link", claim(case, 31), **{"with": claim(case, 9)}))
    assess(case, 9)
    assert codes(case) == {31: "I-0001", 9: "I-0002", 7: "I-0002"}


def test_an_earlier_report_changes_the_id_and_not_the_code(case: Case) -> None:
    assess(case, 9)
    before = incident(case, 9).id
    list(case.add([captured(MILL | {"exact": 12}, published=dt.date(2025, 3, 8))], who="Observer"))
    case.build()
    after = incident(case, 9)
    assert after.id != before and after.code == "I-0001"
    decide(case, assessed(after.id, [claim(case, 12)]))
    assert (incident(case, 12).code, incident(case, 12).once) == ("I-0001", ())


def test_codes_survive_a_reader_that_gives_new_ids(case: Case) -> None:
    assess(case, 9)
    assess(case, 31)
    assert codes(again(case)) == {9: "I-0001", 31: "I-0002", 7: ""}


def test_codes_are_those_of_the_case_where_it_is_looked_at_as_of_a_day(case: Case) -> None:
    (taken,) = decide(case, assessed(incident(case, 31).id, [claim(case, 31)]))
    decide(case, decision("undo", taken.id))
    assess(case, 9)
    before = as_known_on(case.state(), DAYS[1])
    assert sorted(one.code for one in before.linked.incidents) == ["I-0001", "I-0002"]


def test_a_grade_of_an_incident_is_found_again_after_its_id_has_changed(case: Case) -> None:
    decide(case, decision("grade", incident(case, 9).id, word="fair"))
    list(case.add([captured(MILL | {"exact": 12}, published=dt.date(2025, 3, 8))], who="Observer"))
    case.build()
    state = case.state()
    decided = [one for one in state.grades() if one.decision]
    assert [(one.about, one.word) for one in decided] == [(incident(case, 12).id, "fair")]
