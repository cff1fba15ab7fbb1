"""A claim that a person adds by selecting words: what the words propose, and the claim whole, resting on them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from cenotaph.case.corrected import Around, Misfit, corrected
from cenotaph.desk import Desk
from cenotaph.desk.report_correct import Wrong, codes, fit
from cenotaph.desk.report_text import safe_signs
from cenotaph.read.language import Language, language_of
from cenotaph.read.numbers import numbers
from cenotaph.read.numerals import digits
from cenotaph.read.passages import told_in
from cenotaph.read.quantities import amounts
from cenotaph.read.text import Sentence, sentences
from cenotaph.vocabulary import Claim, Coder, Harm, Quantity, Report, Span, Voice, World

__all__ = ["Proposed", "added", "proposed", "stands_at"]

WHOLE = 20_000
"""Letters up to which a text is cut into sentences as a whole, as the reader does; of a longer one only the lines
around the words are.
"""
_ENDS = " \t\r\n.,;:!?،؛؟…\"'“”‘’«»()[]"
_TYPED = (
    "comparator", "base", "upper", "fraction", "unit", "group", "status", "affiliation", "identity", "sex", "age",
    "place", "place_name", "place_id", "path", "place_precision", "place_of", "period", "start_day", "end_day",
    "day_precision", "period_of", "said", "as_of", "stance", "reach", "level",
)  # fmt: skip
"""The columns of a claim that its form asks for besides harm and voice; what is left empty was not said."""


@dataclass(frozen=True, slots=True)
class Proposed:
    """What selected words propose for a claim; `cells` are by the columns of a sheet of claims, all masked.

    `span` are the words of the figure, `quote` the sentence around; `like` is the claim of the same sentence from which
    place, days and voice are taken over for a person to look at, "" for none.
    """

    span: Span
    words: str
    quote: str
    cells: Mapping[str, str]
    root: str = ""
    like: str = ""


def stands_at(report: Report, start: int | None, end: int | None, words: str = "", nth: int = 1) -> Span:
    """Where the words of a figure stand: by their places, or where they were typed by their letters. Raises Wrong."""
    if start is not None and end is not None:
        if not 0 <= start < end <= len(report.text) or not (found := _trimmed(report.text, Span(start, end))):
            raise Wrong({"words": "add.no_words"})
        return found
    pattern = r"\s+".join(map(re.escape, words.split()))
    spans = [Span(*one.span()) for one in re.finditer(rf"(?<!\w){pattern}(?!\w)", report.text)] if pattern else []
    if not 0 < nth <= len(spans):
        raise Wrong({"words": "add.no_words"})
    return spans[nth - 1]


def _trimmed(text: str, span: Span) -> Span | None:
    """Without blanks and stops at its ends."""
    words = span.of(text)
    start = span.start + len(words) - len(words.lstrip(_ENDS))
    return Span(start, start + len(words.strip(_ENDS))) if words.strip(_ENDS) else None


# --- what the words propose -------------------------------------------------------------------------------------------


def proposed(desk: Desk, report: Report, span: Span, *, unmasked: bool = False) -> Proposed:
    """The figure, who and what harm, as the reader's words of the language have them; the rest from a neighbour."""
    around = _around(report, span, desk.case.own_places.world())
    figure, exact = _figure(around, span)
    harm = _nearest_harm(around, exact)
    like = _like(desk, report, around.quote)
    cells = {**figure, **_people(around, span, exact), "harm": harm, **(_taken_over(like) if like else {})}
    shown = str if unmasked else lambda words: desk.veil.words(words, report.id)
    root = like.root.name if like and like.root and like.root.kind != "outlet" else ""
    told = {key: safe_signs(shown(one)) for key, one in cells.items()}
    return Proposed(
        exact, safe_signs(shown(exact.of(report.text))), safe_signs(shown(around.quote.of(report.text))), told,
        safe_signs(shown(root)), like.id if like else "",
    )  # fmt: skip


@dataclass(frozen=True)
class _Sentence:
    """A sentence with its language, and how far its offsets are from those of the report."""

    sentence: Sentence | None
    language: Language | None
    shift: int
    quote: Span

    def span(self, first: int, last: int) -> Span:
        assert self.sentence is not None
        cut = self.sentence.cut(first, last)
        return Span(cut.start + self.shift, cut.end + self.shift)


