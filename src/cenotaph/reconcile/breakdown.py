"""Whether the parts that a draft itself gives of a figure come to that figure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from cenotaph.reconcile.arithmetic import shown
from cenotaph.vocabulary import Claim, Count, Interval

__all__ = ["Missed", "parts_that_miss"]


@dataclass(frozen=True, slots=True)
class Missed:
    """Parts in the draft that do not come to their whole: too many (`over`), or some not broken down."""

    whole: Claim
    parts: tuple[Claim, ...]
    what: str
    over: bool


def parts_that_miss(draft: Sequence[Claim], known: Mapping[str, Interval]) -> Iterator[Missed]:
    """For each whole that the draft breaks down: its lists of parts (by place, by status, ...) that do not come to it.

    "among them" is an overlay and never added.
    """
    held = {claim.id: claim for claim in draft}
    wholes: dict[str, list[Claim]] = {}
    for claim in draft:
        if claim.relation is not None and claim.relation.kind == "part" and claim.relation.to in held:
            wholes.setdefault(claim.relation.to, []).append(claim)
    for key, parts in wholes.items():
        lists = [parts, *_lists(held[key], parts)]
        if not any(known[key].count.admits(_added(one, known)) for one in lists):
            alone = len(lists) == 2 and len(parts) > 1
            yield from (_missed(held[key], one, known) for one in lists[1:] if alone or _over(key, one, known))


def _lists(whole: Claim, parts: Iterable[Claim]) -> list[list[Claim]]:
    """The parts by what sets them apart from the whole: two lists may break one whole down twice."""
    found: dict[tuple[bool, ...], list[Claim]] = {}
    for part in parts:
        facets = (mine != theirs for mine, theirs in zip(part.group.facets, whole.group.facets, strict=True))
        found.setdefault((part.place != whole.place, part.parties != whole.parties, *facets), []).append(part)
    return list(found.values())


def _added(parts: Iterable[Claim], known: Mapping[str, Interval]) -> Count:
    total = Count(0, 0)
    for part in parts:
        total += known[part.id].count
    return total


def _over(whole: str, parts: Sequence[Claim], known: Mapping[str, Interval]) -> bool:
    return not known[whole].count.may_hold(_added(parts, known))


def _missed(whole: Claim, parts: Sequence[Claim], known: Mapping[str, Interval]) -> Missed:
    added, said, over = _added(parts, known), known[whole.id].count, _over(whole.id, parts, known)
    steps = " + ".join(shown(known[part.id].count) for part in parts)
    rest = "" if over else f": {shown(said - added)} not broken down"
    what = f"the parts come to {shown(added)} ({steps}), the whole says {shown(said)}{rest}"
    return Missed(whole, tuple(parts), what, over)
