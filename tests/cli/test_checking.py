"""A draft laid beside a case from the outside: what is told, to whom, and with which exit code."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from cenotaph.case import Case
from cenotaph.cli import VERBS, main
from tests.builders import decision_of

REPORTS = {
    "first.md": (
        "2025-03-09",
        "The Syrian Observatory for Human Rights said on 8 March that 745 civilians had been killed in Syria since 6"
        " March.",
    ),
    "second.md": (
        "2025-03-12",
        "The Syrian Observatory for Human Rights said on 12 March that 1,383 civilians had been killed in Syria since 6"
        " March. Sami Placeholder, a shopkeeper, said that three women were injured.",
    ),
}
RIGHT = "By 12 March 2025 the Syrian Observatory for Human Rights had counted 1,383 civilians killed in Syria.\n"
OLDER = "The Syrian Observatory for Human Rights says that so far 745 civilians have been killed.\n"


@pytest.fixture(autouse=True)
def verb(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(
        VERBS, "check", ("checking", "Check a draft of your own: each figure beside what the case holds.")
    )


def run(*words: str | Path, text: str | bytes | None = None) -> Result:
    return CliRunner(env={"COLUMNS": "100"}).invoke(main, [str(word) for word in words], input=text)


@pytest.fixture(scope="module")
def unread(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("unread")
    notes = folder / "notes"
    notes.mkdir()
    for name, (day, words) in REPORTS.items():
        (notes / name).write_text(f"---\noutlet: Example Wire\npublished: {day}\n---\n{words}\n", encoding="utf-8")
    assert run("init", folder / "case", "--country", "Syria").exit_code == 0
    assert run("add", folder / "case", notes, "--who", "an observer").exit_code == 0
    assert run("build", folder / "case").exit_code == 0
    return folder / "case"


@pytest.fixture(scope="module")
def case(unread: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same case, every claim of which a person has read."""
    from shutil import copytree

    folder = Path(copytree(unread, tmp_path_factory.mktemp("read") / "case"))
    held = Case(folder)
    for claim in held.claims():
        held.decide(decision_of("accept", claim.id))
    held.build()
    return folder


def found(case: Path, text: str) -> list[dict[str, Any]]:
    shown = run("check", case, "-", "--format", "json", text=text)
    assert shown.exit_code in (0, 1), shown.stderr
    findings: list[dict[str, Any]] = json.loads(shown.stdout)["findings"]
    assert shown.exit_code == int(any(one["verdict"] != "held" for one in findings))
    return findings


def verdicts(case: Path, text: str) -> list[tuple[str, str]]:
    return [(one["figure"], one["verdict"]) for one in found(case, text)]


# --- verdicts and exit codes ----------------------------------------------------------------------------------------


def test_a_right_draft_passes_with_the_words_it_rests_on(case: Path, tmp_path: Path) -> None:
    draft = tmp_path / "draft.md"
    draft.write_text(f"# A bulletin\n\n{RIGHT}", encoding="utf-8")
    shown = run("check", case, draft)
    assert shown.exit_code == 0, shown.output
    assert "1,383 · line 3 · held" in shown.stdout
    assert "Example Wire, 12 March 2025: “" in shown.stdout
    assert "1 figure in this draft: 1 held" in " ".join(shown.stderr.split())


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (OLDER, [("745", "older vintage"), ("745", "stale")]),
        ("1,383 civilians were killed in Syria.", [("1,383", "no root named")]),
        ("The Syrian Network for Human Rights counted 1,383 civilians killed in Syria.", [("1,383", "another root")]),
        ("The Syrian Observatory for Human Rights counted 1,383 people killed in Syria.", [("1,383", "another set")]),
        ("The Syrian Observatory for Human Rights counted 1,338 civilians killed.", [("1,338", "not held")]),
        ("قال المرصد السوري لحقوق الإنسان إن ١٣٨٣ مدنيا قتلوا في سوريا.", [("١٣٨٣", "held")]),
        ("قُتل ١٣٨٣ مدنيا في سوريا.", [("١٣٨٣", "no root named")]),
    ],
)
def test_what_differs_is_told(case: Path, text: str, wanted: list[tuple[str, str]]) -> None:
    assert verdicts(case, text) == wanted


