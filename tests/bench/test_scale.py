"""The bench of growth: what it makes, what it measures, and when it says that a bar is missed."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from typing import Any

import pytest

from bench.scale import __main__ as scale
from bench.scale.growing import Grown, grown
from bench.scale.land import Land, name
from bench.scale.made import Made, made, sheets
from bench.scale.measured import RULES, Measured, measured
from cenotaph.link import link
from cenotaph.reconcile import reconcile

SMALL = Measured(1_000, 500, 100, 800, link=1.0, reconcile=1.0, memory=2_000_000, held=50_000_000, sort=0.01)
LARGE = replace(SMALL, claims=10_000, link=13.0, reconcile=13.0)
CASE = Grown(
    claims=100, reports=50, groups=5, added=1.0, first=1.0, worked_first=5, again=0.1, worked=1, touched=1, anew=1.0,
    differing=0, steps={"linking": 0.05},
)  # fmt: skip


@pytest.fixture(scope="module")
def held() -> Made:
    return made(2_000)


# --- what is made up ------------------------------------------------------------------------------------------------


def test_each_claim_has_an_id_of_its_own_and_quotes_its_report(held: Made) -> None:
    assert len({claim.id for claim in held.claims}) == len(held.claims)
    for claim in held.claims:
        assert claim.anchor.of(held.reports[claim.report].text) == claim.quantity.words
        assert claim.quote in held.reports[claim.report].text


def test_one_seed_makes_the_same_claims_and_another_seed_others() -> None:
    assert made(200, seed=3) == made(200, seed=3)
    assert made(200, seed=3) != made(200, seed=4)


def test_there_are_about_ten_claims_to_an_incident_and_no_more_when_there_are_more_claims(held: Made) -> None:
    for claims in (made(500), held):
        incidents = link(claims.claims, claims.reports).incidents
        assert 8 <= len(claims.claims) / len(incidents) <= 13
        assert max(len(incident.links) for incident in incidents) < 60


def test_reports_hold_one_to_eight_claims_of_every_kind(held: Made) -> None:
    sizes = Counter(Counter(claim.report for claim in held.claims).values())
    assert set(sizes) <= set(range(1, 9)) and len(sizes) >= 6
    assert {claim.reach for claim in held.claims} == {"event", "running total"}
    assert {claim.relation.kind for claim in held.claims if claim.relation} == {"part", "overlay"}
    assert {report.language for report in held.reports.values()} == {"ar", "en"}
    assert any(claim.place is None for claim in held.claims) and any(claim.period is None for claim in held.claims)
    assert any(claim.root and claim.root.anonymous for claim in held.claims)


def test_a_larger_land_has_more_provinces_and_days_and_each_name_is_another() -> None:
    small, large = Land.of(10_000), Land.of(1_000_000)
    assert large.provinces * large.days == pytest.approx(100 * small.provinces * small.days, rel=0.05)
    assert len({name(number, 3) for number in range(large.provinces)}) == large.provinces


def test_figures_of_one_root_are_relayed_copied_and_counted_on(held: Made) -> None:
    linked = link(held.claims, held.reports)
    tolls, problems = reconcile(held.claims, held.reports, linked, (), RULES)
    assert {"named", "not named", "from its whole", "copied text"} <= {one.rule for one in linked.roots.values()}
    assert max(len(toll.carriers) for toll in tolls) > 2
    assert max(len(toll.series) for toll in tolls) > 1
    assert problems


# --- what is measured -----------------------------------------------------------------------------------------------


def test_a_size_is_measured_whole() -> None:
    found = measured(300, seed=1)
    assert 300 <= found.claims < 308
    assert found.reports and found.incidents and found.tolls and found.rate > 0 and found.memory >= 0


def test_growth_is_told_against_linear() -> None:
    assert LARGE.growth(SMALL) == pytest.approx(1.3)
    assert SMALL.growth(SMALL) == 1


@pytest.mark.parametrize(("seconds", "code"), [(12.9, 0), (13.1, 1)])
def test_growth_above_the_bar_is_a_failure(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], seconds: float, code: int
) -> None:
    large = replace(LARGE, link=seconds, reconcile=seconds)
    monkeypatch.setattr(scale, "apart", lambda claims, seed: SMALL if claims == 1_000 else large)
    assert scale.main(["--claims", "1000,10000"]) == code
    out, talk = capsys.readouterr()
    assert [line.split()[0] for line in out.splitlines()] == ["claims", "1000", "10000"]
    assert ("the bar is 1.3" in talk) == bool(code)


def test_without_duckdb_the_sort_is_left_out_and_said_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(scale, "apart", lambda claims, seed: replace(SMALL, sort=None))
    assert scale.main(["--claims", "1000"]) == 0
    out, talk = capsys.readouterr()
    assert out.splitlines()[1].split()[-3:] == ["-", "-", "-"]
    assert "DuckDB is not installed" in talk


def test_json_has_every_size_and_the_bar(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(scale, "apart", lambda claims, seed: SMALL)
    assert scale.main(["--claims", "1000", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["bar"] == scale.GROWTH
    assert [(one["claims"], one["growth"]) for one in found["sizes"]] == [(1_000, None)]


@pytest.mark.parametrize("sizes", ["many", "", "10", "2000,1000", "1000,1000", "1000,", "-1000"])
def test_sizes_that_are_none_are_misuse(sizes: str) -> None:
    with pytest.raises(SystemExit) as stopped:
        scale.main([f"--claims={sizes}"])
    assert stopped.value.code == 2


# --- a case that grows ----------------------------------------------------------------------------------------------


def test_one_report_more_works_out_again_what_it_touches_and_equals_a_build_from_nothing() -> None:
    found = grown(150, seed=2)
    assert found.differing == 0
    assert 0 < found.worked <= found.touched < found.groups == found.worked_first
    assert {"linking", "claims from the cache", "reconciling"} <= set(found.steps)


@pytest.mark.parametrize(
    ("change", "words"),
    [({"differing": 2}, "2 rows differ"), ({"worked": 3}, "3 groups worked out again"), ({}, "")],
)
def test_a_case_that_differs_or_works_in_vain_is_a_failure(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], change: dict[str, Any], words: str
) -> None:
    monkeypatch.setattr(scale, "grown", lambda claims, seed: replace(CASE, **change))
    assert scale.main(["--case", "--claims", "100"]) == bool(words)
    assert words in capsys.readouterr().err


def test_a_report_with_other_words_than_its_sheet_is_refused() -> None:
    sheet = next(sheets(10))
    with pytest.raises(ValueError, match="is read by its own sheet"):
        sheet.claims(replace(sheet.report(), text="Other words.\nAltogether."))
