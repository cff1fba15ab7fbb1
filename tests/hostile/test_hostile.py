"""Files made to harm are refused or contained, each in one clear line; the good file after each is taken in.

All of them go through one run of the program as a person starts it, whose memory is measured from outside.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from cenotaph.case import Case
from tests.hostile.making import CASES, OUTSIDE, make

MOST_MEMORY = 300_000_000
"""Bytes above those of a run that adds one good file; of the program and of any that it starts."""

TO_BYTES = 1 if sys.platform == "darwin" else 1024
COMMAND = (sys.executable, "-c", "from cenotaph.cli import main; main()")
LAUNCH = """
import os, subprocess, sys
program = subprocess.Popen(sys.argv[2:])
_, code, used = os.wait4(program.pid, 0)
with open(sys.argv[1], "w") as figures:
    print(os.waitstatus_to_exitcode(code), used.ru_maxrss, file=figures)
"""
"""Starts the program from a small one: the system counts the memory of whoever starts a program as that program's."""

DATA = re.compile(r"report:[0-9a-f]{16}\t")
GOOD = re.compile(r"\tcase-\d\d\d-good$")
STEERING = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True)
class Ran:
    """How a run ended, and what it wrote: lines of data and lines of talk, in the order in which they came."""

    code: int
    lines: list[str]
    memory: int
    seconds: float

    @property
    def out(self) -> list[str]:
        return [line for line in self.lines if DATA.match(line)]

    @property
    def said(self) -> list[str]:
        return [line for line in self.lines if not DATA.match(line)]

    @property
    def end(self) -> list[str]:
        """What it says of all of them together, after the last."""
        last = max(at for at, line in enumerate(self.lines) if GOOD.search(line))
        return self.lines[last + 1 :]

    def of(self, number: int) -> list[str]:
        """The lines of a case: those between its good file and the one before it."""
        goods = [at for at, line in enumerate(self.lines) if GOOD.search(line)]
        assert len(goods) == len(CASES)
        return self.lines[goods[number - 1] + 1 if number else 0 : goods[number]]


def added(case: Path, given: Path) -> Ran:
    subprocess.run([*COMMAND, "init", str(case)], check=True, capture_output=True)
    begun = time.monotonic()
    with tempfile.TemporaryFile() as out, tempfile.NamedTemporaryFile("r") as figures:
        command = [sys.executable, "-c", LAUNCH, figures.name, *COMMAND, "add", str(case), str(given), "--who", "x"]
        subprocess.run(command, stdout=out, stderr=out, cwd=case.parent, check=True)
        code, memory = map(int, figures.read().split())
        out.seek(0)
        lines = out.read().decode("utf-8").split("\n")[:-1]
    return Ran(code, lines, memory * TO_BYTES, time.monotonic() - begun)


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("hostile")


@pytest.fixture(scope="module")
def ran(here: Path) -> Ran:
    make(here / "given", range(len(CASES)))
    return added(here / "case", here / "given")


def test_there_are_enough_of_them_and_no_two_have_one_name() -> None:
    assert len(CASES) >= 150 and len({case["name"] for case in CASES}) == len(CASES)


@pytest.mark.parametrize("number", range(len(CASES)), ids=[case["name"] for case in CASES])
def test_what_is_hostile_is_refused_or_contained_in_a_line(ran: Ran, number: int) -> None:
    case = CASES[number]
    taken = [line for line in ran.of(number) if DATA.match(line)]
    refused = [line for line in ran.of(number) if not DATA.match(line)]
    assert len(refused) <= case.get("lines", 1), refused
    assert taken or refused, "silence"
    if "says" in case:
        assert refused and case["says"] in " ".join(refused)
    if case.get("kept"):
        assert taken and not refused, refused


@pytest.mark.parametrize("number", range(len(CASES)), ids=[case["name"] for case in CASES])
def test_the_good_file_after_it_is_taken_in(ran: Ran, number: int) -> None:
    assert [line.split("\t")[1] for line in ran.out if line.endswith(f"\tcase-{number:03}-good")] == ["new"]


def test_no_line_steers_a_terminal_or_runs_on_or_is_a_traceback(ran: Ran) -> None:
    for line in (*ran.out, *ran.said):
        assert not STEERING.search(line.replace("\t", " ")), ascii(line)
        assert "Traceback" not in line and len(line) < 1_000, line[:300]
    assert all(line.startswith("not added: ") for line in ran.said[: -len(ran.end)]), ran.said
    assert all(line.count("\t") == 2 and line.startswith("report:") for line in ran.out)


def test_the_run_ends_as_one_with_problems_does(ran: Ran) -> None:
    assert ran.code == 1 and " reports: " in ran.end[0]


def test_memory_stays_within_bounds(ran: Ran, here: Path) -> None:
    (here / "idle").mkdir()
    (here / "idle" / "a.txt").write_text("Three people were killed at the well.")
    idle = added(here / "idle-case", here / "idle")
    assert ran.memory - idle.memory < MOST_MEMORY, f"{ran.memory / 1e6:.0f} MB, idle {idle.memory / 1e6:.0f} MB"


def test_nothing_was_written_beside_the_case_and_no_secret_into_it(ran: Ran, here: Path) -> None:
    assert ran.code == 1
    assert [path for path in (*here.rglob("*evil*"), *Path(OUTSIDE).glob("evil*")) if "given" not in path.parts] == []
    secret = Path("/etc/passwd").read_bytes().split(b"\n")[0]
    case = Case(here / "case")
    assert case.verify() == []
    assert not any(secret.decode() in report.text for report in case.reports())
    held = (path for path in (here / "case" / "archive").rglob("*") if path.is_file())
    assert not any(path.read_bytes() == Path("/etc/passwd").read_bytes() for path in held)
