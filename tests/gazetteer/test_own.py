"""A case's own places: read from the lists that teams have, looked up beside the embedded world, and decided."""

from __future__ import annotations

import json
import time
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from cenotaph.gazetteer import Gazetteer
from cenotaph.gazetteer.listed import Listed, ListError, places, places_of_sheets
from cenotaph.gazetteer.own import Named, WithOwn, entries, entry_for, entry_of, kept
from cenotaph.gazetteer.resolving import resolve

TABLE = tomllib.loads((Path(__file__).parent / "listed.toml").read_text(encoding="utf-8"))
WORLD = Gazetteer.embedded()
HEADINGS = ("name", "name_ar", "admin1", "lat", "lon")


def own(*rows: Sequence[object], countries: tuple[str, ...] = ("SY",)) -> WithOwn:
    return WithOwn(WORLD, entries(places([HEADINGS, *rows], "places.csv"), WORLD, countries), ("digest",))


ZAYTUN = own(("Tall Zaytun village", "تل زيتون", "Idlib Governorate", 35.5, 36.5))


# --- lists ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("case", TABLE["case"], ids=[case["why"] for case in TABLE["case"]])
def test_what_a_list_says_is_read(case: dict[str, Any]) -> None:
    found = places(case["rows"], "places.csv")
    shown = [[list(one.names), one.level, one.area, one.district, one.lat, one.lon] for one in found]
    assert shown == [[value if value != "" or at < 4 else None for at, value in enumerate(row)] for row in case["is"]]


@pytest.mark.parametrize("case", TABLE["refused"], ids=[case["why"] for case in TABLE["refused"]])
def test_a_list_that_cannot_be_right_is_refused_in_one_line(case: dict[str, Any]) -> None:
    with pytest.raises(ListError) as refused:
        places(case["rows"], "places.csv")
    said = str(refused.value)
    assert said.startswith("places.csv: ") and case["says"] in said and "\n" not in said


def test_of_a_workbook_the_sheets_that_are_lists_are_read() -> None:
    remarks: tuple[str, list[list[object]]] = ("README", [["This file was made in March"], ["by a team"]])
    listed: tuple[str, list[list[object]]] = ("points", [["name", "lat", "lon"], ["Tall Zaytun", 35.5, 36.5]])
    areas: tuple[str, list[list[object]]] = ("admin1", [["ADM1_EN", "ADM1_PCODE"], ["Idlib", "XX07"]])
    found = places_of_sheets([remarks, listed, areas], "places.xlsx")
    assert [one.names for one in found] == [("Tall Zaytun",), ("Idlib",)]


def test_a_workbook_without_a_list_says_what_its_sheets_have() -> None:
    sheets = [("notes", [["who", "when"]]), ("empty", [])]
    with pytest.raises(ListError, match=r"no sheet has columns for names and points; found notes: who, when"):
        places_of_sheets(sheets, "places.xlsx")


# --- beside the world -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["Tall Zaytun", "TALL ZAYTUN", "Tall Zaytun village", "تل زيتون", "Tall-Zaytun"])
def test_a_place_of_the_list_is_found_under_each_of_its_names(name: str) -> None:
    (entry,) = ZAYTUN.find(name, countries=("SY",))
    assert (entry.path, entry.lat, entry.lon, entry.precision) == (("Syria", "Idlib", "Tall Zaytun"), 35.5, 36.5, 1)


def test_the_longest_name_at_the_start_of_words_may_be_the_lists_own() -> None:
    assert ZAYTUN.starts(["Tall", "Zaytun", "was", "shelled"]) == 2
    assert ZAYTUN.starts(["تل", "زيتون", "أمس"]) == 2
    assert ZAYTUN.starts(["Zaytun", "was"]) == ZAYTUN.starts([]) == 0


@pytest.mark.parametrize("name", ["Homs", "Syria", "Paris", "الرقة"])
def test_what_the_list_does_not_have_is_found_as_before(name: str) -> None:
    assert ZAYTUN.find(name, countries=("SY",)) == WORLD.find(name, countries=("SY",))
    assert ZAYTUN.starts([name]) == WORLD.starts([name])