def _around(report: Report, span: Span, world: World) -> _Sentence:
    """The sentence around words; where they go over several, all of these."""
    first, last = _lines(report.text, span)
    text = report.text[first:last]
    inner = Span(span.start - first, span.end - first)
    try:
        language: Language | None = language_of(report.language, world)
    except LookupError:  # a language that the reader has no words of
        language = None
    told = told_in(text, language, world) if language else [(one, None) for one in sentences(text)]
    holds = [one for one in told if one[0].span.covers(inner)]
    if holds:
        sentence, own = min(holds, key=lambda one: one[0].span.end - one[0].span.start)
        return _Sentence(sentence, own, first, Span(sentence.span.start + first, sentence.span.end + first))
    over = [one[0].span for one in told if one[0].span.start < inner.end and inner.start < one[0].span.end]
    start, end = min([inner.start, *(one.start for one in over)]), max([inner.end, *(one.end for one in over)])
    return _Sentence(None, None, first, Span(start + first, end + first))


def _lines(text: str, span: Span) -> tuple[int, int]:
    if len(text) <= WHOLE:
        return 0, len(text)
    first = text.rfind("\n\n", 0, span.start)
    last = text.find("\n\n", span.end)
    return max(0, first, span.start - WHOLE), min(len(text) if last < 0 else last, span.end + WHOLE)


def _figure(around: _Sentence, span: Span) -> tuple[dict[str, str], Span]:
    """The amount in or over the words, with what bounds it though it was not selected ("at least"), and its place."""
    if around.sentence is None:
        return _cells(Quantity()), span
    for amount in amounts(around.sentence, around.language) if around.language else ():
        at = around.span(amount.first, amount.last)
        if at.start < span.end and span.start < at.end:
            start = max(at.start, at.end - len(amount.quantity.words)) if amount.quantity.words else at.start
            return _cells(amount.quantity), Span(start, at.end)
    for value, at in _whole_numbers(around):
        if span.covers(at):
            return _cells(Quantity("", "exact", value)), at
    return _cells(Quantity()), span


def _whole_numbers(around: _Sentence) -> Iterator[tuple[int, Span]]:
    """By the words of the language; where the reader has none of it, those in digits."""
    if around.sentence is None:
        return
    if around.language:
        for one in numbers(around.sentence.tokens, around.language):
            if one.kind == "whole":
                yield int(one.value), around.span(one.first, one.last)
        return
    for at, token in enumerate(around.sentence.tokens):
        value = digits(token.text)
        if value is not None and value.is_integer():
            yield int(value), around.span(at, at + 1)


def _cells(quantity: Quantity) -> dict[str, str]:
    names = ("comparator", "base", "upper", "fraction", "unit")
    told = {name: getattr(quantity, name) for name in names}
    return {name: "" if one is None else str(one) for name, one in told.items()}


def _nearest_harm(around: _Sentence, span: Span) -> str:
    """The code of the word of harm that stands nearest to the figure."""
    known = {str(one) for one in codes("harm")}
    found = [(at, code) for at, code in _harms(around) if code in known]
    return min(found, key=lambda one: _apart(one[0], span), default=(span, ""))[1]


def _apart(one: Span, other: Span) -> int:
    return min(abs(one.start - other.end), abs(other.start - one.end))


def _people(around: _Sentence, span: Span, figure: Span) -> dict[str, str]:
    """Who, by the first word for people in the selected words, else right behind the figure."""
    if around.sentence is None or around.language is None:
        return {}
    for word, first, last in around.language.people.all(around.sentence.tokens):
        at = around.span(first, last)
        if span.covers(at) or 0 <= at.start - figure.end <= 2:
            text = around.sentence.source
            words = text[at.start - around.shift : at.end - around.shift]
            return {"group": words, "status": word.status, "sex": word.sex, "age": word.age, "identity": word.identity}
    return {}


def _like(desk: Desk, report: Report, quote: Span) -> Claim | None:
    """A claim read in the same sentence."""
    some = [one for one in desk.part(reports=[report.id]).claims() if one.report == report.id]
    return next((one for one in some if one.start < quote.end and quote.start < one.end), None)


def _taken_over(like: Claim) -> dict[str, str]:
    place, period = like.place, like.period
    told: dict[str, Any] = {name: getattr(like, name) for name in ("stance", "reach", "level", "said", "as_of")}
    if place:
        told |= {
            "place": place.words, "place_name": place.name, "place_id": place.id, "place_of": place.of,
        }  # fmt: skip
    if period:
        told |= {
            "period": period.words, "start_day": period.start, "end_day": period.end, "period_of": period.of,
        }  # fmt: skip
    return {name: "" if one is None else str(one) for name, one in told.items()}


# --- the claim --------------------------------------------------------------------------------------------------------


