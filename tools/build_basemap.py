"""Makes src/cenotaph/web/static/basemap/countries.json, which is committed, from Natural Earth by world-atlas.

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python -m tools.build_basemap package/countries-50m.json

Codes come from the packages of gazetteer.lock; what is drawn otherwise than by Natural Earth, and why, is in
basemap.toml. Points stay on the grid of the source, so borders that two countries share stay one line.
"""

from __future__ import annotations

import hashlib
import json
import sys
import tempfile
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any

from tools.build_gazetteer import BuildError, fetch, opened

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "src" / "cenotaph" / "web" / "static" / "basemap" / "countries.json"
CHANGES = ROOT / "tools" / "basemap.toml"
SHOWN = ROOT / "src" / "cenotaph" / "codes" / "countries.toml"
SOURCE = "04342cdc1e3016bcd7db1630de95684d67b79fe3c8c460321e87aef469502394"  # SHA-256 of countries-50m.json
MOST_BYTES = 800_000
AROUND = 99_999  # cells of the source's grid around the globe

Point = tuple[int, int]  # a point of the source's grid
Ring = list[Point]  # closed: its last point is its first
Polygon = list[Ring]  # its outline, then its holes


def main(arguments: list[str]) -> int:
    if len(arguments) != 1:
        print(__doc__, file=sys.stderr)
        return 2
    try:
        content = Path(arguments[0]).read_bytes()
        if hashlib.sha256(content).hexdigest() != SOURCE:
            raise BuildError(f"{arguments[0]} is not countries-50m.json of world-atlas 2.0.2")
        with tempfile.TemporaryDirectory() as folder:
            fetch(Path(folder))
            _, known, _ = opened(Path(folder))
        written = json.dumps(basemap(json.loads(content), known), ensure_ascii=False, separators=(",", ":"))
        if len(written.encode()) > MOST_BYTES:
            raise BuildError(f"it has {len(written.encode()):,} bytes, more than {MOST_BYTES:,}")
    except (BuildError, OSError) as error:
        print(f"the basemap was not built: {error}", file=sys.stderr)
        return 1
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text(written + "\n", encoding="utf-8")
    print(f"basemap: {len(written) >> 10} kB in {TARGET.name}", file=sys.stderr)
    return 0


