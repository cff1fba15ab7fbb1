"""Where: how many claims speak of each place, and what a map shows of it at a zoom.

A place that is known exactly, or nearly, is a point; any other is the area in which it lies somewhere (areas.extent),
and no point is made of it. Points that would cover each other are told as one, at the place that most claims speak of:
never in the middle, where nothing was. Numbers are of claims, and are never added up to people.
"""

from __future__ import annotations

import datetime as dt
import math
from calendar import monthrange
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa

from cenotaph.case import CaseError
from cenotaph.desk import Desk, tables, told_apart
from cenotaph.desk.areas import extent
from cenotaph.desk.kept import kept, kept_of_claims
from cenotaph.desk.outlines import Box, embedded
from cenotaph.desk.search_asked import Asked, claims_where
from cenotaph.gazetteer import Gazetteer
from cenotaph.gazetteer.own import WithOwn
from cenotaph.publish.veil import Veil
from cenotaph.vocabulary import Place

__all__ = ["Area", "Line", "Spot", "Spread", "box_of", "lines", "spread", "view"]

CELL = 44
"""Pixels within which points are told as one: twice the target that a finger hits, and its number."""
AREAS = 60
"""Areas that are drawn at once, those that most claims speak of; the others stand in the table."""
TOLD = 200_000
"""Claims of a search that are counted by place; of more it is said that there are more."""
_TILE = 256


@dataclass(frozen=True, slots=True)
class Line:
    """One place: how many claims speak of it, and how many of those people have read; what tells it `apart` from others
    that are shown by the same name.
    """

    key: str
    place: Place
    claims: int
    read: int
    apart: told_apart.Facts = ()

    @property
    def share(self) -> float:
        return self.read / self.claims if self.claims else 0.0


_Point = tuple[Line, float, float, int]
"""A place with its lat, lon, and how far from there it may be in kilometres."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A point with all that would be covered by it, the place with the most claims first. `radius_km` is how far from
    it the place may be.
    """

    lat: float
    lon: float
    radius_km: int
    lines: Sequence[Line]


@dataclass(frozen=True, slots=True)
class Area:
    """One area and the places that lie somewhere in it; its `geometry` is that of areas.extent."""

    geometry: Mapping[str, Any]
    precision: int
    lines: Sequence[Line]


@dataclass(frozen=True, slots=True)
class Spread:
    """What a map shows. `undrawn` counts places that have no area known, or are beyond the most that are drawn."""

    spots: Sequence[Spot]
    areas: Sequence[Area]
    undrawn: int
    more: bool = False


def box_of(said: str) -> Box | None:
    """West, south, east, north as an address has them; None for "". Raises CaseError for what is no box.

    >>> box_of("35.5,34,36.5,36")
    (35.5, 34.0, 36.5, 36.0)
    """
    if not said:
        return None
    try:
        west, south, east, north = (float(part) for part in said.split(","))
    except ValueError:
        raise CaseError(f"{said[:80]!r} is no box; write it as west,south,east,north in degrees") from None
    if not all(map(math.isfinite, (west, south, east, north))) or not (-90 <= south <= north <= 90 and west <= east):
        raise CaseError(f"{said[:80]!r} is no box; south is at most north, west at most east, latitudes within 90")
    if west < -360 or east > 720:
        raise CaseError(f"{said[:80]!r} is no box; longitudes are within once around the globe on either side")
    return west, south, east, north


# --- counts by place --------------------------------------------------------------------------------------------------


def lines(desk: Desk, one: Asked, *, unmasked: bool = False) -> tuple[Sequence[Line], bool]:
    """All places that claims speak of, those with the most first; and whether more claims are there than counted."""

    def make() -> tuple[Sequence[Line], bool]:
        claims, read, more = _counted(desk, one, unmasked)
        places, apart = told_apart.places(desk), told_apart.apart(desk)
        found = [
            Line(key, places[key], count, read.get(key, 0), apart.get(key, ()))
            for key, count in claims.items()
            if key in places
        ]
        return sorted(found, key=lambda line: (-line.claims, line.key)), more

    plain = replace(one, kind="claims", order="rank")
    of_days = plain == Asked(kind="claims", first=one.first, last=one.last)
    key = ("lines", plain, *(() if of_days else (unmasked,)))
    found, more = kept_of_claims(desk, key, make) if of_days else kept(desk, key, make)
    return found if unmasked else kept(desk, ("shown", *key), lambda: [_shown(line, desk.veil) for line in found]), more


