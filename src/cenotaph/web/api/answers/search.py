"""What is found, where it was, and when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from cenotaph.vocabulary import Place
from cenotaph.web.api.answers.claims import ClaimLine
from cenotaph.web.api.answers.incidents import Apart
from cenotaph.web.api.answers.reports import ReportLine


@dataclass(frozen=True, slots=True)
class Hit:
    """A report or a claim that was found, and the words around what was looked for."""

    report: ReportLine | None
    claim: ClaimLine | None
    excerpts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Hits:
    """Some of what was found, from `first` on; `more` tells that there are more than `total`. `within` is how many of
    the newest reports were looked through, where too many hold the words, else 0. `spelled` are by word its other forms
    that were looked for too; `left_out` words were too many to look for. `not_understood` are filters of the line, such
    as `harm:dead`, that are none and were left out.
    """

    items: tuple[Hit, ...]
    first: int
    total: int
    more: bool
    within: int = 0
    spelled: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    left_out: int = 0
    not_understood: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlaceLine:
    """A place, how many claims speak of it, and how many of those people have read; `key` is what a search takes as
    `place`, `apart` what tells it from others that are shown by the same name.
    """

    key: str
    place: Place
    claims: int
    read: int
    apart: tuple[Apart, ...] = ()


@dataclass(frozen=True, slots=True)
class Places:
    """All places that claims speak of, those with the most first; `more` tells that there are more claims than were
    counted.
    """

    items: tuple[PlaceLine, ...]
    first: int
    total: int
    more: bool


@dataclass(frozen=True, slots=True)
class MapPoint:
    """A point with all that would be covered by it at this zoom, the place with the most claims first. `radius_km` is
    how far from it the place may be.
    """

    lat: float
    lon: float
    radius_km: int
    places: tuple[PlaceLine, ...]


@dataclass(frozen=True, slots=True)
class MapArea:
    """An area (GeoJSON) and the places that lie somewhere in it: no point is made of what is not known so exactly."""

    geometry: Mapping[str, Any]
    precision: int
    places: tuple[PlaceLine, ...]


@dataclass(frozen=True, slots=True)
class OnMap:
    """What a map shows of a search. `undrawn` counts places that have no area known, or are beyond the most that are
    drawn; `view` is the box (west, south, east, north) that holds it all.
    """

    points: tuple[MapPoint, ...]
    areas: tuple[MapArea, ...]
    undrawn: int
    more: bool
    view: tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Bars:
    """The claims of one harm, bar by bar; `harm` is "" for all that have no row of their own."""

    harm: str
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """How many claims speak of each `unit` (day, week, month, year), never how many people. Bars begin at `starts` and
    end at `ends`; a claim is counted once, at the first of its days. `before`, `after` and `undated` count those that
    no bar holds.
    """

    unit: str
    starts: tuple[dt.date, ...]
    ends: tuple[dt.date, ...]
    rows: tuple[Bars, ...]
    before: int
    after: int
    undated: int
