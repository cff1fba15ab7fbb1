"""The map and the timeline: where and when, in numbers of claims, and never a pin for an area."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Any

import pytest
from starlette.testclient import TestClient

from cenotaph.case import CaseError
from cenotaph.desk import Desk, mapping
from cenotaph.desk.mapping import Line, box_of
from cenotaph.desk.rows import place_key
from cenotaph.desk.search_asked import asked
from cenotaph.desk.timeline import _made, timeline
from cenotaph.vocabulary import Place

COAST = (35.0, 34.0, 37.0, 36.5)


def counted(desk: Desk) -> Counter[str]:
    """Claims by place, from the claims themselves."""
    return Counter(place_key(one.place) for one in desk.case.claims() if one.place)


# --- where ------------------------------------------------------------------------------------------------------------


def test_every_place_has_the_number_of_its_claims(looking: Desk) -> None:
    lines, more = mapping.lines(looking, asked())
    assert {line.key: line.claims for line in lines} == counted(looking)
    assert not more


def test_a_point_is_made_of_exact_places_alone(looking: Desk) -> None:
    found = mapping.spread(looking, asked(), None, 9)
    assert found.spots and found.areas
    assert all(line.place.precision <= 2 for spot in found.spots for line in spot.lines)
    assert all(line.place.precision >= 3 for area in found.areas for line in area.lines)
    assert all(area.geometry["type"] in ("Polygon", "MultiPolygon") for area in found.areas)


def test_nothing_is_lost_or_counted_twice_at_any_zoom(looking: Desk) -> None:
    whole = sum(counted(looking).values())
    for zoom in (0, 3, 7.5, 12, 20):
        found = mapping.spread(looking, asked(), None, zoom)
        held: list[Any] = [*found.spots, *found.areas]
        lines = [line for some in held for line in some.lines]
        assert len(lines) == len({line.key for line in lines})
        assert sum(line.claims for line in lines) == whole


def test_points_that_would_cover_each_other_are_told_as_one_at_a_place_of_theirs(looking: Desk) -> None:
    far, near = (mapping.spread(looking, asked(), None, zoom).spots for zoom in (2, 13))
    assert len(far) < len(near)
    places = {(line.place.lat, line.place.lon) for spot in near for line in spot.lines}
    assert all((spot.lat, spot.lon) in places for spot in far)


def test_only_what_lies_in_the_box_is_shown(looking: Desk) -> None:
    assert mapping.spread(looking, asked(), COAST, 8).spots
    elsewhere = mapping.spread(looking, asked(), (-10.0, -10.0, 0.0, 0.0), 8)
    assert (elsewhere.spots, elsewhere.areas) == ([], [])


@pytest.mark.parametrize(
    ("first", "last"),
    [("2025-03-06", "2025-03-08"), ("2025-03-07", ""), ("", "2025-03-07"), ("2025-03-01", "2025-03-31"),
     ("2025-02-10", "2025-04-02"), ("2024-12-15", "2025-03-07"), ("2024-12-02", "2025-01-20"),
     ("2025-03-07", "2025-12-31"), ("0001-01-02", "9999-12-31"), ("", "9999-12-30"), ("9999-12-31", "")],
)  # fmt: skip
def test_whole_months_and_single_days_give_the_same_as_the_claims_themselves(
    looking: Desk, first: str, last: str
) -> None:
    lines, _ = mapping.lines(looking, asked(first=first, last=last))
    wanted: Counter[str] = Counter()
    for one in looking.case.claims():
        day = str(one.period.start) if one.period and one.period.start else ""
        if one.place and day and (first or "0") <= day <= (last or "9"):
            wanted[place_key(one.place)] += 1
    assert {line.key: line.claims for line in lines} == wanted


def test_a_share_of_nothing_is_none() -> None:
    assert Line("place:1", Place("x"), 0, 0).share == 0.0


@pytest.mark.parametrize(
    "said", ["1,2,3", "a,b,c,d", "0,10,1,5", "5,0,1,1", "nan,0,1,1", "0,-91,1,1", "-999,0,1,1", "0,0,1,1,1"]
)
def test_a_box_that_is_none_is_told(reader: TestClient, said: str) -> None:
    with pytest.raises(CaseError, match="is no box"):
        box_of(said)
    assert reader.get("/map/places", params={"box": said}).status_code == 422
    assert reader.get("/map/land", params={"box": said}).status_code == 422


def test_a_zoom_that_is_none_is_told(reader: TestClient) -> None:
    for zoom in ("-1", "99", "near", "nan"):
        assert reader.get(f"/map/places?zoom={zoom}").status_code == 422
    assert reader.get("/map/land").status_code == 422


def test_the_answer_says_in_words_what_each_sign_is_and_leads_to_its_claims(reader: TestClient) -> None:
    found = reader.get("/map/places?box=35,34,37,36.5&zoom=9").json()
    for one in (*found["spots"], *found["areas"]):
        assert one["label"] and "claim" in one["label"]
        assert one["read"] == "machine"
        for place in one["named"]:
            assert "kind=claims" in place["link"]
            assert reader.get(place["link"]).text.count('class="hit"')


def test_land_is_drawn_from_this_server_and_kept_a_day(reader: TestClient) -> None:
    answer = reader.get("/map/land?box=35,34,37,36.5")
    assert {one["id"] for one in answer.json()["features"]} >= {"SY", "LB", "TR"}
    assert "max-age" in answer.headers["cache-control"]


def test_the_table_beside_the_map_says_the_same(reader: TestClient, looking: Desk) -> None:
    for path in ("/map/table", "/map/table?harm=killed&from=2025-03-06&to=2025-03-10"):
        assert reader.get(path).status_code == 200
    assert reader.get("/map/table").text.count("<tr>") == 1 + len(counted(looking))
    assert "No claim names a place" in reader.get("/map/table?from=1990-01-01&to=1990-01-02").text


def test_points_drawn_at_one_zoom_never_lie_within_a_cell_of_each_other() -> None:
    lines = [
        Line(f"place:{at}", Place("x", lat=35 + at % 7 / 100, lon=36 + at / 300, precision=1), 9, 0) for at in range(60)
    ]
    points = [(line, line.place.lat or 0.0, line.place.lon or 0.0, 0) for line in lines]
    for zoom in (5, 9, 11):
        size = mapping.CELL * 360 / (256 * 2**zoom)
        spots = mapping._spots(points, zoom)
        assert sum(len(spot.lines) for spot in spots) == 60
        for at, one in enumerate(spots):
            for other in spots[at + 1 :]:
                assert max(abs(one.lon - other.lon), abs(mapping._north(one.lat) - mapping._north(other.lat))) >= size


# --- when -------------------------------------------------------------------------------------------------------------


def test_every_claim_is_in_one_bar_or_said_to_be_in_none(looking: Desk) -> None:
    when = timeline(looking, asked())
    assert sum(row.total for row in when.rows) + when.before + when.after + when.undated == len(looking.case.claims())


def test_bars_follow_each_other_without_a_gap_in_any_unit() -> None:
    for days, unit in ((30, "day"), (400, "week"), (4_000, "month"), (20_000, "year")):
        first = dt.date(1960, 1, 30)
        when = _made({(str(first + dt.timedelta(days=at)), "killed"): 1 for at in range(0, days, 5)})
        assert when.unit == unit
        ends = when.ends
        assert all(end + dt.timedelta(days=1) == start for end, start in zip(ends, when.starts[1:], strict=False))
        assert sum(row.total for row in when.rows) + when.before + when.after == len(range(0, days, 5))


def test_one_old_event_does_not_make_a_line_of_all_others() -> None:
    counts = {("1982-02-02", "killed"): 1} | {(f"2025-03-{day:02}", "killed"): 40 for day in range(1, 20)}
    when = _made(counts)
    assert (when.unit, when.before, when.starts[0]) == ("day", 1, dt.date(2025, 3, 1))


def test_many_harms_share_one_row_at_the_end() -> None:
    when = _made({("2025-03-08", f"harm {at}"): 20 - at for at in range(9)})
    assert [row.harm for row in when.rows] == [*(f"harm {at}" for at in range(5)), ""]
    assert when.rows[-1].total == sum(20 - at for at in range(5, 9))


def test_no_day_at_all_gives_no_bars_and_says_how_many() -> None:
    when = _made({("", "killed"): 3})
    assert (when.starts, when.rows, when.undated, when.ends) == ((), (), 3, ())


def test_a_map_of_a_search_counts_the_claims_of_the_search_alone(reader: TestClient) -> None:
    page = reader.get("/search?q=Baniyas&view=map").text
    assert "data-map" in page and "data-timeline" in page
    found = reader.get("/map/places?q=Baniyas&zoom=9").json()
    whole = reader.get("/map/places?zoom=9").json()
    claims = [sum(one["claims"] for one in (*some["spots"], *some["areas"])) for some in (found, whole)]
    assert 0 < claims[0] < claims[1]
