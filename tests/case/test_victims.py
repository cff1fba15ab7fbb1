"""Persons of lists: rows are of one person only where somebody decided so; fates stand in time, each with its voice."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from cenotaph.case import Case, CaseError
from cenotaph.case.foreign import sighted, taken
from cenotaph.case.sheets import sheet_of
from cenotaph.case.victims import SAME_PERSON, Victim, standing_to
from cenotaph.vocabulary import Decision, Harm, Incident, Period, Place, Scope

PAIRS = tomllib.loads((Path(__file__).parent / "victims.toml").read_text("utf-8"))["pair"]
HEADS = ("id", "name", "sex", "age", "fate", "date of death", "place", "incident id")
NOON = dt.datetime(2025, 4, 1, 12, tzinfo=dt.UTC)
MAP = {"incident id": "incident", "date of death": "fate day"}


def row(number: int, person: Mapping[str, str], **more: str) -> list[str]:
    known = {"id": f"P{number}", "date of death": person.get("day", ""), **person, **more}
    return [known.get(head, "") for head in HEADS]


def with_list(case: Case, owner: str, rows: Sequence[Sequence[str]]) -> Case:
    """The case with one more list of persons."""
    content = "\n".join(";".join(one) for one in (HEADS, *rows)).encode()
    found = sighted(case, content, f"{owner}.csv", owner=owner, changes=MAP)
    captured = taken(case, found, content, f"{owner}.csv")
    case = Case(case.folder)
    list(case.add(captured, who="Observer"))
    case.build()
    return case


def two_lists(folder: Path, one: Mapping[str, str], other: Mapping[str, str]) -> Case:
    case = Case.create(folder, countries=("SY",))
    return with_list(with_list(case, "First Body", [row(1, one)]), "Second Body", [row(7, other)])


def same(case: Case) -> list[Any]:
    return [one for one in case.problems() if one.kind == "same person"]


def decision(verb: str, about: str, other: str) -> Decision:
    return Decision("A Reader", NOON, verb, about, "the families say so", details={"with": other, "as": SAME_PERSON})


@pytest.mark.parametrize("pair", PAIRS, ids=[one["why"] for one in PAIRS])
def test_rows_that_may_be_one_person_are_proposed_and_never_merged(tmp_path: Path, pair: Mapping[str, Any]) -> None:
    case = two_lists(tmp_path / "case", pair["one"], pair["other"])
    assert [one.kind for one in case.problems()] == ["same person"] * pair["proposed"]
    assert len(case.victims()) == 2 and case.claims() == []


@pytest.fixture
def case(tmp_path: Path) -> Case:
    return two_lists(tmp_path / "case", PAIRS[3]["one"], PAIRS[3]["other"])


def test_no_name_stands_in_a_proposal(case: Case) -> None:
    (problem,) = same(case)
    assert "Samir" not in f"{problem.what}{problem.quote}{problem.settle}"
    assert "P1 of First Body and P7 of Second Body" in problem.what


def test_agreed_they_are_one_with_both_fates_in_time(case: Case) -> None:
    (problem,) = same(case)
    offer = problem.proposes
    case.decide(Decision("A Reader", NOON, offer.verb, offer.about, "same family", offer.report, details=offer.details))
    case.build()
    (person,) = case.victims()
    assert [(one.what, one.voice) for one in person.fates] == [("missing", "First Body"), ("killed", "Second Body")]
    assert same(case) == [] and case.verify() == []


def test_a_decision_is_forgotten_with_the_list_of_either_row(case: Case) -> None:
    one, other = (person.rows[0] for person in case.victims())
    case.decide(replace(decision("must-link", one.id, other.id), why="Samir's brother said so"))
    case.forget(other.report, who="Editor", why="asked by the family")
    assert case.decisions() == [] and case.verify() == []
    assert b"brother" not in b"".join(path.read_bytes() for path in case.folder.rglob("*") if path.is_file())


def test_refused_they_are_two_and_not_proposed_again(case: Case) -> None:
    one, other = (person.rows[0].id for person in case.victims())
    case.decide(decision("cannot-link", one, other))
    case.build()
    assert len(case.victims()) == 2 and same(case) == []


def test_an_undone_decision_parts_them_again(case: Case) -> None:
    one, other = (person.rows[0].id for person in case.victims())
    kept = case.decide(decision("must-link", one, other))
    assert len(case.victims()) == 1
    case.decide(Decision("A Reader", NOON, "undo", kept.id, "a mistake"))
    assert len(case.victims()) == 2


@pytest.mark.parametrize("other", ["listed:0000000000000000", "claim:0000000000000000", "", "Samir Khaled Rawi"])
def test_a_row_that_there_is_not_is_no_person(case: Case, other: str) -> None:
    one = case.victims()[0].rows[0].id
    with pytest.raises(CaseError, match=r"no row|linked"):
        case.decide(decision("must-link", one, other))


def test_a_row_is_not_linked_with_itself_nor_as_an_incident(case: Case) -> None:
    one, other = (person.rows[0].id for person in case.victims())
    with pytest.raises(CaseError, match="with itself"):
        case.decide(decision("must-link", one, one))
    with pytest.raises(CaseError, match="no claim"):
        case.decide(replace(decision("must-link", one, other), details={"with": other}))


def test_rows_keep_their_persons_when_the_list_is_kept_on(case: Case) -> None:
    one, other = (person.rows[0].id for person in case.victims())
    case.decide(decision("must-link", one, other))
    longer = [row(1, PAIRS[3]["one"]), row(2, {"name": "Huda Omar Rawi", "fate": "alive"})]
    again = with_list(case, "First Body", longer)
    assert sorted(len(person.rows) for person in again.victims()) == [1, 2]


# --- what may be shown ------------------------------------------------------------------------------------------------

NAMED = [
    ({"name": "Samir Khaled Rawi", "age": "31", "fate": "killed"}, "Samir Khaled Rawi"),
    ({"name": "Samir Khaled Rawi", "age": "9", "fate": "killed"}, "[protected]"),
    ({"name": "Samir Khaled Rawi", "age": "31", "fate": "detained"}, "[protected]"),
    ({"name": "Samir Khaled Rawi", "age": "31", "fate": "missing"}, "[protected]"),
    ({"name": "Samir Khaled Rawi", "age": "31"}, "[protected]"),
    ({"name": "", "fate": "killed"}, ""),
]


@pytest.mark.parametrize(("person", "shown"), NAMED, ids=[f"{one.get('age')} {one.get('fate')}" for one, _ in NAMED])
def test_children_and_whoever_may_live_are_not_named(tmp_path: Path, person: Mapping[str, str], shown: str) -> None:
    case = with_list(Case.create(tmp_path / "case"), "First Body", [row(1, person)])
    one = sheet_of(case.state(), "victims", case.victims())
    (cells,) = [dict(zip(one.columns, cells, strict=True)) for cells in one.rows]
    assert cells["name"] == shown
    assert shown == "Samir Khaled Rawi" or "Samir" not in str(cells)


# --- what of a row can't be read --------------------------------------------------------------------------------------

WRONG = [
    ({"name": "A B", "age": "many"}, "column age (D2): an age in years is expected"),
    ({"name": "A B", "sex": "tall"}, "column sex (C2): male or female is expected"),
    ({"name": "A B", "age": "400"}, "column age (D2): an age in years is expected"),
    ({"name": "A B", "fate": "on holiday"}, "column fate (E2): no fate is called so; there are: killed"),
    ({"name": "A B", "fate": "killed", "day": "2025-02-30"}, "column date of death (F2): no calendar has this day"),
    ({"name": "A B", "fate": "killed", "day": "8/3/2025"}, "column date of death (F2): 8/3 and 3/8"),
    ({"name": "A B", "fate": "killed", "day": "=TODAY()"}, "column date of death (F2): a day is expected"),
]


@pytest.mark.parametrize(
    "told, sex",
    [("female", "female"), ("M", "male"), ("أنثى", "female"), ("ذكر", "male"), ("طفلة", "female"), ("رجل", "male"),
     ("غير معروف", ""), ("", "")],
)  # fmt: skip
def test_a_sex_is_read_as_the_list_writes_it(tmp_path: Path, told: str, sex: str) -> None:
    case = Case.create(tmp_path / "case", countries=("SY",))
    case = with_list(case, "First Body", [row(1, {"name": "Nour Khaled Rawi", "sex": told, "fate": "killed"})])
    assert [one.sex for one in case.victims()] == [sex] and case.problems() == []


@pytest.mark.parametrize(("person", "why"), WRONG, ids=[why for _, why in WRONG])
def test_a_cell_that_cannot_be_read_is_told_and_the_person_stays(
    tmp_path: Path, person: Mapping[str, str], why: str
) -> None:
    case = with_list(Case.create(tmp_path / "case"), "First Body", [row(1, person)])
    assert [why in one.what for one in case.problems()] == [True]
    assert [one.name for one in case.victims()] == ["A B"]


# --- inside, outside, unknown -----------------------------------------------------------------------------------------

HARBOUR = Place("the harbour", "Harbour", path=("Land", "West", "Harbour"))
MARCH = Period("8 March", dt.date(2025, 3, 8), dt.date(2025, 3, 8))
INCIDENT = Incident("incident:1", "at the harbour", "incident", Scope(Harm(("killed",)), place=HARBOUR, period=MARCH))
EAST = Place("East", "East", path=("Land", "East"))
STANDING = [
    ({"incident": "incident:1"}, "inside"),
    ({}, "unknown"),
    ({"place": HARBOUR, "start": dt.date(2025, 3, 8), "end": dt.date(2025, 3, 8)}, "unknown"),
    ({"place": Place("Land", "Land", path=("Land",))}, "unknown"),
    ({"place": EAST}, "outside"),
    ({"start": dt.date(2025, 3, 9), "end": dt.date(2025, 3, 9)}, "outside"),
    ({"start": dt.date(2025, 3, 1), "end": dt.date(2025, 3, 7)}, "outside"),
]


@pytest.mark.parametrize(("known", "expected"), STANDING)
def test_a_person_is_inside_an_incident_only_where_a_row_or_a_claim_says_so(
    known: Mapping[str, Any], expected: str, case: Case
) -> None:
    plain = replace(case.victims()[0].rows[0], place=None, start=None, end=None, incident="", fate=None)
    assert standing_to(Victim((replace(plain, **known),)), INCIDENT) == expected


def test_a_child_of_a_list_is_named_in_no_export_of_what_a_report_says_either(tmp_path: Path) -> None:
    from cenotaph.case.sheets import sheets_of
    from tests.case.tabled import HARBOUR, captured, filled, reader

    named = HARBOUR | {
        "exact": 2,
        "note": "Samir Khaled Nahas and Huda Omar Rawi",
        "names": ["Samir Khaled Nahas", "Huda Omar Rawi"],
    }
    case = filled(tmp_path / "case", captured(named, name="first"))
    told = str([one.rows for one in sheets_of(case.state(), case.victims())])
    assert "Huda Omar Rawi" in told
    with_list(case, "First Body", [row(1, {"name": "Huda Omar Rawi", "age": "9", "fate": "killed"})])
    case = Case(case.folder, reader=reader())
    case.build()
    told = str([one.rows for one in sheets_of(case.state(), case.victims())])
    assert "Huda Omar Rawi" not in told and "Samir Khaled Nahas" in told
