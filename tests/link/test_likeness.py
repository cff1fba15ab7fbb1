"""Whether two records tell of one incident: the cases of likeness.toml, and laws that hold for any records."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from cenotaph.link.copies import FEWEST, sketch
from cenotaph.link.gathering import gathered_records, joined
from cenotaph.link.likeness import Weights, likeness, named_alike
from cenotaph.link.records import Record, Spot, days_apart, kilometres
from cenotaph.link.spelling import words
from cenotaph.link.victims import victims
from cenotaph.vocabulary import Count

TOLD = tomllib.loads((Path(__file__).parent / "likeness.toml").read_text("utf-8"))
PAIRS: list[dict[str, Any]] = TOLD["pair"]
GROUPS: list[dict[str, Any]] = TOLD["group"]


def record(name: str, table: Mapping[str, Any]) -> Record:
    lat, lon = table.get("point", (None, None))
    spot = Spot(tuple(table.get("place", ())), lat, lon, table.get("within", 0.0))
    text = words(table.get("passage", ""))
    return Record(
        name, table.get("day", table.get("from")), table.get("day", table.get("to")), table.get("weekday"),
        spots=(spot,) if spot.names or lat is not None else (),
        areas=frozenset({("Land", table["area"])} if "area" in table else ()),
        beside=frozenset(table.get("beside", ())),
        counts={harm: (_count(table[harm]),) for harm in ("killed", "injured") if harm in table},
        parties=frozenset({table["by"]} if "by" in table else ()), names=victims(table.get("names", ())),
        passages=frozenset(sketch(text) if len(text) >= FEWEST else ()), source=table.get("source", ""),
    )  # fmt: skip


def _count(said: Any) -> Count:
    return Count(*said) if isinstance(said, list) else Count(said, said)


@pytest.mark.parametrize("case", PAIRS, ids=[case["name"] for case in PAIRS])
def test_two_records(case: dict[str, Any]) -> None:
    one, other = record("one", case["one"]), record("other", case["other"])
    found = likeness(one, other, Weights())
    assert (found.score >= 0) == case["together"], found
    assert likeness(other, one, Weights()).score == pytest.approx(found.score)
    for words_of in case.get("because", ()):
        assert any(words_of in reason for reason in found.reasons), found
    for words_of in case.get("against", ()):
        assert any(words_of in point.why and point.weight < 0 for point in found.evidence), found


@pytest.mark.parametrize("case", GROUPS, ids=[case["name"] for case in GROUPS])
def test_records_are_gathered(case: dict[str, Any]) -> None:
    records = [record(name, table) for name, table in case["records"].items()]
    apart = [frozenset(pair) for pair in case.get("apart", ())]
    for told in (records, records[::-1]):
        assert sorted(gathered_records(told, Weights(), apart=apart)) == case["groups"]


def test_more_stay_apart_than_come_together() -> None:
    together = [case for case in PAIRS if case["together"]]
    assert len(PAIRS) - len(together) > len(together) > 4


def test_names_of_places_are_compared_without_what_all_places_are_called() -> None:
    assert named_alike(Spot(("town of Saraqeb",)), Spot(("سراقب",))) == 1
    assert named_alike(Spot(("village",)), Spot(("village",))) == 0
    assert named_alike(Spot(), Spot(("Saraqeb",))) == 0


def test_what_is_not_known_is_not_near() -> None:
    assert kilometres(Spot(("Saraqeb",)), Spot(lat=35.0, lon=36.0)) is None
    assert days_apart(Record("a"), Record("b", dt.date(2025, 3, 7))) is None


def test_rare_words_bring_reports_together_that_common_ones_do_not() -> None:
    common = [f"w{number}" for number in range(6)]
    told = {"a": ["bakery", "turbine", "heron"], "b": ["bakery", "turbine", "heron"], "c": ["ladder"]}
    records = [Record(name, words=frozenset((*common, *own))) for name, own in told.items()]
    crowd = [Record(f"z{number:03d}", words=frozenset(common)) for number in range(150)]
    groups = gathered_records([*records, *crowd], Weights())
    assert ["a", "b"] in groups and ["c"] in groups and len(groups) == 152


# --- laws -----------------------------------------------------------------------------------------------------------


@some.composite
def tables(draw: Any) -> dict[str, Any]:
    optional = {
        "day": some.dates(dt.date(2025, 3, 6), dt.date(2025, 3, 9)),
        "point": some.sampled_from([[35.51, 36.40], [35.52, 36.41], [36.51, 40.40]]),
        "place": some.sampled_from([["Kafr Zayn"], ["كفر زين"], ["Ayn Halim"]]),
        "area": some.sampled_from(["Idlib", "Homs"]),
        "killed": some.sampled_from([1, 4, 31]),
        "by": some.sampled_from(["Army", "Front"]),
        "names": some.sampled_from([["Salim Abdul Karim"], ["Huda Nasser"]]),
        "source": some.sampled_from(["Valley Post", "Hill Radio"]),
        "weekday": some.sampled_from([0, 4]),
    }
    chosen = draw(some.sets(some.sampled_from(sorted(optional)), max_size=7))
    return {key: draw(optional[key]) for key in sorted(chosen)}


QUIETLY = settings(deadline=None, max_examples=80, suppress_health_check=[HealthCheck.too_slow])
MANY = some.lists(tables(), max_size=9)


def named(found: list[dict[str, Any]]) -> list[Record]:
    return [record(f"{number:02d}", table) for number, table in enumerate(found)]


@given(MANY, some.randoms(use_true_random=False))
@QUIETLY
def test_the_order_of_records_changes_no_group(found: Any, random: Any) -> None:
    records = named(found)
    assert gathered_records(random.sample(records, len(records)), Weights()) == gathered_records(records, Weights())


@given(MANY)
@QUIETLY
def test_each_record_is_in_one_group(found: Any) -> None:
    groups = gathered_records(named(found), Weights())
    assert sorted(name for group in groups for name in group) == [one.name for one in named(found)]


@given(MANY)
@QUIETLY
def test_records_of_another_country_and_decade_leave_the_groups_as_they_were(found: Any) -> None:
    far = {"day": dt.date(2011, 5, 3), "point": [5.0, 100.0], "area": "Far", "killed": 4, "names": ["Lim Boon"]}
    records = named(found)
    after = gathered_records([*records, record("far", far), record("far too", far)], Weights())
    assert [group for group in after if not group[0].startswith("far")] == gathered_records(records, Weights())


@given(some.lists(tables(), min_size=2, max_size=8), some.data())
@QUIETLY
def test_what_people_decided_to_be_two_is_never_one(found: Any, data: Any) -> None:
    records = named(found)
    pair = data.draw(some.lists(some.sampled_from([one.name for one in records]), min_size=2, max_size=2, unique=True))
    groups = gathered_records(records, Weights(), apart=[frozenset(pair)])
    assert not any(set(pair) <= set(group) for group in groups)


def test_groups_are_joined_by_what_speaks_for_all_of_their_pairs() -> None:
    chain = {(0, 1): 2.0, (1, 2): 2.0, (0, 2): -9.0}
    assert joined(3, chain, 0.0) == [[0, 1], [2]]
    assert joined(3, chain | {(0, 2): 1.0}, 0.0) == [[0, 1, 2]]
    assert joined(3, {}, 0.0) == [[0], [1], [2]]
