"""Two copies of a case that worked apart become one: what either received or decided is in it, nothing twice.

Rows of the journal are taken as they are, chain by chain, so that they still verify. Where both copies went on with one
chain (a folder that was copied), the other's rows go on in a chain of their own. What either forgot is forgotten.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy import Connection

from cenotaph.case import evidence, forgetting
from cenotaph.case.errors import CaseError
from cenotaph.case.journal import BATCH, START, Row, contents, forgotten, reached, rows, sha
from cenotaph.case.mappings import remember
from cenotaph.case.settings import NAME
from cenotaph.case.tables import journal, payloads, shredded, writing
from cenotaph.plain import canonical

if TYPE_CHECKING:
    from cenotaph.case import Case

__all__ = ["KIND", "Merged", "merge"]

KIND = "merge"
"""Of journal rows: how far other chains had come when this one took them in, `tails` by chain."""


@dataclass(frozen=True, slots=True)
class Merged:
    """What the other copy brought: reports, decisions, reports forgotten; `notes` are lines for a person."""

    reports: int
    decisions: int
    forgotten: int
    notes: Sequence[str] = ()


def merge(case: Case, other: Case, *, who: str, anyway: bool = False) -> Merged:
    """Takes another copy into this one; it is left as it is, but for the files that opening a case may mend.

    Raises CaseError where the other is damaged, or no copy of this case (unless `anyway`).
    """
    with case.told(), other.told():
        return _merged(case, other, who, anyway)


def _merged(case: Case, other: Case, who: str, anyway: bool) -> Merged:
    for one in (case, other):
        if broken := one.verify():
            raise CaseError(f"{one.folder} is damaged, nothing was merged: {broken[0]}")
    with other.engine.connect() as connection:
        theirs = list(rows(connection))
        gone = forgotten(connection)
        captured = [payload for _, payload in evidence.captures(connection)]
    with case.engine.connect() as connection:
        ours, known = list(rows(connection)), forgotten(connection)
    if theirs and ours and not anyway and not {one.hash for one in ours} & {one.hash for one in theirs}:
        raise CaseError(
            f"{other.folder} is no copy of {case.folder}: their journals share nothing; --anyway merges two cases"
        )
    fresh = _fresh(ours, theirs)
    _keep_bytes(case, other, captured, gone | known)
    with writing(case.engine) as connection:
        _take_rows(connection, other, fresh, gone | known)
        if fresh.rows:
            case.book.append(connection, KIND, who, {"tails": reached(connection)})
    case.book.remember()
    swept = _forget_on_both(case)
    kinds = [one.kind for one in fresh.rows]
    return Merged(kinds.count("capture"), kinds.count("decision"), len(swept), _settings(case, other))


@dataclass(frozen=True, slots=True)
class _Fresh:
    """The other's rows that are not here, as they can stand here, and texts of rows that are made for that."""

    rows: list[Row]
    texts: Mapping[str, str]


def _fresh(ours: Sequence[Row], theirs: Sequence[Row]) -> _Fresh:
    """A row that can't follow the row before it here goes into a chain of its own, with those that follow it."""
    hashes, held = {one.hash for one in ours}, {one.payload for one in ours}
    taken = {(one.chain, one.seq) for one in ours}
    found = _Fresh([], {})
    told = {one.hash: one.payload for one in theirs}
    forks: dict[str, list[Row]] = {}
    for one in theirs:
        if (
            one.hash in hashes or one.payload in held
        ):  # what went into a chain of its own before is known by its payload
            continue
        if (one.chain, one.seq) not in taken and (one.seq == 1 or one.prev in hashes):
            found.rows.append(one)
            hashes.add(one.hash)
        else:
            forks.setdefault(one.chain, []).append(one)
    texts: dict[str, str] = {}
    for tail in forks.values():
        made, text = _apart(tail, told)
        found.rows.extend(made)
        texts[sha(text)] = text
    return _Fresh(found.rows, texts)


