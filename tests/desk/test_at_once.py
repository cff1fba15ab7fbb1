"""What a decision changes of one group shows at once, in tables and in sums, as filling everything would show it."""

from __future__ import annotations

import json
import random
import shutil
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pytest
import sqlalchemy as sa

from cenotaph.case import Case, at_once, cache
from cenotaph.case import tables as built
from cenotaph.desk import Desk, filling, tables
from cenotaph.desk.choices import choices
from cenotaph.desk.mapping import lines
from cenotaph.desk.overview import overview
from cenotaph.desk.root_graph import graph
from cenotaph.desk.roots import roots
from cenotaph.desk.search_asked import Asked
from cenotaph.desk.timeline import timeline
from tests.case.many_groups import decided_by_chance, reports
from tests.case.tabled import claim, decision, filled, reader, two_incidents

NOT_COMPARED = {
    "desk_meta": "how often tables changed; the counts in it are compared",
    "desk_terms": "words stay once met",
    "desk_speakers": "made again by the next filling of all, with handles by chance",
    "desk_persons": "made again by the next filling of all",
    "desk_persons_rows": "made again by the next filling of all",
    "desk_places": "a place stays once met",
    "desk_hidden": "holds decisions as of when a group was told; whom pages hide is compared",
}
STEPS = 7


def _rows(desk: Desk) -> Mapping[str, object]:
    wanted = [one for one in tables.metadata.sorted_tables if one.name not in NOT_COMPARED]
    with desk.case.engine.connect() as connection:
        there = set(sa.inspect(connection).get_table_names())
        found: dict[str, object] = {
            one.name: Counter(map(tuple, connection.execute(sa.select(one)))) for one in wanted if one.name in there
        }
        return found | {"counts": json.loads(tables.value(connection, "counts", "{}"))}


def _anew(desk: Desk, folder: Path) -> Desk:
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(desk.case.folder, folder)
    other = Case(folder, reader=reader())
    with other.engine.begin() as connection:
        cache.clear_made(connection)
    other.build()
    found = Desk(other)
    found.fill()
    return found


def _pages(desk: Desk) -> list[object]:
    """What pages remember of the whole case from one decision to the next."""
    named = [(one.one, one.other, one.independence) for one in desk.across.tethers]
    whole = lines(desk, Asked(kind="claims")), timeline(desk, Asked()), choices(desk), roots(desk), graph(desk)
    return [*whole, overview(desk).counts, sorted(named)]


@pytest.mark.parametrize("seed", [0, 1])
def test_tables_kept_level_group_by_group_hold_what_tables_made_anew_hold(seed: int, tmp_path: Path) -> None:
    desk = Desk(filled(tmp_path / "case", *reports(seed, 12)))
    desk.fill()
    for one in decided_by_chance(desk.case, random.Random(seed), STEPS):
        desk.work_out()
        if any(each.whole for each in desk.waits):
            desk.case.build()
            desk.fill()
            continue
        fresh = _anew(desk, tmp_path / "anew")
        assert _rows(desk) == _rows(fresh), f"after {one.verb} {one.about}"
        assert _pages(desk) == _pages(fresh), f"after {one.verb} {one.about}"
        assert desk.veil.hidden == fresh.veil.hidden


@pytest.mark.parametrize("seed", [2, 3, 8])
def test_many_decisions_are_worked_out_a_few_at_a_time_as_all_together(
    seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(filled(tmp_path / "case", *reports(seed, 12)))
    desk.fill()
    for at, _ in enumerate(decided_by_chance(desk.case, random.Random(seed), 15), 1):
        if at % 5:
            continue
        shutil.rmtree(tmp_path / "other", ignore_errors=True)
        shutil.copytree(desk.case.folder, tmp_path / "other")
        other = Desk(Case(tmp_path / "other", reader=reader()))
        other.work_out()
        with monkeypatch.context() as patched:
            patched.setattr("cenotaph.case.at_once.AT_A_TIME", 2)
            desk.work_out()
        if not any(one.whole for one in (*desk.waits, *other.waits)):  # what waits as a whole is told on every page
            assert (_rows(desk), _pages(desk)) == (_rows(other), _pages(other)), f"after {at}"
        desk.case.build()
        desk.fill()
        fresh = _anew(desk, tmp_path / "anew")
        assert (_rows(desk), _pages(desk)) == (_rows(fresh), _pages(fresh)), f"after {at} and a build"


def test_of_many_decisions_no_more_are_held_together_than_a_few(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cenotaph.case.at_once.AT_A_TIME", 2)
    case = filled(tmp_path / "case", *reports(1, 12))
    desk = Desk(case)
    desk.fill()
    some = sorted(one.id for one in case.claims())[:5]
    for one in some:
        case.decide(decision("accept", one))
    done = [at_once.work_out(case, desk.history) for _ in range(3)]
    assert [len(one.decisions) for one in done] == [2, 2, 1]
    assert [one.more for one in done] == [True, True, False]
    assert at_once.work_out(case, desk.history).decisions == ()


def test_what_a_crash_left_between_groups_and_their_rows_is_mended_by_the_next_call(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(two_incidents(tmp_path))
    desk.fill()
    desk.case.decide(decision("reject", claim(desk.case, 9)))

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr("cenotaph.desk.at_once._put", killed)
        desk.work_out()
    assert 9 not in {toll.figure.best for toll in desk.case.tolls()}
    desk.work_out()
    assert _rows(desk) == _rows(_anew(desk, tmp_path / "anew"))


def test_rows_of_a_group_that_was_worked_out_again_meanwhile_are_left_to_whoever_did(tmp_path: Path) -> None:
    desk = Desk(two_incidents(tmp_path))
    desk.fill()
    before = _rows(desk)
    group = desk.groups_of(next(one.report for one in desk.case.claims() if one.quantity.base == 9))[0]
    with desk.case.engine.begin() as connection:
        assert filling.put_groups(connection, {group: ("an older key", {})}) == set()
    assert _rows(desk) == before


def test_who_reads_a_claim_changes_nothing_that_is_counted_of_what_claims_say(tmp_path: Path) -> None:
    desk = Desk(two_incidents(tmp_path))
    desk.fill()
    said, veil = desk.said, desk.veil
    desk.case.decide(decision("accept", claim(desk.case, 9)))
    desk.work_out()
    assert desk.said == said and desk.veil is veil
    assert sum(line.read for line in lines(desk, Asked(kind="claims"))[0]) == 1
    desk.case.decide(decision("reject", claim(desk.case, 9)))
    desk.work_out()
    assert desk.said != said


def test_no_stamp_comes_again_after_the_tables_were_made_anew(tmp_path: Path) -> None:
    desk = Desk(two_incidents(tmp_path))
    desk.fill()
    before = {desk.stamp, desk.summed, desk.said}
    with desk.case.engine.begin() as connection:
        tables.drop(connection)
    desk.fill()
    assert not before & {desk.stamp, desk.summed, desk.said}


def test_the_places_and_days_of_an_older_case_are_kept_before_anybody_decides(tmp_path: Path) -> None:
    desk = Desk(two_incidents(tmp_path))
    with desk.case.engine.begin() as connection:
        connection.execute(sa.delete(built.bounds))
    desk.fill()
    assert desk.rows(sa.select(built.bounds))
