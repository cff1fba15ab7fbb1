"""A case's own places beside the embedded world: listed by the team, or decided one by one.

They are looked up like any others. Where both have a place, the team's own point counts.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import cached_property, lru_cache
from typing import Any, Protocol

from cenotaph.gazetteer import Gazetteer
from cenotaph.gazetteer.asked import listed_names
from cenotaph.gazetteer.entries import PRECISION, Entry, rank
from cenotaph.gazetteer.listed import Listed
from cenotaph.gazetteer.names import bare, normal
from cenotaph.gazetteer.resolving import area_of, distance
from cenotaph.gazetteer.spelling import SHORTEST, consonants
from cenotaph.gazetteer.spellings import Spellings
from cenotaph.plain.romanised import words

_SAME_KM = 5  # a place of the same name, in the same area, no further away is the same place
_LONGEST = 6


@dataclass(frozen=True, slots=True)
class Named:
    """An entry under the names that it is looked up by; `decided` where a person said that these words mean it."""

    entry: Entry
    names: tuple[str, ...]
    decided: bool = False


def entries(listed: Iterable[Listed], world: Gazetteer, countries: Sequence[str]) -> list[Named]:
    """What was listed, as entries: each in the area of the embedded world that it says it lies in.

    A first-level area that the world has is no new one; it gets the names. Raises LookupError for a place of which
    nobody says the country: neither its row, nor the case, whose one country it would be.
    """
    areas: dict[tuple[str, str, str], Entry | None] = {}
    return [_named(one, world, _country(one, world, countries), areas) for one in listed]


def _country(one: Listed, world: Gazetteer, countries: Sequence[str]) -> str:
    if not one.country:
        if len(countries) == 1:
            return countries[0]
        case = f"the case is about {', '.join(countries)}" if countries else "the case names no country"
        raise LookupError(f"{one.names[0]!r}: in which country? Its row does not say, and {case}")
    if len(one.country) == 2 and one.country.upper() in world.typed.countries:
        return one.country.upper()
    for entry in world.find(one.country):
        if entry.level == "country":
            return entry.country
    raise LookupError(f"{one.names[0]!r}: no country {one.country!r}; give its English name or its two-letter ISO code")


def _named(one: Listed, world: Gazetteer, country: str, areas: dict[tuple[str, str, str], Entry | None]) -> Named:
    said = one.names[0] if one.level == "admin1" else one.area
    key = (country, said, one.area_code)
    if key not in areas:
        areas[key] = world.area(country, one.area_code) or (area_of(said, world, country) if said else None)
    area = areas[key]
    if one.level == "admin1" and area is not None:
        return Named(area, one.names)
    over = area.path if area is not None else (world.country_name(country), *([one.area] if one.area else []))
    identity = f"{country}|{one.area}|{one.district}|{one.names[0]}|{one.lat}|{one.lon}"
    own, name = one.id or hashlib.sha256(identity.encode()).hexdigest()[:12], listed_names(one.names[0])[0]
    entry = Entry(
        own if own.startswith("geonames:") else f"own:{own}",
        name, one.level, country, (*over, name), one.lat, one.lon,
        one.population, PRECISION[one.level],
        middle=(one.lat, one.lon) if one.level != "place" and one.lat is not None and one.lon is not None else None,
    )  # fmt: skip
    return Named(entry, one.names)


# --- one place, decided ---------------------------------------------------------------------------------------------


class Lookup(Protocol):
    """What a decided place is looked up in."""

    def find(self, name: str, *, countries: Sequence[str] = ()) -> Sequence[Entry]: ...
    def by_id(self, key: str) -> Entry | None: ...
    def country_name(self, code: str) -> str: ...


def entry_for(about: str, details: Mapping[str, Any], places: Lookup, countries: Sequence[str]) -> Entry:
    """The entry that the details of a decision on a name say it means: `place`, an id or a name that one place has, or
    `lat` and `lon`, with `inside` an area and a `precision`.

    Raises LookupError for what is not there, can't be told apart, or is no point on Earth.
    """
    if any(one.level == "country" for one in places.find(about)):
        raise LookupError("that is a country's name; it can't mean another place")
    if details.get("place"):
        return _of_place(str(details["place"]), places, countries)
    if "lat" not in details or "lon" not in details:
        raise LookupError("it says which place the name means; give place, an id or another name of it, or lat and lon")
    lat, lon = _point(details["lat"], 90, "lat"), _point(details["lon"], 180, "lon")
    precision = details.get("precision", PRECISION["place"])
    if precision not in range(1, 8):
        raise LookupError(f"precision is {precision!r}; it is a where_prec of UCDP, 1 exact to 6 a country")
    over = _of_place(str(details["inside"]), places, countries, area=True).path if details.get("inside") else ()
    country = _country_of(over, places, countries)
    identity = hashlib.sha256(f"{about}|{lat}|{lon}".encode()).hexdigest()[:12]
    path = (*(over or ([places.country_name(country)] if country else [])), about)
    return Entry(f"decided:{identity}", about, "place", country, path, lat, lon, 0, precision)


def _of_place(said: str, places: Lookup, countries: Sequence[str], *, area: bool = False) -> Entry:
    known = places.by_id(said)
    if known is not None:
        return known
    found = [one for one in places.find(said, countries=countries)]
    home = [one for one in found if one.country in countries] or found
    home = [one for one in home if one.level != "place"] if area else home
    if len(home) == 1:
        return home[0]
    if not home:
        raise LookupError(f"no place {said!r} is known; give lat and lon")
    there = "; ".join(f"{one.id} ({' > '.join(one.path)}, {one.level})" for one in home[:6])
    raise LookupError(f"several places are called {said!r}; give the id of one as place: {there}")


def _country_of(path: Sequence[str], places: Lookup, countries: Sequence[str]) -> str:
    if path:
        return next((one.country for one in places.find(path[0]) if one.level == "country"), "")
    return countries[0] if len(countries) == 1 else ""


def _point(said: object, limit: int, name: str) -> float:
    if isinstance(said, bool) or not isinstance(said, (int, float)) or not abs(said) <= limit:
        raise LookupError(f"{name} is {said!r}; expected degrees between -{limit} and {limit}")
    return float(said)


def kept(entry: Entry) -> dict[str, Any]:
    """An entry as plain JSON, for a decision to keep."""
    found = asdict(entry)
    middle = list(entry.middle) if entry.middle else None
    return {**found, "path": list(entry.path), "covers": [list(path) for path in entry.covers], "middle": middle}


def entry_of(plain: Mapping[str, Any]) -> Entry:
    """The inverse of `kept`."""
    middle = plain.get("middle")
    covers = tuple(tuple(path) for path in plain.get("covers", ()))
    known = {**plain, "path": tuple(plain["path"]), "covers": covers, "middle": tuple(middle) if middle else None}
    return Entry(**known)


# --- both together --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class WithOwn:
    """The embedded world with a case's own places in it; `digest` tells both."""

    world: Gazetteer
    named: Sequence[Named] = ()
    digests: Sequence[str] = field(default=())

    @property
    def digest(self) -> str:
        return hashlib.sha256("|".join((self.world.digest, *self.digests)).encode()).hexdigest()

    # --- what is asked --------------------------------------------------------------------------------------------

    def find(self, name: str, *, countries: Sequence[str] = ()) -> tuple[Entry, ...]:
        """As Gazetteer.find. What a person decided that a name means stands alone; a place that both have comes once,
        at the team's point.
        """
        return self._find(name, tuple(countries))

    def near(self, name: str, *, countries: Sequence[str]) -> tuple[Entry, ...]:
        """As Gazetteer.near: the case's own places first, then the world's; () rather than a bad guess."""
        return self._near(name, tuple(countries))

    def starts(self, words: Sequence[str]) -> int:
        """As Gazetteer.starts, with the names of the case's own places."""
        known = self.world.starts(words)
        if not words:
            return 0
        most = min(len(words), self._longest.get(normal(words[0]).partition(" ")[0], 0), _LONGEST)
        for length in range(most, known, -1):
            if self._at(" ".join(words[:length])):
                return length
        return known

    def spellings(self, country: str, area: str) -> Spellings:
        """As Gazetteer.spellings, the case's own names among them."""
        return self._spellings(country, area)

    def by_id(self, key: str) -> Entry | None:
        """The entry of an id, the case's own among them; None for one that is not there."""
        return next((one.entry for one in self.named if one.entry.id == key), None) or self.world.by_id(key)

    def country_name(self, code: str) -> str:
        return self.world.country_name(code)

    # --- how it is found ------------------------------------------------------------------------------------------

    @lru_cache(maxsize=50_000)  # noqa: B019  (one lives as long as the case is open)
    def _find(self, name: str, countries: tuple[str, ...]) -> tuple[Entry, ...]:
        own, theirs = self._at(name), self.world.find(name, countries=countries)
        if not own:
            return theirs
        decided = [one.entry for one in own if one.decided]
        if decided:
            return tuple(dict.fromkeys(decided[-1:]))
        mine, rest = _merged([one.entry for one in own], theirs)
        return tuple(sorted(dict.fromkeys((*mine, *rest)), key=lambda entry: rank(entry, countries)))

    def _at(self, name: str) -> tuple[Named, ...]:
        return self._by_form.get(normal(name)) or self._by_form.get(bare(name, loose=True)) or ()

    @cached_property
    def _by_form(self) -> Mapping[str, tuple[Named, ...]]:
        out: dict[str, dict[Named, None]] = defaultdict(dict)
        for one in self.named:
            for form in _forms(one):
                out[form][one] = None
        return {form: tuple(found) for form, found in out.items()}

    @cached_property
    def _longest(self) -> Mapping[str, int]:
        out: dict[str, int] = {}
        for form in self._by_form:
            first = form.partition(" ")[0]
            out[first] = max(out.get(first, 0), form.count(" ") + 1)
            out |= {prefix: max(out.get(prefix, 0), form.count(" ") + 2) for prefix in _ARTICLES}
        return out

    @lru_cache(maxsize=5_000)  # noqa: B019
    def _near(self, name: str, countries: tuple[str, ...]) -> tuple[Entry, ...]:
        theirs = self.world.near(name, countries=countries)
        if normal(name) in self.world.typed.demonyms or len(normal(name)) < SHORTEST:
            return theirs
        for country in countries if len(consonants(normal(name))) > 2 else ():
            found = {match.entry.id: match.entry for match in self.own_spellings(country).same(words(name))}
            if len(found) == 1:  # two places equally near are no answer
                return tuple(found.values())
        return theirs

    @lru_cache(maxsize=30)  # noqa: B019
    def own_spellings(self, country: str, area: str = "") -> Spellings:
        """The same without the world's."""
        kept = [one for one in self.named if one.entry.country == country and _inside(one.entry, area)]
        kept = [one for one in kept if not one.decided]  # a decision is about a name as written, not about the like
        return Spellings([(form, at) for at, one in enumerate(kept) for form in _forms(one)], lambda at: kept[at].entry)

    @lru_cache(maxsize=100)  # noqa: B019
    def _spellings(self, country: str, area: str) -> Spellings:
        theirs, mine = self.world.spellings(country, area), self.own_spellings(country, area)
        numbered = [(name, -1 - at) for name, at in mine.names]
        return Spellings([*theirs.names, *numbered], lambda at: mine.entry(-1 - at) if at < 0 else theirs.entry(at))


_ARTICLES = ("al", "el", "ad", "an", "ar", "as", "ash", "at", "ath", "az")


def _forms(one: Named) -> list[str]:
    """The forms of an entry's names: as listed, and without their articles and words such as "village"."""
    names = [other for name in one.names for other in (name, *listed_names(name))]
    found = [form for name in names for form in (normal(name), bare(name, loose=True))]
    return [form for form in dict.fromkeys(found) if form]


def _inside(entry: Entry, area: str) -> bool:
    return not area or (len(entry.path) > 2 and entry.path[1] == area)


def _merged(own: Sequence[Entry], theirs: Sequence[Entry]) -> tuple[list[Entry], list[Entry]]:
    """The own entries with the people that the world counts in them, and the world's that are none of them."""
    mine, left = [], list(theirs)
    for entry in own:
        same = [one for one in left if _is_same(entry, one)]
        left = [one for one in left if one not in same]
        people = max([entry.population, *(one.population for one in same)])
        mine.append(replace(entry, population=people))
    return mine, left


def _is_same(one: Entry, other: Entry) -> bool:
    if one.id == other.id:
        return True
    placed = one.level == other.level == "place" and one.path[:2] == other.path[:2]
    return placed and distance(one, other) <= _SAME_KM
