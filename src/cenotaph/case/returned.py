"""A sheet that comes back -> the decisions that its changed cells ask for. Nothing is written here."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from typing import TYPE_CHECKING, Protocol

from cenotaph.case.corrected import Around, Misfit, corrected
from cenotaph.case.errors import CaseError
from cenotaph.case.offers import on_problem
from cenotaph.case.sheets import choices, sheets_of
from cenotaph.plain import dump
from cenotaph.publish.cells import plain
from cenotaph.publish.changes import Changed, Knowing, compared, refusal, sheet_of
from cenotaph.publish.columns import DECIDE, names
from cenotaph.publish.returned import Table, tables
from cenotaph.publish.sheets import Sheet
from cenotaph.vocabulary import Claim, Decision, Grade, Problem

if TYPE_CHECKING:
    from cenotaph.case import Case
    from cenotaph.case.own_places import OwnPlaces
    from cenotaph.world import Known as World

__all__ = [
    "Asked", "Held", "Known", "Returned", "Whole", "compared_with", "decided_by", "ids_in", "is_as_seen",
    "made_by_people", "returned", "sheets_in",
]  # fmt: skip


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
class Known:
    """What a case holds of what some rows are about: claims with those beside them, the texts of their reports, what
    people graded, by incident, and open problems by their ids.
    """

    claims: Mapping[str, Claim]
    texts: Callable[[str], str]
    grades: Mapping[str, Grade]
    problems: Mapping[str, Problem]


class Held(Protocol):
    """What a sheet that comes back is compared with. Whoever holds more than stands in the file may leave it out."""

    def sheets(self) -> Sequence[Sheet]:
        """Every sheet as it would be written now, in one order; of its rows at least those whose ids stand in the
        file.
        """

    def rows(self, sheet: str) -> int:
        """How many rows that sheet would have, with those that are left out."""

    def decided(self) -> Mapping[str, Collection[str]]:
        """What was decided already, by id: the same again would be no news. Another person's reading is."""

    def known(self, rows: Sequence[Changed]) -> Known:
        """What these rows are about; they are in the sheets."""

    @property
    def own_places(self) -> OwnPlaces:
        """What the case knows of places."""


@dataclass(frozen=True, slots=True)
class _Asking:
    """Who asks, when, and of what."""

    known: Known
    world: Callable[[], World]
    who: str
    when: dt.datetime

    def decision(self, verb: str, row: Changed, **details: object) -> Decision:
        return Decision(self.who, self.when, verb, row.id, row.why, details=details)

    def around(self, report: str) -> Around:
        world = self.world()
        return Around(self.known.texts(report), self.known.claims, world.places, world.countries)


def returned(case: Case, content: bytes, name: str, *, who: str, when: dt.datetime) -> Returned:
    """What a person changed in a sheet of this case. Raises Unreadable for a file that is none, CaseError where it
    holds no sheet of ours.
    """
    return compared_with(Whole(case, who), sheets_in(content, name), name, who=who, when=when)


def sheets_in(content: bytes, name: str) -> list[Table]:
    """The sheets of a file that may be ours. Raises Unreadable for a file that is none."""
    return tables(content, name, names())


def ids_in(found: Iterable[Table]) -> frozenset[str]:
    """What stands under id in them."""
    return frozenset(one for table in found for one in _ids(table))


def compared_with(held: Held, found: Iterable[Table], name: str, *, who: str, when: dt.datetime) -> Returned:
    """What a person changed in these sheets of the file `name`. Raises CaseError where none of them is ours."""
    sheets = held.sheets()
    came = [(table, now) for table in found if (now := sheet_of(table, sheets))]
    if not came:
        raise CaseError(f"{name} holds no sheet of an export; there are: {', '.join(names())}")
    knowing, world = Knowing(choices(), held.decided()), cache(lambda: held.own_places.world())
    asked: list[Asked] = []
    problems: list[Problem] = []
    notes: list[str] = []
    for table, now in came:
        here = _of_file(table, now)
        told = compared(table, here, knowing)
        notes += [*told.notes, *_left_out(table, here, held.rows(now.name))]
        problems += told.problems
        for start in range(0, len(told.changed), AT_ONCE):
            some = told.changed[start : start + AT_ONCE]
            asking = _Asking(held.known(some), world, who, when)
            for row in some:
                try:
                    asked.append(Asked(_ASKED[row.sheet](asking, row), row))
                except Misfit as why:
                    problems.append(_misplaced(row, why))
    return Returned(sorted(asked, key=_turn), problems, notes)


AT_ONCE = 200
"""Changed rows of which all is held at once that a correction may rest on."""


def _headings(table: Table) -> list[str]:
    return [plain(one, "text") for one in table.rows[0]] if table.rows else []


def _ids(table: Table) -> set[str]:
    places = [at for at, one in enumerate(_headings(table)) if one == "id"]
    return {plain(row[at], "text") for row in table.rows[1:] for at in places if at < len(row)} - {""}


