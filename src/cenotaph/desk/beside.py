"""What does not fit, side by side: figures of one root that contradict each other, and of two that differ.

Two roots that differ do not contradict each other; what is said of a pair is said by the calculus, in its words.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from cenotaph.desk.ladder import FITS, Rung, rung
from cenotaph.reconcile.accounts import difference
from cenotaph.reconcile.independence import support
from cenotaph.vocabulary import Check, Tether, Toll

__all__ = ["Accusation", "Compared", "Side", "accusing", "compared", "misfits"]

ROOTS = 5
"""Named roots whose figures are set side by side, those with the largest; each pair of them once."""


@dataclass(frozen=True, slots=True)
class Side:
    """A root's widest figure, and the first claim of the newest of its series."""

    rung: Rung
    claim: str

    @classmethod
    def of(cls, toll: Toll) -> Side:
        newest = toll.series[-1].claims if toll.series else toll.claims
        return cls(rung(toll), newest[0])


@dataclass(frozen=True, slots=True)
class Compared:
    """One harm's figures of the roots with the largest ones. `support` is how many roots stand behind it, and how far
    they are known to be independent; `roots` of how many are compared.
    """

    harm: str
    support: str
    roots: int
    total: int
    pairs: Sequence[tuple[Side, Side, Check]]


@dataclass(frozen=True, slots=True)
class Accusation:
    """Whom a root accuses, with the figures it says it of."""

    root: str
    party: str
    figures: Sequence[Rung]


def misfits(tolls: Iterable[Toll]) -> list[Check]:
    """What does not fit among the figures of one root, each comparison once, contradictions first."""
    found = {(one.rule, one.claims): one for toll in tolls for one in toll.checks if one.verdict not in FITS}
    return sorted(found.values(), key=lambda one: (one.verdict != "contradiction", one.verdict, one.claims))


def compared(harm: str, tolls: Sequence[Toll], tethers: Iterable[Tether], unnamed: Collection[str]) -> Compared:
    """Tolls of one harm in their rank: of each of the first roots its widest figure, beside those of the others."""
    widest: dict[str, Toll] = {}
    for one in tolls:
        if one.root not in unnamed:
            widest.setdefault(one.root, one)
    some = list(widest.values())[:ROOTS]
    pairs = ((one, other, difference(one, other)) for one, other in combinations(some, 2))
    kept = [(one, other, check) for one, other, check in pairs if check is not None]
    kept.sort(key=lambda pair: pair[2].verdict != "contradiction")
    told = support(tolls, tethers, unnamed=unnamed) if tolls else ""
    sides = {one.id: Side.of(one) for one in some}
    found = [(sides[one.id], sides[other.id], check) for one, other, check in kept]
    return Compared(harm, told, len(some), len(widest), found)


def accusing(tolls: Iterable[Toll], unnamed: Collection[str]) -> list[Accusation]:
    """Whom each named root accuses. A root that names nobody accuses and clears nobody."""
    found: dict[tuple[str, str], list[Rung]] = {}
    for one in tolls:
        if one.scope.parties and one.root not in unnamed:
            party = " and ".join(sorted({each.canonical or each.words for each in one.scope.parties}))
            found.setdefault((one.root, party), []).append(rung(one))
    return [Accusation(root, party, each) for (root, party), each in sorted(found.items())]
