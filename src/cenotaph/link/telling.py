"""A claim as the search for its root sees it: with its report, the root found so far, its figure and its day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, replace

from cenotaph.vocabulary import Claim, Place, Report, Rooted, Voice

__all__ = ["NOBODY", "Telling", "day_words", "kept_apart", "places_apart", "significant"]

NOBODY = "no voice named"
COUNTED = ("event", "running total")
SPOKEN = ("asserts", "hedges", "alleges")
PARTS = ("part",)
"""An overlay is a total of its own group: "the dead include 638 civilians"."""


@dataclass(frozen=True, slots=True)
class Telling:
    """One claim in its report, and whose figure it is as far as is known.

    `voice` is the claim's root and `day` the best known day of its figure, both found once: every step asks for them.
    """

    claim: Claim
    report: Report
    rooted: Rooted
    voice: Voice | None
    day: dt.date | None

    @classmethod
    def of(cls, claim: Claim, report: Report, rooted: Rooted) -> Telling:
        return cls(claim, report, rooted, claim.root, claim.as_of or claim.said or report.published)

    def with_root(self, rooted: Rooted | None) -> Telling:
        """Itself where nothing new is known."""
        return self if rooted is None else replace(self, rooted=rooted)

    @property
    def id(self) -> str:
        return self.claim.id

    @property
    def base(self) -> int:
        return self.claim.quantity.base or 0

    @property
    def facets(self) -> tuple[str, ...]:
        return self.claim.group.facets

    @property
    def is_part(self) -> bool:
        return self.claim.relation is not None and self.claim.relation.kind in PARTS

    @property
    def figure(self) -> tuple[Hashable, ...]:
        return (str(self.claim.harm), self.base, self.claim.quantity.upper)

    @property
    def counts(self) -> bool:
        """Whether it states a figure of its own that can be met again elsewhere."""
        claim = self.claim
        known = self.base > 0 and claim.quantity.comparator != "plural" and claim.level != "forecast"
        return known and claim.reach in COUNTED and claim.stance in SPOKEN

    @property
    def alone(self) -> bool:
        """Whether the report says it on nobody's word but its own."""
        return all(voice.kind == "outlet" and voice.root for voice in self.claim.voices)

    @property
    def private(self) -> bool:
        """Whether a person answers for it who is not named: no body that keeps a record."""
        voice = self.voice
        return voice is not None and (voice.protected or voice.kind in ("person", "official"))

    @property
    def where(self) -> str:
        outlet = self.report.outlet or self.report.name or "a report"
        return f"{outlet}, {day_words(self.report.published)}" if self.report.published else outlet

    @property
    def named_there(self) -> Iterable[Voice]:
        return (voice for voice in self.claim.voices if voice.canonical or not voice.anonymous)


def significant(number: int) -> int:
    """How many digits of a figure say something: a figure that ends in noughts is rounded.

    >>> significant(638), significant(2400), significant(30)
    (3, 2, 1)
    """
    return len(str(number).rstrip("0"))


def kept_apart(mine: Telling, yours: Telling) -> bool:
    """Whether the words tell the two sets apart: another status, side, sex, or another place."""
    facets = any(a and b and a != b for a, b in zip(mine.facets, yours.facets, strict=True))
    return facets or places_apart(mine.claim.place, yours.claim.place)


def places_apart(mine: Place | None, yours: Place | None) -> bool:
    if mine is None or yours is None or not mine.path or not yours.path:
        return False
    fuzzy = bool(mine.covers or yours.covers) or 5 in (mine.precision, yours.precision)
    return not fuzzy and not mine.within(yours) and not yours.within(mine)


def day_words(day: dt.date | None) -> str:
    """
    >>> day_words(dt.date(2024, 5, 9))
    '9 May 2024'
    """
    return f"{day.day} {day:%B %Y}" if day else "an unknown day"
