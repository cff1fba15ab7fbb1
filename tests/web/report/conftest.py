"""The report page is tried on a case of its own: versions, pictures, hostile words, letters of every kind."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from cenotaph.desk import Desk
from tests.web.reported import make_reported
from tests.web.small import windows


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_reported(tmp_path_factory.mktemp("desk") / "reported")


@pytest.fixture(scope="module")
def looking(held: Path) -> Desk:
    return Desk(held)


@pytest.fixture(scope="module")
def reader(looking: Desk) -> TestClient:
    return windows(looking, "A Reader", follow=True)[0]


@pytest.fixture
def desk(held: Path, tmp_path: Path) -> Desk:
    shutil.copytree(held, tmp_path / "reported")
    return Desk(tmp_path / "reported")


@pytest.fixture
def client(desk: Desk) -> TestClient:
    return windows(desk, "A Reader", follow=True)[0]
