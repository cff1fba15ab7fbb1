"""The server is killed with -9 while people decide: every decision that was acknowledged is in the journal."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import httpx2
import pytest

from cenotaph.case import Case
from cenotaph.desk import Desk
from tests.web.small import copy_of, make_small, windows

SLOWEST = 60
"""Seconds until the server listens, on a machine that does much else."""
ACKNOWLEDGED = 12
"""Decisions after which it is killed."""
AT_ONCE = 4


@dataclass
class Server:
    process: subprocess.Popen[str]
    base: str
    key: str


@pytest.fixture(scope="module")
def small_case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_small(tmp_path_factory.mktemp("desk") / "small")


@pytest.fixture
def folder(small_case: Path, tmp_path: Path) -> Path:
    copy_of(small_case, tmp_path / "small").case.engine.dispose()
    return tmp_path / "small"


@pytest.fixture
def server(folder: Path, tmp_path: Path) -> Iterator[Server]:
    """`cenotaph serve`, as a process of its own."""
    command = [sys.executable, "-m", "cenotaph", "serve", str(folder), "--no-browser", "--who", "A Reader"]
    told = tmp_path / "told.txt"
    with told.open("w") as talk:
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=talk, text=True, start_new_session=True)
    try:
        assert process.stdout is not None
        link = process.stdout.readline()
        until = time.monotonic() + SLOWEST
        while "Bearer" not in told.read_text():
            assert process.poll() is None and time.monotonic() < until, told.read_text()
            time.sleep(0.05)
        key = re.search(r"Bearer (\S+)", told.read_text())
        assert key is not None and link.startswith("http://127.0.0.1:")
        yield Server(process, link.split("/enter")[0], key[1])
    finally:
        if process.poll() is None:
            os.kill(process.pid, signal.SIGKILL)
        process.wait()


def test_what_was_acknowledged_is_in_the_journal_after_a_kill(server: Server, folder: Path) -> None:
    claims = [one.id for one in Case(folder).claims()]
    acknowledged: list[str] = []
    sent: list[str] = []
    enough, killed = threading.Event(), threading.Event()

    def decide(worker: int) -> None:
        headers = {"authorization": f"Bearer {server.key}", "x-cenotaph-who": f"Reader {worker}"}
        with httpx2.Client(base_url=server.base, headers=headers, timeout=SLOWEST) as client:
            for turn in range(10_000):
                why = f"reader {worker}, turn {turn}"
                one = {"verb": "accept", "about": claims[turn % len(claims)], "why": why}
                sent.append(why)
                try:
                    answer = client.post("/api/v1/decisions", json={"decisions": [one]})
                except httpx2.TransportError:
                    assert killed.is_set(), "the server went away before it was killed"
                    return
                assert answer.status_code == 201, answer.text
                acknowledged.append(why)
                if len(acknowledged) >= ACKNOWLEDGED:
                    enough.set()  # and goes on: the server is killed while it writes

    with ThreadPoolExecutor(AT_ONCE) as pool:
        work = [pool.submit(decide, one) for one in range(AT_ONCE)]
        assert enough.wait(SLOWEST * 2), [one.exception() for one in work if one.done()]
        killed.set()
        os.kill(server.process.pid, signal.SIGKILL)
        for one in work:
            one.result()
    case = Case(folder)
    held = [one.why for one in case.decisions()]
    assert len(acknowledged) >= ACKNOWLEDGED
    assert set(acknowledged) <= set(held) <= set(sent) and len(held) == len(set(held))
    assert case.verify() == []
    case.build()
    (client,) = windows(Desk(case), "A Reader")
    Desk(case).fill()
    assert client.get("/api/v1/journal").json()["total"] == len(held)
