"""What a claim, an answer and a toll say, in the few words that fit a cell of a terminal.

Words that others wrote go through `written`, so that none can steer the terminal or turn a line around.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from cenotaph.cli.terminal import written
from cenotaph.publish.masking import in_three
from cenotaph.publish.saying import (
    CLOCKS,
    dated,
    day,
    day_of,
    figure,
    harmed,
    marks,
    newest,
    number,
    place_name,
    span_of,
    vintage,
    when,
)
from cenotaph.vocabulary import Answer, Claim, Party, Place, Toll, Voice

__all__ = [
    "answer", "chain", "checks", "dated", "day", "day_of", "done", "excerpt", "figure", "harmed", "marks", "newest",
    "number", "parties", "place_name", "quoted", "read_by", "said", "series", "span_of", "vintage", "when", "where",
]  # fmt: skip

_FITS = ("holds", "growth")
_CORE = 120  # letters from the figure to its word of harm beyond which only the figure is kept in sight
_AROUND = 40  # letters kept on each side of that


def done(claim: Claim) -> str:
    means = claim.means
    return f"{claim.harm} ({written(means.words) or means.code})" if means else str(claim.harm)


def where(place: Place | None) -> str:
    """The place; the words where they differ from its name; what of it is not sure.

    >>> where(Place("Baniyasin", "Baniyas", path=("Syria", "Tartus", "Baniyas"), precision=2, near=True))
    'Baniyas, Tartus, Syria (nearest name to “Baniyasin”)'
    """
    if place is None:
        return ""
    if not place.name and not place.path:
        return f"{written(place.words)} (not found)"
    known, said = place_name(place), place.words.strip(" ,.;:،؛")
    notes = [f"nearest name to {quoted(said)}"] if place.near else []
    if said and not place.near and said not in known:
        notes.append(quoted(said))
    if place.of != "happened":
        notes.append(CLOCKS[place.of])
    return f"{known} ({'; '.join(notes)})" if notes else known


def parties(accused: Iterable[Party]) -> str:
    return "; ".join(_party(party) for party in accused)


def _party(party: Party) -> str:
    known = "" if party.canonical in ("", party.words) else party.canonical
    degree = "" if party.degree == "carried out" else party.degree
    notes = "; ".join(written(note) for note in (known, degree, party.certainty) if note)
    return written(party.words) + (f" ({notes})" if notes else "")


def chain(voices: Iterable[Voice]) -> str:
    """The outlet, the root marked, its informants; who must not be named outside is marked too.

    >>> chain([Voice("Example Wire"), Voice("Sami", protected=True, root=True)])
    'Example Wire > Sami [root, protected]'
    """
    return " > ".join(_voice(voice) for voice in voices)


def _voice(voice: Voice) -> str:
    name = written(voice.name)
    if voice.canonical not in ("", voice.name):
        name += f" ({written(voice.canonical)})"
    marks = ["root"] * voice.root + ["unnamed"] * voice.anonymous + ["protected"] * voice.protected
    return f"{name} [{', '.join(marks)}]" if marks else name


def said(claim: Claim) -> str:
    """On which day it was said, and up to which day a running total counts."""
    until = f"as of {day(claim.as_of)}" if claim.as_of and claim.as_of != claim.said else ""
    return ", ".join(part for part in (day(claim.said), until) if part)


def excerpt(claim: Claim, masked: Callable[[str], str] = str) -> str:
    """The quote around its figure: shortened at the ends of words and marked so, altered only by what is `masked`.

    >>> from cenotaph.vocabulary import Coder, Harm, Quantity, Report, Span
    >>> words = "word " * 30 + "745 were killed" + " word" * 30
    >>> short = excerpt(Claim.read_as(Report.of_text(words), Span(0, len(words)), anchor=Span(150, 153),
    ...     trigger=Span(159, 165), harm=Harm(("killed",)), quantity=Quantity("745"), coder=Coder("rules", "example")))
    >>> short.startswith("“… word") and short.endswith("word …”") and "745 were killed" in short
    True
    """
    first, last = _core(claim)
    before, core, after = in_three(claim.quote, first, last, masked)
    quote, first, last = before + core + after, len(before), len(before) + len(core)
    start = 0 if first <= _AROUND else _word_start(quote, first - _AROUND, first)
    end = len(quote) if len(quote) - last <= _AROUND else _word_end(quote, last, last + _AROUND)
    return quoted(f"{'… ' if start else ''}{quote[start:end]}{' …' if end < len(quote) else ''}")


def _core(claim: Claim) -> tuple[int, int]:
    """Where in the quote the figure stands, with the word of harm when that is near."""
    first, last = min(claim.anchor.start, claim.trigger.start), max(claim.anchor.end, claim.trigger.end)
    if last - first > _CORE:
        first, last = claim.anchor.start, claim.anchor.end
    inside = claim.start <= first <= last <= claim.end
    return (first - claim.start, last - claim.start) if inside else (0, 0)


def quoted(words: str) -> str:
    return written(f"“{words}”")


def _word_start(text: str, start: int, before: int) -> int:
    gap = text.find(" ", start, before)
    return start if gap < 0 else gap + 1


def _word_end(text: str, after: int, end: int) -> int:
    gap = text.rfind(" ", after, end)
    return end if gap < 0 else gap


def answer(one: Answer) -> str:
    """What the accused party says back: denies, or concedes so many."""
    conceded = f" {written(one.quantity.words)}" if one.quantity and one.quantity.words else ""
    blamed = f" ({parties(one.blames)})" if one.blames else ""
    return f"{one.kind}{conceded}{blamed}"


def series(toll: Toll) -> str:
    """Every figure the root has had, oldest first: growth of a record, not doubt.

    >>> from cenotaph.vocabulary import Harm, Interval, Scope, Vintage
    >>> grown = tuple(Vintage(None, "unknown", Interval(n, n, n, "plain"), str(n), ()) for n in (745, 830, 973))
    >>> series(Toll("toll:1", "SOHR", Scope(Harm(("killed",))), grown[-1].interval, series=grown))
    '745 → 830 → 973'
    """
    return " → ".join(written(vintage.words) or span_of(vintage.interval) for vintage in toll.series)


def checks(toll: Toll) -> str:
    """What does not fit, in its words; of what holds, only how much."""
    open_ones = [f"{check.verdict}: {written(check.what)}" for check in toll.checks if check.verdict not in _FITS]
    holding = sum(check.verdict == "holds" for check in toll.checks)
    counted = f"{holding} comparison{'s' * (holding != 1)} hold{'s' * (holding == 1)}" if holding else ""
    return "; ".join(part for part in (*open_ones, counted) if part)


def read_by(toll: Toll) -> str:
    """Who has read the words behind a figure: a machine reading looks like one."""
    if toll.read <= 0:
        return "machine"
    if toll.read < 1:
        return f"machine; people read {toll.read:.0%}"
    return "read twice" if toll.twice >= 1 else "read once" + (f"; {toll.twice:.0%} twice" if toll.twice > 0 else "")
