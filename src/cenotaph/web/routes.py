"""Routes that say who may use them: a route without a rule can't be made.

`OPEN` is for everybody who reaches the machine (the way in, our own styles and scripts); `READ` for whoever came in by
the link or brings the key of the API, but not for a page elsewhere that loads it by their cookie; `WRITE` for the same,
and only from our own pages or with that key.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine, Sequence
from typing import Any, Literal

from fastapi import APIRouter, HTTPException, Request
from fastapi.routing import APIRoute
from starlette.responses import Response

__all__ = ["OPEN", "READ", "WRITE", "Refusal", "Routes", "Rule", "brings_key", "is_in", "knows"]

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

        def keep(endpoint: Endpoint) -> Endpoint:
            self.router.add_api_route(path, endpoint, methods=[method], route_class_override=_GUARDED[rule], **known)
            return endpoint

        return keep


# none of these waits for anything: a thread of its own would make every page wait for it


async def _anybody(request: Request) -> None:
    """No rule but that of the machine: the server listens on loopback."""


async def _came_in(request: Request) -> None:
    if not knows(request):
        raise Refusal(401, "refused.no_key" if request.url.path.startswith("/api/v1/") else "refused.not_in")
    site, into = request.headers.get("sec-fetch-site", SAFE[0]), request.headers.get("sec-fetch-dest")
    if site not in SAFE and into != "document" and not brings_key(request):  # nor does a page elsewhere load any of it
        raise Refusal(403, "refused.elsewhere")


async def _from_here(request: Request) -> None:
    await _came_in(request)
    if brings_key(request):
        return
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    ours = f"{request.url.scheme}://{request.headers.get('host', '')}"
    if site not in SAFE if site else origin != ours:
        raise Refusal(403, "refused.elsewhere")


def knows(request: Request) -> bool:
    """Whether who asks may know what this case is: by a visit, or by the key."""
    return is_in(request) or brings_key(request)


def is_in(request: Request) -> bool:
    """Whether the browser came in by a link, and did not leave since."""
    return bool(request.app.state.keys.is_in(request.session.get("in")))


def brings_key(request: Request) -> bool:
    """Whether a program brings the key of the API."""
    scheme, _, key = request.headers.get("authorization", "").partition(" ")
    return scheme.casefold() == "bearer" and bool(request.app.state.keys.is_key(key.strip()))


class _Guarded(APIRoute):
    """Looks at who asks before anything of what they send is read: a body may be as large as the memory is."""

    guard: Callable[[Request], Awaitable[None]] = staticmethod(_anybody)

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        work = super().get_route_handler()

        async def handle(request: Request) -> Response:
            await self.guard(request)
            return await work(request)

        return handle


class _Read(_Guarded):
    guard = staticmethod(_came_in)


class _Write(_Guarded):
    guard = staticmethod(_from_here)


_GUARDED: dict[Rule, type[APIRoute]] = {OPEN: _Guarded, READ: _Read, WRITE: _Write}
