"""The verbs from the outside: data on stdout, talk on stderr, exit codes, one clear line for wrong input."""

from __future__ import annotations

import ast
import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner, Result

from cenotaph import plain
from cenotaph.case import Case, CaseError
from cenotaph.cli import VERBS, main
from cenotaph.cli.collecting import take_in
from cenotaph.intake import Captured
from cenotaph.sources import gather

WORDS = (
    "At least 12 civilians were killed in Homs on Friday, the Syrian Observatory for Human Rights said on Saturday."
    " Sami Placeholder, a shopkeeper, said that three women were injured."
)
NOTE = f"---\noutlet: Example Wire\npublished: 2025-03-09\nurl: https://wire.example/a\n---\n{WORDS}\n"
HEAVY = (
    "sqlalchemy",
    "rich",
    "spacy",
    "httpx2",
    "trafilatura",
    "yaml",
    "cenotaph.case",
    "cenotaph.read",
    "cenotaph.world",
)


def run(*words: str | Path, text: str | bytes | None = None) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], input=text)


@pytest.fixture
def note(tmp_path: Path) -> Path:
    path = tmp_path / "note.md"
    path.write_text(NOTE, encoding="utf-8")
    return path


@pytest.fixture
def case(tmp_path: Path, note: Path) -> Path:
    folder = tmp_path / "case"
    assert run("init", folder, "--title", "A case", "--country", "Syria").exit_code == 0
    assert run("add", folder, note, "--who", "an observer").exit_code == 0
    assert run("build", folder).exit_code == 0
    return folder


# --- the group ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", VERBS)
def test_each_verb_says_in_its_help_what_the_list_says(name: str) -> None:
    shown = run(name, "--help")
    assert shown.exit_code == 0
    assert VERBS[name][1] in " ".join(shown.stdout.split())
    assert VERBS[name][1] in " ".join(run("--help").stdout.split())


def _heavy_after(code: str) -> list[str]:
    """What of the heavy modules is loaded in a fresh process once this has run."""
    asked = f"print([name for name in {HEAVY!r} if name in sys.modules])"
    words = [sys.executable, "-c", f"import sys\n{code}\n{asked}"]
    shown = subprocess.run(words, capture_output=True, text=True, check=True)
    return list(ast.literal_eval(shown.stdout.splitlines()[-1]))


def test_help_imports_no_engine() -> None:
    assert _heavy_after("from cenotaph.cli import main\ntry: main(['--help'])\nexcept SystemExit: pass") == []


def test_the_package_itself_imports_nothing_until_asked() -> None:
    assert _heavy_after("import cenotaph; cenotaph.Claim") == []
    assert "cenotaph.read" in _heavy_after("import cenotaph; cenotaph.read.read")


def test_every_public_name_is_there_and_no_other() -> None:
    import cenotaph

    for name in cenotaph.__all__:
        assert getattr(cenotaph, name) is not None
    with pytest.raises(AttributeError, match="has no 'Manager'"):
        _ = cenotaph.Manager


@pytest.mark.parametrize(
    ("typed", "meant"), [("tole", "toll"), ("bild", "build"), ("verfy", "verify"), ("exprot", "export")]
)
def test_a_misspelt_verb_is_answered_with_the_one_meant(typed: str, meant: str) -> None:
    shown = run(typed)
    assert shown.exit_code == 2
    assert f"Did you mean {meant}?" in shown.stderr


def test_a_verb_that_is_like_none_is_answered_with_all() -> None:
    shown = run("xyzzy")
    assert shown.exit_code == 2
    assert "There are: demo, serve, read" in shown.stderr


# --- read ---------------------------------------------------------------------------------------------------------


def test_reading_needs_no_case_and_says_that_a_machine_read(note: Path) -> None:
    shown = run("read", note)
    assert shown.exit_code == 0
    assert "At least 12 (12 or more) · civilians · killed" in shown.stdout
    assert "Example Wire > Syrian Observatory for Human Rights [root]" in " ".join(shown.stdout.split())
    assert "machine reading; read by nobody yet" in shown.stderr


def test_a_protected_voice_is_shown_and_marked_to_the_person_who_reads(note: Path) -> None:
    assert "protected" in run("read", note).stdout


def test_json_fits_the_schema_and_says_what_the_rules_made(note: Path) -> None:
    reading = json.loads(run("read", note, "--format", "json").stdout)
    jsonschema.Draft202012Validator(plain.schema()).validate(reading)
    first = reading["claims"][0]
    assert (first["quantity"]["low"], first["quantity"]["high"], first["quantity"]["rules"]) == (12, None, "plain")
    assert first["quote"] == WORDS[first["start"] : first["end"]]


