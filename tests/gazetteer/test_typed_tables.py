"""The tables that people type (countries, regions, other names, words that are no places) meet the gazetteer."""

from __future__ import annotations

import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from cenotaph.gazetteer import Gazetteer, normal
from cenotaph.gazetteer.tables import read

CODES = Path(__file__).resolve().parents[2] / "src/cenotaph/codes"
GAZETTEER = Gazetteer.embedded()


def table(name: str) -> dict[str, Any]:
    return tomllib.loads((CODES / f"{name}.toml").read_text(encoding="utf-8"))


COUNTRIES: list[dict[str, Any]] = table("countries")["country"]
REGIONS: list[dict[str, Any]] = table("regions")["region"]
ALSO: list[dict[str, Any]] = table("regions")["also"]
ARAB = "AE BH DJ DZ EG IQ JO KM KW LB LY MA MR OM PS QA SA SD SO SY TN YE".split()  # noqa: SIM905


@pytest.mark.parametrize("entry", [*COUNTRIES, *REGIONS, *ALSO], ids=lambda one: one.get("name", one.get("entry")))
def test_every_line_says_where_it_comes_from(entry: dict[str, Any]) -> None:
    assert entry["source"].strip()


def test_no_country_stands_twice() -> None:
    for key in ("iso2", "name"):
        assert [one for one, times in Counter(country[key] for country in COUNTRIES).items() if times > 1] == []


@pytest.mark.parametrize("country", COUNTRIES, ids=lambda one: one["iso2"])
def test_a_country_is_found_under_each_of_its_names(country: dict[str, Any]) -> None:
    for name in (country["name"], *country.get("aliases_en", ()), *country.get("names_ar", ())):
        levels = {entry.country for entry in GAZETTEER.find(name) if entry.level == "country"}
        assert country["iso2"] in levels, name


@pytest.mark.parametrize("key", ["demonyms_en", "demonyms_ar"])
def test_an_adjective_belongs_to_one_country(key: str) -> None:
    times = Counter(normal(word) for country in COUNTRIES for word in set(map(normal, country.get(key, ()))))
    assert [word for word, count in times.items() if count > 1] == []


def test_every_arab_country_has_its_arabic_name_and_adjectives() -> None:
    known = {country["iso2"]: country for country in COUNTRIES}
    assert [code for code in ARAB if not (known[code].get("names_ar") and known[code].get("demonyms_ar"))] == []


def test_every_country_has_a_middle_among_its_places() -> None:
    box = "SELECT min(lat), max(lat), min(lon), max(lon) FROM entry WHERE country = ? AND level = 'place'"
    for country in COUNTRIES:
        lat, lon = country["middle"]
        ((south, north, west, east),) = GAZETTEER.store.rows(box, country["iso2"])
        assert south is None or (south - 2 < lat < north + 8 and west - 4 < lon < east + 4), country["name"]


def test_a_short_form_stands_for_one_area_that_the_gazetteer_has() -> None:
    shorts = [(short, one) for one in ALSO for short in one.get("short", ())]
    assert [short for short, times in Counter(short for short, _ in shorts).items() if times > 1] == []
    for short, one in shorts:
        found = [entry for entry in GAZETTEER.find(one.get("name", one["entry"])) if entry.country == one["country"]]
        assert one["level"] in {entry.level for entry in found}, short


@pytest.mark.parametrize("region", REGIONS, ids=lambda one: one["name"])
def test_a_region_is_found_under_each_of_its_names_and_lies_on_earth(region: dict[str, Any]) -> None:
    home = (region["country"],)
    for name in (region["name"], *region.get("aliases", ())):
        assert region["name"] in [entry.name for entry in GAZETTEER.find(name, countries=home)], name
        assert GAZETTEER.starts(name.split()) == len(name.split()), name
    assert -90 < region["lat"] < 90 and -180 < region["lon"] < 180
    assert region.get("precision", 5) in (2, 5, 6)


@pytest.mark.parametrize("region", REGIONS, ids=lambda one: one["name"])
def test_what_a_region_takes_in_is_in_the_gazetteer_under_that_name(region: dict[str, Any]) -> None:
    entry = GAZETTEER.find(region["name"], countries=(region["country"],))[0]
    for path in (*entry.covers, entry.path[:-1]):
        there = [one.path for one in GAZETTEER.find(path[-1])] if path else [()]
        assert path in there


@pytest.mark.parametrize("also", ALSO, ids=lambda one: f"{one['entry']} {one['level']}")
def test_a_further_name_leads_to_one_entry_of_the_gazetteer(also: dict[str, Any]) -> None:
    for name in (*([also["name"]] if "name" in also else []), *also.get("aliases", ())):
        found = [one for one in GAZETTEER.find(name) if (one.country, one.level) == (also["country"], also["level"])]
        assert len({one.id for one in found}) == 1, name
        assert also.get("name", also["entry"]) == found[0].name


@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_word_that_is_no_place_is_the_name_of_one_and_stands_once(language: str) -> None:
    words = table("not_places")[language]["words"]
    assert [word for word, times in Counter(words).items() if times > 1] == []
    bare = {"en": 0, "ar": 1}[language]  # an Arabic word may carry a letter that is a preposition
    assert [word for word in words if not (GAZETTEER.find(word) or (bare and GAZETTEER.find(word[bare:])))] == []


def test_the_places_of_the_news_are_not_among_those_words() -> None:
    words = {normal(word) for words in table("not_places").values() for word in words["words"]}
    news = [
        "Homs",
        "Hama",
        "Idlib",
        "Latakia",
        "Tartus",
        "Aleppo",
        "Gaza",
        "Mosul",
        "Kyiv",
        "Santiago",
        "Lima",
        "Ayacucho",
    ]
    assert [name for name in news if normal(name) in words] == []


@pytest.mark.parametrize(
    ("broken", "error"),
    [
        ("[[region]]\nname = 'X'", KeyError),
        ("[[region]]\nname = 'X'\ncountry = 'XX'\nlat = 1\nlon = 1", KeyError),
        ("[[also]]\ncountry = 'SY'\nlevel = 'place'", KeyError),
        ("[[region]\n", tomllib.TOMLDecodeError),
    ],
)
def test_a_broken_line_is_not_passed_over(tmp_path: Path, broken: str, error: type[Exception]) -> None:
    (tmp_path / "countries.toml").write_text("[[country]]\niso2 = 'SY'\nname = 'Syria'\n", encoding="utf-8")
    (tmp_path / "regions.toml").write_text(broken, encoding="utf-8")
    with pytest.raises(error):
        read(tmp_path)
