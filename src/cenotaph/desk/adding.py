"""A claim that a person adds by selecting words: what the words propose, and the claim whole, resting on them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, fields
from typing import Any

from cenotaph.case.corrected import Around, Misfit, corrected
from cenotaph.desk import Desk
from cenotaph.desk.report_correct import RESTING, Wrong, codes, fit
from cenotaph.desk.report_text import gaps, safe_signs
from cenotaph.desk.report_who import Rows, Who, party_rows, voice_rows
from cenotaph.desk.report_words import AT, chosen, even, trimmed
from cenotaph.publish.cells import Unfit
from cenotaph.read.language import Language, language_of
from cenotaph.read.numbers import numbers
from cenotaph.read.numerals import digits
from cenotaph.read.passages import told_in
from cenotaph.read.quantities import amounts
from cenotaph.read.text import Sentence, sentences
from cenotaph.vocabulary import Claim, Coder, Harm, Party, Quantity, Report, Span, Voice, World

__all__ = ["Proposed", "added", "proposed", "stands_at"]

WHOLE = 20_000
"""Letters up to which a text is cut into sentences as a whole, as the reader does; of a longer one only the lines
around the words are.
"""
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
    place, days, voices and who is accused are taken over for a person to look at, "" for none.
    """

    span: Span
    words: str
    quote: str
    cells: Mapping[str, str]
    parties: Rows
    voices: Rows
    roots: Sequence[bool] = ()
    like: str = ""


def stands_at(report: Report, start: int | None, end: int | None, words: str = "", nth: int = 1) -> Span:
    """Where the words of a figure stand: by their places, or where they were typed by their letters. Raises Wrong."""
    if start is not None and end is not None:
        if not 0 <= start < end <= len(report.text) or not (found := trimmed(report.text, Span(start, end))):
            raise Wrong({"words": "add.no_words"})
        return found
    pattern = r"\s+".join(map(re.escape, even(words).split()))
    spans = [Span(*one.span()) for one in re.finditer(rf"(?<!\w){pattern}(?!\w)", report.text)] if pattern else []
    if not 0 < nth <= len(spans):
        raise Wrong({"words": "add.no_words"})
    return spans[nth - 1]


def proposed(desk: Desk, report: Report, span: Span, *, unmasked: bool = False) -> Proposed:
    """The figure, who and what harm, as the reader's words of the language have them; the rest from a neighbour."""
    around = _around(report, span, desk.case.own_places.world())
    figure, exact = _figure(around, span)
    harm = _nearest_harm(around, exact)
    like = _like(desk, report, around.quote)
    cells = {**figure, **_people(around, span, exact), "harm": harm, **(_taken_over(like) if like else {})}
    shown = str if unmasked else lambda words: desk.veil.words(words, report.id)
    told = {key: safe_signs(shown(one)) for key, one in cells.items()}
    parties, voices = _people_beside(report, like) if unmasked else _people_shown(desk, report, like)
    return Proposed(
        exact, safe_signs(shown(exact.of(report.text))), safe_signs(shown(around.quote.of(report.text))), told,
        party_rows(parties), voice_rows(voices), [one.root for one in voices], like.id if like else "",
    )  # fmt: skip


def _people_beside(report: Report, like: Claim | None) -> tuple[tuple[Party, ...], tuple[Voice, ...]]:
    """Who is accused and who says it in the claim of the same sentence; where there is none, the outlet says it."""
    outlet = Voice(report.outlet or "the outlet", canonical=report.outlet, kind="outlet", root=True)
    return (like.parties if like else ()), (like.voices if like and like.root else (outlet,))


def _people_shown(
    desk: Desk, report: Report, like: Claim | None
) -> tuple[tuple[Party, ...], tuple[Voice, ...]]:  # fmt: skip
    return desk.veil(_people_beside(report, like and desk.veil(like)))


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
    for value, at in _counted_by_form(around):
        if span.covers(at):
            return _cells(Quantity("", "exact", value)), at
    return _cells(Quantity()), span


