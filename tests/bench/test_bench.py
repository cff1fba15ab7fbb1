"""The bench itself: what it hands to the reader, what it prints, and how it ends."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from bench import __main__ as bench
from bench import rows, table
from bench.adapter import SHARED, Adapter, BenchError, Figure, MissingDataError, Outcome, Reading, Run
from bench.sets import adapters, coast2025, muc4
from cenotaph.vocabulary import (
    Claim,
    Coder,
    Group,
    Harm,
    Party,
    Period,
    Place,
    Quantity,
    Report,
    Span,
    Tie,
)  # fmt: skip

TEXT = "FOUR MINERS WERE KILLED."
DAY = dt.date(1990, 1, 3)


def claim(report: Report, **fields: Any) -> Claim:
    usual: dict[str, Any] = {"harm": Harm(("killed",)), "quantity": Quantity("FOUR", "exact", 4)}
    spans = {"anchor": Span(0, 4), "trigger": Span(17, 23), "coder": Coder("rules", "stub")}
    return Claim.read_as(report, Span(0, len(report.text)), **(usual | spans | fields))


def lines(**fields: Any) -> list[dict[str, Any]]:
    return list(muc4.predictions("X-1", [claim(Report.of_text(TEXT), **fields)]))


def test_a_claim_becomes_a_line_in_the_sets_own_form() -> None:
    (line,) = lines(
        group=Group("MINERS", names=("A NAME",)),
        place=Place("TOWN", "Town", path=("Land", "Province", "Town")),
        period=Period("ON 3 JANUARY", DAY, DAY, 1),
        parties=(Party("GUNMEN"),),
    )
    assert line == {
        "doc": "X-1", "harm": "killed", "count_min": 4, "count_max": 4, "victims": "MINERS; A NAME",
        "place": "TOWN, Town, Province, Land", "date_min": "1990-01-03", "date_max": "1990-01-03",
        "perpetrator": "GUNMEN", "quote": TEXT,
    }  # fmt: skip


@pytest.mark.parametrize(
    "fields",
    [
        {"stance": "denies"},
        {"stance": "expects"},
        {"reach": "background"},
        {"relation": Tie("claim:1", "restates")},
        {"harm": Harm(("abducted",))},
    ],
)
def test_what_is_denied_feared_long_ago_told_twice_or_no_casualty_gives_no_line(fields: dict[str, Any]) -> None:
    assert lines(**fields) == []


def test_named_people_are_a_line_each_where_all_are_named() -> None:
    both = Group("MINERS", names=("A NAME", "ANOTHER"))
    told = lines(group=both, quantity=Quantity("TWO", "exact", 2))
    assert [(line["count_min"], line["victims"]) for line in told] == [(1, "MINERS; A NAME"), (1, "MINERS; ANOTHER")]
    assert len(lines(group=both)) == 1  # four, of whom two are named


def test_a_harm_left_open_is_one_line_of_the_graver() -> None:
    assert [line["harm"] for line in lines(harm=Harm(("injured", "killed")))] == ["killed"]


def test_a_day_of_record_is_not_a_day_of_death() -> None:
    assert lines(period=Period("TODAY", DAY, DAY, 1, "recorded"))[0]["date_max"] is None


@pytest.mark.parametrize(
    ("quantity", "names", "expected"),
    [
        (Quantity("about 7", "about", 7), 0, (7, 7)),
        (Quantity("more than 7", "more than", 7), 0, (7, None)),
        (Quantity("up to 7", "up to", 7), 0, (None, 7)),
        (Quantity("7 to 9", "between", 7, 9), 0, (7, 9)),
        (Quantity("half", "exact", 20, fraction=0.5), 0, (None, None)),
        (Quantity("several", "plural"), 1, (None, None)),
        (Quantity(), 2, (None, None)),
        (Quantity(), 1, (1, 1)),
    ],
)
def test_a_quantity_is_written_as_the_set_writes_it(quantity: Quantity, names: int, expected: tuple[Any, Any]) -> None:
    assert muc4.bounds(quantity, ["A NAME", "ANOTHER"][:names]) == expected


def test_the_reader_never_sees_a_field_that_was_not_named(tmp_path: Path) -> None:
    file = tmp_path / "docs.jsonl"
    rest = '{"id": "Y-1", "text": "b", "answer": 5}'
    file.write_text('{"id": "X-1", "text": "a", "answer": 4}\n\n' + rest + "\n", encoding="utf-8")
    assert list(rows.rows(file, keep=("id", "text"), only="^X")) == [{"id": "X-1", "text": "a"}]


@pytest.mark.parametrize("line", ["{", "[]", '{"text": "no id"}', "4"])
def test_a_row_that_is_none_is_named_by_its_line(tmp_path: Path, line: str) -> None:
    file = tmp_path / "docs.jsonl"
    file.write_text('{"id": "X-1"}\n' + line + "\n", encoding="utf-8")
    with pytest.raises(BenchError, match=r"docs\.jsonl line 2: expected"):
        list(rows.rows(file, keep=("id",)))


def test_a_figure_that_the_scorer_does_not_print_is_named() -> None:
    with pytest.raises(LookupError, match="no harm > f2; beside 'f2' it has: f1"):
        Figure("F2", ("harm", "f2")).found({"harm": {"f1": 0.5}})


def test_a_figure_with_nothing_to_divide_by_is_shown_as_none() -> None:
    assert table.number(Figure("F1", ("f1",)).found({"f1": None})) == "-"


def test_a_goal_of_which_less_is_better_says_so() -> None:
    spurious = Figure("spurious", ("spurious",), goal=5, less=True)
    adapter = Adapter("x", Path(), (), (spurious,), lambda data, how: Outcome(""))
    assert list(table.lines(adapter, Outcome('{"spurious": 0.02}'))) == [("x", "spurious", "2.0", "-", "<= 5.0")]


@pytest.mark.parametrize(
    "arguments",
    [["muc4", "--data", "nowhere"], ["coast2025", "--data", "nowhere"], ["--json"], ["--only", "^TST"], ["--errors"]],
)
def test_missing_data_of_a_named_set_and_misuse_end_with_two_and_one_line(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert bench.main(arguments) == 2
    printed = capsys.readouterr()
    assert (printed.out, printed.err.count("\n")) == ("", 1)


@pytest.mark.parametrize("arguments", [["nonsense"], ["muc4", "--only", "("], ["muc4", "--jobs", "0"]])
def test_what_cannot_be_meant_ends_with_two(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        bench.main(arguments)
    assert ended.value.code == 2


def test_in_a_run_of_all_sets_one_without_data_is_left_out_with_a_note(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    here = Adapter("here", Path(), (), (Figure("F1", ("f1",)),), lambda data, how: Outcome('{"f1": 0.5}'))
    gone = Adapter("gone", Path("nowhere"), ("docs.jsonl",), (), lambda data, how: Outcome("{}"))
    monkeypatch.setattr(bench, "adapters", lambda: {"gone": gone, "here": here})
    assert bench.main([]) == 0
    printed = capsys.readouterr()
    assert "left out: gone: no docs.jsonl in nowhere" in printed.err
    assert printed.out.splitlines()[1].split() == ["here", "F1", "50.0", "-", "-"]


def test_a_scorer_that_is_not_there_is_missing_data_and_one_that_fails_says_why(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(rows, "SHARED", tmp_path)
    with pytest.raises(MissingDataError, match="no scorer at"):
        rows.scored("set")
    (tmp_path / "set").mkdir()
    (tmp_path / "set" / "bench.py").write_text("import sys; sys.exit('no gold')", encoding="utf-8")
    with pytest.raises(BenchError, match="the scorer ended with 1: no gold"):
        rows.scored("set")


def test_every_set_has_a_figure_and_goes_by_the_name_of_its_module() -> None:
    for name, adapter in adapters().items():
        assert adapter.figures, name
        assert adapter.run.__module__ == f"bench.sets.{name}"


@pytest.mark.skipif(not (SHARED / "muc4" / "bench.py").is_file(), reason="the set's scorer is not on this machine")
def test_a_reader_that_reads_all_is_right_in_all_and_one_that_reads_nothing_in_nothing(tmp_path: Path) -> None:
    write_set(tmp_path)
    for read, recall in ((one_claim, 1.0), (nothing, 0.0)):
        outcome = muc4.run(tmp_path, Run(reader=read, errors=True))
        assert outcome.report["harm_count"]["recall"] == recall
        assert len(outcome.errors) == 1 - recall


def test_the_example_is_measured_from_its_files(tmp_path: Path) -> None:
    write_example(tmp_path)
    whole = coast2025.run(tmp_path, Run(reader=one_claim))
    assert (whole.report["expected"], whole.report["found"], whole.errors) == (2, 0.5, ())
    one = coast2025.run(tmp_path, Run(reader=one_claim, only="r02", errors=True))
    assert (one.report["found"], len(one.errors)) == (0, 2)


def test_a_bulletin_with_no_sheet_beside_it_stops_the_run(tmp_path: Path) -> None:
    write_example(tmp_path)
    (tmp_path / "expected" / "r02.toml").unlink()
    with pytest.raises(BenchError, match="no expected claims for r02"):
        coast2025.run(tmp_path, Run(reader=one_claim))


def one_claim(reports: Sequence[Report], countries: tuple[str, ...], jobs: int) -> Iterator[Reading]:
    for report in reports:
        yield report, [claim(report, group=Group("MINERS"))], []


def nothing(reports: Sequence[Report], countries: tuple[str, ...], jobs: int) -> Iterator[Reading]:
    for report in reports:
        yield report, [], []


def write_set(folder: Path) -> None:
    """One document of our own in the set's form: the adapter is tested whole without the set's texts."""
    fact = {
        "id": "X-1#1", "doc": "X-1", "optional": False, "effect": "killed", "effect_alts": ["killed"],
        "templates": [1], "number_alts": [{"min": 4, "max": 4, "kind": "exact"}],
        "number_min": 4, "number_max": 4, "number_kind": "exact",
        "number_shared_total": None, "targets": ["MINERS"], "names": [], "place_alts": [], "date_alts": [], "types": [],
        "perpetrators": [], "perp_organizations": [],
    }  # fmt: skip
    document = {"doc": "X-1", "templates": 1, "killed_totals": [4], "incident_tolls": {}}
    text = {"id": "X-1", "date": "1990-01-03", "source": None, "text": TEXT}
    for name, row in (("docs", text), ("gold", fact), ("gold_docs", document)):
        (folder / f"{name}.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")


def write_example(folder: Path) -> None:
    """Two bulletins of one text, and two sheets of which one expects what the text says."""
    for name, number in (("r01", 4), ("r02", 5)):
        for part in ("reports", "expected"):
            (folder / part).mkdir(exist_ok=True)
        head = "---\noutlet: Example Wire\npublished: 2025-03-09\n---\n"
        (folder / "reports" / f"{name}.md").write_text(head + TEXT, encoding="utf-8")
        entry = f'[[claim]]\nharm = "killed"\nexact = {number}\nvoice = "outlet"\n'
        (folder / "expected" / f"{name}.toml").write_text(entry, encoding="utf-8")
