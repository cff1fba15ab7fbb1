"""What people decided about incidents counts, in the order in which they decided, and nothing else does."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from cenotaph.link import link
from cenotaph.vocabulary import Decision, Incident
from tests.builders import decision_of
from tests.link.test_incidents import QUIETLY, Held, reports

DAY = dt.date(2025, 3, 7)
MONITOR = {"exact": 31, "root": "Monitor", "place": "Harbour", "day": DAY}
NETWORK = {"exact": 9, "root": "Network", "place": "Mill", "day": DAY}
OFFICE = {"exact": 7, "root": "Office", "place": "Quay", "day": DAY}


def three() -> Held:
    """Three incidents of one day, each told by one report a day after the other."""
    return Held(
        [{"published": dt.date(2025, 3, 8 + at), "claims": [one]} for at, one in enumerate((MONITOR, NETWORK, OFFICE))]
    )


def linked(held: Held, *decisions: Decision) -> list[list[str]]:
    return sorted(held.held(one) for one in incidents(held, *decisions))


def incidents(held: Held, *decisions: Decision) -> tuple[Incident, ...]:
    return link(list(held.claims.values()), held.reports, decisions).incidents


def join(held: Held, one: str, other: str, **more: Any) -> Decision:
    return decision_of("must-link", held.claims[one].id, **{"with": held.claims[other].id}, **more)


def part(held: Held, one: str, other: str) -> Decision:
    return decision_of("cannot-link", held.claims[one].id, **{"with": held.claims[other].id})


def test_merges_add_up_and_the_joined_incident_keeps_the_id_of_the_one_it_was_joined_to() -> None:
    held = three()
    alone = {tuple(held.held(one)): one.id for one in incidents(held)}
    (found,) = incidents(held, join(held, "2.1", "1.1"), join(held, "3.1", "2.1"))
    assert held.held(found) == ["1.1", "2.1", "3.1"]
    assert found.id == alone[("1.1",)]


def test_a_merge_into_a_later_incident_takes_the_id_of_the_earliest_claim_all_the_same() -> None:
    held = three()
    alone = {tuple(held.held(one)): one.id for one in incidents(held)}
    joined = next(one for one in incidents(held, join(held, "1.1", "2.1")) if len(one.claims) == 2)
    assert joined.id == alone[("1.1",)]


def test_a_merge_and_what_is_merged_after_it_depend_on_their_order() -> None:
    held = three()
    first, second = join(held, "2.1", "1.1"), join(held, "2.1", "3.1")
    assert linked(held, first, second) == [["1.1"], ["2.1", "3.1"]]
    assert linked(held, second, first) == [["1.1", "2.1", "3.1"]]  # 2.1 was the earliest of its incident by then


def test_only_the_merge_that_is_undone_is_undone() -> None:
    held = three()
    first, second = join(held, "2.1", "1.1"), join(held, "3.1", "1.1", as_="incident")
    undo = decision_of("undo", first.id)
    assert linked(held, first, second, undo) == [["1.1", "3.1"], ["2.1"]]
    assert linked(held, first, second, undo, decision_of("undo", undo.id)) == [["1.1", "2.1", "3.1"]]


def test_a_merge_stands_whatever_comes_in_later() -> None:
    before = three()
    decision = join(before, "2.1", "1.1")
    later = {"published": dt.date(2025, 3, 20), "claims": [MONITOR | {"exact": 40}, NETWORK | {"exact": 12}]}
    tables = [
        {"published": dt.date(2025, 3, 8 + at), "claims": [one]} for at, one in enumerate((MONITOR, NETWORK, OFFICE))
    ]
    after = Held([*tables, later])
    assert linked(after, decision) == [["1.1", "2.1", "4.1", "4.2"], ["3.1"]]


@pytest.mark.parametrize(
    ("said", "found"),
    [({"whole": True}, [["1.1", "2.1", "4.1"], ["3.1"]]), ({"whole": False}, [["1.1", "2.1"], ["3.1"], ["4.1"]])],
)
def test_a_whole_incident_that_was_merged_stays_so_when_an_earlier_report_of_it_comes(
    said: dict[str, bool], found: list[list[str]]
) -> None:
    before = three()
    decision = join(before, "2.1", "1.1", **said)
    tables = [
        {"published": dt.date(2025, 3, 8 + at), "claims": [one]} for at, one in enumerate((MONITOR, NETWORK, OFFICE))
    ]
    after = Held([*tables, {"published": dt.date(2025, 3, 7), "claims": [NETWORK | {"exact": 6}]}])
    assert linked(before, decision) == [["1.1", "2.1"], ["3.1"]]
    assert linked(after, decision) == found


def test_a_split_stands_whatever_comes_in_later() -> None:
    tables = [
        {"published": dt.date(2025, 3, 8), "claims": [MONITOR]},
        {"published": dt.date(2025, 3, 9), "claims": [MONITOR | {"exact": 5}]},
    ]
    before = Held(tables)
    decision = part(before, "2.1", "1.1")
    after = Held([*tables, {"published": dt.date(2025, 3, 10), "claims": [MONITOR | {"exact": 33}]}])
    assert linked(before, decision) == [["1.1"], ["2.1"]]
    assert linked(after, decision) == [["1.1", "3.1"], ["2.1"]]


def test_each_link_that_a_person_made_names_the_decision_it_rests_on() -> None:
    held = three()
    decision = join(held, "2.1", "1.1")
    links = {held.names[link.claim]: link for one in incidents(held, decision) for link in one.links}
    assert (links["2.1"].decision, links["2.1"].assumed) == (decision.id, False)
    assert {links[name].decision for name in ("1.1", "3.1")} == {""}


@pytest.mark.parametrize("verb", ["must-link", "cannot-link"])
@pytest.mark.parametrize(("about", "other"), [("claim:gone", "1.1"), ("1.1", "claim:gone"), ("1.1", "1.1")])
def test_a_decision_on_a_claim_that_is_not_there_or_on_itself_changes_nothing(
    verb: str, about: str, other: str
) -> None:
    held = three()
    known = {name: claim.id for name, claim in held.claims.items()}
    decision = decision_of(verb, known.get(about, about), **{"with": known.get(other, other)})
    before = [one for one in incidents(held) if verb == "must-link" or about != other]
    assert [one for one in incidents(held, decision) if verb == "must-link" or about != other] == before


@pytest.mark.parametrize("kind", ["one series", "one day", "one account"])
def test_links_of_another_kind_move_no_claim(kind: str) -> None:
    held = three()
    assert linked(held, join(held, "2.1", "1.1", **{"as": kind})) == linked(held)


def test_two_tellings_decided_to_be_one_account_have_one_root() -> None:
    held = three()
    found = link(list(held.claims.values()), held.reports, [join(held, "2.1", "1.1", **{"as": "one account"})])
    assert found.roots[held.claims["2.1"].id].root == found.roots[held.claims["1.1"].id].root
    assert found.roots[held.claims["2.1"].id].rule == "decided"


@given(some.lists(reports(), min_size=1, max_size=4), some.data())
@QUIETLY
def test_whatever_is_decided_a_claim_is_in_one_incident_at_most_and_parents_are_episodes(found: Any, data: Any) -> None:
    held = Held(found)
    names = some.sampled_from(sorted(held.claims))
    pairs = data.draw(
        some.lists(some.tuples(some.sampled_from(["must-link", "cannot-link"]), names, names), max_size=5)
    )
    decisions = [
        decision_of(verb, held.claims[one].id, **{"with": held.claims[other].id}) for verb, one, other in pairs
    ]
    made = {one.id: one for one in incidents(held, *decisions)}
    inside = [claim for one in made.values() for claim in one.claims]
    assert len(inside) == len(set(inside))
    assert len(made) == len(incidents(held, *decisions))
    assert all(one.claims for one in made.values())
    for one in made.values():
        assert not one.parent or (made[one.parent].kind, made[one.parent].parent) == ("episode", "")
    backwards = link(list(reversed(held.claims.values())), held.reports, decisions).incidents
    assert backwards == incidents(held, *decisions)
