"""gva_counts: how many were killed and injured in a shooting, from the news stories on it (United States)."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from bench import casualties, rows
from bench.adapter import SHARED, Adapter, Figure, Outcome, Run, day
from bench.listing import by_kind, sentence_with
from bench.reading import world_of
from bench.recording import Read, drafts, ear_of
from cenotaph.reconcile.hearing import top
from cenotaph.reconcile.scene import Scene
from cenotaph.vocabulary import Claim, Report, World

COUNTRIES = ("United States",)
HARMS = ("killed", "injured")
STORY = ("doc_id", "published", "title", "text")


def run(data: Path, how: Run) -> Outcome:
    file = data / "incidents.jsonl"
    incidents = {row["id"]: stories(row) for row in rows.rows(file, keep=("id", "docs"), only=how.only)}
    reports = [report for told in incidents.values() for report in told]
    read = {report.id: claims for report, claims, _ in how.reader(reports, COUNTRIES, how.jobs)}
    known = world_of(COUNTRIES)
    found = [prediction(name, [(one, read[one.id]) for one in told], known) for name, told in incidents.items()]
    with tempfile.TemporaryDirectory() as folder:
        rows.write(Path(folder) / "pred.jsonl", found)
        gold = rows.part(file, Path(folder), only=how.only)
        printed = rows.scored("gva_counts", gold, Path(folder) / "pred.jsonl")
    return Outcome(printed, tuple(by_kind(_errors(file, how.only, found, incidents, read))) if how.errors else ())


def stories(row: Mapping[str, Any]) -> list[Report]:
    """The stories of an incident: title and text one text, without what tells the incident."""
    return [_story({name: one.get(name) for name in STORY}) for one in row["docs"]]


def _story(row: Mapping[str, Any]) -> Report:
    text = "\n\n".join(filter(None, (row["title"], row["text"])))
    return Report.of_text(text, name=row["doc_id"], url=row["doc_id"], published=day(row["published"]), language="en")


# --- claims -> the record of an incident --------------------------------------------------------------------------


def prediction(name: str, told: Read, world: World) -> dict[str, Any]:
    """What the stories say together: the program's draft for the incident, of each harm the figure that counts most."""
    claims = [claim for _, found in told for claim in found]
    scene = Scene.told(told, dt.date.max, home=COUNTRIES)
    drafted = {one.harm: one.best for one in drafts(told, ear_of(scene, world), method="largest")}
    line: dict[str, Any] = {"id": name, **{harm: top(drafted[harm]) if harm in drafted else 0 for harm in HARMS}}
    period, place = casualties.likeliest_period(claims), casualties.likeliest_place(claims)
    published = [report.published for report, _ in told if report.published]
    start = period.start if period else min(published, default=None)
    if start:
        line["date"] = start.isoformat()
    if place:
        line |= {"place": ", ".join(reversed(place.path)), "lat": place.lat, "lon": place.lon}
    return line


# --- what went wrong ----------------------------------------------------------------------------------------------


def _errors(
    file: Path,
    only: str,
    found: Sequence[Mapping[str, Any]],
    incidents: Mapping[str, Sequence[Report]],
    read: Mapping[str, Sequence[Claim]],
) -> Iterator[tuple[str, str]]:
    ours = {line["id"]: line for line in found}
    for row in rows.gold(file, only=only):
        for harm in HARMS:
            mine, true = ours[row["id"]][harm], row["gold"][harm]
            if mine != true:
                told = incidents[row["id"]]
                largest = _largest(told, read, harm)
                line = f"{row['id']}  {harm}: read {mine}, was {true} | {_words(told, largest)}"
                yield f"{harm} {kind(mine, true)}{_by(largest, told, mine)}", line


def kind(mine: int, true: int) -> str:
    """What sort of miss a figure is."""
    if not mine:
        return "not read"
    if not true:
        return "read where nobody was"
    return "too few" if mine < true else "too many"


def _largest(told: Sequence[Report], read: Mapping[str, Sequence[Claim]], harm: str) -> Claim | None:
    held = [claim for report in told for claim in casualties.counted(read[report.id], harm)]
    return max(held, key=lambda claim: casualties.people(claim) or 0, default=None)


def _words(told: Sequence[Report], claim: Claim | None) -> str:
    words = claim.quote if claim else sentence_with(told[0].text, "kill|dead|died|shot|wound|injur")
    return " ".join(words.split())[:300]


def _by(claim: Claim | None, told: Sequence[Report], mine: int) -> str:
    """What the figure came from: a number that is an age by its commas or its ending, else the harm word."""
    if claim is None or not mine:
        return ""
    text = next(report.text for report in told if report.id == claim.report)
    before, after = text[: claim.anchor.start].rstrip(), text[claim.anchor.end :].lstrip()
    digits = claim.anchor.of(text).isdigit()
    aged = digits and (before.endswith((",", "(", "ages", "aged", " age")) or after.startswith(("-year", "year")))
    return ", by an age" if aged else f", by {claim.trigger.of(text).casefold()!r}"


ADAPTER = Adapter(
    name="gva_counts",
    data=SHARED / "gva_counts",
    needs=("incidents.jsonl",),
    figures=(
        Figure("killed exact", ("killed", "exact"), floor=68.8, goal=82),
        Figure("injured exact", ("injured", "exact"), floor=46),
        Figure("both exact", ("both_exact",), floor=28.7, goal=45),
        Figure("killed exact where >= 2", ("killed_gold>=2", "exact"), floor=34.3, goal=58),
        Figure("injured exact where >= 2", ("injured_gold>=2", "exact")),
        Figure("date exact", ("date", "exact"), floor=49),
        Figure("place within 25 km", ("place", "acc@25km")),
    ),
    run=run,
)
