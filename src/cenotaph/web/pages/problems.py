"""What is unclear, ordered by what settling it would change; answered one by one, or many at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Annotated
from urllib.parse import urlencode

from fastapi import HTTPException, Query, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from cenotaph.case import CaseError
from cenotaph.desk import problems as desk_problems
from cenotaph.desk.problems import ANSWERS
from cenotaph.web import deciding, rendering
from cenotaph.web.pages.entering import inside
from cenotaph.web.routes import READ, WRITE, Routes

routes = Routes()
AT_ONCE = 200
"""Problems that are answered in one step; a page shows fewer."""


@routes.get("/problems", READ)
def show(
    request: Request, kind: str = "", first: Annotated[int, Query(alias="from", le=10**9)] = 0, report: str = "",
) -> Response:  # fmt: skip
    desk, unmasked = deciding.desk_of(request), bool(request.session.get("unmasked"))
    found = desk_problems.problems(desk, kind, first, report=report, unmasked=unmasked)
    if found.total and not found.lines:  # all of that page was answered, or more than there is was asked for
        last = rendering.last_page(found.total, desk_problems.PAGE)
        found = desk_problems.problems(desk, kind, last, report=report, unmasked=unmasked)
    known = {"found": found, "kind": kind, "report": report, "proposals": desk_problems.PROPOSALS}
    return rendering.page(request, "problems.html", {**known, "url": _url(kind, report)})


def _url(kind: str, report: str) -> str:
    told = {name: value for name, value in (("kind", kind), ("report", report)) if value}
    return "/problems?" + "".join(f"{urlencode({name: value})}&" for name, value in told.items())


@routes.get("/problems/{key}", READ)
def show_one(request: Request, key: str) -> Response:
    desk, unmasked = deciding.desk_of(request), bool(request.session.get("unmasked"))
    line = desk_problems.one(desk, key, unmasked=unmasked)
    if line is None:
        raise HTTPException(404)
    before, quote, after = desk_problems.around(desk, line, unmasked=unmasked)
    claims = desk_problems.claims_of(desk, line.claims, unmasked=unmasked)
    known = {"one": line, "before": before, "quote": quote, "after": after, "claims": claims}
    return rendering.page(request, "problem.html", known)


@routes.post("/problems/answer", WRITE)
async def answer(request: Request) -> Response:
    """One problem by the button that bears its id (agree, refuse, settle), or `all` that are marked, settled together.
    For each `seen:ID` says what the person knew to be decided on it; focus goes to the problem that came after.
    """
    form = [(str(name), str(value)) for name, value in (await request.form()).multi_items()]
    told = dict(form)
    if told.get("all") == "settle":
        verb, keys = "settle", [value for name, value in form if name == "problem"][:AT_ONCE]
    else:
        verb = next((one for one in ANSWERS if one in told), "")
        keys = [told[verb]] if verb else []
    if not keys:
        raise CaseError("no problem was marked; mark some, or answer one by its own button")
    if not told.get("why", "").strip():
        raise CaseError("every decision has a reason: say why in a few words")
    seen = {name.removeprefix("seen:"): value for name, value in form if name.startswith("seen:")}
    after = await run_in_threadpool(_answer, request, keys, verb, told, seen)
    back = inside(told.get("back", "/problems"))
    return RedirectResponse(f"{back}#{place(after)}" if after and "#" not in back else back, status_code=303)


def _answer(request: Request, keys: Sequence[str], verb: str, told: Mapping[str, str], seen: Mapping[str, str]) -> str:
    """Writes the answers; gives the problem that comes next."""
    desk, now, why = deciding.desk_of(request), dt.datetime.now(dt.UTC), told["why"].strip()
    after = desk_problems.following(desk, keys, told.get("kind", ""), told.get("report", ""))
    made = desk_problems.answers(desk, keys, verb, deciding.who_of(request), now, why)
    known = {one.about: seen[key] for key, one in zip(keys, made, strict=True) if key in seen}
    deciding.written(request, made, seen=known)
    return after


def place(key: str) -> str:
    """The name of a problem's place on a page.

    >>> place("problem:00ff")
    'problem-00ff'
    """
    return key.replace(":", "-")
