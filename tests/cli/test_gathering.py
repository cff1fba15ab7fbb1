"""Incidents and roots as they are shown: as a table, as JSON and as CSV, and no protected name in any of them."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from pathlib import Path

import pytest

from cenotaph.case import Case
from cenotaph.case.reading import Reader
from tests.case.tabled import COAST, HARBOUR, assessed, captured, claim, decide, decision, filled, reader
from tests.cli.running import run, shown

NAMES = ("Sami", "Placeholder", "سامي", "مثالي")
EARLY, LATE = dt.date(2025, 3, 9), dt.date(2025, 3, 14)
RESIDENT = {"exact": 12, "resident": "Sami Placeholder", "place": "Harbour", "day": dt.date(2025, 3, 8)}
NETWORK = COAST | {"exact": 830, "root": "Network", "by": "soldiers", "heard": "Sami Placeholder"}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two roots and an unnamed voice on one episode, incidents told by protected people, and figures of nothing."""
    monkeypatch.setattr(Reader, "of", classmethod(lambda cls, *given: reader()))
    total = {"place": "coast", "total": True, "resident": "Sami Placeholder"}
    case = filled(
        tmp_path / "case",
        captured(COAST | {"by": "gunmen"}, published=EARLY, outlet="Early Wire", name="early"),
        captured(NETWORK, published=LATE, outlet="Late Wire", name="late"),
        captured(RESIDENT, outlet="Late Wire"),
        captured(total | {"exact": 300, "said": EARLY}, total | {"exact": 200, "as_of": LATE}, outlet="Late Wire"),
        captured({"exact": 4, "resident": "Sami Placeholder"}, published=dt.date(2024, 1, 1), outlet="Lone Wire"),
        captured(HARBOUR | {"exact": 5, "root": "المرصد", "heard": "سامي مثالي"}, outlet="صحيفة مثال", published=LATE),
        captured(
            {"exact": 803, "root": "a monitor", "unnamed": True, "total": True, "place": "coast"}, outlet="Other Wire"
        ),
        captured({"exact": 500000, "root": "Monitor", "reach": "background"}, outlet="Other Wire"),
    )
    return case.folder


def opened(folder: Path) -> Case:
    return Case(folder, reader=reader())


# --- incidents ------------------------------------------------------------------------------------------------------


def test_an_episode_is_shown_with_the_incidents_that_it_holds_and_how_many_stand_behind_it(folder: Path) -> None:
    told = shown("incidents", folder)
    assert "killed, coast, from 6 March 2025 [episode]" in told
    assert "5 claims in 4 reports, 2 named roots" in told
    assert "killed, Harbour, 8 March 2025 [incident]" in told
    assert "2 claims in no incident" in run("incidents", folder).stderr


def test_one_incident_is_shown_with_the_reason_for_each_claim(folder: Path) -> None:
    told = shown("incidents", folder, "Harbour, 8 March")
    assert "same place; same day" in told and claim(opened(folder), 12) in told
    assert "in killed, coast, from 6 March 2025" in told
    whole = shown("incidents", folder, "coast")
    assert "holds killed, Harbour, 8 March 2025" in whole and "a running total of its area" in whole


def test_what_a_rule_assumed_is_marked_so(folder: Path) -> None:
    assert "said while it went on (assumed)" in shown("incidents", folder, "coast")


@pytest.mark.parametrize("by", ["code", "id", "beginning", "title"])
def test_an_incident_is_found_by_its_code_its_id_the_beginning_of_it_or_its_title(folder: Path, by: str) -> None:
    case = opened(folder)
    one = next(one for one in case.linked().incidents if claim(case, 12) in one.claims)
    decide(case, assessed(one.id, [claim(case, 12)]))
    names = {"code": "I-0001", "id": one.id, "beginning": one.id.partition(":")[2][:6], "title": "harbour, 8"}
    assert f"I-0001 {one.title} [incident] {one.id}" in shown("incidents", folder, names[by])


def test_the_json_of_incidents_is_all_that_is_known_of_them(folder: Path) -> None:
    told = json.loads(run("incidents", folder, "--format", "json").stdout)["incidents"]
    linked = opened(folder).linked().incidents
    assert [(one["id"], one["kind"], one["parent"]) for one in told] == [
        (one.id, one.kind, one.parent) for one in linked
    ]
    assert [[link["claim"] for link in one["links"]] for one in told] == [list(one.claims) for one in linked]


def test_the_csv_of_incidents_is_a_row_for_each(folder: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(run("incidents", folder, "--format", "csv").stdout)))
    assert [row["id"] for row in rows] == [one.id for one in opened(folder).linked().incidents]


@pytest.mark.parametrize("wrong", ["I-0099", "incident:0000000000000000", "Sami Placeholder", "nowhere"])
def test_an_incident_that_is_not_there_is_misuse(folder: Path, wrong: str) -> None:
    found = run("incidents", folder, wrong)
    assert (found.exit_code, found.stdout) == (2, "") and "no incident is called" in found.stderr


