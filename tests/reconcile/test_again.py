"""A figure that a report only takes up again, so that it can be divided, is not counted twice."""

from __future__ import annotations

from dataclasses import replace

from cenotaph.vocabulary import Tie
from tests.builders import claims_of, report_of, worked

SAID = {"root": "Monitor", "status": "civilian", "total": True}


def test_a_restated_figure_makes_no_toll_of_its_own() -> None:
    tables = [SAID | {"exact": 803}, SAID | {"exact": 420, "status": "armed group"}]
    report = report_of({"outlet": "Wire", "claims": tables})
    first, second = claims_of(report, tables).values()
    again = replace(second, relation=Tie(first.id, "restates"))
    tolls, _ = worked([first, again], {report.id: report})
    assert [toll.figure.best for toll in tolls] == [803]


def test_a_restatement_of_nothing_that_is_held_still_counts() -> None:
    tables = [SAID | {"exact": 803}]
    report = report_of({"outlet": "Wire", "claims": tables})
    (claim,) = claims_of(report, tables).values()
    tolls, _ = worked([replace(claim, relation=Tie("claim:gone", "restates"))], {report.id: report})
    assert [toll.figure.best for toll in tolls] == [803]
