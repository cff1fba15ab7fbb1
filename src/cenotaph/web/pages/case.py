"""The case at a glance."""

from __future__ import annotations

from fastapi import Request
from starlette.responses import RedirectResponse, Response

from cenotaph.web.routes import READ, Routes

routes = Routes()


@routes.get("/", READ)
def show(request: Request) -> Response:
    return RedirectResponse("/inbox", status_code=303)
