"""Victims' names as linking compares them: what is one name is found by its sounds, what is not stays two."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from cenotaph.link.victims import common, sound_keys, victims
from cenotaph.plain.same_name import same_name

ONE = [
    ("Huda al-Nasser", "هدى الناصر"),
    ("Huda al-Nasser", "هدى سالم الناصر"),
    ("Salim Abdul Karim", "سليم عبد الكريم"),
    ("Saleem Abdel-Kareem", "سليم عبدالكريم"),
    ("Abdullah Mohammed Halabi", "عبد الله محمد الحلبي"),
    ("Abdulrahman Yousef", "عبد الرحمن يوسف"),
    ("Dr. Samir Halabi", "سمير الحلبي"),
    ("أحمد قرأية سعيد", "أحمد قرائية سعيد"),
]
TWO = [
    ("Huda al-Nasser", "Nada al-Nasser"),
    ("سمير خالد الراوي", "سامر خالد الراوي"),
    ("سمير خالد الراوي", "سمير أحمد الراوي"),
    ("Samir Khalid", "Khalid Samir"),
    ("Huda al-Nasser", "هدى الحلبي"),
    ("Salim Abdul Karim", "Salim Abdul Rahman"),
    ("wife of Samir Halabi", "Samir Halabi"),
    ("Huda", "هدى"),
    ("Abu Samir", "أبو سمير"),
    ("", "هدى الناصر"),
]


@pytest.mark.parametrize(("one", "other"), ONE)
def test_one_name_in_two_spellings_is_found_by_its_sounds(one: str, other: str) -> None:
    assert not sound_keys(one).isdisjoint(sound_keys(other))
    assert common(victims([one]), victims([other])) == common(victims([other]), victims([one])) == 1


@pytest.mark.parametrize(("one", "other"), TWO)
def test_two_names_are_no_victim_in_common(one: str, other: str) -> None:
    assert common(victims([one]), victims([other])) == common(victims([other]), victims([one])) == 0


def test_more_stay_apart_than_come_together() -> None:
    assert len(TWO) > len(ONE) > 4


def test_one_who_is_named_twice_is_one_victim_in_common() -> None:
    twice = victims(["Huda al-Nasser", "هدى سالم الناصر"])
    assert common(twice, victims(["هدى الناصر"])) == common(victims(["هدى الناصر"]), twice) == 1


def test_a_given_name_or_a_kunya_is_nobody_to_be_met_again() -> None:
    assert victims(["Huda", "أبو سمير", "عبد الرحمن", ""]) == frozenset()


WORDS = ("Samir", "سمير", "Khalid", "خالد", "الراوي", "al-Rawi", "عبد الله", "Abdullah", "Huda", "هدى")
NAMES = some.lists(some.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join)


@given(some.frozensets(NAMES, max_size=5), some.frozensets(NAMES, max_size=5))
def test_the_sounds_miss_nobody_whom_the_names_alone_would_find(mine: frozenset[str], theirs: frozenset[str]) -> None:
    mine, theirs = victims(mine), victims(theirs)
    met = [(one, other) for one in mine for other in theirs if same_name(one, other)]
    found = min(len({one for one, _ in met}), len({other for _, other in met}))
    assert common(mine, theirs) == common(theirs, mine) == found


def test_all_spellings_of_a_name_meet_each_other() -> None:
    spelled = ["Salim Abdul Karim", "Saleem Abdel-Kareem", "سليم عبد الكريم", "سليم عبدالكريم"]
    assert all(sound_keys(one) & sound_keys(other) for one, other in combinations(spelled, 2))
