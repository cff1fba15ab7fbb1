"""Each set's adapter on inputs of our own in the set's form: what becomes of claims, and what is handed in."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from bench import casualties, parties, recording
from bench.adapter import SHARED, Reading, Run
from bench.reading import readings, world_of
from bench.sets import (
    adapters,
    airwars_syria,
    case2021_types,
    geoparse,
    gva_counts,
    hrdsattack,
    polnear,
    re3d,
    recognizers_text,
    ucdp_syria,
    wikievents,
)
from cenotaph.reconcile.scene import Scene
from cenotaph.vocabulary import (
    Group,
    Party,
    Period,
    Place,
    Quantity,
    Report,
    Tie,
)
from tests.bench.made import claim, report, where

DAY = dt.date(2020, 5, 4)
MONDAY = Period("on Monday", DAY, DAY, 1)
ANYONE = Group()
TOWN = Place("Town", "Town", "1", ("Land", "Province", "Town"), 10.0, 20.0, 1)


# --- one figure of a text -----------------------------------------------------------------------------------------


def test_figures_of_one_sentence_add_up() -> None:
    told = report("It killed 2 guards and 3 cooks.")
    assert casualties.together([claim(told, words, "killed") for words in ("2 guards", "3 cooks")]) == 5


def test_words_without_a_figure_count_only_where_no_other_figure_stands() -> None:
    told = report("It killed 4 guards and cooks.")
    vague = claim(told, "cooks", "killed", quantity=Quantity("cooks", "plural"))
    assert casualties.together([claim(told, "4 guards", "killed"), vague]) == 4
    assert casualties.together([vague]) == 2


@pytest.mark.parametrize(
    "fields",
    [
        {"stance": "denies"},
        {"stance": "expects"},
        {"reach": "background"},
        {"relation": Tie("claim:1", "part")},
        {"relation": Tie("claim:1", "overlay")},
        {"relation": Tie("claim:1", "restates")},
    ],
)
def test_what_is_no_figure_of_the_event_itself_is_not_counted(fields: dict[str, Any]) -> None:
    told = report("So 7 died.")
    assert casualties.counted([claim(told, "7 died", "killed", **fields)], "killed") == []


def test_casualties_count_as_killed_only_where_nobody_is_said_to_be_killed() -> None:
    told = report("In all 9 casualties, of whom 4 died.")
    any_of = claim(told, "9 casualties", "killed or injured")
    dead = claim(told, "4 died", "killed")
    assert casualties.counted([any_of], "killed") == [any_of]
    assert casualties.counted([any_of, dead], "killed") == [dead]


@pytest.mark.parametrize(
    ("quantity", "expected"),
    [
        (Quantity("3 or 4", "between", 3, 4), 4),
        (Quantity("dozens", "plural", 12), 24),
        (Quantity("several", "plural"), 2),
        (Quantity("half", "exact", 20, fraction=0.5), None),
        (Quantity(), None),
    ],
)
def test_one_number_is_made_of_a_quantity(quantity: Quantity, expected: int | None) -> None:
    told = report("Some died.")
    assert casualties.people(claim(told, "Some", "killed", quantity=quantity)) == expected


# --- gva_counts ---------------------------------------------------------------------------------------------------


def story(text: str, number: int, day: int, words: str) -> tuple[Report, list[Any]]:
    told = report(text, url=f"s{number}", published=DAY.replace(day=day))
    return told, [claim(told, words, "killed", place=TOWN, period=MONDAY)] if words else []


def shooting(*told: tuple[Report, list[Any]]) -> dict[str, Any]:
    return gva_counts.prediction("i-1", told, world_of(gva_counts.COUNTRIES))


def test_the_figure_of_most_stories_is_the_incidents() -> None:
    told = [
        story("So 2 died.", 1, 5, "2 died"),
        story("So 2 died.", 2, 6, "2 died"),
        story("Now 3 died.", 3, 7, "3 died"),
    ]
    line = shooting(*told)
    assert (line["killed"], line["injured"], line["date"]) == (2, 0, "2020-05-04")
    assert (line["place"], line["lat"]) == ("Town, Province, Land", 10.0)


def test_of_two_figures_the_smaller_stands() -> None:
    line = shooting(story("Now 3 died.", 2, 7, "3 died"), story("So 2 died.", 1, 5, "2 died"))
    assert (line["killed"], line["injured"]) == (2, 0)


def test_a_story_that_speaks_of_nobody_harmed_has_no_vote() -> None:
    silent = [story("A trial.", 1, 8, ""), story("A trial again.", 2, 9, "")]
    assert shooting(*silent, story("So 2 died.", 3, 5, "2 died"))["killed"] == 2
    assert [shooting(*silent)[harm] for harm in gva_counts.HARMS] == [0, 0]


# --- ucdp_syria ---------------------------------------------------------------------------------------------------


def test_deaths_of_two_sides_in_a_headline_add_up_and_civilians_stand_apart() -> None:
    told = report("Raid kills 4 fighters and 2 civilians")
    claims = [
        claim(told, "4 fighters", "killed", group=Group("fighters", "armed group"), place=TOWN),
        claim(told, "2 civilians", "killed", group=Group("civilians", "civilian")),
    ]
    line = ucdp_syria.prediction(5, claims)
    assert line == {"id": 5, "deaths": 6, "deaths_civilians": 2, "place": {"lat": 10.0, "lon": 20.0}}


SINCE_MAY = {"reach": "running total", "period": Period("since May", DAY, None)}


@pytest.mark.parametrize("fields", [SINCE_MAY, {"stance": "denies"}, {"reach": "background"}])
def test_a_headline_without_deaths_of_its_own_event_is_left_unanswered(fields: dict[str, Any]) -> None:
    told = report("So far 40 killed")
    assert ucdp_syria.prediction(5, [claim(told, "40 killed", "killed", **fields)]) == {"id": 5, "none": True}


# --- wikievents ---------------------------------------------------------------------------------------------------


def spans(told: Report, **words: str) -> tuple[tuple[str, Any], ...]:
    return tuple((name, where(told.text, one)) for name, one in words.items())


def test_a_claim_becomes_an_event_with_its_people_as_stretches_of_the_text() -> None:
    told = report("In Town raiders killed 2 miners.")
    evidence = spans(told, group="2 miners", parties="raiders", place="Town")
    one = claim(told, "2 miners", "killed", evidence=evidence, trigger=where(told.text, "killed"))
    (event,) = wikievents.prediction(told, [one])["events"]
    said = {one["role"]: told.text[slice(*one["span"])] for one in event["arguments"]}
    assert (event["type"], said) == ("Life.Die", {"Victim": "2 miners", "Killer": "raiders", "Place": "Town"})


def test_who_is_meant_again_is_found_where_they_were_said_first() -> None:
    told = report("It killed 2 miners. They died at once.")
    killed = where(told.text, "killed")
    first = claim(told, "2 miners", "killed", evidence=spans(told, group="2 miners"), trigger=killed)
    again = claim(told, "They died", "killed", evidence=spans(told, group="They"), relation=Tie(first.id, "restates"))
    assert wikievents.victims(told, again, [first, again]) == [where(told.text, "2 miners")]


def test_a_name_is_a_better_victim_than_the_group_around_it() -> None:
    told = report("The miner Xyz died.")
    one = claim(
        told, "died", "killed", group=Group("miner", names=("Xyz",)), evidence=spans(told, group="The miner Xyz")
    )
    assert wikievents.victims(told, one, [one]) == [where(told.text, "Xyz")]


def test_other_harms_are_no_events_of_the_set() -> None:
    told = report("They took 2 miners.")
    assert wikievents.prediction(told, [claim(told, "2 miners", "abducted")])["events"] == []


# --- recognizers_text ---------------------------------------------------------------------------------------------


def seen(text: str, language: str = "en") -> list[tuple[str, str, Any]]:
    told = report(text, published=DAY, language=language)
    found = recognizers_text.results(told, world_of(()))
    return [(one["type"], text[one["start"] : one["end"]], one["value"]) for one in found]


def test_a_number_is_given_by_itself_and_with_its_comparator_as_a_range() -> None:
    found = seen("There were at least seven people.")
    assert ("number", "seven", 7) in found
    assert ("numberrange", "at least seven", [7, None]) in found


def test_a_day_is_given_with_its_value_and_a_stretch_ends_on_the_day_after_it() -> None:
    assert ("date", "2 May 2020", "2020-05-02") in seen("It was on 2 May 2020.")
    assert ("daterange", "April 2020", ["2020-04-01", "2020-05-01"]) in seen("It was in April 2020.")


def test_where_two_ends_are_named_the_second_is_the_end() -> None:
    values = [value for kind, _, value in seen("It ran from 1 to 3 May 2020.") if kind == "daterange"]
    assert values == [["2020-05-01", "2020-05-03"]]


@pytest.mark.parametrize(
    ("ours", "expected"),
    [
        ([], "not seen"),
        ([{"start": 0, "end": 3, "type": "date", "value": "2020-05-04"}], "taken for another kind"),
        ([{"start": 0, "end": 3, "type": "number", "value": 8}], "another value"),
        ([{"start": 0, "end": 3, "type": "number", "value": 7}], ""),
        ([{"start": 5, "end": 8, "type": "number", "value": 7}], "not seen"),
    ],
)
def test_a_miss_is_called_by_its_kind(ours: list[dict[str, Any]], expected: str) -> None:
    true = {"start": 0, "end": 3, "type": "number", "values": ["7.0"]}
    assert recognizers_text.verdict(true, ours)[0] == expected


# --- polnear ------------------------------------------------------------------------------------------------------


def told_in(text: str) -> list[dict[str, list[str]]]:
    found = polnear.relations(report(text, published=DAY), world_of(()))
    return [{role: [text[a:b] for a, b in pieces] for role, pieces in one.items()} for one in found]


def test_what_follows_a_cue_is_its_content() -> None:
    (one,) = told_in("The ministry said that it rained.")
    assert one == {"source": ["The ministry"], "cue": ["said"], "content": ["that it rained."]}


def test_what_a_comma_closes_off_before_the_source_is_content_too() -> None:
    (one,) = told_in("It rained, the ministry said.")
    assert (one["source"], one["cue"], one["content"]) == (["the ministry"], ["said"], ["It rained,"])


def test_according_to_is_a_cue_beside_its_source() -> None:
    (one,) = told_in("According to the ministry, it rained.")
    assert (one["source"], one["cue"]) == (["the ministry"], ["According to"])


# --- geoparse -----------------------------------------------------------------------------------------------------


def test_a_place_name_is_given_with_its_point_and_without_its_ending() -> None:
    text = "Rain fell in Paris and on Berlin’s roofs."
    found = geoparse.toponyms(report(text), world_of(()))
    assert [text[one["start"] : one["end"]] for one in found] == ["Paris", "Berlin"]
    assert geoparse.distance((found[0]["lat"], found[0]["lon"]), (48.86, 2.35)) < 30


@pytest.mark.parametrize(
    ("ours", "expected"),
    [
        ([], "missed"),
        ([{"start": 0, "end": 5}], "found without a point"),
        ([{"start": 0, "end": 5, "lat": 0.0, "lon": 3.0}], "put elsewhere"),
        ([{"start": 0, "end": 5, "lat": 0.0, "lon": 1.0}], ""),
    ],
)
def test_what_is_the_matter_with_a_place_is_said(ours: list[dict[str, Any]], expected: str) -> None:
    assert geoparse.verdict({"start": 0, "end": 5, "lat": 0.0, "lon": 0.0}, ours) == expected


# --- hrdsattack ---------------------------------------------------------------------------------------------------


def test_claims_become_one_event_of_the_set() -> None:
    told = report("Police arrested the writer Xyz in Town on Monday.")
    one = claim(
        told, "arrested", "detained", group=Group("the writer", names=("Xyz",)), parties=(Party("Police"),),
        place=TOWN, period=MONDAY,
    )  # fmt: skip
    assert hrdsattack.prediction(told, [one], {}) == {
        "id": "x-1", "violation_types": ["arbitrary detention"], "perpetrator_mention": True,
        "perpetrator_type": "state actor", "victims": [{"name": "Xyz"}], "country": "Land", "region": "Province",
        "city": "Town", "year": "2020", "month": "May", "day": "4",
    }  # fmt: skip


def test_an_article_in_which_nothing_was_done_is_of_the_kind_other() -> None:
    told = report("A meeting was held.")
    line = hrdsattack.prediction(told, [], {})
    assert line == {"id": "x-1", "violation_types": ["other"], "perpetrator_mention": False, "victims": []}


@pytest.mark.parametrize(
    ("party", "expected"),
    [
        (Party("gunmen"), False),
        (Party("the army’s soldiers"), True),
        (Party("x", "A Group"), False),
        (Party("gunmen", "A Force"), True),
        (Party("the statement"), False),
    ],
)
def test_a_state_acts_through_its_bodies_and_not_through_groups(party: Party, expected: bool) -> None:
    known = {"A Group": {"kind": "armed group"}, "A Force": {"kind": "armed force"}}
    assert parties.of_state(party, known) is expected


# --- case2021_types -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("An air raid killed 2 men.", "AIR_STRIKE"),
        ("Gunmen killed 2 men.", "ATTACK"),
        ("Police arrested 2 men.", "ARREST"),
        ("Rebels killed 2 soldiers.", "ARMED_CLASH"),
        ("The council sat for 2 hours.", "OTHER"),
    ],
)
def test_the_weapon_tells_the_type_first_and_then_the_harm(text: str, expected: str) -> None:
    assert case2021_types.kind_of(report(text), world_of(())) == ("x-1", expected)


def test_every_kind_of_event_is_a_type_of_the_set() -> None:
    known = {one["code"] for one in world_of(()).codes("events")["event"]}
    assert set(case2021_types.TYPES) == known


# --- re3d ---------------------------------------------------------------------------------------------------------


def test_what_the_reader_sees_is_given_under_the_sets_types() -> None:
    text = "Seven soldiers of the United Nations were in Damascus on 2 May 2020."
    found = {(text[start:end], kind) for start, end, kind in re3d.entities(report(text), world_of(re3d.COUNTRIES))}
    assert {("2 May 2020", "Temporal"), ("Seven", "Quantity"), ("Damascus", "Location")} <= found


def test_no_two_entities_overlap() -> None:
    text = "The University of Damascus said that at least ten people of Homs province left on 2 May 2020."
    found = re3d.entities(report(text), world_of(re3d.COUNTRIES))
    assert all(one[1] <= other[0] for one, other in pairwise(found))


# --- airwars_syria ------------------------------------------------------------------------------------------------


WOMAN, CHILD, FIGHTER = Group("woman", sex="female"), Group("child", age="child"), Group("fighter", "armed group")
ALEPPO = Place("Aleppo", "Aleppo", "7", ("Syria", "Aleppo"), 36.2, 37.1, 1)


def told(*claims: tuple[str, Group], place: Place | None = ALEPPO, harm: str = "killed", **known: Any) -> Any:
    """A report whose words are figures, each a claim of its own sentence, and its claims."""
    one = report(". ".join(words for words, _ in claims) + ".", published=DAY, url=str(claims), **known)
    return one, [claim(one, words, harm, place=place, period=MONDAY, group=group) for words, group in claims]


def recorded(*read: Any) -> dict[str, list[int]]:
    scene = Scene.told(read, DAY + dt.timedelta(days=9), home=airwars_syria.COUNTRIES)
    ear = recording.ear_of(scene, world_of(airwars_syria.COUNTRIES))
    return recording.ranges(recording.drafts(read, ear, searched=True))


def test_figures_of_several_reports_make_a_range_and_fighters_are_kept_apart() -> None:
    found = recorded(told(("3", ANYONE)), told(("5", ANYONE)), told(("9", FIGHTER)))
    assert found == {"killed": [3, 5], "militants_killed": [9, 9]}


def test_women_and_children_are_recorded_beside_the_whole() -> None:
    found = recorded(told(("3", ANYONE)), told(("1", WOMAN)), told(("1", CHILD)))
    assert (found["women_killed"], found["children_killed"]) == ([1, 1], [1, 1])


def test_nothing_is_said_of_a_harm_that_no_report_speaks_of() -> None:
    assert recorded(told(("2", ANYONE), harm="displaced")) == {}


def test_people_of_this_place_and_day_are_named_in_full_and_once() -> None:
    scene = Scene(DAY, ALEPPO, airwars_syria.COUNTRIES)
    ear = recording.ear_of(scene, world_of(airwars_syria.COUNTRIES))
    here = told(("1", Group("Ali Saleh", names=("Ali Saleh",))), ("2", Group("one", names=("Rami",))))
    there = told(("3", Group("Sami Aziz", names=("Sami Aziz",))), place=Place("X", path=("Otherland", "X")))
    assert recording.named([here, here, there], ear) == ["Ali Saleh"]


def test_an_address_without_a_day_gives_none() -> None:
    urls = ("", "https://x.example/2023", "https://x.example/2023/19/40")
    assert [airwars_syria.day_of_address(url) for url in urls] == [None, None, None]


def test_days_are_found_where_a_text_writes_them_out_and_nowhere_else() -> None:
    words = world_of(("Syria",)).words("ar")
    text = "يوم ٥ تموز 2023، ثم 6/7/2023، لا 40/7/2023 ولا تموز وحده ولا 31 شباط 2023"
    assert airwars_syria.written_days(text, words) == [dt.date(2023, 7, 5), dt.date(2023, 7, 6)]


def test_reports_are_read_into_one_record() -> None:
    words = "2 people were killed in Aleppo on Monday, 4 May 2020."
    read = []
    for outlet in ("Wire", "Post"):
        one = report(words, outlet=outlet, published=DAY)
        russia = Party("Russian jets", "Russian Armed Forces")
        read.append((one, [claim(one, "2 people", "killed", place=ALEPPO, period=MONDAY, parties=(russia,))]))
    line = airwars_syria.prediction("i-1", read, world_of(("Syria",)))
    assert (line["killed"], line["date"], line["lat"]) == ([2, 2], "2020-05-04", 36.2)
    assert (line["perpetrators"], line["victims"]) == (["Russian Military"], [])


def test_an_incident_of_which_nothing_was_read_gives_no_figures() -> None:
    one = report("It rained.", published=DAY)
    line = airwars_syria.prediction("i-1", [(one, [])], world_of(("Syria",)))
    assert line == {"id": "i-1", "date": "2020-05-04", "perpetrators": [], "victims": []}


# --- each set whole, with two rows of our own ---------------------------------------------------------------------

EVENT = {"best": 2, "low": 2, "high": 2, "deaths_civilians": 2, "where_prec": 4, "lat": 1.0, "lon": 1.0}
RECORD = {"killed": 2, "injured": 0, "date": "2020-05-04", "state": "X", "city": "Y", "lat": None, "lon": None}
CODED = {
    **dict.fromkeys(recording.KINDS), "killed": [2, 2], "date": "2020-05-04", "lat": None, "lon": None,
    "perpetrators": [], "victims": [],
}  # fmt: skip
PERSON = {"violation_types": ["killing"], "victims": [{"victim_name": "Xyz"}], "perpetrator_mention": False}
TEXT = "2 people were killed in Paris on Monday, the ministry said."
ROWS: dict[str, dict[str, list[dict[str, Any]]]] = {
    "gva_counts": {
        "incidents.jsonl": [
            {"id": "i-1", "docs": [{"doc_id": "d", "published": None, "title": None, "text": TEXT}], "gold": RECORD}
        ]
    },
    "ucdp_syria": {
        "headlines.jsonl": [
            {
                "id": 1, "office": "X", "source_date": "2020-05-04", "headline": TEXT, "cumulative_words": False,
                "gold_number_in_headline": True, "gold": EVENT,
            }
        ]
    },
    "wikievents": {"dev.jsonl": [{"id": "w-1", "text": TEXT, "events": []}]},
    "recognizers_text": {
        "dev.jsonl": [
            {
                "id": "en-1", "lang": "English", "model": "NumberModel", "input": "2 men", "reference": None,
                "results": [{"text": "2", "start": 0, "end": 1, "type": "number", "values": ["2"]}],
            }
        ]
    },
    "polnear": {
        "dev.jsonl": [
            {
                "id": "p-1", "publisher": "x", "date": None, "text": TEXT,
                "attributions": [{"source": [[42, 54]], "cue": [[55, 59]], "content": [[0, 41]]}],
            }
        ]
    },
    "geoparse": {
        "dev.jsonl": [
            {
                "id": "g-1", "corpus": "lgl", "text": TEXT,
                "toponyms": [{"start": 24, "end": 29, "lat": 48.86, "lon": 2.35}],
            }
        ]
    },
    "hrdsattack": {
        "dev.jsonl": [{"id": "h-1", "published": None, "title": None, "text": TEXT, "annotations": [PERSON]}]
    },
    "case2021_types": {"dev.jsonl": [{"id": "c-1", "text": TEXT, "type": "ATTACK"}]},
    "re3d": {
        "dev.jsonl": [
            {
                "id": "r-1", "source": "x", "text": TEXT, "relations": [],
                "entities": [[0, 1, "Quantity", 1.0], [24, 29, "Location", 1.0], [2, 8, "Person", 1.0], *(
                    [start, start + 1, kind, 1.0] for start, kind in ((42, "Organisation"), (33, "Temporal"))
                )],
            }
        ]
    },
    "airwars_syria": {
        "incidents.jsonl": [{"id": "a-1", "doc_ids": ["d-1"], "number_visible": {}, "gold": CODED}],
        "docs.jsonl": [{"doc_id": "d-1", "publisher": "x", "published": None, "lang": "en", "text": TEXT}],
    },
}  # fmt: skip


def nothing(reports: Sequence[Report], countries: tuple[str, ...], jobs: int) -> Iterator[Reading]:
    for one in reports:
        yield one, [], []


@pytest.mark.parametrize("name", ROWS)
@pytest.mark.parametrize("reader", [readings, nothing])
def test_a_set_is_measured_from_its_files_with_every_figure_of_the_table(
    name: str, reader: Any, tmp_path: Path
) -> None:
    if not (SHARED / name / "bench.py").is_file():
        pytest.skip(f"the scorer of {name} is not on this machine")
    for file, held in ROWS[name].items():
        (tmp_path / file).write_text("".join(json.dumps(row) + "\n" for row in held), encoding="utf-8")
    adapter = adapters()[name]
    adapter.check(tmp_path)
    for only in ("", held[0].get("id") or "^a"):
        outcome = adapter.run(tmp_path, Run(reader=reader, only=str(only), errors=True))
        for figure in adapter.figures:
            found = figure.found(outcome.report)
            assert found is None or found >= 0


def test_an_answer_of_the_set_is_never_handed_to_the_reader(tmp_path: Path) -> None:
    handed: list[Report] = []

    def reader(reports: Sequence[Report], countries: tuple[str, ...], jobs: int) -> Iterator[Reading]:
        handed.extend(reports)
        yield from nothing(reports, countries, jobs)

    for name in ("gva_counts", "ucdp_syria", "wikievents", "hrdsattack", "airwars_syria"):
        if not (SHARED / name / "bench.py").is_file():
            pytest.skip(f"the scorer of {name} is not on this machine")
        for file, held in ROWS[name].items():
            (tmp_path / file).write_text("".join(json.dumps(row) + "\n" for row in held), encoding="utf-8")
        adapters()[name].run(tmp_path, Run(reader=reader))
    assert {one.text for one in handed} == {TEXT}
    assert len(handed) == 5
