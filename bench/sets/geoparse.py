"""geoparse: place names in English news and where they are (LGL, local papers; GeoVirus, Wikinews on epidemics).

What the reader sees of places before any claim is made: the place names of each sentence, resolved.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from math import asin, cos, radians, sin, sqrt
from pathlib import Path
from typing import Any

from bench import rows
from bench.adapter import SHARED, Adapter, Figure, Outcome, Run
from bench.listing import around, by_kind
from bench.reading import each
from cenotaph.read import open_page
from cenotaph.read.page import Mention, Scene
from cenotaph.vocabulary import Report, World

EARTH_DIAMETER_KM = 12742
NEAR_KM = 161
"""A hundred miles: the distance that geoparsers are compared at."""

Toponym = dict[str, Any]


def run(data: Path, how: Run) -> Outcome:
    file = data / "dev.jsonl"
    # The title is no part of the annotated text, nor are the coordinates of any use to find names in it.
    reports = [_report(row) for row in rows.rows(file, keep=("id", "text", "url"), only=how.only)]
    read = each(toponyms, reports, (), how.jobs)
    found = {report.name: line for report, line in zip(reports, read, strict=True)}
    with tempfile.TemporaryDirectory() as folder:
        pred = Path(folder) / "pred.jsonl"
        rows.write(pred, ({"id": name, "toponyms": line} for name, line in found.items()))
        printed = rows.scored("geoparse", rows.part(file, Path(folder), only=how.only), pred)
    return Outcome(
        rows.whole(printed, ADAPTER.figures), tuple(by_kind(_errors(file, how.only, found))) if how.errors else ()
    )


def _report(row: Mapping[str, Any]) -> Report:
    return Report.of_text(row["text"], name=row["id"], url=row["url"] or "")


# --- mentions -> toponyms -----------------------------------------------------------------------------------------


def toponyms(report: Report, world: World) -> list[Toponym]:
    page = open_page(report, world)
    return [toponym(scene, mention) for scene in page.scenes for mention in (*scene.mentions, *scene.asides)]


def toponym(scene: Scene, mention: Mention) -> Toponym:
    """The name without a possessive ending, and the point of its entry where it has one."""
    span = scene.sentence.cut(mention.first, mention.last)
    owned = scene.tokens[mention.last - 1].text.endswith(("'s", "’s"))
    found: Toponym = {"start": span.start, "end": span.end - 2 if owned else span.end}
    if mention.point is not None:
        found |= dict(zip(("lat", "lon"), mention.point, strict=True))
    return found


# --- what went wrong ----------------------------------------------------------------------------------------------


def _errors(file: Path, only: str, found: Mapping[str, Sequence[Toponym]]) -> Iterator[tuple[str, str]]:
    for row in rows.gold(file, only=only):
        ours = found[row["id"]]
        for true in row["toponyms"]:
            wrong = verdict(true, ours)
            if wrong:
                yield f"{row['corpus']} {wrong}", f"{row['id']} {_around(row, true)}"
        for one in ours:
            if not any(_meet(one, true) for true in row["toponyms"]):
                yield f"{row['corpus']} spurious", f"{row['id']} {_around(row, one)}"


def verdict(true: Toponym, ours: Sequence[Toponym]) -> str:
    """What is the matter with a name of the gold; "" where it was found, and near enough."""
    met = next((one for one in ours if _meet(one, true)), None)
    if met is None:
        return "missed"
    if true["lat"] is None:
        return ""
    if met.get("lat") is None:
        return "found without a point"
    far = distance((met["lat"], met["lon"]), (true["lat"], true["lon"])) > NEAR_KM
    return "put elsewhere" if far else ""


def _around(row: Mapping[str, Any], one: Toponym) -> str:
    return around(row["text"], one["start"], one["end"])


def _meet(one: Toponym, other: Toponym) -> bool:
    return bool(one["start"] < other["end"] and other["start"] < one["end"])


def distance(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Kilometres between two points on a sphere (haversine).

    >>> round(distance((0, 0), (0, 1)))
    111
    """
    (lat, lon), (to_lat, to_lon) = (tuple(map(radians, point)) for point in (one, other))
    half = sin((to_lat - lat) / 2) ** 2 + cos(lat) * cos(to_lat) * sin((to_lon - lon) / 2) ** 2
    return EARTH_DIAMETER_KM * asin(min(1, sqrt(half)))


ADAPTER = Adapter(
    name="geoparse",
    data=SHARED / "geoparse",
    needs=("dev.jsonl",),
    figures=(
        Figure("LGL: tagging F1, overlap", ("lgl", "tagging_overlap", "f1"), floor=41.3, goal=70),
        Figure("LGL: recall within 161 km", ("lgl", "end_to_end_recall@161km"), floor=0, goal=45),
        Figure("LGL: within 161 km, of those answered", ("lgl", "resolution_answered", "acc@161km")),
        Figure("GeoVirus: tagging F1, overlap", ("GeoVirus", "tagging_overlap", "f1"), floor=49.5, goal=70),
        Figure("GeoVirus: recall within 161 km", ("GeoVirus", "end_to_end_recall@161km"), floor=0, goal=45),
        Figure("GeoVirus: within 161 km, of those answered", ("GeoVirus", "resolution_answered", "acc@161km")),
    ),
    run=run,
)
