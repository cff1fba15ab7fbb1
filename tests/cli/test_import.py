"""An export that people changed comes back: exactly the changed cells become decisions, and nothing else does."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import random
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from cenotaph.case import Case
from cenotaph.case.decisions import decided
from cenotaph.case.reading import Reader
from cenotaph.plain import canonical, dump
from cenotaph.vocabulary import Claim, Decision, Period, Span, Tie
from tests.case.tabled import COAST, DESERT, HARBOUR, assessed, captured, decide, decision, filled, reader
from tests.cli.running import run
from tests.cli.sheeted import OFFICE, by_libreoffice, cell, rows, saved

APPLY = ("--apply", "--who", "A Reader", "--why", "a test")
TOLD = HARBOUR | {"note": "some 33 men and boys at the quay on Friday", "status": "civilian"}
SHARE = {"exact": 9, "root": "Monitor", "place": "Harbour", "day": dt.date(2025, 3, 7), "part_of": "1"}
PLANTED = {
    "exact": 7,
    "root": "Monitor",
    "place": "East",
    "group": '=HYPERLINK("http://a.example","7")',
    "by": "@SUM(A1)",
}

LARGER = SHARE | {"exact": 32}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(Reader, "of", classmethod(lambda cls, *given: reader()))
    case = filled(
        tmp_path / "case",
        captured(TOLD, SHARE, name="first"),
        captured(COAST, {"exact": 803, "root": "a monitor", "unnamed": True, "total": True}, name="second"),
        captured(PLANTED, DESERT, name="third", outlet="صحيفة مثال"),
    )
    return case.folder


def opened(folder: Path) -> Case:
    return Case(folder, reader=reader())


def held(folder: Path, figure: int = 31) -> Claim:
    return next(one for one in opened(folder).claims() if one.quantity.base == figure)


def exported(folder: Path, form: str = "xlsx", *more: str) -> bytes:
    shown = run("export", folder, "--format", form, *more)
    assert shown.exit_code == 0, shown.output
    return shown.stdout_bytes


def come_back(folder: Path, content: bytes, *words: str, name: str = "back.xlsx") -> Result:
    path = folder.parent / name
    path.write_bytes(content)
    return run("import", folder, path, *words)


def asked(shown: Result) -> list[list[str]]:
    return [line.split("\t") for line in shown.stdout.splitlines()]


def edited(folder: Path, edits: dict[str, Any], figure: int = 31) -> bytes:
    """The export with cells of one claim changed."""
    return saved(exported(folder), {("claims", held(folder, figure).id, name): new for name, new in edits.items()})


# --- nothing changed --------------------------------------------------------------------------------------------------


def test_an_unchanged_export_asks_for_nothing(folder: Path) -> None:
    shown = come_back(folder, exported(folder))
    assert (shown.exit_code, shown.stdout) == (0, "")
    assert shown.stderr == "0 decisions asked for\n"


def test_nor_does_one_that_another_program_saved(folder: Path) -> None:
    shown = come_back(folder, saved(exported(folder)))
    assert (shown.exit_code, shown.stdout, shown.stderr) == (0, "", "0 decisions asked for\n")


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not on this machine")
def test_nor_one_that_libreoffice_saved_and_its_edits_are_found(folder: Path, tmp_path: Path) -> None:
    shown = come_back(folder, by_libreoffice(exported(folder), tmp_path))
    assert (shown.exit_code, shown.stdout, shown.stderr) == (0, "", "0 decisions asked for\n")


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not on this machine")
def test_edits_survive_libreoffice(folder: Path, tmp_path: Path) -> None:
    changed = edited(folder, {"base": 33, "end_day": dt.date(2025, 3, 8), "sex": "male"})
    shown = come_back(folder, by_libreoffice(changed, tmp_path), *APPLY)
    assert [one[:2] for one in asked(shown)] == [["correct", held(folder, 33).id]]
    assert (held(folder, 33).group.sex, held(folder, 33).period) == (
        "male", Period("2025-03-07", dt.date(2025, 3, 7), dt.date(2025, 3, 8), 2),
    )  # fmt: skip


@pytest.mark.parametrize("sheet", ["claims", "incidents", "assessments", "problems", "victims"])
def test_nor_does_any_sheet_as_csv(folder: Path, sheet: str) -> None:
    shown = come_back(folder, exported(folder, "csv", "--sheet", sheet), name="back.csv")
    if sheet in ("assessments", "victims"):  # there are none, and headings alone are told by their names
        assert shown.stderr.startswith("0 decisions asked for")
    assert (shown.exit_code, shown.stdout) == (0, "")


def test_nor_do_rows_and_columns_in_another_order(folder: Path) -> None:
    def shuffled(name: str, found: list[list[Any]]) -> list[list[Any]]:
        order = list(range(len(found[0])))
        random.Random(1).shuffle(order)
        body = found[1:]
        random.Random(2).shuffle(body)
        return [[row[at] for at in order] for row in [found[0], *body]]

    shown = come_back(folder, saved(exported(folder), change=shuffled))
    assert (shown.exit_code, shown.stdout, shown.stderr) == (0, "", "0 decisions asked for\n")


def test_rows_that_were_taken_out_and_columns_of_ones_own_are_told_and_decide_nothing(folder: Path) -> None:
    def fewer(name: str, found: list[list[Any]]) -> list[list[Any]]:
        return [[*found[0], "my notes"], *([*row, "=1+1"] for row in found[2:])] if name == "claims" else found

    shown = come_back(folder, saved(exported(folder), change=fewer))
    assert (shown.exit_code, shown.stdout) == (0, "")
    assert "the column 'my notes' is none of ours; left alone" in shown.stderr
    assert "claims: 1 of its rows are not in the file" in shown.stderr


# --- what is changed --------------------------------------------------------------------------------------------------

CHANGES: list[tuple[dict[str, Any], Any]] = [
    ({"base": 33}, lambda one: one.quantity.base == 33 and one.quantity.words == "31"),
    ({"words": "some 33", "base": 33, "comparator": "about"}, lambda one: one.quantity.words == "some 33"),
    ({"comparator": "between", "upper": 40}, lambda one: (one.quantity.base, one.quantity.upper) == (31, 40)),
    ({"harm": "injured"}, lambda one: one.harm.codes == ("injured",)),
    ({"harm": "killed or injured"}, lambda one: one.harm.codes == ("injured", "killed")),
    ({"status": "Armed Group"}, lambda one: one.group.status == "armed group"),
    ({"status": ""}, lambda one: one.group.status == ""),
    (
        {"group": "men and boys", "sex": "male"},
        lambda one: (one.group.words, one.group.sex) == ("men and boys", "male"),
    ),
    ({"means_code": "shooting"}, lambda one: one.means.code == "shooting"),
    ({"direct": True, "means_code": "shooting"}, lambda one: one.means.direct is True),
    ({"place_name": "Jableh"}, lambda one: one.place.path == ("Syria", "Latakia", "Jableh") and one.place.lat),
    ({"place_name": "Homs", "place_id": "admin1:SY.11"}, lambda one: one.place.path == ("Syria", "Homs")),
    ({"place_name": "Homs", "path": "Syria > Homs > Homs"}, lambda one: one.place.id == "geonames:169577"),
    (
        {"place_name": "Old Quay", "path": "Land > West > Old Quay", "place_precision": 2},
        lambda one: (one.place.name, one.place.path[-1], one.place.lat) == ("Old Quay", "Old Quay", None),
    ),
    ({"lat": 35.5, "lon": 35.8}, lambda one: (one.place.lat, one.place.lon) == (35.5, 35.8)),
    ({"place_of": "died"}, lambda one: one.place.of == "died"),
    ({"end_day": dt.date(2025, 3, 9)}, lambda one: (one.period.end, one.period.precision) == (dt.date(2025, 3, 9), 2)),
    ({"end_day": "2025-03-09", "day_precision": 3}, lambda one: one.period.precision == 3),
    ({"period": "on Friday"}, lambda one: one.period.words == "on Friday"),
    ({"said": dt.date(2025, 3, 9)}, lambda one: one.said == dt.date(2025, 3, 9)),
    ({"stance": "hedges", "reach": "background"}, lambda one: (one.stance, one.reach) == ("hedges", "background")),
    ({"level": "documented"}, lambda one: one.level == "documented"),
]


@pytest.mark.parametrize(("edits", "expected"), CHANGES, ids=[" ".join(one) for one, _ in CHANGES])
def test_changed_cells_correct_their_claim_and_nothing_else(folder: Path, edits: dict[str, Any], expected: Any) -> None:
    before = {one.id: one for one in opened(folder).claims()}
    key = held(folder).id
    shown = come_back(folder, edited(folder, edits), *APPLY)
    assert shown.exit_code == 0, shown.output
    ((verb, about, row, told, why),) = asked(shown)
    assert (verb, about, why) == ("correct", key, "a test")
    assert row.startswith("claims, row ")
    assert [one.split(" (")[0] for one in told.split("; ")] == [
        one for one in rows(exported(folder))[0] if one in edits
    ]
    after = {one.id: one for one in opened(folder).claims()}
    assert expected(after.pop(key))
    assert before.pop(key).quote and before == after
    (kept,) = opened(folder).decisions()
    assert (kept.verb, kept.who, kept.why) == ("correct", "A Reader", "a test")


def test_a_correction_is_the_reading_of_a_person_and_its_words_lead_to_the_text(folder: Path) -> None:
    come_back(folder, edited(folder, {"words": "some 33", "base": 33, "comparator": "about"}), *APPLY)
    right = held(folder, 33)
    text = next(one.text for one in opened(folder).reports() if one.id == right.report)
    assert (right.coder.kind, right.coder.name) == ("person", "A Reader")
    assert right.anchor.of(text) == "some 33"
    assert cell(exported(folder), right.id, "reading") == "read once"
    assert "A Reader" not in str(rows(exported(folder)))


def test_what_a_person_changed_is_no_longer_assumed_by_a_rule(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Reader, "of", classmethod(lambda cls, *given: reader()))
    assumed = HARBOUR | {"assumed": ["period", "place"]}
    folder = filled(tmp_path / "case", captured(assumed, name="first")).folder
    come_back(folder, edited(folder, {"end_day": dt.date(2025, 3, 8)}), *APPLY)
    assert held(folder).assumed == (("place", "from the report"),)


def test_nothing_is_decided_before_that_is_asked_for(folder: Path) -> None:
    shown = come_back(folder, edited(folder, {"base": 33}))
    assert shown.exit_code == 0
    assert "base (I" in shown.stdout and "31 → 33" in shown.stdout and "(no reason yet)" in shown.stdout
    assert "add --apply --who NAME" in shown.stderr
    assert opened(folder).decisions() == []


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (("--apply",), "say who decides"),
        (("--apply", "--who", " "), "say who decides"),
        (("--apply", "--who", "A Reader"), "1 decision without a reason, the first in claims, row"),
    ],
)
def test_nobody_decides_without_a_name_and_a_reason(folder: Path, words: Sequence[str], line: str) -> None:
    shown = come_back(folder, edited(folder, {"base": 33}), *words)
    assert shown.exit_code == 2
    assert line in shown.stderr
    assert opened(folder).decisions() == []


def test_a_row_gives_its_own_reason(folder: Path) -> None:
    come_back(folder, edited(folder, {"base": 33, "why": "the list has 33 names"}), *APPLY)
    assert opened(folder).decisions()[0].why == "the list has 33 names"


def test_the_same_file_twice_decides_once(folder: Path) -> None:
    other = held(folder, 803).id
    edits = {("claims", held(folder).id, "base"): 33, ("claims", other, "decide"): "reject"}
    edits |= {("claims", held(folder, 745).id, "decide"): "accept"}
    content = saved(exported(folder), edits)
    assert sorted(one[0] for one in asked(come_back(folder, content, *APPLY))) == ["accept", "correct", "reject"]
    again = come_back(folder, content, *APPLY)
    assert (again.exit_code, again.stdout) == (0, "")
    assert len(opened(folder).decisions()) == 3
    second = come_back(folder, content, "--who", "Another")
    assert [one[0] for one in asked(second)] == ["accept"], "another person's reading is news"


def test_a_claim_is_rejected_or_marked_as_read(folder: Path) -> None:
    edits = {("claims", held(folder).id, "decide"): "accept", ("claims", held(folder, 803).id, "decide"): "Reject"}
    come_back(folder, saved(exported(folder), edits), *APPLY)
    assert 803 not in {one.quantity.base for one in opened(folder).claims()}
    assert cell(exported(folder), held(folder).id, "reading") == "read once"
    assert not [one for one in opened(folder).problems() if one.kind == "decision"]


def test_a_claim_that_was_accepted_is_not_taken_for_another_reading(folder: Path) -> None:
    """The journal keeps what pairs a name with a span in the order of names."""
    one = held(folder)
    seen = {"evidence": (("quantity", Span(1, 2)), ("group", Span(2, 3)))}
    read = Claim(**{name: getattr(one, name) for name in Claim.__slots__} | seen)
    kept = Decision(
        "A Reader", dt.datetime.now(dt.UTC), "accept", one.id, details={"seen": json.loads(canonical(read))}
    )
    assert decided([read], [kept]).problems == []
    other = Claim(**{name: getattr(one, name) for name in Claim.__slots__} | {"evidence": (("group", Span(1, 2)),)})
    assert len(decided([other], [kept]).problems) == 1


def test_a_part_of_another_claim_is_tied_in_a_sheet(folder: Path) -> None:
    part = held(folder, 9)
    assert part.relation == Tie(held(folder).id, "part")
    come_back(folder, edited(folder, {"relation": "overlay"}, 9), *APPLY)
    assert held(folder, 9).relation == Tie(held(folder).id, "overlay")
    come_back(folder, edited(folder, {"relation": "", "relation_to": ""}, 9), *APPLY)
    assert held(folder, 9).relation is None


# --- other sheets -----------------------------------------------------------------------------------------------------


@pytest.fixture
def unclear(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A part that is larger than its whole."""
    monkeypatch.setattr(Reader, "of", classmethod(lambda cls, *given: reader()))
    return filled(tmp_path / "case", captured(HARBOUR, LARGER, name="first")).folder


