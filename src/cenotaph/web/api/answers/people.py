"""Roots, voices, victims and requests: nobody who is protected is named."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cenotaph.vocabulary import Toll
from cenotaph.web.api.answers.claims import ClaimLine
from cenotaph.web.api.answers.problems import OneProblem


@dataclass(frozen=True, slots=True)
class Carrier:
    """An outlet that carries a root's figures."""

    outlet: str
    claims: int
    reports: int


@dataclass(frozen=True, slots=True)
class RootLine:
    """A root, and the outlets that carry most of it, of `outlets`; with `pairs` other roots it is known how they hang
    together. `address` is how it is asked for and decided on: its name, or `~` and a handle where that is hidden; ""
    where it has none.
    """

    root: str
    address: str
    named: bool
    claims: int
    reports: int
    grade: str
    carriers: tuple[Carrier, ...]
    outlets: int
    pairs: int


@dataclass(frozen=True, slots=True)
class Roots:
    """Some roots, those with most claims first."""

    items: tuple[RootLine, ...]
    first: int
    total: int


@dataclass(frozen=True, slots=True)
class SeriesOf:
    """A toll of a root, and the incident or episode that it is of; the newest steps of its series."""

    title: str
    toll: Toll


@dataclass(frozen=True, slots=True)
class Related:
    """What is known of two roots: whether they can be counted as two. `by` and `when` are of a decision, `claims` what
    it rests on otherwise; `seen` the newest decision on the first of the two.
    """

    one: str
    other: str
    independence: str
    why: str
    one_address: str
    other_address: str
    claims: tuple[str, ...]
    decision: str
    by: str
    when: str
    seen: str


@dataclass(frozen=True, slots=True)
class OneRoot:
    """A root laid open: who carries it, its longest series, some of its claims, the newest first
    from `first` on, and how it hangs together with others; `pairs_left` pairs are not among `related`.
    """

    root: RootLine
    carriers: tuple[Carrier, ...]
    series: tuple[SeriesOf, ...]
    claims: tuple[ClaimLine, ...]
    first: int
    related: tuple[Related, ...]
    pairs_left: int
    seen: str


@dataclass(frozen=True, slots=True)
class VoiceLine:
    """Who speaks. The name of a protected voice is not told: it goes by its `handle`, and is decided on as `~` and
    that. `protected` is "words" or "decided", by whom and `why`; `consent` what they agreed to; `grade` A to F.
    """

    handle: str
    name: str
    canonical: str
    kind: str
    connection: str
    claims: int
    report: str
    protected: str
    why: str
    consent: tuple[str, ...]
    masked: bool
    grade: str
    seen: str


@dataclass(frozen=True, slots=True)
class Voices:
    """Some voices, those with most claims first; how many there are of each kind, and how many words protect."""

    items: tuple[VoiceLine, ...]
    first: int
    total: int
    kinds: Mapping[str, int]
    protected: int


@dataclass(frozen=True, slots=True)
class OneVoice:
    """One voice, some of its claims, and whether its figures stand under its own name as a root."""

    voice: VoiceLine
    claims: tuple[ClaimLine, ...]
    is_root: bool


@dataclass(frozen=True, slots=True)
class FateLine:
    """What became of somebody, on a day, as one voice says it; `report` and `claim` are where it stands."""

    what: str
    day: str
    voice: str
    report: str
    claim: str


@dataclass(frozen=True, slots=True)
class VictimLine:
    """A person whom lists and claims tell of; `name` is "" for one whom nobody names. `rows` are those of lists and
    claims that are of them, by id; `standing` is to the incident that was asked about: inside, outside or unknown.
    """

    id: str
    name: str
    other_names: tuple[str, ...]
    sex: str
    age: str
    group: str
    place: str
    protected: bool
    fates: tuple[FateLine, ...]
    rows: tuple[str, ...]
    reports: tuple[str, ...]
    incidents: tuple[str, ...]
    standing: str


@dataclass(frozen=True, slots=True)
class Victims:
    """Some persons, in the order in which they came; `fates` counts all by the last one told."""

    items: tuple[VictimLine, ...]
    first: int
    total: int
    fates: Mapping[str, int]
    incident: str
    title: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Two who may be one person, and the problem that proposes it: agree, or refuse."""

    problem: OneProblem
    one: VictimLine | None
    other: VictimLine | None


@dataclass(frozen=True, slots=True)
class Pairs:
    """Some of those who may be one person."""

    items: tuple[Pair, ...]
    first: int
    total: int


@dataclass(frozen=True, slots=True)
class RequestLine:
    """What a family, a party or a reader asked for, and the answer. Who asks (`by`, `contact`) is told to nobody but
    who unmasked on purpose; `seen` is the newest decision on it.
    """

    id: str
    kind: str
    asker: str
    by: str
    contact: str
    asked: str
    about: str
    why: str
    who: str
    when: str
    seen: str
    decision: str
    answer: str
    answer_why: str
    answered_by: str
    answered: str


@dataclass(frozen=True, slots=True)
class Requests:
    """Some requests, the newest first, those without an answer before all others; how many wait for one."""

    items: tuple[RequestLine, ...]
    first: int
    total: int
    waiting: int
