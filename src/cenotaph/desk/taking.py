"""The decisions that a returned sheet asks for, written all at once: checked on what they are about, and no more."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import sqlalchemy as sa

from cenotaph.case import CaseError, Moved, evidence
from cenotaph.case import tables as built
from cenotaph.case.anchors import Settled
from cenotaph.case.deciding import Sight, touched
from cenotaph.case.part import values_by
from cenotaph.case.state import State
from cenotaph.case.victims import SAME_PERSON
from cenotaph.decided import standing
from cenotaph.desk import Desk, persons
from cenotaph.desk.claims_now import batches
from cenotaph.desk.looking import look_again
from cenotaph.desk.team_held import named_in
from cenotaph.vocabulary import Claim, Decision, Incident, Linked, Problem, Report, Rooted

if TYPE_CHECKING:
    from cenotaph.desk.history import History
    from cenotaph.desk.returning import Parts

__all__ = ["take"]

HOLDING = ("accept", "correct", "reject")


def take(desk: Desk, asked: Sequence[Decision], held: Parts) -> list[Decision]:
    """Writes them all, or none where one can't stand; `held` is what the sheet was compared with. Raises Refused, and
    Moved where somebody decided on the same thing since that look.
    """

    def sight() -> Sight:
        look_again()
        _refuse_moved(asked, held.history, desk.history)
        return Sight(_part(desk, asked, held))  # nobody else can write now

    if not all(one.why.strip() for one in asked):
        raise CaseError("some rows give no reason; write one for all of them")
    try:
        return desk.case.decide_all(asked, sight=sight)
    finally:
        look_again()


def _refuse_moved(asked: Iterable[Decision], before: History, now: History) -> None:
    for about in dict.fromkeys(one.about for one in asked):
        known = before.newest(about)
        if now.newest(about) != known:
            told = [one for one in now.all if about in touched(one)]
            since = told[next((at for at, one in enumerate(told, 1) if one.id == known), 0) :]
            if since:  # else its words were forgotten, and there is nothing left to decide on
                raise Moved(about, since)


@dataclass
class OnSheet(persons.Paired):
    """What decisions of one sheet are about: claims by their ids, incidents with those of the same groups (`near`), the
    reports whose words are corrected (`texts`), and problems.
    """

    near: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    problems: Sequence[Problem] = ()

    @cached_property
    def _reports(self) -> Sequence[Report]:
        return self._ask(lambda connection: evidence.some(connection, self.texts))

    def linked(self) -> Linked:
        return self._linked

    @cached_property
    def _linked(self) -> Linked:
        group = built.incidents.c.group
        found = self._ask(lambda it: values_by(it, built.incidents, Incident, group, self.near))
        claims = [one.id for one in self.claims()] if found else []
        roots = self._ask(lambda it: values_by(it, built.rooted, Rooted, built.rooted.c.id, claims))
        return Linked(dict(roots), tuple(one for _, one in found))

    def open_after(self, claims: Iterable[Claim], history: Sequence[Decision]) -> list[Problem]:
        return Settled.by(standing(history)).open(self.problems, {one.id: one for one in claims})

    def state_of(self, claims: Iterable[Claim], decisions: Iterable[Decision]) -> State:
        """What the team holds is asked of it alone, which claims are no part of: no sheet asks for a draft."""
        history = list(decisions)
        return State({}, {}, self.linked(), {}, (), (), standing(history), self.case.rules, history=history)


def _part(desk: Desk, asked: Sequence[Decision], held: Parts) -> OnSheet:
    problems = [held.problems[one.about] for one in asked if one.about in held.problems]
    graded = _incidents(desk, built.incidents.c.id, {one.about for one in asked if one.verb == "grade"})
    near = _groups(desk, [*(one.id for one in graded), *held.assessed(one.about for one in asked)])
    claims = {name for one in asked for name in _named(one)} | {name for one in graded for name in one.claims}
    claims |= {name for one in problems for name in named_in(one)}
    where, speaking = held.where(claims), {one.report for one in asked if one.verb == "alias"}
    texts = {where[one.about] for one in asked if one.verb == "correct" and one.about in where}
    texts |= {one.report for one in asked} - {""}
    reports = sorted({*where.values(), *texts})
    history = desk.history.of_reports(reports)
    wanted = {*claims, *(one.about for one in history if one.verb in HOLDING), *_read_in(desk, speaking)}
    joined = [one for one in asked if one.details.get("as") == SAME_PERSON]
    rows = {str(name) for one in joined for name in (one.about, one.details.get("with", ""))}
    return OnSheet(
        desk.case, reports, (), history, None, wanted, rows=tuple(sorted(rows)), near=tuple(sorted(near)),
        texts=tuple(sorted(texts)), problems=problems,
    )  # fmt: skip


def _named(one: Decision) -> Iterator[str]:
    told = (one.about, one.details.get("with"))
    yield from (str(name) for name in told if isinstance(name, str) and name.startswith("claim:"))


def _incidents(desk: Desk, column: sa.Column[str], values: Collection[str]) -> list[Incident]:
    with desk.case.told(), desk.case.engine.connect() as connection:
        return [one for _, one in values_by(connection, built.incidents, Incident, column, values)]


def _groups(desk: Desk, incidents: Iterable[str]) -> set[str]:
    table = built.incidents.c
    asked = (sa.select(table.group).where(table.id.in_(some)) for some in batches(incidents))
    return {str(one) for each in asked for one in desk.rows(each, scalars=True)}


def _read_in(desk: Desk, reports: Iterable[str]) -> set[str]:
    """The claims that were read in these reports: by them one sees who speaks there."""
    table = built.claims.c
    asked = (sa.select(table.id).where(table.report.in_(some)) for some in batches(reports))
    return {str(one) for each in asked for one in desk.rows(each, scalars=True)}
