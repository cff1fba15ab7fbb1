"""A sheet that comes back, beside the sheet as it would be written now -> what a person changed in it.

Three things are compared: the cell, what the row says was written (its marks), and what the case says today. A cell
that is as it was written is no change, whatever the case says by now; one that both changed is a Problem. A row of
which one cell can't be placed is not taken at all: half a correction may say what nobody meant.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from cenotaph.publish.cells import Unfit, letters, mark, plain, value
from cenotaph.publish.columns import AS_WRITTEN, DECIDE, WHY, Column, decisions_on
from cenotaph.publish.csv import FORMULA, Cell
from cenotaph.publish.masking import PROTECTED
from cenotaph.publish.returned import Table
from cenotaph.publish.sheets import Choice, Sheet
from cenotaph.vocabulary import Problem

__all__ = ["Change", "Changed", "Found", "Knowing", "compared", "refusal", "sheet_of"]

OWN = (DECIDE, WHY, AS_WRITTEN)
"""Columns that say nothing of what the case holds."""


@dataclass(frozen=True, slots=True)
class Change:
    """One cell: its column, where it stands (F12), what the case says, what the person wrote."""

    column: str
    at: str
    old: str
    new: Cell


@dataclass(frozen=True, slots=True)
class Changed:
    """One row that a person changed or decided on; `line` is its number in the sheet, the headings being 1."""

    sheet: str
    line: int
    id: str
    changes: Mapping[str, Change]
    decide: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """What came of one sheet: rows that are changed, what can't be placed, and what a person should know."""

    changed: Sequence[Changed]
    problems: Sequence[Problem] = ()
    notes: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Knowing:
    """What a sheet is compared with besides itself: the lists of codes, and what was decided already, by id."""

    choices: Mapping[str, Sequence[Choice]]
    decided: Mapping[str, Collection[str]] = field(default_factory=dict)


def refusal(sheet: str, line: int, why: str, *, column: str = "", at: str = "", said: str = "") -> Problem:
    """A cell, a row or a heading that can't be placed: where it stands, and why.

    >>> refusal("claims", 4, "a day is expected", column="said", at="AU4").what
    'claims, row 4, column said (AU4): a day is expected'
    """
    where = [sheet, f"row {line}", *([f"column {column}"] if column else [])]
    where[-1] += f" ({at})" if at else ""
    return Problem("sheet", f"{', '.join(where)}: {why}", sheet, quote=said, settle="mend the cell and import again")


def sheet_of(table: Table, sheets: Sequence[Sheet]) -> Sheet | None:
    """The sheet that a table was: by its name; one without a name by the ids in it, else by its headings."""
    if table.name:
        return next((one for one in sheets if one.name == table.name), None)
    headings = _headings(table)
    if "id" not in headings:
        return None
    at = headings.index("id")
    ids = {plain(row[at], "text") for row in table.rows[1:] if at < len(row)}

    def alike(one: Sheet) -> tuple[int, int]:
        return len(ids & {str(row[0]) for row in one.rows}), len(set(headings) & set(one.columns))

    found = max(sheets, key=alike)
    return found if alike(found) > (0, 1) else None


def compared(table: Table, now: Sheet, knowing: Knowing) -> Found:
    """What a person changed in a sheet that is `now` what it would be if it were written today."""
    headings = _headings(table)
    twice = [name for name, count in Counter(headings).items() if count > 1 and name in now.columns]
    if "id" not in headings or twice:
        why = f"the heading {twice[0]} stands twice" if twice else "no column is headed id"
        return Found((), [refusal(now.name, 1, f"{why}; nothing of this sheet is taken")])
    return _Comparing(table, now, knowing, headings).found()


def _headings(table: Table) -> list[str]:
    return [plain(one, "text") for one in table.rows[0]] if table.rows else []


@dataclass(frozen=True)
class _Row:
    """A row as it came: its number, its id, its cells by heading, and the marks of how it was written."""

    line: int
    key: str
    cells: Mapping[str, Any]
    marks: frozenset[str]

    def as_written(self, column: str, told: str) -> bool:
        return mark(self.key, column, told) in self.marks

    def said(self, column: str) -> str:
        return plain(self.cells.get(column, ""), "text")


