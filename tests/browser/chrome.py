"""The Chromium of this machine, driven by Playwright; its own browsers are never downloaded."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Error, Request, WebError, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = (
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run",
    "--disable-quic", "--use-angle=swiftshader", "--enable-unsafe-swiftshader",
)  # fmt: skip
MISSING = f"no browser on this machine: none of {', '.join(NAMES)} is on the PATH (Debian: apt-get install chromium)"
LONGEST = 10_000
"""Milliseconds that a page may take to do what it was asked."""


def found() -> str | None:
    """Where the browser is, or None."""
    return next((path for path in map(shutil.which, NAMES) if path), None)


def arguments() -> list[str]:
    """Root has no sandbox; everybody else keeps it."""
    return [*ARGUMENTS, *(["--no-sandbox"] if os.geteuid() == 0 else [])]


@contextmanager
def started(path: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=arguments())
        try:
            yield browser
        finally:
            browser.close()


@dataclass
class Noticed:
    """What no page of ours may do: an error in the console, an error of a script, a request to another host.

    `expected` are pieces of messages that a test asks for, such as the 409 of a form that comes too late.
    """

    host: str
    lines: list[str] = field(default_factory=list)
    expected: list[str] = field(default_factory=list)

    def watch(self, context: BrowserContext) -> None:
        context.on("console", self._console)
        context.on("weberror", self._error)
        context.on("request", self._request)

    def unexpected(self) -> list[str]:
        return [line for line in self.lines if not any(piece in line for piece in self.expected)]

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "assert"):
            self.lines.append(f"console: {message.text} ({message.location.get('url', '')})")

    def _error(self, error: WebError) -> None:
        told: Error = error.error
        self.lines.append(f"script: {told.message}")

    def _request(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme in ("http", "https", "ws", "wss") and address.netloc != self.host:
            self.lines.append(f"request to another host: {request.url}")
