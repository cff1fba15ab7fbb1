"""Place names brought to one spelling, so that Lāẕiqīyah's variants, hyphens, articles and Arabic letters meet."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_ARABIC = re.compile(r"[\u0600-\u06ff]")
_ARTICLE = re.compile(r"^(?:al|el|ad|ar|as|ash|at|az|an)[ -](?=\w{3})")
_LETTERS = str.maketrans("أإآٱىةؤئ", "ااااي" + "ه" + "وي")
_DROPPED = re.compile(r"[\u0640\u064b-\u065f\u0670'’‘ʿʾ`´.]")


@lru_cache(maxsize=200_000)
def normal(name: str) -> str:
    """The form under which a name is kept and looked up.

    >>> normal("Al-Lādhiqīyah"), normal("  SAN  SALVADOR "), normal("اللاذقيّة")
    ('ladhiqiyah', 'san salvador', 'لاذقيه')
    """
    plain = unicodedata.normalize("NFKD", name)
    if _ARABIC.search(plain):
        plain = unicodedata.normalize("NFC", _DROPPED.sub("", unicodedata.normalize("NFC", name))).translate(_LETTERS)
        words = [word[2:] if word.startswith("ال") and len(word) > 4 else word for word in plain.split()]
        return " ".join(words)
    plain = "".join(char for char in plain if not unicodedata.combining(char)).casefold()
    plain = re.sub(r"[-‐–_/,]+", " ", _DROPPED.sub("", plain))
    plain = " ".join(plain.split())
    return _ARTICLE.sub("", plain)
