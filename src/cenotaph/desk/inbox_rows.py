"""The rows of reports: what came in, whose words it repeats, and how far people have looked at it."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from cenotaph.case.repeats import ALL, MOST, passages
from cenotaph.desk import tables, words
from cenotaph.desk.history import History
from cenotaph.vocabulary import Report

__all__ = ["STATES", "drop", "level", "store"]

STATES = ("new", "nothing new", "relevant", "out of scope", "read", "read twice")
"""What a report is to the people who look at it; the first two a machine says too."""
TOLD = 3
"""Figures of one report that its line in the inbox tells; the rest are counted."""
HOLDERS = 5
"""Reports by which a passage is remembered: one that more hold is a formula, and tells nobody from another."""
_AT_ONCE = 500
Rows = dict[str, Any]


# --- what came in -----------------------------------------------------------------------------------------------------


def store(connection: Connection, found: Sequence[Report], newest: Mapping[str, str], first: int) -> None:
    """Reports that are not in the tables yet, numbered from `first`; `newest` gives the newest version of each."""
    ordered = sorted(enumerate(found), key=lambda item: (item[1].published is None, str(item[1].published), item[0]))
    copied = {one.id: _copied(connection, one) for _, one in ordered}
    told = [_row(one, first + at, newest[one.id] == one.id, copied[one.id]) for at, one in enumerate(found)]
    if told:
        connection.execute(sa.insert(tables.reports), told)
        words.store(connection, found)


def _row(report: Report, position: int, newest: bool, copied: tuple[str, int, int]) -> Rows:
    of, own, total = copied
    return {
        "report": report.id, "position": position, "name": report.name, "outlet": report.outlet, "title": report.title,
        "url": report.url, "language": report.language, "published": str(report.published or ""),
        "captured": report.captured.isoformat() if report.captured else "", "version_of": report.version_of,
        "newest": int(newest), "attachments": len(report.attachments), "words": total, "copy_of": of, "own_words": own,
        "claims": 0, "fresh": 0, "unclear": 0, "once": 0, "twice": 0, "state": "new", "says": "[]",
    }  # fmt: skip


def _copied(connection: Connection, report: Report) -> tuple[str, int, int]:
    """Which report's words it has for the most part, how many words of its own, of how many; what repeats nobody is
    remembered for the next.
    """
    told = {key.hex(): count for key, (count, _) in passages(report.text)}
    total = sum(told.values())
    shared: Counter[str] = Counter()
    holders = _holders(connection, told)
    for key, reports in holders.items():
        for one in reports:
            shared[one] += told[key]
    of, held = max(shared.items(), key=lambda item: (item[1], item[0]), default=("", 0))
    if held and held >= MOST * total:
        return of, total - held, total
    fresh = [
        {"passage": key, "report": report.id} for key, count in told.items() if count and len(holders[key]) < HOLDERS
    ]
    if fresh:
        connection.execute(sa.insert(tables.passages), fresh)
    return "", total, total


def _holders(connection: Connection, told: Mapping[str, int]) -> Mapping[str, Sequence[str]]:
    wanted, found = [key for key, count in told.items() if count], defaultdict[str, list[str]](list)
    for start in range(0, len(wanted), _AT_ONCE):
        some = tables.passages.c.passage.in_(wanted[start : start + _AT_ONCE])
        for row in connection.execute(sa.select(tables.passages).where(some)):
            found[row.passage].append(row.report)
    return found


def drop(connection: Connection, gone: Collection[str]) -> None:
    """Reports that were forgotten."""
    wanted = list(gone)
    for start in range(0, len(wanted), _AT_ONCE):
        some = wanted[start : start + _AT_ONCE]
        connection.execute(sa.delete(tables.reports).where(tables.reports.c.report.in_(some)))
        connection.execute(sa.delete(tables.passages).where(tables.passages.c.report.in_(some)))
        words.drop(connection, some)


# --- what their claims say -------------------------------------------------------------------------------------------


def level(connection: Connection, some: Sequence[str], decided: History) -> None:
    """Brings the rows of reports level with their claims, problems and decisions."""
    claims, unclear = _claims(connection, some), _unclear(connection, some)
    rows = connection.execute(sa.select(tables.reports).where(tables.reports.c.report.in_(some)))
    for row in rows.all():
        mine = claims.get(row.report, [])
        told = {
            "claims": len(mine), "fresh": sum(one["fresh"] for one in mine),
            "unclear": unclear.get(row.report, (0, 0))[0],
            "once": sum(one["reads"] > 0 for one in mine), "twice": sum(one["reads"] > 1 for one in mine),
            "says": json.dumps(_says(mine), ensure_ascii=False),
        }  # fmt: skip
        owed = unclear.get(row.report, (0, 0))[1]
        told["state"] = _state(row, {**told, "owed": owed}, decided.triage.get(row.report, {}))
        connection.execute(sa.update(tables.reports).where(tables.reports.c.report == row.report).values(told))


def _claims(connection: Connection, some: Sequence[str]) -> Mapping[str, list[Rows]]:
    table = tables.claims.c
    query = sa.select(
        table.report, table.fresh, table.reads, table.root, table.named, table.words, table.low, table.harm,
        table.status, table.incident,
    ).where(table.report.in_(some))  # fmt: skip
    found: dict[str, list[Rows]] = defaultdict(list)
    for row in connection.execute(query.order_by(table.start)):
        found[row.report].append(dict(row._mapping))
    return found


def _unclear(connection: Connection, some: Sequence[str]) -> Mapping[str, tuple[int, int]]:
    """By report, its problems, and how many of them are words that no claim rests on."""
    table = tables.problems.c
    owed = sa.func.sum(sa.case((table.claims == 0, 1), else_=0))
    query = sa.select(table.report, sa.func.count(), owed).where(table.report.in_(some)).group_by(table.report)
    return {str(report): (int(count), int(words)) for report, count, words in connection.execute(query)}


def _says(mine: Sequence[Rows]) -> list[Rows]:
    """The figures by which a person knows what a report is: the largest of what it repeats, the largest new ones."""
    ordered = sorted(mine, key=lambda one: (-one["fresh"], -one["low"]))
    kept = ("fresh", "root", "named", "words", "low", "harm", "status", "incident")
    return [{key: one[key] for key in kept} for one in ordered[:TOLD]]


def _state(row: Any, told: Rows, said: Mapping[str, str]) -> str:
    readers = sum(key.startswith("read by ") for key in said)
    if "out of scope" in said:
        return "out of scope"
    if readers > 1 or (told["claims"] and told["twice"] == told["claims"]):
        return "read twice"
    if readers or (told["claims"] and told["once"] == told["claims"]):
        return "read"
    for one in ("relevant", "nothing new"):
        if one in said:
            return one
    copied = row.copy_of and row.words - row.own_words >= ALL * row.words
    whole = row.copy_of and not row.own_words  # its figures only look new where its day or its outlet is missing
    again = told["claims"] and not told["fresh"] and (copied or not told["owed"])
    return "nothing new" if whole or again or (copied and not told["fresh"]) else "new"