def _shown(line: Line, veil: Veil) -> Line:
    """As it may be shown, and what a search takes for it."""
    if line.place.id and not line.apart:
        return line
    key = line.key if line.place.id else veil.words(line.key)
    return replace(line, key=key, place=told_apart.as_shown(line.place, veil), apart=told_apart.shown(line.apart, veil))


def _counted(desk: Desk, one: Asked, unmasked: bool) -> tuple[Mapping[str, int], Mapping[str, int], bool]:
    """Claims by place, those of them that were read, and whether that is not all."""
    claims = tables.claims.c
    with desk.case.told(), desk.case.engine.connect() as connection:
        where = claims_where(desk, connection, one, None if unmasked else desk.veil)
        if where is None:
            return {}, {}, False
        place: sa.ColumnElement[Any] = claims.place.concat("")  # few were read: not found by way of all places
        read = sa.select(place, sa.func.count()).where(claims.reads > 0, *where).group_by(place)
        if one == Asked(kind=one.kind, order=one.order, first=one.first, last=one.last):
            found = _of_days(connection, one.first, one.last)
        else:
            some = sa.select(claims.place).where(*where, claims.place != "").limit(TOLD).subquery()
            found = _by_place(connection, sa.select(some.c.place, sa.func.count()).group_by(some.c.place))
        return found, _by_place(connection, read), sum(found.values()) >= TOLD and bool(one.q or one.of_claims)


def _by_place(connection: sa.Connection, query: sa.Select[Any]) -> Counter[str]:
    return Counter({str(place): int(count) for place, count in connection.execute(query) if place})


def _of_days(connection: sa.Connection, first: str, last: str) -> Counter[str]:
    """Whole months from their sums, and what is left of a month at either end day by day."""
    days, claims = tables.days.c, tables.claims.c
    begin, end = _months(first, last)
    sums = sa.select(days.place, sa.func.sum(days.claims)).group_by(days.place)
    found = _by_place(
        connection, sums.where(*([days.month >= begin] if begin else []), *([days.month <= end] if end else []))
    )
    for start, stop in _rests(first, last, begin, end):
        query = sa.select(claims.place, sa.func.count()).where(claims.first >= start, claims.first <= stop)
        found += _by_place(connection, query.group_by(claims.place))
    return found


def _months(first: str, last: str) -> tuple[str, str]:
    """The first and the last month that lie wholly between two days; "" is no bound."""
    begin = end = ""
    if first:
        day = dt.date.fromisoformat(first)
        begin = first[:7] if day.day == 1 else f"{first[:5]}{day.month + 1:02}"  # maybe a thirteenth
    if last:
        day = dt.date.fromisoformat(last)
        whole = day.day == monthrange(day.year, day.month)[1]
        end = last[:7] if whole else f"{last[:5]}{day.month - 1:02}"
    return begin or ("0" if last else ""), end


def _rests(first: str, last: str, begin: str, end: str) -> list[tuple[str, str]]:
    """The days before the first whole month and after the last one."""
    if first and last and begin > end:  # no whole month between them
        return [(first, last)]
    out = [(first, f"{first[:7]}-31")] if first and begin != first[:7] else []
    return [*out, *([(f"{last[:7]}-01", last)] if last and end != last[:7] else [])]


# --- what a map shows -------------------------------------------------------------------------------------------------


def spread(desk: Desk, one: Asked, box: Box | None, zoom: float, *, unmasked: bool = False) -> Spread:
    """Points and areas in a box, told apart as far as a zoom allows (that of web maps: 256 pixels around the globe at
    0, twice as many with each step).
    """
    found, more = lines(desk, one, unmasked=unmasked)
    world = told_apart.world(desk)
    points, wide, undrawn = list[_Point](), list[Line](), 0
    for line in found:
        place = line.place
        if place.precision <= 2 and place.lat is not None and place.lon is not None:
            points.append((line, place.lat, place.lon, 25 if place.precision == 2 else 0))
        else:
            wide.append(line)
    areas, undrawn = _areas(wide, world, box)
    return Spread(_spots([one for one in points if _in_box(one[1], one[2], box)], zoom), areas, undrawn, more)


