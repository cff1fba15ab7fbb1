"""Voices and persons of a whole case, one row each: what the pages about people are drawn from.

A voice goes by a handle of chance letters, so that somebody who is protected can be cared for by a page that does not
say who it is.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy import Column, Connection, Index, Integer, Table, Text

from cenotaph.case import cache
from cenotaph.case import tables as built
from cenotaph.case.decisions import LINKING
from cenotaph.case.part import Part
from cenotaph.case.tables import writing
from cenotaph.case.victims import SAME_PERSON, Victim, mentioned, victims
from cenotaph.desk import history, tables
from cenotaph.sheets_in import Listed
from cenotaph.vocabulary import Claim, Decision, Rooted

if TYPE_CHECKING:
    from cenotaph.case import Case

__all__ = ["level", "listed", "persons", "rows_of", "speakers", "with_rows"]

BATCH = 500
LEVEL, SALT = "persons", "salt"
"""In desk_meta: for which stamp these tables were made, and what the handles are made with."""

speakers = Table(
    "desk_speakers", tables.metadata,
    Column("handle", Text, primary_key=True), Column("name", Text, nullable=False),
    Column("canonical", Text, nullable=False), Column("kind", Text, nullable=False),
    Column("connection", Text, nullable=False), Column("protected", Integer, nullable=False),
    Column("anonymous", Integer, nullable=False), Column("claims", Integer, nullable=False),
    Column("report", Text, nullable=False),  # one in which it speaks
    Index("desk_speakers_claims", "claims"), Index("desk_speakers_kind", "kind", "claims"),
    Index("desk_speakers_name", "name"), Index("desk_speakers_canonical", "canonical"),
)  # fmt: skip

persons = Table(
    "desk_persons", tables.metadata,
    Column("victim", Text, primary_key=True), Column("position", Integer, nullable=False),
    Column("name", Text, nullable=False), Column("protected", Integer, nullable=False),
    Column("fate", Text, nullable=False),  # the last one told
    Column("rows", Integer, nullable=False), Column("data", Text, nullable=False),
    Index("desk_persons_position", "position"), Index("desk_persons_fate", "fate", "position"),
)  # fmt: skip

rows_of = Table(
    "desk_persons_rows", tables.metadata,
    Column("row", Text, primary_key=True), Column("victim", Text, nullable=False),
)  # fmt: skip

MADE = (speakers, persons, rows_of)


def listed(data: str) -> tuple[Listed, ...]:
    """The rows that a person's `data` holds."""
    found: tuple[Listed, ...] = cache.unpacked(tuple[Listed, ...], data)
    return found


def level(case: Case) -> None:
    """Makes them again whenever the other tables changed."""
    with case.engine.connect() as connection:
        stamp = tables.value(connection, tables.STAMP, "0")
        there = sa.inspect(connection).has_table(persons.name)
        if there and tables.value(connection, LEVEL) == stamp:
            return
        salt = tables.value(connection, SALT) or secrets.token_hex(16)
        voices = list(_speakers(connection, salt))
    people = victims([*_lists(case), *_mentioned(case)], history.of(case).standing)
    with writing(case.engine) as connection:
        for table in MADE:
            table.create(connection, checkfirst=True)
            connection.execute(sa.delete(table))
        _insert(connection, speakers, voices)
        _insert(connection, persons, [_person(one, at) for at, one in enumerate(people)])
        _insert(connection, rows_of, [{"row": row.id, "victim": one.id} for one in people for row in one.rows])
        tables.put(connection, SALT, salt)
        tables.put(connection, LEVEL, stamp)


