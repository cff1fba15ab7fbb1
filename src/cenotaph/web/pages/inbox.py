"""The inbox: what came in, what it repeats, what is new in it; decided on one by one or many at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Annotated, Any
from urllib.parse import parse_qsl, urlsplit

from fastapi import Form, Query, Request
from starlette.responses import RedirectResponse, Response

from cenotaph.case.decisions import TRIAGE
from cenotaph.desk.inbox import PAGE, inbox, of_state
from cenotaph.desk.inbox_rows import STATES
from cenotaph.desk.report_text import safe_signs
from cenotaph.desk.report_words import TURNS
from cenotaph.vocabulary import Decision
from cenotaph.web import deciding, rendering
from cenotaph.web.pages.entering import inside
from cenotaph.web.routes import READ, WRITE, Routes

routes = Routes()
AT_ONCE = 2_000
"""Reports that are decided on in one step; of more, the step is taken again."""


@routes.get("/inbox", READ)
def show(request: Request, state: str = "", first: Annotated[int, Query(alias="from", le=10**9)] = 0) -> Response:
    return _page(request, state, first, did=request.session.pop("did", None))


def _page(
    request: Request, state: str, first: int, *, did: Mapping[str, Any] | None = None, marked: Collection[str] = (),
    why: str | None = None, wrong: str = "",
) -> Response:  # fmt: skip
    """`did` tells what was just said of how many; what was marked and typed stays where something is `wrong`."""
    chosen = state if state in STATES else ""
    desk, unmasked = deciding.desk_of(request), bool(request.session.get("unmasked"))
    found = inbox(desk, chosen, first, unmasked=unmasked)
    if found.total and not found.lines:  # all of that page was decided on, or more than there is was asked for
        found = inbox(desk, chosen, rendering.last_page(found.total, PAGE), unmasked=unmasked)
    known = {
        "found": found, "state": chosen, "triage": TRIAGE, "did": did, "marked": marked, "why": why, "wrong": wrong,
        "at_once": AT_ONCE,
    }  # fmt: skip
    return rendering.page(request, "inbox.html", known, status=422 if wrong else 200)


@routes.post("/inbox/triage", WRITE)
def triage(
    request: Request, said: Annotated[str, Form(alias="as")] = "", why: Annotated[str, Form()] = "",
    report: Annotated[list[str] | None, Form()] = None, state: Annotated[str, Form()] = "",
    back: Annotated[str, Form()] = "/inbox",
) -> Response:  # fmt: skip
    """Says of reports what they are: those that were marked, or all of one state of which nobody said it yet."""
    desk, to = deciding.desk_of(request), inside(back)
    if state in STATES:
        chosen = of_state(desk, state, AT_ONCE, unsaid=said == state)
    else:
        chosen = list(dict.fromkeys(report or []))[:AT_ONCE]
    wrong = "" if chosen else "inbox.none_marked"
    wrong = wrong or ("" if why.strip() else "correct.no_reason") or ("correct.turns" if TURNS.search(why) else "")
    if wrong:
        asked = dict(parse_qsl(urlsplit(to).query))
        first = asked.get("from", "")
        start = int(first) if first.isascii() and first.isdecimal() and len(first) < 10 else 0
        return _page(request, asked.get("state", ""), start, marked=chosen, why=safe_signs(why), wrong=wrong)
    who, when = deciding.who_of(request), dt.datetime.now(dt.UTC)
    asked_for = [Decision(who, when, "triage", one, why.strip(), details={"as": said}) for one in chosen]
    deciding.written(request, asked_for, part=desk.part(reports=chosen))
    request.session["did"] = {"n": len(chosen), "as": said}
    return RedirectResponse(to, status_code=303)
