"""What the team holds of an incident: written, drafted by a machine and answered, signed off, withdrawn."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, RedirectResponse, Response

from cenotaph.case import CaseError
from cenotaph.case.offers import on_problem
from cenotaph.desk import ladder
from cenotaph.desk.assessing import FACETS, LEVELS, STANDINGS, details_of, drafts_for, held_of, raw_drafts, span_of
from cenotaph.desk.incidents import find
from cenotaph.desk.one_incident import One
from cenotaph.desk.report_correct import MOST_PEOPLE
from cenotaph.desk.report_text import safe_signs
from cenotaph.desk.report_words import TURNS
from cenotaph.reconcile.assessments import same_person
from cenotaph.vocabulary import Assessment
from cenotaph.web import deciding, merging, rendering
from cenotaph.web.pages.incidents import one_of, path_of
from cenotaph.web.routes import READ, WRITE, Routes
from cenotaph.web.wrong import in_words

routes = Routes()
ROWS, MOST_ROWS = 3, 40
LISTED = 40
"""Claims to tick: those already named, and the newest of each root."""

Form_ = Mapping[str, Sequence[str]]


@routes.get("/incidents/{name}/assess", READ)
def form(request: Request, name: str) -> Response:
    """The form, empty, as it was held before (`again`), as a draft says (`draft`), or as it was filled so far."""
    asked = {key: request.query_params.getlist(key) for key in request.query_params}
    return _shown(request, one_of(request, name), asked)


def _shown(
    request: Request, one: One, asked: Form_, wrong: Mapping[str, str] | None = None, *, status: int = 200
) -> Response:
    held = held_of(one)
    draft = "draft" in asked and drafts_for(one)
    filled = _filled(asked, held.assessments, draft or [])
    ranked = ladder.ranked(one.raw_tolls.values(), one.unnamed)
    harm = filled["harm"] or next(iter(ranked), "killed")
    newest = [toll.series[-1].claims[0] for toll in ranked.get(harm, ()) if toll.series]
    named = list(filled["stand"])
    claims = one.quoted(list(dict.fromkeys([*named, *(newest or one.told())]))[: max(LISTED, len(named))])
    known = {
        "path": path_of(one), "title": one.incident.title, "filled": {**filled, "harm": harm}, "claims": claims,
        "harms": sorted({*ranked, harm}), "facets": FACETS, "levels": LEVELS, "standings": STANDINGS, "held": held,
        "seen": next(iter(asked.get("seen", ())), deciding.newest(one.desk, one.id)), "kind": one.row["kind"],
        "drafts": draft or None, "on": one.id, "wrong": wrong or {}, "in_words": in_words,
    }  # fmt: skip
    return rendering.page(request, "incident_assess.html", known, status=status)


def _filled(asked: Form_, held: Sequence[Assessment], drafts: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    """What the form begins with: `cells` as they are typed, `stand` what is said of each claim."""
    harm = next(iter(asked.get("harm", ())), "")
    before = next((each for each in held if str(each.harm) == harm), held[0] if held and not harm else None)
    if "rows" in asked:
        found = _typed(asked)
    elif drafts:
        offer = next((each for _, each in drafts if not harm or each.proposes.details["harm"] == harm), drafts[0][1])
        found = _told(offer.proposes.details)
    elif before is not None and before.standing != "withdrawn":
        cells = [{"low": cell.low, "high": cell.high, **{key: getattr(cell, key) for key in FACETS}}
                 for cell in before.cells]  # fmt: skip
        found = _told({
            "harm": str(before.harm), "cells": cells, "relied": before.relied, "set_aside": before.set_aside,
            "level": before.level, "residual": before.residual,
        })  # fmt: skip
    else:
        found = _told({"harm": harm, "cells": []})
    empty = {"count": "", **{key: "" for key in FACETS}}
    rows = min(MOST_ROWS, max(ROWS, len(found["cells"]) + ("more" in asked)))
    return {**found, "cells": [*found["cells"], *[empty] * (rows - len(found["cells"]))]}


def _typed(asked: Form_) -> dict[str, Any]:
    def first(name: str) -> str:
        return safe_signs(next(iter(asked.get(name, ())), ""))

    counts = asked.get("count", ())
    cells = [
        {"count": safe_signs(words), **{key: (list(asked.get(key, ())) + [""] * (at + 1))[at] for key in FACETS}}
        for at, words in enumerate(counts)
    ]
    stand: dict[str, str] = {}
    for claim, _, said in (one.rpartition(" ") for one in asked.get("stand", ())):
        stand[claim] = f"{stand[claim]} {said}" if claim in stand else said
    return {
        "harm": first("harm"), "cells": cells, "stand": stand, "level": first("level"), "why": first("why"),
        "standing": first("standing"), "residual": bool(first("residual")),
    }  # fmt: skip


def _told(details: Mapping[str, Any]) -> dict[str, Any]:
    cells = [
        {"count": _span(cell["low"], cell["high"]), **{key: cell.get(key) or "" for key in FACETS}}
        for cell in details["cells"]
    ]
    stand = {one: "relied" for one in details.get("relied", ())}
    stand |= {one: "set_aside" for one in details.get("set_aside", ())}
    return {
        "harm": str(details["harm"]), "cells": cells, "stand": stand, "level": details.get("level", "reported"),
        "standing": "provisional", "residual": bool(details.get("residual")), "why": "",
    }  # fmt: skip


def _span(low: int, high: int | None) -> str:
    return f"{low}+" if high is None else str(low) if low == high else f"{low}-{high}"


@routes.post("/incidents/{name}/assess", WRITE)
async def assess(request: Request, name: str) -> Response:
    found = await request.form()
    given = {key: [str(one) for one in found.getlist(key)] for key in found}
    return await run_in_threadpool(_assess, request, name, given)


def _assess(request: Request, name: str, given: Form_) -> Response:
    """Writes what the team holds; what can't stand comes back as it was filled in, with why."""
    one = one_of(request, name)
    why, seen = (next(iter(given.get(key, ())), None) for key in ("why", "seen"))
    expected = dict(zip(given.get("held", ()), given.get("seen_held", ()), strict=False))
    expected |= {} if seen is None else {one.id: seen}
    wrong = _wrong(given)
    try:
        if wrong:
            raise CaseError("; ".join(wrong.values()))
        details = details_of(given)
        deciding.decided(request, "assess", one.id, why or "", details=details, part=one.alone(), seen=expected)
    except CaseError as error:
        if merging.found_moved(request, error, [(key, said) for key, some in given.items() for said in some]):
            raise
        return _shown(request, one, {"rows": ("",), **given}, wrong or {"form": str(error)}, status=422)
    return RedirectResponse(f"{path_of(one)}#held", status_code=303)


