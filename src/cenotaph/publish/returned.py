"""A sheet that comes back, .xlsx or .csv -> its tables: values only, within limits, and nothing in it is worked out.

Whoever sent it is not known: what would fill the memory, and what is no spreadsheet, is refused in one line.
"""

from __future__ import annotations

import csv
import io
import itertools
import re
import zipfile
import zlib
from array import array
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
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
LONGEST_ROW = 2_000_000
"""Letters of a row of a .csv, which may be several lines: a quote left open would make a row of all that follows."""

_CELL = re.compile(rb"<c\b[^<>]*?\sr=[\"']([A-Z]{1,4})(\d{1,8})[\"']")
_ANY_CELL = re.compile(rb"<c[\s>/]")
_FORMULA = re.compile(rb"<c\b[^<>]*?\sr=[\"']([A-Z]{1,4})(\d{1,8})[\"'][^<>]*>\s*<f[\s/>]")
_ANY_FORMULA = re.compile(rb"<f[\s/>]")
_CONSTANT = re.compile(rb"<c\b[^<>]*?\st=[\"']b[\"'][^<>]*>\s*<f[^<>]*>(?:TRUE|FALSE)\(\)</f>")
"""How LibreOffice writes true and false."""
_PREFIXED = re.compile(rb"<\w+:(?:worksheet|sheetData|row|c)[\s/>]")
_OF_SHARED = re.compile(rb"<c\b[^<>]*?\st=[\"']s[\"'][^<>]*>\s*<v[^<>]*>\s*(\d{1,9})\s*<")
_MANY = re.compile(rb"<[^<>]*?[cC]ount\s*=\s*[\"'][\s+]*0*[1-9]\d{7,}")
"""A list that says it holds ten million and more."""
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
    """Row by row, so that what is too large is refused before it is held."""
    csv.field_size_limit(LONGEST_CELL)
    rows: list[list[str]] = []
    widest = 0
    try:
        for row in _row_by_row(content, name):
            rows.append(row)
            widest = max(widest, len(row))
            if len(rows) > MOST_ROWS or widest > MOST_COLUMNS or len(rows) * widest > MOST_CELLS:
                raise Unreadable(
                    f"{name}: at most {MOST_ROWS:,} rows of {MOST_COLUMNS} cells are read, {MOST_CELLS:,} cells in all"
                )
    except csv.Error as error:
        raise Unreadable(f"{name}: not a whole .csv: {error}") from error
    except UnicodeError as error:
        raise Unreadable(f"{name}: not in UTF-8; save it as 'CSV UTF-8' or as .xlsx") from error
    return rows


def _row_by_row(content: bytes, name: str) -> Iterator[list[str]]:
    told = 0

    def lines() -> Iterator[str]:
        nonlocal told
        for line in _lines(content, name):
            told += len(line)
            if told > LONGEST_ROW:
                raise Unreadable(
                    f"{name}: not a whole .csv: a row of more than {LONGEST_ROW:,} letters; is a quote left open?"
                )
            yield line

    for row in csv.reader(lines(), delimiter=_between(content, name), strict=True):
        told = 0
        yield row


def _between(content: bytes, name: str) -> str:
    """What most often stands in the heading; a title may stand above it."""
    lines = itertools.islice(_lines(content, name), 20)
    heading = next((one for one in lines if any(sign in one for sign in BETWEEN)), "")
    return max(BETWEEN, key=heading.count)


def _lines(content: bytes, name: str) -> Iterator[str]:
    """A longer line comes in pieces."""
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    text = io.TextIOWrapper(io.BytesIO(content), encoding, newline="")
    while line := text.readline(LONGEST_ROW + 1):
        if "\0" in line:  # UTF-16 or UTF-32 that does not say so, or no text at all
            raise Unreadable(f"{name}: no text in UTF-8; save it as 'CSV UTF-8' or as .xlsx")
        yield line


# --- xlsx -------------------------------------------------------------------------------------------------------------


def _pages(content: bytes, name: str, wanted: Collection[str] | None) -> Mapping[str, frozenset[tuple[int, int]]]:
    """The cells with formulas of each sheet by its title. Raises Unreadable for what is not safe to open."""
    try:
        packed = zipfile.ZipFile(io.BytesIO(content))
        if why := _swollen(packed):
            raise Unreadable(f"{name}: {why}")
        shared = _shared(packed, name)
        found = {}
        left = MOST_CELLS
        for title, part in _titles(packed).items():
            if wanted is None or title in wanted:
                found[title], area = _formulas(packed.read(part), shared, f"{name}: sheet {title}", left)
                left -= area
        return found
    except _BROKEN as error:
        raise Unreadable(f"{name}: not a whole .xlsx: {error}") from error


