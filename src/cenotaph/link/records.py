"""What one source tells of one incident, as a recorder would note it: a report's claims, or a row of somebody's list.

Two records are compared by `likeness`, whatever they were made of; so one rule serves reports and lists.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from cenotaph.vocabulary import Count

__all__ = ["Record", "Spot", "days_apart", "kilometres"]

Path = tuple[str, ...]

EARTH_RADIUS_KM = 6371


@dataclass(frozen=True, slots=True)
class Spot:
    """A place as a record gives it: its names in any script, its point, and how far off that may be (km)."""

    names: tuple[str, ...] = ()
    lat: float | None = None
    lon: float | None = None
    within_km: float = 0.0


@dataclass(frozen=True, slots=True)
class Record:
    """One incident as one source tells of it. Everything but `name` may be unknown: empty or None.

    `first` and `last` are its days, `weekday` (Monday 0) stands for them where only that is said. `spots` are places
    where it may have happened, `areas` the first-level areas they lie in, `beside` other places that are named.
    `counts` holds for each harm what the source may mean, `names` the victims (see victims), `words` the words of the
    text by which it can be known, `passages` the sketches of what may be copied, `source` who tells it.
    """

    name: str
    first: dt.date | None = None
    last: dt.date | None = None
    weekday: int | None = None
    spots: tuple[Spot, ...] = ()
    areas: frozenset[Path] = frozenset()
    beside: frozenset[str] = frozenset()
    counts: Mapping[str, tuple[Count, ...]] = field(default_factory=dict)
    parties: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    passages: frozenset[int] = frozenset()
    source: str = ""


def days_apart(one: Record, other: Record) -> int | None:
    """Days between what two records say, 0 where they meet; None where one says none.

    >>> days_apart(Record("a", dt.date(2025, 3, 6), dt.date(2025, 3, 8)), Record("b", dt.date(2025, 3, 9)))
    1
    """
    if one.first is None or other.first is None:
        return None
    gap = max(one.first, other.first) - min(one.last or one.first, other.last or other.first)
    return max(0, gap.days)


def kilometres(one: Spot, other: Spot) -> float | None:
    """Between two points, less what is known to be rough in both; None where one has no point.

    >>> round(kilometres(Spot(lat=35.0, lon=36.0), Spot(lat=35.1, lon=36.0)))
    11
    >>> kilometres(Spot(lat=35.0, lon=36.0), Spot(lat=35.1, lon=36.0, within_km=20))
    0.0
    """
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return None
    north, south = math.radians(one.lat), math.radians(other.lat)
    half = math.sin((south - north) / 2) ** 2
    half += math.cos(north) * math.cos(south) * math.sin(math.radians(other.lon - one.lon) / 2) ** 2
    return max(0.0, 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(half)) - one.within_km - other.within_km)
