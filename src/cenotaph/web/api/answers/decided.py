"""Decisions as they lie in the journal, what goes wrong, and what is sent to be decided."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from cenotaph.case import Added
from cenotaph.vocabulary import Decision


@dataclass(frozen=True, slots=True)
class Error:
    """What was found, what was expected, what to do; in one line. Nothing was written."""

    error: str


@dataclass(frozen=True, slots=True)
class MadeDecision:
    """A decision as it lies in the journal, with its id."""

    id: str
    decision: Decision


@dataclass(frozen=True, slots=True)
class Moved:
    """Somebody decided on the same thing since you looked. `since` are those decisions, `yours` those that were not
    written; send yours again with `seen` to take them after theirs. What they rejected, undo first, in one request.
    """

    error: str
    about: str
    since: tuple[MadeDecision, ...]
    yours: tuple[Decision, ...]
    seen: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class JournalLine:
    """One row of the journal: a decision by its id, and the id of the one that took it back; or, where `decision` is
    null, what came in, was forgotten, backed up or merged, by `kind`. `about` is a report by its id, or words.
    """

    id: str
    kind: str
    at: str
    who: str
    about: str
    why: str
    decision: Decision | None
    undone: str


@dataclass(frozen=True, slots=True)
class Journal:
    """Some rows, the newest first."""

    items: tuple[JournalLine, ...]
    first: int
    total: int


@dataclass(frozen=True, slots=True)
class Asked:
    """A decision: what (`verb`), about which id or name, and why. `details` are what the verb needs; `seen` is the
    newest decision about it that you know of ("" for none): leave it out to decide whatever was decided since. A voice
    or a root may go by its address (`~` and its handle), also under `with`, so that one whose name is hidden can be
    decided on. A request and its answer are decisions too, and so is taking a decision back (undo).
    """

    verb: str
    about: str
    why: str
    report: str = ""
    details: Mapping[str, Any] = field(default_factory=dict)
    seen: str | None = None


@dataclass(frozen=True, slots=True)
class Decisions:
    """One decision or many: all of them are written, or none."""

    decisions: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class Written:
    """The decisions as they lie in the journal. `working` tells that tolls are still being worked out again."""

    decisions: tuple[MadeDecision, ...]
    working: bool


@dataclass(frozen=True, slots=True)
class Triage:
    """What reports are as a whole: those named, or all in one state of the inbox."""

    what: str
    why: str
    reports: tuple[str, ...] = ()
    state: str = ""


@dataclass(frozen=True, slots=True)
class Answers:
    """What is said to open problems, by their ids: `agree` takes what each proposes, `refuse` keeps apart what it would
    join, `settle` lets things stand. Drafts of an assessment are answered so too, with the `incident` that they are of.
    `seen` gives for a problem the token that came with it.
    """

    verb: str
    problems: tuple[str, ...]
    why: str
    incident: str = ""
    seen: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class NewReport:
    """A text to take in, and where it is from. `about` is the report of which a note or a translation speaks."""

    text: str
    name: str = ""
    outlet: str = ""
    url: str = ""
    title: str = ""
    language: str = ""
    published: dt.date | None = None
    about: str = ""


@dataclass(frozen=True, slots=True)
class NewReports:
    """Texts to take in; one that can't be taken in stops no other."""

    reports: tuple[NewReport, ...]


@dataclass(frozen=True, slots=True)
class AddedReports:
    """What became of each thing, in its order."""

    items: tuple[Added, ...]
    working: bool


@dataclass(frozen=True, slots=True)
class Exported:
    """One sheet of the export: its columns, and a value of each in every row."""

    sheet: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
