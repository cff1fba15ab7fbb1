"""How much may be sent at once: what is too much is refused before it fills the memory, or the disk."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from cenotaph.web.routes import Refusal

__all__ = ["FILES", "LARGER", "MOST", "Bounded"]

MOST = 20_000_000
"""Bytes of a form, or of decisions as JSON."""
FILES = 500_000_000
"""Bytes of all files that come at once; more comes in by cenotaph add."""
AROUND = 2_000_000
"""Bytes that a form has around its files, and for its other fields."""
LARGER: Mapping[str, int] = {
    "/inbox/add": FILES + AROUND, "/api/v1/reports/files": FILES + AROUND, "/api/v1/sheets": FILES + AROUND,
    "/api/v1/reports": 100_000_000,
}  # fmt: skip
"""Where files and texts come in."""


class Bounded:
    """Counts what comes in. A route looks at who asks before it takes any of it (web/routes), so nobody else is read.

    The rest of what is too much is taken and let go: a browser that still sends would not show why it was refused.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        most, size = LARGER.get(scope["path"], MOST), 0
        told = Headers(scope=scope).get("content-length", "")
        too_much = told.isdecimal() and int(told[:20]) > most

        async def received() -> Message:
            nonlocal size
            message = await receive()
            size += len(message.get("body", b""))
            if not too_much and size <= most:
                return message
            while message.get("more_body"):
                message = await receive()
            raise Refusal(413, "refused.too_large")

        await self.app(scope, received, send)
