"""Incidents and episodes: the list, one with its toll as a ladder, why a figure, and what a link would change."""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import quote

from fastapi import Form, HTTPException, Query, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from cenotaph.case import CaseError
from cenotaph.desk.assessing import GRADES
from cenotaph.desk.incident_page import day_of, opened, page, told_why
from cenotaph.desk.incidents import READ as READ_BY
from cenotaph.desk.incidents import Asked, below, find, harms_told, incidents
from cenotaph.desk.ladder import Ladder, Step
from cenotaph.desk.one_incident import One
from cenotaph.desk.supposing import KINDS, VERBS, preview
from cenotaph.publish.chart_rungs import HEIGHT, WIDTH, Axis, Steps, axis, steps
from cenotaph.web import deciding, rendering
from cenotaph.web.routes import READ, WRITE, Routes

routes = Routes()
From = Annotated[int, Query(alias="from", le=10**9)]
CHOICES = 60
"""Claims of one incident to choose from; another is named by its id."""


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


# --- grading --------------------------------------------------------------------------------------------------------


@routes.post("/incidents/{name}/grade", WRITE)
def grade(
    request: Request, name: str, why: Annotated[str, Form()] = "", source: Annotated[str, Form()] = "",
    information: Annotated[str, Form()] = "", word: Annotated[str, Form()] = "",
    seen: Annotated[str | None, Form()] = None,
) -> Response:  # fmt: skip
    one = one_of(request, name)
    given = {"source": source, "information": information, "word": word}
    if not any(given.values()):
        raise CaseError("a grade gives a letter, a digit or a word; choose at least one")
    expected = None if seen is None else {one.id: seen}
    deciding.decided(request, "grade", one.id, why, details=given, part=one.alone(), seen=expected)
    return RedirectResponse(f"{path_of(one)}#grade", status_code=303)


# --- linking --------------------------------------------------------------------------------------------------------


@routes.get("/incidents/{name}/link", READ)
def link(
    request: Request, name: str, claim: str = "", other: str = "", incident: str = "", verb: str = "",
    kind: Annotated[str, Query(alias="as")] = "incident",
) -> Response:  # fmt: skip
    """Two claims, or a claim and an incident; what their link would change, once both are chosen."""
    one = one_of(request, name)
    chosen = {"claim": claim, "other": other, "incident": incident.strip(), "verb": verb, "as": kind}
    supposed = None
    if verb:
        about, with_, second = _two(request, one, claim, other, incident)
        supposed = preview(one, second, _verb(verb), about, with_, _kind(kind))
        chosen |= {"claim": about, "with": with_, "seen": deciding.newest(one.desk, about)}
    near = below(one.desk, str(one.row["parent"]), unmasked=one.unmasked, most=30) if one.row["parent"] else []
    known = {
        "path": path_of(one), "title": _title(one), "claims": one.quoted(one.told()[:CHOICES]), "chosen": chosen,
        "supposed": supposed, "verbs": VERBS, "kinds": KINDS,
        "near": [each for each in near if each["incident"] != one.id],
    }  # fmt: skip
    return rendering.page(request, "incident_link.html", known)


@routes.post("/incidents/{name}/link", WRITE)
def linked(
    request: Request, name: str, claim: Annotated[str, Form()] = "", other: Annotated[str, Form()] = "",
    incident: Annotated[str, Form()] = "", verb: Annotated[str, Form()] = "", why: Annotated[str, Form()] = "",
    kind: Annotated[str, Form(alias="as")] = "incident", seen: Annotated[str | None, Form()] = None,
) -> Response:  # fmt: skip
    one = one_of(request, name)
    about, with_, second = _two(request, one, claim, other, incident)
    details = {"with": with_, "as": _kind(kind)}
    expected = None if seen is None else {about: seen}
    deciding.decided(request, _verb(verb), about, why, details=details, part=one.alone(second), seen=expected)
    there = find(one.desk, one.id)  # it may be part of another now
    return RedirectResponse(path_of(one) if there else "/incidents", status_code=303)


def _verb(verb: str) -> str:
    if verb not in VERBS:
        raise CaseError(f"no link {verb!r}; there are: {', '.join(VERBS)}")
    return verb


def _kind(kind: str) -> str:
    if kind not in KINDS:
        raise CaseError(f"`as` is {kind!r}; there are: {', '.join(KINDS)}")
    return kind


def _two(request: Request, one: One, claim: str, other: str, incident: str) -> tuple[str, str, One]:
    """The two claims that are meant, and the incident of the second; an incident is meant by its earliest claim."""
    words = rendering.texts_of(request)
    second, with_ = one, other.strip()
    if incident.strip():
        row = find(one.desk, incident.strip())
        if row is None:
            raise CaseError(words("link.unknown", name=incident.strip()))
        second = One(one.desk, row, one.unmasked)
        with_ = next((each for each in second.raw_incident.claims if each != claim), "")
    if not claim or not with_ or claim == with_:
        raise CaseError(words("link.same"))
    known = one.facts([claim, with_])
    for each in (claim, with_):
        if each not in known:
            raise CaseError(words("link.unknown", name=each))
    home = str(known[with_]["incident"])
    if not incident.strip() and home and home != one.id and (row := find(one.desk, home)) is not None:
        second = One(one.desk, row, one.unmasked)
    return claim, with_, second
