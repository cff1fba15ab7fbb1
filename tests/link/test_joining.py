"""Incidents that are one though something is written otherwise: the cases of joining.toml, and laws of joining."""

from __future__ import annotations

import datetime as dt
import tomllib
from pathlib import Path
from typing import Any

import pytest

from cenotaph.link import link
from cenotaph.vocabulary import Incident
from tests.link.test_incidents import Held

CASES: list[dict[str, Any]] = tomllib.loads((Path(__file__).parent / "joining.toml").read_text("utf-8"))["case"]
FAR = {
    "published": dt.date(2011, 5, 3),
    "claims": [{"exact": 14, "place": "Far Town", "day": dt.date(2011, 5, 2), "names": ["Lim Boon"]}],
}


def told(held: Held, one: Incident) -> tuple[Any, ...]:
    return one.kind, one.scope.period.start if one.scope.period else None, held.held(one)


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_the_incidents_of(case: dict[str, Any]) -> None:
    held = Held(case["reports"], case.get("decisions", ()))
    found = held.linked()
    wanted = [(one["kind"], one.get("day"), sorted(one["holds"])) for one in case["incidents"]]
    assert sorted((told(held, one) for one in found.incidents), key=str) == sorted(wanted, key=str)
    asked = [held.names[one] for problem in found.problems if problem.kind == "no incident" for one in problem.claims]
    assert sorted(asked) == sorted(case.get("alone", ()))
    links = {held.names[one.claim]: one for incident in found.incidents for one in incident.links}
    reasons = [reason for one in links.values() for reason in one.reasons]
    assert all(any(words in reason for reason in reasons) for words in case.get("why", ())), reasons
    if "assumed" in case:
        assert sorted(name for name, one in links.items() if one.assumed) == sorted(case["assumed"])


def test_more_stay_apart_than_come_together() -> None:
    joined = [case for case in CASES if case.get("joins")]
    assert len(CASES) - len(joined) > len(joined) > 3


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_neither_order_nor_a_report_of_elsewhere_changes_an_incident_of(case: dict[str, Any]) -> None:
    held = Held(case["reports"], case.get("decisions", ()))
    incidents = held.linked().incidents
    backwards = dict(reversed(held.reports.items()))
    assert link(list(reversed(held.claims.values())), backwards, held.decisions).incidents == incidents
    more = Held([*case["reports"], FAR], case.get("decisions", ()))
    assert set(incidents) < set(more.linked().incidents)


def test_a_decision_that_two_are_one_stands_over_all_that_speaks_against_it() -> None:
    case = next(case for case in CASES if case["name"].startswith("points far apart"))
    held = Held(case["reports"], [{"verb": "must-link", "about": "2.1", "with": "1.1"}])
    assert [held.held(one) for one in held.linked().incidents] == [["1.1", "2.1"]]
