"""Outlines of countries for the maps of the desk, from TopoJSON that comes with the package: no network, no tiles.

The file is decoded here (https://github.com/topojson/topojson-specification): arcs that neighbours share, their points
as steps on a grid. What comes out is GeoJSON (RFC 7946), in degrees (WGS 84).
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

__all__ = ["Box", "Outlines", "embedded", "outlines"]

BASEMAP = Path(__file__).resolve().parent.parent / "web" / "static" / "basemap" / "countries.json"

Box = tuple[float, float, float, float]
"""West, south, east, north. East beyond 180, or less than west, is a box across the antimeridian."""

Point = tuple[float, float]  # lon, lat
Ring = list[Point]
Polygon = list[Ring]

_DECIMALS = 3  # about a hundred metres; the grid of the file is coarser
_AROUND = 360.0


@dataclass(frozen=True, slots=True)
class _Part:
    """One polygon of a country, with the box around its outline."""

    polygon: Polygon
    west: float
    south: float
    east: float
    north: float

    def meets(self, box: Box, shift: float) -> bool:
        """Whether it does when moved by so many degrees; moved land that only touches the box's edge does not."""
        west, south, east, north = box
        if not (self.south <= north and south <= self.north):
            return False
        if shift:
            return self.west + shift < east and west < self.east + shift
        return self.west <= east and west <= self.east


@dataclass(frozen=True, slots=True)
class _Country:
    code: str
    a3: str
    name: str
    parts: tuple[_Part, ...]


class Outlines:
    """The countries of one file. Raises ValueError for a file that is no such TopoJSON, OSError where there is none."""

    def __init__(self, file: Path) -> None:
        try:
            self._countries = tuple(_countries(json.loads(file.read_text(encoding="utf-8"))))
        except (KeyError, IndexError, TypeError, ValueError) as damage:
            raise ValueError(
                f"{file.name} is not the TopoJSON of countries that it should be ({damage!r});"
                " make it again: python -m tools.build_basemap"
            ) from damage
        self._of_code = {one.code: one for one in self._countries if one.code}

    def within(self, box: Box, countries: Iterable[str] = ()) -> dict[str, Any]:
        """A FeatureCollection of the countries that meet a box: of each the pieces that do, whole and not cut.

        `countries` are ISO codes of two letters; none means all. A feature's `id` is its code ("" for land that is
        nobody's), its `properties` hold `name` and `a3`. Across the antimeridian longitudes run on beyond 180, as they
        do in the box. Nothing of what is given back may be changed: pieces are shared between answers.
        A country that the file has not (Tuvalu is too small) is not there.
        Raises ValueError for a box that is none, and for what has not the form of a code.

        >>> found = embedded().within((35.5, 34.0, 36.5, 36.0))
        >>> sorted(one["id"] for one in found["features"])
        ['LB', 'SY', 'TR']
        """
        box, wanted = _checked(box), frozenset(map(_code, countries))
        drawn = [one for one in self._countries if one.code in wanted] if wanted else self._countries
        found = ((one, [*_pieces(one, box)]) for one in drawn)
        return {"type": "FeatureCollection", "features": [_feature(one, pieces) for one, pieces in found if pieces]}

    def country(self, code: str) -> dict[str, Any] | None:
        """The geometry of a whole country by its ISO code of two letters; None for one that is not drawn."""
        found = self._of_code.get(code)
        return _geometry([part.polygon for part in found.parts]) if found else None

    def around(self, codes: Iterable[str]) -> Box | None:
        """The least box around these countries, across the antimeridian where that is less; None where none is drawn.

        >>> embedded().around(["SY"])
        (35.61, 32.318, 42.36, 37.297)
        """
        parts = [part for code in codes if code in self._of_code for part in self._of_code[code].parts]
        if not parts:
            return None
        west, east = _span([(part.west, part.east) for part in parts])
        return west, min(part.south for part in parts), east, max(part.north for part in parts)


@lru_cache(maxsize=1)
def embedded() -> Outlines:
    """Those that come with the package, read once."""
    return Outlines(BASEMAP)


def outlines(box: Box, countries: Iterable[str] = ()) -> dict[str, Any]:
    """Outlines.within of those that come with the package; equal questions are answered once."""
    return _answered((float(box[0]), float(box[1]), float(box[2]), float(box[3])), tuple(countries))


@lru_cache(maxsize=32)
def _answered(box: Box, countries: tuple[str, ...]) -> dict[str, Any]:
    return embedded().within(box, countries)


def _code(said: str) -> str:
    if len(said) == 2 and said.isascii() and said.isalpha() and said.isupper():
        return said
    raise ValueError(f"{said!r} is no ISO 3166 code of two letters, such as 'SY'")


