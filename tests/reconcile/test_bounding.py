"""What a root's own words allow its figures to be: the cases of bounding.toml, and that nothing crosses roots."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from cenotaph.vocabulary import Claim, Count, Problem, Report, Toll
from tests.builders import claims_of, report_of, worked
from tests.reconcile.test_laws import reports

CASES: list[dict[str, Any]] = tomllib.loads(Path(__file__).with_name("bounding.toml").read_text("utf-8"))["case"]


def run(tables: list[dict[str, Any]]) -> tuple[list[Toll], list[Problem], dict[str, Claim]]:
    """The tolls and problems, and the claims by "report.claim", both counted from 1."""
    held: dict[str, Report] = {}
    claims: dict[str, Claim] = {}
    for number, table in enumerate(tables, 1):
        report = report_of({"outlet": f"Wire {number}"} | table)
        held[report.id] = report
        made = claims_of(report, [{"id": str(at)} | one for at, one in enumerate(table["claims"], 1)])
        claims |= {f"{number}.{at}": one for at, one in made.items()}
    tolls, problems = worked(list(claims.values()), held)
    return tolls, problems, claims


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_the_bounds_of(case: dict[str, Any]) -> None:
    tolls, problems, claims = run(case["reports"])
    for name, expected in case.get("bounds", {}).items():
        (toll,) = [one for one in tolls if claims[name].id in one.series[-1].claims]
        low, high = expected or (None, None)
        wanted = None if low is None else Count(low, None if high == "open" else high)
        assert toll.bounds == wanted, (name, toll.bounds)
    names = {one.id: name for name, one in claims.items()}
    told = [sorted(names[claim] for claim in one.claims) for one in problems if one.kind == "contradiction"]
    assert sorted(told) == sorted(case.get("contradictions", []))
    if "problems" in case:
        assert sorted(one.kind for one in problems) == sorted(case["problems"])
    for words in case.get("says", ()):
        assert any(words in one.what for one in problems), [one.what for one in problems]


@given(some.lists(reports(), max_size=4))
@settings(deadline=None, max_examples=50)
def test_bounds_only_ever_narrow_what_the_words_of_the_figure_allow(found: Any) -> None:
    tolls, problems, _ = run([{key: value for key, value in table.items() if value is not None} for table in found])
    for toll in tolls:
        clean = not any(one.kind in ("contradiction", "arithmetic problem") for one in problems)
        if toll.bounds is not None and clean:
            assert toll.bounds.low >= toll.figure.low
            assert toll.figure.high is None or (toll.bounds.high is not None and toll.bounds.high <= toll.figure.high)


@given(some.lists(reports(), max_size=4))
@settings(deadline=None, max_examples=50)
def test_a_contradiction_is_of_one_root_and_an_unnamed_root_has_no_bounds(found: Any) -> None:
    tolls, problems, claims = run(
        [{key: value for key, value in table.items() if value is not None} for table in found]
    )
    roots = {claim: toll.root for toll in tolls for claim in toll.claims}
    for one in problems:
        if one.kind == "contradiction":
            assert len({roots[claim] for claim in one.claims}) == 1
    named = {claim.root.canonical for claim in claims.values() if claim.root and claim.root.canonical}
    assert all(toll.bounds is None for toll in tolls if toll.root not in named)
