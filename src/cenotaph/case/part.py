"""Some reports of a case, with the groups that their claims are reconciled in: what one page shows, and no more.

A part answers what a case answers, of its own reports alone, so that a decision on one claim, or a page about one
incident, costs the same in a large case as in a small one.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

import sqlalchemy as sa
from sqlalchemy import Connection, Table

from cenotaph.case import cache, evidence, tables
from cenotaph.case.anchors import Settled, reattached
from cenotaph.case.carried import Carried, carried
from cenotaph.case.codes import coded
from cenotaph.case.decisions import decided
from cenotaph.case.state import State
from cenotaph.decided import standing
from cenotaph.plain import intervals
from cenotaph.reconcile import rank
from cenotaph.vocabulary import (
    Answer,
    Claim,
    Decision,
    Incident,
    Linked,
    Problem,
    Report,
    Rooted,
    Tether,
    Toll,
)

if TYPE_CHECKING:
    from cenotaph.case import Case
    from cenotaph.case.own_places import OwnPlaces
    from cenotaph.case.victims import Victim

__all__ = ["Across", "Part", "groups_of", "reports_of", "values_by"]

T = TypeVar("T")
BATCH = 500
"""Values in one query; SQLite takes no more than some thousands."""


@dataclass(frozen=True)
class Across:
    """What was built across groups, loaded once for many parts: how roots hang together, and problems of no group."""

    tethers: Sequence[Tether] = ()
    problems: Mapping[str, Sequence[Problem]] = field(default_factory=dict)

    @classmethod
    def of(cls, case: Case) -> Across:
        """As it was last built."""
        with case.told(), case.engine.connect() as connection:
            tethers = tuple(one for _, one in cache.values(connection, tables.tethers, Tether))
            problems: dict[str, list[Problem]] = {}
            for _, one in cache.values(connection, tables.undecided, Problem):
                problems.setdefault(one.report, []).append(one)
        return cls(tethers, problems)

    @cached_property
    def by_root(self) -> Mapping[str, Sequence[Tether]]:
        """The tethers of each root, and under "" all of them: decided ones first."""
        found: dict[str, list[Tether]] = {"": []}
        for one in sorted(self.tethers, key=lambda one: (not one.decision, one.one, one.other)):
            for name in {"", one.one, one.other}:
                found.setdefault(name, []).append(one)
        return found


@dataclass
class Part:
    """`reports` and `groups` by their ids; `history` are all decisions of the case, as they stand on newest versions.

    Of claims that were read, `only` those of these ids, where that is said.

    Nothing is loaded before it is asked for. What lies in the store only after a build (roots, incidents, tolls) is as
    it was built; claims are with every decision in `history`.
    """

    case: Case
    ids: Sequence[str]
    groups: Sequence[str] = ()
    history: Sequence[Decision] = field(default_factory=tuple)
    shared: Across | None = None
    only: Collection[str] | None = None

    @property
    def across(self) -> Across:
        if self.shared is None:
            self.shared = Across.of(self.case)
        return self.shared

    # --- what Sight asks of a case --------------------------------------------------------------------------------

    def decisions(self) -> list[Decision]:
        return list(self.history)

    def reports(self) -> list[Report]:
        return list(self._reports)

    @cached_property
    def _reports(self) -> Sequence[Report]:
        return self._ask(lambda connection: evidence.some(connection, self.ids))

    def read_claims(self) -> list[Claim]:
        """As read, of those of these reports that are the newest version of their address."""
        return list(self._read)

    @cached_property
    def _read(self) -> Sequence[Claim]:
        if self.only is None:
            return self._of_reports(tables.claims, Claim)
        wanted, newest = self.only, set(self._newest)
        found = self._ask(lambda it: values_by(it, tables.claims, Claim, tables.claims.c.id, wanted))
        return [one for _, one in found if one.report in newest]

    @cached_property
    def read_ids(self) -> frozenset[str]:
        """The claims as read, before any decision."""
        return frozenset(one.id for one in self._read)

    def carried(self, history: Iterable[Decision], read: Sequence[Claim] | None = None) -> Carried:
        """Decisions on earlier versions; the earlier versions must be among the reports for their words to be found."""
        found = list(history)
        newest = self._ask(lambda connection: evidence.newest_of(connection, self.ids))
        return carried(found, lambda: self._read if read is None else read, self.reports, newest)

    def linked(self) -> Linked:
        """Roots of these claims, incidents of these groups and of these claims' own; how all roots hang together."""
        claims = [one.id for one in self.claims()]
        with self.case.told(), self.case.engine.connect() as connection:
            roots = dict(values_by(connection, tables.rooted, Rooted, tables.rooted.c.id, claims))
            groups = {*self.groups, *groups_of(connection, claims)}
            incidents = [
                one for _, one in values_by(connection, tables.incidents, Incident, tables.incidents.c.group, groups)
            ]
        ordered = sorted(incidents, key=lambda one: (str(one.scope.period and one.scope.period.start), one.id))
        named = {str(one.root) for one in roots.values()}
        tethers = tuple(one for one in self.across.tethers if one.one in named or one.other in named)
        return Linked(roots, coded(tuple(ordered), self.history), tethers)

    def open_after(self, claims: Iterable[Claim], history: Sequence[Decision]) -> list[Problem]:
        held = {one.id: one for one in claims}
        return Settled.by(standing(history)).open(self._unclear(), held)

    def victims(self) -> list[Victim]:
        return self.case.victims()

    @property
    def own_places(self) -> OwnPlaces:
        return self.case.own_places

    # --- and what a page shows ------------------------------------------------------------------------------------

    def claims(self) -> list[Claim]:
        """What counts of these reports, with the decisions applied."""
        return list(self._claims)

    @cached_property
    def _claims(self) -> Sequence[Claim]:
        mine = set(self.ids)
        some = [one for one in standing(self.history) if _on(one) in mine or one.about in mine]
        return decided(self._read, some).claims

    def answers(self) -> list[Answer]:
        return self._of_reports(tables.answers, Answer)

    def tolls(self) -> list[Toll]:
        found = self._ask(
            lambda connection: values_by(connection, tables.tolls, Toll, tables.tolls.c.group, self.groups)
        )
        return sorted((one for _, one in found), key=rank)

    def _unclear(self) -> list[Problem]:
        made = self._ask(lambda it: values_by(it, tables.unclear, Problem, tables.unclear.c.group, self.groups))
        across = (one for report in self.ids for one in self.across.problems.get(report, ()))
        unread = self._of_reports(tables.unread, Problem)
        return list({one.id: one for one in (*(one for _, one in made), *across, *unread)}.values())

    def state(self) -> State:
        """All of it at one moment."""
        return self.state_of(self.claims(), self.history)

    def state_of(self, claims: Iterable[Claim], decisions: Iterable[Decision]) -> State:
        held, found = list(claims), list(decisions)
        history, _ = reattached(found, held)
        return State(
            {one.id: one for one in held}, {one.id: one for one in self._reports}, self.linked(),
            {one.id: one for one in self.tolls()}, (), self.answers(), standing(history), self.case.rules,
            figures=intervals(held, self.case.rules), history=history,
        ).with_open(self._unclear())  # fmt: skip

    # --- asking ---------------------------------------------------------------------------------------------------

    def _of_reports(self, table: Table, kind: type[T]) -> list[T]:
        newest = self._newest
        return [one for _, one in self._ask(lambda it: values_by(it, table, kind, table.c.report, newest))]

    @cached_property
    def _newest(self) -> Sequence[str]:
        """Those of the reports that no later version of their address replaces."""
        newest = self._ask(lambda connection: evidence.newest_of(connection, self.ids))
        return [one for one in self.ids if newest.get(one, one) == one]

    def _ask(self, asked: Callable[[Connection], T]) -> T:
        with self.case.told(), self.case.engine.connect() as connection:
            return asked(connection)


