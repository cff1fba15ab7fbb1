"""Tables kept level with what was worked out at once: the rows of a few groups, and what they change of the sums.

What is told of the whole case is not summed up again: what these groups and reports had in it is taken off, what they
have now is added. Persons and the list of voices follow at the next filling of all.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy import Connection

from cenotaph.case import at_once
from cenotaph.case.part import Across
from cenotaph.case.tables import writing
from cenotaph.desk import copy_rows, earlier, filling, history, inbox_rows, incident_rows, rows, settled, tables

if TYPE_CHECKING:
    from cenotaph.case import Case

__all__ = ["work_out"]

COUNTED = ("reports", "versions", "claims", "read", "twice", "incidents", "episodes", "problems", "proposals")
SAYING = ("claim", "report", "harm", "status", "root", "named", "low", "place", "first", "outlet")
"""What a claim says, in the tables: all but who read it, and what it is about."""
Row = Mapping[str, Any]


def work_out(case: Case, decided: history.History, across: Across) -> Across:
    """Works out what was decided, as far as its groups tell it, and brings the tables level. Gives `across` as it is
    then.
    """
    more = True
    with case.told():
        while more:
            across, more = _step(case, decided, across)
        settled.lay_aside(case)  # at last: what a later step settles is counted in that step
        copy_rows.level(case)
    return across


def _step(case: Case, decided: history.History, across: Across) -> tuple[Across, bool]:
    """Some decisions, and whether there are more."""
    done = at_once.work_out(case, decided)
    changed = history.fill(case)
    settled.reopen(case)
    now = _across(case, done, across)
    made, todo, gone = filling.changed_groups(case)
    found = {one: (made[one], filling.rows_of_group(case, one, decided, now)) for one in todo}
    with writing(case.engine) as connection:
        _put(connection, found, gone, changed.reports, decided, done)
    earlier.level(case, decided, changed.reports)
    return now, done.more


def _across(case: Case, done: at_once.AtOnce, before: Across) -> Across:
    """What lies across groups, without a look at all of it."""
    if any(one.verb in ("relate", "undo") for one in done.decisions):
        return Across.of(case)
    if not done.answered and not done.asked:
        return before
    kept = dict(before.problems)
    for report in done.answered.values():
        kept[report] = [one for one in kept.get(report, ()) if one.id not in done.answered]
    for one in done.asked:
        kept[one.report] = [*kept.get(one.report, ()), one]
    return replace(before, problems=kept)


def _put(
    connection: Connection, found: Mapping[str, tuple[str, filling.Parts]], gone: Sequence[str],
    reports: Collection[str], decided: history.History, done: at_once.AtOnce,
) -> None:  # fmt: skip
    groups = [*found, *gone]
    before = _claims(connection, groups)
    told = {row["report"] for row in before} | set(reports)
    told |= {row["report"] for _, parts in found.values() for row in parts[tables.claims]}
    speaking = sa.select(tables.problems.c.report).where(tables.problems.c.problem.in_(_problems(done)))
    told |= {*connection.execute(speaking).scalars(), *(one.report for one in done.asked)} - {""}
    was = _counts(connection, groups, told, done)
    filling.drop_groups(connection, gone)
    if gone:
        tables.renew(connection, tables.HIDDEN)
    _apart(connection, done)
    filling.put_groups(connection, found)
    for start in range(0, len(told), filling.REPORTS_AT_ONCE):
        inbox_rows.level(connection, sorted(told)[start : start + filling.REPORTS_AT_ONCE], decided)
    after = _claims(connection, groups)
    _sum_roots(connection, before, after)
    _sum_days(connection, before, after)
    _sum_harms(connection, before, after)
    _sum_counts(connection, was, _counts(connection, groups, told, done))
    summed = (tables.SUMMED,) if groups or done.decisions else ()
    tables.renew(connection, tables.STAMP, *summed, *((tables.SAID,) if _moved(before, after, *SAYING) else ()))


def _apart(connection: Connection, done: at_once.AtOnce) -> None:
    """Problems of no group that were answered go, and any that were settled; those that are new come."""
    table, names = tables.problems, _problems(done)
    connection.execute(sa.delete(table).where(table.c.problem.in_(names)))
    fresh = [rows.problem(one, filling.APART, None) for one in done.asked]
    if fresh:
        connection.execute(sa.insert(table), fresh)


def _problems(done: at_once.AtOnce) -> list[str]:
    settled_now = (one.about for one in done.decisions if one.verb == "settle")
    return [*done.answered, *(one.id for one in done.asked), *settled_now]


# --- what is summed ---------------------------------------------------------------------------------------------------


def _claims(connection: Connection, groups: Collection[str]) -> list[Row]:
    claims = tables.claims.c
    query = sa.select(
        claims.claim, claims.report, claims.incident, claims.harm, claims.status, claims.root, claims.named,
        claims.low, claims.place, claims.first, claims.outlet,
    ).where(claims.group.in_(groups))  # fmt: skip
    return [dict(row) for row in connection.execute(query).mappings()]


def _moved(before: Iterable[Row], after: Iterable[Row], *names: str) -> set[tuple[Any, ...]]:
    """The values of the first of these columns in which claims came, went, or say something else in any of them."""
    some = [Counter(tuple(row[name] for name in names) for row in rows) for rows in (before, after)]
    return {key[0] for key in (some[0] - some[1]) | (some[1] - some[0])}


def _sum_roots(connection: Connection, before: Iterable[Row], after: Iterable[Row]) -> None:
    claims, count = tables.claims.c, sa.func.count()
    reports = sa.func.count(sa.distinct(claims.report))
    some = [str(one) for one in _moved(before, after, "root", "claim", "report", "named", "outlet")]
    for table in (tables.roots, tables.carriers):
        connection.execute(sa.delete(table).where(table.c.root.in_(some)))
    mine = claims.root.in_(some)
    told = sa.select(claims.root, sa.func.max(claims.named), count, reports).where(mine).group_by(claims.root)
    connection.execute(sa.insert(tables.roots).from_select(list(tables.roots.c.keys()), told))
    by = sa.select(claims.root, claims.outlet, count, reports).where(mine).group_by(claims.root, claims.outlet)
    connection.execute(sa.insert(tables.carriers).from_select(list(tables.carriers.c.keys()), by))


def _sum_days(connection: Connection, before: Iterable[Row], after: Iterable[Row]) -> None:
    """Claims that came or went are counted on or off; the largest figure is looked for only where it went."""
    some = [Counter((_then(row), row["claim"], row["low"]) for row in told) for told in (before, after)]
    went, came = some[0] - some[1], some[1] - some[0]
    days, keys = tables.days.c, sorted({key for key, _, _ in (*went, *came)})
    for month, place, harm in keys:
        key = (month, place, harm)
        here = sa.and_(days.month == month, days.place == place, days.harm == harm)
        known = connection.execute(sa.select(days.claims, days.people).where(here)).first()
        less, more = ([low for then, _, low in told if then == key] for told in (went, came))
        count = (known.claims if known else 0) + len(more) - len(less)
        people = max([*more, known.people if known else 0])
        if known and known.people in less and people not in more:
            people = _largest(connection, *key)
        connection.execute(sa.delete(tables.days).where(here))
        if count:
            told_now = {"month": month, "place": place, "harm": harm, "claims": count, "people": people}
            connection.execute(sa.insert(tables.days), told_now)


def _then(row: Row) -> tuple[str, str, str]:
    return str(row["first"])[:7], row["place"], row["harm"]


def _largest(connection: Connection, month: str, place: str, harm: str) -> int:
    claims = tables.claims.c
    then = claims.first == "" if not month else sa.and_(claims.first >= month, claims.first < f"{month}~")
    harmed = claims.harm.concat("") == harm  # by the index of places, in which a month is next to nothing
    query = sa.select(sa.func.max(claims.low)).where(claims.place == place, harmed, then)
    return int(connection.execute(query).scalar() or 0)


def _sum_harms(connection: Connection, before: Iterable[Row], after: Iterable[Row]) -> None:
    """Which harms are told of each incident, where that table stands already; it is made by a filling of all."""
    harms = incident_rows.harms
    if not sa.inspect(connection).has_table(harms.name):
        return
    some = {row["incident"] for row in (*before, *after)} - {""}
    connection.execute(sa.delete(harms).where(harms.c.incident.in_(some)))
    count = Counter((code, row["incident"]) for row in after for code in str(row["harm"]).split(" or "))
    told = [{"harm": code, "incident": one, "claims": many} for (code, one), many in count.items() if one]
    if told:
        connection.execute(sa.insert(harms), told)
    known = json.loads(tables.value(connection, "harms", "[]"))
    tables.put(connection, "harms", json.dumps(sorted({*known, *(code for code, _ in count)})))


def _counts(
    connection: Connection, groups: Collection[str], reports: Collection[str], done: at_once.AtOnce
) -> Counter[tuple[str, str]]:
    """What these groups, these reports and these problems have in the counts of the whole case."""
    found: Counter[tuple[str, str]] = Counter()
    claims, incidents, problems, told = (
        one.c for one in (tables.claims, tables.incidents, tables.problems, tables.reports)
    )
    for (reads,) in connection.execute(sa.select(claims.reads).where(claims.group.in_(groups))):
        found.update({("claims", ""): 1, ("read", ""): reads > 0, ("twice", ""): reads > 1})
    for (kind,) in connection.execute(sa.select(incidents.kind).where(incidents.group.in_(groups))):
        found[f"{kind}s", ""] += 1
    mine = sa.or_(problems.group.in_(groups), problems.problem.in_(_problems(done)))
    for kind, proposes in connection.execute(sa.select(problems.kind, problems.proposes).where(mine)):
        found.update({("problems", ""): 1, ("kinds", kind): 1, ("proposals", ""): proposes != ""})
    wanted = sorted(reports)
    for start in range(0, len(wanted), filling.REPORTS_AT_ONCE):
        some = told.report.in_(wanted[start : start + filling.REPORTS_AT_ONCE])
        for state, newest in connection.execute(sa.select(told.state, told.newest).where(some)):  # found by id alone
            found["states", state] += newest == 1
    return found


def _sum_counts(connection: Connection, was: Counter[tuple[str, str]], now: Counter[tuple[str, str]]) -> None:
    counts = json.loads(tables.value(connection, "counts", "{}"))
    moved = now.copy()
    moved.subtract(was)
    for (name, part), many in moved.items():
        if part:
            held = counts.setdefault(name, {})
            held[part] = held.get(part, 0) + many
        else:
            counts[name] = counts.get(name, 0) + many
    for name in ("kinds", "states"):
        counts[name] = {part: many for part, many in counts.get(name, {}).items() if many}
    count, roots = sa.func.count(), tables.roots
    counts["roots"] = connection.execute(sa.select(count).select_from(roots).where(roots.c.named == 1)).scalar_one()
    counts["decisions"] = connection.execute(sa.select(count).select_from(tables.decisions)).scalar_one()
    tables.put(connection, "counts", json.dumps(counts))