@pytest.mark.parametrize("answer", ["refuse", "settle"])
def test_a_problem_is_settled_in_its_row(unclear: Path, answer: str) -> None:
    (key,) = [row[0] for row in rows(exported(unclear), "problems")[1:]]
    content = saved(exported(unclear), {("problems", key, "decide"): answer})
    come_back(unclear, content, *APPLY)
    assert [(one.verb, one.about) for one in opened(unclear).decisions()] == [("settle", key)]
    assert len(rows(exported(unclear), "problems")) == 1
    assert come_back(unclear, content).stdout == "", "it is settled already"


def test_agreeing_to_a_problem_that_proposes_nothing_is_refused(unclear: Path) -> None:
    (key,) = [row[0] for row in rows(exported(unclear), "problems")[1:]]
    shown = come_back(unclear, saved(exported(unclear), {("problems", key, "decide"): "agree"}), *APPLY)
    assert shown.exit_code == 1
    assert "proposes nothing" in shown.stderr and "column decide" in shown.stderr
    assert opened(unclear).decisions() == []


def test_grades_of_an_incident_are_taken_whole(folder: Path) -> None:
    key = rows(exported(folder), "incidents")[1][0]
    come_back(folder, saved(exported(folder), {("incidents", key, "grade_source"): "b"}), *APPLY)
    come_back(folder, saved(exported(folder), {("incidents", key, "grade_information"): 2}), *APPLY)
    assert cell(exported(folder), key, "grade_source", "incidents") == "B"
    assert cell(exported(folder), key, "grade_information", "incidents") == 2
    gone = {("incidents", key, "grade_source"): "", ("incidents", key, "grade_information"): ""}
    assert "decide undo" in come_back(folder, saved(exported(folder), gone), *APPLY).stderr


