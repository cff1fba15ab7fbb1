"""A place as people write it, taken apart: "a school in Kafr Tal, near Idlib" names a school, a village and a town.

Which words say what kind of place a name is, or that one place is beside another, is data: codes/place_words.toml.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from cenotaph.plain.romanised import skeleton_of, sounds, words

Words = tuple[str, ...]

_KINDS = ("place", "inside", "around", "below", "district", "governorate", "site")
_OFFICES = ("governorate", "district", "below")
_MOST_WORDS = 40  # of one phrase; what comes after is no name of a place


@dataclass(frozen=True, slots=True)
class Spelled:
    """A name as it sounds: `heard` in full, `bones` its consonants, `tells` the words that tell it from namesakes."""

    heard: str
    bones: str
    tells: frozenset[str]


@dataclass(frozen=True, slots=True)
class Part:
    """One name within a phrase.

    `names` are its words: as written, then without those that say what kind of place it is. `kind` is what those say
    ("place", "inside" a town, "around" one, "district", "governorate", "site" ...), "" for nothing. `beside` says that
    what is meant is near it, not in it; `first` that it is what is asked for, not where that lies.
    """

    names: tuple[Words, ...]
    kind: str = ""
    beside: bool = False
    first: bool = False


@dataclass(frozen=True)
class PlaceWords:
    """The tables of codes/place_words.toml, their words as names are taken apart into them."""

    families: Mapping[str, str]  # spelling -> the word it is one of
    qualifiers: frozenset[str]
    kinds: Mapping[str, str]  # word -> kind
    beside: Mapping[str, Sequence[Words]]  # first word -> the phrases that begin with it
    signs: re.Pattern[str]
    inside: frozenset[Words]
    lists: frozenset[str]
    small: frozenset[str]
    seats: Mapping[tuple[str, str], str]  # country and bones of a district -> its town

    def spelled(self, name: Sequence[str]) -> Spelled:
        """The sounds of a name, the spellings of one family counted as one."""
        return _spelled(tuple(name), self)


@cache
def place_words() -> PlaceWords:
    """Read once. Raises KeyError or TOMLDecodeError for a file that is broken."""
    table = tomllib.loads(files("cenotaph").joinpath("codes", "place_words.toml").read_text("utf-8"))
    between = table["between"]
    phrases = [words(phrase) for phrase in table["beside"]["words"]]
    heads = {phrase[0] for phrase in phrases}
    return PlaceWords(
        families=_families(table["families"]),
        qualifiers=frozenset(table["qualifiers"]["words"]),
        kinds={part: kind for kind in _KINDS for word in table["kinds"][kind] for part in words(word)},
        beside={head: sorted((one for one in phrases if one[0] == head), key=lambda one: -len(one)) for head in heads},
        signs=re.compile("|".join(re.escape(sign) for sign in between["signs"])),
        inside=frozenset(filter(None, map(words, between["inside"]))),
        lists=frozenset(between["lists"]),
        small=frozenset(between["small"]),
        seats={
            (one["country"], skeleton_of(sounds(name))): one["town"]
            for one in table["seat"]
            for name in one["district"]
        },
    )


def _families(table: Mapping[str, Sequence[str] | str]) -> dict[str, str]:
    return {
        part: head
        for head, spellings in table.items()
        if not isinstance(spellings, str)
        for spelling in spellings
        for part in words(spelling)
    }


def _spelled(name: Words, known: PlaceWords) -> Spelled:
    heads = [known.families.get(word, word) for word in name]
    tells = frozenset(head for head in heads if head in known.qualifiers)
    heard = sounds(" ".join(heads))
    return Spelled(heard, skeleton_of(heard), tells)


# --- a phrase -> its parts --------------------------------------------------------------------------------------------


def parts(phrase: str, known: PlaceWords) -> tuple[Part, ...]:
    """The names in a phrase, what is asked for first, and then what it is said to lie in or near.

    >>> [part.names[-1] for part in parts("Tall Rif'at, northern countryside of Aleppo", place_words())]
    [('tall', 'rifat'), ('aleppo',)]
    >>> [(part.names[-1], part.kind, part.beside) for part in parts("قرية الزهراء جنوب منبج", place_words())]
    [(('زهراء',), 'place', False), (('منبج',), '', True)]
    >>> parts("the village", place_words())
    ()
    """
    found: list[Part] = []
    kind = ""
    for chunk in known.signs.split(phrase):
        for name, beside in _stretches(words(chunk)[:_MOST_WORDS], known):
            part = _part(name, beside, known)
            if part is None:  # "the countryside of ...": what kind it is, before its name
                kind = kind or _kind(name, known)
                continue
            found.append(Part(part.names, part.kind or kind, part.beside, first=not found))
            kind = ""
    return tuple(found)


def _stretches(name: Words, known: PlaceWords) -> Iterator[tuple[Words, bool]]:
    """A chunk cut at "in", "near", "south of" and "and": the words of each stretch, and whether it is only beside."""
    start, beside, at = 0, False, 0
    while at < len(name):
        length, now_beside = _joint(name, at, known)
        if length:
            if at > start:
                yield name[start:at], beside
            beside = now_beside or (beside and at == start)
            start = at = at + length
        else:
            at += 1
    if start < len(name):
        yield name[start:], beside


def _joint(name: Words, at: int, known: PlaceWords) -> tuple[int, bool]:
    """How many words from here join two names, and whether they say that one is beside the other."""
    last = len(name) - 1
    for phrase in known.beside.get(name[at], ()):
        if name[at : at + len(phrase)] == phrase and at + len(phrase) <= last:
            return len(phrase), True
    for phrase in known.inside:
        if name[at : at + len(phrase)] == phrase and at + len(phrase) <= last:
            return len(phrase), False
    return (1, False) if name[at] in known.lists and 0 < at < last else (0, False)


def _part(name: Words, beside: bool, known: PlaceWords) -> Part | None:
    whole = tuple(word for word in name if word not in known.small)
    while whole and whole[-1:] in known.inside:  # "the village of": cut off before its name
        whole = whole[:-1]
    bare = tuple(word for word in whole if word not in known.kinds)
    if not bare or all(known.families.get(word, word) in known.qualifiers for word in bare):
        return None
    office = tuple(word for word in whole if known.kinds.get(word) not in _OFFICES)  # "Rif Dimashq" of its governorate
    return Part(tuple(dict.fromkeys((whole, office, bare))), _kind(whole, known), beside)


def listed_names(name: str) -> tuple[str, ...]:
    """The names in a listed name, without words such as "village", which only say what sort of place it is.

    A list gives other names after a stroke or in brackets. Words for buildings stay: a "glass factory" is no "glass".

    >>> listed_names("Al Zahra town"), listed_names("Tall Zaytun/Girzaytun village"), listed_names("Glass factory")
    (('Al Zahra',), ('Tall Zaytun', 'Girzaytun'), ('Glass factory',))
    >>> listed_names("village")
    ('village',)
    """
    found = [_unsorted(part) for part in _ALTERNATIVES.split(name)]
    return tuple(dict.fromkeys(part for part in found if part)) or (name,)


_ALTERNATIVES = re.compile(r"[/()]")
_SORTS = ("place", "inside", "below")


def _unsorted(name: str) -> str:
    kinds = place_words().kinds
    kept = [word for word in name.split() if kinds.get("".join(words(word)), "") not in _SORTS]
    return " ".join(kept)


def _kind(name: Words, known: PlaceWords) -> str:
    return next((known.kinds[word] for word in name if word in known.kinds), "")