def _insert(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    key = next(iter(table.primary_key.columns)).name
    unique = list({row[key]: dict(row) for row in rows}.values())
    for start in range(0, len(unique), BATCH):
        connection.execute(sa.insert(table), unique[start : start + BATCH])


# --- voices -----------------------------------------------------------------------------------------------------------


def _speakers(connection: Connection, salt: str) -> Iterator[Mapping[str, Any]]:
    voices = tables.voices.c
    query = sa.select(
        voices.name, voices.canonical, sa.func.max(voices.kind).label("kind"),
        sa.func.max(voices.connection).label("connection"), sa.func.max(voices.protected).label("protected"),
        sa.func.max(voices.anonymous).label("anonymous"), sa.func.sum(voices.claims).label("claims"),
        sa.func.min(voices.report).label("report"),
    ).group_by(voices.name, voices.canonical)  # fmt: skip
    for row in connection.execute(query).mappings():
        told = f"{salt}\x1f{row['name']}\x1f{row['canonical']}"
        yield {**row, "handle": hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:16]}


# --- persons ----------------------------------------------------------------------------------------------------------


def _lists(case: Case) -> list[Listed]:
    return case.listed() if case.settings.sheets else []


NAMES = '%"names":["%'
"""How a claim that names somebody looks in the store; the few others that fit are sorted out after."""


def _mentioned(case: Case) -> Iterator[Listed]:
    """Each person whom a claim names, in that claim's incident; only claims that name anybody are looked at."""
    desk, read = tables.claims.c, built.claims.c
    data = sa.func.coalesce(desk.data, read.data)
    query = (
        sa.select(desk.claim, desk.incident, data.label("data"))
        .select_from(tables.claims.outerjoin(built.claims, read.id == desk.claim))
        .where(sa.or_(desk.data.like(NAMES), sa.and_(desk.data.is_(None), read.data.like(NAMES))))
        .order_by(desk.published, desk.report, desk.start, desk.claim)
    )
    with case.engine.connect() as connection:
        found = {row.claim: row for row in connection.execute(query)}
        roots = _roots(connection, list(found))
    claims = [cache.unpacked(Claim, row.data) for row in found.values()]
    home = {key: str(row.incident) for key, row in found.items()}
    for one in mentioned(claims, roots, ()):
        yield replace(one, incident=home.get(one.fate.claim, "") if one.fate else "")


def _roots(connection: Connection, ids: Sequence[str]) -> dict[str, Rooted]:
    found: dict[str, Rooted] = {}
    for start in range(0, len(ids), BATCH):
        query = sa.select(built.rooted.c.id, built.rooted.c.data)
        for row in connection.execute(query.where(built.rooted.c.id.in_(ids[start : start + BATCH]))):
            found[row.id] = cache.unpacked(Rooted, row.data)
    return found


def _person(one: Victim, at: int) -> Mapping[str, Any]:
    last = one.fates[-1].what if one.fates else ""
    return {
        "victim": one.id, "position": at, "name": one.name, "protected": int(one.protected), "fate": last,
        "rows": len(one.rows), "data": cache.packed(one.rows),
    }  # fmt: skip


# --- whether two rows are one person ----------------------------------------------------------------------------------


@dataclass
class Paired(Part):
    """A part that knows these rows of persons, where another asks the whole case for all of them."""

    rows: tuple[str, ...] = ()

    def victims(self) -> list[Victim]:
        query = sa.select(rows_of.c.row, persons.c.data).join(persons, persons.c.victim == rows_of.c.victim)
        with self.case.told(), self.case.engine.connect() as connection:
            found = connection.execute(query.where(rows_of.c.row.in_(self.rows))).all()
        held = {one.id: one for _, data in found for one in listed(data)}
        return [Victim((held[row],)) for row, _ in found]


def with_rows(part: Part, decisions: Sequence[Decision]) -> Part:
    """The part that decisions are checked on; where they say that rows are of one person or of two, those rows are all
    that is known of persons.
    """
    said = [one for one in decisions if one.verb in LINKING and one.details.get("as") == SAME_PERSON]
    named = {str(name) for one in said for name in (one.about, one.details.get("with", ""))}
    if not named or type(part) is not Part:
        return part
    known = {one.name: getattr(part, one.name) for one in fields(Part)}
    return Paired(**known, rows=tuple(sorted(named)))
