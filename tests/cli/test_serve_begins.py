"""How `cenotaph serve` begins: what it says and refuses before a page is shown, and where a case is kept."""

from __future__ import annotations

import socket
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from starlette.testclient import TestClient

from cenotaph.case import Case
from tests.cli.running import run
from tests.postgres import postgres

KEY = "Authorization: Bearer "


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    Case.create(tmp_path / "case").engine.dispose()
    return tmp_path / "case"


@pytest.fixture
def note(tmp_path: Path) -> Path:
    found = tmp_path / "note.txt"
    found.write_text("At least 12 people were killed in Baniyas on Friday, the mayor said.\n", encoding="utf-8")
    return found


@pytest.fixture
def apps(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The servers that were made; none of them runs."""
    found: list[Any] = []

    def note(server: uvicorn.Server, sockets: list[socket.socket]) -> None:
        found.append(server.config.app)
        sockets[0].close()

    monkeypatch.setattr(uvicorn.Server, "run", note)
    return found


def status(app: Any, host: str) -> int:
    found: int = TestClient(app, base_url=f"http://{host}:8000").get("/").status_code
    return found


def came_in(app: Any, link: str) -> TestClient:
    client = TestClient(app, base_url="http://127.0.0.1:8000")
    assert client.get("/" + link.strip().split("/", 3)[3]).status_code == 200
    return client


def test_the_link_comes_alone_on_stdout_and_the_key_beside_it(folder: Path, apps: list[Any]) -> None:
    done = run("serve", folder, "--no-browser", "--who", "A Reader")
    link, told = done.stdout.strip(), " ".join(done.stderr.split())
    assert done.exit_code == 0 and link.startswith("http://127.0.0.1:") and "\n" not in link
    assert KEY in told and "Ctrl-C" in told and "can be reached" not in told
    assert "A Reader" in came_in(apps[0], link).get("/you").text


def test_a_port_that_is_taken_is_told_before_any_page_is_made(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cenotaph.cli.serving._make_pages", lambda desk: pytest.fail("pages were made"))
    with socket.create_server(("127.0.0.1", 0)) as taken:
        done = run("serve", folder, "--no-browser", "--port", str(taken.getsockname()[1]))
    assert done.exit_code == 2 and "leave --port out" in done.stderr and "Traceback" not in done.stderr


@pytest.mark.parametrize("host", ["192.0.2.1", "nosuch.invalid"])
def test_an_address_that_is_not_of_this_machine_is_not_taken_for_a_port(folder: Path, host: str) -> None:
    done = run("serve", folder, "--no-browser", "--host", host)
    assert done.exit_code == 2 and "--host" in done.stderr.partition("listened on")[2]
    assert "leave --port out" not in done.stderr


@pytest.mark.parametrize("host", ["", "  "])
def test_no_address_is_not_every_address(folder: Path, apps: list[Any], host: str) -> None:
    done = run("serve", folder, "--no-browser", "--host", host)
    assert done.exit_code == 2 and "--host is empty" in done.stderr and not apps


def test_where_all_addresses_are_listened_on_only_names_that_were_given_are_answered(
    folder: Path, apps: list[Any]
) -> None:
    done = run("serve", folder, "--no-browser", "--host", "0.0.0.0")
    assert "under no name yet; --name gives one" in " ".join(done.stderr.split())
    assert done.stdout.startswith("http://127.0.0.1:")
    named = run("serve", folder, "--no-browser", "--host", "0.0.0.0", "--name", "Desk.Example", "--name", "fd00::1")
    assert "under Desk.Example and fd00::1 alone" in " ".join(named.stderr.split())
    assert [status(app, "desk.example") for app in apps] == [400, 401]
    assert [status(app, "[fd00::1]") for app in apps] == [400, 401]
    assert [status(app, "elsewhere.example") for app in apps] == [400, 400]


def test_a_report_that_was_added_and_never_read_is_read_first(folder: Path, apps: list[Any], note: Path) -> None:
    assert run("add", folder, note, "--published", "2025-03-08").exit_code == 0
    first, again = (run("serve", folder, "--no-browser") for _ in range(2))
    assert "1 report to read first" in first.stderr and "to read first" not in again.stderr
    page = came_in(apps[0], first.stdout).get("/inbox").text
    assert "no claim was read in it" not in page and "1 new claim" in page


def test_a_case_in_postgresql_is_made_as_the_docs_say_and_holds_what_a_folder_held(
    folder: Path, tmp_path: Path, apps: list[Any], note: Path
) -> None:
    run("add", folder, note, "--published", "2025-03-08")
    ours = tmp_path / "ours"
    with postgres() as store:
        for words in (("init", ours, "--store", store), ("merge", ours, folder, "--anyway"), ("build", ours),
                      ("serve", ours, "--no-browser")):  # fmt: skip
            done = run(*words)
            assert done.exit_code == 0, done.stderr
        assert not (ours / "case.db").exists() and len(apps) == 1
        assert "12" in run("toll", ours).stdout
        assert run("backup", ours, tmp_path / "ours.zip").exit_code == 0
    assert run("restore", tmp_path / "ours.zip", tmp_path / "back").exit_code == 0
    assert (tmp_path / "back" / "case.db").exists()


@pytest.mark.parametrize("store", ["sqlite:///case.db", "postgres", "postgresql://nobody@127.0.0.1:1/nothing"])
def test_a_database_that_can_not_be_had_is_told_in_one_line_and_leaves_no_case(tmp_path: Path, store: str) -> None:
    done = run("init", tmp_path / "ours", "--store", store)
    assert done.exit_code == 2 and done.stderr.startswith("Error: ") and "Traceback" not in done.stderr
    assert not (tmp_path / "ours" / "case.toml").exists()


def test_a_folder_that_is_no_case_says_how_one_is_made(tmp_path: Path, apps: list[Any]) -> None:
    done = run("serve", tmp_path, "--no-browser")
    assert done.exit_code == 2 and "cenotaph init" in done.stderr and not apps
