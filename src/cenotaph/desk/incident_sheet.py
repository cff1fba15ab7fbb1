"""Rows of incidents with their figures and grades, as the sheet of the whole case would hold them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property

import sqlalchemy as sa

from cenotaph.case import cache
from cenotaph.case import tables as built
from cenotaph.case.part import groups_of, values_by
from cenotaph.desk import Desk, tables
from cenotaph.desk.claims_now import batches
from cenotaph.desk.history import History
from cenotaph.desk.team_held import known_as, rejoined
from cenotaph.publish import records
from cenotaph.publish.sheets import Record
from cenotaph.publish.veil import Veil
from cenotaph.reconcile import rank
from cenotaph.reconcile.grades import graded, proposed_grade
from cenotaph.reconcile.homes import Homes
from cenotaph.vocabulary import Answer, Decision, Grade, Incident, Link, Tether, Toll

__all__ = ["IncidentSheet"]

INCIDENTS = 50
"""Of which all tolls are held at once."""


class IncidentSheet:
    """`grades` are those of the incidents whose rows were made."""

    def __init__(self, desk: Desk, history: History, veil: Veil) -> None:
        self._desk, self._history, self._veil = desk, history, veil
        self.grades: list[Grade] = []

    def records(self, ids: Collection[str]) -> Iterator[Record]:
        for some in batches(ids, INCIDENTS):
            held = self._incidents(built.incidents.c.id, some)
            tolls = self._tolls(some)
            grades = self._graded(held, tolls)
            self.grades += grades
            every = [_newest(one) for key in some for one in tolls.get(key, ())]
            yield from records.incident_records(map(_bare, held), every, grades, self._veil)

    def _incidents(self, column: sa.Column[str], values: Collection[str]) -> list[Incident]:
        with self._desk.case.told(), self._desk.case.engine.connect() as connection:
            return [one for _, one in values_by(connection, built.incidents, Incident, column, values)]

    def _tolls(self, incidents: Sequence[str]) -> Mapping[str, Sequence[Toll]]:
        mine, tolls = tables.tolls.c, built.tolls.c
        query = sa.select(tolls.data).join_from(tables.tolls, built.tolls, tolls.id == mine.toll)
        query = query.where(mine.incident.in_(incidents)).order_by(tolls.group, tolls.position)
        found: dict[str, list[Toll]] = defaultdict(list)
        for one in sorted((cache.unpacked(Toll, data) for data in self._desk.rows(query, scalars=True)), key=rank):
            found[one.incident].append(one)
        return found

    # --- grades -------------------------------------------------------------------------------------------------------

    def _graded(self, held: Sequence[Incident], tolls: Mapping[str, Sequence[Toll]]) -> list[Grade]:
        unnamed = self._unnamed({toll.root for some in tolls.values() for toll in some})
        figured = [one.id for one in held if one.kind == "incident" and tolls.get(one.id)]
        mine = {one.id for one in held}
        decided = [one for one in self._decided if one.about in mine]
        return graded([self._proposed(tolls[one], unnamed) for one in figured], decided)[0]

    def _unnamed(self, roots: Collection[str]) -> set[str]:
        """Those of these roots that nobody named."""
        table = tables.roots.c
        asked = (sa.select(table.root).where(table.named == 0, table.root.in_(some)) for some in batches(roots))
        return {str(one) for each in asked for one in self._desk.rows(each, scalars=True)}

    def _proposed(self, tolls: Sequence[Toll], unnamed: Collection[str]) -> Grade:
        roots, by = {one.root for one in tolls}, self._tethers
        tethers = [each for one in roots for each in by.get(one, ()) if each.one == one and each.other in roots]
        told = (one for toll in tolls for claim in toll.claims for one in self._answers.get(claim, ()))
        answers = {one.id: one for one in told}.values()
        checks = dict.fromkeys(check for one in tolls for check in one.checks)
        return proposed_grade(tolls, tethers, answers, checks, unnamed=unnamed)

    @cached_property
    def _tethers(self) -> Mapping[str, Sequence[Tether]]:
        return self._desk.across.by_root

    @cached_property
    def _answers(self) -> Mapping[str, Sequence[Answer]]:
        """By the claims that they speak to; those that were taken back are left out."""
        reports, answers = tables.reports.c, built.answers.c
        query = sa.select(answers.data).join_from(built.answers, tables.reports, reports.report == answers.report)
        held = [cache.unpacked(Answer, one) for one in self._desk.rows(query.where(reports.newest == 1), scalars=True)]
        gone = {one.replaces for one in held if one.replaces}
        found: dict[str, list[Answer]] = defaultdict(list)
        for one in held:
            for claim in one.to if one.id not in gone else ():
                found[claim].append(one)
        return found

    @cached_property
    def _decided(self) -> list[Decision]:
        """The grades that people gave, each about what it is of now; those that are of nothing are left out."""
        said = rejoined(self._desk, self._history.of_verbs("grade"))
        now = known_as(self._desk, {one.about for one in said})
        lost = [one for one in said if one.about not in now and one.details.get("seen")]
        homes = self._homes({str(claim) for one in lost for claim in one.details["seen"]})
        for one in lost:
            found = homes.of_claims(homes.held(one.details["seen"]), one.about)
            now[one.about] = found[0].id if len(found) == 1 else ""
        about = [(one, now.get(one.about, one.about)) for one in said]
        return [replace(one, about=name) for one, name in about if name]

    def _homes(self, claims: Collection[str]) -> Homes:
        with self._desk.case.told(), self._desk.case.engine.connect() as connection:
            groups = groups_of(connection, claims)
        return Homes.of(self._incidents(built.incidents.c.group, groups))


def _newest(toll: Toll) -> Toll:
    """With nothing that a row does not tell, so that it need not be masked: an incident has hundreds."""
    scope = replace(toll.scope, place=None, period=None, parties=(), exclusions=(), means=None, assumed=())
    series = tuple(replace(one, claims=()) for one in toll.series[-1:])
    return Toll(toll.id, toll.root, scope, toll.figure, series, incident=toll.incident)


_COUNTED = Link("", ())


def _bare(incident: Incident) -> Incident:
    """With nothing of its claims but how many they are, for the same reason."""
    return replace(incident, links=(_COUNTED,) * len(incident.links))
