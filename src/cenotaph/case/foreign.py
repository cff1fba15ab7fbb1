"""A file of somebody else's sheets: what its columns may mean, what its rows would say, and how it is taken in."""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import TYPE_CHECKING

from cenotaph.case.errors import CaseError
from cenotaph.case.mappings import Mapped, mapped_as, remember
from cenotaph.case.settings import NAME
from cenotaph.case.sheet_reports import SheetReader, grids, headings, is_sheet
from cenotaph.intake import Captured
from cenotaph.publish.cells import plain
from cenotaph.publish.columns import AS_WRITTEN, columns, names
from cenotaph.publish.returned import Table, tables
from cenotaph.sheets_in import Grid, Listed, lines_of, text_of
from cenotaph.sheets_in.folding import folded
from cenotaph.sheets_in.headings import Proposal
from cenotaph.vocabulary import Claim, Problem, Report

if TYPE_CHECKING:
    from cenotaph.case import Case

__all__ = ["Sighted", "is_ours", "sighted", "taken"]

_OURS = re.compile(r"(?:claim|incident|episode|assessment|problem|listed):[0-9a-f]{16}")
MOST_CLAIMS = 200_000
"""Cells of one sheet that may count people: each becomes a claim, and all are held while they are shown."""
SAME_LIST = 0.8
"""The share of an earlier sheet's rows that a newer one holds, from which on it is the same sheet, kept on."""


def is_ours(content: bytes, name: str) -> bool:
    """Whether a file is an export of ours that comes back, changed as it may be. Raises Unreadable."""
    return any(map(_is_export, tables(content, name)))


