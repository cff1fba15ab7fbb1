"""Which captures a case holds already: an index of the journal, so that adding reads no more the more there is.

Made of the evidence and made again from it where it is missing: it holds hashes and ids alone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence

import sqlalchemy as sa
from sqlalchemy import Connection

from cenotaph.case.journal import contents
from cenotaph.case.tables import caught_up, held
from cenotaph.vocabulary import Report

__all__ = ["Known", "catch_up", "forget"]

_AT_ONCE = 500
"""Rows in one statement; SQLite takes no more than some thousands of values."""


class Known:
    """What is held of some reports, and of the ones that were noted since."""

    def __init__(self, connection: Connection, about: Sequence[Report]) -> None:
        """The index is brought up to the journal first, so the database must be open to write."""
        catch_up(connection)
        ids = {key for one in about for key in (one.id, one.about)}
        addresses = {_hashed(one.url) for one in about if one.url}
        self.bytes: dict[str, set[str]] = {}
        for row in connection.execute(sa.select(held.c.report, held.c.bytes).where(held.c.report.in_(ids))):
            self.bytes.setdefault(row.report, set()).add(row.bytes)
        self._newest: dict[str, str] = {}
        query = sa.select(held.c.report, held.c.address).where(held.c.address.in_(addresses))
        for row in connection.execute(query.order_by(held.c.at, held.c.chain, held.c.seq)):
            self._newest[row.address] = row.report

    def newest(self, address: str) -> str:
        """The id of the newest capture of an address, "" where there is none."""
        return self._newest.get(_hashed(address), "") if address else ""

    def held_at(self, connection: Connection, addresses: Sequence[str]) -> set[str]:
        """The ids of the newest captures of those of many addresses that are held."""
        found: dict[str, str] = {}
        hashes = [_hashed(one) for one in addresses]
        for start in range(0, len(hashes), _AT_ONCE):
            query = sa.select(held.c.report, held.c.address).where(held.c.address.in_(hashes[start : start + _AT_ONCE]))
            for row in connection.execute(query.order_by(held.c.at, held.c.chain, held.c.seq)):
                found[row.address] = row.report
        return set(found.values())

    def note(self, report: Report) -> None:
        self.bytes.setdefault(report.id, set()).add(report.bytes_hash)
        if report.url:
            self._newest[_hashed(report.url)] = report.id


def forget(connection: Connection, reports: Collection[str]) -> None:
    connection.execute(sa.delete(held).where(held.c.report.in_(reports)))


def catch_up(connection: Connection) -> None:
    """Takes in the captures that came since the last look, from this process or another, or from another copy."""
    known = {row.chain: row.seq for row in connection.execute(sa.select(caught_up))}
    fresh: list[dict[str, object]] = []
    far: dict[str, int] = {}
    for row, payload in contents(connection, "capture", after=known):
        report = payload["report"]
        address = _hashed(report["url"]) if report["url"] else ""
        fresh.append(
            {
                "chain": row.chain, "seq": row.seq, "at": row.at, "report": report["id"], "bytes": payload["bytes"],
                "address": address,
            }
        )  # fmt: skip
        far[row.chain] = max(row.seq, far.get(row.chain, 0))
        if len(fresh) == _AT_ONCE:
            connection.execute(sa.insert(held), fresh)
            fresh = []
    if fresh:
        connection.execute(sa.insert(held), fresh)
    for chain, seq in far.items():
        connection.execute(sa.delete(caught_up).where(caught_up.c.chain == chain))
        connection.execute(sa.insert(caught_up), {"chain": chain, "seq": seq})


def _hashed(address: str) -> str:
    """An address may be among what was to be forgotten, so it does not stand here in clear."""
    return hashlib.sha256(address.encode("utf-8", "surrogatepass")).hexdigest()
