"""case2021_types: which kind of event a snippet reports, as the sub-events of ACLED and five more."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from bench import rows
from bench.adapter import SHARED, Adapter, Figure, Outcome, Run
from bench.listing import by_kind
from bench.reading import each
from cenotaph.read import open_page
from cenotaph.read.kinds import kinds
from cenotaph.vocabulary import Report, World

TYPES = {
    "suicide bombing": "SUIC_BOMB",
    "chemical attack": "CHEM_WEAP",
    "grenade": "GRENADE",
    "air strike": "AIR_STRIKE",
    "shelling": "ART_MISS_ATTACK",
    "explosive device": "REM_EXPLOS",
    "sexual violence": "SEX_VIOL",
    "abduction": "ABDUCT_DISSAP",
    "force against protesters": "FORCE_AGAINST_PROTEST",
    "protest broken up": "PROTEST_WITH_INTER",
    "riot": "VIOL_DEMONSTR",
    "peaceful protest": "PEACE_PROTEST",
    "mob violence": "MOB_VIOL",
    "weapons seized": "DISR_WEAP",
    "state takes territory": "GOV_REGAINS_TERIT",
    "armed group takes territory": "NON_STATE_ACTOR_OVERTAKES_TER",
    "territory handed over": "NON_VIOL_TERRIT_TRANSFER",
    "troops moved": "CHANGE_TO_GROUP_ACT",
    "agreement": "AGREEMENT",
    "base set up": "HQ_ESTABLISHED",
    "property destroyed": "PROPERTY_DISTRUCT",
    "arrest": "ARREST",
    "armed clash": "ARMED_CLASH",
    "attack": "ATTACK",
    "natural disaster": "NATURAL_DISASTER",
    "accident": "MAN_MADE_DISASTER",
}
"""Our kinds of event (codes/events.toml) -> the set's types."""


def run(data: Path, how: Run) -> Outcome:
    file = data / "dev.jsonl"
    reports = [_report(row) for row in rows.rows(file, keep=("id", "text"), only=how.only)]
    found = dict(each(kind_of, reports, (), how.jobs))
    with tempfile.TemporaryDirectory() as folder:
        rows.write(Path(folder) / "pred.jsonl", ({"id": name, "type": kind} for name, kind in found.items()))
        gold = rows.part(file, Path(folder), only=how.only)
        printed = rows.scored("case2021_types", gold, Path(folder) / "pred.jsonl")
    return Outcome(printed, tuple(by_kind(_errors(file, how.only, found))) if how.errors else ())


def _report(row: Mapping[str, Any]) -> Report:
    return Report.of_text(row["text"], name=row["id"], url=row["id"], language="en")


# --- words -> a type ---------------------------------------------------------------------------------------------


def kind_of(report: Report, world: World) -> tuple[str, str]:
    """The name of a snippet and its type: that of the narrowest kind of event its words tell of."""
    told = kinds(open_page(report, world))
    return report.name, TYPES[told[0].code] if told else "OTHER"


# --- what went wrong ----------------------------------------------------------------------------------------------


def _errors(file: Path, only: str, found: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for row in rows.gold(file, only=only):
        ours = found[row["id"]]
        if ours != row["type"]:
            yield f"{row['type']} read as {ours}", f"{row['id']} | {' '.join(row['text'].split())[:300]}"


ADAPTER = Adapter(
    name="case2021_types",
    data=SHARED / "case2021_types",
    needs=("dev.jsonl",),
    figures=(
        Figure("25 types: weighted F1", ("subtask1", "weighted_f1"), floor=41.7, goal=55),
        Figure("25 types: macro F1", ("subtask1", "macro_f1")),
        Figure("coarse groups: weighted F1", ("coarse", "weighted_f1"), floor=62.5),
    ),
    run=run,
)
