"""Narrowing: what constraints leave of each count, and whether anything is left at all.

Bounds propagation over whole numbers (Waltz 1975; Davis 1987, "Constraint propagation with interval labels"): each
constraint takes from each of its figures what no choice of the others allows, until nothing changes. Sound always.
Where constraints form a tree it is exact: every number that is left is part of a solution. Where they form circles,
the fewest that is left for each is tried, then fractions of people, and then, within a limit, a search by halves.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import accumulate

from cenotaph.calculus.constraints import Constraint, System, islands
from cenotaph.calculus.linear import corner
from cenotaph.vocabulary import Count

__all__ = ["impossible", "narrowed"]

LIMIT = 400
"""Halves that the search looks at before it leaves a question open."""

LARGE = 120
"""Figures in circles above which a contradiction that narrowing does not find is left open: fractions take long."""

NONE = Count(0, 0)
Counts = Mapping[str, Count]


def narrowed(counts: Counts, constraints: Iterable[Constraint]) -> dict[str, Count] | None:
    """What each id may still be; None when nothing is left for one of them, so that no solution exists.

    On a tree the result is exact after as many rounds as it is deep, there and back; where constraints form circles
    it stops after that many rounds, and what it then says is true but may be wider than need be.

    >>> parts = Constraint("by side", "sum", "dead", ("civilians", "fighters"))
    >>> narrowed({"dead": Count(100, 100), "civilians": Count(70, None), "fighters": Count(20, 40)}, [parts])
    {'dead': Count(low=100, high=100), 'civilians': Count(low=70, high=80), 'fighters': Count(low=20, high=30)}
    """
    left = dict(counts)
    every = list(constraints)
    changed = set(left)
    for _ in range(2 * len(every) + 2):
        fresh: set[str] = set()
        for one in every:
            if changed.isdisjoint(one.figures) and fresh.isdisjoint(one.figures):
                continue
            met = _met(one, left)
            if met is None:
                return None
            left |= met
            fresh |= met.keys()
        changed = fresh
        if not changed:
            break
    return left


def _met(one: Constraint, left: Counts) -> dict[str, Count] | None:
    """The counts that one constraint narrows; None when it leaves nothing of one of them."""
    found = {}
    for figure, allowed in _allowed(one, left).items():
        met = left[figure].meet(allowed) if allowed else None
        if met is None:
            return None
        if met != left[figure]:
            found[figure] = met
    return found


def _allowed(one: Constraint, left: Counts) -> dict[str, Count | None]:
    """What one constraint allows each of its figures, given the others; None: nothing."""
    whole, parts = left[one.whole], [left[part] for part in one.parts]
    if one.kind != "sum":
        capped = Count(0, whole.high)
        return {one.whole: Count(max(part.low for part in parts), None), **dict.fromkeys(one.parts, capped)}
    before = list(accumulate(parts, Count.__add__, initial=NONE))
    after = list(accumulate(reversed(parts), Count.__add__, initial=NONE))[::-1]
    total = Count(before[-1].low, None) if one.rest else before[-1]
    others = [before[at] + after[at + 1] for at in range(len(parts))]
    allowed = [_left(whole, two, one.rest) for two in others]
    return {one.whole: total, **dict(zip(one.parts, allowed, strict=True))}


def _left(whole: Count, others: Count, rest: bool) -> Count | None:
    """What is left of a whole for one part, and for a cell that is not broken down, when the others are taken out."""
    if whole.high is not None and whole.high < others.low:
        return None
    left = whole - others
    return Count(0, left.high) if rest else left


def impossible(system: System) -> bool | None:
    """Whether no choice of numbers satisfies the system; None where circles leave it open within the search's limit.

    >>> tied = [Constraint("one", "sum", "all", ("a", "b")), Constraint("other", "part", "a", ("all",))]
    >>> impossible(System.of({"b": Count(1, 1)}, tied)), impossible(System.of({"b": Count(0, 1)}, tied))
    (True, False)
    """
    answers = [_impossible(one) for one in islands(system) if one.constraints]
    return True if True in answers else None if None in answers else False


def _impossible(system: System) -> bool | None:
    counts = narrowed(system.free, system.constraints)
    if counts is None or system.tree:
        return counts is None
    fewest = {name: Count(count.low, count.low) for name, count in counts.items()}
    if narrowed(fewest, system.constraints) is not None:
        return False
    if len(counts) > LARGE:
        return None
    found = corner(system)
    if found is None:
        return True
    return False if all(number.denominator == 1 for number in found.values()) else _searched(system, counts)


def _searched(system: System, counts: Counts) -> bool | None:
    """Halves one count after the other, the smaller half first; a solution is one number for each."""
    waiting = [counts]
    for _ in range(LIMIT):
        if not waiting:
            return True
        left = narrowed(waiting.pop(), system.constraints)
        if left is None:
            continue
        figure = _widest_known(left)
        if figure is not None:
            waiting += [{**left, figure: half} for half in _halves(left[figure])]
        elif narrowed(left, system.constraints) is not None:  # narrowing may have stopped before it looked at these
            return False
    return None


def _widest_known(counts: Counts) -> str | None:
    """The count to halve next, one with an end before one without; None when each is a single number."""
    loose = [(_width(one), name) for name, one in counts.items() if one.low != one.high]
    return max(loose)[1] if loose else None


def _width(count: Count) -> int:
    return -1 if count.high is None else count.high - count.low


def _halves(count: Count) -> tuple[Count, Count]:
    """The larger half and the smaller; of an open count the smaller is as wide as what lies below it."""
    middle = 2 * count.low if count.high is None else (count.low + count.high) // 2
    return Count(middle + 1, count.high), Count(count.low, middle)
