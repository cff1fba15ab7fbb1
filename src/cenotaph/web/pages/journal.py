"""The journal: every decision with who, when and why; taken back by another decision; given out as a file."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Annotated
from urllib.parse import urlencode

from fastapi import Depends, Form, Query, Request
from starlette.responses import RedirectResponse, Response, StreamingResponse

from cenotaph.case import CaseError
from cenotaph.case.decisions import VERBS
from cenotaph.desk import journal as desk_journal
from cenotaph.desk.called import ids_in
from cenotaph.desk.journal import COLUMNS, KINDS, Asked
from cenotaph.publish import csv
from cenotaph.web import deciding, details, rendering
from cenotaph.web.pages.entering import inside
from cenotaph.web.routes import READ, WRITE, Routes

routes = Routes()


def asked_of(
    kind: str = "decision", who: str = "", verb: str = "", first: Annotated[str, Query(alias="since")] = "",
    last: Annotated[str, Query(alias="until")] = "", about: str = "",
) -> Asked:  # fmt: skip
    """The filter of an address; `kind` may be "all". Raises CaseError for a day that is none."""
    chosen = "" if kind == "all" else kind if kind in KINDS else "decision"
    try:
        return Asked(chosen, who, verb if verb in VERBS else "", first, last, about.strip())
    except ValueError as error:
        raise CaseError(f"a day is year-month-day, as 2025-03-08; found {first or last!r}") from error


Filter = Annotated[Asked, Depends(asked_of)]


def _told(asked: Asked, **changed: str) -> str:
    """The address of a filter, with other values for some of it; ready for one more."""
    told = {
        "kind": asked.kind or "all", "who": asked.who, "verb": asked.verb, "since": asked.first, "until": asked.last,
        "about": asked.about, **changed,
    }  # fmt: skip
    return urlencode({name: one for name, one in told.items() if one})


@routes.get("/journal", READ)
def show(request: Request, asked: Filter, first: Annotated[int, Query(alias="from", le=10**9)] = 0) -> Response:
    desk = deciding.desk_of(request)
    found = desk_journal.entries(desk, asked, first, unmasked=bool(request.session.get("unmasked")))
    known = {
        "found": found, "asked": asked, "told": details.beside, "ids_in": ids_in, "names": desk_journal.names(desk),
        "verbs": VERBS, "filter": _told(asked),
        "with_kind": lambda kind: _told(asked, kind=kind, **({} if kind == "decision" else {"verb": "", "about": ""})),
    }  # fmt: skip
    return rendering.page(request, "journal.html", known)


@routes.post("/journal/undo", WRITE)
def undo(
    request: Request, decision: Annotated[str, Form()] = "", why: Annotated[str, Form()] = "",
    seen: Annotated[str, Form()] = "", back: Annotated[str, Form()] = "/journal",
) -> Response:  # fmt: skip
    """Takes a decision back, by a new one; taking back an undo lets what it took back stand again."""
    if not decision.startswith("decision:"):
        raise CaseError(f"{decision!r} is no decision; give the id of one")
    deciding.decided(request, "undo", decision, why, seen={decision: seen})
    return RedirectResponse(inside(back), status_code=303)


@routes.get("/journal.csv", READ)
def as_csv(request: Request, asked: Filter) -> Response:
    unmasked = bool(request.session.get("unmasked"))
    rows = desk_journal.export(deciding.desk_of(request), asked, unmasked=unmasked)
    lines = csv.table(COLUMNS, (one.exported() for one in rows))
    return _file(lines, "text/csv; charset=utf-8", "journal.csv")


@routes.get("/journal.jsonl", READ)
def as_jsonl(request: Request, asked: Filter) -> Response:
    unmasked = bool(request.session.get("unmasked"))
    rows = desk_journal.export(deciding.desk_of(request), asked, unmasked=unmasked)
    told = (dict(zip(COLUMNS, one.exported(), strict=True)) | {"details": one.details} for one in rows)
    lines = (json.dumps(one, ensure_ascii=False, default=str) + "\n" for one in told)
    return _file(lines, "application/jsonl; charset=utf-8", "journal.jsonl")


def _file(lines: Iterator[str], kind: str, name: str) -> Response:
    return StreamingResponse(lines, media_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
