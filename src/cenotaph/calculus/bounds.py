"""What one root's parts and wholes allow each of its figures to be, if its words hold; and what cannot hold together.

A contradiction is told with a minimal set behind it: take away any one member, and the others can all be true (found by
deletion: Chinneck and Dravnieks 1991, "Locating minimal infeasible constraint sets"). The order of the ids decides
which of several minimal sets is told, so the answer is the same on every machine.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from cenotaph.calculus.constraints import Constraint, System, islands
from cenotaph.calculus.narrowing import impossible, narrowed
from cenotaph.vocabulary import Count

__all__ = ["Bounds", "Conflict", "bounds"]

Member = Constraint | tuple[str, Count]


@dataclass(frozen=True, slots=True)
class Conflict:
    """Figures and constraints that cannot all hold, by their ids.

    `minimal`: without any one of them the rest can hold. False only where constraints form circles so wide that the
    search for a solution was given up; then there may be a smaller set.

    >>> Conflict(("dead", "here"), ("a part",)).minimal
    True
    """

    figures: tuple[str, ...]
    constraints: tuple[str, ...]
    minimal: bool = True


@dataclass(frozen=True, slots=True)
class Bounds:
    """The tightest count implied for each id, and each contradiction that stands in the way.

    Of every contradiction one constraint is set aside (the first by id), and the counts are what the rest implies.

    >>> Bounds({"dead": Count(3, 3)}, ()).counts["dead"]
    Count(low=3, high=3)
    """

    counts: Mapping[str, Count]
    conflicts: tuple[Conflict, ...]


def bounds(figures: Mapping[str, Count], constraints: Iterable[Constraint]) -> Bounds:
    """What each figure can be, given all others of its root; ids that only a constraint names start as unknown.

    Figures are people (or whatever one unit they share). Every solution lies within the counts; where constraints form
    a tree, each end of a count belongs to a solution. Raises ValueError for two constraints of one id.

    >>> sides = Constraint("sides", "sum", "dead", ("civilians", "fighters"), rest=True)
    >>> found = bounds({"dead": Count(1383, 1383), "civilians": Count(683, None)}, [sides])
    >>> found.counts["fighters"], found.conflicts
    (Count(low=0, high=700), ())
    >>> bounds({"dead": Count(48, 48), "civilians": Count(49, 49)}, [sides]).conflicts
    (Conflict(figures=('civilians', 'dead'), constraints=('sides',), minimal=True),)
    """
    counts: dict[str, Count] = {}
    conflicts: list[Conflict] = []
    for island in islands(System.of(figures, constraints)):
        if not island.constraints:
            counts |= island.figures
            continue
        left, found = _consistent(island)
        counts |= narrowed(left.free, left.constraints) or {}
        counts |= {figure: count for figure, count in island.free.items() if figure not in counts}
        conflicts += found
    return Bounds(dict(sorted(counts.items())), tuple(conflicts))


def _consistent(system: System) -> tuple[System, list[Conflict]]:
    """The system without one constraint of each contradiction in it, and the contradictions."""
    found: list[Conflict] = []
    while impossible(system):
        conflict = _minimal(system)
        found.append(conflict)
        kept = tuple(one for one in system.constraints if one.id != conflict.constraints[0])
        system = replace(system, constraints=kept)
    return system, found


def _minimal(system: System) -> Conflict:
    """Members are left out, many together and then each in turn, and stay out if the others still cannot all hold."""
    kept: list[Member] = [*system.constraints, *system.figures]
    size = len(kept)
    while size > 1:
        size = (size + 1) // 2
        for start in reversed(range(0, len(kept), size)):
            fewer = kept[:start] + kept[start + size :]
            kept = fewer if impossible(_system(fewer)) else kept
    minimal = all(impossible(_system([one for one in kept if one is not gone])) is False for gone in kept)
    found = _system(kept)
    return Conflict(tuple(name for name, _ in found.figures), tuple(one.id for one in found.constraints), minimal)


def _system(members: Iterable[Member]) -> System:
    members = list(members)
    figures = tuple(one for one in members if not isinstance(one, Constraint))
    return System(figures, tuple(one for one in members if isinstance(one, Constraint)))
