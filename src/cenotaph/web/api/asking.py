"""What the API asks of a case: lists from the desk's tables, one thing as a part of the case; all of it masked."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy import Table

from cenotaph.case import Added, cache
from cenotaph.case.state import State
from cenotaph.desk import Desk, tables
from cenotaph.desk.copies import of_report
from cenotaph.desk.problems import PROPOSALS, around
from cenotaph.desk.problems import one as problem_of
from cenotaph.desk.report import beside
from cenotaph.desk.report_decisions import decided_on
from cenotaph.desk.report_versions import captures_of, changed_of, versions_of
from cenotaph.desk.requests import shown_decision
from cenotaph.publish.saying import head
from cenotaph.publish.veil import Veil
from cenotaph.vocabulary import Decision, Problem
from cenotaph.web.api import answers as told
from cenotaph.web.api.as_told import as_told

__all__ = ["Looking"]

T = TypeVar("T")
PAGE = 50
"""Lines of a list unless fewer or more are asked for."""
MOST = 500
COUNTED = 50_000
"""Claims that are counted; of more it is said that there are more."""
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

    def words(self, text: str, report: str = "") -> str:
        return text if self.unmasked else self.desk.veil.words(text, report)

    def shown(self, value: T) -> T:
        return value if self.unmasked else self.desk.veil(value)

    def address(self, url: str) -> str:
        return url if self.unmasked else self.desk.veil.address(url)

    # --- the case -----------------------------------------------------------------------------------------------------

    def case(self, title: str, who: str, working: bool) -> told.CaseNow:
        with self.desk.case.told(), self.desk.case.engine.connect() as connection:
            counts = json.loads(tables.value(connection, "counts", "{}"))
        states = {row["state"]: int(row["n"]) for row in self._counted(tables.reports, "state", newest=1)}
        names = ("claims", "read", "twice", "incidents", "episodes")
        claims, once, twice, incidents, episodes = (int(counts.get(name, 0)) for name in names)
        return told.CaseNow(
            title, who, sum(states.values()), states, claims, once, twice, incidents, episodes,
            self.total(tables.roots), self.total(tables.problems), self.total(tables.decisions), working,
        )  # fmt: skip

    def _counted(self, table: Table, column: str, **where: Any) -> list[Row]:
        name = table.c[column]
        query = sa.select(name, sa.func.count().label("n")).where(*(table.c[key] == one for key, one in where.items()))
        return self.desk.rows(query.group_by(name))

    def total(self, table: Table, where: Sequence[sa.ColumnElement[bool]] = ()) -> int:
        return int(self.desk.rows(sa.select(sa.func.count()).select_from(table).where(*where), scalars=True)[0])

    # --- reports ------------------------------------------------------------------------------------------------------

    def reports(self, first: int, most: int, *, state: str = "", outlet: str = "") -> told.Reports:
        """Those that came in, in that order."""
        table = tables.reports
        where = [table.c.newest == 1, *self.where(table, {"state": state, "outlet": outlet})]
        chosen = sa.select(table).where(*where).order_by(table.c.position).limit(most).offset(first)
        items = tuple(self.report_line(row) for row in self.desk.rows(chosen))
        return told.Reports(items, first, self.total(table, where))

    def where(self, table: Table, wanted: Mapping[str, Any], *, along: bool = False) -> list[sa.ColumnElement[bool]]:
        """That columns hold values. One that names somebody who is hidden is held by nothing, whether it is or not.

        `along` the order of the list: no index of what is asked is used, each line that comes is looked at.
        """
        asked = {name: one for name, one in wanted.items() if one not in ("", None)}
        if any(isinstance(one, str) and self.words(one) != one for one in asked.values()):
            return [sa.false()]
        if along:
            return [(table.c[name].concat("") if isinstance(one, str) else table.c[name] + 0) == one
                    for name, one in asked.items()]  # fmt: skip
        return [table.c[name] == one for name, one in asked.items()]

    def report_lines(self, ids: Sequence[str]) -> dict[str, told.ReportLine]:
        rows = self.desk.rows(sa.select(tables.reports).where(tables.reports.c.report.in_(ids)))
        return {row["report"]: self.report_line(row) for row in rows}

    def report_line(self, row: Row) -> told.ReportLine:
        key = str(row["report"])
        known = {
            name: row[name] for name in ("language", "published", "captured", "version_of", "attachments", "words",
                                         "copy_of", "own_words", "claims", "fresh", "unclear", "state")
        }  # fmt: skip
        says = tuple(self._said(one, key) for one in json.loads(row["says"]))
        title, outlet = (self.words(str(row[one]), key) for one in ("title", "outlet"))
        name = self.address(str(row["name"]))
        return told.ReportLine(
            id=key, name=name, outlet=outlet, title=title, url=self.address(str(row["url"])), read_once=row["once"],
            read_twice=row["twice"], says=says, head=head(title, outlet, name, key), **known,
        )  # fmt: skip

    def _said(self, one: Row, report: str) -> told.Said:
        masked: dict[str, Any] = {key: self.words(str(one[key]), report) for key in ("root", "words")}
        plain = {key: one[key] for key in ("low", "harm", "status", "incident")}
        return told.Said(fresh=bool(one["fresh"]), named=bool(one["named"]), **masked, **plain)

    def report(self, key: str) -> told.OneReport | None:
        """One with all that was read in it; None where the case does not hold it."""
        part = self.desk.part(reports=[key])
        if not part.reports():
            return None
        state, whole = self.state(part), part.reports()[0]
        shown = whole if self.unmasked else replace(self.shown(whole), text=self.words(whole.text, key))
        row = self.desk.rows(sa.select(tables.reports.c.state).where(tables.reports.c.report == key))
        claims = [one for one in state.claims.values() if one.report == key]
        answers = tuple(one for one in state.answers if one.report == key)
        versions, near = self.versions(key).items, beside(self.desk, key)
        decisions = decided_on(self.desk, key, lambda words: self.words(words, key))
        return told.OneReport(
            shown, shown.text != whole.text, str(row[0]["state"]) if row else "", self._claims(claims, state), answers,
            self.some_problems([tables.problems.c.report == key], 0, MOST), versions, self.custody(key).items,
            versions[-1].report if versions else key,
            tuple(as_told(told.DecidedOn, one, when=one.when.isoformat()) for one in decisions), self.seen(key),
            near.before, near.after,
        )  # fmt: skip

    def versions(self, key: str) -> told.Versions:
        """What its address showed each time; nothing where that is not known, or was one text alone."""
        found = versions_of(self.desk, key)
        steps = changed_of(self.desk, key, unmasked=self.unmasked) if found else []
        return told.Versions(
            tuple(as_told(told.Version, one) for one in found), tuple(as_told(told.VersionStep, one) for one in steps)
        )

    def copies(self, key: str) -> told.Copies:
        return as_told(told.Copies, of_report(self.desk, key, unmasked=self.unmasked))

    def custody(self, key: str) -> told.Custodies:
        found = captures_of(self.desk, key, unmasked=self.unmasked)
        return told.Custodies(tuple(as_told(told.Custody, one) for one in found))

    def state(self, part: Any) -> State:
        found: State = part.state() if self.unmasked else self.desk.shown(part)
        return found

    # --- claims -------------------------------------------------------------------------------------------------------

    def claims(self, first: int, most: int, wanted: Mapping[str, Any], days: tuple[str, str]) -> told.Claims:
        """Those of which every column that is asked for holds that value, and whose days meet these."""
        table = tables.claims
        meets = [sa.and_(table.c.last >= days[0], table.c.first != "")] if days[0] else []
        meets += [sa.and_(table.c.first <= days[1], table.c.first != "")] if days[1] else []
        where = [*self.where(table, wanted), *meets]
        some = sa.select(sa.literal(1)).select_from(table).where(*where).limit(COUNTED + 1).subquery()
        total = int(self.desk.rows(sa.select(sa.func.count()).select_from(some), scalars=True)[0])
        if total > COUNTED:  # an index of what is asked would have all of them sorted for one page
            where = [*self.where(table, wanted, along=True), *meets]
        rows = self.desk.rows(sa.select(table).where(*where).order_by(table.c.claim).limit(most).offset(first))
        names = self.places({row["place"] for row in rows if row["place"]})
        items = tuple(self.claim_line(row, names) for row in rows)
        return told.Claims(items, first, min(total, COUNTED), total > COUNTED)

    def claim_lines(self, ids: Sequence[str]) -> list[told.ClaimLine]:
        """Those of these claims that count, in this order."""
        rows = self.desk.rows(sa.select(tables.claims).where(tables.claims.c.claim.in_(ids)))
        names = self.places({row["place"] for row in rows if row["place"]})
        found = {row["claim"]: self.claim_line(row, names) for row in rows}
        return [found[one] for one in ids if one in found]

    def claim_line(self, row: Row, places: Mapping[str, str]) -> told.ClaimLine:
        report = str(row["report"])
        masked: dict[str, Any] = {
            key: self.words(str(row[key]), report) for key in ("people", "words", "root", "outlet")
        }
        plain = {
            key: row[key] for key in ("report", "incident", "harm", "status", "low", "high", "first", "last", "said",
                                      "stance", "reach", "reads", "published")
        }  # fmt: skip
        place = self.words(places.get(row["place"], ""), report)
        return told.ClaimLine(
            id=row["claim"], named=bool(row["named"]), fresh=bool(row["fresh"]), place=place, **masked, **plain
        )

    def places(self, keys: Iterable[str]) -> Mapping[str, str]:
        place = tables.places.c
        query = sa.select(place.place, place.name).where(place.place.in_(list(keys)))
        return {row["place"]: row["name"] for row in self.desk.rows(query)}

    def claim(self, key: str) -> told.OneClaim | None:
        """One that counts; None for another, such as one that was rejected."""
        where = self.desk.rows(sa.select(tables.claims.c.report).where(tables.claims.c.claim == key), scalars=True)
        state = self.state(self.desk.part(reports=where)) if where else None
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
                str(row.get("incident", "")), int(row.get("reads", 0)), self.seen(one.id),
            ))  # fmt: skip
        return tuple(out)

    def seen(self, about: str) -> str:
        return self.desk.history.newest(about)

    # --- problems -----------------------------------------------------------------------------------------------------

    def problems(self, first: int, most: int, *, kind: str = "", report: str = "") -> told.Problems:
        """Those that are open; `kind` "proposals" is all that asks for a yes or a no."""
        table = tables.problems.c
        where = [table.proposes != ""] if kind == PROPOSALS else [table.kind == kind] if kind else []
        where += [table.report == report] if report else []
        return told.Problems(self.some_problems(where, first, most), first, self.total(tables.problems, where))

    def some_problems(self, where: Sequence[Any], first: int, most: int) -> tuple[told.OneProblem, ...]:
        table = tables.problems.c
        query = sa.select(tables.problems).where(*where)
        query = query.order_by(table.stake.desc(), table.claims.desc(), table.problem).limit(most).offset(first)
        return tuple(self.problem_line(row, cache.unpacked(Problem, row["data"])) for row in self.desk.rows(query))

    def problem_line(self, row: Row, one: Problem) -> told.OneProblem:
        """One with the token of what would be decided: on what it proposes, or on itself."""
        on = one.proposes.about if one.proposes else row["problem"]
        return told.OneProblem(row["problem"], self.shown(one), row["stake"], self.seen(on))

    def whole_problem(self, key: str) -> told.WholeProblem | None:
        found = problem_of(self.desk, key, unmasked=self.unmasked)
        table = tables.problems.c
        if found is None or not (held := self.some_problems([table.problem == key], 0, 1)):
            return None
        before, quote, after = around(self.desk, found, unmasked=self.unmasked)
        return as_told(told.WholeProblem, held[0], before=before, quote=quote, after=after,
                       claims=tuple(self.claim_lines(found.claims[:PAGE])))  # fmt: skip

    # --- the journal --------------------------------------------------------------------------------------------------

    def decision(self, one: Decision) -> Decision:
        """A decision as it may be shown; of a request, neither who asks nor how to reach them."""
        return shown_decision(one, self.veil)

    def added(self, done: Sequence[Added]) -> tuple[Added, ...]:
        """What became of things that were taken in, as it may be shown."""
        return tuple(replace(one, name=self.address(one.name), problem=self.shown(one.problem)) for one in done)
