"""Which column is which field, as somebody mapped them; and the cells of a row by field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from cenotaph.sheets_in.cells import Days, Unfit, days, number, order_of, precision
from cenotaph.sheets_in.folding import folded
from cenotaph.sheets_in.headings import ORDERS, Figure, Headings
from cenotaph.sheets_in.texts import Cell, Line, Lines
from cenotaph.vocabulary import Problem

__all__ = ["Columns", "bad"]

PERSONS = frozenset({"name", "fate"})
"""Fields by which a row is a person."""


@dataclass
class Columns:
    """The mapping of a sheet: `fields` by heading, and `ties` of the parts that its source says sum to the whole."""

    lines: Lines
    fields: Mapping[str, str]
    known: Headings
    ties: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def by_field(self) -> Mapping[str, str]:
        """The heading of each field that is read."""
        read = {name: heading for heading, name in self.fields.items() if name != "leave"}
        return {self.known.base(name): heading for name, heading in read.items()}

    @cached_property
    def figures(self) -> Sequence[tuple[str, Figure]]:
        """The columns that count, by heading."""
        found = [(heading, self.known.figure(name)) for heading, name in self.fields.items() if self._counts(name)]
        return [(heading, figure) for heading, figure in found if figure is not None]

    def _counts(self, name: str) -> bool:
        return self.known.base(name) not in self.known.fields

    @property
    def of_persons(self) -> bool:
        """Whether a row is a person, named or not."""
        return bool(PERSONS & set(self.by_field))

    # --- cells --------------------------------------------------------------------------------------------------------

    def cell(self, line: Line, name: str) -> Cell | None:
        heading = self.by_field.get(name)
        return None if heading is None else line.cells.get(heading)

    def words(self, line: Line, name: str) -> str:
        """What a cell says; "" where it says nothing."""
        found = self.cell(line, name)
        return "" if found is None or folded(found.words) in self.known.nothing else found.words

    def days(self, line: Line, name: str) -> Days | None:
        found = self.cell(line, name)
        return None if found is None else days(found.words, self._order(found.heading), self.known)

    def number(self, line: Line, name: str, most: float) -> float | None:
        found = self.cell(line, name)
        return None if found is None or folded(found.words) in self.known.nothing - {""} else number(found.words, most)

    def precision(self, line: Line, name: str, most: int) -> int | None:
        found = self.cell(line, name)
        if found is None:
            return None
        scale = self.fields[found.heading]
        return precision(found.words, scale if scale in self.known.scales else "", self.known, most)

    def _order(self, heading: str) -> str:
        last = self.fields[heading].rpartition(" ")[2]
        return last if last in ORDERS else self._orders[heading]

    @cached_property
    def _orders(self) -> Mapping[str, str]:
        """How each column writes its days, told from all of them."""
        headings = [one for one, name in self.fields.items() if self.known.kind(name) == "day"]
        return {
            heading: order_of(line.cells[heading].words for line in self.lines.lines if heading in line.cells)
            for heading in headings
        }

    # --- rows ---------------------------------------------------------------------------------------------------------

    def sound(self, problems: list[Problem], report: str) -> Iterator[Line]:
        """The rows that may be read: not those that are sums of others, nor those whose id stands twice."""
        seen: dict[str, list[Line]] = {}
        for line in self.lines.lines:
            seen.setdefault(self.words(line, "id"), []).append(line)
        for line in self.lines.lines:
            same = seen[self.words(line, "id")] if self.words(line, "id") else [line]
            if self._is_sum(line):
                problems.append(
                    _row(self.lines, line, report, "a sum of other rows; not read, since it counts nobody more")
                )
            elif len(same) == 1:
                yield line
            elif any(one.words != same[0].words for one in same):
                rows = ", ".join(str(one.number) for one in same)
                why = f"its id stands in rows {rows} with other cells; none of them is read"
                problems.append(bad(self.lines, line, self.cell(line, "id"), report, why))
            elif line is same[0]:
                yield line
            else:
                why = f"repeats row {same[0].number} in every cell; counted once"
                problems.append(_row(self.lines, line, report, why))

    def _is_sum(self, line: Line) -> bool:
        return folded(line.first) in self.known.sums


def bad(lines: Lines, line: Line, cell: Cell | None, report: str, why: str) -> Problem:
    """A cell that can't be read: in which sheet, row and column, and what it says."""
    if cell is None:
        return _row(lines, line, report, why)
    at = letters(lines.headings.index(cell.heading)) if cell.heading in lines.headings else ""
    what = f"{lines.at(cell.heading, line.number)}{f' ({at}{line.number})' if at else ''}: {why}"
    return Problem(
        "sheet", what, report, cell.span.start, cell.span.end, cell.words,
        "mend the cell and import the sheet again, or map its column otherwise", "what this row says is not counted",
    )  # fmt: skip


def _row(lines: Lines, line: Line, report: str, why: str) -> Problem:
    return Problem(
        "sheet", f"{lines.name}, row {line.number}: {why}", report, line.span.start, line.span.end,
        settle="mend the sheet and import it again, or settle this", changes="whether this row is counted",
    )  # fmt: skip


def letters(at: int) -> str:
    """A column, counted from 0, as spreadsheets name it.

    >>> letters(0), letters(26)
    ('A', 'AA')
    """
    return (letters(at // 26 - 1) if at >= 26 else "") + chr(ord("A") + at % 26)


__all__ += ["Unfit"]
