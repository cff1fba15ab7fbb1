"""Which names of sites are of one site: sites.toml, by path as reports tell it."""

from __future__ import annotations

import tomllib
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from cenotaph.calculus.sites import KINDS, is_site, one_site, under_one_name
from cenotaph.vocabulary import Place

HERE = Path(__file__).parent
READ = HERE.parents[1] / "src/cenotaph/read/languages"
CASES = tomllib.loads((HERE / "sites.toml").read_text("utf-8"))["case"]


def place(name: str, *around: str) -> Place:
    return Place(name, name, path=(*around, name) if around else (), precision=3)


@pytest.mark.parametrize("case", CASES, ids=[one["why"] for one in CASES])
def test_names_of_one_site_are_put_under_one(case: dict[str, Any]) -> None:
    places = [place(*one) for one in case["sites"]]
    for order in permutations(places):
        known = under_one_name(order)
        shown = [known.get(one, one) for one in places]
        together = [(one.name, one.path) for one in shown]
        assert len({together[at] for at in case["one"]}) <= 1
        apart = [together[at] for at in range(len(places)) if at not in case["one"]]
        assert len(set(apart)) == len(apart) and not set(apart) & {together[at] for at in case["one"]}


def test_a_town_and_a_place_of_a_gazetteer_are_no_sites() -> None:
    assert not is_site(Place("Market Town", "Market Town", "geonames:1", ("Land", "Market Town")))
    assert not is_site(Place("Tal", "Tal", path=("Land", "Tal")))
    assert not is_site(Place("the hospital", "hospital"))
    assert not is_site(None)


def test_nothing_is_put_under_another_name_where_there_is_one_site() -> None:
    assert one_site([]) == {}
    assert under_one_name([place("Al-Rawda hospital", "Land"), Place("Tal", "Tal", path=("Land", "Tal"))]) == {}


def test_the_reader_and_the_calculus_know_the_same_kinds() -> None:
    tables = (tomllib.loads(path.read_text("utf-8")) for path in READ.glob("*.toml"))
    words = {word for table in tables for word in table.get("sites", {}).get("kinds", ())}
    assert words == {word for kind in KINDS.values() for word in kind}
