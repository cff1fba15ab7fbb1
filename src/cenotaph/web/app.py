"""The server of one case: pages, parts of pages and the API, for people on this machine."""

from __future__ import annotations

import gc
import logging
import threading
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from importlib import import_module
from pathlib import Path
from urllib.parse import quote

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import DatabaseError
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.middleware.sessions import SessionMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Match
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from cenotaph import __version__
from cenotaph.case import CaseError, Moved
from cenotaph.desk import Desk, first_look
from cenotaph.desk.incoming import Waiting
from cenotaph.desk.looking import looking
from cenotaph.web import merging, rendering, said
from cenotaph.web.bodies import Bounded
from cenotaph.web.entering import HALF_A_DAY, Keys, inside
from cenotaph.web.own_words import InOwnWords
from cenotaph.web.routes import Refusal, Routes, Rule, knows
from cenotaph.web.texts import LANGUAGES, texts
from cenotaph.web.working import Worker
from cenotaph.web.wrong import misfit

__all__ = ["PAGES", "make_app", "rules_of"]

HERE = Path(__file__).parent
PAGES = ("entering", "case", "inbox", "report", "incidents", "linking", "roots", "problems", "people", "journal",
         "search", "map", "assessing", "incoming", "deciding", "adding", "api")  # fmt: skip
"""The modules of `pages`, each with `routes`."""
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY, "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY", "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}  # fmt: skip
DEEPEST = 8
"""Parts of an address that are looked at for a page above it; none of ours has as many."""
LONGEST_LINE = 2_000
"""Letters of a line that says what went wrong; it may repeat what was sent."""
YOUNG = 10_000
"""Values that may be made before the young ones are searched for garbage: a page makes thousands, and leaves little."""
LOCAL = ("127.0.0.1", "localhost", "[::1]")
IN_TESTS = "testserver"
"""What the client of the tests calls a server; one that listens answers to no such name, which a network could give."""


def make_app(
    desk: Desk, *, who: str, keys: Keys | None = None, hosts: Sequence[str] = (*LOCAL, IN_TESTS),
    cookie: str = "cenotaph",
) -> FastAPI:  # fmt: skip
    """The application over one case. `who` is the person at the keyboard, whose name decisions bear; `hosts` are the
    names under which the server answers, so that no page elsewhere can reach it by a name of its own; `cookie` is one
    that no other desk on this machine has, as browsers keep cookies of an address and not of its port.
    """
    app = FastAPI(
        title="cenotaph", version=__version__, docs_url=None, redoc_url=None, openapi_url=None, lifespan=_lifespan,
        description="Everything the review desk does, as JSON. Every figure comes with the words it rests on.",
    )  # fmt: skip
    app.state.desk, app.state.who, app.state.keys, app.state.cookie = desk, who, keys or Keys(), cookie
    app.state.worker = Worker(desk)
    app.state.waiting = Waiting()
    app.state.title = desk.case.settings.title or desk.case.folder.name
    app.add_middleware(InOwnWords)
    app.add_middleware(GZipMiddleware, minimum_size=2000, compresslevel=3)
    app.add_middleware(
        SessionMiddleware, secret_key=app.state.keys.session, session_cookie=cookie, max_age=HALF_A_DAY,
        same_site="strict",
    )  # fmt: skip
    app.add_middleware(Bounded)
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=[*hosts])
    app.add_middleware(_Headed)
    app.mount("/static", StaticFiles(directory=HERE / "static"), name="static")
    for routes in _all_routes():
        app.include_router(routes.router)
    for kind in (CaseError, HTTPException, RequestValidationError):
        app.add_exception_handler(kind, _said)
    app.add_exception_handler(Exception, _broken)
    return app


def _all_routes() -> list[Routes]:
    found: list[Routes] = [import_module(f"cenotaph.web.pages.{name}").routes for name in PAGES]
    return found


def rules_of() -> dict[tuple[str, str], Rule]:
    """The rule of each method and path."""
    return {key: rule for routes in _all_routes() for key, rule in routes.rules.items()}


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    threading.Thread(target=_warm, args=(app.state.desk,), daemon=True).start()
    yield
    app.state.worker.stop()
    app.state.waiting.clear()


def _warm(desk: Desk) -> None:
    """Loads what every page needs, so that nobody waits for it; it stays, so that the collector need not walk it.

    Nothing is searched for garbage before: there is none, and the search would hold up all pages for half a second.
    """
    rendering.load()
    try:
        first_look.look(desk)
    except (CaseError, DatabaseError) as error:  # forgetting took the tables along: pages load what they need
        logging.getLogger(__name__).info("%s", error)
    gc.freeze()
    gc.set_threshold(YOUNG, *gc.get_threshold()[1:])


