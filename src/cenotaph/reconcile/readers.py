"""How many people have read the words behind a figure: none (a machine did), one, or two."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from cenotaph.reconcile.told import Telling
from cenotaph.vocabulary import Decision

__all__ = ["Readers", "made_by"]

READ = ("accept", "correct", "add")


def made_by(decision: Decision) -> str:
    """The id of the claim that a decision makes: a corrected one goes by another id than the one it replaces."""
    claim = decision.details.get("claim")
    return str(claim.get("id", "")) if isinstance(claim, Mapping) else ""


@dataclass(frozen=True, slots=True)
class Readers:
    """Who accepted, corrected or added a claim, by the claim's id."""

    known: Mapping[str, frozenset[str]]

    @classmethod
    def of(cls, decisions: Iterable[Decision]) -> Readers:
        found: dict[str, set[str]] = defaultdict(set)
        for one in decisions:
            if one.verb in READ:
                found[one.about].add(one.who)
                found[made_by(one) or one.about].add(one.who)
        return cls({claim: frozenset(who) for claim, who in found.items()})

    def share(self, tellings: Sequence[Telling], times: int) -> float:
        """The share of claims that at least so many people read; one that a person made counts as read by them."""
        done = sum(len(self._of(one)) >= times for one in tellings)
        return done / len(tellings)

    def _of(self, telling: Telling) -> frozenset[str]:
        coder = telling.claim.coder
        by_hand = frozenset({coder.name}) if coder.kind == "person" else frozenset()
        return self.known.get(telling.id, frozenset()) | by_hand
