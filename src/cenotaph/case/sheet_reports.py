"""Sheets of others as evidence: the text of a sheet, and its reading by the columns that somebody mapped."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING

from cenotaph.archive import extract
from cenotaph.case.cache import Reading
from cenotaph.case.hiding import persons as known_persons
from cenotaph.case.mappings import Mapped, mapped_as
from cenotaph.case.own_places import OwnPlaces
from cenotaph.case.settings import Settings
from cenotaph.intake import Captured, Extracted, Unreadable
from cenotaph.publish.hidden import Persons
from cenotaph.publish.returned import Table, tables
from cenotaph.sheets_in import Grid, Headings, claims, grid, lines_of, text_of
from cenotaph.sheets_in.columns import PERSONS, Columns
from cenotaph.sheets_in.folding import folded
from cenotaph.sheets_in.persons import Listed, persons
from cenotaph.sheets_in.places import Where
from cenotaph.sheets_in.rows import Reading as RowReading
from cenotaph.vocabulary import Problem, Report, Voice

if TYPE_CHECKING:
    from cenotaph.world import Known

__all__ = ["KINDS", "SheetReader", "extracted", "grids", "headings", "is_sheet"]

KINDS = ("csv", "xlsx")
TOOL = "cenotaph-sheet"
VERSION = "1"
LONGEST = 50_000_000
"""Code points of a sheet's text."""


@cache
def headings() -> Headings:
    """The names of columns, from codes/headings.toml."""
    from cenotaph.world import load as load_world  # places and words are loaded when they are needed

    return Headings(load_world().codes("headings"))


def is_sheet(report: Report) -> bool:
    return report.extractor.startswith(f"{TOOL} ")


def grids(content: bytes, name: str, wanted: Sequence[str] | None = None) -> list[Grid]:
    """The `wanted` sheets of a file that have headings and rows. Raises Unreadable."""
    stem = name.rpartition(".")[0]
    return [found for one in tables(content, name, wanted) if (found := _grid(one, stem)).known]


def _grid(table: Table, stem: str) -> Grid:
    """A .csv is called as its file is."""
    return grid(table.name or stem, table.rows, table.formulas, headings())


def extracted(item: Captured) -> Extracted:
    """The text of what was captured; of a workbook, that of the sheet which its title names. Raises Unreadable."""
    if item.kind not in KINDS:
        return extract(item)
    name = item.name if item.name.endswith(f".{item.kind}") else f"{item.name}.{item.kind}"
    found = grids(item.content, name, [item.title] if item.title and item.kind == "xlsx" else None)
    if not found:
        raise Unreadable(f"{item.name}: no sheet with headings and rows was found in it")
    text = text_of(found[0])
    if len(text) > LONGEST:
        raise Unreadable(f"{item.name}: {len(text):,} characters; a sheet has at most {LONGEST:,}: split it")
    return Extracted(text, TOOL, VERSION, title=item.title)


@dataclass(frozen=True)
class SheetReader:
    """Reads captured sheets by what case.toml says of their columns; can be sent to another process."""

    settings: Settings
    own: OwnPlaces | None = None

    @cached_property
    def _world(self) -> Known:
        return (self.own or OwnPlaces(self.settings.countries)).world(self.settings.rules)

    def digest(self, report: Report) -> str:
        """What the reading of a sheet depends on: the mapping of its columns, the names of columns, the gazetteer."""
        mapped = mapped_as(self.settings.sheets, lines_of(_head(report)).headings)
        parts = (VERSION, repr(mapped), self._known)
        return hashlib.sha256("|".join(parts).encode("utf-8", "surrogatepass")).hexdigest()

    @cached_property
    def _known(self) -> str:
        return f"{headings().table!r}|{self._world.digest}"

    def __call__(self, report: Report) -> Reading:
        """The claims of a sheet's rows; of a list of persons only what of it can't be read."""
        mapped = mapped_as(self.settings.sheets, lines_of(_head(report)).headings)
        if mapped is None:
            return [], [], [_unmapped(report)]
        reading = self._reading(report, mapped)
        if reading.columns.of_persons:
            return [], [], persons(report, reading)[1]
        found, problems = claims(report, reading)
        return found, [], problems

    def persons(self, report: Report) -> list[Listed]:
        """The persons of a sheet that lists persons; [] for another."""
        mapped = mapped_as(self.settings.sheets, lines_of(_head(report)).headings)
        if mapped is None or not PERSONS & set(mapped.columns.values()):
            return []
        return persons(report, self._reading(report, mapped))[0]

    def _reading(self, report: Report, mapped: Mapped) -> RowReading:
        """Whoever owned the sheet when it was captured answers for it, whoever keeps one with the same columns."""
        name = report.outlet or mapped.owner
        owner = Voice(name, self._bodies.get(folded(name), ""), "organisation", root=True)
        return RowReading(_columns(report, mapped), owner, self._where, self._means, self._voice)

    @cached_property
    def _where(self) -> Where:
        return Where(self._world.places, self._world.countries, headings().around)

    @cached_property
    def _means(self) -> Mapping[str, tuple[str, str]]:
        """By code, label and the source's own name of a kind of attack."""
        known = self._world.codes("means")["means"]
        return {folded(str(one[key])): (one["code"], one["cause"]) for one in known for key in ("label", "code")}

    @cached_property
    def _bodies(self) -> Mapping[str, str]:
        return {
            folded(name): str(one["canonical"])
            for one in self._world.codes("organisations")["organisation"]
            for name in (one["canonical"], *one.get("aliases", ()))
        }

    def _voice(self, name: str) -> Voice:
        """Whom the codes know is a body; a name of a person in a cell is held back."""
        canonical = self._bodies.get(folded(name), "")
        if canonical:
            return Voice(name, canonical, "organisation")
        person = self._persons.name(name)
        return Voice(person, kind="person", protected=True) if person else Voice(name)

    @cached_property
    def _persons(self) -> Persons:
        return known_persons()


def _head(report: Report) -> str:
    return "\n".join(report.text.split("\n", 2)[:2])


def _columns(report: Report, mapped: Mapped) -> Columns:
    lines = lines_of(report.text, mapped.columns)
    return Columns(lines, mapped.columns, headings(), dict.fromkeys(mapped.parts, "part"))


def _unmapped(report: Report) -> Problem:
    return Problem(
        "sheet", f"nobody has said what the columns of {report.name or report.id} mean; none of its rows is read",
        report.id, settle="cenotaph import CASE FILE shows what they may mean", changes="all that the sheet counts",
    )  # fmt: skip
