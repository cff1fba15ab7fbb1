"""Words as they are compared: without marks, capitals and the spellings that one sound has; and names nearly the same.

The word sets are the few that linking needs of a language; a test holds them to read/languages/*.toml.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

__all__ = ["bare", "definite", "generic", "monitoring", "near", "sound", "words"]

DEFINITE = frozenset({"the", "this", "that"})
"""Words that point back to a voice named before or after. In Arabic the article is part of the word."""

GENERIC = frozenset(
    {"monitor", "watchdog", "group", "organisation", "organization", "ngo", "body"} | {"منظمه", "هييه"}  # as folded
)
"""Words that name any body that counts, whatever its name: `voices.generic_bodies` of read/languages/*.toml."""

MONITORING = GENERIC | {"observatory", "network", "watch", "centre", "center", "مرصد", "شبكه", "مركز"}
"""Words in the names of bodies that count; a ministry is no "watchdog". `voices.monitors`, and some of our own."""

_SEPARATOR = re.compile(r"(?<=\d)[,٬](?=\d{3})")
_OWNING = re.compile(r"['’]s\b")
_SERVANT_OF = re.compile(r"abd[aeu](?:l|(?=([^aeiou])\1))")
_VOWELS = (("ee", "i"), ("oo", "u"), ("ou", "u"), ("o", "u"), ("w", "u"), ("y", "i"), ("e", "a"))
_TWICE = re.compile(r"(.)\1+")
_WORD = re.compile(r"\w+")


class _Letters(dict[int, int | None]):
    """Each sign as it is compared, None for marks; filled as signs are met, as texts are long and signs few."""

    def __missing__(self, sign: int) -> int | None:
        self[sign] = None if unicodedata.combining(chr(sign)) else sign
        return self[sign]


_LETTERS = _Letters(str.maketrans("ىة٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "يه" + "0123456789" * 2, "ـ"))


def words(text: str) -> list[str]:
    """The words and numbers of a text in one spelling.

    >>> words("The Observatory's count: 2,417; المرصدُ أحصى ٢٬٤١٧")
    ['the', 'observatory', 'count', '2417', 'المرصد', 'احصي', '2417']
    """
    plain = text if text.isascii() else _unmarked(text)
    return _WORD.findall(_SEPARATOR.sub("", _OWNING.sub("", plain)).casefold())


def _unmarked(text: str) -> str:
    return unicodedata.normalize("NFKD", text).translate(_LETTERS)


@lru_cache(maxsize=4096)
def bare(name: str) -> str:
    """A description without what varies from sentence to sentence: articles and other short words before its noun.

    >>> bare("the media reports") == bare("Media reports"), bare("A monitor's") == bare("another monitor")
    (True, False)
    """
    found = words(name)
    while len(found) > 1 and len(found[0]) <= 3:
        found = found[1:]
    return " ".join([found[0].removeprefix("ال"), *found[1:]]) if found else ""


def definite(name: str) -> bool:
    """Whether a description points to somebody named elsewhere: "the group", "المرصد"."""
    found = words(name)
    return bool(found) and (found[0] in DEFINITE or found[0].startswith("ال"))


def generic(name: str) -> bool:
    return not GENERIC.isdisjoint(_nouns(name))


def monitoring(name: str) -> bool:
    """Whether a name is that of a body which counts."""
    return not MONITORING.isdisjoint(_nouns(name))


def _nouns(name: str) -> Iterable[str]:
    return (word.removeprefix("ال") for word in words(name))


@lru_cache(maxsize=65536)
def sound(name: str) -> str:
    """A name as its spellings in Latin letters agree on it: no doubled letters, no spaces, each sound in one way.

    The ways are those in which news write Arabic names (e for a, o for u, ee and y for i, Abdul, Abdel and Abdur); a
    and i, or a and u, are two names. Arabic letters need little of it. Our convention, from general knowledge.

    >>> sound("Salim Abdul Karim") == sound("Saleem Abdel-Kareem"), sound("Karim") == sound("Karam")
    (True, False)
    >>> sound("سليم عبد الكريم") == sound("سليم عبدالكريم")
    True
    """
    said = _SERVANT_OF.sub("abd", "".join(words(name)))
    for written, heard in _VOWELS:
        said = said.replace(written, heard)
    return _TWICE.sub(r"\1", said)


def near(name: str, other: str) -> bool:
    """Whether two names of persons, each of two words or more, are one name in two spellings.

    >>> near("Hassan Salim", "Hasan Saleem"), near("Hassan Salim", "Hussein Salim"), near("Salim", "Saleem")
    (True, False, False)
    """
    return min(len(words(name)), len(words(other))) > 1 and sound(name) == sound(other)
