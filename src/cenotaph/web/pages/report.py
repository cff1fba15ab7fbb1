"""A report laid open: its text with what was read in it, and the decisions that are taken on its words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any
from urllib.parse import quote, urlencode

from fastapi import Form, HTTPException, Request
from starlette.responses import RedirectResponse, Response

from cenotaph.case import CaseError
from cenotaph.case.decisions import TRIAGE
from cenotaph.desk.copies import Copied, of_report
from cenotaph.desk.inbox_rows import STATES
from cenotaph.desk.report import Opened, beside, opened
from cenotaph.desk.report_text import safe_signs
from cenotaph.desk.report_versions import captures_of, changed_of
from cenotaph.desk.report_words import TURNS
from cenotaph.web import deciding, rendering
from cenotaph.web.routes import READ, WRITE, Refusal, Routes

__all__ = ["back_to", "found_or_404", "page", "routes", "unmasked"]

routes = Routes()

PICTURES = (
    (b"\x89PNG\r\n\x1a\n", "image/png"), (b"\xff\xd8\xff", "image/jpeg"), (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
)  # fmt: skip
"""How the files of raster pictures begin: what a browser may draw, whatever they are called."""
ALONE = "default-src 'none'; sandbox"
"""The policy of a file of others: nothing in it runs, and it belongs to no page of ours."""


def unmasked(request: Request) -> bool:
    return bool(request.session.get("unmasked"))


def found_or_404(request: Request, report: str) -> Opened:
    found = opened(deciding.desk_of(request), report, unmasked=unmasked(request))
    if found is None:
        raise HTTPException(404)
    return found


def page(
    request: Request, report: str, state: str = "", *, found: Opened | None = None, status: int = 200, at: str = "",
    more: Mapping[str, Any] | None = None,
) -> Response:  # fmt: skip
    """The page of a report; `more` is a form that stands open in it."""
    found = found or found_or_404(request, report)
    chosen = state if state in STATES else ""
    known = {
        "found": found, "report": found.report, "state": chosen, "triage": TRIAGE, "safe": safe_signs, "at": at,
        "beside": beside(deciding.desk_of(request), report, chosen), "form": None, "wrong": "",
        "pictures": _pictures(request, found), "copied": _copied(request, report), **(more or {}),
    }  # fmt: skip
    return rendering.page(request, "report.html", known, status=status)


def _copied(request: Request, report: str) -> Copied:
    return of_report(deciding.desk_of(request), report, unmasked=unmasked(request))


def back_to(report: str, state: str = "", at: str = "") -> str:
    """The address of a report's page, with the claim that is looked at next."""
    told = {key: value for key, value in (("state", state), ("at", at)) if value}
    return f"/report/{quote(report)}" + (f"?{urlencode(told)}" if told else "")


@routes.get("/report/{report}", READ)
def show(request: Request, report: str, state: str = "", at: str = "") -> Response:
    return page(request, report, state, at=at)


# --- deciding ---------------------------------------------------------------------------------------------------------


@routes.post("/report/{report}/decide", WRITE)
def decide(
    request: Request, report: str, verb: Annotated[str, Form()] = "", claim: Annotated[str, Form()] = "",
    why: Annotated[str, Form()] = "", seen: Annotated[str, Form()] = "", state: Annotated[str, Form()] = "",
) -> Response:  # fmt: skip
    """Accepts a claim as it stands, or rejects it; the next one that nobody read comes after it."""
    found = found_or_404(request, report)
    if verb not in ("accept", "reject"):
        raise CaseError(f"{verb!r} is no decision on a claim here; there are: accept, reject")
    if claim not in {one.claim.id for one in found.claims}:
        raise CaseError("that claim is not in this report any more; look again")
    if refused := _without_reason(request, found, why, state, claim):
        return refused
    deciding.decided(request, verb, claim, why, seen={claim: seen})
    return RedirectResponse(back_to(report, state, _next(found, claim)), status_code=303)


def _without_reason(request: Request, found: Opened, why: str, state: str, at: str = "") -> Response | None:
    """The page again, at the same place, where a reason is none."""
    wrong = "correct.no_reason" if not why.strip() else "correct.turns" if TURNS.search(why) else ""
    if not wrong:
        return None
    return page(request, found.report.id, state, found=found, status=422, at=at, more={"wrong": wrong})


def _next(found: Opened, claim: str) -> str:
    """The claim that a person looks at after this one: the next that nobody read, else the next, else this."""
    ids = [one.claim.id for one in found.claims]
    after = found.claims[ids.index(claim) + 1 :] if claim in ids else ()
    unread = [one for one in after if not one.reads]
    return next((one.claim.id for one in (*unread, *after)), claim)