def test_lines_of_json_each_say_what_they_are(note: Path) -> None:
    lines = [json.loads(line) for line in run("read", note, "--format", "jsonl").stdout.splitlines()]
    assert {name for line in lines for name in line} <= {"claims", "answers", "problems"}
    assert len(lines) >= 2


def test_csv_has_the_same_columns_whatever_was_found(note: Path) -> None:
    full = csv.DictReader(io.StringIO(run("read", note, "--format", "csv").stdout))
    empty = csv.DictReader(io.StringIO(run("read", "-", "--format", "csv", text="The shop opened.").stdout))
    rows = list(full)
    assert full.fieldnames == empty.fieldnames
    assert list(empty) == []
    assert (rows[0]["quantity.words"], rows[0]["quantity.low"], rows[0]["group.status"]) == (
        "At least 12",
        "12",
        "civilian",
    )


def test_a_text_without_harm_says_so() -> None:
    shown = run("read", "-", text="The shop opened at nine and sold bread.")
    assert (shown.exit_code, shown.stdout) == (0, "no harm to people or property was read in this text\n")


def test_what_the_person_says_of_a_report_wins(note: Path) -> None:
    shown = run("read", note, "--outlet", "Other Wire", "--published", "2025-03-15", "--format", "json")
    first = json.loads(shown.stdout)["claims"][0]
    assert first["voices"][0]["name"] == "Other Wire"
    assert first["said"] == "2025-03-15"


def test_arabic_is_read_and_shown_as_it_is() -> None:
    text = "قال المرصد السوري لحقوق الإنسان إن 12 مدنيا قتلوا في بانياس يوم السبت."
    shown = run("read", "-", text=text)
    assert shown.exit_code == 0
    assert "12 مدنيا قتلوا في بانياس" in shown.stdout


def test_the_marked_text_gives_the_exact_text_back(note: Path) -> None:
    from cenotaph.cli.marked import SIGNS, unmarked

    shown = run("read", note, "--marked")
    text = shown.stdout.split("\n\n")[0]
    assert "⟦At least 12⟧¹" in text
    assert unmarked(text, SIGNS[0]) == WORDS


def test_rules_for_figures_can_be_chosen(note: Path) -> None:
    shown = run("read", note, "--rules", "conservative", "--format", "json")
    assert json.loads(shown.stdout)["claims"][0]["quantity"]["rules"] == "conservative"


Wrong = Callable[[Path], list[str]]


def _file(content: bytes, name: str = "wrong.txt", *options: str) -> Wrong:
    def made(folder: Path) -> list[str]:
        (folder / name).write_bytes(content)
        return [str(folder / name), *options]

    return made


WRONG: dict[str, tuple[Wrong, str]] = {
    "empty file": (_file(b""), "the file is empty"),
    "only blanks": (_file(b" \n\n "), "the file is empty"),
    "binary": (_file(b"\x00\x01\x02" * 500), "this is no text"),
    "50 MB of one line": (_file(b"killed " * 7_500_000), "MB"),
    "6 MB of one line": (_file(b"killed " * 900_000), "a report has at most"),
    "a file of another kind": (_file(b"x", "film.mp4"), "a file of this kind can't be read"),
    "a sheet": (_file(b"x", "sheet.xlsx"), "comes in by cenotaph import"),
    "front matter that never ends": (_file(b"---\noutlet: x\n", "note.md"), "never ends"),
    "front matter that is not valid": (_file(b"---\na: [1\n---\nText.\n", "note.md"), "front matter is not valid"),
    "a misspelt field": (_file(b"---\noutlt: x\n---\nText.\n", "note.md"), "did you mean 'outlet'"),
    "a day that is none": (_file(b"---\npublished: soon\n---\nText.\n", "note.md"), "should be a day"),
    "JSON that is none": (_file(b"{", "x.json"), "not valid JSON"),
    "two reports in one file": (_file(b'[{"text": "a b"}, {"text": "c d"}]', "x.json"), "holds 2 reports"),
    "no words for the language": (_file(b"Text here.", "t.txt", "--language", "xx"), "no words for language 'xx'"),
    "no such rules": (_file(b"Text here.", "t.txt", "--rules", "guess"), "no rule set 'guess'"),
    "no such country": (_file(b"Text here.", "t.txt", "--country", "Atlantis"), "no country 'Atlantis'"),
    "no such day": (_file(b"Text here.", "t.txt", "--published", "yesterday"), "'yesterday'"),
    "marked as JSON": (_file(b"Text here.", "t.txt", "--marked", "--format", "json"), "--marked"),
    "a folder": (lambda folder: [str(folder)], "is a folder"),
    "a missing file": (lambda folder: [str(folder / "nothing.txt")], "nothing.txt: "),
    "an address that can't be reached": (lambda folder: ["http://nowhere.invalid/a"], "nowhere.invalid"),
    "an address inside this machine": (lambda folder: ["http://127.0.0.1:1/a"], "private network"),
    "an address of another kind": (lambda folder: ["ftp://wire.example/a"], "only http and https"),
}


