"""What people decide about claims, voices and series counts, and only that."""

from __future__ import annotations

import datetime as dt
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

from cenotaph.reconcile import STOCKS
from cenotaph.vocabulary import Claim, Coder, Decision, Report, Toll
from tests.builders import claims_of, decision_of, report_of, worked

ROOT = Path(__file__).resolve().parents[2]
DAY, LATER = dt.date(2025, 3, 8), dt.date(2025, 3, 9)
SAID = {"root": "Monitor", "status": "civilian", "total": True}


def held(*tables: dict[str, object]) -> tuple[dict[str, Report], list[Claim]]:
    reports = [report_of({"outlet": f"Wire {index}", "claims": [table]}) for index, table in enumerate(tables)]
    claims = [one for report, table in zip(reports, tables, strict=True) for one in claims_of(report, [table]).values()]
    return {report.id: report for report in reports}, claims


def tolls(reports: dict[str, Report], claims: list[Claim], *decisions: Decision) -> list[Toll]:
    return worked(claims, reports, decisions)[0]


def test_an_unnamed_monitor_becomes_the_named_root_by_decision_alone() -> None:
    reports, claims = held(SAID | {"exact": 745}, SAID | {"exact": 745, "root": "a monitor", "unnamed": True})
    assert len(tolls(reports, claims)) == 2
    (toll,) = tolls(reports, claims, decision_of("alias", claims[1].id, canonical="Monitor"))
    assert toll.root == "Monitor" and len(toll.carriers) == 2


def test_an_alias_for_one_report_leaves_the_same_words_elsewhere_alone() -> None:
    unnamed = SAID | {"root": "a monitor", "unnamed": True}
    reports, claims = held(unnamed | {"exact": 745}, unnamed | {"exact": 830})
    decision = decision_of("alias", "a monitor", canonical="Monitor", report=claims[0].report)
    assert sorted(toll.root for toll in tolls(reports, claims, decision)) == ["Monitor", "a monitor (Wire 1)"]


def test_a_decision_that_is_undone_counts_no_more() -> None:
    reports, claims = held(SAID | {"exact": 745})
    reject = decision_of("reject", claims[0].id)
    assert tolls(reports, claims, reject) == []
    undo = decision_of("undo", reject.id)
    assert len(tolls(reports, claims, reject, undo)) == 1
    assert tolls(reports, claims, reject, undo, decision_of("undo", undo.id)) == []


def test_two_groups_are_one_series_when_people_say_so() -> None:
    residents = {"root": "Monitor", "identity": "a community", "total": True, "exact": 340}
    reports, claims = held(residents, SAID | {"exact": 745})
    (toll,) = tolls(reports, claims, decision_of("must-link", claims[0].id, **{"with": claims[1].id}))
    assert [vintage.interval.low for vintage in toll.series] == [340, 745]


def test_two_roots_are_not_linked_into_one_series_by_any_decision() -> None:
    reports, claims = held(SAID | {"exact": 745}, SAID | {"exact": 803, "root": "Network"})
    assert len(tolls(reports, claims, decision_of("must-link", claims[0].id, **{"with": claims[1].id}))) == 2


def test_a_toll_tells_which_share_of_its_claims_people_have_read() -> None:
    reports, claims = held(SAID | {"exact": 745}, SAID | {"exact": 830})
    assert tolls(reports, claims)[0].read == 0
    assert tolls(reports, claims, decision_of("accept", claims[0].id))[0].read == 0.5
    by_hand = [replace(claim, coder=Coder("person", "A reader")) for claim in claims]
    assert tolls(reports, by_hand)[0].read == 1


def test_the_name_of_a_private_person_is_in_no_toll_and_no_problem() -> None:
    reports, claims = held(SAID | {"exact": 745, "as_of": DAY}, SAID | {"exact": 600, "as_of": LATER})
    private: dict[str, Any] = {"canonical": "", "name": "N. Somebody", "protected": True}
    hidden = [replace(claim, voices=tuple(replace(voice, **private) for voice in claim.voices)) for claim in claims]
    moved = [replace(claim, report=claims[0].report) for claim in hidden]
    found, problems = worked(moved, reports)
    assert [toll.root for toll in found] == ["a private person (Wire 0)"]
    assert [problem.kind for problem in problems] == ["unexplained drop"]
    assert "Somebody" not in f"{[toll.root for toll in found]}{found[0].checks}{problems}"


def test_a_description_or_a_private_person_is_not_met_again() -> None:
    reports, claims = held(SAID | {"exact": 3}, SAID | {"exact": 3})
    changes: list[dict[str, Any]] = [
        {"canonical": "", "name": "the police"},
        {"canonical": "", "name": "A Resident", "protected": True},
        {"canonical": "", "name": "Rights Group", "anonymous": True},
    ]
    for change in changes:
        other = [replace(claim, voices=tuple(replace(voice, **change) for voice in claim.voices)) for claim in claims]
        assert len(tolls(reports, other)) == 2


def test_the_stocks_are_those_of_the_codes() -> None:
    codes = tomllib.loads((ROOT / "src/cenotaph/codes/harms.toml").read_text("utf-8"))["harm"]
    assert {harm["code"] for harm in codes if harm["counts"] == "stock"} == STOCKS
