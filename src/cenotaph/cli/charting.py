"""The growth of each root's record on a terminal: one row of steps for each root and set, over one time axis.

A row is as high as its own largest figure; heights of different rows are not to be compared, their numbers are.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from rich.cells import cell_len
from rich.console import Group, RenderableType
from rich.text import Text

from cenotaph.cli.phrases import day
from cenotaph.cli.terminal import Cell
from cenotaph.publish.chart_lines import Line, Point, lines
from cenotaph.publish.chart_scales import Time
from cenotaph.publish.chart_text import WORDS, short_day
from cenotaph.vocabulary import Toll

__all__ = ["steps_text"]

OWN, RELAYED, BEHIND, SEVERAL = "●", "○", "∘", "◆"
LEVELS = "⣀⠤⠒⠉"
"""A quarter, half, three quarters and all of the row's largest figure, as dots at four heights."""

_INDENT = 3
_NARROWEST = 24
_NOTHING: Mapping[str, dt.date] = {}


def steps_text(tolls: Sequence[Toll], width: int, *, relayed: Mapping[str, dt.date] = _NOTHING) -> RenderableType:
    """What `cenotaph toll --chart` shows where no file is named: at most `width` columns, legible without colour.

    `relayed` is, by claim, the day on which its report came out.
    """
    found = lines(tolls, relayed=relayed)
    if not found:
        return Text(WORDS["empty"])
    columns = max(_NARROWEST, width) - _INDENT
    days = [day for line in found for day in line.days]
    undated = 2 if any(point.day is None for line in found for point in line.points) else 0
    axis = Time.holding(days, left=undated, right=columns - 1) if days else None
    blocks = [_block(line, axis, columns) for line in found]
    head = [Text(" " * _INDENT + row) for row in _axis(axis, columns, undated)]
    return Group(*head, *(part for block in blocks for part in block), Cell(_key(found, axis, undated)))


def _block(line: Line, axis: Time | None, columns: int) -> list[RenderableType]:
    """Who counted whom; the row; its first and newest figure with their days."""
    margin = " " * _INDENT
    name = f"{line.root}: {line.set} ({line.reading})"
    row = f"{margin}{_row(line, axis, columns)}".rstrip()
    return [Cell(_soft(name), "bold"), Text(row), Cell(_soft(_ends(line)), label=margin), Text("")]


def _row(line: Line, axis: Time | None, columns: int) -> str:
    """Marks on the days of figures, and dots at the height of the figure that holds."""
    signs = [" "] * columns
    if axis is not None and line.steps:
        _holds(signs, line, axis)
    for column, mark in _marks(line, axis).items():
        signs[column] = mark
    return "".join(signs)


def _marks(line: Line, axis: Time | None) -> dict[int, str]:
    """By column: the first is for figures whose day is not known."""
    marks: dict[int, str] = {}
    for point in line.points:
        column = 0 if axis is None or point.day is None else _column(axis, point.day)
        marks[column] = SEVERAL if column in marks else _mark(point)
    return marks


def _holds(signs: list[str], line: Line, axis: Time) -> None:
    """Each figure from its day to the next one's, the newest to the end; with gaps where people have not read all."""
    most = max(1, max(point.at for point in line.points))
    starts = [(_column(axis, when), point.at) for when, point in line.steps]
    ends = [column for column, _ in starts[1:]] + [len(signs)]
    for (start, people), end in zip(starts, ends, strict=True):
        level = LEVELS[max(0, -(-4 * people // most) - 1)]
        for column in range(start, end):
            signs[column] = level if line.read_by == "by people" or column % 3 else " "


def _column(axis: Time, when: dt.date) -> int:
    return round(axis(when))


def _mark(point: Point) -> str:
    return BEHIND if point.where == "behind" else OWN if point.own else RELAYED


def _ends(line: Line) -> str:
    """The first and the newest figure, and how many lie between them.

    >>> from cenotaph.vocabulary import Interval
    >>> grown = [Point(dt.date(2025, 3, n), "as of", str(n), Interval(n, n, n, "plain")) for n in (1, 2, 3)]
    >>> _ends(Line("SOHR", "killed", tuple(grown)))
    '1, as of 1 March 2025 → 1 more → 3, as of 3 March 2025'
    """
    standing = [point for point in line.points if point.where != "behind"]
    between = [f"{len(standing) - 2} more"] if len(standing) > 2 else []
    ends = [standing[0], standing[-1]] if len(standing) > 1 else standing
    first, *rest = map(_said, ends)
    behind = sum(point.where == "behind" for point in line.points)
    marks = [f"{WORDS[point.mark]} to {point.words}" for point in standing if point.mark]
    notes = [f"{behind} {WORDS['behind']}"] if behind else []
    notes += [f"{line.unplaced} repeated by a relay later, on a day not known here"] if line.unplaced else []
    return "; ".join([" → ".join([first, *between, *rest]), *marks, *notes])


def _said(point: Point) -> str:
    return f"{point.words}, {f'{point.dated} {day(point.day)}' if point.day else WORDS['undated']}"


def _soft(words: str) -> str:
    return words.replace("\u00a0", " ")


# --- the axis and the key -----------------------------------------------------------------------------------------


def _axis(axis: Time | None, columns: int, undated: int) -> list[str]:
    """Days over a ruled line; a ? stands over the figures whose day is not known."""
    if axis is None:
        return ["?"]
    names, rule = [" "] * columns, ["─" if column >= undated else " " for column in range(columns)]
    if undated:
        names[0] = "?"
    free = undated
    for tick in axis.ticks(max(2, columns // 16)):
        column, name = _column(axis, tick), f"{short_day(tick)} {tick.year}"
        if free <= column and column + cell_len(name) <= columns:
            names[column : column + len(name)] = name
            rule[column] = "┬"
            free = column + len(name) + 2
    return ["".join(names).rstrip(), "".join(rule)]


def _key(found: Sequence[Line], axis: Time | None, undated: int) -> str:
    """What the signs mean that stand here, and what the whole does not show."""
    signs = {mark for line in found for mark in _marks(line, axis).values()}
    meanings = {OWN: WORDS["own"], RELAYED: WORDS["relayed"], BEHIND: WORDS["behind"], SEVERAL: "several figures"}
    parts = [f"{sign} {meaning}" for sign, meaning in meanings.items() if sign in signs]
    parts += [f"? {WORDS['undated']}"] if undated else []
    parts.append(f"{LEVELS} up to a quarter, half, three quarters and all of the row's own largest figure")
    if any(line.read_by != "by people" for line in found):
        parts.append("rows with gaps: people have not read all the claims")
    return f"{'; '.join(parts)}. {WORDS['note']}"
