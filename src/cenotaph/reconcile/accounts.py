"""What is known of one harm in one episode: the figures of its roots side by side, with what each counts.

Two roots' figures are never added and never made one range, and two that differ do not contradict each other: each is
a floor, what that root had on record, of a set of its own. Only a root that says "none" can be contradicted by another
that documented some of the same set by then.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from cenotaph.calculus import Comparison, Relation, Statement, judged, relate
from cenotaph.reconcile.arithmetic import shown
from cenotaph.reconcile.independence import support
from cenotaph.reconcile.told import STOCKS
from cenotaph.vocabulary import Account, Check, Incident, Party, Period, Place, Scope, Tether, Toll, Vintage

__all__ = ["accounts", "difference"]

RULE = "two roots"


def accounts(
    tolls: Iterable[Toll], incidents: Iterable[Incident], tethers: Sequence[Tether], *, unnamed: Collection[str] = ()
) -> list[Account]:
    """One account for each harm in each episode and each incident, of the figures that count just that.

    A root stands there with its widest figures: those that no other of its own stands for that is as new. `unnamed` are
    the roots, as tolls show them, whose names nobody gave; two of them are not compared, for they may be one.

    >>> from cenotaph.vocabulary import Harm, Interval
    >>> episode = Incident("incident:1", "killed, the coast", "episode", Scope(Harm(("killed",))))
    >>> tolls = [Toll(f"toll:{name}", name, episode.scope, Interval(n, n, n, "plain"), incident="incident:1")
    ...     for name, n in (("SNHR", 803), ("SOHR", 830))]
    >>> (account,) = accounts(tolls, [episode], [])
    >>> account.tolls, account.support, [check.verdict for check in account.differences]
    (('toll:SNHR', 'toll:SOHR'), 'two roots, independence unknown', ['differs'])
    """
    held = {one.id: one for one in incidents}
    found: dict[tuple[str, str], list[Toll]] = {}
    for toll in tolls:
        if toll.incident in held:
            found.setdefault((toll.incident, str(toll.scope.harm)), []).append(toll)
    order = {name: at for at, name in enumerate(held)}
    ordered = sorted(found.items(), key=lambda item: (order[item[0][0]], item[0][1]))
    return [_account(top, ours, tethers, unnamed) for (top, _), ours in ordered]


def _account(top: str, held: Sequence[Toll], tethers: Iterable[Tether], unnamed: Collection[str]) -> Account:
    roots: dict[str, list[Toll]] = {}
    for toll in held:
        roots.setdefault(toll.root, []).append(toll)
    widest = [toll for _, ours in sorted(roots.items()) for toll in _widest(ours)]
    mine = tuple(one for one in tethers if one.one in roots and one.other in roots)
    pairs = (pair for pair in combinations(widest, 2) if pair[0].root != pair[1].root)
    differences = (difference(*pair) for pair in pairs if not all(one.root in unnamed for one in pair))
    return Account(
        top, held[0].scope.harm, tuple(toll.id for toll in widest), support(widest, mine, unnamed=unnamed), mine,
        tuple(check for check in differences if check is not None),
    )  # fmt: skip


def _widest(ours: Sequence[Toll]) -> list[Toll]:
    """The figures of one root for which no other of its figures stands."""
    kept = [toll for toll in ours if not any(_stands_for(other, toll) for other in ours if other is not toll)]
    return sorted(kept or ours, key=lambda toll: (-toll.figure.low, toll.id))


def _stands_for(other: Toll, toll: Toll) -> bool:
    """Whether a root's other figure is the wider one and not older; of two on one set the newer one.

    Where words leave open how the sets lie, the larger is taken for the wider. That only chooses which figures are set
    side by side: nothing is derived from it, and each toll remains.
    """
    sets = relate(toll.scope, other.scope, same_root=True)
    found = {how for _, how in sets.dimensions}
    if toll.scope.level != other.scope.level or found & {Relation.CONTAINS, Relation.DISJOINT, Relation.OVERLAPS}:
        return False
    if found == {Relation.EQUAL}:
        return _rank(other) < _rank(toll)
    if _older(other, toll):
        return False
    larger = (other.figure.low, *_rank(toll)) > (toll.figure.low, *_rank(other))
    return sets.relation is Relation.WITHIN or larger


def _older(one: Toll, other: Toll) -> bool:
    day, later = _day(one), _day(other)
    return day is not None and later is not None and day < later


def _rank(toll: Toll) -> tuple[int, int, str]:
    return -(_day(toll) or dt.date.min).toordinal(), -toll.figure.low, toll.id


# --- two figures side by side -------------------------------------------------------------------------------------


def difference(a: Toll, b: Toll) -> Check | None:
    """What keeps the figures of two roots apart; None where their sets share nobody, or where nothing does.

    >>> from cenotaph.vocabulary import Group, Harm, Interval
    >>> groups = {"SNHR": (803, Group("people")), "SOHR": (830, Group("civilians", status="civilian"))}
    >>> one, other = (Toll(f"toll:{root}", root, Scope(Harm(("killed",)), group), Interval(n, n, n, "plain"))
    ...     for root, (n, group) in groups.items())
    >>> difference(one, other).what.partition("; ")[0]
    'SNHR 803 people (day not known) beside SOHR 830 civilians (day not known): two unfinished records of two sets'
    """
    sets = relate(a.scope, b.scope)
    apart = list(_apart(a, b, sets))
    if sets.relation is Relation.DISJOINT or not (apart or not a.figure.count.admits(b.figure.count)):
        return None
    judgement = judged(_statement(a), _statement(b))
    claims = tuple(dict.fromkeys((*_newest_claims(a), *_newest_claims(b))))
    if judgement.verdict == "contradiction":
        return Check(RULE, "contradiction", judgement.why, claims, judgement.assumed)
    beside = f"{_told(a)} beside {_told(b)}: two unfinished records of {_sets(sets)}; nothing follows"
    return Check(
        RULE, "differs", f"{beside}. What differs: {'; '.join(apart) or 'the figures alone'}", claims, sets.assumed
    )


def _statement(toll: Toll) -> Statement:
    newest = _newest(toll)
    own = newest is not None and newest.dated in ("as of", "said")
    stock = bool(STOCKS & set(toll.scope.harm.codes))
    return Statement(toll.root, toll.scope, toll.figure.count, _day(toll), own, stock=stock)


def _sets(sets: Comparison) -> str:
    if sets.relation is Relation.EQUAL:
        return "one set, as far as their words tell"
    if any(how not in (Relation.EQUAL, Relation.UNKNOWN) for _, how in sets.dimensions):
        return "two sets"
    return "sets that their words do not let us compare"


def _apart(a: Toll, b: Toll, sets: Comparison) -> Iterator[str]:
    """Each dimension in which the two are not known to be equal, and the day up to which each counts."""
    for name, how in sets.dimensions:
        if how is not Relation.EQUAL:
            mine, yours = (_WORDS[name](one.scope) for one in (a, b))
            mine, yours = (_marked(words, one.scope, name) for words, one in ((mine, a), (yours, b)))
            yield f"{name} ({mine} / {yours})" if mine != yours else f"{name} ({mine}, both)"
    if _day(a) is None or _day(a) != _day(b):
        yield f"day ({_dated(a)} / {_dated(b)})"


def _marked(words: str, scope: Scope, name: str) -> str:
    return f"{words}, assumed" if name in dict(scope.assumed) else words


# --- in words -----------------------------------------------------------------------------------------------------


def _told(toll: Toll) -> str:
    """A root's figure with what it counts, short."""
    scope = toll.scope
    end = scope.period.end if scope.period else None
    known = [f"to {_on(end)}" if end else "", _dated(toll), *(f"without {one.words}" for one in scope.exclusions)]
    known += ["" if scope.level == "reported" else scope.level]
    return f"{toll.root} {shown(toll.figure.count)} {scope.group.words or 'people'} ({', '.join(filter(None, known))})"


