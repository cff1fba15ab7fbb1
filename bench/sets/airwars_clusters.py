"""airwars_clusters: the reports of all incidents of airwars_syria in one heap, each to be told its incident again.

Two figures. One takes what the linker makes of the claims alone: a report is of the incident that most of its claims
stand in. The other lets each report be a record, with the places and days that it names beside its claims, and gathers
the records by the linker's own rule: so a report without a claim or a day has a place too.
"""

from __future__ import annotations

import datetime as dt
import json
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from bench import casualties, rows
from bench.adapter import SHARED, Adapter, Figure, Outcome, Run
from bench.listing import by_kind
from bench.reading import each
from bench.sets.airwars_syria import COUNTRIES, reports_of
from cenotaph.link import link
from cenotaph.link.gathering import gathered_records
from cenotaph.link.likeness import Weights
from cenotaph.link.records import Record, Spot
from cenotaph.link.victims import victims
from cenotaph.read import open_page
from cenotaph.read.page import Mention, Page, Scene
from cenotaph.vocabulary import Claim, Count, Report, World

LEAD = 700
"""Letters from the head of a report whose words are compared: what follows is often of other things."""

KIND_TO_NAME = 4
"""Tokens after a word for a village or quarter among which its name begins: a mark or "of" may stand between."""

AREA_SCENES = 8
"""Sentences in which an area that is named is taken for that of the incident."""

Reports = Mapping[str, tuple[Report, Sequence[Claim]]]


def run(data: Path, how: Run) -> Outcome:
    gold = list(rows.gold(data / "incidents.jsonl", only=how.only))
    wanted = {name for row in gold for name in row["doc_ids"]}
    reports = reports_of(data / "docs.jsonl", wanted)
    read = {report.name: (report, claims) for report, claims, _ in how.reader(reports, COUNTRIES, how.jobs)}
    opened = dict(zip((one.name for one in reports), each(mentioned, reports, COUNTRIES, how.jobs), strict=True))
    records = [record_of(*read[name], opened[name]) for name in sorted(read)]
    groups = gathered_records(records, Weights())
    found = {name: f"{at}" for at, group in enumerate(groups) for name in group}
    scored = {"documents": _scored(data, found, how.only), "linked": _scored(data, linked(read), how.only)}
    return Outcome(json.dumps(scored), tuple(by_kind(_errors(gold, found, read))) if how.errors else ())


def _scored(data: Path, found: Mapping[str, str], only: str) -> Any:
    with tempfile.TemporaryDirectory() as folder:
        pred = Path(folder) / "pred.jsonl"
        rows.write(pred, ({"doc_id": name, "cluster": cluster} for name, cluster in found.items()))
        rows.write(Path(folder) / "incidents.jsonl", rows.gold(data / "incidents.jsonl", only=only))
        return json.loads(rows.scored("airwars_syria", folder, "--clusters", pred))


def linked(read: Reports) -> dict[str, str]:
    """The incident in which most of a report's claims stand; a report of which none stands in one is left out."""
    claims = [claim for _, told in read.values() for claim in told]
    made = link(claims, {report.id: report for report, _ in read.values()}).incidents
    where = {claim: one.id for one in made for claim in one.claims}
    votes = {name: Counter(where[one.id] for one in told if one.id in where) for name, (_, told) in read.items()}
    return {name: max(cast, key=lambda one: (cast[one], one)) for name, cast in votes.items() if cast}


# --- a report as a record -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Mentioned:
    """What a report names, with claims or without: its own day, days by sentence, towns and areas, and words.

    `days` come with whether their sentence tells of harm, as `towns` (points) and `villages` (names that no gazetteer
    need know) do. `weekday` is the first that is named (Monday 0).
    """

    today: dt.date | None
    days: tuple[tuple[bool, dt.date], ...]
    towns: tuple[tuple[bool, tuple[float, float]], ...]
    areas: frozenset[tuple[str, ...]]
    words: frozenset[str]
    villages: tuple[tuple[bool, str], ...] = ()
    weekday: int | None = None


def mentioned(report: Report, world: World) -> Mentioned:
    """What a report laid open names."""
    page = open_page(report, world)
    days = [(bool(one.triggers), day.start) for one in page.scenes for day in one.days(page.today) if _one_day(day)]
    towns = [(bool(one.triggers), point) for one in page.scenes for point in map(_town, one.mentions) if point]
    areas = {
        mention.entry.path[:2]
        for scene in page.scenes[:AREA_SCENES]
        for mention in scene.mentions
        if mention.entry is not None and mention.entry.path[:1] == COUNTRIES and len(mention.entry.path) > 1
    }
    villages = [(bool(one.triggers), name) for one in page.scenes for name in _villages(one)]
    weekday = next((day for one in page.scenes for day in _weekdays(one)), None)
    return Mentioned(
        page.today, tuple(days), tuple(towns), frozenset(areas), words_of(page), tuple(villages), weekday
    )  # fmt: skip


def _one_day(day: Any) -> bool:
    return bool(day.start == day.end)


