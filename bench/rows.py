"""Rows of a set: in without what gives the answer away, out as the set's scorer takes them."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from bench.adapter import SHARED, BenchError, MissingDataError, shown


def rows(file: Path, *, keep: tuple[str, ...], only: str = "") -> Iterator[dict[str, Any]]:
    """The rows of a JSON-lines file whose id `only` is found in, each with the fields in `keep` and no other.

    A list of what may stay, not of what must go: a gold field that a set gains later stays out by itself.
    """
    wanted = re.compile(only)
    for row in _lines(file):
        if wanted.search(row["id"]):
            yield {name: row.get(name) for name in keep}


def _lines(file: Path) -> Iterator[dict[str, Any]]:
    with file.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if line.strip():
                yield _row(line, f"{shown(file)} line {number}")


def _row(line: str, where: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except json.JSONDecodeError as error:
        raise BenchError(f"{where}: expected one JSON object, found {line[:40]!r} ({error.msg})") from error
    if not isinstance(row, dict) or "id" not in row:
        raise BenchError(f"{where}: expected a JSON object with an id, found {line[:40]!r}")
    return row


def write(file: Path, found: Iterable[Mapping[str, Any]]) -> None:
    """One JSON object a line."""
    with file.open("w", encoding="utf-8") as lines:
        lines.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in found)


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
