"""UCDP's own event out of a headline's claims: by a known party, in the main clause, and of no other day."""

from __future__ import annotations

from typing import Any

import pytest

from bench.sets import ucdp_syria
from cenotaph.vocabulary import Means, Party, Quantity
from tests.bench.made import claim, report, where

MINE = {"means": Means("a mine", "landmine")}
ARMY = Party("the army", "Land: army")


def deaths(words: str, *told: tuple[str, dict[str, Any]], harm: str = "killed") -> int | None:
    line = report(words)
    claims = [claim(line, part, harm, **fields) for part, fields in told]
    found = ucdp_syria.prediction(5, claims).get("deaths")
    return None if found is None else int(found)


def test_a_mine_of_nobody_known_kills_none_by_the_best_estimate() -> None:
    assert deaths("A mine kills 3 farmers", ("3 farmers", MINE)) == 0


def test_a_mine_of_a_party_counts_its_dead() -> None:
    assert deaths("A mine of the army kills 3 farmers", ("3 farmers", MINE | {"parties": (ARMY,)})) == 3


def test_dead_of_another_means_are_kept_beside_those_of_a_mine() -> None:
    assert deaths("A raid kills 4 cooks and a mine 3 farmers", ("4 cooks", {}), ("3 farmers", MINE)) == 4


@pytest.mark.parametrize(
    ("words", "expected"), [("A sniper kills 2 cooks", 0), ("Snipers of the army kill 2 cooks", 2)]
)
def test_a_sniper_of_nobody_is_nobody_known(words: str, expected: int) -> None:
    assert deaths(words, ("2 cooks", {})) == expected


def test_a_sniper_in_another_clause_is_not_who_did_it() -> None:
    assert deaths("A raid kills 2 cooks, and a sniper was seen", ("2 cooks", {})) == 2


def test_what_a_party_only_claims_is_no_best_estimate_but_what_it_is_accused_of_counts() -> None:
    assert deaths("The front claims it killed 2 guards", ("killed 2 guards", {"stance": "alleges"})) == 0
    assert deaths("Relatives accuse the front of killing 2 cooks", ("killing 2 cooks", {"stance": "alleges"})) == 2


def test_bodies_found_count_only_where_the_words_say_how_they_died() -> None:
    found = {"harm": "body recovered"}
    assert deaths("2 bodies found in a town", ("2 bodies", {}), **found) == 0
    assert deaths("2 bodies found after raids", ("2 bodies", {"means": Means("raids", "airstrike")}), **found) == 2


@pytest.mark.parametrize(
    "opening", ["After killing 9 guards, rebels shoot 2 cooks", "Rebels shoot 2 cooks after killing 9 guards"]
)
def test_what_came_before_the_main_clause_is_another_event(opening: str) -> None:
    assert deaths(opening, *_apart(opening, "killing 9 guards", "shoot 2 cooks")) == 2


def test_what_came_before_is_the_event_where_nothing_else_is_told() -> None:
    words = "After killing 9 guards, rebels leave"
    assert deaths(words, *_apart(words, "killing 9 guards")) == 9


def test_a_running_total_yields_to_the_dead_of_the_day() -> None:
    told = ("40 dead", {"reach": "running total"})
    assert deaths("3 cooks killed, 40 dead so far", ("3 cooks", {}), told) == 3
    assert deaths("Now 40 dead so far", told) == 40


def test_casualties_of_no_number_are_one_death_at_the_least() -> None:
    some = {"quantity": Quantity("casualties", "plural")}
    assert deaths("A raid leaves casualties", ("casualties", some), harm="injured or killed") == 1
    assert deaths("A raid kills cooks", ("cooks", {"quantity": Quantity("cooks", "plural")})) == 2


def _apart(words: str, *told: str) -> list[tuple[str, dict[str, Any]]]:
    """Each stretch as a claim whose harm word is its first word."""
    line = report(words)
    return [(part, {"trigger": where(line.text, part.split()[0])}) for part in told]
