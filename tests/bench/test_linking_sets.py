"""The sets that measure linking: rows become records as they stand, and each set is measured from its files."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from bench.adapter import Adapter, Run
from bench.reading import readings, world_of
from bench.sets import airwars_clusters, ucdp_crosslink
from cenotaph.vocabulary import Count, Report

TEXT = "Two people were killed in Ariha on Monday, 4 May 2020, the hospital said."
EVENT = {
    "id": 7, "date_start": "2020-05-03", "date_end": "2020-05-04", "where": "Ariha town", "adm_1": "Idlib Governorate",
    "lat": 35.81, "lon": 36.61, "deaths_civilians": 2, "low": 2, "best": 3, "high": 4, "side_a": "X", "side_b": "Y",
}  # fmt: skip
LISTED = {
    "id": "A", "date": "2020-05-04", "place_en": "Ariha", "place_ar": "أريحا", "admin1": "Idlib", "lat": None,
    "lon": None, "belligerent": "X", "civ_killed": [2, 2], "civ_injured": [None, None], "grade": "Fair",
}  # fmt: skip
OTHER = LISTED | {"id": "B", "place_en": "Jasim", "place_ar": "جاسم", "admin1": "Daraa"}
FILES: dict[str, dict[str, Sequence[Mapping[str, Any]]]] = {
    "airwars_clusters": {
        "incidents.jsonl": [{"id": "a-1", "doc_ids": ["d-1", "d-2"], "gold": {}}],
        "docs.jsonl": [
            {"doc_id": name, "publisher": name, "published": None, "lang": "en", "text": TEXT}
            for name in ("d-1", "d-2")
        ],
    },
    "ucdp_crosslink": {
        "crosslink_queries.jsonl": [EVENT | {"gold": ["A"]}],
        "crosslink_candidates.jsonl": [OTHER, LISTED],
    },
}


@pytest.mark.parametrize("adapter", [airwars_clusters.ADAPTER, ucdp_crosslink.ADAPTER], ids=lambda one: one.name)
def test_a_set_of_links_is_measured_from_its_files(adapter: Adapter, tmp_path: Path) -> None:
    if not (adapter.data / "bench.py").is_file():
        pytest.skip(f"the scorer of {adapter.name} is not on this machine")
    for file, held in FILES[adapter.name].items():
        (tmp_path / file).write_text("".join(json.dumps(row) + "\n" for row in held), encoding="utf-8")
    adapter.check(tmp_path)
    outcome = adapter.run(tmp_path, Run(reader=readings, errors=True))
    assert adapter.figures[0].found(outcome.report) == 100
    assert outcome.errors == ()


def test_a_report_is_a_record_of_what_it_names_and_claims() -> None:
    report = Report.of_text(TEXT, name="d-1", outlet="X", language="en")
    known = world_of(("Syria",))
    named = airwars_clusters.mentioned(report, known)
    record = airwars_clusters.record_of(report, [], named)
    assert (record.first, record.source, record.counts) == (dt.date(2020, 5, 4), "X", {})
    assert len(record.spots) == 1 and "ariha" in record.words and ("Syria", "Idlib") in record.areas


VILLAGES = [
    ("Two people were killed in the village of Kafr Barudan on Monday, the hospital said.", ("Kafr Barudan",), 0),
    ("قتل شخصان اليوم الجمعة بقصف على قرية عين بارودان", ("عين بارودان",), 4),
    ("استشهد مدني بقصف على حي #البارودية يوم الأحد ثم الاثنين", ("البارودية يوم",), 6),
]
NAMELESS = [
    ("Two people were killed in the village on Monday.", (), 0),
    ("Two people were killed in the town where they lived.", (), None),
    ("قتل شخصان في القرية", (), None),
    ("Nobody knows the village", (), None),
]


@pytest.mark.parametrize(("text", "names", "weekday"), [*VILLAGES, *NAMELESS])
def test_a_report_without_town_or_day_is_known_by_the_village_and_the_weekday_it_names(
    text: str, names: tuple[str, ...], weekday: int | None
) -> None:
    language = "en" if text.isascii() else "ar"
    report = Report.of_text(text, name="d-1", outlet="X", language=language)
    record = airwars_clusters.record_of(report, [], airwars_clusters.mentioned(report, world_of(("Syria",))))
    assert tuple(name for spot in record.spots for name in spot.names) == names
    assert (record.first, record.weekday) == (None, weekday)


def test_a_weekday_says_nothing_beside_a_day() -> None:
    report = Report.of_text(TEXT, name="d-1", outlet="X", language="en")
    record = airwars_clusters.record_of(report, [], airwars_clusters.mentioned(report, world_of(("Syria",))))
    assert (record.first, record.weekday) == (dt.date(2020, 5, 4), None)


def test_what_no_list_says_of_civilians_killed_is_none_killed() -> None:
    row = LISTED | {"civ_killed": [None, None]}
    assert ucdp_crosslink.candidate_of(row).counts == {"killed": (Count(0, 0),)}


def test_the_incident_of_that_place_comes_before_one_of_that_day() -> None:
    listed = {dt.date(2020, 5, 4): [ucdp_crosslink.candidate_of(row) for row in (OTHER, LISTED)]}
    assert [name for name, _ in ucdp_crosslink.ranked(ucdp_crosslink.query_of(EVENT), listed)] == ["A", "B"]


def test_an_event_without_a_day_is_not_looked_for() -> None:
    with pytest.raises(ValueError, match="must have a day"):
        ucdp_crosslink.ranked(ucdp_crosslink.query_of(EVENT | {"date_start": None}), {})
