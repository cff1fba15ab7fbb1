"""Every number of a sentence with its value, whatever it counts: digits, words, fractions, decimals, ordinals.

`quantities` asks what may be a count of people. Here nothing is left out: days, ages and shares have numbers as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from cenotaph.read.language import Language
from cenotaph.read.numerals import (
    DIGITS,
    Number,
    NumberWords,
    carries_and,
    number_words,
    room_after,
    small_number,
    whole_number,
)
from cenotaph.read.text import Token

_ORDINAL = re.compile(r"(\d+)(?:st|nd|rd|th|d|er)$")


def numbers(tokens: Sequence[Token], language: Language) -> tuple[Number, ...]:
    """All numbers of a sentence from left to right, never overlapping, with nothing left out for what it counts.

    Ordinals are numbers of another kind: see `ordinals`.
    """
    out: list[Number] = []
    at = 0
    while at < len(tokens):
        found = number(tokens, at, language)
        if found and not _of_a_word(tokens, found):
            out.append(found)
        at = found.last if found else at + 1
    return tuple(out)


def _of_a_word(tokens: Sequence[Token], found: Number) -> bool:
    """ "29km", "B52": figures written into a word are its part, and no number."""
    last, first = found.last, found.first
    glued_after = last < len(tokens) and tokens[last].start == tokens[last - 1].end and tokens[last].is_word
    glued_before = first > 0 and tokens[first - 1].end == tokens[first].start and tokens[first - 1].is_word
    return tokens[last - 1].text[:1].isdigit() and (glued_after or glued_before)


def ordinals(tokens: Sequence[Token], language: Language) -> Iterator[Number]:
    """ "11th", "twenty-fifth", "السادس": places in an order, from left to right."""
    at = 0
    while at < len(tokens):
        found = ordinal(tokens, at, language)
        if found:
            yield found
        at = found.last if found else at + 1


def number(tokens: Sequence[Token], at: int, language: Language) -> Number | None:
    """The number that begins at this token, or None. Longest first: a fraction before the whole that opens it."""
    words = number_words(language)
    sign, here = _sign(tokens, at, words)
    found = _unsigned(tokens, here, words)
    if found is None:
        return None
    return Number(at, found.last, sign * found.value, found.kind)


def ordinal(tokens: Sequence[Token], at: int, language: Language) -> Number | None:
    """The ordinal that begins at this token: "6th", "second", "twenty-fifth", "two hundredth"."""
    words = number_words(language)
    written = _ORDINAL.match(tokens[at].norm)
    if written and len(written[1]) < 16:
        return Number(at, at + 1, int(written[1]))
    plain = _ordinal_word(tokens, at, words)
    if plain:
        return plain
    before = whole_number(tokens, at, words) if not tokens[at].text[:1].isdigit() else None
    return _ordinal_after(tokens, before, words) if before else None


def year(tokens: Sequence[Token], at: int, language: Language) -> Number | None:
    """A year in digits (1900 to 2099) or in words ("nineteen ninety six", "two thousand and fifteen")."""
    digits = tokens[at].text.translate(DIGITS)
    if digits.isdecimal():
        return Number(at, at + 1, int(digits)) if len(digits) == 4 and 1900 <= int(digits) < 2100 else None
    words = number_words(language)
    century, rest = small_number(tokens, at, words), None
    if century and 10 < century[0] < 21 and century[1] < len(tokens):
        rest = small_number(tokens, century[1], words)
    if century and rest and 10 <= rest[0] < 100:
        return Number(at, rest[1], century[0] * 100 + rest[0])
    found = whole_number(tokens, at, words)
    return found if found and 1000 <= found.value < 2100 and found.last - at > 1 else None


# --- signs, fractions, decimals ---------------------------------------------------------------------------------------


def _sign(tokens: Sequence[Token], at: int, words: NumberWords) -> tuple[int, int]:
    if at + 1 >= len(tokens):
        return 1, at
    if words.is_("minus", tokens[at]):
        return -1, at + 1
    clear = at == 0 or tokens[at - 1].end < tokens[at].start or tokens[at - 1].text in "<>=("
    tight = tokens[at].text in "-−" and tokens[at + 1].start == tokens[at].end
    return (-1, at + 1) if clear and tight and tokens[at + 1].text[:1].isdigit() else (1, at)


def _unsigned(tokens: Sequence[Token], at: int, words: NumberWords) -> Number | None:
    if at >= len(tokens):
        return None
    share = _share(tokens, at, words)
    if share:
        return _share_of_scale(tokens, share, words)
    whole = whole_number(tokens, at, words)
    if whole is None:
        return None
    return _decimal(tokens, whole, words) or _divided(tokens, whole, words) or _mixed(tokens, whole, words) or whole


def _share(tokens: Sequence[Token], at: int, words: NumberWords) -> Number | None:
    """ "two thirds", "a fifth", "three-quarters", "half", "1/2"."""
    if at >= len(tokens):
        return None
    written = _written_fraction(tokens, at)
    if written:
        return written
    if "-" in tokens[at].norm and (hyphened := _hyphened(tokens, at, words)):
        return hyphened
    part = words.parts.match(tokens, at)
    if part and (part[0] in (2, 4) or words.language.table.get("reckoning", {}).get("parts_alone")):
        return Number(at, at + part[1], 1 / part[0], "share")
    top = whole_number(tokens, at, words)
    if top and (found := _parts_of(tokens, top, words)):
        return found
    one = words.language.words("not_counts", "singles").has(tokens[at])
    return _parts_of(tokens, Number(at, at + 1, 1), words) if one else None


def _parts_of(tokens: Sequence[Token], top: Number, words: NumberWords) -> Number | None:
    here = top.last + (1 if top.last < len(tokens) and tokens[top.last].text in "-‐" else 0)
    if here >= len(tokens) or top.kind != "whole":
        return None
    part = _denominator(tokens, here, words)
    return Number(top.first, part[1], top.value / part[0], "share") if part else None


def _denominator(tokens: Sequence[Token], at: int, words: NumberWords) -> tuple[float, int] | None:
    part = words.parts.match(tokens, at) if not carries_and(tokens[at], words) else None
    if part:
        return part[0], at + part[1]
    ending = words.language.table.get("reckoning", {}).get("plural", "")
    found = ordinal(tokens, at, words.language) if "-" in tokens[at].norm or not ending else None
    if found is None and ending and "-" in tokens[at].norm and tokens[at].norm.endswith(ending):
        value = _hyphened_ordinal(tokens[at].norm.removesuffix(ending), words)
        return (value, at + 1) if value else None
    return (found.value, found.last) if found and found.value > 2 and ending else None


def _hyphened(tokens: Sequence[Token], at: int, words: NumberWords) -> Number | None:
    """ "two-thirds", "one-fourth" as one token; "twenty-fifth" is a place in an order."""
    if _hyphened_ordinal(tokens[at].norm, words):
        return None
    top, _, bottom = tokens[at].norm.rpartition("-")
    part = next((value for form, value in words.parts.table.get(bottom, ()) if len(form) == 1), None)
    known = words.language.numbers.table.get(top)
    return Number(at, at + 1, known[0][1] / part, "share") if part and known else None


def _written_fraction(tokens: Sequence[Token], at: int) -> Number | None:
    """ "1/2", with nothing else that hangs on it (a date, a telephone number)."""
    if at + 2 >= len(tokens) or tokens[at + 1].text not in "/⁄":
        return None
    top, bottom = tokens[at].text.translate(DIGITS), tokens[at + 2].text.translate(DIGITS)
    tight = tokens[at].end == tokens[at + 1].start and tokens[at + 1].end == tokens[at + 2].start
    around = [tokens[n].text for n in (at - 1, at + 3) if 0 <= n < len(tokens)]
    if not tight or not (top.isdecimal() and bottom.isdecimal()) or any(one in "/-" for one in around):
        return None
    small = len(top) < 3 and len(bottom) < 3 and 0 < int(top) < int(bottom) <= 10
    return Number(at, at + 3, int(top) / int(bottom), "share") if small else None


def _share_of_scale(tokens: Sequence[Token], share: Number, words: NumberWords) -> Number:
    """ "half a million", "two thirds of a million", "a quarter million", "half a dozen"."""
    here = share.last
    while here < len(tokens) and words.is_("of", tokens[here]):
        here += 1
    scale = words.scales.match(tokens, here) if here < len(tokens) else None
    if scale is None:
        return share
    value = share.value * scale[0]
    return Number(share.first, here + scale[1], value, "whole" if value == int(value) else "decimal")


def _decimal(tokens: Sequence[Token], whole: Number, words: NumberWords) -> Number | None:
    """ "five point two five", "zero point zero eight"."""
    at = whole.last
    if at + 1 >= len(tokens) or not words.is_("point", tokens[at]):
        return None
    digits, here = "", at + 1
    while here < len(tokens) and (small := small_number(tokens, here, words)) and not tokens[here].text[:1].isdigit():
        digits, here = digits + str(int(small[0])), small[1]
    return Number(whole.first, here, float(f"{int(whole.value)}.{digits}"), "decimal") if digits else None


def _divided(tokens: Sequence[Token], whole: Number, words: NumberWords) -> Number | None:
    """ "one over twenty", "واحد على عشرين"."""
    over = words.language.words("reckoning", "over")
    found = over.match(tokens, whole.last) if whole.last < len(tokens) else None
    here = whole.last + found[1] if found else len(tokens)
    below = whole_number(tokens, here, words) if here < len(tokens) else None
    return Number(whole.first, below.last, whole.value / below.value, "share") if below and below.value > 1 else None


def _mixed(tokens: Sequence[Token], whole: Number, words: NumberWords) -> Number | None:
    """ "five and a quarter", "2 1/4"; after a scale the part is one of the scale: "one million and a half"."""
    here = whole.last
    if here >= len(tokens):
        return None
    joined = words.is_("and", tokens[here])
    clitic = not joined and carries_and(tokens[here], words)
    if not joined and not clitic and not (here + 2 < len(tokens) and tokens[here + 1].text == "/"):
        return None
    share = _share(tokens, here + (1 if joined else 0), words)
    if share is None or share.value >= 1:
        return None
    scale = words.scales.match(tokens, here - 1)
    if scale and scale[0] >= 1_000_000:
        further = _share_of_scale(tokens, share, words)
        more = further.value if further != share else share.value * scale[0]
        return Number(whole.first, further.last, whole.value + more)
    return Number(whole.first, share.last, whole.value + share.value, "decimal")


# --- ordinals ---------------------------------------------------------------------------------------------------------


def _ordinal_word(tokens: Sequence[Token], at: int, words: NumberWords) -> Number | None:
    if "-" in tokens[at].norm:
        value = _hyphened_ordinal(tokens[at].norm, words)
        return Number(at, at + 1, value) if value else None
    found = words.ordinals.match(tokens, at)
    if found is None:
        return None
    last, value = at + found[1], found[0]
    if words.language.table.get("verb_first") and last < len(tokens) and value < 10:  # "الخامس والعشرون"
        tens = words.ordinals.match(tokens, last) or words.language.numbers.match(tokens, last)
        if tens and tens[0] in range(20, 100, 10) and carries_and(tokens[last], words):
            return Number(at, last + tens[1], value + tens[0])
    return Number(at, last, value)


def _hyphened_ordinal(norm: str, words: NumberWords) -> int | None:
    tens, _, unit = norm.rpartition("-")
    first = words.language.numbers.table.get(tens)
    second = next((value for form, value in words.ordinals.table.get(unit, ()) if len(form) == 1), None)
    return int(first[0][1]) + second if first and second and second < 10 <= first[0][1] else None


def _ordinal_after(tokens: Sequence[Token], before: Number, words: NumberWords) -> Number | None:
    """ "twenty second", "two hundredth": an ordinal that closes a number."""
    here = before.last
    if here < len(tokens) and words.is_("and", tokens[here]):
        here += 1
    if here >= len(tokens):
        return None
    last = _ordinal_word(tokens, here, words)
    if last is None:
        return None
    value = int(before.value)
    if last.value >= 100 and value < last.value:
        return Number(before.first, last.last, value * last.value)
    fits = (last.value < room_after(value) and before.last == here) or last.value < 100 <= room_after(value)
    return Number(before.first, last.last, value + last.value) if fits else None
