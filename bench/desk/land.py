"""Where the made-up reports are from: provinces and towns of the gazetteer, and who is made up to speak there."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from cenotaph.gazetteer import Gazetteer
from cenotaph.vocabulary import Place, Voice

__all__ = [
    "COUNTRIES",
    "LANGUAGES",
    "Area",
    "Province",
    "bodies",
    "official",
    "outlets",
    "person",
    "provinces",
    "words",
]

COUNTRIES = ("SY", "LB", "IQ", "PS")
LANGUAGES = ("en", "ar")

FEWEST = 6
"""Towns that a province must have in the gazetteer, to hold the incidents of an episode."""

_PLACES = "SELECT n, id, name FROM entry WHERE country = ? AND level IN ('admin1', 'place') ORDER BY n"
_FORMS = "SELECT n, form FROM name WHERE n BETWEEN ? AND ?"
_LETTERS = frozenset("ابتثجحخدذرزسشصضطظعغفقكلمنهويءآأإؤئىة ")
"""Of Arabic: the gazetteer has names in Kurdish and Persian letters too."""


@cache
def words() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class Area:
    """A place as the gazetteer has it. `arabic` is its name there, folded as all names are; the other where it has
    none.
    """

    place: Place
    arabic: str

    def told(self, language: str) -> str:
        return self.arabic if language == "ar" else self.place.name


@dataclass(frozen=True, slots=True)
class Province:
    """A first-level area with its towns; `number` parts it from all others."""

    number: int
    area: Area
    towns: tuple[Area, ...]

    @property
    def country(self) -> str:
        return self.area.place.path[0]

    def body(self, number: int, language: str) -> Voice:
        """One of the bodies that keep a record: of the province, then of its country."""
        own = words()["en"]["bodies"]["province"]
        kind, at = ("province", number) if number < len(own) else ("country", number - len(own))
        where = self.area.place.name if kind == "province" else self.country
        canonical = str(words()["en"]["bodies"][kind][at]).format(where).removeprefix("the ")
        here = self.area.told("ar") if kind == "province" else words()["ar"]["countries"][self.country]
        name = words()[language]["bodies"][kind][at].format(where if language == "en" else here)
        return Voice(name, canonical, "organisation", root=True)


def bodies() -> int:
    """How many bodies speak of one province."""
    return len(words()["en"]["bodies"]["province"]) + len(words()["en"]["bodies"]["country"])


@cache
def outlets() -> Sequence[str]:
    told = words()
    return tuple(f"{name} {kind}" for name in told["outlets"] for kind in told["titles"])


@cache
def provinces() -> Sequence[Province]:
    """Those with at least FEWEST towns, in the order of the gazetteer."""
    found = list[Province]()
    for country in COUNTRIES:
        areas: dict[tuple[str, ...], Area] = {}
        towns: dict[tuple[str, ...], dict[str, Area]] = {}
        for level, area in _areas(country):
            path = area.place.path
            if level == "admin1":
                areas.setdefault(path, area)
            elif len(path) == 3:  # of others no province is known
                towns.setdefault(path[:2], {}).setdefault(area.place.name, area)
        known = [(area, tuple(towns.get(path, {}).values())) for path, area in areas.items()]
        large = [one for one in known if len(one[1]) >= FEWEST]
        found += [Province(number, *one) for number, one in enumerate(large, len(found))]
    return tuple(found)


def _areas(country: str) -> Iterator[tuple[str, Area]]:
    """The first-level areas and towns of a country, each with its level."""
    gazetteer = Gazetteer.embedded()
    known = gazetteer.store.rows(_PLACES, country)
    forms: dict[int, list[str]] = {}
    for number, form in gazetteer.store.rows(_FORMS, known[0][0], known[-1][0]):
        if _LETTERS.issuperset(form):
            forms.setdefault(number, []).append(form)
    for number, key, name in known:
        for one in gazetteer.find(name, countries=[country]):
            if one.id != key:
                continue  # another of that name
            place = Place(one.name, one.name, one.id, one.path, one.lat, one.lon, precision=one.precision)
            yield one.level, Area(place, min(forms.get(number, ()), key=len, default=one.name))


def person(random: Random, language: str) -> str:
    known = words()[language]["persons"]
    return f"{random.choice(known['given'])} {random.choice(known['family'])}"


@cache
def official(body: str, language: str) -> str:
    """The one who speaks for a body, by name."""
    return person(Random(f"{body} {language}"), language)
