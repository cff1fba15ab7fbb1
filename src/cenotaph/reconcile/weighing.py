"""How much a claim counts towards the draft of one incident: by what it is of, when, where, and how early it is told.

The sizes are data (codes/recording.toml, a source on each line). They tell which figure a recorder lets stand, and
nothing about which is true.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cenotaph.reconcile.scene import Scene, apart
from cenotaph.vocabulary import Claim, Group, Place

__all__ = ["Weights", "of_scene", "weight"]


@dataclass(frozen=True, slots=True)
class Weights:
    """The tables of codes/recording.toml without their sources: see there for the meaning of each line.

    >>> table = {name: {} for name in ("weight", "range", "near", "least")}
    >>> table |= {"harm": {"killed": {"codes": ["killed"]}}, "rise": {"words": {"has": ["rose"]}}}
    >>> table |= {"force": {"statuses": {"codes": []}, "words": {"has": []}}}
    >>> Weights.of(table).heard_as("killed")
    ('killed',)
    """

    weight: Mapping[str, float]
    range: Mapping[str, float]
    near: Mapping[str, float]
    least: Mapping[str, tuple[float, float]]
    harms: Mapping[str, tuple[str, ...]]
    statuses: tuple[str, ...]
    words: tuple[str, ...]
    rise: frozenset[str]

    @classmethod
    def of(cls, table: Mapping[str, Any]) -> Weights:
        """From the tables as they are written. Raises KeyError for a table that is missing."""
        least = {harm: (line["is"], line["and"]) for harm, line in table["least"].items()}
        harms = {name: tuple(line["codes"]) for name, line in table["harm"].items()}
        force = table["force"]
        return cls(
            _sizes(table, "weight"), _sizes(table, "range"), _sizes(table, "near"), least, harms,
            tuple(force["statuses"]["codes"]), tuple(force["words"]["has"]),
            frozenset(table["rise"]["words"]["has"]),
        )  # fmt: skip

    @property
    def most(self) -> float:
        """What one report gives a figure at most, however often it says it: as much as a claim told first, of the very
        place.
        """
        return self.weight["here"] * self.weight["lead"]

    def heard_as(self, harm: str) -> tuple[str, ...]:
        """The codes that are heard as a harm. Raises LookupError for a harm that nobody drafts."""
        if harm not in self.harms:
            raise LookupError(f"no draft is made of the harm {harm!r}; there are: {', '.join(sorted(self.harms))}")
        return self.harms[harm]

    def rose(self, claim: Claim) -> bool:
        """Whether it is a total of which its sentence says that it rose ("the toll rose to five")."""
        words = {word.casefold() for word in re.findall(r"\w+", claim.quote)}
        return claim.reach == "running total" and bool(words & self.rise)

    def of_a_force(self, group: Group) -> bool:
        """Whether the words call them members of a force; whose status a voice gives is that voice's claim."""
        return group.status in self.statuses or any(word in group.words for word in self.words)


def _sizes(table: Mapping[str, Any], name: str) -> dict[str, float]:
    return {word: line["is"] for word, line in table[name].items()}


def weight(claim: Claim, scene: Scene, by: Weights) -> float:
    """How much a claim counts for what happened at a scene; 1 is a plain claim of so many people."""
    size = by.weight
    counts = size["vague"] if claim.quantity.base is None or claim.reach == "running total" else 1.0
    if claim.reach == "background":
        return 0
    counts *= _in_time(claim, scene.day, by) * _in_place(claim.place, scene, by)
    return counts * (size["lead"] if claim.start < by.near["lead"] else 1)


def of_scene(claim: Claim, scene: Scene, by: Weights) -> bool:
    """Whether nothing in its words puts a claim at another time or place."""
    return _in_time(claim, scene.day, by) == 1 and _in_place(claim.place, scene, by) >= 1


def _in_time(claim: Claim, day: dt.date | None, by: Weights) -> float:
    period = claim.period
    if period is None or period.start is None or day is None:
        return 1
    if period.end is None or (period.end - period.start).days > by.near["span"]:
        return by.weight["another"]
    gap = min(abs((period.start - day).days), abs((period.end - day).days))
    return by.weight["elsewhere"] if gap > by.near["days"] else 1


def _in_place(mine: Place | None, scene: Scene, by: Weights) -> float:
    here = scene.place
    if mine is None:
        return 1
    if not scene.is_home(mine):
        return by.weight["another"]
    if here is None or here.lat is None or mine.lat is None:
        return 1
    if mine.precision > by.near["exact"]:
        same = len(mine.path) < 2 or len(here.path) < 2 or mine.path[1] == here.path[1]
        return 1 if same else by.weight["elsewhere"]
    far = apart(mine, here)
    if far < by.near["here"]:
        return by.weight["here"]
    return 1 if far < by.near["beside"] else by.weight["elsewhere"]
