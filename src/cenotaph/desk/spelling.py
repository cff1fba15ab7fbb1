"""The words of a text in one spelling, as the full text of the desk holds them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from cenotaph.sheets_in.folding import digits

__all__ = ["WORD", "bare", "located", "tokens"]

LONGEST = 40
"""Letters of a word; what is longer is cut."""

_MARKS = "\u0300-\u036f\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u200b-\u200f\u202a-\u202e\u2066-\u2069"
_INSIDE = "'’‘ʼʿʾ`´"
WORD = re.compile(
    rf"\d{{1,3}}(?:[,٬،]\d{{3}})+(?!\d)|[^\W_][^\W_{_MARKS}]*(?:[{_MARKS}{_INSIDE}]+[^\W_{_MARKS}]+)*[{_MARKS}]*"
)
_SIGNS = re.compile(rf"[{_MARKS}{_INSIDE}]")
_OWNER = re.compile(rf"[{_INSIDE}]s$", re.IGNORECASE)
_ARABIC_LETTERS = str.maketrans("أإآٱىیېکگةۀەهۃؤئ", "اااايييككهههههوي", "ء")
_LATIN_LETTERS = {"ı": "i", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ß": "ss"}
_LETTERS = _ARABIC_LETTERS | str.maketrans(_LATIN_LETTERS)


def located(text: str) -> Iterator[tuple[int, int, str]]:
    """The words of a text in their order: where each starts and ends, and its one spelling."""
    for found in WORD.finditer(text):
        word = bare(found[0])
        if word:
            yield found.start(), found.end(), word


def tokens(text: str) -> list[str]:
    """The words of a text as they are looked up.

    >>> tokens("Ma'arrat al-Nu'man: ١٬٣٨٣ قُتِلوا"), tokens("Sami's 1,383")
    (['maarrat', 'al', 'numan', '1383', 'قتلوا'], ['sami', '1383'])
    """
    return [word for _, _, word in located(text)]


@lru_cache(maxsize=100_000)
def bare(word: str) -> str:
    """One word in the one spelling: no capitals, no marks, one letter for those that stand for each other.

    >>> bare("إصابات"), bare("Büyük"), bare("مدرسة") == bare("مدرسه"), bare("١٬٣٨٣")
    ('اصابات', 'buyuk', True, '1383')
    """
    plain = unicodedata.normalize("NFKD", _OWNER.sub("", word).casefold())
    kept = "".join(sign for sign in plain if not unicodedata.combining(sign))
    told = digits(_SIGNS.sub("", kept).translate(_LETTERS))
    return "".join(sign for sign in told if sign.isalnum())[:LONGEST]
