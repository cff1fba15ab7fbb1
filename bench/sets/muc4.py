"""MUC-4: who was killed or injured, how many, where, when, by whom, in news from Latin America of 1988 to 1990."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from bench import rows
from bench.adapter import SHARED, Adapter, Figure, Outcome, Run, day
from cenotaph.vocabulary import Claim, Period, Place, Quantity, Report

KEPT = ("id", "date", "source", "text")

# What the task was about, as its description told every system in advance: a case would name its countries too.
COUNTRIES = ("Argentina", "Bolivia", "Chile", "Colombia", "Ecuador", "El Salvador", "Guatemala", "Honduras", "Peru")

HARMS = ("killed", "injured")
SILENT = ("denies", "expects")


def run(data: Path, how: Run) -> Outcome:
    reports = [_report(row) for row in rows.rows(data / "docs.jsonl", keep=KEPT, only=how.only)]
    read = how.reader(reports, COUNTRIES, how.jobs)
    found = [line for report, claims, _ in read for line in predictions(report.name, claims)]
    with tempfile.TemporaryDirectory() as folder:
        return _scored(data, Path(folder), found, how)


def _report(row: Mapping[str, Any]) -> Report:
    outlet, published = row["source"] or "", day(row["date"])
    return Report.of_text(row["text"], name=row["id"], outlet=outlet, published=published, language="en")


def _scored(data: Path, folder: Path, found: Sequence[Mapping[str, Any]], how: Run) -> Outcome:
    rows.write(folder / "pred.jsonl", found)
    only = ("--only", how.only) if how.only else ()
    files = ("--docs", data / "docs.jsonl", "--gold", data / "gold.jsonl", "--pred", folder / "pred.jsonl")
    printed = rows.scored("muc4", "score", "--json", *files, "--per-doc", folder / "rows.jsonl", *only)
    return Outcome(printed, tuple(_errors(data, folder, found)) if how.errors else ())


# --- claims -> lines ----------------------------------------------------------------------------------------------


def predictions(document: str, claims: Sequence[Claim]) -> Iterator[dict[str, Any]]:
    """One line for each harm of each claim that says somebody was killed or injured, once, and not long ago."""
    for claim in claims:
        for harm in _harms(claim) if _counts(claim) else ():
            for one in named_apart(claim):
                yield {"doc": document, "harm": harm, **_line(one)}


def _harms(claim: Claim) -> list[str]:
    """Of words that leave open whether somebody died ("shot") the keys hold one harm: the graver, as in most keys."""
    return [harm for harm in HARMS if harm in claim.harm.codes][:1]


def named_apart(claim: Claim) -> list[Claim]:
    """The keys hold named people one by one: a group of three with three names is three lines."""
    names = claim.group.names
    if len(names) < 2 or claim.quantity.base not in (None, len(names)):
        return [claim]
    alone = Quantity(claim.quantity.words, "exact", 1)
    return [replace(claim, quantity=alone, group=replace(claim.group, names=(name,))) for name in names]


def _counts(claim: Claim) -> bool:
    again = claim.relation is not None and claim.relation.kind == "restates"
    nobody = claim.quantity.base == 0  # the keys hold who was harmed, never that nobody was
    return claim.stance not in SILENT and claim.reach != "background" and not again and not nobody


def _line(claim: Claim) -> dict[str, Any]:
    low, high = bounds(claim.quantity, claim.group.names)
    start, end = _days(claim.period)
    accused = _once(word for party in claim.parties for word in (party.words, party.canonical))
    return {
        "count_min": low,
        "count_max": high,
        "victims": "; ".join(_once([claim.group.words, *claim.group.names])),
        "place": _where(claim.place),
        "date_min": start,
        "date_max": end,
        "perpetrator": "; ".join(accused) or None,
        "quote": claim.quote,
    }


def bounds(quantity: Quantity, names: Sequence[str] = ()) -> tuple[int | None, int | None]:
    """The set's way to write a quantity: both ends of a figure, one open end, or neither where no figure was given.

    >>> bounds(Quantity("at least seven", "at least", 7)), bounds(Quantity("dozens", "plural", 12))
    ((7, None), (None, None))
    >>> bounds(Quantity(), ["NAME"])                # one named person and no figure: one
    (1, 1)
    """
    base = quantity.base
    if quantity.comparator in ("plural", "none") or quantity.fraction is not None or base is None:
        return (1, 1) if len(names) == 1 and quantity.comparator == "none" else (None, None)
    if quantity.comparator in ("at least", "more than"):
        return base, None
    if quantity.comparator in ("up to", "less than"):
        return None, base
    return base, base if quantity.upper is None else quantity.upper


def _where(place: Place | None) -> str:
    return "" if place is None else ", ".join(_once([place.words, place.name, *reversed(place.path)]))


def _days(period: Period | None) -> tuple[str | None, str | None]:
    """Only days on which it happened or they died: a day on which deaths were recorded is of another clock."""
    if period is None or period.of not in ("happened", "died"):
        return None, None
    return _iso(period.start), _iso(period.end)


def _iso(one: Any) -> str | None:
    return None if one is None else one.isoformat()


def _once(words: Any) -> list[str]:
    return [word for word in dict.fromkeys(words) if word]


# --- what went wrong ----------------------------------------------------------------------------------------------


def _errors(data: Path, folder: Path, found: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """What the scorer left unmatched: required facts, and lines of documents that have any facts."""
    gold = [json.loads(line) for line in (data / "gold.jsonl").read_text(encoding="utf-8").splitlines()]
    for row in map(json.loads, (folder / "rows.jsonl").read_text(encoding="utf-8").splitlines()):
        facts = [fact for fact in gold if fact["doc"] == row["doc"] and not fact["optional"]]
        lines = [line for line in found if line["doc"] == row["doc"]]
        yield from _unmatched(row, facts, lines)


def _unmatched(row: Mapping[str, Any], facts: Sequence[Any], lines: Sequence[Any]) -> Iterator[str]:
    seen, known = {pair[0] for pair in row["pairs"]}, {pair[1] for pair in row["pairs"]}
    for fact in facts:
        if fact["id"] not in known and set(fact["effect_alts"]) & set(HARMS):
            count = f"{fact['number_min']}-{fact['number_max']}"
            yield f"missed    {fact['id']}  {fact['effect']} {count} {'; '.join(fact['targets'])}"
    for number, line in enumerate(lines):
        if number not in seen and row["rel"]:
            said = f"{line['harm']} {line['count_min']}-{line['count_max']} {line['victims']}"
            yield f"spurious  {line['doc']}  {said} | {' '.join(line['quote'].split())}"


# Floors: a regular expression, read in both directions, on this part. Goals: the best system of 1992 in each figure, on
# the held-out part. Both as the set's README gives them.
ADAPTER = Adapter(
    name="muc4",
    data=SHARED / "muc4",
    needs=("docs.jsonl", "gold.jsonl", "gold_docs.jsonl"),
    figures=(
        Figure("harm+count F1.rel", ("harm_count", "f1_rel"), floor=43.6, goal=57.7),
        Figure("harm+count recall", ("harm_count", "recall"), floor=42.8, goal=67.6),
        Figure("harm+count precision.rel", ("harm_count", "precision_rel"), floor=44.5, goal=67.0),
        Figure("harm+count+victim F1.rel", ("harm_count_victim", "f1_rel"), floor=32.2, goal=53.6),
        Figure("total killed exact", ("total_killed", "exact"), floor=30.0, goal=55.8),
        Figure("detection F1", ("detection", "f1"), floor=66.8, goal=85.0),
    ),
    run=run,
)
