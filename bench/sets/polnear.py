"""polnear: who says what in US political news; source, cue and content as stretches of the text.

What the reader sees of voices before any claim is made: the attributions of a page.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from bench import rows
from bench.adapter import SHARED, Adapter, Figure, Outcome, Run, day
from bench.listing import around, by_kind
from bench.reading import each
from cenotaph.read import open_page
from cenotaph.read.cues import Attribution, attributions
from cenotaph.read.page import Scene
from cenotaph.vocabulary import Report, World

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


# --- attributions -> relations ------------------------------------------------------------------------------------


def relations(report: Report, world: World) -> list[dict[str, Pieces]]:
    page = open_page(report, world)
    return [relation(page.scenes[one.scene], one) for found in attributions(page) for one in found]


def relation(scene: Scene, found: Attribution) -> dict[str, Pieces]:
    """The set's three roles. The cue is what the attribution stands on beside its source; the content the rest of the
    sentence: what follows the cue, or, where a comma or a quotation mark closes it off, what comes before.
    """
    tokens = scene.tokens
    cue = [n for n in range(found.first, found.last) if not _meets(tokens[n].start, tokens[n].end, found)]
    source = [n for n, token in enumerate(tokens) if _meets(token.start, token.end, found)]
    core = sorted({*range(found.first, found.last), *source})
    after, before = range(core[-1] + 1, len(tokens)), range(core[0])
    closed = core[0] > 0 and not tokens[core[0] - 1].is_word
    inside = [before, after] if closed else [after] if _words(scene, after) else [before]
    content = [piece for part in inside for piece in _pieces(scene, part)]
    return {"source": _pieces(scene, source), "cue": _pieces(scene, cue), "content": content}


def _meets(start: int, end: int, found: Attribution) -> bool:
    return start < found.source.end and found.source.start < end


def _words(scene: Scene, part: Sequence[int]) -> bool:
    return any(scene.tokens[n].is_word for n in part)


def _pieces(scene: Scene, part: Sequence[int]) -> Pieces:
    """The unbroken stretches of some tokens; none for signs alone."""
    if not _words(scene, part):
        return []
    runs: list[list[int]] = []
    for n in part:
        if runs and runs[-1][1] == n:
            runs[-1][1] = n + 1
        else:
            runs.append([n, n + 1])
    spans = (scene.sentence.cut(first, last) for first, last in runs)
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
