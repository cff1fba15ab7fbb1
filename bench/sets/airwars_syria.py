"""airwars_syria: the reports of one incident, mostly Arabic, to the ranges of killed and injured that a recorder coded.

All reports of an incident are read, linked and reconciled as a case of its own; then the tolls of its roots become one
range. What a recorder does by judgement (how many civilians, from which reports) is done here by plain rules.
"""

from __future__ import annotations

import datetime as dt
import re
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from bench import casualties, parties, rows
from bench.adapter import SHARED, Adapter, Figure, Outcome, Run, day
from bench.listing import by_kind, sentence_with
from bench.ranges import KINDS, ranges
from bench.reading import world_of
from cenotaph.link import link
from cenotaph.reconcile import reconcile
from cenotaph.vocabulary import Claim, Incident, Linked, Report, Toll, World

COUNTRIES = ("Syria",)
BELLIGERENTS = {
    "Russia": "Russian Military",
    "Turkey": "Turkish Military",
    "Israel": "Israeli Military",
    "Iran": "Iranian Military",
    "Jordan": "Jordanian Military",
    "United States": "U.S.-led Coalition",
}
"""A party's country -> the name that the recorder uses; two more parties go by their own canonical names."""
NAMED = {
    "Syrian Democratic Forces": "YPG",
    "People's Protection Units": "YPG",
    "US-led coalition against Islamic State": "U.S.-led Coalition",
}
TAKEN = dt.datetime(2026, 8, 2, tzinfo=dt.UTC)
"""When the texts were taken (README of the set): no report is younger."""
_ADDRESS = re.compile(r"(?<!\d)(20[12]\d)[-/](\d{1,2})[-/](\d{1,2})(?!\d)")
A_MONTH = 4
"""UCDP's date_prec of a month."""
HARM_WORDS = "قتل|استشه|شهيد|شهداء|ضحايا|إصاب|اصاب|أصيب|جرح|جريح|kill|dead|died|wound|injur"
"""Where the list of errors looks for a sentence; nothing is predicted by them."""


def run(data: Path, how: Run) -> Outcome:
    file = data / "incidents.jsonl"
    asked = {row["id"]: row["doc_ids"] for row in rows.rows(file, keep=("id", "doc_ids"), only=how.only)}
    reports = reports_of(data / "docs.jsonl", {name for names in asked.values() for name in names})
    read = {report.name: (report, claims) for report, claims, _ in how.reader(reports, COUNTRIES, how.jobs)}
    known = world_of(COUNTRIES)
    found = {name: prediction(name, [read[one] for one in names], known) for name, names in asked.items()}
    with tempfile.TemporaryDirectory() as folder:
        rows.write(Path(folder) / "pred.jsonl", found.values())
        rows.write(Path(folder) / file.name, rows.gold(file, only=how.only))
        printed = rows.scored("airwars_syria", folder, Path(folder) / "pred.jsonl")
    return Outcome(
        rows.whole(printed, ADAPTER.figures), tuple(by_kind(_errors(file, how.only, found, read))) if how.errors else ()
    )


def reports_of(file: Path, wanted: set[str]) -> list[Report]:
    """The documents, in the order of the file. Their ids are called otherwise than those of other sets."""
    keep = ("doc_id", "publisher", "published", "lang", "text", "url")
    kept = ({name: row.get(name) for name in keep} for row in rows.lines(file, key="doc_id"))
    return [_report(row) for row in kept if row["doc_id"] in wanted]


def _report(row: Mapping[str, Any]) -> Report:
    said = row["published"] and row["published"][:10]
    return Report.of_text(
        row["text"], name=row["doc_id"], url=row["doc_id"], outlet=row["publisher"] or "", language=row["lang"],
        published=day(said) or day_of_address(row["url"] or ""), captured=TAKEN,
    )  # fmt: skip


def day_of_address(url: str) -> dt.date | None:
    """The day that many outlets put into a page's address; None where there is none.

    >>> day_of_address("https://outlet.example/2023/08/30/a-title"), day_of_address("https://outlet.example/12345")
    (datetime.date(2023, 8, 30), None)
    """
    found = _ADDRESS.search(url)
    return day("-".join(part.zfill(2) for part in found.groups())) if found else None


# --- reports -> one record ----------------------------------------------------------------------------------------


def prediction(name: str, read: Sequence[tuple[Report, Sequence[Claim]]], world: World) -> dict[str, Any]:
    """One incident's record, from its reports alone."""
    reports = {report.id: report for report, _ in read}
    every = [claim for _, claims in read for claim in claims]
    linked = link(every, reports)
    incident = main_incident(linked, every)
    tolls, _ = reconcile(every, reports, linked, [], world.rules)
    tolls = [toll for toll in tolls if of_days(toll)]
    own = [toll for toll in tolls if incident is not None and toll.incident == incident.id] or tolls
    claims = [claim for claim in every if incident is not None and claim.id in incident.claims] or every
    line: dict[str, Any] = {"id": name} | ranges(own)
    return line | _when(incident, claims, reports) | _where(incident, claims) | _who(claims, world)


