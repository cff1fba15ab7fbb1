"""A sheet that comes back, .xlsx or .csv -> its tables: values only, within limits, and nothing in it is worked out.

Whoever sent it is not known: what would fill the memory, and what is no spreadsheet, is refused in one line.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
import zlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any
from xml.etree import ElementTree

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, XmlError, ZipError

from cenotaph.intake import Unreadable

__all__ = ["Table", "tables"]

LARGEST, UNPACKED, MOST_PARTS = 50_000_000, 150_000_000, 1_000
"""Bytes of a file, and of all in it when unpacked; pages and pictures in it."""
SWELLS = 200
"""Times its packed size that a part of more than a megabyte may have; pages of cells pack to a twentieth."""
MOST_ROWS, MOST_COLUMNS, MOST_CELLS = 200_000, 300, 2_500_000
MOST_TEXT = 150_000_000
"""Bytes of text in all cells: one text can stand in a file once and in a million cells."""
BETWEEN = ",;\t"
"""What may stand between the cells of a .csv."""
LONGEST_CELL = LONGEST_LIST = 1_000_000
"""Letters of a cell of a .csv; bytes of the list of sheets in a .xlsx."""

_CELL = re.compile(rb"<c\b[^<>]*?\sr=[\"']([A-Z]{1,4})(\d{1,8})[\"']")
_ANY_CELL = re.compile(rb"<c[\s>/]")
_FORMULA = re.compile(rb"<c\b[^<>]*?\sr=[\"']([A-Z]{1,4})(\d{1,8})[\"'][^<>]*>\s*<f[\s/>]")
_ANY_FORMULA = re.compile(rb"<f[\s/>]")
_CONSTANT = re.compile(rb"(<c\b[^<>]*?\st=[\"']b[\"'][^<>]*>\s*)<f[^<>]*>(?:TRUE|FALSE)\(\)</f>")
"""How LibreOffice writes true and false."""
_PREFIXED = re.compile(rb"<\w+:(?:worksheet|sheetData|row|c)[\s/>]")
_OF_SHARED = re.compile(rb"<c\b[^<>]*?\st=[\"']s[\"'][^<>]*>\s*<v[^<>]*>\s*(\d{1,9})\s*<")
_BROKEN = (
    zipfile.BadZipFile, zlib.error, KeyError, ValueError, OSError, NotImplementedError, RuntimeError, EOFError,
    ElementTree.ParseError,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet as it came: rows of values, the headings first; `formulas` are cells (row, column) counted from 0.

    >>> tables(b"id,why\\r\\nclaim:1,=1+1\\r\\n", "claims.csv", ["claims"])[0].rows
    [['id', 'why'], ['claim:1', '=1+1']]
    """

    name: str
    rows: Sequence[Sequence[Any]]
    formulas: frozenset[tuple[int, int]] = frozenset()


def tables(content: bytes, name: str, wanted: Collection[str] | None = None) -> list[Table]:
    """The `wanted` sheets of a file (None: all), by what its name ends in; a .csv is one without a name.

    Raises Unreadable; nothing but values is taken from it.
    """
    if len(content) > LARGEST:
        raise Unreadable(f"{name}: {len(content):,} bytes; at most {LARGEST:,} are read")
    ending = name.rpartition(".")[2].lower()
    if ending == "csv":
        return [Table("", _rows(content, name))]
    if ending != "xlsx":
        raise Unreadable(f"{name}: .xlsx or .csv is expected; save it so in your spreadsheet program")
    pages = _pages(content, name, wanted)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        return [
            Table(title, book.get_sheet_by_name(title).to_python(skip_empty_area=False), formulas)
            for title, formulas in pages.items()
        ]
    except (CalamineError, PasswordError, XmlError, ZipError, OSError, ValueError) as error:
        raise Unreadable(f"{name}: not a whole .xlsx: {error}") from error


# --- csv --------------------------------------------------------------------------------------------------------------


def _rows(content: bytes, name: str) -> list[list[str]]:
    text = _text(content, name)
    lines = text.split("\n", 20)[:20]
    heading = next((one for one in lines if any(sign in one for sign in BETWEEN)), "")  # a title may stand above it
    between = max(BETWEEN, key=heading.count)
    csv.field_size_limit(LONGEST_CELL)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=between, strict=True))
    except csv.Error as error:
        raise Unreadable(f"{name}: not a whole .csv: {error}") from error
    if len(rows) > MOST_ROWS or max(map(len, rows), default=0) > MOST_COLUMNS:
        raise Unreadable(f"{name}: at most {MOST_ROWS:,} rows of {MOST_COLUMNS} cells are read")
    return rows


