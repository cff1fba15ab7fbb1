"""Incidents and episodes, those first of which most is told: a page of them at a time."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import sqlalchemy as sa

from cenotaph.desk import Desk, tables
from cenotaph.desk.incident_rows import harms
from cenotaph.desk.told_apart import incidents_apart, shown
from cenotaph.publish.veil import Veil

__all__ = [
    "BELOW", "PAGE", "READ", "Asked", "Incidents", "Row", "apart", "below", "find", "harms_told", "incidents", "meant",
    "titled", "with_places",
]  # fmt: skip

PAGE = 30
"""Episodes, and incidents that are in none, on one page."""
BELOW = 6
"""Incidents that the list shows under their episode; the page of the episode has all."""
READ = ("unread", "read")

Row = Mapping[str, Any]
_ID = re.compile(r"[a-z]+:\S+")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a list is narrowed to; "" asks nothing. `since` and `until` are days, `read` is one of READ."""

    harm: str = ""
    place: str = ""
    since: str = ""
    until: str = ""
    read: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class Incidents:
    """Some lines, masked, each with the first incidents `below` it; `total` are all that were asked for."""

    lines: Sequence[Row]
    first: int
    total: int


def incidents(desk: Desk, asked: Asked | None = None, first: int = 0, *, unmasked: bool = False) -> Incidents:
    """Episodes and incidents that are in none. One is listed where it, or an incident in it, is what was asked for."""
    table, first = tables.incidents, max(0, first)
    wanted = meant(asked or Asked())
    tops = [table.c.parent == ""]
    if wanted:
        inside = sa.select(table.c.parent).where(table.c.parent != "", *wanted)
        tops.append(sa.or_(sa.and_(*wanted), table.c.incident.in_(inside)))
    total = int(desk.rows(sa.select(sa.func.count()).select_from(table).where(*tops), scalars=True)[0])
    query = sa.select(table, _name()).where(*tops).order_by(table.c.claims.desc(), table.c.incident)
    found = apart(desk, desk.rows(query.limit(PAGE).offset(first)))
    under = _under(desk, [str(one["incident"]) for one in found if one["within"]], wanted)
    veil = None if unmasked else desk.veil
    lines = [
        {**titled(one, veil), "below": [titled(each, veil) for each in under.get(str(one["incident"]), ())]}
        for one in found
    ]
    return Incidents(lines, first, total)


def below(desk: Desk, episode: str, *, unmasked: bool = False, most: int = 500) -> list[Row]:
    """The incidents of an episode, those first of which most is told."""
    veil = None if unmasked else desk.veil
    table = tables.incidents
    query = sa.select(table, _name()).where(table.c.parent == episode)
    query = query.order_by(table.c.claims.desc(), table.c.incident)
    return [titled(one, veil) for one in apart(desk, desk.rows(query.limit(most)))]


def find(desk: Desk, name: str) -> Row | None:
    """The row of an incident by its id, its code, or a code that leads to it since a merge; as it is stored."""
    table = tables.incidents
    if "\0" in name:  # where SQL would end it
        return None
    if name and (found := desk.rows(_by_id(), {"incident": name})):
        return dict(apart(desk, found)[0])
    once = sa.literal(" ") + table.c.once + " "
    for where in (table.c.code == name, once.contains(f" {name} ", autoescape=True)):
        if name and (found := desk.rows(sa.select(table, _name()).where(where).limit(1))):
            return dict(apart(desk, found)[0])
    return None


def with_places(desk: Desk, where: sa.ColumnElement[bool]) -> Sequence[Row]:
    """Some rows, each with the name of its place, as they are stored."""
    return apart(desk, desk.rows(sa.select(tables.incidents, _name()).where(where)))


def apart(desk: Desk, rows: Sequence[Row]) -> list[Row]:
    """The rows, each with what tells its place `apart` from others whose name is in titles too."""
    known = incidents_apart(desk)
    return [{**one, "apart": known.get(str(one["place"]), ())} for one in rows]


@cache
def _by_id() -> sa.Select[Any]:
    return sa.select(tables.incidents, _name()).where(tables.incidents.c.incident == sa.bindparam("incident"))


def titled(row: Row, veil: Veil | None) -> dict[str, Any]:
    """A row as it may be shown. The name of a place in the gazetteer is nobody's, even where a witness is called so."""
    if veil is None:
        return dict(row)
    row = {**row, "apart": shown(row.get("apart", ()), veil)}
    title, name = str(row["title"]), str(row["place_name"] or "")
    if not name or not _ID.fullmatch(str(row["place"])):  # no name of a gazetteer: words of a report
        return {**row, "title": veil.words(title), "place_name": veil.words(name)}
    return {**row, "title": name.join(map(veil.words, title.split(name)))}


def harms_told(desk: Desk) -> list[str]:
    """The codes of the harms that are told of in this case."""
    with desk.case.told(), desk.case.engine.connect() as connection:
        return list(json.loads(tables.value(connection, "harms", "[]")))


# --- asking -----------------------------------------------------------------------------------------------------------


def _name() -> sa.Label[Any]:
    places = tables.places.c
    found = sa.select(places.name).where(places.place == tables.incidents.c.place)
    return found.correlate(tables.incidents).scalar_subquery().label("place_name")


def meant(asked: Asked) -> list[sa.ColumnElement[bool]]:
    """What it asks of the rows of incidents."""
    one = tables.incidents.c
    found: list[sa.ColumnElement[bool]] = []
    if asked.harm:
        found.append(one.incident.in_(sa.select(harms.c.incident).where(harms.c.harm == asked.harm)))
    if asked.place:
        places = tables.places.c
        named = [places[name].icontains(asked.place, autoescape=True) for name in ("name", "path")]
        found.append(one.place.in_(sa.select(places.place).where(sa.or_(*named))))
    if asked.since:  # an episode has no last day, and may go on
        lasts = sa.or_(one.last >= asked.since, sa.and_(one.last == "", one.kind == "episode"))
        found.append(sa.and_(one.first != "", sa.or_(lasts, one.first >= asked.since)))
    if asked.until:
        found.append(sa.and_(one.first != "", one.first <= asked.until))
    if asked.read in READ:
        found.append(one.read > 0 if asked.read == "read" else one.read == 0)
    if asked.code:
        once = sa.literal(" ") + one.once + " "
        found.append(sa.or_(one.code == asked.code, once.contains(f" {asked.code} ", autoescape=True)))
    return found


def _under(desk: Desk, tops: Sequence[str], meant: Sequence[sa.ColumnElement[bool]]) -> Mapping[str, list[Row]]:
    """The first incidents of each episode; where a list is narrowed, those that are meant come first."""
    table = tables.incidents
    fits = [sa.case((sa.and_(*meant), 0), else_=1)] if meant else []
    order = (*fits, table.c.claims.desc(), table.c.incident)
    turn = sa.func.row_number().over(partition_by=table.c.parent, order_by=order).label("turn")
    ranked = sa.select(table, _name(), turn).where(table.c.parent.in_(tops)).subquery()
    query = sa.select(ranked).where(ranked.c.turn <= BELOW).order_by(ranked.c.turn)
    found: dict[str, list[Row]] = defaultdict(list)
    for row in apart(desk, desk.rows(query)) if tops else ():
        found[str(row["parent"])].append(row)
    return found
