"""What a claim or a toll says, in a few words of the interface's language. Words of others stay as they wrote them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup, escape

from cenotaph.vocabulary import (
    Claim,
    Coder,
    Group,
    Harm,
    Interval,
    Party,
    Period,
    Place,
    Quantity,
    Toll,
    Vintage,
    Voice,
)
from cenotaph.web import marking, said, slots
from cenotaph.web.texts import Texts

__all__ = ["Speech"]

_RUNS = {"ltr": "\u200e", "rtl": "\u200f"}
"""Signs without a shape, which tell an element with dir="auto" which way its line runs."""
_COMMAS = {"ltr": ", ", "rtl": "، "}


@dataclass(frozen=True, slots=True)
class Speech:
    """Our part of a line by the texts of a language; `unmasked` for who asked to see protected people named."""

    texts: Texts
    unmasked: bool = False

    def span(self, low: int, high: int | None) -> str:
        """
        >>> from cenotaph.web.texts import texts
        >>> Speech(texts("en")).span(12, None), Speech(texts("en")).span(900, 1100)
        ('12 or more', '900–1,100')
        """
        if high is None:
            return self.texts("figure.or_more", low=low)
        return self.texts.number(low) if low == high else self.texts("figure.range", low=low, high=high)

    def interval(self, one: Interval) -> str:
        return self.span(one.low, one.high)

    def allowed(self, words: str, one: Interval) -> str:
        """What the words of a figure allow, "" where they are simply that number."""
        if not words:
            return self.texts("figure.not_said") if one.low == 0 else self.interval(one)
        same = one.low == one.high and re.sub(r"\D", "", words) == str(one.low)
        return "" if same else self.interval(one)

    def figure(self, quantity: Quantity, one: Interval) -> str:
        more = self.allowed(quantity.words, one)
        both = quantity.words and more
        return self._ours(f"{self._apart(quantity.words)} ({more})") if both else quantity.words or more

    def vintage(self, one: Vintage) -> str:
        return self.figure(Quantity(one.words), one.interval)

    def newest(self, toll: Toll) -> str:
        return self.vintage(toll.series[-1]) if toll.series else self.interval(toll.figure)

    def counts(self, toll: Toll) -> list[str]:
        """How a figure came to what it is, and what narrows the set that it counts: all that two figures with the same
        words, people, harm and place may differ in.
        """
        arrow = " ← " if self.texts.direction == "rtl" else " → "
        steps = arrow.join(self._apart(self.vintage(one)) for one in toll.series) if len(toll.series) > 1 else ""
        scope, dated = toll.scope, self.dated(toll.series[-1]) if toll.series else ""
        means = (self._apart(scope.means.words) or self.texts.code("means", scope.means.code)) if scope.means else ""
        level = self.texts.code("level", scope.level) if scope.level != "reported" else ""
        without = [self.texts("figure.without", who=self._apart(self.people(one))) for one in scope.exclusions]
        found = (
            self._ours(steps),
            dated,
            self.period(scope.period),
            means,
            level,
            *without,
            self.parties(scope.parties),
        )
        return [one for one in found if one]

    def harm(self, harm: Harm | str) -> str:
        joined = self.texts("figure.or")
        return joined.join(self.texts.code("harm", code) for code in str(harm).split(" or "))

    def people(self, group: Group, unit: str = "people") -> str:
        """Who was harmed as said; what is left out of "people" is not made up."""
        if group.words:
            return group.words
        return self.texts("figure.not_said_who") if unit == "people" else unit

    def place(self, place: Place | None) -> str:
        if place is None:
            return ""
        names = dict.fromkeys(name for name in (place.name, *reversed(place.path)) if name)
        return self.names(names) or self.texts("place.not_found", words=place.words)

    def names(self, names: Iterable[str]) -> str:
        """Names in their order, those of one script with its own comma between them, set apart where it is not ours.

        >>> from cenotaph.web.texts import texts
        >>> Speech(texts("ar")).names(["جبلة", "اللاذقية"]), Speech(texts("en")).names(["Jableh", "Latakia"])
        ('جبلة، اللاذقية', 'Jableh, Latakia')
        """
        told = []
        for way, some in groupby(names, marking.direction):
            line = _COMMAS[way if way in _COMMAS else self.texts.direction].join(some)
            told.append(line if way in (self.texts.direction, "auto") else slots.isolated(line))
        return self.texts("list.comma").join(told)

    def told_apart(self, facts: Iterable[tuple[str, str]]) -> str:
        """What tells a place from others of its name, in brackets; "" for nothing. See desk/told_apart.py."""
        told = self.texts("list.semicolon").join(self._fact(kind, value) for kind, value in facts)
        return f" ({told})" if told else ""

    def _fact(self, kind: str, value: str) -> str:
        if kind == "in":
            return self.names(value.split(" > "))
        if kind == "precision":
            return self.texts.code("precision", f"p{value}")
        return self.texts(f"place.apart_{kind}", value=self._apart(value))

    def place_notes(self, place: Place | None) -> list[str]:
        """What of a place is not sure."""
        if place is None:
            return []
        notes = [self.texts("place.near", words=place.words)] if place.near else []
        notes += [self.texts.code("place_of", place.of)] if place.of != "happened" else []
        return [*notes, self.texts.code("precision", f"p{place.precision}")] if place.path else notes

    def period(self, period: Period | None) -> str:
        if period is None:
            return ""
        first, last = self.texts.day(period.start), self.texts.day(period.end)
        if first and last:
            days = first if first == last else self.texts("period.both", first=first, last=last)
        elif first or last:
            days = self.texts("period.since", day=first) if first else self.texts("period.until", day=last)
        else:
            days = self.texts("figure.quoted", words=period.words)
        clock = self.texts.code("period_of", period.of) if period.of != "happened" else ""
        return f"{days} ({clock})" if clock else days

    def parties(self, accused: Iterable[Party]) -> str:
        return self.texts("list.semicolon").join(self._party(one) for one in accused)

    def _party(self, party: Party) -> str:
        known = party.canonical if party.canonical not in ("", party.words) else ""
        degree = self.texts.code("degree", party.degree) if party.degree != "carried out" else ""
        notes = self.texts("list.semicolon").join(note for note in (known, degree, party.certainty) if note)
        return self._ours(f"{self._apart(party.words)} ({notes})") if notes else party.words

    def voice(self, one: Voice) -> str:
        return self.texts("voice.protected") if one.protected and not self.unmasked else one.known_as

    def chain(self, voices: Sequence[Voice]) -> str:
        """The outlet first, the root marked."""
        names = [(self._apart(self.voice(one)), one.root) for one in voices]
        shown = [self.texts("voice.root", name=name) if root else name for name, root in names]
        return self._ours(self.texts("voice.from").join(shown))

    def apart(self, words: str) -> Markup:
        """Words of others within a line of ours, for a page."""
        return Markup(f"<bdi>{escape(words)}</bdi>")

    def voices(self, voices: Sequence[Voice], safe: Callable[[str], str] = str) -> Markup:
        """The same for a page: each name by itself, after `safe` has shown what must not act."""
        names = ((self.apart(safe(self.voice(one))), one.root) for one in voices)
        shown = [self.texts.html("voice.root", name=name) if root else name for name, root in names]
        return Markup(self.texts("voice.from")).join(shown)

    def _apart(self, words: str) -> str:
        """Words of others within a line of ours: whichever way they run, they turn nothing around."""
        return words if words.isascii() and self.texts.direction == "ltr" else slots.isolated(words)

    def _ours(self, line: str) -> str:
        """A line that runs as the language does, though it may begin with words of others in another script."""
        return f"{_RUNS[self.texts.direction]}{line}" if slots.ANY in line else line

    def said(self, claim: Claim) -> str:
        until = claim.as_of if claim.as_of and claim.as_of != claim.said else None
        parts = (self.texts.day(claim.said), self.texts("period.as_of", day=self.texts.day(until)) if until else "")
        return self.texts("list.comma").join(part for part in parts if part)

    def marks(self, claim: Claim) -> list[str]:
        """How a figure is meant: stance, reach, relation, level, who is left out; nothing for a plain event."""
        found = [self.texts.code("stance", claim.stance)] if claim.stance != "asserts" else []
        found += [self.texts.code("reach", claim.reach)] if claim.reach != "event" else []
        found += [self.texts.code("tie", claim.relation.kind)] if claim.relation else []
        found += [self.texts.code("level", claim.level)] if claim.level != "reported" else []
        return [*found, *(self.texts("figure.without", who=self.people(one)) for one in claim.exclusions)]

    def assumed(self, claim: Claim) -> list[tuple[str, str]]:
        """Which fields a rule filled, each with the rule's name."""
        return [(self.texts.code("field", name), rule) for name, rule in claim.assumed]

    def dated(self, one: Vintage) -> str:
        """The day of a figure, and which day that is."""
        return self.texts(f"dated.{one.dated.replace(' ', '_')}", day=self.texts.day(one.day)) if one.day else ""

    def read_by(self, read: float, twice: float = 0.0) -> str:
        """Who has read the words behind a figure: a machine's reading is called one, in words."""
        if read <= 0:
            return self.texts("read.machine")
        if read < 1:
            return self.texts("read.partly", share=self.texts.percent(read))
        return self.texts("read.twice") if twice >= 1 else self.texts("read.once")

    def coder(self, one: Coder) -> str:
        """Who read the words of a claim: a person by name, a program as what it is."""
        if one.kind == "person":
            return self._apart(one.name)
        if one.name == "sheet":
            return self.texts("coder.sheet")
        return self.texts(f"coder.{one.kind}", name=self._apart(one.name), version=one.version)

    def told(self, line: str) -> Markup:
        """A sentence of a stage: what is unclear, a verdict, a rule, what went wrong."""
        return said.marked(self.texts, line)

    def plain(self, line: str) -> str:
        """The same where no HTML can stand."""
        return said.plain(self.texts, line)

    def title(self, title: str, apart: Iterable[tuple[str, str]] = ()) -> Markup:
        """What an incident is called after its harms, place and days; and what tells its place `apart` from others."""
        told = said.titled(self.texts, title)
        return told + said.html_of(self.told_apart(apart)) if apart else told

    def root(self, name: str) -> Markup:
        """What a root is called: its name, or in our words that it has none, and where it spoke."""
        return said.titled(self.texts, name)

    def if_assumed(self, assumed: Iterable[tuple[str, str]]) -> Markup:
        """What a verdict rests on besides words: the fields that a rule filled, each with that rule."""
        told = [
            self.texts.html("toll.if_assumed", field=self.texts.code("said_of", name), rule=self.told(rule))
            for name, rule in assumed
        ]
        return Markup("").join(Markup("{}{}").format(self.texts("list.semicolon"), one) for one in told)

    def parted(self, sentence: str) -> Markup:
        return said.parted(self.texts, sentence)

    def day(self, when: dt.date | str | None) -> str:
        return self.texts.day(when)