def _text(content: bytes, name: str) -> str:
    for encoding in ("utf-16",) if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig",):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError as error:
            raise Unreadable(f"{name}: not in UTF-8; save it as 'CSV UTF-8' or as .xlsx") from error
    raise AssertionError("one encoding is always tried")


# --- xlsx -------------------------------------------------------------------------------------------------------------


def _pages(content: bytes, name: str, wanted: Collection[str] | None) -> Mapping[str, frozenset[tuple[int, int]]]:
    """The cells with formulas of each sheet by its title. Raises Unreadable for what is not safe to open."""
    try:
        packed = zipfile.ZipFile(io.BytesIO(content))
        if why := _swollen(packed):
            raise Unreadable(f"{name}: {why}")
        shared = _shared(packed)
        return {
            title: _formulas(packed.read(part), shared, f"{name}: sheet {title}")
            for title, part in _titles(packed).items()
            if wanted is None or title in wanted
        }
    except _BROKEN as error:
        raise Unreadable(f"{name}: not a whole .xlsx: {error}") from error


def _swollen(packed: zipfile.ZipFile) -> str:
    parts = packed.infolist()
    if len(parts) > MOST_PARTS:
        return f"{len(parts):,} parts; at most {MOST_PARTS:,} are read"
    if sum(one.file_size for one in parts) > UNPACKED:
        return f"more than {UNPACKED:,} bytes when unpacked"
    swollen = [one for one in parts if one.file_size > max(1_000_000, SWELLS * one.compress_size)]
    return f"{swollen[0].filename} swells to {swollen[0].file_size:,} bytes" if swollen else ""


def _shared(packed: zipfile.ZipFile) -> Sequence[int]:
    """The length of each text that cells share."""
    if "xl/sharedStrings.xml" not in packed.namelist():
        return ()
    return [len(one) for one in packed.read("xl/sharedStrings.xml").split(b"<si")[1:]]


def _titles(packed: zipfile.ZipFile) -> Mapping[str, str]:
    """Where each sheet lies in the file, by its title."""
    related = ElementTree.fromstring(_safe(packed, "xl/_rels/workbook.xml.rels"))
    places = {one.get("Id", ""): one.get("Target", "") for one in related}
    sheets = [one for one in ElementTree.fromstring(_safe(packed, "xl/workbook.xml")).iter() if _tag(one) == "sheet"]
    found = {}
    for one in sheets:
        key = next((value for key, value in one.attrib.items() if key.endswith("}id")), "")
        target = places.get(key, "")
        found[one.get("name", "")] = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
    return {title: part for title, part in found.items() if "/worksheets/" in part}


def _safe(packed: zipfile.ZipFile, part: str) -> bytes:
    content = packed.read(part) if packed.getinfo(part).file_size < LONGEST_LIST else b"<!"
    if b"<!" in content:
        raise ValueError(f"{part} holds more than a workbook needs")
    return content


def _tag(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]


def _formulas(page: bytes, shared: Sequence[int], name: str) -> frozenset[tuple[int, int]]:
    """Checked before any value is read: one cell far away would make a table that no memory holds."""
    if page[:2] in (b"\xff\xfe", b"\xfe\xff") or b"<!" in page or _PREFIXED.search(page):
        raise Unreadable(f"{name} is written in a form that spreadsheet programs do not write")
    rows = columns = cells = 0
    for found in _CELL.finditer(page):
        rows, columns, cells = max(rows, int(found[2])), max(columns, _column(found[1])), cells + 1
    if cells != sum(1 for _ in _ANY_CELL.finditer(page)):
        raise Unreadable(f"{name} holds cells that do not say where they stand")
    if rows > MOST_ROWS or columns > MOST_COLUMNS or rows * columns > MOST_CELLS:
        raise Unreadable(f"{name} is {rows:,} rows by {columns:,} columns; at most {MOST_CELLS:,} cells are read")
    text = sum(shared[at] for one in _OF_SHARED.finditer(page) if (at := int(one[1])) < len(shared))
    if text > MOST_TEXT:
        raise Unreadable(f"{name} holds {text:,} bytes of text; at most {MOST_TEXT:,} are read")
    page = _CONSTANT.sub(rb"\1", page)
    formulas = [(int(row) - 1, _column(letters) - 1) for letters, row in _FORMULA.findall(page)]
    if len(formulas) != len(_ANY_FORMULA.findall(page)):
        raise Unreadable(f"{name} holds formulas that stand in no cell")
    return frozenset(formulas)


@cache
def _column(letters: bytes) -> int:
    """Counted from 1."""
    at = 0
    for letter in letters:
        at = at * 26 + letter - 64
    return at
