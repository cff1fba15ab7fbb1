"""The words of a text in one spelling, as the full text of the desk holds them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import lru_cache

from cenotaph.sheets_in.folding import digits

__all__ = ["WORD", "as_written", "bare", "located", "tokens"]

LONGEST = 40
"""Letters of a word; what is longer is cut."""
SHARED = 3
"""Letters that a form and a word share at least for the one to be written as the other."""

_MARKS = "\u00ad\u0300-\u036f\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u200b-\u200f\u202a-\u202e\u2066-\u2069"
_INSIDE = "'’‘ʼʿʾ`´"
WORD = re.compile(
    rf"\d{{1,3}}(?:[,٬،]\d{{3}})+(?!\d)|[^\W_][^\W_{_MARKS}]*(?:[{_MARKS}{_INSIDE}]+[^\W_{_MARKS}]+)*[{_MARKS}]*"
)
_SIGNS = re.compile(rf"[{_MARKS}{_INSIDE}]")
_OWNER = re.compile(rf"[{_INSIDE}]s$", re.IGNORECASE)
_ARABIC_LETTERS = str.maketrans("أإآٱىیېکگةۀەهۃؤئ", "اااايييككهههههوي", "ء")
_LATIN_LETTERS = {"ı": "i", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ß": "ss"}
_LAST = ("ة", "ى")
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


def as_written(form: str, word: str) -> str:
    """A form in the one spelling, with the Arabic letters of a word that somebody wrote where it holds that word's.

    Letters that only end a word (ة, ى) are taken where the form ends with them too.

    >>> as_written("والقتلي", "قتلى"), as_written("اسرته", "الأسرة"), as_written("مستشفيات", "مستشفى")
    ('والقتلى', 'أسرته', 'مستشفيات')
    >>> as_written("الابريا", "أبرياء"), as_written("killings", "Killing")
    ('الأبرياء', 'killings')
    """
    letters = _letters(word)
    plain = "".join(one for one, _ in letters)
    if not letters or plain.isascii():
        return form
    found = SequenceMatcher(None, plain, form, autojunk=False).find_longest_match()
    if found.size < min(SHARED, len(plain)):
        return form
    same = [written for _, written in letters[found.a : found.a + found.size]]
    both_end = found.a + found.size == len(plain) and found.b + found.size == len(form)
    if same[-1] in _LAST and not both_end:
        same[-1] = letters[found.a + found.size - 1][0]
    return form[: found.b] + "".join(same) + form[found.b + found.size :]


def _letters(word: str) -> list[tuple[str, str]]:
    """The letters of a word in the one spelling, each as it is written; nothing where one letter is told by several."""
    out: list[tuple[str, str]] = []
    for sign in _SIGNS.sub("", word):
        plain = bare(sign)
        if len(plain) > 1:
            return []
        if plain:
            out.append((plain, sign))
        elif out:  # a hamza by itself, which the one spelling leaves out
            out[-1] = out[-1][0], out[-1][1] + sign
    return out
