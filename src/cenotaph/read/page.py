"""What the steps of reading share: a report laid open (Page, Scene), and a claim in the making (Draft)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from cenotaph.read.capitals import with_capital_names
from cenotaph.read.days import Day, days
from cenotaph.read.language import HarmWord, Language
from cenotaph.read.names import Name
from cenotaph.read.people import Chunk, chunks
from cenotaph.read.persons import with_names
from cenotaph.read.quantities import Amount, amounts
from cenotaph.read.text import Sentence, Token
from cenotaph.vocabulary import (
    Assumed,
    Entry,
    Group,
    Level,
    Means,
    Party,
    Period,
    Place,
    Quantity,
    Reach,
    Report,
    Span,
    Stance,
    Voice,
    World,
)


@dataclass(frozen=True, slots=True)
class Trigger:
    """A harm word: its tokens and what the word list says of it."""

    first: int
    last: int
    word: HarmWord


@dataclass(frozen=True, slots=True)
class Mention:
    """A place name in a sentence, resolved; `located` when a preposition puts something there ("in", "near").

    `options` are all entries it could mean, `entry` the one that is believed. `whole`: words say that an area is meant,
    not its town of the same name; `sure`: they say in what it lies; `guessed`: of several places of the name, far
    apart, the likeliest is believed. `aside`: it names a place, but only by a people, a seat or a part of another name
    ("Syrian", "Homs-based"): nothing happens there by it. `site` is a building, a camp or a gathering that no gazetteer
    lists, within what its report tells that it lies in; `sure` if that is told of itself.
    """

    first: int
    last: int
    entry: Entry | None
    name: str
    located: bool
    near: bool = False
    wider: bool = False
    whole: bool = False
    aside: bool = False
    sure: bool = False
    guessed: bool = False
    options: tuple[Entry, ...] = ()
    site: Place | None = None

    @property
    def point(self) -> tuple[float, float] | None:
        """Where the name points to, for comparing distances; of a country or an area that is meant whole its middle."""
        entry = self.entry
        if entry is None:
            return None
        if entry.middle is not None and (self.whole or entry.lat is None):
            return entry.middle
        return None if entry.lat is None or entry.lon is None else (entry.lat, entry.lon)


@dataclass(slots=True)
class _Recognised:
    """What was asked of a sentence once, so that it is not worked out again; None while nobody has asked."""

    amounts: tuple[Amount, ...] | None = None
    chunks: tuple[Chunk, ...] | None = None
    days: tuple[Day, ...] | None = None
    forms: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Scene:
    """One sentence with everything recognised in it; the steps read it and never change it.

    `asides` are place names that are no place of anything told here; see Mention. Amounts, people and days are
    recognised when a step first asks for them: of most sentences none ever does.
    """

    number: int
    sentence: Sentence
    language: Language
    triggers: tuple[Trigger, ...] = ()
    mentions: tuple[Mention, ...] = ()
    asides: tuple[Mention, ...] = ()
    named: tuple[Name, ...] = ()
    _seen: _Recognised = field(default_factory=_Recognised, compare=False, repr=False)

    @property
    def tokens(self) -> tuple[Token, ...]:
        return self.sentence.tokens

    @property
    def amounts(self) -> tuple[Amount, ...]:
        if self._seen.amounts is None:
            self._seen.amounts = amounts(self.sentence, self.language)
        return self._seen.amounts

    @property
    def chunks(self) -> tuple[Chunk, ...]:
        """The people of the sentence, those who are named among them."""
        if self._seen.chunks is None:
            people = chunks(self.sentence, self.amounts, self.language)
            people = with_names(self.sentence, people, self.named, self.language)
            self._seen.chunks = with_capital_names(self.sentence, people, self.language)
        return self._seen.chunks

    def days(self, today: dt.date | None) -> tuple[Day, ...]:
        """The days of the sentence, against the day of its report."""
        if self._seen.days is None:
            self._seen.days = days(self.sentence, self.language, today)
        return self._seen.days

    def says(self, table: str, key: str, first: int = 0, last: int | None = None) -> Iterator[tuple[int, int]]:
        """Where phrases of a word list stand between two tokens."""
        words = self.language.words(table, key)
        if not words.table.keys().isdisjoint(self.forms):  # most lists have no word in most sentences
            for _, start, end in words.all(self.tokens, first, last):
                yield start, end

    @property
    def forms(self) -> frozenset[str]:
        """Every form under which a word list may know a word of the sentence."""
        if self._seen.forms is None:
            self._seen.forms = frozenset(form for token in self.tokens for form in token.forms)
        return self._seen.forms


@dataclass(frozen=True, slots=True)
class Page:
    """A report laid open for reading: its scenes in order, and the day it counts from (None when unknown)."""

    report: Report
    world: World
    language: Language
    scenes: tuple[Scene, ...]
    today: dt.date | None
    countries: tuple[str, ...]
    country_names: tuple[str, ...] = ()
    day_rule: str = ""  # by which rule `today` is known, when the report does not say its day
    beside: tuple[tuple[int, int], ...] = ()  # runs of scenes that are lists of other news

    @property
    def languages(self) -> tuple[Language, ...]:
        """The languages of its scenes: the report's own first, then those of passages in another."""
        found = {scene.language.code: scene.language for scene in self.scenes}
        return tuple({self.language.code: self.language, **found}.values())


@dataclass(frozen=True, slots=True)
class Draft:
    """A claim in the making: each step fills the fields that answer its question, with the rule where it assumes."""

    sentence: int
    trigger: Trigger
    chunk: Chunk
    code: str
    quantity: Quantity
    group: Group
    active: bool = False
    whole: int | None = None
    tie: str = ""
    old: bool = False  # an earlier figure, which another of the report takes the place of
    means: Means | None = None
    parties: tuple[Party, ...] = ()
    place: Place | None = None
    period: Period | None = None
    voices: tuple[Voice, ...] = ()
    said: dt.date | None = None
    as_of: dt.date | None = None
    stance: Stance = "asserts"
    reach: Reach = "event"
    exclusions: tuple[Group, ...] = ()
    level: Level = "reported"
    evidence: tuple[tuple[str, Span], ...] = ()
    assumed: Assumed = ()

    @classmethod
    def begin(cls, sentence: int, trigger: Trigger, chunk: Chunk, active: bool = False) -> Draft:
        return cls(sentence, trigger, chunk, trigger.word.code, chunk.quantity, chunk.group, active)

    def where(self, name: str) -> Span | None:
        """The words that a field rests on."""
        return next((span for field, span in self.evidence if field == name), None)

    def without(self, name: str) -> Draft:
        """This draft with a field left open, and nothing that it rested on."""
        evidence = tuple(one for one in self.evidence if one[0] != name)
        assumed = tuple(one for one in self.assumed if one[0] != name)
        opened: dict[str, Any] = {name: None}
        return replace(self, evidence=evidence, assumed=assumed, **opened)

    def having(self, name: str, value: Any, where: Span | None = None, rule: str = "") -> Draft:
        """This draft with one more field, the words it rests on, and the rule if it was assumed."""
        evidence = self.evidence if where is None else (*(e for e in self.evidence if e[0] != name), (name, where))
        assumed = tuple(one for one in self.assumed if one[0] != name)
        if rule:
            assumed = (*assumed, (name, rule))
        return replace(self, evidence=evidence, assumed=assumed, **{name: value})
