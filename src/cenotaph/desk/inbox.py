"""What came in: reports with what each repeats and what is new in it, a page at a time."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from cenotaph.desk import Desk, tables
from cenotaph.desk.inbox_rows import STATES
from cenotaph.publish.veil import Veil

__all__ = ["PAGE", "Inbox", "inbox", "of_state"]

PAGE = 50
"""Reports on one page."""


@dataclass(frozen=True, slots=True)
class Inbox:
    """Some lines of the inbox, masked; how many there are in this state, and in each."""

    lines: Sequence[Mapping[str, Any]]
    first: int
    total: int
    states: Mapping[str, int]


def inbox(desk: Desk, state: str = "", first: int = 0, *, unmasked: bool = False) -> Inbox:
    """The newest versions of what came in, in that order; of one state, or of all where it is ""."""
    reports = tables.reports
    where = [reports.c.newest == 1, *([reports.c.state == state] if state else [])]
    states = _states(desk)
    query = sa.select(reports).where(*where).order_by(reports.c.position).limit(PAGE).offset(max(0, first))
    veil = None if unmasked else desk.veil
    lines = [_line(row, veil) for row in desk.rows(query)]
    names = _names(desk, {one["copy_of"] for one in lines if one["copy_of"]}, veil)
    total = states.get(state, 0) if state else sum(states.values())
    return Inbox([{**one, "copy_name": names.get(one["copy_of"], "")} for one in lines], max(0, first), total, states)


def of_state(desk: Desk, state: str, most: int) -> list[str]:
    """The ids of the reports in one state, the first of them."""
    reports = tables.reports.c
    query = sa.select(reports.report).where(reports.newest == 1, reports.state == state)
    return [str(one) for one in desk.rows(query.order_by(reports.position).limit(most), scalars=True)]


def _states(desk: Desk) -> Mapping[str, int]:
    reports = tables.reports.c
    query = sa.select(reports.state, sa.func.count().label("count")).where(reports.newest == 1)
    found = {row["state"]: int(row["count"]) for row in desk.rows(query.group_by(reports.state))}
    return {one: found.get(one, 0) for one in STATES}


def _line(row: Mapping[str, Any], veil: Veil | None) -> dict[str, Any]:
    """A row as it may be shown."""
    told = json.loads(row["says"])
    if veil is None:
        return {**row, "says": told}
    report = str(row["report"])
    shown = {key: veil.words(str(row[key]), report) for key in ("name", "outlet", "title")}
    says = [{**one, **{key: veil.words(str(one[key]), report) for key in ("root", "words")}} for one in told]
    return {**row, **shown, "url": veil.hidden.mask.address(str(row["url"])), "says": says}


def _names(desk: Desk, ids: set[str], veil: Veil | None) -> Mapping[str, str]:
    reports = tables.reports.c
    query = sa.select(reports.report, reports.name, reports.outlet, reports.title).where(reports.report.in_(ids))
    found = {str(row["report"]): str(row["title"] or row["outlet"] or row["name"]) for row in desk.rows(query)}
    return found if veil is None else {key: veil.words(name, key) for key, name in found.items()}
