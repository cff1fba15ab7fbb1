"""Names in Arabic, which has no capitals: alone, in lists, and in rolls below a figure. All people are made up."""

from __future__ import annotations

import datetime as dt

import pytest

from cenotaph import world
from cenotaph.read import read
from cenotaph.read.language import language_of
from cenotaph.read.plain_names import plain_names
from cenotaph.read.text import sentences
from cenotaph.vocabulary import Report

WORLD = world.load(countries=("Syria",))


def named(text: str) -> list[str]:
    found = plain_names(sentences(text), language_of("ar", WORLD))
    return [name.full for line in found for name in line]


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
