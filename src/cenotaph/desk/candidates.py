"""Which other incident one may be the same as: those of its place, days and harms first, or those that are looked for.

All of it is found by indexes of the desk's tables, and every step is bounded: nothing here loads a claim.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from cenotaph.desk import tables
from cenotaph.desk.incident_rows import harms
from cenotaph.desk.incidents import apart, find, titled
from cenotaph.desk.one_incident import One
from cenotaph.desk.search_asked import matched
from cenotaph.desk.wanted import wanted

__all__ = ["MOST", "Candidate", "Looked", "candidates"]

MOST = 20
"""Incidents to choose from; what is meant beyond them is looked for, or named by its code or id."""
POOL = 60
"""Incidents that each index gives to be compared."""
REPORTS = 200
"""Reports with the words that are looked for, of which the incidents are shown."""
NEAR = 3
"""Days by which two incidents may lie apart to be shown for their days; a report may say the day after. Our choice."""

Row = Mapping[str, Any]
_NO_DAY = 10_000


@dataclass(frozen=True, slots=True)
class Looked:
    """What is looked for; "" asks nothing. `day` is a day that the incident holds."""

    words: str = ""
    place: str = ""
    day: str = ""

    @property
    def any(self) -> bool:
        return bool(self.words or self.place or self.day)


@dataclass(frozen=True, slots=True)
class Candidate:
    """An incident as the list of them shows it, masked, and `alike`: what it has in common with the one at hand.

    `holds` tells that one of the two is the episode of the other, so that they can not be merged.
    """

    row: Row
    alike: tuple[str, ...]
    holds: bool = False


def candidates(one: One, looked: Looked | None = None) -> list[Candidate]:
    """The incidents that it may be the same as, the likeliest first; among those that are looked for."""
    asked = looked or Looked()
    pool = _looked_for(one, asked) if asked.any else _around(one)
    rows = {str(row["incident"]): row for row in pool if row["incident"] != one.id}
    paths = _paths(one, {str(row["place"]) for row in (*rows.values(), one.row)})
    shared = _sharing(one, rows)
    ranked = sorted(
        ((_alike(one.row, row, paths, key in shared), row) for key, row in rows.items()),
        key=lambda pair: (
            _holds(one.row, pair[1]),
            -sum(_WEIGHT[word] for word in pair[0]),
            _apart(one.row, pair[1]),
            -int(pair[1]["claims"]),
        ),
    )
    return [Candidate(titled(row, one.veil), alike, _holds(one.row, row)) for alike, row in ranked[:MOST]]


def _holds(one: Row, other: Row) -> bool:
    return bool(one["parent"] == other["incident"] or other["parent"] == one["incident"])


# --- those around it --------------------------------------------------------------------------------------------------


def _around(one: One) -> Iterable[Row]:
    table = tables.incidents.c
    row, first = one.row, str(one.row["first"])
    top = str(row["parent"]) or one.id
    yield from _some(one, table.parent == top, order=table.claims.desc())
    if row["place"]:
        here = table.place == row["place"]
        yield from _some(one, here, table.first >= first, order=table.first)
        yield from _some(one, here, table.first < first, order=table.first.desc())
    if first:
        day = dt.date.fromisoformat(first)
        near = [(day + dt.timedelta(days=many)).isoformat() for many in range(-NEAR, NEAR + 1)]
        for each in sorted(near, key=lambda other: abs((dt.date.fromisoformat(other) - day).days)):
            yield from _some(one, table.first == each, order=table.first)


def _some(one: One, *where: sa.ColumnElement[bool], order: Any, most: int = POOL) -> list[Row]:
    table = tables.incidents
    name = sa.select(tables.places.c.name).where(tables.places.c.place == table.c.place)
    named = name.correlate(table).scalar_subquery().label("place_name")
    return apart(one.desk, one.desk.rows(sa.select(table, named).where(*where).order_by(order).limit(most)))


# --- those that are looked for ----------------------------------------------------------------------------------------


def _looked_for(one: One, asked: Looked) -> list[Row]:
    """By an id or a code the one that goes by it; else what has all that is asked."""
    if asked.words and (known := find(one.desk, asked.words)) is not None:
        return [known]
    table, where = tables.incidents.c, list[sa.ColumnElement[bool]]()
    if any(one.words(said) != said for said in (asked.words, asked.place)):
        return []  # a name that must not be shown leads nowhere, whether it is there or not
    if asked.place:
        places = tables.places.c
        named = [places[name].icontains(asked.place, autoescape=True) for name in ("name", "path", "place")]
        where.append(table.place.in_(sa.select(places.place).where(sa.or_(*named)).limit(POOL * MOST)))
    if asked.day:
        lasts = sa.or_(table.last >= asked.day, sa.and_(table.last == "", table.kind == "episode"))
        where.append(sa.and_(table.first != "", table.first <= asked.day, lasts))
    if not asked.words:
        return _some(one, *where, order=table.first.desc())
    titles = [table.title.icontains(word, autoescape=True) for word in asked.words.split()]
    found = _some(one, *where, *titles, order=table.claims.desc())
    told = _told_of(one, asked.words)
    return [*found, *(_some(one, *where, table.incident.in_(told), order=table.claims.desc()) if told else ())]


def _told_of(one: One, words: str) -> list[str]:
    """The incidents of which reports tell that hold these words, by the full text; the newest reports."""
    claims, reports = tables.claims.c, tables.reports.c
    with one.desk.case.told(), one.desk.case.engine.connect() as connection:
        asked = wanted(connection, words, one.veil)
        if asked.nothing or not asked.parts:
            return []
        key = reports.position if connection.dialect.name == "sqlite" else reports.report
        some = sa.select(reports.report).where(key.in_(matched(connection, asked)), reports.newest == 1)
        found = some.order_by(reports.published.desc()).limit(REPORTS)
        query = sa.select(claims.incident).where(claims.report.in_(found), claims.incident != "").distinct()
        return [str(each) for each in connection.execute(query.limit(POOL)).scalars()]


# --- what two have in common ------------------------------------------------------------------------------------------

_WEIGHT = {
    "same place": 4, "within its place": 2, "same area": 1, "same day": 4, "near day": 2, "same harm": 1,
    "same episode": 1,
}  # fmt: skip


def _alike(one: Row, other: Row, paths: Mapping[str, Sequence[str]], harm: bool) -> tuple[str, ...]:
    days = _apart(one, other)
    found = (
        _placed(one, other, paths),
        "same day" if days == 0 else "near day" if days <= NEAR else "",
        "same harm" if harm else "",
        "same episode" if one["group"] == other["group"] and not _holds(one, other) else "",
    )
    return tuple(word for word in found if word)


def _placed(one: Row, other: Row, paths: Mapping[str, Sequence[str]]) -> str:
    if one["place"] and one["place"] == other["place"]:
        return "same place"
    mine, theirs = paths.get(str(one["place"]), ()), paths.get(str(other["place"]), ())
    shared = sum(1 for _ in _common(mine, theirs))
    if shared and shared in (len(mine), len(theirs)) and shared > 1:
        return "within its place"
    return "same area" if shared > 1 else ""


def _common(one: Sequence[str], other: Sequence[str]) -> Iterable[str]:
    for mine, theirs in zip(one, other, strict=False):
        if mine != theirs:
            return
        yield mine


def _apart(one: Row, other: Row) -> int:
    """Days between the two; 0 where their days meet."""
    spans = []
    for row in (one, other):
        with suppress(ValueError):
            first = dt.date.fromisoformat(str(row["first"]))
            last = dt.date.fromisoformat(str(row["last"])) if row["last"] else first
            spans.append((first, last))
    if len(spans) < 2:
        return _NO_DAY
    (a, b), (c, d) = spans
    return max(0, (c - b).days, (a - d).days)


def _paths(one: One, keys: Iterable[str]) -> dict[str, tuple[str, ...]]:
    places = tables.places.c
    query = sa.select(places.place, places.path).where(places.place.in_(sorted(keys)))
    return {str(row["place"]): tuple(each for each in str(row["path"]).split(" > ") if each)
            for row in one.desk.rows(query)}  # fmt: skip


def _sharing(one: One, rows: Mapping[str, Row]) -> set[str]:
    """Those that tell of a harm which this one tells of."""
    codes = one.raw_incident.scope.harm.codes
    query = sa.select(harms.c.incident).where(harms.c.harm.in_(codes), harms.c.incident.in_(sorted(rows)))
    return {str(each) for each in one.desk.rows(query.distinct(), scalars=True)}
