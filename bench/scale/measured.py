"""One size in one process: seconds of linking and of reconciling, memory, and a sort of the same claims beside them.

Seconds are those of the processor, so that what else runs on the machine counts little; memory is the most that the
process held, less what it held when only the claims and reports were there.
"""

from __future__ import annotations

import csv
import importlib
import importlib.util
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, TypeVar

from bench.adapter import BenchError
from bench.scale.made import Made, made
from cenotaph.case.collecting import uncollected
from cenotaph.link import link
from cenotaph.reconcile import reconcile
from cenotaph.vocabulary import Linked, NumberRules

__all__ = ["RULES", "Measured", "apart", "measured"]

T = TypeVar("T")

RULES = NumberRules("plain", {"at least": (1, 1, None)}, {"": (2, None, None)})

TO_BYTES = 1 if sys.platform == "darwin" else 1024
"""Of `ru_maxrss`, which macOS gives in bytes and Linux in kilobytes."""


@dataclass(frozen=True, slots=True)
class Measured:
    """Seconds and bytes of one size; `sort` is None where DuckDB is not installed."""

    claims: int
    reports: int
    incidents: int
    tolls: int
    link: float
    reconcile: float
    memory: int
    held: int
    sort: float | None

    @property
    def seconds(self) -> float:
        return self.link + self.reconcile

    @property
    def rate(self) -> float:
        """Claims a second."""
        return self.claims / self.seconds

    def growth(self, smaller: Measured) -> float:
        """Seconds against those that a smaller size took, were both as fast for a claim: 1 is linear.

        >>> one = Measured(10, 5, 1, 8, link=1, reconcile=1, memory=0, held=0, sort=None)
        >>> Measured(100, 50, 10, 80, link=15, reconcile=10, memory=0, held=0, sort=None).growth(one)
        1.25
        """
        return (self.seconds / self.claims) / (smaller.seconds / smaller.claims)


def measured(claims: int, seed: int) -> Measured:
    """Makes so many claims, links and reconciles them in this process, then has them sorted."""
    held = made(claims, seed)
    before = _most()
    with uncollected():  # as a case does it
        linked, linking = _timed(lambda: link(held.claims, held.reports))
        (tolls, _), reconciling = _timed(lambda: reconcile(held.claims, held.reports, linked, (), RULES))
    memory = _most() - before
    return Measured(
        len(held.claims), len(held.reports), len(linked.incidents), len(tolls), linking, reconciling,
        memory, before, _sorted(held, linked),
    )  # fmt: skip


def _most() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * TO_BYTES


def _timed(work: Callable[[], T]) -> tuple[T, float]:
    start = time.process_time()
    return work(), time.process_time() - start


def apart(claims: int, seed: int) -> Measured:
    """The same in a process of its own, so that no size leaves memory or garbage to the next. Raises BenchError."""
    command = [sys.executable, "-m", "bench.scale.measured", str(claims), str(seed)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        raise BenchError(f"{claims} claims: the process that measures them ended with {done.returncode}")
    return Measured(**json.loads(done.stdout))


# --- beside it ------------------------------------------------------------------------------------------------------


def _sorted(held: Made, linked: Linked) -> float | None:
    """Seconds in which DuckDB sorts a table of the claims, in one thread; reading the table in is not counted."""
    if importlib.util.find_spec("duckdb") is None:
        return None
    duckdb = importlib.import_module("duckdb")
    with tempfile.TemporaryDirectory() as folder, duckdb.connect() as base:
        file = Path(folder) / "claims.csv"
        _written(file, held, linked)
        base.execute("SET threads = 1")
        base.execute("CREATE TABLE claims AS SELECT * FROM read_csv(?, header = true)", [str(file)])
        query = "CREATE TABLE sorted AS SELECT * FROM claims ORDER BY root, harm, place, day, figure, id"
        return _timed(lambda: base.execute(query))[1]


def _written(file: Path, held: Made, linked: Linked) -> None:
    with file.open("w", encoding="utf-8", newline="") as out:
        rows = csv.writer(out)
        rows.writerow(("id", "root", "harm", "place", "day", "figure"))
        rows.writerows(_rows(held, linked))


def _rows(held: Made, linked: Linked) -> Sequence[tuple[object, ...]]:
    return [
        (
            one.id, str(linked.roots[one.id].root), str(one.harm), "/".join(one.place.path) if one.place else "",
            one.period.start if one.period else None, one.quantity.base,
        )
        for one in held.claims
    ]  # fmt: skip


if __name__ == "__main__":
    result: Mapping[str, Any] = asdict(measured(int(sys.argv[1]), int(sys.argv[2])))
    print(json.dumps(result))
