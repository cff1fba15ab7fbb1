"""Headings and cells in one spelling, for comparing: without capitals, signs, Arabic marks and forms of one letter."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

__all__ = ["digits", "folded"]

_LETTERS = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ـ": None})
_OTHER = re.compile(r"[^\w]+|_+")


@lru_cache(maxsize=50_000)
def folded(text: str) -> str:
    """
    >>> folded("Date_Start"), folded("#affected+killed"), folded("الإصابات (أطفال)")
    ('date start', 'affected killed', 'الاصابات اطفال')
    """
    known = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(char for char in known if not unicodedata.combining(char))
    composed = unicodedata.normalize("NFKC", text.casefold()) if bare == known else bare
    return " ".join(_OTHER.sub(" ", composed.translate(_LETTERS)).split())


def digits(text: str) -> str:
    """Digits of any script as those of ours; the Arabic comma and decimal signs as well.

    >>> digits("١٬٣٨٣"), digits("۷")
    ('1,383', '7')
    """
    return text if text.isascii() else "".join(map(_digit, text))


def _digit(char: str) -> str:
    if char.isascii():
        return char
    if char in "٬،":
        return ","
    if char == "٫":
        return "."
    value = unicodedata.decimal(char, None)
    return char if value is None else str(value)