def _apart(tail: Sequence[Row], told: Mapping[str, str]) -> tuple[list[Row], str]:
    """The rows of a fork in a chain of their own, whose first row says what they follow; `told` are payloads by row.

    Nothing in it is chance, so that two copies make the same of one fork.
    """
    first, last = tail[0], tail[-1]
    chain = hashlib.sha256(f"{first.chain}|{first.hash}|{last.hash}".encode()).hexdigest()[:16]
    tails = {first.chain: [first.seq - 1, first.prev, told[first.prev]]} if first.seq > 1 else {}
    text = canonical({"tails": tails, "of": [first.hash, last.hash]})
    out: list[Row] = []
    for seq, one in enumerate((replace(first, kind=KIND, who="cenotaph merge", payload=sha(text)), *tail), 1):
        row = replace(one, chain=chain, seq=seq, prev=out[-1].hash if out else START)
        out.append(replace(row, hash=row.hashed()))
    return out, text


def _keep_bytes(case: Case, other: Case, captured: Iterable[Mapping[str, Any]], gone: set[str]) -> None:
    """The other's files, checked by their hashes, before any row names them."""
    wanted = {one for payload in captured for one in evidence.files_of(payload)} - gone - case.archive.hashes()
    for one in sorted(wanted):
        try:
            case.archive.keep(other.archive.get(one))
        except (OSError, ValueError) as error:
            raise CaseError(f"{other.folder} is damaged, nothing was merged: {error}") from error


def _take_rows(connection: Connection, other: Case, fresh: _Fresh, gone: set[str]) -> None:
    """Rows, the payloads and texts that they name, and what the other forgot."""
    held = set(connection.execute(sa.select(payloads.c.hash)).scalars())
    texts = dict(fresh.texts)
    with other.engine.connect() as source:
        named = {one.payload for one in fresh.rows} | {payload["text"] for _, payload in evidence.captures(source)}
        wanted = sorted(named - held - gone)
        for start in range(0, len(wanted), BATCH):
            query = sa.select(payloads).where(payloads.c.hash.in_(wanted[start : start + BATCH]))
            texts |= {row.hash: row.content for row in source.execute(query)}
        tombs = [dict(one._mapping) for one in source.execute(sa.select(shredded))]
    new = [{"hash": key, "content": text} for key, text in texts.items() if key not in held]
    if new:
        connection.execute(sa.insert(payloads), new)
    if fresh.rows:
        written = [{name: getattr(one, name) for name in Row.__slots__} for one in fresh.rows]
        connection.execute(sa.insert(journal), written)
    known = forgotten(connection)
    lost = [one for one in tombs if one["hash"] not in known]
    if lost:
        connection.execute(sa.insert(shredded), lost)
        connection.execute(sa.delete(payloads).where(payloads.c.hash.in_([one["hash"] for one in lost])))


def _forget_on_both(case: Case) -> list[str]:
    """What one copy forgot is destroyed here too, with whatever the other decided on its words meanwhile; the ids."""
    with case.engine.connect() as connection:
        gone = forgotten(connection)
        told = [(row.who, payload) for row, payload in contents(connection, "forget")]
    out = [
        str(one) for who, payload in told if forgetting.forget_too(case.book, case.archive, payload, who)
        for one in payload["reports"]
    ]  # fmt: skip
    if gone & case.archive.hashes():
        forgetting.finish(case.book, case.archive)
    return out


def _settings(case: Case, other: Case) -> list[str]:
    """What sheets mean is taken over; what else case.toml says differently is told."""
    known = {frozenset(one.columns) for one in case.settings.sheets}
    for one in other.settings.sheets:
        if frozenset(one.columns) not in known:
            remember(case.folder / NAME, one)
    lines = ("title", "languages", "countries", "rules", "gazetteer")
    return [
        f"case.toml: {name} is {getattr(case.settings, name)!r} here and {getattr(other.settings, name)!r} there; left"
        for name in lines
        if getattr(case.settings, name) != getattr(other.settings, name)
    ]
