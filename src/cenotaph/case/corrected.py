"""A claim with the cells that a person changed in a sheet: whole, and resting on words of its report."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from cenotaph.publish.csv import Cell
from cenotaph.vocabulary import (
    Claim,
    Coder,
    Entry,
    Harm,
    Means,
    Period,
    Place,
    Places,
    Span,
    Tie,
)

__all__ = ["Around", "Misfit", "corrected"]


class Misfit(ValueError):
    """What a cell says can't be part of this claim; `column` is the cell."""

    def __init__(self, column: str, why: str) -> None:
        super().__init__(why)
        self.column = column


@dataclass(frozen=True, slots=True)
class Around:
    """What a correction may rest on: the text of the report, the claims beside it, the gazetteer of the case."""

    text: str
    claims: Mapping[str, Claim]
    places: Places
    countries: Sequence[str] = ()


New = Mapping[str, Cell]


def corrected(claim: Claim, new: New, around: Around, who: str) -> Claim:
    """The claim as that person reads it. Its id stays, so that other claims still find it; what the person changed is
    no longer assumed by a rule. Raises Misfit.
    """
    spans = dict(_spans(claim, new, around.text))
    fields = {name: step(claim, new, around) for name, step in _STEPS.items() if _touched(name, new)}
    evidence = [(name, spans.get(name, span)) for name, span in claim.evidence]
    evidence += [(name, span) for name, span in spans.items() if name not in dict(claim.evidence)]
    return replace(
        claim, **fields, coder=Coder("person", who), anchor=spans.get("quantity", claim.anchor),
        evidence=tuple(evidence), assumed=tuple(one for one in claim.assumed if one[0] not in fields),
    )  # fmt: skip


_COLUMNS = {
    "harm": ("harm",), "quantity": ("words", "comparator", "base", "upper", "fraction", "unit"),
    "group": ("group", "status", "affiliation", "identity", "sex", "age"),
    "means": ("means", "means_code", "cause", "direct"),
    "place": ("place", "place_name", "place_id", "path", "lat", "lon", "place_precision", "place_of"),
    "period": ("period", "start_day", "end_day", "day_precision", "period_of"),
    "said": ("said",), "as_of": ("as_of",), "stance": ("stance",), "reach": ("reach",), "level": ("level",),
    "relation": ("relation", "relation_to"),
}  # fmt: skip
"""The columns that make each field of a claim."""


def _touched(name: str, new: New) -> bool:
    return any(column in new for column in _COLUMNS[name])


# --- on which words ---------------------------------------------------------------------------------------------------

_WORDS = {"words": "quantity", "group": "group", "means": "means", "place": "place", "period": "period"}
"""Columns that hold words of the report, and the field that rests on them."""


def _spans(claim: Claim, new: New, text: str) -> Iterator[tuple[str, Span]]:
    """Where the new words stand, nearest to the figure; those of a figure stand in its own sentence."""
    for column, name in _WORDS.items():
        words = str(new.get(column) or "")
        if not words:
            continue
        pattern = r"\s+".join(map(re.escape, words.split()))
        found = [Span(*one.span()) for one in re.finditer(pattern, text, re.IGNORECASE)]
        if column == "words":
            found = [one for one in found if claim.start <= one.start and one.end <= claim.end]
        if not found:
            where = "its quote" if column == "words" else "the report"
            raise Misfit(column, f"these words do not stand in {where}; every figure keeps the words of its report")
        yield name, min(found, key=lambda one: abs(one.start - claim.anchor.start))


# --- field by field ---------------------------------------------------------------------------------------------------


def _changed(new: New, names: Mapping[str, str]) -> dict[str, Any]:
    """The fields that were changed, by the columns that hold them."""
    return {name: new[column] for column, name in names.items() if column in new}


def _harm(claim: Claim, new: New, around: Around) -> Harm:
    if not new["harm"]:
        raise Misfit("harm", "every claim has a harm; to drop the claim, write reject under decide")
    return Harm.parse(str(new["harm"]))


def _quantity(claim: Claim, new: New, around: Around) -> Any:
    known = _changed(new, {name: name for name in _COLUMNS["quantity"]})
    found = replace(claim.quantity, **known)
    for name in ("comparator", "unit"):
        if not getattr(found, name):
            raise Misfit(name, "this can't be empty")
    for name in ("base", "upper"):
        if (getattr(found, name) or 0) < 0:
            raise Misfit(name, "a count runs from 0 upwards")
    if found.fraction is not None and not 0 <= found.fraction <= 1:
        raise Misfit("fraction", "a share runs from 0 to 1")
    if found.comparator == "between":
        if found.base is None or found.upper is None or found.upper < found.base:
            raise Misfit("upper", "between goes from base to upper, and upper is not the smaller one")
    elif found.upper is not None:
        raise Misfit("upper", "a second number goes with between alone; empty it")
    if found.comparator == "none" and found.base is not None:
        raise Misfit("base", "none means that no number is named; empty it, or change comparator")
    if found.comparator not in ("none", "plural") and found.base is None and found.fraction is None:
        raise Misfit("base", f"{found.comparator!r} needs a number")
    return found


def _group(claim: Claim, new: New, around: Around) -> Any:
    names = {name: name for name in _COLUMNS["group"]} | {"group": "words"}
    return replace(claim.group, **_changed(new, names))