def test_an_assessment_is_signed_off_or_withdrawn(folder: Path) -> None:
    case = opened(folder)
    about = next(one.id for one in case.linked().incidents if held(folder).id in one.claims)
    decide(case, assessed(about, [held(folder).id], 20, 31))
    key = rows(exported(folder), "assessments")[1][0]
    assert "31" in cell(exported(folder), key, "words", "assessments")
    come_back(folder, saved(exported(folder), {("assessments", key, "decide"): "sign off"}),
              "--apply", "--who", "Another", "--why", "read again")  # fmt: skip
    assert cell(exported(folder), key, "reading", "assessments") == "read twice"
    come_back(folder, saved(exported(folder), {("assessments", key, "decide"): "withdraw"}), *APPLY)
    assert cell(exported(folder), key, "standing", "assessments") == "withdrawn"


# --- csv --------------------------------------------------------------------------------------------------------------


def as_csv(folder: Path, edits: dict[str, str], figure: int = 31, between: str = ",") -> bytes:
    told = list(csv.DictReader(io.StringIO(exported(folder, "csv").decode(), newline="")))
    next(row for row in told if row["id"] == held(folder, figure).id).update(edits)
    out = io.StringIO()
    writer = csv.DictWriter(out, list(told[0]), delimiter=between)
    writer.writeheader()
    writer.writerows(told)
    return out.getvalue().encode()


