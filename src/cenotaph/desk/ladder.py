"""The toll of one incident as a ladder: a rung for each root and set, its newest figure and how that grew.

Figures of different roots stand one under another and are never added: each is what that root had counted.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from cenotaph.vocabulary import Count, Interval, Party, Place, Toll

__all__ = ["FITS", "MANY", "SHOWN", "Ladder", "Rung", "Step", "called", "known_on", "ladder", "ranked", "rung"]

SHOWN = {0: 10, 1: 4}
"""Rungs of a first look: of the harm with the largest figures, and of each other; a harm by itself shows MANY."""
MANY = 50

FITS = ("holds", "growth", "sum", "revision", "earlier vintage")
"""Verdicts of comparisons that leave nothing open."""

Facts = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Step:
    """One figure of a series, and how many claims carry it."""

    day: dt.date | None
    dated: str
    interval: Interval
    words: str
    claims: int


@dataclass(frozen=True, slots=True)
class Rung:
    """One root's figure of one set. `first` tells whether it is the first of its root; `steps` are oldest first.
    `called` is its name without the outlet that a root which nobody named bears with it.
    """

    toll: str
    root: str
    named: bool
    first: bool
    harm: str
    people: str
    place: Place | None
    count: Count
    steps: Sequence[Step]
    carriers: Sequence[str]
    read: float
    twice: float
    parties: Sequence[Party]
    checks: Sequence[str]
    called: str = ""

    @property
    def newest(self) -> Step | None:
        return self.steps[-1] if self.steps else None


@dataclass(frozen=True, slots=True)
class Ladder:
    """The rungs of one harm from `start` on, of `total`; `most` people in the largest of all its figures."""

    harm: str
    rungs: Sequence[Rung]
    start: int
    total: int
    roots: int
    most: int


def ranked(tolls: Iterable[Toll], unnamed: Collection[str]) -> dict[str, list[Toll]]:
    """The tolls of each harm, those of one root together: named roots first, then by the largest figure.

    Harms come in the order of how many roots count them.
    """
    harms: dict[str, dict[str, list[Toll]]] = defaultdict(lambda: defaultdict(list))
    for one in tolls:
        harms[str(one.scope.harm)][one.root].append(one)

    def weight(item: tuple[str, Sequence[Toll]]) -> tuple[bool, int, str]:
        root, ours = item
        return root in unnamed, -max(one.figure.low for one in ours), root

    def within(one: Toll) -> tuple[int, str]:
        return -one.figure.low, one.id

    ordered = sorted(harms.items(), key=lambda item: (-len(item[1]), item[0]))
    return {
        harm: [one for _, ours in sorted(roots.items(), key=weight) for one in sorted(ours, key=within)]
        for harm, roots in ordered
    }


def ladder(
    harm: str, tolls: Sequence[Toll], unnamed: Collection[str], start: int = 0, most: int = MANY
) -> Ladder:  # fmt: skip
    """The rungs of one harm, of tolls in their rank."""
    roots = len({one.root for one in tolls if one.root not in unnamed})
    rungs: list[Rung] = []
    above = ""
    for one in tolls[start : start + most]:
        rungs.append(rung(one, one.root not in unnamed, above != one.root))
        above = one.root
    return Ladder(harm, rungs, start, len(tolls), roots, max((_most(one) for one in tolls), default=0))


def _most(toll: Toll) -> int:
    return max([toll.figure.low, *(one.interval.low for one in toll.series)])


def rung(one: Toll, named: bool = True, first: bool = True) -> Rung:
    checks = tuple(dict.fromkeys(check.verdict for check in one.checks if check.verdict not in FITS))
    steps = [Step(each.day, each.dated, each.interval, each.words, len(each.claims)) for each in one.series]
    return Rung(
        one.id, one.root, named, first, str(one.scope.harm), one.scope.group.words, one.scope.place,
        one.figure.count, steps, one.carriers, one.read, one.twice, one.scope.parties, checks,
        one.root if named else called(one.root, one.carriers),
    )  # fmt: skip


def called(root: str, outlets: Iterable[str]) -> str:
    """The name of a root that nobody named, without where it spoke, which stands beside it.

    >>> called("a resident (Example Wire, 2025-03-09)", ["Example Wire"]), called("SOHR", ["Example Wire"])
    ('a resident', 'SOHR')
    """
    for outlet in outlets:
        name, found, rest = root.rpartition(f" ({outlet}")
        if outlet and found and re.fullmatch(r"(, \d{4}-\d\d-\d\d)?\)", rest):
            return name
    return root


# --- what could be known on a day -----------------------------------------------------------------------------------


def known_on(toll: Toll, facts: Facts, day: dt.date) -> Toll | None:
    """The toll of what could be known on that day: of claims that were said, and whose report was out, by then.

    It is linked as now; None where none of it was known. A report without a day was not known on any.
    """
    when = day.isoformat()
    known = {
        key for key in toll.claims
        if key in facts and "" < str(facts[key]["published"]) <= when and str(facts[key]["said"]) <= when
    }  # fmt: skip
    if known == set(toll.claims):
        return toll
    kept = (replace(one, claims=tuple(key for key in one.claims if key in known)) for one in toll.series)
    series = tuple(one for one in kept if one.claims)
    if not series:
        return None
    reads = [int(facts[key]["reads"]) for key in known]
    outlets = sorted({str(facts[key]["outlet"]) for key in known} - {""})
    return replace(
        toll, figure=series[-1].interval, series=series, checks=(), bounds=None, carriers=tuple(outlets),
        claims=tuple(key for key in toll.claims if key in known),
        read=sum(one > 0 for one in reads) / len(reads), twice=sum(one > 1 for one in reads) / len(reads),
    )  # fmt: skip
