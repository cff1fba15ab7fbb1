"""Records -> sheets that people may change and give back, and the CSV of one of them.

A row remembers how it was written: by the marks in its last column an edited cell is known from one that only the case
has changed since.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from cenotaph.publish import csv
from cenotaph.publish.cells import LONGEST, clean, mark, plain
from cenotaph.publish.columns import AS_WRITTEN, Column, columns
from cenotaph.publish.csv import Cell

__all__ = ["Choice", "Record", "Sheet", "csv_lines", "sheet"]

Record = Mapping[str, Cell]


@dataclass(frozen=True, slots=True)
class Choice:
    """One code that a cell may hold, and what it means."""

    code: str | int
    label: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table by name; `cut` counts the cells whose text was too long for a spreadsheet."""

    name: str
    columns: Mapping[str, Column]
    rows: Sequence[Sequence[Cell]]
    cut: int = 0

    @property
    def from_the_right(self) -> bool:
        """Whether most of what reports say in it is written from right to left.

        >>> sheet("problems", [{"id": "problem:1", "quote": "سقط قتلى"}]).from_the_right
        True
        """
        words = [at for at, one in enumerate(self.columns.values()) if one.kind == "words"]
        ways = [
            unicodedata.bidirectional(letter)
            for row in self.rows for at in words for letter in str(row[at] or "")
        ]  # fmt: skip
        return sum(way in ("R", "AL") for way in ways) > sum(way == "L" for way in ways)


def sheet(name: str, records: Iterable[Record]) -> Sheet:
    """The sheet of these records; what a record has no value for stays empty. Raises LookupError for another sheet."""
    known = columns(name)
    rows: list[list[Cell]] = []
    cut = 0
    for record in records:
        cells = {column: clean(record.get(column)) for column in known}
        cut += sum(isinstance(one, str) and len(one) > LONGEST for one in record.values())
        cells[AS_WRITTEN] = _marks(cells, known)
        rows.append(list(cells.values()))
    return Sheet(name, known, rows, cut)


def _marks(cells: Record, known: Mapping[str, Column]) -> str:
    row = str(cells["id"])
    return " ".join(mark(row, name, plain(cells[name], one.kind)) for name, one in known.items() if name != AS_WRITTEN)


def csv_lines(one: Sheet) -> Iterator[str]:
    """A sheet as CSV, header first; text that begins like a formula has an apostrophe before it."""
    return csv.table(list(one.columns), one.rows)
