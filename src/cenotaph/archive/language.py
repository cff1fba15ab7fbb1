"""In which language a text is, as far as its letters, its small words and its own word tell."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from functools import cache
from importlib.resources import files

_CODE = re.compile(r"([a-z]{2,3})(?=$|[-_])", re.IGNORECASE)
_ARABIC = re.compile("[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc]")
_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE = 20_000

LEAST = 3
"""Small words of a language that a text must have before they say anything: a headline may quote two."""

CLEAR = 2
"""Times as many as of any other language, to be sure."""


def primary(said: str) -> str:
    """The language of a language tag (BCP 47); "" for what is none.

    >>> primary("ar-SY"), primary("EN_us"), primary("Arabic")
    ('ar', 'en', '')
    """
    found = _CODE.match(said.strip())
    return found.group(1).lower() if found else ""


def language_of(text: str, *, otherwise: str = "en") -> str:
    """Arabic when most letters are Arabic ones, else the language whose small words are clearly the commonest, whatever
    was said of the text; if there is none, what was said.

    >>> language_of("قتل ثلاثة (3) مدنيين"), language_of("Three killed in قتل")
    ('ar', 'en')
    >>> language_of("Trois personnes ont été tuées dans les combats, selon le maire."), language_of("Jableh: 3")
    ('fr', 'en')
    """
    sample = text[:_SAMPLE]
    letters = sum(char.isalpha() for char in sample)
    if 2 * len(_ARABIC.findall(sample)) > letters:
        return "ar"
    return _by_small_words(sample) or otherwise


def _by_small_words(sample: str) -> str:
    """The language with clearly most of the small words, "" where none has."""
    known = _small_words()
    found = Counter(language for word in _WORD.findall(sample.lower()) for language in known.get(word, ()))
    (best, most), (_, next_most) = [*found.most_common(2), ("", 0), ("", 0)][:2]
    return best if most >= max(LEAST, CLEAR * next_most) else ""


@cache
def _small_words() -> dict[str, tuple[str, ...]]:
    table = tomllib.loads(files("cenotaph").joinpath("codes", "small_words.toml").read_text(encoding="utf-8"))
    found: dict[str, tuple[str, ...]] = {}
    for language, words in table.items():
        for word in words:
            found[word] = (*found.get(word, ()), language)
    return found
