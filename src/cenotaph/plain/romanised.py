"""Names in Arabic and in Latin letters brought to the sounds that they stand for, so that both can be compared.

One Arabic name has many spellings in Latin letters, and a Latin spelling has lost what tells some Arabic letters apart.
So neither is turned into the other: both become `sounds`, in which vowels weigh little (codes/romanisation.toml).
Nothing here says that two people or places are one; it says how alike their names are written.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import groupby

__all__ = ["alike", "alike_sounds", "apart", "is_arabic", "latin", "skeleton", "skeleton_of", "sounds", "words"]

VOWELS = frozenset("aiueo")
_GLIDES = frozenset("wy")
_ARABIC = re.compile(r"[\u0620-\u064a\u066e-\u06d3]")
_MARKS = re.compile(r"[\u0640\u064b-\u065f\u0670\u200b-\u200f\u202a-\u202e\u2066-\u2069'’‘ʼʿʾ`´.]")
_WORD = re.compile(r"[^\W_]+")
_LONGEST = 200  # letters; what is longer is no name
_FOLDED = str.maketrans({"ı": "i", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ß": "ss"})
_KEPT = {"ş": "\ue000", "ç": "\ue001", "ğ": "\ue002"}  # marks that change the sound


@dataclass(frozen=True)
class _Tables:
    arabic: Mapping[str, str]
    latin: Mapping[str, str]
    endings: Sequence[tuple[str, str]]
    articles: frozenset[str]
    article: str
    construct: tuple[str, ...]
    construct_least: int
    near: Mapping[tuple[str, str], float]
    vowels: float
    more: Mapping[str, float]  # what one sound more or less costs, where that is not 1


@cache
def _tables() -> _Tables:
    table = tomllib.loads(files("cenotaph").joinpath("codes", "romanisation.toml").read_text("utf-8"))
    near = table["near"]
    pairs = {(one, other): float(cost) for a, b, cost in near["pairs"] for one, other in ((a, b), (b, a))}
    more = dict.fromkeys(VOWELS, float(near["vowel_more"])) | dict.fromkeys(_GLIDES, float(near["glide_more"]))
    return _Tables(
        table["arabic"]["letters"],
        table["latin"]["letters"],
        sorted(table["latin"]["endings"]["letters"].items(), key=lambda one: -len(one[0])),
        frozenset(table["articles"]["latin"]),
        table["articles"]["arabic"],
        tuple(table["construct"]["endings"]),
        int(table["construct"]["least"]),
        pairs,
        float(near["vowels"]),
        more | {"h": float(near["breath_more"])},
    )


def is_arabic(name: str) -> bool:
    """Whether a name holds a letter of the Arabic script.

    >>> is_arabic("كفرنبل"), is_arabic("Kafr Nabl"), is_arabic("١٢")
    (True, False, False)
    """
    return bool(_ARABIC.search(name))


@lru_cache(maxsize=50_000)
def words(name: str) -> tuple[str, ...]:
    """The words of a name in small letters without marks; Arabic articles are left out in either script.

    >>> words("Deir ez-Zor"), words("دير الزّور"), words("Ma'arrat al-Nu'man")
    (('deir', 'zor'), ('دير', 'زور'), ('maarrat', 'numan'))
    """
    plain = _MARKS.sub("", _plain(name[:_LONGEST]))
    found = _WORD.findall(plain)
    bare = [word for at, word in enumerate(found) if not _is_article(word, at, len(found))]
    return tuple(_without_article(word) for word in bare)


def _is_article(word: str, at: int, length: int) -> bool:
    """Whether a word is an article: one ends no name of several words ("Umm Er"), and is none by itself."""
    return (word in _tables().articles and (at < length - 1 or length == 1)) or word == _tables().article


def _without_article(word: str) -> str:
    article = _tables().article
    return word[len(article) :] if word.startswith(article) and len(word) > len(article) + 2 else word


def _plain(name: str) -> str:
    if name.isascii():
        return name.casefold()
    name = name.casefold()
    for letter, stand_in in _KEPT.items():
        name = name.replace(letter, stand_in)
    letters = unicodedata.normalize("NFKC" if is_arabic(name) else "NFKD", name)
    plain = "".join(char for char in letters if not unicodedata.combining(char)).translate(_FOLDED)
    for letter, stand_in in _KEPT.items():
        plain = plain.replace(stand_in, letter)
    return plain


@lru_cache(maxsize=100_000)
def sounds(name: str) -> str:
    """The sounds of a name without the spaces between its words: one letter each, doubled ones once.

    >>> sounds("Kafr Nabl"), sounds("كفرنبل"), sounds("Al-Shaykh Miskin"), sounds("الشيخ مسكين")
    ('kafrnabl', 'kfrnbl', 'Sayxmiskin', 'Syxmskyn')
    """
    found = words(name)
    return _once("".join([*map(_of_word, map(_constructed, found[:-1])), *map(_of_word, found[-1:])]))


@lru_cache(maxsize=50_000)
def _constructed(word: str) -> str:
    """A word before others without the t that its ending has only there."""
    table = _tables()
    ends = len(word) >= table.construct_least and word.endswith(table.construct) and not is_arabic(word)
    return word[:-1] if ends else word


def _once(heard: str) -> str:
    return "".join(sound for sound, _ in groupby(heard))


@lru_cache(maxsize=100_000)
def _of_word(word: str) -> str:
    table = _tables()
    if is_arabic(word):
        return "".join(table.arabic.get(letter, "") for letter in word)
    for ending, heard in table.endings:
        if word.endswith(ending) and len(word) > len(ending) + 1:
            return _spelled(word[: -len(ending)], table.latin) + heard
    return _spelled(word, table.latin)


def _spelled(word: str, letters: Mapping[str, str]) -> str:
    out, at = [], 0
    while at < len(word):
        for length in (3, 2, 1):
            part = word[at : at + length]
            if len(part) == length and part in letters:
                out.append(letters[part])
                break
        else:
            length = 1
            out.append(word[at])
        at += length
    return "".join(out)


def latin(name: str) -> str:
    """An Arabic name in Latin letters as far as its letters tell, its short vowels left out; any other as it is.

    For showing and searching only: "Kfr Nbl" is how nobody writes a name.

    >>> latin("كفر نبل"), latin("دير الزور"), latin("Homs")
    ('kfr nbl', 'dyr al-zwr', 'Homs')
    """
    if not is_arabic(name):
        return name
    article, shown = _tables().article, {"x": "kh", "G": "gh", "S": "sh", "T": "th", "D": "dh", "Z": "z"}
    out = []
    for word in _WORD.findall(_MARKS.sub("", _plain(name))):
        heard = "".join(shown.get(sound, sound) for sound in _of_word(_without_article(word)))
        out.append(f"al-{heard}" if word != _without_article(word) and word.startswith(article) else heard)
    return " ".join(out)


_COARSE = str.maketrans({"T": "t", "d": "t", "D": "t", "Z": "t", "z": "t", "q": "k", "G": "j"})


@lru_cache(maxsize=100_000)
def skeleton(name: str) -> str:
    """What nearly all spellings of a name share: its consonants in rough classes. For finding what to compare.

    >>> skeleton("Kafr Zita"), skeleton("كفرزيتا"), skeleton("Qamishli"), skeleton("القامشلي")
    ('kfrt', 'kfrt', 'kmSl', 'kmSl')
    """
    return skeleton_of(sounds(name))


def skeleton_of(heard: str) -> str:
    """The same of what is in sounds already."""
    coarse = heard.translate(_COARSE)
    return _once("".join(sound for sound in coarse if sound not in VOWELS and sound not in _GLIDES and sound != "h"))


@lru_cache(maxsize=200_000)
def apart(one: str, other: str) -> float:
    """How far two strings of sounds are apart: 0 the same, 1 for each consonant that another name would have.

    A weighted edit distance: vowels and the letters that are written for each other cost little.

    >>> apart(sounds("Saraqeb"), sounds("سراقب")) < 0.5 < apart(sounds("Saraqeb"), sounds("Sarmin"))
    True
    """
    if one == other:
        return 0.0
    costs, more = _costs()
    row = [0.0]
    for sound in other:
        row.append(row[-1] + more.get(sound, 1.0))
    for mine in one:
        gone, left = more.get(mine, 1.0), row[0]
        row[0] = last = left + gone
        for at, theirs in enumerate(other, 1):
            upper = row[at]
            least = left if mine == theirs else left + costs.get((mine, theirs), 1.0)
            least = min(least, upper + gone, last + more.get(theirs, 1.0))
            left, row[at], last = upper, least, least
    return row[-1]


@cache
def _costs() -> tuple[Mapping[tuple[str, str], float], Mapping[str, float]]:
    """What one sound for another costs, and one more or less, where that is not 1."""
    table = _tables()
    vowels = {(one, other): table.vowels for one in VOWELS for other in VOWELS}
    return {**vowels, **table.near}, table.more


def alike(one: str, other: str) -> float:
    """How alike two names are written, 1 the same to 0 another name, in either script.

    >>> alike("Khan Shaykhun", "خان شيخون") > 0.9, alike("Khan Shaykhun", "Khan al-Asal") < 0.6
    (True, True)
    >>> alike("", "Homs"), alike("!", "!")
    (0.0, 0.0)
    """
    return alike_sounds(sounds(one), sounds(other))


def alike_sounds(one: str, other: str) -> float:
    """The same of what is in sounds already: the consonants that differ, as a share of those that there are."""
    if not one or not other:
        return 0.0
    weight = (len(_weighty(one)) + len(_weighty(other))) / 2
    return max(0.0, 1 - apart(one, other) / max(1.0, weight))


def _weighty(heard: Iterable[str]) -> list[str]:
    return [sound for sound in heard if sound not in VOWELS]
