"""People: voices to protect, to name and to grade; victims with their fates; requests with their answers.

Whom the words or people protect is shown as [protected] until somebody asks for the names and says why; the journal
notes that.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Annotated, Any
from urllib.parse import quote, urlencode

import sqlalchemy as sa
from fastapi import Form, HTTPException, Query, Request
from starlette.responses import RedirectResponse, Response

from cenotaph.case import CaseError
from cenotaph.desk import Desk, history, people, tables
from cenotaph.desk import requests as desk_requests
from cenotaph.desk.search import search
from cenotaph.desk.search_asked import asked
from cenotaph.publish.hidden import PURPOSES
from cenotaph.vocabulary import Decision
from cenotaph.web import deciding, rendering
from cenotaph.web.pages.entering import inside
from cenotaph.web.routes import READ, WRITE, Routes

routes = Routes()
CASE = "the case"
"""What a decision to show protected people is about."""
ANY = "any"
"""What a form says that could not know whom it would be about, nor what was decided on them."""
REPORTS = 20
"""Reports in which a voice is looked for when somebody says whose it is."""

Text = Annotated[str, Form()]
First = Annotated[int, Query(alias="from", le=10**9)]


def _unmasked(request: Request) -> bool:
    return bool(request.session.get("unmasked"))


def _address(path: str, **told: str) -> str:
    """An address that goes on; the number of the first line is put behind it."""
    return f"{path}?{urlencode({name: one for name, one in told.items() if one})}&".replace("?&", "?")


# --- voices -----------------------------------------------------------------------------------------------------------


@routes.get("/people", READ)
def show(request: Request, kind: str = "", q: str = "", first: First = 0) -> Response:
    found = people.voices(deciding.desk_of(request), first, kind=kind, words=q, unmasked=_unmasked(request))
    known = {
        "found": found, "kind": kind, "q": q, "url": _address("/people", kind=kind, q=q),
        "stood": request.session.pop("stood", None),
    }  # fmt: skip
    return rendering.page(request, "people.html", known)


@routes.get("/people/voice/{handle}", READ)
def show_voice(request: Request, handle: str) -> Response:
    found = people.speaker(deciding.desk_of(request), handle, unmasked=_unmasked(request))
    if found is None:
        raise HTTPException(404)
    known = {"found": found, "one": found.one, "purposes": PURPOSES, "sources": people.SOURCES}
    return rendering.page(request, "people_voice.html", known)


@routes.get("/people/protect", READ)
def ask_to_protect(request: Request, name: str = "", report: str = "") -> Response:
    """The form, filled in with a name that was marked in a report."""
    desk, wanted = deciding.desk_of(request), people.wanted(name)
    tells = _unmasked(request) or not desk.veil.hidden.knows(wanted.name)  # else a name would tell that it is known
    known = {
        "wanted": wanted, "purposes": PURPOSES,
        "seen": deciding.newest(desk, wanted.name) if wanted.name and tells else "",
        "back": f"/report/{quote(report)}" if report.startswith("report:") else "/people",
    }  # fmt: skip
    return rendering.page(request, "people_protect.html", known)


@routes.post("/people/protect", WRITE)
def protect(
    request: Request, name: Text = "", handle: Text = "", also: Text = "",
    consent: Annotated[list[str] | None, Form()] = None, why: Text = "",
    seen: Text = "", back: Text = "/people",
) -> Response:  # fmt: skip
    """Protects somebody in all that is shown, or notes what they agreed to; what is said last counts."""
    wanted = people.wanted(name, also, consent or ())
    spellings = list(wanted.also)
    about = wanted.name
    if handle:
        row = _row(request, handle)
        about = str(row["name"])
        spellings += [str(row["canonical"])] if row["canonical"] not in ("", about, *spellings) else []
    if not about:
        raise CaseError("whom? give the name as it is written")
    desk = deciding.desk_of(request)
    stood = 0 if handle else _stands(request, desk, [about, *spellings])
    deciding.decided(
        request, "protect", about, why, details={"also": spellings, "consent": list(wanted.consent)},
        seen={} if seen == ANY else {about: seen}, part=desk.part(),
    )  # fmt: skip
    if not handle and inside(back) == "/people":
        request.session["stood"] = stood
    return RedirectResponse(inside(back), status_code=303)


def _stands(request: Request, desk: Desk, names: Sequence[str]) -> int:
    """In how many reports one of these names can be read as they are shown to who asks: in none where it is hidden, or
    was typed otherwise than it stands there.
    """
    quoted = " OR ".join('"{}"'.format(one.replace('"', " ")) for one in names)
    return search(desk, asked(q=quoted), unmasked=_unmasked(request)).total


@routes.post("/people/alias", WRITE)
def alias(
    request: Request, handle: Text = "", canonical: Text = "", only: Text = "", why: Text = "", seen: Text = ""
) -> Response:  # fmt: skip
    """Says whose voice it is: everywhere, or in one report `only`."""
    desk, row = deciding.desk_of(request), _row(request, handle)
    about, voiced = people.known_as(row), tables.voices.c
    query = sa.select(voiced.report).where(voiced.name == row["name"], voiced.canonical == row["canonical"])
    reports = desk.rows(query.distinct().limit(REPORTS), scalars=True)
    deciding.decided(
        request, "alias", about, why, details={"canonical": canonical.strip()},
        report=str(row["report"]) if only else "", seen={about: seen},
        part=desk.part(reports=sorted({str(row["report"]), *map(str, reports)})),
    )  # fmt: skip
    return RedirectResponse("/people", status_code=303)


@routes.post("/people/grade", WRITE)
def grade(request: Request, handle: Text = "", source: Text = "", why: Text = "", seen: Text = "") -> Response:
    """How far a voice can be trusted (Admiralty: A to F)."""
    about = people.known_as(_row(request, handle))
    if source not in people.SOURCES:
        raise CaseError(f"a source is graded {', '.join(people.SOURCES)}; found {source!r}")
    deciding.decided(
        request, "grade", about, why, details={"source": source}, seen={about: seen},
        part=deciding.desk_of(request).part(),
    )  # fmt: skip
    return RedirectResponse(f"/people/voice/{quote(handle)}", status_code=303)


def _row(request: Request, handle: str) -> Mapping[str, Any]:
    row = people.speaker_of(deciding.desk_of(request), handle)
    if row is None:
        raise CaseError("no voice goes by that; look at the page of people again")
    return row


# --- shown on purpose -------------------------------------------------------------------------------------------------


@routes.post("/people/unmask", WRITE)
def unmask(request: Request, why: Text = "", back: Text = "/people") -> Response:
    """Shows protected people to this browser; who asked, when and why stands in the journal before that."""
    if not why.strip():
        raise CaseError("every decision has a reason: say why in a few words")
    desk, who = deciding.desk_of(request), deciding.who_of(request)
    one = Decision(who, dt.datetime.now(dt.UTC), "unmask", CASE, why.strip())
    deciding.refuse_unkept(one)
    desk.decide([one], part=desk.part())
    history.fill(desk.case)  # nothing is worked out again for it
    request.session["unmasked"] = True
    return RedirectResponse(inside(back), status_code=303)


@routes.post("/people/mask", WRITE)
def mask(request: Request, back: Text = "/people") -> Response:
    request.session.pop("unmasked", None)
    return RedirectResponse(inside(back), status_code=303)


# --- victims ----------------------------------------------------------------------------------------------------------


@routes.get("/people/victims", READ)
def show_victims(
    request: Request, fate: str = "", q: str = "", incident: str = "", row: str = "", first: First = 0
) -> Response:  # fmt: skip
    desk, unmasked = deciding.desk_of(request), _unmasked(request)
    found = people.victims(desk, first, fate=fate, words=q, incident=incident, row=row, unmasked=unmasked)
    if incident and not found.incident:
        raise CaseError("no incident goes by that id or code")
    known = {
        "found": found, "fate": fate, "q": q, "row": row, "incident": incident,
        "pairs": people.pairs(desk, unmasked=unmasked)[1],
        "url": _address("/people/victims", fate=fate, q=q, incident=incident, row=row),
    }  # fmt: skip
    return rendering.page(request, "victims.html", known)


@routes.get("/people/victims/{key}", READ)
def show_victim(request: Request, key: str, incident: str = "") -> Response:
    found = people.victim(deciding.desk_of(request), key, incident=incident, unmasked=_unmasked(request))
    if found is None:
        raise HTTPException(404)
    return rendering.page(request, "victim.html", {"one": found, "incident": incident})


@routes.get("/people/pairs", READ)
def show_pairs(request: Request, first: First = 0) -> Response:
    """Rows that may be of one person; answered as any problem is."""
    found, total = people.pairs(deciding.desk_of(request), first, unmasked=_unmasked(request))
    return rendering.page(request, "victim_pairs.html", {"found": found, "total": total, "first": max(0, first)})


# --- requests ---------------------------------------------------------------------------------------------------------


@routes.get("/people/requests", READ)
def show_requests(request: Request, about: str = "", first: First = 0) -> Response:
    found = desk_requests.asked(deciding.desk_of(request), first, unmasked=_unmasked(request))
    known = {
        "found": found, "about": about, "kinds": desk_requests.KINDS, "askers": desk_requests.ASKERS,
        "answers": desk_requests.ANSWERS,
    }  # fmt: skip
    return rendering.page(request, "requests.html", known)


@routes.post("/people/requests", WRITE)
def write_down(
    request: Request, kind: Text = "", asker: Annotated[str, Form(alias="from")] = "", by: Text = "", about: Text = "",
    asked: Text = "", contact: Text = "", why: Text = "",
) -> Response:  # fmt: skip
    """A request of a family, a party or a reader, as it came."""
    told = {"kind": kind, "from": asker, "by": by.strip(), "asked": asked.strip(), "contact": contact.strip()}
    deciding.decided(request, "request", about.strip(), why, details=told)
    return RedirectResponse("/people/requests", status_code=303)


@routes.post("/people/requests/answer", WRITE)
def answer(
    request: Request, on: Annotated[str, Form(alias="request")] = "", decision: Text = "",
    words: Annotated[str, Form(alias="answer")] = "", why: Text = "", seen: Text = "",
) -> Response:  # fmt: skip
    desk: Desk = deciding.desk_of(request)
    told = {"decision": decision, "answer": words.strip()}
    report = next((one.report for one in desk.history.all if one.id == on), "")
    deciding.decided(
        request, "answer a request", on, why, details=told, seen={on: seen},
        part=desk.part(reports=[report] if report else []),
    )  # fmt: skip
    return RedirectResponse(f"/people/requests#{on.replace(':', '-')}", status_code=303)
