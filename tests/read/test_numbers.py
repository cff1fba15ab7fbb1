"""What words for numbers come to, and what is no number: the cases of numbers.toml."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from cenotaph.read.bounds import bounds
from cenotaph.read.language import Language, language_of
from cenotaph.read.numbers import numbers, ordinals
from cenotaph.read.text import Sentence, sentences
from cenotaph.world import Known, load

Case = dict[str, Any]
CASES = tomllib.loads((Path(__file__).parent / "numbers.toml").read_text("utf-8"))["case"]


@pytest.fixture(scope="module")
def world() -> Known:
    return load(countries=("SY",))


def the_numbers(sentence: Sentence, language: Language) -> list[list[Any]]:
    return [[sentence.words(one.first, one.last), round(one.value, 8)] for one in numbers(sentence.tokens, language)]


def the_ordinals(sentence: Sentence, language: Language) -> list[list[Any]]:
    return [[sentence.words(one.first, one.last), one.value] for one in ordinals(sentence.tokens, language)]


def the_bounds(sentence: Sentence, language: Language) -> list[list[Any]]:
    ends = [(one, "open" if one.low is None else one.low, "open" if one.high is None else one.high)
            for one in bounds(sentence.tokens, language)]  # fmt: skip
    return [[sentence.words(one.first, one.last), low, high] for one, low, high in ends]


ASKED = {"numbers": the_numbers, "ordinals": the_ordinals, "bounds": the_bounds}


@pytest.mark.parametrize("case", CASES, ids=[case["why"] for case in CASES])
def test_what_number_words_come_to(case: Case, world: Known) -> None:
    language = language_of(case.get("language", "en"), world)
    (sentence,) = sentences(case["text"])
    asked = [key for key in ASKED if key in case]
    assert asked, "a case asks for numbers, ordinals or bounds"
    for key in asked:
        assert ASKED[key](sentence, language) == case[key]
