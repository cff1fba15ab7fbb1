"""Sheets of others, row by row: cases.toml says what each gives, and what must not be read out of it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from cenotaph.sheets_in import Grid, Headings, grid, lines_of, text_of
from cenotaph.sheets_in.columns import Columns
from cenotaph.sheets_in.places import Where
from cenotaph.sheets_in.rows import Reading, claims
from cenotaph.vocabulary import Claim, Problem, Report, Voice
from cenotaph.world import load

CASES = tomllib.loads((Path(__file__).parent / "cases.toml").read_text("utf-8"))["case"]
KNOWN = Headings(load().codes("headings"))
WHERE = Where(load(countries=("SY",)).places, ("SY",), KNOWN.around)
OWNER = Voice("Example Monitor", kind="organisation", root=True)


def sheet_of(case: Mapping[str, Any]) -> Grid:
    rows = case["rows"]
    formulas = {(line, at) for line, row in enumerate(rows) for at, cell in enumerate(row) if cell == "{formula}"}
    return grid("list", rows, formulas, KNOWN)


def mapped(case: Mapping[str, Any], sheet: Grid) -> dict[str, str]:
    found = {one.heading: one.field for one in KNOWN.proposed(sheet.headings) if one.field not in ("", "leave")}
    for heading, field in case.get("map", {}).items():
        found.pop(heading, None)
        if field != "-":
            found[heading] = KNOWN.field(field)
    return found


def read(case: Mapping[str, Any]) -> tuple[list[Claim], list[Problem], Report]:
    sheet = sheet_of(case)
    report = Report.of_text(text_of(sheet))
    columns = Columns(lines_of(report.text), mapped(case, sheet), KNOWN)
    return *claims(report, Reading(columns, OWNER, WHERE)), report


def told(claim: Claim) -> dict[str, Any]:
    """A claim as a line of cases.toml may say it."""
    quantity, period, place = claim.quantity, claim.period, claim.place
    base = quantity.base
    return {
        "row": int(claim.quote.split(" ")[1]), "harm": str(claim.harm), "comparator": quantity.comparator,
        "low": None if quantity.comparator == "up to" else base,
        "high": quantity.upper if quantity.comparator == "between" else base,
        "place": place.name if place else "", "place_precision": place.precision if place else None,
        "start": period.start if period else None, "end": period.end if period else None,
        "day_precision": period.precision if period else None,
        "sex": claim.group.sex, "age": claim.group.age, "parties": [one.words for one in claim.parties],
        "root": claim.root.name if claim.root else "", "relation": claim.relation.kind if claim.relation else "",
    }  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=[one["why"] for one in CASES])
def test_headings_are_taken_for_fields(case: Mapping[str, Any]) -> None:
    assert [one.field for one in KNOWN.proposed(sheet_of(case).headings)] == case["fields"]


@pytest.mark.parametrize("case", CASES, ids=[one["why"] for one in CASES])
def test_rows_say_this_and_nothing_else(case: Mapping[str, Any]) -> None:
    found, _, _ = read(case)
    expected: Sequence[dict[str, Any]] = case.get("claims", [])
    shown = [{key: told(one)[key] for key in line} for one, line in zip(found, expected, strict=False)]
    assert (len(found), shown) == (len(expected), list(expected))


@pytest.mark.parametrize("case", CASES, ids=[one["why"] for one in CASES])
def test_what_cannot_be_read_is_told_with_sheet_row_and_column(case: Mapping[str, Any]) -> None:
    _, problems, _ = read(case)
    expected = case.get("problems", [])
    assert len(problems) == len(expected), [one.what for one in problems]
    for one, (row, column, why) in zip(problems, expected, strict=True):
        assert one.what.startswith(f"list, row {row}{', column ' if column else ': '}")
        assert column in one.what and why in one.what


@pytest.mark.parametrize("case", CASES, ids=[one["why"] for one in CASES])
def test_every_claim_and_every_problem_rests_on_its_cells(case: Mapping[str, Any]) -> None:
    found, problems, report = read(case)
    for claim in found:
        assert report.text[claim.start : claim.end] == claim.quote and claim.quote.startswith("row ")
        if claim.quantity.words:
            assert claim.anchor.of(report.text) == claim.quantity.words
        assert all(claim.start <= span.start and span.end <= claim.end for _, span in claim.evidence)
    for problem in problems:
        assert not problem.quote or report.text[problem.start : problem.end] == problem.quote


@pytest.mark.parametrize("words", ["colour", "killed colour", "children", "low", "day xyz", ""])
def test_a_field_that_there_is_not_is_refused_with_those_that_there_are(words: str) -> None:
    with pytest.raises(LookupError, match="there are: id, title, day"):
        KNOWN.field(words)


@pytest.mark.parametrize("table", [[], [[]], [["", None]], [[""], ["  "]]])
def test_an_empty_sheet_is_none(table: list[list[Any]]) -> None:
    assert not grid("list", table, (), KNOWN).known


def test_headings_alone_are_no_sheet() -> None:
    assert not grid("list", [["date", "killed"]], (), KNOWN).known


@pytest.mark.parametrize(
    "text", ["", "Three people were killed.", "sheet a", "sheet a, headings in row 1\nrow 2 | a: b"]
)
def test_another_text_is_not_taken_for_a_sheet(text: str) -> None:
    with pytest.raises(ValueError, match="not the text of a sheet"):
        lines_of(text)


def test_every_field_of_a_heading_is_one_that_there_is() -> None:
    for one in load().codes("headings")["heading"]:
        assert KNOWN.base(KNOWN.field(one["field"])) in KNOWN.fields or KNOWN.figure(one["field"]), one["field"]


def test_every_line_says_where_it_comes_from() -> None:
    assert [one for some in load().codes("headings").values() for one in some if not one.get("source")] == []
