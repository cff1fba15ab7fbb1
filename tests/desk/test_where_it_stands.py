"""By one word a page sees whether anything came to the journal since."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

import pytest
import sqlalchemy as sa

from cenotaph.case import Case
from cenotaph.case.tables import journal, writing
from cenotaph.desk.history import stands_at
from cenotaph.desk.looking import look_again, looking
from cenotaph.intake import Captured

WHEN = dt.datetime(2025, 3, 20, tzinfo=dt.UTC)


@pytest.fixture
def case(tmp_path: Path) -> Case:
    made = Case.create(tmp_path / "case")
    list(made.add([Captured(b"Seven people were killed.", "txt", "r", "folder", "r", WHEN)], who="A"))
    return made


def one_more(case: Case, chain: str, seq: int) -> None:
    """A row as another copy of the case would bring it."""
    with writing(case.engine) as connection:
        row = dict(connection.execute(sa.select(journal).limit(1)).mappings().one())
        named = {"hash": f"{chain}{seq}", "prev": f"before {chain}{seq}", "chain": chain, "seq": seq}
        connection.execute(sa.insert(journal), {**row, **named})


@pytest.mark.parametrize(
    "rows",
    [[("a", 1)], [("a", 1), ("a", 2)], [("a", 1), ("z", 1), ("a", 2), ("z", 2)], [("z", 1), ("a", 1), ("m", 1)],
     [("z", 9), ("z", 10)]],
)  # fmt: skip
def test_it_changes_with_every_row_of_any_chain(rows: Sequence[tuple[str, int]], case: Case) -> None:
    seen = [stands_at(case)]
    for chain, seq in rows:
        one_more(case, chain, seq)
        seen.append(stands_at(case))
    assert len(set(seen)) == len(rows) + 1


def test_it_names_the_last_row_of_each_chain_and_no_other(case: Case) -> None:
    for chain, seq in (("z", 2), ("a", 1), ("z", 10), ("z", 9)):
        one_more(case, chain, seq)
    with case.engine.connect() as connection:
        tails = case.book.tails(connection)
    assert len(tails) == 3
    assert stands_at(case).split() == [newest for _, (_, newest) in sorted(tails.items())]


def test_of_a_journal_that_holds_nothing_it_is_nothing(tmp_path: Path) -> None:
    assert stands_at(Case.create(tmp_path / "empty")) == ""


def test_while_one_page_is_made_it_stays_unless_something_is_written(case: Case) -> None:
    with looking():
        before = stands_at(case)
        one_more(case, "a", 1)
        assert stands_at(case) == before
        look_again()
        assert stands_at(case) != before
