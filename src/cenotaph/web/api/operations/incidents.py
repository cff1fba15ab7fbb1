"""Incidents and episodes: their tolls, why a figure, and what a link of two claims would change."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from fastapi import Query, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from cenotaph.desk.candidates import Looked
from cenotaph.desk.incidents import READ as READ_BY
from cenotaph.desk.incidents import Asked
from cenotaph.desk.linking import DOES
from cenotaph.desk.one_incident import One
from cenotaph.desk.supposing import KINDS, VERBS
from cenotaph.web.api import answers as told
from cenotaph.web.api import of_incidents, of_links
from cenotaph.web.api.asking import PAGE
from cenotaph.web.api.describing import given
from cenotaph.web.api.routing import From, Id, Most, Words, answer, found, look, one_of, routes
from cenotaph.web.routes import READ

OfKind = Annotated[str, *one_of("", "incident", "episode")]
Claims = Annotated[list[str] | None, Query(max_length=2_000, description="Claims of it; may be given again.")]
Do = Annotated[str, *one_of(*DOES)]
Verb = Annotated[str, *one_of(*VERBS)]
LinkKind = Annotated[str, *one_of(*KINDS, alias="as")]
ReadBy = Annotated[str, *one_of("", *READ_BY)]


@routes.get("/api/v1/incidents", READ, tags=["incidents"], responses=given(told.Incidents, 422))
def incidents(
    request: Request, first: From = 0, most: Most = PAGE, kind: OfKind = "", parent: Id = "", harm: Id = "",
    place: Words = "", since: dt.date | None = None, until: dt.date | None = None, read: ReadBy = "", code: Id = "",
) -> Response:  # fmt: skip
    """Incidents and episodes, those with most claims first; of one episode where `parent` names it, by words of their
    place, by the days that they meet, or by whether anybody has read a claim of them.
    """
    days = (since.isoformat() if since else "", until.isoformat() if until else "")
    asked = Asked(harm.strip(), place.strip(), *days, read, code.strip())
    return answer(of_incidents.incidents(look(request), first, most, asked, kind=kind, parent=parent))


def one(request: Request, name: str) -> One:
    """Raises HTTPException 404."""
    made = of_incidents.one_of(look(request), name)
    if made is None:
        raise HTTPException(404)
    return made


@routes.get("/api/v1/incidents/{incident}", READ, tags=["incidents"], responses=given(told.OneIncident, 404))
def incident(request: Request, incident: str) -> Response:
    """One by its id or its code: tolls, accounts, parts and wholes, assessments, drafts and what is unclear."""
    return answer(of_incidents.incident(look(request), one(request, incident)))


@routes.get("/api/v1/incidents/{incident}/ladder", READ, tags=["incidents"], responses=given(told.Ladders, 404, 422))
def ladder(request: Request, incident: str, harm: Id = "", as_of: dt.date | None = None, first: From = 0) -> Response:
    """Its toll as a ladder, a rung for each root and set, as it could be known on a day; fifty rungs of one `harm`, or
    the first of each.
    """
    day = as_of.isoformat() if as_of else ""
    return answer(of_incidents.ladders(one(request, incident), harm, first, day))


@routes.get("/api/v1/incidents/{incident}/why/{toll}", READ, tags=["incidents"], responses=given(told.Why, 404))
def why(request: Request, incident: str, toll: str) -> Response:
    """A figure in a sentence, and the words it rests on."""
    return found(of_incidents.why(one(request, incident), toll))


@routes.get(
    "/api/v1/incidents/{incident}/accused", READ, tags=["incidents"], responses=given(told.AccusedParties, 404)
)  # fmt: skip
def accused(request: Request, incident: str) -> Response:
    """Whom its claims accuse, each party with the voices that do, how sure they are, and of what."""
    return answer(of_links.blamed(one(request, incident)))


@routes.get(
    "/api/v1/incidents/{incident}/candidates", READ, tags=["incidents"], responses=given(told.Candidates, 404, 422),
)  # fmt: skip
def candidates(
    request: Request, incident: str, q: Words = "", place: Words = "", day: dt.date | None = None
) -> Response:  # fmt: skip
    """Incidents that it may be the same as: those of its place, days and harms, or those that are looked for."""
    looked = Looked(q.strip()[:200], place.strip()[:200], day.isoformat() if day else "")
    return answer(of_links.candidates(one(request, incident), looked))


@routes.get("/api/v1/incidents/{incident}/link", READ, tags=["incidents"], responses=given(told.LinkPreview, 404, 422))
def link(
    request: Request, incident: str, do: Do = "merge", claims: Claims = None, into: Words = "", here: bool = False,
    other: Id = "", verb: Verb = "must-link", kind: LinkKind = "incident",
) -> Response:  # fmt: skip
    """What linking would change, before anybody decides it: `merge` it with the incident `into` (or that one with it,
    `here`), `move` claims there, `split` claims off, or `tie` one claim to an `other`.
    """
    chosen = of_links.Chosen(do, tuple(dict.fromkeys(claims or ())), into.strip(), here, other, verb, kind)
    return answer(of_links.link(look(request), one(request, incident), chosen))
