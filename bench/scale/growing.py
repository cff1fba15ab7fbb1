"""A case that gets one report more: what is worked out again, in which time, and whether it is what a full build gives.

The reports go through archive, journal and store as any others do; only the reader is a stub, which gives the claims
that each report was made up with.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import shutil
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

import sqlalchemy as sa

from bench.scale.made import sheets
from bench.scale.measured import RULES
from bench.scale.sheets import Sheet
from cenotaph.case import Case, adding_up, cache, evidence
from cenotaph.case.reading import Reader
from cenotaph.case.tables import CACHE, GROUPED
from cenotaph.intake import Captured
from cenotaph.vocabulary import Claim, Report

__all__ = ["Grown", "grown"]

NOON = dt.datetime(2030, 1, 1, 12, tzinfo=dt.UTC)

STEPS: Mapping[str, tuple[object, str]] = {
    "reports from the journal": (evidence, "reports"),
    "claims from the cache": (cache, "of_reports"),
    "linking": (adding_up, "linked_apart"),
    "groups": (adding_up, "groups"),
    "packing, for keys and rows": (cache, "packed"),
    "reconciling": (adding_up, "reconciled"),
}
"""Parts of a build that are timed one by one."""

Rows = dict[str, set[tuple[str, str]]]
"""For each table of the cache its rows: the group of each ("" where it has none) and a hash of all it holds."""


@dataclass(frozen=True, slots=True)
class Grown:
    """Seconds of each build, groups worked out again, and rows that differ from those of a build from nothing.

    Seconds are those of the processor; waiting for the disk comes on top, mostly while reports are taken in.
    `touched` are the groups of which any row changed with the new report: to work out more than these is in vain.
    """

    claims: int
    reports: int
    groups: int
    added: float
    first: float
    worked_first: int
    again: float
    worked: int
    touched: int
    anew: float
    differing: int
    steps: dict[str, float]


def grown(claims: int, seed: int) -> Grown:
    """Builds a case of all reports but one, adds that one, builds again, and builds a copy of it from nothing."""
    told = list(sheets(claims, seed))
    last = told.pop(len(told) // 2)
    reader = _reader([*told, last])
    with tempfile.TemporaryDirectory() as folder:
        case = Case.create(Path(folder) / "case", title="Made up", reader=reader)
        _, added = _timed(lambda: _take_in(case, told))
        first, building = _timed(case.build)
        before = _rows(case)
        _take_in(case, [last])
        with _clocked() as steps:
            again, adding = _timed(case.build)
        after = _rows(case)
        anew, rebuilding = _anew(case, Path(folder) / "copy", reader)
    differing = sum(len(after[name] ^ anew[name]) for name in after)
    return Grown(
        again.claims, len(told) + 1, again.groups, added, building, first.worked, adding, again.worked,
        len(_changed(before, after)), rebuilding, differing, steps,
    )  # fmt: skip


def _timed(work: Callable[[], Any]) -> tuple[Any, float]:
    start = time.process_time()
    return work(), time.process_time() - start


def _take_in(case: Case, told: Iterable[Sheet]) -> None:
    for added in case.add(map(_captured, told), who="Observer"):
        if added.status != "new":
            raise ValueError(f"{added.name} was made up to be new; found {added}")


def _captured(sheet: Sheet) -> Captured:
    return Captured(
        sheet.text.encode(), "txt", sheet.name, "paste", "-", NOON, outlet=sheet.outlet, published=sheet.published,
        language=sheet.language,
    )  # fmt: skip


def _reader(told: Sequence[Sheet]) -> Reader:
    by_name = {sheet.name: sheet for sheet in told}

    def read(report: Report) -> cache.Reading:
        claims: list[Claim] = by_name[report.name].claims(report)
        return claims, [], []

    return Reader(read, "made up", RULES)


def _anew(case: Case, folder: Path, reader: Reader) -> tuple[Rows, float]:
    """The rows of a copy of the case whose cache was emptied and built again."""
    case.engine.dispose()
    shutil.copytree(case.folder, folder)
    copy = Case(folder, reader=reader)
    with copy.engine.begin() as connection:
        for table in CACHE:
            connection.execute(sa.delete(table))
    _, seconds = _timed(copy.build)
    rows = _rows(copy)
    copy.engine.dispose()
    return rows, seconds


def _rows(case: Case) -> Rows:
    with case.engine.connect() as connection:
        return {table.name: {_row(row) for row in connection.execute(sa.select(table))} for table in CACHE}


def _row(row: Any) -> tuple[str, str]:
    hashed = hashlib.blake2b(repr(tuple(row)).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
    return row._mapping.get("group", ""), hashed


def _changed(before: Rows, after: Rows) -> set[str]:
    return {group for table in GROUPED for group, _ in before[table.name] ^ after[table.name]}


@contextmanager
def _clocked() -> Iterator[dict[str, float]]:
    """Seconds spent in each of STEPS while it is open."""
    spent: dict[str, float] = defaultdict(float)
    with ExitStack() as stack:
        for name, (owner, function) in STEPS.items():
            stack.enter_context(patch.object(owner, function, _counting(getattr(owner, function), name, spent)))
        yield spent


def _counting(function: Callable[..., Any], name: str, spent: dict[str, float]) -> Callable[..., Any]:
    def counted(*given: Any, **named: Any) -> Any:
        start = time.process_time()
        found = function(*given, **named)
        spent[name] += time.process_time() - start
        return found

    return counted
