"""How far the area reaches that a place names, so that a map shows an area where only an area is known: never a pin.

No gazetteer here has polygons. A district or first-level area is drawn as the convex hull of the places that are listed
in it (Andrew's monotone chain, 1979), a little widened; with fewer than three places, as a circle of a stated radius. A
hull is not a border: it leaves out empty land and may take in a neighbour's, and `approximate` says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from math import ceil, cos, pi, radians, sin
from typing import Any

from cenotaph.desk import outlines
from cenotaph.gazetteer import Entry, Gazetteer
from cenotaph.gazetteer.own import WithOwn
from cenotaph.gazetteer.resolving import KM_A_DEGREE
from cenotaph.vocabulary import Place

__all__ = ["extent", "hull"]

Point = tuple[float, float]  # lon, lat
Places = Gazetteer | WithOwn

NEAR_KM = 25
"""How far from its point a place of precision 2 may be, as UCDP puts it."""
WIDER_KM = {"admin1": 5, "admin2": 2}
"""A hull ends at the middle of its outermost villages; their own land goes on."""
RADIUS_KM = {"admin1": 70, "admin2": 20}
"""Of an area with too few places for a hull. In the median area of the world that has enough, the place farthest from
their middle is 72 and 21 kilometres from it (GeoNames, as in our gazetteer). A first-level area with a place or two is
often one city, so its circle ends at the nearest place of another area."""

_ENOUGH = 3  # places for a hull
_CORNERS = 36  # of a circle
_DECIMALS = 3  # about a hundred metres
_LEAST_COS = 0.01  # next to a pole a kilometre is any number of degrees
_WITHIN = {"admin1": "area", "admin2": "below"}  # the gazetteer's column of what a place lies in


def extent(place: Place, places: Places) -> dict[str, Any] | None:
    """The area of a place as a GeoJSON geometry (degrees, WGS 84), never finer than its precision; None for nowhere.

    A Point only for precision 1 and 2 (UCDP where_prec). Beside `coordinates` it holds how it came about:
    `rule`       point; near (a point, and `radius_km` around it); hull; circle (`radius_km`); outline, of a country;
                 several, areas or countries together
    `places`     on how many listed places it rests; 0 for a point, an outline, a circle around a single point
    `approximate`    whether the area may reach further, or less far, than what is drawn
    Nothing of it may be changed: it is kept for the next question. Longitudes may run on beyond 180.

    >>> found = extent(Place("", "Latakia", "admin1:SY.02", ("Syria", "Latakia"), precision=4), Gazetteer.embedded())
    >>> found["type"], found["rule"], found["approximate"], found["places"]
    ('Polygon', 'hull', True, 23)
    """
    return _extent(replace(place, words="", of="happened"), places)


@lru_cache(maxsize=5_000)
def _extent(place: Place, places: Places) -> dict[str, Any] | None:
    if place.precision <= 2 and place.lat is not None and place.lon is not None:
        return _point(place.lon, place.lat, place.precision)
    if place.covers:
        return _together([_covered(path, places) for path in place.covers])
    if place.precision <= 3:
        return _district(place, places) or _inside(place.path[:-1], places)
    if place.precision == 4:
        return _first_level(place, places) or _inside(place.path[:1], places)
    if place.precision == 5:
        return _inside(place.path[:-1] or place.path, places)
    return _country(place.path, places) if place.precision == 6 else None


# --- by precision -----------------------------------------------------------------------------------------------------


def _point(lon: float, lat: float, precision: int) -> dict[str, Any]:
    point = {"type": "Point", "coordinates": (lon, lat)}
    if precision == 1:
        return {**point, "rule": "point", "places": 0, "approximate": False}
    return {**point, "rule": "near", "radius_km": NEAR_KM, "places": 0, "approximate": True}


def _district(place: Place, places: Places) -> dict[str, Any] | None:
    """Its second-level area; where the gazetteer has none, a circle around the town that stands for it."""
    entry = _named(place, places)
    if entry is not None and entry.below:
        entry = _by_id(entry.below, places)
    if entry is not None and entry.level in _WITHIN:
        return _area(entry, places)
    if place.lat is None or place.lon is None:
        return None
    return _circle((place.lon, place.lat), RADIUS_KM["admin2"], 0)


def _first_level(place: Place, places: Places) -> dict[str, Any] | None:
    entry = _named(place, places)
    if entry is None or entry.level != "admin1":
        entry = _of_path(place.path[:2], places)
    found = _area(entry, places) if entry else _listed_under(place.path[:2], places)
    if found is None and place.lat is not None and place.lon is not None:
        return _circle((place.lon, place.lat), RADIUS_KM["admin1"], 0)
    return found


def _covered(path: Sequence[str], places: Places) -> dict[str, Any] | None:
    """One of several places told in one breath: an area or a country; a town is drawn as its surroundings."""
    if len(path) == 1:
        return _country(path, places)
    entry = _of_path(path, places)
    if entry is not None:
        return _area(entry, places)
    town = next((one for one in places.find(path[-1]) if one.path == tuple(path) and one.lat is not None), None)
    if town is not None and town.lat is not None and town.lon is not None:
        return _circle((town.lon, town.lat), NEAR_KM, 0)
    return _inside(path[:-1], places)


def _inside(path: Sequence[str], places: Places) -> dict[str, Any] | None:
    """The smallest known area that a path leads to."""
    for length in range(len(path), 1, -1):
        entry = _of_path(path[:length], places)
        found = _area(entry, places) if entry else None
        if found:
            return found
    return _country(path, places)


def _country(path: Sequence[str], places: Places) -> dict[str, Any] | None:
    """Its outline. A name that is no country's (a sea, a continent) has none."""
    found = places.find(path[0]) if path else ()
    code = next((one.country for one in found if one.level == "country"), "")
    outline = outlines.embedded().country(code)
    return {**outline, "rule": "outline", "places": 0, "approximate": False} if outline else None


