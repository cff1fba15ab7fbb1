"""What a scope means: the people in it, out of a small world in which every kind of person stands everywhere.

A person has harms, labels that voices use, a place and a day on each clock, the means, and all who did it. A set of
people is a box: for each of these a bit mask of the values that are in. Where a border is fixed by nobody (a region,
"near Harbour", an open place) it is drawn at random, in several ways, each within what is known of it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import cache, reduce
from itertools import combinations, product
from operator import or_
from random import Random

from bench.laws.made import DAYS, FACETS, KINDS, PARTIES, WAYS
from cenotaph.vocabulary import Group, Means, Party, Period, Place, Scope

__all__ = ["Box", "apart", "meaning", "within"]

Box = dict[str, int]
Labels = tuple[frozenset[str], ...]

POINTS = (
    ("Land", "West", "Harbour"), ("Land", "West", "hills"), ("Land", "North", "quay"), ("Land", "East", "Ford"),
    ("Land", "East", "woods"), ("Land", "South", "plain"), ("Other", "Town"), ("Other", "fields"),
)  # fmt: skip
CALENDAR = (DAYS[0] - dt.timedelta(1), *DAYS, DAYS[-1] + dt.timedelta(1))
HARMS = ("killed", "injured", "missing")


def _labels(values: Iterable[str], most: int) -> list[frozenset[str]]:
    """Each choice of up to so many of the labels, none included."""
    values = tuple(values)
    return [frozenset(some) for size in range(most + 1) for some in combinations(values, size)]


STATUSES = [
    *_labels(("civilian",), 1),
    *(frozenset(some) for some in (
        {"armed group"}, {"armed forces"}, {"security forces"}, {"armed forces", "security forces"}, {"unknown"},
        {"protected person"}, {"protected person", "civilian"}, {"protected person", "armed group"},
        {"unknown", "civilian"},
    )),
]  # fmt: skip
AGES = [frozenset(some) for some in (set(), {"child"}, {"adult"}, {"adult", "elderly"})]
PEOPLE: list[Labels] = list(
    product(
        STATUSES, _labels(FACETS["affiliation"], 2), _labels(FACETS["identity"], 2),
        _labels(FACETS["sex"], 1), AGES, _labels(KINDS, 1),
    )
)  # fmt: skip
HARMED = _labels(HARMS, 3)[1:]
DOERS = _labels((f"{one.words}/{one.degree}" for one in PARTIES), 3)
MEANS = tuple(dict.fromkeys((one.code, "" if one.code else one.words, one.direct) for one in WAYS))
SIZES = {
    "harm": len(HARMED), "group": len(PEOPLE), "means": len(MEANS), "parties": len(DOERS),
    "place": len(POINTS), "period": len(CALENDAR),
}  # fmt: skip


def meaning(scope: Scope, *, drawn: int, root: str) -> Box:
    """The people whom a scope takes in. Borders are drawn in one of several ways, those of open and vague words for
    each root anew.
    """
    place, period = scope.place, scope.period
    box = {
        "harm": _harms(scope.harm.codes),
        "group": _people(scope.group, drawn, root) & ~_left_out(scope.exclusions),
        "parties": _doers(scope.parties),
        f"place {place.of if place else 'open'}": _points(place, drawn, root),
        f"period {period.of if period else 'open'}": _days(period, drawn, root),
    }
    return box if scope.means is None else {**box, "means": _ways(scope.means)}


def within(a: Box, b: Box) -> bool:
    """Whether everybody in the one is in the other."""
    return not all(a.values()) or all(a.get(name, _all(name)) & ~mask == 0 for name, mask in b.items())


def apart(a: Box, b: Box) -> bool:
    """Whether nobody is in both."""
    return not all(a.values()) or not all(b.values()) or any(a[name] & b[name] == 0 for name in a.keys() & b.keys())


def _all(name: str) -> int:
    return (1 << SIZES[name.split()[0]]) - 1


def _mask(bits: Iterable[bool]) -> int:
    return sum(1 << at for at, bit in enumerate(bits) if bit)


def _drawn(inside: int, around: int, *key: object) -> int:
    """All that is inside, and at random some of what is around."""
    return inside | (around & Random(repr(key)).getrandbits(around.bit_length() + 1))


# --- one dimension after the other ----------------------------------------------------------------------------------


@cache
def _harms(codes: tuple[str, ...]) -> int:
    return _mask(bool(one & set(codes)) for one in HARMED)


def _people(group: Group, drawn: int, root: str) -> int:
    """Open: nobody knows whom. A name says who they are, without saying what they are."""
    everyone = _of_kind(group.facets)
    if group == Group():
        return _drawn(0, everyone, "people", drawn, root)
    return everyone & _drawn(0, _all("group"), group.names, drawn) if group.names else everyone


@cache
def _of_kind(facets: tuple[str, ...]) -> int:
    return _mask(
        all(not facet or facet in has for facet, has in zip(facets, person, strict=False)) for person in PEOPLE
    )


@cache
def _left_out(groups: tuple[Group, ...]) -> int:
    return reduce(or_, (_kind(group) for group in groups), 0)


def _kind(group: Group) -> int:
    return _people(group, 0, "") if any(group.facets) else _mask(group.words in one[-1] for one in PEOPLE)


@cache
def _doers(parties: tuple[Party, ...]) -> int:
    return _mask(one >= {f"{party.words}/{party.degree}" for party in parties} for one in DOERS)


@cache
def _ways(means: Means) -> int:
    return _mask(one == (means.code, "" if means.code else means.words, means.direct) for one in MEANS)


@cache
def _points(place: Place | None, drawn: int, root: str) -> int:
    """A region takes in what it covers, and whatever lies beside that in its country; its border is one for all."""
    if place is None or not place.path:
        return _drawn(0, _all("place"), place and place.words, drawn, root)
    if not place.name:
        return _drawn(0, reduce(or_, map(_below, place.covers or (place.path,))), place.words, drawn, root)
    if place.covers:
        inside = reduce(or_, map(_below, place.covers))
        return inside if place.path == ("Land",) else _drawn(inside, _below(place.path[:-1]), place.name, drawn)
    if place.precision in (2, 5):
        return _drawn(0, _below(place.path[:-1]), place.name, place.precision, place.near, drawn, root)
    return _below(place.path)


def _below(path: tuple[str, ...]) -> int:
    return _mask(point[: len(path)] == path for point in POINTS)


@cache
def _days(period: Period | None, drawn: int, root: str) -> int:
    if period is None or period.of == "unclear" or (period.start is None and period.end is None):
        return _drawn(0, _all("period"), period, drawn, root)
    start, end = period.start or CALENDAR[0], period.end or CALENDAR[-1]
    return _mask(start <= day <= end for day in CALENDAR)
