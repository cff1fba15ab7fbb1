"""The index of decisions, filled as they come, is what it would be if it were made at once."""

from __future__ import annotations

import datetime as dt
import random
from pathlib import Path

import pytest
import sqlalchemy as sa

from cenotaph.case import Case
from cenotaph.case.settings import Settings
from cenotaph.desk import Desk, history, tables
from cenotaph.intake import Captured
from cenotaph.vocabulary import Decision
from tests.case.many_groups import decided_by_chance, reports
from tests.case.tabled import decision, filled

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


def told(found: history.History, reports: list[str], claims: list[str]) -> list[object]:
    """All that is asked of a history."""
    by_report = [found.of_reports([one]) for one in ("", *reports)]
    newest = [found.newest(one) for one in (*reports, *claims)]
    verbs = [found.of_verbs(one) for one in ("accept", "correct", "triage", "must-link")]
    return [found.all, found.standing, found.made, found.readers, found.triage, by_report, newest, verbs]


@pytest.mark.parametrize("seed", [1, 2])
def test_what_is_known_of_decisions_is_added_to_as_it_would_be_worked_out_anew(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    case = filled(tmp_path / "case", *reports(seed, 6))
    known, claims = [one.id for one in case.reports()], [one.id for one in case.claims()]
    added = 0
    for one in decided_by_chance(case, chance, 15):
        before = history.of(case)
        told(before, known, claims)
        if chance.random() < 0.4:
            about, said = chance.choice(known), chance.choice(("read", "relevant", "nothing new", "out of scope"))
            case.decide(decision("triage", about, **{"as": said}))
        now = history.of(case)
        added += "standing" in now.__dict__
        assert told(now, known, claims) == told(_all_anew(case), known, claims), f"after {one.verb}"
        case.build()
    assert added > 3


def _all_anew(case: Case) -> history.History:
    return history.History(case.carried(case.decisions()).decisions)


def test_decisions_that_came_before_and_after_a_newer_version_stand_on_it(desk: Desk) -> None:
    case = desk.case
    older, later = (
        Captured(f"{before}{TOLD}".encode(), "txt", "r", "folder", "r", WHEN, url="https://wire.example/a")
        for before in ("", "Nobody else was hurt. ")
    )
    list(case.add([older], who="A"))
    case.build()
    desk.fill()
    claim = case.claims()[-1]
    decide(desk, "accept", claim.id)
    _ = desk.history.standing
    list(case.add([later], who="A"))
    case.build()
    desk.fill()
    now = case.claims()[-1]
    assert now.id != claim.id and [one.about for one in desk.history.standing] == [now.id]
    decide(desk, "triage", now.report, **{"as": "relevant"})
    assert [one.about for one in desk.history.standing] == [now.id, now.report]
    assert desk.history.all == _all_anew(case).all
