"""By what a search can be narrowed: what there is in a case, the most frequent first; nobody who is hidden."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from cenotaph.desk import Desk, tables
from cenotaph.desk.kept import kept, kept_of_said

__all__ = ["Choices", "choices"]

MOST = 150


@dataclass(frozen=True, slots=True)
class Choices:
    harms: Sequence[str]
    statuses: Sequence[str]
    roots: Sequence[str]
    outlets: Sequence[str]
    places: Sequence[str]
    languages: Sequence[str]


def choices(desk: Desk, *, unmasked: bool = False) -> Choices:
    """What people can choose from in the fields of a search."""

    def make() -> Choices:
        found = kept_of_said(desk, "choices", lambda: _all(desk))
        if unmasked:
            return found
        words = desk.veil.words
        shown = [[one for one in some if words(one) == one][:MOST] for some in (found.roots, found.outlets)]
        return Choices(found.harms, found.statuses, shown[0], shown[1], found.places, found.languages)

    return kept(desk, ("choices", unmasked), make)


def _all(desk: Desk) -> Choices:
    days, roots, carriers = tables.days.c, tables.roots.c, tables.carriers.c
    places, reports, claims = tables.places.c, tables.reports.c, tables.claims.c
    harms = desk.rows(_most(days.harm, sa.func.sum(days.claims)), scalars=True)
    single = dict.fromkeys(code for harm in harms for code in str(harm).split(" or "))
    named = sa.select(roots.root).where(roots.named == 1).order_by(roots.claims.desc()).limit(3 * MOST)
    paths = sa.select(places.path).join(tables.days, days.place == places.place).where(places.path != "")
    paths = paths.group_by(places.path).order_by(sa.func.sum(days.claims).desc()).limit(3 * MOST)
    return Choices(
        list(single),
        [one for one in map(str, desk.rows(_most(claims.status), scalars=True)) if one],
        [str(one) for one in desk.rows(named, scalars=True)],
        [str(one) for one in desk.rows(_most(carriers.outlet, sa.func.sum(carriers.claims)), scalars=True) if one],
        _with_outer([str(one) for one in desk.rows(paths, scalars=True)]),
        [str(one) for one in desk.rows(_most(reports.language), scalars=True) if one],
    )


def _most(column: sa.ColumnElement[str], weight: sa.ColumnElement[int] | None = None) -> sa.Select[Any]:
    by = sa.func.count() if weight is None else weight
    return sa.select(column).group_by(column).order_by(by.desc()).limit(3 * MOST)


def _with_outer(paths: Sequence[str]) -> list[str]:
    """Paths of places, and of the areas and countries that they lie in."""
    found: dict[str, None] = {}
    for path in paths:
        steps = path.split(" > ")
        for length in range(1, len(steps) + 1):
            found.setdefault(" > ".join(steps[:length]))
    return sorted(found)[: 3 * MOST]
