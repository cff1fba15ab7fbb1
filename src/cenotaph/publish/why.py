"""A figure told in a sentence that can be pasted: what is counted, by whom, up to when, who carried and checked it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from cenotaph.publish import saying
from cenotaph.publish.written import safe
from cenotaph.vocabulary import Claim, Decision, Interval, Report, Scope, Toll, Vintage, Voice

__all__ = ["Holdings", "counted", "says", "sentence", "vintage_says"]

_HAD = {
    level: f"had {level}" for level in ("reported", "documented", "identified", "verified", "estimated", "forecast")
}
_SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


@dataclass(frozen=True, slots=True)
class Holdings:
    """What a case holds, by id. `decisions` are those that stand, on the claims as they are read now."""

    tolls: Mapping[str, Toll]
    claims: Mapping[str, Claim]
    reports: Mapping[str, Report]
    known: Mapping[str, Interval]
    decisions: Sequence[Decision] = ()


def sentence(held: Holdings, found: Toll | Claim, selector: str = "") -> str:
    """Whole in itself: what is counted, who counted it, up to when, who carried it, and who has checked it.

    Of a toll it speaks of the newest figure, or of the older one that was asked for and then names the newest too.
    """
    parts = _of_toll(held, found, selector) if isinstance(found, Toll) else _of_claim(held, found)
    return safe("; ".join(part for part in parts if part) + ".")


def _of_toll(held: Holdings, toll: Toll, selector: str) -> Iterator[str]:
    voices = [held.claims[key].root for key in toll.claims if key in held.claims]
    protected = any(voice.protected for voice in voices if voice)
    root = "a protected person" if protected else toll.root or "an unnamed voice"
    asked = next((one for one in reversed(toll.series[:-1]) if selector and vintage_says(one, selector)), None)
    figure = saying.vintage(asked) if asked else saying.newest(toll)
    day = saying.day_of(asked) if asked else saying.dated(toll)
    scope = _of_vintage(held, toll, asked) if asked else toll.scope
    had = "had on record" if "level" in dict(toll.scope.assumed) else _HAD[toll.scope.level]
    yield f"{figure}: {counted(scope)} that {root} {had} ({day or 'day not known'})"
    if asked:
        yield f"its newest figure is {saying.newest(toll)} ({saying.dated(toll) or 'day not known'})"
    nameless = all(voice is None or voice.anonymous or voice.protected for voice in voices)
    roots = "one voice without a name, nobody's record" if nameless else "one root"
    yield f"carried by {_outlets(len(_carriers(held, asked) if asked else toll.carriers))}, {roots}"
    yield _checked(toll.read, toll.twice)
    yield from (f"{saying.field(name)} assumed ({rule})" for name, rule in toll.scope.assumed)


def _of_vintage(held: Holdings, toll: Toll, vintage: Vintage) -> Scope:
    """The set of the toll in the words of an older figure: who was counted is said by those who gave it."""
    claim = next((held.claims[key] for key in vintage.claims if key in held.claims), None)
    return replace(toll.scope, group=claim.group) if claim and claim.group.words else toll.scope


def _carriers(held: Holdings, vintage: Vintage) -> set[str]:
    claims = [held.claims[key] for key in vintage.claims if key in held.claims]
    return {held.reports[claim.report].outlet for claim in claims if claim.report in held.reports} - {""}


def _of_claim(held: Holdings, claim: Claim) -> Iterator[str]:
    yield f"{saying.figure(claim.quantity, held.known[claim.id])}: {counted(claim.scope)}"
    voice = claim.root or (claim.voices[-1] if claim.voices else None)
    yield f"said by {_public(voice)}" + (f" on {saying.day(claim.said)}" if claim.said else "")
    yield saying.marks(claim)
    report = held.reports.get(claim.report)
    yield f"in {_carrier(report)}" if report else "in a report no longer held"
    yield _checked(1.0 if claim.coder.kind == "person" else 0.0)


def counted(scope: Scope) -> str:
    """Of which set the figure is: people and harm, then in brackets what narrows it."""
    means = scope.means.words or scope.means.code if scope.means else ""
    without = [f"without {saying.harmed(group)}" for group in scope.exclusions]
    narrowed = (means, saying.place_name(scope.place), saying.when(scope.period), *without)
    inside = ", ".join(part for part in narrowed if part)
    who = saying.harmed(scope.group) if scope.group.words else "people"
    return f"{who} {scope.harm}" + (f" ({inside})" if inside else "")


def _outlets(count: int) -> str:
    """
    >>> _outlets(1), _outlets(4), _outlets(12)
    ('one outlet', 'four outlets', '12 outlets')
    """
    if count < len(_SMALL):
        return "one outlet" if count == 1 else f"{_SMALL[count]} outlets"
    return f"{count} outlets"


def _checked(read: float, twice: float = 0.0) -> str:
    if read <= 0:
        return "read by a machine, not checked by us"
    if read < 1:
        return f"{read:.0%} of its claims read by us, the rest by a machine"
    return "read by us twice" if twice >= 1 else "read by us once"


def _public(voice: Voice | None) -> str:
    """A sentence that may be pasted into a letter names nobody who is protected."""
    if voice is None:
        return "a voice that is not named"
    return "a protected person" if voice.protected else voice.known_as


def _carrier(report: Report) -> str:
    outlet = report.outlet or report.name or "a report without an outlet"
    return f"{outlet} of {saying.day(report.published)}" if report.published else outlet


def vintage_says(vintage: Vintage, selector: str) -> bool:
    return says(vintage.words, (vintage.interval.best,), selector)


def says(words: str, numbers: Sequence[int | None], selector: str) -> bool:
    said = selector.strip()
    digits = re.sub(r"[,.\s]", "", said)
    is_number = digits.isascii() and digits.isdecimal() and int(digits) in numbers
    return is_number or words.casefold() == said.casefold()
