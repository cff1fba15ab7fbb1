"""A place as people write it -> where it is, as finely as the names in it allow and no finer.

The name asked for is looked up in the area that is named with it, under its spellings in either script. If nobody lists
it, the place or district named beside it stands for it, less precisely; last, the area itself. It never gets the point
of a namesake elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from math import cos, hypot, radians
from typing import Protocol

from cenotaph.gazetteer.asked import Part, parts, place_words
from cenotaph.gazetteer.entries import PRECISION, Entry
from cenotaph.gazetteer.spellings import SAME, Match, Spellings
from cenotaph.plain.romanised import skeleton_of

KM_A_DEGREE = 111.2
_ONE_TOWN_KM = 12  # from a town's point to its outer quarters
_TOGETHER_KM = 60  # a place and what is named to say where it is lie no further apart
CLEAR = 0.9  # how alike a name must be that only one of two scripts speaks for
_NEXT_DOOR_KM = 80
_SAME_KM = 5  # entries of one name no further apart are one place, listed twice
_NEAR = 2  # UCDP where_prec: within about 25 km of a known place


class Lookup(Protocol):
    """What is looked up in: names to entries, and the names of an area by how they sound."""

    def find(self, name: str, *, countries: Sequence[str] = ()) -> Sequence[Entry]: ...
    def near(self, name: str, *, countries: Sequence[str]) -> Sequence[Entry]: ...
    def spellings(self, country: str, area: str) -> Spellings: ...


@dataclass(frozen=True, slots=True)
class Found:
    """Where a place is: the entry that stands for it, its point, how precise that is (UCDP where_prec), and by which
    rule: "" where its own name is listed so.
    """

    entry: Entry
    lat: float | None
    lon: float | None
    precision: int
    rule: str = ""


SPELT = "spelt nearly so in the gazetteer"
BESIDE = "the place named beside it"
INSIDE = "the place that it is said to lie in"
NEXT_DOOR = "the only place of the name, in the area next to it"
DISTRICT = "its district"
AREA = "its first-level area"


@dataclass(frozen=True)
class _Asked:
    """One question: its parts in each script, and the area and district that it is said to lie in."""

    phrases: tuple[tuple[Part, ...], ...]
    country: str
    area: Entry | None
    seat: Entry | None
    matches: dict[tuple[str, ...], list[Match]] = field(default_factory=dict)


def resolve(names: Sequence[str], places: Lookup, *, country: str, area: str = "", district: str = "") -> Found | None:
    """The place that these names, each a phrase for the same one, mean within a country (ISO code) and its areas.

    None where nothing of it is known, not even the area.
    """
    top = area_of(area, places, country)
    seat = _seat(district, places, country, top) if district else None
    asked = _Asked(tuple(parts(name, place_words()) for name in names if name), country, top, seat)
    return _by_name(asked, places) or _around(asked)


def area_of(name: str, places: Lookup, country: str) -> Entry | None:
    """The first-level area of this name, words such as "governorate" and spellings aside; None for none."""
    for part in parts(name, place_words()):
        for words in part.names:
            for found in (places.find(" ".join(words), countries=(country,)), _like_area(words, places, country)):
                areas = [one for one in found if one.level == "admin1" and one.country == country]
                if areas:
                    return areas[0]
    return None


def _like_area(words: Sequence[str], places: Lookup, country: str) -> list[Entry]:
    return [one.entry for one in places.spellings(country, "").like(words) if one.entry.level == "admin1"]


def _seat(district: str, places: Lookup, country: str, area: Entry | None) -> Entry | None:
    """The district's own entry, else the town that it is run from and mostly called after."""
    known = place_words()
    for part in parts(district, known):
        for words in part.names:
            town = known.seats.get((country, skeleton_of(known.spelled(words).heard)))
            found = places.find(town or " ".join(words), countries=(country,))
            inside = [one for one in found if _in(one, country, area)]
            inside = inside or [one.entry for one in _spelt(words, places, country, area)]
            if inside:
                return next((one for one in inside if one.level != "admin1"), inside[0])
    return None


