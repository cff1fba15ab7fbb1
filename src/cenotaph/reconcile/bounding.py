"""What a root's own words allow each of its newest figures to be, if they hold; and what cannot hold together.

Every vintage of every series is one unknown. Constraints: a part within its declared whole, a list that adds up to a
whole with what it does not break down as a cell of its own, an overlay within its whole, a set within another of the
same root that is not older, and a record that does not fall. Nothing is ever bounded across roots.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from cenotaph.calculus import Conflict, Constraint, bounds
from cenotaph.reconcile.arithmetic import comparable, parted, shown
from cenotaph.reconcile.order import Finding, problem
from cenotaph.reconcile.series import Figure, Series
from cenotaph.reconcile.told import Telling
from cenotaph.vocabulary import Check, Count

__all__ = ["Nested", "bounding"]

Nested = tuple[int, int, int, int]
"""Series and step of a part, series and step of a whole that holds it and is not older."""


def bounding(
    series: Sequence[Series], tellings: Sequence[Telling], nested: Iterable[Nested], told: Iterable[Check]
) -> tuple[dict[int, Count], list[Finding]]:
    """The bounds of each series' newest figure by the number of the series, and contradictions not `told` of yet."""
    system = _System.of(series, tellings)
    constraints = [*_growing(series), *_holding(nested), *system.declared(tellings)]
    found = bounds(system.counts, constraints)
    known = [set(check.claims) for check in told if check.verdict in ("contradiction", "arithmetic problem")]
    newest = {at: found.counts[_name(at, len(one.figures) - 1)] for at, one in enumerate(series) if one.root.named}
    return newest, [finding for conflict in found.conflicts for finding in system.told(conflict, known)]


def _name(at: int, step: int) -> str:
    return f"{at:06d}.{step:04d}"


@dataclass(frozen=True, slots=True)
class _System:
    """The unknowns: a vintage each, and each claim that stands in none of them (a part counted elsewhere)."""

    counts: Mapping[str, Count]
    names: Mapping[str, str]
    first: Mapping[str, Telling]

    @classmethod
    def of(cls, series: Sequence[Series], tellings: Sequence[Telling]) -> _System:
        steps = [(at, step, figure) for at, one in enumerate(series) for step, figure in enumerate(one.figures)]
        counts = {_name(at, step): figure.vintage.interval.count for at, step, figure in steps}
        first = {_name(at, step): figure.first for at, step, figure in steps}
        names = {claim: _name(at, step) for at, step, figure in steps for claim in figure.vintage.claims}
        for one in tellings:
            if one.id not in names:
                names[one.id] = one.id
                counts[one.id] = one.interval.count
                first[one.id] = one
        return cls(counts, names, first)

    def declared(self, tellings: Sequence[Telling]) -> Iterator[Constraint]:
        """Parts, lists and overlays that words declare, where one root says both in one report."""
        held = {one.id: one for one in tellings}
        lists: dict[str, list[Telling]] = {}
        for one in tellings:
            tie = one.claim.relation
            whole = held.get(tie.to) if tie and tie.kind in ("part", "overlay") else None
            if tie is None or whole is None or not comparable(one, whole) or self.names[one.id] == self.names[whole.id]:
                continue
            yield Constraint(f"within {whole.id} {one.id}", "part", self.names[whole.id], (self.names[one.id],))
            if tie.kind == "part":
                lists.setdefault(whole.id, []).append(one)
        for identity, parts in lists.items():
            for number, some in enumerate(parted(held[identity], parts)):
                names = tuple(dict.fromkeys(self.names[one.id] for one in some))
                if len(names) == len(some) > 1:
                    yield Constraint(f"list {identity} {number}", "sum", self.names[identity], names, rest=True)

    def told(self, conflict: Conflict, known: Sequence[set[str]]) -> Iterator[Finding]:
        """A contradiction in words, unless one is told already of the same claims."""
        members = [self.first[name] for name in conflict.figures]
        claims = tuple(one.id for one in members)
        if not members or any(one <= set(claims) or set(claims) <= one for one in known):
            return
        figures = ", ".join(f"{shown(one.interval.count)} ({one.scope.group.words or 'people'})" for one in members)
        less = "" if conflict.minimal else "; there may be fewer that do not"
        what = f"these figures of one root cannot all hold: {figures}{less}"
        check = Check("parts, wholes and days of one root", "contradiction", what, claims)
        yield (
            check,
            problem("contradiction", what, members[0], claims, "which of these is read wrongly"),
        )


def _growing(series: Sequence[Series]) -> Iterator[Constraint]:
    """What a root had on record, it had on record later too, unless it said otherwise or its record falls."""
    for at, one in enumerate(series):
        if not one.cumulative or not one.told.total:
            continue
        for step, (before, after) in enumerate(zip(one.figures, one.figures[1:], strict=False)):
            if _grows(before, after):
                yield Constraint(f"grows {at:06d}.{step:04d}", "part", _name(at, step + 1), (_name(at, step),))


def _grows(before: Figure, after: Figure) -> bool:
    high = after.vintage.interval.high
    return (high is None or before.vintage.interval.low <= high) and before.vintage.interval.low <= (
        after.vintage.interval.low
    )


def _holding(nested: Iterable[Nested]) -> Iterator[Constraint]:
    for at, step, other, later in sorted(set(nested)):
        name, whole = _name(at, step), _name(other, later)
        yield Constraint(f"in {name} {whole}", "part", whole, (name,))
