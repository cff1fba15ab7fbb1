"""Deciding: any decision, one or many at once; reports as a whole; answers to problems and drafts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Annotated, Any

import sqlalchemy as sa
from fastapi import Body, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from cenotaph.case import CaseError
from cenotaph.case.offers import on_problem
from cenotaph.case.part import Part
from cenotaph.desk import Desk, people, tables
from cenotaph.desk import problems as desk_problems
from cenotaph.desk.assessing import made_by, raw_drafts
from cenotaph.desk.inbox import of_state
from cenotaph.desk.one_incident import One
from cenotaph.desk.roots import named_by
from cenotaph.reconcile.assessments import same_person
from cenotaph.vocabulary import Decision
from cenotaph.web import deciding
from cenotaph.web.api import answers as told
from cenotaph.web.api import describing, verbs
from cenotaph.web.api.describing import body, given
from cenotaph.web.api.of_incidents import one_of
from cenotaph.web.api.routing import AT_ONCE, answer, look, routes
from cenotaph.web.routes import WRITE

__all__ = ["written"]

VOICED = 20
"""Reports in which a voice is looked for when somebody says whose it is."""


@routes.post(
    "/api/v1/decisions", WRITE, tags=["decisions"], status_code=201,
    openapi_extra=body(told.Decisions, "DECISIONS", "ON_CLAIMS", "ON_INCIDENTS", "ON_PEOPLE", "ON_REQUESTS", "UNDO"),
    responses=given(told.Written, 400, 403, 409, 422, status=201), description=verbs.of_decisions(),
)  # fmt: skip
def decisions(request: Request, sent: Annotated[Any, Body()]) -> Response:
    """As if they were taken one after the other: all of them, or none where one can't stand."""
    asked = describing.asked(told.Decisions, sent).decisions
    if not asked:
        raise CaseError("no decision was sent; give at least one under decisions")
    if missing := [at for at, one in enumerate(asked) if not one.why.strip()]:
        raise CaseError(f"decisions.{missing[0]}.why: every decision has a reason: say why in a few words")
    desk, who, when = deciding.desk_of(request), deciding.who_of(request), dt.datetime.now(dt.UTC)
    named = [_named(desk, one) for one in asked]
    for one in named:
        _refuse(desk, one, who)
    made = [Decision(who, when, one.verb, one.about, one.why.strip(), one.report, details=one.details) for one in named]
    seen = {one.about: one.seen for one in reversed(named) if one.seen is not None}
    return written(request, deciding.written(request, made, seen=seen, part=_part(desk, made)))


def written(request: Request, made: Sequence[Decision]) -> Response:
    """The answer to decisions that were taken."""
    looking = look(request)
    lines = tuple(told.MadeDecision(one.id, looking.decision(one)) for one in made)
    return answer(told.Written(lines, request.app.state.worker.working), 201)


def _named(desk: Desk, one: told.Asked) -> told.Asked:
    """With names in place of addresses: who is hidden can be decided on without being named."""
    details = dict(one.details)
    if one.verb == "relate":
        about = _root(desk, one.about)
        return replace(one, about=about, details={**details, "with": _root(desk, str(details.get("with", "")))})
    if one.verb not in ("protect", "alias", "grade") or not one.about.startswith("~"):
        return one
    row = people.speaker_of(desk, one.about[1:])
    if row is None:
        raise CaseError(f"about: no voice goes by {one.about!r}; /api/v1/voices has the handles")
    if one.verb != "protect":
        return replace(one, about=people.known_as(row))
    also = details.get("also", [])
    if row["canonical"] and row["canonical"] != row["name"] and isinstance(also, list):
        details["also"] = list(dict.fromkeys([*also, str(row["canonical"])]))
    return replace(one, about=str(row["name"]), details=details)


def _refuse(desk: Desk, one: told.Asked, who: str) -> None:
    """Raises CaseError for what no page would let a person do."""
    if one.verb == "unmask":
        raise CaseError("verb: a program is shown nobody who is protected; unmask at the desk, under People")
    if one.verb not in verbs.ALL:
        raise CaseError(f"verb: found {one.verb!r}, expected one of {', '.join(verbs.ALL)}")
    made = made_by(desk.history, one.about) if one.verb == "sign off" else None
    if made is not None and same_person(made.who, who):
        raise CaseError("the second reader is another person than the first")


