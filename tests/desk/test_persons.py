"""The rows of people are made level with the case, and made again wherever they are missing."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import sqlalchemy as sa

from cenotaph.case import Case
from cenotaph.desk import Desk, tables
from cenotaph.desk.people import victims, voices
from cenotaph.desk.persons import level, persons, speakers
from cenotaph.desk.settled import lay_aside, reopen
from cenotaph.vocabulary import Decision
from tests.case.simple import captured, filled
from tests.case.test_victims import row, with_list

NOON = dt.datetime(2025, 4, 1, 12, tzinfo=dt.UTC)


def desk_of(case: Case) -> Desk:
    desk = Desk(case)
    desk.fill()
    return desk


def test_a_voice_keeps_its_handle_when_more_comes_in(tmp_path: Path) -> None:
    desk = desk_of(filled(tmp_path / "case", "3 killed at the mill."))
    (before,) = voices(desk).lines
    list(desk.case.add([captured("4 killed at the gate.", name="another")], who="Observer"))
    desk.case.build()
    desk.fill()
    (after,) = voices(desk).lines
    assert (before.claims, after.claims) == (1, 2) and before.handle == after.handle


def test_handles_of_two_cases_differ(tmp_path: Path) -> None:
    one, other = (desk_of(filled(tmp_path / name, "3 killed at the mill.")) for name in ("one", "other"))
    assert voices(one).lines[0].name == voices(other).lines[0].name
    assert voices(one).lines[0].handle != voices(other).lines[0].handle


def test_nothing_is_made_again_that_stands(tmp_path: Path) -> None:
    desk = desk_of(filled(tmp_path / "case", "3 killed at the mill."))
    with desk.case.engine.begin() as connection:
        connection.execute(sa.delete(speakers))
    level(desk.case)
    assert voices(desk).lines == []


def test_a_table_that_was_dropped_is_made_again(tmp_path: Path) -> None:
    desk = desk_of(filled(tmp_path / "case", "3 killed at the mill."))
    with desk.case.engine.begin() as connection:
        persons.drop(connection)
    level(desk.case)
    assert len(voices(desk).lines) == 1 and victims(desk).total == 0


def test_a_list_that_is_forgotten_leaves_nobody(tmp_path: Path) -> None:
    case = with_list(
        Case.create(tmp_path / "case", countries=("SY",)), "First Body", [row(1, {"name": "Salim Example"})]
    )
    desk = desk_of(case)
    assert victims(desk).total == 1
    case.forget(case.reports()[0].id, who="Editor", why="asked by the family")
    desk.fill()
    assert victims(desk).total == 0
    with desk.case.engine.connect() as connection:
        assert not any("Salim" in str(one) for one in connection.execute(sa.select(persons)))


def test_a_settled_problem_is_on_the_list_again_when_its_settlement_is_undone(tmp_path: Path) -> None:
    desk = desk_of(filled(tmp_path / "case", "3 killed at the mill."))
    problem = {"problem": "problem:00", "group": "no group", "report": "", "kind": "day", "stake": 0, "claims": 0,
               "proposes": "", "data": "{}"}  # fmt: skip
    settled = {"decision": "decision:1", "at": "2025", "who": "A", "verb": "settle", "about": "problem:00",
               "report": desk.case.reports()[0].id, "row": "x", "undone": ""}  # fmt: skip
    with desk.case.engine.begin() as connection:
        connection.execute(sa.insert(tables.problems), problem)
        connection.execute(sa.insert(tables.decisions), settled)
    lay_aside(desk.case)
    assert "problem:00" not in desk.rows(sa.select(tables.problems.c.problem), scalars=True)
    groups = len(desk.rows(sa.select(tables.groups)))
    reopen(desk.case)
    assert len(desk.rows(sa.select(tables.groups))) == groups
    with desk.case.engine.begin() as connection:
        connection.execute(sa.update(tables.decisions).values(undone="decision:2"))
    reopen(desk.case)
    assert len(desk.rows(sa.select(tables.groups))) == groups - 1
    desk.fill()
    assert len(desk.rows(sa.select(tables.groups))) == groups


def test_decisions_of_one_person_are_followed(tmp_path: Path) -> None:
    person = {"name": "Salim Ahmad Example", "fate": "killed", "day": "2025-03-07", "sex": "male", "age": "34"}
    case = with_list(Case.create(tmp_path / "case", countries=("SY",)), "First Body", [row(1, person)])
    case = with_list(case, "Second Body", [row(2, person)])
    desk = desk_of(case)
    first, second = (one.rows[0] for one in victims(desk).lines)
    details = {"with": second, "as": "same person"}
    case.decide(Decision("A Reader", NOON, "must-link", first, "the family says so", details=details))
    case.build()
    desk.fill()
    assert victims(desk).total == 1 and len(victims(desk).lines[0].rows) == 2
