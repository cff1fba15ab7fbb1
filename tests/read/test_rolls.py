"""Names in Arabic, which has no capitals: alone, in lists, and in rolls below a figure. All people are made up."""

from __future__ import annotations

import datetime as dt
import tomllib
from pathlib import Path
from typing import Any

import pytest

from cenotaph import world
from cenotaph.read import read
from cenotaph.read.language import language_of
from cenotaph.read.plain_names import plain_names
from cenotaph.read.text import sentences
from cenotaph.vocabulary import Claim, Report

WORLD = world.load(countries=("Syria",))
CASES = tomllib.loads((Path(__file__).parent / "plain_names.toml").read_text("utf-8"))["case"]


def named(text: str) -> list[str]:
    found = plain_names(sentences(text), language_of("ar", WORLD))
    return [name.full for line in found for name in line]


def read_of(text: str) -> list[Claim]:
    report = Report.of_text(text, name="r", url="r", outlet="O", language="ar", published=dt.date(2025, 3, 9))
    claims = read(report, WORLD)[0]
    assert all(claim.quote == text[claim.start : claim.end] for claim in claims)
    return claims


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_who_is_named(case: dict[str, Any]) -> None:
    assert named(case["text"]) == case.get("names", [])
    assert bool(case.get("nobody")) != bool(case.get("names"))


@pytest.mark.parametrize(
    "case", [one for one in CASES if "harmed" in one or "nobody" in one], ids=lambda one: one["why"]
)
def test_who_of_them_is_harmed(case: dict[str, Any]) -> None:
    wanted, claims = case.get("harmed", {}), read_of(case["text"])
    for harm in wanted or {"killed", "injured"}:
        found = [name for claim in claims if harm in claim.harm.codes for name in claim.group.names]
        assert list(dict.fromkeys(found)) == wanted.get(harm, [])


@pytest.mark.parametrize("case", [one for one in CASES if "counted" in one], ids=lambda one: one["why"])
def test_a_list_of_names_counts_its_people(case: dict[str, Any]) -> None:
    claims = read_of(case["text"])
    for harm, figure in case["counted"].items():
        assert max(claim.quantity.base or 0 for claim in claims if harm in claim.harm.codes) == figure


def test_more_texts_name_nobody_harmed_than_somebody() -> None:
    nobody = [case for case in CASES if case.get("nobody") or [] in case.get("harmed", {}).values()]
    assert 2 * len(nobody) > len(CASES)


def test_a_list_that_is_cut_off_counts_at_least_its_people() -> None:
    claims = read_of("أسماء الجرحى في بانياس:\nسمير خالد الراوي\nهدى محمود قنبر...")
    assert [(one.quantity.comparator, one.quantity.base) for one in claims] == [("at least", 2)]


def names_of_harmed(text: str) -> list[tuple[str, ...]]:
    claims, _, _ = read(
        Report.of_text(text, name="r", url="r", outlet="O", language="ar", published=dt.date(2025, 3, 9)), WORLD
    )
    for claim in claims:
        assert claim.quote == text[claim.start : claim.end]
    return [claim.group.names for claim in claims]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("استشهد الطفل سمير خالد الراوي في بانياس", ["سمير خالد الراوي"]),
        ("سمير خالد الراوي وهدى محمود الراوي", ["سمير خالد الراوي", "هدى محمود الراوي"]),
        ("الشهداء: ١- سمير خالد الراوي ٢- زكور الراوي.", ["سمير خالد الراوي", "زكور الراوي"]),
        ("وليد سمير الراوي", ["وليد سمير الراوي"]),
        ("سمير عبد الله البالغ من العمر 30 عاما", ["سمير عبد الله"]),
    ],
)
def test_a_name_begins_with_a_given_name_and_ends_where_grammar_begins(text: str, names: list[str]) -> None:
    assert named(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "قصف على أطراف حمص",  # "على" is no "علي"
        "محمد",  # a given name alone names nobody
        "بالحكم النهائي",
        "قتل ثلاثة مدنيين في بانياس",
        "Three people were killed in Baniyas",
    ],
)
def test_what_only_looks_like_a_name_names_nobody(text: str) -> None:
    assert named(text) == []


def test_a_roll_below_a_figure_names_those_whom_it_counts() -> None:
    text = "قتل مدنيان بقصف على بانياس.\n\n- سمير خالد الراوي\n\n- هدى محمود الراوي"
    assert names_of_harmed(text) == [("سمير خالد الراوي", "هدى محمود الراوي")]


def test_who_wrote_or_spoke_is_in_no_roll() -> None:
    text = "قتل مدنيان بقصف على بانياس.\n\nتصوير: سمير خالد الراوي"
    assert names_of_harmed(text) == [()]


def test_names_without_a_figure_above_them_are_of_nobody_harmed() -> None:
    assert names_of_harmed("- سمير خالد الراوي\n\n- هدى محمود الراوي") == []
