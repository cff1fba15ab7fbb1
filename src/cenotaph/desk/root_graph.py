"""Who repeats whom as a picture: roots on one side, the outlets that carry them on the other, a line for each pair."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log2

import sqlalchemy as sa

from cenotaph.desk import Desk, tables
from cenotaph.desk.kept import kept_of_said
from cenotaph.desk.roots import address, counts
from cenotaph.publish.veil import Veil

__all__ = ["NARROW", "WIDE", "Form", "Graph", "Line", "Node", "graph"]

TOP = 12
"""Roots in the picture."""
OUTLETS = 16
"""Outlets in the picture."""
TOPMOST = 16


@dataclass(frozen=True, slots=True)
class Form:
    """How the picture is laid out, in its own units: its width, the height of a row, where either side stands, and how
    many letters a line of a name has, of so many lines; the table beside it has the whole.
    """

    width: int
    row: int
    near: int
    far: int
    letters: int
    lines: int = 1


WIDE = Form(900, 28, 340, 560, 44)
NARROW = Form(336, 40, 138, 198, 18, 2)
"""For a telephone: names in two lines, so that nothing has to be moved sideways to be read."""


@dataclass(frozen=True, slots=True)
class Node:
    """A name in the picture: where it stands, its whole name, its claims; not `named`: many voices in one."""

    x: float
    y: float
    name: str
    claims: int
    named: bool = True
    address: str = ""
    more: int = 0
    short: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """That an outlet carries a root: a curve and its breadth, by the number of claims."""

    path: str
    breadth: float
    root: int
    named: bool
    claims: int
    root_name: str
    outlet: str


@dataclass(frozen=True, slots=True)
class Graph:
    """Roots on one side, outlets on the other; `left` roots are not in it."""

    roots: Sequence[Node]
    outlets: Sequence[Node]
    lines: Sequence[Line]
    width: int
    height: int
    left: int


def graph(desk: Desk, form: Form = WIDE, *, mirrored: bool = False, unmasked: bool = False) -> Graph:
    """The picture of the roots with most claims; `mirrored` where people read from the right."""
    veil = None if unmasked else desk.veil
    told = kept_of_said(desk, "graph of roots", lambda: _told(desk))
    names = [*told.roots, *([""] if told.unnamed else [])]
    outlets = _outlets(told)
    near, far = (form.near, form.far) if not mirrored else (form.width - form.near, form.width - form.far)
    height = 2 * TOPMOST + max(0, max(len(names), len(outlets)) - 1) * form.row
    ys = [_spread(len(names), height), _spread(len(outlets), height)]
    left = [_root(desk, told, name, near, ys[0][at], veil, form) for at, name in enumerate(names)]
    hidden = {one for one in told.outlets if one not in outlets}
    right = [
        _outlet(told, one, hidden if one is None else {one}, (far, ys[1][at]), veil, form)
        for at, one in enumerate(outlets)
    ]
    lines = [
        _curve(left[at], right[to], at, count)
        for at, name in enumerate(names)
        for to, one in enumerate(outlets)
        if (count := sum(told.pairs.get((name, each), 0) for each in (hidden if one is None else {one})))
    ]
    return Graph(left, right, lines, form.width, height, told.left)


def _spread(many: int, height: int) -> list[float]:
    """So many rows over the whole height: the shorter side leaves no empty room above and below it.

    >>> _spread(3, 100), _spread(1, 100)
    ([16.0, 50.0, 84.0], [50.0])
    """
    if many == 1:
        return [height / 2]
    return [round(TOPMOST + at * (height - 2 * TOPMOST) / (many - 1), 1) for at in range(many)]


# --- what is counted --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Told:
    """Counts behind the picture: the pair of "" and an outlet is all that nobody named there."""

    roots: Mapping[str, int]
    outlets: Mapping[str, int]
    pairs: Mapping[tuple[str, str], int]
    unnamed: int
    left: int


def _told(desk: Desk) -> _Told:
    table, carried = tables.roots.c, tables.carriers.c
    named = desk.rows(
        sa.select(table.root, table.claims).where(table.named == 1).order_by(table.claims.desc(), table.root).limit(TOP)
    )
    names = {row["root"]: int(row["claims"]) for row in named}
    pairs = {
        (row["root"], row["outlet"]): int(row["claims"])
        for row in desk.rows(sa.select(tables.carriers).where(carried.root.in_(names)))
    }
    voices = sa.select(carried.outlet, sa.func.sum(carried.claims).label("claims")).group_by(carried.outlet)
    voices = voices.where(carried.root.in_(sa.select(table.root).where(table.named == 0)))
    unnamed = {("", row["outlet"]): int(row["claims"]) for row in desk.rows(voices)}
    outlets: dict[str, int] = defaultdict(int)
    for (_, outlet), count in (pairs | unnamed).items():
        outlets[outlet] += count
    many = counts(desk).get(1, (0, 0))[0]
    return _Told(names, outlets, pairs | unnamed, sum(unnamed.values()), max(0, many - len(names)))


def _outlets(told: _Told) -> list[str | None]:
    """Those with most claims; None stands for all others together."""
    ordered = sorted(told.outlets, key=lambda one: (-told.outlets[one], one))
    return [*ordered[:OUTLETS], *([None] if len(ordered) > OUTLETS else [])]


# --- as it is drawn ---------------------------------------------------------------------------------------------------


def _shown(name: str, veil: Veil | None) -> str:
    return name if veil is None else veil.words(name)


def _root(desk: Desk, told: _Told, name: str, x: float, y: float, veil: Veil | None, form: Form) -> Node:
    if not name:
        return Node(x, y, "", told.unnamed, named=False)
    shown = _shown(name, veil)
    return Node(x, y, shown, told.roots[name], address=address(desk, name, veil), short=in_lines(shown, form))


def _outlet(
    told: _Told, one: str | None, some: set[str], at: tuple[float, float], veil: Veil | None, form: Form
) -> Node:  # fmt: skip
    claims = sum(told.outlets[each] for each in some)
    if one is None:
        return Node(*at, "", claims, more=len(some))
    shown = _shown(one, veil)
    return Node(*at, shown, claims, short=in_lines(shown, form))


def in_lines(name: str, form: Form) -> list[str]:
    """A name in lines of at most so many letters, cut at spaces; the last ends with a sign where more would come.

    >>> in_lines("Syrian Observatory for Human Rights", NARROW), in_lines("Example Wire", WIDE)
    (['Syrian Observatory', 'for Human Rights'], ['Example Wire'])
    >>> in_lines("National Committee for Investigation and Fact-Finding", NARROW)
    ['National Committee', 'for Investigation…']
    """
    lines: list[str] = []
    rest = name
    while rest and len(lines) < form.lines:
        last = len(lines) == form.lines - 1
        room = form.letters - (last and len(rest) > form.letters)
        line = rest if len(rest) <= room else (rest[: room + 1].rpartition(" ")[0] or rest[:room])
        rest = rest[len(line) :].strip()
        lines.append(f"{line}…" if last and rest else line)
    return lines


def _curve(one: Node, other: Node, at: int, count: int) -> Line:
    sign = 1 if other.x > one.x else -1
    start, end, middle = one.x + 8 * sign, other.x - 8 * sign, (one.x + other.x) / 2
    path = f"M{start:.0f} {one.y:.1f} C{middle:.0f} {one.y:.1f} {middle:.0f} {other.y:.1f} {end:.0f} {other.y:.1f}"
    return Line(path, round(0.75 + log2(count) * 0.9, 2), at, one.named, count, one.name, other.name)
