"""The adapter of syria_places on rows of our own: what is looked up in what, and what is handed in."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bench.adapter import Run
from bench.reading import readings
from bench.sets import syria_places
from cenotaph.gazetteer import Gazetteer


def row(name: str, source: str = "airwars", **known: Any) -> dict[str, Any]:
    empty = {"place_ar": None, "admin1": "Idlib", "admin2": None, "precision": "village", "n": 1}
    gold = {"gold": {"lat": 35.5, "lon": 36.5}}
    return empty | gold | {"id": f"{source}-{name}", "source": source, "place": name} | known


OURS = row("Khirbat Zaytunat village", "ucdp", admin1="Idlib Governorate", precision="where_prec 1")
THEIRS = row("Kherbet Zeitounat", place_ar="خربة زيتونات", gold={"lat": 35.52, "lon": 36.5})
LISTED = row("Saraqib", gold={"lat": 35.8645, "lon": 36.806})
NOWHERE = row("Umm Zaytunat", gold={"lat": 35.2, "lon": 36.4})


def measured(folder: Path, *found: dict[str, Any], **how: Any) -> dict[str, Any]:
    (folder / "places.jsonl").write_text("\n".join(map(json.dumps, found)), encoding="utf-8")
    printed: dict[str, Any] = json.loads(syria_places.run(folder, Run(reader=readings, **how)).json)
    return printed


def test_the_shipped_gazetteer_knows_nothing_of_the_sets_rows(tmp_path: Path) -> None:
    found = measured(tmp_path, OURS, THEIRS, LISTED)
    assert found["shipped"]["all"]["answered"] == 3
    assert found["shipped"]["airwars"]["acc@10km"] == 0.5


def test_with_ucdps_rows_as_own_list_only_airwars_rows_are_answered(tmp_path: Path) -> None:
    found = measured(tmp_path, OURS, THEIRS, LISTED)
    assert found["own"]["airwars"]["acc@10km"] == 1
    assert found["own"]["ucdp"]["answered"] == 0


def test_some_rows_can_be_asked_for_with_the_whole_list_still_brought(tmp_path: Path) -> None:
    found = measured(tmp_path, OURS, THEIRS, LISTED, only="Zeitounat")
    assert (found["own"]["all"]["n"], found["own"]["all"]["acc@10km"]) == (1, 1)


def test_nothing_of_the_answer_reaches_the_look_up() -> None:
    assert {"gold", "precision", "n"}.isdisjoint(syria_places.KEPT)


def test_a_row_that_is_off_says_by_which_rule_and_how_far() -> None:
    found = syria_places.found(NOWHERE, Gazetteer.embedded())
    kind, line = syria_places.verdict(NOWHERE, found) or ("", "")
    assert kind == "by its first-level area" and line.startswith("Idlib, ") and line.endswith(" km off")
    assert syria_places.verdict(NOWHERE, None) == ("not found", "no answer")


@pytest.mark.parametrize("known", [LISTED, OURS])
def test_a_row_within_ten_kilometres_is_no_error(known: dict[str, Any], tmp_path: Path) -> None:
    places = syria_places.own_places([OURS], tmp_path)
    assert syria_places.verdict(known, syria_places.found(known, places)) is None


def test_a_row_without_an_answer_is_handed_in_as_one() -> None:
    assert syria_places.line("airwars-1", None) == {"id": "airwars-1", "lat": None, "lon": None}
