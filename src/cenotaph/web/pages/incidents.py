"""Incidents and episodes: the list, one with its toll as a ladder, and why a figure."""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import quote

from fastapi import Form, HTTPException, Query, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from cenotaph.case import CaseError
from cenotaph.desk.accused import accused
from cenotaph.desk.assessing import GRADES
from cenotaph.desk.incident_page import day_of, opened, page, told_why
from cenotaph.desk.incidents import READ as READ_BY
from cenotaph.desk.incidents import Asked, find, harms_told, incidents
from cenotaph.desk.ladder import Ladder, Step
from cenotaph.desk.one_incident import One
from cenotaph.publish.chart_rungs import HEIGHT, WIDTH, Axis, Steps, axis, steps
from cenotaph.web import deciding, rendering
from cenotaph.web.routes import READ, WRITE, Routes

routes = Routes()
From = Annotated[int, Query(alias="from", le=10**9)]


@routes.get("/incidents", READ)
def listed(
    request: Request, harm: str = "", place: str = "", since: str = "", until: str = "", read: str = "", code: str = "",
    first: From = 0,
) -> Response:  # fmt: skip
    desk = deciding.desk_of(request)
    told = {key: words.strip()[:200] for key, words in locals().items() if key in Asked.__dataclass_fields__}
    told |= {key: told[key] if day_of(told[key]) else "" for key in ("since", "until")}
    found = incidents(desk, Asked(**told), first, unmasked=bool(request.session.get("unmasked")))
    asked = {key: words for key, words in told.items() if words}
    url = "/incidents?" + "".join(f"{key}={quote(words)}&" for key, words in asked.items()) + "from="
    known = {"found": found, "asked": told, "narrowed": asked, "harms": harms_told(desk), "read_by": READ_BY}
    return rendering.page(request, "incidents.html", {**known, "url": url})


def one_of(request: Request, name: str) -> One:
    """The incident that goes by this id or code. Raises HTTPException 404 for none."""
    desk = deciding.desk_of(request)
    row = find(desk, name)
    if row is None:
        raise HTTPException(404)
    return One(desk, row, bool(request.session.get("unmasked")))


def path_of(one: One) -> str:
    return f"/incidents/{quote(one.id)}"


@routes.get("/incidents/{name}", READ)
def show(
    request: Request,
    name: str,
    harm: str = "",
    as_of: str = "",
    first: From = 0,
) -> Response:
    one = one_of(request, name)
    found = opened(one, harm=harm, start=first, day=as_of)
    known = {
        "one": found, "path": path_of(one), "grades": GRADES, "seen": deciding.newest(one.desk, one.id),
        "sides": found.quotes, **_drawn(found.ladders), "ladders": found.ladders, "later": found.later,
        "day": found.day, "harm": found.harm,
    }  # fmt: skip
    return rendering.page(request, "incident.html", known)


@routes.get("/incidents/{name}/ladder", READ)
def ladder(
    request: Request,
    name: str,
    harm: str = "",
    as_of: str = "",
    first: From = 0,
) -> Response:
    """The ladder alone, as it could be known on a day."""
    one = one_of(request, name)
    ladders, later, day = page(one, harm, first, as_of)
    known = {"path": path_of(one), "ladders": ladders, "later": later, "day": day, "harm": harm, **_drawn(ladders)}
    return HTMLResponse(rendering.fragment(request, "parts/toll_ladder.html", known))


def _drawn(ladders: Any) -> dict[str, Any]:
    """How the lines of steps are drawn: on one axis of days, each harm by its largest figure."""
    found: list[Ladder] = list(ladders)
    days = [step.day for each in found for rung in each.rungs for step in rung.steps]
    axes: dict[str, Axis] = {each.harm: drawn for each in found if (drawn := axis(days, each.most)) is not None}

    def line(harm: str, series: list[Step]) -> Steps:
        return steps([(one.day, one.interval.low) for one in series], axes[harm])

    return {"axes": axes, "line": line, "wide": WIDTH, "high": HEIGHT}


@routes.get("/incidents/{name}/why/{toll}", READ)
def why(request: Request, name: str, toll: str) -> Response:
    """A figure in a sentence, and the words it rests on."""
    one = one_of(request, name)
    found = told_why(one, toll)
    if found is None:
        raise HTTPException(404)
    return rendering.page(request, "incident_why.html", {"why": found, "path": path_of(one), "title": _title(one)})


def _title(one: One) -> str:
    return one.incident.title


@routes.get("/incidents/{name}/accused", READ)
def blamed(request: Request, name: str) -> Response:
    """Whom its claims accuse: a page of its own, or the part of the incident's page that asks for it."""
    one = one_of(request, name)
    known = {"blamed": accused(one), "path": path_of(one), "title": _title(one), "all": True}
    if request.headers.get("hx-request"):
        return HTMLResponse(rendering.fragment(request, "parts/toll_accused.html", known))
    return rendering.page(request, "incident_accused.html", known)


# --- grading --------------------------------------------------------------------------------------------------------


@routes.post("/incidents/{name}/grade", WRITE)
def grade(
    request: Request, name: str, why: Annotated[str, Form()] = "", source: Annotated[str, Form()] = "",
    information: Annotated[str, Form()] = "", word: Annotated[str, Form()] = "",
    seen: Annotated[str, Form()] = "",
) -> Response:  # fmt: skip
    one = one_of(request, name)
    given = {"source": source, "information": information, "word": word}
    if not any(given.values()):
        raise CaseError("a grade gives a letter, a digit or a word; choose at least one")
    deciding.decided(request, "grade", one.id, why, details=given, part=one.alone(), seen={one.id: seen})
    return RedirectResponse(f"{path_of(one)}#grade", status_code=303)
