"""What the API gives and takes: the values of the vocabulary, and the lines of lists around them.

Each class is one schema of the OpenAPI document, by the same forms as docs/schema.json.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from cenotaph.case import Added
from cenotaph.vocabulary import (
    Account,
    Answer,
    Assessment,
    Check,
    Claim,
    Decision,
    Grade,
    Incident,
    Interval,
    Problem,
    Report,
    Tether,
    Toll,
)

# --- what goes wrong --------------------------------------------------------------------------------------------------


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


# --- the case ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CaseNow:
    """What a case holds. `states` counts its reports; `working` tells that tolls are being worked out again."""

    title: str
    who: str
    reports: int
    states: Mapping[str, int]
    claims: int
    read_once: int
    read_twice: int
    incidents: int
    episodes: int
    roots: int
    problems: int
    decisions: int
    working: bool


# --- reports ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Said:
    """A figure that a report repeats, or says first (`fresh`): whose it is, in which words, at least how many."""

    fresh: bool
    root: str
    named: bool
    words: str
    low: int
    harm: str
    status: str
    incident: str


@dataclass(frozen=True, slots=True)
class ReportLine:
    """One line of the inbox. `copy_of` is the report whose words it has for the most part, `own_words` how many words
    are its own; `read_once` and `read_twice` count its claims.
    """

    id: str
    name: str
    outlet: str
    title: str
    url: str
    language: str
    published: str
    captured: str
    version_of: str
    attachments: int
    words: int
    copy_of: str
    own_words: int
    claims: int
    fresh: int
    unclear: int
    read_once: int
    read_twice: int
    state: str
    says: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Reports:
    """Some reports, from `first` on, of how many."""

    items: tuple[ReportLine, ...]
    first: int
    total: int


@dataclass(frozen=True, slots=True)
class OneClaim:
    """A claim, what its words allow, whose figure it is and how that is known, who read it (`reads`: how many people),
    and `seen`: the newest decision about it, which a decision brings back so that nobody decides unseen.
    """

    claim: Claim
    interval: Interval
    root: str
    named: bool
    rule: str
    incident: str
    reads: int
    seen: str


@dataclass(frozen=True, slots=True)
class OneProblem:
    """A problem by its id; `stake` are people in the largest figure that hangs on it."""

    id: str
    problem: Problem
    stake: int
    seen: str


@dataclass(frozen=True, slots=True)
class Version:
    """One capture of an address that showed other words than the one before."""

    report: str
    at: str
    again: bool


@dataclass(frozen=True, slots=True)
class Custody:
    """Who brought the bytes in, when, how, from where; their number and SHA-256; the row of the journal."""

    at: str
    who: str
    how: str
    original: str
    size: int
    bytes: str
    row: str


@dataclass(frozen=True, slots=True)
class OneReport:
    """A report with all that was read in it. Offsets are those of the words themselves: where `masked`, a name that is
    hidden moves what stands after it.
    """

    report: Report
    masked: bool
    state: str
    claims: tuple[OneClaim, ...]
    answers: tuple[Answer, ...]
    problems: tuple[OneProblem, ...]
    versions: tuple[Version, ...]
    custody: tuple[Custody, ...]


# --- claims, incidents, roots, problems, people -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """One claim of a list; `high` is null where the words are open upwards."""

    id: str
    report: str
    incident: str
    harm: str
    status: str
    people: str
    words: str
    low: int
    high: int | None
    root: str
    named: bool
    place: str
    first: str
    last: str
    said: str
    stance: str
    reach: str
    reads: int
    fresh: bool
    published: str
    outlet: str


@dataclass(frozen=True, slots=True)
class Claims:
    """Some claims, from `first` on, of how many."""

    items: tuple[ClaimLine, ...]
    first: int
    total: int


@dataclass(frozen=True, slots=True)
class Hit:
    """A report or a claim that was found, and the words around what was looked for."""

    report: ReportLine | None
    claim: ClaimLine | None
    excerpts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Hits:
    """Some of what was found, from `first` on; `more` tells that there are more than `total`. `within` is how many of
    the newest reports were looked through, where too many hold the words, else 0.
    """

    items: tuple[Hit, ...]
    first: int
    total: int
    more: bool
    within: int = 0


@dataclass(frozen=True, slots=True)
class IncidentLine:
    """One incident or episode. `within` counts the incidents it holds, `read` its claims that people read, `largest`
    the people in its largest figure: never a sum.
    """

    id: str
    kind: str
    parent: str
    title: str
    code: str
    claims: int
    within: int
    reports: int
    roots: int
    read: int
    largest: int
    first: str
    last: str
    place: str


@dataclass(frozen=True, slots=True)
class Incidents:
    """Some incidents, from `first` on, of how many."""

    items: tuple[IncidentLine, ...]
    first: int
    total: int


@dataclass(frozen=True, slots=True)
class OneIncident:
    """An incident or episode: the figures of its roots side by side, what people hold of it, and what is unclear.

    `drafts` are assessments that the machine would make: they count for nothing until somebody agrees.
    """

    incident: Incident
    seen: str
    tolls: tuple[Toll, ...]
    accounts: tuple[Account, ...]
    accused: Check | None
    assessments: tuple[Assessment, ...]
    grades: tuple[Grade, ...]
    drafts: tuple[OneProblem, ...]
    problems: tuple[OneProblem, ...]


@dataclass(frozen=True, slots=True)
class Carrier:
    """An outlet that carries a root's figures."""

    outlet: str
    claims: int
    reports: int


@dataclass(frozen=True, slots=True)
class RootLine:
    """A root, who carries it, and how it hangs together with others."""

    root: str
    named: bool
    claims: int
    reports: int
    carriers: tuple[Carrier, ...]
    tethers: tuple[Tether, ...]


@dataclass(frozen=True, slots=True)
class Roots:
    """Some roots, those with most claims first."""

    items: tuple[RootLine, ...]
    first: int
    total: int


@dataclass(frozen=True, slots=True)
class Problems:
    """What is open, first that on which most hangs."""

    items: tuple[OneProblem, ...]
    first: int
    total: int


@dataclass(frozen=True, slots=True)
class VoiceLine:
    """Who speaks. The name of a protected voice is not told."""

    name: str
    canonical: str
    kind: str
    connection: str
    protected: bool
    anonymous: bool
    claims: int


@dataclass(frozen=True, slots=True)
class Voices:
    """Some voices, by name."""

    items: tuple[VoiceLine, ...]
    first: int
    total: int


@dataclass(frozen=True, slots=True)
class Victims:
    """Persons whom lists and claims tell of, by the columns of the sheet of victims; none protected is named."""

    items: tuple[Mapping[str, Any], ...]
    first: int
    total: int


@dataclass(frozen=True, slots=True)
class JournalLine:
    """A decision by its id, and the id of the one that took it back."""

    id: str
    decision: Decision
    undone: str


@dataclass(frozen=True, slots=True)
class Journal:
    """Some decisions, the newest first."""

    items: tuple[JournalLine, ...]
    first: int
    total: int


# --- what is asked for ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Asked:
    """A decision: what (`verb`), about which id or name, and why. `details` are what the verb needs; `seen` is the
    newest decision about it that you know of ("" for none): leave it out to decide whatever was decided since.
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
