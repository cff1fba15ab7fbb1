"""A made-up land to report from: countries, provinces and towns out of syllables, and who speaks there."""

from __future__ import annotations

import datetime as dt
import tomllib
from dataclasses import dataclass
from functools import cache
from math import sqrt
from pathlib import Path
from typing import Any

from cenotaph.vocabulary import Place, Voice

__all__ = ["BODIES", "OUTLETS", "START", "TOWNS", "WORLD", "Land", "name", "words"]

START = dt.date(2001, 1, 1)

PROVINCES = 12
"""Of a country."""

TOWNS = 40
"""Of a province."""

OUTLETS = 8
"""That report from a country, beside those that report from everywhere."""

BODIES = ("Monitor", "Network", "Watch")
"""Bodies of a country that keep a record of their own."""

WORLD = ("World Monitor", "World Watch")
"""Bodies that count everywhere."""


@cache
def words() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))


def name(number: int, syllables: int) -> str:
    """A name for each number; two numbers have two names as long as the syllables suffice.

    >>> name(0, 2), name(1, 2), name(21, 2)
    ('Baba', 'Doba', 'Dodo')
    """
    known: list[str] = words()["syllables"]
    spoken = ""
    for _ in range(syllables):
        number, sound = divmod(number, len(known))
        spoken += known[sound]
    return spoken.capitalize()


@dataclass(frozen=True, slots=True)
class Land:
    """So many provinces and days that the claims of a province and month stay as many, however many there are in all.

    >>> Land.of(10_000), Land.of(1_000_000)
    (Land(provinces=18, days=1461), Land(provinces=180, days=14610))
    """

    provinces: int
    days: int

    @classmethod
    def of(cls, claims: int) -> Land:
        grown = sqrt(claims / 10_000)
        return cls(max(2, round(18 * grown)), max(60, round(1461 * grown)))

    def province(self, number: int) -> Place:
        country = name(number // PROVINCES, 2)
        own = name(number, 3)
        return Place(own, own, f"province:{number}", (country, own), precision=4)

    def town(self, province: int, number: int) -> Place:
        path = self.province(province).path
        own = name(province * TOWNS + number, 4)
        return Place(own, own, f"town:{province}:{number}", (*path, own), precision=1)

    def body(self, province: int, kind: str) -> Voice:
        """A body of the province's country; one of the whole land, whose record grows with it, is a kind of WORLD."""
        known = kind if kind in WORLD else f"{name(province // PROVINCES, 2)} {kind}"
        return Voice(f"the {known}", known, "organisation", root=True)

    def outlet(self, province: int, number: int) -> str:
        return f"{name(province // PROVINCES, 2)} Wire {number}" if number < OUTLETS else f"World Wire {number}"
