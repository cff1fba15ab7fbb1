"""Decisions hold on to words, not to ids: a reader that is mended gives a claim a new id, and the decision finds it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from cenotaph.decided import standing
from cenotaph.vocabulary import Claim, Decision, Problem, Span, content_id

__all__ = ["Settled", "anchored", "reattached", "steady_id"]

LISTS = ("relied", "set_aside", "seen")
"""Lists of claims in the details of a decision; `with` and what it is about can be a claim as well."""

Anchor = tuple[str, int, int, str]


def anchored(decision: Decision, claims: Mapping[str, Claim]) -> Decision:
    """The decision with the place in the text of each claim that it names, under `anchors`."""
    named = {one: _anchor(claims[one]) for one in _named(decision) if one in claims}
    if not named:
        return decision
    whole = {**decision.details, "anchors": {one: list(anchor) for one, anchor in sorted(named.items())}}
    first = claims.get(decision.about)
    if first is None:
        return replace(decision, details=whole)
    return replace(decision, report=first.report, anchor=first.anchor, quote=first.quote, details=whole)


def _named(decision: Decision) -> Iterator[str]:
    yield decision.about
    if isinstance(decision.details.get("with"), str):
        yield decision.details["with"]
    for name in LISTS:
        if isinstance(decision.details.get(name), (list, tuple)):
            yield from (one for one in decision.details[name] if isinstance(one, str))


def _anchor(claim: Claim) -> Anchor:
    return claim.report, claim.anchor.start, claim.anchor.end, str(claim.harm)


@dataclass(frozen=True, slots=True)
class _Present:
    """The claims as they are read now, by id and by anchor."""

    ids: frozenset[str]
    at: Mapping[Anchor, Sequence[str]]

    def now(self, one: str, anchor: Sequence[Any] | None) -> str:
        """The id under which a claim goes now: its own, else the one claim with its anchor; "" if there is none."""
        if one in self.ids or anchor is None:
            return one
        report, start, end, harm = anchor
        found = self.at.get((report, start, end, harm), ())
        return found[0] if len(found) == 1 else ""


def reattached(decisions: Iterable[Decision], claims: Iterable[Claim]) -> tuple[list[Decision], list[Problem]]:
    """The decisions with the ids that their claims have now, and a problem for each whose words are not found.

    An undo follows what it undoes, whose id changes with what it is about. Decisions `accept`, `reject` and `correct`
    carry the whole claim and are replayed elsewhere.
    """
    at: dict[Anchor, list[str]] = defaultdict(list)
    ids = set()
    for claim in claims:
        at[_anchor(claim)].append(claim.id)
        ids.add(claim.id)
    present = _Present(frozenset(ids), at)
    history = list(decisions)
    stand = {decision.id for decision in standing(history)}
    found: list[Decision] = []
    problems: list[Problem] = []
    names: dict[str, str] = {}
    for decision in history:
        moved, lost = _moved(decision, present)
        if decision.verb == "undo":
            moved = replace(moved, about=names.get(moved.about, moved.about))
        names[decision.id] = moved.id
        found.append(moved)
        if lost and decision.id in stand:
            problems.append(_lost(decision, lost))
    return found, problems


def _moved(decision: Decision, present: _Present) -> tuple[Decision, list[str]]:
    anchors = decision.details.get("anchors")
    if not anchors:
        return decision, []
    now = {one: present.now(one, anchor) for one, anchor in anchors.items()}
    lost = sorted(one for one, found in now.items() if not found)
    if not lost and all(one == found for one, found in now.items()):
        return decision, []
    details = dict(decision.details)
    if details.get("with") in now:
        details["with"] = now[details["with"]] or details["with"]
    for name in LISTS:
        if isinstance(details.get(name), (list, tuple)):
            details[name] = [now.get(one, one) or one for one in details[name]]
    return replace(decision, about=now.get(decision.about) or decision.about, details=details), lost


def _lost(decision: Decision, lost: Sequence[str]) -> Problem:
    what = (
        f"{decision.verb} by {decision.who}: the words it was decided on are read as no claim any more, or as several"
    )
    anchor = decision.anchor or Span(0, 0)
    return Problem(
        "decision", what, decision.report, anchor.start, anchor.end, decision.quote,
        "decide again on the new reading, or undo it", "what it decided no longer counts", tuple(lost),
    )  # fmt: skip


# --- problems -------------------------------------------------------------------------------------------------------

_CLAIM = re.compile(r"claim:[0-9a-f]{16}")


def steady_id(problem: Problem, claims: Mapping[str, Claim]) -> str:
    """What names a problem whatever ids its claims go by: what it says, where, and where their words stand.

    A problem that says something else, of the same claims, is another.
    """

    def place(claim: str) -> str:
        return str(_anchor(claims[claim])) if claim in claims else claim

    what = _CLAIM.sub(lambda found: place(found[0]), problem.what)
    told = sorted(place(one) for one in problem.claims)
    return content_id("settled", problem.kind, what, problem.report, problem.start, problem.end, told)


@dataclass(frozen=True, slots=True)
class Settled:
    """The problems that people settled: by the id they had then, and by what names them on any reading."""

    ids: frozenset[str]
    steady: frozenset[str]

    @classmethod
    def by(cls, decisions: Iterable[Decision]) -> Settled:
        """Of decisions that stand."""
        found = [one for one in decisions if one.verb == "settle"]
        return cls(
            frozenset(one.about for one in found),
            frozenset(str(one.details["steady"]) for one in found if "steady" in one.details),
        )

    def open(self, problems: Iterable[Problem], claims: Mapping[str, Claim]) -> list[Problem]:
        """Those that nobody settled, each once."""
        found = {one.id: one for one in problems if one.id not in self.ids}
        if not self.steady:
            return list(found.values())
        return [one for one in found.values() if steady_id(one, claims) not in self.steady]
