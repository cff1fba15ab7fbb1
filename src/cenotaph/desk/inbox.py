"""What came in: reports with what each repeats and what is new in it, a page at a time."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from cenotaph.desk import Desk, tables
from cenotaph.desk.inbox_rows import STATES
from cenotaph.desk.kept import kept
from cenotaph.desk.private_roots import is_private, of_claims
from cenotaph.publish.saying import head
from cenotaph.publish.veil import Veil

__all__ = ["PAGE", "Inbox", "inbox", "of_state"]

PAGE = 50
"""Reports on one page."""
REPEATS = "nothing new"
"""The state that a machine gives too, until a person says so."""


@dataclass(frozen=True, slots=True)
class Inbox:
    """Some lines of the inbox, masked; how many there are in this state, and in each.

    `unsaid` are those that only the machine says to hold nothing new; a line knows by `machine` whether it is one.
    """

    lines: Sequence[Mapping[str, Any]]
    first: int
    total: int
    states: Mapping[str, int]
    unsaid: int = 0


def inbox(desk: Desk, state: str = "", first: int = 0, *, unmasked: bool = False) -> Inbox:
    """The newest versions of what came in, in that order; of one state, or of all where it is ""."""
    reports = tables.reports
    where = [reports.c.newest == 1, *([reports.c.state == state] if state else [])]
    states = kept(desk, "states", lambda: _states(desk))
    query = sa.select(reports).where(*where).order_by(reports.c.position).limit(PAGE).offset(max(0, first))
    veil = None if unmasked else desk.veil
    lines = [_line(row, veil) for row in desk.rows(query)]
    lines = _with_persons(desk, lines) if unmasked else lines
    names = _names(desk, {one["copy_of"] for one in lines if one["copy_of"]}, veil)
    total = states.get(state, 0) if state else sum(states.values())
    said = desk.history.triage
    shown = [
        {**one, "copy_name": names.get(one["copy_of"], ""),
         "machine": one["state"] == REPEATS and REPEATS not in said.get(one["report"], {})}
        for one in lines
    ]  # fmt: skip
    return Inbox(shown, max(0, first), total, states, states[REPEATS] - kept(desk, "repeats", lambda: _said(desk)))


def _said(desk: Desk) -> int:
    """How many of the reports that hold nothing new a person said so of."""
    reports, decisions = tables.reports.c, tables.decisions.c
    query = sa.select(sa.func.count(sa.distinct(reports.report))).where(
        decisions.verb == "triage", decisions.undone == "", reports.report == decisions.about, reports.newest == 1,
        reports.state == REPEATS,
    )  # fmt: skip
    return int(desk.rows(query, scalars=True)[0])


def of_state(desk: Desk, state: str, most: int, *, unsaid: bool = False) -> list[str]:
    """The ids of the reports in one state, the first of them; `unsaid` leaves out those of which people said what they
    are.
    """
    reports, decisions = tables.reports.c, tables.decisions.c
    query = sa.select(reports.report).where(reports.newest == 1, reports.state == state)
    if unsaid:
        said = sa.exists().where(decisions.about == reports.report, decisions.verb == "triage", decisions.undone == "")
        query = query.where(~said)
    return [str(one) for one in desk.rows(query.order_by(reports.position).limit(most), scalars=True)]


def _states(desk: Desk) -> Mapping[str, int]:
    reports = tables.reports.c
    query = sa.select(reports.state, sa.func.count().label("count")).where(reports.newest == 1)
    found = {row["state"]: int(row["count"]) for row in desk.rows(query.group_by(reports.state))}
    return {one: found.get(one, 0) for one in STATES}


def _line(row: Mapping[str, Any], veil: Veil | None) -> dict[str, Any]:
    """A row as it may be shown."""
    told, report = json.loads(row["says"]), str(row["report"])
    if veil is None:
        return {**row, "says": told, "head": head(row["title"], row["outlet"], row["name"], report)}
    shown = {key: veil.words(str(row[key]), report) for key in ("title", "outlet", "name")}
    shown["head"] = head(shown["title"], shown["outlet"], shown["name"], report)
    says = [{**one, **{key: veil.words(str(one[key]), report) for key in ("root", "words")}} for one in told]
    return {**row, **shown, "url": veil.address(str(row["url"])), "says": says}


def _with_persons(desk: Desk, lines: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """What each says with the private person who says it, for who asked for the names of protected people."""
    said = {(one["report"], each["root"]) for one in lines for each in one["says"] if is_private(each["root"])}
    claims, wanted = tables.claims.c, sorted({report for report, _ in said})
    query = sa.select(claims.claim, claims.report, claims.root).where(claims.report.in_(wanted))
    mine = [row for row in desk.rows(query.order_by(claims.start)) if (row["report"], row["root"]) in said]
    named, persons = of_claims(desk, [row["claim"] for row in mine]), dict[tuple[str, str], dict[str, None]]()
    for row in mine:
        if row["claim"] in named:
            persons.setdefault((row["report"], row["root"]), {})[named[row["claim"]]] = None
    return [
        {**one, "says": [
            {**each, "person": ", ".join(persons.get((one["report"], each["root"]), ()))} for each in one["says"]
        ]}
        for one in lines
    ]  # fmt: skip


def _names(desk: Desk, ids: set[str], veil: Veil | None) -> Mapping[str, str]:
    reports = tables.reports.c
    query = sa.select(reports.report, reports.name, reports.outlet, reports.title).where(reports.report.in_(ids))
    found = {str(row["report"]): head(row["title"], row["outlet"], row["name"]) for row in desk.rows(query)}
    return found if veil is None else {key: veil.words(name, key) for key, name in found.items()}