def _counted_by_form(around: _Sentence) -> Iterator[tuple[int, Span]]:
    """Nouns for people whose form says how many, such as the dual of Arabic."""
    if around.sentence is None or around.language is None:
        return
    for word, first, last in around.language.people.all(around.sentence.tokens):
        if word.number:
            yield word.number, around.span(first, last)


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


def added(
    desk: Desk, report: Report, span: Span, typed: Mapping[str, str], who: str, *, unmasked: bool = False
) -> Claim:  # fmt: skip
    """The claim as that person reads the words, whole. Raises Wrong, which names each column that can't be so."""
    world = desk.case.own_places.world()
    around = _around(report, span, world)
    hidden = gaps(report.text, desk.veil.hidden.mask_of(report.id)) if _masks(typed, unmasked) else ()
    told = {name: even(typed.get(name, "")) for name in ("harm", *_TYPED)}
    people = _who(desk, report, span, typed, unmasked=unmasked, hidden=hidden)
    parties, voices = people.accused(), people.chain()
    cells = _fit(told | _own_words(report, span, typed, hidden), people.wrong)
    trigger = _trigger(around, span, str(cells["harm"]))
    spans = [("voices", one) for one in (voices[1] if voices else people.still("voices"))]
    spans += [("parties", one) for one in (parties[1] if parties else people.still("parties"))]
    base = Claim.read_as(
        report, _over(around.quote, span), anchor=span, trigger=trigger, harm=Harm.parse(str(cells.pop("harm"))),
        quantity=Quantity(span.of(report.text)), coder=Coder("person", who),
        parties=parties[0] if parties else tuple(people.parties), voices=voices[0] if voices else tuple(people.voices),
        evidence=(("harm", trigger), ("quantity", span), *spans),
    )  # fmt: skip
    cells.setdefault("comparator", "none")
    beside = Around(report.text, {}, world.places, world.countries)
    try:
        whole = corrected(base, _placed(cells, beside), beside, who)
    except Misfit as error:
        raise Wrong({error.column: str(error)}) from error
    return _with_id(report, whole)


def _masks(typed: Mapping[str, str], unmasked: bool) -> bool:
    return not unmasked and any(name.startswith(AT) and one for name, one in typed.items())


def _fit(told: Mapping[str, str], wrong: Mapping[str, str]) -> dict[str, Any]:
    """The cells that hold anything, as values. Raises Wrong with all that can't be so, here and before."""
    bad, cells = dict(wrong), {}
    try:
        cells = fit({name: one for name, one in told.items() if one})
    except Wrong as error:
        bad |= error.why
    if not told.get("harm"):
        bad["harm"] = "correct.no_harm"
    if bad:
        raise Wrong(bad)
    return cells


def _own_words(report: Report, span: Span, typed: Mapping[str, str], hidden: Sequence[Span]) -> dict[str, str]:
    """Words in the report's own letters; those that do not stand in it stay as they are."""
    found: dict[str, str] = {}
    for name in RESTING:
        if typed.get(name, "").strip():
            with suppress(Unfit):
                found[name] = chosen(typed, name, report.text, span.start, hidden)[0]
    return found


def _who(
    desk: Desk, report: Report, span: Span, typed: Mapping[str, str], *, unmasked: bool, hidden: Sequence[Span]
) -> Who:  # fmt: skip
    world = desk.case.own_places.world()
    like = _like(desk, report, _around(report, span, world).quote)
    people = _people_beside(report, like)
    shown = people if unmasked else _people_shown(desk, report, like)
    heard = [voice for one in desk.part(reports=[report.id]).claims() for voice in one.voices]
    return Who(
        typed, report, world, span.start, *people, shown,
        like.evidence if like else (), hidden, heard, unmasked,
    )  # fmt: skip


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
