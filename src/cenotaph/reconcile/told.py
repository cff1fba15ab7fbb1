"""A claim as reconciling sees it: its root, its day, its figure and its set, open fields filled by rule."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from cenotaph.calculus.inheritance import LENT, Dated, Wholes, day_of, is_total, since
from cenotaph.decided import standing
from cenotaph.plain import intervals
from cenotaph.vocabulary import Claim, Decision, Interval, NumberRules, Period, Quantity, Report, Root, Scope

__all__ = ["STOCKS", "Placed", "Telling", "tellings"]

STOCKS = frozenset({"missing", "detained", "abducted", "displaced", "movement restricted", "services cut"})
"""Harms whose totals may fall: `counts = "stock"` in codes/harms.toml, which a test holds to this."""

SPOKEN = frozenset({"asserts", "hedges", "alleges"})
COUNTED = frozenset({"event", "running total"})


@dataclass(frozen=True, slots=True)
class Placed:
    """What linking said of claims, by their ids: whose figure it is, and which incident or episode it is about."""

    roots: Mapping[str, Root]
    incidents: Mapping[str, str]

    def events(self, claims: Sequence[Claim]) -> set[str]:
        """Those that are events of one incident of which some report states the day."""
        homes = {claim.id: self.incidents.get(claim.id, "") for claim in claims if claim.reach == "event"}
        stated = (claim for claim in claims if claim.period is not None and claim.period.start is not None)
        dated = {homes[claim.id] for claim in stated if claim.id in homes}
        return {claim for claim, home in homes.items() if home.startswith("incident:") and home in dated}


@dataclass(frozen=True)
class Telling:
    """One claim with what reconciling adds to it. `scope` is the claim's, with what its whole lends it.

    `incident` is what it is about: an incident or an episode, "" for neither. `total`: it counts up to its day.
    `stock`: it may fall. `there`: an event of one incident with its day. `whole`: the claim it is a declared part of.
    `untold`: it is a part or overlay, and nothing that was read tells it from its whole or from another figure of its
    report.
    """

    claim: Claim
    report: Report
    root: Root
    scope: Scope
    interval: Interval
    day: dt.date | None
    dated: Dated
    total: bool
    stock: bool = False
    whole: str = ""
    incident: str = ""
    untold: bool = False
    there: bool = False

    @property
    def id(self) -> str:
        return self.claim.id

    @property
    def replaces(self) -> str | None:
        """The claim whose figure its root says that this one takes the place of; "" for one that is not held."""
        tie = self.claim.relation
        return tie.to if tie is not None and tie.kind == "replaces" else None

    @property
    def quantity(self) -> Quantity:
        return self.claim.quantity

    @property
    def carrier(self) -> str:
        return self.report.outlet or self.report.name or self.report.id

    @cached_property
    def figure(self) -> tuple[object, ...]:
        """What makes two figures the same figure: the number said, whatever bounds it ("745", "at least 745")."""
        said = self.quantity
        if said.comparator == "plural" or said.base is None:
            return ("words", said.words.casefold())
        return (said.base, said.upper)


def tellings(
    claims: Sequence[Claim],
    reports: Mapping[str, Report],
    placed: Placed,
    decisions: Sequence[Decision],
    rules: NumberRules,
    stocks: frozenset[str],
) -> list[Telling]:
    """The claims that can stand in a series, each with its root and day, in the order of their reports and words.

    Rejected claims are left out.
    """
    rejected = {one.about for one in standing(decisions) if one.verb in ("reject", "withdraw")}
    held = {claim.id: claim for claim in claims if claim.id not in rejected}
    figures = intervals(list(held.values()), rules)
    wholes = Wholes(held, reports)
    found = []
    counted = [claim for claim in held.values() if _counts(claim) and not _says_again(claim, held)]
    events = placed.events(counted)
    for claim in sorted(counted, key=lambda one: (one.report, one.start, one.anchor, one.id)):
        stock = bool(stocks & set(claim.harm.codes))
        known = {"stock": stock, "untold": wholes.untold(claim), "there": claim.id in events}
        full = wholes.full(claim)
        if known["there"]:
            full = _of_incident(full, claim)
        found.append(_telling(full, reports[claim.report], placed, figures[claim.id], **known))
    return _of_several_statuses(found)


def _of_several_statuses(tellings: Sequence[Telling]) -> list[Telling]:
    """A whole of one status whose declared part has another counts people of both: it stands by itself.

    "213 fighters, 93 of them soldiers" is a figure of no single status, whatever its own words are coded as.
    """
    held = {one.id: one for one in tellings}
    for one in tellings:
        whole = held.get(one.whole)
        statuses = {one.scope.group.status, whole.scope.group.status} - {""} if whole else set()
        if whole is not None and len(statuses) > 1:
            group = replace(whole.scope.group, status="")
            assumed = (*whole.scope.assumed, ("group", "its parts are of several statuses"))
            held[whole.id] = replace(whole, scope=replace(whole.scope, group=group, assumed=assumed), untold=True)
    return [held[one.id] for one in tellings]


def _counts(claim: Claim) -> bool:
    has_figure = claim.quantity.comparator != "none" or claim.quantity.base is not None
    spoken = claim.stance in SPOKEN and claim.reach in COUNTED
    return spoken and has_figure and claim.level != "forecast" and _tie(claim) != "increment"


def _says_again(claim: Claim, held: Mapping[str, Claim]) -> bool:
    """A figure taken up again in the same report adds nothing to the one it restates."""
    return claim.relation is not None and claim.relation.kind == "restates" and claim.relation.to in held


def _tie(claim: Claim) -> str:
    return claim.relation.kind if claim.relation else ""


def _closed(period: Period | None) -> bool:
    """Days with a last one: "during March", "from the 6th to the 10th"; a total of them counts up to that day."""
    return period is not None and period.end is not None and period.start != period.end


def _of_incident(full: Claim, claim: Claim) -> Claim:
    """A part that happened in one incident is no running total as its whole is, nor of the days of that."""
    if full.reach == claim.reach:
        return full
    assumed = tuple(one for one in full.assumed if one != ("period", LENT))
    return replace(full, reach=claim.reach, period=claim.period, assumed=assumed)


def _telling(
    claim: Claim, report: Report, placed: Placed, interval: Interval, *, stock: bool, untold: bool, there: bool
) -> Telling:
    day, dated = day_of(claim, report)
    total, scope = not there and is_total(claim, day), claim.scope  # however many, they have the day of their incident
    if total and dated in ("said", "relayed") and _closed(claim.period):
        day, dated = (claim.period.end if claim.period else None), "as of"
    if total and (period := since(scope.period, day)) is not scope.period:
        scope = replace(scope, period=period)
    if total and claim.reach != "running total":
        scope = replace(scope, assumed=(*scope.assumed, ("reach", "so many and no day said: a running total")))
    whole = claim.relation.to if claim.relation and claim.relation.kind == "part" else ""
    incident = placed.incidents.get(claim.id, "")
    root = placed.roots[claim.id]
    return Telling(claim, report, root, scope, interval, day, dated, total, stock, whole, incident, untold, there)
