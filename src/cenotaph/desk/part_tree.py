"""Parts and wholes of one root's figures, as its reports declare them: a tree with the arithmetic of each list."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from cenotaph.vocabulary import Check, Claim, Count, Toll

__all__ = ["ADD_UP", "Node", "Sum", "sums", "trees"]

ADD_UP = "parts of one whole add up"


@dataclass(frozen=True, slots=True)
class Sum:
    """One list by which a whole is broken down: the parts by id, what they add up to, whether that is the whole.

    `left` is what the list does not break down; `told` the words of the calculus.
    """

    parts: Sequence[str]
    total: Count
    holds: bool
    left: Count
    told: str


@dataclass(frozen=True, slots=True)
class Node:
    """A figure with the lists that break it down, and those that are counted in it and never summed (`overlays`)."""

    claim: Claim
    count: Count
    sums: Sequence[tuple[Sum, Sequence[Node]]]
    overlays: Sequence[Node]
    loose: Sequence[Node]
    reads: int = 0

    @property
    def leaf(self) -> bool:
        return not (self.sums or self.overlays or self.loose)


def sums(tolls: Iterable[Toll]) -> dict[str, list[Check]]:
    """The comparisons of declared parts with their whole, by whole, each once."""
    found: dict[str, dict[tuple[str, ...], Check]] = defaultdict(dict)
    for check in (check for one in tolls for check in one.checks if check.rule == ADD_UP):
        found[check.claims[0]].setdefault(check.claims, check)
    return {whole: list(checks.values()) for whole, checks in found.items()}


def trees(
    claims: Mapping[str, Claim], counts: Mapping[str, Count], checks: Mapping[str, Sequence[Check]]
) -> list[Node]:
    """The wholes that are in no other, each with all below it, the largest first."""
    tied: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for one in claims.values():
        if one.relation and one.relation.kind in ("part", "overlay") and one.relation.to in claims and one.id in counts:
            tied[one.relation.to][one.relation.kind].append(one.id)
    for whole, found in checks.items():
        tied[whole]["part"] += [one for check in found for one in check.claims[1:] if one in claims]
    inside = {one for kinds in tied.values() for some in kinds.values() for one in some}
    tops = [one for one in tied if one in claims and one in counts and one not in inside]
    made = _Made(claims, counts, checks, tied)
    found_trees = [made.node(one, ()) for one in tops]
    return sorted(found_trees, key=lambda one: (-one.count.low, one.claim.id))


@dataclass(frozen=True, slots=True)
class _Made:
    claims: Mapping[str, Claim]
    counts: Mapping[str, Count]
    checks: Mapping[str, Sequence[Check]]
    tied: Mapping[str, Mapping[str, Sequence[str]]]

    def node(self, key: str, above: Sequence[str]) -> Node:
        path = (*above, key)
        kinds = self.tied.get(key, {})
        found = list(self._sums(key))
        summed = {part for one in found for part in one.parts}
        loose = [one for one in dict.fromkeys(kinds.get("part", ())) if one not in summed]
        overlays = list(dict.fromkeys(kinds.get("overlay", ())))

        def below(keys: Iterable[str]) -> tuple[Node, ...]:
            return tuple(self.node(one, path) for one in keys if one not in path)

        told = tuple((one, below(one.parts)) for one in found)
        return Node(self.claims[key], self.counts[key], told, below(overlays), below(loose))

    def _sums(self, whole: str) -> Iterator[Sum]:
        for check in self.checks.get(whole, ()):
            parts = [one for one in check.claims[1:] if one in self.claims and one in self.counts]
            if len(parts) != len(check.claims) - 1:
                continue
            total = Count(0, 0)
            for one in parts:
                total += self.counts[one]
            left = self.counts[whole] - total
            yield Sum(parts, total, check.verdict == "holds", left, check.what)
