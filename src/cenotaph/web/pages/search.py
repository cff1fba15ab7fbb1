"""Search: reports and claims by words and by what they say, as a list, on a map, or as a sheet."""

from __future__ import annotations

from dataclasses import replace

from fastapi import Request
from starlette.responses import Response, StreamingResponse

from cenotaph.desk import Desk, told_apart
from cenotaph.desk.choices import choices
from cenotaph.desk.inbox_rows import STATES
from cenotaph.desk.search import search
from cenotaph.desk.search_asked import KINDS, ORDERS, READ, given
from cenotaph.desk.search_rows import COLUMNS, in_rows
from cenotaph.desk.typed import typed
from cenotaph.desk.wanted import spelled
from cenotaph.publish.csv import table
from cenotaph.publish.veil import Veil
from cenotaph.vocabulary import Place
from cenotaph.web import deciding, rendering
from cenotaph.web.asking import address, asked_of, told
from cenotaph.web.pages.map import on_map
from cenotaph.web.routes import READ as READERS
from cenotaph.web.routes import Routes

routes = Routes()
VIEWS = ("list", "map")
ALIKE = 150
"""Places of one name that are offered one by one, at most."""


@routes.get("/search", READERS)
def show(request: Request, view: str = "list", at: int = 0) -> Response:
    """Hits, fifty at a time; the claims as a sheet with view=csv."""
    desk, unmasked = deciding.desk_of(request), bool(request.session.get("unmasked"))
    one, veil = asked_of(request), None if unmasked else desk.veil
    if view == "csv":
        about = {"Content-Disposition": 'attachment; filename="claims.csv"'}
        lines = table(COLUMNS, in_rows(desk, one))
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
        "place": _place(desk, one.place, veil), "alike": _alike(desk, veil),
        "map": on_map(request, one, kept) if chosen == "map" else None,
    }  # fmt: skip
    return rendering.page(request, "search.html", known)


Told = tuple[Place, told_apart.Facts]


def _place(desk: Desk, key: str, veil: Veil | None) -> Told | None:
    """The place of a key that stands in the filter, and what tells it apart; None for words, and for a path."""
    held = told_apart.places(desk).get(key) if key else None
    if held is None:
        return None
    return told_apart.as_shown(held, veil), told_apart.shown(told_apart.apart(desk).get(key, ()), veil)


def _alike(desk: Desk, veil: Veil | None) -> dict[str, Told]:
    """The places that are shown by the name of another, by their keys: their paths alone do not tell which is meant.
    None whose key would name somebody who is hidden.
    """
    held, some = told_apart.places(desk), list(told_apart.apart(desk).items())[:ALIKE]
    shown = {key: (told_apart.as_shown(held[key], veil), told_apart.shown(facts, veil)) for key, facts in some}
    return {key: told for key, told in shown.items() if told[0] == held[key]}
