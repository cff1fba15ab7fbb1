"""Reports and claims: what came in and what was read in it; texts and files that are taken in."""

from __future__ import annotations

import datetime as dt
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, get_args

from fastapi import Body, File, Form, Query, Request, UploadFile
from starlette.exceptions import HTTPException
from starlette.responses import Response

from cenotaph.case import Added, CaseError
from cenotaph.desk.incidents import find
from cenotaph.desk.incoming import Given, safe_name, take_files
from cenotaph.intake import Captured
from cenotaph.plain import dump
from cenotaph.vocabulary import Claim, Reach, Stance
from cenotaph.web import deciding
from cenotaph.web.api import answers as told
from cenotaph.web.api import describing, of_cells
from cenotaph.web.api.asking import PAGE
from cenotaph.web.api.describing import body, given
from cenotaph.web.api.operations.decisions import written
from cenotaph.web.api.routing import From, Id, InState, Most, Words, answer, found, look, one_of, routes
from cenotaph.web.routes import READ, WRITE

InStance = Annotated[str, *one_of("", *get_args(Stance))]
InReach = Annotated[str, *one_of("", *get_args(Reach))]
Place = Annotated[int | None, Query(ge=0, le=10**9, description="Code points from the beginning of the text.")]


@routes.get("/api/v1/reports", READ, tags=["reports"], responses=given(told.Reports, 422, example="REPORTS"))
def reports(
    request: Request, first: From = 0, most: Most = PAGE, state: InState = "", outlet: Words = "",
) -> Response:  # fmt: skip
    """The newest version of each report, in the order in which they came in: the inbox."""
    return answer(look(request).reports(first, most, state=state, outlet=outlet))


@routes.get("/api/v1/reports/{report}", READ, tags=["reports"], responses=given(told.OneReport, 404))
def report(request: Request, report: str) -> Response:
    """One report: its words, what was read in them, what was decided on them, its versions and its custody."""
    return found(look(request).report(report))


@routes.get("/api/v1/reports/{report}/versions", READ, tags=["reports"], responses=given(told.Versions, 404))
def versions(request: Request, report: str) -> Response:
    """What changed where its address was captured more than once, sentence by sentence."""
    return found(look(request).versions(report) if _is_held(request, report) else None)


@routes.get("/api/v1/reports/{report}/custody", READ, tags=["reports"], responses=given(told.Custodies, 404))
def custody(request: Request, report: str) -> Response:
    """Who brought its bytes in, when and how, from the journal."""
    return found(look(request).custody(report) if _is_held(request, report) else None)


@routes.get("/api/v1/reports/{report}/copies", READ, tags=["reports"], responses=given(told.Copies, 404))
def copies(request: Request, report: str) -> Response:
    """Who has words of this report, and whose words it has."""
    return found(look(request).copies(report) if _is_held(request, report) else None)


def _is_held(request: Request, report: str) -> bool:
    return bool(deciding.desk_of(request).part(reports=[report]).reports())


@routes.get(
    "/api/v1/reports/{report}/proposal", READ, tags=["claims"], responses=given(told.ProposedClaim, 404, 422),
)  # fmt: skip
def proposal(
    request: Request, report: str, start: Place = None, end: Place = None, words: Words = "",
    nth: Annotated[int, Query(ge=1, le=10**6, description="Which of the places where `words` stand.")] = 1,
) -> Response:  # fmt: skip
    """What words of a report propose for a new claim: those from `start` to `end`, or those that are typed."""
    return found(of_cells.proposal(look(request), report, start, end, words, nth))


@routes.post(
    "/api/v1/reports/{report}/claims", WRITE, tags=["claims"], status_code=201,
    openapi_extra=body(told.NewClaim, "NEW_CLAIM"),
    responses=given(told.Written, 400, 403, 404, 422, status=201),
)  # fmt: skip
def add_claim(request: Request, report: str, sent: Annotated[Any, Body()]) -> Response:
    """Adds a claim on words of a report that the machine did not read, or not so."""
    asked = describing.asked(told.NewClaim, sent)
    made = of_cells.new_claim(look(request), report, asked, deciding.who_of(request))
    return _decided(request, "add", made, made.id if made else "", asked.why, {})


# --- claims -----------------------------------------------------------------------------------------------------------


