"""Whom a text names that counts no more stays hidden on every page, and is read once and not at each decision."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
import sqlalchemy as sa

from cenotaph.case import Case
from cenotaph.case.settings import Settings
from cenotaph.desk import Desk, filling, tables
from cenotaph.desk.earlier import OF
from cenotaph.intake import Captured
from cenotaph.vocabulary import Decision

WHEN = dt.datetime(2025, 3, 20, tzinfo=dt.UTC)
FIRST = "Seven people were killed in Jableh, Salma Example, a resident, told Example Wire."
THEN = "Nine people were killed in Jableh, a resident told Example Wire."
OTHER = "Four people were wounded in Baniyas, Omar Example, a neighbour, told Example Wire."


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    made = Case.create(tmp_path / "case", settings=Settings(countries=("SY",)))
    told = [("a", FIRST), ("b", OTHER), ("a", THEN)]
    came = [
        Captured(
            text.encode(), "txt", f"r{n}", "web", f"https://example.org/{at}", WHEN + dt.timedelta(days=n),
            url=f"https://example.org/{at}",
        )
        for n, (at, text) in enumerate(told)
    ]  # fmt: skip
    list(made.add(came, who="A"))
    made.build()
    found = Desk(made)
    found.fill()
    return found


def decide(desk: Desk, verb: str, about: str, **details: object) -> Decision:
    return desk.case.decide(Decision("A Reader", dt.datetime.now(dt.UTC), verb, about, "looked", details=details))


def hidden(desk: Desk) -> set[str]:
    return {name for name in ("Salma Example", "Omar Example") if desk.veil.words(name) != name}


def rows(desk: Desk) -> list[str]:
    return sorted(desk.rows(sa.select(tables.hidden.c.group).where(tables.hidden.c.group.startswith(OF)), scalars=True))


def test_whom_an_earlier_version_names_is_hidden(desk: Desk) -> None:
    assert "Salma Example" not in " ".join(one.quote for one in desk.case.claims())
    assert hidden(desk) == {"Salma Example", "Omar Example"} and len(rows(desk)) == 1


@pytest.mark.parametrize("small", [True, False])
def test_whom_a_report_out_of_scope_names_is_hidden_before_and_after_that_is_undone(desk: Desk, small: bool) -> None:
    (other,) = (one.id for one in desk.case.reports() if one.name == "r1")
    made = decide(desk, "triage", other, **{"as": "out of scope"})
    for many in (2, 1):
        if small:
            desk.case.build()
            desk.fill()
        else:
            desk.level()
        assert hidden(desk) == {"Salma Example", "Omar Example"} and len(rows(desk)) == many
        made = decide(desk, "undo", made.id)


def test_a_decision_on_something_else_reads_nothing_again(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    read = list[object]()
    monkeypatch.setattr("cenotaph.desk.earlier.past_of", lambda *_: read.append(1))
    (other,) = (one.id for one in desk.case.reports() if one.name == "r1")
    decide(desk, "triage", other, **{"as": "relevant"})
    desk.level()
    assert hidden(desk) == {"Salma Example", "Omar Example"} and not read


def test_rows_of_an_earlier_form_are_made_anew(desk: Desk) -> None:
    with desk.case.engine.begin() as connection:
        connection.execute(sa.delete(tables.hidden).where(tables.hidden.c.group.startswith(OF)))
    filling.fill(desk.case)
    assert hidden(desk) == {"Salma Example", "Omar Example"}
