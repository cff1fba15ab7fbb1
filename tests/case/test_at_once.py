"""What is decided is worked out in the groups that it touches, and is there what a build of everything makes of it."""

from __future__ import annotations

import random
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest
import sqlalchemy as sa

from cenotaph.case import Case, at_once, cache, tables, worked
from cenotaph.desk.history import History
from cenotaph.vocabulary import Decision
from tests.case.many_groups import decided_by_chance, reports
from tests.case.tabled import COAST, HARBOUR, assessed, captured, claim, decide, decision, filled, reader, two_incidents

GROUPED = (tables.group_keys, *tables.GROUPED)
SEEDS = range(4)
STEPS = 9
Rows = Mapping[str, set[tuple[object, ...]]]


def _past(case: Case) -> History:
    return History(case.carried(case.decisions()).decisions)


def _work_out(case: Case) -> at_once.AtOnce:
    return at_once.work_out(case, _past(case))


def _rows(case: Case) -> Rows:
    with case.engine.connect() as connection:
        return {one.name: {tuple(row) for row in connection.execute(sa.select(one))} for one in GROUPED}


def _anew(case: Case, folder: Path) -> Case:
    """The same case, everything in it built from nothing."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(case.folder, folder)
    other = Case(folder, reader=reader())
    with other.engine.begin() as connection:
        cache.clear_made(connection)
    other.build()
    return other


def _left(case: Case) -> dict[str, bool]:
    with case.engine.connect() as connection:
        return {one.decision: one.whole for one in worked.left(connection)}


@pytest.mark.parametrize("seed", SEEDS)
def test_after_any_decisions_what_was_worked_out_is_what_a_build_of_everything_makes(seed: int, tmp_path: Path) -> None:
    case = filled(tmp_path / "case", *reports(seed, 14))
    done = 0
    for one in decided_by_chance(case, random.Random(seed), STEPS):
        _work_out(case)
        if any(_left(case).values()):  # told on every page: it waits as a whole
            case.build()
            continue
        done += 1
        assert _rows(case) == _rows(_anew(case, tmp_path / "anew")), f"after {one.verb} {one.about}"
    assert done > STEPS // 2


@pytest.mark.parametrize("seed", [12, 14])
def test_what_does_not_wait_is_what_a_build_makes_however_few_groups_are_looked_at(
    seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a large case only some of the groups near a decision are worked out with it."""
    monkeypatch.setattr(at_once, "MOST", 12)
    case = filled(tmp_path / "case", *reports(seed, 14))
    for one in decided_by_chance(case, random.Random(seed), STEPS):
        _work_out(case)
        level = _rows(case) == _rows(_anew(case, tmp_path / "anew"))
        assert level or one.id in _left(case), f"after {one.verb} {one.about}"
        if not level:
            case.build()


def _touched(case: Case, *decided: Decision) -> set[str]:
    for one in decided:
        case.decide(one)
    return set(_work_out(case).groups)


def test_a_corrected_figure_changes_the_group_it_is_in_and_no_other(tmp_path: Path) -> None:
    case = two_incidents(tmp_path)
    before = _rows(case)["group_tolls"]
    found = _touched(case, decision("reject", claim(case, 9)))
    assert len(found) == 1
    assert {row for row in before if row[0] not in found} == _rows(case)["group_tolls"]


def test_what_changes_no_claim_leaves_nothing_for_a_build(tmp_path: Path) -> None:
    case = two_incidents(tmp_path)
    home = next(one.id for one in case.linked().incidents if claim(case, 31) in one.claims)
    related = decision("relate", "Monitor", **{"with": "a monitor"}, independence="assumed")
    graded, protected = decision("grade", home, word="fair"), decision("protect", "Salma Example")
    accepted = decision("accept", claim(case, 31))
    _touched(case, accepted, assessed(home, [claim(case, 31)]), graded, protected, related)
    assert _left(case) == {}
    assert _rows(case) == _rows(_anew(case, tmp_path / "anew"))


def test_a_correction_notes_that_more_may_follow_elsewhere_until_a_build(tmp_path: Path) -> None:
    case = two_incidents(tmp_path)
    one = case.decide(decision("reject", claim(case, 9)))
    _work_out(case)
    assert _left(case) == {one.id: False}
    case.build()
    assert _left(case) == {}