def added(desk: Desk, report: Report, span: Span, typed: Mapping[str, str], who: str) -> Claim:
    """The claim as that person reads the words, whole. Raises Wrong, which names each column that can't be so."""
    world = desk.case.own_places.world()
    around = _around(report, span, world)
    told = {name: " ".join(typed.get(name, "").split()) for name in ("harm", *_TYPED)}
    cells = fit({name: one for name, one in told.items() if one})
    if not cells.get("harm"):
        raise Wrong({"harm": "every claim has a harm"})
    trigger = _trigger(around, span, str(cells["harm"]))
    base = Claim.read_as(
        report, _over(around.quote, span), anchor=span, trigger=trigger, harm=Harm.parse(str(cells.pop("harm"))),
        quantity=Quantity(span.of(report.text)), coder=Coder("person", who), voices=_voices(desk, report, typed),
        evidence=tuple(_rests(report, span, trigger, typed)),
    )  # fmt: skip
    cells.setdefault("comparator", "none")
    beside = Around(report.text, {}, world.places, world.countries)
    try:
        whole = corrected(base, _placed(cells, beside), beside, who)
    except Misfit as error:
        raise Wrong({error.column: str(error)}) from error
    return _with_id(report, whole)


def _harms(around: _Sentence) -> Iterator[tuple[Span, str]]:
    if around.sentence is not None and around.language is not None:
        for word, first, last in around.language.harms.all(around.sentence.tokens):
            yield around.span(first, last), word.code


def _trigger(around: _Sentence, span: Span, harm: str) -> Span:
    """The word of this harm nearest to the figure; where there is none, the figure carries it."""
    found = [at for at, code in _harms(around) if code in harm.split(" or ")]
    return min(found, key=lambda one: _apart(one, span), default=span)


def _over(quote: Span, span: Span) -> Span:
    return Span(min(quote.start, span.start), max(quote.end, span.end))


def _with_id(report: Report, claim: Claim) -> Claim:
    """The id follows from what the claim says in the end: two groups of one figure are two claims."""
    known = {one.name: getattr(claim, one.name) for one in fields(claim)}
    told = {name: known[name] for name in known if name not in ("id", "report", "quote", "start", "end")}
    return Claim.read_as(report, Span(claim.start, claim.end), **told)


_PLACED = ("place_name", "place_id", "path", "place_precision", "place_of")
_DATED = ("day_precision", "period_of")


def _placed(cells: Mapping[str, Any], around: Around) -> dict[str, Any]:
    """A place that only the report's words give is looked up by them; one that nothing lists stays as it is called.
    What a form says of a place, or of days, that are none is nothing.
    """
    found = dict(cells)
    name = str(found.get("place_name") or found.get("place") or "")
    entries = around.places.find(name, countries=around.countries) if name else ()
    if not name:
        found = {key: one for key, one in found.items() if key not in _PLACED}
    elif entries:
        found["place_name"] = name
    if found.get("place_id") and found["place_id"] not in {one.id for one in entries}:
        del found["place_id"]  # of the name that stood there before
    if not any(found.get(key) for key in ("period", "start_day", "end_day")):
        found = {key: one for key, one in found.items() if key not in _DATED}
    return found


def _voices(desk: Desk, report: Report, typed: Mapping[str, str]) -> tuple[Voice, ...]:
    """The outlet, and within it whoever answers for the figure: as other claims of the report know that voice."""
    outlet = Voice(report.outlet or "the outlet", canonical=report.outlet, kind="outlet", root=True)
    name = " ".join(typed.get("root", "").split())
    if not name or name == report.outlet:
        return (outlet,)
    inside = replace(outlet, root=False)
    if typed.get("private"):
        return inside, Voice(name, kind="person", protected=True, root=True)
    heard = (voice for claim in desk.part(reports=[report.id]).claims() for voice in claim.voices)
    known = next((voice for voice in heard if voice.name == name), None)
    if known is not None:
        return inside, replace(known, root=True)
    canonical = _canonical(name, desk.case.own_places.world())
    return inside, Voice(name, canonical, "organisation" if canonical else "unknown", root=True)


def _canonical(name: str, world: World) -> str:
    """The body that has this among its names; "" where none has."""
    for body in world.codes("organisations")["organisation"]:
        if name.casefold() in {str(one).casefold() for one in (body["canonical"], *body.get("aliases", ()))}:
            return str(body["canonical"])
    return ""


def _rests(report: Report, span: Span, trigger: Span, typed: Mapping[str, str]) -> Sequence[tuple[str, Span]]:
    found = [("harm", trigger), ("quantity", span)]
    name = " ".join(typed.get("root", "").split())
    if name and name != report.outlet:
        pattern = r"\s+".join(map(re.escape, name.split()))
        stands = [Span(*one.span()) for one in re.finditer(pattern, report.text, re.IGNORECASE)]
        if not stands:
            raise Wrong({"root": "add.no_root"})
        found.append(("voices", min(stands, key=lambda one: abs(one.start - span.start))))
    return found
