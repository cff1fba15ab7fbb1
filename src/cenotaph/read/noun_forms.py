"""What the form of a noun, or what stands right behind it, says of how many: duals, numbers behind, others, ages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from cenotaph.read.language import Language, PeopleWord
from cenotaph.read.quantities import Amount
from cenotaph.read.text import Token
from cenotaph.vocabulary import Quantity

_DUAL = re.compile("\u064e\u0651?ي\u0652?ن|\u0651\u064eي\u0652?ن|ي\u0652ن")  # a, then -yn; or a y without a vowel
_OTHERS = {  # the lists of Language.others
    "another": Quantity("", "exact", 1),
    "two_others": Quantity("", "exact", 2),
    "others": Quantity("", "plural"),
    "nobody": Quantity("", "exact", 0),  # "لم يصب أحد"
}


def is_dual(token: Token) -> bool:
    """ "مدنيَين", "مدنيْن": vowel signs that part the dual from the plural, where they are written."""
    return _DUAL.search(token.text) is not None


def counted_by_more(
    tokens: Sequence[Token], at: int, word: PeopleWord, found: Sequence[Amount], language: Language
) -> Amount | None:
    """The number that stands behind a noun: "a family of five", "الأطفال الثلاثة"."""
    return _counted_inside(tokens, at, word, found) or _counted_behind(tokens, at, found, language)


def _counted_inside(tokens: Sequence[Token], core: int, word: PeopleWord, found: Sequence[Amount]) -> Amount | None:
    """ "a family of five": a group counted by the number behind "of"."""
    if not word.collective or core >= len(tokens) or tokens[core].norm not in ("of", "من"):
        return None
    return next((amount for amount in found if amount.first == core + 1 and amount.quantity.base), None)


def _counted_behind(tokens: Sequence[Token], at: int, found: Sequence[Amount], language: Language) -> Amount | None:
    """ "أطفالها الثلاثة": a number with the article behind its noun, where adjectives follow what they tell of."""
    if not language.table.get("verb_first") or not is_definite(tokens, at):
        return None
    return next((one for one in found if one.first == at and one.last == at + 1 and one.plain), None)


def people_behind(tokens: Sequence[Token], at: int, language: Language) -> Sequence[Token]:
    """The noun for people that a number behind a noun counts, if there is one ("a family of five people")."""
    noun = language.people.match(tokens, at) if at < len(tokens) else None
    return tokens[at : at + noun[1]] if noun else ()


def is_definite(tokens: Sequence[Token], at: int) -> bool:
    """Whether the article is written onto a word."""
    return at < len(tokens) and tokens[at].norm.startswith("ال")


def over_age(tokens: Sequence[Token], at: int, language: Language) -> int:
    """ "طفلة 13 عاما", "طفلة (13 عاما)": where an age ends that stands right behind a noun; `at` for none."""
    aged = language.words("given_names", "aged")
    if not aged.table or at >= len(tokens):
        return at
    opened = tokens[at].text == "("
    last = at + opened + 2
    if last > len(tokens) or not (tokens[last - 2].text.isdecimal() and aged.has(tokens[last - 1])):
        return at
    closed = opened and last < len(tokens) and tokens[last].text == ")"
    return last + closed


def others(tokens: Sequence[Token], language: Language) -> Iterator[tuple[int, Quantity]]:
    """ "وأصيب آخران": words for others, right behind a harm word, that stand for people without a noun or a number."""
    known = language.others
    for at in range(1, len(tokens)) if known.table else ():
        key = known.of(tokens[at])
        if key and language.harms.of(tokens[at - 1]) is not None and not is_definite(tokens, at + 1):
            told = _OTHERS[key]
            if key != "nobody" or is_negated(tokens, at - 1, language):
                yield at, Quantity(tokens[at].text, told.comparator, told.base)


def is_negated(tokens: Sequence[Token], at: int, language: Language) -> bool:
    """Whether a word of "not" or "without" stands close before a word ("لم يصب", "دون وقوع إصابات")."""
    words = language.words("harm_words", "zero")
    return any(words.has(token) for token in tokens[max(0, at - 3) : at])
