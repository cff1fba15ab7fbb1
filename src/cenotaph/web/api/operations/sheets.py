"""Sheets: what one would do is told first, then it is taken or left, as on the inbox."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import Body, File, Form, Request, UploadFile
from starlette.exceptions import HTTPException
from starlette.responses import Response

from cenotaph.case import CaseError
from cenotaph.desk.incoming import is_sheet_name, safe_name
from cenotaph.web import deciding
from cenotaph.web.api import answers as told
from cenotaph.web.api import describing, of_sheets
from cenotaph.web.api.describing import body, given
from cenotaph.web.api.routing import Words, answer, look, routes
from cenotaph.web.routes import READ, WRITE


@routes.post(
    "/api/v1/sheets", WRITE, tags=["sheets"], status_code=201,
    responses=given(told.Sheet, 400, 403, 422, status=201),
)  # fmt: skip
def keep(
    request: Request, file: Annotated[UploadFile, File(description="A .csv, .xlsx, .ods or the like.")],
    owner: Annotated[str, Form(max_length=200, description="Who answers for what the sheet says.")] = "",
) -> Response:  # fmt: skip
    """Keeps a sheet waiting and tells what it would do: nothing is taken yet. Fifty wait at once."""
    name = safe_name(file.filename or "")
    if not is_sheet_name(name):
        raise CaseError("file: a sheet is expected (.csv, .xlsx, ...); other files go to /api/v1/reports/files")
    waiting = request.app.state.waiting
    handle = waiting.keep(file.file.read(), name)
    try:
        return answer(_sheet(request, handle, owner, {}), 201)
    except CaseError:
        waiting.drop(handle)
        raise


@routes.get("/api/v1/sheets/{sheet}", READ, tags=["sheets"], responses=given(told.Sheet, 404, 422))
def show(request: Request, sheet: str, owner: Words = "") -> Response:
    """What a waiting sheet would do."""
    return answer(_sheet(request, sheet, owner, {}))


@routes.post(
    "/api/v1/sheets/{sheet}", WRITE, tags=["sheets"], openapi_extra=body(told.SheetAsked, "SHEET"),
    responses=given(told.SheetDone, 400, 403, 404, 422),
)  # fmt: skip
def do(request: Request, sheet: str, sent: Annotated[Any, Body()]) -> Response:
    """Looks at a sheet with columns mapped otherwise, takes it, or leaves it."""
    asked = describing.asked(told.SheetAsked, sent)
    worker, waiting = request.app.state.worker, request.app.state.waiting
    if sheet not in waiting.held:
        raise HTTPException(404)
    if asked.do == "look":
        return answer(told.SheetDone(_sheet(request, sheet, asked.owner, asked.columns), (), (), worker.working))
    if asked.do == "leave":
        waiting.drop(sheet)
        return answer(told.SheetDone(None, (), (), worker.working))
    looking, who = look(request), deciding.who_of(request)
    found, _ = of_sheets.looked_at(looking, waiting, sheet, who, asked.owner, asked.columns)
    added, decided = of_sheets.take(looking, found, waiting, sheet, who, asked.why)
    worker.after_decisions()
    waiting.drop(sheet)
    looking = look(request)
    made = tuple(told.MadeDecision(one.id, looking.decision(one)) for one in decided)
    return answer(told.SheetDone(None, looking.added(added), made, worker.working))


def _sheet(request: Request, handle: str, owner: str, columns: Mapping[str, str]) -> told.Sheet:
    looking, who = look(request), deciding.who_of(request)
    try:
        found, name = of_sheets.looked_at(looking, request.app.state.waiting, handle, who, owner, columns)
    except LookupError as error:
        raise HTTPException(404) from error
    return of_sheets.sheet(looking, handle, found, name, owner)
