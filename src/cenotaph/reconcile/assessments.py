"""What the team itself holds: made by decisions `assess`, signed off by a second reader, withdrawn by name.

The machine never makes one. An incident's id may change when an earlier report comes in; an assessment stays with the
claims it relied on, and where these no longer stand in one incident a person is asked.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from cenotaph.decided import standing
from cenotaph.reconcile.arithmetic import shown
from cenotaph.reconcile.assessing import check_assessment, kind_of
from cenotaph.reconcile.homes import Homes
from cenotaph.vocabulary import (
    Assessment,
    Cell,
    Count,
    Decision,
    Harm,
    Incident,
    Overlap,
    Problem,
    content_id,
)

__all__ = ["assessments", "check_assessment", "concerns", "id_made", "same_person"]

ESTIMATES = ("estimated", "forecast")


def assessments(
    decisions: Sequence[Decision], incidents: Sequence[Incident], *, figures: Mapping[str, Count] | None = None
) -> tuple[list[Assessment], list[Problem]]:
    """What stands of the decisions `assess`, `sign off` and `withdraw`, and what a person must look at.

    For one incident, harm and whole or residual the latest counts, whatever the order the decisions come in. One that
    another person signs off is confirmed and read twice; withdrawing is the last word till that is undone. `figures`
    are the counts of claims: with them, an assessment above all it relies on is pointed out (and stands).
    A problem about which a decision `settle` stands is left out.

    >>> from cenotaph.vocabulary import Link, Scope
    >>> import datetime as dt
    >>> held = Incident("incident:1", "killed, Jableh", "incident", Scope(Harm(("killed",))), links=(
    ...     Link("claim:1", ("same place",)),))
    >>> made = Decision("A Reader", dt.datetime(2025, 4, 1, tzinfo=dt.UTC), "assess", "incident:1", details={
    ...     "harm": "killed", "cells": [{"low": 4, "high": 6}], "relied": ["claim:1"]})
    >>> (found,), problems = assessments([made], [held])
    >>> found.count, found.standing, found.reading, problems
    (Count(low=4, high=6), 'provisional', 'read once', [])
    """
    ordered = sorted(decisions, key=lambda one: (one.when, one.id))
    stand = standing(ordered)
    homes = Homes.of(incidents)
    made: dict[tuple[str, str, bool], list[_Made]] = {}
    problems: list[Problem] = []
    for decision in (one for one in stand if one.verb == "assess"):
        found, said = _made(decision, homes, figures or {})
        problems += said
        if found is not None:
            one = found.assessment
            made.setdefault((one.about, str(one.harm), one.residual), []).append(found)
    for several in made.values():
        problems += _replaced(several)
    latest = {found[-1].assessment.id: found[-1].assessment for _, found in sorted(made.items())}
    problems += _second_words(stand, latest, _every_id(ordered))
    settled = {one.about for one in stand if one.verb == "settle"}
    return list(latest.values()), [one for one in dict.fromkeys(problems) if one.id not in settled]


@dataclass(frozen=True, slots=True)
class _Made:
    assessment: Assessment
    decision: Decision

    @property
    def known(self) -> set[str]:
        """The claims that the person had before them."""
        return {*self.assessment.relied, *self.assessment.set_aside, *self.decision.details.get("seen", ())}


def _made(decision: Decision, homes: Homes, figures: Mapping[str, Count]) -> tuple[_Made | None, list[Problem]]:
    wrong = check_assessment(decision.details)
    if wrong:
        what = f"it cannot be used: {'; '.join(wrong)}"
        return None, [_problem(decision, what, "assess it again with what is said here put right")]
    incident = _home(decision, homes)
    if isinstance(incident, Problem):
        return None, [incident]
    one = _assessment(decision, incident.id)
    return _Made(one, decision), [*_looked_at(decision, incident, homes), *_above(decision, one, figures)]


def id_made(decision: Decision) -> str:
    """The id of the assessment that a decision made, from the incident as it was named then: a sign-off must find it
    after the incident's id has changed.
    """
    harm, residual = str(Harm.parse(decision.details["harm"])), decision.details.get("residual", False)
    return content_id("assessment", decision.about, harm, residual, decision.id)


def _assessment(decision: Decision, about: str) -> Assessment:
    told = decision.details
    return Assessment(
        id_made(decision), about, Harm.parse(told["harm"]), tuple(_cell(cell) for cell in told["cells"]),
        tuple(dict.fromkeys(told["relied"])), tuple(dict.fromkeys(told.get("set_aside", ()))),
        tuple(Overlap(one["other"], one["low"], one["high"], one["why"]) for one in told.get("overlaps", ())),
        told.get("residual", False), told.get("level", "reported"), told.get("standing", "provisional"),
        reason=decision.why, by=decision.who, decision=decision.id,
    )  # fmt: skip


def _cell(cell: Mapping[str, Any]) -> Cell:
    return Cell(cell["low"], cell["high"], **kind_of(cell))


def _looked_at(decision: Decision, incident: Incident, homes: Homes) -> Iterator[Problem]:
    told = decision.details
    gone = [claim for claim in (*told["relied"], *told.get("set_aside", ())) if claim not in homes.holders]
    if gone:
        what = f"it names claims that no incident holds now: {', '.join(gone)}"
        yield _problem(decision, what, "assess it again on the claims that are held", gone)
    new = [claim for claim in incident.claims if claim not in told.get("seen", incident.claims)]
    if new:
        what = f"claims have come to {incident.title} since it was assessed: {', '.join(new)}"
        yield _problem(decision, what, "read them, then assess it again or settle this", new)


def _above(decision: Decision, one: Assessment, figures: Mapping[str, Count]) -> Iterator[Problem]:
    counts = [figures[claim] for claim in one.relied if claim in figures]
    highs = [count.high for count in counts if count.high is not None]
    if counts and len(highs) == len(counts) and one.count.low > max(highs):
        most = f"no claim it relies on says more than {max(highs)}"
        what = f"it holds {shown(one.count)} {one.harm}, and {most}; the reason given: {one.reason or 'none'}"
        yield _problem(decision, what, "settle this if the reason says how so many are known, else assess it again")


def _replaced(several: Sequence[_Made]) -> Iterator[Problem]:
    """The latest replaces the earlier ones, but not silently where it was made of something else."""
    last = several[-1]
    for earlier in several[:-1]:
        one, other = earlier.assessment, last.assessment
        merged = earlier.decision.about != last.decision.about and not set(one.relied) <= last.known
        if merged:
            what = f"two incidents are one now: of {shown(one.count)} and {shown(other.count)} only the later counts"
            yield _problem(last.decision, what, "assess the joined incident anew", one.relied)
        elif (one.level in ESTIMATES) != (other.level in ESTIMATES):
            what = f"{shown(one.count)} {one.level} gives way to {shown(other.count)} {other.level}, another kind"
            yield _problem(last.decision, what, "settle this, or undo the later and keep what it replaced", one.relied)


# --- second readers and withdrawals -------------------------------------------------------------------------------


def _every_id(decisions: Iterable[Decision]) -> set[str]:
    """The ids of all assessments that were ever made, replaced and undone ones too."""
    return {id_made(one) for one in decisions if one.verb == "assess" and not check_assessment(one.details)}


def _second_words(
    stand: Sequence[Decision], latest: dict[str, Assessment], every: Collection[str]
) -> Iterator[Problem]:
    """Sign-offs and withdrawals written into the assessments they are about; a withdrawal is the last word."""
    about = [one for one in stand if one.verb in ("sign off", "withdraw") and one.about.startswith("assessment:")]
    for decision in sorted(about, key=lambda one: one.verb):
        one = latest.get(decision.about)
        if one is None and decision.about not in every:
            what = "this case never held such an assessment"
            yield _problem(decision, what, "take the id from the assessments of this case, and undo this decision")
        elif one is not None and decision.verb == "withdraw":
            latest[one.id] = replace(one, standing="withdrawn", reason=decision.why or one.reason)
        elif one is not None and same_person(decision.who, one.by):
            what = "signed off by the person who made it, which makes no second reading"
            yield _problem(decision, what, "have another person read it and sign off", one.relied)
        elif one is not None and not one.second:
            latest[one.id] = replace(one, standing="confirmed", second=decision.who)


def same_person(one: str, other: str) -> bool:
    """Whether two names are written alike but for spaces and capitals: no second reader."""
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()


# --- which incident it is about -----------------------------------------------------------------------------------


def _home(decision: Decision, homes: Homes) -> Incident | Problem:
    """The incident that holds what was relied on; where none of that is held, what was seen."""
    told = decision.details
    claims = homes.held(told["relied"]) or homes.held(told.get("seen", ()))
    found = homes.of_claims(claims, decision.about)
    if len(found) == 1 and not (told.get("residual") and found[0].kind != "episode"):
        return found[0]
    if len(found) == 1:
        what = f"a residual of {found[0].title}, which is no episode: only these have more than their incidents"
        return _problem(decision, what, "assess the incident itself, or the residual of its episode", claims)
    where = ", ".join(sorted({one.title for claim in claims for one in homes.holders[claim]})) or "no incident"
    what = f"the claims it relied on now stand in {where}; it counts nowhere"
    return _problem(decision, what, "assess anew what holds these claims now, then undo this", claims)


def _problem(decision: Decision, what: str, settle: str, claims: Iterable[str] = ()) -> Problem:
    """Said of the one decision, so that what is settled for it is not settled for the next."""
    whose = f"{decision.verb} {decision.about} ({decision.who}, {decision.when:%Y-%m-%d})"
    changes = "what the ledger adds up"
    return Problem(
        "assessment", f"{whose}: {what}", settle=settle, changes=changes, claims=tuple(dict.fromkeys(claims))
    )


def concerns(problem: Problem, one: Assessment) -> bool:
    """Whether a problem of assessments is about this one: it names it, or what was assessed."""
    return one.id in problem.what or f" {one.about} (" in problem.what
