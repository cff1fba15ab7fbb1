"""Who says what: the cases of sayings.toml, and laws that hold for any text."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from cenotaph.read import open_page
from cenotaph.read.saying import Saying
from cenotaph.read.sayings import sayings
from cenotaph.vocabulary import Report
from cenotaph.world import Known, load

CASES = tomllib.loads((Path(__file__).parent / "sayings.toml").read_text("utf-8"))["case"]
CASE_KEYS = {"why", "text", "sayings", "nothing", "hard"}
LINE_KEYS = {"kind", "source", "cue", "content", "quoted", "within"}
WORDS = """
    said says saying told reportedly claim that who which , . : “ ” " ( ) — - the army residents and by was is been to
    X's they've according accused of mayor Rami Haddad Tuesday include not
"""


@cache
def world() -> Known:
    return load(countries=("SY",))


def read(text: str, language: str = "en") -> list[Saying]:
    page = open_page(Report.of_text(text, language=language, outlet="Example Wire"), world())
    return [one for line in sayings(page) for one in line]


def told(text: str, one: Saying) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "source": one.source.of(text) if one.source else "",
        "cue": one.cue.of(text),
        "content": " … ".join(part.of(text) for part in one.content),
        "quoted": one.quoted,
        "within": one.within is not None,
    }


@pytest.mark.parametrize("case", CASES, ids=[case["why"] for case in CASES])
def test_who_says_what(case: dict[str, Any]) -> None:
    found = [told(case["text"], one) for one in read(case["text"])]
    expected = case.get("sayings", [])
    assert len(found) == len(expected), found
    for line, one in zip(expected, found, strict=True):
        line = {"quoted": False, "within": False, **line}
        content = line.pop("content", "")
        assert content in one["content"], one
        assert {key: one[key] for key in line} == line


def test_cases_hold_only_keys_that_are_compared() -> None:
    for case in CASES:
        assert set(case) <= CASE_KEYS, case
        assert ("sayings" in case) != ("nothing" in case), case
        assert all(set(line) <= LINE_KEYS for line in case.get("sayings", ())), case


def test_a_language_without_cues_has_no_sayings() -> None:
    assert read("قال المرصد إن السوق كان مغلقا.", "ar") == []


@given(some.lists(some.sampled_from(WORDS.split()), max_size=40).map(" ".join))
@settings(max_examples=150, deadline=None)
def test_every_saying_is_made_of_words_of_its_text(text: str) -> None:
    for one in read(text):
        assert one.cue.of(text).strip()
        assert one.source is None or one.source.of(text).strip()
        assert all(0 <= part.start < part.end <= len(text) for part in one.content)
