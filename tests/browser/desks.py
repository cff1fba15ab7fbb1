"""A desk as `cenotaph serve` opens it, in a thread of the tests, and browsers that come in by its links."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import uvicorn
from fastapi import FastAPI
from playwright.sync_api import Browser, BrowserContext, ViewportSize
from starlette.types import ASGIApp

from cenotaph.case import Case
from cenotaph.case.returned import Returned
from cenotaph.case.settings import read_settings
from cenotaph.case.shipped import decisions_of
from cenotaph.cli.demo import example
from cenotaph.cli.incoming import Given, incoming
from cenotaph.desk import Desk
from cenotaph.desk.incoming import look, take_sheet
from cenotaph.web.app import make_app
from tests.browser.chrome import LONGEST, Noticed

READER = "A Reader"
LISTS = {
    "Example List": """Name,Age,Sex,Date,Place,Fate
Sample Exampleson,34,male,2025-03-07,Baniyas,killed
Instance Exampleson,9,female,2025-03-08,Jableh,killed
مثال ابن عينة,41,male,2025-03-08,Jableh,injured
""",
    "Another List": """Name,Age,Sex,Date,Place,Fate
Sampel Exampleson,34,male,2025-03-07,Baniyas,killed
""",
}
"""Persons, all made up; two rows may be of one."""
SLOWEST = 20
"""Seconds until a server listens."""


@dataclass(frozen=True)
class Open:
    """A desk that listens."""

    desk: Desk
    app: FastAPI
    base: str

    def link(self) -> str:
        """One that works once."""
        return f"{self.base}/enter?key={self.app.state.keys.another_link()}"


def make_example(folder: Path, *, decided: bool = False) -> Path:
    """A case of the thirty bulletins, built; with the decisions of the example's makers where asked for."""
    given = example()
    case = Case.create(folder, settings=read_settings(given))
    list(case.add(incoming(str(given / "reports"), Given()), who=READER))
    case.build()
    if decided:
        shipped = decisions_of(given / "decisions.toml", case.claims(), case.reports(), case.linked().incidents)
        case.decide_all(list(shipped))
        _capture_again(case, given / "reports" / "r16.md", folder.with_name("later.md"))
        case = _take_lists(case)
        case.build()
    Desk(case).fill()
    case.engine.dispose()
    return folder


def make_empty(folder: Path) -> Path:
    """A case as it is before anything was added."""
    case = Case.create(folder, settings=read_settings(example()))
    case.build()
    Desk(case).fill()
    case.engine.dispose()
    return folder


def _capture_again(case: Case, bulletin: Path, later: Path) -> None:
    """The address of a bulletin, captured once more with other words at its end."""
    later.write_text(bulletin.read_text("utf-8").rstrip() + "\n\nThe road was closed until the evening.\n", "utf-8")
    (added,) = case.add(incoming(str(later), Given()), who=READER)
    assert added.status == "new version", added.status


def _take_lists(case: Case) -> Case:
    """The case as it is opened with what the columns of the lists mean."""
    desk = Desk(case)
    for owner, rows in LISTS.items():
        content, name = rows.encode(), f"{owner}.csv"
        seen = look(desk, content, name, who=READER, owner=owner)
        assert not isinstance(seen, Returned)
        assert [one.status for one in take_sheet(desk, seen, content, name, READER)] == ["new"]
    return Case(case.folder)


@contextmanager
def opened(folder: Path, who: str = READER, over: Callable[[FastAPI], ASGIApp] = lambda app: app) -> Iterator[Open]:
    """The desk of a case on a free port of this machine, until the block ends, with something of the tests over it."""
    desk = Desk(folder)
    desk.fill()
    app = make_app(desk, who=who)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        config = uvicorn.Config(over(app), log_level="warning", access_log=False, timeout_graceful_shutdown=1)
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        until = time.monotonic() + SLOWEST
        while not server.started:
            assert thread.is_alive() and time.monotonic() < until, "the server of the desk did not start"
            time.sleep(0.02)
        try:
            yield Open(desk, app, f"http://127.0.0.1:{listening.getsockname()[1]}")
        finally:
            server.should_exit = True
            thread.join(SLOWEST)
            desk.case.engine.dispose()


@contextmanager
def visiting(
    browser: Browser, open_: Open, *, language: str = "en", theme: str = "light", width: int = 1280, height: int = 900,
    who: str = "",
) -> Iterator[tuple[BrowserContext, Noticed]]:  # fmt: skip
    """A browser of its own that came in by a link and is set to a language, to light or dark, and to a name."""
    size: ViewportSize = {"width": width, "height": height}
    context = browser.new_context(viewport=size, base_url=open_.base, reduced_motion="reduce", locale=language)
    context.set_default_timeout(LONGEST)
    noticed = Noticed(open_.base.removeprefix("http://"))
    noticed.watch(context)
    try:
        context.request.get(open_.link())
        asked: dict[str, str | float | bool] = {"language": language, "theme": theme, "who": who, "back": "/you"}
        kept = context.request.post("/you", form=asked, headers={"sec-fetch-site": "same-origin"})
        assert kept.ok, kept.status
        yield context, noticed
    finally:
        context.close()
