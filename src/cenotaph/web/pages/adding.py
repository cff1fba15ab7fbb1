"""A claim corrected, or added by selecting words: forms that stand open in the page of a report."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from fastapi import HTTPException, Request
from starlette.datastructures import FormData
from starlette.responses import HTMLResponse, RedirectResponse, Response

from cenotaph.desk import Desk
from cenotaph.desk.adding import Proposed, added, proposed, stands_at
from cenotaph.desk.report import Opened
from cenotaph.desk.report_correct import OPEN, Ask, Wrong, ask_of, places_called
from cenotaph.desk.report_text import safe_signs
from cenotaph.desk.report_words import AT, TURNS
from cenotaph.plain import dump
from cenotaph.vocabulary import Claim, Entry, Report
from cenotaph.web import deciding, rendering
from cenotaph.web.claim_form import Form, Typed, root_of, rows_of
from cenotaph.web.pages.report import back_to, found_or_404, page, unmasked
from cenotaph.web.routes import READ, WRITE, Routes

__all__ = ["routes"]

routes = Routes()
LONGEST = 2_000
"""Letters of one field that go along in an address."""

# --- correcting -------------------------------------------------------------------------------------------------------


@routes.get("/report/{report}/correct/{claim}", READ)
def correct(request: Request, report: str, claim: str, state: str = "") -> Response:
    """The form of a claim: by itself for a page that puts it in its place, else in the whole page."""
    found, ask = found_or_404(request, report), _ask(request, report, claim)
    return _answer(request, found, _form_of(request, found, ask), state)


@routes.post("/report/{report}/correct/{claim}", WRITE)
async def save(request: Request, report: str, claim: str) -> Response:
    typed = _typed(await request.form())
    return await _in_a_thread(_save, request, report, claim, typed)


def _save(request: Request, report: str, claim: str, typed: Mapping[str, str]) -> Response:
    """The corrected claim goes into the journal; where a field can't be so, the form comes back as it was filled in."""
    found, ask, state = found_or_404(request, report), _ask(request, report, claim), typed.get("state", "")
    try:
        if typed.get("lookup"):
            raise Wrong({})
        right = _with_reason(typed, lambda: ask.corrected(typed, deciding.who_of(request)))
    except Wrong as wrong:
        return _answer(request, found, _form_of(request, found, ask, typed, wrong), state, status=422)
    details = {"claim": dump(right)}
    deciding.decided(
        request, "correct", claim, typed.get("why", ""), details=details, seen={claim: typed.get("seen", "")}
    )
    return RedirectResponse(back_to(report, state, claim), status_code=303)


def _with_reason(typed: Typed, make: Callable[[], Claim]) -> Claim:
    """What is made, given for a reason. Raises Wrong with all that is wrong, the reason among it."""
    why = typed.get("why", "")
    bad = {} if why.strip() else {"why": "correct.no_reason"}
    bad |= {"why": "correct.turns"} if TURNS.search(why) else {}
    try:
        made = make()
    except Wrong as wrong:
        raise Wrong({**wrong.why, **bad}, wrong.nothing) from wrong
    if bad:
        raise Wrong(bad)
    return made


def _ask(request: Request, report: str, claim: str) -> Ask:
    found = ask_of(deciding.desk_of(request), report, claim, unmasked=unmasked(request))
    if found is None:
        raise HTTPException(404)
    return found


def _form_of(request: Request, found: Opened, ask: Ask, typed: Typed | None = None, wrong: Wrong | None = None) -> Form:
    told = dict(ask.shown) | _kept(typed)
    marked = next((one for one in found.claims if one.claim.id == ask.claim.id), None)
    others = [(one.claim.id, one.number, one.claim.quantity.words) for one in found.claims if one is not marked]
    return Form(
        ask.claim.id, f"/report/{found.report.id}/correct/{ask.claim.id}", told,
        safe_signs(typed.get("why", "")) if typed else rendering.texts_of(request)("correct.why"),
        typed.get("seen", "") if typed else (marked.seen if marked else ""),
        wrong.why if wrong else {}, wrong.nothing if wrong else "",
        _places(deciding.desk_of(request), told, bool(typed)), others,
        parties=rows_of("parties", ask.parties, typed), voices=rows_of("voices", ask.voices, typed),
        root=root_of(ask.roots, typed),
    )  # fmt: skip


def _kept(typed: Typed | None) -> dict[str, str]:
    """What was typed in the columns, with signs that steer nothing."""
    names = [*OPEN, *(f"{AT}{name}" for name in OPEN)]
    return {name: safe_signs(typed[name]) for name in names if typed and name in typed}


def _places(desk: Desk, told: Mapping[str, str], asked: bool) -> Sequence[Entry]:
    """Those that a name means, where there is more than one to choose from."""
    found = (
        places_called(desk, told.get("place_name") or told.get("place", "")) if asked or told.get("place_id") else []
    )
    return found if len(found) > 1 or (found and found[0].id != told.get("place_id")) else []


# --- adding -----------------------------------------------------------------------------------------------------------


