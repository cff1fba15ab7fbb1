"""What can't be placed is told with sheet, row and column and never taken; files made to do harm are refused whole."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from cenotaph.case import Case
from cenotaph.case.returned import Returned, returned
from cenotaph.case.sheets import as_workbook, sheets_of
from cenotaph.cli import main
from cenotaph.intake import Unreadable
from cenotaph.publish.returned import MOST_COLUMNS, MOST_ROWS, tables
from tests.case.tabled import COAST, HARBOUR, captured, claim, filled
from tests.cli.sheeted import altered, rows, saved

NOON = dt.datetime(2025, 4, 1, 12, tzinfo=dt.UTC)
SHARE = {"exact": 9, "root": "Monitor", "place": "Harbour", "day": dt.date(2025, 3, 7), "part_of": "1"}


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    note = {"note": "some 33 men at the quay", "status": "civilian"}
    return filled(
        tmp_path_factory.mktemp("sheets") / "case", captured(HARBOUR | note, SHARE, name="first"), captured(COAST)
    )


@pytest.fixture(scope="module")
def content(case: Case) -> bytes:
    return as_workbook(sheets_of(case.state()), "A test", made=NOON)


def came(case: Case, content: bytes, name: str = "back.xlsx") -> Returned:
    return returned(case, content, name, who="A Reader", when=NOON)


def refused(case: Case, content: bytes) -> str:
    """The one line, where nothing of the file is taken."""
    found = came(case, content)
    assert not found.asked
    (problem,) = found.problems
    return problem.what


def edited(case: Case, content: bytes, edits: dict[str, Any]) -> bytes:
    key = claim(case, 31)
    return saved(content, {("claims", key, name): new for name, new in edits.items()})


# --- cells ------------------------------------------------------------------------------------------------------------

WRONG: list[tuple[dict[str, Any], str, str]] = [
    ({"base": "about 30"}, "base", "a whole number is expected"),
    ({"base": 30.5}, "base", "a whole number is expected"),
    ({"base": -3}, "base", "runs from 0 upwards"),
    ({"base": ""}, "base", "'exact' needs a number"),
    ({"base": "{=6*2}"}, "base", "holds a formula"),
    ({"base": "{=31}"}, "base", "holds a formula"),
    ({"base": "{=TRUE()}"}, "base", "holds a formula"),
    ({"why": '{=HYPERLINK("http://a.example")}'}, "why", "holds a formula"),
    ({"quote": "{=1}"}, "quote", "holds a formula"),
    ({"comparator": "arround"}, "comparator", "'arround' is no code; there are: exact, at least"),
    ({"comparator": ""}, "comparator", "can't be empty"),
    ({"comparator": "between"}, "upper", "between goes from base to upper"),
    ({"comparator": "between", "upper": 30}, "upper", "upper is not the smaller one"),
    ({"upper": 40}, "upper", "goes with between alone"),
    ({"comparator": "none"}, "base", "none means that no number is named"),
    ({"fraction": 1.5}, "fraction", "a share runs from 0 to 1"),
    ({"fraction": "half"}, "fraction", "a number is expected"),
    ({"words": "nobody said this"}, "words", "do not stand in its quote"),
    ({"unit": ""}, "unit", "can't be empty"),
    ({"harm": "murdered"}, "harm", "'murdered' is no code"),
    ({"harm": "killed or vanished"}, "harm", "'vanished' is no code"),
    ({"harm": ""}, "harm", "every claim has a harm"),
    ({"group": "women of the town"}, "group", "do not stand in the report"),
    ({"status": "innocent"}, "status", "'innocent' is no code"),
    ({"sex": "m"}, "sex", "'m' is no code; there are: male, female"),
    ({"means": "by poison"}, "means", "do not stand in the report"),
    ({"means_code": "poisoned wells"}, "means_code", "is no code"),
    ({"direct": "perhaps"}, "direct", "true or false is expected"),
    ({"place_name": "Homs"}, "place_name", "several places are called so; give place_id: admin1:SY.11"),
    ({"place_name": "Nowhere-at-all"}, "place_name", "the gazetteer knows no such place"),
    ({"place_name": "Jableh", "place_id": "geonames:1"}, "place_id", "no place called 'Jableh' has that id"),
    ({"lat": 35.5}, "lon", "a point has both"),
    ({"lat": 95, "lon": 35}, "lat", "degrees run from -90 to 90"),
    ({"lat": 35, "lon": 181}, "lon", "degrees run from -180 to 180"),
    ({"lat": "35,5", "lon": 35}, "lat", "a number is expected, with a point"),
    ({"place_precision": 9}, "place_precision", "'9' is no code"),
    ({"place_precision": ""}, "place_precision", "can't be empty where there is a place"),
    ({"start_day": dt.date(2025, 3, 9)}, "start_day", "the last day is before the first"),
    ({"end_day": "8.3.2025"}, "end_day", "a day is expected as year-month-day"),
    ({"end_day": "03/08/2025"}, "end_day", "a day is expected as year-month-day"),
    ({"day_precision": "exact"}, "day_precision", "is no code"),
    ({"said": "Saturday"}, "said", "a day is expected"),
    ({"stance": ""}, "stance", "can't be empty"),
    ({"reach": "total"}, "reach", "'total' is no code"),
    ({"level": ""}, "level", "can't be empty"),
    ({"relation": "part", "relation_to": "claim:0000000000000000"}, "relation_to", "another claim of the same report"),
    ({"relation_to": "claim:0000000000000000"}, "relation", "say what it is to that claim"),
    ({"low": 40}, "low", "it follows from comparator, base and upper"),
    ({"quote": "Nobody died."}, "quote", "this can't be changed in a sheet"),
    ({"root": "Somebody Else"}, "root", "say whose voice it is with cenotaph decide alias"),
    ({"parties": "the other side"}, "parties", "correct the whole claim with cenotaph decide"),
    ({"reading": "read twice"}, "reading", "write accept under decide"),
    ({"coder": "person"}, "coder", "this can't be changed in a sheet"),
    ({"decide": "approve"}, "decide", "'approve' is no decision here; there are: accept, reject"),
    ({"decide": "agree"}, "decide", "is no decision here"),
    ({"decide": "reject", "base": 30}, "decide", "either rejected or corrected"),
    ({"affiliation": "=1+1"}, "affiliation", "begins like a formula"),
    ({"identity": "@SUM(A1)"}, "identity", "begins like a formula"),
    ({"unit": "+1"}, "unit", "begins like a formula"),
    ({"group": "=cmd|' /C calc'!A0"}, "group", "begins like a formula"),
    ({"place_id": "-1"}, "place_id", "begins like a formula"),
    ({"place_name": "＝1"}, "place_name", "begins like a formula"),
]


@pytest.mark.parametrize(("edits", "column", "line"), WRONG, ids=[f"{one[1]}: {one[2]}" for one in WRONG])
def test_a_cell_that_cannot_be_placed_is_told_with_sheet_row_and_column(
    case: Case, content: bytes, edits: dict[str, Any], column: str, line: str
) -> None:
    told = refused(case, edited(case, content, edits))
    at = [row[0] for row in rows(content)].index(claim(case, 31)) + 1
    assert told.startswith(f"claims, row {at}, column {column}")
    assert line in told
    if column in edits and column != "decide":
        assert f"{at}): " in told, "the cell is named as the spreadsheet names it"


def test_a_row_of_which_one_cell_is_wrong_is_not_taken_at_all(case: Case, content: bytes) -> None:
    told = refused(case, edited(case, content, {"base": 33, "status": "innocent"}))
    assert "column status" in told


def test_another_row_is_taken_all_the_same(case: Case, content: bytes) -> None:
    wrong = {("claims", claim(case, 31), "status"): "innocent", ("claims", claim(case, 745), "base"): 746}
    found = came(case, saved(content, wrong))
    assert [one.decision.about for one in found.asked] == [claim(case, 745)]
    assert len(found.problems) == 1


# --- rows and headings ------------------------------------------------------------------------------------------------


def changed(content: bytes, change: Callable[[list[list[Any]]], list[list[Any]]]) -> bytes:
    return saved(content, change=lambda name, found: change(found) if name == "claims" else found)


def test_a_row_that_stands_twice_is_not_taken(case: Case, content: bytes) -> None:
    def doubled(found: list[list[Any]]) -> list[list[Any]]:
        other = list(found[1])
        other[found[0].index("decide")] = "reject"
        return [*found, other]

    found = came(case, changed(content, doubled))
    assert not found.asked
    assert [one.what.partition("column")[2] for one in found.problems] == [
        " id (A2): its id stands in 2 rows; none of them is taken",
        " id (A5): its id stands in 2 rows; none of them is taken",
    ]


def test_a_new_row_is_refused(case: Case, content: bytes) -> None:
    told = refused(case, changed(content, lambda found: [*found, ["", "report:1", *found[1][2:]]]))
    assert "a row without an id; new rows can't be taken from a sheet" in told


def test_a_row_of_another_case_is_refused_where_it_asks_for_something(case: Case, content: bytes) -> None:
    def foreign(found: list[list[Any]]) -> list[list[Any]]:
        other = list(found[1])
        other[0], other[found[0].index("decide")] = "claim:0000000000000000", "accept"
        return [*found, other]

    assert "nothing in this case has that id" in refused(case, changed(content, foreign))


def test_a_sheet_of_which_a_part_was_sorted_is_refused(case: Case, content: bytes) -> None:
    def sorted_in_part(found: list[list[Any]]) -> list[list[Any]]:
        ids = [row[0] for row in found[1:]]
        return [found[0], *([key, *row[1:]] for key, row in zip(ids[1:] + ids[:1], found[1:], strict=True))]

    found = came(case, changed(content, sorted_in_part))
    assert not found.asked
    assert {one.what.rpartition(": ")[2] for one in found.problems} == {
        "its cells were written for another row; was a part of the sheet sorted?"
    }


@pytest.mark.parametrize(
    ("change", "line"),
    [
        (lambda found: [["key", *found[0][1:]], *found[1:]], "no column is headed id"),
        (lambda found: [[*found[0][:-1], "base"], *found[1:]], "the heading base stands twice"),
        (lambda found: found[1:], "no column is headed id"),
        (lambda found: [["A title"], *found], "no column is headed id"),
        (lambda found: [], "no column is headed id"),
    ],
)
def test_headings_that_were_lost_cost_the_sheet_and_nothing_is_guessed(
    case: Case, content: bytes, change: Callable[[list[list[Any]]], list[list[Any]]], line: str
) -> None:
    told = refused(case, changed(content, change))
    assert told.startswith("claims, row 1: ") and line in told


def test_csv_text_is_never_run(case: Case) -> None:
    key = claim(case, 31)
    found = came(case, f"id,base,group\r\n{key},=6*5,31\r\n".encode(), "back.csv")
    assert not found.asked
    assert "a whole number is expected" in found.problems[0].what


# --- files ------------------------------------------------------------------------------------------------------------

PAGE = "xl/worksheets/sheet1.xml"


def packed(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name, told in parts.items():
            new.writestr(name, told)
    return out.getvalue()


def page(cells: str) -> Callable[[bytes], bytes]:
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    return lambda _: f"<worksheet {space}><sheetData>{cells}</sheetData></worksheet>".encode()


def repeated(found: bytes) -> bytes:
    """One long text that a thousand cells share."""
    long = b"<si><t>" + b"so many words " * 60_000 + b"</t></si>"
    return found[: found.index(b"<si>")] + long + found[found.index(b"<si>") :]


BOMB = b"<!DOCTYPE a [<!ENTITY b 'bb'><!ENTITY c '&b;&b;'>]>"
FAR = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
SHARED = "".join(f'<row r="{at}"><c r="A{at}" t="s"><v>0</v></c></row>' for at in range(1, 1001))

HARMFUL: dict[str, Callable[[bytes], bytes]] = {
    "nothing": lambda found: b"",
    "no workbook": lambda found: b"PK\x03\x04 and no more",
    "half of one": lambda found: found[: len(found) // 2],
    "a page of text": lambda found: b"id,base\n",
    "a folder of something else": lambda found: packed(readme=b"hello"),
    "an old workbook": lambda found: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 2000,
    "one cell far away": lambda found: altered(found, PAGE, page(FAR)),
    "one cell far away in other quotes": lambda found: altered(found, PAGE, page(FAR.replace('"', "'"))),
    "a cell that does not say where": lambda found: altered(found, PAGE, page("<row><c><v>1</v></c></row>")),
    "a wide row": lambda found: altered(found, PAGE, page('<row r="1"><c r="AAA1"><v>1</v></c></row>')),
    "entities in a page": lambda found: altered(found, PAGE, lambda old: BOMB + old),
    "entities in the list of pages": lambda found: altered(found, "xl/workbook.xml", lambda old: BOMB + old),
    "a page in another encoding": lambda found: altered(found, PAGE, lambda old: old.decode().encode("utf-16")),
    "a page of another space": lambda found: altered(found, PAGE, page('<x:c r="A1"><v>1</v></x:c>')),
    "a page that swells": lambda found: altered(found, PAGE, lambda old: old + b" " * 50_000_000),
    "a part that swells": lambda found: altered(found, "docProps/app.xml", lambda old: b"0" * 40_000_000),
    "a text in every cell": lambda found: altered(altered(found, "xl/sharedStrings.xml", repeated), PAGE, page(SHARED)),
    "a page that is not there": lambda found: altered(
        found, "xl/_rels/workbook.xml.rels", lambda old: old.replace(b"sheet1.xml", b"../../../etc/passwd")
    ),
    "pages that are no XML": lambda found: altered(found, "xl/workbook.xml", lambda old: old[:-20]),
    "a formula that stands in no cell": lambda found: altered(found, PAGE, page('<row r="1"><f>1+1</f></row>')),
}


@pytest.mark.parametrize("kind", HARMFUL)
def test_a_file_made_to_do_harm_is_refused_in_one_line(tmp_path: Path, case: Case, content: bytes, kind: str) -> None:
    path = tmp_path / "back.xlsx"
    path.write_bytes(HARMFUL[kind](saved(content)))
    shown = CliRunner().invoke(main, ["import", str(case.folder), str(path)])
    assert shown.exit_code == 2, shown.output
    assert (shown.stdout, len(shown.stderr.splitlines())) == ("", 1)
    assert shown.stderr.startswith("Error: back.xlsx")


@pytest.mark.parametrize(
    ("told", "name", "line"),
    [
        (b"id,base\n\xc7\xe1,1\n", "back.csv", "not in UTF-8"),
        (b"\xff\xfei\x00d\x00", "back.csv", "holds no sheet with headings and rows"),
        (b'id,base\n"claim:1,1\n', "back.csv", "not a whole .csv"),
        (b"", "back.csv", "holds no sheet with headings and rows"),
        (b"\n\n,\n", "back.csv", "holds no sheet with headings and rows"),
        (b"id," + b"x," * MOST_COLUMNS, "back.csv", "at most"),
        (b"id\n" + b"1\n" * MOST_ROWS, "back.csv", "at most"),
        (b'id,base\n1,"' + b"x" * 2_000_000 + b'"', "back.csv", "not a whole .csv"),
        (b"PK", "back.ods", ".xlsx or .csv is expected"),
        (b"", "back", ".xlsx or .csv is expected"),
        (b"", "back.xls", ".xlsx or .csv is expected"),
    ],
)
def test_what_is_no_sheet_of_ours_is_refused_in_one_line(
    tmp_path: Path, case: Case, told: bytes, name: str, line: str
) -> None:
    (tmp_path / name).write_bytes(told)
    shown = CliRunner().invoke(main, ["import", str(case.folder), str(tmp_path / name)])
    assert shown.exit_code == 2
    assert line in shown.stderr and len(shown.stderr.splitlines()) == 1


def test_a_workbook_of_other_sheets_is_none_of_ours(case: Case, content: bytes) -> None:
    renamed = altered(saved(content), "xl/workbook.xml", lambda old: old.replace(b'name="', b'name="My '))
    shown = CliRunner().invoke(main, ["import", str(case.folder), "-"])
    assert shown.exit_code == 2
    with pytest.raises(Exception, match="holds no sheet of an export; there are: claims, incidents"):
        came(case, renamed)


def test_a_page_that_nobody_asked_for_is_not_read(content: bytes) -> None:
    other = altered(saved(content), PAGE, page(FAR))
    assert [one.name for one in tables(other, "back.xlsx", ["problems"])] == ["problems"]
    with pytest.raises(Unreadable, match="1,048,576 rows by 16,384 columns"):
        tables(other, "back.xlsx", ["claims"])