def _swollen(packed: zipfile.ZipFile) -> str:
    parts = packed.infolist()
    if len(parts) > MOST_PARTS:
        return f"{len(parts):,} parts; at most {MOST_PARTS:,} are read"
    if sum(one.file_size for one in parts) > UNPACKED:
        return f"more than {UNPACKED:,} bytes when unpacked"
    names = Counter(one.filename.replace("\\", "/").lower() for one in parts)
    twice = next((one for one, times in names.items() if times > 1), "")  # one reader opens the first, another the last
    if twice:
        return f"{twice} stands twice in it"
    swollen = [one for one in parts if one.file_size > max(1_000_000, SWELLS * one.compress_size)]
    return f"{swollen[0].filename} swells to {swollen[0].file_size:,} bytes" if swollen else ""


def _shared(packed: zipfile.ZipFile, name: str) -> Sequence[int]:
    """The length of each text that cells share. Whoever reads them makes room for as many as the list says it has."""
    lengths = array("L")
    if "xl/sharedStrings.xml" not in packed.namelist():
        return lengths
    content = packed.read("xl/sharedStrings.xml")
    if _MANY.search(content) or content.count(b"<si") > MOST_CELLS:
        raise Unreadable(f"{name}: more than {MOST_CELLS:,} texts; so many are not read")
    at = content.find(b"<si")
    while at >= 0:
        after = content.find(b"<si", at + 3)
        lengths.append((len(content) if after < 0 else after) - at)
        at = after
    return lengths


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
    pages = {title: part for title, part in found.items() if "/worksheets/" in part}
    if len(set(pages.values())) < len(pages):
        raise ValueError("several sheets in it are one part")
    return pages


def _safe(packed: zipfile.ZipFile, part: str) -> bytes:
    content = packed.read(part) if packed.getinfo(part).file_size < LONGEST_LIST else b"<!"
    if b"<!" in content:
        raise ValueError(f"{part} holds more than a workbook needs")
    return content


def _tag(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]


def _formulas(page: bytes, shared: Sequence[int], name: str, left: int) -> tuple[frozenset[tuple[int, int]], int]:
    """The cells with formulas, and how many cells the page spans, of those that are `left`.

    Checked before any value is read: one cell far away would make a table that no memory holds.
    """
    if page[:2] in (b"\xff\xfe", b"\xfe\xff") or b"<!" in page or _PREFIXED.search(page):
        raise Unreadable(f"{name} is written in a form that spreadsheet programs do not write")
    rows = columns = cells = 0
    for found in _CELL.finditer(page):
        rows, columns, cells = max(rows, int(found[2])), max(columns, _column(found[1])), cells + 1
    if cells != sum(1 for _ in _ANY_CELL.finditer(page)):
        raise Unreadable(f"{name} holds cells that do not say where they stand")
    if rows > MOST_ROWS or columns > MOST_COLUMNS or rows * columns > left:
        raise Unreadable(
            f"{name} is {rows:,} rows by {columns:,} columns; at most {MOST_ROWS:,} by {MOST_COLUMNS} are read,"
            f" {MOST_CELLS:,} cells in all"
        )
    text = sum(shared[at] for one in _OF_SHARED.finditer(page) if (at := int(one[1])) < len(shared))
    if text > MOST_TEXT:
        raise Unreadable(f"{name} holds {text:,} bytes of text; at most {MOST_TEXT:,} are read")
    return _worked_out(page, name), rows * columns


def _worked_out(page: bytes, name: str) -> frozenset[tuple[int, int]]:
    constants = {one.start() for one in _CONSTANT.finditer(page)}
    found = list(_FORMULA.finditer(page))
    if len(found) != sum(1 for _ in _ANY_FORMULA.finditer(page)):
        raise Unreadable(f"{name} holds formulas that stand in no cell")
    return frozenset((int(one[2]) - 1, _column(one[1]) - 1) for one in found if one.start() not in constants)


@cache
def _column(letters: bytes) -> int:
    """Counted from 1."""
    at = 0
    for letter in letters:
        at = at * 26 + letter - 64
    return at
