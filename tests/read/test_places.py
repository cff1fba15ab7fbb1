"""Which places a text names, and which of their namesakes it means: the cases of places.toml."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from cenotaph.gazetteer import Gazetteer
from cenotaph.read import open_page, read
from cenotaph.read.page import Mention, Page
from cenotaph.vocabulary import Report
from cenotaph.world import load

CASES = tomllib.loads((Path(__file__).parent / "places.toml").read_text(encoding="utf-8"))["case"]


def page_of(text: str, countries: tuple[str, ...] = (), url: str = "") -> Page:
    return open_page(Report.of_text(text, language="en", url=url), load(countries=countries))


def named(page: Page) -> list[Mention]:
    return [one for scene in page.scenes for one in scene.mentions]


@pytest.mark.parametrize("case", CASES, ids=[case["why"] for case in CASES])
def test_what_a_place_name_is_read_as(case: dict[str, Any]) -> None:
    page = page_of(case["text"], tuple(case.get("in", ())), case.get("url", ""))
    if "places" in case:
        found = [[one.name, list(one.entry.path) if one.entry else []] for one in named(page)]
        assert found == case["places"]
        assert [one.name for one in named(page) if one.whole] == case.get("whole", [])
    if "asides" in case:
        assert [one.name for scene in page.scenes for one in scene.asides] == case["asides"]
    if "guessed" in case:
        assert [one.name for one in named(page) if one.guessed] == case["guessed"]


def test_a_name_of_one_place_in_a_long_report_means_the_same_throughout() -> None:
    text = "The mill in Dublin, Ohio, burned. " + "People in Dublin watched. " * 30
    assert {one.entry.path for one in named(page_of(text)) if one.entry and one.name == "Dublin"} == {
        ("United States", "Ohio", "Dublin")
    }


def test_names_in_no_sense_of_order_settle_too() -> None:
    names = ["Springfield", "Georgetown", "Franklin County", "Richmond", "Manchester", "Kingston", "Salem"] * 20
    for one in named(page_of(f"They met in {', '.join(names)}.")):
        assert one.entry is None or one.entry in one.options


@pytest.mark.parametrize("text", ["Twelve people were killed in Syria.", "Twelve people were killed in Africa."])
def test_a_harm_in_a_country_or_a_continent_gets_no_point(text: str) -> None:
    claims, _, _ = read(Report.of_text(text, language="en"), load())
    (place,) = [claim.scope.place for claim in claims]
    assert place is not None
    assert (place.lat, place.lon, place.precision) == (None, None, 6)


def test_a_guessed_place_is_assumed_by_its_rule() -> None:
    claims, _, _ = read(Report.of_text("Twelve people were killed in Springfield.", language="en"), load())
    assert [rule for claim in claims for name, rule in claim.assumed if name == "place"] == [
        "the likeliest of several places of the name"
    ]


def test_the_village_is_meant_rather_than_the_town_that_it_lies_by() -> None:
    text = "Shelling of the town of Kansafra south of Idlib killed four civilians."
    claims, _, _ = read(Report.of_text(text, language="en"), load(countries=("SY",)))
    assert [claim.scope.place.path for claim in claims if claim.scope.place] == [("Syria", "Idlib", "Kansafra")]


def test_the_middle_of_a_country_is_known_for_comparing_only() -> None:
    (mention,) = named(page_of("Rain fell in Chad."))
    assert mention.entry is not None and mention.entry.lat is None
    assert mention.point == Gazetteer.embedded().find("Chad")[0].middle == (15, 19)
