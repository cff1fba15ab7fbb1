"""hrdsattack: what was done to defenders of human rights in a news article, to whom, by whom, where and when."""

from __future__ import annotations

import calendar
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from bench import casualties, parties, rows
from bench.adapter import SHARED, Adapter, Figure, Outcome, Run, day
from bench.listing import by_kind, sentence_with
from bench.reading import world_of
from cenotaph.vocabulary import Claim, Report

VIOLATIONS = {
    "killed": "killing",
    "detained": "arbitrary detention",
    "abducted": "kidnapping",
    "tortured": "torture",
    "missing": "enforced disappearance",
}
"""Our harms -> the set's labels; every other harm, and an article in which nothing was done, is its "other"."""

WORDS = {
    "killing": "kill|murder|assassinat|shot dead|slain|death",
    "arbitrary detention": "arrest|detain|jail|imprison|custody",
    "kidnapping": "kidnap|abduct",
    "torture": "tortur|beat",
    "enforced disappearance": "disappear|missing",
}
"""Where the list of errors looks for the sentence of a violation that was not read; nothing is predicted by them."""


def run(data: Path, how: Run) -> Outcome:
    file = data / "dev.jsonl"
    kept = rows.rows(file, keep=("id", "published", "title", "text"), only=how.only)
    read = list(how.reader([_report(row) for row in kept], (), how.jobs))
    known = parties.organisations(world_of(()))
    found = {report.name: prediction(report, claims, known) for report, claims, _ in read}
    with tempfile.TemporaryDirectory() as folder:
        rows.write(Path(folder) / "pred.jsonl", found.values())
        gold = rows.part(file, Path(folder), only=how.only)
        printed = rows.scored("hrdsattack", gold, Path(folder) / "pred.jsonl")
    texts = {report.name: (report.text, claims) for report, claims, _ in read}
    return Outcome(printed, tuple(by_kind(_errors(file, how.only, found, texts))) if how.errors else ())


def _report(row: Mapping[str, Any]) -> Report:
    text = "\n\n".join(filter(None, (row["title"], row["text"])))
    return Report.of_text(text, name=row["id"], url=row["id"], published=day(row["published"]), language="en")


# --- claims -> one event ------------------------------------------------------------------------------------------


def prediction(report: Report, claims: Sequence[Claim], known: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
    done = [claim for claim in claims if claim.stance not in casualties.SILENT]  # its coders mark what is long past too
    accused = [party for claim in done for party in claim.parties]
    types = parties.once(VIOLATIONS.get(code, "other") for claim in done for code in claim.harm.codes)
    line: dict[str, Any] = {"id": report.name, "violation_types": types or ["other"]}
    line["perpetrator_mention"] = bool(accused)
    if accused:
        state = any(parties.of_state(party, known) for party in accused)
        line["perpetrator_type"] = "state actor" if state else "other non-state actors"
    names = parties.once(name for claim in done for name in claim.group.names)
    return line | {"victims": [{"name": name} for name in names]} | _where(done) | _when(done)


def _where(claims: Sequence[Claim]) -> dict[str, str]:
    place = casualties.likeliest_place(claims)
    path = place.path if place else ()
    return dict(zip(("country", "region"), path, strict=False)) | ({"city": path[-1]} if len(path) > 2 else {})


def _when(claims: Sequence[Claim]) -> dict[str, str]:
    period = casualties.likeliest_period(claims)
    if period is None or period.start is None:
        return {}
    start, end = period.start, period.end
    found = {"year": str(start.year)}
    if end and (start.year, start.month) == (end.year, end.month):
        found["month"] = calendar.month_name[start.month]
    return found | ({"day": str(start.day)} if start == end else {})


# --- what went wrong ----------------------------------------------------------------------------------------------


def _errors(
    file: Path, only: str, found: Mapping[str, Mapping[str, Any]], texts: Mapping[str, tuple[str, Sequence[Claim]]]
) -> Iterator[tuple[str, str]]:
    for row in rows.gold(file, only=only):
        line, true = found[row["id"]], row["annotations"][0]
        text, claims = texts[row["id"]]
        wanted, ours = set(true["violation_types"]), set(line["violation_types"])
        for kind in sorted(wanted - ours):
            yield f"missed {kind}", f"{row['id']} | {_plain(sentence_with(text, WORDS.get(kind, '.')))}"
        for kind in sorted(ours - wanted):
            yield f"spurious {kind}", f"{row['id']} {sorted(wanted)} | {_resting(claims, kind)}"
        yield from _names(row["id"], true, line, text)


def _names(document: str, true: Mapping[str, Any], line: Mapping[str, Any], text: str) -> Iterator[tuple[str, str]]:
    wanted = {one["victim_name"] for one in true["victims"] if one.get("victim_name")}
    ours = {one["name"] for one in line["victims"]}
    for name in sorted(wanted - ours):
        yield "missed name", f"{document} {name} | {_plain(sentence_with(text, _escaped(name)))}"
    for name in sorted(ours - wanted):
        yield (
            "spurious name",
            f"{document} {name}, was {sorted(wanted)} | {_plain(sentence_with(text, _escaped(name)))}",
        )


def _escaped(name: str) -> str:
    return "".join(letter if letter.isalnum() or letter == " " else "." for letter in name)


def _resting(claims: Sequence[Claim], kind: str) -> str:
    return next(
        (_plain(one.quote) for one in claims for code in one.harm.codes if VIOLATIONS.get(code) == kind), "nothing read"
    )


def _plain(words: str) -> str:
    return " ".join(words.split())[:300]


ADAPTER = Adapter(
    name="hrdsattack",
    data=SHARED / "hrdsattack",
    needs=("dev.jsonl",),
    figures=(
        Figure("violation types F1", ("violation_types", "f1"), floor=60.2, goal=66),
        Figure("killing F1", ("killing_only", "f1"), floor=73.8),
        Figure("victims' names exact F1", ("victim_name_exact", "f1"), goal=38),
        Figure("victims' names fuzzy F1", ("victim_name_fuzzy", "f1")),
        Figure("perpetrator mentioned F1", ("perpetrator_mention", "f1")),
        Figure("perpetrator type", ("perpetrator_type", "accuracy")),
        Figure("country, hits over all", ("country", "hits_over_all")),
        Figure("city, hits over all", ("city", "hits_over_all")),
        Figure("year, hits over all", ("year", "hits_over_all"), floor=23),
        Figure("month, hits over all", ("month", "hits_over_all"), floor=15),
        Figure("day, hits over all", ("day", "hits_over_all"), floor=1),
    ),
    run=run,
)
