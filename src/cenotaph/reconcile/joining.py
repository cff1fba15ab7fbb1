"""Running totals of one root that leave something open: which of its other totals they continue, by rules with names.

- "same figure of the same root": two carriers of one figure, of which one names a place, first day, means, party,
  affiliation or identity and the other does not. What both name must agree; of a description what both say stands. Of a
  figure of a hundred and more the areas may differ, if one lies in the other and both are regions;
- "as the root's other totals": a first day left open, or a place left open where the root counts a region or country;
  "as the root's other figures of it": place or day left open by an event of which others name them;
- "the level its other totals name": a root that documents goes on doing so where a relay names no level;
- "a place taken from the report yields": a place that the reader assumed lies within or around the stated one.

What is assumed never makes a contradiction: totals are not joined if the record would then fall. A total that could
continue several sets goes to the one whose place holds the others', or stays by itself.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from cenotaph.calculus.inheritance import LENT, MANY
from cenotaph.reconcile.told import Telling
from cenotaph.vocabulary import Level, Period, Place, Scope

__all__ = ["Told", "described", "merged", "placed", "shared", "where"]

Key = tuple[object, ...]

SOON = 2
"""Days by which the first days of two totals may differ where their words are no sharper ("over three days")."""

WIDE = 5
"""From this precision on (UCDP where_prec: a region without borders, a country) a place can be a whole record's."""


OTHERS = ("as the root's other totals", "as the root's other figures of it")
"""The rule by which a claim that leaves place or days open is of a set: of running totals, and of events."""


@dataclass(frozen=True, slots=True)
class Told:
    """All tellings of one set by one root, with the scope they share."""

    tellings: tuple[Telling, ...]
    scope: Scope

    @property
    def total(self) -> bool:
        return self.tellings[0].total

    @property
    def figures(self) -> frozenset[Key]:
        return frozenset(telling.figure for telling in self.tellings if telling.figure[0] != "words")

    @property
    def there(self) -> bool:
        """Whether it is of one incident, which lends what a claim leaves open."""
        return self.tellings[0].there

    def joined(self, other: Told) -> Told:
        lent = OTHERS[not self.total]
        left_open = [name for name in ("place", "period") for one in self.tellings if getattr(one.scope, name) is None]
        return Told((*self.tellings, *other.tellings), _filled(self.scope, other.scope, lent, left_open))


def merged(cell: Sequence[Told]) -> list[Told]:
    """Totals of one cell: first those that share a figure, then those that leave something open, most stated first."""
    found: list[Told] = []
    alike: dict[Key, list[int]] = defaultdict(list)
    ordered = sorted(shared(cell), key=lambda told: (_open(told.scope), _oldest(told)))
    people = _one_people(ordered)
    for told in ordered:
        mine = alike[people.get(described(told.scope), described(told.scope))]
        index = _continued(told, {at: found[at] for at in mine})
        if index is None:
            mine.append(len(found))
            found.append(told)
        else:
            found[index] = found[index].joined(told)
    return found


def _one_people(found: Iterable[Told]) -> dict[Key, Key]:
    """Descriptions that differ in the name of a people alone, and are of one large figure of the root, as one.

    Where carriers give one figure as "Northerners" and as "people", its other totals of either are of one series.
    """
    same: dict[Key, Key] = {}
    for told in found:
        said: dict[Key, set[Key]] = defaultdict(set)
        for telling in told.tellings:
            if _striking([telling.figure]):
                *rest, _ = described(telling.scope)
                said[(telling.figure, *rest)].add(described(telling.scope))
        for together in (names for names in said.values() if len(names) > 1):
            labels = {same.get(name, name) for name in together}
            label = min(labels, key=str)
            same |= dict.fromkeys((*together, *(name for name, old in same.items() if old in labels)), label)
    return same


def shared(cell: Sequence[Told]) -> list[Told]:
    """The sets joined that share a figure and differ only in what one of them leaves open."""
    found: dict[int, Told] = {}
    having: dict[Key, set[int]] = defaultdict(set)
    for number, told in enumerate(sorted(cell, key=_oldest)):
        while (index := _first_sharing(told, found, having)) is not None:
            other = found.pop(index)
            for figure in other.figures:
                having[figure].discard(index)
            told = other.joined(told)
        found[number] = told
        for figure in told.figures:
            having[figure].add(number)
    return list(found.values())


def placed(events: Sequence[Told], cell: Callable[[Told], Key]) -> list[Told]:
    """Events of which one names no place, joined to the one of that day whose place is stated and whose figure it has.

    Only a large figure tells so much; where two places have it, it is of neither.
    """
    held = dict(enumerate(events))
    there: dict[Key, list[int]] = defaultdict(list)
    for at, told in held.items():
        if told.scope.place is not None:
            for key in _large(told, cell(told)):
                there[key].append(at)
    for at, told in enumerate(events):
        if told.scope.place is None:
            near = {one for key in _large(told, cell(told)) for one in there.get(key, ())}
            other = near.pop() if len(near) == 1 else at
            if other != at and _shares(held[other], told):
                held[other] = held[other].joined(held.pop(at))
    return list(held.values())


