"""One morning's three hundred things go in with one command, and a person is told what is left to look at."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cenotaph.case import Case
from cenotaph.case.repeats import repeats
from cenotaph.vocabulary import Report
from tests.cli import mixed
from tests.cli.running import run

TOLD = (
    "Ten people were killed at the old gate on Friday morning. The road was closed until the evening.\n\n"
    "Nobody has said who fired, and the town's hospital asked for blood of every kind that it lacks."
)


def of(text: str, outlet: str = "One") -> Report:
    return Report.of_text(text, outlet=outlet)


def says(report: Report, words: str) -> bool:
    return "killed" in words or any(map(str.isdigit, words))


def found(*texts: str) -> list[tuple[int, int, bool]]:
    """Which of the texts repeats which, by number, and whether wholly; the first was held before."""
    reports = [of(text, f"Outlet {at}") for at, text in enumerate(texts)]
    ids = [one.id for one in reports]
    return [
        (ids.index(one.report), ids.index(one.of), one.whole)
        for one in repeats(ids[1:], reports, says)
    ]  # fmt: skip


def test_three_hundred_mixed_things_are_told_in_a_few_lines(tmp_path: Path) -> None:
    mixed.three_hundred(tmp_path / "morning")
    run("init", tmp_path / "case", "--country", "Syria")
    shown = run("add", tmp_path / "case", tmp_path / "morning")
    told = shown.stderr
    assert shown.exit_code == 1
    assert "of 300 things: 70 new, 220 with nothing new here" in told
    assert "10 for a person:" in told
    assert "5 sheets that nobody has mapped (" in told and "5 things that can't be read" in told
    counts = [int(one) for one in re.findall(r"(?:is|are) repeated (\d+) time", told)]
    held = re.search(r"held already, byte for byte or word for word: (\d+)", told)
    assert sum(counts) + int(held[1] if held else 0) == 220


def test_adding_it_again_brings_nothing_new(tmp_path: Path) -> None:
    for number in range(3):
        (tmp_path / f"{number}.txt").write_text(f"{TOLD} Written {number}.", "utf-8")
    run("init", tmp_path / "case")
    run("add", tmp_path / "case", *sorted(tmp_path.glob("*.txt")))
    again = run("add", tmp_path / "case", *sorted(tmp_path.glob("*.txt")))
    assert "of 3 things: 0 new, 3 with nothing new here" in again.stderr


def test_of_a_large_case_no_text_is_loaded_and_it_says_that_nothing_was_compared(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        (tmp_path / f"{number}.txt").write_text(f"{TOLD} Written {number}.", "utf-8")
    run("init", tmp_path / "case")

    def loaded(_: Case) -> list[Report]:
        raise AssertionError("all texts were loaded")

    monkeypatch.setattr("cenotaph.cli.summing.MOST_HELD", 2)
    monkeypatch.setattr(Case, "reports", loaded)
    told = run("add", tmp_path / "case", *sorted(tmp_path.glob("*.txt")))
    assert "of 3 things: 3 new, 0 with nothing new here" in told.stderr
    assert "not compared: the case holds more than 2 reports" in told.stderr


def test_one_thing_alone_needs_no_summary(tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text(TOLD, "utf-8")
    run("init", tmp_path / "case")
    assert "nothing new here" not in run("add", tmp_path / "case", tmp_path / "note.txt").stderr


SAME = [
    TOLD,
    TOLD.upper(),
    TOLD.replace("\n\n", " "),
    f"{TOLD}\n\nSent to you by the desk",
    TOLD.partition("\n\n")[0],
    TOLD.replace(",", ""),
]


@pytest.mark.parametrize("text", SAME)
def test_the_same_words_in_another_dress_are_nothing_new(text: str) -> None:
    assert found(TOLD, text) == [(1, 0, True)]


OTHER = [
    TOLD.replace("Ten", "Twelve"),
    f"{TOLD}\n\nTwo more were killed.",
    f"{TOLD}\n\nBy noon there were 14.",
    f"{TOLD}\n\n{TOLD.replace('gate', 'mill').replace('road', 'bridge').replace('blood', 'beds')}",
    "Ten people were killed at the old gate on Friday morning. Then " + "came word upon word of something else " * 5,
]


@pytest.mark.parametrize("text", OTHER)
def test_what_says_anything_more_is_not_nothing_new(text: str) -> None:
    assert not any(whole for _, _, whole in found(TOLD, text))


def test_words_that_anybody_writes_are_no_repeat() -> None:
    assert found("All rights are reserved. " + TOLD, "All rights are reserved. A shop opened in the town today.") == []


def test_of_two_new_ones_the_earlier_is_repeated() -> None:
    import datetime as dt

    late = Report.of_text(TOLD, outlet="Late", published=dt.date(2025, 3, 9))
    early = Report.of_text(TOLD, outlet="Early", published=dt.date(2025, 3, 8))
    undated = Report.of_text(TOLD, outlet="Undated")
    told = repeats([late.id, undated.id, early.id], [late, undated, early], says)
    assert {(one.report, one.of) for one in told} == {(late.id, early.id), (undated.id, early.id)}


def test_what_was_held_before_is_repeated_whatever_its_day() -> None:
    import datetime as dt

    held = Report.of_text(TOLD, outlet="Held", published=dt.date(2025, 3, 9))
    new = Report.of_text(TOLD, outlet="New", published=dt.date(2025, 3, 8))
    assert [(one.report, one.of) for one in repeats([new.id], [held, new], says)] == [(new.id, held.id)]
