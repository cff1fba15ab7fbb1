"""What the API asks of a case: lists from the desk's tables, one thing as a part of the case; all of it masked."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy import Table

from cenotaph.case import cache
from cenotaph.case.drafting import drafts_of
from cenotaph.case.state import State
from cenotaph.case.tables import tethers as built_tethers
from cenotaph.desk import Desk, tables
from cenotaph.desk.report_versions import captures_of, versions_of
from cenotaph.desk.search import search
from cenotaph.desk.search_asked import Asked
from cenotaph.publish.veil import Veil
from cenotaph.vocabulary import Decision, Problem, Tether
from cenotaph.web.api import answers as told

__all__ = ["Looking"]

T = TypeVar("T")
PAGE = 50
"""Lines of a list unless fewer or more are asked for."""
MOST = 500
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Looking:
    """A look at the desk: masked, unless somebody unmasked on purpose."""

    desk: Desk
    unmasked: bool = False

    # --- what hides ---------------------------------------------------------------------------------------------------

    @property
    def veil(self) -> Veil | None:
        return None if self.unmasked else self.desk.veil

    def _words(self, text: str, report: str = "") -> str:
        return text if self.unmasked else self.desk.veil.words(text, report)

    def _shown(self, value: T) -> T:
        return value if self.unmasked else self.desk.veil(value)

    def _address(self, url: str) -> str:
        return url if self.unmasked else self.desk.veil.hidden.mask.address(url)

    # --- the case -----------------------------------------------------------------------------------------------------

    def case(self, title: str, who: str, working: bool) -> told.CaseNow:
        states = {row["state"]: int(row["n"]) for row in self._counted(tables.reports, "state", newest=1)}
        kinds = {row["kind"]: int(row["n"]) for row in self._counted(tables.incidents, "kind")}
        claim = tables.claims.c
        query: Any = sa.select(
            sa.func.count().label("all"), sa.func.sum(sa.case((claim.reads > 0, 1), else_=0)).label("once"),
            sa.func.sum(sa.case((claim.reads > 1, 1), else_=0)).label("twice"),
        )  # fmt: skip
        claims = self.desk.rows(query)[0]
        return told.CaseNow(
            title, who, sum(states.values()), states, claims["all"], claims["once"] or 0, claims["twice"] or 0,
            kinds.get("incident", 0), kinds.get("episode", 0), self._total(tables.roots), self._total(tables.problems),
            self._total(tables.decisions), working,
        )  # fmt: skip

    def _counted(self, table: Table, column: str, **where: Any) -> list[Row]:
        name = table.c[column]
        query = sa.select(name, sa.func.count().label("n")).where(*(table.c[key] == one for key, one in where.items()))
        return self.desk.rows(query.group_by(name))

    def _total(self, table: Table, where: Sequence[sa.ColumnElement[bool]] = ()) -> int:
        return int(self.desk.rows(sa.select(sa.func.count()).select_from(table).where(*where), scalars=True)[0])

    # --- reports ------------------------------------------------------------------------------------------------------

    def reports(self, first: int, most: int, *, state: str = "", outlet: str = "") -> told.Reports:
        """Those that came in, in that order."""
        table = tables.reports
        where = [table.c.newest == 1, *self._where(table, {"state": state, "outlet": outlet})]
        chosen = sa.select(table).where(*where).order_by(table.c.position).limit(most).offset(first)
        items = tuple(self._report_line(row) for row in self.desk.rows(chosen))
        return told.Reports(items, first, self._total(table, where))

    def _where(self, table: Table, wanted: Mapping[str, Any]) -> list[sa.ColumnElement[bool]]:
        """That columns hold values. One that names somebody who is hidden is held by nothing, whether it is or not."""
        asked = {name: one for name, one in wanted.items() if one not in ("", None)}
        if any(isinstance(one, str) and self._words(one) != one for one in asked.values()):
            return [sa.false()]
        return [table.c[name] == one for name, one in asked.items()]

    def search(self, asked: Asked, first: int) -> told.Hits:
        """What holds the words of a line, in any of their spellings, and what else was asked."""
        found = search(self.desk, asked, first, unmasked=self.unmasked)
        ids = [str(one.about["claim" if asked.kind == "claims" else "report"]) for one in found.hits]
        lines = self._lines_of(asked.kind, ids)
        items = tuple(
            told.Hit(lines[key] if asked.kind == "reports" else None, lines[key] if asked.kind == "claims" else None,
                     tuple("".join(words for words, _ in some) for some in one.excerpts))
            for key, one in zip(ids, found.hits, strict=True) if key in lines
        )  # fmt: skip
        return told.Hits(items, found.first, found.total, found.more, found.within)

    def _lines_of(self, kind: str, ids: Sequence[str]) -> dict[str, Any]:
        if kind == "reports":
            rows = self.desk.rows(sa.select(tables.reports).where(tables.reports.c.report.in_(ids)))
            return {row["report"]: self._report_line(row) for row in rows}
        rows = self.desk.rows(sa.select(tables.claims).where(tables.claims.c.claim.in_(ids)))
        names = self._places({row["place"] for row in rows if row["place"]})
        return {row["claim"]: self._claim_line(row, names) for row in rows}

    def _report_line(self, row: Row) -> told.ReportLine:
        key = str(row["report"])
        known = {
            name: row[name] for name in ("language", "published", "captured", "version_of", "attachments", "words",
                                         "copy_of", "own_words", "claims", "fresh", "unclear", "state")
        }  # fmt: skip
        says = tuple(self._said(one, key) for one in json.loads(row["says"]))
        return told.ReportLine(
            id=key, name=self._address(str(row["name"])), outlet=self._words(str(row["outlet"]), key),
            title=self._words(str(row["title"]), key), url=self._address(str(row["url"])), read_once=row["once"],
            read_twice=row["twice"], says=says, **known,
        )  # fmt: skip

    def _said(self, one: Row, report: str) -> told.Said:
        masked: dict[str, Any] = {key: self._words(str(one[key]), report) for key in ("root", "words")}
        plain = {key: one[key] for key in ("low", "harm", "status", "incident")}
        return told.Said(fresh=bool(one["fresh"]), named=bool(one["named"]), **masked, **plain)

    def report(self, key: str) -> told.OneReport | None:
        """One with all that was read in it; None where the case does not hold it."""
        part = self.desk.part(reports=[key])
        if not part.reports():
            return None
        state = self._state(part)
        whole = part.reports()[0]
        shown = whole if self.unmasked else replace(self._shown(whole), text=self._words(whole.text, key))
        row = self.desk.rows(sa.select(tables.reports.c.state).where(tables.reports.c.report == key))
        claims = [one for one in state.claims.values() if one.report == key]
        answers = tuple(one for one in state.answers if one.report == key)
        versions = tuple(told.Version(one.report, one.at, one.again) for one in versions_of(self.desk, key))
        custody = captures_of(self.desk, key, unmasked=self.unmasked)
        return told.OneReport(
            shown, shown.text != whole.text, str(row[0]["state"]) if row else "", self._claims(claims, state), answers,
            self._problems([tables.problems.c.report == key], 0, MOST), versions,
            tuple(told.Custody(*(getattr(one, name.name) for name in fields(told.Custody))) for one in custody),
        )  # fmt: skip

    def _state(self, part: Any) -> State:
        found: State = part.state() if self.unmasked else self.desk.shown(part)
        return found

    # --- claims -------------------------------------------------------------------------------------------------------

    def claims(self, first: int, most: int, wanted: Mapping[str, Any], days: tuple[str, str]) -> told.Claims:
        """Those of which every column that is asked for holds that value, and whose days meet these."""
        table = tables.claims
        where = self._where(table, wanted)
        where += [sa.and_(table.c.last >= days[0], table.c.first != "")] if days[0] else []
        where += [sa.and_(table.c.first <= days[1], table.c.first != "")] if days[1] else []
        query = sa.select(table).where(*where).order_by(table.c.claim).limit(most).offset(first)
        rows = self.desk.rows(query)
        names = self._places({row["place"] for row in rows if row["place"]})
        return told.Claims(tuple(self._claim_line(row, names) for row in rows), first, self._total(table, where))

    def _claim_line(self, row: Row, places: Mapping[str, str]) -> told.ClaimLine:
        report = str(row["report"])
        masked: dict[str, Any] = {
            key: self._words(str(row[key]), report) for key in ("people", "words", "root", "outlet")
        }
        plain = {
            key: row[key] for key in ("report", "incident", "harm", "status", "low", "high", "first", "last", "said",
                                      "stance", "reach", "reads", "published")
        }  # fmt: skip
        place = self._words(places.get(row["place"], ""), report)
        return told.ClaimLine(
            id=row["claim"], named=bool(row["named"]), fresh=bool(row["fresh"]), place=place, **masked, **plain
        )

    def _places(self, keys: Iterable[str]) -> Mapping[str, str]:
        place = tables.places.c
        query = sa.select(place.place, place.name).where(place.place.in_(list(keys)))
        return {row["place"]: row["name"] for row in self.desk.rows(query)}

    def claim(self, key: str) -> told.OneClaim | None:
        """One that counts; None for another, such as one that was rejected."""
        where = self.desk.rows(sa.select(tables.claims.c.report).where(tables.claims.c.claim == key), scalars=True)
        state = self._state(self.desk.part(reports=where)) if where else None
        if state is None or key not in state.claims:
            return None
        return self._claims([state.claims[key]], state)[0]

    def _claims(self, found: Sequence[Any], state: State) -> tuple[told.OneClaim, ...]:
        table = tables.claims.c
        query = sa.select(table.claim, table.incident, table.reads).where(table.claim.in_([one.id for one in found]))
        rows = {row["claim"]: row for row in self.desk.rows(query)}
        out = []
        for one in found:
            rooted, row = state.linked.roots.get(one.id), rows.get(one.id, {})
            root = rooted.root if rooted else None
            out.append(told.OneClaim(
                one, state.figures[one.id], str(root or ""), bool(root and root.named), rooted.rule if rooted else "",
                str(row.get("incident", "")), int(row.get("reads", 0)), self._seen(one.id),
            ))  # fmt: skip
        return tuple(out)

    def _seen(self, about: str) -> str:
        return self.desk.history.newest(about)

    # --- incidents ----------------------------------------------------------------------------------------------------

    def incidents(self, first: int, most: int, *, kind: str = "", parent: str = "") -> told.Incidents:
        """Those with most claims first."""
        table = tables.incidents
        where = [table.c.kind == kind] if kind else []
        where += [table.c.parent == parent] if parent else []
        order = (table.c.claims.desc(), table.c.incident)
        rows = self.desk.rows(sa.select(table).where(*where).order_by(*order).limit(most).offset(first))
        names = self._places({row["place"] for row in rows if row["place"]})
        kept = [one.name for one in fields(told.IncidentLine) if one.name not in ("id", "title", "place")]
        items = tuple(
            told.IncidentLine(
                id=row["incident"], title=self._words(row["title"]), place=names.get(row["place"], ""),
                **{name: row[name] for name in kept},
            )
            for row in rows
        )  # fmt: skip
        return told.Incidents(items, first, self._total(table, where))

    def incident(self, name: str) -> told.OneIncident | None:
        """One by its id or its code."""
        table = tables.incidents.c
        query = sa.select(table.incident, table.group)
        query = query.where(sa.or_(table.incident == name, sa.and_(table.code == name, table.code != "")))
        found = self.desk.rows(query.limit(1))
        if not found:
            return None
        key, group = found[0]["incident"], found[0]["group"]
        state = self._state(self.desk.part(groups=[group]))
        if key not in state.incidents:
            return None
        mine = set(state.incidents[key].claims)
        mine |= {one for other in state.linked.incidents if other.parent == key for one in other.claims}
        drafts = drafts_of(state, key)
        return told.OneIncident(
            state.incidents[key], self._seen(key), tuple(one for one in state.tolls.values() if one.incident == key),
            tuple(one for one in state.accounts() if one.incident == key), state.accused().get(key),
            tuple(one for one in state.assessments()[0] if one.about == key),
            tuple(one for one in state.grades() if one.about == key),
            tuple(told.OneProblem(at, one, state.at_stake(one), self._seen(at)) for at, one in drafts),
            tuple(told.OneProblem(at, one, state.at_stake(one), self._seen(at)) for at, one in state.weighed()
                  if mine & set(one.claims)),
        )  # fmt: skip

    # --- roots, problems, people --------------------------------------------------------------------------------------

    def roots(self, first: int, most: int) -> told.Roots:
        table = tables.roots
        order = (table.c.named.desc(), table.c.claims.desc(), table.c.root)
        rows = self.desk.rows(sa.select(table).order_by(*order).limit(most).offset(first))
        names = {str(row["root"]) for row in rows}
        carriers = defaultdict[str, list[told.Carrier]](list)
        carrier = tables.carriers.c
        query = sa.select(tables.carriers).where(carrier.root.in_(names)).order_by(carrier.claims.desc())
        for row in self.desk.rows(query):
            outlet = self._words(str(row["outlet"]))
            carriers[row["root"]].append(told.Carrier(outlet, row["claims"], row["reports"]))
        tethers = defaultdict[str, list[Tether]](list)
        with self.desk.case.told(), self.desk.case.engine.connect() as connection:
            for _, one in cache.values(connection, built_tethers, Tether):
                for end in {one.one, one.other} & names:
                    tethers[end].append(self._shown(one))
        items = tuple(
            told.RootLine(
                self._words(name), bool(row["named"]), row["claims"], row["reports"], tuple(carriers[name]),
                tuple(tethers[name]),
            )
            for row in rows for name in [str(row["root"])]
        )  # fmt: skip
        return told.Roots(items, first, self._total(table))

    def problems(self, first: int, most: int, *, kind: str = "", report: str = "", about: str = "") -> told.Problems:
        table = tables.problems.c
        where = [table.kind == kind] if kind else []
        where += [table.report == report] if report else []
        where += [table.problem == about] if about else []
        return told.Problems(self._problems(where, first, most), first, self._total(tables.problems, where))

    def _problems(self, where: Sequence[Any], first: int, most: int) -> tuple[told.OneProblem, ...]:
        table = tables.problems.c
        query = sa.select(tables.problems).where(*where)
        query = query.order_by(table.stake.desc(), table.claims.desc(), table.problem).limit(most).offset(first)
        return tuple(
            told.OneProblem(row["problem"], self._shown(cache.unpacked(Problem, row["data"])), row["stake"],
                            self._seen(row["problem"]))
            for row in self.desk.rows(query)
        )  # fmt: skip

    def voices(self, first: int, most: int) -> told.Voices:
        table = tables.voices.c
        names = (table.name, table.canonical)
        summed = (table.kind, table.connection, table.protected, table.anonymous, table.report)
        query = sa.select(*names, *(sa.func.max(one).label(one.name) for one in summed),
                          sa.func.sum(table.claims).label("claims")).group_by(*names)  # fmt: skip
        total = int(self.desk.rows(sa.select(sa.func.count()).select_from(query.subquery()), scalars=True)[0])
        rows = self.desk.rows(query.order_by(*names).limit(most).offset(first))
        return told.Voices(tuple(self._voice(row) for row in rows), first, total)

    def _voice(self, row: Row) -> told.VoiceLine:
        hide = bool(row["protected"]) and not self.unmasked
        name, canonical = ("[protected]", "") if hide else (self._words(row["name"], row["report"]),
                                                            self._words(row["canonical"]))  # fmt: skip
        return told.VoiceLine(
            name, canonical, row["kind"], row["connection"], bool(row["protected"]), bool(row["anonymous"]),
            int(row["claims"]),
        )  # fmt: skip

    # --- the journal --------------------------------------------------------------------------------------------------

    def journal(self, first: int, most: int, wanted: Mapping[str, str]) -> told.Journal:
        """Decisions of which every column that is asked for holds that value, the newest first."""
        table = tables.decisions
        where = self._where(table, wanted)
        order = (table.c.at.desc(), table.c.decision.desc())
        rows = self.desk.rows(sa.select(table).where(*where).order_by(*order).limit(most).offset(first))
        made = {one.id: one for one in self.desk.history.all}
        items = tuple(
            told.JournalLine(row["decision"], self.decision(made[row["decision"]]), row["undone"])
            for row in rows if row["decision"] in made
        )  # fmt: skip
        return told.Journal(items, first, self._total(table, where))

    def name(self, name: str) -> str:
        """The name of a file as it may be shown."""
        return self._address(name)

    def problem(self, one: Problem | None) -> Problem | None:
        return self._shown(one)

    def decision(self, one: Decision) -> Decision:
        """A decision as it may be shown."""
        return self._shown(one)
