"""What a sheet that comes back is compared with, by parts: the rows whose ids stand in the file, and no others.

A case can be larger than memory, and a sheet is of some hundred rows. Nothing is held of a part but its rows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property

import sqlalchemy as sa

from cenotaph.case import cache, evidence
from cenotaph.case import tables as built
from cenotaph.case.anchors import Settled, reattached
from cenotaph.case.decisions import out_of_scope
from cenotaph.case.own_places import OwnPlaces
from cenotaph.case.part import Part
from cenotaph.case.returned import Known, decided_by, is_as_seen, made_by_people
from cenotaph.case.sheets import rows_of, victim_records
from cenotaph.case.state import State
from cenotaph.case.victims import Victim
from cenotaph.decided import standing
from cenotaph.desk import Desk, persons, tables
from cenotaph.desk.claims_now import REPORTS, batches, claims_now, counts, where
from cenotaph.desk.incident_sheet import IncidentSheet
from cenotaph.desk.team_held import OURS, TeamHeld, named_in, rejoined, team_held
from cenotaph.publish import records
from cenotaph.publish.changes import Changed
from cenotaph.publish.columns import names
from cenotaph.publish.sheets import Record, Sheet, sheet
from cenotaph.vocabulary import Claim, Decision, Linked, Problem, Report

__all__ = ["Parts"]

KINDS = {
    "claim": "claims", "incident": "incidents", "episode": "incidents", "assessment": "assessments",
    "problem": "problems", "victim": "victims",
}  # fmt: skip
"""In which sheet an id stands, by how it begins."""


class Parts:
    """A `Held` of the rows that stand in one file. Masked as every page is; all of it as it was at one moment of the
    journal.
    """

    def __init__(self, desk: Desk, ids: Collection[str], who: str) -> None:
        self._desk, self._case, self._who = desk, desk.case, who
        self.history, self._veil = desk.history, desk.plain_veil
        self._ids = ids
        self._as_seen: set[str] = set()
        self._incidents = IncidentSheet(desk, self.history, self._veil)
        self.problems: dict[str, Problem] = {}

    # --- what a Held tells --------------------------------------------------------------------------------------------

    def sheets(self) -> Sequence[Sheet]:
        return self._sheets

    @cached_property
    def _sheets(self) -> Sequence[Sheet]:
        told: Mapping[str, Callable[[Collection[str]], Iterable[Record]]] = {
            "claims": self._claims, "incidents": self._incidents.records, "assessments": self._assessments,
            "problems": self._open, "victims": self._victims,
        }  # fmt: skip
        mine: dict[str, list[str]] = defaultdict(list)
        for one in sorted(self._ids):
            mine[KINDS.get(one.partition(":")[0], "")].append(one)
        return [sheet(name, told[name](mine[name])) for name in names()]

    def rows(self, sheet: str) -> int:
        if sheet == "assessments":
            return len(self._team.assessments)
        if sheet == "problems":
            return self._count(tables.problems, tables.problems.c.kind.not_in(OURS)) + len(self._ours)
        return self._count(_ROWS[sheet])

    def decided(self) -> Mapping[str, Collection[str]]:
        _ = self._sheets  # by which it is known whether claims are as they were accepted
        said = self.history.of_verbs("reject", "withdraw", "sign off", "settle", "accept")
        some = [one for one in said if one.about in self._ids or "anchors" in one.details]
        return decided_by(self._who, rejoined(self._desk, some), lambda one: one.id in self._as_seen)

    def known(self, rows: Sequence[Changed]) -> Known:
        part = self._part(sorted({*self.where(one.id for one in rows if one.sheet == "claims").values()}))
        texts = {one.id: one.text for one in part.reports()}
        claims = {one.id: one for one in part.claims()}
        return Known(
            claims, lambda report: texts.get(report, ""), made_by_people(self._incidents.grades), self.problems
        )

    @property
    def own_places(self) -> OwnPlaces:
        return OwnPlaces.of(self._case.settings, self._case.folder, self.history.of_verbs("place"))

    def assessed(self, ids: Iterable[str]) -> list[str]:
        """The incidents that these assessments are of."""
        wanted = [one for one in ids if one.startswith("assessment:")]
        return [one.about for one in self._team.assessments if one.id in wanted] if wanted else []

    # --- claims -------------------------------------------------------------------------------------------------------

    def _claims(self, ids: Collection[str]) -> Iterator[Record]:
        wanted = set(ids)
        accepted: dict[str, list[Decision]] = defaultdict(list)
        for one in self.history.of_verbs("accept"):
            if one.who == self._who and one.about in wanted:
                accepted[one.about].append(one)
        for some in batches(sorted(self.where(ids).values()), REPORTS):
            state = self._state(some, wanted)
            for key in accepted.keys() & state.claims.keys():
                self._as_seen |= {one.id for one in accepted[key] if is_as_seen(one, state.claims[key])}
            yield from records.claim_records(row for row in rows_of(state, self._veil) if row.id in wanted)

    def _state(self, reports: Sequence[str], wanted: Collection[str]) -> State:
        """These claims of these reports, with those of which they tell a share."""
        part = self._part(reports)
        held = {one.id: one for one in part.claims()}
        mine = [one for one in held.values() if one.id in wanted]
        mine += [held[key] for one in mine if (key := one.quantity.of) in held and key not in wanted]
        history, _ = reattached(part.history, held.values())
        return State(
            {one.id: one for one in mine}, {one.id: one for one in part.reports()}, Linked({}), {}, (), (),
            standing(history), self._case.rules, history=history,
        )  # fmt: skip

    def _part(self, reports: Sequence[str]) -> Part:
        return Part(self._case, reports, (), self.history.of_reports(reports))

    def where(self, ids: Iterable[str]) -> dict[str, str]:
        """In which report each of these claims stands."""
        return where(self._desk, self.history, ids)

    def _by_id(self, ids: Collection[str]) -> dict[str, Claim]:
        return claims_now(self._desk, self.history, ids)

    # --- what the team holds, and what is open ------------------------------------------------------------------------

    @cached_property
    def _team(self) -> TeamHeld:
        return team_held(self._desk, self.history)

    @cached_property
    def _ours(self) -> Mapping[str, Problem]:
        return {one.id: one for one in self._not_settled(self._team.problems)}

    def _assessments(self, ids: Collection[str]) -> Iterable[Record]:
        if not ids:
            return ()
        mine = [one for one in self._team.assessments if one.id in ids]
        claims = self._by_id({claim for one in mine for claim in one.relied})
        return records.assessment_records(mine, self._team.incidents, claims, self._veil)

    def _open(self, ids: Collection[str]) -> Iterable[Record]:
        if not ids:
            return ()
        table = tables.problems.c
        query = sa.select(table.data).where(table.kind.not_in(OURS))
        asked = (query.where(table.problem.in_(some)) for some in batches(ids))
        held = [cache.unpacked(Problem, data) for each in asked for data in self._desk.rows(each, scalars=True)]
        aside = out_of_scope(self.history.of_verbs("triage"))
        found = [one for one in held if one.report not in aside]
        mine = [*self._not_settled(found), *(one for key, one in self._ours.items() if key in ids)]
        self.problems = {one.id: one for one in mine}
        workers = {one.who for one in self.history.all}
        return records.problem_records(list(self.problems.items()), self._stakes(mine), workers, self._veil)

    def _not_settled(self, found: Sequence[Problem]) -> list[Problem]:
        settled = Settled.by(self.history.of_verbs("settle"))
        named = {claim for one in found for claim in named_in(one)}
        return settled.open(found, self._by_id(named) if settled.steady else {})

    def _stakes(self, found: Sequence[Problem]) -> Mapping[str, int]:
        """People in the largest figure that hangs on each."""
        held = counts(self._desk, self.history, {claim for one in found for claim in one.claims})
        return {one.id: max((held[claim].low for claim in one.claims if claim in held), default=0) for one in found}

    def _count(self, table: sa.Table, *where: sa.ColumnElement[bool]) -> int:
        return int(self._desk.rows(sa.select(sa.func.count()).select_from(table).where(*where), scalars=True)[0])

    # --- persons ------------------------------------------------------------------------------------------------------

    def _victims(self, ids: Collection[str]) -> Iterator[Record]:
        table = persons.persons.c
        for some in batches(ids):
            found = self._desk.rows(sa.select(table.data).where(table.victim.in_(some)), scalars=True)
            people = [Victim(persons.listed(data)) for data in found]
            reports = self._reports({row.report for one in people for row in one.rows})
            yield from victim_records(people, reports, self._veil)

    def _reports(self, ids: Collection[str]) -> Mapping[str, Report]:
        with self._case.told(), self._case.engine.connect() as connection:
            return {one.id: one for one in evidence.some(connection, list(ids))}


_ROWS = {"claims": built.rooted, "incidents": tables.incidents, "victims": persons.persons}
"""The tables that have a row for each row of a sheet; every claim that counts has a root."""