def _root(desk: Desk, asked: str) -> str:
    if not asked.startswith("~"):
        return asked
    found = named_by(desk, asked)
    if not found:
        raise CaseError(f"no root goes by {asked!r}; /api/v1/roots has the addresses")
    return found


def _part(desk: Desk, made: Sequence[Decision]) -> Part | None:
    """Where all are about names: no more of the case than what tells whether a voice is called so. None: what they are
    about tells.
    """
    if not all(one.verb in ("protect", "relate", "alias") and not one.about.startswith("claim:") for one in made):
        return None
    voices = tables.voices.c
    reports = {one.report for one in made if one.report}
    for one in made:
        if one.verb == "alias":
            some = sa.select(voices.report).where(sa.or_(voices.name == one.about, voices.canonical == one.about))
            reports |= set(desk.rows(some.distinct().limit(VOICED), scalars=True))
    return desk.part(reports=sorted(reports))


# --- many at once -----------------------------------------------------------------------------------------------------


@routes.post(
    "/api/v1/triage", WRITE, tags=["decisions"], status_code=201, openapi_extra=body(told.Triage, "TRIAGE"),
    responses=given(told.Written, 400, 403, 422, status=201),
)  # fmt: skip
def triage(request: Request, sent: Annotated[Any, Body()]) -> Response:
    """Says of reports as a whole what they are: of those named, or of all in one state of the inbox."""
    found, desk = describing.asked(told.Triage, sent), deciding.desk_of(request)
    chosen = list(dict.fromkeys(found.reports))[:AT_ONCE]
    if found.state:  # asked again of more than fit in one step, it goes on with those of which nobody said so yet
        chosen = of_state(desk, found.state, AT_ONCE, unsaid=found.what == found.state)
    if not chosen or not found.why.strip():
        raise CaseError("it needs reports, or a state that some are in, and a reason under why")
    who, when = deciding.who_of(request), dt.datetime.now(dt.UTC)
    made = [Decision(who, when, "triage", one, found.why.strip(), details={"as": found.what}) for one in chosen]
    return written(request, deciding.written(request, made, part=desk.part(reports=chosen)))


@routes.post(
    "/api/v1/answers", WRITE, tags=["decisions"], status_code=201, openapi_extra=body(told.Answers, "ANSWERS"),
    responses=given(told.Written, 400, 403, 404, 409, 422, status=201),
)  # fmt: skip
def answers(request: Request, sent: Annotated[Any, Body()]) -> Response:
    """Answers open problems, or the drafts of an incident: all of them, or none."""
    asked, desk = describing.asked(told.Answers, sent), deciding.desk_of(request)
    keys = list(dict.fromkeys(asked.problems))
    if not keys or not asked.why.strip():
        raise CaseError("it needs problems by their ids, and a reason under why")
    if len(keys) > AT_ONCE:
        raise CaseError(f"problems: {len(keys):,} at once; at most {AT_ONCE:,} are answered in one step")
    who, when, why = deciding.who_of(request), dt.datetime.now(dt.UTC), asked.why.strip()
    part = None
    if asked.incident:
        one = one_of(look(request), asked.incident)
        if one is None:
            raise HTTPException(404)
        made, part = _on_drafts(one, keys, asked.verb, (who, when, why)), one.alone()
    else:
        made = desk_problems.answers(desk, keys, asked.verb, who, when, why)
    seen = _seen(keys, made, asked.seen)
    return written(request, deciding.written(request, made, seen=seen, part=part))


def _on_drafts(one: One, keys: Sequence[str], verb: str, by: tuple[str, dt.datetime, str]) -> list[Decision]:
    if verb not in ("agree", "refuse"):
        raise CaseError(f"verb: a draft is agreed to or refused; found {verb!r}")
    drafts = {each.id: each for each in raw_drafts(one)}
    if gone := [key for key in keys if key not in drafts]:
        raise CaseError(
            f"problems: there is no draft {gone[0]!r} any more; what it rested on, or what is held, changed"
        )
    return [on_problem(drafts[key], verb, *by) for key in keys]


def _seen(keys: Sequence[str], made: Sequence[Decision], told_of: Mapping[str, str]) -> dict[str, str]:
    """By what is decided on, what the person knew to be decided on it."""
    return {one.about: told_of[key] for key, one in zip(keys, made, strict=True) if key in told_of}
