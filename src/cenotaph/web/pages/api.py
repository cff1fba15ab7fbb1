"""The desk as JSON under /api/v1, documented by OpenAPI, and a page that shows the document."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

from fastapi import Body, File, Form, Query, Request, UploadFile
from pydantic import AfterValidator
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response

from cenotaph.case import Added, CaseError
from cenotaph.case.sheets import as_workbook, sheet_of, sheets_of
from cenotaph.desk.inbox import of_state
from cenotaph.desk.inbox_rows import STATES
from cenotaph.desk.incoming import Given, safe_name, take_files
from cenotaph.desk.letters import sayable
from cenotaph.desk.search_asked import asked
from cenotaph.intake import Captured
from cenotaph.plain import dump
from cenotaph.publish.columns import names as sheet_names
from cenotaph.publish.sheets import csv_lines
from cenotaph.vocabulary import Decision
from cenotaph.web import deciding, rendering
from cenotaph.web.api import answers as told
from cenotaph.web.api import describing
from cenotaph.web.api.asking import MOST, PAGE, Looking
from cenotaph.web.api.describing import body, given
from cenotaph.web.api.reading import read_by_people
from cenotaph.web.routes import READ, WRITE, Routes, is_in

routes = Routes(described=True)
AT_ONCE = 2_000
"""Reports that are decided on in one step."""
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

From = Annotated[int, Query(alias="from", ge=0, le=10**9, description="The place of the first line, from 0.")]
Most = Annotated[int, Query(ge=1, le=MOST, description="Lines at most.")]
Id = Annotated[str, Query(max_length=200)]
Words = Annotated[str, Query(max_length=2_000)]


def _one_of(*allowed: str) -> Any:
    """A word of a list, as the document shows it and as it is checked."""

    def check(given: str) -> str:
        if given not in allowed:
            raise ValueError(f"expected one of {', '.join(one for one in allowed if one)}")
        return given

    return Query(json_schema_extra={"enum": [*allowed]}), AfterValidator(check)


InState = Annotated[str, *_one_of("", *STATES)]
OfKind = Annotated[str, *_one_of("", "incident", "episode")]
SheetName = Annotated[str, *_one_of(*sheet_names())]
InForm = Annotated[str, *_one_of("json", "csv", "xlsx")]


def _look(request: Request) -> Looking:
    return Looking(deciding.desk_of(request), is_in(request) and bool(request.session.get("unmasked")))


def _answer(value: Any, status: int = 200) -> JSONResponse:
    return JSONResponse(_speakable(dump(value)), status_code=status)


def _speakable(value: Any) -> Any:
    """JSON as UTF-8 can hold it: half of a pair of UTF-16, which a file may have, is told as a sign of its own."""
    if isinstance(value, str):
        return sayable(value)
    if isinstance(value, list):
        return [_speakable(one) for one in value]
    return {sayable(key): _speakable(one) for key, one in value.items()} if isinstance(value, dict) else value


def _found(value: Any) -> JSONResponse:
    if value is None:
        raise HTTPException(404)
    return _answer(value)


# --- reading ----------------------------------------------------------------------------------------------------------


@routes.get("/api/v1/case", READ, tags=["case"], responses=given(told.CaseNow, example="CASE"))
def case(request: Request) -> Response:
    """What the case holds, in figures."""
    state = request.app.state
    return _answer(_look(request).case(state.title, deciding.who_of(request), state.worker.working))


@routes.get("/api/v1/reports", READ, tags=["reports"], responses=given(told.Reports, 422, example="REPORTS"))
def reports(
    request: Request, first: From = 0, most: Most = PAGE, state: InState = "", outlet: Words = "",
) -> Response:  # fmt: skip
    """The newest version of each report, in the order in which they came in: the inbox."""
    return _answer(_look(request).reports(first, most, state=state, outlet=outlet))


@routes.get("/api/v1/search", READ, tags=["search"], responses=given(told.Hits, 422))
def search(
    request: Request, q: Words = "", kind: Annotated[str, *_one_of("reports", "claims")] = "reports", first: From = 0,
    harm: Id = "", status: Id = "", root: Words = "", outlet: Words = "", place: Words = "",
    since: dt.date | None = None, until: dt.date | None = None, language: Id = "", state: InState = "",
) -> Response:  # fmt: skip
    """Reports or claims by words, in any of their spellings, and by what they say; fifty at a time. `"two words"` in
    quotation marks stand together; `place` is a path ("Syria > Tartus") and means all inside it.
    """
    said = {"q": q, "kind": kind, "harm": harm, "status": status, "root": root, "outlet": outlet, "place": place,
            "language": language, "state": state}  # fmt: skip
    days = {"first": str(since or ""), "last": str(until or "")}
    return _answer(_look(request).search(asked(**said, **days), first))


@routes.get("/api/v1/reports/{report}", READ, tags=["reports"], responses=given(told.OneReport, 404))
def report(request: Request, report: str) -> Response:
    """One report: its words, what was read in them, its versions and its custody."""
    return _found(_look(request).report(report))


@routes.get("/api/v1/claims", READ, tags=["claims"], responses=given(told.Claims, 422, example="CLAIMS"))
def claims(
    request: Request, first: From = 0, most: Most = PAGE, report: Id = "", incident: Id = "", harm: Id = "",
    status: Id = "", root: Words = "", place: Words = "", stance: Id = "", reach: Id = "", since: dt.date | None = None,
    until: dt.date | None = None, reads: Annotated[int | None, Query(ge=0, le=1000)] = None,
) -> Response:  # fmt: skip
    """Claims by what they say; `since` and `until` are days that their period meets, `place` an id of the gazetteer."""
    wanted = {"report": report, "incident": incident, "harm": harm, "status": status, "root": root, "place": place,
              "stance": stance, "reach": reach, "reads": reads}  # fmt: skip
    days = (since.isoformat() if since else "", until.isoformat() if until else "")
    return _answer(_look(request).claims(first, most, wanted, days))


@routes.get("/api/v1/claims/{claim}", READ, tags=["claims"], responses=given(told.OneClaim, 404))
def claim(request: Request, claim: str) -> Response:
    """One claim as it counts now, with the token that a decision about it brings back."""
    return _found(_look(request).claim(claim))


@routes.get("/api/v1/incidents", READ, tags=["incidents"], responses=given(told.Incidents, 422))
def incidents(
    request: Request, first: From = 0, most: Most = PAGE, kind: OfKind = "",
    parent: Id = "",
) -> Response:  # fmt: skip
    """Incidents and episodes, those with most claims first; of one episode where `parent` names it."""
    return _answer(_look(request).incidents(first, most, kind=kind, parent=parent))


@routes.get("/api/v1/incidents/{incident}", READ, tags=["incidents"], responses=given(told.OneIncident, 404))
def incident(request: Request, incident: str) -> Response:
    """One by its id or its code: tolls, accounts, checks, assessments, drafts and what is unclear."""
    return _found(_look(request).incident(incident))


@routes.get("/api/v1/roots", READ, tags=["roots"], responses=given(told.Roots, 422))
def roots(request: Request, first: From = 0, most: Most = PAGE) -> Response:
    """Whose figures they are, who carries them, and how far roots are known to be independent."""
    return _answer(_look(request).roots(first, most))


@routes.get("/api/v1/problems", READ, tags=["problems"], responses=given(told.Problems, 422))
def problems(request: Request, first: From = 0, most: Most = PAGE, kind: Words = "", report: Id = "") -> Response:
    """What is open, first that on which most hangs."""
    return _answer(_look(request).problems(first, most, kind=kind, report=report))


@routes.get("/api/v1/problems/{problem}", READ, tags=["problems"], responses=given(told.OneProblem, 404))
def problem(request: Request, problem: str) -> Response:
    """One that is open."""
    found = _look(request).problems(0, 1, about=problem).items
    return _found(found[0] if found else None)


@routes.get("/api/v1/voices", READ, tags=["people"], responses=given(told.Voices, 422))
def voices(request: Request, first: From = 0, most: Most = PAGE) -> Response:
    """Who speaks in the reports."""
    return _answer(_look(request).voices(first, most))


@routes.get("/api/v1/victims", READ, tags=["people"], responses=given(told.Victims, 422))
def victims(request: Request, first: From = 0, most: Most = PAGE) -> Response:
    """The persons whom lists and claims tell of. Worked out on the whole case: slow where it is large."""
    found = deciding.desk_of(request).case
    exported = _exported(sheet_of(found.state(), "victims", found.victims()))
    rows = [dict(zip(exported.columns, row, strict=True)) for row in exported.rows[first : first + most]]
    return _answer(told.Victims(tuple(rows), first, len(exported.rows)))


@routes.get("/api/v1/journal", READ, tags=["journal"], responses=given(told.Journal, 422))
def journal(
    request: Request, first: From = 0, most: Most = PAGE, who: Words = "", verb: Id = "", about: Words = "",
    report: Id = "",
) -> Response:  # fmt: skip
    """Every decision, the newest first: who, when, why; and which one took it back."""
    return _answer(_look(request).journal(first, most, {"who": who, "verb": verb, "about": about, "report": report}))


@routes.get("/api/v1/journal/{decision}", READ, tags=["journal"], responses=given(told.JournalLine, 404))
def decision(request: Request, decision: str) -> Response:
    """One decision."""
    found = _look(request).journal(0, 1, {"decision": decision}).items
    return _found(found[0] if found else None)


@routes.get("/api/v1/export", READ, tags=["export"], responses=given(told.Exported, 422, also=("text/csv", WORKBOOK)))
def export(
    request: Request, sheet: SheetName = "claims", form: InForm = "json",
) -> Response:  # fmt: skip
    """One sheet as JSON or CSV, or every sheet as a workbook; always masked. Worked out on the whole case."""
    found = deciding.desk_of(request).case
    state, persons = found.state(), found.victims()
    if form == "xlsx":
        made = as_workbook(sheets_of(state, persons), found.settings.title, made=dt.datetime.now(dt.UTC))
        return Response(made, media_type=WORKBOOK, headers={"Content-Disposition": 'attachment; filename="case.xlsx"'})
    one = sheet_of(state, sheet, persons)
    if form == "csv":
        text = sayable("".join(csv_lines(one)))
        return Response(text, media_type="text/csv; charset=utf-8",
                        headers={"Content-Disposition": f'attachment; filename="{sheet}.csv"'})  # fmt: skip
    return _answer(_exported(one))


def _exported(one: Any) -> told.Exported:
    rows = tuple(tuple(cell.isoformat() if isinstance(cell, dt.date) else cell for cell in row) for row in one.rows)
    return told.Exported(one.name, tuple(one.columns), rows)


@routes.get("/api/v1/openapi.json", READ, include_in_schema=False)
def openapi(request: Request) -> Response:
    """This document."""
    return JSONResponse(describing.of_request(request))


# --- deciding and adding ----------------------------------------------------------------------------------------------


@routes.post(
    "/api/v1/decisions", WRITE, tags=["decisions"], status_code=201,
    openapi_extra=body(told.Decisions, "DECISIONS"),
    responses=given(told.Written, 400, 403, 409, 422, status=201),
)  # fmt: skip
def decisions(request: Request, sent: Annotated[Any, Body()]) -> Response:
    """Writes decisions as if they were taken one after the other: all of them, or none where one can't stand."""
    found = describing.asked(told.Decisions, sent).decisions
    if not found:
        raise CaseError("no decision was sent; give at least one under decisions")
    if missing := [at for at, one in enumerate(found) if not one.why.strip()]:
        raise CaseError(f"decisions.{missing[0]}.why: every decision has a reason: say why in a few words")
    who, when = deciding.who_of(request), dt.datetime.now(dt.UTC)
    made = [Decision(who, when, one.verb, one.about, one.why.strip(), one.report, details=one.details) for one in found]
    seen = {one.about: one.seen for one in reversed(found) if one.seen is not None}
    return _written(request, deciding.written(request, made, seen=seen))