@pytest.mark.parametrize("about", ["Monitor", "a monitor"])
def test_whose_voice_a_name_is_everywhere_waits_as_a_whole(tmp_path: Path, about: str) -> None:
    case = two_incidents(tmp_path)
    before = _rows(case)
    one = case.decide(decision("alias", about, canonical="Observatory"))
    assert not _work_out(case).groups and _rows(case) == before
    undone = case.decide(decision("undo", one.id))
    assert not _work_out(case).groups
    assert _left(case) == {one.id: True, undone.id: True}


def test_what_is_decided_while_something_waits_is_still_worked_out(tmp_path: Path) -> None:
    case = two_incidents(tmp_path)
    _touched(case, decision("alias", "Monitor", canonical="Observatory"))
    assert len(_touched(case, decision("reject", claim(case, 9)))) == 1
    case.build()
    assert _rows(case) == _rows(_anew(case, tmp_path / "anew"))


def test_reports_that_no_build_has_read_change_nothing(tmp_path: Path) -> None:
    case = two_incidents(tmp_path)
    list(case.add([captured(HARBOUR | {"exact": 77}, name="new")], who="Observer"))
    one = case.decide(decision("reject", claim(case, 9)))
    assert len(_work_out(case).groups) == 1
    assert _left(case) == {one.id: False}
    assert 77 not in {toll.figure.best for toll in case.tolls()}


def test_where_the_store_is_not_what_a_build_makes_the_decision_waits(tmp_path: Path) -> None:
    case = two_incidents(tmp_path)
    with case.engine.begin() as connection:
        connection.execute(sa.update(tables.group_keys).values(key="of another reader"))
    one = case.decide(decision("reject", claim(case, 9)))
    assert not _work_out(case).groups
    assert _left(case) == {one.id: True}
    case.build()
    assert _left(case) == {} and _rows(case) == _rows(_anew(case, tmp_path / "anew"))


def test_a_case_that_nobody_stamped_waits_for_a_build(tmp_path: Path) -> None:
    case = two_incidents(tmp_path)
    with case.engine.begin() as connection:
        connection.execute(sa.delete(tables.worked_out))
    one = case.decide(decision("reject", claim(case, 9)))
    assert not _work_out(case).groups and _left(case) == {one.id: True}


def test_it_is_taken_up_after_a_crash_between_deciding_and_working_out(tmp_path: Path) -> None:
    case = two_incidents(tmp_path)
    case.decide(decision("reject", claim(case, 9)))
    case.engine.dispose()
    again = Case(case.folder, reader=reader())
    again.decide(decision("reject", claim(again, 31)))
    assert len(_work_out(again).groups) == 2
    assert _rows(again) == _rows(_anew(again, tmp_path / "anew"))


def test_a_crash_in_the_middle_stores_nothing_and_the_next_call_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = two_incidents(tmp_path)
    before = _rows(case)
    case.decide(decision("reject", claim(case, 9)))

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(worked, "note", killed)
        _work_out(case)
    assert _rows(case) == before and _left(case) == {}
    assert len(_work_out(case).groups) == 1


def test_a_build_that_began_before_a_decision_gives_it_back_to_be_worked_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case, other = two_incidents(tmp_path), Case(tmp_path / "case", reader=reader())
    decide(case, decision("accept", claim(case, 31)))

    def meanwhile(*known: object) -> list[object]:
        """Somebody decides, and it is worked out, while the build reads."""
        monkeypatch.undo()
        found = other.read_claims()
        case.decide(decision("reject", claim(case, 9)))
        assert len(_work_out(case).groups) == 1
        return list(found)

    monkeypatch.setattr(other, "read_claims", meanwhile)
    other.build()
    assert 9 in {toll.figure.best for toll in case.tolls()}, "the build knew nothing of it"
    assert len(_work_out(case).groups) == 1
    assert 9 not in {toll.figure.best for toll in case.tolls()}
    assert _rows(case) == _rows(_anew(case, tmp_path / "anew"))


def test_a_case_built_before_places_and_days_were_kept_is_worked_out_as_well(tmp_path: Path) -> None:
    case = filled(tmp_path / "case", captured(HARBOUR, name="a"), captured(COAST, HARBOUR | {"exact": 9}, name="b"))
    with case.engine.begin() as connection:
        connection.execute(sa.delete(tables.bounds))
    _touched(case, decision("reject", claim(case, 9)))
    assert _rows(case) == _rows(_anew(case, tmp_path / "anew"))
