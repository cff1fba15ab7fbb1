"""Where a decision about an incident belongs now: an incident's id may change, the claims it holds are what stays."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from cenotaph.vocabulary import Incident

__all__ = ["Homes"]


@dataclass(frozen=True, slots=True)
class Homes:
    """The incidents by every name they have had, and by the claims that they hold themselves."""

    named: Mapping[str, Incident]
    holders: Mapping[str, Sequence[Incident]]

    @classmethod
    def of(cls, incidents: Iterable[Incident]) -> Homes:
        named: dict[str, Incident] = {}
        holders: dict[str, list[Incident]] = {}
        for one in sorted(incidents, key=lambda one: one.id):
            named |= {name: one for name in (one.code, *one.once) if name}
            for claim in one.claims:
                holders.setdefault(claim, []).append(one)
        return cls(named | {one.id: one for one in incidents}, holders)

    def held(self, claims: Iterable[str]) -> list[str]:
        return [claim for claim in claims if claim in self.holders]

    def of_claims(self, claims: Sequence[str], about: str) -> list[Incident]:
        """The one that was named, if the claims still stand in it or around it; else those that hold all of them.

        With no claims to go by, the one that was named. What was said of an incident is never taken for an episode's.
        """
        named = self.named.get(about)
        if named is not None and (not claims or self._still(claims, named)):
            return [named]
        each = [{one.id for one in self.holders[claim]} for claim in claims]
        found = [self.named[name] for name in sorted(set.intersection(*each))] if each else []
        kind = named.kind if named is not None else about.partition(":")[0]
        return [one for one in found if kind not in ("incident", "episode") or one.kind == kind]

    def _still(self, claims: Iterable[str], named: Incident) -> bool:
        """Whether none of the claims stands apart: in a sibling that was split off, or in another episode."""
        homes = [self.holders[claim] for claim in claims]
        within = [any(named.id in (one.id, one.parent) for one in each) for each in homes]
        around = [any(one.id == named.parent for one in each) for each in homes]
        return any(within) and all(inside or near for inside, near in zip(within, around, strict=True))
