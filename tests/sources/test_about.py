"""A person's note, transcript or translation points to what it speaks of: a report, or a picture kept beside it."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from cenotaph.archive import Archive, extract, report_from
from cenotaph.case import Case
from cenotaph.intake import Captured, Unreadable
from cenotaph.vocabulary import Problem
from tests.case.simple import READER, new_case
from tests.cli.running import run
from tests.sources.given import captures, problem

NOTE = "The picture shows three people who were killed at the well."
PICTURE = b"\xff\xd8\xff a picture that nobody opens"


@pytest.fixture
def here(tmp_path: Path) -> Path:
    (tmp_path / "note.txt").write_text(NOTE)
    (tmp_path / "well.mp4").write_bytes(PICTURE)
    return tmp_path


def test_what_a_note_is_about_is_kept_beside_it_and_forgotten_with_it(here: Path) -> None:
    case = new_case(here / "case")
    (added,) = case.add(captures(here / "note.txt", about=str(here / "well.mp4")), who="Observer")
    (report,) = case.reports()
    hashed = hashlib.sha256(PICTURE).hexdigest()
    assert (report.about, report.attachments) == (f"file:{hashed}", (hashed,))
    assert case.archive.get(hashed) == PICTURE and case.verify() == []
    case.forget(added.report_id, who="Observer", why="asked for")
    assert case.archive.hashes() == set() and case.verify() == []


def test_a_note_about_a_report_names_it_and_is_a_report_of_its_own(here: Path) -> None:
    case = new_case(here / "case")
    (first,) = case.add(captures(here / "note.txt"), who="Observer")
    (here / "translation.md").write_text(f"---\nabout: {first.report_id}\nlanguage: fr\n---\nTrois personnes tuées.\n")
    (second,) = case.add(captures(here / "translation.md"), who="Observer")
    assert [one.about for one in case.reports()] == ["", first.report_id] and second.status == "new"


def test_the_same_words_about_two_pictures_are_two_reports(here: Path) -> None:
    (here / "other.jpg").write_bytes(b"another")
    case = new_case(here / "case")
    for name in ("well.mp4", "other.jpg"):
        list(case.add(captures(here / "note.txt", about=str(here / name)), who="Observer"))
    assert len(case.reports()) == 2


def test_a_note_about_a_report_that_is_not_there_is_not_taken(here: Path) -> None:
    case = new_case(here / "case")
    (added,) = case.add(captures(here / "note.txt", about="report:0123456789abcdef"), who="Observer")
    assert added.problem is not None and "no such report is in this case" in added.problem.what
    assert case.reports() == [] and case.archive.hashes() == set()


@pytest.mark.parametrize("name", ["missing.mp4", ".", "\0"])
def test_what_a_note_is_about_must_be_a_file(here: Path, name: str) -> None:
    found = problem(here / "note.txt", about=str(here / name) if name != "\0" else name)
    assert isinstance(found, Problem)


@pytest.mark.parametrize("said", ["well.mp4", "report:1", "report:0123456789abcdeg", "https://example.org/a", "[1, 2]"])
def test_front_matter_says_what_a_note_is_about_by_an_id_alone(said: str) -> None:
    with pytest.raises(Unreadable, match="about should be"):
        extract(_note(f"---\nabout: {said}\n---\n{NOTE}"))


def test_what_is_said_on_the_command_line_wins(here: Path) -> None:
    item = _note(f"---\nabout: report:0123456789abcdef\n---\n{NOTE}", about="report:fedcba9876543210")
    assert report_from(item, extract(item), Archive.hash(item.content)).about == "report:fedcba9876543210"


def _note(text: str, about: str = "") -> Captured:
    from tests.archive.captures import captured

    return captured(text, "md", about=about)


def test_on_the_command_line(here: Path) -> None:
    run("init", here / "case")
    found = run("add", here / "case", here / "note.txt", "--about", here / "well.mp4", "--who", "x")
    assert found.exit_code == 0, found.output
    assert len(Case(here / "case", reader=READER).archive.hashes()) == 2
    missing = run("add", here / "case", here / "note.txt", "--about", here / "none.mp4", "--who", "x")
    assert missing.exit_code == 2 and "none.mp4" in missing.stderr
