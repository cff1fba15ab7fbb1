"""Laws of reconciling, whatever the claims: nothing lost, nothing doubled, no root mixed, no order that matters."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as some

from cenotaph.vocabulary import Claim, Report
from tests.builders import PLACES, PLAIN, claims_of, report_of, worked

DAYS = some.dates(dt.date(2025, 3, 1), dt.date(2025, 3, 20))
MAYBE_DAY = some.one_of(some.none(), DAYS)


@some.composite
def tables(draw: Any) -> dict[str, Any]:
    comparator = draw(some.sampled_from(["exact", "at least", "more than", "about"]))
    table: dict[str, Any] = {comparator: draw(some.sampled_from([0, 3, 40, 150, 745, 830]))}
    optional = {
        "root": some.sampled_from(["Monitor", "Network"]),
        "status": some.sampled_from(["civilian", "armed group"]),
        "place": some.sampled_from(sorted(PLACES)),
        "said": DAYS,
        "as_of": DAYS,
        "since": some.just(dt.date(2025, 3, 1)),
        "means": some.sampled_from(["shooting"]),
        "harm": some.sampled_from(["killed", "displaced"]),
        "total": some.booleans(),
        "unnamed": some.booleans(),
    }
    chosen = draw(some.sets(some.sampled_from(sorted(optional))))
    return table | {key: draw(optional[key]) for key in sorted(chosen)}


@some.composite
def reports(draw: Any) -> dict[str, Any]:
    claims = draw(some.lists(tables(), min_size=1, max_size=4))
    for index in range(1, len(claims)):
        tie = draw(some.sampled_from(["", "part_of", "among", "replaces"]))
        if tie:
            claims[index][tie] = str(draw(some.integers(0, index - 1)))
    return {"published": draw(MAYBE_DAY), "claims": claims}


def held(found: list[dict[str, Any]]) -> tuple[dict[str, Report], list[Claim]]:
    everything = [report_of(table | {"outlet": f"Wire {index}"}) for index, table in enumerate(found)]
    claims = [
        one for made, table in zip(everything, found, strict=True) for one in claims_of(made, table["claims"]).values()
    ]
    return {made.id: made for made in everything}, claims


@given(some.lists(reports(), max_size=5))
@settings(deadline=None, max_examples=50)
def test_each_counted_claim_is_in_exactly_one_toll(found: list[dict[str, Any]]) -> None:
    read, claims = held(found)
    tolls, _ = worked(claims, read)
    told = [claim for toll in tolls for claim in toll.claims]
    assert sorted(told) == sorted(claim.id for claim in claims)
    assert len({toll.id for toll in tolls}) == len(tolls)


@given(some.lists(reports(), max_size=5), some.randoms(use_true_random=False))
@settings(deadline=None, max_examples=50)
def test_the_order_in_which_claims_come_does_not_matter(found: list[dict[str, Any]], random: Any) -> None:
    read, claims = held(found)
    shuffled = random.sample(claims, len(claims))
    tolls, problems = worked(claims, read)
    again, problems_again = worked(shuffled, read)
    assert tolls == again
    assert {problem.id for problem in problems} == {problem.id for problem in problems_again}


@given(some.lists(reports(), max_size=5))
@settings(deadline=None, max_examples=50)
def test_a_toll_is_of_one_root_one_harm_and_one_level(found: list[dict[str, Any]]) -> None:
    read, claims = held(found)
    by_id = {claim.id: claim for claim in claims}
    for toll in worked(claims, read)[0]:
        mine = [by_id[claim] for claim in toll.claims]
        named = {claim.root.canonical for claim in mine if claim.root and claim.root.canonical}
        assert named <= {toll.root}
        assert {(str(claim.harm), claim.level) for claim in mine} == {(str(toll.scope.harm), toll.scope.level)}
        assert len({claim.report for claim in mine}) == 1 or toll.root in ("Monitor", "Network")


@given(some.lists(reports(), max_size=5))
@settings(deadline=None, max_examples=50)
def test_the_figure_is_one_that_a_claim_gave_and_never_an_average(found: list[dict[str, Any]]) -> None:
    read, claims = held(found)
    intervals = {claim.id: claim.quantity.interval(PLAIN) for claim in claims}
    for toll in worked(claims, read)[0]:
        assert toll.figure == toll.series[-1].interval
        assert all(vintage.interval in [intervals[claim] for claim in vintage.claims] for vintage in toll.series)


@given(some.lists(reports(), max_size=4))
@settings(deadline=None, max_examples=50)
def test_every_problem_and_check_leads_to_claims_that_are_held(found: list[dict[str, Any]]) -> None:
    read, claims = held(found)
    known = {claim.id for claim in claims}
    tolls, problems = worked(claims, read)
    raised = {problem.id for problem in problems}
    assert all(problem.claims and known >= set(problem.claims) for problem in problems)
    assert all(check.claims and known >= set(check.claims) for toll in tolls for check in toll.checks)
    assert {problem for toll in tolls for problem in toll.problems} == raised