@pytest.mark.parametrize("between", [",", ";", "\t"])
@pytest.mark.parametrize("start", [b"", b"\xef\xbb\xbf"])
def test_a_csv_comes_back_from_any_program(folder: Path, between: str, start: bytes) -> None:
    shown = come_back(folder, start + as_csv(folder, {"base": "33"}, between=between), *APPLY, name="back.csv")
    assert [one[:2] for one in asked(shown)] == [["correct", held(folder, 33).id]]


def test_a_csv_without_how_it_was_written_is_compared_with_the_case_as_it_is(folder: Path) -> None:
    few = f"id,base,decide\r\n{held(folder).id},33,\r\n{held(folder, 803).id},803,reject\r\n".encode()
    shown = come_back(folder, few, name="back.csv")
    assert [one[0] for one in asked(shown)] == ["correct", "reject"]
    assert "compared with the case as it is now" in shown.stderr


# --- what others decided since ----------------------------------------------------------------------------------------


def test_what_the_case_changed_since_is_not_changed_back(folder: Path) -> None:
    content = edited(folder, {"sex": "male"}, 745)
    right = held(folder)
    fixed = replace(right, quantity=replace(right.quantity, base=30))
    decide(opened(folder), decision("correct", right.id, claim=dump(fixed)))
    shown = come_back(folder, content, *APPLY)
    assert [one[1] for one in asked(shown)] == [held(folder, 745).id]
    assert held(folder, 30).id == right.id