@routes.post("/report/{report}/undo", WRITE)
def undo(
    request: Request, report: str, decision: Annotated[str, Form()] = "", claim: Annotated[str, Form()] = "",
    why: Annotated[str, Form()] = "", state: Annotated[str, Form()] = "",
) -> Response:  # fmt: skip
    """Takes a decision back by another one."""
    if refused := _without_reason(request, found_or_404(request, report), why, state, claim):
        return refused
    deciding.decided(request, "undo", decision, why)
    return RedirectResponse(back_to(report, state, claim), status_code=303)


@routes.post("/report/{report}/triage", WRITE)
def triage(
    request: Request, report: str, said: Annotated[str, Form(alias="as")] = "", why: Annotated[str, Form()] = "",
    seen: Annotated[str, Form()] = "", state: Annotated[str, Form()] = "",
) -> Response:  # fmt: skip
    """Says what the report is as a whole."""
    if refused := _without_reason(request, found_or_404(request, report), why, state):
        return refused
    deciding.decided(request, "triage", report, why, details={"as": said}, seen={report: seen})
    return RedirectResponse(back_to(report, state), status_code=303)


# --- versions and custody ---------------------------------------------------------------------------------------------


@routes.get("/report/{report}/versions", READ)
def versions(request: Request, report: str, state: str = "") -> Response:
    """What changed where its address was captured more than once."""
    found = found_or_404(request, report)
    steps = changed_of(deciding.desk_of(request), report, unmasked=unmasked(request))
    known = {"found": found, "report": found.report, "steps": steps, "state": state, "safe": safe_signs}
    return rendering.page(request, "report_versions.html", known)


@routes.get("/report/{report}/custody", READ)
def custody(request: Request, report: str, state: str = "") -> Response:
    """Who brought its bytes in, when and how; their hashes; what made the text of them."""
    found = found_or_404(request, report)
    captures = captures_of(deciding.desk_of(request), report, unmasked=unmasked(request))
    known = {"found": found, "report": found.report, "captures": captures, "state": state, "safe": safe_signs}
    return rendering.page(request, "report_custody.html", known)


@routes.get("/report/{report}/raw", READ)
def raw(request: Request, report: str) -> Response:
    """The bytes as they were received, checked by their hash; they name people, so only who unmasked may have them."""
    found = found_or_404(request, report)
    if not unmasked(request):
        raise Refusal(403, "report.raw_masked")
    return _download(_bytes(request, found.report.bytes_hash), found.report.bytes_hash)


@routes.get("/report/{report}/attachment/{hashed}", READ)
def attachment(request: Request, report: str, hashed: str) -> Response:
    """A picture to be drawn, or any other file to be kept; that one may name people, as the raw capture does."""
    found = found_or_404(request, report)
    if hashed not in found.report.attachments:
        raise HTTPException(404)
    content = _bytes(request, hashed)
    kind = picture_kind(content)
    if kind:
        return Response(content, media_type=kind, headers={"Content-Security-Policy": ALONE})
    if not unmasked(request):
        raise Refusal(403, "report.raw_masked")
    return _download(content, hashed)


def picture_kind(content: bytes) -> str:
    """What raster picture these bytes are, "" for anything else.

    >>> picture_kind(b"GIF89a..."), picture_kind(b"<svg>")
    ('image/gif', '')
    """
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    return next((kind for begins, kind in PICTURES if content.startswith(begins)), "")


def _bytes(request: Request, hashed: str) -> bytes:
    """The file of that hash. Raises CaseError where it is not there, or not what was kept."""
    try:
        return deciding.desk_of(request).case.archive.get(hashed)
    except FileNotFoundError as error:
        raise CaseError("the archive lacks this file; cenotaph verify says more") from error
    except ValueError as error:
        raise CaseError(f"{error}; nothing of it is given out: run cenotaph verify") from error


def _download(content: bytes, hashed: str) -> Response:
    headers = {
        "Content-Disposition": f'attachment; filename="{hashed[:16]}.bin"', "Content-Security-Policy": ALONE,
        "X-Content-Type-Options": "nosniff",
    }  # fmt: skip
    return Response(content, media_type="application/octet-stream", headers=headers)


def _pictures(request: Request, found: Opened) -> list[tuple[str, bool]]:
    """Its attachments by their hashes, each with whether it is a picture: by its first bytes, without the rest."""
    out = []
    for one in found.report.attachments:
        path = deciding.desk_of(request).case.archive.path(one)
        begins = b""
        if path.is_file():
            with path.open("rb") as file:
                begins = file.read(16)
        out.append((one, bool(picture_kind(begins))))
    return out
