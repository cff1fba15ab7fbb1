"""Sheets over the API: what one would do before it does anything, and what it does when somebody takes it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cenotaph.case import Added, CaseError
from cenotaph.case.foreign import Sighted
from cenotaph.case.returned import Asked
from cenotaph.case.sheet_reports import headings
from cenotaph.desk.incoming import Ours, Waiting, look, take_returned, take_sheet
from cenotaph.intake import Unreadable
from cenotaph.vocabulary import Decision
from cenotaph.web.api import answers as told
from cenotaph.web.api.asking import Looking

__all__ = ["SHOWN", "Looked", "looked_at", "sheet", "take"]

SHOWN = 200
"""Changed rows and lines about what is wrong that are told; all are counted."""
Looked = Ours | list[Sighted]


def looked_at(
    looking: Looking, waiting: Waiting, handle: str, who: str, owner: str = "", changes: Mapping[str, str] | None = None
) -> tuple[Looked, str]:
    """What a sheet would do, and its name. Raises LookupError for one that does not wait any more, CaseError for a file
    that is no sheet.
    """
    content, name = waiting.content(handle)
    try:
        return look(looking.desk, content, name, who=who, owner=owner, changes=changes or {}), name
    except Unreadable as error:
        raise CaseError(str(error)) from error


def sheet(looking: Looking, handle: str, found: Looked, name: str, owner: str = "") -> told.Sheet:
    """As it may be shown; what sheets hold may name people."""
    words, name = looking.words, looking.words(name)
    fields = tuple(sorted({*headings().fields, *headings().harms.values()}))
    if isinstance(found, Ours):
        rows = tuple(_row(looking, one) for one in found.asked[:SHOWN])
        bad = tuple(words(one.what) for one in found.problems[:SHOWN])
        notes = tuple(map(words, found.notes))
        return told.Sheet(handle, name, True, len(found.asked), rows, notes, bad, "", (), fields)
    sheets = tuple(_seen(looking, one) for one in found)
    owner = owner or next((one.mapped.owner for one in found), "")
    return told.Sheet(handle, name, False, len(found), (), (), (), words(owner), sheets, fields)


def _row(looking: Looking, one: Asked) -> told.RowChanged:
    cells = tuple(
        told.CellChanged(cell.column, cell.at, _cell(looking, cell.old), _cell(looking, cell.new))
        for cell in one.row.changes.values()
    )
    decision = one.decision
    about, why = looking.words(decision.about), looking.words(decision.why)
    return told.RowChanged(one.row.sheet, one.row.line, decision.verb, about, why, cells)


def _cell(looking: Looking, value: object) -> str:
    return "" if value is None else looking.words(str(value))


def _seen(looking: Looking, one: Sighted) -> told.SheetSeen:
    words = looking.words
    columns = tuple(
        told.ColumnMeant(words(heading), field, why, words(_example(one, at))[:80])
        for at, (heading, field, why) in enumerate(one.fields)
    )
    return told.SheetSeen(
        words(one.sheet.name), len(one.sheet.rows), len(one.claims), len(one.persons), one.silent, one.remembered,
        columns, tuple(words(each.what) for each in one.problems[:SHOWN]),
    )  # fmt: skip


def _example(one: Sighted, at: int) -> str:
    """The first cell of a column that holds anything: whole, for half a name would not be known as one."""
    cells = (row[1][at] for row in one.sheet.rows if at < len(row[1]))
    return next((str(cell) for cell in cells if cell), "")


def take(
    looking: Looking, found: Looked, waiting: Waiting, handle: str, who: str, why: str
) -> tuple[Sequence[Added], Sequence[Decision]]:  # fmt: skip
    """The reports or the decisions that it becomes. Raises CaseError where it says nothing, or rows give no reason."""
    content, name = waiting.content(handle)
    if isinstance(found, Ours):
        if not why.strip() and not all(one.decision.why for one in found.asked):
            raise CaseError("why: some rows give no reason; write one for all of them")
        return (), take_returned(looking.desk, found, why)
    speaking = [one for one in found if one.says_something]
    if not speaking:
        raise CaseError("columns: none counts people, names a person or says a harm; say which does")
    return take_sheet(looking.desk, speaking, content, name, who), ()
