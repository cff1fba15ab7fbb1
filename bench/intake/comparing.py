"""Whether two cases hold the same: every file of the archive by its bytes, every report by its row."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import sqlalchemy as sa

from cenotaph.case import Case
from cenotaph.case.evidence import captures
from cenotaph.case.tables import journal, payloads
from cenotaph.plain import canonical

__all__ = ["differences", "files_of", "rows_of"]


def differences(one: Path, other: Path) -> list[str]:
    """One line for each way in which they differ, and for each thing that is broken in either; [] where none does."""
    out = [f"{folder}: {line}" for folder in (one, other) for line in Case(folder).verify()]
    if files_of(one) != files_of(other):
        out.append("the archives differ")
    mine, theirs = rows_of(one), rows_of(other)
    if mine != theirs:
        out.append(f"the rows differ: {(mine - theirs).total()} and {(theirs - mine).total()} stand in one alone")
    if _counts(one) != _counts(other):
        out.append(f"the tables have {_counts(one)} and {_counts(other)} rows")
    return out


def files_of(case: Path) -> str:
    """A digest of the tree: the path and the bytes of each file in the archive."""
    found = hashlib.sha256()
    for path in _paths(case / "archive"):
        found.update(f"{path.relative_to(case)}\0{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return found.hexdigest()


def _paths(folder: Path) -> Iterator[Path]:
    for here in sorted(folder.iterdir()):
        yield from sorted(one for one in here.rglob("*") if not one.is_dir())


def rows_of(case: Path) -> Counter[bytes]:
    """Each capture as it lies in the journal, but for the moment of its capture, which no two runs share."""
    with Case(case).engine.connect() as connection:
        return Counter(_row(payload) for _, payload in captures(connection))


def _row(payload: object) -> bytes:
    assert isinstance(payload, dict)
    known = {key: value for key, value in payload.items() if key != "salt"}
    known["report"] = {key: value for key, value in known["report"].items() if key != "captured"}
    return hashlib.sha256(canonical(known).encode("utf-8", "surrogatepass")).digest()


def _counts(case: Path) -> tuple[int, int]:
    with Case(case).engine.connect() as connection:
        return tuple(  # type: ignore[return-value]
            connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()
            for table in (journal, payloads)
        )
