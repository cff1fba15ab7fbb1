"""An area that a place names is drawn as an area: it holds what is listed in it, and is no finer than the words."""

from __future__ import annotations

import tomllib
from itertools import pairwise
from math import cos, hypot, radians
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cenotaph.desk.areas import NEAR_KM, RADIUS_KM, WIDER_KM, extent, hull
from cenotaph.gazetteer import Entry, Gazetteer
from cenotaph.gazetteer.own import Named, WithOwn
from cenotaph.gazetteer.resolving import KM_A_DEGREE
from cenotaph.vocabulary import Place
from tests.desk.test_outlines import holds, polygons

CASES = tomllib.loads((Path(__file__).parent / "areas.toml").read_text(encoding="utf-8"))
WORLD = Gazetteer.embedded()

whole = st.integers(-40, 40)
degrees = st.floats(-80, 80, allow_nan=False).map(lambda number: round(number, 4))


def each(kind: str) -> list[Any]:
    return [pytest.param(case, id=ascii(case["why"])[:60]) for case in CASES[kind]]


def place_of(case: dict[str, Any]) -> Place:
    told = case["place"]
    path, covers = tuple(told.get("path", ())), tuple(tuple(one) for one in told.get("covers", ()))
    name = path[-1] if path else ""
    return Place(
        name, name, told.get("id", ""), path, told.get("lat"), told.get("lon"), told["precision"], covers=covers
    )


def area_of(entry: Entry) -> Place:
    return Place(entry.name, entry.name, entry.id, entry.path, entry.lat, entry.lon, entry.precision)


def left_of(ring: list[tuple[float, float]], point: tuple[float, float]) -> bool:
    """Whether a point is inside a convex ring, counter-clockwise, or on it."""
    return all(
        (b[0] - a[0]) * (point[1] - a[1]) - (b[1] - a[1]) * (point[0] - a[0]) >= -1e-9 for a, b in pairwise(ring)
    )


# --- what is drawn ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("case", each("case"))
def test_a_place_is_drawn_as_exactly_as_it_is_known(case: dict[str, Any]) -> None:
    found = extent(place_of(case), WORLD)
    assert found is not None
    assert found["rule"] == case["rule"] and found["approximate"] is case["approximate"]
    assert found["type"] == case.get("type", found["type"])
    assert found.get("radius_km") == case.get("radius_km", found.get("radius_km"))
    assert found["places"] == case.get("places", found["places"])
    assert all(holds(found, lon, lat) for lon, lat in case.get("holds", ()))
    assert not any(holds(found, lon, lat) for lon, lat in case.get("not_holds", ()))


@pytest.mark.parametrize("case", each("nowhere"))
def test_what_is_nowhere_is_not_drawn(case: dict[str, Any]) -> None:
    assert extent(place_of(case), WORLD) is None


@settings(deadline=None)  # the first question reads the outlines
@given(
    precision=st.integers(3, 9),
    path=st.sampled_from([(), ("Syria",), ("Syria", "Latakia"), ("Syria", "Latakia", "Jableh"), ("Ruritania", "A")]),
    id=st.sampled_from(["", "geonames:169304", "admin1:SY.02", "country:SY", "own:gone"]),
)
def test_nothing_but_a_known_point_is_ever_a_pin(precision: int, path: tuple[str, ...], id: str) -> None:
    found = extent(Place("", "", id, path, 35.36, 35.93, precision), WORLD)
    assert found is None or found["type"] in ("Polygon", "MultiPolygon")


def test_the_same_place_in_other_words_has_the_same_area() -> None:
    one = Place("Latakia province", "Latakia", "admin1:SY.02", ("Syria", "Latakia"), precision=4)
    other = Place("اللاذقية", "Latakia", "admin1:SY.02", ("Syria", "Latakia"), precision=4, of="found")
    assert extent(one, WORLD) is extent(other, WORLD)


# --- areas ------------------------------------------------------------------------------------------------------------


def listed(country: str, area: str) -> list[tuple[float, float]]:
    rows = "SELECT e.lon, e.lat FROM entry e JOIN entry a ON a.n = e.area WHERE e.country = ? AND a.id = ?"
    return WORLD.store.rows(f"{rows} AND e.level = 'place'", country, area)


