"""re3d: people, organisations, places, days, quantities and weapons in texts on the wars in Syria and Iraq.

What the reader sees before any claim is made. Of the set's types only those that the reader has words for are given.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from bench import rows
from bench.adapter import SHARED, Adapter, Figure, Outcome, Run
from bench.listing import around, by_kind
from bench.reading import each
from cenotaph.read import open_page
from cenotaph.read.cues import attributions
from cenotaph.read.days import days
from cenotaph.read.page import Page, Scene
from cenotaph.read.speakers import named_speakers
from cenotaph.vocabulary import Report, World

COUNTRIES = ("Syria", "Iraq")
ARMED = ("armed forces", "security forces", "armed group")
SURE = 0.5
"""The annotators' confidence below which the scorer looks at nothing."""

Entity = tuple[int, int, str]


def run(data: Path, how: Run) -> Outcome:
    file = data / "dev.jsonl"
    reports = [_report(row) for row in rows.rows(file, keep=("id", "source", "text"), only=how.only)]
    seen = each(entities, reports, COUNTRIES, how.jobs)
    found = {report.name: line for report, line in zip(reports, seen, strict=True)}
    with tempfile.TemporaryDirectory() as folder:
        pred = Path(folder) / "pred.jsonl"
        rows.write(pred, ({"id": name, "entities": line} for name, line in found.items()))
        printed = rows.scored("re3d", rows.part(file, Path(folder), only=how.only), pred)
    return Outcome(
        rows.whole(printed, ADAPTER.figures), tuple(by_kind(_errors(file, how.only, found))) if how.errors else ()
    )


def _report(row: Mapping[str, Any]) -> Report:
    return Report.of_text(row["text"], name=row["id"], outlet=row["source"], language="en")


# --- what was seen -> entities ------------------------------------------------------------------------------------


def entities(report: Report, world: World) -> list[Entity]:
    """Of two that overlap the longer, so that a place inside an organisation's name is none."""
    page = open_page(report, world)
    every = {*_speakers(page), *(one for scene in page.scenes for one in of_scene(scene, page))}
    chosen: list[Entity] = []
    for one in sorted(every, key=lambda one: (one[0] - one[1], one)):
        if not any(one[0] < other[1] and other[0] < one[1] for other in chosen):
            chosen.append(one)
    return sorted(chosen)


def of_scene(scene: Scene, page: Page) -> Iterator[Entity]:
    for mention in scene.mentions:
        yield _entity(scene, mention.first, mention.last, "Location")
    for day in days(scene.sentence, scene.language, page.today):
        yield _entity(scene, day.first, day.last, "Temporal")
    for amount in scene.amounts:
        yield _entity(scene, amount.first, amount.last, "Quantity")
    for _, first, last in scene.language.organisations.longest(scene.tokens):
        yield _entity(scene, first, last, "Organisation")
    for chunk in scene.chunks:
        if not (chunk.pronoun or chunk.elliptic):
            kind = "Organisation" if chunk.group.status in ARMED else "Person"
            yield _entity(scene, chunk.number[1] if chunk.number else chunk.first, chunk.core, kind)


def _speakers(page: Page) -> Iterator[Entity]:
    """Who speaks: a person where the reader took the voice for one, else an organisation."""
    for found in (one for told in attributions(page) for one in told):
        kind = "Person" if found.speaker.voices[-1].kind in ("person", "official") else "Organisation"
        scene = page.scenes[found.scene]
        if not scene.language.words("voices", "pronouns").has(scene.tokens[found.first]):
            yield found.source.start, found.source.end, kind
    for scene in page.scenes:
        for speaker in named_speakers(page, scene):
            voice = speaker.voices[-1]
            at = page.report.text.find(voice.name, scene.sentence.span.start, scene.sentence.span.end)
            if at >= 0 and voice.kind == "person":
                yield at, at + len(voice.name), "Person"


def _entity(scene: Scene, first: int, last: int, kind: str) -> Entity:
    span = scene.sentence.cut(first, max(last, first + 1))
    return span.start, span.end, kind


# --- what went wrong ----------------------------------------------------------------------------------------------


def _errors(file: Path, only: str, found: Mapping[str, Sequence[Entity]]) -> Iterator[tuple[str, str]]:
    for row in rows.gold(file, only=only):
        true = [(start, end, kind) for start, end, kind, sure in row["entities"] if sure >= SURE]
        for one in true:
            wrong = verdict(one, found[row["id"]])
            if wrong:
                yield f"{one[2]} {wrong}", around(row["text"], one[0], one[1], width=40)
        unsure = [(start, end, kind) for start, end, kind, _ in row["entities"]]
        for one in found[row["id"]]:
            if not any(_meet(one, other) for other in unsure):
                yield f"{one[2]} spurious", around(row["text"], one[0], one[1], width=40)


def verdict(one: Entity, ours: Sequence[Entity]) -> str:
    """What is the matter with an entity of the gold; "" where it was found with its type, however long."""
    met = [other for other in ours if _meet(one, other)]
    if not met:
        return "missed"
    return "" if any(other[2] == one[2] for other in met) else f"read as {met[0][2]}"


def _meet(one: Entity, other: Entity) -> bool:
    return one[0] < other[1] and other[0] < one[1]


ADAPTER = Adapter(
    name="re3d",
    data=SHARED / "re3d",
    needs=("dev.jsonl",),
    figures=(
        Figure("entities F1, overlap", ("overlap_micro", "f1"), floor=29.6),
        Figure("entities F1, exact", ("exact_micro", "f1"), floor=18.8),
        Figure("places F1, overlap", ("overlap", "Location", "f1")),
        Figure("organisations F1, overlap", ("overlap", "Organisation", "f1")),
        Figure("people F1, overlap", ("overlap", "Person", "f1")),
        Figure("days F1, overlap", ("overlap", "Temporal", "f1")),
        Figure("quantities F1, overlap", ("overlap", "Quantity", "f1")),
    ),
    run=run,
)
