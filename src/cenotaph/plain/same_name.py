"""Whether two names can be of one person, in Arabic and in Latin letters, and why.

A name of the region runs given name, father's, grandfather's, family; news leaves names out, adds a title or a kunya,
and spells in its own way. Brothers share all but the first, father and son may share all in another order. So the given
name must agree, and the others must not contradict each other. Names alone never make two people one: a score is a
proposal. Tables: codes/personal_names.toml and codes/romanisation.toml.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from cenotaph.plain.romanised import alike, is_arabic

__all__ = ["SAME", "SameName", "in_full", "latin_name", "persons", "same_name"]

SAME = 0.7
"""From this score on two names can be of one person, where nothing else (age, sex, place, day) speaks against it."""

_CLOSE = 0.8  # two words that sound so alike are one name written in two ways
_LETTERS = str.maketrans("أإآٱىةؤئ", "ااااي" + "ه" + "وي")
_MARKS = re.compile("[\u0640\u064b-\u0652\u0670\u200b-\u200f'’‘ʼʿʾ`´.]")
_WORD = re.compile(r"[^\W\d_]+")
_ASIDE = re.compile(r"[(\[«“\"].*?[)\]»”\"]|/.*$")
_OWNER = re.compile(r"^(?P<who>.+?)['’]s (?P<what>\w+)$")
_ARTICLES = ("al", "el", "ul", "as", "ad", "an", "ar", "az", "ash", "at", "es", "ez", "ed", "en", "er")
_TIED = ("abdul", "abdel", "abdal", "abdol", "ebdul", "آل", "ذو")  # with the article written onto them
_SERVANT = re.compile(r"[ae]b[eu]?d[aeuo]?(?:l|(?P<twice>\w)(?=(?P=twice)))?(?P<rest>\w{3,})$")


@dataclass(frozen=True, slots=True)
class SameName:
    """How well two names fit one person, 0 to 1, and what that rests on."""

    score: float
    reason: str

    def __bool__(self) -> bool:
        return self.score >= SAME


@dataclass(frozen=True, slots=True)
class _Parts:
    """A name taken apart: whose relative it only says, the kunya, and the names proper in their order."""

    kin: str
    kunya: str
    names: tuple[str, ...]
    family_first: bool


@dataclass(frozen=True, slots=True)
class _Tables:
    words: Mapping[str, frozenset[str]]
    kin: Mapping[str, str]
    given: Mapping[str, frozenset[str]]  # each spelling that is listed, with the names that it may stand for
    latin: Mapping[str, str]  # each listed name in Arabic letters, with its commonest spelling in Latin ones
    small: Mapping[str, str]


@cache
def _tables() -> _Tables:
    table = tomllib.loads(files("cenotaph").joinpath("codes", "personal_names.toml").read_text("utf-8"))
    kinds = ("honorific", "parent", "kunya", "head", "tail")
    words = {kind: frozenset(_plain(word) for key in ("ar", "latin") for word in table[kind][key]) for kind in kinds}
    kin = {_plain(word): relation for relation, listed in _rows(table["kin"]) for word in listed}
    given: dict[str, set[str]] = {}
    for name, spellings in _rows(table["known"]):
        for one in (name, *spellings):
            given.setdefault(_servant("".join(map(_plain, one.split()))), set()).add(name)
    latin = {
        _servant("".join(map(_plain, one.split()))): listed[0]
        for name, listed in _rows(table["known"])
        for one in (name, *filter(is_arabic, listed))
    }
    return _Tables(words, kin, {spelling: frozenset(names) for spelling, names in given.items()}, latin, table["small"])


def _rows(table: Mapping[str, list[str]]) -> list[tuple[str, list[str]]]:
    return [(name, listed) for name, listed in table.items() if name != "source"]


def same_name(one: str, other: str) -> SameName:
    """How well two names fit one person, and why.

    >>> same_name("Samir al-Rawi", "سمير خالد الراوي")
    SameName(score=0.9, reason='names between are left out')
    >>> same_name("سمير خالد الراوي", "سامر خالد الراوي")
    SameName(score=0.0, reason='another given name')
    >>> same_name("سمير خالد الراوي", "سمير أحمد الراوي").reason
    'another father'
    """
    if one == other:
        return SameName(1.0, "the same words")
    return _compared(_parted(one), _parted(other))


def persons(names: Iterable[str]) -> list[tuple[str, ...]]:
    """Names put together that can be of one person, the fullest first; for one event, whose people are few.

    >>> persons(["Samir al-Rawi", "هدى الراوي", "سمير خالد الراوي"])
    [('سمير خالد الراوي', 'Samir al-Rawi'), ('هدى الراوي',)]
    """
    found: list[list[str]] = []
    for name in sorted(dict.fromkeys(names), key=_fullest):
        known = next((one for one in found if any(same_name(name, other) for other in one)), None)
        if known is None:
            found.append([name])
        else:
            known.append(name)
    return [tuple(one) for one in found]


def _fullest(name: str) -> tuple[int, bool, str]:
    return -len(_parted(name).names), not is_arabic(name), name


def in_full(name: str) -> bool:
    """Whether a name has more than a given name or a kunya.

    >>> in_full("سمير الراوي"), in_full("أبو سمير"), in_full("عبد الرحمن"), in_full("Samir")
    (True, False, False, False)
    """
    return len(_parted(name).names) > 1


def _compared(one: _Parts, other: _Parts) -> SameName:
    if one.kin != other.kin:
        return SameName(0.0, "one is a relative of the other")
    if not one.names or not other.names:
        return _by_kunya(one, other)
    found = _in_order(one.names, other.names)
    if found.score < SAME and one.family_first != other.family_first:
        turned = _in_order(_given_first(one), _given_first(other))
        found = SameName(min(turned.score, 0.9), "the family name stands first in one") if turned else found
    if found and one.kunya and other.kunya and not _equal(one.kunya, other.kunya):
        return SameName(0.3, "another kunya")
    return found


def _given_first(parts: _Parts) -> tuple[str, ...]:
    return (*parts.names[1:], parts.names[0]) if parts.family_first else parts.names


def _by_kunya(one: _Parts, other: _Parts) -> SameName:
    if one.kunya and other.kunya and _equal(one.kunya, other.kunya):
        alone = not one.names and not other.names
        return SameName(0.6 if alone else 0.5, "the same kunya, and no name to compare")
    return SameName(0.0, "no name to compare")


def _in_order(one: Sequence[str], other: Sequence[str]) -> SameName:
    short, long = sorted((one, other), key=len)
    if not _equal(short[0], long[0]):
        return SameName(0.0, "another given name")
    if len(short) == 1:
        return SameName(0.4 if len(long) > 1 else 0.5, "a given name alone")
    if len(short) == len(long):
        return _as_long(short, long)
    if not _is_within(short, long):
        return SameName(0.1, "another family" if not _equal(short[-1], long[-1]) else "another father")
    if _equal(short[-1], long[-1]):
        return SameName(0.9, "names between are left out")
    begins = all(_equal(a, b) for a, b in zip(short, long, strict=False))
    return (
        SameName(0.8 if len(short) > 2 else 0.7, "the family name is left out")
        if begins
        else SameName(0.5, "names between and the family name are left out")
    )


def _as_long(one: Sequence[str], other: Sequence[str]) -> SameName:
    unlike = [at for at in range(len(one)) if not _equal(one[at], other[at])]
    if not unlike:
        return SameName(1.0, "the same names, written otherwise")
    if len(one) == 2 or unlike[-1] == len(one) - 1:
        return SameName(0.1, "another family")
    return SameName(0.1, "another father")


def _is_within(short: Sequence[str], long: Sequence[str]) -> bool:
    at = 0
    for name in long:
        if at < len(short) and _equal(short[at], name):
            at += 1
    return at == len(short)


@lru_cache(maxsize=200_000)
def _equal(one: str, other: str) -> bool:
    """Whether two words are one name: as the table has them, else by their letters, across scripts by their sounds."""
    if one == other:
        return True
    known = _tables().given
    mine, theirs = known.get(one), known.get(other)
    if mine and theirs:
        return bool(mine & theirs)
    if is_arabic(one) and is_arabic(other):
        return _slip(one, other)
    close = alike(one, other) >= _CLOSE
    return close and not (is_arabic(one) == is_arabic(other) and (mine or theirs) and len(one) < 5)


def _slip(one: str, other: str) -> bool:
    """ "قرأية", "قرائيه": one letter otherwise in a long word of Arabic, which writes all but the short vowels."""
    if len(one) == len(other) > 3 and one[:-1] == other[:-1] and {one[-1], other[-1]} == {"ا", "ه"}:
        return True  # "سارا", "سارة"
    if min(len(one), len(other)) < 5 or abs(len(one) - len(other)) > 1:
        return False
    first = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    rest = {(one[first + a :], other[first + b :]) for a, b in ((1, 1), (1, 0), (0, 1))}
    return any(a == b for a, b in rest)


@lru_cache(maxsize=50_000)
def _parted(name: str) -> _Parts:
    tables, kin = _tables(), ""
    owned = _OWNER.match(name.strip())
    if owned and _plain(owned["what"]) in tables.kin:
        name = f"{owned['what']} {owned['who']}"
    name = _ASIDE.sub(lambda found: found.group() if found.start() == 0 else "", name)
    family_first = any(mark in name.strip(" ,،") for mark in ",،")
    words = list(_servants_joined(_WORD.findall(_MARKS.sub("", name))))
    while len(words) > 1 and (words[0] in tables.words["honorific"] or words[0] in tables.kin or words[0] == "of"):
        kin = kin or tables.kin.get(words[0], "")
        words = words[1:]
    kunya, names = _without_kunya([word for word in words[:-1] if word not in _ARTICLES] + words[-1:])
    return _Parts(kin, kunya, names, family_first)


def _servants_joined(words: Sequence[str]) -> Iterator[str]:
    """Words in their plain form, "عبد الرحمن" and "Abd al-Rahman" as one; "عبد محمد" is a son of Muhammad."""
    at, heads = 0, _tables().words["head"]
    while at < len(words):
        word, rest = _plain(words[at]), words[at + 1 :]
        length = 1 + (len(rest) > 1 and rest[0].casefold() in _ARTICLES)
        tied = rest and (rest[0].startswith("ال") or length == 2 or word in _TIED)
        if word in heads and tied:
            yield _servant(word + _plain(rest[length - 1]))
            at += length
        else:
            yield word
        at += 1


def _without_kunya(words: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """The kunya that opens or ends a name, and its names; inside, "Abu" begins the name of a family."""
    tables, names, kunya, at = _tables().words, list[str](), "", 0
    while at < len(words):
        word, following = words[at], words[at + 1] if at + 1 < len(words) else ""
        if word in tables["kunya"] and following:
            if not names or (len(names) > 2 and at + 2 == len(words)):
                kunya = following
            else:
                names.append(f"{word}{following}")
            at += 2
        else:
            if word in tables["tail"] and names:
                names[-1] += word
            elif word not in tables["parent"] and not (word in tables["honorific"] and following):
                names.append(_servant(word))
            at += 1
    return kunya, tuple(names)


def _servant(name: str) -> str:
    """ "عبد الرحمن", "عبدالرحمن", "Abdurrahman": names of a servant of God, without the article inside.

    >>> _servant("عبدالرحمن"), _servant("abdurrahman"), _servant("abdelrahman"), _servant("abdo")
    ('عبدرحمن', 'abdrahman', 'abdrahman', 'abdo')
    """
    if name.endswith("الدين") and len(name) > 6:
        return name[:-5] + "دين"
    if name.startswith("عبد") and len(name) > 5:
        rest = name[3:]
        return "عبد" + (rest[2:] if rest.startswith("ال") else rest)
    found = _SERVANT.match(name)
    return f"abd{found['rest']}" if found else name


@lru_cache(maxsize=100_000)
def _plain(word: str) -> str:
    """A word in small letters without marks and without the Arabic article."""
    if is_arabic(word):
        letters = _MARKS.sub("", unicodedata.normalize("NFKC", word)).translate(_LETTERS)
        return letters[2:] if letters.startswith("ال") and len(letters) > 4 and letters != "الله" else letters
    letters = unicodedata.normalize("NFKD", _MARKS.sub("", word)).casefold()
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def latin_name(name: str) -> str:
    """A name in Arabic letters as English news mostly spells it; "" where any part of it is in no list.

    >>> latin_name("عبد الرحمن الأحمد"), latin_name("نور الدين أبو بكر"), latin_name("Samir"), latin_name("زكور لبلوب")
    ('Abdulrahman Al-Ahmad', 'Nouraldin Abu Bakr', '', '')
    """
    listed, small, words, out = _tables().latin, _tables().small, name.split(), list[str]()
    at = 0
    while at < len(words):
        if words[at] in small and at + 1 < len(words):
            out.append(small[words[at]])
            at += 1
            continue
        two = "".join(_servants_joined(words[at : at + 2]))
        length = 2 if at + 1 < len(words) and two in listed and (two not in map(_plain, words[at : at + 2])) else 1
        spelled = listed.get(two if length == 2 else _servant(_plain(words[at])))
        if spelled is None or not is_arabic(words[at]):
            return ""
        article = length == 1 and words[at].startswith("ال") and len(words[at]) > 4
        out.append(("Al-" if article else "") + spelled.capitalize())
        at += length
    return " ".join(out)
