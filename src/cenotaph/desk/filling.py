"""Keeps the desk's tables level with what a case holds and built: only what changed is worked out again.

`fill` may be stopped at any time: each step is a transaction, and the next call goes on.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy import Connection, Table

from cenotaph.case import bounds, cache, evidence, known
from cenotaph.case import tables as built
from cenotaph.case.decisions import out_of_scope
from cenotaph.case.part import Across, Part
from cenotaph.case.tables import writing
from cenotaph.desk import (
    copy_rows,
    earlier,
    history,
    inbox_rows,
    incident_rows,
    persons,
    rows,
    settled,
    tables,
    toll_rows,
)

if TYPE_CHECKING:
    from cenotaph.case import Case

__all__ = ["changed_groups", "drop_groups", "fill", "level", "put_groups", "rows_of_group"]

GROUPS_AT_ONCE = 25
REPORTS_AT_ONCE = 500
Step = Callable[[str, int, int], None]


def fill(case: Case, *, on_step: Step | None = None) -> bool:
    """Brings the tables level; whether anything had changed. `on_step` is told (what, done, of how many)."""
    step = on_step or (lambda what, done, of: None)
    with case.told():
        with writing(case.engine) as connection:
            toll_rows.widen(connection)
            tables.make(connection)
            known.catch_up(connection)
            bounds.make(connection)  # else the first decision would wait for it
        changed = history.fill(case)
        touched = _fill_reports(case, step)
        earlier.level(case, history.of(case), changed.reports)
        settled.reopen(case)
        _tell_hidden_anew(case)
        touched |= _fill_groups(case, step)
        apart = _fill_apart(case)
        settled.lay_aside(case)
        touched |= changed.reports
        _level_reports(case, touched, step)
        if touched or apart or changed.any:
            _sum_up(case)
        incident_rows.level(case, bool(touched or changed.any))
        copy_rows.level(case)
        persons.level(case)
    return bool(touched or changed.any)


def level(case: Case) -> None:
    """Takes in what was decided since, as far as that needs no build: states of reports, who read what, the journal."""
    with case.told():
        changed = history.fill(case)
        settled.lay_aside(case)
        _level_reports(case, changed.reports, lambda what, done, of: None)
        earlier.level(case, history.of(case), changed.reports)
        with writing(case.engine) as connection:
            tables.renew(connection, tables.STAMP)


# --- reports: what is known of each without its claims ----------------------------------------------------------------


def _fill_reports(case: Case, step: Step) -> set[str]:
    """Reports that came or went. Gives their ids, and those whose address has a newer version now."""
    with case.engine.connect() as connection:
        held = evidence.newest(connection)
        there = {
            row.report: bool(row.newest)
            for row in connection.execute(sa.select(tables.reports.c.report, tables.reports.c.newest))
        }
    fresh = [one for one in held if one not in there]
    gone = [one for one in there if one not in held]
    turned = {one for one, newest in there.items() if one in held and newest != (held[one] == one)}
    first = _last_position(case) + 1
    for start in range(0, len(fresh), REPORTS_AT_ONCE):
        some = fresh[start : start + REPORTS_AT_ONCE]
        with case.engine.connect() as connection:
            found = evidence.some(connection, some)
        with writing(case.engine) as connection:
            inbox_rows.store(connection, found, held, first + start)
        step("reports", start + len(some), len(fresh))
    with writing(case.engine) as connection:
        inbox_rows.drop(connection, gone)
        for one in turned:
            now = {"newest": int(held[one] == one)}
            connection.execute(sa.update(tables.reports).where(tables.reports.c.report == one).values(now))
    return {*fresh, *turned}


def _last_position(case: Case) -> int:
    with case.engine.connect() as connection:
        return int(connection.execute(sa.select(sa.func.max(tables.reports.c.position))).scalar() or 0)


# --- groups: claims, incidents, tolls, problems ---------------------------------------------------------------------


def _fill_groups(case: Case, step: Step) -> set[str]:
    """What was worked out again since the last time. Gives the reports whose claims are told otherwise now."""
    made, todo, gone = changed_groups(case)
    touched: set[str] = set()
    decided, across = history.of(case), Across.of(case)
    for start in range(0, len(gone), GROUPS_AT_ONCE):
        with writing(case.engine) as connection:
            touched |= drop_groups(connection, gone[start : start + GROUPS_AT_ONCE])
            tables.renew(connection, tables.HIDDEN)
    for start in range(0, len(todo), GROUPS_AT_ONCE):
        some = todo[start : start + GROUPS_AT_ONCE]
        found = {one: (made[one], rows_of_group(case, one, decided, across)) for one in some}
        with writing(case.engine) as connection:
            touched |= put_groups(connection, found)
        step("groups of claims", start + len(some), len(todo))
    return touched


def _tell_hidden_anew(case: Case) -> None:
    """Lets the groups be told again whose rows leave out who agreed to be named when they were made, as rows once did:
    whoever takes that back must be hidden again.
    """
    with writing(case.engine) as connection:
        old = sa.select(tables.hidden.c.group).where(tables.hidden.c.data.contains('"consented": ["'))
        connection.execute(sa.delete(tables.groups).where(tables.groups.c.group.in_(old)))


def changed_groups(case: Case) -> tuple[Mapping[str, str], list[str], list[str]]:
    """The groups that were built with their keys; those of them that the tables do not hold so, and those that went."""
    with case.engine.connect() as connection:
        made = cache.group_keys_of(connection)
        there = {row.group: row.key for row in connection.execute(sa.select(tables.groups))}
    return made, [one for one, key in made.items() if there.get(one) != key], [one for one in there if one not in made]


Parts = Mapping[Table, list[dict[str, Any]]]


def put_groups(connection: Connection, found: Mapping[str, tuple[str, Parts]]) -> set[str]:
    """Groups with their keys and rows, in place of what stood there. Gives the reports whose claims are told so.

    One that was worked out again since its rows were made is left: whoever did that makes them.
    """
    now = cache.some_group_keys(connection, found)
    kept = {one: (key, parts) for one, (key, parts) in found.items() if now.get(one) == key}
    before = _hidden(connection, kept)
    touched = drop_groups(connection, list(kept))
    for one, (key, parts) in kept.items():
        _store(connection, one, key, parts)
        touched |= {row["report"] for row in parts[tables.claims]}
    if before != _hidden(connection, kept):
        tables.renew(connection, tables.HIDDEN)
    return touched


def _hidden(connection: Connection, some: Iterable[str]) -> dict[str, object]:
    """Whom these groups hide, as it stands in the tables."""
    query = sa.select(tables.hidden).where(tables.hidden.c.group.in_(list(some)))
    return {row.group: rows.hidden_of([row.data]) for row in connection.execute(query)}


HOLDING = ("accept", "correct", "reject")
"""Verbs by which people hold on to a claim as they saw it."""


def rows_of_group(case: Case, group: str, decided: history.History, across: Across) -> Parts:
    """The rows of one group."""
    with case.engine.connect() as connection:
        query = sa.select(built.rooted.c.id).where(built.rooted.c.group == group)
        ids = set(connection.execute(query).scalars())
        reports = _reports_holding(connection, ids, decided)
    mine = decided.of_reports(reports)
    held = {one.about for one in mine if one.verb in HOLDING}
    part = Part(case, reports, (group,), mine, across, ids | held)
    return rows.of_group(group, part, ids, decided)


def _reports_holding(connection: Connection, ids: Collection[str], decided: history.History) -> list[str]:
    """The reports in which these claims stand: those that people made, those read, and those that people hold on to
    though they are read under another id now.
    """
    found = {one: decided.made[one] for one in ids if one in decided.made}
    wanted = [one for one in ids if one not in found]
    for start in range(0, len(wanted), 500):
        table = built.claims.c
        query = sa.select(table.id, table.report).where(table.id.in_(wanted[start : start + 500]))
        found |= {row.id: row.report for row in connection.execute(query)}
    if any(one not in found for one in wanted):
        held = {one.about: one.report for one in decided.of_verbs(*HOLDING)}
        found |= {one: held[one] for one in wanted if one not in found and one in held}
    return sorted(set(found.values()))


def drop_groups(connection: Connection, some: Sequence[str]) -> set[str]:
    query = sa.select(tables.claims.c.report).where(tables.claims.c.group.in_(some))
    touched = set(connection.execute(query).scalars())
    for table in (*tables.BY_GROUP, tables.groups):
        connection.execute(sa.delete(table).where(table.c.group.in_(some)))
    return touched


def _store(connection: Connection, group: str, key: str, parts: Parts) -> None:
    _put_places(connection, parts[tables.places])
    for table in tables.BY_GROUP:
        if parts[table]:
            ids = [column.name for column in table.primary_key.columns]
            unique = {tuple(row[name] for name in ids): row for row in parts[table]}
            if len(ids) == 1 and table is not tables.hidden:  # a guest's problem may come from two groups
                connection.execute(sa.delete(table).where(table.c[ids[0]].in_([one[0] for one in unique])))
            connection.execute(sa.insert(table), list(unique.values()))
    connection.execute(sa.insert(tables.groups), {"group": group, "key": key})


def _put_places(connection: Connection, found: Iterable[dict[str, Any]]) -> None:
    unique = {one["place"]: one for one in found}
    for start in range(0, len(unique), 500):
        some = list(unique)[start : start + 500]
        there = set(
            connection.execute(sa.select(tables.places.c.place).where(tables.places.c.place.in_(some))).scalars()
        )
        fresh = [unique[one] for one in some if one not in there]
        if fresh:
            connection.execute(sa.insert(tables.places), fresh)


APART = "no group"
"""Stands for the group of what is in none."""


def _fill_apart(case: Case) -> bool:
    """Problems of no group: of texts that gave no claim, and of decisions and links; none of what is out of scope.
    Whether they are others now.
    """
    decided = history.of(case)
    aside = out_of_scope(decided.standing)
    with case.engine.connect() as connection:
        current = [one for one in evidence.current_ids(connection) if one not in aside]
        found = rows.problems_apart(connection, current)
        alone = rows.answers_alone(connection)
    mine = sa.select(tables.problems.c.problem).where(tables.problems.c.group == APART)
    with writing(case.engine) as connection:
        was = set(connection.execute(mine).scalars())
        connection.execute(sa.delete(tables.problems).where(tables.problems.c.group == APART))
        before = _hidden(connection, [APART])
        connection.execute(sa.delete(tables.hidden).where(tables.hidden.c.group == APART))
        connection.execute(sa.insert(tables.hidden), rows.hidden_in(APART, [], alone))
        if before != _hidden(connection, [APART]):
            tables.renew(connection, tables.HIDDEN)
        there = set(connection.execute(sa.select(tables.problems.c.problem)).scalars())
        fresh = [{**row, "group": APART} for key, row in found.items() if key not in there]
        for start in range(0, len(fresh), 500):
            connection.execute(sa.insert(tables.problems), fresh[start : start + 500])
    return was != {str(row["problem"]) for row in fresh} - {one.about for one in decided.of_verbs("settle")}


# --- reports again: what their claims say, beside what others say -------------------------------------------------


def _level_reports(case: Case, touched: Collection[str], step: Step) -> None:
    decided, wanted = history.of(case), sorted(touched)
    for start in range(0, len(wanted), REPORTS_AT_ONCE):
        some = wanted[start : start + REPORTS_AT_ONCE]
        with writing(case.engine) as connection:
            inbox_rows.level(connection, some, decided)
        step("what repeats what", start + len(some), len(wanted))


# --- the whole ------------------------------------------------------------------------------------------------------


def _sum_up(case: Case) -> None:
    """What is told of the whole case, by one statement each."""
    claims = tables.claims.c
    with writing(case.engine) as connection:
        for table in tables.TOLD_APART:
            connection.execute(sa.delete(table))
        count, reports = sa.func.count(), sa.func.count(sa.distinct(claims.report))
        told = sa.select(claims.root, sa.func.max(claims.named), count, reports).group_by(claims.root)
        connection.execute(sa.insert(tables.roots).from_select(list(tables.roots.c.keys()), told))
        by = sa.select(claims.root, claims.outlet, count, reports).group_by(claims.root, claims.outlet)
        connection.execute(sa.insert(tables.carriers).from_select(list(tables.carriers.c.keys()), by))
        month = sa.func.substr(claims.first, 1, 7)
        some = sa.select(month, claims.place, claims.harm, count, sa.func.max(claims.low))
        some = some.group_by(month, claims.place, claims.harm)
        connection.execute(sa.insert(tables.days).from_select(list(tables.days.c.keys()), some))
        tables.put(connection, "counts", json.dumps(_counts(connection)))
        tables.renew(connection, tables.STAMP, tables.SUMMED, tables.SAID)


def _counts(connection: Connection) -> dict[str, Any]:
    def many(table: Table, *where: Any) -> int:
        return int(connection.execute(sa.select(sa.func.count()).select_from(table).where(*where)).scalar_one())

    reports = tables.reports.c
    states = sa.select(reports.state, sa.func.count()).where(reports.newest == 1).group_by(reports.state)
    kinds = sa.select(tables.problems.c.kind, sa.func.count()).group_by(tables.problems.c.kind)
    return {
        "reports": many(tables.reports, reports.newest == 1), "versions": many(tables.reports, reports.newest == 0),
        "states": {state: count for state, count in connection.execute(states)},
        "claims": many(tables.claims), "read": many(tables.claims, tables.claims.c.reads > 0),
        "twice": many(tables.claims, tables.claims.c.reads > 1),
        "incidents": many(tables.incidents, tables.incidents.c.kind == "incident"),
        "episodes": many(tables.incidents, tables.incidents.c.kind == "episode"),
        "problems": many(tables.problems), "kinds": {kind: count for kind, count in connection.execute(kinds)},
        "proposals": many(tables.problems, tables.problems.c.proposes != ""),
        "roots": many(tables.roots, tables.roots.c.named == 1), "decisions": many(tables.decisions),
    }  # fmt: skip
