"""The journal: rows chained by hash, their payloads beside them, and case.head, which remembers how far they went."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from cenotaph.case.errors import CaseError
from cenotaph.case.tables import VERSION, about, journal, payloads, shredded, writing
from cenotaph.plain import canonical

START = "0" * 64

BATCH = 500
"""Hashes in one query; SQLite takes no more than some thousands."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a chain; its hash is over everything else in it."""

    hash: str
    chain: str
    seq: int
    prev: str
    kind: str
    version: int
    at: str
    who: str
    payload: str

    def hashed(self) -> str:
        fields = [self.chain, self.seq, self.prev, self.kind, self.version, self.at, self.who, self.payload]
        return sha(json.dumps(fields, ensure_ascii=False, separators=(",", ":")))


def sha(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def rows(connection: Connection, *kinds: str) -> Iterator[Row]:
    """The rows of all chains, each chain in its order; with kinds, only those."""
    query = sa.select(journal).order_by(journal.c.chain, journal.c.seq)
    if kinds:
        query = query.where(journal.c.kind.in_(kinds))
    for found in connection.execute(query):
        yield Row(**found._mapping)


def content(connection: Connection, payload: str) -> str | None:
    """A payload's text; None once it was forgotten."""
    found = connection.execute(sa.select(payloads.c.content).where(payloads.c.hash == payload)).scalar()
    return None if found is None else str(found)


def contents(
    connection: Connection, *kinds: str, after: Mapping[str, int] | None = None
) -> Iterator[tuple[Row, Mapping[str, Any]]]:
    """Rows of these kinds with their payloads, in the order of their time, forgotten ones left out.

    `after` gives for a chain the number of the last row that is known already.
    """
    query = sa.select(journal, payloads.c.content).join(payloads, payloads.c.hash == journal.c.payload)
    if after:
        fresh = [sa.and_(journal.c.chain == one, journal.c.seq > after.get(one, 0)) for one in chains(connection)]
        query = query.where(sa.or_(*fresh))
    query = query.where(journal.c.kind.in_(kinds)).order_by(journal.c.at, journal.c.chain, journal.c.seq)
    for found in connection.execute(query):
        fields = dict(found._mapping)
        text = fields.pop("content")
        yield Row(**fields), json.loads(text)


def chains(connection: Connection) -> Iterator[str]:
    """The ids of all chains, each by one step in the index: a walk over all rows would cost more with every row."""
    last = ""
    while (
        found := connection.execute(sa.select(sa.func.min(journal.c.chain)).where(journal.c.chain > last)).scalar()
    ) is not None:
        last = str(found)
        yield last


def _last(connection: Connection, chain: str) -> tuple[int, str]:
    """The number and the hash of a chain's last row."""
    query = sa.select(journal.c.seq, journal.c.hash).where(journal.c.chain == chain)
    found = connection.execute(query.order_by(journal.c.seq.desc()).limit(1)).first()
    return (found.seq, found.hash) if found else (0, START)


def reached(connection: Connection) -> dict[str, list[Any]]:
    """How far each chain goes: number, hash and payload of its last row; by its payload a row is known in any copy."""
    found: dict[str, list[Any]] = {}
    for chain in chains(connection):
        seq, newest = _last(connection, chain)
        payload = connection.execute(sa.select(journal.c.payload).where(journal.c.hash == newest)).scalar_one()
        found[chain] = [seq, newest, payload]
    return found


class Journal:
    """Appends to this copy's chain and keeps case.head."""

    def __init__(self, engine: Engine, head: Path) -> None:
        self.engine, self.head = engine, head

    def begin(self) -> None:
        """The first rows of a new case: its version, and the random id of this copy's chain."""
        with writing(self.engine) as connection:
            connection.execute(
                sa.insert(about),
                [{"key": "version", "value": str(VERSION)}, {"key": "chain", "value": secrets.token_hex(8)}],
            )

    def append(
        self, connection: Connection, kind: str, who: str, payload: Mapping[str, Any], texts: tuple[str, ...] = ()
    ) -> Row:
        """One more row, inside the caller's transaction."""
        return self.append_all(connection, kind, who, [(payload, texts)])[0]

    def append_all(
        self, connection: Connection, kind: str, who: str, entries: Sequence[tuple[Mapping[str, Any], tuple[str, ...]]]
    ) -> list[Row]:
        """More rows of one kind, each with the texts that it names, inside the caller's transaction.

        A payload is salted, so that a hash left behind gives nothing away.
        """
        chain = self.chain(connection)
        seq, prev = _last(connection, chain)
        made: list[Row] = []
        kept: dict[str, str] = {}
        for payload, texts in entries:
            text = canonical({**payload, "salt": secrets.token_hex(16)})
            kept |= {sha(one): one for one in (text, *texts)}
            seq += 1
            at = dt.datetime.now(dt.UTC).isoformat(timespec="microseconds")
            row = Row("", chain, seq, prev, kind, VERSION, at, who, sha(text))
            made.append(Row(row.hashed(), *(getattr(row, name) for name in Row.__slots__[1:])))
            prev = made[-1].hash
        self._keep(connection, kept)
        if made:
            connection.execute(
                sa.insert(journal), [{name: getattr(one, name) for name in Row.__slots__} for one in made]
            )
        return made

    def _keep(self, connection: Connection, texts: Mapping[str, str]) -> None:
        hashes = list(texts)
        there: set[str] = set()
        for start in range(0, len(hashes), BATCH):
            query = sa.select(payloads.c.hash).where(payloads.c.hash.in_(hashes[start : start + BATCH]))
            there |= set(connection.execute(query).scalars())
        fresh = [{"hash": one, "content": text} for one, text in texts.items() if one not in there]
        if fresh:
            connection.execute(sa.insert(payloads), fresh)

    def chain(self, connection: Connection) -> str:
        return str(connection.execute(sa.select(about.c.value).where(about.c.key == "chain")).scalar_one())

    # --- case.head ------------------------------------------------------------------------------------------------

    def tails(self, connection: Connection) -> dict[str, list[Any]]:
        """How far each chain goes: its number of rows and newest hash."""
        return {chain: list(_last(connection, chain)) for chain in chains(connection)}

    def remember(self) -> None:
        """Writes case.head after a commit; a crash before it leaves an older head, which is no harm."""
        with self.engine.connect() as connection:
            tails = self.tails(connection)
        text = json.dumps({"version": VERSION, "chains": tails}, indent=1, sort_keys=True)
        beside = self.head.with_name(f"{self.head.name}.{secrets.token_hex(4)}")
        with open(beside, "w", encoding="utf-8") as file:
            file.write(text + "\n")
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, self.head)

    def remembered(self) -> dict[str, list[Any]]:
        """What case.head says. Raises CaseError if it is not what this program writes."""
        if not self.head.exists():
            return {}
        try:
            chains = json.loads(self.head.read_text(encoding="utf-8"))["chains"]
            return {str(chain): [int(seq), str(newest)] for chain, (seq, newest) in chains.items()}
        except (ValueError, KeyError, TypeError) as error:
            raise CaseError(
                f"{self.head} is damaged ({error}); it only remembers the journal's end: compare with a back-up of it"
            ) from error

    def cut(self, connection: Connection) -> list[str]:
        """One line for each chain that is shorter than case.head remembers, or that says something else there."""
        out = []
        for chain, (seq, newest) in self.remembered().items():
            found = connection.execute(
                sa.select(journal.c.hash).where(journal.c.chain == chain, journal.c.seq == seq)
            ).scalar()
            if found is None:
                out.append(f"journal {chain}: its tail is cut; case.head remembers row {seq}, which is not there")
            elif found != newest:
                out.append(f"journal {chain}: row {seq} is not the one that case.head remembers")
        return out


def forgotten(connection: Connection) -> set[str]:
    """Hashes of payloads and archive files that were destroyed on purpose."""
    return {row.hash for row in connection.execute(sa.select(shredded.c.hash))}
