"""A table as it came -> its headings and its rows: one or two rows of headings, merged cells, titles above them."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from cenotaph.plain.cells import plain_letters
from cenotaph.sheets_in.headings import Headings

__all__ = ["FORMULA", "Grid", "grid"]

LOOKED_AT = 20
"""Rows at the top among which headings are looked for."""
_UNFIT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
"""Signs that are nobody's words; lines and tabs become spaces."""
FORMULA = "[formula]"
"""What stands in a text for a cell that a program would work out: its value is nobody's words."""

Row = tuple[int, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Grid:
    """A sheet by its name: the headings, each once, and the rows with their numbers as a spreadsheet counts them.

    `line` is the row of the headings, the lower one where there are two.
    """

    name: str
    headings: Sequence[str]
    rows: Sequence[Row]
    line: int

    @property
    def known(self) -> bool:
        return bool(self.rows) and any(self.headings)


def grid(name: str, table: Sequence[Sequence[Any]], formulas: Collection[tuple[int, int]], known: Headings) -> Grid:
    """The headings are the row that knows most names of columns, else the first that fills most of its cells.

    >>> known = Headings({"heading": [{"field": "place", "names": ["place"]}], "word": [
    ...     {"part": "harm", "is": "killed", "words": ["killed"]}, {"part": "group", "is": "men", "words": ["men"]}]})
    >>> table = [["Our list"], ["Place", "Killed", ""], ["", "Men", "Women"], ["Baniyas", 3, 1.0]]
    >>> found = grid("a", table, (), known)
    >>> found.headings, found.rows
    (['Place', 'Killed / Men', 'Killed / Women'], [(4, ['Baniyas', '3', '1'])])
    """
    width = max(map(len, table), default=0)
    rows = [[_cell(row, at, line, formulas) for at in range(width)] for line, row in enumerate(table)]
    at = _headings_at(rows, known)
    if at is None:
        return Grid(name, (), (), 0)
    upper, lower = rows[at], rows[at]
    if at + 1 < len(rows) and _goes_on(rows[at], rows[at + 1], rows[at + 2 : at + 12], known):
        lower = rows[at + 1]
        labels = [_joined(*pair) for pair in zip(_filled(upper, lower), lower, strict=True)]
        at += 1
    else:
        labels = list(upper)
    body = [(line + 1, row) for line, row in enumerate(rows) if line > at and any(row)]
    used = max((at for at in range(width) if labels[at] or any(row[at] for _, row in body)), default=-1) + 1
    return Grid(name, _once(labels[:used]), [(line, row[:used]) for line, row in body], at + 1)


def _cell(row: Sequence[Any], at: int, line: int, formulas: Collection[tuple[int, int]]) -> str:
    if (line, at) in formulas:
        return FORMULA
    return _text(row[at]) if at < len(row) else ""


def _text(cell: Any) -> str:
    """A cell as its letters, in one line."""
    plain = plain_letters(cell)
    if plain is not None:
        return plain
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat(" ")
    if isinstance(cell, dt.date):
        return cell.isoformat()
    return " ".join(_UNFIT.sub("", str(cell)).split())


def _headings_at(rows: Sequence[Sequence[str]], known: Headings) -> int | None:
    best: tuple[int, int] | None = None
    found = None
    for at, row in enumerate(rows[:LOOKED_AT]):
        named, filled = sum(known.knows(cell) for cell in row if cell), sum(map(bool, row))
        if filled and (best is None or (named, filled if not named else 0) > best):
            best, found = (named, filled if not named else 0), at
    return found


def _goes_on(upper: Sequence[str], lower: Sequence[str], below: Sequence[Sequence[str]], known: Headings) -> bool:
    """Whether the next row is a second row of headings: tags, or words under a heading that spans several columns, in
    columns that below it hold numbers.
    """
    told = [cell for cell in lower if cell]
    if told and all(cell.startswith("#") for cell in told):
        return True
    if not told or any(any(map(str.isdigit, cell)) for cell in told):
        return False
    spans = [
        at for at, cell in enumerate(lower) if cell and (not upper[at] or (at + 1 < len(upper) and not upper[at + 1]))
    ]
    named = any(known.figure(f"{one} {lower[at]}") for at in spans for one in (_filled(upper, lower)[at],) if one)
    counted = [at for at in spans if any(any(map(str.isdigit, row[at])) for row in below)]
    return bool(spans) and (named or (len(counted) == len(spans) and len(told) < sum(map(bool, upper)) + len(spans)))


def _filled(upper: Sequence[str], lower: Sequence[str]) -> list[str]:
    """A heading that spans several columns holds for each of them that has one of its own below."""
    out: list[str] = []
    last = ""
    for above, below in zip(upper, lower, strict=True):
        last = above or (last if below else "")
        out.append(last)
    return out


def _joined(upper: str, lower: str) -> str:
    return " / ".join(part for part in (upper, lower) if part)


def _once(labels: Sequence[str]) -> list[str]:
    """Each label once, and none that could be taken for the end of another cell in a line of text.

    >>> _once(["a: b", "c", "c", ""])
    ['a b', 'c', 'c (2)', 'column 4']
    """
    out: list[str] = []
    seen: Counter[str] = Counter()
    for at, label in enumerate(labels, 1):
        name = " ".join(label.replace(":", " ").replace("|", " ").split()) or f"column {at}"
        seen[name] += 1
        out.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return out