def of_days(toll: Toll) -> bool:
    """Not the total of a month or a year, which is no incident's, nor one that runs from a day with no end named."""
    period = toll.scope.period
    return period is None or (period.precision < A_MONTH and period.end is not None)


def main_incident(linked: Linked, claims: Sequence[Claim]) -> Incident | None:
    """The incident that most of the reports speak of; of two the one with more claims."""
    where = {claim.id: claim.report for claim in claims}
    found = [one for one in linked.incidents if one.kind == "incident"] or list(linked.incidents)
    return max(
        found, key=lambda one: (len({where[claim] for claim in one.claims}), len(one.claims), one.id), default=None
    )


def _when(incident: Incident | None, claims: Sequence[Claim], reports: Mapping[str, Report]) -> dict[str, str]:
    """The incident's first day, else the days that claims give, else the day on which most reports came out."""
    period = incident.scope.period if incident else None
    period = period if period and period.start else casualties.likeliest_period(claims)
    if period and period.start:
        return {"date": period.start.isoformat()}
    published = Counter(report.published for report in reports.values() if report.published)
    return {"date": published.most_common(1)[0][0].isoformat()} if published else {}


def _where(incident: Incident | None, claims: Sequence[Claim]) -> dict[str, float | None]:
    place = incident.scope.place if incident else None
    place = place if place and place.lat is not None else casualties.likeliest_place(claims)
    return {"lat": place.lat, "lon": place.lon} if place and place.lat is not None else {}


def _who(claims: Sequence[Claim], world: World) -> dict[str, list[str]]:
    known = parties.organisations(world)
    accused = [party for claim in claims for party in claim.parties]
    named = [NAMED.get(one.canonical) or BELLIGERENTS.get(parties.country_of(one, known), "") for one in accused]
    victims = [name for claim in claims for name in claim.group.names if {"killed", "injured"} & {*claim.harm.codes}]
    return {"perpetrators": list(parties.once(named)), "victims": list(parties.once(victims))}


# --- what went wrong ----------------------------------------------------------------------------------------------

Read = Mapping[str, tuple[Report, Sequence[Claim]]]


def _errors(file: Path, only: str, found: Mapping[str, Mapping[str, Any]], read: Read) -> Iterator[tuple[str, str]]:
    for row in rows.gold(file, only=only):
        line, gold = found[row["id"]], row["gold"]
        for key in KINDS:
            wrong = kind(line.get(key), gold[key])
            if wrong:
                yield (
                    f"{key} {wrong}",
                    f"{row['id']} read {line.get(key)}, was {gold[key]} | {_sentence(row, read, key)}",
                )
        wanted, ours = set(gold["perpetrators"]), set(line["perpetrators"])
        for who in sorted(wanted - ours):
            yield f"perpetrator missed ({who})", f"{row['id']} read {sorted(ours)} | {_sentence(row, read, 'killed')}"
        for who in sorted(ours - wanted):
            yield (
                f"perpetrator spurious ({who})",
                f"{row['id']} was {sorted(wanted)} | {_sentence(row, read, 'killed')}",
            )


def kind(mine: Sequence[int] | None, true: Sequence[int] | None) -> str:
    """What sort of miss a range is, by its upper end; "" where that is right."""
    top = mine[1] if mine else 0
    if not true:
        return "read where none are given" if top else ""
    if mine is None:
        return "not read"
    return "" if top == true[1] else "too few" if top < true[1] else "too many"


def _sentence(row: Mapping[str, Any], read: Read, key: str) -> str:
    harm = key.rpartition("_")[2]
    told = [read[name] for name in row["doc_ids"]]
    held = [claim for _, claims in told for claim in casualties.counted(claims, harm)]
    best = max(held, key=lambda claim: casualties.people(claim) or 0, default=None)
    words = best.quote if best else sentence_with(told[0][0].text, HARM_WORDS)
    return " ".join(words.split())[:300]


ADAPTER = Adapter(
    name="airwars_syria",
    data=SHARED / "airwars_syria",
    needs=("incidents.jsonl", "docs.jsonl"),
    figures=(
        Figure("killed: range exact", ("killed", "exact_range"), floor=40.1),
        Figure("killed: upper end exact", ("killed", "exact_high"), floor=46.7),
        Figure("killed: upper end exact where >= 3", ("killed", "exact_high_ge3"), floor=26.8),
        Figure("killed: none where none are given", ("killed", "none_or_zero_when_absent")),
        Figure("injured: range exact", ("injured", "exact_range"), floor=17.9),
        Figure("injured: upper end exact", ("injured", "exact_high")),
        Figure("day exact", ("date", "exact")),
        Figure("day within one", ("date", "within_1_day")),
        Figure("place within 10 km", ("place", "acc@10km")),
        Figure("perpetrators F1", ("perpetrators", "f1")),
        Figure("victims' names F1", ("victim_names", "f1")),
    ),
    run=run,
)
