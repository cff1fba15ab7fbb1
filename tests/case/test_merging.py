"""Two copies of a case that worked apart: nothing is lost, nothing twice, and what was decided otherwise is told."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from cenotaph.case import Case, CaseError
from cenotaph.case.backups import backup, restore
from cenotaph.case.mappings import Mapped, remember
from cenotaph.case.merging import merge
from cenotaph.plain import dump
from cenotaph.vocabulary import Decision, Quantity
from tests.case.tabled import COAST, HARBOUR, captured, claim, decide, decision, filled, reader
from tests.case.test_forget import holds

Copy = Callable[[Case, Path], Case]


def by_backup(case: Case, folder: Path) -> Case:
    backup(case, folder.with_suffix(".zip"), who="Observer")
    restore(folder.with_suffix(".zip"), folder)
    return built(Case(folder, reader=reader()))


def by_hand(case: Case, folder: Path) -> Case:
    """As somebody copies a folder: both go on writing to the same chain."""
    shutil.copytree(case.folder, folder)
    return Case(folder, reader=reader())


def built(case: Case) -> Case:
    case.build()
    return case


@pytest.fixture(params=[by_backup, by_hand])
def copies(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Case, Case]:
    copy: Copy = request.param
    case = filled(tmp_path / "case", captured(HARBOUR, name="first"), captured(COAST, name="second"))
    decide(case, decision("accept", claim(case, 31)))
    return case, copy(case, tmp_path / "copy")


def taken(into: Case, other: Case) -> Case:
    merge(into, other, who="Observer")
    assert into.verify() == []
    return built(into)


def add(case: Case, figure: int, name: str) -> None:
    list(case.add([captured(HARBOUR | {"exact": figure}, name=name)], who="Observer"))
    case.build()


def look(case: Case) -> object:
    """What a case says, whatever its journal is called."""
    reports = sorted((one.id, one.text) for one in case.reports())
    decided = sorted(str(dump(one)) for one in case.decisions())
    claims = sorted(str(dump(one)) for one in case.claims())
    problems = sorted((one.id, one.what) for one in case.problems())
    return reports, decided, claims, problems, sorted(case.archive.hashes())


def corrected(case: Case, figure: int, right: int) -> Decision:
    known = next(one for one in case.claims() if one.quantity.base == figure)
    return decision("correct", known.id, claim=dump(replace(known, quantity=Quantity(str(right), "exact", right))))


def apart(case: Case) -> list[str]:
    return [one.what for one in case.problems() if one.kind == "two copies"]


# --- nothing lost, nothing twice --------------------------------------------------------------------------------------


def test_each_gets_what_the_other_received_and_decided(copies: tuple[Case, Case]) -> None:
    one, other = copies
    add(one, 9, "here")
    add(other, 12, "there")
    decide(one, decision("accept", claim(one, 745)))
    decide(other, decision("reject", claim(other, 12)))
    taken(one, other)
    assert sorted(report.name for report in one.reports()) == ["first", "here", "second", "there"]
    assert sorted(held.quantity.base or 0 for held in one.claims()) == [9, 31, 745]
    assert apart(one) == []


def test_whichever_way_round_they_say_the_same(copies: tuple[Case, Case]) -> None:
    one, other = copies
    add(one, 9, "here")
    add(other, 12, "there")
    decide(one, corrected(one, 31, 40))
    decide(other, corrected(other, 31, 50))
    taken(one, other)
    taken(other, one)
    assert look(one) == look(other) and len(apart(one)) == 1


def test_merging_again_changes_nothing(copies: tuple[Case, Case]) -> None:
    one, other = copies
    add(other, 12, "there")
    taken(one, other)
    before, rows = look(one), len(one.history())
    done = merge(one, other, who="Observer")
    assert (done.reports, done.decisions, done.forgotten) == (0, 0, 0)
    assert look(built(one)) == before and len(one.history()) == rows


def test_copies_go_on_and_are_merged_again(copies: tuple[Case, Case]) -> None:
    one, other = copies
    for number in range(3):
        add(one, 100 + number, f"here {number}")
        add(other, 200 + number, f"there {number}")
        taken(one, other)
        taken(other, one)
    assert look(one) == look(other) and len(one.reports()) == 8


def test_three_copies_in_any_order_say_the_same(copies: tuple[Case, Case], tmp_path: Path) -> None:
    one, other = copies
    third = by_hand(one, tmp_path / "third")
    for number, case in enumerate((one, other, third)):
        add(case, 100 + number, f"of {number}")
    taken(third, taken(other, one))
    taken(one, third)
    taken(other, one)
    assert look(one) == look(other) == look(third) and len(one.reports()) == 5


def test_the_same_report_in_both_is_one(copies: tuple[Case, Case]) -> None:
    one, other = copies
    add(one, 9, "the same")
    add(other, 9, "the same")
    taken(one, other)
    assert sorted(report.name for report in one.reports()) == ["first", "second", "the same"]


def test_what_sheets_mean_is_taken_over(copies: tuple[Case, Case]) -> None:
    one, other = copies
    remember(other.folder / "case.toml", Mapped("list", "Example Monitor", {"When": "day"}))
    taken(one, Case(other.folder, reader=reader()))
    assert [known.owner for known in Case(one.folder).settings.sheets] == ["Example Monitor"]


# --- decided otherwise ------------------------------------------------------------------------------------------------


def test_two_corrections_of_one_claim_are_a_problem_and_the_later_counts(copies: tuple[Case, Case]) -> None:
    one, other = copies
    decide(one, corrected(one, 31, 40))
    decide(other, corrected(other, 31, 50))
    taken(one, other)
    (what,) = apart(one)
    assert "correct" in what and sorted(held.quantity.base or 0 for held in one.claims()) == [50, 745]


@pytest.mark.parametrize(("here", "there"), [("accept", "reject"), ("reject", "accept")])
def test_accepted_here_and_rejected_there(copies: tuple[Case, Case], here: str, there: str) -> None:
    one, other = copies
    decide(one, decision(here, claim(one, 745)))
    decide(other, decision(there, claim(other, 745)))
    assert len(apart(taken(one, other))) == 1


def test_two_readers_who_agree_are_no_conflict(copies: tuple[Case, Case]) -> None:
    one, other = copies
    decide(one, decision("accept", claim(one, 745)))
    decide(other, decision("accept", claim(other, 745), who="Another"))
    assert apart(taken(one, other)) == []


def test_linked_here_and_kept_apart_there(copies: tuple[Case, Case]) -> None:
    one, other = copies
    pair = {"with": claim(one, 745)}
    decide(one, decision("must-link", claim(one, 31), **pair))
    decide(other, decision("cannot-link", claim(other, 31), **pair))
    assert len(apart(taken(one, other))) == 1


def test_a_conflict_ends_when_one_of_the_two_is_undone(copies: tuple[Case, Case]) -> None:
    one, other = copies
    (mine,) = decide(one, corrected(one, 31, 40))
    decide(other, corrected(other, 31, 50))
    taken(one, other)
    decide(one, decision("undo", mine.id))
    assert apart(one) == []


def test_or_when_somebody_who_saw_both_decides_again(copies: tuple[Case, Case]) -> None:
    one, other = copies
    decide(one, corrected(one, 31, 40))
    decide(other, corrected(other, 31, 50))
    taken(one, other)
    decide(one, corrected(one, 50, 45))
    assert apart(one) == [] and apart(taken(other, one)) == []


def test_what_was_decided_after_a_merge_is_no_conflict(copies: tuple[Case, Case]) -> None:
    one, other = copies
    decide(one, corrected(one, 31, 40))
    taken(other, one)
    decide(other, corrected(other, 40, 50))
    assert apart(taken(one, other)) == []
    assert sorted(held.quantity.base or 0 for held in one.claims()) == [50, 745]


def test_nor_is_what_was_decided_before_the_copy_was_made(copies: tuple[Case, Case]) -> None:
    one, other = copies
    decide(other, decision("reject", claim(other, 31)))
    assert apart(taken(one, other)) == []


# --- forgotten --------------------------------------------------------------------------------------------------------


def secret(case: Case, words: str = "Zubaydah of the third floor") -> str:
    (added,) = case.add([captured(HARBOUR | {"exact": 77, "note": words}, name="secret")], who="Observer")
    case.build()
    return added.report_id


@pytest.mark.parametrize("by_the_other", [True, False])
def test_what_either_forgot_is_forgotten_in_both(tmp_path: Path, by_the_other: bool) -> None:
    one = filled(tmp_path / "case", captured(HARBOUR, name="first"))
    report = secret(one)
    other = by_backup(one, tmp_path / "copy")
    (tmp_path / "copy.zip").unlink()
    one, other = (one, other) if by_the_other else (other, one)
    decide(one, decision("accept", claim(one, 77), note="Zubaydah is right"))
    other.forget(report, who="Editor", why="asked by the witness")
    taken(one, other)
    assert holds(one.folder, "Zubaydah") == []
    assert [held.quantity.base for held in one.claims()] == [31]
    taken(other, one)
    assert holds(other.folder, "Zubaydah") == [] and merge(one, other, who="Observer").forgotten == 0


# --- what is not merged -----------------------------------------------------------------------------------------------


def test_another_case_is_no_copy_unless_somebody_says_so(tmp_path: Path) -> None:
    one = filled(tmp_path / "one", captured(HARBOUR, name="first"))
    other = Case.create(tmp_path / "other", reader=reader())
    add(other, 12, "there")
    with pytest.raises(CaseError, match="no copy of"):
        merge(one, other, who="Observer")
    merge(one, other, who="Observer", anyway=True)
    assert sorted(held.quantity.base or 0 for held in built(one).claims()) == [12, 31] and one.verify() == []


def test_a_damaged_copy_is_not_merged(copies: tuple[Case, Case]) -> None:
    one, other = copies
    add(other, 12, "there")
    before = look(one)
    path = next(path for path in (other.folder / "archive").rglob("*") if path.is_file())
    path.write_bytes(b"changed")
    with pytest.raises(CaseError, match="damaged, nothing was merged"):
        merge(one, other, who="Observer")
    assert look(one) == before


def test_a_case_is_no_copy_of_itself_that_brings_anything(copies: tuple[Case, Case]) -> None:
    one, _ = copies
    done = merge(one, Case(one.folder, reader=reader()), who="Observer")
    assert (done.reports, done.decisions, done.forgotten, done.notes) == (0, 0, 0, [])