@pytest.mark.parametrize("country", ["SY", "LB", "PS", "SD", "FJ", "NZ"])
def test_every_place_that_is_listed_in_an_area_is_inside_it(country: str) -> None:
    rows = WORLD.store.rows("SELECT id FROM entry WHERE country = ? AND level = 'admin1'", country)
    for (key,) in rows:
        entry = WORLD.by_id(key)
        assert entry is not None
        found = extent(area_of(entry), WORLD)
        assert found is not None and found["places"] <= len(listed(country, key))
        assert all(holds(found, lon, lat) or holds(found, lon + 360, lat) for lon, lat in listed(country, key)), (
            entry.path
        )


def test_a_hull_says_on_how_many_places_it_rests() -> None:
    found = extent(Place("", "Latakia", "admin1:SY.02", ("Syria", "Latakia"), precision=4), WORLD)
    assert found is not None and found["places"] == len(set(listed("SY", "admin1:SY.02")))


def own(*rows: tuple[str, float, float], area: str = "Nowhere at all", precision: int = 1) -> WithOwn:
    named = [
        Named(
            Entry(f"own:{name}", name, "place", "SY", ("Syria", area, name), lat, lon, 0, precision), (name,)
        )
        for name, lat, lon in rows
    ]  # fmt: skip
    return WithOwn(WORLD, named)


def nowhere(precision: int = 4) -> Place:
    return Place("", "", "", ("Syria", "Nowhere at all"), precision=precision)


def test_an_area_that_only_the_list_of_the_case_has_is_the_hull_of_its_places() -> None:
    found = extent(nowhere(), own(("A", 35.0, 38.0), ("B", 35.0, 38.4), ("C", 35.4, 38.2)))
    assert found is not None and (found["rule"], found["places"]) == ("hull", 3)
    assert holds(found, 38.2, 35.1) and not holds(found, 38.0, 35.4)


def test_fewer_than_three_places_are_a_circle_that_holds_them() -> None:
    for rows in ([("A", 35.0, 38.0)], [("A", 35.0, 38.0), ("B", 35.0, 40.4)]):
        found = extent(nowhere(), own(*rows))
        assert found is not None and (found["rule"], found["places"]) == ("circle", len(rows))
        assert found["radius_km"] >= RADIUS_KM["admin1"]
        assert all(holds(found, lon, lat) for _, lat, lon in rows)


def test_places_on_one_spot_are_one_place() -> None:
    found = extent(nowhere(), own(("A", 35.0, 38.0), ("B", 35.0, 38.0), ("C", 35.0, 38.0)))
    assert found is not None and (found["rule"], found["places"]) == ("circle", 1)


def test_places_in_a_line_are_an_area_around_it() -> None:
    found = extent(nowhere(), own(("A", 35.0, 38.0), ("B", 35.2, 38.2), ("C", 35.4, 38.4)))
    assert found is not None and found["rule"] == "hull"
    assert all(holds(found, lon, lat) for lon, lat in ((38.0, 35.0), (38.2, 35.2), (38.4, 35.4)))


def test_a_place_that_the_case_knows_only_roughly_does_not_shape_an_area() -> None:
    rough = own(("A", 35.0, 38.0), ("B", 35.0, 38.4), ("C", 35.4, 38.2), precision=3)
    found = extent(nowhere(), rough)
    assert found is not None and found["rule"] == "outline"


def test_the_places_of_a_case_make_an_area_of_the_world_larger() -> None:
    latakia = Place("", "Latakia", "admin1:SY.02", ("Syria", "Latakia"), precision=4)
    before, after = extent(latakia, WORLD), extent(latakia, own(("A", 35.9, 36.4), area="Latakia"))
    assert before and after and after["places"] == before["places"] + 1
    assert holds(after, 36.4, 35.9) and not holds(before, 36.4, 35.9)


def test_a_case_moves_a_place_that_both_know() -> None:
    moved = Entry("geonames:169304", "Jableh", "place", "SY", ("Syria", "Latakia", "Jableh"), 35.36, 36.6, 0, 1)
    latakia = Place("", "Latakia", "admin1:SY.02", ("Syria", "Latakia"), precision=4)
    before, after = extent(latakia, WORLD), extent(latakia, WithOwn(WORLD, [Named(moved, ("Jableh",))]))
    assert before and after and after["places"] == before["places"] and holds(after, 36.6, 35.36)


