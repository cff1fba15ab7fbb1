"""What a look-up gives back: one line of the gazetteer, and which of several comes first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

PRECISION = {"country": 6, "region": 5, "admin1": 4, "admin2": 3, "place": 1}  # UCDP where_prec, Codebook GED 25.1
_AS_LARGE_AS = {"region": 1_000_000}  # news that says "the Sahel" means the Sahel, not a village of that name
_WIDER_FIRST = list(PRECISION)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the gazetteer.

    `level` is country, region, admin1, admin2 or place; `country` its ISO 3166 code, "" for a region of several.
    `path` leads to it from its country ("Syria", "Tartus", "Baniyas"); `covers` holds the paths that a region takes in.
    `lat`, `lon` are degrees (WGS 84), None for a country. `population` is people, 0 where not known.
    `precision` is the UCDP where_prec that the level allows: 1 an exact place ... 6 a country.
    `below` is the id of the second-level area (a county, a district) that a place lies in, "" where not known.
    `middle` is the middle of an area or country, for comparing distances: nothing is said to have happened there.
    """

    id: str
    name: str
    level: str
    country: str
    path: tuple[str, ...]
    lat: float | None
    lon: float | None
    population: int
    precision: int
    covers: tuple[tuple[str, ...], ...] = ()
    below: str = ""
    middle: tuple[float, float] | None = None


def rank(entry: Entry, countries: Sequence[str]) -> tuple[bool, int, int, int, str]:
    """Sorts a country's own name first, then what lies in `countries` in their order, then by people."""
    home = countries.index(entry.country) if entry.country in countries else len(countries)
    people = max(entry.population, _AS_LARGE_AS.get(entry.level, 0))
    return entry.level != "country", home, -people, _WIDER_FIRST.index(entry.level), entry.id