def _means(claim: Claim, new: New, around: Around) -> Means | None:
    names = {"means": "words", "means_code": "code", "cause": "cause", "direct": "direct"}
    known = _changed(new, names)
    found = replace(claim.means or Means(""), **known)
    return None if found == Means("") else found


def _period(claim: Claim, new: New, around: Around) -> Period | None:
    names = {"period": "words", "start_day": "start", "end_day": "end", "day_precision": "precision", "period_of": "of"}
    known = _changed(new, names)
    found = replace(claim.period or Period(), **known)
    if not found.words and found.start is None and found.end is None:
        return None
    if found.start and found.end and found.end < found.start:
        raise Misfit("end_day" if "end_day" in new else "start_day", "the last day is before the first")
    if "precision" not in known and ("start" in known or "end" in known):
        found = replace(found, precision=_precision(found))
    for name, column in (("precision", "day_precision"), ("of", "period_of")):
        if not getattr(found, name):
            raise Misfit(column, "this can't be empty where there is a day")
    return found


def _precision(period: Period) -> int:
    """UCDP's date_prec of so many days; one side open says how exactly the other is known.

    >>> import datetime as dt
    >>> _precision(Period(start=dt.date(2025, 3, 6), end=dt.date(2025, 3, 8)))
    2
    """
    if period.start is None or period.end is None:
        return period.precision
    days = (period.end - period.start).days + 1
    return 1 if days == 1 else 2 if days < 7 else 3 if days == 7 else 4 if days <= 31 else 5


def _relation(claim: Claim, new: New, around: Around) -> Tie | None:
    kind: Any = new.get("relation", claim.relation.kind if claim.relation else "")
    to = str(new.get("relation_to", claim.relation.to if claim.relation else ""))
    if not kind:
        if new.get("relation_to"):
            raise Misfit("relation", "say what it is to that claim")
        return None
    other = around.claims.get(to)
    if to == claim.id or (to and (other is None or other.report != claim.report)):
        raise Misfit("relation_to", "another claim of the same report is expected, by its id")
    return Tie(to, kind)


def _given(column: str) -> Callable[[Claim, New, Around], Any]:
    def step(claim: Claim, new: New, around: Around) -> Any:
        if new[column] == "":
            raise Misfit(column, "this can't be empty")
        return new[column]

    return step


# --- where ------------------------------------------------------------------------------------------------------------

_NOWHERE = Place("")
_POINT = {"lat": 90, "lon": 180}


def _place(claim: Claim, new: New, around: Around) -> Place | None:
    before = claim.place or _NOWHERE
    if new.get("place") == "" and new.get("place_name", before.name) == "":
        return None
    found = before
    if "place_name" in new or "place_id" in new:
        found = _named(before, new, around)
    names = {"place": "words", "lat": "lat", "lon": "lon", "place_precision": "precision", "place_of": "of"}
    own = _changed(new, names)
    if "path" in new:
        own["path"] = _path(new)
    return _sound(replace(found, **own))


def _path(new: New) -> tuple[str, ...]:
    return tuple(part.strip() for part in str(new["path"]).split(">") if part.strip())


def _named(before: Place, new: New, around: Around) -> Place:
    """The place of that name. One that the gazetteer does not know needs a path and a precision of its own."""
    name = str(new.get("place_name", before.name))
    entries = around.places.find(name, countries=around.countries) if name else ()
    if "place_id" in new:
        fits = [one for one in entries if one.id == new["place_id"]]
    elif "path" in new:
        fits = [one for one in entries if one.path == _path(new)]
    else:
        fits = list(entries)
    if len(fits) == 1:
        return _entered(before, fits[0])
    if len(fits) > 1:
        there = "; ".join(f"{one.id} ({' > '.join(one.path)})" for one in fits[:4])
        raise Misfit("place_name", f"several places are called so; give place_id: {there}")
    if new.get("place_id"):
        raise Misfit("place_id", f"no place called {name!r} has that id")
    if not name:
        return replace(before, name="", id="", covers=(), near=False)
    if not (new.get("path") and new.get("place_precision")):
        what = "the gazetteer knows no such place; say its path and how exact it is too (path, place_precision)"
        raise Misfit("place_name", what)
    return replace(before, name=name, id="", lat=None, lon=None, covers=(), near=False)


def _entered(before: Place, entry: Entry) -> Place:
    return replace(
        before, name=entry.name, id=entry.id, path=entry.path, lat=entry.lat, lon=entry.lon, precision=entry.precision,
        covers=entry.covers, near=False,
    )  # fmt: skip


def _sound(place: Place) -> Place:
    for column, most in _POINT.items():
        at = getattr(place, column)
        if at is not None and abs(at) > most:
            raise Misfit(column, f"degrees run from -{most} to {most}")
    if (place.lat is None) != (place.lon is None):
        raise Misfit("lat" if place.lat is None else "lon", "a point has both, lat and lon")
    for name, column in (("precision", "place_precision"), ("of", "place_of")):
        if not getattr(place, name):
            raise Misfit(column, "this can't be empty where there is a place")
    return place


_STEPS: Mapping[str, Callable[[Claim, New, Around], Any]] = {
    "harm": _harm, "quantity": _quantity, "group": _group, "means": _means, "place": _place, "period": _period,
    "relation": _relation, **{name: _given(name) for name in ("said", "as_of", "stance", "reach", "level")},
}  # fmt: skip
