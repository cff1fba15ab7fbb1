"""What the columns of other people's sheets mean in a case: said once by a person, remembered in case.toml.

[[sheet]]
name = "monitor list"
owner = "Example Monitor"
parts = ["deaths_civilians"]

[sheet.columns]
"date_start" = "day"
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

from cenotaph.case.errors import CaseError

__all__ = ["Mapped", "mapped_as", "mappings_from", "remember"]

_BEGIN = re.compile(r"^\[\[sheet\]\]\s*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Mapped:
    """The meaning of a sheet's columns: a field for each heading; `parts` are headings whose figures sum to the whole.

    `owner` answers for what the sheet says.
    """

    name: str
    owner: str
    columns: Mapping[str, str] = field(default_factory=dict)
    parts: tuple[str, ...] = ()

    def fits(self, headings: Sequence[str]) -> bool:
        """Whether a sheet has every column that this one gives a meaning."""
        return set(self.columns) <= set(headings)


def mapped_as(known: Sequence[Mapped], headings: Sequence[str]) -> Mapped | None:
    """What a sheet with these headings was mapped as: the one that says most of it, of two the later."""
    fits = [one for one in known if one.columns and one.fits(headings)]
    return max(reversed(fits), key=lambda one: len(one.columns), default=None)


def mappings_from(path: Path, tables: object) -> tuple[Mapped, ...]:
    """The [[sheet]] tables of case.toml. Raises CaseError for one that can't be understood."""
    if not isinstance(tables, list) or not all(isinstance(one, dict) for one in tables):
        raise CaseError(f"{path}: sheets are written as [[sheet]]; found {tables!r}")
    return tuple(_mapped(path, one) for one in tables)


def _mapped(path: Path, table: Mapping[str, Any]) -> Mapped:
    columns, parts = table.get("columns", {}), table.get("parts", [])
    words = [table.get("name", ""), table.get("owner", ""), *parts] if isinstance(parts, list) else [parts]
    if isinstance(columns, dict):
        words += columns.values()
    unknown = set(table) - {"name", "owner", "columns", "parts"}
    if unknown or not isinstance(columns, dict) or not isinstance(parts, list):
        raise CaseError(f"{path}: a [[sheet]] has name, owner, parts (a list) and columns; found {', '.join(table)}")
    if not all(isinstance(one, str) for one in words):
        raise CaseError(f"{path}: all that a [[sheet]] says is text")
    return Mapped(str(table.get("name", "")), str(table.get("owner", "")), dict(columns), tuple(parts))


def remember(path: Path, new: Mapped, before: Mapped | None = None) -> None:
    """Writes a mapping into case.toml in place of the one before, or that of the same columns; every other line stays
    as it is.
    """
    text = path.read_text(encoding="utf-8")
    starts = [*(found.start() for found in _BEGIN.finditer(text)), len(text)]
    parts = [text[start:end] for start, end in pairwise(starts)]
    head = text[: starts[0]]
    kept = [part for part in parts if _columns(part) not in [set(one.columns) for one in (new, before) if one]]
    whole = head.rstrip("\n") + "\n\n" + "".join(f"{part.strip()}\n\n" for part in kept) + _written(new)
    beside = path.with_name(f"{path.name}.new")
    beside.write_text(whole, encoding="utf-8")
    os.replace(beside, path)


def _columns(part: str) -> set[str]:
    (table,) = tomllib.loads(part)["sheet"]
    return set(table.get("columns", {}))


def _written(one: Mapped) -> str:
    lines = ["[[sheet]]", f"name = {_quoted(one.name)}", f"owner = {_quoted(one.owner)}"]
    if one.parts:
        lines.append(f"parts = [{', '.join(map(_quoted, one.parts))}]   # their figures sum to the row's whole")
    lines += ["", "[sheet.columns]", *(f"{_quoted(key)} = {_quoted(value)}" for key, value in one.columns.items())]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(char if char.isprintable() else f"\\U{ord(char):08x}" for char in escaped) + '"'
