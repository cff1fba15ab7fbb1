"""Where a protected person's name stands in words that go out, and what stands there instead."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import pairwise, zip_longest
from urllib.parse import unquote

from cenotaph.vocabulary import Claim

PROTECTED = "[protected]"
"""What stands for a name in everything that goes out."""

_LETTERS = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_NO_WIDTH = r"\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff"
_MARKS = r"\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc"
_UNSEEN = rf"[{_MARKS}\u0640{_NO_WIDTH}]*"
"""What can stand between two letters and changes no name: marks, the stretching sign, signs without width."""
HOLDS_UNSEEN = re.compile(_UNSEEN.removesuffix("*"), re.IGNORECASE)  # as names are looked for, capitals or not
_SMALL, _LARGE = "a-zß-öø-ÿ", "A-ZÀ-ÖØ-Þ"
_INNER = rf"(?-i:(?<=[{_SMALL}])(?=[{_LARGE}]))"
"""Where a capital in the middle begins another word, as in the names of files and people online (SawItMyself)."""
_BEGINS = rf"(?:(?<![^\W\d_])(?<![{_MARKS}])|{_INNER})"
"""No letter before it: a digit or a line below (report_2) ends a word as a space does."""
_PREFIXES = "[وفبلك]"  # "and", "so", "by", "to", "like" are written onto the name
_ALIKE = ("اأإآٱ", "يىئ", "ةه", "وؤ", "كک", "'’‘ʼ", "-‐‑–")
"""Letters that spellings of one name exchange (Arabic as typed with and without hamza and dots)."""
_COMMON = frozenset({"علي"})
"""Names of which another spelling is a word that stands in every other sentence ("على", on): as they are written."""
_PLAIN = str.maketrans({"\u0640": "", **{letter: group[0] for group in _ALIKE for letter in group}})
_WIDTHLESS = re.compile(f"[{_NO_WIDTH}]")
_PARTED = re.compile(r"-[ \t]*\r?\n[ \t]*")
_AT_LINE_END = f"(?:{_PARTED.pattern})?"
"""A word that is parted at the end of a line, as in print."""
_CAPITAL_INSIDE = re.compile(rf"([{_SMALL}])([{_LARGE}])")
_WORD, _PLAIN_WORD = re.compile(r"[^\W\d_]+|\d+"), re.compile("[a-z]+|[0-9]+")
_ENCODED, _UNSPACED = re.compile("%[0-9a-f]{2}", re.IGNORECASE), re.compile(r"[^\s\"'<>]+")
"""An address as it is sent, whose letters are numbers."""
_BETWEEN_WORDS = re.compile(r"[-_+/.?=&@:;,()~!#|\\]")
"""What parts the words in addresses and names of files."""
_HALVES = frozenset({"عبد", "أبو", "ابو", "أبي", "ابي", "أبا", "ابا", "أم", "ام", "abd", "abdul", "abu", "umm", "um"})
"""First halves of a name that are written as a word of their own or onto the next, as people like."""
_LONG = 6
"""Letters from which a name of several words that is written as one is nobody else's word."""
_TIMES_ENCODED = 3
_ARABIC = re.compile("[\u0621-\u064a\u0671-\u06d3]")
_FAMILY = 4
"""Letters from which a family's name is looked for with and without its article, and in the plural. Our choice: what is
shorter mostly is another word then ("الدين" and "دين").
"""
_A_WORD = re.compile(r"\S+")
_NEAR = 120
"""Letters from a place within which something hidden that reaches over its edge begins or ends."""
_SAME = {letter: f"[{re.escape(group)}]" for group in _ALIKE for letter in group}


