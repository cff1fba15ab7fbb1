"""In which language a text is, as far as its letters and its own word tell."""

from __future__ import annotations

import re

_CODE = re.compile(r"([a-z]{2,3})(?=$|[-_])", re.IGNORECASE)
_ARABIC = re.compile("[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc]")
_SAMPLE = 20_000


def primary(said: str) -> str:
    """The language of a language tag (BCP 47); "" for what is none.

    >>> primary("ar-SY"), primary("EN_us"), primary("Arabic")
    ('ar', 'en', '')
    """
    found = _CODE.match(said.strip())
    return found.group(1).lower() if found else ""


def language_of(text: str, *, otherwise: str = "en") -> str:
    """Arabic when most letters are Arabic ones, whatever was said of the text; if not, what was said.

    >>> language_of("قتل ثلاثة (3) مدنيين"), language_of("Three killed in قتل")
    ('ar', 'en')
    """
    sample = text[:_SAMPLE]
    letters = sum(char.isalpha() for char in sample)
    return "ar" if 2 * len(_ARABIC.findall(sample)) > letters else otherwise
