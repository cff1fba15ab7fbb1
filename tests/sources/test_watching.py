"""A watched folder gives what is new, changed and whole, once; what was not kept is given again."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from cenotaph.intake import Captured
from cenotaph.sources import Known, Watched
from cenotaph.vocabulary import Problem

LATER = 4_000_000_000.0  # long after any file here was written


def look(tmp_path: Path, *, clock: float = LATER, remember: bool = True) -> list[str]:
    """The names of reports at one look by a program that begins anew; the words of a Problem."""
    watched = Watched(tmp_path / "watched.json", clock=lambda: clock)
    found = [
        one.name if isinstance(one, Captured) else one.what for one in watched.fresh(tmp_path / "post", Known("Wire"))
    ]
    if remember:
        watched.remember()
    return found


def write(tmp_path: Path, name: str, words: str = "Ten people were killed.") -> Path:
    path = tmp_path / "post" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(words)
    return path


def test_a_file_is_given_once_and_again_when_it_changed(tmp_path: Path) -> None:
    write(tmp_path, "a.txt")
    write(tmp_path, "b/c.txt")
    assert look(tmp_path) == ["a", "c"] and look(tmp_path) == []
    write(tmp_path, "a.txt", "Twelve people were killed.")
    write(tmp_path, "d.txt")
    assert look(tmp_path) == ["a", "d"]


def test_a_file_that_is_still_being_written_waits(tmp_path: Path) -> None:
    changed = write(tmp_path, "a.txt").stat().st_mtime
    assert look(tmp_path, clock=changed + 1) == [] and look(tmp_path, clock=changed + 3) == ["a"]


def test_what_was_not_kept_is_given_again(tmp_path: Path) -> None:
    write(tmp_path, "a.txt")
    assert look(tmp_path, remember=False) == ["a"] and look(tmp_path) == ["a"]


def test_what_can_not_be_read_is_told_once(tmp_path: Path) -> None:
    write(tmp_path, "a.xyz")
    (line,) = look(tmp_path)
    assert "a file of this kind can't be read" in line and look(tmp_path) == []


def test_hidden_files_and_links_that_lead_out_are_not_taken(tmp_path: Path) -> None:
    write(tmp_path, ".a.txt")
    (tmp_path / "secret.txt").write_text("Ten people were killed.")
    os.symlink(tmp_path / "secret.txt", tmp_path / "post" / "b.txt")
    (line,) = look(tmp_path)
    assert "leads out of the folder" in line


def test_a_file_that_is_gone_and_comes_again_with_other_words_is_new(tmp_path: Path) -> None:
    path = write(tmp_path, "a.txt")
    look(tmp_path)
    path.unlink()
    assert look(tmp_path) == []
    write(tmp_path, "a.txt", "Eleven.")
    assert look(tmp_path) == ["a"]


def test_no_name_stands_in_the_memory_in_clear(tmp_path: Path) -> None:
    write(tmp_path, "testimony-of-somebody.txt")
    look(tmp_path)
    assert "somebody" not in (tmp_path / "watched.json").read_text()


@pytest.mark.parametrize("content", ["", "{", "[]", "7", '{"a": 7}', '{"a": ["x", "y"]}', '{"a": [1, 2, 3]}'])
def test_a_broken_memory_is_as_none(tmp_path: Path, content: str) -> None:
    write(tmp_path, "a.txt")
    (tmp_path / "watched.json").write_text(content)
    assert look(tmp_path) == ["a"] and look(tmp_path) == []


@pytest.mark.parametrize("name", ["nothing", "a.txt"])
def test_what_is_no_folder_is_a_problem(tmp_path: Path, name: str) -> None:
    (tmp_path / "a.txt").write_text("Ten people were killed.")
    (found,) = Watched(tmp_path / "watched.json").fresh(tmp_path / name, Known())
    assert isinstance(found, Problem) and "no folder of this name" in found.what
