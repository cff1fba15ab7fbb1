"""Names in Arabic and Latin letters meet where they are spellings of one name, and nowhere else."""

from __future__ import annotations

import tomllib
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from cenotaph.plain.romanised import alike, apart, is_arabic, latin, skeleton, sounds, words

TABLE = tomllib.loads((Path(__file__).parent / "romanised.toml").read_text(encoding="utf-8"))
ENOUGH = 0.82
"""What places are compared at; persons are held to more elsewhere."""
NAMES = [name for kind in ("alike", "unlike") for case in TABLE[kind] for name in case["names"]]


@pytest.mark.parametrize("case", TABLE["alike"], ids=[case["why"] for case in TABLE["alike"]])
def test_spellings_of_one_name_are_alike(case: dict[str, Any]) -> None:
    one, other = case["names"]
    assert alike(one, other) >= ENOUGH, (sounds(one), sounds(other))
    assert (skeleton(one) == skeleton(other)) is case.get("bones", True)


@pytest.mark.parametrize("case", TABLE["unlike"], ids=[case["why"] for case in TABLE["unlike"]])
def test_other_names_are_not_alike(case: dict[str, Any]) -> None:
    one, other = case["names"]
    assert alike(one, other) < ENOUGH, (sounds(one), sounds(other))


def test_likeness_is_the_same_either_way_round() -> None:
    for one, other in product(NAMES, NAMES):
        assert alike(one, other) == pytest.approx(alike(other, one))


def test_a_name_is_as_far_from_itself_as_nothing() -> None:
    for name in NAMES:
        assert apart(sounds(name), sounds(name)) == 0


def test_likeness_lies_between_nothing_and_one() -> None:
    assert all(0 <= alike(one, other) <= 1 for one, other in product(NAMES, NAMES))


@pytest.mark.parametrize("name", ["Salim", "12", "", "İstanbul", "Ω", "😀"])
def test_what_has_no_arabic_letter_is_shown_as_it_is(name: str) -> None:
    assert not is_arabic(name)
    assert latin(name) == name


def test_arabic_is_shown_in_latin_letters_only() -> None:
    for name in filter(is_arabic, NAMES):
        assert not is_arabic(latin(name))


def test_a_very_long_name_takes_no_longer_than_a_long_one() -> None:
    assert words("zaytun " * 100_000) == words("zaytun " * 100)
    assert alike("z" * 1_000_000, "a" * 1_000_000) < ENOUGH
