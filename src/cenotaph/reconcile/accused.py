"""Whom each root accuses, side by side: what it says, with the figures it says it of. Nothing is settled by it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from cenotaph.vocabulary import Check, Claim, Incident, Linked

__all__ = ["accused"]

RULE = "who is accused"


def accused(claims: Iterable[Claim], linked: Linked) -> dict[str, Check]:
    """For each episode in which two named roots accuse somebody: one check that tells what each says.

    The verdict is "differs" where they do not name the same parties, else "holds". A root that names nobody is no
    party to it: silence accuses and clears nobody.

    >>> accused([], Linked({}))
    {}
    """
    top = {one.id: one.parent or one.id for one in linked.incidents}
    home = {claim: top[one.id] for one in linked.incidents for claim in one.claims}
    found: dict[str, dict[str, list[Claim]]] = defaultdict(lambda: defaultdict(list))
    for claim in sorted(claims, key=lambda one: one.id):
        root = linked.roots[claim.id].root
        if claim.parties and root.named and claim.id in home and claim.stance != "denies":
            found[home[claim.id]][str(root)].append(claim)
    titles = {one.id: one for one in linked.incidents}
    return {key: _check(titles[key], roots) for key, roots in sorted(found.items()) if len(roots) > 1}


def _check(incident: Incident, roots: Mapping[str, list[Claim]]) -> Check:
    named = {frozenset(_party(claim) for claim in claims) for claims in roots.values()}
    what = "; ".join(f"{root} accuses {_said(claims)}" for root, claims in sorted(roots.items()))
    ids = tuple(claim.id for _, claims in sorted(roots.items()) for claim in claims)
    return Check(RULE, "holds" if len(named) == 1 else "differs", what, ids)


def _said(claims: Iterable[Claim]) -> str:
    """Each party with the figures of which it is said."""
    figures: dict[str, list[str]] = defaultdict(list)
    for claim in claims:
        words = f"{claim.quantity.words or 'some'} {claim.group.words or 'people'}"
        if words not in figures[_party(claim)]:
            figures[_party(claim)].append(words)
    return ", ".join(f"{party} ({'; '.join(said)})" for party, said in sorted(figures.items()))


def _party(claim: Claim) -> str:
    return " and ".join(sorted({party.canonical or party.words for party in claim.parties}))
