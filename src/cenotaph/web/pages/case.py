"""The case at a glance, with its map and its timeline."""

from __future__ import annotations

from fastapi import Request
from starlette.responses import Response

from cenotaph.desk.inbox_rows import STATES
from cenotaph.desk.overview import overview
from cenotaph.web import deciding, rendering
from cenotaph.web.asking import asked_of
from cenotaph.web.pages.map import on_map
from cenotaph.web.routes import READ, Routes

routes = Routes()


@routes.get("/", READ)
def show(request: Request) -> Response:
    """What is new, what waits, what is told and held; where and when. `from` and `to` are the days of the map."""
    desk, unmasked = deciding.desk_of(request), bool(request.session.get("unmasked"))
    found = overview(desk, unmasked=unmasked)
    known = {"found": found, "states": STATES, "map": on_map(request, asked_of(request))}
    return rendering.page(request, "case.html", known)
