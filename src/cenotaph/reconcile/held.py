"""What a case holds, figure by figure: each vintage of each toll, and each claim that stands in none."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from cenotaph.vocabulary import Claim, Group, Interval, Place, Quantity, Scope, Toll, Vintage

__all__ = ["Figure", "Held", "all_held", "figure_of", "is_bare", "names_of", "said_by", "without_group"]

Figure = tuple[object, ...]

NOBODY = "a voice that is not named"


@dataclass(frozen=True, eq=False)
class Held:
    """One figure that the case holds. `toll` is None for a claim that stands in no toll (denied, background, ...).

    `claims` are those that carry it; there are none when their reports were forgotten.
    """

    toll: Toll | None
    vintage: Vintage
    scope: Scope
    root: str
    claims: tuple[Claim, ...]
    newest: bool

    @cached_property
    def roots(self) -> frozenset[str]:
        """The names that its root goes by, folded for comparing; never for showing."""
        return frozenset({self.root.casefold()} | {name for claim in self.claims for name in names_of(claim)})

    @cached_property
    def figures(self) -> frozenset[Figure]:
        """The numbers that its words name: those of its claims, else the one of the vintage."""
        said = {figure_of(claim.quantity) for claim in self.claims}
        return frozenset(said or {(self.number, None)})

    @cached_property
    def number(self) -> int:
        known = self.vintage.interval
        return known.low if known.best is None else known.best

    @property
    def groups(self) -> tuple[Group, ...]:
        return (self.scope.group, *(claim.group for claim in self.claims if not without_group(claim.group)))

    @property
    def places(self) -> tuple[Place, ...]:
        return tuple(place for place in (self.scope.place, *(claim.place for claim in self.claims)) if place)

    @property
    def words(self) -> str:
        return self.vintage.words or f"{self.number:,}"

    @property
    def day(self) -> dt.date | None:
        return self.vintage.day


def figure_of(quantity: Quantity) -> Figure:
    """What makes two figures one, whatever bounds them ("745", "at least 745"); () for none.

    >>> figure_of(Quantity("at least 745", "at least", 745)), figure_of(Quantity("Dozens", "plural", 12))
    ((745, None), ('plural', 12))
    """
    if quantity.comparator == "plural":
        return ("plural", quantity.words.casefold() if quantity.base is None else quantity.base)
    if quantity.fraction is not None:
        return ("share", quantity.fraction)
    return () if quantity.base is None else (quantity.base, quantity.upper)


def names_of(claim: Claim) -> frozenset[str]:
    """The names its root is given, folded for comparing."""
    root = claim.root
    return frozenset(name.casefold() for name in (root.name, root.canonical) if name) if root else frozenset()


def is_bare(claim: Claim) -> bool:
    """Whether the text states the figure by itself: nobody is named, or only the outlet that speaks."""
    root = claim.root
    return root is None or (root.kind == "outlet" and root == claim.voices[0])


def said_by(claim: Claim) -> str:
    """Who answers for a claim, as it may be shown: nobody who is protected is named."""
    root = claim.root
    if root is None:
        return NOBODY
    return "a private person" if root.protected else root.known_as


def without_group(group: Group) -> bool:
    return not group.words and not any(group.facets)


def all_held(tolls: Iterable[Toll], claims: Mapping[str, Claim], known: Mapping[str, Interval]) -> list[Held]:
    """Every vintage of every toll, then the claims with a figure that stand in no toll."""
    tolls = list(tolls)
    inside = {claim for toll in tolls for claim in toll.claims}
    found = [one for toll in tolls for one in _of_toll(toll, claims)]
    loose = [claim for claim in claims.values() if claim.id not in inside and _stands_alone(claim, claims)]
    return found + [_of_claim(claim, known[claim.id]) for claim in loose if claim.id in known]


def _of_toll(toll: Toll, claims: Mapping[str, Claim]) -> list[Held]:
    series: Sequence[Vintage] = toll.series or (Vintage(None, "unknown", toll.figure, "", toll.claims),)
    return [
        Held(toll, one, toll.scope, toll.root, tuple(claims[key] for key in one.claims if key in claims), one is last)
        for last in series[-1:]
        for one in series
    ]


def _of_claim(claim: Claim, interval: Interval) -> Held:
    day = claim.as_of or claim.said
    vintage = Vintage(day, "as of" if claim.as_of else "said", interval, claim.quantity.words, (claim.id,))
    return Held(None, vintage, claim.scope, said_by(claim), (claim,), True)


def _stands_alone(claim: Claim, claims: Mapping[str, Claim]) -> bool:
    """Whether it has a figure and says no other figure of its report again."""
    tie = claim.relation
    return bool(figure_of(claim.quantity)) and not (tie and tie.kind == "restates" and tie.to in claims)
