"""A claim as linking sees it: where, which days, whose, what it follows; what a part leaves open its whole lends it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from cenotaph.calculus.inheritance import LENT, MANY, Wholes, day_of, is_total, since
from cenotaph.vocabulary import Claim, Period, Place, Report, Rooted

__all__ = ["Figure", "Path", "Trace", "prefixes", "traces"]

Path = tuple[str, ...]

Figure = tuple[object, ...]
"""A root's number of one harm and one kind of people, by which it is met again."""

FINE = 3
"""Up to this precision (UCDP where_prec: a point, near one, a district) a place can be that of one incident."""

FEW_DAYS = 2
"""Up to this precision (UCDP date_prec: a day, two to six days) days can be those of one incident."""


@dataclass(frozen=True, slots=True)
class Trace:
    """What linking needs of a claim. `areas` are the paths of its place, () when it is open or in no gazetteer.

    `spot` is its place as one place, listed or not; `fine` when it can be that of one incident, `vague` when it has
    no bounds ("the north-west") or is in no list. `first` and `last`
    are its days as stated, `said` the day of the statement, else of the report. `follows` is the claim that it is a
    part of, counted within, on top of or said again.
    """

    claim: Claim
    report: str
    order: tuple[str, str, int, int]
    root: str
    said: dt.date | None
    areas: tuple[Path, ...]
    spot: tuple[str, ...]
    fine: bool
    vague: bool
    first: dt.date | None
    last: dt.date | None
    sharp: bool
    long: bool
    total: bool
    happened: bool
    taken: bool
    follows: str

    @property
    def id(self) -> str:
        return self.claim.id

    @property
    def figure(self) -> Figure:
        said, group = self.claim.quantity, self.claim.group
        return (self.root, str(self.claim.harm), said.base, said.upper, group.status, group.sex, group.age)

    @property
    def striking(self) -> bool:
        """Whether its figure is so large that one root gives it of one thing alone."""
        return (self.claim.quantity.base or 0) >= MANY

    @property
    def brief(self) -> bool:
        """Days of an incident: both ends stated and not more than a few days apart."""
        return self.first is not None and self.last is not None and not self.long and not self.total

    @property
    def blank(self) -> bool:
        """Neither place nor day of its own."""
        return not self.spot and self.first is None and self.last is None


def prefixes(path: Path) -> Iterator[Path]:
    """
    >>> list(prefixes(("Syria", "Tartus")))
    [('Syria',), ('Syria', 'Tartus')]
    """
    return (path[: depth + 1] for depth in range(len(path)))


def traces(claims: Iterable[Claim], reports: Mapping[str, Report], roots: Mapping[str, Rooted]) -> list[Trace]:
    """The claims that can stand in an incident, in an order that does not depend on how they came.

    Left out: background figures (another war, another year), forecasts and what is only expected, with their parts.
    """
    held = {claim.id: claim for claim in claims}
    wholes = Wholes(held, reports)
    counted = [claim for claim in held.values() if all(_can(one) for one in _with_wholes(claim, held))]
    found = [_trace(wholes, claim, reports[claim.report], roots[claim.id]) for claim in counted]
    return sorted(found, key=lambda one: one.order)


def _can(claim: Claim) -> bool:
    return claim.reach != "background" and claim.level != "forecast" and claim.stance != "expects"


def _with_wholes(claim: Claim, held: Mapping[str, Claim]) -> list[Claim]:
    """The claim and those it is a part of: what is part of a background figure is background itself."""
    chain = [claim]
    while (tie := chain[-1].relation) and tie.kind in ("part", "overlay") and tie.to in held:
        if held[tie.to] in chain:
            break
        chain.append(held[tie.to])
    return chain


def _trace(wholes: Wholes, claim: Claim, report: Report, rooted: Rooted) -> Trace:
    full = wholes.full(claim)
    day, _ = day_of(full, report)
    total = is_total(full, day)
    period, place = since(full.period, day) if total else full.period, full.place
    tie = claim.relation
    return Trace(
        claim, report.id, (str(report.published or "9999"), report.id, claim.anchor.start, claim.anchor.end),
        str(rooted.root) if rooted.root.named else "", day,
        areas=_areas(place), spot=_spot(place), fine=_fine(place), vague=_vague(place),
        first=period.start if period else None, last=period.end if period else None,
        sharp=period is not None and period.precision == 1, long=period is not None and period.precision > FEW_DAYS,
        total=total, happened=_happened(place, period),
        taken=dict(full.assumed).get("place", LENT) != LENT,
        follows=tie.to if tie and tie.to in wholes.held and tie.to != claim.id else "",
    )  # fmt: skip


def _areas(place: Place | None) -> tuple[Path, ...]:
    if place is None:
        return ()
    return place.covers or ((place.path,) if place.path else ())


def _spot(place: Place | None) -> tuple[str, ...]:
    """The place as a key; a village that no gazetteer lists is known by its words, within what is around it."""
    if place is None:
        return ()
    return place.path if place.name and place.path else (*place.path, "", _village(place.name or place.words))


def _village(words: str) -> str:
    """The name without what is said of where it lies: "Al-Tuwaimah, on the coast"."""
    return " ".join(re.split("[,،]", words)[0].casefold().split())


def _fine(place: Place | None) -> bool:
    if place is not None and not place.name:
        return bool(place.words)
    return place is not None and not place.covers and place.precision <= FINE


def _vague(place: Place | None) -> bool:
    return place is not None and not place.covers and (not place.path or (place.precision == 5 and len(place.path) > 1))


def _happened(place: Place | None, period: Period | None) -> bool:
    there = place is None or place.of in ("happened", "died", "unclear")
    return there and (period is None or period.of in ("happened", "died", "unclear"))


def earliest(found: Sequence[Trace]) -> Trace:
    return min(found, key=lambda one: one.order)
