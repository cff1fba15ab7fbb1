"""What the API tells of the journal: decisions as they lie in it, and what else happened to the case."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence

import sqlalchemy as sa

from cenotaph.case import tables as built
from cenotaph.case.decisions import as_written
from cenotaph.desk import tables
from cenotaph.desk.journal import PAGE, Asked, Entry, entries
from cenotaph.plain import load
from cenotaph.vocabulary import Decision
from cenotaph.web.api import answers as told
from cenotaph.web.api.asking import Looking, Row

__all__ = ["decided", "events", "one"]


def decided(look: Looking, first: int, most: int, wanted: Mapping[str, str], days: tuple[str, str]) -> told.Journal:
    """Decisions of which every column that is asked for holds that value, from one day to another, newest first."""
    table = tables.decisions
    where = look.where(table, wanted)
    where += [table.c.at >= days[0]] if days[0] else []
    where += [table.c.at < days[1]] if days[1] else []
    order = (table.c.at.desc(), table.c.decision.desc())
    rows = look.desk.rows(sa.select(table).where(*where).order_by(*order).limit(most).offset(first))
    return told.Journal(tuple(_lines(look, rows)), first, look.total(table, where))


def one(look: Looking, decision: str) -> told.JournalLine | None:
    rows = look.desk.rows(sa.select(tables.decisions).where(tables.decisions.c.decision == decision))
    return next(_lines(look, rows), None)


def _lines(look: Looking, rows: Sequence[Row]) -> Iterator[told.JournalLine]:
    """As they lie in the journal; one whose words were destroyed is a line without its decision."""
    held = _held(look, [str(row["row"]) for row in rows])
    for row in rows:
        made = held.get(str(row["row"]))
        shown = look.decision(made) if made else None
        about, why = (shown.about, shown.why) if shown else ("", "")
        yield told.JournalLine(row["decision"], "decision", row["at"], row["who"], about, why, shown, row["undone"])


def _held(look: Looking, hashes: Sequence[str]) -> Mapping[str, Decision]:
    journal, payloads = built.journal.c, built.payloads.c
    query = sa.select(journal.hash, payloads.content).join(built.payloads, payloads.hash == journal.payload)
    rows = look.desk.rows(query.where(journal.hash.in_(hashes)))
    return {row["hash"]: as_written(load(Decision, json.loads(row["content"])["decision"])) for row in rows}


def events(look: Looking, first: int, most: int, asked: Asked) -> told.Journal:
    """Rows of other kinds: what came in, was forgotten, backed up or merged. A page holds fifty of them."""
    found: list[Entry] = []
    total = 0
    for start in range(first, first + most, PAGE):
        some = entries(look.desk, asked, start, unmasked=look.unmasked)
        found, total = [*found, *some.entries], some.total
        if len(some.entries) < PAGE:
            break
    decisions = [each.id for each in found if each.kind == "decision"]
    rows = look.desk.rows(sa.select(tables.decisions).where(tables.decisions.c.decision.in_(decisions)))
    made = {line.id: line for line in _lines(look, rows)}
    return told.Journal(tuple(made.get(each.id) or _event(each) for each in found[:most]), first, total)


def _event(each: Entry) -> told.JournalLine:
    return told.JournalLine(each.id, each.kind, each.at, each.who, each.report or each.about, each.why, None, "")
