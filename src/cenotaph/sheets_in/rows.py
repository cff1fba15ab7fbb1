"""Rows of a sheet -> claims of its owner: one for each figure that a row gives, with the cells that it rests on."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, TypeVar

from cenotaph.sheets_in.cells import Counted, Days, Unfit, counted
from cenotaph.sheets_in.columns import Columns, bad
from cenotaph.sheets_in.folding import folded
from cenotaph.sheets_in.places import Told, Where
from cenotaph.sheets_in.texts import Cell, Line
from cenotaph.vocabulary import (
    Claim,
    Coder,
    Group,
    Harm,
    Means,
    Party,
    Period,
    Place,
    Problem,
    Quantity,
    Report,
    Span,
    Tie,
    TieKind,
    Voice,
)

__all__ = ["CODER", "Reading", "claims"]

CODER = Coder("rules", "sheet", "1")
_SEVERAL = re.compile(r"\s*[;؛]\s*")
_INFORMANTS = re.compile(r"\s*[;؛/]\s*")
_T = TypeVar("_T")


@dataclass(frozen=True)
class Reading:
    """What a sheet is read with: its columns, its owner's voice, the gazetteer, the codes of means.

    `voice_of` makes a voice of a name that a cell gives.
    """

    columns: Columns
    owner: Voice
    where: Where
    means: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    voice_of: Callable[[str], Voice] = Voice


def claims(report: Report, reading: Reading) -> tuple[list[Claim], list[Problem]]:
    """The claims of a sheet that was captured, and a problem for each cell and row that can't be read.

    A count of none claims nothing: in most sheets it stands where nobody reported any.
    """
    found: list[Claim] = []
    problems: list[Problem] = []
    for line in reading.columns.sound(problems, report.id):
        one = _Row(report, reading, line, problems)
        found += one.claims()
    return found, problems


@dataclass
class _Row:
    report: Report
    reading: Reading
    line: Line
    problems: list[Problem]

    @property
    def columns(self) -> Columns:
        return self.reading.columns

    def claims(self) -> list[Claim]:
        """None where a cell that says where or when can't be told: a figure without its place may be another's."""
        before = len(self.problems)
        figures = list(self._figures())
        if not figures:
            return []
        common = self._common()
        if len(self.problems) > before and common is None:
            return []
        made = [self._claim(one, common or {}) for one in figures]
        return self._tied(made, figures)

    # --- what all figures of a row share ------------------------------------------------------------------------------

    def _common(self) -> dict[str, object] | None:
        """Where, when, by whom, how; None where a cell can't be read."""
        steps: Mapping[str, Callable[[], object]] = {
            "place": self._place, "period": self._period, "means": self._means, "parties": self._parties,
            "voices": self._voices, "said": self._said,
        }  # fmt: skip
        out: dict[str, object] = {}
        whole = True
        for name, step in steps.items():
            try:
                out[name] = step()
            except _Misread as why:
                self.problems.append(bad(self.columns.lines, self.line, why.cell, self.report.id, str(why)))
                whole = False
        return out if whole else None

    def _place(self) -> Place | None:
        words = self.columns.words
        names = {name: words(self.line, name) for name in ("place", "admin2", "admin1", "country")}
        lat = self._told("lat", lambda: self.columns.number(self.line, "lat", 90))
        lon = self._told("lon", lambda: self.columns.number(self.line, "lon", 180))
        if (lat is None) != (lon is None):
            raise _Misread(
                "a point has both, degrees north and east",
                self.columns.cell(self.line, "lat" if lon is None else "lon"),
            )
        known = self._told("place precision", lambda: self.columns.precision(self.line, "place precision", 7))
        return self.reading.where.of(Told(**names, lat=lat, lon=lon, precision=known))

    def _period(self) -> Period | None:
        first: Days | None = self._told("day", lambda: self.columns.days(self.line, "day"))
        last: Days | None = self._told("last day", lambda: self.columns.days(self.line, "last day")) or first
        if first is None or last is None:
            return None
        if last.end < first.start:
            raise _Misread("the last day is before the first", self.columns.cell(self.line, "last day"))
        known = self._told("day precision", lambda: self.columns.precision(self.line, "day precision", 5))
        cell = self.columns.cell(self.line, "day")
        precision = known or max(first.precision, _precision((last.end - first.start).days + 1))
        return Period(cell.words if cell else "", first.start, last.end, precision)

    def _means(self) -> Means | None:
        words = self.columns.words(self.line, "means")
        return Means(words, *self.reading.means.get(folded(words), ("", ""))) if words else None

    def _parties(self) -> tuple[Party, ...]:
        words = self.columns.words(self.line, "accused")
        return tuple(Party(one) for one in _SEVERAL.split(words) if one)

    def _voices(self) -> tuple[Voice, ...]:
        """The owner of the sheet answers for its figures, unless a column names who does; informants come after."""
        named, informed = self.columns.words(self.line, "voice"), self.columns.words(self.line, "informants")
        informants = tuple(self.reading.voice_of(one) for one in _INFORMANTS.split(informed) if one)
        owner = self.reading.owner
        if named:
            return (replace(owner, root=False), replace(self.reading.voice_of(named), root=True), *informants)
        return (owner, *informants)

    def _said(self) -> dt.date | None:
        found: Days | None = self._told("said", lambda: self.columns.days(self.line, "said"))
        return found.start if found and found.start == found.end else None

    def _told(self, name: str, read: Callable[[], _T]) -> _T:
        try:
            return read()
        except Unfit as why:
            raise _Misread(str(why), self.columns.cell(self.line, name)) from why

    # --- figures ------------------------------------------------------------------------------------------------------

    def _figures(self) -> Iterator[_Told]:
        """Each figure of the row: of which harm and group, how many, in which cells."""
        groups: dict[tuple[str, Group], dict[str, Cell]] = {}
        for heading, figure in self.columns.figures:
            if heading in self.line.cells:
                groups.setdefault((figure.harm, figure.group), {})[figure.bound] = self.line.cells[heading]
        for (harm, group), cells in groups.items():
            try:
                told = _bounded(cells, self.columns)
            except _Misread as why:
                self.problems.append(bad(self.columns.lines, self.line, why.cell, self.report.id, str(why)))
                continue
            if told is not None:
                yield _Told(harm, group, told, cells)
        yield from self._one_harm()

    def _one_harm(self) -> Iterator[_Told]:
        """The figure of a row that says in a cell what was done."""
        cell = self.columns.cell(self.line, "harm")
        if cell is None or not self.columns.words(self.line, "harm"):
            return
        harm = self.columns.known.harms.get(folded(cell.words))
        if harm is None:
            there = ", ".join(dict.fromkeys(self.columns.known.harms.values()))
            self.problems.append(
                bad(self.columns.lines, self.line, cell, self.report.id, f"no harm is called so; there are: {there}")
            )
            return
        figure = self.columns.cell(self.line, "figure")
        try:
            told = counted(figure.words, self.columns.known) if figure else None
        except Unfit as why:
            self.problems.append(bad(self.columns.lines, self.line, figure, self.report.id, str(why)))
            return
        if told is None:
            yield _Told(harm, Group(), None, {"": cell})
        elif told.high != 0:
            yield _Told(harm, Group(), told, {"": figure} if figure else {})

    def _claim(self, one: _Told, common: Mapping[str, object]) -> Claim:
        cells = [one.cells[bound] for bound in ("", "low", "high") if bound in one.cells]
        anchor, words = _words(cells, self.report.text, one.count)
        quantity = Quantity()
        if one.count is not None:
            quantity = Quantity(words, one.count.comparator, one.count.base, one.count.upper)
        trigger = (
            cells[0].span
            if one.count is None
            else Span(cells[0].span.start - len(cells[0].heading) - 2, cells[0].span.start - 2)
        )
        evidence = [("quantity", cell.span) for cell in cells if one.count is not None and cell.span != anchor]
        return Claim.read_as(
            self.report, self.line.span, anchor=anchor, trigger=trigger, harm=Harm.parse(one.harm), quantity=quantity,
            coder=CODER, group=self._group(one.group), evidence=tuple([*evidence, *self._evidence()]), **common,
        )  # fmt: skip

    def _evidence(self) -> Iterator[tuple[str, Span]]:
        """The cells that the other fields rest on; `row id` is the id that the row had in its own sheet."""
        for name, fields in RESTS_ON.items():
            for one in fields:
                cell = self.columns.cell(self.line, one)
                if cell is not None:
                    yield name, cell.span

    @cached_property
    def _everybody(self) -> Group:
        """What the row says of all whom it counts."""
        known, words = self.columns.known, self.columns.words
        told: dict[str, Any] = {}
        for name in ("group", "status", "sex", "age"):
            found = known.groups.get(folded(words(self.line, name)), {})
            told |= {key: found[key] for key in ("status", "sex", "age") if key in found}
        return Group(words(self.line, "group"), **told)

    def _group(self, part: Group) -> Group:
        """A part of them, with what the row says of all."""
        everybody, side = self._everybody, part.affiliation
        if side:
            side = self.columns.words(self.line, side) or side
        facets = {name: getattr(part, name) or getattr(everybody, name) for name in ("status", "sex", "age")}
        return Group(" ".join(one for one in (part.words, everybody.words) if one), affiliation=side, **facets)

    def _tied(self, made: Sequence[Claim], figures: Sequence[_Told]) -> list[Claim]:
        """Parts tied to the row's whole figure: they sum only where the source of the column says that they do."""
        wholes = {one.harm: claim.id for one, claim in zip(figures, made, strict=True) if one.group == Group()}
        out = []
        for one, claim in zip(figures, made, strict=True):
            if one.group != Group() and one.harm in wholes:
                sums = all(self.columns.ties.get(cell.heading) == "part" for cell in one.cells.values())
                kind: TieKind = "part" if sums else "overlay"
                claim = replace(claim, relation=Tie(wholes[one.harm], kind))
            out.append(claim)
        return out


