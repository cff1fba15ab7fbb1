"""Totals of one root, one set within the other: the part is no larger than a whole that is not older."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from cenotaph.calculus import Comparison, Relation, judged, relate
from cenotaph.reconcile.arithmetic import shown
from cenotaph.reconcile.order import Finding, problem, statement
from cenotaph.reconcile.series import Figure, Series
from cenotaph.vocabulary import Check

__all__ = ["Held", "containment_findings", "holding"]


@dataclass(frozen=True, slots=True)
class Held:
    """A vintage that lies in a vintage of a wider series of its root, which is not older: (series, step) of both."""

    part: tuple[int, int]
    whole: tuple[int, int]
    sets: Comparison

    @property
    def steps(self) -> tuple[int, int, int, int]:
        return (*self.part, *self.whole)


def holding(series: Sequence[Series]) -> Iterator[Held]:
    """Every part and whole of one root, with the vintages that can be compared."""
    roots: dict[tuple[object, ...], list[int]] = {}
    for at, one in enumerate(series):
        if one.told.total and one.cumulative:
            first = one.told.tellings[0]
            roots.setdefault((one.root, str(first.scope.harm), first.quantity.unit), []).append(at)
    for ours in roots.values():
        for part in ours:
            for whole in ours:
                if part != whole:
                    yield from _within(series, part, whole)


def _within(series: Sequence[Series], part: int, whole: int) -> Iterator[Held]:
    sets = relate(series[part].told.scope, series[whole].told.scope, same_root=True)
    if sets.relation is not Relation.WITHIN:
        return
    for step, small in enumerate(series[part].figures):
        for later, big in enumerate(series[whole].figures):
            if _not_later(small, big):
                yield Held((part, step), (whole, later), sets)


def _not_later(small: Figure, big: Figure) -> bool:
    """Known only where the whole's day is its root's own; a relay may be any number of days behind."""
    days = (small.vintage.day, big.vintage.day)
    return big.stated and days[0] is not None and days[1] is not None and days[0] <= days[1]


def containment_findings(series: Sequence[Series], nested: Iterable[Held]) -> Iterator[Finding]:
    """The first contradiction of each part and whole, as the table of the calculus judges the two."""
    told: set[tuple[int, int]] = set()
    for held in nested:
        pair = (held.part[0], held.whole[0])
        small, big = series[held.part[0]].figures[held.part[1]], series[held.whole[0]].figures[held.whole[1]]
        if pair in told or big.vintage.interval.count.may_hold(small.vintage.interval.count):
            continue
        scopes = (series[held.part[0]].told.scope, series[held.whole[0]].told.scope)
        if judged(statement(small, scopes[0]), statement(big, scopes[1])).verdict == "contradiction":
            told.add(pair)
            yield _larger(small, big, held.sets)


def _larger(small: Figure, big: Figure, sets: Comparison) -> Finding:
    said = f"{shown(small.vintage.interval.count)} within {shown(big.vintage.interval.count)}"
    what = f"{sets.opener}{said}: the part is larger than a whole of the same root that is not older"
    claims = (big.first.id, small.first.id)
    check = Check("a part is no larger than its whole", "contradiction", what, claims, sets.assumed)
    return check, problem("contradiction", what, small.first, claims, "whether the one set lies in the other")
