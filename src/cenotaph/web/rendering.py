"""Templates to pages: one environment, every value escaped, the words of the person's language at hand."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MethodType
from typing import Any

from fastapi import Request
from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from starlette.responses import HTMLResponse

from cenotaph.desk.letters import sayable
from cenotaph.publish.saying import head
from cenotaph.web import marking, said
from cenotaph.web.speech import Speech
from cenotaph.web.texts import LANGUAGES, Texts, texts

__all__ = ["fragment", "language_of", "last_page", "page", "speech_of", "texts_of"]

HERE = Path(__file__).parent
THEMES = ("auto", "light", "dark")
PLACES = ("case", "inbox", "incidents", "roots", "problems", "people", "journal", "search")
"""The pages that the head of every page leads to, in their order; their keys are `g` and the first letter."""


class _Calling(Context):
    """Calls our texts, and what we say in a few words, at once: they ask for nothing of a template, and a page calls
    them a thousand times.
    """

    def call(self, called: Any, /, *given: Any, **named: Any) -> Any:
        ours = called if type(called) is not MethodType else called.__self__
        if type(ours) is not Texts and type(ours) is not Speech:
            return super().call(called, *given, **named)
        named.pop("_loop_vars", None)
        named.pop("_block_vars", None)
        return called(*given, **named)


@cache
def environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(HERE / "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
    made.globals |= {"languages": LANGUAGES, "themes": THEMES, "places": PLACES, "direction": marking.direction}
    made.globals |= {"newest": _newest, "head": head}
    made.context_class = _Calling
    return made


def load() -> None:
    """All templates and texts, so that the first who asks for a page need not wait till they are read."""
    for name in environment().list_templates(extensions=["html"]):
        environment().get_template(name)
    for language in LANGUAGES:
        texts(language)
        said.shapes(language)


@pass_context
def _newest(context: Context, about: str) -> str:
    """What a form remembers of a thing, to see whether somebody else decided on it: see deciding.newest."""
    found: str = context["request"].app.state.desk.history.newest(about)
    return found


def language_of(request: Request) -> str:
    """What the person chose, else the first of their browser's languages that there is."""
    chosen = request.session.get("language")
    if chosen in LANGUAGES:
        return str(chosen)
    asked = [part.split(";")[0].strip()[:2] for part in request.headers.get("accept-language", "").split(",")]
    return next((one for one in asked if one in LANGUAGES), LANGUAGES[0])


def texts_of(request: Request) -> Texts:
    return texts(language_of(request))


def speech_of(request: Request) -> Speech:
    return Speech(texts_of(request), unmasked=bool(request.session.get("unmasked")))


def page(request: Request, template: str, known: Mapping[str, Any] | None = None, *, status: int = 200) -> HTMLResponse:
    """A whole page; `known` are the values of its template."""
    return HTMLResponse(fragment(request, template, known), status_code=status)


def last_page(total: int, most: int) -> int:
    """Where the last page of a list begins: for who asks for lines after its end, as after deciding on all of them.

    >>> last_page(100, 50), last_page(101, 50), last_page(0, 50)
    (50, 100, 0)
    """
    return max(0, total - 1) // most * most


def _shown(request: Request, line: str) -> str:
    """What went wrong, which may hold words of a report."""
    if not line or request.session.get("unmasked"):
        return line
    shown: str = request.app.state.desk.veil.words(line)
    return shown


def fragment(request: Request, template: str, known: Mapping[str, Any] | None = None) -> str:
    """The HTML of a template: a page, or a part of one that htmx puts in its place."""
    words = texts_of(request)
    around = {
        "request": request, "t": words, "say": speech_of(request), "theme": request.session.get("theme", "auto"),
        "who": request.session.get("who", ""), "unmasked": bool(request.session.get("unmasked")),
        "title_of_case": request.app.state.title, "here": request.url.path, "follows": request.app.state.worker.left,
        "trouble": _shown(request, request.app.state.worker.trouble),
    }  # fmt: skip
    return sayable(environment().get_template(template).render({**around, **(known or {})}))
