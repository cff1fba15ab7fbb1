"""A case takes in, reads, adds up and remembers."""

from __future__ import annotations

import datetime as dt
import os
import stat
from pathlib import Path

import pytest

from cenotaph.case import Case, CaseError
from cenotaph.case.backups import backup, restore
from cenotaph.plain import dump
from cenotaph.vocabulary import Decision, Problem, Quantity
from tests.case.simple import READER, captured, filled, new_case


def decision(verb: str, about: str, **details: object) -> Decision:
    return Decision("Observer", dt.datetime.now(dt.UTC), verb, about, why="a test", details=details)


def test_the_same_bytes_are_taken_in_once(tmp_path: Path) -> None:
    case = new_case(tmp_path / "case")
    (first,), (second,) = (list(case.add([captured("3 killed here.")], who="Observer")) for _ in range(2))
    assert (first.status, second.status) == ("new", "same bytes")
    assert len(case.reports()) == 1 and len(case.archive.hashes()) == 1
    assert case.verify() == []


def test_the_same_address_captured_again_is_a_version_and_the_newest_counts(tmp_path: Path) -> None:
    case = new_case(tmp_path / "case")
    page = "https://wire.example/a"
    list(case.add([captured("3 killed here.", url=page)], who="Observer"))
    (added,) = case.add([captured("5 killed here.", url=page)], who="Observer")
    case.build()
    assert added.status == "new version"
    assert [claim.quantity.base for claim in case.claims()] == [5]
    assert len(case.reports()) == 2


def test_the_same_bytes_of_another_outlet_are_another_report(tmp_path: Path) -> None:
    case = new_case(tmp_path / "case")
    list(case.add([captured("3 killed."), captured("3 killed.", outlet="Other Wire")], who="Observer"))
    assert len(case.reports()) == 2 and len(case.archive.hashes()) == 1


@pytest.mark.parametrize("content", ["", "   \n ", "\x00\x01\x02" * 50])
def test_what_cannot_be_read_leaves_the_case_as_it_was(tmp_path: Path, content: str) -> None:
    case = filled(tmp_path / "case", "3 killed.")
    before = (case.reports(), case.archive.hashes(), case.history())
    (added,) = case.add([captured(content)], who="Observer")
    assert added.status == "problem" and added.problem is not None
    assert (case.reports(), case.archive.hashes(), case.history()) == before


def test_a_problem_of_a_source_stops_no_other_report(tmp_path: Path) -> None:
    case = new_case(tmp_path / "case")
    added = list(case.add([Problem("not reached", "no answer"), captured("3 killed.")], who="Observer"))
    assert [one.status for one in added] == ["problem", "new"]


def test_a_report_the_reader_breaks_on_becomes_a_problem(tmp_path: Path) -> None:
    def breaking(report: object) -> object:
        raise RuntimeError("broken words")

    case = filled(tmp_path / "case", "3 killed.")
    case = Case(case.folder, reader=type(READER)(breaking, "broken", READER.rules))  # type: ignore[arg-type]
    case.build()
    assert [one.kind for one in case.problems()] == ["not read"]
    assert "broken words" in case.problems()[0].what


def test_only_what_is_new_is_read(tmp_path: Path) -> None:
    case = filled(tmp_path / "case", "3 killed.", "4 killed.")
    list(case.add([captured("5 killed.")], who="Observer"))
    built = case.build()
    assert (built.read, built.reused, built.claims) == (1, 2, 3)


def test_a_new_reader_reads_everything_again(tmp_path: Path) -> None:
    case = filled(tmp_path / "case", "3 killed.", "4 killed.")
    again = Case(case.folder, reader=type(READER)(READER.read, "newer", READER.rules))
    assert again.build().read == 2


def test_a_rejected_claim_does_not_count_until_the_rejection_is_undone(tmp_path: Path) -> None:
    case = filled(tmp_path / "case", "3 killed.", "4 killed.")
    rejected = decision("reject", case.claims()[0].id)
    case.decide(rejected)
    case.build()
    assert [claim.quantity.base for claim in case.claims()] == [4]
    case.decide(decision("undo", case.decisions()[0].id))
    case.build()
    assert sorted(claim.quantity.base or 0 for claim in case.claims()) == [3, 4]


def test_a_corrected_claim_takes_the_place_of_the_one_that_was_read(tmp_path: Path) -> None:
    case = filled(tmp_path / "case", "3 killed.")
    claim = case.claims()[0]
    from dataclasses import replace

    right = replace(claim, quantity=Quantity("3", "at least", 3))
    case.decide(decision("correct", claim.id, claim=dump(right)))
    case.build()
    assert [one.quantity.comparator for one in case.claims()] == ["at least"]


def test_a_decision_stands_when_the_words_are_read_differently_and_a_problem_says_so(tmp_path: Path) -> None:
    case = filled(tmp_path / "case", "3 killed.")
    case.decide(decision("accept", case.claims()[0].id))

    def otherwise(report: object) -> object:
        claims, answers, problems = READER.read(report)  # type: ignore[arg-type]
        from dataclasses import replace

        return [replace(one, stance="hedges") for one in claims], answers, problems

    again = Case(case.folder, reader=type(READER)(otherwise, "other", READER.rules))  # type: ignore[arg-type]
    again.build()
    assert [claim.stance for claim in again.claims()] == ["asserts"]
    assert any("read differently" in problem.what for problem in again.problems())


@pytest.mark.parametrize(("verb", "about"), [("reject", "claim:none"), ("shred", "claim:none")])
def test_a_decision_on_nothing_is_refused(tmp_path: Path, verb: str, about: str) -> None:
    case = filled(tmp_path / "case", "3 killed.")
    with pytest.raises(CaseError):
        case.decide(decision(verb, about))
    assert case.decisions() == []


def test_a_case_is_made_once(tmp_path: Path) -> None:
    new_case(tmp_path / "case")
    with pytest.raises(CaseError, match="holds a case already"):
        new_case(tmp_path / "case")


@pytest.mark.skipif(os.name != "posix", reason="rights of accounts are told otherwise there")
def test_a_new_case_and_one_that_is_restored_open_to_their_owner_alone(tmp_path: Path) -> None:
    case = new_case(tmp_path / "new" / "case")
    backup(case, tmp_path / "copy.zip", who="A Reader")
    restore(tmp_path / "copy.zip", tmp_path / "again")
    assert [stat.S_IMODE((tmp_path / one).stat().st_mode) for one in ("new/case", "again")] == [0o700, 0o700]


@pytest.mark.skipif(os.name != "posix", reason="rights of accounts are told otherwise there")
def test_a_folder_that_is_there_keeps_the_rights_that_somebody_gave_it(tmp_path: Path) -> None:
    (tmp_path / "team").mkdir()
    (tmp_path / "team").chmod(0o770)
    assert stat.S_IMODE(new_case(tmp_path / "team").folder.stat().st_mode) == 0o770


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("title = 3", "should be a text"),
        ("languages = 'en'", "should be a list"),
        ("langauges = ['en']", "unknown line"),
        ("title = ", "can't be read"),
    ],
)
def test_settings_that_cannot_be_understood_are_named(tmp_path: Path, line: str, said: str) -> None:
    case = new_case(tmp_path / "case")
    (case.folder / "case.toml").write_text(line)
    with pytest.raises(CaseError, match=said):
        Case(case.folder)


def test_a_folder_without_a_case_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match="cenotaph init"):
        Case(tmp_path)
