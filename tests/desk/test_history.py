"""The index of decisions, filled as they come, is what it would be if it were made at once."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
import sqlalchemy as sa

from cenotaph.case import Case
from cenotaph.case.settings import Settings
from cenotaph.desk import Desk, history, tables
from cenotaph.intake import Captured
from cenotaph.vocabulary import Decision

WHEN = dt.datetime(2025, 3, 20, tzinfo=dt.UTC)
TOLD = "Seven people were killed in Jableh, Salma Example, a resident, told Example Wire."


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    made = Case.create(tmp_path / "case", settings=Settings(countries=("SY",)))
    list(made.add([Captured(TOLD.encode(), "txt", "r", "folder", "r", WHEN)], who="A"))
    made.build()
    found = Desk(made)
    found.fill()
    return found


def decide(desk: Desk, verb: str, about: str, **details: object) -> Decision:
    made = desk.case.decide(Decision("A Reader", dt.datetime.now(dt.UTC), verb, about, "looked", details=details))
    desk.level()
    return made


def index(desk: Desk) -> list[dict[str, str]]:
    return [dict(row) for row in desk.rows(sa.select(tables.decisions).order_by(tables.decisions.c.decision))]


def anew(desk: Desk) -> list[dict[str, str]]:
    with desk.case.engine.begin() as connection:
        connection.execute(sa.delete(tables.decisions))
        tables.put(connection, history.REACHED, '[{}, ""]')
    history.fill(desk.case)
    return index(desk)


def test_what_is_taken_back_and_taken_back_again_is_told_as_if_all_came_at_once(desk: Desk) -> None:
    (claim,) = desk.case.claims()
    made = decide(desk, "accept", claim.id)
    back = decide(desk, "undo", made.id)
    assert {row["decision"]: row["undone"] for row in index(desk)} == {made.id: back.id, back.id: ""}
    again = decide(desk, "undo", back.id)
    found = index(desk)
    assert {row["decision"]: row["undone"] for row in found} == {made.id: "", back.id: again.id, again.id: ""}
    assert anew(desk) == found
    assert [one.id for one in desk.history.all] == [made.id, back.id, again.id]


def test_only_what_came_since_is_read(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    (claim,) = desk.case.claims()
    decide(desk, "accept", claim.id)
    read = list[str]()
    whole = history._row
    monkeypatch.setattr(history, "_row", lambda row, one: read.append(one.verb) or whole(row, one))  # type: ignore[func-returns-value]
    decide(desk, "triage", claim.report, **{"as": "relevant"})
    assert read == ["triage"] and len(index(desk)) == 2


def test_after_something_was_forgotten_all_is_read_again(desk: Desk) -> None:
    (claim,) = desk.case.claims()
    decide(desk, "accept", claim.id)
    desk.case.forget(claim.report, who="A Reader", why="the family asked")
    desk.fill()
    assert index(desk) == anew(desk)
    assert [one.id for one in desk.history.all] == [one.id for one in desk.case.decisions()]


def test_two_desks_of_one_case_remember_the_same(desk: Desk) -> None:
    other = Desk(desk.case)
    (claim,) = desk.case.claims()
    decide(desk, "accept", claim.id)
    assert [one.verb for one in other.history.all] == ["accept"]
    stranger = Desk(desk.case.folder)
    decide(stranger, "triage", claim.report, **{"as": "read"})
    assert [one.verb for one in desk.history.all] == ["accept", "triage"]