@dataclass(frozen=True)
class _Comparing:
    table: Table
    now: Sheet
    knowing: Knowing
    headings: Sequence[str]
    problems: list[Problem] = field(default_factory=list)

    def found(self) -> Found:
        held = {str(row[0]): dict(zip(self.now.columns, row, strict=True)) for row in self.now.rows}
        rows = list(self._rows())
        often = Counter(one.key for one in rows)
        changed = []
        for row in rows:
            if row.key and often[row.key] > 1:
                self._refuse(row, f"its id stands in {often[row.key]} rows; none of them is taken", "id")
            elif one := self._changed(row, held.get(row.key)):
                changed.append(one)
        return Found(changed, self.problems, [*self._notes(set(held) - set(often), bool(rows))])

    def _rows(self) -> Iterator[_Row]:
        for line, row in enumerate(self.table.rows[1:], 2):
            cells = {name: row[at] if at < len(row) else "" for at, name in enumerate(self.headings) if name}
            if any(plain(one, "text") for one in cells.values()):
                marks = plain(cells.get(AS_WRITTEN, ""), "text").split()
                yield _Row(line, plain(cells["id"], "text"), cells, frozenset(marks))

    def _notes(self, gone: Collection[str], any_row: bool) -> Iterator[str]:
        name = self.now.name
        for one in self.headings:
            if one and one not in self.now.columns:
                yield f"{name}: the column {one!r} is none of ours; left alone"
        if any_row and AS_WRITTEN not in self.headings:
            yield f"{name}: without the column {AS_WRITTEN}, cells are compared with the case as it is now"
        if gone:
            yield f"{name}: {len(gone):,} of its rows are not in the file; to take a row out decides nothing"

    def _changed(self, row: _Row, held: Mapping[str, Cell] | None) -> Changed | None:
        """What is changed in a row; None where nothing is, or where a cell of it can't be placed."""
        before = len(self.problems)
        if held is None:
            self._gone(row)
            return None
        columns = [self.now.columns[name] for name in self.headings if name in self.now.columns]
        formulas = {one.name for one in columns if self._place(row, one.name) in self.table.formulas}
        for name in sorted(formulas):
            self._refuse(row, "holds a formula; nothing is worked out here: write the value itself", name)
        own = {*OWN, *formulas, "id"}
        edited = [one for one in columns if one.name not in own and self._is_edited(row, one, held)]
        if edited and row.marks and not row.as_written("id", row.key):
            self._refuse(row, "its cells were written for another row; was a part of the sheet sorted?", "id")
            return None
        changes = {one.name: self._change(row, one, held) for one in edited}
        decide = self._decision(row)
        if len(self.problems) > before or not (changes or decide):
            return None
        whole = {name: one for name, one in changes.items() if one is not None}
        return Changed(self.now.name, row.line, row.key, whole, decide, row.said(WHY))

    def _gone(self, row: _Row) -> None:
        """A row whose id the case does not hold: no matter if nothing is asked for, or if it was decided so."""
        asked = row.said(DECIDE).casefold()
        if not row.key:
            self._refuse(row, "a row without an id; new rows can't be taken from a sheet", "id")
        elif asked and asked in self.knowing.decided.get(row.key, ()):
            return
        elif asked or not row.marks or any(self._is_other(row, name) for name in self.headings):
            self._refuse(row, "nothing in this case has that id, or no more: export again", "id")

    def _is_other(self, row: _Row, name: str) -> bool:
        column = self.now.columns.get(name)
        return column is not None and name not in OWN and not row.as_written(name, plain(row.cells[name], column.kind))

    def _is_edited(self, row: _Row, column: Column, held: Mapping[str, Cell]) -> bool:
        """Neither as the case says now nor as it was written."""
        if row.cells[column.name] == ("" if held[column.name] is None else held[column.name]):
            return False  # nearly every cell, and by far the quickest way to know
        told, now = plain(row.cells[column.name], column.kind), plain(held[column.name], column.kind)
        if column.codes:
            told, now = told.casefold(), now.casefold()  # no two codes of a list differ by capitals alone
        return told != now and not row.as_written(column.name, plain(row.cells[column.name], column.kind))

    def _change(self, row: _Row, column: Column, held: Mapping[str, Cell]) -> Change | None:
        old = plain(held[column.name], column.kind)
        try:
            if not column.open:
                instead = f"; {column.instead}" if column.instead else ""
                raise Unfit(f"this can't be changed in a sheet{instead}")
            if row.marks and not row.as_written(column.name, old):
                raise Unfit("changed here, and since the export in the case as well; export again and look at both")
            new = self._fit(value(row.cells[column.name], column.kind), column)
        except Unfit as why:
            self._refuse(row, str(why), column.name)
            return None
        return Change(column.name, self._at(row, column.name), old, new)

    def _fit(self, new: Cell, column: Column) -> Cell:
        """The value, as the codes spell it. Raises Unfit for what no column of a case may hold."""
        if isinstance(new, str) and PROTECTED in new:
            raise Unfit(f"{PROTECTED} stands for a name that is not shown; correct the claim with cenotaph decide")
        if isinstance(new, str) and new.startswith(FORMULA):
            raise Unfit("it begins like a formula; write it as words")
        if not column.codes or new == "":
            return new
        known = {str(one.code).casefold(): one.code for one in self.knowing.choices[column.codes]}
        parts = str(new).split(" or ") if column.kind == "codes" else [str(new)]
        unknown = [one for one in parts if one.strip().casefold() not in known]
        if unknown:
            raise Unfit(f"{unknown[0]!r} is no code; there are: {', '.join(map(str, known.values()))}")
        found = [known[one.strip().casefold()] for one in parts]
        return found[0] if column.kind == "code" else " or ".join(map(str, found))

    def _decision(self, row: _Row) -> str:
        asked = row.said(DECIDE).casefold()
        if not asked or asked in self.knowing.decided.get(row.key, ()):
            return ""
        known = decisions_on(self.now.name)
        if asked not in known:
            self._refuse(row, f"{asked!r} is no decision here; there are: {', '.join(known)}", DECIDE)
            return ""
        return asked

    def _refuse(self, row: _Row, why: str, column: str) -> None:
        said = plain(row.cells.get(column, ""), "text")
        at = self._at(row, column) if column in self.headings else ""
        self.problems.append(refusal(self.now.name, row.line, why, column=column, at=at, said=said))

    def _place(self, row: _Row, column: str) -> tuple[int, int]:
        return row.line - 1, self.headings.index(column)

    def _at(self, row: _Row, column: str) -> str:
        return f"{letters(self.headings.index(column))}{row.line}"