def _of_file(table: Table, now: Sheet) -> Sheet:
    """The sheet with those of its rows alone that stand in the file."""
    ids = _ids(table)
    return replace(now, rows=[row for row in now.rows if str(row[0]) in ids])


def _left_out(table: Table, here: Sheet, rows: int) -> Iterator[str]:
    """A note of the rows that are not in the file, of one that can be compared at all."""
    often = Counter(_headings(table))
    if not often["id"] or any(count > 1 for one, count in often.items() if one in here.columns):
        return
    if gone := rows - len(here.rows):
        yield f"{here.name}: {gone:,} of its rows are not in the file; to take a row out decides nothing"


def _turn(asked: Asked) -> tuple[int, bool]:
    """What is about several claims first, and what takes a claim away last."""
    order = ("problems", "assessments", "incidents", "victims", "claims")
    return order.index(asked.row.sheet), asked.decision.verb == "reject"


def _misplaced(row: Changed, why: Misfit) -> Problem:
    change = row.changes.get(why.column)
    at, said = (change.at, str(change.new)) if change else ("", row.decide if why.column == DECIDE else "")
    return refusal(row.sheet, row.line, str(why), column=why.column, at=at, said=said)


# --- the whole case ---------------------------------------------------------------------------------------------------


class Whole:
    """All that a case holds, in memory at once."""

    def __init__(self, case: Case, who: str) -> None:
        self._case, self._who = case, who
        self._state = case.state()
        self._sheets = {one.name: one for one in sheets_of(self._state, case.victims())}

    def sheets(self) -> Sequence[Sheet]:
        return list(self._sheets.values())

    def rows(self, sheet: str) -> int:
        return len(self._sheets[sheet].rows)

    def decided(self) -> Mapping[str, Collection[str]]:
        return decided_by(self._who, self._state.decisions, self._is_as_seen)

    def _is_as_seen(self, decision: Decision) -> bool:
        return is_as_seen(decision, self._state.claims.get(decision.about))

    @property
    def own_places(self) -> OwnPlaces:
        return self._case.own_places

    def known(self, rows: Sequence[Changed]) -> Known:
        on = {one.sheet for one in rows}
        grades = self._grades if "incidents" in on else {}
        return Known(self._state.claims, self._text, grades, self._problems if "problems" in on else {})

    def _text(self, report: str) -> str:
        held = self._state.reports.get(report)
        return held.text if held else ""

    @cached_property
    def _grades(self) -> Mapping[str, Grade]:
        return made_by_people(self._state.grades())

    @cached_property
    def _problems(self) -> Mapping[str, Problem]:
        return dict(self._state.weighed())


def decided_by(
    who: str, decisions: Iterable[Decision], as_seen: Callable[[Decision], bool]
) -> Mapping[str, Collection[str]]:
    """What was decided already, of decisions that stand; `as_seen` tells of an acceptance whether its claim still says
    what was accepted.
    """
    found: dict[str, set[str]] = defaultdict(set)
    for one in decisions:
        if one.verb in ("reject", "withdraw") or (one.verb == "sign off" and one.who == who):
            found[one.about].add(one.verb)
        elif one.verb == "settle":
            found[one.about] |= {"settle", "refuse"}
        elif one.verb == "accept" and one.who == who and as_seen(one):
            found[one.about].add("accept")
    return found


def is_as_seen(decision: Decision, claim: Claim | None) -> bool:
    return claim is not None and decision.details.get("seen") == dump(claim)


def made_by_people(grades: Iterable[Grade]) -> Mapping[str, Grade]:
    """Of each incident the grade that people gave it."""
    found: dict[str, Grade] = {}
    for one in grades:
        if one.decision:
            found.setdefault(one.about, one)
    return found


# --- what a row asks for ----------------------------------------------------------------------------------------------


def _on_claim(asking: _Asking, row: Changed) -> Decision:
    claim = asking.known.claims[row.id]
    if not row.changes:
        return asking.decision(row.decide, row)
    if row.decide == "reject":
        raise Misfit(DECIDE, "a claim is either rejected or corrected, and cells of this row are changed too")
    new = {name: one.new for name, one in row.changes.items()}
    right = corrected(claim, new, asking.around(claim.report), asking.who)
    return asking.decision("correct", row, claim=dump(right))


def _on_incident(asking: _Asking, row: Changed) -> Decision:
    """The grade as it is with what was changed in it: the latest decision counts whole."""
    grade = asking.known.grades.get(row.id)
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
    try:
        return on_problem(asking.known.problems[row.id], row.decide, asking.who, asking.when, row.why)
    except CaseError as error:
        raise Misfit(DECIDE, str(error)) from error


_ASKED: Mapping[str, Callable[[_Asking, Changed], Decision]] = {
    "claims": _on_claim, "incidents": _on_incident, "assessments": _on_assessment, "problems": _on_problem,
}  # fmt: skip
