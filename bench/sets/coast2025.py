"""The shipped example: thirty bulletins on one episode against the claims a person expects of them."""

from __future__ import annotations

import re
from pathlib import Path

from bench.adapter import ROOT, Adapter, BenchError, Figure, Outcome, Run, shown
from bench.coast import bulletins
from bench.coast.expected import Sheet, sheet
from bench.coast.listing import errors
from bench.coast.scoring import figures, judge
from cenotaph.vocabulary import Report

COUNTRIES = ("Syria",)
"""The country that the example's case.toml names."""


def run(data: Path, how: Run) -> Outcome:
    reports = [report for report in bulletins.reports(data / "reports") if re.search(how.only, report.name)]
    sheets = {report.name: _sheet(data / "expected", report) for report in reports}
    read = how.reader(reports, COUNTRIES, how.jobs)
    judged = [judge(report, sheets[report.name], claims, answers) for report, claims, answers in read]
    return Outcome(figures(judged), tuple(errors(judged)) if how.errors else ())


def _sheet(folder: Path, report: Report) -> Sheet:
    file = folder / f"{report.name}.toml"
    if not file.is_file():
        raise BenchError(f"no expected claims for {report.name}: expected {shown(file)}")
    return sheet(file)


ADAPTER = Adapter(
    name="coast2025",
    data=ROOT / "examples" / "coast-2025",
    needs=("reports", "expected"),
    figures=(
        Figure("found (harm, figure, group, voice)", ("found",), goal=95),
        Figure("spurious", ("spurious",), goal=5, less=True),
        Figure("Arabic bulletins: found", ("by_language", "ar", "found"), goal=95),
        Figure("Arabic bulletins: spurious", ("by_language", "ar", "spurious"), goal=5, less=True),
        Figure("harm and figure", ("matched",)),
        Figure("group", ("fields", "group", "right")),
        Figure("voice", ("fields", "voice", "right")),
        Figure("day", ("fields", "day", "right")),
        Figure("place", ("fields", "place", "right")),
        Figure("stance", ("fields", "stance", "right")),
        Figure("reach", ("fields", "reach", "right")),
        Figure("relation", ("fields", "relation", "right")),
        Figure("answers found", ("answers", "found")),
    ),
    run=run,
)
