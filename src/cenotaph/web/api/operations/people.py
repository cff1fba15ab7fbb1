"""Roots, voices, victims and requests."""

from __future__ import annotations

from typing import Annotated, get_args

from fastapi import Path, Request
from starlette.responses import Response

from cenotaph.case import CaseError
from cenotaph.vocabulary import VoiceKind
from cenotaph.web.api import answers as told
from cenotaph.web.api import of_people
from cenotaph.web.api.describing import given
from cenotaph.web.api.routing import From, Id, Paged, Words, answer, found, look, one_of, routes
from cenotaph.web.routes import READ

RootKind = Annotated[str, *one_of("named", "unnamed")]
OfKind = Annotated[str, *one_of("", *get_args(VoiceKind), "protected")]


@routes.get("/api/v1/roots", READ, tags=["roots"], responses=given(told.Roots, 422))
def roots(request: Request, first: Paged = 0, kind: RootKind = "named") -> Response:
    """Whose figures they are, and who carries them; or voices that nobody named."""
    return answer(of_people.roots(look(request), first, named=kind == "named"))


@routes.get("/api/v1/roots/{root:path}", READ, tags=["roots"], responses=given(told.OneRoot, 404, 422))
def root(
    request: Request, root: Annotated[str, Path(description="Its name, or its address.")], first: From = 0
) -> Response:
    """One root: its longest series, its claims, who carries it, and with which others it hangs together."""
    return found(of_people.root(look(request), root, first))


@routes.get("/api/v1/voices", READ, tags=["people"], responses=given(told.Voices, 422, example="VOICES"))
def voices(request: Request, first: Paged = 0, kind: OfKind = "", q: Words = "") -> Response:
    """Who speaks in the reports: of one kind ("protected": whom words protect), or whose names hold these words."""
    return answer(of_people.voices(look(request), first, kind=kind, words=q))


@routes.get("/api/v1/voices/{handle}", READ, tags=["people"], responses=given(told.OneVoice, 404))
def voice(request: Request, handle: str) -> Response:
    """One voice by its handle, with some of its claims."""
    return found(of_people.voice(look(request), handle))


@routes.get("/api/v1/victims", READ, tags=["people"], responses=given(told.Victims, 422))
def victims(
    request: Request, first: Paged = 0, fate: Words = "", q: Words = "", incident: Id = "", row: Id = ""
) -> Response:
    """The persons whom lists and claims tell of: by the last fate told, by words of their names, by a row of a list;
    and how each stands to an `incident`.
    """
    made = of_people.victims(look(request), first, fate=fate, words=q, incident=incident, row=row)
    if incident and not made.incident:
        raise CaseError("incident: none goes by that id or code")
    return answer(made)


@routes.get("/api/v1/victims/{victim}", READ, tags=["people"], responses=given(told.VictimLine, 404, 422))
def victim(request: Request, victim: str, incident: Id = "") -> Response:
    """One person with the fates that are told, and how they stand to an `incident`."""
    return found(of_people.victim(look(request), victim, incident=incident))


@routes.get("/api/v1/pairs", READ, tags=["people"], responses=given(told.Pairs, 422))
def pairs(request: Request, first: Paged = 0) -> Response:
    """Rows that may be of one person; they are answered as any problem is."""
    return answer(of_people.pairs(look(request), first))


@routes.get("/api/v1/requests", READ, tags=["people"], responses=given(told.Requests, 422, example="REQUESTS"))
def requests(request: Request, first: Paged = 0) -> Response:
    """What families, parties and readers asked for, and what they were answered. One is made by a decision `request`
    and answered by `answer a request`.
    """
    return answer(of_people.requests(look(request), first))