def _together(parts: Sequence[dict[str, Any] | None]) -> dict[str, Any] | None:
    """Areas as one; None where one of them is not known, for the others would say that it happened there."""
    polygons: list[Any] = []
    for part in parts:
        if part is None:
            return None
        polygons += [part["coordinates"]] if part["type"] == "Polygon" else part["coordinates"]
    known = [part for part in parts if part]
    return {
        "type": "MultiPolygon", "coordinates": polygons, "rule": "several",
        "places": sum(part["places"] for part in known), "approximate": any(part["approximate"] for part in known),
    }  # fmt: skip


# --- areas ------------------------------------------------------------------------------------------------------------


def _named(place: Place, places: Places) -> Entry | None:
    """The entry of its id; by its name first, since names have an index."""
    if not place.id:
        return None
    alike = places.find(place.path[-1]) if place.path else ()
    return next((one for one in alike if one.id == place.id), None) or _by_id(place.id, places)


@lru_cache(maxsize=5_000)
def _by_id(key: str, places: Places) -> Entry | None:
    return places.by_id(key)


def _of_path(path: Sequence[str], places: Places) -> Entry | None:
    """The area of this path; None for one that is not listed, and for a country."""
    if len(path) < 2:
        return None
    return next((one for one in places.find(path[-1]) if one.path == tuple(path) and one.level in _WITHIN), None)


def _area(entry: Entry, places: Places) -> dict[str, Any] | None:
    at = entry.middle or ((entry.lat, entry.lon) if entry.lat is not None and entry.lon is not None else None)
    inside = _listed_in(entry, places)
    others = _listed_beside(entry, places) if entry.level == "admin1" and len(inside) < _ENOUGH else frozenset()
    return _around(inside, entry.level, (at[1], at[0]) if at else None, others)


def _listed_under(path: Sequence[str], places: Places) -> dict[str, Any] | None:
    """A first-level area that only the case's own list knows, by its name in the paths of places."""
    found = _own_points(tuple(path), places) if len(path) == 2 else {}
    return _around(frozenset(found.values()), "admin1", None)


def _around(
    points: Iterable[Point], level: str, middle: Point | None, others: Iterable[Point] = ()
) -> dict[str, Any] | None:
    """The hull of these points, widened; a circle that holds them where they are too few, at `middle` if none.

    `others` lie in another area: no farther than to the nearest of them does a circle reach, if it holds its own.
    """
    known = _unrolled(sorted(set(points)))
    if len(known) >= _ENOUGH:
        ring = _rounded(_widened(hull(known), WIDER_KM[level]))
        return {"type": "Polygon", "coordinates": [ring], "rule": "hull", "places": len(known), "approximate": True}
    if known:
        middle = (sum(lon for lon, _ in known) / len(known), sum(lat for _, lat in known) / len(known))
    if middle is None:
        return None
    reach = max((_km(middle, one) for one in known), default=0) + WIDER_KM[level]
    beside = min((_km(middle, one) for one in others), default=RADIUS_KM[level])
    return _circle(middle, ceil(max(reach, min(beside, RADIUS_KM[level]))), len(known))


