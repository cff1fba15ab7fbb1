"""Whether two records tell of one incident: what speaks for it and against it, added up.

Each point is a weight of evidence (a log-odds, as of Good 1950 and of Fellegi & Sunter 1969): above 0 it is likelier
that both tell of one, below 0 that they tell of two. What one of them does not say counts for nothing.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from cenotaph.link.records import Record, Spot, days_apart, kilometres
from cenotaph.link.victims import common
from cenotaph.plain.romanised import alike, words
from cenotaph.vocabulary import Count

__all__ = ["Evidence", "Likeness", "Weights", "likeness", "named_alike"]


COPIED = 7
"""Hashes of a passage's sketch of eight that both must have to be one text. Sentences of one form about two places
share fewer (see copies)."""


@dataclass(frozen=True, slots=True)
class Weights:
    """What each point weighs, in log-odds; beside each stands where it comes from.

    "airwars" is the development part of airwars_clusters (1,703 reports of 411 incidents): sizes were tried on the
    whole and looked at on either half of its months; those near the one chosen mostly do as well, so these are round.
    Days and places weigh most. Figures of two records weigh by their size, as many incidents have one dead and few have
    forty; figures that differ weigh little, since reports are early, late and partial.
    """

    # airwars, two records taken at random that share something rare; half a point more or less does no better
    prior: float = -5.0

    # days: airwars, where three reports in four come on the day of the incident and one in eight on the next
    same_day: float = 3.0
    next_day: float = 1.5
    other_day: float = -1.5
    each_day: float = -0.25  # for each day more
    far_days: float = -3.0  # and no less than this
    # airwars: of the reports without a day four in five name that of the incident first, most others one beside it
    same_weekday: float = 1.0
    next_weekday: float = -0.4
    other_weekday: float = -1.5

    # places: airwars, and ucdp_crosslink for names and kilometres
    same_spot: float = 2.0
    doubled_km: float = -0.9  # for each doubling of 1 + km
    far_km: float = -2.5  # and no less than this
    same_name: float = 1.5
    other_name: float = -2.0  # where no points tell how far it is
    named_beside: float = 2.0  # a place that both name, be it where it was or not
    same_area: float = 0.5
    other_area: float = -2.5

    # people: airwars, and ucdp_crosslink for figures
    figure: float = 0.6  # for ln(1 + n) of a figure that both give
    figures_meet: float = 0.2
    other_figure: float = -0.5
    # airwars: of the pairs of reports that both name victims, 240 of 262 with one in common are of one incident, 70 of
    # 74 with more. ln(240/503) - ln(22/62,687) is 7.2; less here, so that one name alone makes nothing one
    same_victim: float = 4.5
    more_victims: float = 1.5  # and this where more than one is in common
    # ln(263/503) by (62,665/62,687) of those pairs is -0.65; less here, since of many dead each report names others
    other_victim: float = -0.5

    # who tells: airwars
    same_party: float = 0.0  # most incidents of a war have the same few parties
    other_party: float = -0.6
    same_passage: float = 6.0  # our convention: a passage of ten words or more, its figures among them, is a copy
    rare_words: float = 9.0  # for the root of the share of rare words in common
    same_source: float = -3.5  # a source tells of one thing once, of the next thing next


@dataclass(frozen=True, slots=True)
class Evidence:
    weight: float
    why: str


@dataclass(frozen=True, slots=True)
class Likeness:
    """The sum of what speaks for and against, and each point of it."""

    score: float
    evidence: tuple[Evidence, ...] = ()

    @property
    def reasons(self) -> tuple[str, ...]:
        """What speaks for it, the heaviest first."""
        weighty = sorted((one for one in self.evidence if one.weight > 0), key=lambda one: (-one.weight, one.why))
        return tuple(one.why for one in weighty)


def likeness(one: Record, other: Record, by: Weights, *, words_shared: float = 0.0) -> Likeness:
    """How likely two records tell of one incident; the same whichever comes first.

    `words_shared` is the share of rare words that both have (0 to 1), which only who holds all records can tell.

    >>> import datetime as dt
    >>> here, day = (Spot(("Kafr Nabl",), 35.6, 36.5),), dt.date(2025, 3, 6)
    >>> mine = Record("a", day, spots=here, counts={"killed": (Count(4, 4),)})
    >>> yours = Record("b", day, spots=(Spot(("كفرنبل",)),), counts={"killed": (Count(4, 4),)})
    >>> likeness(mine, yours, Weights()).reasons
    ('same day', 'places of one name', 'same figure of killed')
    """
    found = (*_days(one, other, by), *_places(one, other, by), *_people(one, other, by), *_told(one, other, by))
    if words_shared > 0:
        found = (*found, Evidence(by.rare_words * math.sqrt(words_shared), "rare words in common"))
    return Likeness(by.prior + sum(evidence.weight for evidence in found), found)


def _days(one: Record, other: Record, by: Weights) -> Iterator[Evidence]:
    gap = days_apart(one, other)
    if gap is None:
        mine = one.weekday if one.first is None else one.first.weekday()
        theirs = other.weekday if other.first is None else other.first.weekday()
        if mine is not None and theirs is not None:
            yield _weekdays((mine - theirs) % 7, by)
    elif gap < 2:
        yield Evidence(by.next_day if gap else by.same_day, "next day" if gap else "same day")
    else:
        yield Evidence(max(by.far_days, by.other_day + by.each_day * (gap - 2)), f"{gap} days apart")


def _weekdays(gap: int, by: Weights) -> Evidence:
    if gap == 0:
        return Evidence(by.same_weekday, "same day of the week")
    near = gap in (1, 6)
    return Evidence(by.next_weekday if near else by.other_weekday, "next weekday" if near else "other weekday")


def _places(one: Record, other: Record, by: Weights) -> Iterator[Evidence]:
    pairs = [(mine, theirs) for mine in one.spots for theirs in other.spots]
    far = [km for mine, theirs in pairs if (km := kilometres(mine, theirs)) is not None]
    named = max((named_alike(mine, theirs) for mine, theirs in pairs), default=0.0)
    if far:
        near = min(far)
        yield Evidence(max(by.far_km, by.same_spot + by.doubled_km * math.log2(1 + near)), f"{near:.0f} km apart")
    if named > 0 and (not far or min(far) > 0):
        yield Evidence(by.same_name * named, "places of one name")
    elif not far and any(mine.names and theirs.names for mine, theirs in pairs):
        yield Evidence(by.other_name, "places of other names")
    if one.beside & other.beside:
        yield Evidence(by.named_beside, "one place named in both")
    if not far and one.areas and other.areas:
        same = bool(one.areas & other.areas)
        yield Evidence(by.same_area if same else by.other_area, "same area" if same else "other area")


def _people(one: Record, other: Record, by: Weights) -> Iterator[Evidence]:
    if one.names and other.names:
        yield _victims(common(one.names, other.names), by)
    for harm in sorted(one.counts.keys() & other.counts.keys()):
        yield _figures(harm, one.counts[harm], other.counts[harm], by)


def _victims(met: int, by: Weights) -> Evidence:
    if met > 1:
        return Evidence(by.same_victim + by.more_victims, "victims of the same names")
    return Evidence(by.same_victim, "a victim of one name") if met else Evidence(by.other_victim, "other victims")


def _figures(harm: str, mine: tuple[Count, ...], theirs: tuple[Count, ...], by: Weights) -> Evidence:
    both = [count.low for count in mine if count in theirs and count.low == count.high]
    if both:
        return Evidence(by.figure * math.log1p(max(both)), f"same figure of {harm}")
    if any(count.admits(other) or other.admits(count) for count in mine for other in theirs):
        return Evidence(by.figures_meet, f"figures of {harm} that meet")
    return Evidence(by.other_figure, f"other figures of {harm}")


def _told(one: Record, other: Record, by: Weights) -> Iterator[Evidence]:
    if one.parties and other.parties:
        same = bool(one.parties & other.parties)
        yield Evidence(by.same_party if same else by.other_party, "same party" if same else "other party")
    if one.source and one.source == other.source:
        yield Evidence(by.same_source, "one source")
    if len(one.passages & other.passages) >= COPIED:
        yield Evidence(by.same_passage, "one passage in both")


# --- names of places ------------------------------------------------------------------------------------------------

KINDS = frozenset(
    {"village", "villages", "town", "city", "district", "subdistrict", "neighborhood", "neighbourhood", "countryside"}
    | {"area", "near", "between", "farm", "farms", "outskirts", "northern", "southern", "eastern", "western", "of"}
    | {"and", "the", "in", "on", "قرية", "بلدة", "مدينة", "حي", "منطقة", "ناحية", "ريف", "محيط", "بين"}
)
"""Words of a place's name that say what it is or where it lies, which other places have too. From general knowledge;
the fuller lists of codes/place_words.toml are the gazetteer's, and linking opens no file."""