@routes.get("/report/{report}/add", READ)
def add(
    request: Request, report: str, start: int | None = None, end: int | None = None, words: str = "", nth: int = 0,
    state: str = "",
) -> Response:  # fmt: skip
    """The form of a new claim: for the words that were selected, or for words that are typed first."""
    found, before = found_or_404(request, report), _filled(request.query_params)
    if start is None and not words.strip():
        return _answer(request, found, _empty(request, found), state)
    held = _held(request, report)
    try:
        span = stands_at(held, start, end, words, _nth(held, words, nth) if start is None else 1)
    except Wrong as wrong:
        return _answer(request, found, _empty(request, found, words, wrong, before), state, status=422)
    told = proposed(deciding.desk_of(request), held, span, unmasked=unmasked(request))
    return _answer(request, found, _new(request, found, told, before or None), state)


@routes.post("/report/{report}/add", WRITE)
async def keep(request: Request, report: str) -> Response:
    typed = _typed(await request.form())
    return await _in_a_thread(_keep, request, report, typed)


def _keep(request: Request, report: str, typed: Typed) -> Response:
    """The new claim goes into the journal, whole; refused where its words don't stand in the text."""
    desk, found, held = deciding.desk_of(request), found_or_404(request, report), _held(request, report)
    state, shown = typed.get("state", ""), unmasked(request)
    try:
        span = stands_at(held, _whole(typed.get("start")), _whole(typed.get("end")))
    except Wrong as wrong:
        return _answer(request, found, _empty(request, found, "", wrong, _filled(typed)), state, status=422)
    try:
        if typed.get("lookup"):
            raise Wrong({})
        who = deciding.who_of(request)
        claim = _with_reason(typed, lambda: added(desk, held, span, typed, who, unmasked=shown))
    except Wrong as wrong:
        told = proposed(desk, held, span, unmasked=shown)
        return _answer(request, found, _new(request, found, told, typed, wrong), state, status=422)
    deciding.decided(request, "add", claim.id, typed.get("why", ""), details={"claim": dump(claim)})
    return RedirectResponse(back_to(report, state, claim.id), status_code=303)


def _filled(typed: Typed) -> dict[str, str]:
    """What a form was filled with besides the words that it is about; it goes along while these are looked for."""
    asked = ("start", "end", "words", "nth", "state", "lookup")
    return {name: one for name, one in typed.items() if name not in asked and len(one) <= LONGEST}


def _held(request: Request, report: str) -> Report:
    return deciding.desk_of(request).part(reports=[report]).reports()[0]


def _nth(report: Report, words: str, nth: int) -> int:
    """Which of the places where words stand is meant. Raises Wrong where that is not said and there are several."""
    count = report.text.count(words.strip())
    if nth < 1 and count > 1:
        raise Wrong({"words": "add.many"})
    return max(1, nth)


def _whole(said: str | None) -> int | None:
    return int(said) if said and said.isascii() and said.isdecimal() and len(said) < 10 else -1


def _empty(
    request: Request, found: Opened, words: str = "", wrong: Wrong | None = None, kept: Typed | None = None
) -> Form:
    held = _held(request, found.report.id)
    many = held.text.count(words.strip()) if words.strip() else 0
    return Form(
        "", f"/report/{found.report.id}/add", {}, "", wrong=wrong.why if wrong else {}, words=safe_signs(words),
        many=many, kept={name: safe_signs(one) for name, one in (kept or {}).items()},
    )  # fmt: skip


def _new(
    request: Request, found: Opened, told: Proposed, typed: Typed | None = None, wrong: Wrong | None = None
) -> Form:
    cells = {"stance": "asserts", "reach": "event", "level": "reported", "unit": "people"}
    cells |= {key: one for key, one in told.cells.items() if one}
    cells |= _kept(typed)
    return Form(
        "", f"/report/{found.report.id}/add", cells,
        safe_signs(typed["why"]) if typed and "why" in typed else rendering.texts_of(request)("add.why"), "",
        wrong.why if wrong else {}, wrong.nothing if wrong else "",
        _places(deciding.desk_of(request), cells, bool(typed)),
        [(one.claim.id, one.number, "") for one in found.claims if one.claim.id == told.like], told,
        rows_of("parties", told.parties, typed), rows_of("voices", told.voices, typed), root_of(told.roots, typed),
    )  # fmt: skip


# --- both -------------------------------------------------------------------------------------------------------------


def _typed(form: FormData) -> dict[str, str]:
    """What was typed, as text; the harms of one figure in one cell."""
    told = {name: value for name, value in form.items() if isinstance(value, str)}
    also = told.pop("harm_or", "")
    if "harm" in told and also:
        told["harm"] = " or ".join(dict.fromkeys(one for one in (told["harm"], *also.split(" or ")) if one))
    return told


async def _in_a_thread(work: Any, *given: Any) -> Response:
    """Decisions are written and built on; meanwhile other pages are answered."""
    from starlette.concurrency import run_in_threadpool

    made: Response = await run_in_threadpool(work, *given)
    return made


def _answer(request: Request, found: Opened, form: Form, state: str, *, status: int = 200) -> Response:
    """The form alone where a module of the page asks for it, else the whole page with the form open in it."""
    if request.headers.get("x-part"):
        known = {"form": form, "found": found, "state": state, "safe": safe_signs, "report": found.report}
        return HTMLResponse(rendering.fragment(request, "parts/claim_form.html", known))
    at = form.claim_id
    return page(request, found.report.id, state, found=found, status=status, at=at, more={"form": form})
