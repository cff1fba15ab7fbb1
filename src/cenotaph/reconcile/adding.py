"""Whether a figure that nobody holds is a sum of figures that are held, and whether those may be added.

Any number is the sum of some others, so only what somebody could have meant counts: figures that the draft itself
states, or figures that differ in one respect alone (each of another status, or of a place apart from the others).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from cenotaph.reconcile.arithmetic import shown
from cenotaph.reconcile.held import Held, names_of
from cenotaph.vocabulary import Claim, Count, Group, Place

__all__ = ["Sum", "adds_up_to", "whole_figures"]

Apart = Callable[[Held, Held], bool]

MOST = 4
"""Parts of a sum that are looked for; more than these nobody adds in the head. Our convention."""

POOL = 60
"""Of one root's figures so many, the largest, are tried as parts, so that a large case does not take for ever."""


@dataclass(frozen=True, slots=True)
class Sum:
    """Figures that come to the draft's, and why they may not be added ("" when they may, as our own sum)."""

    parts: tuple[Held, ...]
    why_not: str

    @property
    def words(self) -> str:
        """The sum as it would be written, each figure in what its words allow."""
        total = Count(0, 0)
        for part in self.parts:
            total += part.vintage.interval.count
        return " + ".join(shown(part.vintage.interval.count) for part in self.parts) + f" = {shown(total)}"

    @property
    def roots(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(part.root for part in self.parts))


def adds_up_to(draft: Claim, pool: Sequence[Held], stated: Sequence[Held]) -> Sum | None:
    """The sum that the draft's figure is: of held figures that it states itself, else of one root, else of two roots.

    `pool` are the held figures that stand for their sets (`whole_figures`), `stated` those that the rest of the draft
    gives.
    """
    target = draft.quantity.base
    if target is None or draft.quantity.comparator in ("plural", "between") or draft.quantity.fraction is not None:
        return None
    fit = [one for one in pool if one.scope.harm.within(draft.harm) and 0 < one.number < target]
    roots = _largest(fit)
    own = [ours for ours in roots if names_of(draft) & ours[0].roots] or roots
    for found in (_stated(stated, target), _structured(draft, own, target), _across(draft, roots, target)):
        best = min(found, key=_rank, default=None)
        if best is not None:
            return best
    return None


def whole_figures(held: Sequence[Held]) -> list[Held]:
    """The figures that stand for their set: not those of a village where the root has one of its whole district."""
    largest: dict[tuple[object, ...], Held] = {}
    for one in held:
        if one.toll and (_set(one) not in largest or largest[_set(one)].number < one.number):
            largest[_set(one)] = one
    return [one for one in held if one.toll and largest[_set(one)].toll == one.toll]


def _set(one: Held) -> tuple[object, ...]:
    place = one.scope.place
    return one.root, one.scope.harm, _facets(one), place.path if place else None, _when(one)


def _rank(one: Sum) -> tuple[object, ...]:
    return bool(one.why_not), len(one.parts), sorted(-part.number for part in one.parts)


def _stated(stated: Sequence[Held], target: int) -> Iterator[Sum]:
    for size in range(2, MOST + 1):
        for parts in combinations(stated, size):
            if sum(part.number for part in parts) == target:
                yield Sum(parts, _why_not(parts))


def _largest(fit: Iterable[Held]) -> list[list[Held]]:
    """The largest figures of each root."""
    roots: dict[str, list[Held]] = {}
    for one in sorted(fit, key=lambda one: -one.number):
        roots.setdefault(one.root, []).append(one)
    return [ours[:POOL] for ours in roots.values()]


def _structured(draft: Claim, roots: Iterable[Sequence[Held]], target: int) -> Iterator[Sum]:
    for ours in roots:
        for apart in (_other_status, _other_place):
            for parts in _built(ours, target, apart, ()):
                if _could_mean(draft, parts):
                    yield Sum(parts, _why_not(parts))


def _could_mean(draft: Claim, parts: Sequence[Held]) -> bool:
    """Whether the draft's people are those that the parts make up: each part's, or everyone."""
    mine = draft.group
    facets = (mine.status, mine.identity, mine.sex, mine.age)
    return not any(facets) or all(_facets(part) == facets for part in parts)


