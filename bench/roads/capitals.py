"""True-casing: a text in nothing but capitals written as news is, so that a parser trained on such news can read it.

A word that the parser's dictionary knows as a common word goes small, any other begins with a capital. Lengths never
change, so that places in the text stay what they are.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

_WORD = re.compile(r"[^\W\d_]+")
_ENDINGS = (
    *(("ies", "y"), ("es", ""), ("s", ""), ("ied", "y"), ("ed", ""), ("ed", "e"), ("ing", ""), ("ing", "e")),
    *(("ly", ""), ("er", ""), ("est", ""), ("'s", "")),
)


class Dictionary:
    """The common words of a language, by their dictionary forms and the irregular ones.

    >>> known = Dictionary(["kill", "baby", "the"], {"men": ["man"]})
    >>> [known.has(word) for word in ("killed", "babies", "men", "medellin")]
    [True, True, True, False]
    """

    def __init__(self, words: Collection[str], irregular: Mapping[str, object]) -> None:
        self._words = {*words, *irregular}

    def has(self, word: str) -> bool:
        if word in self._words:
            return True
        for ending, instead in _ENDINGS:
            stem = word.removesuffix(ending)
            if stem != word and (stem + instead in self._words or _undoubled(stem) in self._words):
                return True
        return False


def _undoubled(stem: str) -> str:
    """ "gunn(ed)" -> "gun"."""
    return stem[:-1] if len(stem) > 3 and stem[-1] == stem[-2] else stem


def true_cased(text: str, known: Dictionary) -> str:
    """The text with common words small and all others capitalised.

    >>> true_cased("GUNMEN KILLED A MAN IN MEDELLIN.", Dictionary(["gunman", "kill", "a", "man", "in"], {"gunmen": []}))
    'Gunmen killed a man in Medellin.'
    """
    first = _WORD.search(text)
    return _WORD.sub(lambda found: _cased(found.group(), found.start() == (first and first.start()), known), text)


def _cased(word: str, opens: bool, known: Dictionary) -> str:
    small = word.lower()
    if len(small) != len(word):
        return word  # a letter whose small form is longer
    common = known.has(small) and not opens
    return small if common else word[:1] + small[1:]
