"""A sheet that others keep comes in: its columns are shown first, said once, remembered; its rows are evidence."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter  # type: ignore[import-untyped]
from click.testing import Result

from cenotaph.case import Case
from cenotaph.vocabulary import Group
from tests.cli.running import ended as run
from tests.cli.sheeted import OFFICE, by_libreoffice

GED = Path(__file__).resolve().parents[3] / "shared" / "data" / "ucdp_syria" / "ged_rows.csv"
ROWS: list[list[Any]] = [
    ["Ref", "Date", "Place", "Killed", "Killed children", "Colour"],
    ["A1", "2025-03-08", "Baniyas", "3", "1", "red"],
    ["A2", "2025-03-09", "Tartus", "about 4", "", "blue"],
    ["A3", "2025-03-09", "Tartus", "some", "", ""],
]
HEADS = ["Date", "Place", "Killed"]
TAKE = ("--apply", "--who", "A Reader", "--owner", "Example Monitor")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    run("init", tmp_path / "case", "--country", "Syria")
    return tmp_path / "case"


def as_csv(rows: Sequence[Sequence[Any]], path: Path) -> Path:
    path.write_text("".join(",".join(map(str, row)) + "\n" for row in rows), encoding="utf-8")
    return path


def as_xlsx(path: Path, **sheets: Sequence[Sequence[Any]]) -> Path:
    """A workbook; a text that begins with { is written as a formula."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"default_date_format": "dd/mm/yyyy"})
    for name, rows in sheets.items():
        page = book.add_worksheet(name)
        for line, row in enumerate(rows):
            for at, cell in enumerate(row):
                if isinstance(cell, str) and cell.startswith("{"):
                    page.write_formula(line, at, cell.strip("{}"), None, 77)
                else:
                    page.write(line, at, cell)
    book.close()
    path.write_bytes(out.getvalue())
    return path


def figures(folder: Path) -> list[int]:
    return sorted(one.quantity.base or 0 for one in Case(folder).claims())


def fields(shown: Result) -> dict[str, str]:
    return {line.split("\t")[1]: line.split("\t")[2] for line in shown.stdout.splitlines()}


def test_a_sheet_is_shown_and_nothing_is_taken(folder: Path, tmp_path: Path) -> None:
    shown = run("import", folder, as_csv(ROWS, tmp_path / "list.csv"), code=1)
    assert fields(shown) == {
        "Ref": "id", "Date": "day", "Place": "place", "Killed": "killed", "Killed children": "killed children",
        "Colour": "(not understood)",
    }  # fmt: skip
    assert "row 4, column Killed (D4): a whole number is expected" in shown.stderr
    assert "3 rows, 3 claims (killed 3), 1 cell or row not read; not understood: Colour" in shown.stderr
    assert Case(folder).reports() == [] and Case(folder).settings.sheets == ()


def test_it_is_taken_with_its_owner_as_the_voice_and_its_rows_as_the_words(folder: Path, tmp_path: Path) -> None:
    run("import", folder, as_csv(ROWS, tmp_path / "list.csv"), *TAKE, code=1)
    case = Case(folder)
    assert figures(folder) == [1, 3, 4]
    claim = next(one for one in case.claims() if one.quantity.base == 3)
    (report,) = case.reports()
    assert claim.root and claim.root.known_as == "Example Monitor"
    assert (
        claim.quote
        == "row 2 | Ref: A1 | Date: 2025-03-08 | Place: Baniyas | Killed: 3 | Killed children: 1 | Colour: red"
    )
    assert dict(claim.evidence)["row id"].of(report.text) == "A1"
    assert claim.place and claim.place.path == ("Syria", "Tartus", "Baniyas")
    assert "list, row 4, column Killed (D4)" in "".join(one.what for one in case.problems())
    assert case.verify() == []


def test_the_same_file_again_is_nothing_new(folder: Path, tmp_path: Path) -> None:
    file = as_csv(ROWS, tmp_path / "list.csv")
    run("import", folder, file, *TAKE, code=1)
    again = run("import", folder, file, *TAKE, code=1)
    assert "held already" in again.stderr and len(Case(folder).reports()) == 1


def test_a_sheet_that_was_kept_on_replaces_what_it_was(folder: Path, tmp_path: Path) -> None:
    run("import", folder, as_csv(ROWS, tmp_path / "march.csv"), *TAKE, code=1)
    longer = [*ROWS[:3], ["A3", "2025-03-09", "Tartus", "7", "", ""], ["A4", "2025-03-10", "Tartus", "9", "", ""]]
    run("import", folder, as_csv(longer, tmp_path / "april.csv"), "--apply", "--who", "A Reader")
    assert figures(folder) == [1, 3, 4, 7, 9] and len(Case(folder).reports()) == 2


def test_another_sheet_of_the_same_owner_stands_beside_it(folder: Path, tmp_path: Path) -> None:
    run("import", folder, as_csv(ROWS[:3], tmp_path / "march.csv"), *TAKE)
    other = [ROWS[0], ["B1", "2025-04-08", "Tartus", "9", "", ""]]
    run("import", folder, as_csv(other, tmp_path / "april.csv"), "--apply", "--who", "A Reader")
    assert figures(folder) == [1, 3, 4, 9]


def test_what_columns_mean_is_said_once(folder: Path, tmp_path: Path) -> None:
    rows: list[list[Any]] = [["when", "where", "gone"], ["2025-03-08", "Baniyas", 3]]
    told = ["--map", "when=day", "--map", "where=place", "--map", "gone=killed women"]
    run("import", folder, as_csv(rows, tmp_path / "list.csv"), *told, *TAKE)
    rows.append(["2025-03-11", "Tartus", 5])
    shown = run("import", folder, as_csv(rows, tmp_path / "later.csv"))
    assert fields(shown) == {"when": "day", "where": "place", "gone": "killed women"}
    assert "as mapped before" in shown.stderr
    assert "# store =" in (folder / "case.toml").read_text("utf-8")


def test_a_changed_mapping_is_read_anew(folder: Path, tmp_path: Path) -> None:
    file = as_csv(ROWS[:3], tmp_path / "list.csv")
    run("import", folder, file, *TAKE)
    run("import", folder, file, "--map", "Killed=injured", "--map", "Killed children=-", *TAKE)
    assert {str(one.harm) for one in Case(folder).claims()} == {"injured"}


def test_a_workbook_gives_days_as_days_and_every_sheet_that_says_something(folder: Path, tmp_path: Path) -> None:
    book = as_xlsx(
        tmp_path / "book.xlsx",
        March=[HEADS, [dt.date(2025, 3, 8), "Baniyas", 3], [dt.date(2025, 3, 9), "Tartus", "{=1+1}"]],
        April=[HEADS, [dt.date(2025, 4, 8), "Tartus", 5]],
        Notes=[["Who", "Colour"], ["Somebody", "red"]],
    )  # fmt: skip
    shown = run("import", folder, book, *TAKE, code=1)
    assert "Notes: nothing in it counts people" in shown.stderr
    assert "March, row 3, column Killed (C3): holds a formula" in shown.stderr
    assert figures(folder) == [3, 5]
    assert {one.period.start for one in Case(folder).claims() if one.period} == {
        dt.date(2025, 3, 8),
        dt.date(2025, 4, 8),
    }
    texts = "".join(report.text for report in Case(folder).reports())
    assert "77" not in texts and "[formula]" in texts and "=1+1" not in texts


def test_one_sheet_of_a_workbook_alone(folder: Path, tmp_path: Path) -> None:
    book = as_xlsx(tmp_path / "book.xlsx", March=[["Killed"], [3]], April=[["Killed"], [5]])
    run("import", folder, book, "--sheet", "April", *TAKE)
    assert figures(folder) == [5]


def merged(path: Path) -> Path:
    """Headings in merged cells over two rows, a title above them, from right to left, as a monitor may keep them."""
    book = xlsxwriter.Workbook(path)
    page = book.add_worksheet("آذار")
    page.right_to_left()
    page.merge_range(0, 0, 0, 5, "سجل الضحايا")
    for at, name in enumerate(["التاريخ", "المكان"]):
        page.merge_range(1, at, 2, at, name)
    page.merge_range(1, 2, 1, 4, "القتلى")
    page.write_row(2, 2, ["رجال", "نساء", "أطفال"])
    page.write(1, 5, "الجرحى")
    page.write_row(3, 0, ["٢٠٢٥-٠٣-٠٨", "بانياس", 3, 2, "١"])
    page.write(3, 5, 7)
    book.close()
    return path


@pytest.mark.parametrize("saved_by_libreoffice", [False, True])
def test_merged_headings_in_arabic(folder: Path, tmp_path: Path, saved_by_libreoffice: bool) -> None:
    file = merged(tmp_path / "list.xlsx")
    if saved_by_libreoffice:
        if OFFICE is None:
            pytest.skip("LibreOffice is not on this machine")
        (tmp_path / "office").mkdir()
        file.write_bytes(by_libreoffice(file.read_bytes(), tmp_path / "office"))
    shown = run("import", folder, file, *TAKE)
    assert list(fields(shown).values()) == ["day", "place", "killed men", "killed women", "killed children", "injured"]
    assert figures(folder) == [1, 2, 3, 7]


@pytest.mark.parametrize("between", [";", "\t"])
def test_a_title_above_the_headings_hides_no_separator(folder: Path, tmp_path: Path, between: str) -> None:
    rows = [["Our list"], ["Date", "Place", "Killed"], ["2025-03-08", "Baniyas", "3"]]
    (tmp_path / "list.csv").write_text("\n".join(map(between.join, rows)), "utf-8")
    run("import", folder, tmp_path / "list.csv", *TAKE)
    assert figures(folder) == [3]


@pytest.mark.parametrize("name", ["claims", "incidents", "victims"])
def test_a_sheet_of_others_may_be_called_as_one_of_ours(folder: Path, tmp_path: Path, name: str) -> None:
    rows: list[list[Any]] = [["id", "date", "killed"], ["A1", "2025-03-08", 3]]
    book = as_xlsx(tmp_path / "book.xlsx", **{name: rows})
    run("import", folder, book, *TAKE)
    assert figures(folder) == [3]


WRONG = [
    (["--map", "Colour=shade"], "no field 'shade'; there are: id"),
    (["--map", "Mood=killed"], "has no heading 'Mood'; there are: Ref, Date"),
    (["--map", "Colour"], "--map takes HEADING=FIELD"),
    (["--map", "Colour=killed"], "Killed and Colour would both be killed"),
    (["--map", "Killed=-", "--map", "Killed children=-"], "no column counts people"),
    (["--sheet", "May"], "has no sheet 'May'"),
    (["--apply"], "say who decides"),
    (["--apply", "--who", "A Reader"], "say whose sheet it is"),
]


@pytest.mark.parametrize(("words", "line"), WRONG, ids=[line for _, line in WRONG])
def test_what_cannot_be_meant_is_refused_and_nothing_is_taken(
    folder: Path, tmp_path: Path, words: Sequence[str], line: str
) -> None:
    shown = run("import", folder, as_csv(ROWS, tmp_path / "list.csv"), *words, code=2)
    assert line in shown.stderr
    assert Case(folder).reports() == [] and Case(folder).settings.sheets == ()


@pytest.mark.parametrize("content", [b"", b"\n\n", b"Date,Killed\n", b"PK\x03\x04broken", b"\xff\xfe\x00"])
def test_a_file_that_is_no_sheet_is_refused(folder: Path, tmp_path: Path, content: bytes) -> None:
    for name in ("list.csv", "list.xlsx", "list.ods"):
        (tmp_path / name).write_bytes(content)
        assert run("import", folder, tmp_path / name, *TAKE, code=2).stderr.startswith("Error: ")
    assert Case(folder).reports() == []


@pytest.mark.parametrize("words", [["--owner", "Somebody"], ["--map", "base=killed"], ["--sheet", "claims"]])
def test_an_export_of_ours_is_not_taken_for_a_sheet_of_others(folder: Path, tmp_path: Path, words: list[str]) -> None:
    run("import", folder, as_csv(ROWS[:3], tmp_path / "list.csv"), *TAKE)
    (tmp_path / "ours.csv").write_text(run("export", folder, "--format", "csv").stdout, "utf-8")
    assert "0 decisions" in run("import", folder, tmp_path / "ours.csv").stderr
    assert "is an export of a case" in run("import", folder, tmp_path / "ours.csv", *words, code=2).stderr


def test_a_name_of_a_person_among_the_informants_is_held_back(folder: Path, tmp_path: Path) -> None:
    rows: list[list[Any]] = [["Date", "Killed", "Source"], ["2025-03-08", 3, "Sami Example"], ["2025-03-09", 4, "SOHR"]]
    run("import", folder, as_csv(rows, tmp_path / "list.csv"), *TAKE)
    told = run("export", folder, "--format", "csv").stdout
    assert "Sami Example" not in told and "SOHR" in told


def test_a_sheet_whose_columns_nobody_maps_any_more_is_a_problem(folder: Path, tmp_path: Path) -> None:
    run("import", folder, as_csv(ROWS[:3], tmp_path / "list.csv"), *TAKE)
    settings = folder / "case.toml"
    settings.write_text(settings.read_text("utf-8").partition("[[sheet]]")[0], "utf-8")
    case = Case(folder)
    case.build()
    (problem,) = case.problems()
    assert case.claims() == [] and "nobody has said what the columns of list mean" in problem.what


@pytest.mark.parametrize(
    "lines", ['sheet = "list"', "[[sheet]]\ncolour = 1", '[[sheet]]\ncolumns = "a"', "[[sheet]]\nname = 3"]
)
def test_a_mapping_that_cannot_be_understood_is_told_when_the_case_is_opened(folder: Path, lines: str) -> None:
    with open(folder / "case.toml", "a", encoding="utf-8") as file:
        file.write(f"\n{lines}\n")
    assert "case.toml" in run("problems", folder, code=2).stderr


@pytest.mark.skipif(not GED.exists(), reason="../shared/data is not here")
def test_real_rows_of_ucdp_ged_come_in_with_no_problem_that_is_not_theirs(folder: Path) -> None:
    from cenotaph.case.foreign import sighted

    (found,) = sighted(Case(folder), GED.read_bytes(), GED.name, owner="UCDP")
    assert len(found.sheet.rows) == 1170 and len(found.sheet.headings) == 41
    assert all(field for _, field, _ in found.fields)
    assert {one.what.partition(": ")[2].partition(";")[0] for one in found.problems} == {"low, best and high go up"}
    wholes = {claim.quote.split(" ")[1] for claim in found.claims if claim.group == Group()}
    assert len(wholes) + len(found.problems) + found.silent == 1170
