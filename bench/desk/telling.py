"""Sentences with their claims: each slot of a template is remembered as the span that a field of the claim rests on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from string import Formatter
from typing import Any, Literal

from bench.desk.land import Area, words
from cenotaph.vocabulary import (
    Answer,
    Claim,
    Coder,
    Comparator,
    Group,
    Harm,
    Means,
    Party,
    Period,
    Place,
    Problem,
    Quantity,
    Reach,
    Report,
    Span,
    Tie,
    TieKind,
    Voice,
)

__all__ = ["Draft", "Reading", "Said", "day_words"]

CODER = Coder("rules", "made up", "1")
COMMA = {"en": ", ", "ar": "، "}
Reading = tuple[list[Claim], list[Answer], list[Problem]]

FIELDS = {
    "harm": "harm", "n": "quantity", "group": "group", "place": "place", "day": "period", "voice": "voices",
    "voice_first": "voices", "means": "means", "party": "parties",
}  # fmt: skip
"""For each slot of a template the field of a claim that its words are evidence of."""


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence. `kind` names its templates, `form` picks one; `of` is how many claims back its whole stands.

    `voices` are those between the outlet and the informants, the one that answers for the figure last; an `area` or
    `day` of None is left open. `second` is another harm and figure of the same sentence.
    """

    kind: Literal["event", "both", "part", "overlay", "total", "unread", "answer", "filler"]
    town: Area
    number: int = 0
    harm: str = "killed"
    group: str = ""
    area: Area | None = None
    day: dt.date | None = None
    voices: tuple[Voice, ...] = ()
    comparator: Comparator = "exact"
    means: str = ""
    party: int | None = None
    names: tuple[str, ...] = ()
    hedge: int | None = None
    second: tuple[str, int] = ("", 0)
    of: int = 0
    form: int = 0

    @property
    def claims(self) -> int:
        return {"both": 2, "unread": 0, "answer": 0, "filler": 0}.get(self.kind, 1)


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence in words, with the span of each slot that is filled, counted from its own start."""

    text: str
    spans: Mapping[str, Span]


@dataclass(frozen=True, slots=True)
class Draft:
    """A report before it is one; its outlet answers for what it does not say another of."""

    serial: int
    outlet: str
    url: str
    language: str
    published: dt.date
    captured: dt.datetime
    said: tuple[Said, ...]
    updated: dt.date | None = None
    _lines: list[Line] = field(default_factory=list, compare=False)

    @property
    def name(self) -> str:
        return f"made up {self.serial:06}"

    @property
    def title(self) -> str:
        return self.lines[0].text.rstrip(".")

    @property
    def text(self) -> str:
        return "\n".join(line.text for line in self.lines)

    @property
    def lines(self) -> Sequence[Line]:
        if not self._lines:
            self._lines.extend(_line(one, self.language) for one in self.said)
        return self._lines

    def reading(self, report: Report) -> Reading:
        """What a reader would make of the report with this text. Raises ValueError if it has another."""
        if report.text != self.text:
            raise ValueError(f"{self.name} was not told by this seed: {report.text[:40]!r}")
        found: Reading = ([], [], [])
        start = 0
        for said, line in zip(self.said, self.lines, strict=True):
            _read(found, _Sentence(report, self, said, line, start))
            start += len(line.text) + 1
        return found


# --- words ------------------------------------------------------------------------------------------------------------


def _line(said: Said, language: str) -> Line:
    """The sentence in a language; phrases of what is left open fall away with their slots."""
    told = words()[language]
    known, phrases = told[said.kind], told["phrases"]
    filled = _filled(said, language)
    text, spans = "", {}
    for literal, slot in _parsed(known[said.form % len(known)]):
        text += literal
        core = filled.get(slot, "")
        if core:
            shape = "first" if slot == "day" and said.kind == "total" else slot
            before, _, after = str(phrases.get(shape, "{}")).partition("{}")
            spans[slot] = Span(len(text) + len(before), len(text) + len(before) + len(core))
            text += before + core + after
    if text[0].islower():
        text = text[0].upper() + text[1:]
    return Line(text, spans)


@cache
def _parsed(template: str) -> Sequence[tuple[str, str]]:
    return [(literal, slot or "") for literal, slot, _, _ in Formatter().parse(template)]


def _filled(said: Said, language: str) -> dict[str, str]:
    told = words()[language]
    voice = told_by(said.voices, language)
    return {
        "n": figure(said, language), "n2": str(said.second[1]), "harm": told["harms"][said.harm],
        "harm2": told["harms"].get(said.second[0], ""), "group": told["groups"][said.group],
        "place": said.area.told(language) if said.area else "", "town": said.town.told(language),
        "day": day_words(said.day, language) if said.day else "", "voice": voice, "voice_first": voice,
        "means": told["means"].get(said.means, ""), "names": COMMA[language].join(said.names),
        "party": "" if said.party is None else told["parties"]["words"][said.party],
        "hedge": "" if said.hedge is None else told["hedges"]["words"][said.hedge],
    }  # fmt: skip


def figure(said: Said, language: str) -> str:
    return str(words()[language]["comparators"][said.comparator]).format(said.number)


def day_words(day: dt.date, language: str) -> str:
    """
    >>> day_words(dt.date(2024, 3, 8), "en")
    '8 March 2024'
    """
    return f"{day.day} {words()[language]['months'][day.month - 1]} {day.year}"


def told_by(voices: Sequence[Voice], language: str) -> str:
    names = [voice.name for voice in voices]
    return str(words()[language]["phrases"]["speaker"]).format(*names) if len(names) > 1 else "".join(names)


# --- claims -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Sentence:
    report: Report
    draft: Draft
    said: Said
    line: Line
    start: int

    @property
    def span(self) -> Span:
        return Span(self.start, self.start + len(self.line.text))

    def at(self, slot: str) -> Span:
        one = self.line.spans[slot]
        return Span(one.start + self.start, one.end + self.start)

    def evidence(self, *left: str) -> tuple[tuple[str, Span], ...]:
        slots = [slot for slot in FIELDS if slot in self.line.spans and slot not in left]
        return tuple((FIELDS[slot], self.at(slot)) for slot in slots)


def _read(found: Reading, one: _Sentence) -> None:
    claims, answers, problems = found
    if one.said.kind == "unread":
        problems.append(_problem(one))
    elif one.said.kind == "answer":
        answers.append(_answer(one, [claim.id for claim in claims if claim.parties]))
    elif one.said.claims:
        claims.append(_claim(one, claims))
        if one.said.kind == "both":
            claims.append(_second(one))


def _problem(one: _Sentence) -> Problem:
    return Problem(
        "harm without a claim", "no number was read", one.report.id, one.span.start, one.span.end, one.line.text,
        "read the sentence: add the claim, or say that it states none", "a claim may be missing from its incident",
    )  # fmt: skip


def _answer(one: _Sentence, to: Sequence[str]) -> Answer:
    party = one.at("party")
    rest = Span(party.end + 1, one.span.end)
    return Answer.read_as(
        one.report, one.span, trigger=rest, kind="denies", party=Party(party.of(one.report.text), degree=""),
        coder=CODER, words=rest.of(one.report.text), voices=(_outlet(one, root=True),), to=tuple(to),
        evidence=(("party", party), ("words", rest)),
    )  # fmt: skip


def _claim(one: _Sentence, before: Sequence[Claim]) -> Claim:
    said, tied = one.said, one.said.kind in ("part", "overlay")
    kind: TieKind = "part" if said.kind == "part" else "overlay"
    return Claim.read_as(
        one.report, one.span, anchor=one.at("n"), trigger=one.at("harm" if "harm" in one.line.spans else "n"),
        harm=Harm((said.harm,)), quantity=_quantity(one), coder=CODER, evidence=one.evidence(),
        relation=Tie(before[-said.of].id, kind) if tied else None, **_fields(one, tied),
    )  # fmt: skip


def _second(one: _Sentence) -> Claim:
    harm, number = one.said.second
    anchor = one.at("n2")
    return Claim.read_as(
        one.report, one.span, anchor=anchor, trigger=one.at("harm2"), harm=Harm((harm,)),
        quantity=Quantity(str(number), "exact", number), coder=CODER,
        evidence=(("harm", one.at("harm2")), ("quantity", anchor), *one.evidence("harm", "n")), **_fields(one, False),
    )  # fmt: skip


def _quantity(one: _Sentence) -> Quantity:
    said = one.said
    base = 12 if said.comparator == "plural" else said.number
    return Quantity(one.at("n").of(one.report.text), said.comparator, base)


def _fields(one: _Sentence, tied: bool) -> dict[str, Any]:
    said, text, spans = one.said, one.report.text, one.line.spans
    told = words()[one.draft.language]
    reach: Reach = "running total" if said.kind == "total" else "event"
    status: dict[str, Any] = {{"child": "age", "female": "sex"}.get(said.group, "status"): said.group}
    return {
        "group": Group(told["groups"][said.group], names=said.names, **status),
        "means": Means(one.at("means").of(text), said.means) if "means" in spans else None,
        "parties": (Party(one.at("party").of(text)),) if "party" in spans else (),
        "place": _place(said.area, one.draft.language),
        "period": _period(said, one.draft.language), "reach": reach,
        "voices": (_outlet(one, root=not said.voices and not tied), *said.voices),
        "stance": "asserts" if said.hedge is None else "hedges",
    }  # fmt: skip


def _place(area: Area | None, language: str) -> Place | None:
    return None if area is None else replace(area.place, words=area.told(language))


def _period(said: Said, language: str) -> Period | None:
    if said.day is None:
        return None
    return Period(day_words(said.day, language), said.day, None if said.kind == "total" else said.day, 1)


def _outlet(one: _Sentence, *, root: bool) -> Voice:
    return Voice(one.draft.outlet, one.draft.outlet, "outlet", root=root)
