"""Codes of incidents: given at the first decision about one, never used again; after a merge the later ones lead on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from cenotaph.vocabulary import Decision, Incident

__all__ = ["coded"]


def coded(incidents: Sequence[Incident], history: Iterable[Decision]) -> tuple[Incident, ...]:
    """The incidents with their codes, I-0001 and on, in the order in which people first decided about them.

    A decision that was undone gave its code all the same. An incident is met again by the claims that a decision had
    seen of it (`seen` in its details), since its id follows from an anchor that an earlier report may replace.
    """
    by_id = {one.id: one for one in incidents}
    home = {claim: one.id for one in incidents for claim in one.claims}
    given: dict[str, str] = {}
    codes: dict[str, list[str]] = {}
    for decision in history:
        if not decision.about.startswith(ABOUT):
            continue
        seen = [str(one) for one in decision.details.get("seen", ())]
        code = _code(given, decision.about, seen)
        now = next((home[one] for one in seen if one in home), decision.about)
        if now in by_id and code not in codes.setdefault(now, []):
            codes[now].append(code)
    return tuple(
        replace(one, code=codes[one.id][0], once=tuple(codes[one.id][1:])) if one.id in codes else one
        for one in incidents
    )


ABOUT = ("incident:", "episode:")


def _code(given: dict[str, str], about: str, seen: Sequence[str]) -> str:
    """The code under which one of its names, its id or a claim, is known already; else the next one."""
    code = next((given[one] for one in (about, *seen) if one in given), f"I-{len(set(given.values())) + 1:04d}")
    for one in (about, *seen):
        given.setdefault(one, code)
    return code
