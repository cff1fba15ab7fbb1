"""A sheet as text, which is its evidence: a line for each row, each cell after its heading; and the cells of a line."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from cenotaph.sheets_in.grid import Grid
from cenotaph.vocabulary import Span

__all__ = ["Cell", "Line", "Lines", "lines_of", "text_of"]

_BETWEEN = " | "
_ROW = re.compile(r"row (\d+)(?= \| )")


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: what it says, where in the text, and under which heading."""

    heading: str
    words: str
    span: Span


@dataclass(frozen=True, slots=True)
class Line:
    """One row: its number in the sheet, where its line stands, what all its cells say, and those that are asked for by
    heading (empty ones are not there).
    """

    number: int
    span: Span
    words: str
    cells: Mapping[str, Cell]

    @property
    def first(self) -> str:
        """What the first cell says."""
        return self.words.partition(_BETWEEN)[0].partition(": ")[2]


@dataclass(frozen=True, slots=True)
class Lines:
    """A sheet as its text gives it."""

    name: str
    headings: Sequence[str]
    lines: Sequence[Line] = field(default=())

    def at(self, heading: str, number: int) -> str:
        return f"{self.name}, row {number}, column {heading}"


def text_of(sheet: Grid) -> str:
    """The text of a sheet: its name, its headings, its rows.

    >>> print(text_of(Grid("list", ["place", "killed"], [(2, ["Baniyas", "3"]), (4, ["Tartus", ""])], 1)))
    sheet list, headings in row 1
    columns | place | killed
    row 2 | place: Baniyas | killed: 3
    row 4 | place: Tartus
    """
    out = [f"sheet {_even(sheet.name)}, headings in row {sheet.line}", _BETWEEN.join(["columns", *sheet.headings])]
    for number, row in sheet.rows:
        told = [f"{heading}: {_even(cell)}" for heading, cell in zip(sheet.headings, row, strict=True) if cell]
        out.append(_BETWEEN.join([f"row {number}", *told]))
    return "\n".join(out)


def _even(words: str) -> str:
    """What would end a cell stands as a sign that looks alike; the bytes in the archive have it as it was."""
    return words.replace("|", "¦")


def lines_of(text: str, wanted: Collection[str] | None = None) -> Lines:
    """The sheet that `text_of` wrote, with the place of each cell under a `wanted` heading (None: all). Raises
    ValueError for another text.

    >>> found = lines_of("sheet a, headings in row 1\\ncolumns | place | killed\\nrow 2 | place: Baniyas | killed: 3")
    >>> found.lines[0].cells["killed"].words, found.lines[0].number
    ('3', 2)
    """
    first, _, rest = text.partition("\n")
    second = rest.partition("\n")[0]
    if not first.startswith("sheet ") or not second.startswith("columns" + _BETWEEN.rstrip()):
        raise ValueError("not the text of a sheet")
    name = first.removeprefix("sheet ").rpartition(", headings in row ")[0]
    start = len(first) + len(second) + 2
    return Lines(name, second.split(_BETWEEN)[1:], tuple(_lines(text, start, wanted)))


def _lines(text: str, start: int, wanted: Collection[str] | None) -> Iterator[Line]:
    for words in text[start:].split("\n"):
        found = _ROW.match(words)
        if found:
            told = words[found.end() + len(_BETWEEN) :]
            cells = dict(_cells(told, start + len(words) - len(told), wanted))
            yield Line(int(found[1]), Span(start, start + len(words)), told, cells)
        start += len(words) + 1


def _cells(line: str, at: int, wanted: Collection[str] | None) -> Iterator[tuple[str, Cell]]:
    for part in line.split(_BETWEEN):
        heading, _, words = part.partition(": ")
        end = at + len(part)
        if wanted is None or heading in wanted:
            yield heading, Cell(heading, words, Span(end - len(words), end))
        at = end + len(_BETWEEN)
