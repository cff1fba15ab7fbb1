"""A village nobody lists is said to be where its report puts it, with a precision that allows for it."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from cenotaph.gazetteer import Gazetteer
from cenotaph.gazetteer.listed import places
from cenotaph.gazetteer.own import WithOwn, entries
from cenotaph.read import read
from cenotaph.vocabulary import Report
from cenotaph.world import Known, load

CASES = tomllib.loads((Path(__file__).parent / "unlisted.toml").read_text(encoding="utf-8"))["case"]
LIST = [("name", "admin1", "lat", "lon"), ("Khirbat Zaytunat village", "Idlib", 35.6, 36.5)]


@pytest.fixture(scope="module")
def world() -> Known:
    embedded = Gazetteer.embedded()
    own = WithOwn(embedded, entries(places(LIST, "list"), embedded, ("SY",)), ("list",))
    return load(countries=("SY",), places=own)


@pytest.mark.parametrize("case", CASES, ids=[case["why"] for case in CASES])
def test_where_a_harm_is_said_to_be(case: dict[str, Any], world: Known) -> None:
    report = Report.of_text(case["text"], language=case.get("language", "en"))
    claims, _, _ = read(report, world)
    assert claims
    place = claims[0].place
    if not case["words"]:
        assert place is None or place.name in ("Manbij", "")
        return
    assert place is not None
    found = (place.words, list(place.path), place.precision, place.name)
    assert found == (case["words"], case["path"], case["precision"], case.get("name", ""))


@pytest.mark.parametrize("case", CASES, ids=[case["why"] for case in CASES])
def test_a_place_without_an_entry_of_its_own_is_never_exact(case: dict[str, Any], world: Known) -> None:
    for claim in read(Report.of_text(case["text"], language=case.get("language", "en")), world)[0]:
        if claim.place is not None and not claim.place.id:
            assert claim.place.precision > 1