@pytest.mark.parametrize("name", ["Zaytun", "Tall", "village", "Khan Zaytun", "", "!"])
def test_part_of_a_listed_name_is_not_the_name(name: str) -> None:
    assert ZAYTUN.find(name, countries=("SY",)) == WORLD.find(name, countries=("SY",))


def test_a_near_spelling_finds_the_lists_own_place() -> None:
    assert [one.name for one in ZAYTUN.near("Tel Zeitoun", countries=("SY",))] == ["Tall Zaytun"]


@pytest.mark.parametrize("name", ["Tall Zaytar", "Zaytun", "Tall", "Syrian"])
def test_another_name_is_no_near_spelling(name: str) -> None:
    assert "Tall Zaytun" not in [one.name for one in ZAYTUN.near(name, countries=("SY",))]


def test_where_both_have_a_place_the_lists_point_counts_and_the_place_comes_once() -> None:
    (theirs,) = [one for one in WORLD.find("Saraqib", countries=("SY",)) if one.level == "place"]
    both = own(("Saraqib", "", "Idlib", 35.865, 36.806))
    found = [one for one in both.find("Saraqib", countries=("SY",)) if one.country == "SY"]
    assert [(one.lat, one.lon, one.population) for one in found] == [(35.865, 36.806, theirs.population)]


def test_a_namesake_far_away_is_another_place() -> None:
    both = own(("Saraqib", "", "Idlib", 35.2, 36.4))
    assert len([one for one in both.find("Saraqib", countries=("SY",)) if one.country == "SY"]) == 2


def test_an_area_of_the_list_that_the_world_has_only_gets_its_names() -> None:
    rows = [["ADM1_EN", "ADM1_AR", "ADM1_PCODE"], ["Idleb", "محافظة الزيتون", "XX07"]]
    both = WithOwn(WORLD, entries(places(rows, "areas.csv"), WORLD, ("SY",)))
    assert both.find("محافظة الزيتون", countries=("SY",))[0].id == "admin1:SY.12"


def test_a_geonames_dump_puts_a_place_into_its_area_by_code() -> None:
    (row,) = [case["rows"][0] for case in TABLE["case"] if case["why"].startswith("a GeoNames")]
    both = WithOwn(WORLD, entries(places([row], "SY.txt"), WORLD, ()))
    (entry,) = both.find("Tel Zeitoun")
    assert (entry.id, entry.path) == ("geonames:900001", ("Syria", "Idlib", "Tall Zaytun"))


def test_a_place_that_no_row_and_no_case_gives_a_country_is_told() -> None:
    listed = [Listed("", ("Tall Zaytun",), "place", "", "Idlib", "", 35.5, 36.5)]
    with pytest.raises(LookupError, match="in which country"):
        entries(listed, WORLD, ())
    with pytest.raises(LookupError, match="the case is about SY, IQ"):
        entries(listed, WORLD, ("SY", "IQ"))


def test_a_country_that_is_none_is_told() -> None:
    listed = [Listed("", ("Tall Zaytun",), "place", "Zaytunia", "Idlib", "", 35.5, 36.5)]
    with pytest.raises(LookupError, match="no country 'Zaytunia'"):
        entries(listed, WORLD, ())


def test_another_list_is_another_gazetteer() -> None:
    assert len({WORLD.digest, ZAYTUN.digest, WithOwn(WORLD, (), ("other",)).digest}) == 3


def test_an_arabic_phrase_comes_to_a_place_that_is_listed_in_latin_letters_only() -> None:
    latin_only = own(("Khirbat Zaytunat", "", "Idlib", 35.5, 36.5))
    found = resolve(["قرية خربة زيتونات"], latin_only, country="SY", area="إدلب")
    assert found is not None and found.entry.name == "Khirbat Zaytunat"


