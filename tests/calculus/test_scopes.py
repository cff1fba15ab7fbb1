"""How scopes lie, case by case, and the rule behind each dimension that no words state."""

from __future__ import annotations

from typing import Any

import pytest

from cenotaph.calculus import Relation, relate
from cenotaph.calculus.scopes import DISTINCT, WITHIN
from cenotaph.vocabulary import Group, Harm, Means, Party, Scope
from cenotaph.world import load
from tests.calculus.tables import cases, scope_of


@pytest.mark.parametrize("case", cases("scopes"), ids=lambda case: case["why"])
def test_how_one_set_lies_to_another(case: dict[str, Any]) -> None:
    found = relate(scope_of(case["a"]), scope_of(case["b"]), same_root=not case.get("two_roots"))
    assert str(found.relation) == case["is"], found
    if "opens" in case:
        assert found.opener == case["opens"]


def test_a_verdict_names_each_dimension_and_the_rule_that_filled_it() -> None:
    a, b = scope_of({"place": "West", "status": "civilian", "assumed": ["place"]}), scope_of({"place": "Land"})
    found = relate(a, b, same_root=True)
    assert [name for name, _ in found.dimensions] == [
        "harm", "group", "means", "place", "period", "parties", "exclusions", "level",
    ]  # fmt: skip
    assert found.of("place") is Relation.WITHIN
    assert found.of("group") is Relation.UNKNOWN
    assert found.rules("place") == ("from the report",)
    assert found.rules("period") == ()


def test_a_word_that_is_no_dimension_has_no_relation() -> None:
    found = relate(Scope(Harm(("killed",))), Scope(Harm(("killed",))))
    with pytest.raises(KeyError, match="voices"):
        found.of("voices")


def test_a_description_that_a_figure_lent_is_assumed() -> None:
    a = Scope(Harm(("killed",)), assumed=(("description", "same figure of the same root"),))
    assert relate(a, a, same_root=True).opener == "if both mean the same description: "


def test_names_are_not_the_whole_of_a_group() -> None:
    named = Scope(Harm(("killed",)), Group("a teacher", names=("A. B.",)))
    assert relate(named, Scope(Harm(("killed",)), Group("people")), same_root=True).of("group") is Relation.UNKNOWN
    assert relate(named, named, same_root=True).of("group") is Relation.EQUAL


def test_who_ordered_it_is_not_who_did_it() -> None:
    did, ordered = (
        Scope(Harm(("killed",)), parties=(Party("a side", degree=degree),)) for degree in ("carried out", "ordered")
    )
    assert relate(did, ordered, same_root=True).of("parties") is Relation.UNKNOWN


def test_one_code_for_the_means_is_one_means_in_any_words() -> None:
    shelled, shelling = (Scope(Harm(("killed",)), means=Means(words, "shelling")) for words in ("shelled", "shelling"))
    assert relate(shelled, shelling, same_root=True).of("means") is Relation.EQUAL


def test_the_kinds_that_share_nobody_are_codes_of_the_field() -> None:
    table = load().codes("statuses")
    for facet, bins in DISTINCT.items():
        codes = {line["code"] for line in table[facet]}
        assert set().union(*bins) <= codes
        assert sum(map(len, bins)) == len(set().union(*bins))
    for facet, wider in WITHIN.items():
        assert {*wider, *wider.values()} <= {line["code"] for line in table[facet]}
