"""Tolls as they are shown: of an episode, as of a day, without a voice, under other rules, and as a picture."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from cenotaph.case import Case
from cenotaph.case.reading import Reader
from tests.case.tabled import COAST, DESERT, HARBOUR, assessed, captured, claim, decide, decision, filled, reader
from tests.cli.running import run

EARLY, LATE = dt.date(2025, 3, 9), dt.date(2025, 3, 14)
ABOUT = {"about": 1000, "root": "المرصد", "total": True, "place": "coast", "since": dt.date(2025, 3, 6)}


def tolls(folder: Path, *words: str) -> list[dict[str, Any]]:
    found = run("toll", folder, "--format", "json", *words)
    assert found.exit_code == 0, found.output
    told: list[dict[str, Any]] = json.loads(found.stdout)["tolls"]
    return told


def series(folder: Path, root: str, *words: str) -> list[list[int]]:
    return sorted(
        [one["interval"]["low"] for one in toll["series"]] for toll in tolls(folder, *words) if toll["root"] == root
    )


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """One episode that grows, counted by two roots and about by a third; another episode; an undated report."""
    monkeypatch.setattr(Reader, "of", classmethod(lambda cls, *given: reader()))
    case = filled(
        tmp_path / "case",
        captured(COAST | {"by": "gunmen"}, published=EARLY, outlet="Early Wire"),
        captured(COAST | {"exact": 830}, COAST | {"exact": 803, "root": "Network"}, published=LATE, outlet="Late Wire"),
        captured(HARBOUR, published=LATE, outlet="Late Wire"),
        captured(DESERT, published=EARLY, outlet="Early Wire"),
        captured(ABOUT, published=LATE, outlet="صحيفة مثال"),
        captured(COAST | {"exact": 700}, published=None, outlet="Undated Wire"),
    )
    return case.folder


def opened(folder: Path) -> Case:
    return Case(folder, reader=reader())


# --- which tolls ----------------------------------------------------------------------------------------------------


def test_all_tolls_are_those_of_the_case(folder: Path) -> None:
    assert sorted(one["id"] for one in tolls(folder)) == sorted(one.id for one in opened(folder).tolls())
    rows = list(csv.DictReader(io.StringIO(run("toll", folder, "--format", "csv").stdout)))
    assert sorted(row["id"] for row in rows) == sorted(one.id for one in opened(folder).tolls())


def test_a_table_is_by_episode_with_what_keeps_the_figures_of_two_roots_apart(folder: Path) -> None:
    told = " ".join(run("toll", folder).stdout.split())
    assert "killed, coast, from 6 March 2025" in told and "killed, desert, from 5 January 2025" in told
    assert "Monitor 830 people (relayed 14 March 2025) beside Network 803 people" in told
    assert "roots are never added" in " ".join(run("toll", folder).stderr.split())


@pytest.mark.parametrize("scope", ["coast", "killed, coast", "I-0001", "episode"])
def test_a_scope_is_an_episode_with_its_incidents_by_code_id_or_title(folder: Path, scope: str) -> None:
    case = opened(folder)
    top = next(one for one in case.linked().incidents if claim(case, 745) in one.claims)
    decide(case, assessed(top.id, [claim(case, 745)], residual=True))
    found = tolls(folder, "--scope", top.id if scope == "episode" else scope)
    assert {one["root"] for one in found} == {"Monitor", "Network", "المرصد"}
    assert {31, 803} <= {one["figure"]["low"] for one in found} and 120 not in {one["figure"]["low"] for one in found}


@pytest.mark.parametrize("scope", ["120", "Monitor/killed", "desert"])
def test_a_scope_is_a_figure_or_a_root_with_its_harm(folder: Path, scope: str) -> None:
    assert 120 in {one["figure"]["low"] for one in tolls(folder, "--scope", scope)}


def test_the_code_of_an_incident_is_a_scope_as_of_a_day_too(folder: Path) -> None:
    case = opened(folder)
    one = next(one for one in case.linked().incidents if claim(case, 31) in one.claims)
    decide(case, assessed(one.id, [claim(case, 31)]))
    assert [toll["figure"]["low"] for toll in tolls(folder, "--scope", "I-0001", "--as-of", "2025-03-20")] == [31]


# --- what if --------------------------------------------------------------------------------------------------------


def test_as_of_a_day_what_came_later_is_not_there(folder: Path) -> None:
    assert series(folder, "Monitor", "--as-of", "2025-03-09") == [[120], [745]]
    assert series(folder, "Network", "--as-of", "2025-03-09") == []
    said = run("toll", folder, "--as-of", "2025-03-09").stderr
    assert "as known on 2025-03-09" in said and "1 report without a day is left out" in said


def test_without_a_voice_its_figures_are_not_there(folder: Path) -> None:
    assert series(folder, "Network", "--without", "network") == []
    assert series(folder, "Monitor", "--without", "Late Wire", "--without", "Undated Wire") == [[120], [745]]
    assert "without network: 1 claim set aside" in run("toll", folder, "--without", "network").stderr


def test_other_rules_change_the_interval_and_the_words_stay(folder: Path) -> None:
    (plain,) = [one for one in tolls(folder) if one["root"] == "المرصد"]
    (other,) = [one for one in tolls(folder, "--rules", "conservative") if one["root"] == "المرصد"]
    assert (plain["figure"]["low"], plain["figure"]["high"]) == (900, 1100)
    assert other["figure"] != plain["figure"] and other["figure"]["rules"] == "conservative"
    assert [one["words"] for one in other["series"]] == [one["words"] for one in plain["series"]]


def test_looking_otherwise_stores_nothing(folder: Path) -> None:
    before = (opened(folder).tolls(), opened(folder).history())
    run("toll", folder, "--as-of", "2025-03-09", "--without", "Monitor", "--rules", "conservative")
    assert (opened(folder).tolls(), opened(folder).history()) == before


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--scope", "nowhere"), "no toll is meant by 'nowhere'"),
        (("--scope", "I-0099"), "no toll is meant by 'I-0099'"),
        (("--as-of", "9 March"), "9 March"),
        (("--as-of", "2025-02-30"), "2025-02-30"),
        (("--without", "Netwrk"), "there is: Network"),
        (("--without", ""), "nobody is called ''"),
        (("--without", "Network", "--without", "Network"), "nobody is called 'Network'"),
        (("--without", "Network", "--as-of", "2025-03-09"), "nobody is called 'Network'"),
        (("--rules", "lenient"), "lenient"),
        (("--as-of", "2025-01-01", "--scope", "coast"), "no toll is meant"),
        (("--chart", "no/such/folder/chart.svg"), "no/such/folder/chart.svg"),
    ],
)
def test_what_is_not_there_is_misuse_in_one_line(folder: Path, words: tuple[str, ...], said: str) -> None:
    found = run("toll", folder, *words)
    assert (found.exit_code, found.stdout) == (2, "")
    assert said in found.stderr and "Traceback" not in found.stderr


# --- as a picture ---------------------------------------------------------------------------------------------------


def test_a_chart_without_a_file_is_drawn_on_the_terminal(folder: Path) -> None:
    told = run("toll", folder, "--chart")
    assert told.exit_code == 0
    assert "Monitor" in told.stdout and "المرصد" in told.stdout


@pytest.mark.parametrize("words", [("--chart", "--scope", "desert"), ("--scope", "desert", "--chart")])
def test_a_chart_without_a_file_may_be_followed_by_another_option(folder: Path, words: tuple[str, ...]) -> None:
    told = run("toll", folder, *words)
    assert told.exit_code == 0
    assert "Monitor" in told.stdout and "Network" not in told.stdout


def test_a_chart_without_a_file_does_not_take_the_case_for_one(folder: Path) -> None:
    """Whoever puts it before the case is told so, and no file is written over."""
    told = run("toll", "--chart", folder)
    assert told.exit_code == 2 and "CASE" in told.stderr
    assert (folder / "case.toml").is_file()


def test_a_chart_in_a_file_is_a_picture_and_nothing_is_on_stdout(folder: Path, tmp_path: Path) -> None:
    picture = tmp_path / "chart.svg"
    told = run("toll", folder, "--chart", picture, "--scope", "coast")
    assert (told.exit_code, told.stdout) == (0, "") and str(picture) in told.stderr
    text = picture.read_text("utf-8")
    assert ElementTree.fromstring(text).tag.endswith("svg")
    assert "Monitor" in text and "المرصد" in text and "830" in text and "120" not in text


def test_a_chart_of_nothing_is_no_crash(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Reader, "of", classmethod(lambda cls, *given: reader()))
    Case.create(tmp_path / "case", reader=reader())
    for words in (("--chart",), ("--chart", str(tmp_path / "chart.svg"))):
        assert run("toll", tmp_path / "case", *words).exit_code == 0


# --- what the team itself holds -------------------------------------------------------------------------------------


def test_what_the_team_holds_is_shown_with_who_has_read_it(folder: Path) -> None:
    case = opened(folder)
    one = next(one for one in case.linked().incidents if claim(case, 31) in one.claims)
    decide(case, assessed(one.id, [claim(case, 31)], 20, 31))
    told = " ".join(run("toll", folder).stdout.split())
    assert "what we hold: killed, reported: 20–31" in told and "read once" in told
    held = opened(folder).state().assessments()[0][0]
    decide(opened(folder), decision("sign off", held.id, who="Another"))
    assert "read twice" in " ".join(run("toll", folder).stdout.split())
    (ledger,) = json.loads(run("toll", folder, "--format", "json").stdout)["ledgers"]
    assert (ledger["total"]["low"], ledger["total"]["high"]) == (20, 31)
