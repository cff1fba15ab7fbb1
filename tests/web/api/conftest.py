"""Small cases that the API is asked of: one of three reports, and one of two lists of persons."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from cenotaph.case import Case
from cenotaph.desk import Desk
from tests.case.test_victims import row, with_list
from tests.web.small import copy_of, make_small, windows
from tests.web.test_people import BAKER, CHILD, TAKEN


@pytest.fixture(scope="module")
def small_case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_small(tmp_path_factory.mktemp("desk") / "small")


@pytest.fixture
def desk(small_case: Path, tmp_path: Path) -> Desk:
    return copy_of(small_case, tmp_path / "copy")


@pytest.fixture
def client(desk: Desk) -> TestClient:
    return windows(desk, "A Reader")[0]


@pytest.fixture(scope="module")
def reader(small_case: Path) -> TestClient:
    """For tests that change nothing."""
    return windows(Desk(small_case), "A Reader")[0]


@pytest.fixture
def lists(tmp_path: Path) -> TestClient:
    case = Case.create(tmp_path / "lists", countries=("SY",))
    case = with_list(case, "First Body", [row(1, BAKER), row(2, CHILD)])
    case = with_list(case, "Second Body", [row(7, BAKER), row(8, TAKEN)])
    found = Desk(case)
    found.fill()
    return windows(found, "A Reader")[0]
