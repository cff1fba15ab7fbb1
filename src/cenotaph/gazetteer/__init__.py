"""Names -> places: an embedded world (GeoNames, CC BY 4.0), and the regions that news names and gazetteers lack."""

from __future__ import annotations

import sqlite3
import tomllib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from threading import local
from typing import Any

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from cenotaph.gazetteer.names import normal

__all__ = ["Gazetteer", "Place", "normal"]

_HERE = Path(__file__).parent
_PRECISION = {"country": 6, "admin1": 4, "admin2": 3, "place": 1, "region": 5}
_LONGEST = 6  # words in a name that is looked for in running text
_SHORTEST = 5  # letters below which a misspelling is not guessed at


@dataclass(frozen=True, slots=True)
class Place:
    """One line of the gazetteer; `precision` is the UCDP where_prec that its level allows."""

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


class Gazetteer:
    """Looks names up; opened once per process, read by any number of threads."""

    def __init__(self, file: Path, codes: Path) -> None:
        if not file.is_file():
            raise FileNotFoundError(f"the gazetteer {file.name} is not there; build it with: python tools/build_gazetteer.py")
        self._file, self._codes, self._local = file, codes, local()

    @classmethod
    @lru_cache(maxsize=1)
    def embedded(cls) -> Gazetteer:
        """The world that comes with the package. Raises FileNotFoundError if it was never built."""
        return cls(_HERE / "world.sqlite", _HERE.parent / "codes")

    @cached_property
    def digest(self) -> str:
        return str(self._rows("SELECT value FROM meta WHERE key = 'digest'")[0][0])

    # --- what is asked --------------------------------------------------------------------------------------------

    def find(self, name: str, *, countries: Sequence[str] = ()) -> tuple[Place, ...]:
        """All entries of this name, likeliest first: a country, then what lies in `countries`, then by size."""
        return self._find(normal(name[:200]), tuple(countries))

    @lru_cache(maxsize=50_000)  # noqa: B019  (one gazetteer lives as long as the process)
    def _find(self, form: str, countries: tuple[str, ...]) -> tuple[Place, ...]:
        rows = self._rows("SELECT e.* FROM name JOIN entry e USING (n) WHERE form = ?", form)
        found = [*self._extra.get(form, ()), *(self._place(row) for row in rows)]
        return tuple(sorted(dict.fromkeys(found), key=lambda place: _rank(place, countries)))

    def near(self, name: str, *, countries: Sequence[str]) -> tuple[Place, ...]:
        """Entries of the nearest spelling within these countries, or a country's name; nothing rather than a bad guess."""
        form = normal(name[:60])
        if len(form) < _SHORTEST:
            return ()
        return self._near(form, tuple(countries))

    @lru_cache(maxsize=5_000)  # noqa: B019
    def _near(self, form: str, countries: tuple[str, ...]) -> tuple[Place, ...]:
        own = {known for country in countries for known in self._forms_of(country)}
        best = _nearest(form, own, 1 if len(form) < 8 else 2) or _nearest(form, self._country_forms, 1 if len(form) < 7 else 2)
        if best is None:
            return ()
        found = self._find(best, countries)
        return tuple(place for place in found if place.level == "country" or place.country in countries)

    def starts(self, words: Sequence[str]) -> int:
        """How many of these words, from the first, make the longest known name; 0 if none."""
        for length in range(min(len(words), _LONGEST), 0, -1):
            form = normal(" ".join(words[:length]))
            if form in self._extra or self._known(form):
                return length
        return 0

    # --- how it is kept -------------------------------------------------------------------------------------------

    def _rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        base = getattr(self._local, "base", None)
        if base is None:
            base = self._local.base = sqlite3.connect(f"file:{self._file}?mode=ro&immutable=1", uri=True)
        return list(base.execute(query, values))

    @lru_cache(maxsize=200_000)  # noqa: B019
    def _known(self, form: str) -> bool:
        return bool(self._rows("SELECT 1 FROM name WHERE form = ? LIMIT 1", form))

    def _place(self, row: tuple[Any, ...]) -> Place:
        _, key, name, level, country, area, lat, lon, population = row
        path = tuple(dict.fromkeys(one for one in (self._country_name(country), self._area_name(country, area)) if one))
        path = (name,) if level == "country" else path if level == "admin1" else (*path, name)
        spot = (None, None) if level == "country" else (lat, lon)
        return Place(key, name, level, country, path, *spot, population, _PRECISION[level])

    @lru_cache(maxsize=400)  # noqa: B019
    def _country_name(self, code: str) -> str:
        rows = self._rows("SELECT name FROM entry WHERE id = ?", f"country:{code}")
        return str(rows[0][0]) if rows else code

    @lru_cache(maxsize=5_000)  # noqa: B019
    def _area_name(self, country: str, area: str) -> str:
        rows = self._rows("SELECT name FROM entry WHERE id = ?", f"admin1:{country}.{area}") if area else []
        return str(rows[0][0]) if rows else ""

    @lru_cache(maxsize=50)  # noqa: B019
    def _forms_of(self, country: str) -> tuple[str, ...]:
        rows = self._rows("SELECT DISTINCT form FROM name JOIN entry USING (n) WHERE country = ?", country)
        regions = [form for form, places in self._extra.items() if any(place.country == country for place in places)]
        return (*(form for (form,) in rows), *regions)

    @cached_property
    def _country_forms(self) -> frozenset[str]:
        return frozenset(form for form, places in self._extra.items() if any(one.level == "country" for one in places))

    @cached_property
    def _extra(self) -> Mapping[str, tuple[Place, ...]]:
        """Countries under the names of codes/countries.toml, and the regions of codes/regions.toml."""
        out: dict[str, tuple[Place, ...]] = {}
        for one in self._toml("countries").get("country", ()):
            place = self._country(one["iso2"], one["name"])
            for name in (one["name"], *one.get("aliases_en", ()), *one.get("names_ar", ())):
                out[normal(name)] = (place,)
        for one in self._toml("regions").get("region", ()):
            place = self._region(one)
            for name in (one["name"], *one["aliases"]):
                out[normal(name)] = (*out.get(normal(name), ()), place)
        return out

    def _toml(self, name: str) -> Mapping[str, Any]:
        path = self._codes / f"{name}.toml"
        return tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}

    def _country(self, code: str, name: str) -> Place:
        rows = self._rows("SELECT * FROM entry WHERE id = ?", f"country:{code}")
        return self._place(rows[0]) if rows else Place(f"country:{code}", name, "country", code, (name,), None, None, 0, 6)

    def _region(self, one: Mapping[str, Any]) -> Place:
        country = self._country_name(one["country"])
        covers = tuple((country, area) for area in one.get("covers", ()))
        path = (country, *one.get("path", ()), one["name"])
        precision = int(one.get("precision", _PRECISION["region"]))
        level = "place" if precision <= 2 else "region"
        return Place(f"region:{normal(one['name'])}", one["name"], level, one["country"], path, one["lat"], one["lon"], 0, precision, covers)


def _nearest(form: str, pool: Collection[str], allowed: int) -> str | None:
    """The known spelling with the fewest slips, none above what is allowed; first letters must agree."""
    same = sorted(known for known in pool if known[:1] == form[:1])
    best = process.extractOne(form, same, scorer=DamerauLevenshtein.distance, score_cutoff=allowed)
    return str(best[0]) if best else None


_LEVELS = {"country": 0, "region": 1, "admin1": 2, "admin2": 3, "place": 4}


def _rank(place: Place, countries: tuple[str, ...]) -> tuple[int, int, int, int, str]:
    """A country's own name first, then the case's countries, then towns before areas of the same name, then size."""
    home = countries.index(place.country) if place.country in countries else len(countries)
    return (0 if place.level == "country" else 1, home, -min(place.population, 10**9), _LEVELS[place.level], place.id)