def _listed_in(entry: Entry, places: Places) -> frozenset[Point]:
    """Where the places of an area are: the embedded world's, and the case's own, whose points count where both know."""
    found = {key: (lon, lat) for key, lon, lat, area in _listed(entry, places) if area == entry.id}
    return frozenset({**found, **_own_points(entry.path, places)}.values())


def _listed_beside(entry: Entry, places: Places) -> frozenset[Point]:
    """Where the embedded world's places are that lie in other areas of the country."""
    return frozenset((lon, lat) for _, lon, lat, area in _listed(entry, places) if area not in (None, entry.id))


def _listed(entry: Entry, places: Places) -> list[tuple[Any, ...]]:
    """Of each place of a country its id, lon, lat and the id of the area that it lies in, of the level of `entry`."""
    world = places.world if isinstance(places, WithOwn) else places
    return world.store.rows(
        f"SELECT e.id, e.lon, e.lat, a.id FROM entry e LEFT JOIN entry a ON a.n = e.{_WITHIN[entry.level]}"
        " WHERE e.country = ? AND e.level = 'place'",
        entry.country,
    )


def _own_points(path: tuple[str, ...], places: Places) -> dict[str, Point]:
    if not isinstance(places, WithOwn):
        return {}
    inside = (one.entry for one in places.named if one.entry.path[: len(path)] == path)
    return {
        one.id: (one.lon, one.lat)
        for one in inside
        if one.level == "place" and one.precision <= 2 and one.lat is not None and one.lon is not None
    }


# --- shapes -----------------------------------------------------------------------------------------------------------


def hull(points: Iterable[Point]) -> list[Point]:
    """The corners of the least convex area that holds all points, counter-clockwise; of points in a line its two ends.

    >>> hull([(0, 0), (2, 0), (1, 1), (2, 2), (0, 2), (1, 0)])
    [(0, 0), (2, 0), (2, 2), (0, 2)]
    """
    ordered = sorted(set(points))
    if len(ordered) < 3:
        return ordered
    return [*_chain(ordered), *_chain(ordered[::-1])]


def _chain(ordered: Sequence[Point]) -> list[Point]:
    """One side of the hull, without its last corner, which is the other side's first."""
    out: list[Point] = []
    for point in ordered:
        while len(out) > 1 and _turn(out[-2], out[-1], point) <= 0:
            out.pop()
        out.append(point)
    return out[:-1]


def _turn(start: Point, middle: Point, end: Point) -> float:
    """More than 0 for a turn to the left."""
    return (middle[0] - start[0]) * (end[1] - start[1]) - (middle[1] - start[1]) * (end[0] - start[0])


def _widened(corners: Iterable[Point], km: float) -> list[Point]:
    return hull(point for corner in corners for point in _ring(corner, km))


def _circle(middle: Point, km: int, places: int) -> dict[str, Any]:
    ring = _rounded(_ring(middle, km))
    about = {"rule": "circle", "radius_km": km, "places": places, "approximate": True}
    return {"type": "Polygon", "coordinates": [ring], **about}


def _ring(middle: Point, km: float) -> list[Point]:
    """Corners around a circle, counter-clockwise; its latitudes end at the poles."""
    lon, lat = middle
    high, wide = km / KM_A_DEGREE, km / (KM_A_DEGREE * max(cos(radians(lat)), _LEAST_COS))
    turns = [2 * pi * corner / _CORNERS for corner in range(_CORNERS)]
    return [(lon + wide * cos(turn), min(90.0, max(-90.0, lat + high * sin(turn)))) for turn in turns]


def _rounded(corners: Iterable[Point]) -> list[Point]:
    """A closed ring."""
    ring = [(round(lon, _DECIMALS), round(lat, _DECIMALS)) for lon, lat in corners]
    return [*ring, ring[0]]


def _unrolled(points: Sequence[Point]) -> list[Point]:
    """Points on both sides of the antimeridian, side by side: those of the west beyond 180."""
    lons = [lon for lon, _ in points]
    if not lons or max(lons) - min(lons) <= 180:
        return list(points)
    return sorted((lon + 360 if lon < 0 else lon, lat) for lon, lat in points)


def _km(one: Point, other: Point) -> float:
    east = (one[0] - other[0]) * cos(radians(other[1]))
    return float(KM_A_DEGREE * (east**2 + (one[1] - other[1]) ** 2) ** 0.5)
