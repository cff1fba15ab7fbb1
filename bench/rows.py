"""Rows of a set: in without what gives the answer away, out as the set's scorer takes them."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from bench.adapter import SHARED, BenchError, Figure, MissingDataError, shown


def rows(file: Path, *, keep: tuple[str, ...], only: str = "") -> Iterator[dict[str, Any]]:
    """The rows of a JSON-lines file whose id `only` is found in, each with the fields in `keep` and no other.

    A list of what may stay, not of what must go: a gold field that a set gains later stays out by itself.
    """
    wanted = re.compile(only)
    for row in lines(file):
        if wanted.search(str(row["id"])):
            yield {name: row.get(name) for name in keep}


def lines(file: Path, *, key: str = "id") -> Iterator[dict[str, Any]]:
    """Whole rows, each of which must have a `key`. BenchError names the line that is none."""
    with file.open(encoding="utf-8") as held:
        for number, line in enumerate(held, 1):
            if line.strip():
                yield _row(line, f"{shown(file)} line {number}", key)


def _row(line: str, where: str, key: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except json.JSONDecodeError as error:
        raise BenchError(f"{where}: expected one JSON object, found {line[:40]!r} ({error.msg})") from error
    if not isinstance(row, dict) or key not in row:
        raise BenchError(f"{where}: expected a JSON object with an {key}, found {line[:40]!r}")
    return row


def write(file: Path, found: Iterable[Mapping[str, Any]]) -> None:
    """One JSON object a line."""
    with file.open("w", encoding="utf-8") as opened:
        opened.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in found)


def scored(name: str, *arguments: str | Path) -> str:
    """What the set's own scorer prints. BenchError, with the scorer's last line, when it does not end well."""
    script = SHARED / name / "bench.py"
    if not script.is_file():
        raise MissingDataError(f"{name}: no scorer at {shown(script)}")
    command = [sys.executable, str(script), *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        why = done.stderr.strip().splitlines() or ["it said nothing"]
        raise BenchError(f"{name}: the scorer ended with {done.returncode}: {why[-1]}")
    return done.stdout


def part(file: Path, folder: Path, *, only: str) -> Path:
    """The gold rows of the documents asked for, for a scorer that knows no way to leave some out; the file itself where
    none are left out.
    """
    if not only:
        return file
    chosen = folder / f"gold-{file.name}"
    wanted = re.compile(only)
    write(chosen, (row for row in lines(file) if wanted.search(str(row["id"]))))
    return chosen


def gold(file: Path, *, only: str = "") -> Iterator[dict[str, Any]]:
    """Whole rows with their answers: for the lists of errors, never for the reader."""
    wanted = re.compile(only)
    return (row for row in lines(file) if wanted.search(str(row["id"])))


def whole(printed: str, figures: Iterable[Figure]) -> str:
    """The scorer's JSON with None for each figure that it leaves out where too little was asked for.

    >>> whole('{"LGL": {"n": 0, "far": null}}', [Figure("F1", ("GWN", "f1")), Figure("km", ("LGL", "far", "km"))])
    '{"LGL": {"n": 0, "far": {"km": null}}, "GWN": {"f1": null}}'
    """
    report = json.loads(printed)
    for figure in figures:
        *inner, last = figure.path
        table = report
        for step in inner:
            table[step] = table.get(step) or {}
            table = table[step]
        table.setdefault(last, None)
    return json.dumps(report, ensure_ascii=False)
