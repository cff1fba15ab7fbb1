"""How two places lie: by what each is known to take in, and by what is known to hold all of it.

A town or a province is what its path says. A region takes in what it covers, but where it ends nobody fixed: "the
coast" of one report may reach into the next province. "Near Baniyas" and a place that no gazetteer knows lie somewhere
in what is around them. So *within* and *disjoint* are said only where they hold wherever such a border runs.
"""

from __future__ import annotations

from itertools import takewhile

from cenotaph.calculus.relation import Relation
from cenotaph.calculus.sites import is_site
from cenotaph.vocabulary import Place

__all__ = ["places"]

Path = tuple[str, ...]

VAGUE = (2, 5)
"""UCDP where_prec of a place known only by what it is near, and of one without a border."""


def places(a: Place, b: Place, *, same_root: bool) -> Relation:
    """How two places lie; what cannot be known from their paths is equal only as the same words of one root.

    >>> town, land = (Place(path[-1], path[-1], path=path, precision=1) for path in [("Land", "Town"), ("Land",)])
    >>> str(places(town, land, same_root=False))
    'within'
    """
    if same_root and _named(a) == _named(b):
        return Relation.EQUAL
    if a.of != b.of or a.of == "unclear" or not a.path or not b.path:
        return Relation.UNKNOWN
    if not _is_vague(a) and not _is_vague(b) and (a.path, set(a.covers)) == (b.path, set(b.covers)):
        return Relation.EQUAL
    inside, outside = _holds(b, a), _holds(a, b)
    if inside or outside:
        return Relation.EQUAL if inside and outside else Relation.WITHIN if inside else Relation.CONTAINS
    apart = not any(_meet(one, other) for one in _around(a) for other in _around(b))
    return Relation.DISJOINT if apart else Relation.UNKNOWN


def _named(place: Place) -> tuple[object, ...]:
    """The value without its spelling in the text, which only counts where no gazetteer knows the place."""
    words = "" if place.name else place.words.casefold()
    return (words, place.name, place.id, place.path, place.precision, place.of, place.covers, place.near)


def _is_vague(place: Place) -> bool:
    return not place.name or (place.precision in VAGUE and not place.covers and not is_site(place))


def _takes_in(place: Place) -> tuple[Path, ...]:
    """Paths that lie in the place for certain."""
    return () if _is_vague(place) else place.covers or (place.path,)


def _around(place: Place) -> tuple[Path, ...]:
    """Paths that together hold all of the place for certain; () alone is the world."""
    if not place.name:
        return place.covers or (place.path,)
    if not place.covers:
        return (place.path[:-1] if _is_vague(place) else place.path,)
    listed = all(path[: len(place.path)] == place.path for path in place.covers)
    return place.covers if listed else (_in_common(place.path[:-1], *place.covers),)


def _in_common(*paths: Path) -> Path:
    return tuple(names[0] for names in takewhile(lambda names: len(set(names)) == 1, zip(*paths, strict=False)))


def _holds(outer: Place, inner: Place) -> bool:
    big = _takes_in(outer)
    return all(any(path[: len(one)] == one for one in big) for path in _around(inner))


def _meet(one: Path, other: Path) -> bool:
    shorter = min(len(one), len(other))
    return one[:shorter] == other[:shorter]