@routes.get("/api/v1/claims", READ, tags=["claims"], responses=given(told.Claims, 422, example="CLAIMS"))
def claims(
    request: Request, first: From = 0, most: Most = PAGE, report: Id = "", incident: Id = "", harm: Id = "",
    status: Id = "", root: Words = "", place: Words = "", stance: InStance = "", reach: InReach = "",
    since: dt.date | None = None, until: dt.date | None = None,
    reads: Annotated[int | None, Query(ge=0, le=1000)] = None,
) -> Response:  # fmt: skip
    """Claims by what they say; `since` and `until` are days that their period meets, `place` an id of the gazetteer."""
    if incident:
        row = find(deciding.desk_of(request), incident)
        if row is None:
            raise CaseError("incident: none goes by that id or code")
        incident = str(row["incident"])
    wanted = {"report": report, "incident": incident, "harm": harm, "status": status, "root": root, "place": place,
              "stance": stance, "reach": reach, "reads": reads}  # fmt: skip
    days = (since.isoformat() if since else "", until.isoformat() if until else "")
    return answer(look(request).claims(first, most, wanted, days))


@routes.get("/api/v1/claims/{claim}", READ, tags=["claims"], responses=given(told.OneClaim, 404))
def claim(request: Request, claim: str) -> Response:
    """One claim as it counts now, with the token that a decision about it brings back."""
    return found(look(request).claim(claim))


@routes.get("/api/v1/claims/{claim}/cells", READ, tags=["claims"], responses=given(told.ClaimCells, 404))
def cells(request: Request, claim: str) -> Response:
    """A claim as cells that a person may change, and what coded cells may hold."""
    return found(of_cells.cells(look(request), claim))


@routes.post(
    "/api/v1/claims/{claim}/cells", WRITE, tags=["claims"], status_code=201,
    openapi_extra=body(told.CellsChanged, "CELLS"),
    responses=given(told.Written, 400, 403, 404, 409, 422, status=201),
)  # fmt: skip
def correct(request: Request, claim: str, sent: Annotated[Any, Body()]) -> Response:
    """Corrects a claim by the cells that are read otherwise."""
    asked = describing.asked(told.CellsChanged, sent)
    made = of_cells.corrected(look(request), claim, asked.cells, deciding.who_of(request))
    return _decided(request, "correct", made, claim, asked.why, {} if asked.seen is None else {claim: asked.seen})


def _decided(
    request: Request, verb: str, made: Claim | None, about: str, why: str, seen: Mapping[str, str]
) -> Response:  # fmt: skip
    if made is None:
        raise HTTPException(404)
    return written(request, [deciding.decided(request, verb, about, why, details={"claim": dump(made)}, seen=seen)])


# --- taking in --------------------------------------------------------------------------------------------------------


@routes.post(
    "/api/v1/reports", WRITE, tags=["reports"], status_code=201,
    openapi_extra=body(told.NewReports, "NEW_REPORTS"),
    responses=given(told.AddedReports, 400, 403, 422, status=201),
)  # fmt: skip
def add(request: Request, sent: Annotated[Any, Body()]) -> Response:
    """Takes in texts. Each is read before the answer comes, unless the case is large."""
    asked = describing.asked(told.NewReports, sent).reports
    if not asked or not all(one.text.strip() for one in asked):
        raise CaseError("reports: at least one is expected, each with a text")
    when = dt.datetime.now(dt.UTC)
    captured = [
        Captured(
            one.text.encode(), "txt", safe_name(one.name or "text.txt"), "api", "-", when, one.url, one.outlet,
            one.published, language=one.language, title=one.title, about=one.about,
        )
        for one in asked
    ]  # fmt: skip
    return _added(request, list(deciding.desk_of(request).case.add(captured, who=deciding.who_of(request))))


@routes.post(
    "/api/v1/reports/files", WRITE, tags=["reports"], status_code=201,
    responses=given(told.AddedReports, 400, 403, 422, status=201),
)  # fmt: skip
def add_files(
    request: Request, file: Annotated[list[UploadFile], File(description="One file or several.")],
    outlet: Annotated[str, Form(description="Who published them.")] = "",
    url: Annotated[str, Form(description="Where they lay.")] = "",
    published: Annotated[dt.date | None, Form(description="On which day, where they do not say.")] = None,
) -> Response:  # fmt: skip
    """Takes in files of any kind that `cenotaph add` reads, also packed in a .zip. A sheet is better sent to
    `/api/v1/sheets`, which tells first what its columns mean.
    """
    with tempfile.TemporaryDirectory(prefix="cenotaph-api-") as folder:
        paths = []
        for at, one in enumerate(file):
            place = Path(folder) / str(at) / safe_name(one.filename or "")
            place.parent.mkdir()
            with place.open("wb") as kept:
                shutil.copyfileobj(one.file, kept)
            paths.append(place)
        done = take_files(deciding.desk_of(request), paths, Given(published, outlet, url), deciding.who_of(request))
    return _added(request, done)


def _added(request: Request, done: Sequence[Added]) -> Response:
    request.app.state.worker.after_decisions()
    return answer(told.AddedReports(look(request).added(done), request.app.state.worker.working), 201)
