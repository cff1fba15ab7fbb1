"""Codes of incidents: given at the first decision about one, never used again; after a merge the later ones lead on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from cenotaph.vocabulary import Decision, Incident

__all__ = ["code_for", "coded"]


def coded(incidents: Sequence[Incident], history: Iterable[Decision]) -> tuple[Incident, ...]:
    """The incidents with their codes, I-0001 and on, in the order in which people first decided about them.

    A decision that was undone gave its code all the same. An incident is met again by the claims that a decision had
    seen of it (`seen` in its details), since its id follows from an anchor that an earlier report may replace. The code
    is written into the decision (`code`): when an incident is split later, the part that is decided on gets its own.
    """
    by_id = {one.id: one for one in incidents}
    home = {claim: one.id for one in incidents for claim in one.claims}
    codes: dict[str, list[str]] = {}
    for decision, code in _given(history):
        now = next((home[one] for one in _seen(decision) if one in home), decision.about)
        if now in by_id and code not in codes.setdefault(now, []):
            codes[now].append(code)
    return tuple(
        replace(one, code=codes[one.id][0], once=tuple(codes[one.id][1:])) if one.id in codes else one
        for one in incidents
    )


def code_for(incident: Incident, history: Sequence[Decision]) -> str:
    """The code that a decision about an incident gives it: its own, else one that nothing ever had."""
    given = list(_given(history))
    since = [code for decision, code in given if decision.about == incident.id and decision.details.get("code")]
    return incident.code or (since[-1] if since else _next(code for _, code in given))


ABOUT = ("incident:", "episode:")


def _seen(decision: Decision) -> list[str]:
    return [str(one) for one in decision.details.get("seen", ())]


def _given(history: Iterable[Decision]) -> Iterator[tuple[Decision, str]]:
    """Each decision about an incident with the code that it gave or found: written into it, else told by its claims."""
    known: dict[str, str] = {}
    for decision in history:
        if not decision.about.startswith(ABOUT):
            continue
        names = (decision.about, *_seen(decision))
        code = str(decision.details.get("code", "")) or next((known[one] for one in names if one in known), "")
        code = code or _next(known.values())
        for one in names:
            known.setdefault(one, code)
        yield decision, code


def _next(given: Iterable[str]) -> str:
    """
    >>> _next([]), _next(["I-0002", "I-0009", "I-0002"])
    ('I-0001', 'I-0010')
    """
    return f"I-{max((int(code[2:]) for code in given), default=0) + 1:04d}"