# --- boxes ------------------------------------------------------------------------------------------------------------


def _checked(box: Box) -> Box:
    west, south, east, north = box
    if not all(map(math.isfinite, box)):
        raise ValueError(f"box {box} has a side that is no number; expected west, south, east, north in degrees")
    if not -90 <= south <= north <= 90:
        raise ValueError(f"box {box}: south is {south}, north {north}; expected -90 <= south <= north <= 90")
    if not (-_AROUND <= west <= _AROUND and -_AROUND <= east <= 2 * _AROUND):
        raise ValueError(f"box {box}: west is {west}, east {east}; expected degrees of longitude, about -180 to 180")
    if east < west:
        east += _AROUND
    return (-180.0, south, 180.0, north) if east - west >= _AROUND else (west, south, east, north)


def _span(sides: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """West and east of the least stretch of longitudes that holds these: all of the globe but the widest gap."""
    ordered = sorted(sides)
    reach, gaps = ordered[0][1], []
    for west, east in ordered[1:]:
        gaps.append((west - reach, reach, west))
        reach = max(reach, east)
    inner = max(gaps, default=(0.0, 0.0, 0.0))
    if inner[0] > ordered[0][0] + _AROUND - reach:
        return inner[2], inner[1] + _AROUND
    return ordered[0][0], reach


# --- GeoJSON ----------------------------------------------------------------------------------------------------------


def _pieces(country: _Country, box: Box) -> Iterator[Polygon]:
    """The polygons that meet a box, each where the box has it: moved once around the globe where need be."""
    for part in country.parts:
        for shift in (-_AROUND, 0.0, _AROUND):
            if part.meets(box, shift):
                yield part.polygon if not shift else _moved(part.polygon, shift)


def _moved(polygon: Polygon, shift: float) -> Polygon:
    return [[(round(lon + shift, _DECIMALS), lat) for lon, lat in ring] for ring in polygon]


def _feature(country: _Country, pieces: list[Polygon]) -> dict[str, Any]:
    about = {"name": country.name, "a3": country.a3}
    return {"type": "Feature", "id": country.code, "properties": about, "geometry": _geometry(pieces)}


def _geometry(polygons: list[Polygon]) -> dict[str, Any]:
    if len(polygons) == 1:
        return {"type": "Polygon", "coordinates": polygons[0]}
    return {"type": "MultiPolygon", "coordinates": polygons}


# --- TopoJSON ---------------------------------------------------------------------------------------------------------


def _countries(topology: Mapping[str, Any]) -> Iterator[_Country]:
    if topology["type"] != "Topology":
        raise ValueError(f"its type is {topology['type']!r}, expected 'Topology'")
    arcs = [*_arcs(topology)]
    for geometry in topology["objects"]["countries"]["geometries"]:
        about = geometry["properties"]
        code = geometry.get("id", "")
        parts = tuple(_part([_ring(ring, arcs) for ring in polygon]) for polygon in _polygons(geometry))
        yield _Country(_code(code) if code else "", about.get("a3", ""), about["name"], parts)


def _arcs(topology: Mapping[str, Any]) -> Iterator[Ring]:
    """Each arc's points: the first on the grid, the others as steps from the one before."""
    (wide, high), (west, south) = topology["transform"]["scale"], topology["transform"]["translate"]
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for step in arc:
            x, y = x + step[0], y + step[1]
            points.append((round(x * wide + west, _DECIMALS), round(y * high + south, _DECIMALS)))
        yield points


def _polygons(geometry: Mapping[str, Any]) -> Sequence[Sequence[Sequence[int]]]:
    if geometry["type"] == "Polygon":
        return [geometry["arcs"]]
    if geometry["type"] == "MultiPolygon":
        return list(geometry["arcs"])
    raise ValueError(f"a geometry is a {geometry['type']!r}, expected 'Polygon' or 'MultiPolygon'")


def _ring(numbers: Sequence[int], arcs: Sequence[Ring]) -> Ring:
    """Arcs end to end; ~n is arc n from its end. The point where two meet stands once."""
    points: Ring = []
    for number in numbers:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        if points and points[-1] != arc[0]:
            raise ValueError(f"arc {number} does not begin where the one before it ends")
        points += arc[1:] if points else arc
    if len(points) < 4 or points[0] != points[-1]:
        raise ValueError(f"the ring of arcs {list(numbers)} is not closed")
    return points


def _part(polygon: Polygon) -> _Part:
    polygon = [ring[::-1] for ring in polygon]  # TopoJSON's outlines run clockwise, GeoJSON's the other way
    lons, lats = [lon for lon, _ in polygon[0]], [lat for _, lat in polygon[0]]
    return _Part(polygon, min(lons), min(lats), max(lons), max(lats))