def test_an_area_across_the_antimeridian_is_one_piece() -> None:
    entry = WORLD.by_id("admin1:RU.15")
    assert entry is not None and entry.name.startswith("Chukot")
    found = extent(area_of(entry), WORLD)
    assert found is not None and found["type"] == "Polygon"
    lons = [lon for lon, _ in found["coordinates"][0]]
    assert 160 < min(lons) < 180 < max(lons) < 195


def test_a_circle_is_as_wide_as_it_says_at_any_latitude() -> None:
    for lat in (0.0, 35.0, -35.0, 69.0):
        found = extent(Place("", "", "", (), lat, 20.0, 3), WORLD)
        assert found is not None
        for lon, other in found["coordinates"][0]:
            far = KM_A_DEGREE * hypot(other - lat, (lon - 20.0) * cos(radians(lat)))
            assert far == pytest.approx(found["radius_km"], rel=0.02)


def test_a_circle_at_the_pole_stays_on_the_globe() -> None:
    found = extent(Place("", "", "", (), 90.0, 0.0, 3), WORLD)
    assert found is not None and all(-90 <= lat <= 90 for _, lat in found["coordinates"][0])


def test_every_ring_is_closed_and_rounded() -> None:
    for case in CASES["case"]:
        found = extent(place_of(case), WORLD)
        if found is None or found["type"] == "Point":
            continue
        for polygon in polygons(found):
            assert all(ring[0] == ring[-1] and len(ring) > 3 for ring in polygon)
            assert all(round(lon, 3) == lon and round(lat, 3) == lat for ring in polygon for lon, lat in ring)


def test_what_is_only_near_reaches_farther_than_what_is_drawn_around_a_village() -> None:
    assert NEAR_KM > RADIUS_KM["admin2"] > WIDER_KM["admin1"] > WIDER_KM["admin2"] > 0


# --- the hull ---------------------------------------------------------------------------------------------------------


@given(st.lists(st.tuples(degrees, degrees), min_size=3, max_size=60))
def test_every_point_is_inside_its_hull_or_on_it(points: list[tuple[float, float]]) -> None:
    corners = hull(points)
    assert set(corners) <= set(points)
    if len(corners) > 2:
        assert all(left_of([*corners, corners[0]], point) for point in points)


@given(st.lists(st.tuples(whole, whole), min_size=1, max_size=40))
def test_a_hull_has_no_corner_that_is_not_needed(points: list[tuple[float, float]]) -> None:
    corners = hull(points)
    assert hull(corners) == corners
    for left_out in corners if len(corners) > 2 else ():
        rest = hull(one for one in corners if one != left_out)
        assert len(rest) < 3 or not left_of([*rest, rest[0]], left_out)


@given(st.lists(st.tuples(whole, whole), min_size=1, max_size=40), st.randoms(use_true_random=False))
def test_the_order_of_points_and_points_named_twice_change_nothing(points: list[tuple[float, float]], by: Any) -> None:
    mixed = [*points, *points]
    by.shuffle(mixed)
    assert hull(mixed) == hull(points)


@given(st.lists(st.tuples(whole, whole), min_size=1, max_size=30), st.tuples(whole, whole))
def test_a_hull_does_not_shrink_with_a_further_point(
    points: list[tuple[float, float]], more: tuple[float, float]
) -> None:
    before, after = hull(points), hull([*points, more])
    if len(after) > 2:
        assert all(left_of([*after, after[0]], corner) for corner in before)


@pytest.mark.parametrize("points", [[], [(1.0, 2.0)], [(1.0, 2.0), (1.0, 2.0)]])
def test_too_few_points_have_no_hull_but_themselves(points: list[tuple[float, float]]) -> None:
    assert hull(points) == sorted(set(points))


def test_points_in_a_line_leave_its_two_ends() -> None:
    assert hull([(0, 0), (3, 3), (1, 1), (2, 2)]) == [(0, 0), (3, 3)]