@pytest.mark.parametrize("name", WRONG)
def test_wrong_input_gets_one_clear_line(name: str, tmp_path: Path) -> None:
    arguments, said = WRONG[name]
    shown = run("read", *arguments(tmp_path))
    assert shown.exit_code == 2, shown.output
    assert shown.stdout == ""
    assert said in shown.stderr
    errors = [line for line in shown.stderr.splitlines() if line.startswith("Error: ")]
    assert len(errors) == 1
    assert "Traceback" not in shown.stderr


def test_a_defect_of_ours_is_not_dressed_up_as_wrong_input(note: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any) -> None:
        raise KeyError("a defect")

    monkeypatch.setattr("cenotaph.cli.reading.one_report", broken)
    assert isinstance(run("read", note).exception, KeyError)


# --- a case -------------------------------------------------------------------------------------------------------


def test_adding_prints_the_id_of_each_report_and_what_became_of_it(case: Path, note: Path) -> None:
    again = run("add", case, note)
    (line,) = again.stdout.splitlines()
    assert line.split("\t")[1:] == ["same bytes", "note"]
    assert line.startswith("report:")
    assert "1 same bytes" in again.stderr


def test_pasted_text_can_be_added(case: Path) -> None:
    shown = run(
        "add",
        case,
        "-",
        "--outlet",
        "Example Wire",
        "--published",
        "2025-03-10",
        text="Two people were killed in Homs.",
    )
    assert (shown.exit_code, shown.stdout.split("\t")[1]) == (0, "new")


def test_one_bad_file_stops_no_other_and_is_named(case: Path, tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "empty.txt").write_bytes(b"")
    (folder / "good.txt").write_text("Four people were killed in Homs.", encoding="utf-8")
    shown = run("add", case, folder)
    assert shown.exit_code == 1
    assert len(shown.stdout.splitlines()) == 1
    assert "not added: empty: the file is empty" in shown.stderr


@pytest.mark.parametrize("name", ["empty file", "binary", "a missing file", "front matter that is not valid"])
def test_wrong_input_leaves_the_case_as_it_was(name: str, case: Path, tmp_path: Path) -> None:
    before = [report.id for report in Case(case).reports()]
    shown = run("add", case, *WRONG[name][0](tmp_path))
    assert shown.exit_code == 2
    assert [report.id for report in Case(case).reports()] == before
    assert run("verify", case).exit_code == 0


def test_a_toll_can_be_seen_and_taken_as_data(case: Path) -> None:
    assert "Syrian Observatory for Human Rights" in " ".join(run("toll", case).stdout.split())
    tolls = json.loads(run("toll", case, "--format", "json").stdout)["tolls"]
    (row, *_) = csv.DictReader(io.StringIO(run("toll", case, "--format", "csv").stdout))
    assert {row["root"], row["figure.low"]} <= {
        str(value) for toll in tolls for value in (toll["root"], toll["figure"]["low"])
    }


def test_why_begins_with_a_sentence_and_ends_at_the_words(case: Path) -> None:
    shown = run("why", case, "12").stdout
    assert shown.startswith("At least 12 (12 or more): civilians killed")
    assert "not checked by us." in shown.splitlines()[0]
    assert "“At least 12 civilians were killed in Homs on Friday" in " ".join(shown.split())


def test_why_without_a_figure_tells_every_toll_in_a_sentence(case: Path) -> None:
    lines = run("why", case).stdout.splitlines()
    assert len(lines) == len(Case(case).tolls())


def test_why_of_what_is_not_there_says_what_there_is(case: Path) -> None:
    shown = run("why", case, "99999")
    assert shown.exit_code == 2
    assert "nothing here matches '99999'" in shown.stderr


@pytest.mark.parametrize("form", ["csv", "json", "jsonl"])
def test_no_export_names_a_protected_person(case: Path, form: str) -> None:
    claims = Case(case).claims()
    names = {voice.name for claim in claims for voice in claim.voices if voice.protected}
    assert any("Sami" in name for name in names), "the report has a protected voice"
    shown = run("export", case, "--format", form)
    assert shown.exit_code == 0
    assert "Sami" not in shown.stdout
    assert "[protected]" in shown.stdout


def test_an_export_says_what_it_could_not_hold(case: Path) -> None:
    assert "Not in this form: answers of accused parties" in run("export", case, "--format", "csv").stderr


def test_problems_are_shown_and_strict_counts_them(case: Path) -> None:
    run("add", case, "-", text="There were deaths, the ministry said.")
    built = run("build", case, "--strict")
    listed = json.loads(run("problems", case, "--format", "json").stdout)["problems"]
    assert (built.exit_code == 1) == bool(listed)
    assert listed


