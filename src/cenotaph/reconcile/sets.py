"""Which tellings speak of one set of people: the same root, harm, level and groups, and no place or day that differs.

Claims of one root that say the same are one set as they stand, and so is a figure with the one that its root says it
replaced. What an event leaves open is never joined but in three ways: place and day are stated and equal, or one of
them and the figure; one incident lends both; a large figure of one day is that of the same day for which a place is
stated. What running totals leave open is for `joining`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from cenotaph.reconcile.joining import Told, described, merged, placed, shared, where
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
    revised = _revised(ordered)
    alike = [Told(tuple(group), min(group, key=_assumptions).scope) for group in _by(_stated, ordered)]
    alike = _replaced(alike, revised)
    cells = _by(lambda told: _cell(told.tellings[0]), (told for told in alike if told.total or told.there))
    events = _by(lambda told: _setting(told.tellings[0]), (told for told in alike if not told.total and not told.there))
    found = placed([told for cell in events for told in shared(cell)], lambda told: _cell(told.tellings[0]))
    return _linked(found + [told for cell in cells for told in merged(cell)], [*links, *revised])


def _revised(tellings: Sequence[Telling]) -> list[tuple[str, str]]:
    """A figure and the one that its root says it replaced, where both are of the same people and harm."""
    held = {one.id: one for one in tellings}
    pairs = ((one, held[one.replaces]) for one in tellings if one.replaces in held)
    return [(new.id, old.id) for new, old in pairs if _people(new) == _people(old)]


def _replaced(alike: list[Told], revised: Sequence[tuple[str, str]]) -> list[Told]:
    """The sets with those that hold a figure of theirs before its revision, where what they count is of one kind."""
    held = dict(enumerate(alike))
    home = {telling.id: at for at, told in held.items() for telling in told.tellings}
    now = {at: at for at in held}
    for pair in revised:
        one, other = sorted(_last(home[claim], now) for claim in pair)
        if one != other and held[one].total == held[other].total:
            held[one] = held[one].joined(held.pop(other))
            now[other] = one
    return list(held.values())


def _last(at: int, now: dict[int, int]) -> int:
    while now[at] != at:
        at = now[at]
    return at


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

    The others are of sets that nobody could tell apart; each stays by itself. A figure that was replaced does not.
    """
    found: list[Telling] = []
    replaced = {one.replaces for one in tellings}
    for told in _by(lambda telling: (telling.report.id, *_stated(telling)), tellings):
        largest = max(told, key=lambda one: (one.interval.low, one.id))
        wholes = {one.id for one in told}
        stands = (one.id in replaced or _stands(one, largest, wholes) for one in told)
        found += [one if stays else replace(one, untold=True) for one, stays in zip(told, stands, strict=True)]
    return sorted(found, key=lambda telling: telling.id)


def _stands(one: Telling, largest: Telling, wholes: Collection[str]) -> bool:
    """A part is no earlier figure of its own whole, though words tell the two apart by nothing that is read."""
    if one.whole in wholes:
        return False
    dated = one.dated in ("as of", "said")
    stated = one.scope.place is not None and one.scope.period is not None
    lent = one.total or (one.there and not stated)
    return not lent or dated or one.figure == largest.figure or bool(one.claim.relation)


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
    alone = telling.id if telling.untold else ""
    about = "" if telling.total else telling.incident
    return (*_people(telling), about, alone)


def _people(telling: Telling) -> Key:
    """Whose figure, of which harm to which people, at which level."""
    scope, group = telling.scope, telling.scope.group
    left_out = frozenset(one.words.casefold() for one in scope.exclusions)
    harm = (str(scope.harm), RECORD.get(scope.level, scope.level), telling.quantity.unit)
    return (telling.root, *harm, group.status, group.sex, group.age, left_out)


def _stated(telling: Telling) -> Key:
    """Equal for two tellings that state the same set."""
    return (telling.total, *_setting(telling), telling.scope.level, described(telling.scope))


def _setting(telling: Telling) -> Key:
    """Cell, place and days; of an event that leaves one of them open also its figure, of both also its report.

    One incident has one place and its days.
    """
    place, period = where(telling.scope.place), telling.scope.period
    days = _first_day(period) if telling.total else _days(period)
    if telling.total or telling.there or (place and days):
        return (*_cell(telling), place, days)
    report = "" if place or days else telling.report.id
    return (*_cell(telling), place, days, telling.figure, report)


def _days(period: Period | None) -> Key | None:
    return None if period is None or period.start is None else (period.of, period.start, period.end)


def _first_day(period: Period | None) -> Key | None:
    return None if period is None or period.start is None else (period.of, period.start)
