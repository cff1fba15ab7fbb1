"""airwars_syria: the reports of one incident, mostly Arabic, to the ranges of killed and injured that a recorder coded.

What a recorder does by judgement (which figures are of this incident, how many civilians) is done by the draft that
the program proposes for an incident (reconcile/recording.py); here it is only put into the set's fields.
"""

from __future__ import annotations

import datetime as dt
import re
import tempfile
from calendar import monthrange
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from bench import casualties, parties, rows
from bench.adapter import SHARED, Adapter, Figure, Outcome, Run, day
from bench.listing import by_kind, sentence_with
from bench.reading import world_of
from bench.recording import KINDS, Read, drafts, ear_of, named, ranges
from cenotaph.read.numerals import DIGITS
from cenotaph.reconcile.scene import Scene
from cenotaph.vocabulary import Claim, Report, World

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
_WRITTEN = r"(?<!\d)(\d{1,2})(?:st|nd|rd|th)?[\s/]*(?:من )?(%s)\b[^\d\n]{0,14}(20[12]\d)"
_AMERICAN = r"\b(%s)\.? (\d{1,2}),? (20[12]\d)"
_NUMBERS = re.compile(r"(?<!\d)(\d{1,2})[-/.](\d{1,2})[-/.](20[12]\d)")
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
    if found is None:
        return None
    year, month, number = (int(part) for part in found.groups())
    return _day(year, month, number)


def _day(year: int, month: int, number: int) -> dt.date | None:
    return dt.date(year, month, number) if 0 < month <= 12 and 0 < number <= monthrange(year, month)[1] else None


def written_days(text: str, words: Mapping[str, Any]) -> list[dt.date]:
    """The days written out in full in a text ("5 July 2023", "5/7/2023"), which count where nobody says a day.

    >>> written_days("On 5 July 2023, not on 31 February 2023.", {"months": {"july": 7, "february": 2}})
    [datetime.date(2023, 7, 5)]
    """
    months = {name.casefold(): number for name, number in words["months"].items()}
    names = "|".join(re.escape(name) for name in sorted(months, key=len, reverse=True))
    plain = text.translate(DIGITS)
    found = [(year, months[name.casefold()], day) for day, name, year in re.findall(_WRITTEN % names, plain, re.I)]
    found += [(year, months[name.casefold()], day) for name, day, year in re.findall(_AMERICAN % names, plain, re.I)]
    found += [(year, int(month), day) for day, month, year in _NUMBERS.findall(plain)]
    return [day for year, month, number in found if (day := _day(int(year), month, int(number)))]


# --- reports -> one record ----------------------------------------------------------------------------------------


def prediction(name: str, read: Read, world: World) -> dict[str, Any]:
    """One incident's record, from its reports alone."""
    written = [written_days(report.text, world.words(report.language)) for report, _ in read]
    scene = Scene.told(read, TAKEN.date(), home=COUNTRIES, written=written)
    ear = ear_of(scene, world)
    line: dict[str, Any] = {"id": name} | ranges(drafts(read, ear, searched=True))
    line |= {"date": scene.day.isoformat()} if scene.day else {}
    if scene.place is not None:
        line |= {"lat": scene.place.lat, "lon": scene.place.lon}
    return line | {"perpetrators": accused(read, world), "victims": named(read, ear)}


def accused(read: Read, world: World) -> list[str]:
    """The party that most reports accuse, in the recorder's word for it; nobody where its list has no such party."""
    known = parties.organisations(world)
    votes: Counter[str] = Counter()
    for _, claims in read:
        blamed = {party for claim in claims for party in claim.parties}
        votes.update(
            {NAMED.get(one.canonical) or BELLIGERENTS.get(parties.country_of(one, known), "") for one in blamed}
        )
    del votes[""]
    return [max(votes, key=lambda who: (votes[who], who))] if votes else []


# --- what went wrong ----------------------------------------------------------------------------------------------

ByName = Mapping[str, tuple[Report, Sequence[Claim]]]


def _errors(file: Path, only: str, found: Mapping[str, Mapping[str, Any]], read: ByName) -> Iterator[tuple[str, str]]:
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


def _sentence(row: Mapping[str, Any], read: ByName, key: str) -> str:
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
        Figure("killed: ranges overlap", ("killed", "overlap"), floor=65.2),
        Figure("day exact", ("date", "exact")),
        Figure("day within one", ("date", "within_1_day")),
        Figure("place within 10 km", ("place", "acc@10km")),
        Figure("place within 25 km", ("place", "acc@25km")),
        Figure("perpetrators F1", ("perpetrators", "f1")),
        Figure("victims' names F1", ("victim_names", "f1")),
    ),
    run=run,
)
