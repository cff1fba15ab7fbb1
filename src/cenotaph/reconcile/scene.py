"""When and where reports together say that something was: the day and the place that most of them give.

A scene serves drafts alone. It is that of an incident as linking found it, else a guess by votes.
"""

from __future__ import annotations

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cenotaph.vocabulary import Claim, Incident, Place, Report

__all__ = ["Read", "Scene", "apart", "likeliest_day", "likeliest_place"]

Read = Sequence[tuple[Report, Sequence[Claim]]]
"""Reports, each with what was read in it."""

EARTH_DIAMETER_KM = 12742
FIRST = 500
"""Characters of a headline and what follows it: days and places there count more."""
FIRST_DAY = 4
"""How much more a day counts that is told there. Chosen on the development part of airwars_syria (2 to 4 do)."""
BESIDE_KM = 12
EXACTNESS = {1: 1.0, 2: 1.0, 3: 0.9}
COARSE = 0.3
"""What a place counts by its precision (UCDP where_prec). Chosen on the development part of airwars_syria."""


@dataclass(frozen=True, slots=True)
class Scene:
    """When and where; None where nothing tells. `home` names the countries that it may lie in, none for any.

    >>> Scene(dt.date(2025, 3, 7), None, ("Syria",)).is_home(Place("Aleppo", path=("Syria", "Aleppo")))
    True
    """

    day: dt.date | None
    place: Place | None
    home: tuple[str, ...] = ()

    @classmethod
    def of(cls, incident: Incident, home: Sequence[str] = ()) -> Scene:
        """The day on which an incident begins, and its place, as linking found them."""
        period = incident.scope.period
        return cls(period.start if period else None, incident.scope.place, tuple(home))

    @classmethod
    def told(
        cls, read: Read, until: dt.date, *, home: Sequence[str] = (), written: Iterable[Sequence[dt.date]] = ()
    ) -> Scene:
        """What most reports say; see `likeliest_day` and `likeliest_place`."""
        return cls(likeliest_day(read, until, written), likeliest_place(read, home), tuple(home))

    def is_home(self, place: Place) -> bool:
        """Whether a place may be of this scene by its country; one whose country is not known may."""
        return _in_one_of(place, self.home) or not place.path


def likeliest_day(read: Read, until: dt.date, written: Iterable[Sequence[dt.date]] = ()) -> dt.date | None:
    """The day before `until` on which most reports came out or which they give to their claims.

    A day told first counts more than one told later, and of two neighbours the earlier counts for both: reports come
    out on the day after. Of two as likely the later, since reports look back. Days that a text only writes somewhere
    (`written`, a list for each report) hardly count beside these. None where no day is known.
    """
    votes: defaultdict[dt.date, float] = defaultdict(float)
    for report, claims in read:
        if report.published:
            votes[report.published] += 1
        own = _days_of(claims)
        for day, counts in own.items():
            votes[day] += counts / sum(own.values())
    for days in written:
        for day in set(days):
            votes[day] += 0.1 / len(set(days))
    known = {day: round(counts, 9) for day, counts in votes.items() if day < until}
    return max(known, key=lambda day: (known[day] + 0.6 * known.get(day + dt.timedelta(1), 0), day), default=None)


def _days_of(claims: Iterable[Claim]) -> dict[dt.date, int]:
    """The single days that one report gives to its claims, each with what the best mention of it counts."""
    own: dict[dt.date, int] = {}
    for claim in claims:
        if claim.period and claim.period.start and claim.period.precision == 1:
            counts = FIRST_DAY if claim.start < FIRST else 1
            own[claim.period.start] = max(own.get(claim.period.start, 0), counts)
    return own


def likeliest_place(read: Read, home: Sequence[str] = ()) -> Place | None:
    """The place with coordinates that most reports give to their claims, exact ones and those told first before others.

    Neighbours support each other. None where no claim has a place in the `home` countries.
    """
    votes: defaultdict[str, float] = defaultdict(float)
    places: dict[str, Place] = {}
    for _, claims in read:
        own = _places_of(claims, home, places)
        for name, weight in own.items():
            votes[name] += weight / math.sqrt(len(own))

    def support(name: str) -> float:
        near = (other for other in votes if other != name and apart(places[name], places[other]) < BESIDE_KM)
        return votes[name] + sum(0.5 * votes[other] for other in near)

    best = max(votes, key=lambda name: (support(name), name), default=None)
    return places[best] if best is not None else None


def _places_of(claims: Iterable[Claim], home: Sequence[str], places: dict[str, Place]) -> dict[str, float]:
    """The places that one report gives to its claims, each with what the best mention of it counts."""
    own: dict[str, float] = {}
    for claim in claims:
        place = claim.place
        if place is not None and place.lat is not None and claim.reach != "background" and _in_one_of(place, home):
            counts = EXACTNESS.get(place.precision, COARSE) * (1.3 if claim.start < FIRST else 0.7)
            own[place.id] = max(own.get(place.id, 0), counts)
            places[place.id] = place
    return own


def _in_one_of(place: Place, home: Sequence[str]) -> bool:
    return not home or place.path[:1] in {(one,) for one in home}


def apart(one: Place, other: Place) -> float:
    """Kilometres between two places on a sphere. Raises ValueError for a place without coordinates.

    >>> round(apart(Place("a", lat=36.2, lon=37.1), Place("b", lat=34.7, lon=36.7)))
    171
    """
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        raise ValueError(f"both places must have coordinates; found {one.name!r} and {other.name!r}")
    rad = math.pi / 180
    half = math.sin((other.lat - one.lat) * rad / 2) ** 2
    half += math.cos(one.lat * rad) * math.cos(other.lat * rad) * math.sin((other.lon - one.lon) * rad / 2) ** 2
    return EARTH_DIAMETER_KM * math.asin(math.sqrt(half))
