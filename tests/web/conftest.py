"""One case of the shipped example, built once for all tests of pages; who changes it takes a copy."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from cenotaph.case import Case
from cenotaph.case.settings import read_settings
from cenotaph.cli.demo import example
from cenotaph.cli.incoming import Given, incoming
from cenotaph.desk import Desk
from cenotaph.web.app import make_app
from cenotaph.web.entering import Keys

OURS = {"sec-fetch-site": "same-origin"}
"""What a browser says of a request from one of our own pages."""


@pytest.fixture(scope="session")
def example_case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The thirty bulletins, built, with nothing decided."""
    folder = tmp_path_factory.mktemp("desk") / "coast"
    case = Case.create(folder, settings=read_settings(example()))
    list(case.add(incoming(str(example() / "reports"), Given()), who="A Reader"))
    case.build()
    Desk(case).fill()
    case.engine.dispose()
    return folder


@pytest.fixture
def desk(example_case: Path, tmp_path: Path) -> Desk:
    """A copy of the example to decide on."""
    shutil.copytree(example_case, tmp_path / "coast")
    return Desk(tmp_path / "coast")


@pytest.fixture(scope="session")
def looking(example_case: Path) -> Desk:
    """The example itself, for tests that change nothing."""
    return Desk(example_case)


def entered(desk: Desk) -> TestClient:
    """A browser that came in by the link."""
    keys = Keys()
    client = TestClient(make_app(desk, who="A Reader", keys=keys), headers=OURS)
    client.get(f"/enter?key={keys.link}")
    return client


@pytest.fixture
def client(desk: Desk) -> Iterator[TestClient]:
    with entered(desk) as found:
        yield found


@pytest.fixture(scope="session")
def reader(looking: Desk) -> Iterator[TestClient]:
    """A browser on the example itself, for tests that change nothing."""
    with entered(looking) as found:
        yield found
