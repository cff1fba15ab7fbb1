"""case2021_types: which kind of event a snippet reports, as the sub-events of ACLED and five more."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from bench import casualties, rows
from bench.adapter import SHARED, Adapter, Figure, Outcome, Run
from bench.listing import by_kind
from cenotaph.vocabulary import Claim, Report

MEANS = {
    "suicide bombing": "SUIC_BOMB",
    "chemical": "CHEM_WEAP",
    "grenade": "GRENADE",
    "airstrike": "AIR_STRIKE",
    "drone strike": "AIR_STRIKE",
    "missile": "ART_MISS_ATTACK",
    "shelling": "ART_MISS_ATTACK",
    "car bomb": "REM_EXPLOS",
    "ied": "REM_EXPLOS",
    "landmine": "REM_EXPLOS",
    "bombing": "REM_EXPLOS",
    "crowd control": "FORCE_AGAINST_PROTEST",
    "clash": "ARMED_CLASH",
    "ambush": "ARMED_CLASH",
    "crash": "MAN_MADE_DISASTER",
    "fall": "MAN_MADE_DISASTER",
    "drowning": "NATURAL_DISASTER",
    "exposure": "NATURAL_DISASTER",
}
"""Our codes of means -> the set's types; ACLED sorts by the weapon first, the narrowest first."""

HARMS = {
    "sexual violence": "SEX_VIOL",
    "abducted": "ABDUCT_DISSAP",
    "missing": "ABDUCT_DISSAP",
    "detained": "ARREST",
    "property destroyed": "PROPERTY_DISTRUCT",
    "arson": "PROPERTY_DISTRUCT",
    "looting": "PROPERTY_DISTRUCT",
    "killed": "ATTACK",
    "injured": "ATTACK",
    "tortured": "ATTACK",
}
"""Where no means tells: our harms -> the set's types, the narrowest first."""

ARMED = ("armed forces", "security forces", "armed group")


def run(data: Path, how: Run) -> Outcome:
    file = data / "dev.jsonl"
    reports = [_report(row) for row in rows.rows(file, keep=("id", "text"), only=how.only)]
    read = how.reader(reports, (), how.jobs)
    found = {report.name: kind_of(claims) for report, claims, _ in read}
    with tempfile.TemporaryDirectory() as folder:
        rows.write(Path(folder) / "pred.jsonl", ({"id": name, "type": kind} for name, kind in found.items()))
        gold = rows.part(file, Path(folder), only=how.only)
        printed = rows.scored("case2021_types", gold, Path(folder) / "pred.jsonl")
    return Outcome(printed, tuple(by_kind(_errors(file, how.only, found))) if how.errors else ())


def _report(row: Mapping[str, Any]) -> Report:
    return Report.of_text(row["text"], name=row["id"], url=row["id"], language="en")


# --- claims -> a type ---------------------------------------------------------------------------------------------


def kind_of(claims: Sequence[Claim]) -> str:
    """The type of a snippet: by the means, then by the harm; fighters harmed by fighters are a clash, not an attack."""
    told = [claim for claim in claims if claim.stance not in casualties.SILENT]
    means = {claim.means.code for claim in told if claim.means is not None}
    harms = {code for claim in told for code in claim.harm.codes}
    kind = _first(MEANS, means) or _first(HARMS, harms) or "OTHER"
    both_armed = any(claim.group.status in ARMED and claim.parties for claim in told)
    return "ARMED_CLASH" if kind == "ATTACK" and both_armed else kind


def _first(table: Mapping[str, str], held: set[str]) -> str:
    return next((kind for code, kind in table.items() if code in held), "")


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
