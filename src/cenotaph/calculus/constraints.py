"""What words declare about the figures of one root: parts of a whole, lists that add up to it, overlays within it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from cenotaph.vocabulary import Count

__all__ = ["Constraint", "System", "islands"]


@dataclass(frozen=True, slots=True)
class Constraint:
    """A declared relation of figures, by their ids.

    *sum*: the parts and nothing else make up the whole; with `rest` a cell that is not broken down may be added to
    them. *part* and *overlay*: each of the parts is no larger than the whole, and they are never summed. Raises
    ValueError for a list without parts, with one twice, or with the whole among its parts.

    >>> Constraint("by side", "sum", "dead", ("civilians", "fighters"), rest=True).figures
    ('dead', 'civilians', 'fighters')
    """

    id: str
    kind: Literal["sum", "part", "overlay"]
    whole: str
    parts: tuple[str, ...]
    rest: bool = False

    def __post_init__(self) -> None:
        if not self.parts or len({self.whole, *self.parts}) != len(self.parts) + 1:
            raise ValueError(f"{self.id}: a whole has parts, each once and none the whole; found {self.parts!r}")

    @property
    def figures(self) -> tuple[str, ...]:
        return (self.whole, *self.parts)


@dataclass(frozen=True, slots=True)
class System:
    """Figures and constraints that hold together, both in the order of their ids; a figure that is not there is free.

    >>> System.of({}, [Constraint("all", "sum", "dead", ("here", "there"))]).free
    {'dead': Count(low=0, high=None), 'here': Count(low=0, high=None), 'there': Count(low=0, high=None)}
    """

    figures: tuple[tuple[str, Count], ...]
    constraints: tuple[Constraint, ...]

    @classmethod
    def of(cls, figures: Mapping[str, Count], constraints: Iterable[Constraint]) -> System:
        """Raises ValueError for two constraints of one id."""
        ordered = sorted(constraints, key=lambda one: one.id)
        twice = [one.id for one, after in pairwise(ordered) if one.id == after.id]
        if twice:
            raise ValueError(f"each constraint has an id of its own; found {twice[0]!r} more than once")
        return cls(tuple(sorted(figures.items())), tuple(ordered))

    @property
    def free(self) -> dict[str, Count]:
        """What each id may be before any constraint is looked at."""
        named = {figure: Count(0, None) for one in self.constraints for figure in one.figures}
        return {**named, **dict(self.figures)}

    @property
    def tree(self) -> bool:
        """Whether only one way of constraints leads from each figure to another; asked of an island only."""
        ties = sum(len(one.figures) for one in self.constraints)
        return ties == len(self.free) + len(self.constraints) - 1


def islands(system: System) -> list[System]:
    """The system in pieces that share no figure, in the order of their first figure.

    >>> [len(one.figures) for one in islands(System.of({"a": Count(1, 1), "b": Count(2, 2)}, []))]
    [1, 1]
    """
    home = _homes(system)
    figures: dict[str, list[tuple[str, Count]]] = {}
    constraints: dict[str, list[Constraint]] = {}
    for figure, count in system.figures:
        figures.setdefault(home[figure], []).append((figure, count))
    for one in system.constraints:
        constraints.setdefault(home[one.whole], []).append(one)
    found = sorted({home[figure] for figure in system.free})
    return [System(tuple(figures.get(one, ())), tuple(constraints.get(one, ()))) for one in found]


def _homes(system: System) -> dict[str, str]:
    """For each figure the least figure that constraints tie it to."""
    parent = {figure: figure for figure in system.free}

    def head(figure: str) -> str:
        while parent[figure] != figure:
            parent[figure] = parent[parent[figure]]
            figure = parent[figure]
        return figure

    for one in system.constraints:
        heads: Sequence[str] = sorted({head(figure) for figure in one.figures})
        for other in heads:
            parent[other] = heads[0]
    return {figure: head(figure) for figure in parent}
