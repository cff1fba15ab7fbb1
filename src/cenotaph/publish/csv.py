"""Rows -> CSV: UTF-8 without a byte-order mark, comma, a header line, lines that end in CR LF (RFC 4180).

A spreadsheet runs a cell that begins like a formula, and reports are written by strangers: such text gets a leading
apostrophe. Numbers are never touched, so -1.5 stays a number.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields

from cenotaph.publish.rows import Row

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""How a cell begins that a spreadsheet may run; the wide forms count as well (OWASP, CSV Injection)."""

Cell = str | int | float | bool | dt.date | None


def lines(rows: Iterable[Row]) -> Iterator[str]:
    """The export of claims, header first."""
    names = [column.name for column in fields(Row)]
    return table(names, ([getattr(row, name) for name in names] for row in rows))


def table(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    """CSV lines of any table whose text may come from strangers.

    >>> list(table(["quote", "lon"], [["=1+1", -1.5], ["سقط 12", None]]))
    ['quote,lon\\r\\n', "'=1+1,-1.5\\r\\n", 'سقط 12,\\r\\n']
    """
    line = io.StringIO()
    writer = csv.writer(line, lineterminator="\r\n")
    for row in itertools.chain([header], rows):
        writer.writerow([cell(value) for value in row])
        yield line.getvalue()
        line.seek(0)
        line.truncate()


def cell(value: Cell) -> str:
    """One value as text: days in ISO form, true and false, nothing for None.

    >>> cell("@everyone"), cell(-3), cell(True), cell(dt.date(2025, 3, 8)), cell(None)
    ("'@everyone", '-3', 'true', '2025-03-08', '')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return f"'{value}" if value.startswith(FORMULA) else value
    return value.isoformat() if isinstance(value, dt.date) else str(value)