def test_a_whole_case_verifies_and_a_flipped_byte_is_named(case: Path) -> None:
    assert run("verify", case).exit_code == 0
    (kept,) = (path for path in (case / "archive").rglob("*") if path.is_file())
    kept.write_bytes(kept.read_bytes().replace(b"12", b"13"))
    shown = run("verify", case)
    assert shown.exit_code == 1
    assert kept.name[:16] in shown.stdout


def test_what_is_forgotten_is_gone_and_the_case_stays_whole(case: Path) -> None:
    report = Case(case).reports()[0].id
    assert run("forget", case, report, "--who", "an observer", "--why", "a witness asked").exit_code == 0
    assert run("verify", case).exit_code == 0
    assert Case(case).reports() == []
    assert not any(b"shopkeeper" in path.read_bytes() for path in case.rglob("*") if path.is_file())


def test_forgetting_needs_a_reason(case: Path) -> None:
    assert run("forget", case, Case(case).reports()[0].id).exit_code == 2
    assert len(Case(case).reports()) == 1


@pytest.mark.parametrize(
    "verb", [["add", "-"], ["build"], ["toll"], ["why"], ["problems"], ["export", "--format", "csv"], ["verify"]]
)
def test_where_there_is_no_case_each_verb_says_so_in_one_line(verb: list[str], tmp_path: Path) -> None:
    shown = run(verb[0], tmp_path / "nothing", *verb[1:])
    assert shown.exit_code == 2
    assert shown.stderr.startswith("Error: no case in")
    assert len(shown.stderr.splitlines()) == 1


def test_a_case_is_not_made_over_another(case: Path) -> None:
    shown = run("init", case)
    assert (shown.exit_code, "holds a case already" in shown.stderr) == (2, True)


def test_an_unknown_country_is_told_before_anything_is_made(tmp_path: Path) -> None:
    assert run("init", tmp_path / "new", "--country", "Atlantis").exit_code == 2
    assert not (tmp_path / "new").exists()


def test_an_empty_case_says_what_to_do_next(tmp_path: Path) -> None:
    run("init", tmp_path / "new")
    assert "Next: cenotaph add" in run("toll", tmp_path / "new").stderr
    assert "nothing is open" in run("problems", tmp_path / "new").stderr
    assert run("export", tmp_path / "new", "--format", "json").stdout.strip() == '{\n  "claims": []\n}'


# --- stopping -----------------------------------------------------------------------------------------------------


def test_stopping_keeps_what_was_done_and_says_so(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_: Any, **__: Any) -> Any:
        yield next(iter(gather("-", stdin=io.BytesIO(b"Four people were killed in Homs."))))
        raise KeyboardInterrupt

    monkeypatch.setattr("cenotaph.cli.collecting.incoming", stopped)
    shown = run("add", case, "anything")
    assert shown.exit_code == 130
    assert "what was done is kept, and the same command goes on from there" in shown.stderr
    assert len(Case(case).reports()) == 2


@pytest.mark.parametrize("verb", [["export", "--format", "csv"], ["toll"], ["why"]])
def test_a_reader_that_closes_the_pipe_hears_no_complaint(verb: list[str], case: Path) -> None:
    words = [sys.executable, "-c", "from cenotaph.cli import main; main()", verb[0], str(case), *verb[1:]]
    source, sink = os.pipe()
    os.close(source)
    shown = subprocess.run(words, stdout=sink, stderr=subprocess.PIPE, text=True)
    os.close(sink)
    assert shown.returncode == 0
    assert "Traceback" not in shown.stderr
    assert "BrokenPipe" not in shown.stderr


def test_taking_in_counts_what_came_out_how(case: Path) -> None:
    items = [*gather("-", stdin=io.BytesIO(b"Five people were killed.")), *gather("nowhere.txt")]
    assert isinstance(items[0], Captured)
    assert dict(take_in(Case(case), items, "an observer", quietly=True)) == {"new": 1, "problem": 1}


# --- the demo -----------------------------------------------------------------------------------------------------


def test_the_demo_takes_thirty_reports_to_tolls_and_says_what_next(tmp_path: Path) -> None:
    shown = run("demo", tmp_path / "demo")
    assert shown.exit_code == 0, shown.output
    assert shown.stdout.startswith("30 reports taken into")
    for part in ("claims by harm: killed", "What each root had counted", "What stays open", "Next:"):
        assert part in shown.stdout
    assert "not added" not in shown.stderr
    assert run("verify", tmp_path / "demo").exit_code == 0


def test_the_demo_does_not_write_over_a_case(case: Path) -> None:
    with pytest.raises(CaseError):
        Case.create(case)
    assert run("demo", case).exit_code == 2
