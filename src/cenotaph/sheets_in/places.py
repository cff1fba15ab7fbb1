"""Where a row says it happened: its words, what the gazetteer knows of them, the point and precision that it gives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import asin, cos, radians, sin, sqrt

from cenotaph.sheets_in.folding import folded
from cenotaph.vocabulary import Entry, Place, Places

__all__ = ["Told", "Where"]

NEAR_KM = 25
"""How far from the point of a row a place of that name may lie: UCDP's where_prec 2."""
EARTH_KM = 6371


@dataclass(frozen=True, slots=True)
class Told:
    """What the cells of a row say of where it was; precision None where they do not."""

    place: str = ""
    admin2: str = ""
    admin1: str = ""
    country: str = ""
    lat: float | None = None
    lon: float | None = None
    precision: int | None = None


@dataclass
class Where:
    """A gazetteer asked for rows: `around` are words such as town and governorate that stand beside names."""

    places: Places
    countries: Sequence[str] = ()
    around: frozenset[str] = frozenset()
    _known: dict[Told, Place | None] = field(default_factory=dict)

    def of(self, told: Told) -> Place | None:
        """The place of a row; None where it says nothing. A name that is not known keeps its area, and no id."""
        if told not in self._known:
            self._known[told] = self._place(told)
        return self._known[told]

    def _place(self, told: Told) -> Place | None:
        words = told.place or told.admin2 or told.admin1 or told.country
        if not words and told.lat is None:
            return None
        country = self._country(told.country)
        area = self._area(told.admin1, country)
        path = (
            area.path if area else tuple(part for part in (self._shown(country, told), self.bare(told.admin1)) if part)
        )
        entry = self._entry(told, country, path)
        if entry is not None:
            path = entry.path
        elif told.place and self.bare(told.place) not in path and (told.precision or 1) <= 3:
            path = (*path, self.bare(told.place))
        precision = told.precision or _precision(told, entry)
        point = (told.lat, told.lon) if told.lat is not None else _point(entry, precision)
        name = entry.name if entry else path[-1] if path else self.bare(words)
        return Place(words, name, entry.id if entry else "", path, *point, precision)

    def bare(self, words: str) -> str:
        """The name without the words for its kind: 'Anadan' of 'Anadan town'."""
        parts = words.split()
        while len(parts) > 1 and folded(parts[-1]) in self.around:
            parts.pop()
        while len(parts) > 1 and folded(parts[0]) in self.around and not parts[0].isascii():
            parts.pop(0)
        return " ".join(parts)

    def _country(self, words: str) -> Entry | None:
        return next((one for one in self._found(words) if one.level == "country"), None) if words else None

    def _area(self, words: str, country: Entry | None) -> Entry | None:
        fits = [one for one in self._found(words, country) if one.level == "admin1"] if words else []
        return fits[0] if len(fits) == 1 else None

    def _found(self, words: str, country: Entry | None = None) -> Sequence[Entry]:
        codes = (country.country,) if country else tuple(self.countries)
        found = [
            one for name in dict.fromkeys((words, self.bare(words))) for one in self.places.find(name, countries=codes)
        ]
        return [one for one in found if country is None or one.country == country.country]

    def _shown(self, country: Entry | None, told: Told) -> str:
        return country.name if country else told.country

    def _entry(self, told: Told, country: Entry | None, path: Sequence[str]) -> Entry | None:
        """The one place of that name in the row's area and near its point; an area where the row names no more."""
        if told.precision is not None and told.precision >= 6:
            return country
        if not told.place or (told.precision or 1) >= 4:
            return self._area(told.place or told.admin1, country) if (told.precision or 4) >= 4 else None
        fits = [one for one in self._found(told.place, country) if one.level not in ("country", "admin1")]
        if country is None and self.countries:
            fits = [one for one in fits if one.country in self.countries]
        if told.lat is not None and told.lon is not None:
            fits = [one for one in fits if _apart(told.lat, told.lon, one) <= NEAR_KM]
            fits.sort(key=lambda one: _apart(told.lat or 0, told.lon or 0, one))
            return fits[0] if fits else None
        fits = [one for one in fits if len(path) < 2 or one.path[: len(path)] == tuple(path)]
        return fits[0] if len({one.id for one in fits}) == 1 else None


def _precision(told: Told, entry: Entry | None) -> int:
    if entry is not None:
        return entry.precision
    if told.place or told.lat is not None:
        return 2
    return 3 if told.admin2 else 4 if told.admin1 else 6


def _point(entry: Entry | None, precision: int) -> tuple[float | None, float | None]:
    return (entry.lat, entry.lon) if entry is not None and precision <= 3 else (None, None)


def _apart(lat: float, lon: float, entry: Entry) -> float:
    """Kilometres on the sphere; far away where the entry has no point."""
    if entry.lat is None or entry.lon is None:
        return EARTH_KM
    north, east = radians(entry.lat - lat), radians(entry.lon - lon)
    part = sin(north / 2) ** 2 + cos(radians(lat)) * cos(radians(entry.lat)) * sin(east / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(part))
