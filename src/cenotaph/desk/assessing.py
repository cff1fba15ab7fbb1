"""What the team itself holds of one incident: the form it is written in, a machine's draft beside it, its ledger."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, get_args

from cenotaph.case import CaseError
from cenotaph.case.drafting import drafts
from cenotaph.desk.history import History
from cenotaph.desk.one_incident import One
from cenotaph.reconcile.assessing import KINDS
from cenotaph.reconcile.assessments import assessments, check_assessment, concerns, id_made
from cenotaph.reconcile.grades import INFORMATION, SOURCES, WORDS, graded, proposed_grade
from cenotaph.reconcile.ledger import ledger
from cenotaph.vocabulary import Assessment, Decision, Grade, Ledger, Level, Problem, Toll

__all__ = [
    "FACETS", "GRADES", "LEVELS", "STANDINGS", "Held", "cells_of", "details_of", "drafts_for", "grade_of", "held_of",
    "made_by", "raw_drafts", "span_of",
]  # fmt: skip

FACETS = KINDS
LEVELS: tuple[str, ...] = get_args(Level)
STANDINGS = ("provisional", "pending")
GRADES = {"source": SOURCES, "information": INFORMATION, "word": WORDS}
_SAID = ("assess", "sign off", "withdraw", "settle", "undo")


@dataclass(frozen=True, slots=True)
class Held:
    """Assessments of one incident, masked; what of each a person must look at; the ledgers that they stand in."""

    assessments: Sequence[Assessment]
    open: Mapping[str, Sequence[Problem]]
    ledgers: Sequence[Ledger]


def held_of(one: One) -> Held:
    """What stands of the decisions on this incident, or of its episode where that is asked for."""
    decided = _on(one)
    if not any(each.verb == "assess" for each in decided):
        return Held((), {}, ())
    incidents = list(one.of_group.values())
    relied = {claim for each in decided for claim in each.details.get("relied", ())}
    made, problems = assessments(decided, incidents, figures=one.counts(relied))
    below = {each.id for each in incidents}
    mine = [each for each in made if each.about in below]
    harms = {str(each.harm): each.harm for each in mine}
    ledgers = [found for _, harm in sorted(harms.items()) for found in ledger(mine, incidents, harm)]
    open_ones = {each.id: [one.shown(said) for said in problems if concerns(said, each)] for each in mine}
    return Held([one.shown(each) for each in mine], open_ones, [one.shown(each) for each in ledgers])


def made_by(history: History, assessment: str) -> Decision | None:
    """The decision that made an assessment; None where none that stands did."""
    made = (one for one in history.of_verbs("assess") if not check_assessment(one.details))
    return next((one for one in made if id_made(one) == assessment), None)


def _on(one: One) -> list[Decision]:
    """The decisions that may speak of this incident, or of what is in it."""
    claims: set[str] | None = None
    found = []
    for each in one.history.of_verbs(*_SAID):
        mine = each.about in one.names or each.verb != "assess"
        if not mine:  # its id may have changed since
            claims = set(one.raw_incident.claims) if claims is None else claims
            mine = not claims.isdisjoint(each.details.get("relied", ()))
        found += [each] if mine else []
    return found


# --- drafts -----------------------------------------------------------------------------------------------------------


def drafts_for(one: One) -> list[tuple[str, Problem]]:
    """The machine's drafts of an incident that nobody assessed, masked, with the ids they are answered by."""
    return [(each.id, one.shown(each)) for each in raw_drafts(one)]


def raw_drafts(one: One) -> list[Problem]:
    return [] if one.row["kind"] == "episode" else drafts(one.alone().state(), [one.id])


# --- grades -----------------------------------------------------------------------------------------------------------


def grade_of(one: One, tolls: Sequence[Toll]) -> Grade:
    """What people graded, else what these figures would bear; "" where nobody graded an episode."""
    proposal = Grade(one.id)
    if tolls and one.row["kind"] == "incident":
        roots = sorted({toll.root for toll in tolls if toll.root not in one.unnamed})[:12]
        checks = dict.fromkeys(check for toll in tolls for check in toll.checks)  # told in one order
        proposal = proposed_grade(tolls, one.tethers(roots), one.answers(tolls), checks, unnamed=one.unnamed)
    decided = one.history.of_verbs("grade")
    if not decided:
        return one.shown(proposal)
    found = graded([proposal], decided, list(one.of_group.values()))[0]
    return one.shown(next((each for each in found if each.about == one.id), proposal))


# --- the form -----------------------------------------------------------------------------------------------------


def details_of(form: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """A filled form as the details of a decision `assess`. Raises CaseError for a number that is none.

    `stand` holds, for each claim, "CLAIM relied" or "CLAIM set_aside"; an empty row of cells is none.
    """
    told = [one.rpartition(" ") for one in form.get("stand", ())]
    return {
        "harm": _first(form, "harm"), "cells": cells_of(form),
        "relied": [claim for claim, _, said in told if said == "relied"],
        "set_aside": [claim for claim, _, said in told if said == "set_aside"],
        "residual": bool(form.get("residual")), "level": _first(form, "level") or "reported",
        "standing": _first(form, "standing") or "provisional",
    }  # fmt: skip


def _first(form: Mapping[str, Sequence[str]], name: str) -> str:
    return next((str(one).strip() for one in form.get(name, ())), "")


def cells_of(form: Mapping[str, Sequence[str]]) -> list[dict[str, Any]]:
    """The rows of cells that hold a number.

    >>> cells_of({"count": ["4-6", "", "3+"], "sex": ["female", "", ""]})
    [{'low': 4, 'high': 6, 'sex': 'female'}, {'low': 3, 'high': None}]
    """
    found = []
    for at, words in enumerate(form.get("count", ())):
        if words.strip():
            low, high = span_of(words)
            facets = {name: str(form[name][at]) for name in FACETS if at < len(form.get(name, ()))}
            found.append({"low": low, "high": high, **{name: word for name, word in facets.items() if word}})
    return found


_SPAN = re.compile(r"(\d+)\s*(?:(\+)|[-–]\s*(\d+))?")


def span_of(words: str) -> tuple[int, int | None]:
    """A number, a range or a floor. Raises CaseError for anything else.

    >>> span_of("12"), span_of("4-6"), span_of("٣+")
    ((12, 12), (4, 6), (3, None))
    """
    plain = words.strip().replace(",", "").replace("٬", "")
    found = _SPAN.fullmatch(plain)
    if not found:
        raise CaseError(f"a count is a number, a range or a floor (12, 4-6, 3+); found '{words.strip()}'")
    low = int(found[1])
    return low, None if found[2] else int(found[3] or low)
