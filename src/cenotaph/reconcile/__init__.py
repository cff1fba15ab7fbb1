"""What each root documented, when, of which set, and whether its own figures fit together.

`reconcile` takes what was read and gives tolls and problems. A toll is never made across roots: two roots' figures
stand side by side, each a floor, what that root has on record. The steps: `voices`, `lending` and `told` (who
answers for a claim, as of when), `sets` and `joining` (which claims speak of one set of people), `series` and `order`
(its figures in time), `arithmetic`, `siblings` and `mixed` (parts, wholes, sums), `tolls` (put together).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cenotaph.reconcile.told import STOCKS, tellings
from cenotaph.reconcile.tolls import assembled
from cenotaph.vocabulary import Claim, Decision, NumberRules, Problem, Report, Toll

__all__ = ["STOCKS", "reconcile"]


def reconcile(
    claims: Sequence[Claim],
    reports: Mapping[str, Report],
    decisions: Sequence[Decision],
    rules: NumberRules,
    *,
    stocks: frozenset[str] = STOCKS,
) -> tuple[list[Toll], list[Problem]]:
    """One toll for each root and set, with its series and checks, and what does not fit as problems.

    Left out of every series: what is denied, expected, forecast, background or an increment, and claims that have no
    figure. Of the decisions these count here: reject and withdraw (the claim is left out), alias (whose voice it is),
    must-link (two claims are of one series), accept, correct and add (a person has read the claim), and undo.
    `stocks` are the harms whose totals may fall. Raises KeyError if a claim's report is not among `reports`.

    >>> from cenotaph.vocabulary import Coder, Harm, Quantity, Span, Voice
    >>> report = Report.of_text("Three people were killed, Example Monitor said.", outlet="Example Wire")
    >>> claim = Claim.read_as(report, Span(0, 47), anchor=Span(0, 5), trigger=Span(18, 24), harm=Harm(("killed",)),
    ...     quantity=Quantity("Three", "exact", 3), coder=Coder("rules", "x"),
    ...     voices=(Voice("Example Monitor", root=True),))
    >>> tolls, problems = reconcile([claim], {report.id: report}, [], NumberRules("plain", {}, {}))
    >>> [(toll.root, toll.figure.best, toll.carriers) for toll in tolls], problems
    ([('Example Monitor', 3, ('Example Wire',))], [])
    """
    return assembled(tellings(claims, reports, decisions, rules, stocks), decisions)
