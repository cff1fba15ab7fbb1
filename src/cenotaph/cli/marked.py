"""A report's text with its claims marked in place: ⟦745⟧¹, and a note for each number.

Every sign that is added is one the text itself doesn't hold, so taking them out gives the exact text back.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from cenotaph.cli import phrases
from cenotaph.cli.terminal import written
from cenotaph.vocabulary import Answer, Claim, Interval, Problem, Report, Span

Item = Claim | Answer | Problem


@dataclass(frozen=True, slots=True)
class Signs:
    """What opens and closes a mark, ten digits, and what stands between two numbers."""

    opens: str
    closes: str
    digits: str
    between: str

    @property
    def all(self) -> frozenset[str]:
        return frozenset(self.opens + self.closes + self.digits + self.between)

    def number(self, count: int) -> str:
        return "".join(self.digits[int(digit)] for digit in str(count))


@dataclass(frozen=True, slots=True)
class Page:
    """The marked text, what the signs mean, and a note for each number."""

    text: str
    legend: str
    notes: Sequence[tuple[str, str]]


SIGNS = (
    Signs("⟦", "⟧", "⁰¹²³⁴⁵⁶⁷⁸⁹", "⁺"),
    Signs("⟪", "⟫", "₀₁₂₃₄₅₆₇₈₉", "₊"),
    Signs("⦃", "⦄", "⓪①②③④⑤⑥⑦⑧⑨", "⊕"),
)


def signs_for(text: str) -> Signs:
    """The first signs that the text doesn't hold itself. Raises ValueError if it holds some of each kind.

    >>> signs_for("12 km²").opens
    '⟪'
    """
    for signs in SIGNS:
        if signs.all.isdisjoint(text):
            return signs
    held = " ".join(signs.opens for signs in SIGNS)
    raise ValueError(f"this text holds every kind of sign ({held}) that marks are made of; read it without --marked")


def ordered(claims: Sequence[Claim], answers: Sequence[Answer], problems: Sequence[Problem]) -> list[Item]:
    """What is marked, in the order of the text; the outer before the inner."""
    placed: list[Item] = [*claims, *answers, *(problem for problem in problems if problem.end > problem.start)]
    return sorted(placed, key=lambda item: (place(item).start, -place(item).end))


def place(item: Item) -> Span:
    """The words that carry the mark: a claim's figure, an answer's verb, the place of a problem."""
    if isinstance(item, Claim):
        return item.anchor if item.anchor.end > item.anchor.start else item.trigger
    return item.trigger if isinstance(item, Answer) else Span(item.start, item.end)


def marked(text: str, spans: Sequence[Span], signs: Signs) -> str:
    """The text with span after span marked, numbered from 1. Spans of the same words share one mark.

    Where two spans cross, the number stands at the opening as well, so that one sees which end belongs to which.

    >>> marked("48 dead, 4 of them civilians", [Span(0, 2), Span(9, 18), Span(9, 10)], SIGNS[0])
    '⟦48⟧¹ dead, ⟦⟦4⟧³ of them⟧² civilians'
    >>> marked("killed or injured", [Span(0, 6), Span(0, 6)], SIGNS[0])
    '⟦killed⟧¹⁺² or injured'
    """
    numbers: dict[Span, list[int]] = {}
    for count, span in enumerate(spans, 1):
        numbers.setdefault(span, []).append(count)
    pieces, last = [], 0
    for offset, sign in _signs(numbers, signs):
        pieces += [text[last:offset], sign]
        last = offset
    return "".join([*pieces, text[last:]])


def _signs(numbers: Mapping[Span, Sequence[int]], signs: Signs) -> Iterable[tuple[int, str]]:
    """Each sign with its offset: at one offset ends come before openings, inner ends first, outer openings first."""
    placed: list[tuple[tuple[int, int, int], int, str]] = []
    for span, counts in numbers.items():
        label = signs.between.join(signs.number(count) for count in counts)
        crosses = any(_cross(span, other) for other in numbers)
        placed.append(((span.start, 1, -span.end), span.start, (label if crosses else "") + signs.opens))
        turn = 0 if span.start < span.end else 2  # an empty span closes after it has opened
        placed.append(((span.end, turn, -span.start), span.end, signs.closes + label))
    return [(offset, sign) for _, offset, sign in sorted(placed)]


def _cross(one: Span, other: Span) -> bool:
    first, second = sorted((one, other))
    return first.start < second.start < first.end < second.end


def unmarked(text: str, signs: Signs) -> str:
    """The exact text again.

    >>> unmarked("⟦48⟧¹ dead", SIGNS[0])
    '48 dead'
    """
    return text.translate({ord(sign): None for sign in signs.all})


def turned(line: str, signs: Signs) -> str:
    """A line for a terminal, each mark with its words and number held to the direction of the words in it: between
    words of two scripts a bracket would else jump to the other end of the line (Unicode Bidirectional Algorithm, N0).

    >>> ascii(turned("قال ⟦at least 30⟧¹ people", SIGNS[0])).count("u200e")
    2
    """
    mark = f"{signs.opens}([^{signs.opens}{signs.closes}]*){signs.closes}[{signs.digits}{signs.between}]+"
    return re.sub(mark, _held, line)


def _held(mark: re.Match[str]) -> str:
    ways = [way for way in map(unicodedata.bidirectional, mark[1]) if way in ("L", "R", "AL")]
    if not ways:
        return mark[0]
    strong = "\u200e" if ways[0] == "L" else "\u200f"
    return strong + mark[0] + strong


def legend(signs: Signs) -> str:
    return (
        f"{signs.opens}words{signs.closes}{signs.number(1)} mark a figure, or a harm without one; the number leads to a"
        f" note below. Two claims on the same words: {signs.number(1)}{signs.between}{signs.number(2)}. Without these"
        f" signs it is the exact text."
    )


def note(item: Item, known: Mapping[str, Interval]) -> str:
    """One line on what was read at a mark."""
    if isinstance(item, Problem):
        return f"problem: {written(item.what)}" + (f"; {written(item.settle)}" if item.settle else "")
    if isinstance(item, Answer):
        return _line("answer: " + phrases.parties([item.party]), phrases.answer(item), phrases.chain(item.voices))
    return _line(
        phrases.figure(item.quantity, known[item.id]),
        phrases.harmed(item.group, item.quantity.unit),
        phrases.done(item),
        phrases.where(item.place),
        phrases.when(item.period),
        phrases.parties(item.parties) and f"by {phrases.parties(item.parties)}",
        phrases.chain(item.voices),
        phrases.marks(item),
    )


def _line(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def page(report: Report, items: Sequence[Item], known: Mapping[str, Interval]) -> Page:
    signs = signs_for(report.text)
    text = marked(report.text, [place(item) for item in items], signs)
    return Page(text, legend(signs), [(signs.number(count), note(item, known)) for count, item in enumerate(items, 1)])
