"""What tests that ask a web server of this machine share: the way to it is straight, and nobody waits between."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from cenotaph.sources import visits
from tests.browser import chrome
from tests.sources.server import Server, serving


@pytest.fixture
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.lower().endswith("_proxy")]:
        monkeypatch.delenv(name)
    monkeypatch.setattr(visits, "PAUSE", 0)  # between two questions to one server


@pytest.fixture
def server(no_proxy: None) -> Iterator[Server]:
    with serving() as found:
        yield found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for all tests of a process: two would each want its own loop."""
    path = chrome.found()
    if path is None:
        pytest.skip(chrome.MISSING)
    with chrome.started(path) as started:
        yield started
