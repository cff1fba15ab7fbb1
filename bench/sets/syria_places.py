"""syria_places: places in Syria as conflict researchers wrote them, in English and Arabic, to where they are.

`shipped` is measured with what the package knows. For `own` the set's UCDP rows are a case's own list of places,
brought as a CSV that case.toml names, and Airwars' rows are looked up.
"""

from __future__ import annotations

import csv
import json
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from bench import rows
from bench.adapter import SHARED, Adapter, Figure, Outcome, Run
from bench.listing import by_kind
from bench.sets.geoparse import distance
from cenotaph.case.own_places import OwnPlaces
from cenotaph.case.settings import Settings, read_settings, write_settings
from cenotaph.gazetteer.resolving import Found, Lookup, resolve

COUNTRY = "SY"
KEPT = ("id", "source", "place", "place_ar", "admin1", "admin2")
NEAR_KM = 10

Row = Mapping[str, Any]


def run(data: Path, how: Run) -> Outcome:
    file = data / "places.jsonl"
    asked = list(rows.rows(file, keep=KEPT, only=how.only))
    with tempfile.TemporaryDirectory() as held:
        folder = Path(held)
        shipped_places = OwnPlaces((COUNTRY,)).places()
        shipped = {row["id"]: found(row, shipped_places) for row in asked}
        brought = own_places(rows.gold(file), folder)
        own = {row["id"]: found(row, brought) for row in asked if row["source"] == "airwars"}
        gold = rows.part(file, folder, only=how.only)
        printed = {"shipped": _scored(gold, shipped, folder), "own": _scored(gold, own, folder)}
    whole = rows.whole(json.dumps(printed, indent=1), ADAPTER.figures)
    return Outcome(whole, tuple(by_kind(_errors(file, how.only, shipped, own))) if how.errors else ())


def _scored(gold: Path, answers: Mapping[str, Found | None], folder: Path) -> Any:
    pred = folder / "pred.jsonl"
    rows.write(pred, (line(name, answer) for name, answer in answers.items()))
    return json.loads(rows.scored("syria_places", gold, pred))


def line(name: str, answer: Found | None) -> dict[str, Any]:
    """A row's answer as the scorer takes it."""
    return {"id": name, "lat": answer.lat, "lon": answer.lon} if answer else {"id": name, "lat": None, "lon": None}


# --- how a place is looked up -------------------------------------------------------------------------------------


def found(row: Row, places: Lookup) -> Found | None:
    """Where a row's place is, by its names in both scripts and the areas that it says it lies in."""
    names = [name for name in (row["place"], row["place_ar"]) if name]
    return resolve(names, places, country=COUNTRY, area=row["admin1"] or "", district=row["admin2"] or "")


def own_places(gold: Iterable[Row], folder: Path) -> Lookup:
    """The gazetteer of a case whose own list are the UCDP rows."""
    with (folder / "places.csv").open("w", encoding="utf-8", newline="") as opened:
        listed = csv.writer(opened)
        listed.writerow(("name", "admin1", "admin2", "lat", "lon"))
        listed.writerows(
            (row["place"], row["admin1"], row["admin2"] or "", row["gold"]["lat"], row["gold"]["lon"])
            for row in gold
            if row["source"] == "ucdp"
        )
    write_settings(folder, Settings(title="places", countries=(COUNTRY,), gazetteer="places.csv"))
    return OwnPlaces.of(read_settings(folder), folder).places()


# --- what went wrong ----------------------------------------------------------------------------------------------


def _errors(
    file: Path, only: str, shipped: Mapping[str, Found | None], own: Mapping[str, Found | None]
) -> Iterator[tuple[str, str]]:
    for row in rows.gold(file, only=only):
        for key, answers in (("shipped", shipped), ("own", own)):
            if row["id"] in answers and (wrong := verdict(row, answers[row["id"]])):
                words = " / ".join(str(row[name]) for name in KEPT[2:] if row[name])
                yield f"{key}: {wrong[0]}", f"{row['id']} {words}: {wrong[1]}"


def verdict(row: Row, answer: Found | None) -> tuple[str, str] | None:
    """By which rule an answer is wrong, and how far off it is; None where it is within ten kilometres."""
    if answer is None or answer.lat is None or answer.lon is None:
        return "not found", "no answer"
    far = distance((answer.lat, answer.lon), (row["gold"]["lat"], row["gold"]["lon"]))
    return (f"by {answer.rule or 'its name'}", f"{answer.entry.name}, {far:.0f} km off") if far > NEAR_KM else None


ADAPTER = Adapter(
    name="syria_places",
    data=SHARED / "syria_places",
    needs=("places.jsonl",),
    figures=(
        Figure("shipped: all within 10 km", ("shipped", "all", "acc@10km"), floor=8.3, goal=34),
        Figure("shipped: villages within 10 km", ("shipped", "village", "acc@10km")),
        Figure("shipped: exact places of UCDP within 10 km", ("shipped", "where_prec 1", "acc@10km")),
        Figure("own: Airwars within 10 km", ("own", "airwars", "acc@10km"), floor=9, goal=45),
        Figure("own: Airwars' answers within 10 km", ("own", "airwars", "precision@10km")),
    ),
    run=run,
)
