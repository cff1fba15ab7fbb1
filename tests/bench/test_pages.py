"""The table of docs/reading.md is what `python -m bench.pages` writes: its lines, its form, no figure typed in."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Any

import pytest

from bench import pages
from bench.adapter import Adapter, BenchError, Figure, MissingDataError, Outcome

TODAY = dt.date(2020, 5, 4)
PAGE = pages.PAGE.read_text(encoding="utf-8")
FIGURE, DAY = re.compile(r"-|\d{1,3}\.\d"), re.compile(r"\d{4}-\d{2}-\d{2}")


def empty() -> str:
    return f"# Page\n\n{pages.BEGIN}\n\n{pages.END}\n\nThe end.\n"


# --- the page as it is ---


def test_the_page_has_the_table_in_the_form_that_the_command_writes() -> None:
    assert pages.written(PAGE, pages.held(PAGE)) == PAGE


def test_every_goal_has_one_line_and_no_line_is_without_a_goal() -> None:
    rows = pages._rows(pages.between(PAGE))
    assert len({tuple(row[:2]) for row in rows}) == len(rows)
    assert [tuple(row[:2]) for row in rows] == [(goal.words, goal.documents) for goal in pages.goals()]


def test_every_figure_of_the_page_has_the_day_of_its_measurement() -> None:
    for line in pages.held(PAGE):
        assert FIGURE.fullmatch(line.ours), line
        assert bool(DAY.fullmatch(line.measured)) == (line.measured != pages.NOT_YET), line
        assert line.ours == "-" or line.measured != pages.NOT_YET, line


def test_every_goal_is_of_a_figure_that_its_set_shows_and_says_against_what() -> None:
    for goal in pages.goals():
        assert pages.figure_of(goal).name == goal.figure
        assert goal.words and "|" not in goal.words
        assert goal.must is None or goal.aim is None
        assert (goal.best is None) == (goal.of == "")


# --- writing it ---


def outcome(share: float | None) -> Outcome:
    return Outcome(f'{{"share": {"null" if share is None else share}}}')


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """One set of our own with one figure, run without any reader."""
    state: dict[str, Any] = {"share": 0.415, "asked": []}

    def run(data: Path, how: Any) -> Outcome:
        state["asked"].append(how.only)
        return outcome(state["share"])

    adapter = Adapter("made", Path(), (), (Figure("right", ("share",), floor=12.5),), run)
    goals = [
        pages.Goal("made", "right", "all of it", best=70, of="a person", must=50),
        pages.Goal("made", "right", "half of it", only="^A", aim=60),
    ]
    monkeypatch.setattr(pages, "adapters", lambda: {"made": adapter})
    monkeypatch.setattr(pages, "goals", lambda: goals)
    return state


def test_a_measured_line_holds_the_figure_what_it_is_held_against_and_the_day(made: dict[str, Any]) -> None:
    page = pages.written(empty(), pages.measured(pages.held(empty()), ["made"], TODAY, 1))
    assert "| all of it | made | 41.5 | 12.5 | 70.0 (a person) | 50.0 | 2020-05-04 |" in page
    assert "| half of it | made A* | 41.5 | 12.5 | - | aim 60.0 | 2020-05-04 |" in page
    assert made["asked"] == ["", "^A"]


def test_what_stands_around_the_table_stays(made: dict[str, Any]) -> None:
    page = pages.written(empty(), pages.held(empty()))
    assert page.startswith("# Page\n") and page.endswith("\n\nThe end.\n")


def test_a_set_that_is_not_asked_for_keeps_its_lines(made: dict[str, Any]) -> None:
    page = pages.written(empty(), pages.measured(pages.held(empty()), ["made"], TODAY, 1))
    made["share"] = 0.9
    assert pages.written(page, pages.measured(pages.held(page), [], dt.date(2021, 1, 1), 1)) == page


def test_a_set_without_data_keeps_its_lines_and_says_so(
    made: dict[str, Any], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def gone(self: Adapter, data: Path) -> None:
        raise MissingDataError("made: no rows.jsonl")

    monkeypatch.setattr(Adapter, "check", gone)
    lines = pages.held(empty())
    assert pages.measured(lines, ["made"], TODAY, 1) == lines
    assert "made: no rows.jsonl" in capsys.readouterr().err


def test_a_figure_with_nothing_to_divide_by_is_a_dash(made: dict[str, Any]) -> None:
    made["share"] = None
    line = pages.measured(pages.held(empty()), ["made"], TODAY, 1)[0]
    assert (line.ours, line.measured) == ("-", "2020-05-04")


@pytest.mark.parametrize(
    "page",
    [
        "",
        "no marks at all",
        pages.BEGIN,
        f"{pages.END}{pages.BEGIN}",
        f"{pages.BEGIN}{pages.END}{pages.END}",
        f"{pages.BEGIN}{pages.BEGIN}{pages.END}",
    ],
)
def test_a_page_without_a_place_for_the_table_is_refused(page: str) -> None:
    with pytest.raises(BenchError, match="figures: begin"):
        pages.held(page)


def test_a_goal_of_no_figure_is_refused(made: dict[str, Any]) -> None:
    with pytest.raises(BenchError, match="made shows no figure 'wrong'"):
        pages.figure_of(pages.Goal("made", "wrong", "x"))


def test_an_unknown_set_is_misuse(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        pages.main(["nowhere"])
    assert ended.value.code == 2
    assert "no set 'nowhere'" in capsys.readouterr().err


def test_a_page_that_is_not_there_ends_with_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert pages.main(["coast2025", "--page", str(tmp_path / "none.md")]) == 1
    assert "none.md" in capsys.readouterr().err
