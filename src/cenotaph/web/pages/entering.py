"""The way in and out, and what a person sets for their own browser: name, language, light, and words unmasked."""

from __future__ import annotations

from typing import Annotated

from fastapi import Form, Request
from starlette.responses import RedirectResponse, Response

from cenotaph.web import rendering
from cenotaph.web.deciding import one_line
from cenotaph.web.entering import inside
from cenotaph.web.routes import OPEN, READ, WRITE, Refusal, Routes, is_in
from cenotaph.web.texts import LANGUAGES

__all__ = ["inside", "routes"]

routes = Routes()


@routes.get("/enter", OPEN)
def enter(request: Request, key: str = "") -> Response:
    """The link that `cenotaph serve` prints; it lets one browser in, once."""
    keys = request.app.state.keys
    if not is_in(request):
        if not keys.let_in(key):
            raise Refusal(401, "refused.link_used")
        request.session.clear()
        request.session["in"] = keys.visit()
    request.session.setdefault("who", request.app.state.who)
    if request.headers.get("sec-fetch-site") == "cross-site":  # the cookie goes along only from a page of ours
        return rendering.page(request, "entered.html")
    return RedirectResponse("/", status_code=303)


@routes.post("/leave", WRITE)
def leave(request: Request) -> Response:
    request.app.state.keys.leave(request.session.get("in"))
    request.session.clear()
    return RedirectResponse("/closed", status_code=303)


@routes.get("/closed", OPEN)
def closed(request: Request) -> Response:
    return rendering.page(request, "closed.html", {"line": ""})


@routes.get("/you", READ)
def you(request: Request) -> Response:
    """What this browser is set to."""
    return rendering.page(request, "you.html", {"link": "", "saved": False})


@routes.post("/you", WRITE)
def save(
    request: Request, who: Annotated[str, Form()] = "", language: Annotated[str, Form()] = "",
    theme: Annotated[str, Form()] = "", keys: Annotated[str, Form()] = "", back: Annotated[str, Form()] = "/you",
) -> Response:  # fmt: skip
    """Keeps what was chosen; what is left out stays."""
    if name := one_line(who):
        request.session["who"] = name
    if language in LANGUAGES:
        request.session["language"] = language
    if theme in rendering.THEMES:
        request.session["theme"] = theme
    if keys in ("on", "off"):
        request.session["keys"] = keys
    return RedirectResponse(inside(back), status_code=303)


@routes.post("/you/link", WRITE)
def another(request: Request) -> Response:
    """One more link, for another browser at this desk."""
    link = f"{str(request.base_url).rstrip('/')}/enter?key={request.app.state.keys.another_link()}"
    return rendering.page(request, "you.html", {"link": link, "saved": False})
