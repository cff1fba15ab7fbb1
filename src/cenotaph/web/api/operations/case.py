"""The case as a whole, what is open in it, and its journal."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from fastapi import Request
from starlette.responses import Response

from cenotaph.desk import journal as desk_journal
from cenotaph.web import deciding
from cenotaph.web.api import answers as told
from cenotaph.web.api import of_journal, of_search
from cenotaph.web.api.asking import PAGE
from cenotaph.web.api.describing import given
from cenotaph.web.api.routing import From, Id, Most, Words, answer, found, look, one_of, routes
from cenotaph.web.routes import READ

RowKind = Annotated[str, *one_of("all", *desk_journal.KINDS)]


@routes.get("/api/v1/case", READ, tags=["case"], responses=given(told.CaseNow, example="CASE"))
def case(request: Request) -> Response:
    """What the case holds, in figures."""
    state = request.app.state
    return answer(look(request).case(state.title, deciding.who_of(request), state.worker.working))


@routes.get("/api/v1/glance", READ, tags=["case"], responses=given(told.Glance))
def glance(request: Request) -> Response:
    """What waits, what roots say of the largest episodes side by side, what the team holds, what was decided last."""
    return answer(of_search.glance(look(request)))


@routes.get("/api/v1/problems", READ, tags=["problems"], responses=given(told.Problems, 422))
def problems(request: Request, first: From = 0, most: Most = PAGE, kind: Words = "", report: Id = "") -> Response:
    """What is open, first that on which most hangs; `kind` "proposals" is all that asks for a yes or a no."""
    return answer(look(request).problems(first, most, kind=kind, report=report))


@routes.get("/api/v1/problems/{problem}", READ, tags=["problems"], responses=given(told.WholeProblem, 404))
def problem(request: Request, problem: str) -> Response:
    """One that is open, with the words around and what its claims say."""
    return found(look(request).whole_problem(problem))


@routes.get("/api/v1/journal", READ, tags=["journal"], responses=given(told.Journal, 422, example="JOURNAL"))
def journal(
    request: Request, first: From = 0, most: Most = PAGE, who: Words = "", verb: Id = "", about: Words = "",
    report: Id = "", since: dt.date | None = None, until: dt.date | None = None, kind: RowKind = "decision",
) -> Response:  # fmt: skip
    """Every decision, the newest first: who, when, why; and which one took it back. Of another `kind`, or of "all":
    what came in, was forgotten, backed up or merged (by `who` and days).
    """
    if kind == "decision":
        wanted = {"who": who, "verb": verb, "about": about, "report": report}
        day_after = (until + dt.timedelta(days=1)).isoformat() if until and until < dt.date.max else ""
        return answer(of_journal.decided(look(request), first, most, wanted, (_day(since), day_after)))
    asked = desk_journal.Asked("" if kind == "all" else kind, who, verb, _day(since), _day(until), about)
    return answer(of_journal.events(look(request), first, most, asked))


def _day(day: dt.date | None) -> str:
    return day.isoformat() if day else ""


@routes.get("/api/v1/journal/{decision}", READ, tags=["journal"], responses=given(told.JournalLine, 404))
def decision(request: Request, decision: str) -> Response:
    """One decision."""
    return found(of_journal.one(look(request), decision))
