"""`cenotaph watch` takes in what arrives and ends when it is told to; `add` asks a feed for what is new."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cenotaph.sources import watching
from tests.cli.running import run
from tests.sources.server import Server
from tests.sources.test_visits import FEED, conditional

pytestmark = pytest.mark.usefixtures("no_proxy")


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "QUIET", 0)


@pytest.fixture
def case(tmp_path: Path) -> Path:
    run("init", tmp_path / "case")
    (tmp_path / "post").mkdir()
    (tmp_path / "post" / "a.txt").write_text("Ten people were killed.")
    return tmp_path / "case"


def test_a_feed_is_added_and_then_asked_for_what_is_new(case: Path, server: Server) -> None:
    address = server.at(conditional(FEED, '"one"'))
    first, again = (run("add", case, address, "--allow-private", "--who", "x") for _ in range(2))
    assert (first.exit_code, again.exit_code) == (0, 0)
    assert "1 report: 1 new" in first.stderr
    assert "1 feed with nothing new since the last look" in again.stderr and again.stdout == ""


def test_an_address_of_this_machine_is_refused_unless_that_is_allowed(case: Path, server: Server) -> None:
    found = run("add", case, server.at(conditional(FEED, '"one"')), "--who", "x")
    assert found.exit_code == 2 and "private network" in found.stderr and server.asked == []


def test_one_look_takes_in_what_is_there_and_the_next_only_what_came(case: Path) -> None:
    post = case.parent / "post"
    first = run("watch", case, post, "--once", "--who", "x")
    (post / "b.txt").write_text("Eleven people were killed.")
    again, third = (run("watch", case, post, "--once", "--who", "x") for _ in range(2))
    assert [one.stdout.count("\n") for one in (first, again, third)] == [1, 1, 0]
    assert [one.exit_code for one in (first, again, third)] == [0, 0, 0]


def test_a_look_that_finds_something_unreadable_says_so(case: Path) -> None:
    (case.parent / "post" / "c.pdf").write_bytes(b"no such thing")
    found = run("watch", case, case.parent / "post", "--once", "--who", "x")
    assert found.exit_code == 1 and "not a PDF" in found.stderr and found.stdout.count("\n") == 1


def test_feeds_and_folders_are_watched_together(case: Path, server: Server) -> None:
    address = server.at(conditional(FEED, '"one"'))
    found = run("watch", case, case.parent / "post", address, "--once", "--allow-private", "--who", "x")
    assert found.exit_code == 0 and found.stdout.count("\tnew\t") == 2


def test_a_folder_that_holds_the_case_is_not_watched(case: Path) -> None:
    found = run("watch", case, case.parent, "--once", "--who", "x")
    assert found.exit_code == 2 and "would take in itself" in found.stderr


def test_a_watch_goes_on_until_it_is_stopped_and_then_ends_in_one_line(case: Path) -> None:
    code = (  # a runner in the background hands down a SIGINT that is ignored
        "import signal; signal.signal(signal.SIGINT, signal.default_int_handler);"
        " from cenotaph.sources import watching; watching.QUIET = 0; from cenotaph.cli import main; main()"
    )
    command = [sys.executable, "-c", code, "watch", str(case), str(case.parent / "post"), "--every", "1", "--who", "x"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None and program.stderr is not None
        assert "\tnew\t" in program.stdout.readline()
        (case.parent / "post" / "b.txt").write_text("Eleven people were killed.")
        assert "\tnew\t" in program.stdout.readline()
        time.sleep(0.2)
        program.send_signal(signal.SIGINT)
        try:
            _, said = program.communicate(timeout=60)
        except subprocess.TimeoutExpired:
            program.kill()
            raise
    assert program.returncode == 130 and "the same command goes on from there" in said and "Traceback" not in said
