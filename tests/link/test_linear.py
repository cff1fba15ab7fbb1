"""The work of linking and reconciling grows with the number of claims and not with that of pairs.

Work is counted in lines of Python that are run, never in seconds, so that the figure is the same on every machine.
"""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from types import FrameType
from typing import Any

import pytest

from bench.scale.made import Made, made
from cenotaph.link import link
from cenotaph.reconcile import reconcile
from cenotaph.vocabulary import Decision, Report
from tests.builders import PLAIN, claims_of, decision_of, report_of

LINEAR = 1.3
"""Times linear growth that is still called linear."""

SMALL, TIMES = 400, 4


def lines_run(work: Callable[[], object]) -> int:
    count = 0

    def trace(_: FrameType, event: str, __: Any) -> Any:
        nonlocal count
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        work()
    finally:
        sys.settrace(before)
    return count


def work_of(held: Made, decisions: list[Decision]) -> int:
    def work() -> None:
        linked = link(held.claims, held.reports, decisions)
        reconcile(held.claims, held.reports, linked, decisions, PLAIN)

    return lines_run(work)


def grown_by(work: Callable[[int], int]) -> float:
    return work(SMALL * TIMES) / work(SMALL) / TIMES


def test_the_count_sees_a_loop_over_pairs() -> None:
    def pairs(size: int) -> int:
        return lines_run(lambda: [1 for _ in range(size // 10) for _ in range(size // 10)])

    assert grown_by(pairs) > 2 * LINEAR


def test_many_affairs_cost_as_much_for_each_claim_as_few() -> None:
    def work(size: int) -> int:
        return work_of(made(size), [])

    assert grown_by(work) <= LINEAR


@pytest.mark.parametrize("verb", ["must-link", "cannot-link", "accept", "reject"])
def test_many_decisions_cost_as_much_for_each_as_few(verb: str) -> None:
    def work(size: int) -> int:
        held = made(size)
        pairs = zip(held.claims[::4], held.claims[1::4], strict=False)
        decisions = [decision_of(verb, one.id, **{"with": other.id}) for one, other in pairs]
        return work_of(held, decisions)

    assert grown_by(work) <= LINEAR


TABLES: dict[str, dict[str, Any]] = {
    "no place": {"day": dt.date(2025, 3, 6)},
    "no day": {"place": "Harbour"},
    "neither": {},
    "neither, a total": {"total": True, "root": "Monitor"},
    "a place and a day": {"place": "Harbour", "day": dt.date(2025, 3, 6), "root": "Monitor"},
    "one total of one root": {"place": "West", "since": dt.date(2025, 3, 6), "total": True, "root": "Monitor"},
}


@pytest.mark.parametrize("name", TABLES)
def test_many_claims_that_are_about_one_thing_cost_as_much_for_each_as_few(name: str) -> None:
    def work(size: int) -> int:
        found = list(said(size, TABLES[name]))
        claims = [claim for report, table in found for claim in claims_of(report, [table]).values()]
        return work_of(Made(claims, {report.id: report for report, _ in found}), [])

    assert grown_by(work) <= LINEAR


def said(size: int, table: dict[str, Any]) -> Iterator[tuple[Report, dict[str, Any]]]:
    """So many reports of one claim each, over some weeks of one spring, each with a figure of its own."""
    for number in range(size):
        own = table | {"exact": 20 + number}
        published = dt.date(2025, 3, 7) + dt.timedelta(days=number % 20)
        yield replace(report_of({"claims": [own], "outlet": f"Wire {number}", "published": published})), own
