"""A page that comes in pieces, over a slow wire or from a busy machine, is painted whole: half a table has other
columns than the whole one, and half a row of fields other widths.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tests.browser.addresses import addresses
from tests.browser.desks import Open, opened, visiting
from tests.browser.looks import HEIGHT, MOST_SHIFT, SHIFTS

PIECE = 3000
"""Bytes of a page that come at once."""
BETWEEN = 0.05
"""Seconds until the next piece; a browser paints every 0.016."""
ROUTES = ["/incidents", "/roots", "/journal", "/incidents/{name}/assess"]
"""Those which moved when they were painted in pieces."""


class Slowly:
    """An app whose pages come in pieces, the styles of a page before its text."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        page = False

        async def sent(message: Message) -> None:
            nonlocal page
            if message["type"] == "http.response.start":
                page = dict(message["headers"]).get(b"content-type", b"").startswith(b"text/html")
            elif page:
                await _in_pieces(message, send)
                return
            await send(message)

        plain = [one for one in scope["headers"] if one[0] != b"accept-encoding"]
        await self.app({**scope, "headers": plain}, receive, sent)


async def _in_pieces(message: Message, send: Send) -> None:
    body, more = message["body"], message.get("more_body", False)
    head = body.find(b"<body") if b"<body" in body else 0
    cuts = [0, *range(head or PIECE, len(body), PIECE), len(body)]
    for start, end in pairwise(cuts):
        await send({**message, "body": body[start:end], "more_body": more or end < len(body)})
        await asyncio.sleep(BETWEEN)


@pytest.fixture(scope="module")
def slow(browser: Browser, decided_case: Path) -> Iterator[Open]:
    with opened(decided_case, over=Slowly) as found:
        yield found


@pytest.mark.parametrize("route", ROUTES)
def test_nothing_moves_on_a_page_that_comes_in_pieces(browser: Browser, slow: Open, route: str) -> None:
    for address in addresses(route, slow):
        with visiting(browser, slow, width=1440, height=HEIGHT) as (context, _):
            context.add_init_script(SHIFTS)
            page = context.new_page()
            page.goto(address)
            page.wait_for_timeout(100)
            assert page.evaluate("() => document.querySelector('main').innerText.length") > 200, address
            assert page.evaluate("() => window.__shift") < MOST_SHIFT, address