def _in_box(lat: float, lon: float, box: Box | None) -> bool:
    if box is None:
        return True
    west, south, east, north = box
    return south <= lat <= north and any(west <= lon + turn <= east for turn in (-360, 0, 360))


def _spots(points: Iterable[_Point], zoom: float) -> list[Spot]:
    """Each point, or with it all that lie within a cell of it and that fewer claims speak of; the grid finds them."""
    size = CELL * 360 / (_TILE * 2 ** min(max(zoom, 0), 20))
    grid: dict[tuple[int, int], list[list[_Point]]] = defaultdict(list)
    heads: list[list[_Point]] = []
    for one in points:  # those with the most claims come first
        x, y = one[2], _north(one[1])
        at = math.floor(x / size), math.floor(y / size)
        beside = (
            some for column in (-1, 0, 1) for row in (-1, 0, 1) for some in grid.get((at[0] + column, at[1] + row), ())
        )
        near = (some for some in beside if max(abs(some[0][2] - x), abs(_north(some[0][1]) - y)) < size)
        found = next(near, None)
        if found is None:
            heads.append([one])
            grid[at].append(heads[-1])
        else:
            found.append(one)
    return [
        Spot(some[0][1], some[0][2], some[0][3] if len(some) == 1 else 0, [line for line, *_ in some]) for some in heads
    ]


def _north(lat: float) -> float:
    """How far north a web map draws a latitude, in degrees of longitude."""
    return math.degrees(math.asinh(math.tan(math.radians(max(-85.0, min(85.0, lat))))))


def _areas(wide: Sequence[Line], world: Gazetteer | WithOwn, box: Box | None) -> tuple[list[Area], int]:
    together: dict[str, tuple[Mapping[str, Any], list[Line]]] = {}
    undrawn = 0
    for line in wide:
        if len(together) >= AREAS or line.place.precision > 6:
            undrawn += 1
            continue
        geometry = extent(line.place, world)
        if geometry is None or geometry["type"] == "Point":
            undrawn += 1
        elif box is None or _meets(geometry, box):
            together.setdefault(_mark(geometry), (geometry, []))[1].append(line)
    areas = [Area(geometry, max(line.place.precision for line in some), some) for geometry, some in together.values()]
    return sorted(areas, key=lambda area: -area.precision), undrawn


def _mark(geometry: Mapping[str, Any]) -> str:
    """The same for two areas that are drawn alike."""
    ring = _rings(geometry)[0]
    return f"{geometry['rule']} {len(ring)} {ring[0]} {ring[len(ring) // 2]} {len(_rings(geometry))}"


def _rings(geometry: Mapping[str, Any]) -> Sequence[Any]:
    """The outlines of its polygons."""
    many = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    return [polygon[0] for polygon in many]


def _meets(geometry: Mapping[str, Any], box: Box) -> bool:
    west, south, east, north = box
    for ring in _rings(geometry):
        lons, lats = [point[0] for point in ring], [point[1] for point in ring]
        high = min(lats) <= north and south <= max(lats)
        if high and any(min(lons) + turn <= east and west <= max(lons) + turn for turn in (-360, 0, 360)):
            return True
    return False


def view(desk: Desk, found: Iterable[Line]) -> Box:
    """What a map shows first: all points, or where there are none the countries of the case, or the world."""
    points = [
        (line.place.lon, line.place.lat) for line in found
        if line.place.precision <= 4 and line.place.lon is not None and line.place.lat is not None
    ]  # fmt: skip
    if points:
        lons, lats = sorted(lon for lon, _ in points), sorted(lat for _, lat in points)
        return lons[0] - 0.3, max(-90.0, lats[0] - 0.3), lons[-1] + 0.3, min(90.0, lats[-1] + 0.3)
    return embedded().around(desk.case.settings.countries) or (-170.0, -55.0, 190.0, 75.0)
