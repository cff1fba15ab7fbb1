"""Persons whom a case knows of: those that lists name row by row, those that reports name, and what became of them.

A person is one row until somebody decides that two rows are of one. The machine proposes where names are the same or
nearly so and nothing speaks against it; a name alone makes nobody one.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import Literal

from cenotaph.decided import apart, together
from cenotaph.plain.romanised import skeleton, words
from cenotaph.plain.same_name import same_name
from cenotaph.sheets_in import Fate, Listed
from cenotaph.vocabulary import (
    Claim,
    Decision,
    Incident,
    Place,
    Problem,
    Proposed,
    Report,
    Root,
    Rooted,
    content_id,
)

__all__ = ["SAME_PERSON", "Standing", "Victim", "mentioned", "proposals", "protected_names", "standing_to", "victims"]

SAME_PERSON = "same person"
"""What a must-link or cannot-link between two rows is `as`."""
LARGEST_BLOCK = 400
"""Rows with like names that are compared with each other; of a name that more bear, a name says too little."""
AGES_APART = 2
"""Years by which two lists may differ of one person: a birthday between them, or a year of birth alone."""

Standing = Literal["inside", "outside", "unknown"]


@dataclass(frozen=True)
class Victim:
    """One person, named or not: the rows that are of them, and the fates that these tell, in time.

    >>> from cenotaph.vocabulary import Span
    >>> Victim((Listed("listed:1", "report:1", Span(0, 3), "Sami Example"),)).name
    'Sami Example'
    """

    rows: tuple[Listed, ...]

    @property
    def id(self) -> str:
        return f"victim:{min(one.id for one in self.rows).partition(':')[2]}"

    @property
    def name(self) -> str:
        """The fullest of the names; "" for somebody whom nobody names."""
        return max((one.name for one in self.rows), key=lambda name: len(name.split()), default="")

    @property
    def other_names(self) -> tuple[str, ...]:
        names = [name for one in self.rows for name in (one.name, one.other_name) if name and name != self.name]
        return tuple(dict.fromkeys(names))

    @property
    def sex(self) -> str:
        return _agreed(one.sex for one in self.rows)

    @property
    def age(self) -> str:
        """In years, from to where rows differ."""
        ages = sorted({one.age for one in self.rows if one.age is not None})
        return str(ages[0]) if len(ages) == 1 else f"{ages[0]}-{ages[-1]}" if ages else ""

    @property
    def group(self) -> str:
        return _agreed(one.group for one in self.rows)

    @cached_property
    def fates(self) -> tuple[Fate, ...]:
        """What became of them, as each voice says it: by day, those without a day first."""
        found = dict.fromkeys(one.fate for one in self.rows if one.fate is not None)
        return tuple(sorted(found, key=lambda one: (one.day or dt.date.min, one.what, one.voice)))

    @property
    def protected(self) -> bool:
        """Children, and whoever may be alive: all but adults whose last known fate is that of the dead."""
        last = [one.alive for one in self.fates if one.alive is not None][-1:]
        return last != [False] or "child" in {one.group for one in self.rows}


def _agreed(values: Iterable[str]) -> str:
    """What all say who say anything; "" where they differ, since none of them is surer."""
    found = {one for one in values if one}
    return found.pop() if len(found) == 1 else ""


# --- from reports -----------------------------------------------------------------------------------------------------


def mentioned(claims: Iterable[Claim], roots: Mapping[str, Rooted], incidents: Iterable[Incident]) -> Iterator[Listed]:
    """Each person whom a claim names, with its harm as a fate that its root tells."""
    home = {claim: one.id for one in incidents for claim in one.claims}
    for claim in claims:
        rooted = roots.get(claim.id)
        root = rooted.root if rooted else Root("", claim.report)
        for name in claim.group.names:
            day = claim.period.start if claim.period and claim.period.start == claim.period.end else None
            fate = Fate(str(claim.harm), day, str(root), ALIVE.get(str(claim.harm)), claim.id)
            yield Listed(
                content_id("listed", claim.report, claim.anchor, name), claim.report, claim.anchor, name,
                sex=claim.group.sex, group=claim.group.age, place=claim.place,
                start=claim.period.start if claim.period else None, end=claim.period.end if claim.period else None,
                fate=fate, incident=home.get(claim.id, ""),
            )  # fmt: skip


ALIVE = {"killed": False, "body recovered": False, "injured": True, "detained": True}
"""What a harm tells of whether its people live; others do not tell."""


# --- one person -------------------------------------------------------------------------------------------------------


def victims(rows: Sequence[Listed], decisions: Sequence[Decision]) -> list[Victim]:
    """The persons, in the order of their first rows; rows are of one where people decided so. `decisions` stand."""
    first = {one.id: one.id for one in rows}

    def of(key: str) -> str:
        while first[key] != key:
            key = first[key]
        return key

    for one in together(decisions):
        other = str(one.details["with"])
        if one.details.get("as") == SAME_PERSON and one.about in first and other in first:
            first[of(other)] = of(one.about)
    found: dict[str, list[Listed]] = defaultdict(list)
    for row in rows:
        found[of(row.id)].append(row)
    return [Victim(tuple(some)) for some in found.values()]


def proposals(
    rows: Sequence[Listed], claims: Iterable[Claim], decisions: Sequence[Decision], reports: Mapping[str, Report]
) -> list[Problem]:  # fmt: skip
    """A problem for each row of a list that may be the person of another row or of a claim: the same or nearly the same
    name, and nothing against it. `decisions` stand.

    No name stands in a problem; `cenotaph victims` shows them to those who may see them.
    """
    lists = {one.id for one in rows}
    people = victims([*rows, *mentioned(claims, {}, ())], decisions)
    told = {key: one.name or one.outlet or key for key, one in reports.items()}
    kept = {
        frozenset((one.about, str(one.details["with"])))
        for one in apart(decisions) if one.details.get("as") == SAME_PERSON
    }  # fmt: skip
    found: dict[frozenset[str], Problem] = {}
    for some in _alike(people):
        for one, other in combinations(some, 2):
            pair = frozenset((one.rows[0].id, other.rows[0].id))
            if not {row.id for row in (*one.rows, *other.rows)} & lists or pair in found:
                continue
            if _kept_apart(one, other, kept) or _differ(one, other):
                continue
            score = max((same_name(a, b) for a in _names(one) for b in _names(other)), key=lambda same: same.score)
            if score:
                found[pair] = _problem(one, other, score.reason, told)
    return list(found.values())


def _alike(people: Sequence[Victim]) -> Iterator[list[Victim]]:
    """Those whose first and last names sound alike, in whatever letters."""
    blocks: dict[tuple[str, str], dict[str, Victim]] = defaultdict(dict)
    for one in people:
        for name in _names(one):
            parts = words(name)
            if len(parts) > 1:
                blocks[skeleton(parts[0]), skeleton(parts[-1])][one.id] = one
    yield from (list(some.values()) for some in blocks.values() if 1 < len(some) <= LARGEST_BLOCK)


def _names(one: Victim) -> list[str]:
    return [name for name in (one.name, *one.other_names) if name]


def _kept_apart(one: Victim, other: Victim, kept: set[frozenset[str]]) -> bool:
    return any(frozenset((a.id, b.id)) in kept for a in one.rows for b in other.rows)


def _differ(one: Victim, other: Victim) -> bool:
    """Whether sex, age or the day of a death speak against one person."""
    if one.sex and other.sex and one.sex != other.sex:
        return True
    ages = [[row.age for row in some.rows if row.age is not None] for some in (one, other)]
    if ages[0] and ages[1] and min(abs(a - b) for a in ages[0] for b in ages[1]) > AGES_APART:
        return True
    if one.group and other.group and one.group != other.group:
        return True
    days = [[fate.day for fate in some.fates if fate.alive is False and fate.day] for some in (one, other)]
    return bool(days[0] and days[1]) and min(abs((a - b).days) for a in days[0] for b in days[1]) > 1


def _problem(one: Victim, other: Victim, why: str, told: Mapping[str, str]) -> Problem:
    first, second = one.rows[0], other.rows[0]
    rows = " and ".join(f"{row.row or 'a row'} of {told.get(row.report, row.report)}" for row in (first, second))
    return Problem(
        "same person", f"two rows may be one person: {rows} ({why})", first.report, first.span.start, first.span.end,
        settle="agree if they are one person, refuse if they are two", changes="how many persons are listed",
        proposes=Proposed("must-link", first.id, first.report, {"with": second.id, "as": SAME_PERSON}),
    )  # fmt: skip


def protected_names(rows: Iterable[Listed]) -> frozenset[str]:
    """The names of those who are protected by what one row says of them."""
    people = (Victim((one,)) for one in rows)
    return frozenset(name for one in people if one.protected for name in _names(one))


# --- inside or outside ------------------------------------------------------------------------------------------------


def standing_to(one: Victim, incident: Incident) -> Standing:
    """Whether a person is among those whom an incident or an aggregate counts: inside by what a row or a claim says,
    outside where place or days can't meet, otherwise unknown.
    """
    if any(row.incident and row.incident in (incident.id, incident.code, *incident.once) for row in one.rows):
        return "inside"
    if any(fate.claim in incident.claims for fate in one.fates if fate.claim):
        return "inside"
    scope = incident.scope
    for row in one.rows:
        if scope.place is not None and row.place is not None and _elsewhere(row.place, scope.place):
            return "outside"
        if scope.period is not None and row.start and scope.period.end and row.start > scope.period.end:
            return "outside"
        if scope.period is not None and row.end and scope.period.start and row.end < scope.period.start:
            return "outside"
    return "unknown"


def _elsewhere(place: Place, other: Place) -> bool:
    """Whether two places are known to have nothing in common."""
    if not place.path or not other.path or place.covers or other.covers:
        return False
    length = min(len(place.path), len(other.path))
    return place.path[:length] != other.path[:length]