def _newest(toll: Toll) -> Vintage | None:
    return toll.series[-1] if toll.series else None


def _newest_claims(toll: Toll) -> tuple[str, ...]:
    newest = _newest(toll)
    return newest.claims if newest else toll.claims


def _day(toll: Toll) -> dt.date | None:
    newest = _newest(toll)
    return newest.day if newest else None


def _dated(toll: Toll) -> str:
    newest = _newest(toll)
    return f"{newest.dated} {_on(newest.day)}" if newest and newest.day else "day not known"


def _on(day: dt.date) -> str:
    return f"{day.day} {day:%B %Y}"


def _place(place: Place | None) -> str:
    return "not said" if place is None else place.name or place.words


def _period(period: Period | None) -> str:
    if period is None or (period.start is None and period.end is None):
        return period.words if period and period.words else "not said"
    first, last = (_on(day) if day else "" for day in (period.start, period.end))
    days = (f"{first} to {last}" if first != last else first) if first and last else first and f"since {first}"
    clock = "" if period.of == "happened" else f", {period.of}"
    return (days or f"until {last}") + clock


def _parties(parties: Iterable[Party]) -> str:
    return " and ".join(sorted({one.canonical or one.words for one in parties})) or "whoever did it"


_WORDS: Mapping[str, Callable[[Scope], str]] = {
    "harm": lambda scope: str(scope.harm),
    "group": lambda scope: scope.group.words or "not said",
    "means": lambda scope: scope.means.words or scope.means.code if scope.means else "any",
    "place": lambda scope: _place(scope.place),
    "period": lambda scope: _period(scope.period),
    "parties": lambda scope: _parties(scope.parties),
    "exclusions": lambda scope: " and ".join(f"without {one.words}" for one in scope.exclusions) or "nobody left out",
    "level": lambda scope: scope.level,
}
