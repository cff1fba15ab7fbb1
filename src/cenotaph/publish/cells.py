"""One cell of a sheet: the value behind whatever a spreadsheet program made of it, and a mark of what was written.

A program that saves a sheet again writes 745 as 745.0, true as TRUE, and drops an apostrophe: none of it is a change.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from typing import Any

from cenotaph.plain.cells import plain_letters
from cenotaph.publish.columns import Kind
from cenotaph.publish.csv import FORMULA, Cell

__all__ = ["LONGEST", "Unfit", "clean", "letters", "mark", "plain", "value"]

LONGEST = 30_000
"""Letters of a cell; a spreadsheet takes 32,767 at most."""
MARK = 7
"""Hex digits of a mark: an edited cell of a row of sixty passes for an unchanged one once in four million."""

_UNFIT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_WHOLE = re.compile(r"[+-]?\d+(?:[.,]0+)?|[+-]?\d{1,3}(?:,\d{3})+")
_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ]00:00(?::00(?:\.0+)?)?)?")


class Unfit(ValueError):
    """What stands in a cell is no value of its column; says what would be."""


def clean(cell: Cell) -> Cell:
    """A value as a sheet can hold it: signs that XML has no room for stand as �, and a text ends at LONGEST.

    >>> clean("12\\x00 killed"), clean(-3)
    ('12� killed', -3)
    """
    if not isinstance(cell, str):
        return cell
    fit = _UNFIT.sub("�", cell)
    return fit if len(fit) <= LONGEST else f"{' '.join(fit.split())[: LONGEST - 4]} […]"


def plain(cell: Any, kind: Kind) -> str:
    """The cell in one spelling, for comparing: "" for nothing; what is no value of its kind stays as it is.

    >>> plain(745.0, "whole"), plain("TRUE", "yes"), plain(dt.datetime(2025, 3, 8), "day"), plain("'=1+1", "words")
    ('745', 'true', '2025-03-08', '=1+1')
    """
    try:
        found = value(cell, kind)
    except Unfit:
        return _text(cell)
    if found is None:
        return ""
    if isinstance(found, bool):
        return str(found).lower()
    if isinstance(found, float):
        return format(found, ".9g")
    return found.isoformat() if isinstance(found, dt.date) else str(found)


def value(cell: Any, kind: Kind) -> Cell:
    """What a cell says, as a value of its column: None where it is empty. Raises Unfit.

    >>> value("1,383", "whole"), value(" civilian ", "code"), value("", "day")
    (1383, 'civilian', None)
    """
    text = _text(cell)
    if not text:
        return None if kind in ("whole", "number", "day", "yes") else ""
    if kind == "whole":
        return _whole(text)
    if kind == "number":
        return _number(text)
    if kind == "day":
        return _day(text)
    if kind == "yes":
        return _yes(text)
    return text


def mark(row: str, column: str, told: str) -> str:
    """What a row remembers of one of its cells: it says that the cell is as it was written, and nothing of what."""
    return hashlib.sha256("\x1f".join((row, column, told)).encode("utf-8", "surrogatepass")).hexdigest()[:MARK]


def letters(at: int) -> str:
    """A column, counted from 0, as spreadsheets name it.

    >>> letters(0), letters(25), letters(26)
    ('A', 'Z', 'AA')
    """
    return (letters(at // 26 - 1) if at >= 26 else "") + chr(ord("A") + at % 26)


def _text(cell: Any) -> str:
    """The letters of any cell, spaces as one, without the apostrophe that keeps a program from running it."""
    plain = plain_letters(cell)
    if plain is not None:
        return plain
    if isinstance(cell, (dt.date, dt.datetime)):
        return cell.isoformat()
    text = _UNFIT.sub("�", str(cell))
    if text.startswith("'") and text[1:].startswith(FORMULA):
        text = text[1:]
    return " ".join(text.split())


def _whole(text: str) -> int:
    if not _WHOLE.fullmatch(text):
        raise Unfit("a whole number is expected")
    digits = text.partition(".")[0]
    return int(digits.replace(",", "") if re.fullmatch(r"[+-]?\d{1,3}(,\d{3})+", digits) else digits.partition(",")[0])


def _number(text: str) -> float:
    try:
        found = float(text)
    except ValueError:
        raise Unfit("a number is expected, with a point before the decimals") from None
    if not abs(found) < 1e15:
        raise Unfit("a number is expected, with a point before the decimals")
    return found


def _day(text: str) -> dt.date:
    found = _DAY.fullmatch(text)
    try:
        return dt.date.fromisoformat(found[1] if found else "")
    except ValueError:
        raise Unfit("a day is expected as year-month-day, 2025-03-08") from None


def _yes(text: str) -> bool:
    known = {"true": True, "1": True, "false": False, "0": False}
    if text.casefold() not in known:
        raise Unfit("true or false is expected, or nothing")
    return known[text.casefold()]