class _Misread(ValueError):
    def __init__(self, why: str, cell: Cell | None) -> None:
        super().__init__(why)
        self.cell = cell


@dataclass(frozen=True)
class _Told:
    """One figure of a row; count None where it says that it happened, and not to how many."""

    harm: str
    group: Group
    count: Counted | None
    cells: Mapping[str, Cell]


RESTS_ON = {
    "row id": ("id",), "place": ("place", "admin2", "admin1", "country", "lat", "lon"), "period": ("day", "last day"),
    "group": ("group", "status", "sex", "age"), "means": ("means",), "parties": ("accused",),
    "voices": ("voice", "informants"), "said": ("said",),
}  # fmt: skip
"""The fields of a claim, and the fields of a row that they rest on."""


def _bounded(cells: Mapping[str, Cell], columns: Columns) -> Counted | None:
    """The figure that best, low and high give together; None where they say nothing, or none. Raises _Misread."""
    told: dict[str, Counted] = {}
    for bound, cell in cells.items():
        try:
            found = counted(cell.words, columns.known)
        except Unfit as why:
            raise _Misread(str(why), cell) from why
        if found is not None:
            told[bound] = found
    best, low, high = (told.get(bound) for bound in ("", "low", "high"))
    for below, above, name in ((low, best, "low"), (best, high, "high"), (low, high, "high")):
        if below and above and above.high is not None and below.low > above.high:
            numbers = ", ".join(str(one.base) for one in (low, best, high) if one)
            raise _Misread(f"low, best and high go up; found {numbers}", cells[name])
    found = _one(best, low, high)
    return None if found is None or found.high == 0 else found


def _one(best: Counted | None, low: Counted | None, high: Counted | None) -> Counted | None:
    if low and high:
        return Counted("exact", low.base) if low.base == high.base else Counted("between", low.base, high.base)
    if best:
        if low and low.base < best.base:
            return Counted("at least", low.base)
        return Counted("between", best.base, high.base) if high and high.base > best.base else best
    if low:
        return Counted("at least", low.base)
    return Counted("up to", high.base) if high else None


def _words(cells: Sequence[Cell], text: str, count: Counted | None) -> tuple[Span, str]:
    """The cells of a figure that says one number, and from the first to the last where they stand side by side."""
    if count is None or count.comparator == "exact" or len(cells) == 1:
        return cells[0].span, cells[0].words
    spans = sorted(one.span for one in cells)
    whole = Span(spans[0].start, spans[-1].end)
    if whole.of(text).count(" | ") == len(cells) - 1:
        return whole, whole.of(text)
    return cells[0].span, cells[0].words


def _precision(days: int) -> int:
    """UCDP's date_prec of so many days."""
    return 1 if days == 1 else 2 if days < 7 else 3 if days == 7 else 4 if days <= 31 else 5
