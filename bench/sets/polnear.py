"""polnear: who says what in US political news; source, cue and content as stretches of the text.

What the reader sees of voices before any claim is made: the sayings of a page.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from bench import rows
from bench.adapter import SHARED, Adapter, Figure, Outcome, Run, day
from bench.listing import around, by_kind
from bench.reading import each
from cenotaph.read import open_page
from cenotaph.read.saying import Saying
from cenotaph.read.sayings import sayings
from cenotaph.vocabulary import Report, Span, World

COUNTRIES = ("United States",)
Pieces = list[list[int]]


def run(data: Path, how: Run) -> Outcome:
    file = data / "dev.jsonl"
    kept = rows.rows(file, keep=("id", "date", "text", "publisher"), only=how.only)
    reports = [_report(row) for row in kept]
    told = each(relations, reports, COUNTRIES, how.jobs)
    found = {report.name: line for report, line in zip(reports, told, strict=True)}
    with tempfile.TemporaryDirectory() as folder:
        pred = Path(folder) / "pred.jsonl"
        rows.write(pred, ({"id": name, "attributions": line} for name, line in found.items()))
        printed = rows.scored("polnear", rows.part(file, Path(folder), only=how.only), pred)
    return Outcome(printed, tuple(by_kind(_errors(file, how.only, found))) if how.errors else ())


def _report(row: Mapping[str, Any]) -> Report:
    return Report.of_text(row["text"], name=row["id"], outlet=row["publisher"], published=day(row["date"]))


# --- sayings -> relations -----------------------------------------------------------------------------------------


def relations(report: Report, world: World) -> list[dict[str, Pieces]]:
    """The set marks who says what once: nothing inside a quotation, and nothing inside what somebody else says."""
    found = (one for line in sayings(open_page(report, world)) for one in line)
    return [relation(report.text, one) for one in found if not one.quoted and one.within is None]


def relation(text: str, one: Saying) -> dict[str, Pieces]:
    """The set counts the comma that closes an apposition as part of its source."""
    source = one.source and Span(one.source.start, one.source.end + _closed(text, one.source))
    content = _pieces(one.content)
    return {"source": _pieces((source,) if source else ()), "cue": _pieces((one.cue,)), "content": content}


def _closed(text: str, source: Span) -> bool:
    return "," in source.of(text) and text[source.end : source.end + 1] == ","


def _pieces(spans: Iterable[Span]) -> Pieces:
    return [[span.start, span.end] for span in spans]


# --- what went wrong ----------------------------------------------------------------------------------------------


def _errors(file: Path, only: str, found: Mapping[str, Sequence[Any]]) -> Iterator[tuple[str, str]]:
    for row in rows.gold(file, only=only):
        text, ours, true = row["text"], found[row["id"]], row["attributions"]
        for one in true:
            met = next((other for other in ours if _overlap(one["cue"], other["cue"])), None)
            if met is None:
                yield f"missed, {_missed(one, ours)}", f"{_cue(text, one)}"
            elif one["source"] and not _overlap(one["source"], met["source"]):
                yield "another source", f"{_cue(text, one)} | read {_said(text, met['source'])}"
        for one in ours:
            if not any(_overlap(one["cue"], other["cue"]) for other in true):
                yield "spurious", _cue(text, one)


def _missed(one: Mapping[str, Pieces], ours: Sequence[Mapping[str, Pieces]]) -> str:
    """What sort of attribution was missed; "cue beside" where ours stands on other words of the same content."""
    if not one["cue"]:
        return "no cue"
    if not one["source"]:
        return "no source"
    return "cue beside" if any(_overlap(one["source"], other["source"]) for other in ours) else "with cue and source"


def _overlap(some: Pieces, others: Pieces) -> bool:
    return any(a < d and c < b for a, b in some for c, d in others)


def _cue(text: str, one: Mapping[str, Pieces]) -> str:
    place = one["cue"] or one["content"]
    start, end = place[0][0], min(place[-1][1], place[0][0] + 60)
    return f"{_said(text, one['source'])} > {around(text, start, end)}"


def _said(text: str, pieces: Pieces) -> str:
    return " .. ".join(text[start:end] for start, end in pieces)[:60] or "nobody"


ADAPTER = Adapter(
    name="polnear",
    data=SHARED / "polnear",
    needs=("dev.jsonl",),
    figures=(
        Figure("relation F1", ("relations", "f1"), floor=54.4, goal=62),
        Figure("relation precision", ("relations", "p"), floor=84.5),
        Figure("relation recall", ("relations", "r"), floor=40),
        Figure("source tokens F1", ("source_tokens", "f1"), floor=24, goal=48),
        Figure("cue tokens F1", ("cue_tokens", "f1")),
        Figure("content tokens F1", ("content_tokens", "f1"), floor=39.4),
        Figure("source head, of matched", ("source_head",), floor=75.7),
    ),
    run=run,
)
