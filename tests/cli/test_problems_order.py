"""Open problems come first by what hangs on them, each with what settles it, in every form the same."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from cenotaph.case import Case
from cenotaph.case.reading import Reader
from tests.case.tabled import COAST, HARBOUR, captured, claim, decide, decision, filled, reader
from tests.cli.running import run

EARLY, LATE = dt.date(2025, 3, 9), dt.date(2025, 3, 14)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A drop of a large record, a part larger than its whole, and figures that nothing places."""
    monkeypatch.setattr(Reader, "of", classmethod(lambda cls, *given: reader()))
    case = filled(
        tmp_path / "case",
        captured({"exact": 4, "root": "Office"}, published=dt.date(2024, 1, 1), name="small"),
        captured({"exact": 40, "root": "Office"}, published=dt.date(2024, 6, 1), name="larger"),
        captured(COAST | {"exact": 830}, published=EARLY, name="before"),
        captured(COAST | {"exact": 600, "as_of": LATE}, published=LATE, name="after"),
        captured(HARBOUR, HARBOUR | {"exact": 60, "status": "civilian", "part_of": "1"}, published=LATE, name="parts"),
    )
    return case.folder


def opened(folder: Path) -> Case:
    return Case(folder, reader=reader())


def stakes(folder: Path) -> list[int]:
    state = opened(folder).state()
    return [state.at_stake(one) for one in state.by_weight()]


def test_the_problem_with_the_largest_figure_comes_first(folder: Path) -> None:
    found = json.loads(run("problems", folder, "--format", "json").stdout)["problems"]
    assert found[0]["kind"] == "unexplained drop"
    assert stakes(folder) == sorted(stakes(folder), reverse=True) and stakes(folder)[0] == 830
    assert stakes(folder)[-1] == 4


def test_table_json_and_lines_give_the_same_problems_in_the_same_order(folder: Path) -> None:
    whole = json.loads(run("problems", folder, "--format", "json").stdout)["problems"]
    lines = [json.loads(line) for line in run("problems", folder, "--format", "jsonl").stdout.splitlines()]
    assert whole == lines
    told = run("problems", folder).stdout
    places = [told.index(one["id"]) for one in whole]
    assert places == sorted(places) and len(places) == len(opened(folder).problems())


def test_each_problem_has_the_id_by_which_to_decide_on_it(folder: Path) -> None:
    first = json.loads(run("problems", folder, "--format", "json").stdout)["problems"][0]
    done = run("decide", folder, "settle", first["id"], "--why", "a test", "--who", "A Reader")
    assert done.exit_code == 0
    left = json.loads(run("problems", folder, "--format", "json").stdout)["problems"]
    assert first["id"] not in {one["id"] for one in left} and left


def test_a_problem_tells_how_many_people_hang_on_it(folder: Path) -> None:
    assert "(a figure of 830)" in " ".join(run("problems", folder).stdout.split())


def test_how_many_are_open_is_said_on_stderr_with_the_next_step(folder: Path) -> None:
    said = " ".join(run("problems", folder).stderr.split())
    count = len(opened(folder).problems())
    assert f"{count} open problems, those first on which most hangs; 0 proposals" in said
    assert "agree ID --why REASON" in said


def test_problems_of_equal_weight_come_in_the_same_order_every_time(folder: Path) -> None:
    first, second = (run("problems", folder).stdout for _ in range(2))
    assert first == second
    state = opened(folder).state()
    ordered = [(state.at_stake(one), len(one.claims)) for one in state.by_weight()]
    assert ordered == sorted(ordered, key=lambda pair: (-pair[0], -pair[1]))


def test_a_rejected_claim_takes_its_problems_along(folder: Path) -> None:
    before = len(opened(folder).problems())
    decide(opened(folder), decision("reject", claim(opened(folder), 4)))
    assert len(opened(folder).problems()) == before - 1
