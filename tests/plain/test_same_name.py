"""Whether two names can be of one person: the pairs of same_names.toml, and what holds of any two names."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cenotaph.plain.same_name import SAME, in_full, latin_name, persons, same_name

PAIRS = tomllib.loads((Path(__file__).parent / "same_names.toml").read_text("utf-8"))["pair"]
ARABIC = ("سمير", "خالد", "الراوي", "محمد", "عبد", "الرحمن", "أبو", "بن", "الحاج", "زوجة", "نور", "الدين", "قنبر")
LATIN = ("Samir", "al-Rawi", "Abd", "al", "Rahman", "Abu", "ibn", "wife", "of")
WORDS = st.sampled_from((*ARABIC, *LATIN))
NAMES = st.lists(WORDS, max_size=5).map(" ".join)


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: f"{pair['one']} | {pair['other']}")
def test_two_names_are_one_persons_or_not_and_it_is_said_why(pair: dict[str, Any]) -> None:
    found = same_name(pair["one"], pair["other"])
    assert (bool(found), found.reason) == (pair["same"], pair["reason"])


def test_more_pairs_are_told_apart_than_put_together() -> None:
    assert sum(not pair["same"] for pair in PAIRS) > sum(pair["same"] for pair in PAIRS)


@given(NAMES, NAMES)
def test_which_name_comes_first_makes_no_difference(one: str, other: str) -> None:
    assert same_name(one, other) == same_name(other, one)


@given(NAMES | st.text(max_size=20), NAMES | st.text(max_size=20))
def test_any_two_texts_have_a_score_and_a_reason(one: str, other: str) -> None:
    found = same_name(one, other)
    assert 0 <= found.score <= 1
    assert found.reason
    assert bool(found) == (found.score >= SAME)


@given(st.lists(NAMES, max_size=6))
def test_each_name_goes_to_one_person(names: list[str]) -> None:
    put = [name for one in persons(names) for name in one]
    assert sorted(put) == sorted(set(names))


def test_brothers_in_one_list_are_as_many_as_they_are() -> None:
    brothers = ["سمير خالد الراوي", "سامر خالد الراوي", "سامي خالد الراوي"]
    assert len(persons([*brothers, "Samir al-Rawi"])) == 3


@pytest.mark.parametrize("name", ["", "أبو سمير", "عبد الرحمن", "سمير", "الحاج سمير", "نور الدين"])
def test_less_than_two_names_are_no_name_in_full(name: str) -> None:
    assert not in_full(name)


@pytest.mark.parametrize("name", ["", "Samir al-Rawi", "سمير لبلوبكو", "123", "سمير Rawi"])
def test_a_name_that_is_not_all_listed_is_not_written_in_latin_letters(name: str) -> None:
    assert latin_name(name) == ""