class _Headed:
    """Each request is one look at the store, and each answer bears our headers, unless a page set them otherwise."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        ours = [*_HEADERS, *_how_long(scope["path"])]

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                if scope["scheme"] == "https":  # behind a server with TLS, the cookie never goes without
                    message["headers"] = [(name, value + b"; secure" if name.lower() == b"set-cookie" else value)
                                          for name, value in message["headers"]]  # fmt: skip
                there = {name.lower() for name, _ in message["headers"]}
                message["headers"] = [*message["headers"], *(one for one in ours if one[0] not in there)]
            await send(message)

        with looking():
            await self.app(scope, receive, sent)


_HEADERS = [(name.lower().encode(), value.encode()) for name, value in HEADERS.items()]


def _how_long(path: str) -> list[tuple[bytes, bytes]]:
    """How long a browser may keep what lies there: nothing of a case."""
    if not path.startswith("/static/"):
        return [(b"cache-control", b"no-store")]
    return [(b"cache-control", b"max-age=86400")] if "/vendor/" in path or "/basemap/" in path else []


# --- what goes wrong --------------------------------------------------------------------------------------------------


async def _said(request: Request, error: Exception) -> Response:
    """One clear line, as a page or as JSON; where somebody decided meanwhile, both sides."""
    status, line = _status(request, error)
    form: list[tuple[str, str]] = []
    if status in (404, 409, 422) and request.method == "POST" and knows(request):
        form = await _form(request)
        if moved := await run_in_threadpool(merging.found_moved, request, error, form):
            return await run_in_threadpool(_merged, request, moved, form)
    return await run_in_threadpool(_refused, request, status, line, _way_back(request, dict(form).get("back", "")))


def _way_back(request: Request, told: str) -> str:
    """The page that a form says it stands on, else the nearest page at or above an address that was refused."""
    path = "/".join(str(request.scope["path"]).split("/")[:DEEPEST])
    if request.method != "POST" and not request.scope["query_string"]:
        path = path.rpartition("/")[0]
    while path.strip("/") and not _is_page(request, path):
        path = path.rpartition("/")[0]
    return inside(told, inside(quote(path)))


def _is_page(request: Request, path: str) -> bool:
    asked = {**request.scope, "method": "GET", "path": path}
    return any(route.matches(asked)[0] is Match.FULL for route in request.app.routes)


async def _form(request: Request) -> list[tuple[str, str]]:
    """What was filled in, without files; [] for what is no form."""
    kind = request.headers.get("content-type", "")
    if not kind.startswith(("application/x-www-form-urlencoded", "multipart/form-data")):
        return []
    return [(str(name), value) for name, value in (await request.form()).multi_items() if isinstance(value, str)]


def _merged(request: Request, moved: Moved, form: Sequence[tuple[str, str]]) -> Response:
    if request.url.path.startswith("/api/"):
        return JSONResponse(merging.as_json(request, moved), status_code=409)
    found = merging.merge(request, moved, form, rendering.texts_of(request))
    template = "parts/merge.html" if request.headers.get("hx-request") else "merge.html"
    return rendering.page(request, template, {"found": found}, status=409)


def _refused(request: Request, status: int, line: str, back: str) -> Response:
    """A refusal names what was asked for; where a page knows somebody by a handle alone, that would say who it is."""
    if not request.session.get("unmasked"):
        line = request.app.state.desk.veil.words(line)
    if request.url.path.startswith("/api/"):
        return JSONResponse({"error": line}, status_code=status)
    if not knows(request):  # nor does a stranger learn which case this is, or what is wrong in it
        return rendering.page(request, "closed.html", {"line": line}, status=status)
    if request.headers.get("hx-request"):
        return rendering.page(request, "parts/error.html", {"line": line}, status=status)
    return rendering.page(request, "error.html", {"line": line, "status": status, "back": back}, status=status)


def _status(request: Request, error: Exception) -> tuple[int, str]:
    words = rendering.texts_of(request)
    if isinstance(error, Refusal):
        return error.status_code, words(error.in_words)
    if isinstance(error, Moved):
        return 409, str(error)
    if isinstance(error, CaseError):
        return 422, _short(str(error))
    if isinstance(error, RequestValidationError):
        named = not request.url.path.startswith("/api/")
        wrong = words("list.semicolon").join(misfit(one, words, named=named) for one in error.errors()[:5])
        return 422, words("refused.misfit", what=wrong)
    assert isinstance(error, HTTPException)
    return error.status_code, words("refused.not_found") if error.status_code == 404 else str(error.detail)


def _short(line: str) -> str:
    """What went wrong, with the middle of it left out where somebody sent a book in the place of a word."""
    return line if len(line) <= LONGEST_LINE else f"{line[: LONGEST_LINE // 2]} … {line[-LONGEST_LINE // 2 :]}"


def _broken(request: Request, error: Exception) -> Response:
    """What nobody foresaw: the page says so, the terminal says what it was."""
    headers = {**HEADERS, "Cache-Control": "no-store"}
    line = "this is a mistake in the program; the terminal in which it runs says more"
    if request.url.path.startswith("/api/"):
        return JSONResponse({"error": line}, status_code=500, headers=headers)
    known = rendering.texts_of(request) if "session" in request.scope else texts(LANGUAGES[0])
    return PlainTextResponse(said.plain(known, line), status_code=500, headers=headers)
