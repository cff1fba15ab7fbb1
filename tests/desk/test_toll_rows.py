"""The rows of tolls: what is told of each, and how an older table gets it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from cenotaph.case import Case, cache
from cenotaph.case import tables as built
from cenotaph.case.settings import Settings
from cenotaph.case.tables import writing
from cenotaph.desk import Desk, filling, tables
from cenotaph.desk.roots import root
from cenotaph.intake import Captured
from cenotaph.vocabulary import Toll
from tests.desk.told import TOLD
from tests.postgres import postgres

WHEN = dt.datetime(2025, 3, 20, tzinfo=dt.UTC)
ADDED = ("root", "steps", "low")


@pytest.fixture(params=["sqlite", "postgresql"])
def desk(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Desk]:
    """A case of a few reports, built and filled."""
    with postgres() if request.param == "postgresql" else nullcontext("") as store:
        found = _filled(tmp_path / "case", store)
        yield found
        found.case.engine.dispose()


def _filled(folder: Path, store: str) -> Desk:
    case = Case.create(folder, settings=Settings(title="Example", countries=("SY",), store=store))
    days = (dt.date(2025, 3, 8) + dt.timedelta(days=n) for n in range(len(TOLD)))
    list(case.add(
        [Captured(one.encode(), "txt", f"r{n}", "folder", f"r{n}.txt", WHEN, published=day, outlet=f"Wire {n}")
         for n, (one, day) in enumerate(zip(TOLD, days, strict=True))], who="A",
    ))  # fmt: skip
    case.build()
    found = Desk(case)
    found.fill()
    return found


def _rows(desk: Desk) -> dict[str, dict[str, object]]:
    return {row["toll"]: dict(row) for row in desk.rows(sa.select(tables.tolls))}


def _narrow(desk: Desk) -> None:
    """The table as it was before it told of roots."""
    with writing(desk.case.engine) as connection:
        connection.exec_driver_sql("DROP INDEX desk_tolls_root")
        for name in ADDED:
            connection.exec_driver_sql(f"ALTER TABLE desk_tolls DROP COLUMN {name}")


def _no_group_again(*_: object) -> None:
    raise AssertionError("the rows of a group are made again")


def test_each_row_tells_whose_figure_it_is_and_how_long_its_series(desk: Desk) -> None:
    tolls, rows = desk.case.state().tolls, _rows(desk)
    assert tolls and set(rows) == set(tolls)
    for key, toll in tolls.items():
        told = toll.root, len(toll.series), toll.figure.low
        assert tuple(rows[key][name] for name in ADDED) == told


def test_an_older_table_gets_the_same_without_the_groups_made_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = _rows(desk)
    _narrow(desk)
    assert not set(ADDED) & {one["name"] for one in sa.inspect(desk.case.engine).get_columns("desk_tolls")}
    monkeypatch.setattr(filling, "rows_of_group", _no_group_again)
    for _ in range(2):
        Desk(desk.case.folder).fill()
        assert _rows(desk) == before
    names = {one["name"] for one in sa.inspect(desk.case.engine).get_indexes("desk_tolls")}
    assert "desk_tolls_root" in names


def test_a_toll_that_is_built_no_more_and_one_of_no_plain_letters_stop_nobody(desk: Desk) -> None:
    before = _rows(desk)
    odd = min(before)
    _narrow(desk)
    with writing(desk.case.engine) as connection:
        row = connection.execute(sa.select(built.tolls).where(built.tolls.c.id == odd)).one()
        told = cache.packed(replace(cache.unpacked(Toll, row.data), root="half \ud83d of a sign"))
        assert told.startswith("~")
        connection.execute(sa.update(built.tolls).where(built.tolls.c.id == odd).values(data=told))
        connection.exec_driver_sql(
            "INSERT INTO desk_tolls (toll, \"group\", incident) VALUES ('toll:gone', 'episode:gone', '')"
        )
    Desk(desk.case.folder).fill()
    after = _rows(desk)
    assert after.pop("toll:gone") == {
        "toll": "toll:gone", "group": "episode:gone", "incident": "", "root": "", "steps": 0, "low": 0,
    }  # fmt: skip
    assert after.pop(odd) == {**before.pop(odd), "root": "half \ufffd of a sign"}
    assert after == before


def test_a_root_shows_no_figure_of_another_and_its_longest_series(desk: Desk) -> None:
    tolls = desk.case.state().tolls.values()
    for name in {one.root for one in tolls}:
        found = root(desk, name)
        assert found is not None
        shown = [one for one, _ in found.series]
        assert shown and {one.root for one in shown} == {name}
        assert max(len(one.series) for one in shown) == max(len(one.series) for one in tolls if one.root == name)
