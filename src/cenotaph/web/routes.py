"""Routes that say who may use them: a route without a rule can't be made.

`OPEN` is for everybody who reaches the machine (the way in, our own styles and scripts); `READ` for whoever came in by
the link or brings the key of the API; `WRITE` for the same, and only from our own pages or with that key.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Literal

from fastapi import APIRouter, Depends, HTTPException, Request

__all__ = ["OPEN", "READ", "WRITE", "Refusal", "Routes", "Rule", "brings_key", "is_in"]

Rule = Literal["open", "read", "write"]
OPEN: Rule = "open"
READ: Rule = "read"
WRITE: Rule = "write"

Endpoint = Callable[..., Any]
SAFE = ("same-origin", "none")
"""Where our own pages' requests come from, as the browser says (Sec-Fetch-Site); "none" is the person at the keyboard.
"""


class Refusal(HTTPException):
    """Who asks may not; `in_words` is the key of the text that says why."""

    def __init__(self, status: int, in_words: str) -> None:
        super().__init__(status, detail=in_words)
        self.in_words = in_words


class Routes:
    """A router whose every route has a rule.

    >>> routes = Routes(prefix="/example")
    >>> @routes.get("/words", READ)
    ... def words() -> str:
    ...     return "48"
    >>> routes.rules[("GET", "/example/words")]
    'read'
    """

    def __init__(self, prefix: str = "", *, described: bool = False, tags: Sequence[str] = ()) -> None:
        self.prefix = prefix
        self.router = APIRouter(prefix=prefix, include_in_schema=described, tags=list(tags))
        self.rules: dict[tuple[str, str], Rule] = {}

    def get(self, path: str, rule: Rule, **known: Any) -> Callable[[Endpoint], Endpoint]:
        return self._add("GET", path, rule, known)

    def post(self, path: str, rule: Rule, **known: Any) -> Callable[[Endpoint], Endpoint]:
        return self._add("POST", path, rule, known)

    def _add(self, method: str, path: str, rule: Rule, known: dict[str, Any]) -> Callable[[Endpoint], Endpoint]:
        if method == "POST" and rule == READ:
            raise ValueError(f"POST {path} changes something, and its rule is {rule!r}; it is {WRITE!r} or {OPEN!r}")
        self.rules[method, self.prefix + path] = rule
        made = self.router.api_route(path, methods=[method], dependencies=[Depends(_GUARDS[rule])], **known)

        def keep(endpoint: Endpoint) -> Endpoint:
            made(endpoint)
            return endpoint

        return keep


async def _anybody() -> None:  # none of these waits for anything: a thread of its own would make every page wait for it
    """No rule but that of the machine: the server listens on loopback."""


async def _came_in(request: Request) -> None:
    if not (is_in(request) or brings_key(request)):
        raise Refusal(401, "refused.not_in")


async def _from_here(request: Request) -> None:
    await _came_in(request)
    if brings_key(request):
        return
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    ours = f"{request.url.scheme}://{request.headers.get('host', '')}"
    if site not in SAFE if site else origin != ours:
        raise Refusal(403, "refused.elsewhere")


def is_in(request: Request) -> bool:
    """Whether the browser came in by a link, and did not leave since."""
    return bool(request.app.state.keys.is_in(request.session.get("in")))


def brings_key(request: Request) -> bool:
    """Whether a program brings the key of the API."""
    scheme, _, key = request.headers.get("authorization", "").partition(" ")
    return scheme.casefold() == "bearer" and bool(request.app.state.keys.is_key(key.strip()))


_GUARDS: dict[Rule, Callable[..., Awaitable[None]]] = {OPEN: _anybody, READ: _came_in, WRITE: _from_here}