def _is_export(table: Table) -> bool:
    heads = [plain(one, "text") for one in table.rows[0]] if table.rows else []
    if AS_WRITTEN in heads:
        return True
    if "id" in heads:
        at = heads.index("id")
        return any(_OURS.fullmatch(plain(row[at], "text")) for row in table.rows[1:] if at < len(row))
    return any(len(set(heads) & set(columns(one))) > len(columns(one)) // 2 for one in names())


@dataclass(frozen=True, slots=True)
class Sighted:
    """One sheet as it would be taken in: what each heading means, and what its rows say by that.

    `remembered` tells that case.toml says so already; `silent` is the number of rows that claim nobody.
    """

    sheet: Grid
    mapped: Mapped
    proposals: Sequence[Proposal]
    remembered: bool
    claims: Sequence[Claim]
    persons: Sequence[Listed]
    problems: Sequence[Problem]
    silent: int

    @property
    def fields(self) -> Iterator[tuple[str, str, str]]:
        """Each heading with its field ("" where nothing is known of it) and why it is left."""
        for one in self.proposals:
            known = self.mapped.columns.get(one.heading, "")
            yield one.heading, known or ("leave" if one.field == "leave" else ""), "" if known else one.why

    @property
    def harms(self) -> Counter[str]:
        """How many claims there are of each harm; never how many people."""
        return Counter(str(one.harm) for one in self.claims)

    @property
    def says_something(self) -> bool:
        known = headings()
        read = self.mapped.columns.values()
        return any(one in ("name", "fate", "harm") or known.base(one) not in known.fields for one in read)


def sighted(
    case: Case, content: bytes, name: str, *, owner: str = "", changes: Mapping[str, str] | None = None,
    only: str = "",
) -> list[Sighted]:  # fmt: skip
    """The sheets of a file, as they would be read. `changes` give a heading another field ("" or "-": none).

    Raises Unreadable for a file that is none, CaseError for a heading, field or sheet that there is not.
    """
    found = grids(content, name)
    if only and only not in {one.name for one in found}:
        raise CaseError(f"{name} has no sheet {only!r} with headings; there are: {_list(one.name for one in found)}")
    found = [one for one in found if not only or one.name == only]
    if not found:
        raise CaseError(f"{name} holds no sheet with headings and rows")
    _refuse_unknown(found, changes or {}, name)
    return [_sighted(case, one, name, owner, changes or {}) for one in found]


def _refuse_unknown(found: Sequence[Grid], changes: Mapping[str, str], name: str) -> None:
    there = {folded(one): one for sheet in found for one in sheet.headings}
    missing = [one for one in changes if folded(one) not in there]
    if missing:
        raise CaseError(f"{name} has no heading {missing[0]!r}; there are: {_list(there.values())}")


def _sighted(case: Case, sheet: Grid, name: str, owner: str, changes: Mapping[str, str]) -> Sighted:
    known = mapped_as(case.settings.sheets, sheet.headings)
    proposals = headings().proposed(sheet.headings)
    if known is None:
        read = {one.heading: one.field for one in proposals if one.field not in ("", "leave")}
        ties = tuple(one.heading for one in proposals if one.tie == "part" and one.heading in read)
        mapped = Mapped(sheet.name or name.rpartition(".")[0], owner, read, ties)
    else:
        mapped = replace(known, owner=owner or known.owner)
    mapped = replace(mapped, columns=_changed(sheet, mapped.columns, changes))
    mapped = replace(mapped, parts=tuple(one for one in mapped.parts if one in mapped.columns))
    return _read(case, sheet, mapped, proposals, known == mapped)


def _changed(sheet: Grid, read: Mapping[str, str], changes: Mapping[str, str]) -> dict[str, str]:
    """Raises CaseError for a field that there is not, and for one that two columns would have."""
    spelled = {folded(one): one for one in sheet.headings}
    given = {spelled[folded(heading)]: field for heading, field in changes.items() if folded(heading) in spelled}
    out = {heading: field for heading, field in read.items() if heading not in given}
    for heading, field in given.items():
        if field.strip() in ("", "-", "leave"):
            continue
        try:
            out[heading] = headings().field(field)
        except LookupError as error:
            raise CaseError(str(error.args[0])) from error
    often = Counter(headings().base(field) for field in out.values())
    for heading in given:
        if heading in out and often[headings().base(out[heading])] > 1:
            others = [one for one, field in out.items() if headings().base(field) == headings().base(out[heading])]
            raise CaseError(
                f"{' and '.join(others)} would both be {out[heading]}; take one away with --map '{others[0]}=-'"
            )
    return {one: out[one] for one in sheet.headings if one in out}


def _read(case: Case, sheet: Grid, mapped: Mapped, proposals: Sequence[Proposal], remembered: bool) -> Sighted:
    counted = sum(headings().base(field) not in headings().fields for field in mapped.columns.values())
    if counted * len(sheet.rows) > MOST_CLAIMS:
        raise CaseError(
            f"{sheet.name}: {counted} columns that count people in {len(sheet.rows):,} rows; at most {MOST_CLAIMS:,}"
            " such cells are read at once: split the sheet"
        )
    reader = SheetReader(replace(case.settings, sheets=(mapped,)), case.own_places)
    report = Report.of_text(text_of(sheet), name=sheet.name)
    claims, _, problems = reader(report) if mapped.columns else ([], [], [])
    people = reader.persons(report) if mapped.columns else []
    spoken = [one.start for one in claims] + [one.start for one in problems] + [one.span.start for one in people]
    starts = [line.span.start for line in lines_of(report.text, ()).lines]
    silent = len(starts) - len({bisect_right(starts, one) for one in spoken})
    return Sighted(sheet, mapped, proposals, remembered, claims, people, problems, silent)


def _list(some: Iterator[str] | Collection[str]) -> str:
    return ", ".join(one or "(without a name)" for one in some)


# --- taking it in -----------------------------------------------------------------------------------------------------


def taken(case: Case, found: Sequence[Sighted], content: bytes, name: str) -> list[Captured]:
    """Writes what the columns mean into case.toml; gives the sheets as they are to be captured. Open the case anew
    before adding them. Raises CaseError where nobody is said to own a sheet.
    """
    if not all(one.mapped.owner.strip() for one in found):
        raise CaseError("say whose sheet it is, who answers for what it says: --owner 'Name of the organisation'")
    for one in found:
        if not one.remembered:
            remember(case.folder / NAME, one.mapped, mapped_as(case.settings.sheets, one.sheet.headings))
    return [_captured(case, one, content, name) for one in found]


def _captured(case: Case, one: Sighted, content: bytes, name: str) -> Captured:
    stem, _, kind = name.rpartition(".")
    title = one.sheet.name
    return Captured(
        content, kind.lower(), stem if title == stem else f"{stem} {title}", "sheet", name, dt.datetime.now(dt.UTC),
        url=_address(case, one, content), outlet=one.mapped.owner, title=title,
    )  # fmt: skip


def _address(case: Case, one: Sighted, content: bytes) -> str:
    """That of the earlier capture which this sheet goes on from: most of its rows stand here too. Else a new one."""
    now = set(_rows(text_of(one.sheet), one.mapped))
    for report in reversed(case.reports()):
        if not is_sheet(report) or report.outlet != one.mapped.owner:
            continue
        before = set(_rows(report.text, one.mapped))
        if before and len(before & now) >= SAME_LIST * len(before):
            return report.url
    return f"sheet:{sha256(content).hexdigest()[:16]}/{one.sheet.name}"


def _rows(text: str, mapped: Mapped) -> Iterator[str]:
    """What names each row: its own id, else all that it says."""
    ids = next((heading for heading, field in mapped.columns.items() if field == "id"), "")
    for line in lines_of(text, [ids]).lines:
        yield line.cells[ids].words if ids in line.cells else line.words
