"""Figures of one root that stand beside each other in a report, and what they come to.

Nobody said these sums. They are checks, marked "our sum", never a toll; beside another voice's figure they only inform.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from cenotaph.calculus import Relation, relate
from cenotaph.reconcile.arithmetic import added, shown, summed
from cenotaph.reconcile.order import Finding, problem
from cenotaph.reconcile.told import Telling
from cenotaph.vocabulary import Check

__all__ = ["grouped", "sum_findings"]

Key = tuple[object, ...]


def sum_findings(tellings: Sequence[Telling]) -> Iterator[Finding]:
    """Our sums in each report: of the statuses a root names side by side, and of places when nobody says a whole."""
    for report in grouped(tellings, _kind):
        for siblings in _by_status(report):
            yield from _against_wholes(siblings, report)
        for siblings in _by_place(report):
            what = f"our sum: {summed(siblings)}; said by nobody as a total"
            yield Check("our sum", "sum", what, tuple(one.id for one in siblings)), None


def grouped(tellings: Iterable[Telling], key: Callable[[Telling], Key]) -> list[list[Telling]]:
    found: dict[Key, list[Telling]] = {}
    for telling in tellings:
        found.setdefault(key(telling), []).append(telling)
    return list(found.values())


def _kind(telling: Telling) -> Key:
    return (telling.report.id, str(telling.scope.harm), telling.scope.level, telling.quantity.unit)


def _by_status(report: Sequence[Telling]) -> Iterator[list[Telling]]:
    """Claims of one root for one place and time, tied to nothing, each of another status; none said twice."""
    plain = [one for one in report if not one.whole and one.scope.group.status and not _narrow(one)]
    for siblings in grouped(plain, lambda one: (one.root, _setting(one))):
        statuses = [one.scope.group.status for one in siblings]
        if len(statuses) > 1 and len(set(statuses)) == len(statuses):
            yield siblings


def _narrow(telling: Telling) -> bool:
    group = telling.scope.group
    return bool(group.sex or group.age or telling.scope.exclusions)


def _setting(telling: Telling) -> Key:
    place, period = telling.scope.place, telling.scope.period
    when = None if period is None else (period.of, period.start, None if telling.total else period.end)
    return (place.path or place.words if place else None, when, telling.day)


def _against_wholes(siblings: Sequence[Telling], report: Sequence[Telling]) -> Iterator[Finding]:
    for whole in report:
        group = whole.scope.group
        if not any(group.facets) and not whole.whole and not whole.scope.exclusions and whole not in siblings:
            yield from _compared(siblings, whole)


def _compared(siblings: Sequence[Telling], whole: Telling) -> Iterator[Finding]:
    total, said = added(siblings), whole.interval.count
    ours = whole.root == siblings[0].root and _setting(whole)[2] == _setting(siblings[0])[2]
    near = said.low <= 2 * total.low and total.low <= 2 * said.low
    if not near:
        return
    claims = (whole.id, *(one.id for one in siblings))
    what = f"our sum: {summed(siblings)}, beside {whole.quantity.words or shown(said)} of {whole.root}"
    if said.admits(total):
        yield Check("our sum", "holds", what, claims), None
    elif ours and not said.may_hold(total):
        check = Check("our sum", "arithmetic problem", what, claims)
        yield check, problem("arithmetic", what, whole, claims, "whether all these figures are of one day")
    else:
        yield Check("our sum", "differs", what, claims), None


def _by_place(report: Sequence[Telling]) -> Iterator[list[Telling]]:
    """Three or more figures of one root that differ in place alone, no place within another, and no whole for them."""
    loose = [one for one in report if one.scope.place is not None and not one.whole and not one.untold]
    for siblings in grouped(loose, lambda one: (one.root, one.day, _people(one), one.scope.parties, _setting(one)[1])):
        counted = sum(one.total for one in siblings) > 1
        if counted and len(siblings) > 2 and _apart(siblings) and not _covered(siblings, report):
            yield siblings


def _people(telling: Telling) -> Key:
    group = telling.scope.group
    return (group.facets, group.words.casefold() if not any(group.facets) else "")


def _apart(siblings: Sequence[Telling]) -> bool:
    pairs = [(a, b) for index, a in enumerate(siblings) for b in siblings[index + 1 :]]
    return all(relate(a.scope, b.scope).of("place") is Relation.DISJOINT for a, b in pairs)


def _covered(siblings: Sequence[Telling], report: Sequence[Telling]) -> bool:
    """Whether the root says a whole of its own for the same people."""
    first = siblings[0]
    others = [one for one in report if one.total and one.root == first.root and one not in siblings]
    return any(_people(one) == _people(first) for one in others)
