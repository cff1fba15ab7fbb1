"""The outlines of countries are whose they are said to be, meet the box that is asked for, and stay whole."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cenotaph.desk.outlines import BASEMAP, Outlines, embedded, outlines
from tools.build_basemap import dissolved, flattened, halves, size

HERE = Path(__file__).parent
CASES = tomllib.loads((HERE / "outlines.toml").read_text(encoding="utf-8"))
COUNTRIES = tomllib.loads((HERE.parents[1] / "src/cenotaph/codes/countries.toml").read_text(encoding="utf-8"))
WORLD = (-180.0, -90.0, 180.0, 90.0)


def each(kind: str) -> list[Any]:
    return [pytest.param(case, id=ascii(case.get("why", case.get("message")))[:50]) for case in CASES[kind]]


def polygons(geometry: dict[str, Any]) -> list[Any]:
    return [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]


def holds(geometry: dict[str, Any], lon: float, lat: float) -> bool:
    """Whether a point is in one of the polygons: a ray from it crosses an odd number of sides."""
    return any(
        sum(
            (y1 > lat) != (y2 > lat) and lon < (x2 - x1) * (lat - y1) / (y2 - y1) + x1
            for ring in polygon
            for (x1, y1), (x2, y2) in pairwise(ring)
        )
        % 2
        for polygon in polygons(geometry)
    )


def points(found: dict[str, Any]) -> Iterator[tuple[float, float]]:
    for feature in found["features"]:
        for polygon in polygons(feature["geometry"]):
            for ring in polygon:
                yield from ring


# --- whose ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("case", each("whose"))
def test_land_belongs_to_the_country_whose_code_covers_it(case: dict[str, Any]) -> None:
    found = [one["id"] for one in outlines(WORLD)["features"] if holds(one["geometry"], *case["at"])]
    assert found == ([case["code"]] if "code" in case else [])


def test_every_country_that_news_names_is_drawn_under_its_code_and_our_name() -> None:
    drawn = {one["id"]: one["properties"]["name"] for one in outlines(WORLD)["features"]}
    known = {one["iso2"]: one["name"] for one in COUNTRIES["country"]}
    assert {code for code in known if code not in drawn} == {"TV"}  # Tuvalu is too small for 1:50 million
    assert {code: drawn[code] for code in known if code in drawn} == {
        code: name for code, name in known.items() if code in drawn
    }


def test_no_two_countries_have_one_code_and_each_has_a_long_one() -> None:
    features = [one for one in outlines(WORLD)["features"] if one["id"]]
    assert len({one["id"] for one in features}) == len(features) > 200
    assert all(len(one["properties"]["a3"]) == 3 for one in features)


def test_the_file_is_small_enough_to_be_served_and_names_its_source() -> None:
    assert BASEMAP.stat().st_size < 800_000
    said = BASEMAP.with_name("README.md").read_text(encoding="utf-8")
    assert "Natural Earth" in said and "public domain" in said


# --- boxes ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("case", each("box"))
def test_a_box_gives_the_countries_that_meet_it(case: dict[str, Any]) -> None:
    found = outlines(tuple(case["box"]), case.get("countries", ()))
    assert found["type"] == "FeatureCollection"
    assert sorted(one["id"] for one in found["features"]) == case["codes"]


@pytest.mark.parametrize("case", each("no_box"))
def test_what_is_no_box_or_no_code_is_refused(case: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=case["message"]):
        outlines(tuple(case["box"]), case.get("countries", ()))


def test_across_the_antimeridian_land_lies_beside_land() -> None:
    found = outlines((170.0, 62.0, 190.0, 70.0), ["RU"])
    lons = [lon for lon, _ in points(found)]
    assert max(lons) > 185 and min(lons) > 20
    assert holds(found["features"][0]["geometry"], 185.0, 67.0) and holds(found["features"][0]["geometry"], 175.0, 67.0)


def test_no_outline_runs_across_the_map_from_one_edge_to_the_other() -> None:
    for feature in outlines(WORLD)["features"]:
        for polygon in polygons(feature["geometry"]):
            for ring in polygon:
                jumps = [step for step in pairwise(ring) if abs(step[0][0] - step[1][0]) > 180]
                assert all(lat < -89 for step in jumps for _, lat in step), feature["id"]


def test_the_whole_world_lies_on_the_globe_in_closed_rings() -> None:
    for feature in outlines(WORLD)["features"]:
        for polygon in polygons(feature["geometry"]):
            assert all(len(ring) > 3 and ring[0] == ring[-1] for ring in polygon), feature["id"]
            assert size(polygon[0]) > 0 and all(size(hole) < 0 for hole in polygon[1:]), feature["id"]
    assert all(-180 <= lon <= 180 and -90 <= lat <= 90 for lon, lat in points(outlines(WORLD)))
    assert all(round(lon, 3) == lon and round(lat, 3) == lat for lon, lat in points(outlines(WORLD)))


@settings(deadline=None)  # the first question reads the file
@given(
    west=st.floats(-180, 180), width=st.floats(0, 359), south=st.floats(-90, 90), height=st.floats(0, 90),
)  # fmt: skip
def test_a_country_is_in_a_box_when_it_is_in_a_part_of_it(
    west: float, width: float, south: float, height: float
) -> None:
    north = min(90.0, south + height)
    whole = {one["id"] for one in embedded().within((west, south, west + width, north))["features"]}
    half = {one["id"] for one in embedded().within((west, south, west + width / 2, north))["features"]}
    assert half <= whole


def test_the_box_around_a_country_is_the_shorter_way_around_the_globe() -> None:
    west, _, east, _ = embedded().around(["FJ"]) or (0, 0, 0, 0)
    assert 174 < west < 178 and 180 < east < 183
    west, _, east, _ = embedded().around(["RU"]) or (0, 0, 0, 0)
    assert 19 < west < 20 and 190 < east < 191
    assert embedded().around(["TV"]) is embedded().around([]) is None


def test_the_box_around_countries_holds_the_box_around_each() -> None:
    both, one = embedded().around(["SY", "LB"]), embedded().around(["SY"])
    assert both and one and both[0] <= one[0] and both[1] <= one[1] and both[2] >= one[2] and both[3] >= one[3]


def test_a_country_that_is_not_drawn_has_no_outline() -> None:
    assert embedded().country("TV") is embedded().country("") is embedded().country("Syria") is None


# --- files ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("case", each("broken"))
def test_a_file_that_is_no_topojson_of_countries_is_refused(case: dict[str, Any], tmp_path: Path) -> None:
    file = tmp_path / "countries.json"
    file.write_text(case["text"], encoding="utf-8")
    with pytest.raises(ValueError, match=r"countries\.json is not the TopoJSON .* make it again"):
        Outlines(file)


def test_a_file_that_is_not_there_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        Outlines(tmp_path / "countries.json")


def test_an_arc_is_walked_either_way_and_a_hole_stays_a_hole(tmp_path: Path) -> None:
    arcs = [[[0, 0], [0, 4], [4, 0]], [[4, 4], [0, -4], [-4, 0]], [[1, 1], [1, 0], [0, 1], [-1, 0], [0, -1]]]
    about = {"id": "AA", "properties": {"name": "A", "a3": "AAA"}}
    outer = {**about, "type": "Polygon", "arcs": [[0, 1], [2]]}
    inner = {"type": "MultiPolygon", "arcs": [[[~2]]], "id": "BB", "properties": {"name": "B"}}
    topology = {
        "type": "Topology", "transform": {"scale": [0.5, 2], "translate": [10, -20]}, "arcs": arcs,
        "objects": {"countries": {"geometries": [outer, inner]}},
    }  # fmt: skip
    file = tmp_path / "countries.json"
    file.write_text(json.dumps(topology), encoding="utf-8")
    found = Outlines(file)
    assert found.country("AA") == {
        "type": "Polygon",
        "coordinates": [
            [(10, -20), (12, -20), (12, -12), (10, -12), (10, -20)],
            [(10.5, -18), (10.5, -16), (11, -16), (11, -18), (10.5, -18)],
        ],
    }
    inside = found.country("BB")
    assert inside == {"type": "Polygon", "coordinates": [[(10.5, -18), (11, -18), (11, -16), (10.5, -16), (10.5, -18)]]}


# --- how the file is made ---------------------------------------------------------------------------------------------

SQUARE = [(0, 0), (0, 2), (2, 2), (2, 0), (0, 0)]
BESIDE = [(2, 0), (2, 2), (4, 2), (4, 0), (2, 0)]


def test_two_areas_that_share_a_border_become_one_without_it() -> None:
    (whole,) = dissolved([[SQUARE], [BESIDE]])
    assert len(whole) == 1 and sorted(set(whole[0])) == sorted({*SQUARE, *BESIDE})
    assert size(whole[0]) == size(SQUARE) + size(BESIDE)


def test_areas_around_a_lake_become_one_with_a_hole() -> None:
    left = [(0, 0), (0, 9), (4, 9), (4, 6), (2, 6), (2, 3), (4, 3), (4, 0), (0, 0)]
    right = [(4, 0), (4, 3), (6, 3), (6, 6), (4, 6), (4, 9), (8, 9), (8, 0), (4, 0)]
    ((outer, hole),) = dissolved([[left], [right]])
    assert size(outer) < 0 < size(hole) == 2 * 4 * 3


def test_areas_apart_stay_apart() -> None:
    away = [(x + 10, y) for x, y in SQUARE]
    assert len(dissolved([[SQUARE], [away]])) == 2


def test_an_area_cut_in_two_has_the_land_that_it_had() -> None:
    around = [(0, 0), (0, 4), (4, 4), (4, 0), (0, 0)]
    parts = halves(around, [(0, 4), (1, 2), (4, 0)])
    assert sum(map(size, parts)) == size(around) and all(size(part) < 0 for part in parts)
    assert all((1, 2) in part and part[0] == part[-1] for part in parts)
    assert len(dissolved([[part] for part in parts])) == 1


def test_an_area_across_the_antimeridian_is_cut_at_it() -> None:
    across = [(99_990, 0), (99_990, 9), (0, 9), (9, 9), (9, 0), (0, 0), (99_990, 0)]
    west, east = flattened([across])
    assert {x for x, _ in west[0]} == {99_990, 99_999} and {x for x, _ in east[0]} == {0, 9}
    assert size(west[0]) == size(east[0]) < 0


def test_an_area_on_one_side_is_left_as_it_is() -> None:
    assert flattened([SQUARE, BESIDE]) == [[SQUARE, BESIDE]]
