"""Claims that are reconciled together: one episode, or one root where nothing tells what they are about."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as some

from cenotaph.link import link
from cenotaph.reconcile import Concerning, Group, groups, placed, reconcile, reconciled
from cenotaph.vocabulary import Claim, Decision, Linked, Report
from tests.builders import PLAIN, decision_of
from tests.reconcile.test_laws import held, reports

SINCE, DAY = dt.date(2025, 3, 6), dt.date(2025, 3, 7)
COAST = {"exact": 745, "root": "Monitor", "total": True, "place": "coast", "since": SINCE}
DESERT = {"exact": 120, "root": "Monitor", "total": True, "place": "desert", "since": dt.date(2025, 1, 5)}
HARBOUR = {"exact": 31, "root": "Network", "place": "Harbour", "day": DAY}
LATER = {"published": dt.date(2025, 3, 9)}


def grouped(*found: Mapping[str, Any]) -> tuple[list[Group], list[Claim], dict[str, Report], Linked]:
    read, claims = held([dict(one) for one in found])
    linked = link(claims, read)
    return list(groups(claims, linked)), claims, read, linked


def bases(claims: Sequence[Claim]) -> list[int]:
    return sorted(one.quantity.base or 0 for one in claims)


def test_an_episode_with_its_incidents_is_one_group_and_another_episode_another() -> None:
    found, *_ = grouped(*(LATER | {"claims": [one]} for one in (COAST, HARBOUR, DESERT)))
    assert sorted(bases(one.claims) for one in found) == [[31, 745], [120]]
    assert all(one.guests == () for one in found)


def test_what_nothing_holds_is_grouped_by_its_root() -> None:
    lost = ({"exact": 3, "root": "Monitor"}, {"exact": 4, "root": "Monitor"}, {"exact": 5, "root": "Network"})
    found, *_ = grouped(*({"claims": [one]} for one in lost))
    assert sorted((one.id, bases(one.claims)) for one in found) == [("root:Monitor", [3, 4]), ("root:Network", [5])]


def test_unnamed_voices_of_two_reports_are_never_grouped_where_nothing_holds_them() -> None:
    nobody = {"exact": 3, "root": "a monitor", "unnamed": True}
    found, *_ = grouped(*({"claims": [nobody]} for _ in range(2)))
    assert [len(one.claims) for one in found] == [1, 1]


def test_a_part_that_is_counted_elsewhere_is_a_guest_of_its_whole_and_its_whole_of_it() -> None:
    month = {"since": dt.date(2025, 3, 1), "until": dt.date(2025, 3, 31), "precision": 4, "root": "Network"}
    told = [{"exact": 1562, "place": "Land"} | month, {"exact": 1334, "place": "coast", "part_of": "0"} | month]
    found, *_ = grouped(LATER | {"claims": [COAST]}, {"published": dt.date(2025, 4, 10), "claims": told})
    assert sorted((bases(one.claims), bases(one.guests)) for one in found) == [
        ([745, 1334], [1562]),
        ([1562], [1334]),
    ]


def test_no_claim_makes_no_group() -> None:
    assert list(groups([], Linked({}))) == []


@given(some.lists(reports(), max_size=5))
@settings(deadline=None, max_examples=40)
def test_each_claim_is_in_one_group_and_a_group_by_itself_gives_its_share_of_the_whole(found: Any) -> None:
    made, claims, read, linked = grouped(*found)
    assert sorted(claim.id for one in made for claim in one.claims) == sorted(claim.id for claim in claims)
    where = placed(linked)
    apart = [toll for one in made for toll in reconciled(one, read, where, [], PLAIN)[0]]
    whole, _ = reconcile(claims, read, linked, [], PLAIN)
    assert {toll.id: toll for toll in apart} == {toll.id: toll for toll in whole}


def concerning(*decisions: Decision) -> tuple[list[list[str]], dict[int, str]]:
    """For each group, in the order of the figures, the verbs that concern it."""
    made, *_ = grouped(*(LATER | {"claims": [one]} for one in (COAST, HARBOUR, DESERT)))
    known = Concerning.of(decisions)
    ordered = sorted(made, key=lambda one: bases(one.claims))
    ids = {one.quantity.base or 0: one.id for group in made for one in group.claims}
    return [[one.verb for one in known.group(group)] for group in ordered], ids


def test_a_decision_concerns_the_groups_whose_claims_it_names_and_no_other() -> None:
    _, ids = concerning()
    accept, link_ = decision_of("accept", ids[31]), decision_of("must-link", ids[120], **{"with": ids[745]})
    assert concerning(link_, accept)[0] == [["must-link", "accept"], ["must-link"]]
    assert concerning(accept, link_)[0] == [["accept", "must-link"], ["must-link"]]


def test_a_decision_that_is_undone_or_names_no_claim_concerns_no_group() -> None:
    _, ids = concerning()
    accept = decision_of("accept", ids[31])
    assert concerning(accept, decision_of("undo", accept.id))[0] == [[], []]
    assert concerning(decision_of("relate", "Monitor", **{"with": "Network", "independence": "shown"}))[0] == [[], []]
