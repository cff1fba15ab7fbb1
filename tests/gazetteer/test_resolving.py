"""A place as people write it comes to where it is, as finely as its words allow, and never to a namesake's point."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from cenotaph.gazetteer import Gazetteer
from cenotaph.gazetteer.resolving import Found, resolve

TABLE = tomllib.loads((Path(__file__).parent / "resolve.toml").read_text(encoding="utf-8"))
GAZETTEER = Gazetteer.embedded()


def resolved(case: dict[str, Any]) -> Found | None:
    return resolve(case["names"], GAZETTEER, country="SY", area=case.get("area", ""), district=case.get("district", ""))


@pytest.mark.parametrize("case", TABLE["case"], ids=[case["why"] for case in TABLE["case"]])
def test_a_place_comes_to_where_it_is_as_finely_as_its_words_allow(case: dict[str, Any]) -> None:
    found = resolved(case)
    assert found is not None
    assert (found.entry.name, found.precision) == (case["is"], case["precision"])


@pytest.mark.parametrize("case", TABLE["nothing"], ids=[case["why"] for case in TABLE["nothing"]])
def test_a_place_that_nobody_lists_comes_to_its_area_only(case: dict[str, Any]) -> None:
    found = resolved(case)
    assert found is not None
    assert (found.entry.level, found.precision, found.rule) == ("admin1", 4, "its first-level area")


def test_what_is_less_precise_says_by_which_rule() -> None:
    rules = {resolved(case).rule for case in TABLE["case"] if case["precision"] > 1}  # type: ignore[union-attr]
    assert "" not in rules


def test_without_an_area_a_name_that_nobody_lists_is_nowhere() -> None:
    assert resolved({"names": ["Umm Zaytunat"]}) is None
    assert resolved({"names": [], "area": ""}) is None


def test_an_area_that_nobody_knows_does_not_place_anything() -> None:
    assert resolved({"names": ["Umm Zaytunat"], "area": "Zaytun Governorate"}) is None


def test_a_very_long_phrase_is_cut_and_not_pondered() -> None:
    found = resolved({"names": ["zaytun " * 20_000], "area": "Idlib"})
    assert found is not None and found.precision == 4