@pytest.mark.parametrize("verb", ["incidents", "roots", "toll", "problems"])
def test_a_case_of_nothing_shows_nothing_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, verb: str
) -> None:
    monkeypatch.setattr(Reader, "of", classmethod(lambda cls, *given: reader()))
    Case.create(tmp_path / "case", reader=reader())
    found = run(verb, tmp_path / "case")
    assert (found.exit_code, found.stdout) == (0, "") and found.stderr


@pytest.mark.parametrize("verb", ["incidents", "roots", "toll", "problems"])
@pytest.mark.parametrize("wrong", [["--format", "xml"], ["--frmat"]])
def test_a_wrong_form_is_misuse(folder: Path, verb: str, wrong: list[str]) -> None:
    found = run(verb, folder, *wrong)
    assert (found.exit_code, found.stdout) == (2, "")


@pytest.mark.parametrize("verb", ["incidents", "roots", "toll", "problems", "decide"])
def test_a_folder_without_a_case_is_misuse(tmp_path: Path, verb: str) -> None:
    found = run(verb, tmp_path)
    assert (found.exit_code, found.stdout) == (2, "") and "cenotaph init" in found.stderr


# --- roots ----------------------------------------------------------------------------------------------------------


def test_a_root_is_shown_with_who_carries_it_and_how_that_is_known(folder: Path) -> None:
    told = shown("roots", folder)
    assert "Monitor carried by 2: Early Wire, Other Wire known named 2" in told
    assert "a private person (Late Wire, 2025-03-09) (nobody named)" in told
    assert "whether they are independent" in run("roots", folder).stderr


def test_the_json_and_the_csv_of_roots_say_the_same(folder: Path) -> None:
    told = json.loads(run("roots", folder, "--format", "json").stdout)["roots"]
    rows = list(csv.DictReader(io.StringIO(run("roots", folder, "--format", "csv").stdout)))
    assert [(row["root"], row["claims"]) for row in rows] == [(one["root"], str(one["claims"])) for one in told]
    assert [row["named"] for row in rows] == ["yes" if one["named"] else "no" for one in told]
    assert sum(one["claims"] for one in told) == len(opened(folder).claims())


def test_how_two_roots_hang_together_is_shown_once_it_is_decided(folder: Path) -> None:
    decide(opened(folder), decision("relate", "Monitor", **{"with": "Network", "independence": "shown"}))
    assert "Monitor and Network: shown" in shown("roots", folder)
    told = json.loads(run("roots", folder, "--format", "json").stdout)["tethers"]
    assert [(one["one"], one["other"], one["independence"]) for one in told] == [("Monitor", "Network", "shown")]


# --- what no output may hold, and what it must ------------------------------------------------------------------------

OUTPUTS = [
    ("incidents",), ("incidents", "--format", "json"), ("incidents", "--format", "csv"), ("incidents", "killed"),
    ("roots",), ("roots", "--format", "json"), ("roots", "--format", "csv"),
    ("toll",), ("toll", "--format", "json"), ("toll", "--format", "csv"), ("toll", "--chart"),
    ("toll", "--as-of", "2025-03-14"), ("toll", "--without", "Monitor"), ("toll", "--scope", "Harbour"),
    ("toll", "--rules", "plain"), ("problems",), ("problems", "--format", "json"), ("problems", "--format", "jsonl"),
    ("decide", "--list"),
]  # fmt: skip


def test_no_output_names_a_protected_person(folder: Path, tmp_path: Path) -> None:
    case = opened(folder)
    top = next(one.id for one in case.linked().incidents if claim(case, 12) in one.claims)
    decide(case, assessed(top, [claim(case, 12)]), decision("accept", claim(case, 4)))
    assert any("Sami Placeholder" in one.quote for one in case.problems()), "or the search finds nothing to hide"
    picture = tmp_path / "chart.svg"
    texts = {words: run(words[0], folder, *words[1:]) for words in OUTPUTS}
    assert {words for words, found in texts.items() if found.exit_code} == set()
    texts[("svg",)] = run("toll", folder, "--chart", picture)
    written = picture.read_text("utf-8")
    for words, found in texts.items():
        assert [name for name in NAMES if name in found.output + written] == [], words


def test_nor_does_a_refusal(folder: Path) -> None:
    for words in (("toll", "--without", "Samy Placeholdr"), ("toll", "--scope", "nobody"), ("incidents", "nobody")):
        found = run(words[0], folder, *words[1:])
        assert found.exit_code == 2
        assert [name for name in NAMES if name in found.output] == []


@pytest.mark.parametrize(
    "words",
    [
        ("incidents", "Harbour, 7"), ("roots",), ("roots", "--format", "json"), ("roots", "--format", "csv"),
        ("toll",), ("toll", "--format", "json"), ("toll", "--format", "csv"),
    ],
)  # fmt: skip
def test_arabic_comes_out_as_it_was_written(folder: Path, words: tuple[str, ...]) -> None:
    told = run(words[0], folder, *words[1:]).stdout
    assert "صحيفة مثال" in told
    assert "\\u0" not in told