def _written(request: Request, found: Sequence[Decision]) -> Response:
    look = _look(request)
    made = tuple(told.MadeDecision(one.id, look.decision(one)) for one in found)
    return _answer(told.Written(made, request.app.state.worker.working), 201)


@routes.post(
    "/api/v1/triage", WRITE, tags=["decisions"], status_code=201, openapi_extra=body(told.Triage, "TRIAGE"),
    responses=given(told.Written, 400, 403, 422, status=201),
)  # fmt: skip
def triage(request: Request, sent: Annotated[Any, Body()]) -> Response:
    """Says of reports as a whole what they are: of those named, or of all in one state of the inbox."""
    found, desk = describing.asked(told.Triage, sent), deciding.desk_of(request)
    if found.state and found.state not in STATES:
        raise CaseError(f"state: found {found.state!r}, expected one of {', '.join(STATES)}")
    chosen = of_state(desk, found.state, AT_ONCE) if found.state else list(dict.fromkeys(found.reports))[:AT_ONCE]
    if not chosen or not found.why.strip():
        raise CaseError("it needs reports, or a state that some are in, and a reason under why")
    who, when = deciding.who_of(request), dt.datetime.now(dt.UTC)
    made = [Decision(who, when, "triage", one, found.why.strip(), details={"as": found.what}) for one in chosen]
    return _written(request, deciding.written(request, made, part=desk.part(reports=chosen)))