@dataclass(frozen=True, slots=True)
class Mask:
    """Puts [protected] where one of the names stands, as a whole word; None hides nothing.

    Capitals, marks, line ends and the spellings of Arabic letters make no other name of it, nor does writing it as one
    word, as an address does, or giving a family's name its article or its plural. `parts` are the longest first,
    `starts` leads from a first word to its parts, `others` holds the rest of each part's words: a text without them
    holds no such part, unless it has one of several words as one word (`joined`). What `then` hides is hidden as well.
    `word` is what it puts.

    >>> Mask.of(["Sami Example"])("Sami Example saw it; Example counted 12.")
    '[protected] saw it; [protected] counted 12.'
    """

    parts: tuple[str, ...] | None
    starts: Mapping[str, Sequence[int]] = field(default_factory=dict, repr=False)
    others: Sequence[frozenset[str]] = field(default=(), repr=False)
    joined: Mapping[str, Sequence[int]] = field(default_factory=dict, repr=False)
    then: Mask | None = None
    word: str = PROTECTED

    @classmethod
    def of(cls, names: Iterable[str], descriptions: Iterable[str] = ()) -> Mask:
        """Of names, each also by its single words, and of descriptions ("a resident of ..."), as a whole only."""
        hidden = {part.strip() for name in names for part in (name, *_name_words(name), *_written_otherwise(name))}
        hidden |= {words.strip() for words in descriptions if " " in words.strip()}
        parts = tuple(sorted(hidden - {""}, key=lambda part: (-len(part), part)))
        starts, joined = dict[str, list[int]](), dict[str, list[int]]()
        words = [_folded(_bare(part)) for part in parts]
        for at, mine in enumerate(words):
            for word in mine[:1]:
                starts.setdefault(word, []).append(at)
            if len(mine) > 1:
                joined.setdefault("".join(mine), []).append(at)
        return cls(parts, starts, tuple(frozenset(mine[1:]) for mine in words), joined)

    def also(self, descriptions: Iterable[str]) -> Mask:
        """This mask, and before it one of descriptions."""
        more = Mask.of((), descriptions)
        return replace(more, then=self, word=self.word) if more.parts else self

    def saying(self, word: str) -> Mask:
        """The same with another word for each name, as a page in another language has it.

        >>> Mask.of(["Sami Example"]).saying("[محمي]")("Sami Example saw [protected].")
        '[محمي] saw [protected].'
        """
        if word == self.word:
            return self
        return replace(self, word=word, then=self.then and self.then.saying(word))

    @property
    def hides(self) -> bool:
        return bool(self.parts) or (self.then is not None and self.then.hides)

    def __call__(self, text: str) -> str:
        shown = self._plainly(text)
        return _UNSPACED.sub(self._read, shown) if self.hides and _ENCODED.search(shown) else shown

    def _read(self, found: re.Match[str]) -> str:
        return self.address(found[0]) if _ENCODED.search(found[0]) else found[0]

    def address(self, url: str) -> str:
        """An address or the name of a file that spells a protected name is left out whole: half of it leads there."""
        told = _decoded(url)
        ways = (told, _BETWEEN_WORDS.sub(" ", told))
        return url if all(self._plainly(spelled) == spelled for spelled in ways) else self.word

    def _plainly(self, text: str) -> str:
        """Of letters as they are read."""
        pattern = self._pattern(text)
        shown = text if pattern is None else pattern.sub(self.word, text)
        return self.then._plainly(shown) if self.then is not None else shown

    def _pattern(self, text: str) -> re.Pattern[str] | None:
        """Of the few parts whose words are in the text at all, however it parts them."""
        if not self.parts:
            return None
        plain = text.isascii()
        there = set(_folded(text))
        joined = text if plain else _WIDTHLESS.sub("", text)
        parted = _PARTED.search(joined)
        joined = _PARTED.sub("", joined) if parted else joined
        if joined != text:
            there.update(_folded(joined))
        if _CAPITAL_INSIDE.search(joined):
            there.update(_folded(_CAPITAL_INSIDE.sub(r"\1 \2", joined)))
        begun = there if plain else {one for word in there for one in _unprefixed(word)}
        met = {at for one in self.starts.keys() & begun for at in self.starts[one]}
        met = {at for at in met if self.others[at] <= there}
        met |= {at for one in self.joined.keys() & begun for at in self.joined[one]}
        if not met:
            return None
        between = _UNSEEN if not plain and HOLDS_UNSEEN.search(text) else ""
        between += _AT_LINE_END if parted else ""
        return _any_of(tuple(self.parts[at] for at in sorted(met)), between)


@lru_cache(maxsize=4096)
def _any_of(parts: tuple[str, ...], between: str = _UNSEEN) -> re.Pattern[str]:
    """With "" between letters for a text that holds no unseen sign: the same is found, and the pattern is made in a
    tenth of the time.
    """
    unseen = between.removesuffix(_AT_LINE_END)  # a word that ends at a line's end is whole
    names = "|".join(_spelled(part, between) + unseen for part in parts)
    ends = rf"(?:(?!{unseen}[^\W\d_])|{_INNER})"
    return re.compile(rf"{_BEGINS}(?:{_PREFIXES}{unseen}){{0,2}}(?:{names}){ends}", re.IGNORECASE)