def _across(draft: Claim, roots: Iterable[Sequence[Held]], target: int) -> Iterator[Sum]:
    """Two roots' newest figures of the same people, or of people of two statuses."""
    newest = [one for ours in roots for one in ours if one.newest]
    by_number: dict[int, list[Held]] = {}
    for one in newest:
        by_number.setdefault(one.number, []).append(one)
    for one in newest:
        for other in by_number.get(target - one.number, ()):
            alike = _facets(one) == _facets(other) or _other_status(one, other)
            if one.number < other.number or one.root == other.root or not alike or _when(one) != _when(other):
                continue
            if _could_mean(draft, (one, other)):
                yield Sum((one, other), _why_not((one, other)))


def _built(ours: Sequence[Held], left: int, apart: Apart, parts: tuple[Held, ...]) -> Iterator[tuple[Held, ...]]:
    """Every way to the number that is left, with parts that are all apart from each other, the largest first."""
    if left == 0 and len(parts) > 1:
        yield parts
    if left <= 0 or len(parts) == MOST:
        return
    for one in ours:
        smaller = not parts or (one.number, one.vintage.claims) < (parts[-1].number, parts[-1].vintage.claims)
        enough = left <= one.number * (MOST - len(parts))  # those to come are no larger
        if one.number <= left and smaller and enough and all(apart(one, other) for other in parts):
            yield from _built(ours, left - one.number, apart, (*parts, one))


# --- which sets somebody could mean to add --------------------------------------------------------------------------


def _other_status(one: Held, other: Held) -> bool:
    mine, theirs = one.scope.group, other.scope.group
    rest = (mine.identity, mine.sex, mine.age) == (theirs.identity, theirs.sex, theirs.age)
    stated = bool(mine.status and theirs.status) and mine.status != theirs.status
    return stated and rest and _when(one) == _when(other) and not _places_apart(one.scope.place, other.scope.place)


def _other_place(one: Held, other: Held) -> bool:
    alike = _facets(one) == _facets(other) and _when(one) == _when(other)
    return alike and _places_apart(one.scope.place, other.scope.place)


def _facets(one: Held) -> tuple[str, ...]:
    group: Group = one.scope.group
    return (group.status, group.identity, group.sex, group.age)


def _places_apart(one: Place | None, other: Place | None) -> bool:
    if one is None or other is None or not one.path or not other.path or one.covers or other.covers:
        return False
    return not one.within(other) and not other.within(one)


def _when(one: Held) -> tuple[object, ...]:
    """A running total, or an event of its days; the two are never parts of one sum."""
    period = one.scope.period
    return () if period is None or period.end is None else (period.of, period.start, period.end)


# --- whether they may be added --------------------------------------------------------------------------------------


def _why_not(parts: Sequence[Held]) -> str:
    if len({part.root for part in parts}) > 1:
        return "two roots, who may have counted the same people"
    if _may_overlap(parts):
        return "one of these sets may hold people of another"
    several = len({part.day for part in parts if part.day}) > 1
    if _found_mixed(parts) or (several and not _one_report(parts)):
        return "mixed vintages: these figures are not of one day"
    return ""


def _may_overlap(parts: Sequence[Held]) -> bool:
    pairs = combinations(parts, 2)
    return not all(_other_status(one, other) or _other_place(one, other) for one, other in pairs)


def _found_mixed(parts: Sequence[Held]) -> bool:
    """Whether a check of their tolls found that they stood beside other figures before."""
    mixed = [check for part in parts if part.toll for check in part.toll.checks if check.verdict == "mixed vintages"]
    mine = [{claim.id for claim in part.claims} for part in parts]
    return any(sum(bool(ids & set(check.claims)) for ids in mine) > 1 for check in mixed)


def _one_report(parts: Sequence[Held]) -> bool:
    """Whether one report gives them all side by side."""
    reports = [{claim.report for claim in part.claims} for part in parts]
    return bool(set.intersection(*reports)) if reports else False
