"""Decisions, replayed over what the machine read: reject, correct, accept, undo; each stands on the words as it saw
them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection

from cenotaph.case.anchors import anchored
from cenotaph.case.called import misnamed
from cenotaph.case.errors import CaseError
from cenotaph.case.journal import contents
from cenotaph.case.requests import wrong_answer, wrong_request
from cenotaph.case.victims import SAME_PERSON
from cenotaph.decided import standing
from cenotaph.plain import canonical, dump, load
from cenotaph.publish.hidden import PURPOSES
from cenotaph.reconcile.assessments import check_assessment
from cenotaph.reconcile.grades import check_grade
from cenotaph.vocabulary import Claim, Decision, Problem, Report

ON_CLAIMS = ("accept", "reject", "correct", "add")
LINKING = ("must-link", "cannot-link")
AS = ("incident", "one series", "one day", "one account", SAME_PERSON)
INDEPENDENCE = ("shown", "assumed", "dependent")
TRIAGE = ("relevant", "out of scope", "nothing new", "read")
"""What a person says of a report as a whole. What is out of scope counts for nothing; "read": all of it was looked at.
"""
ABOUT = {
    "undo": "decision", "assess": "incident", "sign off": "assessment", "withdraw": "claim or assessment",
    "settle": "problem", "triage": "report", "answer a request": "request",
}  # fmt: skip
"""Verbs that are about something with an id and nothing else, and what that is."""
IDS = ("claim:", "incident:", "episode:", "report:", "decision:", "assessment:", "problem:", "toll:")
VERBS = (
    *ON_CLAIMS, *LINKING, "undo", "alias", "relate", "assess", "sign off", "grade", "settle", "withdraw", "assume",
    "protect", "place", "triage", "request", "answer a request", "unmask",
)  # fmt: skip


def decisions(connection: Connection) -> list[Decision]:
    """All decisions in the order they were made, those on forgotten words left out.

    One that was written before details counted for its id keeps the id it had: other rows of the journal name it.
    """
    return [as_written(load(Decision, payload["decision"])) for _, payload in contents(connection, "decision")]


def as_written(decision: Decision) -> Decision:
    """With the digest that it was written with, "" for one that is older than digests."""
    return replace(decision, details={"digest": "", **decision.details})


def for_good(decision: Decision, whole: Decision) -> Decision:
    """The decision as it goes into the journal: `whole` with the id of what the person decided."""
    given = {key: value for key, value in decision.details.items() if key != "digest"}
    return replace(whole, details={**whole.details, "digest": replace(decision, details=given).digest})


@dataclass(frozen=True, slots=True)
class Held:
    """What a decision can be about: claims and reports by id, and the ids that its verb may name besides."""

    claims: Mapping[str, Claim]
    reports: Mapping[str, Report]
    ids: Collection[str] = ()


def seen(decision: Decision, held: Held) -> Decision:
    """The decision with the claim as the person saw it: anchor, quote and every field. Raises CaseError for an
    unknown one, and for what its verb can't use, before anything is written.
    """
    if decision.verb not in VERBS:
        raise CaseError(f"no decision {decision.verb!r}; there are: {', '.join(VERBS)}")
    if decision.verb in ON_CLAIMS and decision.verb != "add" and decision.about not in held.claims:
        raise CaseError(f"no claim {decision.about!r} in this case; cenotaph why lists the claims with their ids")
    wrong = [*_unknown(decision, held), *_misfits(decision, held)]
    if wrong:
        raise CaseError(f"{decision.verb} {decision.about}: {'; '.join(wrong)}")
    if decision.verb not in ON_CLAIMS or decision.verb == "add":
        return anchored(decision, held.claims)
    claim = held.claims[decision.about]
    details = {**decision.details, "seen": dump(claim)}
    return replace(decision, report=claim.report, anchor=claim.anchor, quote=claim.quote, details=details)


def _unknown(decision: Decision, held: Held) -> Iterator[str]:
    """Whether what it is about is there. Of a name only other decisions can tell; an id is known or a mistake."""
    about, kind = decision.about, ABOUT.get(decision.verb, "")
    known = about in held.ids or about in held.claims
    if kind and about not in held.ids:
        yield f"there is no such {kind} in this case"
    elif not kind and decision.verb not in (*LINKING, "add") and about.startswith(IDS) and not known:
        yield "nothing in this case has that id"
    if decision.report and decision.report not in held.reports:
        yield f"no report {decision.report!r} in this case"


def _misfits(decision: Decision, held: Held) -> list[str]:
    """What is wrong with a decision before it is written; nothing where it can stand."""
    details = decision.details
    if decision.verb == "assess":
        return check_assessment(details, held=held.claims)
    if decision.verb == "grade":
        return check_grade(details)
    if decision.verb in LINKING:
        return _wrong_link(decision, held)
    if decision.verb in ("correct", "add"):
        return list(_wrong_claim(details, held))
    if decision.verb == "alias" and not str(details.get("canonical", "")).strip():
        return ["it says whose voice this is; give canonical=NAME"]
    if decision.verb == "alias" and decision.about not in held.claims:
        return list(misnamed(decision, held.claims.values(), held.reports))
    if decision.verb == "protect":
        return list(_wrong_person(decision))
    if decision.verb == "request":
        return list(wrong_request(decision.about, details))
    if decision.verb == "answer a request":
        return list(wrong_answer(details))
    if decision.verb == "triage" and details.get("as") not in TRIAGE:
        return [f"`as` is {details.get('as')!r}; there are: {', '.join(TRIAGE)}"]
    if decision.verb == "relate" and not str(details.get("with", "")).strip():
        return ["it says how two roots hang together; give the other one as `with`"]
    if decision.verb == "relate" and details.get("independence") not in INDEPENDENCE:
        return [f"independence is {details.get('independence')!r}; there are: {', '.join(INDEPENDENCE)}"]
    return []


def _wrong_link(decision: Decision, held: Held) -> list[str]:
    named = (decision.about, str(decision.details.get("with", "")))
    persons = decision.details.get("as") == SAME_PERSON
    missing = [one for one in named if one not in (held.ids if persons else held.claims)]
    if missing and persons:
        return [f"no row {one!r} of a list of persons; cenotaph victims shows them" for one in missing]
    if missing:
        return [f"no claim {one!r} in this case; it links two claims, one as `with`" for one in missing]
    if named[0] == named[1]:
        return ["a claim can't be linked with itself; give the other one as `with`"]
    kind = decision.details.get("as", "incident")
    return [] if kind in AS else [f"`as` is {kind!r}; there are: {', '.join(AS)}"]


def _wrong_person(decision: Decision) -> Iterator[str]:
    if not decision.about.strip() or decision.about.startswith(IDS):
        yield "it is about a person; give the name as it is written, and other spellings under also"
    for key in ("also", "consent"):
        given = decision.details.get(key, [])
        if not isinstance(given, (list, tuple)) or not all(isinstance(one, str) and one.strip() for one in given):
            yield f"{key} is {given!r}; give a list of words"
        elif key == "consent" and (wrong := [one for one in given if one not in PURPOSES]):
            yield f"consent is to {wrong[0]!r}; there are: {', '.join(PURPOSES)}"


def _wrong_claim(details: Mapping[str, Any], held: Held) -> Iterator[str]:
    """A claim in a decision is built into the case for good: it must be whole, and rest on words that are held."""
    try:
        claim = load(Claim, details.get("claim"))
    except ValueError as error:
        yield f"it holds no claim: {error}"
        return
    report = held.reports.get(claim.report)
    if report is None:
        yield f"its claim is of report {claim.report!r}, which this case does not hold"
    elif report.text[claim.start : claim.end] != claim.quote:
        yield f"its claim quotes what does not stand at {claim.start}-{claim.end} of {claim.report}"
    else:
        yield from _wrong_spans(claim, len(report.text))
    if sum(one.root for one in claim.voices) > 1:
        yield "its claim has more than one root: a figure is one voice's; mark that one alone"


def _wrong_spans(claim: Claim, length: int) -> Iterator[str]:
    """What lies outside of the text that it is said to stand in."""
    told = [("anchor", claim.anchor), ("trigger", claim.trigger), *claim.evidence]
    for name, span in told:
        if span is not None and span.end > length:
            yield f"its claim has {name} at {span.start}-{span.end}; the text of {claim.report} has {length} letters"


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
    stand = standing(found)
    for decision in stand:
        problems += brought_forward(held, decision)
    gone = out_of_scope(stand)
    return Decided([one for one in held.values() if one.report not in gone], problems)


def out_of_scope(stand: Iterable[Decision]) -> set[str]:
    """The reports that people put out of scope; of one report the latest word counts."""
    said = {
        one.about: one.details.get("as") for one in stand if one.verb == "triage" and one.details.get("as") != "read"
    }
    return {report for report, word in said.items() if word == "out of scope"}


def brought_forward(held: dict[str, Claim], decision: Decision) -> list[Problem]:
    """Applies one decision to the claims that are held; what it leaves unclear. An undo is no such decision."""
    if decision.verb == "add":
        added = load(Claim, decision.details["claim"])
        held[added.id] = added
        return []
    return _applied(held, decision) if decision.verb in ON_CLAIMS else []


def _applied(held: dict[str, Claim], decision: Decision) -> list[Problem]:
    before = load(Claim, decision.details["seen"])
    now = _attached(held, before)
    if now is None:
        held[before.id] = before
    changed = now is not None and canonical(now) != canonical(before)  # the journal sorts what pairs names with spans
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
