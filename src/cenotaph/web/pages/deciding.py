"""One route for the small forms of any page, and the way on where two people decided at once."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import Form, Query, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from cenotaph.case import CaseError
from cenotaph.vocabulary import Decision
from cenotaph.web import deciding, rendering
from cenotaph.web.entering import inside
from cenotaph.web.routes import WRITE, Routes

routes = Routes()
TOLD = ("verb", "about", "why", "report", "back", "seen")
"""Fields of the form that are no details of the decision."""


@routes.post("/decide", WRITE)
async def decide(request: Request) -> Response:
    """Writes one decision. What is no field of its own goes into the details under its name: `as`, `with`; a list by
    `also[]`, given once for each; a value that is no text by `residual:json`.
    """
    form = [(str(name), str(value)) for name, value in (await request.form()).multi_items()]
    told = dict(form)
    if not told.get("verb") or not told.get("about"):
        raise CaseError("a decision needs a verb and what it is about; give verb and about")
    seen = {told["about"]: told["seen"]} if "seen" in told else None
    await run_in_threadpool(
        deciding.decided, request, told["verb"], told["about"], told.get("why", ""), details=details_of(form),
        report=told.get("report", ""), seen=seen,
    )  # fmt: skip
    return RedirectResponse(inside(told.get("back", "/")), status_code=303)


def details_of(form: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """
    >>> details_of([("verb", "protect"), ("also[]", "S. E."), ("also[]", ""), ("residual:json", "true")])
    {'also': ['S. E.'], 'residual': True}
    """
    found: dict[str, Any] = {}
    for name, value in form:
        if name in TOLD:
            continue
        if name.endswith("[]"):
            found.setdefault(name.removesuffix("[]"), []).extend([value] if value.strip() else [])
        elif name.endswith(":json"):
            found[name.removesuffix(":json")] = _from_json(name, value)
        else:
            found[name] = value
    return found


def _from_json(name: str, value: str) -> Any:
    try:
        return json.loads(value)
    except (ValueError, RecursionError) as error:
        raise CaseError(f"{name}: found what is no JSON") from error


@routes.post("/decide/over", WRITE)
def over(
    request: Request, to: Annotated[str, Query()], undo: Annotated[list[str], Query()],
    why: Annotated[str, Form()] = "",
) -> Response:  # fmt: skip
    """Takes back what did away with the thing, then sends the form on to where it was going, as it is."""
    if not why.strip():
        raise CaseError("every decision has a reason: say why in a few words")
    who, when = deciding.who_of(request), dt.datetime.now(dt.UTC)
    words = rendering.texts_of(request)("merge.undo_why", why=why.strip())
    deciding.written(request, [Decision(who, when, "undo", one, words) for one in undo])
    return RedirectResponse(inside(to), status_code=307)
