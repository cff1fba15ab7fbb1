"""A program that is killed loses nothing and does nothing twice; two that write at once do not harm each other."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

from cenotaph.case import Case
from tests.case.simple import READER, new_case
from tests.case.worker import TEXTS

ROOT = Path(__file__).resolve().parents[2]


def started(folder: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.case.worker", str(folder)]
    worker = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert worker.stdout is not None
    assert worker.stdout.readline() == "open\n"  # killed while it works, not while Python starts
    return worker


def whole(case: Case) -> bool:
    bases = sorted(claim.quantity.base or 0 for claim in case.claims())
    return bases == list(range(10, 50)) and len(case.reports()) == len(TEXTS) and case.verify() == []


def test_killed_at_fifty_moments_and_begun_again_nothing_is_lost_or_twice(tmp_path: Path) -> None:
    case = new_case(tmp_path / "case")
    begun = time.monotonic()
    first = started(new_case(tmp_path / "full").folder)
    first.wait()
    length = time.monotonic() - begun
    chance = random.Random(8)
    for _ in range(50):
        worker = started(case.folder)
        time.sleep(chance.random() * length / 10)
        os.kill(worker.pid, signal.SIGKILL)
        worker.wait()
        found = Case(case.folder, reader=READER).verify()
        assert all("an add was interrupted" in line for line in found) and len(found) < 2, found
    assert started(case.folder).wait() == 0
    assert whole(Case(case.folder, reader=READER))


def test_two_programs_that_add_at_once_keep_one_whole_case(tmp_path: Path) -> None:
    case = new_case(tmp_path / "case")
    workers = [started(case.folder), started(case.folder)]
    assert [worker.wait() for worker in workers] == [0, 0]
    assert whole(Case(case.folder, reader=READER))
