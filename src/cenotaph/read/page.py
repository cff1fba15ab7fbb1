"""What the steps of reading share: a report laid open (Page, Scene), and a claim in the making (Draft)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from cenotaph.read.language import HarmWord, Language
from cenotaph.read.people import Chunk
from cenotaph.read.quantities import Amount
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
    """A place name in a sentence, resolved; `located` when a preposition puts something there ("in", "near")."""

    first: int
    last: int
    entry: Entry | None
    name: str
    located: bool
    near: bool = False
    wider: bool = False


@dataclass(frozen=True, slots=True)
class Scene:
    """One sentence with everything recognised in it; the steps read it and never change it."""

    number: int
    sentence: Sentence
    language: Language
    amounts: tuple[Amount, ...] = ()
    chunks: tuple[Chunk, ...] = ()
    triggers: tuple[Trigger, ...] = ()
    mentions: tuple[Mention, ...] = ()

    @property
    def tokens(self) -> tuple[Token, ...]:
        return self.sentence.tokens

    def says(self, table: str, key: str, first: int = 0, last: int | None = None) -> Iterator[tuple[int, int]]:
        """Where phrases of a word list stand between two tokens."""
        for _, start, end in self.language.words(table, key).all(self.tokens, first, last):
            yield start, end


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