def _wrong(given: Form_) -> dict[str, str]:
    """What a person can mend in the form: by row of counts, else as a whole; keys of texts, or lines of our own."""
    rows = {at: words for at, words in enumerate(given.get("count", ()), 1) if words.strip()}
    found = {f"count:{at}": line for at, words in rows.items() if (line := _wrong_count(words))}
    kinds = [tuple(given.get(name, ())[at - 1 : at] for name in FACETS) for at in rows]
    if not rows:
        found["cells"] = "assess.no_cells"
    elif len({str(one) for one in kinds}) < len(kinds):
        found["cells"] = "assess.same_cells"
    stand = [one.rpartition(" ")[::2] for one in given.get("stand", ())]
    if not any(said == "relied" for _, said in stand):
        found["stand"] = "assess.no_relied"
    elif len({claim for claim, _ in stand}) < len(set(stand)):
        found["stand"] = "assess.both"
    why = next(iter(given.get("why", ())), "")
    if not why.strip() or TURNS.search(why):
        found["why"] = "correct.turns" if why.strip() else "correct.no_reason"
    return found


def _wrong_count(words: str) -> str:
    try:
        low, high = span_of(words)
    except CaseError as error:
        return str(error)
    if max(low, high or 0) > MOST_PEOPLE:
        return "correct.too_many"
    return "assess.turned" if high is not None and high < low else ""


# --- drafts -----------------------------------------------------------------------------------------------------------


@routes.get("/incidents/{name}/draft", READ)
def draft(request: Request, name: str) -> Response:
    """The machine's drafts, as a part of the page."""
    one = one_of(request, name)
    known = {"path": path_of(one), "drafts": drafts_for(one), "on": one.id}
    return HTMLResponse(rendering.fragment(request, "parts/assess_draft.html", known))


@routes.post("/incidents/{name}/draft", WRITE)
async def answer(request: Request, name: str) -> Response:
    """Agrees to a draft, or refuses it."""
    return await run_in_threadpool(_answered, request, name, await _sent(request))


async def _sent(request: Request) -> Mapping[str, str]:
    """What a small form holds: an empty `seen` is one too, it says that nobody had decided."""
    return {key: one for key, one in (await request.form()).items() if isinstance(one, str)}


def _answered(request: Request, name: str, sent: Mapping[str, str]) -> Response:
    one, verb, why = one_of(request, name), sent.get("verb", ""), sent.get("why", "")
    found = next((each for each in raw_drafts(one) if each.id == sent.get("draft")), None)
    if found is None:
        raise CaseError("there is no such draft any more; the words it rested on, or what is held, have changed")
    if verb not in ("agree", "refuse"):
        raise CaseError(f"a draft is agreed to or refused; found {verb!r}")
    if not why.strip():
        raise CaseError("every decision has a reason: say why in a few words")
    decision = on_problem(found, verb, deciding.who_of(request), dt.datetime.now(dt.UTC), why.strip())
    expected = {one.id: sent["seen"]} if "seen" in sent else None
    deciding.written(request, [decision], part=one.alone(), seen=expected)
    return RedirectResponse(f"{path_of(one)}#held", status_code=303)


@routes.post("/incidents/{name}/sign", WRITE)
async def sign(request: Request, name: str) -> Response:
    """Signs an assessment off as its second reader, or withdraws it."""
    return await run_in_threadpool(_signed, request, name, await _sent(request))


def _signed(request: Request, name: str, sent: Mapping[str, str]) -> Response:
    one, verb, assessment = one_of(request, name), sent.get("verb", ""), sent.get("assessment", "")
    if verb not in ("sign off", "withdraw"):
        raise CaseError(f"an assessment is signed off or withdrawn; found {verb!r}")
    mine = next((each for each in held_of(one).assessments if each.id == assessment), None)
    if mine is not None and verb == "sign off" and same_person(mine.by, deciding.who_of(request)):
        raise CaseError("the second reader is another person than the first")
    expected = {assessment: sent["seen"]} if "seen" in sent else {}
    expected |= {sent["on"]: sent["seen_on"]} if "on" in sent and "seen_on" in sent else {}
    part = _home(one, mine).alone()
    deciding.decided(request, verb, assessment, sent.get("why", ""), part=part, seen=expected)
    return RedirectResponse(f"{path_of(one)}#held", status_code=303)


def _home(one: One, found: Assessment | None) -> One:
    """The incident that an assessment shown here is about: that of an episode's page may be in it."""
    row = find(one.desk, found.about) if found is not None and found.about != one.id else None
    return One(one.desk, row, one.unmasked) if row else one
