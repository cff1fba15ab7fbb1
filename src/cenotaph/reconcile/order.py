"""What the order of a root's figures tells: growth, a fall, two figures for one day, a relay behind its root."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

from cenotaph.calculus import Statement, judged
from cenotaph.reconcile.series import Figure, Series
from cenotaph.reconcile.told import Telling
from cenotaph.vocabulary import Check, Problem, Scope

__all__ = ["Finding", "order_findings", "problem", "statement"]

Finding = tuple[Check, Problem | None]
"""A piece of arithmetic, and what a person should look at because of it."""


def order_findings(series: Series) -> Iterator[Finding]:
    """Growth, drops, contradictions and stale relays of one series: checks, and problems where a person must look."""
    if not series.cumulative:
        return
    yield from _growth(series.figures)
    yield from _falls(series.figures, series.told.scope)
    stated = [at for at, one in enumerate(series.figures) if one.stated]
    told = {one.replaces for one in series.told.tellings}
    for at, one in enumerate(series.figures):
        for telling in one.tellings:
            if telling.id not in told:  # who tells that a figure was replaced doesn't repeat it
                yield from _stale(telling, at, series.figures, stated)


def _growth(series: Sequence[Figure]) -> Iterator[Finding]:
    if len(series) > 1 and series[-1].vintage.interval.low > series[0].vintage.interval.low:
        steps = " -> ".join(_shown(one) for one in series)
        what = f"{steps}: growth of a record, not a range and not deaths of those days"
        yield Check("one root, one set, later figures", "growth", what, _claims(series)), None


def _falls(series: Sequence[Figure], scope: Scope) -> Iterator[Finding]:
    """Each figure against the highest before it; a floor between two figures hides no fall."""
    highest = series[0]
    for later in series[1:]:
        yield from _fall(highest, later, scope)
        if _revises(later) or later.vintage.interval.low > highest.vintage.interval.low:
            highest = later


def _revises(figure: Figure) -> bool:
    """Whether any report tells that the root put this figure in the place of another."""
    return any(one.replaces is not None for one in figure.tellings)


def _fall(earlier: Figure, later: Figure, scope: Scope) -> Iterator[Finding]:
    """What the table of the calculus says of two figures of one series that do not meet, in words with their days."""
    if earlier.vintage.interval.count.admits(later.vintage.interval.count):
        return
    claims = (earlier.first.id, later.first.id)
    before = replace(statement(earlier, scope), replaces=False)  # what it replaced itself stands before it
    verdict = judged(before, statement(later, scope)).verdict
    if verdict == "revision" and not _grown(earlier, later):
        what = f"{_shown(earlier)} -> {_shown(later)}"
        yield Check("a figure that its root replaced", "revision", what, claims), None
    elif verdict == "contradiction":
        what = f"one report gives {_shown(earlier)} and {_shown(later)} for the same people and day"
        check = Check("one root, one set, one day", "contradiction", what, claims)
        yield check, problem("contradiction", what, later.first, claims, "which figure the root gave")
    elif verdict == "unexplained drop":
        what = f"{_shown(later)} is below {_shown(earlier)}, which the same root had already on record"
        check = Check("a cumulative harm does not fall", "unexplained drop", what, claims)
        yield check, problem("unexplained drop", what, later.first, claims, "a revision by the root, or another set")


def _grown(earlier: Figure, later: Figure) -> bool:
    """ "The total rose to 973; it had been 830": a running total that went on to count, and nothing was corrected."""
    totals = all(one.first.claim.reach == "running total" for one in (earlier, later))
    return totals and later.vintage.interval.low > earlier.vintage.interval.low


def statement(figure: Figure, scope: Scope) -> Statement:
    """A figure of a series as the table judges it: its set is that of the series."""
    first = figure.first
    return Statement(
        str(first.root), scope, figure.vintage.interval.count, figure.vintage.day, own_day=figure.stated,
        told=first.report.id, stock=first.stock, replaces=_revises(figure),
    )  # fmt: skip


def _stale(telling: Telling, at: int, series: Sequence[Figure], stated: Sequence[int]) -> Iterator[Finding]:
    """A relay that repeats an older figure after its root had a larger one on record, or had taken it back."""
    if telling.dated != "relayed" or telling.day is None:
        return
    newer = _on_record(telling.day, at, series, stated)
    if newer is not None:
        said = telling.quantity.words or _shown(series[at])
        what = f"{said}, relayed {telling.day}, when the root had {_shown(newer)}"
        claims = (telling.id, newer.first.id)
        check = Check("a relay is no newer than its root", "stale relay", what, claims)
        yield check, problem("stale relay", what, telling, claims, "the day of the root's statement")


def _on_record(day: dt.date, at: int, series: Sequence[Figure], stated: Sequence[int]) -> Figure | None:
    """The last figure stated before a day that comes after the one at hand and is larger; stated days only rise.

    A smaller one only where the root has revised its figure since.
    """
    last = bisect_left(stated, day, key=lambda one: series[one].vintage.day or day) - 1
    for number in range(last, -1, -1):
        if stated[number] <= at:
            return None
        newer = series[stated[number]]
        if newer.vintage.interval.low > series[at].vintage.interval.low:
            return newer
        if _revises(newer):
            return series[stated[last]]
    return None


def problem(kind: str, what: str, telling: Telling, claims: tuple[str, ...], settle: str) -> Problem:
    claim = telling.claim
    return Problem(
        kind, what, claim.report, claim.start, claim.end, claim.quote, settle,
        changes=f"the toll of {telling.root}: {telling.scope.harm}", claims=claims,
    )  # fmt: skip


def _shown(one: Figure) -> str:
    vintage = one.vintage
    day = f"{vintage.dated} {vintage.day}" if vintage.day else "day unknown"
    return f"{vintage.words or vintage.interval.low} ({day})"


def _claims(series: Sequence[Figure]) -> tuple[str, ...]:
    return tuple(claim for one in series for claim in one.vintage.claims)
