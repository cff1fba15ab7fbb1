"""Places that pages would show by one name, told apart by what is known of them, and by no more than that takes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

import sqlalchemy as sa

from cenotaph.case import cache
from cenotaph.case.own_places import OwnPlaces
from cenotaph.desk import Desk, tables
from cenotaph.desk.kept import kept, kept_of_said
from cenotaph.gazetteer import Gazetteer
from cenotaph.gazetteer.own import WithOwn
from cenotaph.publish.veil import Veil
from cenotaph.vocabulary import Place

__all__ = ["KINDS", "Fact", "Facts", "apart", "as_shown", "incidents_apart", "places", "shown", "told_apart", "world"]

KINDS = ("in", "precision", "near", "district", "reported", "point", "id")
"""What may tell a place apart, in the order in which it is tried: the names of what holds it; how exactly it is known;
the words of which it is only the nearest name; its district by the gazetteer; the words of a report, for one that no
gazetteer has; degrees, north and east; its key in the tables.
"""


class Fact(NamedTuple):
    """One of KINDS with its value, in words or in digits."""

    kind: str
    value: str


Facts = Sequence[Fact]
Places = Gazetteer | WithOwn


def apart(desk: Desk) -> Mapping[str, Facts]:
    """By the key of a place what tells it from others that have its name and lie in the same; none for all others."""
    return kept_of_said(desk, "apart", lambda: told_apart(places(desk), _whole, world(desk), KINDS[1:]))


def incidents_apart(desk: Desk) -> Mapping[str, Facts]:
    """The same for places whose name alone stands in the titles of incidents."""

    def make() -> Mapping[str, Facts]:
        held, table = places(desk), tables.incidents.c
        keys = desk.rows(sa.select(table.place).where(table.place != "").distinct(), scalars=True)
        return told_apart({key: held[key] for key in map(str, keys) if key in held}, _name, world(desk))

    return kept(desk, "incidents apart", make)


def as_shown(place: Place, veil: Veil | None) -> Place:
    """A place as it may be shown: one that no gazetteer has goes by words of a report."""
    if veil is None or place.id:
        return place
    path = tuple(map(veil.words, place.path))
    return replace(place, words=veil.words(place.words), name=veil.words(place.name), path=path)


def shown(facts: Facts, veil: Veil | None) -> Facts:
    """The same with the words of reports as they may be shown."""
    if veil is None:
        return facts
    return [Fact(kind, veil.words(value) if kind in ("near", "reported") else value) for kind, value in facts]


def places(desk: Desk) -> Mapping[str, Place]:
    """All places that claims and incidents name, by their key in the tables."""

    def make() -> Mapping[str, Place]:
        rows = desk.rows(sa.select(tables.places.c.place, tables.places.c.data))
        return {str(row["place"]): cache.unpacked(Place, row["data"]) for row in rows}

    return kept_of_said(desk, "places", make)


def world(desk: Desk) -> Places:
    """The gazetteer with the case's own places, by the decisions that are in hand already."""
    case = desk.case
    return kept(desk, "world", lambda: OwnPlaces.of(case.settings, case.folder, desk.history.all).places())


def told_apart(
    held: Mapping[str, Place], called: Callable[[Place], Any], known: Places | None = None,
    kinds: Sequence[str] = KINDS,
) -> Mapping[str, Facts]:  # fmt: skip
    """By key, what of these kinds tells each place apart from others that are `called` the same.

    >>> homs, city = Place("", "Homs", path=("Syria", "Homs"), precision=4), Place("", "Homs", path=("Syria", "Homs"))
    >>> told_apart({"a": homs, "b": city, "c": Place("", "Hama")}, _name)
    {'a': (Fact(kind='precision', value='4'),), 'b': (Fact(kind='precision', value='6'),)}
    """
    alike: dict[Any, list[str]] = defaultdict(list)
    for key, place in held.items():
        alike[called(place)].append(key)
    return {
        key: facts
        for keys in alike.values()
        if len(keys) > 1
        for key, facts in zip(keys, _facts({key: held[key] for key in keys}, known, kinds), strict=True)
        if facts
    }


def _facts(some: Mapping[str, Place], known: Places | None, kinds: Sequence[str]) -> list[Facts]:
    """Of each of these places the fewest of its facts, from the first kind on, that leave no two alike."""
    told: list[tuple[Fact, ...]] = [() for _ in some]
    for kind in kinds:
        more = [Fact(kind, _fact(kind, key, place, known)) for key, place in some.items()]
        with_it = [(*facts, one) for facts, one in zip(told, more, strict=True)]
        if len(set(with_it)) > len(set(told)):
            told = with_it
        if len(set(told)) == len(some):
            break
    return [tuple(one for one in facts if one.value) for facts in told]


def _fact(kind: str, key: str, place: Place, known: Places | None) -> str:
    match kind:
        case "in":
            return " > ".join(_within(place))
        case "precision":
            return str(place.precision) if place.path else ""
        case "near":
            return place.words if place.near else ""
        case "district":
            return _district(place, known) if known is not None and place.id else ""
        case "reported":
            return "" if place.id else place.words
        case "point":
            return "" if place.lat is None or place.lon is None else f"{place.lat:.2f}, {place.lon:.2f}"
        case _:
            return key


def _district(place: Place, known: Places) -> str:
    """The second-level area in which the gazetteer lists it."""
    entry = known.by_id(place.id)
    below = known.by_id(entry.below) if entry is not None and entry.below else None
    return below.path[-1] if below is not None and below.path else ""


def _whole(place: Place) -> tuple[str, ...]:
    """What a page shows of it: its name and what holds it, each name once."""
    return tuple(dict.fromkeys(name for name in (place.name, *reversed(place.path)) if name)) or (place.words,)


def _name(place: Place) -> str:
    return place.name or place.words


def _within(place: Place) -> Collection[str]:
    own = place.name or place.words
    return [name for name in dict.fromkeys(reversed(place.path)) if name and name != own]
