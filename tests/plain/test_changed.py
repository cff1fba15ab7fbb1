"""What changed between two versions is told by sentence; how it is set is no change."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from cenotaph.plain.changed import changes, sentences

CASES = tomllib.loads(Path(__file__).with_name("changed.toml").read_text(encoding="utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_the_sentences_that_differ(case: dict[str, Any]) -> None:
    found = [[one.kind, one.before, one.after] for one in changes(case["before"], case["after"])]
    assert found == case["changes"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_with_its_changes_the_old_version_has_as_many_sentences_as_the_new_one(case: dict[str, Any]) -> None:
    found = changes(case["before"], case["after"])
    grown = sum(one.kind == "added" for one in found) - sum(one.kind == "taken out" for one in found)
    assert len(sentences(case["before"])) + grown == len(sentences(case["after"]))


def test_a_long_text_with_one_change_is_compared_whole() -> None:
    lines = [f"{number} people were killed at place {number}." for number in range(3_000)]
    (found,) = changes("\n".join(lines), "\n".join([*lines[:1_500], "Seven died elsewhere.", *lines[1_500:]]))
    assert (found.kind, found.after) == ("added", "Seven died elsewhere.")
