"""A team's case lies in PostgreSQL by one line in case.toml; checked against a real server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from cenotaph.case import Case
from tests.case.simple import READER, captured
from tests.case.test_case import decision
from tests.postgres import postgres


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with postgres() as found:
        yield found


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