def _folded(text: str) -> list[str]:
    """The words of a text in one spelling: coarser than the pattern of any name."""
    small = text.casefold()
    if small.isascii():
        return _PLAIN_WORD.findall(small)  # in half the time
    plain = unicodedata.normalize("NFD", small).translate(_PLAIN)
    return _WORD.findall("".join(sign for sign in plain if not unicodedata.combining(sign)))


def _unprefixed(word: str) -> Iterable[str]:
    """The word, and what is left of it without the one or two letters that Arabic writes onto it."""
    yield word
    if word[0] in "وفبلك":
        yield word[1:]
        if word[1:2] and word[1] in "وفبلك":
            yield word[2:]


def _spelled(name: str, between: str) -> str:
    """The pattern of a name in any of its spellings: letters with their marks, words apart by any space or by none."""
    words = unicodedata.normalize("NFC", name).split()
    gap = between + (r"[\s_]*" if sum(map(len, words)) >= _LONG else r"[\s_]+")
    spelled = gap.join(between.join(_letters(_bare(word))) for word in words)
    before, after = (r"(?<!\d)" if name[0].isdigit() else ""), (r"(?!\d)" if name[-1].isdigit() else "")
    return f"{before}{spelled}{after}"  # a digit ends no number


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


def _written_otherwise(name: str) -> Iterable[str]:
    """What else a name is written as: its halves together or apart, and its family's name in other forms.

    >>> sorted(_written_otherwise("Abu Sami Placeholder")), sorted(_written_otherwise("عبدالسلام المثالي"))
    (['Abu Sami', 'Placeholders'], ['عبد السلام', 'مثالي'])
    """
    words = name.split()
    for one, other in pairwise(words):
        yield from (f"{one} {other}",) if one.casefold() in _HALVES else ()
    yield from (f"{word[:3]} {word[3:]}" for word in words if word.startswith("عبدال") and len(word) > len("عبدال") + 1)
    if len(words) > 1 and is_name(name):
        yield from _of_family(words[-1])


def _of_family(word: str) -> Iterable[str]:
    """The name of a family with its article in Arabic or without it, or in the plural ("the Placeholders")."""
    bare = word.removeprefix("ال")
    if len(bare) < _FAMILY or not word.isalpha():
        return
    if _ARABIC.match(word):
        yield bare if bare != word else f"ال{word}"
    elif word[0].isupper():
        yield f"{word}es" if word.endswith(("s", "x", "z", "ch", "sh")) else f"{word}s"


def _decoded(address: str) -> str:
    """An address as people read it, however often its letters were turned into numbers."""
    for _ in range(_TIMES_ENCODED):
        told = unquote(address)
        if told == address:
            break
        address = told
    return address


def is_name(words: str) -> bool:
    """Whether words hold a name at all; "a resident" does not."""
    return bool(_name_words(words))


def in_three(text: str, first: int, last: int, mask: Callable[[str], str]) -> tuple[str, str, str]:
    """What stands before a place in a text, there, and behind it, as it may be shown.

    What is hidden and reaches over an edge is taken in whole, for half of it would not be known.

    >>> mask = Mask.of((), ["a father of four"])
    >>> in_three("She is a father of four children", 19, 23, mask), in_three("a father of four: 12", 18, 20, mask)
    (('She is ', '[protected]', ' children'), ('[protected]: ', '12', ''))
    """
    whole = mask(text)
    before = [found.start() for found in _A_WORD.finditer(text, max(0, first - _NEAR), first)][::-1]
    behind = [found.end() for found in _A_WORD.finditer(text, last, last + _NEAR)]
    wider = (edges for reach in zip_longest(before, behind) for edges in _wider(first, last, *reach))
    for start, end in ((first, last), *wider) if whole != text else ((first, last),):
        parts = mask(text[:start]), mask(text[start:end]), mask(text[end:])
        if "".join(parts) == whole:
            return parts
    return "", whole, ""


def _wider(first: int, last: int, start: int | None, end: int | None) -> Iterable[tuple[int, int]]:
    """A place with some words more before it, behind it, or both."""
    if start is not None:
        yield start, last
    if end is not None:
        yield first, end
    if start is not None and end is not None:
        yield start, end


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