@routes.post(
    "/api/v1/reports", WRITE, tags=["reports"], status_code=201,
    openapi_extra=body(told.NewReports, "NEW_REPORTS"),
    responses=given(told.AddedReports, 400, 403, 422, status=201),
)  # fmt: skip
def add(request: Request, sent: Annotated[Any, Body()]) -> Response:
    """Takes in texts. Each is read before the answer comes, unless the case is large."""
    found = describing.asked(told.NewReports, sent).reports
    if not found or not all(one.text.strip() for one in found):
        raise CaseError("reports: at least one is expected, each with a text")
    when = dt.datetime.now(dt.UTC)
    captured = [
        Captured(
            one.text.encode(), "txt", safe_name(one.name or "text.txt"), "api", "-", when, one.url, one.outlet,
            one.published, language=one.language, title=one.title, about=one.about,
        )
        for one in found
    ]  # fmt: skip
    return _added(request, list(deciding.desk_of(request).case.add(captured, who=deciding.who_of(request))))


@routes.post(
    "/api/v1/reports/files", WRITE, tags=["reports"], status_code=201,
    responses=given(told.AddedReports, 400, 403, 422, status=201),
)  # fmt: skip
def add_files(
    request: Request, file: Annotated[list[UploadFile], File()], outlet: Annotated[str, Form()] = "",
    url: Annotated[str, Form()] = "", published: Annotated[dt.date | None, Form()] = None,
) -> Response:  # fmt: skip
    """Takes in files of any kind that `cenotaph add` reads, also packed in a .zip."""
    with tempfile.TemporaryDirectory(prefix="cenotaph-api-") as folder:
        paths = []
        for at, one in enumerate(file):
            place = Path(folder) / str(at) / safe_name(one.filename or "")
            place.parent.mkdir()
            place.write_bytes(one.file.read())
            paths.append(place)
        done = take_files(deciding.desk_of(request), paths, Given(published, outlet, url), deciding.who_of(request))
    return _added(request, done)


def _added(request: Request, done: Sequence[Added]) -> Response:
    request.app.state.worker.after_decisions()
    look = _look(request)
    shown = tuple(replace(one, name=look.name(one.name), problem=look.problem(one.problem)) for one in done)
    return _answer(told.AddedReports(shown, request.app.state.worker.working), 201)


# --- the page ---------------------------------------------------------------------------------------------------------


@routes.get("/api", READ, include_in_schema=False)
def page(request: Request) -> Response:
    """The document, to be read by people."""
    made = describing.of_request(request)
    known = {**read_by_people(made), "base": str(request.base_url).rstrip("/")}
    return rendering.page(request, "api.html", known)
