"""Spreadsheets made to harm are refused or contained, each in one clear line, by the verb that takes sheets in.

One program imports all of them, one after another, as one person would; its memory is that of the worst of them.
"""

from __future__ import annotations

import io
import re
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from cenotaph.case import Case
from cenotaph.publish.csv import FORMULA
from tests.hostile import tabled
from tests.hostile.making import OUTSIDE, placed

CASES: list[dict[str, Any]] = tomllib.loads(Path(__file__).with_name("sheets.toml").read_text("utf-8"))["case"]
MOST_MEMORY = 300_000_000
"""Bytes above those of a program that takes in one good sheet."""
STEERING = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
END = re.compile(r"^=== (\d+)$", re.MULTILINE)
IMPORT_ALL = """
import resource, sys
from cenotaph.cli import main
case, who = sys.argv[1], ["--apply", "--who", "x", "--owner", "Example Monitor"]
for asked in sys.argv[2:]:
    how, _, file = asked.partition(":")
    code = 0
    try:
        main(["import", case, file, *(who if how == "take" else who[-2:])])
    except SystemExit as end:
        code = end.code or 0
    sys.stdout.flush()
    print(f"=== {code}", flush=True)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""
TO_BYTES = 1 if sys.platform == "darwin" else 1024


class Ran:
    """What was written of each file, with its exit code; and the most memory that was used."""

    def __init__(self, case: Path, *files: str) -> None:
        subprocess.run(
            [sys.executable, "-c", "from cenotaph.cli import main; main()", "init", str(case), "--country", "Syria"],
            check=True, capture_output=True,
        )  # fmt: skip
        command = [sys.executable, "-c", IMPORT_ALL, str(case), *files]
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
        parts = END.split(done.stdout.decode("utf-8"))
        assert done.returncode == 0, parts[-1][-2_000:]
        self.memory = int(parts[-1]) * TO_BYTES
        self.lines = [part.strip("\n").split("\n") for part in parts[:-1:2]]
        self.codes = [int(code) for code in parts[1::2]]


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("sheets")


@pytest.fixture(scope="module")
def good(here: Path) -> Path:
    (here / "good.csv").write_bytes(tabled.table(("2025-03-09", "Tartus", "77")))
    return here / "good.csv"


@pytest.fixture(scope="module")
def ran(here: Path, good: Path) -> Ran:
    files = [_made(here / f"{number:03}", case) for number, case in enumerate(CASES)]
    how = ["show" if case.get("shown") else "take" for case in CASES]
    asked = [f"{one}:{file}" for one, file in zip(how, files, strict=True)]
    return Ran(here / "case", *asked, f"take:{good}")


def _made(folder: Path, case: Mapping[str, Any]) -> Path:
    folder.mkdir()
    path = folder / str(case.get("file", "a.xlsx"))
    path.write_bytes(getattr(tabled, case["builder"])(**placed(case.get("with", {}))))
    return path


def test_no_two_have_one_name() -> None:
    assert len({case["name"] for case in CASES}) == len(CASES)


@pytest.mark.parametrize("number", range(len(CASES)), ids=[case["name"] for case in CASES])
def test_what_is_hostile_is_refused_or_contained_in_a_line(ran: Ran, number: int) -> None:
    case, lines, code = CASES[number], ran.lines[number], ran.codes[number]
    refused = [line for line in lines if line.startswith(("Error: ", "not read: "))]
    assert code in (0, 1, 2) and len(refused) == (code != 0), lines
    assert code != 2 or lines == refused, lines
    if "says" in case:
        assert refused and case["says"] in refused[0]
    if case.get("kept"):
        end = "nothing is taken yet" if case.get("shown") else "1 sheet taken as evidence"
        assert code == 0 and end in lines[-1], lines


def test_no_line_steers_a_terminal_or_runs_on_or_is_a_traceback(ran: Ran) -> None:
    for line in (line for lines in ran.lines for line in lines):
        assert not STEERING.search(line.replace("\t", " ")), ascii(line)
        assert "Traceback" not in line and "panicked" not in line and len(line) < 1_000, line[:300]


def test_the_good_sheet_after_all_of_them_is_taken_in(ran: Ran, here: Path) -> None:
    assert ran.codes[-1] == 0
    assert any(one.quantity.base == 77 for one in Case(here / "case").claims())


def test_memory_stays_within_bounds(ran: Ran, here: Path, good: Path) -> None:
    idle = Ran(here / "idle", f"take:{good}")
    assert ran.memory - idle.memory < MOST_MEMORY, f"{ran.memory / 1e6:.0f} MB, idle {idle.memory / 1e6:.0f} MB"


def test_no_number_that_a_formula_gives_is_a_claim_and_none_is_told_twice(ran: Ran, here: Path) -> None:
    """A cell that says it is the end of its row says so in the words of its sheet, and is read as one cell."""
    assert ran.codes
    case = Case(here / "case")
    assert not any(one.quantity.base == 900 for one in case.claims())
    assert case.verify() == []


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_no_formula_is_written_back(ran: Ran, here: Path, form: str) -> None:
    assert ran.codes
    program = "from cenotaph.cli import main; main()"
    out = here / f"out.{form}"
    with open(out, "wb") as file:
        subprocess.run(
            [sys.executable, "-c", program, "export", str(here / "case"), "--format", form],
            stdout=file, check=True,
        )  # fmt: skip
    if form == "xlsx":
        with zipfile.ZipFile(io.BytesIO(out.read_bytes())) as packed:
            pages = [packed.read(one) for one in packed.namelist() if "/worksheets/" in one]
            assert pages and not any(re.search(rb"<f[\s>/]|<hyperlink", page) for page in pages)
            assert not any("externalLink" in one or "vba" in one.lower() for one in packed.namelist())
    else:
        import csv

        cells = [cell for row in csv.reader(io.StringIO(out.read_text("utf-8"), newline="")) for cell in row]
        ran_on = [one for one in cells if one.startswith(FORMULA) and not re.fullmatch(r"-?\d+(\.\d+)?", one)]
        assert len(cells) > 100 and ran_on == []


def test_nothing_was_written_beside_the_case_and_no_secret_into_it(ran: Ran, here: Path) -> None:
    assert ran.codes
    assert [*here.rglob("*evil*"), *Path(OUTSIDE).glob("evil-sheet*")] == []
    secret = Path("/etc/passwd").read_bytes().split(b"\n")[0].decode()
    assert not any(secret in report.text for report in Case(here / "case").reports())
