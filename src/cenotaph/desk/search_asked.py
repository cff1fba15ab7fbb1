"""What a search asks for, and the conditions on the desk's tables that it comes to."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any, Literal

import sqlalchemy as sa

from cenotaph.case import CaseError
from cenotaph.desk import Desk, tables
from cenotaph.desk.kept import kept
from cenotaph.desk.wanted import Wanted, wanted
from cenotaph.publish.veil import Veil

__all__ = [
    "KINDS", "ORDERS", "READ", "Asked", "asked", "claims_where", "hidden_in", "matched", "on_claims", "on_reports",
]  # fmt: skip

Kind = Literal["reports", "claims"]
KINDS: tuple[Kind, ...] = ("reports", "claims")
ORDERS = ("rank", "day")
READ = ("machine", "once", "twice")


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
    """What a form or an address asks. Raises CaseError for a day that is none."""
    one = Asked(**{key: value.strip()[:300] for key, value in said.items() if key in Asked.__dataclass_fields__})  # type: ignore[arg-type]
    for name in ("first", "last"):
        if getattr(one, name):
            _day(getattr(one, name))
    kind: Kind = "claims" if one.kind == "claims" else "reports"
    return replace(one, kind=kind, order=one.order if one.order in ORDERS else "rank")


def _day(said: str) -> None:
    try:
        dt.date.fromisoformat(said)
    except ValueError:
        raise CaseError(f"{said!r} is no day; write it as 2025-03-08") from None


def claims_where(
    desk: Desk, connection: sa.Connection, one: Asked, veil: Veil | None
) -> list[sa.ColumnElement[bool]] | None:
    """The conditions on desk_claims of what was asked; None where nothing can be found."""
    words = wanted(connection, one.q, veil)
    if words.nothing or hidden_in(one, veil):
        return None
    where = on_claims(desk, one)
    on_report = on_reports(one)
    if on_report:
        where.append(tables.claims.c.report.in_(sa.select(tables.reports.c.report).where(*on_report)))
    return [*where, *([in_words(connection, words)] if words.parts else [])]


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
    for column, said in ((claims.status, one.status), (claims.root, one.root), (claims.outlet, one.outlet)):
        if said:
            where.append(of(column) == said)
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


def _inside(place: str) -> sa.ColumnElement[bool]:
    """A place by its key or its path, and all whose path goes through it."""
    places = tables.places.c
    path = sa.select(places.path).where(places.place == place, places.path != "").scalar_subquery()
    whole = sa.func.coalesce(path, place)
    deeper = sa.func.substr(places.path, 1, sa.func.length(whole) + 3) == whole.concat(" > ")
    return sa.or_(places.place == place, places.path == whole, deeper)


def on_reports(one: Asked) -> list[sa.ColumnElement[bool]]:
    reports, where = tables.reports.c, list[sa.ColumnElement[bool]]()
    where += [reports.state == one.state] if one.state else []
    where += [reports.language == one.language] if one.language else []
    return where


def matched(connection: sa.Connection, words: Wanted) -> sa.Select[Any]:
    """What tells the reports that hold the words: positions on SQLite, ids on PostgreSQL."""
    if connection.dialect.name == "sqlite":
        told = sa.text(f"SELECT rowid AS key FROM {tables.FULL_TEXT} WHERE {tables.FULL_TEXT} MATCH :words")
        return sa.select(told.bindparams(words=words.sqlite).columns(sa.column("key", sa.Integer)).subquery().c.key)
    told = sa.text(f"SELECT report AS key FROM {tables.FULL_TEXT} WHERE words @@ CAST(:words AS tsquery)")
    return sa.select(told.bindparams(words=words.postgres).columns(sa.column("key", sa.Text)).subquery().c.key)


def in_words(connection: sa.Connection, words: Wanted) -> sa.ColumnElement[bool]:
    """Of a claim: that its report holds the words."""
    found = matched(connection, words)
    if connection.dialect.name == "sqlite":
        found = sa.select(tables.reports.c.report).where(
            tables.reports.c.position.in_(found), tables.reports.c.newest == 1
        )
    return tables.claims.c.report.in_(found)
