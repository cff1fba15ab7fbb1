"""One browser for all tests, and desks of the shipped example; without a browser all of these tests are skipped."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.desks import Open, make_example, opened, visiting


@pytest.fixture(scope="session")
def decided_case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The thirty bulletins with what the example's makers decided."""
    return make_example(tmp_path_factory.mktemp("browser") / "decided", decided=True)


@pytest.fixture(scope="session")
def bare_case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The thirty bulletins as they were read, with nothing decided."""
    return make_example(tmp_path_factory.mktemp("browser") / "bare")


@pytest.fixture(scope="session")
def looking(browser: Browser, decided_case: Path) -> Iterator[Open]:
    """A desk that nobody decides at."""
    with opened(decided_case) as found:
        yield found


@pytest.fixture
def deciding(browser: Browser, bare_case: Path, tmp_path: Path) -> Iterator[Open]:
    """A desk on a copy of its own, with nothing decided yet."""
    shutil.copytree(bare_case, tmp_path / "coast")
    with opened(tmp_path / "coast") as found:
        yield found


@pytest.fixture
def page(browser: Browser, deciding: Open) -> Iterator[Page]:
    """A browser at that desk. The test fails on any error in it, and on any request to elsewhere."""
    with visiting(browser, deciding) as (context, noticed):
        yield context.new_page()
        assert noticed.unexpected() == []