def _town(mention: Mention) -> tuple[float, float] | None:
    """The point of a town that is named; not of a province's capital, whose name stands for the province too."""
    entry = mention.entry
    if entry is None or mention.aside or entry.level != "place" or entry.path[:1] != COUNTRIES:
        return None
    if entry.lat is None or entry.lon is None or len(entry.path) < 3 or entry.path[-1] == entry.path[1]:
        return None
    return entry.lat, entry.lon


def _villages(scene: Scene) -> Iterator[str]:
    """What a word for a village, a town or a quarter is followed by: its name, or that and one word more."""
    tokens, language = scene.tokens, scene.language
    kinds, cased = language.words("places", "place_kinds"), language.table.get("script") == "Latin"
    for at, token in enumerate(tokens):
        if not kinds.has(token):
            continue
        name = [one for one in tokens[at + 1 : at + KIND_TO_NAME] if one.is_word and one.norm != "of"][:2]
        if name and not language.stops.has(name[0]) and (name[0].capital or not cased):
            yield " ".join(one.text for one in name if one.capital or not cased)


def _weekdays(scene: Scene) -> Iterator[int]:
    known = (scene.language.weekdays.of(token) for token in scene.tokens)
    return (day for day in known if day is not None)


def words_of(page: Page) -> frozenset[str]:
    """The words at the head of a report, and each with its neighbour."""
    plain = [form for scene in page.scenes for form in _forms(scene) if scene.sentence.span.start < LEAD]
    return frozenset((*plain, *(f"{one} {other}" for one, other in pairwise(plain))))


def _forms(scene: Scene) -> Iterator[str]:
    return (token.forms[-1] for token in scene.tokens if token.is_word or token.text.isdigit())


def record_of(report: Report, claims: Sequence[Claim], named: Mentioned) -> Record:
    """A report as a record of one incident: towns and days of sentences on harm, else the first that it names.

    Where it names no town on the map its villages stand for it, and a weekday where it says no day.
    """
    told = [one for one in claims if one.reach != "background" and one.stance not in ("denies", "expects")]
    told = [one for one in told if one.period is None or one.period.precision <= 2]
    days = [day for _, day in sorted(named.days, key=lambda one: not one[0])]
    day = report.published or named.today or next(iter(days), None)
    return Record(
        report.name, day, day, named.weekday if day is None else None, spots=_spots(named),
        areas=named.areas, beside=frozenset(str(point) for _, point in named.towns), counts=_counts(told),
        parties=frozenset(party.canonical for one in told for party in one.parties if party.canonical),
        names=victims(name for one in told for name in one.group.names), words=named.words, source=report.outlet,
    )  # fmt: skip


def _spots(named: Mentioned) -> tuple[Spot, ...]:
    points = [point for harm, point in named.towns if harm][:3] or [point for _, point in named.towns][:2]
    if points:
        return tuple(Spot((), *point) for point in dict.fromkeys(points))
    names = list(dict.fromkeys(name for harm, name in named.villages if harm)) or [name for _, name in named.villages]
    return tuple(Spot((name,)) for name in dict.fromkeys(names[:2]))


def _counts(claims: Iterable[Claim]) -> dict[str, tuple[Count, ...]]:
    out = {}
    for harm in ("killed", "injured"):
        whole = [one for one in claims if one.relation is None or one.relation.kind not in ("part", "overlay")]
        people = {number for one in whole if one.harm.codes == (harm,) and (number := casualties.people(one))}
        out.update({harm: tuple(Count(one, one) for one in sorted(people))} if people else {})
    return out


# --- what went wrong ------------------------------------------------------------------------------------------------


def _errors(gold: Iterable[Mapping[str, Any]], found: Mapping[str, str], read: Reports) -> Iterator[tuple[str, str]]:
    """For each incident the reports that stand apart from most of it, and what stands with most of it wrongly."""
    incidents = [(row["id"], [name for name in row["doc_ids"] if name in found]) for row in gold]
    own = Counter(name for _, names in incidents for name in names)
    for incident, names in incidents:
        clusters = Counter(found[name] for name in names)
        most = max(clusters, key=lambda one: (clusters[one], one), default="")
        for name in names:
            if found[name] != most and own[name] == 1:
                head = " ".join(read[name][0].text.split())[:200]
                yield "stands apart from most of its incident", f"{incident} {name} | {head}"


ADAPTER = Adapter(
    name="airwars_clusters",
    data=SHARED / "airwars_syria",
    needs=("incidents.jsonl", "docs.jsonl"),
    figures=(
        Figure("documents: B-cubed F1", ("documents", "bcubed_f1"), floor=52.2, goal=72),
        Figure("documents: B-cubed precision", ("documents", "bcubed_p")),
        Figure("documents: B-cubed recall", ("documents", "bcubed_r")),
        Figure("by linked claims alone: B-cubed F1", ("linked", "bcubed_f1")),
        Figure("by linked claims alone: B-cubed precision", ("linked", "bcubed_p")),
    ),
    run=run,
)
