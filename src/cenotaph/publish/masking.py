"""Where a protected person's name stands in words that go out, and what stands there instead."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from urllib.parse import unquote

from cenotaph.vocabulary import Claim

PROTECTED = "[protected]"

_LETTERS = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_UNSEEN = r"[\u0300-\u036f\u0640\u064b-\u065f\u0670\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]*"
"""What can stand between two letters and changes no name: marks, the stretching sign, signs without width."""
HOLDS_UNSEEN = re.compile(_UNSEEN.removesuffix("*"), re.IGNORECASE)  # as names are looked for, capitals or not
_BEGINS = r"(?<![\w\u0300-\u036f\u064b-\u065f\u0670])"
_PREFIXES = "[وفبلك]"  # "and", "so", "by", "to", "like" are written onto the name
_ALIKE = ("اأإآٱ", "يىئ", "ةه", "وؤ", "كک", "'’‘ʼ", "-‐‑–")
"""Letters that spellings of one name exchange (Arabic as typed with and without hamza and dots)."""
_COMMON = frozenset({"علي"})
"""Names of which another spelling is a word that stands in every other sentence ("على", on): as they are written."""
_PLAIN = str.maketrans({"\u0640": "", **{letter: group[0] for group in _ALIKE for letter in group}})
_WIDTHLESS = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_WORD = re.compile(r"\w+")
_SAME = {letter: f"[{re.escape(group)}]" for group in _ALIKE for letter in group}


@dataclass(frozen=True, slots=True)
class Mask:
    """Puts [protected] where one of the names stands, as a whole word; None hides nothing.

    Capitals, marks, line ends and the spellings of Arabic letters make no other name of it. `parts` are the longest
    first, `starts` leads from a first word to its parts, `others` holds the rest of each part's words: a text without
    them holds no such part. What `then` hides is hidden as well.

    >>> Mask.of(["Sami Example"])("Sami Example saw it; Example counted 12.")
    '[protected] saw it; [protected] counted 12.'
    """

    parts: tuple[str, ...] | None
    starts: Mapping[str, Sequence[int]] = field(default_factory=dict, repr=False)
    others: Sequence[frozenset[str]] = field(default=(), repr=False)
    then: Mask | None = None

    @classmethod
    def of(cls, names: Iterable[str], descriptions: Iterable[str] = ()) -> Mask:
        """Of names, each also by its single words, and of descriptions ("a resident of ..."), as a whole only."""
        hidden = {part.strip() for name in names for part in (name, *_name_words(name))}
        hidden |= {words.strip() for words in descriptions if " " in words.strip()}
        parts = tuple(sorted(hidden - {""}, key=lambda part: (-len(part), part)))
        starts: dict[str, list[int]] = {}
        words = [_folded(_bare(part)) for part in parts]
        for at, mine in enumerate(words):
            for word in mine[:1]:
                starts.setdefault(word, []).append(at)
        return cls(parts, starts, tuple(frozenset(mine[1:]) for mine in words))

    def also(self, descriptions: Iterable[str]) -> Mask:
        """This mask, and before it one of descriptions."""
        more = Mask.of((), descriptions)
        return replace(more, then=self) if more.parts else self

    @property
    def hides(self) -> bool:
        return bool(self.parts) or (self.then is not None and self.then.hides)

    def __call__(self, text: str) -> str:
        pattern = self._pattern(text)
        shown = text if pattern is None else pattern.sub(PROTECTED, text)
        return self.then(shown) if self.then is not None else shown

    def address(self, url: str) -> str:
        """An address or the name of a file that spells a protected name is left out whole: half of it leads there."""
        spelled = re.sub(r"[-_+/.?=&]", " ", unquote(url))
        return url if self(spelled) == spelled else PROTECTED

    def _pattern(self, text: str) -> re.Pattern[str] | None:
        """Of the few parts whose first word is in the text at all; where signs of no width stand in it, of all."""
        if not self.parts:
            return None
        plain = text.isascii()
        if not plain and _WIDTHLESS.search(text):
            return _any_of(self.parts)
        there = set(_folded(text))
        begun = there if plain else {one for word in there for one in _unprefixed(word)}
        met = {at for one in self.starts.keys() & begun for at in self.starts[one]}
        met = {at for at in met if self.others[at] <= there}
        if not met:
            return None
        between = _UNSEEN if not plain and HOLDS_UNSEEN.search(text) else ""
        return _any_of(tuple(self.parts[at] for at in sorted(met)), between)


@lru_cache(maxsize=4096)
def _any_of(parts: tuple[str, ...], between: str = _UNSEEN) -> re.Pattern[str]:
    """With "" between letters for a text that holds no unseen sign: the same is found, and the pattern is made in a
    tenth of the time.
    """
    names = "|".join(_spelled(part, between) for part in parts)
    return re.compile(rf"{_BEGINS}(?:{_PREFIXES}{between}){{0,2}}(?:{names})(?!{between}\w)", re.IGNORECASE)


def _folded(text: str) -> list[str]:
    """The words of a text in one spelling: coarser than the pattern of any name."""
    small = text.casefold()
    if not small.isascii():
        plain = unicodedata.normalize("NFD", small).translate(_PLAIN)
        small = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return _WORD.findall(small)


def _unprefixed(word: str) -> Iterable[str]:
    """The word, and what is left of it without the one or two letters that Arabic writes onto it."""
    yield word
    if word[0] in "وفبلك":
        yield word[1:]
        if word[1:2] and word[1] in "وفبلك":
            yield word[2:]


def _spelled(name: str, between: str) -> str:
    """The pattern of a name in any of its spellings: letters with their marks, words apart by any space."""
    words = unicodedata.normalize("NFC", name).split()
    return r"\s+".join(between.join([*_letters(_bare(word)), ""]) for word in words)


def _letters(word: str) -> list[str]:
    """Each letter with those it is exchanged with."""
    return [re.escape(sign) for sign in word] if word in _COMMON else [_letter(sign) for sign in word]


def _bare(word: str) -> str:
    """Without Arabic marks and signs of no width, which the text may have or not."""
    return re.sub(_UNSEEN.replace(r"\u0300-\u036f", ""), "", word)


@lru_cache(maxsize=1024)
def _letter(sign: str) -> str:
    """A letter, or the plain one below its mark: "José" is written "Jose" as well."""
    if sign in _SAME:
        return _SAME[sign]
    plain = unicodedata.normalize("NFD", sign)[0]
    return re.escape(sign) if plain == sign else f"[{re.escape(sign)}{re.escape(plain)}]"


def _name_words(name: str) -> list[str]:
    """The single words of a name that can stand for it: capitalised, or of a script that has no capitals."""
    return [word for word in _LETTERS.findall(name) if len(word) > 2 and not word[0].islower()]


def is_name(words: str) -> bool:
    """Whether words hold a name at all; "a resident" does not."""
    return bool(_name_words(words))


def described_in(claims: Iterable[Claim]) -> dict[str, set[str]]:
    """By report, the words for its protected voices."""
    described: dict[str, set[str]] = {}
    for claim in claims:
        if names := [one.name for one in claim.voices if one.protected]:
            described.setdefault(claim.report, set()).update(names)
    return described


def named(claim: Claim) -> Iterable[str]:
    """The names of those who are protected without a decision: private voices, the living and children."""
    for voice in claim.voices:
        if voice.protected:
            yield from (voice.canonical,) if voice.anonymous else (voice.name, voice.canonical)
    if claim.harm.codes != ("killed",) or claim.group.age == "child":
        yield from claim.group.names  # dead adults are not protected by default
