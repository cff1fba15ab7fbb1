"""Whole numbers in digits and words: "1,250", "two hundred and forty", "2.5 million", "ألفين وثلاثمئة وخمسة عشر"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from cenotaph.read.language import Language
from cenotaph.read.lexicon import Phrases
from cenotaph.read.text import Token

_GROUPED = re.compile(r"\d{1,3}(?:[.,٬٫](?=\d{3}(?!\d))\d{3})+$")
_MIXED = re.compile(r"\d{1,3}([.,٬٫])\d{2,3}(?:\1\d{2,3})*(?!\1)[.,٬٫]\d+$")  # 1.111,11  12,34,567.89
DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
Kind = Literal["whole", "decimal", "share"]


@dataclass(frozen=True, slots=True)
class Number:
    """A number and the tokens it stands on, first (inclusive) to last (exclusive).

    A share is less than a whole of something ("two thirds"), or more of it said in parts ("five and a quarter").
    """

    first: int
    last: int
    value: float
    kind: Kind = "whole"


@dataclass(slots=True)
class NumberWords:
    """The tables of a language that only this module asks for, compiled once."""

    scales: Phrases[int]
    parts: Phrases[int]
    ordinals: Phrases[int]
    language: Language = field(repr=False)

    def is_(self, key: str, token: Token) -> bool:
        return self.language.words("reckoning", key).has(token)


_compiled: dict[int, NumberWords] = {}


def number_words(language: Language) -> NumberWords:
    known = _compiled.get(id(language))
    if known is None or known.language is not language:
        table = language.table
        scales = {**table["scales"], **table.get("scales_written", {})}
        known = NumberWords(
            Phrases(scales), Phrases(table.get("parts_of_one", {})), Phrases(table.get("ordinals", {})), language
        )
        _compiled[id(language)] = known
    return known


def whole_number(tokens: Sequence[Token], at: int, words: NumberWords) -> Number | None:
    """Digits and number words together: terms with falling scales ("two million, three thousand and five")."""
    first = _term(tokens, at, words)
    if first is None:
        return None
    value, scale, here = first
    while scale >= 1000 and (term := _next_term(tokens, here, scale, words)):
        more, scale, here = term
        value += more
    whole = float(value).is_integer()
    return Number(at, here, int(value) if whole else value, "whole" if whole else "decimal")


def _next_term(tokens: Sequence[Token], at: int, scale: float, words: NumberWords) -> tuple[float, float, int] | None:
    here = at + (1 if at < len(tokens) and (words.is_("and", tokens[at])) else 0)
    if here >= len(tokens):
        return None
    term = _term(tokens, here, words, begun=True)
    written = tokens[here].text[:1].isdigit() and here == at and term is not None and term[2] == here + 1
    if term is None or written or not (term[0] < scale and term[1] < scale):
        return None
    return None if here > at and tops_a_part(tokens, term[0], term[2], words) else term


def _term(tokens: Sequence[Token], at: int, words: NumberWords, begun: bool = False) -> tuple[float, float, int] | None:
    """A number below a thousand and the scales that multiply it: value, last scale (0 for none), where it ends."""
    small = _hundreds(tokens, at, words, begun)
    if small is None:
        return None
    value, here, last = small[0], small[1], 0
    while here < len(tokens) and (scale := words.scales.match(tokens, here)) and not carries_and(tokens[here], words):
        if scale[0] < 1000 and (scale[0] != 12 or last):
            break
        value, here, last = value * scale[0], here + scale[1], scale[0]
    return (value, last, here) if here > at else None  # "وبليون": a scale that carries "and" begins no number


def _hundreds(tokens: Sequence[Token], at: int, words: NumberWords, begun: bool) -> tuple[float, int] | None:
    small = small_number(tokens, at, words)
    one = words.language.words("not_counts", "singles").has(tokens[at]) and at + 1 < len(tokens)
    alone = begun or one or words.language.table.get("scales_alone", False)
    here = small[1] if small else at + (1 if one else 0)
    if here >= len(tokens):
        return small
    scale = words.scales.match(tokens, here)
    if small is None and not (scale and alone):
        return None
    value = small[0] if small else 1.0
    if scale and scale[0] == 100 and not (small and carries_and(tokens[here], words)):
        value, here = value * 100, here + scale[1]
    elif small is None:
        return value, here
    if value >= 100 and value % 100 == 0:
        return _with_rest(tokens, value, here, words)
    return value, here


def _with_rest(tokens: Sequence[Token], value: float, at: int, words: NumberWords) -> tuple[float, int]:
    """What follows the hundreds: "and six", "sixteen"; but not "3 hundred and 2 hundred"."""
    joined = at < len(tokens) and words.is_("and", tokens[at])
    here = at + (1 if joined else 0)
    rest = small_number(tokens, here, words) if here < len(tokens) else None
    written = rest is not None and tokens[here].text[:1].isdigit() and not joined
    if rest is None or written or not 0 < rest[0] < 100:
        return value, at
    if rest[1] < len(tokens) and (scale := words.scales.match(tokens, rest[1])) and scale[0] == 100:
        return value, at
    if joined and tops_a_part(tokens, rest[0], rest[1], words):
        return value, at
    return value + rest[0], rest[1]


def tops_a_part(tokens: Sequence[Token], value: float, at: int, words: NumberWords) -> bool:
    """ "one hundred and two fifths": a small number after "and" is the top of a fraction, not part of the whole."""
    return value < 10 and at < len(tokens) and words.parts.match(tokens, at) is not None


def small_number(tokens: Sequence[Token], at: int, words: NumberWords) -> tuple[float, int] | None:
    """Digits, or words up to the hundreds that a language has one word for: value and where it ends."""
    token = tokens[at]
    if token.text[:1].isdigit():
        return _written(tokens, at)
    known = words.language.numbers.match(tokens, at)
    if known is None:
        return _hyphened_small(tokens, at, words)
    value, here = known[0], at + known[1]
    while here < len(tokens) and (more := _added(tokens, here, value, words)):
        value, here = value + more[0], more[1]
    return float(value), here


def _hyphened_small(tokens: Sequence[Token], at: int, words: NumberWords) -> tuple[float, int] | None:
    parts = tokens[at].norm.split("-")
    known = [words.language.numbers.table.get(part) for part in parts] if len(parts) == 2 else []
    values = [one[0][1] for one in known if one]
    return (float(sum(values)), at + 1) if len(values) == 2 and values[1] < room_after(values[0]) else None


def _added(tokens: Sequence[Token], at: int, value: int, words: NumberWords) -> tuple[int, int] | None:
    """What a further word adds: "twenty" + "five", "fifty - two", and with "و": "ثلاثة" + "وعشرون"."""
    here = at + (1 if tokens[at].text in "-‐" and at + 1 < len(tokens) else 0)
    joiner = words.language.table.get("verb_first") and words.is_("and", tokens[here]) and here + 1 < len(tokens)
    linked = joiner or carries_and(tokens[here], words)
    here += 1 if joiner else 0
    known = words.language.numbers.match(tokens, here)
    if known is None or tokens[here].text[:1].isdigit():
        return None
    if linked and value >= 100:
        rest = small_number(tokens, here, words)
        room = 1000 if value >= 1000 else 100
        return (int(rest[0]), rest[1]) if rest and 0 < rest[0] < room else None
    more = known[0]
    if linked:
        fits = 0 < value < 10 <= more < 100 and more % 10 == 0
    else:
        fits = 0 < more < room_after(value) if value < 100 else False
        fits = fits or (bool(words.language.table.get("verb_first")) and 2 < value < 10 and more == 10)
    return (more, here + known[1]) if fits else None


def carries_and(token: Token, words: NumberWords) -> bool:
    """Whether a word carries "and" as its first letter ("وعشرون"), which is no part of the word itself."""
    if not token.text.startswith("و") or len(token.forms) < 2:
        return False
    tables: tuple[Phrases[int], ...] = (words.language.numbers, words.scales, words.ordinals, words.parts)
    return not any(token.norm in table.table for table in tables)


# --- digits -----------------------------------------------------------------------------------------------------------


def _written(tokens: Sequence[Token], at: int) -> tuple[float, int] | None:
    spaced = _spaced(tokens, at)
    if spaced:
        return spaced
    value = digits(tokens[at].text)
    return None if value is None else (value, at + 1)


def _spaced(tokens: Sequence[Token], at: int) -> tuple[float, int] | None:
    """ "1 414 021": groups of three digits with single spaces between, the first shorter than four."""
    text, here = tokens[at].text.translate(DIGITS), at + 1
    if not (text.isdecimal() and len(text) < 4 and text[0] != "0"):
        return None
    while here < len(tokens) and tokens[here].start - tokens[here - 1].end == 1:
        group = tokens[here].text.translate(DIGITS)
        if not group.isdecimal():
            break
        if len(group) != 3:
            return None
        text, here = text + group, here + 1
    return (float(text), here) if here > at + 1 else None


def digits(text: str) -> float | None:
    """The value of a number written in digits, of any script, with its groups and decimals; None for anything else.

    >>> digits("1,250"), digits("1.111,11"), digits("2.5"), digits("١٬٢٥٠"), digits("17-year-old")
    (1250.0, 1111.11, 2.5, 1250.0, None)
    """
    plain = text.translate(DIGITS)
    if _GROUPED.match(plain):
        return float(re.sub(r"\D", "", plain))
    if _MIXED.match(plain):
        whole, point, rest = plain[: -len(re.split(r"[.,٬٫]", plain)[-1]) - 1], ".", re.split(r"[.,٬٫]", plain)[-1]
        return float(re.sub(r"\D", "", whole) + point + rest)
    plain = plain.replace("٫", ".")
    if re.fullmatch(r"\d+,\d+", plain):
        plain = plain.replace(",", ".")
    return float(plain) if re.fullmatch(r"\d+(?:\.\d+)?", plain) else None


def room_after(value: int) -> int:
    """What may still be added to a number: up to 9 to a ten, up to 99 to a hundred.

    >>> room_after(20), room_after(300), room_after(25)
    (10, 100, 0)
    """
    return next((size for size in (1_000_000, 1000, 100, 10) if value >= size and value % size == 0), 0)
