"""Forms of one word that no stemmer brings together: shahid and shuhada, child and children, labour and labor.

The words are data (codes/word_forms.toml). What is in a family is a form of nothing outside of it, so that a stem which
two words share makes no one word of them (several, severe; madani, a civilian, and mudun, cities).
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import product

from cenotaph.desk.spelling import bare
from cenotaph.plain.romanised import is_arabic

__all__ = ["family", "joined", "listed", "respelled", "together"]

LEAST = 3
"""Letters that are left of an Arabic word when "and", "by", "to" are taken off it without the article."""
LEAST_SPELLED = 6


@dataclass(frozen=True)
class _Tables:
    """`families` are forms without what Arabic writes onto them, each with which sort of word it is; `of` leads from a
    form to its families.
    """

    families: Sequence[tuple[str, frozenset[str]]]
    of: Mapping[str, tuple[int, ...]]
    before: Mapping[str, Sequence[str]]
    longer: Sequence[str]  # all of these, the shortest first
    spelled: Sequence[tuple[str, str]]
    inside: Sequence[tuple[str, str]]
    joined: Mapping[str, str]


@cache
def _tables() -> _Tables:
    table = tomllib.loads(files("cenotaph").joinpath("codes", "word_forms.toml").read_text("utf-8"))
    english, arabic = table["en"], table["ar"]
    lists = [_lines(english[name]) for name in ("nouns", "verbs", "apart")]
    found = [("", frozenset(map(bare, [head, *rest]))) for some in lists for head, rest in some.items()]
    nouns, verbs = _lines(arabic["nouns"]), _lines(arabic["verbs"])
    found += [("noun", frozenset(_of_noun(head, rest, arabic["behind"]))) for head, rest in nouns.items()]
    found += [("verb", frozenset(_of_verb(past, now, arabic["persons"]))) for past, now in verbs.items()]
    found += [("verb", frozenset(map(bare, [head, *rest]))) for head, rest in _lines(arabic["written"]).items()]
    of: dict[str, tuple[int, ...]] = {}
    for at, (_, forms) in enumerate(found):
        for form in forms:
            of[form] = (*of.get(form, ()), at)
    before = {sort: arabic["before"][sort] for sort in ("noun", "verb")} | {"": [""]}
    both = [_pairs(_lines(english[name])) for name in ("spelled", "spelled_inside")]
    longer = sorted({one for some in before.values() for one in some if one}, key=lambda one: (len(one), one))
    return _Tables(found, of, before, longer, both[0], both[1], _lines(english["joined"]))


def _lines(table: Mapping[str, object]) -> dict[str, str]:
    return {key: value for key, value in table.items() if key != "source"}  # type: ignore[misc]


def _pairs(table: Mapping[str, str]) -> list[tuple[str, str]]:
    """Either way round, the longest first."""
    both = [*table.items(), *((other, one) for one, other in table.items())]
    return sorted(both, key=lambda pair: -len(pair[0]))


# --- Arabic endings ---------------------------------------------------------------------------------------------------


def _of_noun(head: str, rest: Iterable[str], behind: Mapping[str, Sequence[str]]) -> Iterator[str]:
    for word in (head, *rest):
        single = word in (head, f"{head}ة")
        endings = [*behind["every"], *(behind["one"] if single else ())]
        plain = bare(word)
        if word.endswith("ة"):
            yield plain
            yield from (plain[:-1] + "ت" + ending for ending in endings if ending)
            yield from (plain[:-1] + ending for ending in behind["feminine"] if single)
            continue
        yield from (base + ending for base in _before_ending(word, plain) for ending in endings if ending)
        yield from (plain + ending for ending in ("", *behind["masculine"]))


def _before_ending(word: str, plain: str) -> tuple[str, ...]:
    """How a word is written where an ending follows: its last hamza on a letter of its own, its last alif as such."""
    if word.endswith("ء"):
        return plain, f"{plain}و", f"{plain}ي"
    return (f"{plain[:-1]}ا", f"{plain[:-1]}ي") if word.endswith("ى") else (plain,)


def _of_verb(past: str, now: str, persons: Mapping[str, Sequence[str]]) -> Iterator[str]:
    was, is_ = bare(past), bare(now)[1:]
    told = [was + ending for ending in persons["past"]]
    told += [before + is_ + ending for before, ending in product(persons["present_before"], persons["present"])]
    for form, whom in product(told, persons["object"]):
        yield (form[:-1] if whom and form.endswith("وا") else form) + whom


# --- what is asked ----------------------------------------------------------------------------------------------------


@lru_cache(maxsize=20_000)
def _of(word: str) -> tuple[int, ...]:
    """The families of a bare word: as it stands, else without the least that Arabic may have written onto it."""
    table = _tables()
    found = table.of.get(word, ())
    if found or not is_arabic(word):
        return found
    for before in table.longer:
        rest = word[len(before) :]
        if word.startswith(before) and (len(rest) >= LEAST or before.endswith(("ال", "لل"))):
            some = table.of.get(rest, ())
            found = tuple(at for at in some if before in table.before[table.families[at][0]])
            if found:
                return found
    return ()


@lru_cache(maxsize=500)
def family(word: str) -> frozenset[str]:
    """All that a bare word can be written as, with what Arabic writes onto it; empty for one that is in no family.

    >>> "اطفال" in family("طفل"), "قتلاهم" in family("قتيل"), "شهد" in family("شهيد"), family("severe") & {"several"}
    (True, True, False, frozenset())
    """
    table = _tables()
    some = [table.families[at] for at in _of(word)]
    return frozenset(before + form for sort, forms in some for before in table.before[sort] for form in forms)


def listed(word: str) -> bool:
    """Whether a bare word is in a family."""
    return bool(_of(word))


def respelled(word: str) -> str:
    """A bare English word as it is spelled on the other side of the Atlantic; "" where there is no difference.

    >>> respelled("neighbourhood"), respelled("organization"), respelled("killed")
    ('neighborhood', 'organisation', '')
    """
    for one, other in _tables().spelled:
        if word.startswith(one):
            return other + word[len(one) :]
    for one, other in _tables().inside if len(word) >= LEAST_SPELLED else ():
        if one in word[3:]:
            at = word.rindex(one)
            return word[:at] + other + word[at + len(one) :]
    return ""


@lru_cache(maxsize=5_000)
def joined(word: str) -> tuple[str, ...]:
    """A word that is written as two words as well, as those.

    >>> joined("airstrikes"), joined("strike")
    (('air strike', 'air strikes'), ())
    """
    known = _tables().joined
    two = known.get(word) or known.get(word.removesuffix("s"), "")
    return (two, f"{two}s") if two else ()


def together(first: str, second: str) -> str:
    """The one word that two words can be written as, "" for none.

    >>> together("cease", "fire"), together("air", "strikes"), together("air", "force")
    ('ceasefire', 'airstrikes', '')
    """
    whole = first + second
    return whole if f"{first} {second}" in joined(whole) else ""
