"""Decisions, replayed over what the machine read: reject, correct, accept, undo; each stands on the words as it saw
them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from cenotaph.case.anchors import anchored
from cenotaph.case.errors import CaseError
from cenotaph.case.journal import contents
from cenotaph.decided import standing
from cenotaph.plain import dump, load
from cenotaph.reconcile.assessments import check_assessment
from cenotaph.reconcile.grades import check_grade
from cenotaph.vocabulary import Claim, Decision, Problem

ON_CLAIMS = ("accept", "reject", "correct", "add")
LINKING = ("must-link", "cannot-link")
VERBS = (
    *ON_CLAIMS, *LINKING, "undo", "alias", "relate", "assess", "sign off", "grade", "settle", "withdraw", "assume",
    "protect", "place",
)  # fmt: skip


def decisions(connection: Connection) -> list[Decision]:
    """All decisions in the order they were made, those on forgotten words left out."""
    return [load(Decision, payload["decision"]) for _, payload in contents(connection, "decision")]


def seen(decision: Decision, claims: Sequence[Claim]) -> Decision:
    """The decision with the claim as the person saw it: anchor, quote and every field. Raises CaseError for an
    unknown one.
    """
    if decision.verb not in VERBS:
        raise CaseError(f"no decision {decision.verb!r}; there are: {', '.join(VERBS)}")
    wrong = _misfits(decision, {claim.id for claim in claims})
    if wrong:
        raise CaseError(f"{decision.verb} {decision.about}: {'; '.join(wrong)}")
    if decision.verb not in ON_CLAIMS or decision.verb == "add":
        return anchored(decision, {claim.id: claim for claim in claims})
    claim = next((one for one in claims if one.id == decision.about), None)
    if claim is None:
        raise CaseError(f"no claim {decision.about!r} in this case; cenotaph why lists the claims with their ids")
    details = {**decision.details, "seen": dump(claim)}
    return replace(decision, report=claim.report, anchor=claim.anchor, quote=claim.quote, details=details)


def _misfits(decision: Decision, claims: set[str]) -> list[str]:
    """What is wrong with a decision before it is written; nothing where it can stand."""
    details = decision.details
    if decision.verb == "assess":
        return check_assessment(details, held=claims)
    if decision.verb == "grade":
        return check_grade(details)
    if decision.verb in LINKING:
        named = (decision.about, str(details.get("with", "")))
        return [
            f"no claim {one!r} in this case; it links two claims, one as `with`" for one in named if one not in claims
        ]
    if decision.verb == "alias" and not str(details.get("canonical", "")).strip():
        return ["it says whose voice this is; give canonical=NAME"]
    if decision.verb == "relate" and details.get("independence") not in ("shown", "assumed", "dependent"):
        return [f"independence is {details.get('independence')!r}; there are: shown, assumed, dependent"]
    return []


@dataclass(frozen=True, slots=True)
class Decided:
    """What counts after the decisions: claims, and what can't be settled without a person."""

    claims: list[Claim]
    problems: list[Problem]


def decided(claims: Sequence[Claim], found: Sequence[Decision]) -> Decided:
    """Claims with the decisions applied: rejected ones out, corrected ones replaced, added ones in.

    A decision holds to the words it was made on. When the machine reads them differently now, the reading decided on
    stands, and the new one is a Problem beside it.
    """
    held = {claim.id: claim for claim in claims}
    problems: list[Problem] = []
    for decision in standing(found):
        if decision.verb == "add":
            added = load(Claim, decision.details["claim"])
            held[added.id] = added
        elif decision.verb in ON_CLAIMS:
            problems += _applied(held, decision)
    return Decided(list(held.values()), problems)


def _applied(held: dict[str, Claim], decision: Decision) -> list[Problem]:
    before = load(Claim, decision.details["seen"])
    now = _attached(held, before)
    if now is None:
        held[before.id] = before
    changed = now is not None and now != before
    target = before if now is None else now
    held.pop(target.id, None)
    if decision.verb == "accept":
        held[before.id] = before
    if decision.verb == "correct":
        corrected = load(Claim, decision.details["claim"])
        held[corrected.id] = corrected
    if now is None:
        return [
            _problem(decision, before, "the words a decision was made on are read as no claim any more, or as several")
        ]
    return [_problem(decision, before, "a claim that was decided on is read differently now")] if changed else []


def _attached(held: dict[str, Claim], before: Claim) -> Claim | None:
    """The claim that a decision is about: by its id, else the one claim of that report, anchor and harm."""
    if before.id in held:
        return held[before.id]
    same = [
        one
        for one in held.values()
        if (one.report, one.anchor, one.harm) == (before.report, before.anchor, before.harm)
    ]
    return same[0] if len(same) == 1 else None


def _problem(decision: Decision, claim: Claim, what: str) -> Problem:
    return Problem(
        "decision", what, claim.report, claim.start, claim.end, claim.quote,
        "decide again on the new reading, or let the old one stand", "which figure counts", (claim.id,),
    )  # fmt: skip


def current_only(claims: Sequence[Claim], reports: set[str]) -> list[Claim]:
    return [claim for claim in claims if claim.report in reports]
