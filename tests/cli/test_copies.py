"""Copies of a case from the command line: one file, a case out of it, two that worked apart; and who is listed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from cenotaph.case import Case
from tests.cli.running import ended as run

LIST = (
    "id,name,age,fate,date of death,place\n"
    "P1,Samir Khaled Rawi,31,killed,2025-03-08,Baniyas\n"
    "P2,Huda Omar Rawi,9,killed,2025-03-08,Baniyas\n"
    "P3,,,missing,2025-03-09,Tartus\n"
)
TAKE = ("--apply", "--who", "A Reader", "--owner", "First Body", "--map", "date of death=fate day")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    run("init", tmp_path / "case", "--country", "Syria")
    (tmp_path / "note.txt").write_text("At least 12 civilians were killed in Homs on Friday, the mayor said.", "utf-8")
    run("add", tmp_path / "case", tmp_path / "note.txt", "--published", "2025-03-09", "--outlet", "Example Wire")
    run("build", tmp_path / "case")
    return tmp_path / "case"


def test_a_case_goes_into_a_file_and_comes_back(folder: Path, tmp_path: Path) -> None:
    shown = run("backup", folder, tmp_path / "kept.zip", "--who", "A Reader")
    assert shown.stdout.split()[1] == str(tmp_path / "kept.zip") and len(shown.stdout.split()[0]) == 64
    told = run("restore", tmp_path / "kept.zip", tmp_path / "back").stderr
    assert "1 report and 0 decisions" in told
    run("build", tmp_path / "back")
    assert run("toll", tmp_path / "back", "--format", "json").stdout == run("toll", folder, "--format", "json").stdout


@pytest.mark.parametrize("verb", ["backup", "restore"])
def test_nothing_is_written_over(folder: Path, tmp_path: Path, verb: str) -> None:
    run("backup", folder, tmp_path / "kept.zip")
    words = [folder, tmp_path / "kept.zip"] if verb == "backup" else [tmp_path / "kept.zip", folder]
    assert "is there already" in run(verb, *words, code=2).stderr


def test_two_copies_are_merged_and_what_differs_is_told(folder: Path, tmp_path: Path) -> None:
    run("backup", folder, tmp_path / "kept.zip")
    run("restore", tmp_path / "kept.zip", tmp_path / "copy")
    run("build", tmp_path / "copy")
    key = Case(folder).claims()[0].id
    run("decide", folder, "accept", key, "--why", "I read it", "--who", "One")
    run("decide", tmp_path / "copy", "reject", key, "--why", "not about this", "--who", "Two")
    shown = run("merge", folder, tmp_path / "copy", "--who", "One", code=1)
    assert "0 captures and 1 decision came from" in shown.stderr
    assert f"decided otherwise on {key}" in shown.stderr
    assert "0 captures and 0 decisions came from" in run("merge", folder, tmp_path / "copy").stderr
    assert "whole" in run("verify", folder).stderr


POLLED = ("visits.json", "watched.json")


def test_what_was_polled_stays_where_it_was(folder: Path, tmp_path: Path) -> None:
    """It may know of entries that came after the back-up: a copy that believed it would never ask for them."""
    for name in POLLED:
        (folder / name).write_text('{"a": 1}\n', "utf-8")
    run("backup", folder, tmp_path / "kept.zip")
    run("restore", tmp_path / "kept.zip", tmp_path / "copy")
    assert not any((tmp_path / "copy" / name).exists() for name in POLLED)
    (tmp_path / "copy" / POLLED[0]).write_text('{"b": 2}\n', "utf-8")
    run("merge", folder, tmp_path / "copy")
    run("merge", tmp_path / "copy", folder)
    assert [(folder / name).read_text("utf-8") for name in POLLED] == ['{"a": 1}\n'] * 2
    assert (tmp_path / "copy" / POLLED[0]).read_text("utf-8") == '{"b": 2}\n'


def test_a_watched_folder_is_taken_in_once_by_a_restored_copy_too(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("Four people were injured in Hama on Monday, a nurse said.", "utf-8")
    os.utime(tmp_path / "in" / "a.txt", (1_741_000_000, 1_741_000_000))
    run("watch", folder, tmp_path / "in", "--once")
    run("backup", folder, tmp_path / "kept.zip")
    run("restore", tmp_path / "kept.zip", tmp_path / "copy")
    told = run("watch", tmp_path / "copy", tmp_path / "in", "--once")
    assert "same bytes" in told.output and len(Case(tmp_path / "copy").reports()) == 2


def test_forgetting_leaves_what_was_polled(folder: Path, tmp_path: Path) -> None:
    for name in POLLED:
        (folder / name).write_text("{}\n", "utf-8")
    report = Case(folder).reports()[0].id
    run("forget", folder, report, "--why", "asked by the witness", "--who", "A Reader")
    assert [(folder / name).read_text("utf-8") for name in POLLED] == ["{}\n"] * 2
    assert run("verify", folder).exit_code == 0


def test_forgetting_tells_which_back_ups_still_hold_it(folder: Path, tmp_path: Path) -> None:
    run("backup", folder, tmp_path / "kept.zip")
    report = Case(folder).reports()[0].id
    told = run("forget", folder, report, "--why", "asked by the witness", "--who", "A Reader").stderr
    assert "the back-up kept.zip of" in told and "still holds what was in the case then" in told


def test_a_sheet_is_forgotten_with_its_persons_and_an_older_one_is_named(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text(LIST, "utf-8")
    run("import", folder, tmp_path / "list.csv", *TAKE)
    (tmp_path / "list.csv").write_text(LIST + "P4,Nour Adel Rawi,40,killed,2025-03-10,Tartus\n", "utf-8")
    run("import", folder, tmp_path / "list.csv", *TAKE)
    older, newer = [one.id for one in Case(folder).reports() if one.name == "list"]
    told = run("forget", folder, newer, "--why", "asked by a family", "--who", "A Reader").stderr
    assert f"another capture of the same address stays, and may say the same: {older}" in told
    run("forget", folder, older, "--why", "asked by a family", "--who", "A Reader")
    left = [path for path in folder.rglob("*") if path.is_file() and b"Khaled" in path.read_bytes()]
    assert left == [] and Case(folder).victims() == []


def test_who_is_listed_is_shown_and_children_and_the_missing_are_not_named(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text(LIST, "utf-8")
    shown = run("import", folder, tmp_path / "list.csv", *TAKE)
    assert "list of First Body: 3 rows, 3 persons" in shown.stderr
    told = run("victims", folder, "--format", "csv")
    assert "Samir Khaled Rawi" in told.stdout and "Huda" not in told.stdout
    assert "3 persons in 3 rows (killed 2, missing 1), 1 of them unnamed" in told.stderr
    assert "Huda" in run("victims", folder, "--unmasked", "--format", "json").stdout
    assert "Samir" in run("victims", folder).stdout and "Huda" not in run("victims", folder).output
    exported = run("export", folder, "--format", "csv", "--sheet", "victims").stdout
    assert "Samir Khaled Rawi" in exported and "Huda" not in exported


def test_a_person_stands_inside_or_outside_an_incident_or_that_is_unknown(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text(LIST, "utf-8")
    run("import", folder, tmp_path / "list.csv", *TAKE)
    (incident,) = [one.id for one in Case(folder).linked().incidents if one.kind == "incident"]
    told = run("victims", folder, "--incident", incident, "--format", "csv").stdout
    assert [line.rpartition(",")[2] for line in told.splitlines()] == ["standing", "outside", "outside", "outside"]
    assert "no incident is called" in run("victims", folder, "--incident", "I-0099", code=2).stderr
