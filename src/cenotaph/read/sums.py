"""Lists that add up: figures whose sum is the whole said before are its parts, whether words say so or not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from cenotaph.read.page import Draft
from cenotaph.read.ties import id_of, precedes


def added_up(drafts: list[Draft]) -> list[Draft]:
    """A list of sibling figures whose sum is the figure said shortly before is its full breakdown."""
    out = _completed(drafts)
    for number in sorted({draft.sentence for draft in drafts}):
        here = [draft for draft in drafts if draft.sentence == number and not draft.tie and _exact(draft)]
        total = sum(draft.quantity.base or 0 for draft in here)
        back = [
            one
            for one in drafts
            if 0 < number - one.sentence <= 4 and one.quantity.base == total and one.tie not in ("part", "overlay")
        ]
        if len(here) > 1 and back and len({draft.code for draft in [*here, back[-1]]}) == 1:
            rule = ("relation", "a list that adds up to the figure before it")
            for draft in here:
                out[out.index(draft)] = replace(
                    draft, tie="part", whole=id_of(back[-1]), assumed=(*draft.assumed, rule)
                )
    return out


def _completed(drafts: Sequence[Draft]) -> list[Draft]:
    """ "60 of them were killed by X, while 30 were killed by Y": what makes up the rest of a whole is its part too."""
    out = list(drafts)
    for whole in drafts:
        parts = [one for one in out if one.tie == "part" and one.whole == id_of(whole)]
        if not parts or not all(_exact(one) for one in (whole, *parts)):
            continue
        rest = _rest(whole, parts, out) or _after_overlay(whole, parts, out)
        rule = ("relation", "completes a list that adds up to its whole")
        for draft in rest:
            tied = replace(draft, tie="part", whole=id_of(whole), reach="event", assumed=(*draft.assumed, rule))
            out[out.index(draft)] = tied
    return out


def _rest(whole: Draft, parts: Sequence[Draft], drafts: Sequence[Draft]) -> list[Draft]:
    """The figures after the first part that, in their order, bring the parts to exactly the whole; else none."""
    missing = (whole.quantity.base or 0) - sum(one.quantity.base or 0 for one in parts)
    found: list[Draft] = []
    for one in drafts:
        after = precedes(parts[0], one) and one.sentence - parts[-1].sentence <= 3 and one.code == whole.code
        if missing > 0 and after and one.tie in ("", "increment") and _exact(one):
            found.append(one)
            missing -= one.quantity.base or 0
    return found if missing == 0 else []


def _after_overlay(whole: Draft, parts: Sequence[Draft], drafts: Sequence[Draft]) -> list[Draft]:
    """ "70 civilians, among them 8 children, and 30 soldiers": a list that goes on behind what it says of its first."""
    missing = (whole.quantity.base or 0) - sum(one.quantity.base or 0 for one in parts)
    held = {id_of(whole), *(id_of(one) for one in parts)}
    behind = [one for one in drafts if one.tie == "overlay" and one.whole in held and _exact(one)]
    behind = [one for one in behind if one.sentence == parts[-1].sentence and precedes(parts[-1], one)]
    for skipped in range(1, len(behind)):
        if sum(one.quantity.base or 0 for one in behind[skipped:]) == missing:
            return behind[skipped:]
    return []


def _exact(draft: Draft) -> bool:
    return draft.chunk.number is not None and draft.quantity.comparator == "exact" and draft.quantity.base is not None
