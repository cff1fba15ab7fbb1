"""Which tellings speak of one set of people: the same root, harm, level and groups, and no place or day that differs.

Claims of one root that say the same are one set as they stand. An event is never joined on what it leaves open: its
place and day are stated and equal, or one of them and the figure. What running totals leave open is for `joining`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from cenotaph.reconcile.joining import Told, described, merged, shared, where
from cenotaph.reconcile.told import Telling
from cenotaph.vocabulary import Period

__all__ = ["sets"]

Key = tuple[object, ...]
T = TypeVar("T")

RECORD = {"reported": "on record", "documented": "on record"}
"""Levels that one root's totals may share: "reported" says no more than that the words name no level."""


def sets(tellings: Sequence[Telling], links: Sequence[tuple[str, str]] = ()) -> list[Told]:
    """The tellings, each in exactly one set, whatever order they come in.

    `links` are pairs of claims that people decided to be of one series, though their words differ.
    """
    ordered = _one_a_report(sorted(tellings, key=lambda telling: telling.id))
    alike = [Told(tuple(group), min(group, key=_assumptions).scope) for group in _by(_stated, ordered)]
    events = _by(lambda told: _setting(told.tellings[0]), (told for told in alike if not told.total))
    totals = _by(lambda told: _cell(told.tellings[0]), (told for told in alike if told.total))
    found = [told for cell in events for told in shared(cell)] + [told for cell in totals for told in merged(cell)]
    return _linked(found, links)


def _assumptions(telling: Telling) -> tuple[int, str]:
    """Of tellings of one set the one that states most speaks for it."""
    return len(telling.scope.assumed), telling.id


def _by(key: Callable[[T], Key], things: Iterable[T]) -> list[list[T]]:
    found: dict[Key, list[T]] = {}
    for thing in things:
        found.setdefault(key(thing), []).append(thing)
    return list(found.values())


def _one_a_report(tellings: Sequence[Telling]) -> list[Telling]:
    """Of several totals that one report gives for what looks like one set, with no day to order them, the largest.

    The others are of sets that nobody could tell apart; each stays by itself.
    """
    found: list[Telling] = []
    for told in _by(lambda telling: (telling.report.id, *_stated(telling)), tellings):
        largest = max(told, key=lambda one: (one.interval.low, one.id))
        wholes = {one.id for one in told}
        found += [one if _stands(one, largest, wholes) else replace(one, untold=True) for one in told]
    return sorted(found, key=lambda telling: telling.id)


def _stands(one: Telling, largest: Telling, wholes: Collection[str]) -> bool:
    """A part is no earlier figure of its own whole, though words tell the two apart by nothing that is read."""
    if one.whole in wholes:
        return False
    dated = one.dated in ("as of", "said")
    return not one.total or dated or one.figure == largest.figure or bool(one.claim.relation)


def _linked(found: list[Told], links: Sequence[tuple[str, str]]) -> list[Told]:
    held = dict(enumerate(found))
    home = {telling.id: at for at, told in held.items() for telling in told.tellings}
    for number, pair in enumerate(links, len(found)):
        ours = sorted({home[claim] for claim in pair if claim in home})
        if len(ours) == 2 and held[ours[0]].tellings[0].root == held[ours[1]].tellings[0].root:
            wider, narrower = sorted((held.pop(at) for at in ours), key=lambda told: -len(told.tellings))
            held[number] = Told((*wider.tellings, *narrower.tellings), wider.scope)
            home |= dict.fromkeys((telling.id for telling in held[number].tellings), number)
    return list(held.values())


# --- what two claims must have in common ----------------------------------------------------------------------------


def _cell(telling: Telling) -> Key:
    """What no rule ever bridges. A part of which nothing tells what part it is stays by itself."""
    scope, group = telling.scope, telling.scope.group
    left_out = frozenset(one.words.casefold() for one in scope.exclusions)
    harm = (str(scope.harm), RECORD.get(scope.level, scope.level), telling.quantity.unit)
    alone = telling.id if telling.untold else ""
    about = "" if telling.total else telling.incident
    return (telling.root, about, *harm, group.status, group.sex, group.age, left_out, alone)


def _stated(telling: Telling) -> Key:
    """Equal for two tellings that state the same set."""
    return (telling.total, *_setting(telling), telling.scope.level, described(telling.scope))


def _setting(telling: Telling) -> Key:
    """Cell, place and days; of an event that leaves one of them open also its figure, of both also its report."""
    place, period = where(telling.scope.place), telling.scope.period
    days = _first_day(period) if telling.total else _days(period)
    if telling.total or (place and days):
        return (*_cell(telling), place, days)
    report = "" if place or days else telling.report.id
    return (*_cell(telling), place, days, telling.figure, report)


def _days(period: Period | None) -> Key | None:
    return None if period is None or period.start is None else (period.of, period.start, period.end)


def _first_day(period: Period | None) -> Key | None:
    return None if period is None or period.start is None else (period.of, period.start)