def basemap(source: dict[str, Any], known: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """The topology with a geometry a country, under its code; `known` are the countries by their codes."""
    transform = source["transform"]
    changes = tomllib.loads(CHANGES.read_text(encoding="utf-8"))
    areas, nobodys = by_code(source, {str(one["isonumeric"]).zfill(3): code for code, one in known.items()}, changes)
    cut_off(areas, changes["cut"], transform)
    shown = {one["iso2"]: one["name"] for one in tomllib.loads(SHOWN.read_text(encoding="utf-8"))["country"]}
    named: list[tuple[dict[str, Any], list[Polygon]]] = [
        ({"id": code, "properties": {"a3": known[code]["iso3"], "name": shown.get(code, known[code]["name"])}}, area)
        for code, area in sorted(areas.items())
    ]
    named += [({"properties": {"name": name}}, area) for name, area in sorted(nobodys.items())]
    geometries, arcs = encoded(named)
    countries = {"type": "GeometryCollection", "geometries": geometries}
    return {"type": "Topology", "transform": transform, "objects": {"countries": countries}, "arcs": arcs}


# --- whose each area is -----------------------------------------------------------------------------------------------


def by_code(
    source: dict[str, Any], codes: dict[str, str], changes: dict[str, Any]
) -> tuple[dict[str, list[Polygon]], dict[str, list[Polygon]]]:
    """The polygons of each country, and of what is nobody's by its name, before anything is cut."""
    whole = {one["from"]: one["to"] for one in changes["whole"]}
    nobodys = {one["from"] for one in changes["nobody"]}
    split = {one["from"] for one in changes["part"]}
    areas: dict[str, list[Polygon]] = defaultdict(list)
    left: dict[str, list[Polygon]] = {}
    grown = set()
    for geometry, polygons in decoded(source):
        name, number = geometry["properties"]["name"], geometry.get("id", "")
        for one in changes["part"] if name in split else ():
            if one["from"] == name:
                part = nearest(polygons, grid(one["at"], source["transform"]))
                polygons.remove(part)
                areas[one["to"]].append(part)
                grown.add(one["to"])
        if name in nobodys:
            left[name] = polygons
            continue
        code = whole.get(name) or codes.get(number, "")
        if not code and polygons:
            raise BuildError(f"{name} has no code ({number or 'no number'}); say in {CHANGES.name} whose it is")
        areas[code] += polygons
        if name in whole:
            grown.add(code)
    return {code: dissolved(area) if code in grown else area for code, area in areas.items() if area}, left


def cut_off(areas: dict[str, list[Polygon]], cuts: Iterable[dict[str, Any]], transform: dict[str, Any]) -> None:
    for one in cuts:
        line = [grid(point, transform) for point in one["line"]]
        home = areas[one["from"]]
        whole = nearest(home, line[0])
        if len(whole) > 1:
            raise BuildError(f"the area to be cut off {one['from']} has a hole; that is not provided for")
        parts: list[Polygon] = [[ring] for ring in halves(whole[0], line)]
        away = nearest(parts, grid(one["at"], transform))
        parts.remove(away)
        areas[one["from"]] = [*(polygon for polygon in home if polygon is not whole), *parts]
        areas[one["to"]] = dissolved([*areas[one["to"]], away])


def halves(ring: Ring, line: list[Point]) -> tuple[Ring, Ring]:
    """A ring cut in two along a line, whose ends are taken to the nearest points of the ring."""
    around, between = ring[:-1], line[1:-1]
    first, last = (min(range(len(around)), key=lambda at: apart(around[at], end)) for end in (line[0], line[-1]))
    from_first = around[first:] + around[:first]
    at = (last - first) % len(around)
    there, back = from_first[: at + 1], [*from_first[at:], from_first[0]]
    return [*there, *reversed(between), there[0]], [*back, *between, back[0]]


def nearest(polygons: list[Polygon], point: Point) -> Polygon:
    return min(polygons, key=lambda polygon: min(apart(one, point) for one in polygon[0]))


def apart(one: Point, other: Point) -> int:
    """The square of the distance in cells, each taken as twice as wide as high, as the grid of the source has them."""
    return 4 * (one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2


def dissolved(polygons: list[Polygon]) -> list[Polygon]:
    """The same land without the borders inside it: a stretch that two rings run through in opposite ways is gone."""
    steps = {step for polygon in polygons for ring in polygon for step in pairwise(ring)}
    after: dict[Point, list[Point]] = defaultdict(list)
    for start, end in sorted(steps):
        if (end, start) not in steps:
            after[start].append(end)
    rings = [ring for start in sorted(after) for ring in loops(start, after)]
    outer = [[ring] for ring in rings if size(ring) < 0]  # the source's outlines run clockwise
    for hole in (ring for ring in rings if size(ring) > 0):
        next(polygon for polygon in outer if holds(polygon[0], hole[0])).append(hole)
    return outer


def loops(start: Point, after: dict[Point, list[Point]]) -> Iterator[Ring]:
    """The rings through a point, their steps taken away; where a way comes back to itself, a ring is closed."""
    while after[start]:
        way = [start]
        while after[way[-1]]:
            step = after[way[-1]].pop()
            if step in way:
                at = way.index(step)
                yield [*way[at:], step]
                del way[at + 1 :]
            else:
                way.append(step)


def size(ring: Ring) -> int:
    """Twice the area in cells, negative where the ring runs clockwise."""
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring))


def holds(ring: Ring, point: Point) -> bool:
    inside = False
    for (x1, y1), (x2, y2) in pairwise(ring):
        if (y1 > point[1]) != (y2 > point[1]) and point[0] < (x2 - x1) * (point[1] - y1) / (y2 - y1) + x1:
            inside = not inside
    return inside


# --- TopoJSON ---------------------------------------------------------------------------------------------------------


def grid(point: list[float], transform: dict[str, Any]) -> Point:
    (wide, high), (west, south) = transform["scale"], transform["translate"]
    return round((point[0] - west) / wide), round((point[1] - south) / high)


