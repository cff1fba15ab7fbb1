"""What each root documented, when, of which set, and whether its own figures fit together.

`reconcile` takes what was read and linked and gives tolls and problems. A toll is never made across roots: two roots'
figures stand side by side, each a floor, what that root has on record. The steps: `groups` (what is reconciled
together), `told` (as of when, of which set), `sets` and `joining` (which claims speak of one set of people), `series`
and `order` (its figures in time), `arithmetic`, `siblings` and `mixed` (parts, wholes, sums), `tolls` (put together).

Beside the tolls, drafts of what people may hold of an incident: `scene` (when and where), `weighing` (how much a claim
counts), `hearing` and `stories` (what one report says), `recording` (the range of all), `offering` (put to people).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cenotaph.reconcile.days import of_one_day
from cenotaph.reconcile.groups import Concerning, Group, groups
from cenotaph.reconcile.told import STOCKS, Placed, tellings
from cenotaph.reconcile.tolls import assembled, rank
from cenotaph.vocabulary import Claim, Decision, Linked, NumberRules, Problem, Report, Toll

__all__ = ["STOCKS", "Concerning", "Group", "Placed", "groups", "placed", "rank", "reconcile", "reconciled"]


def reconcile(
    claims: Sequence[Claim],
    reports: Mapping[str, Report],
    linked: Linked,
    decisions: Sequence[Decision],
    rules: NumberRules,
    *,
    stocks: frozenset[str] = STOCKS,
) -> tuple[list[Toll], list[Problem]]:
    """One toll for each root and set, with its series and checks, and what does not fit as problems.

    Left out of every series: what is denied, expected, forecast, background or an increment, and claims that have no
    figure. Of the decisions these count here: reject and withdraw (the claim is left out), must-link (two claims are of
    one series), accept, correct and add (a person has read the claim), and undo. `stocks` are the harms whose totals
    may fall. Raises KeyError if a claim's report is not among `reports`, or its root not in `linked`.

    >>> from cenotaph.vocabulary import Coder, Harm, Quantity, Root, Rooted, Span, Voice
    >>> report = Report.of_text("Three people were killed, Example Monitor said.", outlet="Example Wire")
    >>> claim = Claim.read_as(report, Span(0, 47), anchor=Span(0, 5), trigger=Span(18, 24), harm=Harm(("killed",)),
    ...     quantity=Quantity("Three", "exact", 3), coder=Coder("rules", "x"),
    ...     voices=(Voice("Example Monitor", root=True),))
    >>> linked = Linked({claim.id: Rooted(Root("Example Monitor"), "named")})
    >>> tolls, problems = reconcile([claim], {report.id: report}, linked, [], NumberRules("plain", {}, {}))
    >>> [(toll.root, toll.figure.best, toll.carriers) for toll in tolls], problems
    ([('Example Monitor', 3, ('Example Wire',))], [])
    """
    where, decided = placed(linked), Concerning.of(decisions)
    tolls: list[Toll] = []
    problems: dict[str, Problem] = {}
    for group in groups(claims, linked):
        made, unclear = reconciled(group, reports, where, decided.group(group), rules, stocks=stocks)
        tolls += made
        problems |= {one.id: one for one in unclear}
    return sorted(tolls, key=rank), list(problems.values())


def placed(linked: Linked) -> Placed:
    """What reconciling needs of linking: root and incident of each claim."""
    roots = {claim: one.root for claim, one in linked.roots.items()}
    return Placed(roots, {claim: one.id for one in linked.incidents for claim in one.claims})


def reconciled(
    group: Group,
    reports: Mapping[str, Report],
    where: Placed,
    decisions: Sequence[Decision],
    rules: NumberRules,
    *,
    stocks: frozenset[str] = STOCKS,
) -> tuple[list[Toll], list[Problem]]:
    """One group by itself: the same as its share of `reconcile`. `decisions` stand, and may be those alone that concern
    the group.
    """
    told = of_one_day(tellings([*group.claims, *group.guests], reports, where, decisions, rules, stocks), decisions)
    guests = {claim.id for claim in group.guests}
    own = [one for one in told if one.id not in guests]
    return assembled(own, [one for one in told if one.id in guests], decisions)
