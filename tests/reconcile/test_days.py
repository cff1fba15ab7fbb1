"""Days that people decided: a figure was counted with another, whatever day its report gives it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from cenotaph.vocabulary import Claim, Decision, Report, Toll
from tests.builders import claims_of, decision_of, report_of, worked

FIRST, LAST = dt.date(2025, 3, 8), dt.date(2025, 3, 12)
SAID = {"root": "Monitor", "status": "civilian", "total": True}
FIGHTERS = {"root": "Monitor", "status": "armed group", "total": True}


def told() -> tuple[dict[str, Report], dict[int, Claim]]:
    """745 civilians of one day; a report of a later day with 830 civilians and, beside them, 213 fighters."""
    tables: list[list[dict[str, Any]]] = [
        [SAID | {"exact": 745, "said": FIRST}],
        [SAID | {"exact": 830, "said": LAST}, FIGHTERS | {"exact": 213, "said": LAST}],
    ]
    reports = [report_of({"outlet": f"Wire {at}", "published": LAST, "claims": one}) for at, one in enumerate(tables)]
    claims = [one for report, table in zip(reports, tables, strict=True) for one in claims_of(report, table).values()]
    return {one.id: one for one in reports}, {one.quantity.base or 0: one for one in claims}


def link(one: int, other: int, kind: str = "one day") -> Decision:
    claims = told()[1]
    return decision_of("must-link", claims[one].id, **{"with": claims[other].id, "as": kind})


def toll(figure: int, *decisions: Decision) -> Toll:
    reports, claims = told()
    (found,) = [one for one in worked(list(claims.values()), reports, decisions)[0] if claims[figure].id in one.claims]
    return found


def days(figure: int, *decisions: Decision) -> list[dt.date | None]:
    return [one.day for one in toll(figure, *decisions).series]


def test_a_figure_gets_the_day_of_the_one_that_it_was_counted_with() -> None:
    assert days(213) == [LAST]
    assert days(213, link(213, 745)) == [FIRST]


def test_the_decided_day_is_told_beside_the_figure_with_who_decided_it() -> None:
    (check,) = [one for one in toll(213, link(213, 745)).checks if one.verdict == "earlier vintage"]
    assert check.what == ("213 was counted with 745 (Wire 0), not with the other figures of Wire 1: decided by Reader")
    claims = told()[1]
    assert check.claims == (claims[213].id, claims[745].id)


def test_the_figure_that_lent_its_day_keeps_it_and_no_figure_changes() -> None:
    for figure in (745, 213):
        assert toll(figure, link(213, 745)).figure == toll(figure).figure
    assert days(745, link(213, 745)) == days(745) == [FIRST, LAST]


@pytest.mark.parametrize("kind", ["incident", "one account"])
def test_a_link_of_another_kind_gives_no_day(kind: str) -> None:
    assert days(213, link(213, 745, kind)) == [LAST]


def test_a_day_that_is_undone_is_the_reports_again() -> None:
    decision = link(213, 745)
    assert days(213, decision, decision_of("undo", decision.id)) == [LAST]
    assert not [one for one in toll(213, decision, decision_of("undo", decision.id)).checks if "decided" in one.rule]


@pytest.mark.parametrize("with_", ["claim:none", ""])
def test_a_day_of_a_claim_that_is_not_held_is_none(with_: str) -> None:
    decision = decision_of("must-link", told()[1][213].id, **{"with": with_, "as": "one day"})
    assert days(213, decision) == [LAST]


def test_the_later_of_two_decided_days_counts() -> None:
    assert days(213, link(213, 745), link(213, 830)) == [LAST]
    assert days(213, link(213, 830), link(213, 745)) == [FIRST]
