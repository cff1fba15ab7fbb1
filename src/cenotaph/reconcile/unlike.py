"""What keeps the set of a draft's figure from the set of one that is held: people, harm, place, days, hands, level.

What the draft leaves open is no difference, but for the people: "745 were killed" reads as everyone. What a rule of
reading filled in the draft is none either. A figure that several claims carry is alike if one of them is.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from cenotaph.reconcile.held import Held, without_group
from cenotaph.reconcile.wording import Wording
from cenotaph.vocabulary import Claim, Group, Party, Period, Place

__all__ = ["Difference", "day_words", "days_named", "differences", "place_words", "same_people"]

ON_RECORD = {"documented": "reported"}
"""Levels that a draft may exchange: "reported" says no more than that the words name no level."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One dimension in which two sets differ: what the figure is held of, and what the draft does ("says people")."""

    dimension: str
    held: str
    draft: str


def differences(draft: Claim, held: Held, wording: Wording) -> tuple[Difference, ...]:
    """What keeps the two apart; a day that is one of the record ("by 12 March") is no day of harm."""
    of_record = wording.is_of_record(draft)
    found = (question(draft, held) for question in _QUESTIONS if not (question is _when and of_record))
    return tuple(one for one in found if one is not None)


def same_people(one: Group, other: Group) -> bool:
    """Whether two descriptions are of the same kind of people; a side that one of them leaves open is no difference."""
    (status, side, *mine), (their_status, their_side, *theirs) = one.facets, other.facets
    return status == their_status and mine == theirs and (side == their_side or not side or not their_side)


def day_words(day: dt.date | None) -> str:
    return "a day not known" if day is None else f"{day.day} {day:%B %Y}"


def days_named(draft: Claim) -> frozenset[dt.date]:
    """The days that the draft's own words give for a figure; a day that a rule filled in is none of them."""
    ruled = {name for name, _ in draft.assumed}
    found = {getattr(draft, name) for name in ("as_of", "said") if name not in ruled}
    if draft.period is not None and "period" not in ruled:
        found |= {draft.period.start, draft.period.end}
    return frozenset(day for day in found if day is not None)


# --- one question each ----------------------------------------------------------------------------------------------


def _harm(draft: Claim, held: Held) -> Difference | None:
    alike = draft.harm == held.scope.harm
    return None if alike else Difference("harm", f"people {held.scope.harm}", f"says {draft.harm}")


def _unit(draft: Claim, held: Held) -> Difference | None:
    units = {claim.quantity.unit for claim in held.claims}
    if not units or draft.quantity.unit in units:
        return None
    return Difference("unit", min(units), f"says {draft.quantity.unit}")


def _people(draft: Claim, held: Held) -> Difference | None:
    if any(same_people(draft.group, group) for group in held.groups):
        return None
    said = "does not say whom" if without_group(draft.group) else f"says {_of_people(draft.group)}"
    return Difference("group", _of_people(held.scope.group), said)


def _of_people(group: Group) -> str:
    return group.words or " ".join(facet for facet in group.facets if facet) or "people"


def _where(draft: Claim, held: Held) -> Difference | None:
    place = draft.place
    if place is None or not place.path or _ruled(draft, "place"):
        return None
    if not held.places:
        return Difference("place", "no place named", f"says {place_words(place)}") if len(place.path) > 1 else None
    if any(place.within(other) and other.within(place) for other in held.places):
        return None
    return Difference("place", place_words(held.scope.place or held.places[0]), f"says {place_words(place)}")


def place_words(place: Place) -> str:
    return place.name or place.words


def _when(draft: Claim, held: Held) -> Difference | None:
    """Days on which it happened. The days up to which a record counts are told by `_day`."""
    period = draft.period
    if period is None or _ruled(draft, "period") or _is_as_of(draft, period, held):
        return None
    periods = [claim.period for claim in held.claims] if held.claims else [held.scope.period]
    known = [one for one in (*periods, held.scope.period) if one is not None]
    one_day = period.start is not None and period.start == period.end and period.of in ("happened", "died")
    if any(_same_days(period, one) for one in known) or (None in periods and not (one_day and _running(held))):
        return None
    return Difference("period", _days(known[0]) if known else "a running total", f"says {_days(period)}")


