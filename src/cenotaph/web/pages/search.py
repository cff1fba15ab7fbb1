"""Search: reports and claims by words and by what they say, as a list, on a map, or as a sheet."""

from __future__ import annotations

from dataclasses import replace

from fastapi import Request
from starlette.responses import Response, StreamingResponse

from cenotaph.desk.choices import choices
from cenotaph.desk.inbox_rows import STATES
from cenotaph.desk.search import search
from cenotaph.desk.search_asked import KINDS, ORDERS, READ, given
from cenotaph.desk.search_rows import COLUMNS, in_rows
from cenotaph.desk.typed import typed
from cenotaph.desk.wanted import spelled
from cenotaph.publish.csv import table
from cenotaph.web import deciding, rendering
from cenotaph.web.asking import address, asked_of, told
from cenotaph.web.pages.map import on_map
from cenotaph.web.routes import READ as READERS
from cenotaph.web.routes import Routes

routes = Routes()
VIEWS = ("list", "map")


@routes.get("/search", READERS)
def show(request: Request, view: str = "list", at: int = 0) -> Response:
    """Hits, fifty at a time; the claims as a sheet with view=csv."""
    desk, unmasked = deciding.desk_of(request), bool(request.session.get("unmasked"))
    one = asked_of(request)
    if view == "csv":
        about = {"Content-Disposition": 'attachment; filename="claims.csv"'}
        lines = table(COLUMNS, in_rows(desk, one, unmasked=unmasked))
        return StreamingResponse(lines, media_type="text/csv; charset=utf-8", headers=about)
    chosen = view if view in VIEWS else "list"
    shown = replace(one, kind="claims") if chosen == "map" else one  # a map is of claims, whatever the list was of
    found = search(desk, shown, at, unmasked=unmasked)
    kept = {**{key: value for key, value in told(one).items() if key not in ("from", "to")}, "view": "map"}
    known = {
        "found": found, "counted": shown.kind, "asked": one, "told": told(one), "view": chosen, "kinds": KINDS,
        "orders": ORDERS,
        "reads": READ, "states": STATES, "choices": choices(desk, unmasked=unmasked), "address": address,
        "spelled": spelled(found.wanted), "left": typed(one.q, given(one)).left,
        "map": on_map(request, one, kept) if chosen == "map" else None,
    }  # fmt: skip
    return rendering.page(request, "search.html", known)
