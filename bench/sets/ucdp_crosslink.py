"""ucdp_crosslink: an event of one recorder's list (UCDP GED) found in another's (Airwars), by the linker's own rule."""

from __future__ import annotations

import datetime as dt
import re
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from bench import rows
from bench.adapter import SHARED, Adapter, Figure, Outcome, Run, day
from bench.listing import by_kind
from cenotaph.link.likeness import Likeness, Weights, likeness
from cenotaph.link.records import Record, Spot
from cenotaph.plain.romanised import skeleton
from cenotaph.vocabulary import Count

SPREAD = 4
"""Days before and after an event within which the other list is searched."""

SHOWN = 10
"""Candidates named for a query."""

ASKED = (
    *("id", "date_start", "date_end", "where", "adm_1", "lat", "lon", "deaths_civilians", "low", "best", "high"),
    *("side_a", "side_b"),
)
_OFFICE = re.compile(r"\b(?:governorate|province|district)\b", re.IGNORECASE)

Ranked = list[tuple[str, Likeness]]


def run(data: Path, how: Run) -> Outcome:
    listed = by_day(data / "crosslink_candidates.jsonl")
    queries = list(rows.rows(data / "crosslink_queries.jsonl", keep=ASKED, only=how.only))
    found = {row["id"]: ranked(query_of(row), listed) for row in queries}
    with tempfile.TemporaryDirectory() as folder:
        pred = Path(folder) / "pred.jsonl"
        rows.write(pred, ({"id": key, "candidates": [name for name, _ in told]} for key, told in found.items()))
        file = data / "crosslink_queries.jsonl"
        rows.write(Path(folder) / file.name, rows.gold(file, only=how.only))
        printed = rows.scored("ucdp_syria", folder, "crosslink", pred)
    return Outcome(printed, tuple(by_kind(_errors(data, how.only, found))) if how.errors else ())


def by_day(file: Path) -> Mapping[dt.date, Sequence[Record]]:
    """The other list's incidents by their day."""
    out: dict[dt.date, list[Record]] = defaultdict(list)
    for row in rows.lines(file):
        record = candidate_of(row)
        if record.first is not None:
            out[record.first].append(record)
    return out


def ranked(query: Record, listed: Mapping[dt.date, Sequence[Record]], by: Weights | None = None) -> Ranked:
    """The likest incidents of the other list, best first; one of equals by its id."""
    if query.first is None or query.last is None:
        raise ValueError(f"an event to look for must have a day; {query.name} has none")
    span = range((query.last - query.first).days + 2 * SPREAD + 1)
    days = (query.first + dt.timedelta(days=at - SPREAD) for at in span)
    near = [(one.name, likeness(query, one, by or Weights())) for day in days for one in listed.get(day, ())]
    return sorted(near, key=lambda one: (-one[1].score, one[0]))[:SHOWN]


# --- rows -> records ------------------------------------------------------------------------------------------------


def query_of(row: Mapping[str, Any]) -> Record:
    """An event of UCDP; its civilians are what the other list counts, its low and high are of all who died."""
    civilians = row["deaths_civilians"]
    counts = (Count(civilians, civilians), Count(min(civilians, row["low"]), max(civilians, row["high"])))
    return Record(
        str(row["id"]), day(row["date_start"]), day(row["date_end"]),
        spots=(Spot(tuple(row["where"].split("/")), row["lat"], row["lon"]),),
        areas=_area(row["adm_1"]), counts={"killed": tuple(dict.fromkeys(counts))},
    )  # fmt: skip


def candidate_of(row: Mapping[str, Any]) -> Record:
    """An incident of Airwars; where it gives no civilians killed, none are known to have been."""
    low, high = row["civ_killed"]
    ends = [one for one in (low, high) if one is not None] or [0]
    counts = (Count(min(ends), max(ends)), *(Count(one, one) for one in ends))
    first = day(row["date"])
    return Record(
        row["id"], first, first,
        spots=(Spot(tuple(name for name in (row["place_en"], row["place_ar"]) if name), row["lat"], row["lon"]),),
        areas=_area(row["admin1"]), counts={"killed": tuple(dict.fromkeys(counts))},
    )  # fmt: skip


def _area(name: str | None) -> frozenset[tuple[str, ...]]:
    """A province as its spellings agree on it."""
    heard = skeleton(_OFFICE.sub("", name or ""))
    return frozenset({("Syria", heard)} if heard else ())


# --- what went wrong ------------------------------------------------------------------------------------------------


def _errors(data: Path, only: str, found: Mapping[int, Ranked]) -> Iterator[tuple[str, str]]:
    places = {row["id"]: f"{row['date']} {row['place_en']}" for row in rows.lines(data / "crosslink_candidates.jsonl")}
    for row in rows.gold(data / "crosslink_queries.jsonl", only=only):
        names = [name for name, _ in found[row["id"]]]
        if not names or names[0] not in row["gold"]:
            kind = "not the first" if set(names) & set(row["gold"]) else "not among the first"
            best = (
                f"{places[names[0]]}: {'; '.join(one.why for one in found[row['id']][0][1].evidence)}" if names else ""
            )
            true = ", ".join(places[name] for name in row["gold"])
            yield kind, f"{row['id']} {row['date_start']} {row['where']} | took {best} | was {true}"


ADAPTER = Adapter(
    name="ucdp_crosslink",
    data=SHARED / "ucdp_syria",
    needs=("crosslink_queries.jsonl", "crosslink_candidates.jsonl"),
    figures=(
        Figure("found first", ("hit@1",), floor=77.8, goal=90),
        Figure("found among five", ("hit@5",), floor=92.6),
    ),
    run=run,
)
