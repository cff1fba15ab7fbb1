"""Search with all its filters, as a list and as CSV; the places, the map and the timeline of a search."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from fastapi import Depends, Query, Request
from starlette.responses import Response, StreamingResponse

from cenotaph.desk.letters import sayable
from cenotaph.desk.search_asked import ORDERS, READ, Asked, asked
from cenotaph.desk.search_rows import COLUMNS, in_rows
from cenotaph.publish.csv import table
from cenotaph.web.api import answers as told
from cenotaph.web.api import of_search
from cenotaph.web.api.asking import PAGE
from cenotaph.web.api.describing import given
from cenotaph.web.api.routing import From, Id, InState, Most, Paged, Words, answer, look, one_of, routes
from cenotaph.web.routes import READ as READERS

Box = Annotated[str, Query(max_length=200, description="West, south, east, north in degrees; all unless given.")]
Zoom = Annotated[float, Query(ge=0, le=20, description="As web maps count it: 0 is the globe on 256 pixels.")]


def _asked(
    q: Words = "", harm: Id = "", status: Id = "", root: Words = "", outlet: Words = "", place: Words = "",
    since: dt.date | None = None, until: dt.date | None = None, read: Annotated[str, *one_of("", *READ)] = "",
    language: Id = "", state: InState = "",
) -> Asked:  # fmt: skip
    days = {"first": str(since or ""), "last": str(until or "")}
    return asked(
        q=q, harm=harm, status=status, root=root, outlet=outlet, place=place, read=read, language=language,
        state=state, **days,
    )  # fmt: skip


Searched = Annotated[Asked, Depends(_asked)]


@routes.get("/api/v1/search", READERS, tags=["search"], responses=given(told.Hits, 422, also=("text/csv",)))
def search(
    request: Request, one: Searched, kind: Annotated[str, *one_of("reports", "claims")] = "reports",
    order: Annotated[str, *one_of(*ORDERS)] = "rank", form: Annotated[str, *one_of("json", "csv")] = "json",
    first: Paged = 0,
) -> Response:  # fmt: skip
    """Reports or claims by words, in any of their spellings, and by what they say; fifty at a time. `"two words"` in
    quotation marks stand together, `OR` means either, `-word` leaves it out, and filters may stand in the line too
    (`harm:killed`, `after:2025-03`). `place` is a path ("Syria > Tartus") or the key of a place, and means all inside
    it; `since` and `until` bound the first of the days that a claim speaks of. As CSV: the claims, with their words.
    """
    looking, whole = look(request), asked(**{**_said(one), "kind": kind, "order": order})
    if form == "csv":
        about = {"Content-Disposition": 'attachment; filename="claims.csv"'}
        rows = in_rows(looking.desk, whole)
        lines = (sayable(line) for line in table(COLUMNS, rows))
        return StreamingResponse(lines, media_type="text/csv; charset=utf-8", headers=about)
    return answer(of_search.hits(looking, whole, first))


def _said(one: Asked) -> dict[str, str]:
    return {name: str(getattr(one, name)) for name in Asked.__dataclass_fields__}


@routes.get("/api/v1/choices", READERS, tags=["search"], responses=given(told.Choices))
def choices(request: Request) -> Response:
    """By what a search can be narrowed in this case."""
    return answer(of_search.choices(look(request)))


@routes.get("/api/v1/places", READERS, tags=["search"], responses=given(told.Places, 422))
def places(request: Request, one: Searched, first: From = 0, most: Most = PAGE) -> Response:
    """Where: the places that the claims of a search speak of."""
    return answer(of_search.places(look(request), one, first, most))


@routes.get("/api/v1/map", READERS, tags=["search"], responses=given(told.OnMap, 422))
def on_map(request: Request, one: Searched, box: Box = "", zoom: Zoom = 6) -> Response:
    """What a map shows of a search: a point is a place that is known so exactly, all others are areas."""
    return answer(of_search.on_map(look(request), one, box, zoom))


@routes.get("/api/v1/timeline", READERS, tags=["search"], responses=given(told.Timeline, 422))
def timeline(request: Request, one: Searched) -> Response:
    """When: the claims of a search by day and harm; of all their days, whichever were asked for."""
    return answer(of_search.timeline(look(request), one))
