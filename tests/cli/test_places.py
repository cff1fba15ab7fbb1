"""Places of one's own from the command line: a list for one report or a case, and what a name means."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cenotaph.case import Case
from tests.cli.running import run

CSV = "name,name_ar,admin1,lat,lon\nTall Zaytun village,تل زيتون,Idlib,35.5,36.5\n"
TEXT = "Twelve people were killed in Tall Zaytun on Monday."
WHY = ("--why", "the map of the team", "--who", "A Reader")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "places.csv").write_text(CSV, encoding="utf-8")
    (tmp_path / "r1.txt").write_text(TEXT, encoding="utf-8")
    assert run("init", tmp_path / "case", "--country", "SY").exit_code == 0
    with (tmp_path / "case" / "case.toml").open("a", encoding="utf-8") as settings:
        settings.write('gazetteer = "../places.csv"\n')
    assert run("add", tmp_path / "case", tmp_path / "r1.txt", "--who", "A Reader").exit_code == 0
    return tmp_path


def names(folder: Path) -> list[str]:
    return [claim.place.name if claim.place else "" for claim in Case(folder / "case").claims()]


def test_a_report_is_read_with_a_list_and_without_a_case(folder: Path) -> None:
    asked = ("read", folder / "r1.txt", "--country", "Syria", "--format", "json")
    places = [
        [one["place"]["name"] for one in json.loads(run(*asked, *more).stdout)["claims"]]
        for more in ((), ("--gazetteer", folder / "places.csv"))
    ]
    assert places == [[""], ["Tall Zaytun"]]


def test_a_case_is_read_with_its_list_and_by_what_was_decided(folder: Path) -> None:
    assert run("build", folder / "case").exit_code == 0
    assert names(folder) == ["Tall Zaytun"]
    assert run("decide", folder / "case", "place", "Tall Zaytun", "--place", "Saraqib", *WHY).exit_code == 0
    assert names(folder) == ["Saraqib"]


def test_a_point_is_decided_within_an_area(folder: Path) -> None:
    point = ("--point", "35.25, 36.25", "--inside", "Idlib", "--precision", "2")
    assert run("decide", folder / "case", "place", "Tall Zaytun", *point, *WHY).exit_code == 0
    (claim,) = Case(folder / "case").claims()
    assert claim.place is not None
    assert (claim.place.lat, claim.place.precision, claim.place.path[:2]) == (35.25, 2, ("Syria", "Idlib"))


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ((), "it says which place the name means"),
        (("--place", "Umm Zaytunat"), "no place 'Umm Zaytunat' is known"),
        (("--place", "Homs"), "several places are called 'Homs'"),
        (("--point", "35.25"), "--point is LAT,LON in degrees"),
        (("--point", "north,east"), "--point is LAT,LON in degrees"),
        (("--point", "135.25,36.25"), "lat is 135.25"),
        (("--point", "35.25,36.25", "--inside", "Saraqib"), "no place 'Saraqib' is known"),
    ],
)
def test_what_places_nothing_is_refused_and_not_written(folder: Path, given: tuple[str, ...], says: str) -> None:
    found = run("decide", folder / "case", "place", "Tall Zaytun", *given, *WHY)
    assert found.exit_code == 2 and says in " ".join(found.output.split())
    assert Case(folder / "case").decisions() == []


def test_a_precision_that_is_none_is_misuse(folder: Path) -> None:
    point = ("--point", "35.25,36.25", "--precision", "9")
    assert run("decide", folder / "case", "place", "Tall Zaytun", *point, *WHY).exit_code == 2


@pytest.mark.parametrize("content", ["", "what,lat,lon\nTall Zaytun,35.5,36.5\n", "name,lat,lon\nTall Zaytun,x,36.5\n"])
def test_a_list_that_cannot_be_used_is_one_line_and_no_trace(folder: Path, content: str) -> None:
    (folder / "places.csv").write_text(content, encoding="utf-8")
    for words in (("build", folder / "case"), ("read", folder / "r1.txt", "--gazetteer", folder / "places.csv")):
        found = run(*words)
        assert found.exit_code == 2 and "the gazetteer can't be used: places.csv" in found.output
        assert "Traceback" not in found.output