def _large(told: Told, cell: Key) -> list[Key]:
    days = told.scope.period
    if days is None or days.start is None:
        return []
    return [(*cell, days.of, days.start, days.end, figure) for figure in told.figures if _striking([figure])]


def _first_sharing(told: Told, found: Mapping[int, Told], having: Mapping[Key, set[int]]) -> int | None:
    """The first of the sets that share it, looked for among those that have one of its figures."""
    near = sorted(set().union(*(having.get(figure, ()) for figure in told.figures)))
    return next((at for at in near if _shares(told, found[at])), None)


def _shares(a: Told, b: Told) -> bool:
    pairs = zip(described(a.scope), described(b.scope), strict=True)
    nested = all(not mine or not yours or mine == yours for mine, yours in pairs)
    figures = a.figures & b.figures
    if not figures or not nested:
        return False
    return _fit(a, b, loosely=a.total and b.total and _striking(figures))


def _striking(figures: Iterable[Key]) -> bool:
    """Whether a figure is so large that one root gives it of one set alone, though carriers name another area."""
    return any(isinstance(figure[0], int) and figure[0] >= MANY for figure in figures)


def _fit(a: Told, b: Told, *, loosely: bool = False) -> bool:
    alike = _same_days(a.scope.period, b.scope.period) and (_same_place(a, b) or (loosely and _nested_places(a, b)))
    return alike and _grows(a, b) and not _tied(a, b) and not _rivals(a, b)


def _nested_places(a: Told, b: Told) -> bool:
    mine, yours = a.scope.place, b.scope.place
    wide = mine is not None and yours is not None and min(mine.precision, yours.precision) >= WIDE
    return wide and mine is not None and yours is not None and (mine.within(yours) or yours.within(mine))


def _same_days(a: Period | None, b: Period | None) -> bool:
    if a is None or b is None or a.start is None or b.start is None:
        return True
    apart = abs((a.start - b.start).days)
    return a.of == b.of and (apart == 0 or (max(a.precision, b.precision) > 1 and apart <= SOON))


def _same_place(a: Told, b: Told) -> bool:
    mine, yours = a.scope.place, b.scope.place
    if mine is None or yours is None or where(mine) == where(yours):
        return True
    nested = mine.within(yours) or yours.within(mine)
    if nested and (where(mine) in _named(b) or where(yours) in _named(a)):
        return True
    return nested and (_place_taken(a) or _place_taken(b) or (mine.within(yours) and yours.within(mine)))


def _named(told: Told) -> set[Key | None]:
    """Every area that a carrier of its figures names; two of them for one figure are one area, said more or less."""
    return {where(telling.scope.place) for telling in told.tellings if telling.scope.place is not None}


def _place_taken(told: Told) -> bool:
    """Whether no claim of the set states its place in its own sentence."""
    rules = [
        dict(telling.claim.assumed).get("place", "") for telling in told.tellings if telling.claim.place is not None
    ]
    return all(rule and rule != LENT for rule in rules)


def _grows(a: Told, b: Told) -> bool:
    """Whether the record of both together would not fall: no root states less than was on record by an earlier day."""
    return a.tellings[0].stock or not (_falls(a, b) or _falls(b, a))


def _falls(earlier: Told, later: Told) -> bool:
    both = (*earlier.tellings, *later.tellings)
    replaced = {one.replaces for one in both if one.replaces is not None}
    if not replaced:
        return _falls_within(earlier, later, dt.date.min, dt.date.max, frozenset())
    revised = min((one.day for one in both if one.replaces is not None and one.day), default=dt.date.max)
    gone = frozenset(one.figure for one in both if one.id in replaced)  # what the root took back is on record no more
    before = _falls_within(earlier, later, dt.date.min, revised, frozenset())
    return before or _falls_within(earlier, later, revised, dt.date.max, gone)


def _falls_within(earlier: Told, later: Told, first: dt.date, last: dt.date, gone: frozenset[Key]) -> bool:
    """Whether the record would fall from the first of these days to the one before the last."""
    kept = [one for one in earlier.tellings if one.figure not in gone]
    dated = sorted((one.day, one.interval.low) for one in kept if one.day is not None and first <= one.day < last)
    days = [day for day, _ in dated]
    highest = [0, *accumulate((low for _, low in dated), max)]
    stated = [one for one in later.tellings if one.day is not None and one.dated in ("as of", "said")]
    return any(
        one.interval.high is not None and one.day and one.interval.high < highest[bisect_left(days, one.day)]
        for one in stated
        if one.day and first <= one.day < last
    )


