"""What a sheet would do before it does anything, and what is said of its columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from cenotaph.case import Added
from cenotaph.web.api.answers.decided import MadeDecision


@dataclass(frozen=True, slots=True)
class CellChanged:
    """A cell as it was when the sheet was written, and as it is."""

    column: str
    at: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class RowChanged:
    """A decision that a changed row of our own export asks for; `why` is "" where the row gives no reason."""

    sheet: str
    line: int
    verb: str
    about: str
    why: str
    cells: tuple[CellChanged, ...]


@dataclass(frozen=True, slots=True)
class ColumnMeant:
    """A heading, the field that it means ("" none, "leave" left on purpose), why it is left, and one of its cells."""

    heading: str
    field: str
    why: str
    example: str


@dataclass(frozen=True, slots=True)
class SheetSeen:
    """One sheet of somebody else as it would be taken in; `silent` rows claim nobody, `remembered` tells that case.toml
    says so already.
    """

    name: str
    rows: int
    claims: int
    persons: int
    silent: int
    remembered: bool
    columns: tuple[ColumnMeant, ...]
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file that waits under its `handle`, and what it would do: the decisions of a changed export of `ours` (`rows`),
    or what the columns of another's sheets mean (`sheets`). `fields` are what a column can mean.
    """

    handle: str
    name: str
    ours: bool
    total: int
    rows: tuple[RowChanged, ...]
    notes: tuple[str, ...]
    problems: tuple[str, ...]
    owner: str
    sheets: tuple[SheetSeen, ...]
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SheetAsked:
    """What to do with a waiting sheet: `look` again, `take` it, or `leave` it. `columns` give a heading another field
    ("" none); `why` is the reason of rows that give none.
    """

    do: str = "look"
    owner: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    why: str = ""


@dataclass(frozen=True, slots=True)
class SheetDone:
    """What became of a sheet: what it would do (`look`), or the reports and decisions that it became (`take`); nothing
    where it was left.
    """

    sheet: Sheet | None
    items: tuple[Added, ...]
    decisions: tuple[MadeDecision, ...]
    working: bool
