"""Incidents and episodes: some, one with its figures, why a figure, and what a link would change."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from cenotaph.vocabulary import (
    Answer,
    Assessment,
    Check,
    Claim,
    Count,
    Grade,
    Incident,
    Interval,
    Ledger,
    Party,
    Place,
    Toll,
    Voice,
)
from cenotaph.web.api.answers.problems import OneProblem


@dataclass(frozen=True, slots=True)
class Apart:
    """What tells a place from another that is shown by the same name: `kind` is in, precision (1 to 7), near, district,
    reported, point (degrees north and east) or id.
    """

    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class IncidentLine:
    """One incident or episode. `within` counts the incidents it holds, `read` its claims that people read, `largest`
    the people in its largest figure: never a sum. `apart` tells its place from others that are called the same.
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
    apart: tuple[Apart, ...] = ()


@dataclass(frozen=True, slots=True)
class Incidents:
    """Some incidents, from `first` on, of how many."""

    items: tuple[IncidentLine, ...]
    first: int
    total: int


@dataclass(frozen=True, slots=True)
class Accused:
    """A party that a root accuses here, by the ids of the tolls in which it does."""

    root: str
    party: str
    tolls: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TwoRoots:
    """Figures of two roots side by side, by the ids of their tolls, and what the calculus says of the pair."""

    one: str
    other: str
    check: Check


@dataclass(frozen=True, slots=True)
class SideBySide:
    """One harm's figures of the roots with the largest ones, never added. `support` is how many roots stand behind it,
    and how far they are known to be independent; `roots` of `total` are compared.
    """

    harm: str
    support: str
    roots: int
    total: int
    pairs: tuple[TwoRoots, ...]


@dataclass(frozen=True, slots=True)
class PartsList:
    """One list by which a whole is broken down: its parts by id, what they add up to, whether that is the whole, and
    what it does not break down.
    """

    parts: tuple[str, ...]
    total: Count
    holds: bool
    left: Count
    told: str


@dataclass(frozen=True, slots=True)
class PartOf:
    """A figure of a tree of parts and wholes, with the lists that break it down, what is counted in it and never summed
    (`overlays`), and parts of no list (`loose`), by their ids; each stands here for itself. `depth` is 0 for a whole.
    """

    depth: int
    claim: Claim
    count: Count
    reads: int
    lists: tuple[PartsList, ...]
    overlays: tuple[str, ...]
    loose: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OneIncident:
    """An incident or episode: the figures of its roots side by side, what people hold of it, and what is unclear. Its
    claims are listed by `/api/v1/claims`. `drafts` are assessments that the machine would make: they count for nothing
    until somebody agrees. `ledgers` are our own totals; `answers` what accused parties say back; `trees` how figures
    are broken down; `days` those on which something came to be known.
    """

    incident: Incident
    seen: str
    tolls: tuple[Toll, ...]
    compared: tuple[SideBySide, ...]
    accused: tuple[Accused, ...]
    answers: tuple[Answer, ...]
    trees: tuple[PartOf, ...]
    assessments: tuple[Assessment, ...]
    ledgers: tuple[Ledger, ...]
    grade: Grade
    drafts: tuple[OneProblem, ...]
    problems: tuple[OneProblem, ...]
    days: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One figure of a series as it was told on a day, and how many claims carry it."""

    day: dt.date | None
    dated: str
    interval: Interval
    words: str
    claims: int


@dataclass(frozen=True, slots=True)
class Rung:
    """One root's figure of one set; `steps` are how it grew, oldest first. `read` and `twice` are the shares of its
    claims that people have read.
    """

    toll: str
    root: str
    named: bool
    first: bool
    harm: str
    people: str
    place: Place | None
    count: Count
    steps: tuple[Step, ...]
    carriers: tuple[str, ...]
    read: float
    twice: float
    parties: tuple[Party, ...]
    checks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ladder:
    """The rungs of one harm from `start` on, of `total`; `most` people in the largest of all its figures. Never added
    up.
    """

    harm: str
    rungs: tuple[Rung, ...]
    start: int
    total: int
    roots: int
    most: int


@dataclass(frozen=True, slots=True)
class Ladders:
    """The toll as a ladder, as it could be known on `day` ("": now); `later` figures were not known yet then."""

    ladders: tuple[Ladder, ...]
    day: str
    later: int


@dataclass(frozen=True, slots=True)
class QuotedClaim:
    """The words of one claim as they may be shown: before its figure, the figure, and after it."""

    claim: str
    report: str
    before: str
    figure: str
    after: str
    voices: tuple[Voice, ...]
    outlet: str
    published: str
    reads: int
    people: str
    harm: str
    words: str
    count: Count
    stance: str


@dataclass(frozen=True, slots=True)
class Why:
    """One figure in a sentence that can be pasted, and the words of its steps, newest first."""

    toll: Toll
    sentence: str
    quotes: tuple[QuotedClaim, ...]


@dataclass(frozen=True, slots=True)
class Sure:
    """How a voice accuses: how sure it is, as what, and with which stance; "" where it is plain."""

    certainty: str
    degree: str
    stance: str


@dataclass(frozen=True, slots=True)
class AccusedOf:
    """One figure of which a party is accused, in a claim."""

    claim: str
    report: str
    words: str
    count: Count
    people: str
    harm: str
    reads: int


@dataclass(frozen=True, slots=True)
class AccusedBy:
    """A voice that accuses, and in how many `claims`; the largest of its figures."""

    root: str
    named: bool
    outlet: str
    sure: tuple[Sure, ...]
    figures: tuple[AccusedOf, ...]
    claims: int


@dataclass(frozen=True, slots=True)
class AccusedParty:
    """A party by the name it is known by, in what words it is accused, and the voices that accuse it."""

    party: str
    words: tuple[str, ...]
    voices: tuple[AccusedBy, ...]


@dataclass(frozen=True, slots=True)
class AccusedParties:
    """Whom the claims of one incident accuse. Nothing is settled by it."""

    items: tuple[AccusedParty, ...]
