"""Claims that are reconciled together: those of one episode, or of one root where nothing tells what they are about.

Nothing is ever compared across groups but a part with its own whole, so each group can be worked out by itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from cenotaph.decided import standing
from cenotaph.reconcile.readers import made_by
from cenotaph.vocabulary import Claim, Decision, Linked

__all__ = ["Concerning", "Group", "groups"]


@dataclass(frozen=True, slots=True)
class Group:
    """`claims` are counted here; `guests` are their parts or wholes that are counted in another group."""

    id: str
    claims: tuple[Claim, ...]
    guests: tuple[Claim, ...] = ()


def groups(claims: Iterable[Claim], linked: Linked) -> Iterator[Group]:
    """Each claim in exactly one group; the groups in an order that does not depend on that of the claims."""
    held = {claim.id: claim for claim in claims}
    top = {one.id: one.parent or one.id for one in linked.incidents}
    home = {claim: top[one.id] for one in linked.incidents for claim in one.claims}
    found: dict[str, list[Claim]] = defaultdict(list)
    for claim in held.values():
        found[home.get(claim.id) or f"root:{linked.roots[claim.id].root}"].append(claim)
    away = _away(held, {claim.id: key for key, members in found.items() for claim in members})
    for key in sorted(found):
        yield Group(key, tuple(found[key]), tuple(away.get(key, ())))


def _away(held: dict[str, Claim], home: dict[str, str]) -> dict[str, list[Claim]]:
    """For each group the claims of other groups that are tied to one of its own, and those they are tied to."""
    found: dict[str, dict[str, Claim]] = defaultdict(dict)
    for claim in held.values():
        whole = held.get(claim.relation.to) if claim.relation else None
        if whole is not None and home[whole.id] != home[claim.id]:
            found[home[whole.id]][claim.id] = claim
            found[home[claim.id]][whole.id] = whole
    return {key: list(members.values()) for key, members in found.items()}


@dataclass(frozen=True, slots=True)
class Concerning:
    """The decisions that stand, by each claim they name, with their place in the order: a group looks at its own."""

    by_claim: Mapping[str, Sequence[tuple[int, Decision]]]

    @classmethod
    def of(cls, decisions: Sequence[Decision]) -> Concerning:
        found: dict[str, list[tuple[int, Decision]]] = defaultdict(list)
        for at, one in enumerate(standing(decisions)):
            for claim in {one.about, str(one.details.get("with", "")), made_by(one)}:
                found[claim].append((at, one))
        return cls(dict(found))

    def group(self, group: Group) -> list[Decision]:
        """Those that name a claim or a guest of the group, in the order in which they were made."""
        claims = (*group.claims, *group.guests) if self.by_claim else ()
        named = {at: one for claim in claims for at, one in self.by_claim.get(claim.id, ())}
        return [named[at] for at in sorted(named)]
