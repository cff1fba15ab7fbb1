"""expected/*.toml: what a person found in a bulletin, typed from the facts and never from our output.

A key that is not there was not said or does not matter; a key with "" says that nothing may be read there
(`status = ""`: these dead are of no stated status). Days are TOML days, or "2025-03" for a whole month.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from bench.adapter import BenchError, shown
from cenotaph.vocabulary import Comparator, Harm

Day = dt.date | str

COMPARATORS: Mapping[str, Comparator] = {
    "exact": "exact",
    "at_least": "at least",
    "more_than": "more than",
    "about": "about",
    "nearly": "nearly",
    "up_to": "up to",
    "less_than": "less than",
    "between": "between",
    "vague": "plural",
    "none": "none",
}
FIGURES = (*COMPARATORS, "fraction")


@dataclass(frozen=True, slots=True)
class Amount:
    """The expected figure: how it is compared, its number or numbers, or its words ("dozens", "about half")."""

    comparator: Comparator = "none"
    base: int | None = None
    upper: int | None = None
    vague: str = ""
    fraction: str = ""

    @classmethod
    def of(cls, entry: Mapping[str, Any]) -> Amount:
        """Raises ValueError when an entry gives two figures.

        >>> Amount.of({"at_least": 745}).base, Amount.of({"between": [2300, 2400]}).upper
        (745, 2400)
        """
        given = [key for key in FIGURES if key in entry]
        if len(given) > 1:
            raise ValueError(f"one figure a claim; found {' and '.join(given)}")
        key = given[0] if given else "none"
        value = entry.get(key)
        if key == "fraction":
            return cls(fraction=str(value))
        if key == "vague":
            return cls(COMPARATORS[key], vague=str(value))
        if key == "none":
            return cls()
        low, high = value if isinstance(value, list) else (value, None)
        if key == "between" and high is None:
            raise ValueError(f"between takes two numbers in brackets; found {value!r}")
        return cls(COMPARATORS[key], low, high)


@dataclass(frozen=True, slots=True)
class Expected:
    """One claim that a bulletin makes. None: not stated. The names are those of the file's keys."""

    harm: Harm
    amount: Amount
    words: str = ""
    group: str | None = None
    status: str | None = None
    affiliation: str | None = None
    identity: str | None = None
    sex: str | None = None
    age: str | None = None
    voice: str | None = None
    person: str | None = None
    anonymous: bool = False
    via: str | None = None
    hedged: bool = False
    said: Day | None = None
    since: Day | None = None
    until: Day | None = None
    date: Day | None = None
    recorded: Day | None = None
    date_unclear: Day | None = None
    over: str | None = None
    running: bool = False
    background: bool = False
    place: str | None = None
    how: str | None = None
    by: str | None = None
    part_of: Any = None
    was: int | None = None
    excludes: str | None = None
    note: str | None = None

    @classmethod
    def of(cls, entry: Mapping[str, Any]) -> Expected:
        known = {field.name for field in fields(cls)} - {"amount"}
        _only(entry, known | set(FIGURES))
        if "harm" not in entry:
            raise ValueError("a claim names its harm; found none")
        rest = {key: value for key, value in entry.items() if key in known and key != "harm"}
        return cls(harm=_harm(entry["harm"]), amount=Amount.of(entry), **rest)


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer of an accused party that a bulletin carries."""

    kind: str
    words: str = ""
    by: str = ""
    blames: str = ""
    said: Day | None = None
    exact: int | None = None
    voice: str = ""
    via: str = ""
    note: str = ""

    @classmethod
    def of(cls, entry: Mapping[str, Any]) -> Reply:
        _only(entry, {field.name for field in fields(cls)})
        if "kind" not in entry:
            raise ValueError("an answer names its kind; found none")
        return cls(**entry)


@dataclass(frozen=True, slots=True)
class Sheet:
    """All that is expected of one bulletin."""

    claims: tuple[Expected, ...]
    answers: tuple[Reply, ...]


def sheet(file: Path) -> Sheet:
    """What one file expects. BenchError that names the file and the entry when it can't be read."""
    try:
        data = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BenchError(f"{shown(file)}: not valid TOML: {error}") from error
    claims, answers = data.get("claim", []), data.get("answer", [])
    return Sheet(_entries(Expected, claims, file, "claim"), _entries(Reply, answers, file, "answer"))


def _entries(kind: Any, entries: Sequence[Mapping[str, Any]], file: Path, name: str) -> tuple[Any, ...]:
    found = []
    for number, entry in enumerate(entries, 1):
        try:
            found.append(kind.of(entry))
        except (ValueError, TypeError) as error:
            raise BenchError(f"{shown(file)}, {name} {number}: {error}") from error
    return tuple(found)


def _harm(codes: str | Sequence[str]) -> Harm:
    return Harm.parse(codes if isinstance(codes, str) else " or ".join(codes))


def _only(entry: Mapping[str, Any], known: set[str]) -> None:
    strange = sorted(set(entry) - known)
    if strange:
        raise ValueError(f"unknown key {', '.join(strange)}; there are: {', '.join(sorted(known))}")
