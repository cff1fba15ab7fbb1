"""One to one: the pairing with the greatest total weight (the Hungarian method, Kuhn 1955, with potentials)."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf

Weights = Sequence[Sequence[int]]


def best(weights: Weights) -> list[tuple[int, int]]:
    """Pairs (row, column); a weight of 0 says that the two may not pair.

    >>> best([[5, 4], [4, 0]])              # 4 + 4 is more than 5 alone
    [(0, 1), (1, 0)]
    """
    size = max(len(weights), len(weights[0]) if weights else 0)
    if not size:
        return []
    cost = [[-_at(weights, row, column) for column in range(size)] for row in range(size)]
    taken = _assigned(cost)
    return sorted((row, column) for column, row in enumerate(taken) if _at(weights, row, column))


def _at(weights: Weights, row: int, column: int) -> int:
    return weights[row][column] if row < len(weights) and column < len(weights[row]) else 0


def _assigned(cost: Sequence[Sequence[int]]) -> list[int]:
    """The row that each column of a square table goes to, at the least cost; one more column holds the row in turn."""
    size = len(cost)
    of_row, of_column = [0.0] * size, [0.0] * (size + 1)
    owner = [-1] * (size + 1)
    for row in range(size):
        owner[size] = row
        _make_room(cost, owner, of_row, of_column)
    return owner[:size]


def _make_room(cost: Sequence[Sequence[int]], owner: list[int], of_row: list[float], of_column: list[float]) -> None:
    """Gives the row that waits in the stand-in column a column of its own, moving others along the cheapest way."""
    size, column = len(cost), len(cost)
    least, came_from, used = [inf] * size, [size] * size, set[int]()
    while owner[column] >= 0:
        used.add(column)
        row = owner[column]
        free = [one for one in range(size) if one not in used]
        for one in free:
            now = cost[row][one] - of_row[row] - of_column[one]
            if now < least[one]:
                least[one], came_from[one] = now, column
        column = min(free, key=least.__getitem__)
        by = least[column]
        for one in used:
            of_row[owner[one]] += by
            of_column[one] -= by
        for one in free:
            least[one] -= by
    while column != size:
        owner[column], column = owner[came_from[column]], came_from[column]
