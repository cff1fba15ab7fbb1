"""A sheet that comes back -> the decisions that its changed cells ask for. Nothing is written here."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from cenotaph.case.corrected import Around, Misfit, corrected
from cenotaph.case.errors import CaseError
from cenotaph.case.offers import on_problem
from cenotaph.case.sheets import choices, sheets_of
from cenotaph.case.state import State
from cenotaph.plain import dump
from cenotaph.publish.changes import Changed, Knowing, compared, refusal, sheet_of
from cenotaph.publish.columns import DECIDE, names
from cenotaph.publish.returned import tables
from cenotaph.vocabulary import Decision, Problem

if TYPE_CHECKING:
    from cenotaph.case import Case

__all__ = ["Asked", "Returned", "returned"]


@dataclass(frozen=True, slots=True)
class Asked:
    """One decision, and the row that asks for it. Its `why` is "" where the row gives no reason."""

    decision: Decision
    row: Changed


@dataclass(frozen=True, slots=True)
class Returned:
    """What came of a file: decisions in the order in which they are to be taken, what can't be placed, and notes."""

    asked: Sequence[Asked]
    problems: Sequence[Problem]
    notes: Sequence[str]


@dataclass(frozen=True, slots=True)
class _Asking:
    """Who asks, when, and of what."""

    state: State
    who: str
    when: dt.datetime
    around: Callable[[str], Around]

    def decision(self, verb: str, row: Changed, **details: object) -> Decision:
        return Decision(self.who, self.when, verb, row.id, row.why, details=details)


def returned(case: Case, content: bytes, name: str, *, who: str, when: dt.datetime) -> Returned:
    """What a person changed in a sheet of this case. Raises Unreadable for a file that is none, CaseError where it
    holds no sheet of ours.
    """
    state = case.state()
    sheets = sheets_of(state, case.victims())
    came = [(table, now) for table in tables(content, name, names()) if (now := sheet_of(table, sheets))]
    if not came:
        raise CaseError(f"{name} holds no sheet of an export; there are: {', '.join(names())}")
    knowing = Knowing(choices(), _decided(state, who))
    asking = _Asking(state, who, when, _around(case, state))
    asked: list[Asked] = []
    problems: list[Problem] = []
    notes: list[str] = []
    for table, now in came:
        found = compared(table, now, knowing)
        notes += found.notes
        problems += found.problems
        for row in found.changed:
            try:
                asked.append(Asked(_ASKED[row.sheet](asking, row), row))
            except Misfit as why:
                problems.append(_misplaced(row, why))
    return Returned(sorted(asked, key=_turn), problems, notes)


def _turn(asked: Asked) -> tuple[int, bool]:
    """What is about several claims first, and what takes a claim away last."""
    order = ("problems", "assessments", "incidents", "victims", "claims")
    return order.index(asked.row.sheet), asked.decision.verb == "reject"


def _misplaced(row: Changed, why: Misfit) -> Problem:
    change = row.changes.get(why.column)
    at, said = (change.at, str(change.new)) if change else ("", row.decide if why.column == DECIDE else "")
    return refusal(row.sheet, row.line, str(why), column=why.column, at=at, said=said)


def _decided(state: State, who: str) -> Mapping[str, Collection[str]]:
    """What was decided already, by id: the same again would be no news. Another person's reading is."""
    found: dict[str, set[str]] = defaultdict(set)
    for one in state.decisions:
        if one.verb in ("reject", "withdraw") or (one.verb == "sign off" and one.who == who):
            found[one.about].add(one.verb)
        elif one.verb == "settle":
            found[one.about] |= {"settle", "refuse"}
        elif one.verb == "accept" and one.who == who and _is_as_seen(one, state):
            found[one.about].add("accept")
    return found


def _is_as_seen(decision: Decision, state: State) -> bool:
    claim = state.claims.get(decision.about)
    return claim is not None and decision.details.get("seen") == dump(claim)


def _around(case: Case, state: State) -> Callable[[str], Around]:
    known = case.own_places.world()

    @cache
    def around(report: str) -> Around:
        held = state.reports.get(report)
        return Around(held.text if held else "", state.claims, known.places, known.countries)

    return around


# --- what a row asks for ----------------------------------------------------------------------------------------------


def _on_claim(asking: _Asking, row: Changed) -> Decision:
    claim = asking.state.claims[row.id]
    if not row.changes:
        return asking.decision(row.decide, row)
    if row.decide == "reject":
        raise Misfit(DECIDE, "a claim is either rejected or corrected, and cells of this row are changed too")
    new = {name: one.new for name, one in row.changes.items()}
    right = corrected(claim, new, asking.around(claim.report), asking.who)
    return asking.decision("correct", row, claim=dump(right))


def _on_incident(asking: _Asking, row: Changed) -> Decision:
    """The grade as it is with what was changed in it: the latest decision counts whole."""
    grade = next((one for one in asking.state.grades() if one.about == row.id and one.decision), None)
    known = {name: str(getattr(grade, name)) for name in GRADED} if grade else {}
    known |= {name.removeprefix("grade_"): str(one.new) for name, one in row.changes.items()}
    told = {name: word for name, word in known.items() if word}
    if not told:
        raise Misfit(next(iter(row.changes)), "a grade is taken back with cenotaph decide undo")
    return asking.decision("grade", row, **told)


GRADED = ("source", "information", "word")


def _on_assessment(asking: _Asking, row: Changed) -> Decision:
    return asking.decision(row.decide, row)


def _on_problem(asking: _Asking, row: Changed) -> Decision:
    found = next(one for key, one in asking.state.weighed() if key == row.id)
    try:
        return on_problem(found, row.decide, asking.who, asking.when, row.why)
    except CaseError as error:
        raise Misfit(DECIDE, str(error)) from error


_ASKED: Mapping[str, Callable[[_Asking, Changed], Decision]] = {
    "claims": _on_claim, "incidents": _on_incident, "assessments": _on_assessment, "problems": _on_problem,
}  # fmt: skip