def _in(entry: Entry, country: str, area: Entry | None) -> bool:
    if entry.country != country or entry.level in ("country", "region"):
        return False
    return area is None or entry.path[: len(area.path)] == area.path


# --- by its name ------------------------------------------------------------------------------------------------------


def _by_name(asked: _Asked, places: Lookup) -> Found | None:
    """The entry of the name asked for, of what it lies in, or of what is in its words, in this order."""
    firsts = [part for phrase in asked.phrases for part in phrase if part.first]
    if asked.area is not None and any(part.kind == "governorate" for part in firsts):
        return None  # "eastern ... governorate" is somewhere in it
    others = [part for phrase in asked.phrases for part in phrase if not part.first]
    quarter = any(part.kind in ("inside", "site") for part in firsts)
    named = [match.entry for part in others for match in _matches(part, asked, places)[:3]]
    towns = [one for one in named if quarter or not _called_as_area(one, asked)]
    own = _best(firsts, asked, places, towns) or _next_door(firsts, asked, places)
    if own is not None:
        return own
    for part in others:
        found = _matches(part, asked, places)
        if found:
            return _standing_in(_closest(found, asked, ()).entry, BESIDE if part.beside else INSIDE)
    inner = _within_words(firsts, asked, places)
    return _standing_in(inner, BESIDE) if inner else None


def _called_as_area(entry: Entry, asked: _Asked) -> bool:
    """ "Kafr Tal, Homs": the town after a comma may stand for the area that is called after it."""
    return asked.area is not None and entry.level == "place" and distance(entry, asked.area) < 1


def _next_door(firsts: Sequence[Part], asked: _Asked, places: Lookup) -> Found | None:
    """The one place of that name in the country, where it lies just outside the area that it is said to lie in.

    Recorders and reporters take the wrong side of a border between areas, never the other end of the country.
    """
    if asked.area is None or any(part.kind in ("inside", "site") for part in firsts):
        return None
    found = {
        match.entry.id: match.entry
        for part in firsts
        for words in part.names[-1:]
        for match in places.spellings(asked.country, "").same(words)
        if match.entry.level == "place"
    }
    entry = next(iter(found.values()), None)
    if entry is None or any(distance(entry, other) > _SAME_KM for other in found.values()):
        return None
    if min(_far(entry, asked.area), _far(entry, asked.seat)) > _NEXT_DOOR_KM:
        return None
    return _standing_in(entry, NEXT_DOOR)


def _far(entry: Entry, area: Entry | None) -> float:
    """Kilometres from an area's point or its middle, whichever is nearer."""
    if area is None:
        return float("inf")
    middle = replace(area, lat=area.middle[0], lon=area.middle[1]) if area.middle else area
    return min(distance(entry, area), distance(entry, middle))


def _best(firsts: Sequence[Part], asked: _Asked, places: Lookup, towns: Sequence[Entry]) -> Found | None:
    found: dict[str, list[Match]] = {}
    for part in firsts:
        for match in _matches(part, asked, places):
            if _allowed(part, match, towns):
                found.setdefault(match.entry.id, []).append(match)
    best = [max(some, key=lambda match: match.alike) for some in found.values()]
    best = [match for match in best if match.alike >= CLEAR or len(found[match.entry.id]) == len(firsts)]
    if not best:
        return None
    match = _closest(best, asked, towns)
    rule = "" if match.alike >= SAME else SPELT
    return _as_said(match.entry, rule, firsts, asked)


