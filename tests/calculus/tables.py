"""Scopes, statements and constraints from the short tables in which the cases are written."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from cenotaph.calculus import Constraint, Statement
from cenotaph.vocabulary import Count, Place, Scope
from tests.builders import claims_of, report_of

__all__ = ["cases", "constraint_of", "count_of", "scope_of", "statement_of"]

WEST = ("Land", "West")
UNSURE = {
    "near Harbour": Place("near Harbour", "Harbour", path=(*WEST, "Harbour"), precision=2),
    "countryside of West": Place("the countryside of West", "West", path=WEST, precision=5),
    "Harbor": Place("Harbor", "Harbour", path=(*WEST, "Harbour"), precision=2, near=True),
    "an unlisted mill": Place("the mill", path=("Land",)),
    "West and East": Place("West and East", "West, East", path=("Land",), precision=5, covers=(WEST, ("Land", "East"))),
    "the village": Place("the village"),
}


def cases(name: str) -> list[dict[str, Any]]:
    path = Path(__file__).with_name(f"{name}.toml")
    found: list[dict[str, Any]] = tomllib.loads(path.read_text(encoding="utf-8"))["case"]
    return found


def scope_of(table: Mapping[str, Any]) -> Scope:
    """A scope as tests/builders.py writes one; `unsure` names a place without a border, `clock` what a place is of."""
    plain = {key: value for key, value in table.items() if key not in ("unsure", "clock")}
    (claim,) = claims_of(report_of({"claims": [plain]}), [plain]).values()
    place = UNSURE[table["unsure"]] if "unsure" in table else claim.place
    if place is not None and "clock" in table:
        place = replace(place, of=table["clock"])
    return replace(claim.scope, place=place)


def count_of(said: int | list[int] | str) -> Count:
    """`745`, `[40, 60]`, or `"745 or more"`."""
    if isinstance(said, str):
        return Count(int(said.removesuffix(" or more")), None)
    return Count(said, said) if isinstance(said, int) else Count(*said)


def statement_of(table: Mapping[str, Any]) -> Statement:
    known = {key: table[key] for key in ("as_of", "told", "stock", "replaces", "complete") if key in table}
    rest = {key: value for key, value in table.items() if key not in (*known, "root", "count", "relayed")}
    if "relayed" in table:
        known |= {"as_of": table["relayed"], "own_day": False}
    return Statement(table.get("root", "Monitor"), scope_of(rest), count_of(table["count"]), **known)


def constraint_of(at: int, table: Mapping[str, Any]) -> Constraint:
    kind = next(kind for kind in ("sum", "part", "overlay") if kind in table)
    return Constraint(table.get("id", f"c{at}"), kind, table["of"], tuple(table[kind]), bool(table.get("rest")))  # type: ignore[arg-type]
