"""Sheets -> one .xlsx: headings that stay in sight, drop-downs from the codes, from right to left where the words are.

Every text is written as text: nothing that a report says becomes a formula or a link.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]

from cenotaph.publish.cells import clean, letters
from cenotaph.publish.columns import AS_WRITTEN, Column
from cenotaph.publish.csv import FORMULA, Cell
from cenotaph.publish.sheets import Choice, Sheet

__all__ = ["CODES", "GUIDE", "workbook"]

CODES, GUIDE = "codes", "about"
"""The sheet behind the drop-downs, and the one that explains the others; neither is read in again."""
EARLIEST = dt.date(1900, 3, 1)
"""Before it spreadsheets count a day that never was, so an earlier day is written as text."""
SPARE = 1000
"""Rows below the last one in which the drop-downs still work."""
WIDE, USUAL, NARROW = 48, 18, 11

OPTIONS = {
    "constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
    "remove_timezone": True,
}  # fmt: skip


def workbook(
    sheets: Sequence[Sheet], choices: Mapping[str, Sequence[Choice]], told: Iterable[str], *, made: dt.datetime
) -> bytes:
    """The bytes of the file: the same for the same sheets and the same moment. `told` are lines that explain it."""
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, OPTIONS)
    book.set_properties({"created": made, "title": "cenotaph export"})
    style = _styles(book)
    lists = {name: f"={CODES}!${letters(at)}$2:${letters(at)}${len(some) + 1}" for at, (name, some) in enumerate(
        choices.items())}  # fmt: skip
    for one in sheets:
        _sheet(book.add_worksheet(one.name), one, lists, style)
    _codes(book.add_worksheet(CODES), choices, style)
    _guide(book.add_worksheet(GUIDE), sheets, choices, told, style)
    book.close()
    return content.getvalue()


def _styles(book: Any) -> dict[str, Any]:
    kinds = {
        "open": {"bold": True, "bg_color": "#FFF2CC", "bottom": 1},
        "closed": {"bold": True, "bg_color": "#E7E6E6", "bottom": 1},
        "day": {"num_format": "yyyy-mm-dd"},
        "like a formula": {"quote_prefix": True},
    }
    return {name: book.add_format(known) for name, known in kinds.items()}


def _sheet(page: Any, one: Sheet, lists: Mapping[str, str], style: Mapping[str, Any]) -> None:
    last = len(one.rows)
    page.freeze_panes(1, 1)
    if one.from_the_right:
        page.right_to_left()
    for at, column in enumerate(one.columns.values()):
        page.set_column(at, at, _width(column), None, {"hidden": column.name == AS_WRITTEN})
        if column.open and (asked := _asked(column, lists)):
            page.data_validation(1, at, last + SPARE, at, asked)
    page.autofilter(0, 0, last, len(one.columns) - 1)
    for at, column in enumerate(one.columns.values()):
        page.write_string(0, at, column.name, style["open" if column.open else "closed"])
    for line, row in enumerate(one.rows, 1):
        for at, cell in enumerate(row):
            _write(page, line, at, cell, style)


def _write(page: Any, line: int, at: int, cell: Cell, style: Mapping[str, Any]) -> None:
    if cell is None or cell == "":
        return
    if isinstance(cell, bool):
        page.write_boolean(line, at, cell)
    elif isinstance(cell, (int, float)):
        page.write_number(line, at, cell)
    elif isinstance(cell, dt.date) and cell >= EARLIEST:
        page.write_datetime(line, at, cell, style["day"])
    else:
        text = cell if isinstance(cell, str) else cell.isoformat()
        page.write_string(line, at, text, style["like a formula"] if text.startswith(FORMULA) else None)


def _asked(column: Column, lists: Mapping[str, str]) -> dict[str, Any] | None:
    """A drop-down; a harm may be one of several, so there another word is only asked about."""
    if column.kind == "yes":
        return {"validate": "list", "source": ["TRUE", "FALSE"]}
    if column.codes not in lists:
        return None
    strict = "warning" if column.kind == "codes" else "stop"
    return {
        "validate": "list", "source": lists[column.codes], "error_type": strict,
        "error_title": column.name, "error_message": f"One of the codes on the sheet {CODES} is expected.",
    }  # fmt: skip


def _codes(page: Any, choices: Mapping[str, Sequence[Choice]], style: Mapping[str, Any]) -> None:
    """A column of codes for each list; what they mean stands on the last sheet."""
    page.freeze_panes(1, 0)
    page.set_column(0, len(choices), USUAL)
    for at, name in enumerate(choices):
        page.write_string(0, at, name, style["closed"])
    for line in range(max((len(some) for some in choices.values()), default=0)):
        for at, some in enumerate(choices.values()):
            if line < len(some):
                _write(page, line + 1, at, some[line].code, style)


def _guide(
    page: Any, sheets: Sequence[Sheet], choices: Mapping[str, Sequence[Choice]], told: Iterable[str],
    style: Mapping[str, Any],
) -> None:  # fmt: skip
    page.set_column(0, 2, USUAL)
    page.set_column(3, 3, 2 * WIDE)
    lines: list[Sequence[Cell]] = [(words,) for words in told]
    headings = [len(lines) + 1, len(lines) + sum(len(one.columns) for one in sheets) + 3]
    lines += [(), ("sheet", "column", "may be changed", "what stands in it"), *_explained(sheets)]
    lines += [(), ("list", "code", "", "what it means"), *_meant(choices)]
    for line, cells in enumerate(lines):
        for at, cell in enumerate(cells):
            if line in headings:
                page.write_string(line, at, str(cell), style["closed"])
            else:
                _write(page, line, at, clean(cell), style)


def _explained(sheets: Sequence[Sheet]) -> Iterator[Sequence[Cell]]:
    for one in sheets:
        for column in one.columns.values():
            about = f"{column.about}; {column.instead}" if column.instead else column.about
            yield one.name, column.name, "yes" if column.open else "no", about


def _meant(choices: Mapping[str, Sequence[Choice]]) -> Iterator[Sequence[Cell]]:
    for name, some in choices.items():
        yield from ((name, one.code, "", one.label) for one in some)


def _width(column: Column) -> int:
    if column.name in ("quote", "what", "figures", "words", "why", "settle"):
        return WIDE
    return NARROW if column.kind in ("whole", "number", "day", "yes") else USUAL
