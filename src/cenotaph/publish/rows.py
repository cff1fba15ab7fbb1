"""The one door out: a claim as a flat row that has no field for a person.

Voices that are persons are named only when they are not protected; the names of the harmed have no field at all. Every
text that goes into a row, the quoted words included, is masked where a protected name stands. Formats see rows only.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cenotaph.plain import intervals
from cenotaph.publish.hidden import Hidden
from cenotaph.publish.masking import PROTECTED, Mask
from cenotaph.vocabulary import Claim, Interval, NumberRules, Report, Voice

__all__ = ["PROTECTED", "Row", "rows"]


@dataclass(frozen=True, slots=True)
class Row:
    """One claim, flat. Text that was not said is "", a number or day that is not known is None.

    `voices` runs from the outlet inwards, `root` is the one that answers for the figure. `masked` tells that the quote
    differs from the report's words where a protected name stood; `start` and `end` still say where those words are.
    `reading` says who read the words: "machine" until people have.
    """

    id: str
    report: str
    outlet: str
    published: dt.date | None
    url: str
    harm: str
    # how many
    words: str
    comparator: str
    base: int | None
    upper: int | None
    fraction: float | None
    of: str
    unit: str
    low: int
    best: int | None
    high: int | None
    rules: str
    # to whom, how, by whom
    group: str
    status: str
    affiliation: str
    identity: str
    sex: str
    age: str
    exclusions: str
    means: str
    means_code: str
    cause: str
    direct: bool | None
    parties: str
    party_names: str
    degrees: str
    certainties: str
    # where and when
    place: str
    place_name: str
    place_id: str
    path: str
    lat: float | None
    lon: float | None
    place_precision: int | None
    place_of: str
    place_near: bool | None
    period: str
    start_day: dt.date | None
    end_day: dt.date | None
    day_precision: int | None
    period_of: str
    # who says
    voices: str
    root: str
    said: dt.date | None
    as_of: dt.date | None
    stance: str
    reach: str
    relation: str
    relation_to: str
    level: str
    # on which words
    quote: str
    start: int
    end: int
    anchor_start: int
    anchor_end: int
    masked: bool
    assumed: str
    coder: str
    reading: str


def rows(
    claims: Sequence[Claim], reports: Mapping[str, Report], rules: NumberRules, hidden: Hidden | None = None
) -> list[Row]:
    """The rows of these claims, in their order. Without its report a claim has no outlet and no address.

    `hidden` are those who must not be named; without it those whom the words of the claims protect.
    """
    known = intervals(claims, rules)
    masked = hidden or Hidden.of(claims)
    return [_row(claim, reports.get(claim.report), known[claim.id], masked.mask_of(claim.report)) for claim in claims]


def _row(claim: Claim, report: Report | None, interval: Interval, mask: Mask) -> Row:
    return Row(
        id=claim.id,
        report=claim.report,
        outlet=mask(report.outlet) if report else "",
        published=report.published if report else None,
        url=mask.address(report.url) if report else "",
        **_how_many(claim, interval, mask),
        **_to_whom(claim, mask),
        **_how_and_by_whom(claim, mask),
        **_where(claim, mask),
        **_when(claim, mask),
        **_who_says(claim, mask),
        **_which_words(claim, mask),
    )


Columns = dict[str, Any]  # keyword arguments of Row, which checks their names


def _how_many(claim: Claim, interval: Interval, mask: Mask) -> Columns:
    quantity = claim.quantity
    return {
        "harm": str(claim.harm), "words": mask(quantity.words), "comparator": quantity.comparator,
        "base": quantity.base, "upper": quantity.upper, "fraction": quantity.fraction, "of": quantity.of,
        "unit": quantity.unit, "low": interval.low, "best": interval.best, "high": interval.high,
        "rules": interval.rules,
    }  # fmt: skip


def _to_whom(claim: Claim, mask: Mask) -> Columns:
    group = claim.group
    return {
        "group": mask(group.words), "status": group.status, "affiliation": mask(group.affiliation),
        "identity": mask(group.identity), "sex": group.sex, "age": group.age,
        "exclusions": _joined(mask(one.words) for one in claim.exclusions),
    }  # fmt: skip


def _how_and_by_whom(claim: Claim, mask: Mask) -> Columns:
    means, parties = claim.means, claim.parties
    return {
        "means": mask(means.words) if means else "",
        "means_code": means.code if means else "",
        "cause": means.cause if means else "",
        "direct": means.direct if means else None,
        "parties": _joined(mask(party.words) for party in parties),
        "party_names": _joined(mask(party.canonical) for party in parties),
        "degrees": _joined(party.degree for party in parties),
        "certainties": _joined(party.certainty for party in parties),
    }


def _where(claim: Claim, mask: Mask) -> Columns:
    place = claim.place
    return {
        "place": mask(place.words) if place else "",
        "place_name": place.name if place else "",
        "place_id": place.id if place else "",
        "path": " > ".join(place.path) if place else "",
        "lat": place.lat if place else None,
        "lon": place.lon if place else None,
        "place_precision": place.precision if place else None,
        "place_of": place.of if place else "",
        "place_near": place.near if place else None,
    }


def _when(claim: Claim, mask: Mask) -> Columns:
    period = claim.period
    return {
        "period": mask(period.words) if period else "",
        "start_day": period.start if period else None,
        "end_day": period.end if period else None,
        "day_precision": period.precision if period else None,
        "period_of": period.of if period else "",
    }


def _who_says(claim: Claim, mask: Mask) -> Columns:
    relation = claim.relation
    return {
        "voices": " > ".join(_voice(voice, mask) for voice in claim.voices),
        "root": _voice(claim.root, mask) if claim.root else "",
        "said": claim.said,
        "as_of": claim.as_of,
        "stance": claim.stance,
        "reach": claim.reach,
        "relation": relation.kind if relation else "",
        "relation_to": relation.to if relation else "",
        "level": claim.level,
    }


def _which_words(claim: Claim, mask: Mask) -> Columns:
    quote = mask(claim.quote)
    return {
        "quote": quote,
        "start": claim.start,
        "end": claim.end,
        "anchor_start": claim.anchor.start,
        "anchor_end": claim.anchor.end,
        "masked": quote != claim.quote,
        "assumed": "; ".join(f"{name}: {rule}" for name, rule in claim.assumed),
        "coder": "person" if claim.coder.kind == "person" else str(claim.coder),
        "reading": "read once" if claim.coder.kind == "person" else "machine",
    }


def _voice(voice: Voice, mask: Mask) -> str:
    return mask.word if voice.protected else mask(voice.known_as)


def _joined(words: Iterable[str]) -> str:
    """Several values in one cell, places kept: the second degree belongs to the second party."""
    cells = list(words)
    return "; ".join(cells) if any(cells) else ""
