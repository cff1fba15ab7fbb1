"""Sentences that the stages make, in the language of the interface.

What is unclear, a verdict, a refusal, the rule that filled a field: the stages say these in English, they are kept so,
and ids are made of them. `languages/said/*.toml` gives for every shape of them the shape in another language; a line is
matched back to its shape, exactly, and what stood in its slots is told anew. A slot says in its name what it holds:

    "{low:count} is below {high:count}, which ..." = "..."

`count`, `n`, `day` and the codes are told as that language tells them, `said` is a sentence again, and a slot without
a kind holds words of others, which stay as they are and turn no line around. A line of no known shape stays English and
is marked so. `tests/web/test_said.py` goes through the sources and fails for a sentence that has no other language.
English has no list of its own: a shape's English is the shape itself, its days and figures as English pages write them.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import Any

from markupsafe import Markup, escape

from cenotaph.web.marking import direction
from cenotaph.web.slots import ANEW, ANY, END, KINDS, LTR, WORDS, split, whole
from cenotaph.web.texts import LANGUAGES, Texts, texts

__all__ = [
    "Shape", "html_of", "in_parts", "in_words", "marked", "parted", "plain", "shape_of", "shapes", "slots_of",
    "titled",
]  # fmt: skip

LONGEST = 4_000
"""Letters of a line that is looked at; a longer one holds a whole message of another program and stays as it is."""

ENDS = 3
"""Letters at either end of a line by which the shapes that may fit are looked up."""

_SLOT = re.compile(r"\{(\w+)(?::(\w+))?\}")


@dataclass(frozen=True, slots=True)
class Shape:
    """An English sentence with slots, and the same sentence in another language: one text, or one for each plural."""

    key: str
    text: str | Mapping[str, str]
    pattern: re.Pattern[str]
    fixed: Sequence[str]
    slots: Mapping[str, str]

    def told(self, words: Texts, line: str) -> str | None:
        """The line in the other language; None where it is no line of this shape."""
        if not self._may_fit(line):
            return None
        found = self.pattern.fullmatch(line)
        if found is None:
            return None
        out: dict[str, str] = {}
        for name, value in found.groupdict().items():
            told = KINDS[self.slots[name]].telling(words.language)(words, value, _again)
            if told is None:
                return None
            out[name] = told
        return self._plural(words, found.groupdict()).format(**out)

    def _may_fit(self, line: str) -> bool:
        """Whether its fixed words stand in the line, in their order: most shapes are done with here."""
        first, *middle, last = self.fixed
        if not (line.startswith(first) and line.endswith(last)):
            return False
        at = len(first)
        for one in middle:
            at = line.find(one, at) + len(one)
            if at < len(one):
                return False
        return at <= len(line) - len(last) or (not middle and line == first == last)

    def _plural(self, words: Texts, given: Mapping[str, str]) -> str:
        if isinstance(self.text, str):
            return self.text
        category = words.plural(whole(given["n"]))
        return self.text.get(category, self.text["other"])


# --- lines ------------------------------------------------------------------------------------------------------------


def in_words(words: Texts, line: str) -> str | None:
    """A line of ours in that language, words of others in isolates; None where its shape is not known.

    In English None too where nothing in it is told otherwise than it stands.

    >>> in_words(texts("en"), "1200 was relayed when the root had 1300 on record")
    '1,200 was relayed when the root had 1,300 on record'
    >>> in_words(texts("en"), "no number was read") is None
    True
    >>> in_words(texts("ar"), "it says what it is about: an id, or a few words")
    'لا بد أن يقول بشأن ماذا هو: معرف أو كلمات قليلة'
    """
    if words.language != LANGUAGES[0]:
        return _in_words(words.language, line)
    told = _in_words(words.language, line) if ANEW.search(line) else None
    return told and _bare(told)


def _again(words: Texts, line: str) -> str | None:
    """A sentence within another."""
    return _in_words(words.language, line)


@lru_cache(maxsize=20_000)  # a page tells the same few lines again and again
def _in_words(language: str, line: str) -> str | None:
    if len(line) > LONGEST:
        return None
    words = texts(language)
    found = [one for one in (shape.told(words, line) for shape in _may_be(language, line)) if one is not None]
    return min(found, key=_left, default=None)


def _bare(told: str) -> str:
    """Words that run as every word around them does need no isolate; a line that is copied holds no signs then."""
    return _INSIDE.sub(lambda found: found[1] if found[1].isascii() else found[0], told)


def _left(told: str) -> int:
    """Letters that a shape leaves as they are: of two that fit, the one is meant that tells more."""
    return sum(len(found) for found in _INSIDE.findall(told))


_INSIDE = re.compile(f"{ANY}([^{END}]*){END}")


def marked(words: Texts, line: str) -> Markup:
    """The line for a page: in the language of the page where its shape is known, else as it is and marked English.

    >>> str(marked(texts("ar"), "<b>"))
    '<bdi lang="en" dir="ltr">&lt;b&gt;</bdi>'
    """
    if not line:
        return Markup("")
    told = in_words(words, line)
    if told is None and (words.language == LANGUAGES[0] or direction(line) == words.direction == "rtl"):
        return Markup("<bdi>{}</bdi>").format(line)  # a refusal may be one of our own texts already
    if told is None:
        return Markup('<bdi lang="en" dir="ltr">{}</bdi>').format(line)
    return html_of(told)


def html_of(told: str) -> Markup:
    """A line of ours for a page, its isolates as elements."""
    html = str(escape(told)).replace(ANY, "<bdi>").replace(LTR, '<bdi dir="ltr">').replace(END, "</bdi>")
    return Markup(html)


def plain(words: Texts, line: str) -> str:
    """The line where no HTML can stand: in a title or the name of a control. Words of others are in isolates."""
    return in_words(words, line) or line


def titled(words: Texts, title: str) -> Markup:
    """A title that is made of harms, a place and days; words of others where it is none of ours."""
    told = in_words(words, title) if any(map(str.isalpha, title)) else None  # an account's number is a name
    return Markup("<bdi>{}</bdi>").format(title) if told is None else html_of(told)


def parted(words: Texts, sentence: str) -> Markup:
    """A sentence of several parts, each told by itself; as it is and marked English where one is not known.

    >>> str(parted(texts("ar"), "read by us once; no number was read."))
    'قرأناه مرة؛ لم يقرأ أي رقم.'
    """
    told = in_parts(words, sentence)
    return marked(words, sentence) if told is None else html_of(told)


def in_parts(words: Texts, sentence: str) -> str | None:
    """The same where no HTML can stand, words of others in isolates; None where one part is not known."""
    told = [_again(words, part) for part in split(sentence.removesuffix("."), "; ")]
    if None in told:
        return None
    whole = words("list.semicolon").join(part for part in told if part) + "."
    return whole if words.direction == "rtl" else _bare(whole)


# --- shapes -----------------------------------------------------------------------------------------------------------


@cache
def shapes(language: str) -> Sequence[Shape]:
    """All that are known in that language, the most certain ones first; the one they are made in knows them all."""
    own = language == LANGUAGES[0]
    files = [
        resources.files("cenotaph.web") / "languages" / "said" / f"{one}.toml"
        for one in (LANGUAGES[1:] if own else (language,))
    ]
    told = dict(pair for one in files for pair in _flat(tomllib.loads(one.read_text(encoding="utf-8"))))
    found = [shape_of(key, _SLOT.sub(r"{\1}", key) if own else text) for key, text in told.items()]
    return sorted(found, key=lambda one: (-_certain(one), one.key))


def _may_be(language: str, line: str) -> list[Shape]:
    """The shapes that begin as the line does, or end so, or do both with a slot, and whose longest words it holds."""
    begin, end, loose = _by_ends(language)
    some = (begin.get(line[:ENDS], ()), end.get(line[-ENDS:], ()), loose)
    return [shape for several in some for longest, shape in several if longest in line]


Found = tuple[str, Shape]
"""A shape after the longest of its fixed words."""


@cache
def _by_ends(language: str) -> tuple[Mapping[str, list[Found]], Mapping[str, list[Found]], list[Found]]:
    begin, end, loose = dict[str, list[Found]](), dict[str, list[Found]](), list[Found]()
    for one in shapes(language):
        found = (max(one.fixed, key=len), one)
        if len(one.fixed[0]) >= ENDS:
            begin.setdefault(one.fixed[0][:ENDS], []).append(found)
        elif len(one.fixed[-1]) >= ENDS:
            end.setdefault(one.fixed[-1][-ENDS:], []).append(found)
        else:
            loose.append(found)
    return begin, end, loose


def _flat(table: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for section in table.values():
        yield from section.items()


def slots_of(text: str) -> list[tuple[str, str]]:
    """Names and kinds of the slots.

    >>> slots_of("{root}: {low:count} is below {high:count}")
    [('root', ''), ('low', 'count'), ('high', 'count')]
    """
    return [(found[1], found[2] or "") for found in _SLOT.finditer(text)]


def shape_of(key: str, text: str | Mapping[str, str]) -> Shape:
    """Raises LookupError for a slot of a kind that is not known."""
    slots = dict(slots_of(key))
    strange = [kind for kind in slots.values() if kind not in KINDS]
    if strange:
        raise LookupError(f"{key!r} has a slot of the kind {strange[0]!r}; there are: {', '.join(KINDS)}")
    pieces = list(_pieces(key))
    pattern = "".join(re.escape(one) if fixed else one for one, fixed in pieces)
    fixed = [one for one, fixed in pieces if fixed]
    return Shape(key, text, re.compile(pattern, re.DOTALL), fixed if slots else [key, key], slots)


def _pieces(key: str) -> Iterable[tuple[str, bool]]:
    """The words of a shape, which are fixed, and the patterns of its slots."""
    last = 0
    for found in _SLOT.finditer(key):
        yield key[last : found.start()], True
        yield f"(?P<{found[1]}>{KINDS[found[2] or ''].pattern})", False
        last = found.end()
    yield key[last:], True


def _certain(shape: Shape) -> int:
    """How many letters of it are fixed; a slot that holds anything makes it less certain."""
    loose = sum(10 for kind in shape.slots.values() if KINDS[kind].pattern == WORDS)
    return 10 * len(_SLOT.sub("", shape.key)) - loose
