"""What a search asks for, and the conditions on the desk's tables that it comes to."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any, Literal

import sqlalchemy as sa

from cenotaph.case import CaseError
from cenotaph.desk import Desk, tables
from cenotaph.desk.among import among
from cenotaph.desk.as_shown import LOOKED_THROUGH, no_hits
from cenotaph.desk.kept import kept
from cenotaph.desk.spelling import tokens
from cenotaph.desk.typed import READ, typed
from cenotaph.desk.wanted import Part, Wanted, wanted
from cenotaph.gazetteer import Gazetteer
from cenotaph.publish.veil import Veil

__all__ = [
    "KINDS", "ORDERS", "READ", "Asked", "asked", "claims_where", "given", "hidden_in", "in_words", "matched",
    "on_claims", "on_reports",
]  # fmt: skip

Kind = Literal["reports", "claims"]
KINDS: tuple[Kind, ...] = ("reports", "claims")
ORDERS = ("rank", "day")


FILTERS = ("harm", "status", "root", "outlet", "place", "first", "last", "read", "state", "language")


@dataclass(frozen=True, slots=True)
class Asked:
    """What is looked for; "" is any. `first` and `last` bound the first of the days that a claim speaks of. `place` is
    a path ("Syria > Tartus") or the key of one place, and means all inside it.
    """

    q: str = ""
    kind: Kind = "reports"
    harm: str = ""
    status: str = ""
    root: str = ""
    outlet: str = ""
    place: str = ""
    first: str = ""
    last: str = ""
    read: str = ""
    state: str = ""
    language: str = ""
    order: str = "rank"

    @property
    def of_claims(self) -> bool:
        """Whether it asks for anything that claims say."""
        return any((self.harm, self.status, self.root, self.place, self.first, self.last, self.read))


def asked(**said: str) -> Asked:
    """What a form or an address asks; filters that stand in its line are taken from there. Raises CaseError for a day
    that is none.

    >>> asked(q="shelling place:Tartus after:2025-03").place, asked(q="harm:killed after:yesterday").q
    ('Tartus', 'after:yesterday')
    """
    one = Asked(**{key: value.strip()[:300] for key, value in said.items() if key in Asked.__dataclass_fields__})  # type: ignore[arg-type]
    line = typed(one.q, given(one))
    one = replace(one, q=line.rest, **dict(line.fields)) if line.rest != one.q else one  # type: ignore[arg-type]
    days: dict[str, Any] = {name: _day(getattr(one, name)) for name in ("first", "last") if getattr(one, name)}
    kind: Kind = "claims" if one.kind == "claims" else "reports"
    return replace(one, kind=kind, order=one.order if one.order in ORDERS else "rank", **days)


def given(one: Asked) -> tuple[tuple[str, str], ...]:
    """The filters that it has, without those words that look like filters in its line."""
    return tuple((name, getattr(one, name)) for name in FILTERS if getattr(one, name))


def _day(said: str) -> str:
    """The day as days are compared, whichever form of ISO 8601 it was written in."""
    try:
        return dt.date.fromisoformat(said).isoformat()
    except ValueError:
        raise CaseError(f"{said!r} is no day; write it as 2025-03-08") from None


def claims_where(
    desk: Desk, connection: sa.Connection, one: Asked, veil: Veil | None, words: Wanted | None = None
) -> list[sa.ColumnElement[bool]] | None:
    """The conditions on desk_claims of what was asked; None where nothing can be found. `words` are those of its line,
    where they are in hand.
    """
    words = wanted(connection, one.q, veil) if words is None else words
    if words.nothing or hidden_in(one, veil):
        return None
    where = on_claims(desk, one)
    on_report = on_reports(one)
    if on_report:
        where.append(tables.claims.c.report.in_(sa.select(tables.reports.c.report).where(*on_report)))
    if words:
        held = [tables.reports.c.newest == 1, *in_words(connection, words, veil)]
        where.append(tables.claims.c.report.in_(sa.select(tables.reports.c.report).where(*held)))
        hiding = {*_hiding(connection, words, veil), *_hiding(connection, words.others, veil)}
        if gone := no_hits(connection, words, veil, held, hiding):
            where.insert(-1, sa.not_(among(connection, tables.claims.c.report, gone)))
    return where


# --- conditions ------------------------------------------------------------------------------------------------------


def hidden_in(one: Asked, veil: Veil | None) -> bool:
    """Whether a filter names somebody whom the veil hides: then there is nothing, whether there was or not."""
    return veil is not None and any(veil.words(said) != said for said in (one.root, one.outlet) if said)


def on_claims(desk: Desk, one: Asked, *, along: bool = False) -> list[sa.ColumnElement[bool]]:
    """`along` another index: then none is used for what is asked here, each claim that comes is looked at."""
    claims, where = tables.claims.c, list[sa.ColumnElement[bool]]()

    def of(column: sa.ColumnElement[str]) -> sa.ColumnElement[str]:
        return column.concat("") if along else column

    if one.harm:
        where.append(of(claims.harm).in_(_with_harm(desk, one.harm)))
    if one.status:
        where.append(of(claims.status) == one.status)
    where += [of(claims.root).in_(_spelled(desk, tables.roots.c.root, one.root))] if one.root else []
    where += [of(claims.outlet).in_(_spelled(desk, tables.carriers.c.outlet, one.outlet))] if one.outlet else []
    if one.place:
        where.append(of(claims.place).in_(sa.select(tables.places.c.place).where(_inside(one.place))))
    if one.first or one.last:
        where.append(claims.first >= (one.first or "0"))
        where += [claims.first <= one.last] if one.last else []
    if one.read in READ:
        at, reads = READ.index(one.read), claims.reads + 0 if along else claims.reads
        where.append(reads >= 2 if at == 2 else reads == at)
    return where


def _with_harm(desk: Desk, harm: str) -> list[str]:
    """One harm by itself, and where it is one of several ("killed or injured")."""
    all_harms = kept(desk, "harms", lambda: desk.rows(sa.select(tables.days.c.harm).distinct(), scalars=True))
    return [one for one in map(str, all_harms) if harm in one.split(" or ")]


def _spelled(desk: Desk, column: sa.ColumnElement[str], said: str) -> list[str]:
    """The names of roots or outlets that are this one but for capitals; itself where there is none."""
    query = sa.select(column).where(sa.func.lower(column) == said.lower()).distinct()
    found = kept(desk, ("spelled", str(column), said), lambda: desk.rows(query, scalars=True))
    return [*map(str, found)] or [said]


def _inside(place: str) -> sa.ColumnElement[bool]:
    """A place by its key, its path, or its name in any language of the gazetteer, and all that lies in it."""
    places, outer = tables.places.c, tables.places.alias("outer_places")
    ids = [one.id for one in Gazetteer.embedded().find(place)] if " > " not in place else []
    named = sa.or_(outer.c.place.in_([place, *ids]), sa.func.lower(outer.c.name) == place.lower())
    paths = sa.select(outer.c.path).where(named, outer.c.path != "").subquery()
    deeper = sa.func.substr(places.path, 1, sa.func.length(paths.c.path) + 3) == paths.c.path.concat(" > ")
    through = sa.exists().where(sa.or_(places.path == paths.c.path, deeper)).correlate(tables.places)
    below = sa.func.substr(places.path, 1, len(place) + 3) == f"{place} > "
    return sa.or_(places.place.in_([place, *ids]), places.path == place, below, through)


def on_reports(one: Asked) -> list[sa.ColumnElement[bool]]:
    reports, where = tables.reports.c, list[sa.ColumnElement[bool]]()
    where += [reports.state == one.state] if one.state else []
    where += [reports.language == one.language] if one.language else []
    return where


_KEY: sa.ColumnClause[Any] = sa.column("key", sa.Integer)
_ID: sa.ColumnClause[Any] = sa.column("key", sa.Text)


def matched(connection: sa.Connection, words: Wanted) -> sa.Select[Any]:
    """What tells the reports that hold the words: positions on SQLite, ids on PostgreSQL."""
    if connection.dialect.name == "sqlite":
        told = sa.text(f"SELECT rowid AS key FROM {tables.FULL_TEXT} WHERE {tables.FULL_TEXT} MATCH :words")
        line, key = words.sqlite, _KEY
    else:
        told = sa.text(f"SELECT report AS key FROM {tables.FULL_TEXT} WHERE words @@ CAST(:words AS tsquery)")
        line, key = words.postgres, _ID
    return sa.select(told.bindparams(sa.bindparam("words", line, unique=True)).columns(key).subquery().c.key)


def _hiding(connection: sa.Connection, words: Wanted, veil: Veil | None) -> list[str]:
    """The reports that may hold the words only in what is hidden as a whole: in the description of a witness, or in
    words that people protect ("the baker of ...").
    """
    if veil is None or not words.may_be_behind(veil):
        return []
    reports, looked_for = (
        tables.reports.c,
        {word for part in words.parts for form in part.forms for word in form.split()},
    )
    told = [said for said in map(tokens, veil.hidden.phrases) if not looked_for.isdisjoint(said)]
    if not told:
        return words.behind(veil)
    on = reports.position if connection.dialect.name == "sqlite" else reports.report
    whole = Wanted((Part(tuple(" ".join(said) for said in told)),))
    query = sa.select(reports.report).where(on.in_(matched(connection, whole))).limit(LOOKED_THROUGH)
    return [*words.behind(veil), *map(str, connection.execute(query).scalars())]


def in_words(connection: sa.Connection, words: Wanted, veil: Veil | None) -> list[sa.ColumnElement[bool]]:
    """Of a report: that it holds the words, and none of those that it must not hold. One that may hold such a word only
    in what is hidden is not left out: it is looked at as it is shown.
    """
    reports = tables.reports.c
    on = reports.position if connection.dialect.name == "sqlite" else reports.report
    found: list[sa.ColumnElement[bool]] = [on.in_(matched(connection, words))] if words.parts else []
    if words.without:
        unlike = on.not_in(matched(connection, words.others))
        behind = _hiding(connection, words.others, veil)
        found.append(sa.or_(unlike, reports.report.in_(behind)) if behind else unlike)
    return found
