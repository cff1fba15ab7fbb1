"""Whether constraints can hold at all if fractions of people were allowed: exact, for where constraints form circles.

The dual simplex method (Lemke 1954) without an objective, in exact fractions, pivots chosen by Bland's rule (1977) so
that it ends. A row that asks nonnegative amounts to be less than none together proves that nothing satisfies it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from cenotaph.calculus.constraints import Constraint, System

__all__ = ["corner"]

Row = dict[str, int]


def corner(system: System) -> Mapping[str, Fraction] | None:
    """A solution in fractions, a number for each id; None when there is none, and so none in whole numbers either.

    >>> from cenotaph.vocabulary import Count
    >>> ring = [Constraint("one", "sum", "all", ("a", "b")), Constraint("other", "part", "a", ("all",))]
    >>> corner(System.of({"b": Count(1, None)}, ring)) is None
    True
    """
    free = system.free
    names = list(free)
    rows = [(row, -sum(sign * free[name].low for name, sign in row.items())) for row in _rows(system.constraints)]
    rows += [({name: 1}, count.high - count.low) for name, count in free.items() if count.high is not None]
    above = _feasible([[Fraction(row.get(name, 0)) for name in names] + [Fraction(most)] for row, most in rows])
    return None if above is None else {name: free[name].low + more for name, more in zip(names, above, strict=True)}


def _rows(constraints: Sequence[Constraint]) -> Iterator[Row]:
    """Each constraint as sums that are no more than none: part - whole <= 0."""
    for one in constraints:
        if one.kind != "sum":
            yield from ({part: 1, one.whole: -1} for part in one.parts)
            continue
        yield {**dict.fromkeys(one.parts, 1), one.whole: -1}
        if not one.rest:
            yield {**dict.fromkeys(one.parts, -1), one.whole: 1}


def _feasible(rows: list[list[Fraction]]) -> list[Fraction] | None:
    """Amounts, none below zero, whose weighted sum is at most the last number of each row."""
    width = len(rows[0]) - 1
    columns = list(range(width))
    basis = list(range(width, width + len(rows)))
    while True:
        wrong = [at for at, row in enumerate(rows) if row[-1] < 0]
        if not wrong:
            found = dict(zip(basis, (row[-1] for row in rows), strict=True))
            return [found.get(at, Fraction(0)) for at in range(width)]
        leaves = min(wrong, key=lambda at: basis[at])
        enters = [at for at in range(width) if rows[leaves][at] < 0]
        if not enters:
            return None
        enter = min(enters, key=lambda at: columns[at])
        basis[leaves], columns[enter] = columns[enter], basis[leaves]
        rows = _pivoted(rows, leaves, enter)


def _pivoted(rows: list[list[Fraction]], leaves: int, enters: int) -> list[list[Fraction]]:
    """The rows with one amount taken from the basis and another put in."""
    pivot = rows[leaves][enters]
    new = [number / pivot for number in rows[leaves]]
    new[enters] = 1 / pivot
    found = []
    for at, row in enumerate(rows):
        if at == leaves:
            found.append(new)
            continue
        factor = row[enters]
        changed = [number - factor * one for number, one in zip(row, new, strict=True)] if factor else row
        found.append([*changed[:enters], -factor / pivot, *changed[enters + 1 :]] if factor else row)
    return found