def decoded(source: dict[str, Any]) -> Iterator[tuple[dict[str, Any], list[Polygon]]]:
    arcs: list[list[Point]] = []
    for arc in source["arcs"]:
        x = y = 0
        arcs.append([(x := x + step[0], y := y + step[1]) for step in arc])
    for geometry in source["objects"]["countries"]["geometries"]:
        many = [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry["arcs"]
        yield geometry, [flat for polygon in many for flat in flattened([joined(ring, arcs) for ring in polygon])]


def joined(ring: list[int], arcs: list[list[Point]]) -> Ring:
    points: Ring = []
    for number in ring:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        points += arc[1:] if points else arc
    return points


def flattened(polygon: Polygon) -> list[Polygon]:
    """A polygon of the globe as polygons of the plane: cut at the antimeridian, and the pole's run down to the edge."""
    rings = [unrolled(ring) for ring in polygon]
    poles = [ring for ring in rings if ring[0] != ring[-1]]
    if poles:
        coast = max(poles, key=len)
        return [[[*coast, (coast[-1][0], 0), (coast[0][0], 0), coast[0]]]]
    east = max(x for x, _ in rings[0])
    if east <= AROUND:
        return [rings]
    if len(rings) > 1:
        raise BuildError("an area across the antimeridian has a hole; that is not provided for")
    here = [(x, y) for x, y in rings[0][:-1] if x <= AROUND]
    beyond = [(x - AROUND, y) for x, y in rings[0][:-1] if x >= AROUND]
    return [[[*ring, ring[0]]] for ring in (here, beyond) if len(ring) > 2]


def unrolled(ring: Ring) -> Ring:
    """The ring with its longitudes running on where they jump from one end of the globe to the other.

    One around a pole begins at the jump, and ends a whole way round from where it began.
    """
    jumps = [at for at, (one, other) in enumerate(pairwise(ring), 1) if abs(one[0] - other[0]) > AROUND // 2]
    if len(jumps) % 2:
        ring = [*ring[jumps[0] : -1], *ring[: jumps[0] + 1]]
    out = ring[:1]
    for x, y in ring[1:]:
        out.append((x + AROUND * round((out[-1][0] - x) / AROUND), y))
    moved = 0 if min(x for x, _ in out) >= 0 else AROUND
    return [one for one, _ in groupby((x + moved, y) for x, y in out)]


def encoded(
    named: list[tuple[dict[str, Any], list[Polygon]]],
) -> tuple[list[dict[str, Any]], list[list[list[int]]]]:
    """The geometries by their arcs: a stretch between two points where three ways meet is one arc, written once."""
    beside: dict[Point, set[Point]] = defaultdict(set)
    for _, area in named:
        for one, other in (step for polygon in area for ring in polygon for step in pairwise(ring)):
            beside[one].add(other)
            beside[other].add(one)
    numbers: dict[tuple[Point, ...], int] = {}
    geometries = []
    for about, area in named:
        arcs = [[[number_of(arc, numbers) for arc in cut(ring, beside)] for ring in polygon] for polygon in area]
        kind = {"type": "Polygon", "arcs": arcs[0]} if len(arcs) == 1 else {"type": "MultiPolygon", "arcs": arcs}
        geometries.append({**kind, **about})
    return geometries, [steps(arc) for arc in numbers]


def cut(ring: Ring, beside: dict[Point, set[Point]]) -> Iterator[tuple[Point, ...]]:
    """The ring's arcs; one without a meeting of ways begins at its least point, and is one arc."""
    around = ring[:-1]
    meetings = [at for at, point in enumerate(around) if len(beside[point]) > 2]
    first = meetings[0] if meetings else around.index(min(around))
    turned = [*around[first:], *around[:first], around[first]]
    start = 0
    for at in range(1, len(turned)):
        if at == len(turned) - 1 or (meetings and len(beside[turned[at]]) > 2):
            yield tuple(turned[start : at + 1])
            start = at


def number_of(arc: tuple[Point, ...], numbers: dict[tuple[Point, ...], int]) -> int:
    if arc[::-1] in numbers:
        return ~numbers[arc[::-1]]
    return numbers.setdefault(arc, len(numbers))


def steps(arc: tuple[Point, ...]) -> list[list[int]]:
    return [list(arc[0]), *([b[0] - a[0], b[1] - a[1]] for a, b in pairwise(arc))]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
