"""What the sheets of an export hold: their columns, as sheets.toml names them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

__all__ = ["AS_WRITTEN", "DECIDE", "WHY", "Column", "columns", "decisions_on", "names"]

Kind = Literal["text", "words", "code", "codes", "whole", "number", "day", "yes"]

DECIDE, WHY, AS_WRITTEN = "decide", "why", "as_written"
"""The columns in which people decide on a whole row, say why, and in which a row remembers how it was written."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, how its cells are written, whether a person may change them.

    `codes` names the list behind its drop-down; `instead` what to do where it may not be changed.

    >>> columns("claims")["status"].codes, columns("claims")["low"].open
    ('status', False)
    """

    name: str
    kind: Kind
    about: str
    codes: str = ""
    open: bool = False
    instead: str = ""


@cache
def _table() -> Mapping[str, Any]:
    return tomllib.loads(files("cenotaph.publish").joinpath("sheets.toml").read_text(encoding="utf-8"))


@cache
def columns(sheet: str) -> Mapping[str, Column]:
    """The columns of a sheet by their headings, in order. Raises LookupError for a sheet that there is not."""
    table = _table()
    if sheet not in table["columns"]:
        raise LookupError(f"no sheet {sheet!r}; there are: {', '.join(table['columns'])}")
    found = [Column(**one) for one in table["columns"][sheet]]
    if sheet in table["decide"]:
        allowed = ", ".join(table["decide"][sheet])
        found.append(Column(DECIDE, "code", f"your decision on the whole row: {allowed}", f"decide {sheet}", open=True))
    if any(one.open for one in found):
        found.append(Column(WHY, "text", "your reason for what you changed or decided in this row", open=True))
    found.append(Column(AS_WRITTEN, "text", "how the row was when it was written: leave it as it is"))
    return {one.name: one for one in found}


def decisions_on(sheet: str) -> tuple[str, ...]:
    """What a person may write under `decide`."""
    return tuple(_table()["decide"].get(sheet, ()))


def names() -> tuple[str, ...]:
    """The sheets that there are."""
    return tuple(_table()["columns"])
