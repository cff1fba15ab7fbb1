"""What a root's figures come to: the cases of cases.toml, each a few claims and what must stand."""

from __future__ import annotations

import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from cenotaph.vocabulary import Claim, Decision, Problem, Report, Toll
from tests.builders import claims_of, report_of, worked

CASES = tomllib.loads((Path(__file__).parent / "cases.toml").read_text("utf-8"))["case"]
VERDICTS_ALWAYS_SAID = {"growth"}


def run(case: dict[str, Any], decisions: tuple[Decision, ...] = ()) -> tuple[list[Toll], list[Problem], list[Claim]]:
    reports: dict[str, Report] = {}
    claims: list[Claim] = []
    for index, table in enumerate(case["reports"]):
        report = report_of({"outlet": f"Wire {index}"} | table)
        reports[report.id] = report
        claims += claims_of(report, table["claims"]).values()
    return (*worked(claims, reports, decisions), claims)


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_the_tolls_of(case: dict[str, Any]) -> None:
    tolls, problems, _ = run(case)
    checks = {check for toll in tolls for check in toll.checks}
    if "tolls" in case:
        assert Counter(told(toll) for toll in tolls) == Counter(wanted(toll) for toll in case["tolls"])
        for expected in case["tolls"]:
            assert any(matches(toll, expected) for toll in tolls), f"no toll like {expected}; there are {tolls}"
    if "problems" in case:
        assert sorted(problem.kind for problem in problems) == sorted(case["problems"])
    if "checks" in case:
        assert sorted({check.verdict for check in checks}) == sorted(case["checks"])
    for words in case.get("says", ()):
        assert any(words in check.what for check in checks), f"nobody says {words!r}; said: {[c.what for c in checks]}"


def told(toll: Toll) -> tuple[object, ...]:
    return (toll.root, toll.scope.group.status, tuple(vintage.interval.low for vintage in toll.series))


def wanted(expected: dict[str, Any]) -> tuple[object, ...]:
    return (expected["root"], expected.get("status", ""), tuple(expected["series"]))


def matches(toll: Toll, expected: dict[str, Any]) -> bool:
    same = told(toll) == wanted(expected)
    low = toll.figure.low == expected.get("low", toll.figure.low)
    high = toll.figure.high == (None if expected.get("open") else expected.get("high", toll.figure.high))
    carriers = list(toll.carriers) == expected.get("carriers", list(toll.carriers))
    return same and low and high and carriers and len(toll.parts) == expected.get("parts", len(toll.parts))
