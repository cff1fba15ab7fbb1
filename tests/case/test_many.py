"""Many things in one batch are kept as if one came after the other; what is held is known however the index stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import sqlalchemy as sa

from cenotaph.case import Case
from cenotaph.case.batches import HEAVIEST, MOST, batches
from cenotaph.case.tables import caught_up, held
from cenotaph.intake import Captured
from cenotaph.vocabulary import Problem
from tests.case.simple import READER, captured, new_case

PAGE = "https://wire.example/a"


def statuses(case: Case, *items: Captured | Problem) -> list[str]:
    return [one.status for one in case.add(items, who="Observer")]


def advert(text: str, bytes_: str) -> Captured:
    """The same words in other bytes: blank lines at the end are no words."""
    return replace(captured(text, url=PAGE), content=(text + bytes_).encode())


def test_what_comes_twice_in_one_batch_is_taken_in_once(tmp_path: Path) -> None:
    case = new_case(tmp_path / "case")
    assert statuses(case, captured("3 killed."), captured("4 killed."), captured("3 killed.")) == [
        "new", "new", "same bytes",
    ]  # fmt: skip
    assert len(case.reports()) == 2 and case.verify() == []


def test_versions_within_one_batch_follow_each_other(tmp_path: Path) -> None:
    case = new_case(tmp_path / "case")
    found = statuses(case, *(captured(f"{n} killed.", url=PAGE) for n in (3, 4, 5)))
    first, second, third = case.reports()
    assert found == ["new", "new version", "new version"]
    assert (first.version_of, second.version_of, third.version_of) == ("", first.id, second.id)
    case.build()
    assert [claim.quantity.base for claim in case.claims()] == [5]


def test_the_same_words_in_other_bytes_are_nothing_new_and_still_count(tmp_path: Path) -> None:
    case = new_case(tmp_path / "case")
    assert statuses(case, advert("3 killed.", ""), advert("3 killed.", "\n\n")) == ["new", "same text"]
    assert statuses(case, advert("3 killed.", "\n\n\n")) == ["same text"]
    case.build()
    assert [claim.quantity.base for claim in case.claims()] == [3]
    assert len(case.archive.hashes()) == 1 and case.verify() == []


def test_problems_among_many_stand_in_their_places(tmp_path: Path) -> None:
    case = new_case(tmp_path / "case")
    found = statuses(case, captured("3 killed."), Problem("empty", "x"), captured(" "), captured("4 killed."))
    assert found == ["new", "problem", "problem", "new"]


def test_what_is_given_back_is_kept_already(tmp_path: Path) -> None:
    case = new_case(tmp_path / "case")
    adding = case.add((captured(f"{n} killed.") for n in range(10, 10 + 2 * MOST)), who="Observer")
    given = {next(adding).report_id for _ in range(MOST)}
    assert given <= {one.id for one in Case(case.folder, reader=READER).reports()}


def test_what_came_over_a_wire_is_kept_before_more_is_asked_for(tmp_path: Path) -> None:
    case = new_case(tmp_path / "case")
    held_before: list[int] = []

    def wire() -> Iterator[Captured]:
        for n in (3, 4, 5):
            held_before.append(len(Case(case.folder, reader=READER).reports()))
            yield replace(captured(f"{n} killed."), original=PAGE)

    assert statuses(case, *[]) == [] and [one.status for one in case.add(wire(), who="Observer")] == ["new"] * 3
    assert held_before == [0, 1, 2]


def test_a_batch_is_closed_when_it_is_heavy() -> None:
    large = replace(captured("x"), content=bytes(HEAVIEST))
    assert [len(one) for one in batches([captured("1"), large, captured("2")])] == [2, 1]


def test_an_index_that_is_lost_is_made_again_from_the_journal(tmp_path: Path) -> None:
    case = new_case(tmp_path / "case")
    statuses(case, captured("3 killed.", url=PAGE))
    with case.engine.begin() as connection:
        for table in (held, caught_up):
            connection.execute(sa.delete(table))
    again = Case(case.folder, reader=READER)
    assert statuses(again, captured("3 killed.", url=PAGE), captured("4 killed.", url=PAGE)) == [
        "same bytes", "new version",
    ]  # fmt: skip


def test_what_was_forgotten_stands_in_no_index(tmp_path: Path) -> None:
    case = new_case(tmp_path / "case")
    (added,) = case.add([captured("3 killed.", url=PAGE)], who="Observer")
    statuses(case, captured("9 killed."))  # the index is brought up to the journal when something is added
    case.forget(added.report_id, who="Observer", why="asked for")
    with case.engine.connect() as connection:
        rows = connection.execute(sa.select(held)).all()
    assert all(row.report != added.report_id for row in rows) and PAGE not in str(rows)
    assert statuses(case, captured("3 killed.", url=PAGE)) == ["problem"]


def test_leftovers_of_a_run_that_was_killed_are_cleared_by_the_next(tmp_path: Path) -> None:
    case = new_case(tmp_path / "case")
    statuses(case, captured("3 killed."))
    folder = next(path for path in case.archive.folder.iterdir() if path.is_dir())
    (folder / f"{'0' * 64}.12345678.part").write_bytes(b"half")
    statuses(Case(case.folder, reader=READER), captured("4 killed."))
    assert not list(case.archive.folder.rglob("*.part"))
