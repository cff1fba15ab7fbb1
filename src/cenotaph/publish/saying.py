"""What a figure, a place and a day say, in the few English words of a line that can be pasted.

Words that others wrote go through `written`, so that none can turn a line around.
"""

from __future__ import annotations

import datetime as dt
import re

from cenotaph.publish.written import written
from cenotaph.vocabulary import Claim, Group, Interval, Period, Place, Quantity, Toll, Vintage

__all__ = [
    "CLOCKS", "dated", "day", "day_of", "field", "figure", "harmed", "head", "marks", "newest", "number", "place_name",
    "span_of", "vintage", "when",
]  # fmt: skip

_STANCES = {"hedges": "hedged", "alleges": "alleged", "denies": "denied", "expects": "expected"}
_TIES = {
    "part": "part of another figure",
    "overlay": "also counted in another figure",
    "increment": "comes on top of another figure",
    "restates": "says another figure again",
    "replaces": "takes the place of another figure",
}
_FIELDS = {"as_of": "day counted up to", "said": "day of saying"}
CLOCKS = {"died": "died", "found": "found", "buried": "buried", "recorded": "recorded", "unclear": "unclear of what"}


def head(title: str, outlet: str, name: str, key: str = "") -> str:
    """What a report is called wherever one line tells of it: by its title, else its outlet, its file, or its id.

    >>> head("Shelling at the harbour", "Example Wire", "note.txt"), head("", "Example Wire", "note.txt")
    ('Shelling at the harbour', 'Example Wire')
    """
    return title or outlet or name or key


def day(when: dt.date | None) -> str:
    """
    >>> day(dt.date(2025, 3, 8))
    '8 March 2025'
    """
    return "" if when is None else f"{when.day} {when:%B %Y}"


def number(count: int) -> str:
    return f"{count:,}"


def span_of(interval: Interval) -> str:
    """Low to high.

    >>> span_of(Interval(900, 1000, 1100, "plain")), span_of(Interval(12, None, None, "plain"))
    ('900–1,100', '12 or more')
    """
    if interval.high is None:
        return f"{number(interval.low)} or more"
    return number(interval.low) if interval.low == interval.high else f"{number(interval.low)}–{number(interval.high)}"


def figure(quantity: Quantity, interval: Interval) -> str:
    """The words as said, and what they allow where they are not simply that number.

    >>> figure(Quantity("dozens", "plural", 12), Interval(24, None, None, "plain"))
    'dozens (24 or more)'
    >>> figure(Quantity("745", "exact", 745), Interval(745, 745, 745, "plain"))
    '745'
    """
    allowed = span_of(interval)
    if not quantity.words:
        return "not said" if interval.low == 0 else f"not said ({allowed})"
    is_the_number = re.sub(r"\D", "", quantity.words) == allowed.replace(",", "")
    return written(quantity.words) + ("" if is_the_number else f" ({allowed})")


def harmed(group: Group, unit: str = "people") -> str:
    """Who was harmed as said; what is left out of "people" is not made up."""
    unnamed = [name for name in group.names if name not in group.words]
    words = written(group.words) or ("not said who" if unit == "people" else unit)
    return f"{words} ({', '.join(written(name) for name in unnamed)})" if unnamed else words


def place_name(place: Place | None) -> str:
    """The place and what holds it, from small to large.

    >>> place_name(Place("Homs", "Homs", path=("Syria", "Homs")))
    'Homs, Syria'
    """
    if place is None:
        return ""
    names = dict.fromkeys(name for name in (place.name, *reversed(place.path)) if name)
    return ", ".join(written(name) for name in names) or written(place.words)


def when(period: Period | None) -> str:
    """
    >>> when(Period("since Thursday", dt.date(2025, 3, 6), None))
    'since 6 March 2025'
    """
    if period is None:
        return ""
    first, last = day(period.start), day(period.end)
    if first and last:
        days = first if first == last else f"{first} – {last}"
    else:
        days = f"since {first}" if first else f"until {last}" if last else f"“{written(period.words)}”"
    clock = CLOCKS.get(period.of, "")
    return f"{days} ({clock})" if clock else days


def field(name: str) -> str:
    """What a field of a claim is called in a sentence.

    >>> field("as_of"), field("place")
    ('day counted up to', 'place')
    """
    return _FIELDS.get(name, name.replace("_", " "))


def marks(claim: Claim) -> str:
    """How the figure is meant: stance, reach, relation, level, and what was assumed; nothing for a plain event."""
    found = [_STANCES.get(claim.stance, ""), "" if claim.reach == "event" else claim.reach]
    found.append(_TIES[claim.relation.kind] if claim.relation else "")
    found.append("" if claim.level == "reported" else claim.level)
    found += [f"without {harmed(group)}" for group in claim.exclusions]
    meant = ", ".join(mark for mark in found if mark)
    assumed = ", ".join(f"{field(name)} ({rule})" for name, rule in claim.assumed)
    return "; ".join(part for part in (meant, assumed and f"assumed: {assumed}") if part)


def newest(toll: Toll) -> str:
    """The figure that stands: its words, and what they allow where that is not simply the number."""
    return vintage(toll.series[-1]) if toll.series else span_of(toll.figure)


def vintage(one: Vintage) -> str:
    return figure(Quantity(one.words), one.interval) if one.words else span_of(one.interval)


def dated(toll: Toll) -> str:
    return day_of(toll.series[-1]) if toll.series else ""


def day_of(one: Vintage) -> str:
    """The day, and which day that is: up to which it counts, on which it was said, or only relayed.

    >>> day_of(Vintage(dt.date(2025, 3, 8), "relayed", Interval(1, 1, 1, "plain"), "one", ()))
    'relayed 8 March 2025'
    """
    return f"{one.dated} {day(one.day)}" if one.day else ""
