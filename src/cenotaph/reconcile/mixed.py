"""A report that sets a root's newer figure beside figures of an older day: each may be right, their sum is no day's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from cenotaph.reconcile.arithmetic import shown
from cenotaph.reconcile.order import Finding, problem
from cenotaph.reconcile.series import Series
from cenotaph.reconcile.siblings import grouped
from cenotaph.reconcile.told import Telling
from cenotaph.vocabulary import Check

__all__ = ["mixed_findings"]

Place = tuple[int, int]
"""A figure's place: which series, which of its figures."""


def mixed_findings(tellings: Sequence[Telling], series: Sequence[Series]) -> Iterator[Finding]:
    """For each report and root, once: figures that in another report stood beside an older one of the same series.

    Not where the root itself said them all on one day.
    """
    placed = _placed(series)
    totals = [one for one in tellings if one.total and one.scope.group.status and not one.whole]
    retold = {one.replaces for one in totals}  # a report that tells what its root took back sets nothing beside it
    totals = [one for one in totals if one.id not in retold]
    reports = grouped(totals, lambda one: (one.report.id, one.root, str(one.scope.harm)))
    beside = _beside([[placed[one.id] for one in siblings] for siblings in reports])
    for siblings in reports:
        mixed = [(one, [other for other in siblings if _older(other, one, placed, beside)]) for one in siblings]
        newer, stale = max(mixed, key=lambda pair: (len(pair[1]), pair[0].interval.low, pair[0].id))
        if stale:
            yield _finding(newer, stale)


def _placed(series: Sequence[Series]) -> dict[str, Place]:
    return {
        claim: (number, step)
        for number, one in enumerate(series)
        for step, figure in enumerate(one.figures)
        for claim in figure.vintage.claims
    }


def _beside(reports: Sequence[Sequence[Place]]) -> dict[Place, set[Place]]:
    found: dict[Place, set[Place]] = {}
    for places in reports:
        for place in places:
            found.setdefault(place, set()).update(other for other in places if other[0] != place[0])
    return found


def _older(other: Telling, newer: Telling, placed: Mapping[str, Place], beside: Mapping[Place, set[Place]]) -> bool:
    """Whether the other figure stood, in some report, beside an earlier figure of the newer one's series."""
    stated = ("as of", "said")
    said_together = other.day == newer.day and other.dated in stated and newer.dated in stated
    number, step = placed[newer.id]
    earlier = any(one == number and at < step for one, at in beside[placed[other.id]])
    return earlier and not said_together and placed[other.id][0] != number


def _finding(newer: Telling, stale: Sequence[Telling]) -> Finding:
    old = " and ".join(one.quantity.words or shown(one.interval.count) for one in stale)
    what = f"{newer.quantity.words} beside {old}, which stood with an earlier figure: not of one day, no sum"
    check = Check(
        "figures of one report are of one day", "mixed vintages", what, (newer.id, *(one.id for one in stale))
    )
    return check, problem("mixed vintages", what, newer, check.claims, "the day of each figure")
