"""Sheets for people who work in spreadsheets: cells that no program runs, marks that know an edited cell."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import zipfile
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from cenotaph.publish.cells import LONGEST, Unfit, clean, mark, plain, value
from cenotaph.publish.columns import AS_WRITTEN, columns, decisions_on, names
from cenotaph.publish.csv import FORMULA
from cenotaph.publish.sheets import Choice, Sheet, csv_lines, sheet
from cenotaph.publish.workbook import workbook

MADE = dt.datetime(2025, 3, 9, 12, tzinfo=dt.UTC)
CHOICES = {"status": [Choice("civilian", "civilians"), Choice("unknown")], "place_precision": [Choice(1), Choice(2)]}
CLAIM: dict[str, Any] = {
    "id": "claim:0123456789abcdef", "harm": "killed", "words": "at least 12", "base": 12, "quote": "At least 12 died.",
    "lat": 35.1890123456789, "direct": True, "start_day": dt.date(2025, 3, 8), "masked": False,
}  # fmt: skip


def written(*sheets: Sheet) -> bytes:
    return workbook(sheets, CHOICES, ["A test"], made=MADE)


def told(content: bytes, name: str) -> list[list[Any]]:
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_name(name).to_python()


def parts(content: bytes) -> dict[str, str]:
    """The pages of a workbook as they lie in the file, by name."""
    packed = zipfile.ZipFile(io.BytesIO(content))
    names = [one for one in packed.namelist() if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", one)]
    return {one: packed.read(one).decode() for one in names}


def first_page(content: bytes) -> str:
    return parts(content)["xl/worksheets/sheet1.xml"]


# --- what stands in a workbook ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", names())
def test_every_sheet_begins_with_the_id_and_ends_with_how_it_was_written(name: str) -> None:
    known = list(columns(name))
    assert (known[0], known[-1]) == ("id", AS_WRITTEN)
    assert len(known) == len(set(known))


@pytest.mark.parametrize("name", names())
def test_what_may_be_changed_has_room_for_a_reason(name: str) -> None:
    assert ("why" in columns(name)) == any(one.open for one in columns(name).values())
    assert ("decide" in columns(name)) == bool(decisions_on(name))


def test_a_sheet_that_there_is_not_is_refused_with_those_that_there_are() -> None:
    with pytest.raises(LookupError, match="there are: claims, incidents, assessments, problems, victims"):
        columns("persons")


def test_cells_come_out_as_what_they_are() -> None:
    header, row = told(written(sheet("claims", [CLAIM])), "claims")
    found = dict(zip(header, row, strict=True))
    assert (found["base"], found["direct"], found["start_day"]) == (12, True, dt.date(2025, 3, 8))
    assert (found["words"], found["group"], found["end_day"]) == ("at least 12", "", "")


def test_headings_stay_in_sight_and_the_last_column_is_hidden() -> None:
    page = first_page(written(sheet("claims", [CLAIM])))
    assert '<pane xSplit="1" ySplit="1"' in page and 'state="frozen"' in page
    assert re.search(r'<col min="67" max="67"[^>]* hidden="1"', page)


def test_coded_columns_have_a_drop_down_of_the_codes_and_others_none() -> None:
    content = written(sheet("claims", [CLAIM]))
    at = list(columns("claims")).index("status")
    found = re.findall(r'<dataValidation type="list"[^>]*sqref="(\w+):\w+"[^>]*><formula1>([^<]+)', first_page(content))
    assert ("S2", "codes!$A$2:$A$3") in found and at == 18
    assert "R2" not in dict(found), "the words of a group are no code"
    assert [row[0] for row in told(content, "codes")] == ["status", "civilian", "unknown"]


def test_the_last_sheet_says_what_every_column_and_code_means() -> None:
    lines = told(written(sheet("claims", [CLAIM])), "about")
    assert {one.name for one in columns("claims").values()} <= {row[1] for row in lines if row[0] == "claims"}
    assert ["status", "civilian", "", "civilians"] in lines


@pytest.mark.parametrize(
    ("quotes", "expected"),
    [
        (["سقط قتلى في المدينة"], True),
        (["سقط قتلى", "People died in a town by the sea."], False),
        (["People died (قتلى)."], False),
        ([], False),
        (["12"], False),
    ],
)
def test_a_sheet_runs_from_the_right_where_most_of_its_words_do(quotes: list[str], expected: bool) -> None:
    one = sheet("claims", [CLAIM | {"words": "", "quote": quote} for quote in quotes])
    assert one.from_the_right == expected
    assert ('rightToLeft="1"' in first_page(written(one))) == expected


def test_an_empty_sheet_is_a_sheet_with_headings() -> None:
    assert told(written(sheet("problems", [])), "problems") == [list(columns("problems"))]


def test_the_same_sheets_make_the_same_bytes() -> None:
    assert written(sheet("claims", [CLAIM])) == written(sheet("claims", [CLAIM]))


def test_a_day_before_spreadsheets_count_is_written_as_words() -> None:
    header, row = told(written(sheet("claims", [CLAIM | {"start_day": dt.date(1899, 5, 1)}])), "claims")
    assert row[header.index("start_day")] == "1899-05-01"


# --- what a program must never run ------------------------------------------------------------------------------------

PLANTED = [f'{sign}HYPERLINK("http://example.org","12 dead")' for sign in FORMULA]
PLANTED += ["=1+1", "{=1+1}", "+1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0", "http://example.org", "mailto:a@b.example"]


@pytest.mark.parametrize("words", PLANTED)
def test_nothing_that_a_report_says_becomes_a_formula_or_a_link(words: str) -> None:
    record = {key: words for key, one in columns("claims").items() if one.kind in ("text", "words", "code", "codes")}
    content = written(sheet("claims", [record]), sheet("problems", [{"id": words, "what": words, "quote": words}]))
    for name, page in parts(content).items():
        assert "<f>" not in page and "<f " not in page, name
        assert "<hyperlink" not in page, name
    header, row = told(content, "claims")
    assert row[header.index("quote")].strip() == words.strip()


@pytest.mark.parametrize("words", PLANTED)
def test_nor_in_csv(words: str) -> None:
    (row,) = csv.DictReader(io.StringIO("".join(csv_lines(sheet("problems", [{"id": "problem:1", "quote": words}])))))
    assert not row["quote"].startswith(FORMULA)


@pytest.mark.parametrize("words", ["12\x00 killed", "\x1b[2J", "a\ud800b", "\x0b", "\ufffe"])
def test_what_a_sheet_has_no_room_for_is_told_by_a_sign(words: str) -> None:
    header, row = told(written(sheet("claims", [CLAIM | {"quote": words}])), "claims")
    assert "�" in row[header.index("quote")]


def test_a_text_too_long_for_a_cell_is_cut_and_counted() -> None:
    one = sheet("claims", [CLAIM | {"quote": "so many words " * 4000}])
    header, row = told(written(one), "claims")
    assert one.cut == 1
    assert len(row[header.index("quote")]) <= LONGEST
    assert row[header.index("quote")].endswith("[…]")


# --- what a cell says -------------------------------------------------------------------------------------------------

SAME: list[tuple[str, list[Any]]] = [
    ("whole", [745, 745.0, "745", " 745 ", "745.0"]),
    ("whole", [1383, "1,383", "١٣٨٣"]),
    ("number", [35.1890123456, 35.18901234560001, "35.1890123456"]),
    ("yes", [True, "TRUE", "true", "True", 1.0]),
    ("yes", [False, "FALSE", 0]),
    ("day", [dt.date(2025, 3, 8), dt.datetime(2025, 3, 8), "2025-03-08", "2025-03-08 00:00:00"]),  # noqa: DTZ001  (a spreadsheet knows no zone)
    ("words", ["two  men\r\nand a boy", "two men and a boy ", "two men\nand a boy"]),
    ("words", ["=1+1", "'=1+1"]),
    ("text", [12, "12", 12.0]),
    ("code", [4, 4.0, "4"]),
    ("words", ["", None, "  "]),
    ("whole", ["", None]),
]


@pytest.mark.parametrize(("kind", "forms"), SAME)
def test_what_a_program_writes_otherwise_is_no_change(kind: Any, forms: list[Any]) -> None:
    assert len({plain(one, kind) for one in forms}) == 1


@pytest.mark.parametrize(
    ("kind", "cell"),
    [
        ("whole", "12-15"), ("whole", "12.5"), ("whole", 12.5), ("whole", "about 12"), ("whole", "1.383.000"),
        ("whole", "12,38"), ("whole", "=1+1"), ("number", "35,2"), ("number", "nan"), ("number", "inf"),
        ("number", "35° N"), ("day", "8.3.2025"), ("day", "03/08/2025"), ("day", "2025-13-01"), ("day", 45724.0),
        ("day", "Saturday"), ("yes", "maybe"), ("yes", 2),
    ],
)  # fmt: skip
def test_what_is_no_value_of_a_column_is_refused_and_never_guessed(kind: Any, cell: Any) -> None:
    with pytest.raises(Unfit, match="expected"):
        value(cell, kind)


def test_a_row_knows_its_own_cells_and_no_other() -> None:
    one = sheet("claims", [CLAIM])
    marks = str(one.rows[0][-1]).split()
    assert mark(CLAIM["id"], "base", "12") in marks
    assert mark(CLAIM["id"], "base", "13") not in marks
    assert mark("claim:other", "base", "12") not in marks
    assert mark(CLAIM["id"], "upper", "12") not in marks


def test_a_mark_tells_nobody_what_was_written() -> None:
    assert "killed" not in str(sheet("claims", [CLAIM]).rows[0][-1])


def test_cleaning_leaves_what_is_fit_alone() -> None:
    for cell in (None, 12, 1.5, True, "قتل 12\tشخصا", dt.date(2025, 3, 8)):
        assert clean(cell) == cell
