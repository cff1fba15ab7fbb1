"""What pages are drawn from says what the whole case says: the same tolls, people hidden, and problems."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
import sqlalchemy as sa

from cenotaph.case import Case, Moved
from cenotaph.case.settings import Settings
from cenotaph.desk import Desk, tables
from cenotaph.intake import Captured
from cenotaph.vocabulary import Decision
from tests.desk.told import TOLD

WHEN = dt.datetime(2025, 3, 20, tzinfo=dt.UTC)


def _captured(number: int, text: str, **known: object) -> Captured:
    return Captured(text.encode(), "txt", f"r{number}", "folder", f"r{number}.txt", WHEN, **known)  # type: ignore[arg-type]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A case of a few reports with private people in them, built and filled."""
    case = Case.create(tmp_path / "case", settings=Settings(title="Example", countries=("SY",)))
    days = (dt.date(2025, 3, 8) + dt.timedelta(days=n) for n in range(len(TOLD)))
    told = zip(TOLD, days, strict=True)
    list(case.add([_captured(n, one, published=day, outlet=f"Wire {n}") for n, (one, day) in enumerate(told)], who="A"))
    case.build()
    found = Desk(case)
    found.fill()
    return found


def _decide(desk: Desk, verb: str, about: str, **details: object) -> None:
    desk.case.decide(Decision("A Reader", dt.datetime.now(dt.UTC), verb, about, "because", details=details))
    desk.case.build()
    desk.fill()


def _same(desk: Desk) -> None:
    """All groups together are the case."""
    whole = Desk(desk.case.folder).case.state()
    groups = desk.rows(sa.select(tables.groups.c.group), scalars=True)
    part = desk.part(groups=groups).state()
    assert {key: part.claims[key] for key in whole.claims} == dict(whole.claims)
    assert part.tolls == whole.tolls
    assert {key: one.root for key, one in part.linked.roots.items() if key in whole.claims} == {
        key: one.root for key, one in whole.linked.roots.items()
    }
    hidden, full = desk.veil.hidden, whole.hidden()
    assert full.names <= hidden.names and full.phrases == hidden.phrases and full.consented == hidden.consented
    shown = set(desk.rows(sa.select(tables.problems.c.problem), scalars=True))
    assert {one.id for one in whole.problems} <= shown | {one.id for one in whole.assessments()[1]}


def test_all_groups_together_are_the_case(desk: Desk) -> None:
    assert desk.rows(sa.select(sa.func.count().label("n")).select_from(tables.claims))[0]["n"] > 3
    _same(desk)


def test_they_are_so_after_each_decision_and_after_it_is_undone(desk: Desk) -> None:
    claims = desk.case.claims()
    _decide(desk, "reject", claims[0].id)
    _same(desk)
    _decide(desk, "accept", claims[1].id)
    _same(desk)
    _decide(desk, "protect", "Salma Example", also=["Umm Sami"])
    assert "Salma Example" in desk.veil.hidden.names
    _same(desk)
    _decide(desk, "undo", desk.case.decisions()[0].id)
    _same(desk)
    _decide(desk, "triage", desk.case.reports()[1].id, **{"as": "out of scope"})
    _same(desk)


def test_tables_made_anew_hold_what_tables_kept_level_hold(desk: Desk) -> None:
    claims = desk.case.claims()
    _decide(desk, "reject", claims[0].id)
    list(desk.case.add([_captured(99, TOLD[0].replace("Seven", "Eight"))], who="A"))
    desk.case.build()
    desk.fill()
    level = _all(desk)
    with desk.case.engine.begin() as connection:
        tables.drop(connection)
    fresh = Desk(desk.case.folder)
    fresh.fill()
    assert _all(fresh) == level


NOT_COMPARED = ("desk_meta", "desk_terms", "desk_speakers")
"""The number of times that the tables changed, words that stay once met, and handles that are salted anew."""


def _all(desk: Desk) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table that is compared."""
    wanted = [one for one in tables.metadata.sorted_tables if one.name not in NOT_COMPARED]
    with desk.case.engine.connect() as connection:
        return {one.name: sorted(map(tuple, connection.execute(sa.select(one))), key=repr) for one in wanted}


def test_of_two_who_decide_on_one_thing_the_second_is_told(desk: Desk) -> None:
    claim = desk.case.claims()[0]
    part = desk.part(reports=[claim.report])
    first = Decision("One", dt.datetime.now(dt.UTC), "accept", claim.id, "read")
    second = Decision("Other", dt.datetime.now(dt.UTC), "reject", claim.id, "not a figure")
    desk.decide([first], part=part, seen={claim.id: ""})
    with pytest.raises(Moved) as told:
        desk.decide([second], part=desk.part(reports=[claim.report]), seen={claim.id: ""})
    assert [one.who for one in told.value.since] == ["One"]
    newest = desk.history.all[-1].id
    desk.decide([second], part=desk.part(reports=[claim.report]), seen={claim.id: newest})
    assert [one.who for one in desk.case.decisions()] == ["One", "Other"]


def test_what_is_forgotten_is_in_no_table_of_the_desk(desk: Desk) -> None:
    report = desk.case.reports()[0]
    desk.case.forget(report.id, who="A Reader", why="asked for")
    raw = (desk.case.folder / "case.db").read_bytes() + b"".join(
        one.read_bytes() for one in desk.case.folder.glob("case.db-*")
    )
    assert b"Salma" not in raw
    again = Desk(desk.case.folder)
    again.fill()
    assert report.id not in again.rows(sa.select(tables.reports.c.report), scalars=True)


def test_a_decision_that_another_process_wrote_is_seen(desk: Desk) -> None:
    assert desk.history.all == []
    other = Case(desk.case.folder)
    other.decide(Decision("Other", dt.datetime.now(dt.UTC), "accept", other.claims()[0].id, "read"))
    assert [one.who for one in desk.history.all] == ["Other"]