def _on(decision: Decision) -> str:
    """The report that a decision's words stand in; an added claim says itself which."""
    claim = decision.details.get("claim")
    return str(claim["report"]) if decision.verb == "add" and claim else decision.report


def values_by(
    connection: Connection, table: Table, kind: type[T], column: sa.Column[Any], values: Collection[str]
) -> list[tuple[str, T]]:
    """The rows whose column holds one of the values, in their order, with the ids they go by."""
    wanted, rows = list(dict.fromkeys(values)), []
    order = [table.c[name] for name in ("report", "group", "position") if name in table.c]
    for start in range(0, len(wanted), BATCH):
        query = sa.select(table.c.id, table.c.data).where(column.in_(wanted[start : start + BATCH])).order_by(*order)
        rows += [(row.id, cache.unpacked(kind, row.data)) for row in connection.execute(query)]
    return rows


def groups_of(connection: Connection, claims: Collection[str]) -> dict[str, str]:
    """The groups that claims are counted in: group -> one of the claims."""
    found: dict[str, str] = {}
    wanted = list(claims)
    for start in range(0, len(wanted), BATCH):
        query = sa.select(tables.rooted.c.group, tables.rooted.c.id)
        for row in connection.execute(query.where(tables.rooted.c.id.in_(wanted[start : start + BATCH]))):
            found.setdefault(row.group, row.id)
    return found


def reports_of(connection: Connection, group: str) -> list[str]:
    """The reports whose claims are counted in a group."""
    table = tables.rooted
    query = sa.select(tables.claims.c.report).join(table, table.c.id == tables.claims.c.id)
    return sorted(set(connection.execute(query.where(table.c.group == group)).scalars()))
