"""What one report says of one harm: the figure in it that counts most for the scene, and the claims it rests on.

Reports carry other news beside their own: menus, round-ups, tolls of a year. So a report is heard as what it gives most
weight to, not as the largest that it says; `stories` hears texts that tell of one event alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add

from cenotaph.reconcile.scene import Scene
from cenotaph.reconcile.told import SPOKEN
from cenotaph.reconcile.weighing import Weights, of_scene, weight
from cenotaph.vocabulary import Claim, Count, NumberRules

__all__ = ["GROUPS", "Ear", "Heard", "heaviest", "sharpest", "together", "top"]

GROUPS = ("people", "children", "women", "men", "fighters")
"""Of whom drafts are made. People are all whom nobody calls fighters; children, women and men are among them."""
INSIDE = ("part", "overlay")


@dataclass(frozen=True, slots=True)
class Heard:
    """So many, on these claims, and how much that counts."""

    count: Count
    claims: tuple[Claim, ...]
    weight: float


@dataclass(frozen=True, slots=True)
class Ear:
    """By which a report is heard: the scene, the weights, and the rule set that makes words counts."""

    scene: Scene
    by: Weights
    rules: NumberRules

    def weigh(self, claims: Iterable[Claim]) -> float:
        """The most that one of them counts."""
        return max(weight(claim, self.scene, self.by) for claim in claims)

    def people(self, claim: Claim) -> Count:
        """How many a claim is about; where its words give no figure, or are a name, as many as they name, and one at
        least.
        """
        said = claim.quantity
        named = max(1, len(claim.group.names))
        if (said.base is None and said.comparator != "plural") or (said.base == 1 and said.words in claim.group.names):
            return Count(named, named)
        return said.interval(self.rules).count

    def group_of(self, claim: Claim) -> str:
        """One of GROUPS, by the words of the claim's group."""
        if self.by.of_a_force(claim.group):
            return "fighters"
        if claim.group.age == "child":
            return "children"
        return {"female": "women", "male": "men"}.get(claim.group.sex, "people")


def top(count: Count) -> int:
    """The upper end; of an open count its lower one, since nothing above it was said.

    >>> top(Count(3, 4)), top(Count(15, None))
    (4, 15)
    """
    return count.low if count.high is None else count.high


def sharpest(counts: Iterable[Count]) -> Count:
    """Of counts with the same two ends the one that is closed: "more than two" and "civilians" yield to "two".

    >>> sharpest([Count(2, None), Count(2, 2)])
    Count(low=2, high=2)
    """
    return min(counts, key=lambda one: one.high is None)


def together(claims: Sequence[Claim], ear: Ear) -> Count:
    """The figures of one sentence added up; plurals without a number ("and members of ...") count by themselves only.

    What says another claim again adds nothing: of a sentence that only says again, the largest stands.
    """
    fresh = [one for one in claims if one.relation is None or one.relation.kind != "restates"]
    if not fresh:
        return max((ear.people(one) for one in claims), key=top)
    vague = [one for one in fresh if one.quantity.comparator == "plural" and one.quantity.base is None]
    figured = [one for one in fresh if one not in vague]
    return reduce(add, (ear.people(one) for one in figured or vague))


def heaviest(claims: Sequence[Claim], harm: str, group: str, ear: Ear) -> Heard | None:
    """The figure of a report that counts most, told again and again or once; of two the larger. None where it has none.

    Figures of one sentence are added up. Left out: what is denied, expected or forecast, background, shares of a
    figure, and those killed beside others already told ("three more"), which are no figure of the whole. A toll that
    rose takes the place of a smaller figure.
    """
    sentences = list(_sentences(claims, harm, group, ear))
    found: dict[tuple[int, int], list[tuple[list[Claim], Count]]] = {}
    for sentence, count in sentences:
        found.setdefault((count.low, top(count)), []).append((sentence, count))
    told = {ends: sum(ear.weigh(sentence) for sentence, _ in each) for ends, each in found.items()}
    best = max(told, key=lambda ends: (told[ends], ends[1], ends[0]), default=None)
    if best is None:
        return None
    rests = tuple(claim for sentence, _ in found[best] for claim in sentence)
    heard = Heard(sharpest(count for _, count in found[best]), rests, min(told[best], ear.by.most))
    return _risen((one for sentence, _ in sentences for one in sentence), heard, ear)


def _risen(claims: Iterable[Claim], heard: Heard, ear: Ear) -> Heard:
    """The highest toll that rose in the same report, of this time and place; it weighs what it takes the place of."""
    least, most = top(heard.count), top(heard.count) * ear.by.range["leap"]
    tolls = [
        (one, count)
        for one in claims
        if ear.by.rose(one) and of_scene(one, ear.scene, ear.by)
        if least < top(count := ear.people(one)) <= most
    ]
    if not tolls:
        return heard
    toll, count = max(tolls, key=lambda each: top(each[1]))
    return Heard(count, (toll,), heard.weight)


def _sentences(claims: Sequence[Claim], harm: str, group: str, ear: Ear) -> Iterator[tuple[list[Claim], Count]]:
    fighters = _fighters_inside(claims, ear) if group == "people" else {}
    either = {(one.start, one.quantity.words) for one in claims if len(one.harm.codes) > 1 and one.quantity.base}
    sentences: dict[int, list[Claim]] = {}
    for claim in claims:
        if _fits(claim, harm, group, ear) and (claim.start, claim.quantity.words) not in either:
            sentences.setdefault(claim.start, []).append(claim)
    for sentence in sentences.values():
        count = together(sentence, ear)
        for one in sentence:
            count -= fighters.get(one.id, Count(0, 0))
        yield sentence, count


def _fits(claim: Claim, harm: str, group: str, ear: Ear) -> bool:
    """Whether it counts people of this group. Of the whole only what is told as a whole; of a group what is told of
    others, too ("among them two women").
    """
    tie = claim.relation.kind if claim.relation else ""
    spoken = claim.stance in SPOKEN and claim.level != "forecast" and claim.quantity.fraction is None
    if not spoken or claim.reach in ("increment", "background") or tie == "increment":
        return False
    if len(claim.harm.codes) > 1 or claim.harm.codes[0] not in ear.by.heard_as(harm):
        return False
    mine = ear.group_of(claim)
    return mine == group if group != "people" else mine != "fighters" and tie not in INSIDE


def _fighters_inside(claims: Iterable[Claim], ear: Ear) -> Mapping[str, Count]:
    """How many of a whole its report calls fighters, by the whole's id."""
    found: dict[str, Count] = {}
    for one in claims:
        if one.relation is not None and one.relation.kind in INSIDE and ear.by.of_a_force(one.group):
            found[one.relation.to] = found.get(one.relation.to, Count(0, 0)) + ear.people(one)
    return found