def test_ten_thousand_places_are_ready_in_seconds() -> None:
    rows = [(f"Tall Zaytun {chr(97 + n % 26)}{n}", "", "Idlib", 35 + n / 1e4, 36.5) for n in range(10_000)]
    began = time.process_time()
    many = own(*rows)
    assert many.find("Tall Zaytun b1", countries=("SY",)) and many.starts(["Tall", "Zaytun", "b1"]) == 3
    assert time.process_time() - began < 10


# --- one place, decided -----------------------------------------------------------------------------------------------


def decided(details: dict[str, Any], countries: tuple[str, ...] = ("SY",)) -> WithOwn:
    entry = entry_for("The Mill", details, WORLD, countries)
    return WithOwn(WORLD, [Named(entry, ("The Mill",), decided=True)])


@pytest.mark.parametrize("place", ["geonames:163434", "Tall Tamr", "تل تمر"])
def test_a_name_means_the_place_that_was_decided(place: str) -> None:
    (entry,) = decided({"place": place}).find("the mill", countries=("SY",))
    assert entry.path == ("Syria", "Al-Hasakah", "Tall Tamr")


def test_a_decided_name_means_nothing_else_any_more() -> None:
    entry = entry_for("Homs", {"place": "Tall Tamr"}, WORLD, ("SY",))
    both = WithOwn(WORLD, [Named(entry, ("Homs",), decided=True)])
    assert both.find("Homs", countries=("SY",)) == (entry,)
    assert both.find("Hims", countries=("SY",)) == WORLD.find("Hims", countries=("SY",))


def test_a_point_can_be_decided_within_an_area() -> None:
    (entry,) = decided({"lat": 35.5, "lon": 36.5, "inside": "admin1:SY.12", "precision": 2}).find("The Mill")
    assert (entry.path, entry.lat, entry.precision) == (("Syria", "Idlib", "The Mill"), 35.5, 2)


def test_what_a_point_lies_in_is_an_area_not_its_town() -> None:
    (entry,) = decided({"lat": 35.5, "lon": 36.5, "inside": "Idlib"}).find("The Mill")
    assert entry.path == ("Syria", "Idlib", "The Mill")


def test_a_decision_keeps_its_entry_whole() -> None:
    (entry,) = decided({"place": "Tall Tamr"}).find("The Mill")
    assert entry_of(json.loads(json.dumps(kept(entry)))) == entry


@pytest.mark.parametrize(
    ("details", "says"),
    [
        ({}, "it says which place the name means"),
        ({"lat": 35.5}, "it says which place the name means"),
        ({"place": "Umm Zaytunat"}, "no place 'Umm Zaytunat' is known; give lat and lon"),
        ({"place": "geonames:1"}, "no place 'geonames:1' is known"),
        ({"place": "Idlib"}, "several places are called 'Idlib'; give the id of one as place: admin1:SY.12"),
        ({"lat": 95, "lon": 36.5}, "lat is 95; expected degrees between -90 and 90"),
        ({"lat": "35.5", "lon": 36.5}, "lat is '35.5'"),
        ({"lat": float("nan"), "lon": 36.5}, "lat is nan"),
        ({"lat": True, "lon": 36.5}, "lat is True"),
        ({"lat": 35.5, "lon": 361}, "lon is 361"),
        ({"lat": 35.5, "lon": 36.5, "precision": 0}, "precision is 0"),
        ({"lat": 35.5, "lon": 36.5, "precision": "exact"}, "precision is 'exact'"),
        ({"lat": 35.5, "lon": 36.5, "inside": "Zaytunia"}, "no place 'Zaytunia' is known"),
        ({"lat": 35.5, "lon": 36.5, "inside": "Saraqib"}, "no place 'Saraqib' is known"),
    ],
)
def test_a_decision_that_places_nothing_is_refused(details: dict[str, Any], says: str) -> None:
    with pytest.raises(LookupError) as refused:
        decided(details)
    assert says in str(refused.value.args[0])
