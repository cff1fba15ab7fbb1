"""Places of one name: as few facts as tell them apart, the plainest first."""

from __future__ import annotations

import pytest

from cenotaph.desk.told_apart import KINDS, Fact, told_apart
from cenotaph.vocabulary import Place


def village(id: str = "geonames:1", path: tuple[str, ...] = ("Syria", "Hama", "Deir"), **more: object) -> Place:
    return Place("Deir", "Deir", id, path, precision=1, **more)  # type: ignore[arg-type]


def named(place: Place) -> str:
    return place.name or place.words


HAMA = ("Syria", "Hama", "Deir")
CASES = {
    "in": (village(), village(path=("Syria", "Homs", "Deir")), ("Hama > Syria", "Homs > Syria")),
    "precision": (village(), Place("Deir", "Deir", "admin2:1", HAMA, precision=3), ("1", "3")),
    "near": (village(), Place("Dayr", "Deir", "geonames:2", HAMA, precision=1, near=True), ("", "Dayr")),
    "reported": (village(), Place("the monastery", "Deir", "", HAMA, precision=1), ("", "the monastery")),
    "point": (village(lat=35.1, lon=36.5), village("geonames:2", lat=35.2, lon=36.5), ("35.10, 36.50", "35.20, 36.50")),
    "id": (village(), village("geonames:2"), ("a", "b")),
}  # fmt: skip


@pytest.mark.parametrize("kind", CASES)
def test_one_fact_is_enough_where_it_tells_two_places_apart(kind: str) -> None:
    one, other, values = CASES[kind]
    facts = [(Fact(kind, value),) if value else () for value in values]
    told = told_apart({"a": one, "b": other}, named)
    assert told == {key: fact for key, fact in zip("ab", facts, strict=True) if fact}


def test_a_name_that_no_other_place_has_is_told_nothing_more() -> None:
    assert told_apart({"a": village(), "b": Place("Dara", "Dara")}, named) == {}
    assert told_apart({}, named) == {}


def test_three_of_one_name_are_told_by_as_many_facts_as_it_takes() -> None:
    some = {
        "a": village(), "b": village("geonames:2", ("Syria", "Homs", "Deir")),
        "c": Place("Deir", "Deir", "admin2:1", ("Syria", "Homs", "Deir"), precision=3),
    }  # fmt: skip
    assert told_apart(some, named) == {
        "a": (Fact("in", "Hama > Syria"), Fact("precision", "1")),
        "b": (Fact("in", "Homs > Syria"), Fact("precision", "1")),
        "c": (Fact("in", "Homs > Syria"), Fact("precision", "3")),
    }


def test_every_two_places_differ_in_something_that_is_told() -> None:
    some = {f"{at}": one for at, case in enumerate(CASES.values()) for one in case[:1]}
    some |= {f"{at}+": case[1] for at, case in enumerate(CASES.values())}
    told = told_apart(some, named)
    assert len({told.get(key, ()) for key in some}) == len(some)
    assert {fact.kind for facts in told.values() for fact in facts} <= set(KINDS)
