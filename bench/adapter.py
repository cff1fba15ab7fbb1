"""What a set is to the bench: where its data lies, how it is run, which of its figures the table shows."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cenotaph.vocabulary import Answer, Claim, Report

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared" / "data"

Reading = tuple[Report, Sequence[Claim], Sequence[Answer]]
Reader = Callable[[Sequence[Report], tuple[str, ...], int], Iterable[Reading]]
"""Reports, the case's countries and a number of processes -> each report with what was read in it, in order."""


class BenchError(Exception):
    """The run can't go on; the message says what was found, what was expected, what to do."""


class MissingDataError(BenchError):
    """The set's data is not where it was looked for: no misuse in a run of all sets, but one in a run of this set."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of the table, and what it is held against, all in percent.

    `path` leads to the share in the scorer's JSON. `floor` is what a program of a few lines reaches, `goal` what we
    mean to reach; None where nobody has said. `less` marks a figure of which less is better.

    >>> Figure("F1", ("harm", "f1"), floor=44).found({"harm": {"f1": 0.475}})
    47.5
    """

    name: str
    path: tuple[str, ...]
    floor: float | None = None
    goal: float | None = None
    less: bool = False

    def found(self, report: Mapping[str, Any]) -> float | None:
        """In percent; None where there was nothing to divide by. LookupError when the JSON has no such key."""
        value: Any = report
        for step in self.path:
            if step not in value:
                wanted = " > ".join(self.path)
                raise LookupError(f"the scorer's JSON has no {wanted}; beside {step!r} it has: {', '.join(value)}")
            value = value[step]
        return None if value is None else round(100 * value, 1)


@dataclass(frozen=True, slots=True)
class Run:
    """How a set is to be run: read by what, which documents (an expression on their ids), in how many processes."""

    reader: Reader
    only: str = ""
    jobs: int = 1
    errors: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the scorer printed, as it is, and one line an error where errors were asked for."""

    json: str
    errors: tuple[str, ...] = ()

    @property
    def report(self) -> Mapping[str, Any]:
        found: Mapping[str, Any] = json.loads(self.json)
        return found


@dataclass(frozen=True, slots=True)
class Adapter:
    """One set: its name, its default folder, what that folder must hold, its figures, and how it is run."""

    name: str
    data: Path
    needs: tuple[str, ...]
    figures: tuple[Figure, ...]
    run: Callable[[Path, Run], Outcome]

    def check(self, data: Path) -> None:
        """Raises MissingDataError unless the folder holds what the set needs."""
        gone = [name for name in self.needs if not (data / name).exists()]
        if gone:
            raise MissingDataError(f"{self.name}: no {', '.join(gone)} in {shown(data)}; --data names another folder")


def shown(path: Path) -> str:
    """A path as a person would type it from the repository's root.

    >>> shown(ROOT / "examples" / "coast-2025")
    'examples/coast-2025'
    """
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else str(path)


def day(words: str | None) -> dt.date | None:
    """An ISO day of a row; None where the row has none."""
    return dt.date.fromisoformat(words) if words else None
