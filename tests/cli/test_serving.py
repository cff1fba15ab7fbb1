"""`cenotaph serve`: what it says before it opens, and whom the server answers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from starlette.testclient import TestClient

from tests.cli.running import run
from tests.web.small import OURS, make_small

OPEN, SHUT = 0o755, 0o750


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_small(tmp_path_factory.mktemp("served") / "small")


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[uvicorn.Config]]:
    """What would be served; nothing listens after the verb ends."""
    found: list[uvicorn.Config] = []

    def run_(self: uvicorn.Server, sockets: Any = None) -> None:
        found.append(self.config)
        for one in sockets:
            one.close()

    monkeypatch.setattr(uvicorn.Server, "run", run_)
    yield found


def test_each_desk_has_a_cookie_and_names_of_its_own(small: Path, served: list[uvicorn.Config]) -> None:
    shown = [run("serve", small, "--no-browser", "--who", "A Reader") for _ in range(2)]
    assert [one.exit_code for one in shown] == [0, 0]
    names = set()
    for one, said in zip(served, shown, strict=True):
        app: Any = one.app
        link = said.stdout.split()[0]
        address, _, path = link.partition("/enter")
        client = TestClient(app, base_url=address, headers=OURS, follow_redirects=False)
        assert client.get(f"/enter{path}").status_code == 303
        assert client.get("/you").status_code == 200
        assert client.get("/you", headers={"host": "testserver"}).status_code == 400
        names |= set(client.cookies)
    assert len(names) == 2


def test_a_case_that_others_can_read_is_warned_of(
    small: Path, served: list[uvicorn.Config], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cenotaph.cli.serving._ways_are_open", lambda folder: True)
    for mode, warned in ((OPEN, True), (SHUT, False), (0o751, False), (0o754, False)):
        small.chmod(mode)
        shown = run("serve", small, "--no-browser", "--who", "A Reader")
        assert shown.exit_code == 0
        assert ("chmod -R o=" in shown.stderr) is warned, oct(mode)
    small.chmod(OPEN)
    monkeypatch.setattr("cenotaph.cli.serving._ways_are_open", lambda folder: False)
    assert "chmod" not in run("serve", small, "--no-browser", "--who", "A Reader").stderr


def test_a_way_that_is_shut_above_is_shut(tmp_path: Path) -> None:
    from cenotaph.cli.serving import _ways_are_open

    tmp_path.chmod(OPEN)
    (tmp_path / "home").mkdir(mode=0o700)
    assert not _ways_are_open(tmp_path / "home" / "case")
    assert _ways_are_open(Path("/usr/share"))


def test_an_address_that_others_reach_is_warned_of(small: Path, served: list[uvicorn.Config]) -> None:
    shown = run("serve", small, "--no-browser", "--who", "A Reader", "--host", "0.0.0.0")
    assert shown.exit_code == 0 and "can be reached from other machines" in shown.stderr
    assert "can be reached" not in run("serve", small, "--no-browser", "--who", "A Reader").stderr
