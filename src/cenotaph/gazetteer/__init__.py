"""Names -> places: an embedded world (GeoNames, CC BY 4.0), and the regions that news names and gazetteers lack."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from cenotaph.gazetteer import tables
from cenotaph.gazetteer.entries import PRECISION, Entry, rank
from cenotaph.gazetteer.names import ARTICLES_IN, bare, normal
from cenotaph.gazetteer.spelling import Pool, nearest, pool
from cenotaph.gazetteer.spellings import Spellings
from cenotaph.gazetteer.store import Store

__all__ = ["Entry", "Gazetteer", "normal"]

_HERE = Path(__file__).resolve().parent
_LONGEST_NAME = 200  # letters; what is longer is no name
_LONGEST = 6  # words in a name that is looked for in running text
_INSIDE = frozenset("-‐–'’./")  # tokens of punctuation that a name may hold, though not end with
_OUTSIDE_WORDS = frozenset(',،;:()[]"“”')
_ENTRIES = (
    "SELECT e.id, e.name, e.level, e.country, a.name, e.lat, e.lon, e.population, b.id, e.mid_lat, e.mid_lon"
    " FROM entry e LEFT JOIN entry a ON a.n = e.area LEFT JOIN entry b ON b.n = e.below"
)


@dataclass(frozen=True, eq=False)
class Gazetteer:
    """Looks names up; opened once per process, read by any number of threads."""

    store: Store
    typed: tables.Typed

    @classmethod
    @lru_cache(maxsize=1)
    def embedded(cls) -> Gazetteer:
        """The world that comes with the package. Raises FileNotFoundError if never built, ValueError if damaged."""
        return cls(Store(_HERE / "world.sqlite"), tables.read(_HERE.parent / "codes"))

    @property
    def digest(self) -> str:
        """SHA-256 of what GeoNames gave; the tables of codes/ are not in it."""
        return str(self.store.meta["digest"])

    # --- what is asked --------------------------------------------------------------------------------------------

    def find(self, name: str, *, countries: Sequence[str] = ()) -> tuple[Entry, ...]:
        """All entries of this name, likeliest first: a country, then what lies in `countries`, then by people.

        An area and a town of one name are both given, the area first; () for a name that nothing has.
        """
        return self._find(name, tuple(countries)) if len(name) <= _LONGEST_NAME else ()

    def near(self, name: str, *, countries: Sequence[str]) -> tuple[Entry, ...]:
        """Entries of the nearest spelling within these countries, or a country; () rather than a bad guess.

        For a name that `find` does not know. Adjectives ("Syrian") are nobody's misspelling.
        """
        return self._near(name, tuple(countries)) if len(name) <= _LONGEST_NAME else ()

    def starts(self, words: Sequence[str]) -> int:
        """How many of these words, from the first, make the longest known name; 0 if none.

        Words are the tokens of a text: a name may hold a hyphen or a point of its own but no comma.
        """
        if not words or len(words[0]) > _LONGEST_NAME:
            return 0
        for length in range(min(len(words), self._longest(words[0])), 0, -1):
            part = words[:length]
            if part[-1] not in _INSIDE and _OUTSIDE_WORDS.isdisjoint(part) and self._known(" ".join(part)):
                return length
        return 0

    def area(self, country: str, code: str) -> Entry | None:
        """The first-level area of GeoNames' code ("09") in a country; None for one that is not there."""
        return self.by_id(f"admin1:{country}.{code}") if code else None

    def by_id(self, key: str) -> Entry | None:
        """The entry of an id ("geonames:172955", "admin1:SY.09", "country:SY"); None for one that is not there."""
        rows = self.store.rows(f"{_ENTRIES} WHERE e.id = ?", key)
        return self._entry(rows[0]) if rows else None

    def country_name(self, code: str) -> str:
        """The English name under which a country is shown, by its ISO code. Raises KeyError for one that is none."""
        return self.typed.countries[code]

    # --- by name --------------------------------------------------------------------------------------------------

    @lru_cache(maxsize=50_000)  # noqa: B019  (one gazetteer lives as long as the process)
    def _find(self, name: str, countries: tuple[str, ...]) -> tuple[Entry, ...]:
        literal, stripped = normal(name), bare(name)
        found = list(self._of_form(literal))
        if stripped != literal:
            found += (entry for entry in self._of_form(stripped) if entry.country in ARTICLES_IN)
        return tuple(sorted(dict.fromkeys(found), key=lambda entry: rank(entry, countries)))

    def _of_form(self, form: str) -> Iterable[Entry]:
        if not form:
            return
        yield from (self._countries[code] for code in self.typed.codes.get(form, ()) if code in self._countries)
        yield from self.typed.regions.get(form, ())
        for key in self.typed.also.get(form, ()):
            yield from map(self._entry, self._keyed(key))
        yield from map(
            self._entry, self.store.rows(f"{_ENTRIES} WHERE e.n IN (SELECT n FROM name WHERE form = ?)", form)
        )

    @lru_cache(maxsize=100_000)  # noqa: B019
    def _known(self, name: str) -> bool:
        form = normal(name)
        if form in self.typed.codes or form in self.typed.regions or form in self.typed.also:
            return True
        return bool(self.store.rows("SELECT 1 FROM name WHERE form = ? LIMIT 1", form)) or (
            bare(name) != form and bool(self._find(name, ()))
        )

    @lru_cache(maxsize=100_000)  # noqa: B019
    def _longest(self, word: str) -> int:
        """Words in the longest name that begins with this word; 0 if there is none."""
        first = {form.partition(" ")[0] for form in (normal(word), bare(word))} - {""}
        known = [
            longest
            for form in first
            for (longest,) in self.store.rows("SELECT longest FROM first WHERE word = ?", form)
        ]
        return min(_LONGEST, max([*known, *(self._typed_longest.get(form, 0) for form in first)], default=0))

    @cached_property
    def _typed_longest(self) -> Mapping[str, int]:
        out: dict[str, int] = {}
        for form in (*self.typed.codes, *self.typed.regions, *self.typed.also):
            first = form.partition(" ")[0]
            out[first] = max(out.get(first, 0), _LONGEST if " " in form else 1)
        return out

    # --- by spelling ----------------------------------------------------------------------------------------------

    @lru_cache(maxsize=5_000)  # noqa: B019
    def _near(self, name: str, countries: tuple[str, ...]) -> tuple[Entry, ...]:
        if normal(name) in self.typed.demonyms:
            return ()
        for country in (*countries, ""):
            form = bare(name, loose=True) if country in ARTICLES_IN else normal(name)
            others = nearest(form, self._pool(country))
            readings = {frozenset(self._within(other, countries)) for other in others} - {frozenset()}
            if len(readings) == 1:  # two places equally near are no answer
                return tuple(sorted(*readings, key=lambda entry: rank(entry, countries)))
        return ()

    def _within(self, form: str, countries: Sequence[str]) -> list[Entry]:
        return [entry for entry in self._of_form(form) if entry.level == "country" or entry.country in countries]

    @lru_cache(maxsize=30)  # noqa: B019
    def _pool(self, country: str) -> Pool:
        """The forms of a country's entries and regions; of country "", the names of countries."""
        if not country:
            return pool(self.typed.codes)
        forms = [form for form, _ in self._forms(country)]
        forms += (form for form, found in self.typed.regions.items() if any(one.country == country for one in found))
        forms += (form for form, keys in self.typed.also.items() if any(key[0] == country for key in keys))
        return pool(bare(form, loose=True) if country in ARTICLES_IN else form for form in forms)

    @lru_cache(maxsize=100)  # noqa: B019
    def spellings(self, country: str, area: str) -> Spellings:
        """The names of a country's areas and places by how they sound; of what lies in one first-level area only, where
        `area` is its name as entries have it.
        """
        if not area:
            return Spellings(self._forms(country), self._of_number)
        named = {
            name for (code, level, name), shown in self.typed.shown.items() if shown == area and code == country
        } | {area}
        rows = self.store.rows(
            f"SELECT e.n FROM entry e JOIN entry a ON a.n = e.area WHERE a.country = ? AND a.name IN ({_marks(named)})",
            country, *named,
        )  # fmt: skip
        inside = {number for (number,) in rows}
        return Spellings([one for one in self._forms(country) if one[1] in inside], self._of_number)

    @lru_cache(maxsize=50_000)  # noqa: B019
    def _of_number(self, number: int) -> Entry:
        (row,) = self.store.rows(f"{_ENTRIES} WHERE e.n = ?", number)
        return self._entry(row)

    @lru_cache(maxsize=30)  # noqa: B019
    def _forms(self, country: str) -> Sequence[tuple[str, int]]:
        """The forms of all areas and places of a country, each with the number of its entry: a look at every name."""
        first_last = "SELECT min(n), max(n) FROM entry WHERE country = ? AND level <> 'country'"
        ((first, last),) = self.store.rows(first_last, country)
        return self.store.rows("SELECT form, n FROM name WHERE n BETWEEN ? AND ?", first, last)

    # --- rows to entries ------------------------------------------------------------------------------------------

    @cached_property
    def _countries(self) -> Mapping[str, Entry]:
        rows = self.store.rows("SELECT id, name, country, population FROM entry WHERE level = 'country'")
        shown = ((key, self.typed.countries.get(code, name), code, people) for key, name, code, people in rows)
        return {
            code: Entry(
                key, name, "country", code, (name,), None, None, people, PRECISION["country"],
                middle=self.typed.middles.get((code, "country", "")),
            )
            for key, name, code, people in shown
        }  # fmt: skip

    def _keyed(self, key: tables.Key) -> list[tuple[Any, ...]]:
        return self.store.rows(f"{_ENTRIES} WHERE e.country = ? AND e.level = ? AND e.name = ?", *key)

    def _entry(self, row: tuple[Any, ...]) -> Entry:
        key, name, level, country, area, lat, lon, population, below, mid_lat, mid_lon = row
        if level == "country":
            return self._countries[country]
        if (country, level, name) in self.typed.seldom:
            population //= 1000  # to come after its namesakes
        shown, middle = self.typed.shown, self.typed.middles.get((country, level, name))
        over = shown.get((country, "admin1", area), area) if area else None
        if middle and (lat, lon) == (mid_lat, mid_lon):
            lat, lon = middle
        middle = middle or (None if mid_lat is None else (mid_lat, mid_lon))
        name = shown.get((country, level, name), name)
        path = (self._countries[country].name, *([over] if over else []), name)
        precision = PRECISION[level]
        return Entry(key, name, level, country, path, lat, lon, population, precision, (), below or "", middle)


def _marks(values: Iterable[str]) -> str:
    return ",".join("?" for _ in values)