def _running(held: Held) -> bool:
    """Whether it counts up to a day, so that no single day has so many."""
    period = held.scope.period
    return (period is not None and period.end is None) or any(one.reach == "running total" for one in held.claims)


def _is_as_of(draft: Claim, period: Period, held: Held) -> bool:
    """Whether a day is that of the record and no day of the harm, though no words before it say so."""
    of_record = period.of in ("recorded", "unclear") or period.end is None
    return of_record and held.day is not None and held.day in (period.start, period.end)


def _same_days(draft: Period, held: Period) -> bool:
    if draft.of != held.of and "unclear" not in (draft.of, held.of):
        return draft.of == "recorded" and held.end is None
    if held.end is None:  # a running total: the first day is what sets it apart
        return draft.start == held.start or draft.start is None or (draft.of == "recorded")
    return (draft.start, draft.end) == (held.start, held.end)


def _days(period: Period) -> str:
    first, last = day_words(period.start), day_words(period.end)
    if period.start and period.end:
        return first if period.start == period.end else f"{first} to {last}"
    return f"the days since {first}" if period.start else f"the days until {last}"


def _day(draft: Claim, held: Held) -> Difference | None:
    """A figure that the root had only after the day that the draft gives. A statement may come days after its day."""
    named = [None if _ruled(draft, "as_of") else draft.as_of]
    if draft.period and draft.period.of == "recorded" and not _ruled(draft, "period"):
        named.append(draft.period.end)
    latest = max((day for day in named if day), default=None)
    if latest is None or held.day is None or held.vintage.dated != "as of" or held.day <= latest:
        return None
    return Difference("day", f"a record of {day_words(held.day)}", f"says {day_words(latest)}")


def _hands(draft: Claim, held: Held) -> Difference | None:
    """Who is accused. Naming nobody says less; naming somebody whom no claim names says more."""
    if not draft.parties or _ruled(draft, "parties"):
        return None
    named = [party for parties in (held.scope.parties, *(one.parties for one in held.claims)) for party in parties]
    if _names(draft.parties) <= _names(named):
        return None
    who = " and ".join(party.words for party in named[:2]) or "nobody accused"
    said = " and ".join(party.words for party in draft.parties)
    return Difference("accused", who, f"says by {said}")


def _names(parties: Iterable[Party]) -> set[str]:
    return {(party.canonical or party.words).casefold() for party in parties}


def _means(draft: Claim, held: Held) -> Difference | None:
    if draft.means is None or _ruled(draft, "means"):
        return None
    codes = {one.code for one in (held.scope.means, *(claim.means for claim in held.claims)) if one is not None}
    if draft.means.code in codes:
        return None
    return Difference(
        "means", " or ".join(sorted(codes)) or "no means named", f"says {draft.means.words or draft.means.code}"
    )


def _left_out(draft: Claim, held: Held) -> Difference | None:
    left_out = [claim.exclusions for claim in held.claims] or [held.scope.exclusions]
    if draft.exclusions or not all(left_out):
        return None
    return Difference("exclusions", f"all without {left_out[0][0].words}", "leaves nobody out")


def _level(draft: Claim, held: Held) -> Difference | None:
    levels = {held.scope.level, *(claim.level for claim in held.claims)}
    if ON_RECORD.get(draft.level, draft.level) in {ON_RECORD.get(level, level) for level in levels}:
        return None
    return Difference("level", f"{held.scope.level} figures", f"says {draft.level}")


def _ruled(draft: Claim, name: str) -> bool:
    return any(one == name for one, _ in draft.assumed)


_QUESTIONS = (_harm, _unit, _people, _where, _when, _day, _hands, _means, _left_out, _level)
