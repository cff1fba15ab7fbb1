"""A made-up report: what it says line by line, in words, and the claims that a reader would make of these words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from bench.scale.land import words
from cenotaph.vocabulary import (
    Claim,
    Coder,
    Comparator,
    Group,
    Harm,
    Period,
    Place,
    Quantity,
    Report,
    Span,
    Tie,
    TieKind,
    Voice,
)

__all__ = ["Saying", "Sheet"]

CODER = Coder("rules", "made up", "1")
FLOOR = {"en": "at least {}", "ar": "ما لا يقل عن {}"}


@dataclass(frozen=True, slots=True)
class Saying:
    """One sentence: a figure of an event, a total since a first day, or a part or overlay of the line `of`.

    `voice` answers for the figure, `speaker` is the official through whom it speaks.
    """

    kind: Literal["event", "part", "overlay", "total"]
    number: int
    harm: str = "killed"
    group: str = ""
    place: Place | None = None
    day: dt.date | None = None
    voice: Voice | None = None
    speaker: Voice | None = None
    comparator: Comparator = "exact"
    detail: tuple[int, ...] = ()
    of: int | None = None

    def words(self, language: str) -> str:
        said = words()[language]
        day = f"{self.day.day}/{self.day.month}/{self.day.year}" if self.day else ""
        detail = " ".join(said["details"][one % len(said["details"])] for one in self.detail)
        return str(said[self.kind]).format(
            n=self.figure(language), group=said["groups"][self.group], harm=said["harms"][self.harm],
            place=said["place"].format(self.place.words) if self.place else "",
            day=said["day"].format(day) if day else "", first=said["first"].format(day) if day else "",
            detail=said["detail"].format(detail) if detail else "",
            voice=said["voice"].format(self.told_by(language)) if self.voice else "",
        )  # fmt: skip

    def told_by(self, language: str) -> str:
        names = [voice.name for voice in (self.speaker, self.voice) if voice]
        return words()[language]["speaker"].format(*names) if len(names) > 1 else "".join(names)

    def figure(self, language: str) -> str:
        return FLOOR[language].format(self.number) if self.comparator == "at least" else str(self.number)

    def period(self) -> Period | None:
        if self.day is None:
            return None
        return Period(str(self.day), self.day, None if self.kind == "total" else self.day, 1)

    def fields(self, language: str) -> dict[str, Any]:
        figure, said = self.figure(language), words()[language]["groups"][self.group]
        kind: dict[str, Any] = {{"child": "age", "female": "sex"}.get(self.group, "status"): self.group}
        return {
            "harm": Harm((self.harm,)), "quantity": Quantity(figure, self.comparator, self.number), "coder": CODER,
            "group": Group(said, **kind), "place": self.place, "period": self.period(),
            "reach": "running total" if self.kind == "total" else "event",
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sheet:
    """A report before it is one. `name` is its own; the outlet stands first among the voices of each claim."""

    name: str
    outlet: str
    published: dt.date
    sayings: tuple[Saying, ...]
    language: str = "en"

    @property
    def text(self) -> str:
        return "\n".join((f"{self.outlet} {self.published} {self.name}.", *self._lines()))

    def _lines(self) -> list[str]:
        return [saying.words(self.language) for saying in self.sayings]

    def report(self) -> Report:
        known = {"outlet": self.outlet, "published": self.published, "language": self.language}
        return Report.of_text(self.text, name=self.name, **known)

    def claims(self, report: Report) -> list[Claim]:
        """The claims of a report with this text. Raises ValueError if it has another."""
        if report.text != self.text:
            raise ValueError(f"{self.name} is read by its own sheet; found another text: {report.text[:40]!r}")
        found: list[Claim] = []
        start = report.text.index("\n") + 1
        for saying, line in zip(self.sayings, self._lines(), strict=True):
            found.append(self._claim(report, saying, Span(start, start + len(line)), found))
            start += len(line) + 1
        return found

    def _claim(self, report: Report, saying: Saying, line: Span, before: Sequence[Claim]) -> Claim:
        at = line.start + line.of(report.text).index(saying.figure(self.language))
        anchor = Span(at, at + len(saying.figure(self.language)))
        voices = [voice for voice in (saying.speaker, saying.voice) if voice]
        outlet = Voice(self.outlet, kind="outlet", root=saying.of is None and not voices)
        told = line.of(report.text).find(saying.told_by(self.language)) + line.start if voices else line.start
        spoken = Span(told, told + len(saying.told_by(self.language)))
        kind: TieKind = "part" if saying.kind == "part" else "overlay"
        return Claim.read_as(
            report, line, anchor=anchor, trigger=anchor, **saying.fields(self.language),
            voices=(outlet, *voices),
            relation=Tie(before[saying.of].id, kind) if saying.of is not None else None,
            said=self.published if saying.voice and saying.voice.canonical else None,
            evidence=(("harm", line), ("place", line), ("period", line), ("voices", spoken)),
        )  # fmt: skip
