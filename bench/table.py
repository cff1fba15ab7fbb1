"""The one table: set, figure, what was found, the floor, the goal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bench.adapter import Adapter, Figure, Outcome

HEAD = ("set", "figure", "found", "floor", "goal")
Line = tuple[str, str, str, str, str]


def lines(adapter: Adapter, outcome: Outcome) -> Iterator[Line]:
    for figure in adapter.figures:
        found = number(figure.found(outcome.report))
        yield adapter.name, figure.name, found, number(figure.floor), _goal(figure)


def drawn(table: Iterable[Line]) -> str:
    """Columns as wide as their widest word; figures to the right.

    >>> print(drawn([("muc4", "F1", "47.5", "43.6", "57.7")]))
    set   figure  found  floor  goal
    muc4  F1       47.5   43.6  57.7
    """
    whole = [HEAD, *table]
    widths = [max(len(line[column]) for line in whole) for column in range(len(HEAD))]
    return "\n".join("  ".join(_cell(line, column, widths[column]) for column in range(len(HEAD))) for line in whole)


def _cell(line: Line, column: int, width: int) -> str:
    return line[column].ljust(width) if column < 2 else line[column].rjust(width)


def _goal(figure: Figure) -> str:
    return f"<= {number(figure.goal)}" if figure.less and figure.goal is not None else number(figure.goal)


def number(value: float | None) -> str:
    return "-" if value is None else f"{value:.1f}"
