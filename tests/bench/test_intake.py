"""Many files into a case: killed again and again it holds what an uninterrupted run holds; the bench sees it if not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bench.intake import __main__ as intake
from bench.intake.comparing import differences, files_of, rows_of
from bench.intake.made import made
from bench.intake.running import interrupted, run, started

FILES = 1_000
KILLS = 8
"""Of a program that takes 200 files at once; the bench itself kills twenty times, among many more files."""
HALF = intake.Measured(100, 50_000, 1.0, 1.0, 100_000_000, 1.0, 0.1, 1.0, 20, 5.0)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with files in given/, and in whole/ a case that took them in one run."""
    here = tmp_path_factory.mktemp("intake")
    made(here / "given", FILES)
    started(here / "whole")
    first = run(here / "whole", here / "given")
    assert (first.lines, first.new) == (FILES, FILES - FILES // 50)
    return here


def test_killed_again_and_again_and_resumed_it_holds_what_an_uninterrupted_run_holds(whole: Path) -> None:
    started(whole / "killed")
    runs = interrupted(whole / "killed", whole / "given", FILES, KILLS, longest=0.05)
    assert sum(one.killed for one in runs) > KILLS // 2, "most were done before they were killed: this tests nothing"
    assert len(runs) == KILLS + 1 and runs[-1].lines == FILES and not runs[-1].killed
    assert differences(whole / "whole", whole / "killed") == []
    assert files_of(whole / "whole") == files_of(whole / "killed")
    assert rows_of(whole / "killed").total() == FILES - FILES // 50


def test_a_run_that_was_resumed_adds_only_what_was_not_there(whole: Path) -> None:
    started(whole / "cut")
    before = run(whole / "cut", whole / "given", kill_at=FILES // 2)
    after = run(whole / "cut", whole / "given")
    assert before.killed and not after.killed
    assert after.lines == FILES and after.new <= FILES - before.new


def test_a_file_that_is_changed_and_a_row_that_is_missing_are_seen(tmp_path: Path) -> None:
    made(tmp_path / "given", 100)
    for name in ("one", "other"):
        started(tmp_path / name)
    run(tmp_path / "one", tmp_path / "given")
    for last in sorted((tmp_path / "given").rglob("*.txt"))[-2:]:  # the last file repeats the one before it
        last.unlink()
    run(tmp_path / "other", tmp_path / "given")
    found = " ".join(differences(tmp_path / "one", tmp_path / "other"))
    assert "the archives differ" in found and "the tables have" in found
    assert "the rows differ: 1 and 0 stand in one alone" in found
    held = next(path for path in (tmp_path / "one" / "archive").rglob("*") if path.is_file())
    held.write_bytes(b"another")
    assert "not those that were kept" in " ".join(differences(tmp_path / "one", tmp_path / "one"))


def test_memory_that_grows_and_cases_that_differ_miss_the_bar(capsys: pytest.CaptureFixture[str]) -> None:
    assert intake._judged([HALF, replace(HALF, files=1_000, memory=105_000_000)]) == 0
    assert intake._judged([HALF, replace(HALF, files=1_000, memory=120_000_000)]) == 1
    assert "memory grows" in capsys.readouterr().err
    assert intake._judged([replace(HALF, differing=("the archives differ",))]) == 1


@pytest.mark.parametrize("words", ["many", "10", "1000,500", "1000,1000"])
def test_sizes_that_make_no_sense_are_misuse(words: str) -> None:
    with pytest.raises(SystemExit) as ended:
        intake.main(["--files", words])
    assert ended.value.code == 2
