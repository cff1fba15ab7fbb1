"""The laws of the calculus, each on made-up cases that shrink to the smallest one that breaks it.

`python -m bench.laws` tries the same laws on a million cases; CENOTAPH_EXAMPLES=5000 makes these tests try more.
"""

from __future__ import annotations

import os
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from bench.laws.__main__ import KINDS, Kind, Law, main, tried_out
from bench.laws.made import DAYS, FACETS, PLACES, Three
from bench.laws.made import KINDS as LEFT_OUT
from bench.laws.model import apart, meaning, within
from cenotaph.calculus import Relation
from cenotaph.vocabulary import Group, Harm, Period, Scope

EXAMPLES = int(os.environ.get("CENOTAPH_EXAMPLES", "60"))
RANDOM = some.randoms(use_true_random=False)
RELATIONS = some.sampled_from(list(Relation))
EACH = [pytest.param(kind, law, id=f"{kind.name}: {law.__name__}") for kind in KINDS for law in kind.laws]


@pytest.mark.parametrize(("kind", "law"), EACH)
def test_the_law_holds(kind: Kind, law: Law) -> None:
    @settings(deadline=None, max_examples=EXAMPLES, suppress_health_check=[HealthCheck.too_slow])
    @given(RANDOM)
    def holds(random: Any) -> None:
        case = kind.make(random)
        assert law(case) is not False, case

    holds()


@pytest.mark.parametrize(("kind", "law"), EACH)
def test_the_law_is_asked_of_cases_that_it_is_about(kind: Kind, law: Law) -> None:
    random = Random(7)
    assert any(law(kind.make(random)) for _ in range(3000))


# --- relations ----------------------------------------------------------------------------------------------------


@given(RELATIONS)
def test_a_relation_turned_twice_is_itself(relation: Relation) -> None:
    assert relation.turned.turned is relation


@given(some.lists(RELATIONS, max_size=8), RANDOM)
def test_dimensions_combine_in_any_order_and_any_grouping(relations: list[Relation], random: Any) -> None:
    whole = Relation.combined(relations)
    assert Relation.combined(random.sample(relations, len(relations))) is whole
    assert Relation.combined([*relations, Relation.EQUAL]) is whole
    assert Relation.combined([*relations, *relations]) is whole


@given(some.lists(RELATIONS, max_size=8))
def test_combining_and_turning_commute(relations: list[Relation]) -> None:
    assert Relation.combined(relations).turned is Relation.combined([relation.turned for relation in relations])


@given(some.lists(RELATIONS, max_size=8))
def test_sets_that_miss_each_other_in_one_dimension_miss_each_other(relations: list[Relation]) -> None:
    assert Relation.combined([*relations, Relation.DISJOINT]) is Relation.DISJOINT


# --- the model that the laws are held against -----------------------------------------------------------------------


def people(**stated: Any) -> dict[str, int]:
    known: dict[str, Any] = {"harm": Harm(("killed",)), "group": Group("people")}
    return meaning(Scope(**(known | stated)), drawn=0, root="one")


def test_the_model_tells_sets_apart_that_the_calculus_must_tell_apart() -> None:
    women, men = (people(group=Group("some", sex=sex)) for sex in FACETS["sex"])
    assert apart(women, men) and not apart(women, people())
    assert within(women, people()) and not within(people(), women)
    west, east = people(place=PLACES[1]), people(place=PLACES[4])
    assert apart(west, east) and not within(west, east)
    early = people(period=Period("then", DAYS[0], DAYS[2]))
    assert apart(early, people(period=Period("then", DAYS[3], DAYS[4])))
    assert not apart(early, people(period=Period("then", DAYS[3], DAYS[4], of="died")))
    assert within(people(exclusions=(Group(LEFT_OUT[0]),)), people())


def test_somebody_injured_can_be_killed_as_well() -> None:
    assert not apart(people(), people(harm=Harm(("injured",))))


# --- the command ----------------------------------------------------------------------------------------------------


def test_the_command_says_what_held_and_ends_well(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--examples", "30"]) == 0
    said = capsys.readouterr().out
    assert "scopes: 30 in 10 cases, seed 1" in said
    assert said.rstrip().endswith(f"0 of {len(EACH)} laws broken")


def test_a_law_that_is_broken_is_told_with_its_case(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def nobody_is_harmed(case: Three) -> bool | None:
        return False

    monkeypatch.setattr("bench.laws.__main__.KINDS", (Kind("scopes", Three.made, (nobody_is_harmed,)),))
    assert main(["--examples", "2"]) == 1
    said = capsys.readouterr().out
    assert "2 broken" in said and "broken: nobody_is_harmed\n  Three(" in said


def test_the_same_seed_makes_the_same_cases() -> None:
    kind = KINDS[0]
    first, again = ([str(one) for one in tried_out(kind, 40, 5)] for _ in range(2))
    assert first == again != [str(one) for one in tried_out(kind, 40, 6)]


@pytest.mark.parametrize("number", ["0", "-3", "many"])
def test_a_number_of_examples_that_is_none_is_refused(number: str) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["--examples", number])
