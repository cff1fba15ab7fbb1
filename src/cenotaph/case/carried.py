"""Decisions go on to the next version of an address where the words they were made on stand there unchanged.

What was put otherwise, taken out, moved, told twice or is read otherwise now asks a person again. Nothing is written
for it: the journal keeps each decision on the version it was made on; one that is carried says so in its details, where
`carried` is the report that it was made on.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from cenotaph.decided import standing
from cenotaph.plain import canonical, dump, load
from cenotaph.plain.changed import Stands, unchanged
from cenotaph.vocabulary import Claim, Coder, Decision, Problem, Report, Span, Tie, content_id

__all__ = ["Carried", "carried"]

ON_WORDS = ("accept", "reject", "correct", "add")
"""Verbs that hold a whole claim as the person saw it; others name claims by the place of their words, as `anchors`."""

_NOWHERE = Span(0, 0)
Where = tuple[str, int, int, str]
Read = Callable[[], Iterable[Claim]]


@dataclass(frozen=True, slots=True)
class Carried:
    """All decisions, those on earlier versions on the newest one; and a problem for each that asks again.

    One that asks is left out: it speaks of words that no longer count.
    """

    decisions: list[Decision]
    problems: list[Problem]


def _superseded(decisions: Iterable[Decision], newest: Mapping[str, str]) -> set[str]:
    """The reports that decisions speak of and that are no longer the newest version of their address."""
    told = {where for one in decisions for where in (_report(one), *(str(at[0]) for at in _anchors(one).values()))}
    return {one for one in told if newest.get(one, one) != one}


def carried(
    decisions: Sequence[Decision], read: Read, reports: Callable[[], Iterable[Report]], newest: Mapping[str, str]
) -> Carried:
    """`read` gives the claims as read of the newest versions; neither it nor `reports` is asked where nothing is old.
    `newest` gives for each report the newest version of its address.

    An undo follows what it undoes, whose id changes with what it is about.
    """
    old = _superseded(decisions, newest)
    if not old:
        return Carried(list(decisions), [])
    held = {one.id: one for one in reports()}
    over = _Over({one: _Step(held[one], held[newest[one]]) for one in old if {one, newest[one]} <= held.keys()}, read())
    stand = {one.id for one in standing(decisions)}
    out, names = Carried([], []), dict[str, str]()
    for one in decisions:
        found = over.moved(one, one.id in stand)
        if isinstance(found, str):
            out.problems.append(_asks(one, found))
            continue
        if found.verb == "undo":
            found = replace(found, about=names.get(found.about, found.about))
        names[one.id] = found.id
        out.decisions.append(found)
    return out


class _Step:
    """From an earlier version of a text to the newest one."""

    def __init__(self, before: Report, after: Report) -> None:
        self.before, self.after = before, after
        self.stands: Sequence[Stands] = unchanged(before.text, after.text)

    def span(self, span: Span) -> Span | None:
        """Where the words of a span stand now; None where their sentence is not there once and unchanged."""
        found = next((one for one in self.stands if one.start <= span.start <= one.end), None)
        if found is None:
            return None
        start = span.start - found.start + found.now
        now = Span(start, start + span.end - span.start)
        return now if now.of(self.after.text) == span.of(self.before.text) else None

    def claim(self, claim: Claim) -> Claim | None:
        """A claim on the newest version, under an id that follows; None where any words it rests on are others."""
        quote, anchor, trigger = (self.span(one) for one in (Span(claim.start, claim.end), claim.anchor, claim.trigger))
        evidence = [(name, self.span(span)) for name, span in claim.evidence]
        whole = tuple((name, span) for name, span in evidence if span is not None)
        if quote is None or anchor is None or trigger is None or len(whole) < len(evidence):
            return None
        return replace(
            claim, id=content_id("claim", "carried", claim.id, self.after.id), report=self.after.id, start=quote.start,
            end=quote.end, anchor=anchor, trigger=trigger, evidence=whole,
        )  # fmt: skip


class _Over:
    """Takes decisions over, in their order: one may be about what another made."""

    def __init__(self, steps: Mapping[str, _Step], claims: Iterable[Claim]) -> None:
        self.steps = steps
        self.at: dict[Where, list[Claim]] = defaultdict(list)
        for one in claims:
            self.at[_where(one)].append(one)

    def moved(self, decision: Decision, stands: bool) -> Decision | str:
        """The decision as it is on the newest version, or why it asks. One that is undone asks nobody and moves not."""
        if not stands:
            return decision
        if decision.verb not in ON_WORDS:
            return self._by_place(decision)
        step = self.steps.get(_report(decision))
        return self._on_words(decision, step) if step else decision

    def _on_words(self, decision: Decision, step: _Step) -> Decision | str:
        details: dict[str, Any] = {**decision.details, "carried": step.before.id}
        now = None
        if decision.verb != "add":
            found = self._same(load(Claim, decision.details["seen"]), step)
            if isinstance(found, str):
                return found
            now = found
            details["seen"] = dump(now)
        if decision.verb in ("correct", "add"):
            made = step.claim(load(Claim, decision.details["claim"]))
            if made is None:
                return "not all words that it rests on stand there unchanged"
            details["claim"] = dump(made)
            self._put(now, made)
        moved = replace(decision, report=step.after.id, details=details)
        return moved if now is None else replace(moved, about=now.id, anchor=now.anchor, quote=now.quote)

    def _same(self, before: Claim, step: _Step) -> Claim | str:
        """The claim of the newest version with the same words and the same meaning, or why there is none."""
        span, quote = step.span(before.anchor), step.span(Span(before.start, before.end))
        if span is None or quote is None:
            return "its words do not stand there once and unchanged"
        found = self.at.get((step.after.id, span.start, span.end, str(before.harm)), [])
        if len(found) != 1:
            return "its words are read there as no claim, or as several"
        return found[0] if _meaning(found[0]) == _meaning(before) else "its words are read otherwise there"

    def _put(self, before: Claim | None, made: Claim) -> None:
        if before is not None:
            self.at[_where(before)].remove(before)
        self.at[_where(made)].append(made)

    def _by_place(self, decision: Decision) -> Decision:
        """With the places of claims in the newest version; what has none there is told of where ids are looked up."""
        anchors = _anchors(decision)
        now = {key: self._place(at) for key, at in anchors.items()}
        if now == anchors:
            return decision
        first = now.get(decision.about)
        details = {**decision.details, "anchors": now, "carried": decision.report}
        if first is None or first == anchors[decision.about]:
            return replace(decision, details=details)
        report, start, end, _ = first
        return replace(decision, report=report, anchor=Span(start, end), details=details)

    def _place(self, at: Sequence[Any]) -> list[Any]:
        report, start, end, harm = at
        step = self.steps.get(report)
        span = step.span(Span(start, end)) if step else None
        return [step.after.id, span.start, span.end, harm] if step and span else list(at)


def _anchors(decision: Decision) -> Mapping[str, Sequence[Any]]:
    found: Mapping[str, Sequence[Any]] = decision.details.get("anchors") or {}
    return {key: list(at) for key, at in found.items()}


def _report(decision: Decision) -> str:
    """The report that a decision speaks of; an added claim says itself which one it is of."""
    claim = decision.details.get("claim")
    return str(claim["report"]) if decision.verb == "add" and claim else decision.report


def _where(claim: Claim) -> Where:
    return claim.report, claim.anchor.start, claim.anchor.end, str(claim.harm)


def _meaning(claim: Claim) -> str:
    """All that a claim says, without where its words stand and who read them."""
    tie = claim.relation and Tie("", claim.relation.kind)
    return canonical(replace(
        claim, id="", report="", start=0, end=0, anchor=_NOWHERE, trigger=_NOWHERE, evidence=(), relation=tie,
        coder=Coder("rules", ""),
    ))  # fmt: skip


def _asks(decision: Decision, reason: str) -> Problem:
    anchor = decision.anchor or _NOWHERE
    return Problem(
        "decision", f"{decision.verb} by {decision.who} was on an earlier version of this address: {reason}",
        _report(decision), anchor.start, anchor.end, decision.quote,
        "decide again on the newest version, then settle this; cenotaph versions shows what changed",
        "what it decided does not count for the newest version",
    )  # fmt: skip