def _as_said(entry: Entry, rule: str, firsts: Sequence[Part], asked: _Asked) -> Found:
    """The entry as precisely as the words for its kind allow: "X district" and "X hospital" are not the point of X."""
    if any(part.kind in ("district", "below") for part in firsts):
        return Found(entry, entry.lat, entry.lon, PRECISION["admin2"], DISTRICT)
    whole = [match.entry for part in firsts for match in asked.matches.get(part.names[0], ())]
    part_of = all(part.kind in ("site", "around") for part in firsts) and entry not in whole
    if part_of or all(part.beside for part in firsts):
        return _standing_in(entry, BESIDE)
    if entry.level != "place":
        return _standing_in(entry, rule)
    return Found(entry, entry.lat, entry.lon, entry.precision, rule)


def _allowed(part: Part, match: Match, towns: Sequence[Entry]) -> bool:
    """Whether a quarter or a building may be this entry: only close by, where its town is named too."""
    if not towns:
        return True
    limit = _ONE_TOWN_KM if part.kind in ("inside", "site") else _TOGETHER_KM
    return any(distance(match.entry, town) <= limit for town in towns)


def _closest(found: Sequence[Match], asked: _Asked, towns: Sequence[Entry]) -> Match:
    """The likest; of those about as like, the one nearest to what is named with it, then the larger."""
    best = max(match.alike for match in found)
    alike = [match for match in found if match.alike > best - 0.05]
    anchors = [*towns, *([asked.seat] if asked.seat else [])]
    return min(
        alike,
        key=lambda match: (
            round(min((distance(match.entry, one) for one in anchors), default=0.0) / 5),
            -round(match.alike, 2),
            not match.entry.id.startswith("own:"),  # the team's own list rather than the world's
            -match.entry.population,
            match.entry.id,
        ),
    )


def _matches(part: Part, asked: _Asked, places: Lookup) -> list[Match]:
    """The entries in the area that a part may be called after: under its whole name, else without words for kinds."""
    for words in part.names:
        if words not in asked.matches:
            asked.matches[words] = _spelt(words, places, asked.country, asked.area)
        if asked.matches[words]:
            return asked.matches[words]
    return []


def _spelt(words: Sequence[str], places: Lookup, country: str, area: Entry | None) -> list[Match]:
    return places.spellings(country, area.name if area else "").like(words)


def _within_words(firsts: Iterable[Part], asked: _Asked, places: Lookup) -> Entry | None:
    """The longest listed name among the words of an unlisted one: "Tabqa dam barracks" is at Tabqa."""
    parts_of = [part for part in firsts if part.kind in ("site", "inside", "around")]
    runs = sorted({run for part in parts_of for run in _runs(part.names[0])}, key=lambda run: (-len(run), run))
    for run in runs:
        found = places.spellings(asked.country, asked.area.name if asked.area else "").same(run)
        if found:
            return _closest(found, asked, ()).entry
    return None


def _runs(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    known = place_words()
    for length in range(len(words) - 1, 0, -1):
        for start in range(len(words) - length + 1):
            run = tuple(words[start : start + length])
            if any(len(word) > 3 and word not in known.families and word not in known.kinds for word in run):
                yield run


# --- by what is around it ---------------------------------------------------------------------------------------------


def _standing_in(entry: Entry, rule: str) -> Found:
    precision = (
        max(_NEAR, min(entry.precision + 1, PRECISION["country"])) if entry.level == "place" else entry.precision
    )
    return Found(entry, entry.lat, entry.lon, precision, rule)


def _around(asked: _Asked) -> Found | None:
    if asked.seat is not None:
        return Found(asked.seat, asked.seat.lat, asked.seat.lon, PRECISION["admin2"], DISTRICT)
    if asked.area is not None:
        return Found(asked.area, asked.area.lat, asked.area.lon, PRECISION["admin1"], AREA)
    return None


def distance(one: Entry, other: Entry) -> float:
    """Kilometres between two entries, on a flat map: fine within a country. Far away where one has no point."""
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return float("inf")
    east = (one.lon - other.lon) * cos(radians(other.lat))
    return KM_A_DEGREE * hypot(one.lat - other.lat, east)
