"""Sheets of the whole case as files: made by a process of their own where the case is large."""

from __future__ import annotations

import shutil
from typing import Annotated

from fastapi import Request
from starlette.background import BackgroundTask
from starlette.exceptions import HTTPException
from starlette.responses import FileResponse, Response

from cenotaph.desk.exporting import FORMS, Busy, Failed, exported
from cenotaph.publish.columns import names as sheet_names
from cenotaph.web import deciding
from cenotaph.web.api import answers as told
from cenotaph.web.api.describing import given
from cenotaph.web.api.routing import one_of, routes
from cenotaph.web.routes import READ

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MEDIA = {"json": "application/json", "csv": "text/csv; charset=utf-8", "xlsx": WORKBOOK}
SheetName = Annotated[str, *one_of(*sheet_names(), says="Which sheet; a workbook has them all.")]
InForm = Annotated[str, *one_of(*FORMS)]


@routes.get(
    "/api/v1/export", READ, tags=["export"], responses=given(told.Exported, 422, 503, also=("text/csv", WORKBOOK)),
)  # fmt: skip
def export(request: Request, sheet: SheetName = "claims", form: InForm = "json") -> Response:
    """One sheet as JSON or CSV, or every sheet as a workbook; always masked. It is made of the whole case, which takes
    minutes where that is large; then one is made at a time.
    """
    try:
        file = exported(deciding.desk_of(request), sheet, form)
    except (Busy, Failed) as error:
        raise HTTPException(503, str(error)) from error
    name = {"json": None, "csv": f"{sheet}.csv", "xlsx": "case.xlsx"}[form]
    done = BackgroundTask(shutil.rmtree, file.parent, ignore_errors=True)
    return FileResponse(file, media_type=MEDIA[form], background=done, filename=name)
