"""What a good reconciliation of two more episodes shows, asked entry by entry, on claims that a person typed.

The entries stand in answers.toml of each episode. Machine readings are asked the same in test_read.py; here the words
are read by hand, so that what fails is the linking and the reconciling.
"""

from __future__ import annotations

from functools import cache

import pytest
from _pytest.mark.structures import ParameterSet

from cenotaph.case import State
from cenotaph.link import link
from cenotaph.plain import intervals
from cenotaph.reconcile import reconcile
from cenotaph.world import load
from tests.episodes.entries import Entry, entries
from tests.episodes.hand import HERE, Episode, episode, read

EPISODES = ("october-2023", "hospital-2023")

FAILS = {f"{name}-{entry}": why for name, some in read(HERE / "fails.toml").items() for entry, why in some.items()}


@cache
def typed(name: str) -> Episode:
    return episode(name)


@cache
def worked(name: str) -> State:
    """The typed claims of an episode, linked and reconciled with nothing decided."""
    told, rules = typed(name), load().rules
    linked = link(told.claims, told.reports)
    tolls, problems = reconcile(told.claims, told.reports, linked, [], rules)
    return State(
        {one.id: one for one in told.claims}, told.reports, linked, {one.id: one for one in tolls},
        [*linked.problems, *problems], told.replies, [], rules, figures=intervals(list(told.claims), rules),
    )  # fmt: skip


ASKED = {f"{name}-{entry.id}": (name, entry) for name in EPISODES for entry in entries(typed(name).answers)}


def marked(key: str) -> ParameterSet:
    why = FAILS.get(key)
    marks = [pytest.mark.xfail(reason=why, raises=AssertionError)] if why else []
    return pytest.param(*ASKED[key], id=key, marks=marks)


@pytest.mark.parametrize(("name", "entry"), [marked(key) for key in ASKED])
def test_the_entry_holds(name: str, entry: Entry) -> None:
    entry.holds(worked(name))


def test_every_entry_is_asked_and_every_failing_one_is_an_entry() -> None:
    tables = [one for name in EPISODES for one in typed(name).answers.values() if isinstance(one, list)]
    listed = [one for some in tables for one in some if isinstance(one, dict)]
    assert len(ASKED) == len(listed)
    assert set(FAILS) <= set(ASKED)


@pytest.mark.parametrize("name", EPISODES)
def test_each_claim_rests_on_words_of_its_bulletin(name: str) -> None:
    told = typed(name)
    assert {one.report for one in told.claims} == set(told.reports)
    assert len({one.id for one in told.claims}) == len(told.claims)
    for claim in told.claims:
        text = told.reports[claim.report].text
        assert claim.anchor.of(text) == claim.quantity.words and claim.anchor.of(text) in claim.quote
        assert claim.relation is None or claim.relation.to in {one.id for one in told.claims}


@pytest.mark.parametrize("name", EPISODES)
def test_the_order_in_which_claims_come_changes_nothing(name: str) -> None:
    told, rules = typed(name), load().rules
    backwards = tuple(reversed(told.claims))
    linked = link(backwards, told.reports)
    tolls, _ = reconcile(backwards, told.reports, linked, [], rules)
    assert {one.id: one for one in tolls} == worked(name).tolls
