"""Whom the desk hides is whom the whole case hides: after people agree and take it back, and where a reader changed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import sqlalchemy as sa

from cenotaph.desk import Desk, tables
from cenotaph.vocabulary import Decision
from tests.case.tabled import HARBOUR, again, captured, claim, decide, decision, filled

SALMA = "Salma Example"
ROW = HARBOUR | {"resident": SALMA, "known": SALMA}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """One claim that a private person answers for, and one that she does not."""
    case = filled(tmp_path / "case", captured(ROW, name="first"), captured(HARBOUR | {"exact": 9}, name="second"))
    found = Desk(case)
    found.fill()
    return found


def done(desk: Desk, *decisions: Decision) -> list[Decision]:
    taken = decide(desk.case, *decisions)
    desk.fill()
    return taken


def same(desk: Desk) -> None:
    """The desk hides no less than the case, and describes the same voices."""
    whole, mine = Desk(desk.case.folder).case.state().hidden(), desk.veil.hidden
    assert whole.names <= mine.names and whole.consented == mine.consented
    assert {key: set(words) for key, words in whole.described.items() if words} == {
        key: set(words) for key, words in mine.described.items() if words
    }


def test_whoever_takes_back_that_they_may_be_named_is_hidden_again(desk: Desk) -> None:
    assert SALMA in desk.veil.hidden.names
    (agreed,) = done(desk, decision("protect", SALMA, consent=["publish"]))
    assert SALMA not in desk.veil.hidden.names
    done(desk, decision("accept", claim(desk.case, 31)))  # her group is told anew while she agrees
    done(desk, decision("undo", agreed.id))
    assert SALMA in desk.veil.hidden.names
    same(desk)


def test_so_it_is_where_rows_of_an_earlier_program_knew_of_her_consent(desk: Desk) -> None:
    (agreed,) = done(desk, decision("protect", SALMA, consent=["publish"]))
    table = tables.hidden.c
    with desk.case.engine.begin() as connection:
        for row in connection.execute(sa.select(tables.hidden)).all():
            told = json.loads(row.data)
            told |= {"names": [one for one in told["names"] if one != SALMA], "consented": [SALMA.casefold()]}
            connection.execute(sa.update(tables.hidden).where(table.group == row.group).values(data=json.dumps(told)))
    done(desk, decision("undo", agreed.id))
    assert SALMA in desk.veil.hidden.names


def test_a_claim_that_people_hold_on_to_hides_its_voices_where_the_reader_gives_it_another_id(desk: Desk) -> None:
    kept = claim(desk.case, 31)
    done(desk, decision("accept", kept))
    newer = Desk(again(desk.case))
    newer.fill()
    assert claim(newer.case, 31) == kept
    rows = newer.rows(sa.select(tables.claims.c.claim).where(tables.claims.c.claim == kept), scalars=True)
    assert list(rows) == [kept]
    same(newer)
