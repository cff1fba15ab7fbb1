"""The words of the house: frozen values that every stage shares, and nothing that opens a file.

One file on purpose, though it is long: whoever reads it from top to bottom knows what the project can say.
Evidence first (Report, Span), then what a claim is made of, then the claim, then what is made of claims.
Text offsets are counted in Unicode code points; dates are days in the place's own calendar day.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil, floor
from typing import Any, Literal, Protocol

Comparator = Literal[
    "exact", "at least", "more than", "about", "nearly", "up to", "less than", "between", "plural", "none"
]
Stance = Literal["asserts", "hedges", "alleges", "denies", "expects"]
Reach = Literal["event", "running total", "increment", "background"]
Level = Literal["reported", "documented", "identified", "verified", "estimated", "forecast"]
PeriodOf = Literal["happened", "died", "found", "recorded", "unclear"]
PlaceOf = Literal["happened", "died", "found", "buried", "unclear"]
TieKind = Literal["part", "overlay", "increment", "restates", "replaces"]
AnswerKind = Literal["denies", "justifies", "blames others", "acknowledges", "concedes"]
VoiceKind = Literal["organisation", "official", "person", "outlet", "document", "unknown"]
Independence = Literal["shown", "assumed", "unknown", "dependent"]
Standing = Literal["pending", "provisional", "confirmed", "withdrawn"]

Assumed = tuple[tuple[str, str], ...]
"""Which fields were filled by a rule and not by the words of this claim: (field, rule's name)."""


def content_id(kind: str, *parts: object) -> str:
    """An id that says the same on every machine: kind and 16 hex digits of a SHA-256 over the parts.

    >>> content_id("claim", "report:1", 4, 7) == content_id("claim", "report:1", 4, 7)
    True
    """
    return f"{kind}:{hashlib.sha256(repr(parts).encode()).hexdigest()[:16]}"


# --- evidence -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of a text: code points from start (inclusive) to end (exclusive).

    Raises ValueError if it would run backwards.

    >>> Span(3, 6).of("At 745 dead")
    '745'
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"a span runs forward from 0; found start={self.start}, end={self.end}")

    def of(self, text: str) -> str:
        return text[self.start : self.end]

    def covers(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Report:
    """A captured document: its text as evidence, and where and when it came from.

    `bytes_hash` and `text_hash` are SHA-256 in hex; `extractor` says which tool and version made the text of the bytes.
    `published` is the outlet's day, None when unknown. `version_of` is the id of the earlier capture of the same
    address; `about` the id of the report that a person's note, transcript or translation speaks of.

    >>> Report.of_text("Three people were killed.", outlet="Example Wire", published=dt.date(2025, 3, 9)).language
    'en'
    """

    id: str
    text: str
    text_hash: str
    bytes_hash: str = ""
    name: str = ""
    outlet: str = ""
    url: str = ""
    title: str = ""
    language: str = "en"
    captured: dt.datetime | None = None
    published: dt.date | None = None
    updated: dt.date | None = None
    extractor: str = ""
    attachments: tuple[str, ...] = ()
    version_of: str = ""
    about: str = ""

    @classmethod
    def of_text(cls, text: str, **known: Any) -> Report:
        """A report from text alone; its id follows from the text and from where it is said to come from."""
        digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
        where = [str(known.get(key) or "") for key in ("outlet", "url", "published", "about")]
        return cls(id=content_id("report", digest, *where), text=text, text_hash=digest, **known)


# --- who speaks, who appears --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Voice:
    """Who speaks. `name` as written, `canonical` as the codes or a decision know it, "" when they do not.

    `connection` is how the voice knows: victim, witness, relative, third party relaying, accused party, ... (""
    unknown). `root` marks the voice that compiled the figure and answers for it; informants stand after it in a chain.

    >>> Voice("SOHR", canonical="Syrian Observatory for Human Rights", kind="organisation", root=True).known_as
    'Syrian Observatory for Human Rights'
    """

    name: str
    canonical: str = ""
    kind: VoiceKind = "unknown"
    anonymous: bool = False
    connection: str = ""
    protected: bool = False
    root: bool = False

    @property
    def known_as(self) -> str:
        return self.canonical or self.name


@dataclass(frozen=True, slots=True)
class Person:
    """Anyone who appears: voice, victim or accused. Protected unless a rule or a consent says otherwise.

    `consent` names each purpose (keep, publish, share, court) that the person agreed to; it can be taken back.

    >>> Person("a resident", role="voice", why="private witness").may("publish")
    False
    """

    name: str
    role: Literal["voice", "victim", "accused"] = "voice"
    protected: bool = True
    why: str = ""
    consent: tuple[str, ...] = ()

    def may(self, purpose: str) -> bool:
        return not self.protected or purpose in self.consent


# --- how many -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Count:
    """What a quantity's words allow under a rule set: low to high, both inclusive; high=None is open ("at least").

    >>> Count(745, 745) + Count(125, 125) + Count(148, 148)
    Count(low=1018, high=1018)
    >>> Count(900, 1100).admits(Count(1018, 1018))      # "around 1000" and the parts can both be true
    True
    """

    low: int
    high: int | None

    def __post_init__(self) -> None:
        if self.low < 0 or (self.high is not None and self.high < self.low):
            raise ValueError(f"a count runs from 0 upwards; found low={self.low}, high={self.high}")

    def __add__(self, other: Count) -> Count:
        return Count(self.low + other.low, _add(self.high, other.high))

    def __sub__(self, other: Count) -> Count:
        """What is left of a whole when a part is taken out; never below none.

        >>> Count(1383, 1383) - Count(683, None)
        Count(low=0, high=700)
        """
        low = 0 if other.high is None else max(0, self.low - other.high)
        high = None if self.high is None else max(0, self.high - other.low)
        return Count(low, high)

    def admits(self, other: Count) -> bool:
        """Whether both can be true of one set: the two ranges meet."""
        return _below(self.low, other.high) and _below(other.low, self.high)

    def may_hold(self, part: Count) -> bool:
        """Whether a part can be as small as this whole allows.

        >>> Count(48, 48).may_hold(Count(49, None))
        False
        """
        return _below(part.low, self.high)

    def meet(self, other: Count) -> Count | None:
        """The counts both allow; None when they contradict each other."""
        if not self.admits(other):
            return None
        highs = [high for high in (self.high, other.high) if high is not None]
        return Count(max(self.low, other.low), min(highs) if highs else None)


def _add(a: int | None, b: int | None) -> int | None:
    return None if a is None or b is None else a + b


def _below(low: int, high: int | None) -> bool:
    return high is None or low <= high


@dataclass(frozen=True, slots=True)
class Interval:
    """Low, best and high under a named rule set; best or high is None where the words give none."""

    low: int
    best: int | None
    high: int | None
    rules: str

    @property
    def count(self) -> Count:
        return Count(self.low, self.high)


@dataclass(frozen=True, slots=True)
class NumberRules:
    """A named, published way to turn words into counts; the numbers come from codes/numbers.toml.

    `spreads` holds (low, best, high) for each comparator, as factors of the stated number, None for open. `beyond` is
    what "more than N" adds to N at the low end. `plurals` holds (low, best, high) for plural words by their magnitude
    ("10", "12", "100", ...; "" for words such as "several" that name none).
    """

    name: str
    spreads: Mapping[str, tuple[float, float | None, float | None]]
    plurals: Mapping[str, tuple[int, int | None, int | None]]
    beyond: int = 0
    source: str = ""


@dataclass(frozen=True, slots=True)
class Quantity:
    """How many, in the words that were used; the interval is derived by a rule set and never stored.

    `base` is the number the words name ("at least 745": 745; "dozens": 12, a magnitude), `upper` the second of "between
    2,300 and 2,400", `fraction` a share ("nearly half": .5) and `of` the id of the claim it is a share or part of.

    >>> rules = NumberRules("plain", {"at least": (1, 1, None)}, {})
    >>> Quantity("at least 745", "at least", 745).interval(rules)
    Interval(low=745, best=745, high=None, rules='plain')
    """

    words: str = ""
    comparator: Comparator = "none"
    base: int | None = None
    upper: int | None = None
    fraction: float | None = None
    of: str = ""
    unit: str = "people"

    def interval(self, rules: NumberRules, whole: Interval | None = None) -> Interval:
        """Low, best, high. A fraction needs its `whole`; without it, and with no figure at all, only "some" is
        known.
        """
        if self.comparator == "plural":
            return Interval(*rules.plurals[self._magnitude(rules)], rules.name)
        if self.fraction is not None:
            return self._share(rules, whole)
        if self.base is None:
            return Interval(0 if self.comparator == "none" else 1, None, None, rules.name)
        if self.comparator == "between":
            upper = self.base if self.upper is None else self.upper
            return Interval(self.base, (self.base + upper) // 2, upper, rules.name)
        low, best, high = self._spread(rules)
        extra = rules.beyond if self.comparator == "more than" else 0
        return _scaled(self.base, low, best, high, rules.name, extra)

    def _magnitude(self, rules: NumberRules) -> str:
        return str(self.base) if self.base is not None and str(self.base) in rules.plurals else ""

    def _spread(self, rules: NumberRules) -> tuple[float, float | None, float | None]:
        return rules.spreads.get(self.comparator, (1, 1, 1))

    def _share(self, rules: NumberRules, whole: Interval | None) -> Interval:
        if whole is None or self.fraction is None or not 0 <= self.fraction <= 1:  # no share is more than its whole
            return Interval(1, None, None, rules.name)
        low, best, high = self._spread(rules)
        top = None if whole.high is None or high is None else ceil(whole.high * self.fraction * high)
        middle = None if whole.best is None or best is None else round(whole.best * self.fraction * best)
        return Interval(floor(whole.low * self.fraction * low), middle, top, rules.name)


def _scaled(base: int, low: float, best: float | None, high: float | None, rules: str, extra: int) -> Interval:
    return Interval(
        floor(base * low) + extra,
        None if best is None else round(base * best),
        None if high is None else ceil(base * high),
        rules,
    )


# --- of what set --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Harm:
    """What was done: one code of codes/harms.toml, or any of several ("killed or injured").

    >>> str(Harm.parse("killed or injured")), Harm(("killed",)).within(Harm(("injured", "killed")))
    ('injured or killed', True)
    """

    codes: tuple[str, ...]

    def __post_init__(self) -> None:
        if not self.codes or tuple(sorted(set(self.codes))) != self.codes:
            raise ValueError(f"harm codes are sorted, each once and at least one; found {self.codes!r}")

    @classmethod
    def parse(cls, words: str) -> Harm:
        return cls(tuple(sorted({code.strip() for code in words.split(" or ")})))

    def within(self, other: Harm) -> bool:
        return set(self.codes) <= set(other.codes)

    def __str__(self) -> str:
        return " or ".join(self.codes)


@dataclass(frozen=True, slots=True)
class Means:
    """How the harm was done: words, our code, the cause of SDG indicator 16.1.2; direct=None when not said.

    >>> Means("shelling", "shelling", "heavy weapons and explosive munitions").code
    'shelling'
    """

    words: str
    code: str = ""
    cause: str = ""
    direct: bool | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Who was harmed. A facet that is "" was not said: "children" may be of any status. No words at all: open.

    `status` is a code of codes/statuses.toml as the *voice* gives it; `affiliation` the side or organisation they
    belong to; `names` are those that the words name.

    >>> Group("Alawite women", identity="Alawite", sex="female").facets
    ('', '', 'Alawite', 'female', '')
    """

    words: str = ""
    status: str = ""
    affiliation: str = ""
    identity: str = ""
    sex: str = ""
    age: str = ""
    names: tuple[str, ...] = ()

    @property
    def facets(self) -> tuple[str, ...]:
        return (self.status, self.affiliation, self.identity, self.sex, self.age)


@dataclass(frozen=True, slots=True)
class Party:
    """Who is accused, how deeply (carried out, ordered, ...), and how sure the voice is ("" plain, "suspected", ...).

    >>> Party("gunmen loyal to the interim government", degree="carried out").degree
    'carried out'
    """

    words: str
    canonical: str = ""
    degree: str = "carried out"
    certainty: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where, from general to specific, and how exactly that is known.

    `precision` is UCDP's where_prec: 1 exact, 2 near a known point, 3 district, 4 first-level area, 5 larger or fuzzy,
    6 country, 7 international. `covers` holds the paths that a region without an office takes in (a coast, a valley).
    `near` tells that the name was not found as written but resolved to its nearest spelling.

    >>> baniyas = Place("Baniyas", "Baniyas", path=("Syria", "Tartus", "Baniyas"))
    >>> baniyas.within(Place("Syria", "Syria", path=("Syria",)))
    True
    """

    words: str
    name: str = ""
    id: str = ""
    path: tuple[str, ...] = ()
    lat: float | None = None
    lon: float | None = None
    precision: int = 6
    of: PlaceOf = "happened"
    covers: tuple[tuple[str, ...], ...] = ()
    near: bool = False

    def within(self, outer: Place) -> bool:
        """Whether all of this place is known to lie in the other."""
        if not self.path or not outer.path:
            return False
        mine = self.covers or (self.path,)
        theirs = outer.covers or (outer.path,)
        return self.path == outer.path or all(any(one[: len(big)] == big for big in theirs) for one in mine)


@dataclass(frozen=True, slots=True)
class Period:
    """Which days, and of what: when it happened, when they died, were found, or were put on record.

    start or end None is open; `precision` is UCDP's date_prec: 1 a day, 2 two to six days, 3 a week, 4 a month, 5 more.

    >>> friday = Period("Friday", dt.date(2025, 3, 7), dt.date(2025, 3, 7))
    >>> Period("since Thursday", dt.date(2025, 3, 6), None).holds(friday)
    True
    """

    words: str = ""
    start: dt.date | None = None
    end: dt.date | None = None
    precision: int = 5
    of: PeriodOf = "happened"

    def holds(self, inner: Period) -> bool:
        after = self.start is None or (inner.start is not None and self.start <= inner.start)
        before = self.end is None or (inner.end is not None and inner.end <= self.end)
        return after and before

    def misses(self, other: Period) -> bool:
        """Whether the two are known to share no day."""
        first = self.end is not None and other.start is not None and self.end < other.start
        last = other.end is not None and self.start is not None and other.end < self.start
        return first or last


@dataclass(frozen=True, slots=True)
class Scope:
    """Of which set a figure speaks; each dimension *stated*, *assumed* by a named rule, or *open* (not said).

    >>> scope = Scope(Harm(("killed",)), Group("civilians"), assumed=(("place", "from the report"),))
    >>> scope.standing("place")
    'assumed (from the report)'
    """

    harm: Harm
    group: Group = Group()
    means: Means | None = None
    place: Place | None = None
    period: Period | None = None
    parties: tuple[Party, ...] = ()
    exclusions: tuple[Group, ...] = ()
    level: Level = "reported"
    assumed: Assumed = ()

    def standing(self, dimension: str) -> str:
        rule = dict(self.assumed).get(dimension)
        if rule:
            return f"assumed ({rule})"
        value = getattr(self, dimension)
        return "open" if value is None or value == () or value == Group() else "stated"


# --- what is claimed ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Coder:
    """Who read the words: rules at a version, a model at a version, or a person. All write claims in one form.

    >>> str(Coder("rules", "cenotaph", "0.1"))
    'rules:cenotaph@0.1'
    """

    kind: Literal["rules", "model", "person"]
    name: str
    version: str = ""

    def __str__(self) -> str:
        return f"{self.kind}:{self.name}" + (f"@{self.version}" if self.version else "")


@dataclass(frozen=True, slots=True)
class Tie:
    """What a claim is to another claim of its report: a part that sums, an overlay that does not, an increment, ...

    `to` is the id of the other claim; "" when the words say there is one but it is not held ("16 of them").

    >>> Tie("claim:48", "part").kind
    'part'
    """

    to: str
    kind: TieKind


@dataclass(frozen=True, slots=True)
class Claim:
    """One voice's words in one report: so many of such a set were harmed. Not a fact.

    `voices` runs from the outlet inwards; the one with `root` answers for the figure, informants follow it. `said` is
    the day of the statement, `as_of` the day up to which a running total counts. `quote` is text[start:end], always.
    `anchor` is the span of the figure, else of the harm word; `evidence` the span that each field rests on.

    >>> words = "Three people were killed."
    >>> claim = Claim.read_as(Report.of_text(words), Span(0, 25), anchor=Span(0, 5), trigger=Span(18, 24),
    ...     harm=Harm(("killed",)), quantity=Quantity("Three", "exact", 3), coder=Coder("rules", "example"))
    >>> claim.quote == words[claim.start:claim.end], claim.scope.standing("place")
    (True, 'open')
    """

    id: str
    report: str
    harm: Harm
    quantity: Quantity
    quote: str
    start: int
    end: int
    anchor: Span
    trigger: Span
    coder: Coder
    group: Group = Group()
    means: Means | None = None
    parties: tuple[Party, ...] = ()
    place: Place | None = None
    period: Period | None = None
    voices: tuple[Voice, ...] = ()
    said: dt.date | None = None
    as_of: dt.date | None = None
    stance: Stance = "asserts"
    reach: Reach = "event"
    relation: Tie | None = None
    exclusions: tuple[Group, ...] = ()
    level: Level = "reported"
    evidence: tuple[tuple[str, Span], ...] = ()
    assumed: Assumed = ()

    @classmethod
    def read_as(cls, report: Report, quote: Span, **fields: Any) -> Claim:
        """A claim whose quote is cut from the report itself, so that the two can't differ, and whose id follows."""
        anchor, harm, coder = fields["anchor"], fields["harm"], fields["coder"]
        key = content_id("claim", report.id, anchor, str(harm), fields.get("group", Group()).words, str(coder))
        return cls(id=key, report=report.id, quote=quote.of(report.text), start=quote.start, end=quote.end, **fields)

    @property
    def scope(self) -> Scope:
        """The set this claim's figure is of."""
        return Scope(
            self.harm, self.group, self.means, self.place, self.period, self.parties,
            self.exclusions, self.level, self.assumed,
        )  # fmt: skip

    @property
    def root(self) -> Voice | None:
        """The voice that answers for the figure; None when nobody is named."""
        return next((voice for voice in self.voices if voice.root), None)


@dataclass(frozen=True, slots=True)
class Answer:
    """What an accused party says back: denies, justifies, blames others, acknowledges, or concedes so many.

    `to` are the ids of the claims it answers, `replaces` the id of an earlier answer that it takes back.

    >>> words = "The government denied it."
    >>> Answer.read_as(Report.of_text(words), Span(0, 25), trigger=Span(15, 21), kind="denies",
    ...     party=Party("The government"), coder=Coder("rules", "example")).quote
    'The government denied it.'
    """

    id: str
    report: str
    kind: AnswerKind
    party: Party
    quote: str
    start: int
    end: int
    trigger: Span
    coder: Coder
    words: str = ""
    voices: tuple[Voice, ...] = ()
    blames: tuple[Party, ...] = ()
    quantity: Quantity | None = None
    said: dt.date | None = None
    to: tuple[str, ...] = ()
    replaces: str = ""
    evidence: tuple[tuple[str, Span], ...] = ()

    @classmethod
    def read_as(cls, report: Report, quote: Span, **fields: Any) -> Answer:
        key = content_id("answer", report.id, fields["trigger"], fields["kind"], str(fields["coder"]))
        return cls(id=key, report=report.id, quote=quote.of(report.text), start=quote.start, end=quote.end, **fields)


@dataclass(frozen=True, slots=True)
class Proposed:
    """A decision that the machine would take and must not: a person takes it, or another, with a reason of their own.

    The fields are those of Decision.

    >>> Proposed("alias", "a monitor", report="report:1", details={"canonical": "SOHR"}).details["canonical"]
    'SOHR'
    """

    verb: str
    about: str
    report: str = ""
    details: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Problem:
    """What is unclear or wrong, where, what would settle it, and what it would change.

    A problem that `proposes` something is settled by that decision or by its opposite; till then it counts for nothing.

    >>> Problem("no figure", "no number was read", report="report:1", quote="There were deaths").what
    'no number was read'
    """

    kind: str
    what: str
    report: str = ""
    start: int = 0
    end: int = 0
    quote: str = ""
    settle: str = ""
    changes: str = ""
    claims: tuple[str, ...] = ()
    proposes: Proposed | None = None

    @property
    def id(self) -> str:
        return content_id("problem", self.kind, self.what, self.report, self.start, self.end, self.claims)


# --- what is made of claims ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Root:
    """The voice that compiled a figure. One that is not `named` is a different voice in each report.

    `told` is where it spoke; the name of a `private` person is never shown, not even in a toll.

    >>> str(Root("a monitor", "report:1", "Example Wire, 2025-03-09"))
    'a monitor (Example Wire, 2025-03-09)'
    """

    name: str
    report: str = ""
    told: str = ""
    private: bool = False

    @property
    def named(self) -> bool:
        return not self.report

    def __str__(self) -> str:
        name = "a private person" if self.private else self.name
        return name if self.named else f"{name} ({self.told or self.report})"


@dataclass(frozen=True, slots=True)
class Rooted:
    """Whose figure a claim is, and how that is known: "named", "decided", "copied text", "not named", ...

    `decision` is the id of the decision it rests on; `source` the claim whose words were copied.

    >>> Rooted(Root("SOHR"), "named").rule
    'named'
    """

    root: Root
    rule: str
    decision: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Tether:
    """Whether two roots can be counted as two, and why: `shown` and `assumed` are decisions of people.

    `dependent` is read from words (one relays the other, or one text is copied from the other) or decided.

    >>> Tether("SOHR", "SNHR", "unknown", "nothing held tells").independence
    'unknown'
    """

    one: str
    other: str
    independence: Independence
    why: str
    claims: tuple[str, ...] = ()
    decision: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """Why a claim stands in an incident: the reasons, in words; `assumed` where a rule and not the words put it there.

    >>> Link("claim:1", ("same place", "same day")).assumed
    False
    """

    claim: str
    reasons: tuple[str, ...]
    assumed: bool = False
    decision: str = ""


@dataclass(frozen=True, slots=True)
class Incident:
    """What claims are about: something done to people at a place on a day, or an episode that holds such incidents.

    `scope` says where and when (harm: all that its claims name); an episode's `areas` are the paths they name, `parent`
    is the episode of an incident. The id follows from the earliest anchor; `code` is given at the first decision about
    it and never used again; `once` are codes that now lead here after a merge.

    >>> Incident("incident:1", "killed, Jableh, 6 March 2025", "incident", Scope(Harm(("killed",)))).code
    ''
    """

    id: str
    title: str
    kind: Literal["incident", "episode"]
    scope: Scope
    parent: str = ""
    links: tuple[Link, ...] = ()
    areas: tuple[tuple[str, ...], ...] = ()
    code: str = ""
    once: tuple[str, ...] = ()

    @property
    def claims(self) -> tuple[str, ...]:
        return tuple(link.claim for link in self.links)


@dataclass(frozen=True, slots=True)
class Linked:
    """What linking gives: the root of each claim, the incidents, how roots hang together, and what stays open.

    `roots` has an entry for every claim; a claim that is in no incident is background or has nothing to hold it.
    """

    roots: Mapping[str, Rooted]
    incidents: tuple[Incident, ...] = ()
    tethers: tuple[Tether, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Vintage:
    """One figure of a series: what a root had, as of a day, and the claims that carry it.

    `day` is the claim's as_of, else the day it was said, else the day it was relayed; `dated` says which.
    """

    day: dt.date | None
    dated: Literal["as of", "said", "relayed", "unknown"]
    interval: Interval
    words: str
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Check:
    """One piece of arithmetic over a root's own claims: what was compared, and whether it holds.

    `verdict` is holds, contradiction, arithmetic problem, revision, stale relay, unexplained drop, growth, mixed
    vintages, earlier vintage (decided), sum (ours, said by nobody) or differs.
    """

    rule: str
    verdict: str
    what: str
    claims: tuple[str, ...]
    assumed: Assumed = ()


@dataclass(frozen=True, slots=True)
class Toll:
    """A figure of a set, per root: the newest of its series, with the series and the checks behind it.

    Never across roots: what two roots documented stands side by side. `read` is the share of its claims that people
    read, `twice` the share that two people read. `incident` is what it counts (an incident or episode, "" for none);
    `bounds` what the root's own parts and wholes allow the figure to be, if its words hold.

    >>> toll = Toll("toll:1", "SOHR", Scope(Harm(("killed",))), Interval(745, 745, 745, "plain"))
    >>> toll.read
    0.0
    """

    id: str
    root: str
    scope: Scope
    figure: Interval
    series: tuple[Vintage, ...] = ()
    parts: tuple[str, ...] = ()
    checks: tuple[Check, ...] = ()
    problems: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    carriers: tuple[str, ...] = ()
    read: float = 0.0
    twice: float = 0.0
    incident: str = ""
    bounds: Count | None = None


@dataclass(frozen=True, slots=True)
class Account:
    """What is known of one harm in one episode: the figures of its roots side by side, never added, never one range.

    `tolls` are the ids of each root's widest figures; `support` is "one root" or "several roots" with how far they are
    known to be independent; `differences` say what keeps two figures apart.

    >>> Account("incident:1", Harm(("killed",)), ("toll:1",), "one root").support
    'one root'
    """

    incident: str
    harm: Harm
    tolls: tuple[str, ...]
    support: str
    tethers: tuple[Tether, ...] = ()
    differences: tuple[Check, ...] = ()


# --- what the team itself holds -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Cell:
    """So many of one kind of people: low to high, by status, sex, age and cause; "" is unknown, a kind of its own.

    >>> Cell(4, 6, status="civilian", sex="female").count
    Count(low=4, high=6)
    """

    low: int
    high: int | None
    status: str = ""
    sex: str = ""
    age: str = ""
    cause: str = ""

    @property
    def count(self) -> Count:
        return Count(self.low, self.high)


@dataclass(frozen=True, slots=True)
class Overlap:
    """People whom two lines of a ledger may both count: at least `low`, at most `high` of them.

    >>> Overlap("incident:2", 0, 5).high
    5
    """

    other: str
    low: int
    high: int | None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Assessment:
    """What the team holds of an incident, or of the residual known only in aggregate. Made by people, signed by name.

    `about` is the incident's id (or the episode's, with `residual`: those that none of its incidents counts). `relied`
    and `set_aside` are ids of claims; `second` the second reader, who is never the first; `decision` what made it.

    >>> cells = (Cell(4, 6), Cell(1, 1, age="child"))
    >>> held = Assessment("assessment:1", "incident:1", Harm(("killed",)), cells, by="A Reader")
    >>> held.count, held.reading
    (Count(low=5, high=7), 'read once')
    """

    id: str
    about: str
    harm: Harm
    cells: tuple[Cell, ...]
    relied: tuple[str, ...] = ()
    set_aside: tuple[str, ...] = ()
    overlaps: tuple[Overlap, ...] = ()
    residual: bool = False
    level: Level = "reported"
    standing: Standing = "provisional"
    reason: str = ""
    by: str = ""
    second: str = ""
    decision: str = ""

    @property
    def count(self) -> Count:
        total = Count(0, 0)
        for cell in self.cells:
            total += cell.count
        return total

    @property
    def reading(self) -> str:
        return "read twice" if self.second else "read once"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a ledger: an assessment, what it adds after overlaps with lines above it, and who stands for it."""

    assessment: str
    title: str
    count: Count
    adds: Count
    reading: str
    overlaps: tuple[Overlap, ...] = ()


@dataclass(frozen=True, slots=True)
class Ledger:
    """A total of our own, line by line, for one harm and level: assessments and residuals, their overlaps taken out.

    >>> Ledger(Harm(("killed",)), "verified", (), Count(0, 0)).total
    Count(low=0, high=0)
    """

    harm: Harm
    level: Level
    lines: tuple[Line, ...]
    total: Count
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Grade:
    """How far a voice and what it says can be trusted, apart from each other (Admiralty: A to F, 1 to 6).

    `word` is confirmed, fair, weak, contested or discounted: a proposal until `decision` names who decided it.

    >>> Grade("incident:1", word="fair").decision
    ''
    """

    about: str
    source: str = ""
    information: str = ""
    word: str = ""
    why: str = ""
    decision: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided: who, when, why, what, and on which words.

    `verb` is one of accept, correct, reject, add, undo, must-link, cannot-link, alias, place, assume, relate, protect,
    unmask, grade, assess, sign off, settle, triage, assign, withdraw, request, answer a request, publish, forget.
    `about` is the id decided on, `anchor` and `quote` the words as the person saw them, `details` whatever the verb
    needs (plain JSON values). The id follows from all of it but the words; once written it stays, whatever ids its
    claims have later: `digest` in the details keeps what they were then ("" in those written before it was kept).

    >>> Decision("Observer", dt.datetime(2025, 3, 9, tzinfo=dt.UTC), "accept", "claim:1", why="read twice").verb
    'accept'
    """

    who: str
    when: dt.datetime
    verb: str
    about: str
    why: str = ""
    report: str = ""
    anchor: Span | None = None
    quote: str = ""
    details: Mapping[str, Any] = field(default_factory=dict)

    @property
    def id(self) -> str:
        told = (self.digest,) if self.digest else ()
        return content_id("decision", self.who, self.when.isoformat(), self.verb, self.about, self.why, *told)

    @property
    def digest(self) -> str:
        """Of details and report as they were when the decision was written; "" where there are none."""
        if "digest" in self.details or not (self.details or self.report):
            return str(self.details.get("digest", ""))
        told = json.dumps([dict(self.details), self.report], sort_keys=True, ensure_ascii=False, default=str)
        return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:16]


# --- what a reader must know --------------------------------------------------------------------------------------


class Entry(Protocol):
    """One line of a gazetteer: see Place for the meaning of its fields; level is country, admin1, admin2, place,
    region. `below` is the id of the second-level area that a place lies in; `middle` that of an area, which is for
    comparing distances only: nothing is said to have happened there.
    """

    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def level(self) -> str: ...
    @property
    def country(self) -> str: ...
    @property
    def path(self) -> tuple[str, ...]: ...
    @property
    def covers(self) -> tuple[tuple[str, ...], ...]: ...
    @property
    def lat(self) -> float | None: ...
    @property
    def lon(self) -> float | None: ...
    @property
    def population(self) -> int: ...
    @property
    def precision(self) -> int: ...
    @property
    def below(self) -> str: ...
    @property
    def middle(self) -> tuple[float, float] | None: ...


class Places(Protocol):
    """A gazetteer as a reader needs it: names to entries, best first."""

    def find(self, name: str, *, countries: Sequence[str] = ()) -> Sequence[Entry]: ...
    def near(self, name: str, *, countries: Sequence[str]) -> Sequence[Entry]: ...
    def starts(self, words: Sequence[str]) -> int: ...


class World(Protocol):
    """What a reader must know, handed to it as a value: words of each language, codes, places, the case's countries."""

    @property
    def places(self) -> Places: ...
    @property
    def countries(self) -> tuple[str, ...]: ...
    @property
    def rules(self) -> NumberRules: ...
    def country_names(self, code: str) -> Sequence[str]: ...
    def words(self, language: str) -> Mapping[str, Any]: ...
    def codes(self, name: str) -> Mapping[str, Any]: ...
