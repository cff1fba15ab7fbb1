"""A team's case lies in PostgreSQL by one line in case.toml; checked against a real server."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from cenotaph.case import Case
from tests.case.simple import READER, captured
from tests.case.test_case import decision

BIN = max(Path("/usr/lib/postgresql").glob("*/bin"), default=None) if Path("/usr/lib/postgresql").exists() else None


def _run(*command: str) -> None:
    user = "postgres" if os.geteuid() == 0 else None
    subprocess.run(command, check=True, capture_output=True, user=user, cwd="/")


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    if BIN is None or not (BIN / "initdb").exists():
        pytest.skip("no PostgreSQL server is installed (Debian: apt-get install postgresql)")
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    data = str(folder / "data")
    _run(str(BIN / "initdb"), "-D", data, "-A", "trust", "-U", "postgres", "--no-sync")
    options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off"
    _run(str(BIN / "pg_ctl"), "-D", data, "-w", "-o", options, "-l", str(folder / "log"), "start")
    try:
        yield f"postgresql://postgres@127.0.0.1:{port}/postgres"
    finally:
        _run(str(BIN / "pg_ctl"), "-D", data, "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


def test_a_team_case_is_taken_in_built_decided_forgotten_and_verified(server: str, tmp_path: Path) -> None:
    case = Case.create(tmp_path / "case", store=server, reader=READER)
    added = list(case.add([captured("3 killed."), captured("4 killed."), captured("3 killed.")], who="Observer"))
    assert [one.status for one in added] == ["new", "new", "same bytes"]
    case.build()
    case.decide(decision("accept", case.claims()[0].id))
    assert case.forget(case.reports()[1].id, who="Editor", why="a reason")
    again = Case(tmp_path / "case", reader=READER)
    assert [claim.quantity.base for claim in again.claims()] == [3]
    assert again.verify() == []
    for statement in ("UPDATE journal SET who = 'x'", "DELETE FROM payloads", "TRUNCATE journal"):
        with again.engine.connect() as connection, pytest.raises(sa.exc.DBAPIError, match="can only grow"):
            connection.exec_driver_sql(statement)
    assert again.verify() == []
