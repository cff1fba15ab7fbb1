"""The inbox: what came in, what it repeats, what is new in it; decided on one by one or many at once."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from fastapi import Form, Query, Request
from starlette.responses import RedirectResponse, Response

from cenotaph.case import CaseError
from cenotaph.case.decisions import TRIAGE
from cenotaph.desk.inbox import inbox, of_state
from cenotaph.desk.inbox_rows import STATES
from cenotaph.vocabulary import Decision
from cenotaph.web import deciding, rendering
from cenotaph.web.pages.entering import inside
from cenotaph.web.routes import READ, WRITE, Routes

routes = Routes()
AT_ONCE = 2_000
"""Reports that are decided on in one step; of more, the step is taken again."""


@routes.get("/inbox", READ)
def show(request: Request, state: str = "", first: Annotated[int, Query(alias="from", le=10**9)] = 0) -> Response:
    chosen = state if state in STATES else ""
    found = inbox(deciding.desk_of(request), chosen, first, unmasked=bool(request.session.get("unmasked")))
    return rendering.page(request, "inbox.html", {"found": found, "state": chosen, "triage": TRIAGE})


@routes.post("/inbox/triage", WRITE)
def triage(
    request: Request, said: Annotated[str, Form(alias="as")] = "", why: Annotated[str, Form()] = "",
    report: Annotated[list[str] | None, Form()] = None, state: Annotated[str, Form()] = "",
    back: Annotated[str, Form()] = "/inbox",
) -> Response:  # fmt: skip
    """Says of reports what they are: those that were marked, or all of one state."""
    desk = deciding.desk_of(request)
    chosen = of_state(desk, state, AT_ONCE) if state in STATES else (report or [])[:AT_ONCE]
    if not chosen:
        raise CaseError("no report was marked; mark some, then say what they are")
    if not why.strip():
        raise CaseError("every decision has a reason: say why in a few words")
    who, when = deciding.who_of(request), dt.datetime.now(dt.UTC)
    asked = [Decision(who, when, "triage", one, why.strip(), details={"as": said}) for one in chosen]
    deciding.written(request, asked, part=desk.part(reports=chosen))
    return RedirectResponse(inside(back), status_code=303)
