"""The head of a note says where a report comes from, or is refused in one line that says what to mend."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from cenotaph.intake import Unreadable
from tests.archive.captures import ENGLISH, extracted

CASES: list[dict[str, Any]] = tomllib.loads(Path(__file__).with_name("heads.toml").read_text(encoding="utf-8"))["case"]


@pytest.mark.parametrize("case", [case for case in CASES if "says" in case], ids=lambda case: case["why"])
def test_a_head_says_what_the_report_is_known_by(case: dict[str, Any]) -> None:
    made = extracted(case["note"], "md")
    assert {key: getattr(made, key) for key in case["says"]} == case["says"]
    assert made.text.startswith("Twelve people were killed.")


@pytest.mark.parametrize("case", [case for case in CASES if "refused" in case], ids=lambda case: case["why"])
def test_a_head_that_is_wrong_is_refused_in_one_line(case: dict[str, Any]) -> None:
    # The fence stands in the first line of a file, so that lines are counted as an editor shows them.
    with pytest.raises(Unreadable) as refusal:
        extracted(case["note"].lstrip("\n"), "md")
    line = str(refusal.value)
    assert line.startswith("the-report: ") and "\n" not in line and len(line) < 400
    assert [words for words in case["refused"] if words not in line] == [], line


def test_every_case_either_says_something_or_is_refused() -> None:
    assert all(("says" in case) != ("refused" in case) for case in CASES)


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_a_head_is_read_with_the_line_ends_of_any_machine(ends: str) -> None:
    made = extracted(
        ends.join(["---", "outlet: Example Wire", "---", "Twelve were killed.", "Nine were hurt.", ""]), "md"
    )
    assert (made.outlet, made.text) == ("Example Wire", "Twelve were killed.\nNine were hurt.")


def test_a_mark_or_blank_lines_before_the_head_and_spaces_after_its_fences_do_no_harm() -> None:
    note = "\ufeff\n\n---  \noutlet: Example Wire\n--- \n" + ENGLISH
    assert extracted(note, "md").outlet == "Example Wire"


def test_lines_are_counted_from_the_top_of_the_file_even_under_blank_lines() -> None:
    with pytest.raises(Unreadable, match=r"line 4\)"):
        extracted("\n\n---\ntitle: !!python/name:os.system\n---\n" + ENGLISH, "md")


def test_a_text_without_a_head_is_all_text() -> None:
    for words in (ENGLISH, "----\n" + ENGLISH, "--- " + ENGLISH, "-- \n" + ENGLISH):
        assert extracted(words, "md").text == words


def test_a_head_of_a_million_lines_is_refused_and_not_read() -> None:
    note = "---\n" + "".join(f"key{n}: x\n" for n in range(100_000)) + "---\n" + ENGLISH
    with pytest.raises(Unreadable, match="never ends"):
        extracted(note, "md")


@pytest.mark.parametrize("head", ["[" * 9_000, "{a: " * 4_000, "? " * 9_000], ids=["lists", "maps", "keys"])
def test_a_head_nested_without_end_is_refused(head: str) -> None:
    with pytest.raises(Unreadable, match="not valid"):
        extracted(f"---\ntitle: {head}\n---\n{ENGLISH}", "md")


def test_a_head_nested_without_end_in_toml_is_refused() -> None:
    with pytest.raises(Unreadable, match="not valid"):
        extracted(f"+++\ntitle = {'[' * 9_000}\n+++\n{ENGLISH}", "md")


def test_a_name_that_would_steer_a_terminal_is_refused() -> None:
    with pytest.raises(Unreadable, match="id holds a control character"):
        extracted('---\nid: "\\e[2J"\n---\n' + ENGLISH, "md")


def test_marks_of_writing_direction_in_a_title_are_no_fault() -> None:
    assert extracted("---\ntitle: \u200f12 قتيلا\n---\n" + ENGLISH, "md").title == "\u200f12 قتيلا"
