"""Which decisions are in what was built: a stamp, so that what a crash left undone is known and done later."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy import Connection

from cenotaph.case.decisions import as_written
from cenotaph.case.journal import Row, chains, contents
from cenotaph.case.tables import journal, waiting, worked_out
from cenotaph.plain import load
from cenotaph.vocabulary import Decision

__all__ = ["Stamp", "Waiting", "left", "note", "reached", "since", "stamp", "wait", "whole_build"]

Stamp = Mapping[str, int]
"""By chain of the journal, the number of a row."""


def reached(connection: Connection) -> Stamp:
    """How far each chain of the journal goes now."""
    found: dict[str, int] = {}
    for chain in chains(connection):
        query = sa.select(sa.func.max(journal.c.seq)).where(journal.c.chain == chain)
        found[chain] = int(connection.execute(query).scalar() or 0)
    return found


def stamp(connection: Connection) -> Stamp:
    """How far decisions are in what was built; {} where nobody knows: before the first build."""
    return {row.chain: row.seq for row in connection.execute(sa.select(worked_out))}


def since(connection: Connection, known: Stamp) -> list[tuple[Row, Decision]]:
    """The decisions that came after a stamp, as they were written, each with its row."""
    fresh = contents(connection, "decision", after={one: known.get(one, 0) for one in chains(connection)})
    return [(row, as_written(load(Decision, payload["decision"]))) for row, payload in fresh]


def note(connection: Connection, now: Stamp) -> None:
    connection.execute(sa.delete(worked_out))
    if now:
        connection.execute(sa.insert(worked_out), [{"chain": one, "seq": seq} for one, seq in now.items()])


def whole_build(connection: Connection, now: Stamp) -> None:
    """Everything up to there is in what was built."""
    note(connection, now)
    for chain, seq in now.items():
        connection.execute(sa.delete(waiting).where(waiting.c.chain == chain, waiting.c.seq <= seq))


@dataclass(frozen=True, slots=True)
class Waiting:
    """A decision that waits for the next whole build; `whole` where nothing built knows of it yet."""

    decision: str
    whole: bool


def left(connection: Connection) -> list[Waiting]:
    query = sa.select(waiting.c.decision, waiting.c.whole).order_by(waiting.c.chain, waiting.c.seq)
    return [Waiting(row.decision, bool(row.whole)) for row in connection.execute(query)]


def wait(connection: Connection, some: Mapping[Row, tuple[str, bool]]) -> None:
    """Notes decisions that wait, by their rows: the id, and whether nothing built knows of it."""
    rows = [
        {"decision": one, "chain": row.chain, "seq": row.seq, "whole": int(whole)}
        for row, (one, whole) in some.items()
    ]  # fmt: skip
    if rows:
        names = [row["decision"] for row in rows]
        connection.execute(sa.delete(waiting).where(waiting.c.decision.in_(names)))
        connection.execute(sa.insert(waiting), rows)