def test_a_cell_that_was_changed_on_both_sides_is_a_problem(folder: Path) -> None:
    content = edited(folder, {"base": 33})
    right = held(folder)
    decide(opened(folder), decision("correct", right.id, claim=dump(replace(
        right, quantity=replace(right.quantity, base=30)))))  # fmt: skip
    shown = come_back(folder, content, *APPLY)
    assert (shown.exit_code, shown.stdout) == (1, "")
    assert "since the export in the case as well" in shown.stderr


# --- formulas ---------------------------------------------------------------------------------------------------------


def test_a_formula_planted_in_a_report_never_becomes_one(folder: Path) -> None:
    for content in (exported(folder), saved(exported(folder), {("claims", held(folder, 7).id, "base"): 8})):
        shown = come_back(folder, content, *APPLY)
        assert shown.exit_code == 0
        assert "HYPERLINK" not in shown.stdout
    (kept,) = opened(folder).decisions()
    assert kept.details["claim"]["group"]["words"] == PLANTED["group"], "the words of a report stay as they are"
    for name, page in pages(exported(folder)).items():
        assert b"<f>" not in page and b"<hyperlink" not in page, name
    assert not any(line.startswith("=") or ",=" in line for line in exported(folder, "csv").decode().splitlines())


def pages(content: bytes) -> dict[str, bytes]:
    packed = zipfile.ZipFile(io.BytesIO(content))
    return {name: packed.read(name) for name in packed.namelist() if name.startswith("xl/worksheets/sheet")}
