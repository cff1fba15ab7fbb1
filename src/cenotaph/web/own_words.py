"""By which word a page hides a name: that of its own language, for as long as the page is made.

What is hidden is hidden in that word from the first, and so no page has to look for our word among the words of
others: "[protected]" that stands in a report stays what it is. What programs ask for, and files, have one word in
every language (`cenotaph.publish.masking.PROTECTED`).
"""

from __future__ import annotations

from fastapi import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from cenotaph.desk.looking import hiding_by
from cenotaph.web import rendering
from cenotaph.web.texts import LANGUAGES, texts

__all__ = ["InOwnWords"]

NO_PAGES = ("/api/", "/static/")
WORD = "voice.protected"


class InOwnWords:
    """Stands behind what knows the session, which holds the language that a person chose."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"].startswith(NO_PAGES):
            await self.app(scope, receive, send)
            return
        own = rendering.language_of(Request(scope))
        with hiding_by(*(texts(one)(WORD) for one in sorted(LANGUAGES, key=lambda one: one != own))):
            await self.app(scope, receive, send)
