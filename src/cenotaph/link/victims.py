"""Victims' names as linking compares them: in either script, with names left out between, as `same_name` has it.

That two names can be of one person is for `same_name` to say; it is only asked where two words of both names sound so
alike that it can say yes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import combinations

from cenotaph.plain.romanised import skeleton, words
from cenotaph.plain.same_name import in_full, same_name

__all__ = ["common", "sound_keys", "victims"]

_SERVANT = "bt"
"""How "abd" sounds at the beginning of a name, in the rough classes of romanised.skeleton."""

_MOST_WORDS = 8
"""Words of a name that are looked at: given name, father, grandfather, family and what stands around them."""


def victims(names: Iterable[str]) -> frozenset[str]:
    """Names by which a person can be met again; a given name or a kunya alone ("Ahmad") is that of too many.

    >>> sorted(victims(["Salim Abdul Karim", "Salim", "سليم عبد الكريم"]))
    ['Salim Abdul Karim', 'سليم عبد الكريم']
    """
    return frozenset(name for name in names if in_full(name))


@lru_cache(maxsize=65_536)
def sound_keys(name: str) -> frozenset[tuple[str, str]]:
    """Each two words of a name as they roughly sound: names of one person have such a pair in common.

    >>> sound_keys("Huda al-Rawi") == sound_keys("هدى الراوي"), sound_keys("Huda")
    (True, frozenset())
    >>> sound_keys("Salim Abdurrahman").isdisjoint(sound_keys("سليم سعيد عبد الرحمن"))
    False
    """
    heard = [tuple(_heard(word)) for word in words(name)[:_MOST_WORDS]]
    return frozenset(
        (min(one, other), max(one, other))
        for mine, theirs in combinations(heard, 2)
        for one in mine
        for other in theirs
    )


def _heard(word: str) -> Iterator[str]:
    """A word, and what is left of it without "Abd" and "Abdul", which is written onto a name or apart from it."""
    heard = skeleton(word)
    yield heard
    if heard.startswith(_SERVANT) and len(heard) > len(_SERVANT):
        rest = heard[len(_SERVANT) :]
        yield rest
        yield from (rest[1:],) if rest[0] == "l" and len(rest) > 1 else ()


def common(mine: frozenset[str], theirs: frozenset[str]) -> int:
    """How many of the names of one record can be of persons whom the other names too; the same from either side.

    >>> common(victims(["Huda al-Rawi", "Samir Halabi"]), victims(["هدى خالد الراوي"]))
    1
    """
    if not mine or not theirs:
        return 0
    few, many = sorted((mine, theirs), key=len)
    known = _by_key(many)
    met = [(name, other) for name in few for other in _met(name, known) if same_name(name, other)]
    return min(len({name for name, _ in met}), len({other for _, other in met}))


def _met(name: str, known: Mapping[tuple[str, str], tuple[str, ...]]) -> frozenset[str]:
    return frozenset(other for key in sound_keys(name) for other in known.get(key, ()))


@lru_cache(maxsize=8_192)
def _by_key(names: frozenset[str]) -> Mapping[tuple[str, str], tuple[str, ...]]:
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for name in names:
        for key in sound_keys(name):
            found[key].append(name)
    return {key: tuple(listed) for key, listed in found.items()}
