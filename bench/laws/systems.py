"""Laws of bounds: what parts and wholes allow, held against trying out every choice of numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from random import Random
from typing import Literal

from cenotaph.calculus import Bounds, Constraint, bounds
from cenotaph.vocabulary import Count

__all__ = ["LAWS", "Parts"]

Answer = bool | None
Solution = dict[str, int]
KINDS: tuple[Literal["sum", "part", "overlay"], ...] = ("sum", "sum", "part", "overlay")


@dataclass(frozen=True)
class Parts:
    """A few figures of one root and what words declare of them; `tree` where no circle of declarations is made."""

    figures: Mapping[str, Count]
    constraints: tuple[Constraint, ...]
    tree: bool

    @classmethod
    def made(cls, random: Random) -> Parts:
        tree = random.random() < 0.6
        names = ["whole"]
        constraints: list[Constraint] = []
        for at in range(random.randint(1, 3)):
            whole = random.choice(names)
            fresh = [f"{whole}.{at}{part}" for part in range(random.randint(1, 2))]
            old = [name for name in names if name != whole]
            if not tree and old and random.random() < 0.6:
                fresh = [random.choice(old), *fresh[1:]]
            kind = random.choice(KINDS)
            constraints.append(Constraint(f"c{at}", kind, whole, tuple(fresh), rest=random.random() < 0.4))
            names = list(dict.fromkeys([*names, *fresh]))
        figures = {name: _small(random) for name in names[:6] if random.random() < 0.8}
        return cls(figures, tuple(constraints), tree)

    @cached_property
    def bounds(self) -> Bounds:
        return bounds(self.figures, self.constraints)

    @cached_property
    def solutions(self) -> list[Solution]:
        """All up to the sum of what is said: on a tree no end of a count lies higher."""
        return list(solved(self.figures, self.constraints, 2 + _said(self.figures)))


def _small(random: Random) -> Count:
    low = random.choice((0, 1, 1, 2, 3))
    return Count(low, random.choice((low, low, low + 1, low + 2, None)))


def _said(figures: Mapping[str, Count]) -> int:
    return sum(count.low if count.high is None else count.high for count in figures.values())


def solved(figures: Mapping[str, Count], constraints: Sequence[Constraint], most: int) -> Iterator[Solution]:
    """Every choice of numbers that satisfies all, open counts up to a limit, by trying one number after the other."""
    names = sorted({*figures, *(name for one in constraints for name in one.figures)})
    free = {name: figures.get(name, Count(0, None)) for name in names}
    ends = {name: (count.low, most if count.high is None else count.high) for name, count in free.items()}
    yield from _tried({}, names, ends, constraints)


def _tried(
    chosen: Solution, names: Sequence[str], ends: Mapping[str, tuple[int, int]], constraints: Sequence[Constraint]
) -> Iterator[Solution]:
    if len(chosen) == len(names):
        yield dict(chosen)
        return
    name = names[len(chosen)]
    wholes = [chosen[one.whole] for one in constraints if name in one.parts and one.whole in chosen]
    for number in range(ends[name][0], min((ends[name][1], *wholes)) + 1):
        chosen[name] = number
        if all(_can_hold(one, chosen) for one in constraints):
            yield from _tried(chosen, names, ends, constraints)
        del chosen[name]


def _can_hold(one: Constraint, chosen: Solution) -> bool:
    if one.whole not in chosen:
        return True
    parts = [chosen[part] for part in one.parts if part in chosen]
    if one.kind != "sum":
        return all(part <= chosen[one.whole] for part in parts)
    all_there = len(parts) == len(one.parts) and not one.rest
    return sum(parts) == chosen[one.whole] if all_there else sum(parts) <= chosen[one.whole]


# --- laws -----------------------------------------------------------------------------------------------------------


def every_solution_lies_within_the_bounds(case: Parts) -> Answer:
    if not case.solutions:
        return None
    pairs = ((one[name], count) for one in case.solutions for name, count in case.bounds.counts.items())
    return not case.bounds.conflicts and all(count.admits(Count(number, number)) for number, count in pairs)


def on_a_tree_each_end_is_reached(case: Parts) -> Answer:
    if not case.tree or not case.solutions:
        return None
    for name, count in case.bounds.counts.items():
        reached = [one[name] for one in case.solutions]
        if count.low != min(reached) or (count.high is not None and count.high != max(reached)):
            return False
    return True


def what_no_choice_satisfies_is_told(case: Parts) -> Answer:
    """On a tree always; where there are circles too, in systems as small as these."""
    if case.solutions or _solvable(case, case.figures, case.constraints):
        return None
    return bool(case.bounds.conflicts)


def a_contradiction_is_real_and_without_any_one_member_it_is_none(case: Parts) -> Answer:
    if not case.bounds.conflicts:
        return None
    return all(_is_minimal(case, found.figures, found.constraints) for found in case.bounds.conflicts)


def _is_minimal(case: Parts, names: Sequence[str], ids: Sequence[str]) -> bool:
    figures = {name: case.figures[name] for name in names}
    constraints = [one for one in case.constraints if one.id in ids]
    fewer_figures = [{name: count for name, count in figures.items() if name != gone} for gone in names]
    fewer = [[one for one in constraints if one is not gone] for gone in constraints]
    real = not _solvable(case, figures, constraints)
    return real and all(_solvable(case, some, constraints) for some in fewer_figures) and all(
        _solvable(case, figures, some) for some in fewer
    )  # fmt: skip


def _solvable(case: Parts, figures: Mapping[str, Count], constraints: Sequence[Constraint]) -> bool:
    """Tried up to what is said, which circles of constraints could double again and again."""
    most = 2 + _said(figures) * (1 if case.tree else 2 ** len(constraints))
    return next(solved(figures, constraints, most), None) is not None


def each_contradiction_has_a_constraint_of_its_own(case: Parts) -> Answer:
    """So that setting those aside leaves figures that can all be true, and those are what the bounds are of."""
    if not case.bounds.conflicts:
        return None
    first = [found.constraints[0] for found in case.bounds.conflicts]
    kept = [one for one in case.constraints if one.id not in first]
    again = bounds(case.figures, kept)
    same = all(again.counts[name] == case.bounds.counts[name] for name in again.counts)
    return len(set(first)) == len(first) and not again.conflicts and same


def the_order_in_which_things_are_given_does_not_matter(case: Parts) -> Answer:
    figures = dict(reversed(list(case.figures.items())))
    return bounds(figures, reversed(case.constraints)) == case.bounds


LAWS = (
    every_solution_lies_within_the_bounds,
    on_a_tree_each_end_is_reached,
    what_no_choice_satisfies_is_told,
    a_contradiction_is_real_and_without_any_one_member_it_is_none,
    each_contradiction_has_a_constraint_of_its_own,
    the_order_in_which_things_are_given_does_not_matter,
)
