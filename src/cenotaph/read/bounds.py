"""What words set as bounds of a number: "more than 40 but fewer than 50", "from 20 to 30", "500 or more"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cenotaph.read.language import Language
from cenotaph.read.numbers import number, ordinal
from cenotaph.read.numerals import Number
from cenotaph.read.text import Token

_LOW, _HIGH = ("at least", "more than"), ("up to", "less than")


@dataclass(frozen=True, slots=True)
class Bounds:
    """A number with bounds and the tokens it stands on, first (inclusive) to last (exclusive); None is open.

    Whether the bound itself belongs to it ("at least" against "more than") is a rule set's business.
    """

    first: int
    last: int
    low: float | None
    high: float | None

    def meets(self, other: Bounds) -> bool:
        """Whether one sets the low end, the other the high end, and something lies between them."""
        lows = [one for one in (self.low, other.low) if one is not None]
        highs = [one for one in (self.high, other.high) if one is not None]
        return len(lows) == len(highs) == 1 and lows[0] < highs[0]


def bounds(tokens: Sequence[Token], language: Language) -> tuple[Bounds, ...]:
    """The bounded numbers of a sentence from left to right; two that bound one number from both sides are one."""
    out: list[Bounds] = []
    at = 0
    while at < len(tokens):
        found = _bounded(tokens, at, language)
        if found and out and out[-1].meets(found) and _linked(tokens, out[-1].last, found.first, language):
            low, high = (out[-1].low, found.high) if found.low is None else (found.low, out[-1].high)
            out[-1] = Bounds(out[-1].first, found.last, low, high)
        elif found:
            out.append(found)
        at = found.last if found else _past(tokens, at, language)
    return tuple(out)


def _past(tokens: Sequence[Token], at: int, language: Language) -> int:
    found = number(tokens, at, language)
    return found.last if found else at + 1


def _linked(tokens: Sequence[Token], first: int, last: int, language: Language) -> bool:
    """Whether nothing but "and" or "but" stands between two bounds (in Arabic it is part of the word)."""
    gap = tokens[first:last]
    clitic = last < len(tokens) and tokens[last].text.startswith("و")
    return (not gap and clitic) or (len(gap) == 1 and language.words("ranges", "and").has(gap[0]))


def _bounded(tokens: Sequence[Token], at: int, language: Language) -> Bounds | None:
    comparator, here, equal = _comparator(tokens, at, language)
    value = _value(tokens, here, language) if here < len(tokens) else None
    if value is None:
        return None
    ranged = _range(tokens, at, value, comparator, language)
    if ranged:
        return ranged
    after = _after(tokens, value.last, language)
    if after:
        comparator = after[0]
    last = after[1] if after else value.last
    if comparator in _LOW:
        return Bounds(at, last, value.value, None)
    if comparator in _HIGH:
        return Bounds(at, last, None, value.value)
    return Bounds(at, last, value.value, value.value) if equal else None


def _value(tokens: Sequence[Token], at: int, language: Language) -> Number | None:
    return ordinal(tokens, at, language) or number(tokens, at, language)


def _comparator(tokens: Sequence[Token], at: int, language: Language) -> tuple[str, int, bool]:
    """The comparator that opens here, where the value begins, and whether it says "equal to"."""
    comparator, here, equal = "exact", at, False
    while here < len(tokens) and (found := language.comparators.match(tokens, here)):
        comparator = found[0] if comparator == "exact" else comparator
        equal = equal or language.words("ranges", "equals").match(tokens, here) is not None
        here += found[1]
    return comparator, here, equal


def _after(tokens: Sequence[Token], at: int, language: Language) -> tuple[str, int] | None:
    """ "or more", "and above"; but "or more than 40" opens another bound."""
    found = language.comparators_after.match(tokens, at) if at < len(tokens) else None
    if found is None:
        return None
    inner = language.comparators.match(tokens, at + 1) if found[1] > 1 and at + 1 < len(tokens) else None
    further = inner is not None and at + 1 + inner[1] > at + found[1] and at + 1 + inner[1] < len(tokens)
    last = at + found[1]
    opens = tokens[at].text.startswith("و") and last < len(tokens) and _value(tokens, last, language) is not None
    return None if further or opens else (found[0], last)


def _range(tokens: Sequence[Token], at: int, low: Number, comparator: str, language: Language) -> Bounds | None:
    """ "between 20 and 30", "from 20 to 30", "20 through 30", "20-30"."""
    if low.last + 1 > len(tokens) - 1:
        return None
    joined = language.words("ranges", "joins").match(tokens, low.last)
    clitic = tokens[low.last].text.startswith("و") and comparator == "between"
    ands = joined is not None and language.words("ranges", "and").has(tokens[low.last])
    if (not joined and not clitic) or (ands and comparator != "between"):
        return None
    here = low.last + (joined[1] if joined else 0)
    here += 1 if here < len(tokens) and language.words("people_words", "definite").has(tokens[here]) else 0
    high = _value(tokens, here, language) if here < len(tokens) else None
    if high is None or high.value <= low.value or tokens[high.last - 1].text in "-/":
        return None
    around = [tokens[n].text for n in (low.first - 1, high.last) if 0 <= n < len(tokens)]
    return None if any(one in "-/+" for one in around) else Bounds(at, high.last, low.value, high.value)
