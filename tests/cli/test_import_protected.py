"""Nobody who is protected is named in any part of a workbook, in any sheet, nor in what importing says."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from cenotaph.case.reading import Reader
from tests.case.tabled import HARBOUR, assessed, captured, claim, decide, filled, reader
from tests.cli.running import run
from tests.cli.sheeted import rows, saved
from tests.cli.test_import import APPLY, come_back, edited, exported, held
from tests.cli.test_protected import NAMES, folder

__all__ = ["folder"]


def named_in(text: str) -> list[str]:
    return [name for name in NAMES if name.casefold() in text.casefold()]


def workbook(folder: Path) -> bytes:
    shown = run("export", folder, "--format", "xlsx")
    assert shown.exit_code == 0
    assert named_in(shown.stderr) == []
    return shown.stdout_bytes


def test_no_part_of_a_workbook_names_anybody_who_is_protected(folder: Path) -> None:
    packed = zipfile.ZipFile(io.BytesIO(workbook(folder)))
    told = {part: packed.read(part).decode("utf-8", "replace") for part in packed.namelist()}
    assert {part: found for part, text in told.items() if (found := named_in(text))} == {}
    assert any("[protected]" in text for text in told.values()), "the case has protected people"


@pytest.mark.parametrize("sheet", ["claims", "incidents", "assessments", "problems", "victims"])
def test_nor_does_any_sheet_as_csv(folder: Path, sheet: str) -> None:
    shown = run("export", folder, "--format", "csv", "--sheet", sheet)
    assert shown.exit_code == 0
    assert named_in(shown.output) == []


def test_nor_what_importing_shows_and_refuses(folder: Path, tmp_path: Path) -> None:
    content = workbook(folder)
    keys = [row[0] for row in rows(content)[1:]]
    edits = {("claims", key, "base"): 77 for key in keys[::2]} | {
        ("claims", key, "quote"): "other" for key in keys[1::2]
    }
    (tmp_path / "back.xlsx").write_bytes(saved(content, edits))
    shown = run("import", folder, tmp_path / "back.xlsx")
    assert shown.exit_code == 1
    assert len(shown.stdout.splitlines()) == len(keys[::2])
    assert named_in(shown.output) == []


def test_an_unchanged_workbook_of_masked_words_asks_for_nothing(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "back.xlsx").write_bytes(workbook(folder))
    shown = run("import", folder, tmp_path / "back.xlsx")
    assert (shown.exit_code, shown.stdout, shown.stderr) == (0, "", "0 decisions asked for\n")


def test_an_export_says_what_it_could_not_hold(folder: Path) -> None:
    told = " ".join(run("export", folder, "--format", "xlsx").stderr.split())
    assert " victim" in told
    assert "Not in this form: answers of accused parties, the names of the protected." in told
    assert "masked for protected people" in told
    assert "the other sheets" in run("export", folder, "--format", "csv", "--sheet", "problems").stderr


@pytest.mark.parametrize("form", ["xlsx", "json", "jsonl"])
def test_one_sheet_alone_is_for_csv(folder: Path, form: str) -> None:
    shown = run("export", folder, "--format", form, "--sheet", "problems")
    assert shown.exit_code == 2
    assert "--sheet is for csv" in shown.stderr


# --- a row with a masked name is changed ------------------------------------------------------------------------------

WITNESS = {key: value for key, value in HARBOUR.items() if key != "root"} | {
    "exact": 3, "harm": "injured", "group": "Rana Beispiel and two others", "names": ["Rana Beispiel"],
    "resident": "Sami Placeholder",
}  # fmt: skip


@pytest.fixture
def private(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(Reader, "of", classmethod(lambda cls, *given: reader()))
    case = filled(tmp_path / "case", captured(WITNESS, name="sami-placeholder.txt"), captured(HARBOUR, name="second"))
    about = next(one.id for one in case.linked().incidents if claim(case, 3) in one.claims)
    decide(case, assessed(about, [claim(case, 3)], harm="injured", why="Rana Beispiel told us"))
    return case.folder


@pytest.mark.parametrize("name", ["Sami", "Placeholder", "Rana", "Beispiel", "A Reader"])
def test_no_part_of_a_workbook_names_a_protected_person_or_who_decided(private: Path, name: str) -> None:
    packed = zipfile.ZipFile(io.BytesIO(exported(private)))
    for part in packed.namelist():
        assert name.casefold() not in packed.read(part).decode("utf-8", "replace").casefold(), part
    assert any("[protected]" in packed.read(part).decode("utf-8", "replace") for part in packed.namelist())


def test_a_masked_cell_is_no_change_and_the_name_stays_in_the_case(private: Path) -> None:
    shown = come_back(private, edited(private, {"base": 4}, 3), *APPLY)
    assert shown.exit_code == 0
    assert held(private, 4).group.words == "Rana Beispiel and two others"
    assert held(private, 4).group.names == ("Rana Beispiel",)


def test_words_with_a_masked_name_are_not_written_over_it(private: Path) -> None:
    shown = come_back(private, edited(private, {"group": "[protected] and three others"}, 3), *APPLY)
    assert (shown.exit_code, shown.stdout) == (1, "")
    assert "[protected] stands for a name" in shown.stderr


def test_what_a_person_wrote_into_a_cell_is_masked_in_the_difference(private: Path) -> None:
    shown = come_back(
        private, edited(private, {"group": "Rana Beispiel and three", "why": "Sami Placeholder said so"}, 3)
    )
    assert "Rana" not in shown.output and "Sami" not in shown.output