def test_what_nobody_has_read_does_not_go_out_in_silence(unread: Path) -> None:
    assert verdicts(unread, RIGHT) == [("1,383", "held"), ("1,383", "nobody has read")]


def test_a_number_that_was_read_as_no_claim_is_told(case: Path) -> None:
    told = verdicts(case, RIGHT.strip() + " There were 77 bodies in one street.\n")
    assert ("77", "not checked") in told


def test_days_are_no_figures(case: Path) -> None:
    assert {figure for figure, _ in verdicts(case, RIGHT)} == {"1,383"}


def test_a_day_that_ends_a_record_is_no_day_of_harm(case: Path) -> None:
    until = "The Syrian Observatory for Human Rights said 1,383 civilians had been killed in Syria by 12 March 2025."
    that_day = "The Syrian Observatory for Human Rights said 1,383 civilians were killed in Syria on 12 March 2025."
    assert verdicts(case, until) == [("1,383", "held")]
    assert ("1,383", "another set") in verdicts(case, that_day)


def test_a_draft_without_figures_has_nothing_to_compare(case: Path) -> None:
    shown = run("check", case, "-", text="A quiet week.\n")
    assert (shown.exit_code, shown.stdout) == (0, "")
    assert "nothing was compared" in shown.stderr


def test_checking_keeps_nothing_of_the_draft(case: Path) -> None:
    before = (len(Case(case).reports()), len(Case(case).history()), sorted((case / "archive").rglob("*")))
    found(case, OLDER)
    assert (len(Case(case).reports()), len(Case(case).history()), sorted((case / "archive").rglob("*"))) == before


# --- how it is written ----------------------------------------------------------------------------------------------


def test_json_gives_the_place_in_the_draft_and_the_words(case: Path) -> None:
    text = f"A bulletin.\n\n{OLDER}"
    for one in found(case, text):
        assert text[one["start"] : one["end"]] == one["figure"] == "745"
        assert one["line"] == 3
        assert [rest["published"] for rest in one["rests"]] == ["2025-03-09"]
        assert "745 civilians" in one["rests"][0]["quote"]


def test_csv_is_a_line_for_each_finding(case: Path) -> None:
    shown = run("check", case, "-", "--format", "csv", text=OLDER)
    lines = list(csv.DictReader(io.StringIO(shown.stdout)))
    assert [line["verdict"] for line in lines] == ["older vintage", "stale"]
    assert all(line["rests"].startswith("claim:") for line in lines)
    assert shown.exit_code == 1


@pytest.mark.parametrize("form", ["json", "csv"])
def test_data_stay_data_when_nothing_was_found(case: Path, form: str) -> None:
    shown = run("check", case, "-", "--format", form, text="A quiet week.\n")
    assert shown.exit_code == 0
    assert json.loads(shown.stdout) == {"findings": []} if form == "json" else shown.stdout.startswith("figure,line,")


def test_a_private_person_is_named_nowhere(case: Path) -> None:
    text = "Example Monitor said three women were injured."
    for form in ("table", "json", "csv"):
        shown = run("check", case, "-", "--format", form, text=text)
        assert "three" in shown.stdout
        assert "Placeholder" not in shown.output
        assert "Sami" not in shown.output


def test_a_draft_can_not_steer_the_terminal(case: Path) -> None:
    shown = run("check", case, "-", text="Example \x1b[2JMonitor counted 99 people killed.\n")
    assert "\x1b" not in shown.output


# --- what can't be checked ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "said"), [(b"", "empty"), (b"\x00\x01\x02" * 400, "no text"), (b" \n\n ", "empty")]
)
def test_what_holds_no_text_is_misuse(case: Path, tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "draft.txt"
    path.write_bytes(content)
    shown = run("check", case, path)
    assert (shown.exit_code, shown.stdout) == (2, "")
    assert said in shown.stderr
    assert "Traceback" not in shown.stderr


def test_a_missing_draft_a_folder_and_no_case_are_misuse(case: Path, tmp_path: Path) -> None:
    for words in ((case, tmp_path / "nothing.txt"), (case, tmp_path), (tmp_path, "-"), (case,)):
        shown = run("check", *words, text=RIGHT)
        assert (shown.exit_code, shown.stdout) == (2, ""), shown.output
        assert "Error" in shown.stderr