SURE = 0.85
"""From here on two words are one name in two spellings (see romanised.alike). Our convention."""


def named_alike(one: Spot, other: Spot) -> float:
    """How far two places share a name in any spelling or script: the share of words of the shorter name, 0 to 1.

    >>> named_alike(Spot(("Bab al Khayr village",)), Spot(("Bab Al Kheir", "باب الخير")))
    1.0
    >>> named_alike(Spot(("Tal Abyad",)), Spot(("Tal Tamr",))) < 1
    True
    """
    return max((_shared(mine, theirs) for mine in one.names for theirs in other.names), default=0.0)


@lru_cache(maxsize=100_000)
def _shared(one: str, other: str) -> float:
    mine, theirs = sorted((_telling(one), _telling(other)), key=len)
    if not mine:
        return 0.0
    if len(mine) != len(theirs) and alike(" ".join(mine), " ".join(theirs)) >= SURE:
        return 1.0  # one word in the one, two in the other: "كفرنبل", "Kafr Nabl"
    found = sum(len(word) for word in mine if any(alike(word, their) >= SURE for their in theirs))
    share = found / sum(len(word) for word in mine)
    return share if share > 0.5 else 0.0


def _telling(name: str) -> tuple[str, ...]:
    return tuple(word for word in words(name) if word not in KINDS and len(word) > 1)
