"""A sheet that comes back is taken whole or not at all, and never over what another decided meanwhile."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from cenotaph.case import Case, CaseError, Moved
from cenotaph.desk import Desk
from cenotaph.desk.incoming import take_returned
from cenotaph.plain import dump
from cenotaph.vocabulary import Decision
from tests.case.tabled import COAST, HARBOUR, captured, claim, decision, filled
from tests.cli.sheeted import saved
from tests.desk.test_returning import WHO, desk_of, exported, seen_by


@pytest.fixture
def small(tmp_path: Path) -> Desk:
    note = {"note": "some 33 men at the quay", "status": "civilian"}
    filled(tmp_path / "case", captured(HARBOUR | note, name="first"), captured(COAST, name="second"))
    return desk_of(tmp_path / "case")


def _came(desk: Desk, edits: Mapping[tuple[int, str], Any]) -> bytes:
    told = {("claims", claim(desk.case, figure), column): new for (figure, column), new in edits.items()}
    return saved(exported(desk), told)


def _other(desk: Desk, verb: str, about: str, **details: Any) -> None:
    desk.case.decide(decision(verb, about, who="Another", **details))
    desk.case.build()
    desk.fill()


def _fixed(desk: Desk, figure: int, base: int) -> None:
    one = next(one for one in desk.case.claims() if one.quantity.base == figure)
    _other(desk, "correct", one.id, claim=dump(replace(one, quantity=replace(one.quantity, base=base))))


def test_what_another_changed_since_the_export_stays_and_the_rest_is_taken(small: Desk) -> None:
    content = _came(small, {(31, "sex"): "male", (745, "base"): 700})
    _fixed(small, 31, 32)
    take_returned(small, seen_by(small, content), "a test")
    found = {one.quantity.base: one for one in small.case.claims()}
    assert found.keys() == {32, 700} and found[32].group.sex == "male"
    assert [(one.who, one.verb) for one in small.case.decisions()] == [
        ("Another", "correct"), (WHO, "correct"), (WHO, "correct"),
    ]  # fmt: skip


def test_a_cell_that_both_changed_is_told_and_its_row_is_not_taken(small: Desk) -> None:
    content = _came(small, {(31, "base"): 33, (745, "base"): 700})
    _fixed(small, 31, 32)
    found = seen_by(small, content)
    assert [one.row.sheet for one in found.asked] == ["claims"]
    assert "since the export in the case as well" in found.problems[0].what
    take_returned(small, found, "a test")
    assert {one.quantity.base for one in small.case.claims()} == {32, 700}


def test_a_decision_between_the_look_and_the_taking_stops_all_of_it(small: Desk) -> None:
    content = _came(small, {(31, "base"): 33, (745, "base"): 700})
    found = seen_by(small, content)
    _fixed(small, 745, 701)
    before = small.case.decisions()
    with pytest.raises(Moved) as told:
        take_returned(small, found, "a test")
    assert [one.who for one in told.value.since] == ["Another"]
    assert small.case.decisions() == before
    again = seen_by(small, content)
    assert again.mark != found.mark and len(again.asked) == 1
    take_returned(small, again, "a test")
    assert {one.quantity.base for one in small.case.claims()} == {33, 701}


def test_one_on_something_else_stops_nothing(small: Desk) -> None:
    found = seen_by(small, _came(small, {(31, "base"): 33}))
    _other(small, "protect", "Sami Placeholder")
    take_returned(small, found, "a test")
    assert {one.quantity.base for one in small.case.claims()} == {33, 745}


@pytest.mark.parametrize("why", ["", "  "])
def test_nobody_decides_without_a_reason(small: Desk, why: str) -> None:
    with pytest.raises(CaseError, match="no reason"):
        take_returned(small, seen_by(small, _came(small, {(31, "base"): 33})), why)
    assert small.case.decisions() == []


def test_a_row_gives_its_own_reason(small: Desk) -> None:
    found = seen_by(small, _came(small, {(31, "base"): 33, (31, "why"): "the list has 33 names"}))
    (made,) = take_returned(small, found, "")
    assert (made.why, made.who) == ("the list has 33 names", WHO)


def test_the_same_file_twice_decides_once(small: Desk) -> None:
    content = _came(small, {(31, "base"): 33, (745, "decide"): "accept"})
    take_returned(small, seen_by(small, content), "a test")
    small.case.build()
    small.fill()
    again = seen_by(small, content)
    assert not again.asked and not again.problems
    assert take_returned(small, again, "a test") == []


def test_no_part_of_the_case_is_loaded_but_what_stands_in_the_file(
    small: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def whole(*_: object, **__: object) -> list[Decision]:
        raise AssertionError("the whole case is asked for")

    content = _came(small, {(31, "base"): 33, (745, "decide"): "reject"})
    for name in ("state", "claims", "read_claims", "reports", "victims", "linked", "tolls", "problems", "answers"):
        monkeypatch.setattr(Case, name, whole)
    found = seen_by(small, content)
    assert [one.verb for one in take_returned(small, found, "a test")] == ["correct", "reject"]
