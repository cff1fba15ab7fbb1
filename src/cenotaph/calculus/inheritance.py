"""What a part leaves open and its whole states: "Of them 16 were guards" has the place, days and voice of the whole."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from cenotaph.calculus.sites import one_site
from cenotaph.vocabulary import Claim, Group, Period, Place, Report

__all__ = ["LENT", "MANY", "Dated", "Wholes", "day_of", "is_total", "since"]

Dated = Literal["as of", "said", "relayed", "unknown"]

LENT = "from its whole"

MANY = 100
"""So many people and no day count as a running total. Our convention: an event of that size has its day."""

OPEN = ("place", "period", "means", "said", "as_of")


@dataclass(frozen=True, slots=True)
class Wholes:
    """The claims by their ids, each to be had with what its whole lends it, whole by whole up to the widest; sites that
    several of them name are under one name.
    """

    held: Mapping[str, Claim]
    reports: Mapping[str, Report]
    _full: dict[str, Claim] = field(default_factory=dict)
    _sites: dict[Place, Place] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._sites.update(one_site(self.held.values()))

    def whole(self, claim: Claim) -> Claim | None:
        """The claim of the same report that this one is a part or overlay of, if it is held."""
        if claim.relation is None or claim.relation.kind not in ("part", "overlay"):
            return None
        whole = self.held.get(claim.relation.to)
        return whole if whole is not None and whole.report == claim.report and whole.id != claim.id else None

    def full(self, claim: Claim) -> Claim:
        if claim.id not in self._full:
            known = self._at_one_site(claim)
            self._full[claim.id] = known  # a ring of parts lends nothing
            whole = self.whole(claim)
            if whole is not None:
                self._full[claim.id] = _lent(known, self.full(whole), self.reports[claim.report])
        return self._full[claim.id]

    def _at_one_site(self, claim: Claim) -> Claim:
        place = self._sites.get(claim.place) if claim.place is not None and self._sites else None
        return claim if place is None else replace(claim, place=place)

    def untold(self, claim: Claim) -> bool:
        """Whether nothing that was read tells this part from its whole: "51 and 9 of the 60"."""
        whole = self.whole(claim)
        return whole is not None and _apart(self.full(claim)) == _apart(self.full(whole))


def _lent(claim: Claim, whole: Claim, report: Report) -> Claim:
    open_ended = claim.period is None or claim.period.end is None
    total = is_total(whole, day_of(whole, report)[0]) and claim.reach == "event" and open_ended
    fields = [name for name in OPEN if getattr(claim, name) is None]
    taken: dict[str, Any] = {name: getattr(whole, name) for name in fields if getattr(whole, name) is not None}
    if claim.group == Group() and whole.group != Group():
        taken["group"] = whole.group
    if not claim.parties and whole.parties:
        taken["parties"] = whole.parties
    if claim.level == "reported" != whole.level:
        taken["level"] = whole.level
    if claim.root is None and whole.root is not None:
        taken["voices"] = whole.voices
    taken["assumed"] = (*claim.assumed, *((name, LENT) for name in taken))
    return replace(claim, **taken, reach="running total" if total else claim.reach)


def _apart(claim: Claim) -> tuple[object, ...]:
    return (claim.harm, claim.group.facets, claim.means, claim.parties, claim.place, claim.period, claim.exclusions)


def day_of(claim: Claim, report: Report) -> tuple[dt.date | None, Dated]:
    """As of when the figure counts, and how that is known: the root's own day before the day of the relay."""
    last = _last_day(claim.period) if claim.reach == "running total" else None
    known: Iterable[tuple[dt.date | None, Dated]] = (
        (claim.as_of, "as of"),
        (last, "as of"),
        (claim.said, "said"),
        (report.published, "relayed"),
    )
    return next(((day, dated) for day, dated in known if day is not None), (None, "unknown"))


def _last_day(period: Period | None) -> dt.date | None:
    """The day up to which "from 6 to 10 March" counts. One day alone is the first counted, or that of the statement."""
    return period.end if period is not None and period.start != period.end else None


def since(period: Period | None, day: dt.date | None) -> Period | None:
    """The period of a running total: a first day only. The day of its statement is none."""
    if period is None or (day is not None and period.start == period.end and period.start == day):
        return None
    return period if period.end is None else replace(period, end=None)


def is_total(claim: Claim, day: dt.date | None) -> bool:
    """Whether the figure counts up to its day: its words say so, or it is so large and has no days of its own."""
    many = (claim.quantity.base or 0) >= MANY and _open_ended(claim.period, day)
    return claim.reach == "running total" or (claim.reach == "event" and many)


def _open_ended(period: Period | None, day: dt.date | None) -> bool:
    """None said, only a first day, or days that run up to the statement ("over three days")."""
    if period is None or period.end is None:
        return True
    if day is None or period.start is None or period.of == "recorded":
        return False
    return period.start < period.end and (day - period.end).days <= 1
