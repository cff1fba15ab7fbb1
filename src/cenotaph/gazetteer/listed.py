"""Rows of a list of places, as a team brings it, -> places to be known: checked, every wrong row told at once.

Three forms are read: a table with headings (name, other names, admin1, lat, lon), OCHA's common operational datasets
(ADM1_EN ... ADM4_PCODE, areas and points) and a GeoNames dump, which has none. Headings: codes/gazetteer_columns.toml.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

Row = Sequence[Any]

MOST_SHOWN = 5  # wrong rows that are told one by one
_LONGEST = 200  # letters of a name
_LIST = re.compile(r"[,;|،؛\n]")
_GEONAMES_ID = re.compile(r"\d+")
_LEVELS = ("area", "district", "subdistrict")  # from large to small: admin1, and two that are admin2 to us


class ListError(ValueError):
    """The list can't be used; the message says which rows or columns, what was found and what was expected."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One row: a place, or an area (`level` admin1, admin2). Names as written; `lat`, `lon` None only for an area.

    `area`, `district` are the names of the areas that it lies in, `area_code` their code where GeoNames gives one.
    """

    id: str
    names: tuple[str, ...]
    level: str
    country: str
    area: str
    district: str
    lat: float | None
    lon: float | None
    population: int = 0
    area_code: str = ""


@cache
def _table() -> Mapping[str, Any]:
    found = tomllib.loads(files("cenotaph").joinpath("codes", "gazetteer_columns.toml").read_text("utf-8"))
    return found


@cache
def _headings() -> Mapping[str, str]:
    columns = {key: value for key, value in _table()["columns"].items() if key != "source"}
    return {_folded(heading): column for column, headings in columns.items() for heading in headings}


def _folded(heading: object) -> str:
    return re.sub(r"[\s._#-]", "", str(heading)).casefold()


def places(rows: Sequence[Row], name: str) -> list[Listed]:
    """The places and areas of one table, each once. `name` is what errors call it.

    Raises ListError for a table without the columns that are needed, and for rows that can't be right.
    """
    rows = [row for row in rows if any(str(cell).strip() for cell in row if cell is not None)]
    if not rows:
        raise ListError(f"{name}: it is empty; a list of places has a row of headings (name, admin1, lat, lon) first")
    geonames = _is_geonames(rows[0])
    columns = dict(enumerate(_table()["geonames"]["columns"])) if geonames else _columns(rows[0], name)
    found: list[Listed] = []
    wrong: list[str] = []
    for number, row in enumerate(rows if geonames else rows[1:], 1 if geonames else 2):
        cells = _cells(row, columns)
        try:
            found += _of_geonames(cells) if geonames else _of_row(cells)
        except ListError as error:
            wrong.append(f"row {number}: {error}")
    wrong += _twice(found)
    if wrong:
        more = f"; and {len(wrong) - MOST_SHOWN} more" if len(wrong) > MOST_SHOWN else ""
        raise ListError(f"{name}: {'; '.join(wrong[:MOST_SHOWN])}{more}")
    return list(dict.fromkeys(found))


def places_of_sheets(sheets: Iterable[tuple[str, Sequence[Row]]], name: str) -> list[Listed]:
    """The same of a workbook: every sheet that is a list of places; a page of remarks beside them is none.

    Raises ListError where no sheet is one, with what is wrong with the first.
    """
    sheets = list(sheets)
    if len(sheets) == 1:
        return places(sheets[0][1], name)
    filled = [(title, rows) for title, rows in sheets if rows]
    lists = [(title, rows) for title, rows in filled if _is_list(rows)]
    if not lists:
        found = "; ".join(f"{title}: {', '.join(str(one) for one in rows[0] if one)}"[:120] for title, rows in filled)
        raise ListError(f"{name}: no sheet has columns for names and points; found {found or 'empty sheets'}")
    return [one for title, rows in lists for one in places(rows, f"{name}, sheet {title}")]


def _is_list(rows: Sequence[Row]) -> bool:
    known = {_headings()[_folded(one)] for one in rows[0] if _folded(one) in _headings()}
    return ("name" in known and {"lat", "lon"} <= known) or len(known.intersection((*_LEVELS, "area_id"))) > 1


def _is_geonames(row: Row) -> bool:
    return len(row) == len(_table()["geonames"]["columns"]) and bool(_GEONAMES_ID.fullmatch(str(row[0])))


def _columns(headings: Row, name: str) -> dict[int, str]:
    """Which column is which. Of two for one thing the first in the table counts, but all of other names do."""
    known = {at: _headings()[_folded(one)] for at, one in enumerate(headings) if _folded(one) in _headings()}
    there = set(known.values())
    shown = ", ".join(str(one) for one in headings if str(one).strip()) or "none"
    if "name" not in there and not there.intersection(_LEVELS):
        raise ListError(f"{name}: no column for the name; found: {shown}. Call one of them name, place or ADM4_EN")
    gone = [column for column in ("lat", "lon") if column not in there]
    if gone and "name" in there:
        raise ListError(f"{name}: no column {' and '.join(gone)}; found: {shown}. Points are in degrees, lat and lon")
    return known


def _cells(row: Row, columns: Mapping[int, str]) -> dict[str, list[str]]:
    out: dict[str, list[str]] = {}
    for at, column in columns.items():
        said = _text(row[at]) if at < len(row) else ""
        if said:
            out.setdefault(column, []).append(said)
    return out


def _text(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))  # a spreadsheet has no whole numbers
    return "" if cell is None else str(cell).strip()


# --- one row ----------------------------------------------------------------------------------------------------------


def _of_row(cells: Mapping[str, Sequence[str]]) -> Iterator[Listed]:
    """The place of a row; of a row of areas only, the smallest of them."""
    lat, lon = _point(cells)
    country, area = _first(cells, "country"), _first(cells, "area")
    population = _people(_first(cells, "population"))
    if "name" in cells:
        if lat is None:
            raise ListError(f"{cells['name'][0]!r} has no lat and lon")
        names = _names([*cells["name"], *_several(cells.get("others", ()))])
        district = _first(cells, "subdistrict") or _first(cells, "district")
        yield Listed(_first(cells, "id"), names, "place", country, area, district, lat, lon, population)
        return
    smallest = next((level for level in _LEVELS[::-1] if level in cells), "")
    if not smallest:
        raise ListError("it has no name")
    names = _names([*cells[smallest], *cells.get(f"{smallest}_ar", ()), *_several(cells.get("others", ()))])
    level, inside = ("admin1", "") if smallest == "area" else ("admin2", area)
    yield Listed(_first(cells, f"{smallest}_id"), names, level, country, inside, "", lat, lon, population)


def _of_geonames(cells: Mapping[str, Sequence[str]]) -> Iterator[Listed]:
    table = _table()["geonames"]
    kind, code = _first(cells, "class"), _first(cells, "code")
    level = table["areas"].get(code, "place" if kind in table["places"] else "")
    if not level:
        return  # countries, and areas that are no longer there
    lat, lon = _point(cells)
    names = _names([*cells.get("name", ()), *cells.get("asciiname", ()), *_several(cells.get("others", ()))])
    key, people = f"geonames:{_first(cells, 'id')}", _people(_first(cells, "population"))
    yield Listed(key, names, level, _first(cells, "country"), "", "", lat, lon, people, _first(cells, "area_code"))


def _first(cells: Mapping[str, Sequence[str]], column: str) -> str:
    return next(iter(cells.get(column, ())), "")


def _several(values: Iterable[str]) -> list[str]:
    return [name for value in values for name in _LIST.split(value)]


def _names(values: Iterable[str]) -> tuple[str, ...]:
    names = tuple(dict.fromkeys(name for value in values if (name := " ".join(value.split()))))
    if not any(any(char.isalpha() for char in name) for name in names):
        raise ListError(f"{', '.join(names) or 'nothing'!r} is no name")
    long = next((name for name in names if len(name) > _LONGEST), "")
    if long:
        raise ListError(f"a name of {len(long)} letters: {long[:40]!r}...")
    return names


def _point(cells: Mapping[str, Sequence[str]]) -> tuple[float | None, float | None]:
    said = {column: _first(cells, column) for column in ("lat", "lon")}
    if not any(said.values()):
        return None, None
    for column, limit in (("lat", 90), ("lon", 180)):
        if not said[column]:
            raise ListError(f"no {column} beside its other half")
        number = _degrees(said[column])
        if number is None:
            hint = ", with a point before its decimals" if "," in said[column] else ""
            raise ListError(f"{column} {said[column]!r} is no number of degrees{hint}")
        if abs(number) > limit:
            other = "; are lat and lon exchanged?" if column == "lat" and abs(number) <= 180 else ""
            raise ListError(f"{column} {said[column]} is not between -{limit} and {limit}{other}")
    return _degrees(said["lat"]), _degrees(said["lon"])


def _degrees(said: str) -> float | None:
    try:
        number = float(said)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _people(said: str) -> int:
    number = _degrees(said.replace(",", "").replace(" ", "")) if said else 0
    if number is None or number < 0:
        raise ListError(f"population {said!r} is no number of people")
    return int(number)


def _twice(found: Sequence[Listed]) -> list[str]:
    """Ids that stand for two different places; a row that is there twice, word for word, counts once."""
    by_id: dict[str, Listed] = {}
    wrong = []
    for one in found:
        known = by_id.setdefault(one.id, one) if one.id else one
        if known != one:
            wrong.append(f"id {one.id} stands for both {known.names[0]!r} and {one.names[0]!r}")
    return wrong