def _rivals(a: Told, b: Told) -> bool:
    """One report that gives each of them another figure, with no day to order the two, means two sets."""
    mine = {one.report.id: one for one in a.tellings if one.dated not in ("as of", "said")}
    return any(
        one.report.id in mine and one.figure != mine[one.report.id].figure
        for one in b.tellings
        if one.dated not in ("as of", "said")
    )


def _tied(a: Told, b: Told) -> bool:
    """A part is never a later figure of its whole."""
    mine, yours = ({telling.id for telling in told.tellings} for told in (a, b))
    return any(one.whole in yours for one in a.tellings) or any(one.whole in mine for one in b.tellings)


# --- which of several it continues ----------------------------------------------------------------------------------


def _continued(told: Told, found: Mapping[int, Told]) -> int | None:
    """Of the sets that are described alike, by their numbers, the one to which it fits."""
    fits = [at for at, other in found.items() if _fit(told, other)]
    same = [at for at in fits if where(found[at].scope.place) == where(told.scope.place)]
    fits = same or [at for at in fits if told.there or _may_lend(told.scope.place, found[at].scope.place)]
    dated = [at for at in fits if _start(found[at].scope) == _start(told.scope) is not None]
    fits = dated or fits
    if len(fits) <= 1:
        return fits[0] if fits else None
    return _widest({at: found[at].scope.place for at in fits})


def _may_lend(mine: Place | None, other: Place | None) -> bool:
    """A place left open is only taken from a total of a region or country, never from one of a town or province."""
    stated = mine or other
    return stated is None or (mine is not None and other is not None) or stated.precision >= WIDE


def _widest(places: dict[int, Place | None]) -> int | None:
    widest = [
        at
        for at, place in places.items()
        if place and all(other is not None and other.within(place) for other in places.values())
    ]
    return widest[0] if len(widest) == 1 else None


def _open(scope: Scope) -> int:
    return (scope.place is None) + (scope.period is None) + bool(dict(scope.assumed).get("place"))


def _oldest(told: Told) -> tuple[str, str]:
    return min((str(telling.day or ""), telling.id) for telling in told.tellings)


def _start(scope: Scope) -> object:
    return scope.period.start if scope.period else None


# --- what a set is described by -------------------------------------------------------------------------------------


def where(place: Place | None) -> Key | None:
    if place is None:
        return None
    if not place.name:  # a village nobody lists, somewhere in what is around it
        return (place.of, *sorted(place.covers), place.path, place.words.casefold())
    return (place.of, *sorted(place.covers)) if place.covers else (place.of, place.path or place.words.casefold())


def described(scope: Scope) -> Key:
    """How, by whom, and of which side or community, as far as a claim says."""
    means = scope.means.code or scope.means.words if scope.means else ""
    parties = frozenset(party.canonical or party.words for party in scope.parties)
    return (means, parties, scope.group.affiliation, scope.group.identity)


def _filled(scope: Scope, other: Scope, lent: str, left_open: Sequence[str]) -> Scope:
    """The scope of a set: place and first day that one of its claims states, means and parties that all name.

    What any claim of the set leaves open (`left_open`) stays assumed, whoever states it.
    """
    assumed = dict(scope.assumed)
    stated = {name for name, _ in scope.assumed} - {name for name, _ in other.assumed}
    for name in stated & {"place", "period"}:  # what one claim assumes another states
        if name not in left_open and getattr(scope, name) is not None and _same_value(scope, other, name):
            del assumed[name]
    for name in ("place", "period"):
        if (getattr(scope, name) is None) != (getattr(other, name) is None):
            assumed.setdefault(name, lent)
    if scope.place and other.place and where(scope.place) != where(other.place):
        taken = bool(assumed.get("place"))
        assumed["place"] = "a place taken from the report yields" if taken else "same figure of the same root"
    if scope.level != other.level:
        assumed["level"] = "the level its other totals name"
        scope = replace(scope, level=max(scope.level, other.level, key=_named_level))
    if described(scope) != described(other):
        assumed["description"] = "same figure of the same root"
        scope = _less(scope, other)
    return replace(
        scope, place=scope.place or other.place, period=scope.period or other.period, assumed=tuple(assumed.items())
    )


def _same_value(scope: Scope, other: Scope, name: str) -> bool:
    if name == "place":
        return other.place is not None and where(scope.place) == where(other.place)
    return other.period is not None and _start(scope) == _start(other)


def _named_level(level: Level) -> bool:
    return level != "reported"


def _less(scope: Scope, other: Scope) -> Scope:
    """Of two descriptions of one figure what both say."""
    means, parties, side, people = (a == b for a, b in zip(described(scope), described(other), strict=True))
    group = scope.group
    group = replace(group, affiliation=group.affiliation if side else "", identity=group.identity if people else "")
    return replace(scope, group=group, means=scope.means if means else None, parties=scope.parties if parties else ())
