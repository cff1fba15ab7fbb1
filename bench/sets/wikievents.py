"""wikievents: who died or was injured, by whom, where, in news; victims and killers as stretches of the text."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from bench import rows
from bench.adapter import SHARED, Adapter, Figure, Outcome, Run
from bench.listing import around, by_kind
from cenotaph.vocabulary import Claim, Report, Span

KINDS = {"killed": ("Life.Die", "Killer"), "injured": ("Life.Injure", "Injurer")}
"""Our harm -> the set's type of event, and what it calls the one who did it."""

Role = tuple[str, str, tuple[int, int]]


def run(data: Path, how: Run) -> Outcome:
    file = data / "dev.jsonl"
    reports = [_report(row) for row in rows.rows(file, keep=("id", "text"), only=how.only)]
    read = how.reader(reports, (), how.jobs)
    found = {report.name: prediction(report, claims) for report, claims, _ in read}
    with tempfile.TemporaryDirectory() as folder:
        rows.write(Path(folder) / "pred.jsonl", found.values())
        gold = rows.part(file, Path(folder), only=how.only)
        printed = rows.scored("wikievents", gold, Path(folder) / "pred.jsonl")
    return Outcome(
        rows.whole(printed, ADAPTER.figures), tuple(by_kind(_errors(file, how.only, found))) if how.errors else ()
    )


def _report(row: Mapping[str, Any]) -> Report:
    return Report.of_text(row["text"], name=row["id"], language="en")


# --- claims -> events ---------------------------------------------------------------------------------------------


def prediction(report: Report, claims: Sequence[Claim]) -> dict[str, Any]:
    """One event for each harm of each claim of deaths or injuries; those long past too, for the set marks them."""
    events = [event(report, claim, harm, claims) for claim in claims for harm in claim.harm.codes if harm in KINDS]
    return {"id": report.name, "events": events}


def event(report: Report, claim: Claim, harm: str, claims: Sequence[Claim]) -> dict[str, Any]:
    kind, doer = KINDS[harm]
    roles = [("Victim", span) for span in victims(report, claim, claims)]
    roles += [(doer, span) for name, span in claim.evidence if name == "parties"]
    roles += [("Place", span) for name, span in claim.evidence if name == "place"]
    arguments = [{"role": role, "span": [span.start, span.end]} for role, span in roles]
    return {"type": kind, "trigger": [claim.trigger.start, claim.trigger.end], "arguments": arguments}


def victims(report: Report, claim: Claim, claims: Sequence[Claim]) -> list[Span]:
    """Where the harmed stand: those that this claim says again, else the names in its own sentence, else its group."""
    if claim.relation and claim.relation.kind == "restates":
        first = next((one for one in claims if one.id == claim.relation.to), None)
        if first is not None and first.relation is None:
            return victims(report, first, claims)
    named = [_named(report.text, name, claim) for name in claim.group.names]
    own = [span for name, span in claim.evidence if name == "group" and span != claim.trigger]
    return [span for span in named if span is not None] or own


def _named(text: str, name: str, claim: Claim) -> Span | None:
    at = text.find(name, claim.start, claim.end)
    return Span(at, at + len(name)) if at >= 0 else None


# --- what went wrong ----------------------------------------------------------------------------------------------


def _errors(file: Path, only: str, found: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    for row in rows.gold(file, only=only):
        ours, true = roles(found[row["id"]]["events"]), roles(row["events"])
        for way, some, others in (("missed", true, ours), ("spurious", ours, true)):
            for one in sorted(some):
                if not any(one[:2] == other[:2] and _meet(one[2], other[2]) for other in others):
                    yield f"{way} {one[0]}:{one[1]}", f"{row['id']} {around(row['text'], *one[2])}"


def roles(events: Sequence[Mapping[str, Any]]) -> set[Role]:
    """(type, role, span) of what the set scores without triggers."""
    kinds = {kind for kind, _ in KINDS.values()}
    return {
        (kind, one["role"], (one["span"][0], one["span"][1]))
        for event in events
        for one in event["arguments"]
        if (kind := ".".join(event["type"].split(".")[:2])) in kinds and one["span"]
    }


def _meet(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


ADAPTER = Adapter(
    name="wikievents",
    data=SHARED / "wikievents",
    needs=("dev.jsonl",),
    figures=(
        Figure("died: victim F1", ("doc_role_by_role", "Life.Die:Victim", "f1"), floor=21, goal=50),
        Figure("injured: victim F1", ("doc_role_by_role", "Life.Injure:Victim", "f1")),
        Figure("died: killer F1", ("doc_role_by_role", "Life.Die:Killer", "f1")),
        Figure("died: place F1", ("doc_role_by_role", "Life.Die:Place", "f1")),
        Figure("died: trigger F1", ("trigger_by_type", "Life.Die", "f1"), floor=82.8),
    ),
    run=run,
)
