"""Harms that a verb and a noun say together, with only adjectives between them: "suffered a serious head wound"."""

from __future__ import annotations

from cenotaph.read.language import HarmWord, Language
from cenotaph.read.lexicon import Phrases
from cenotaph.read.text import Sentence, Token

_LONGEST = 8  # tokens between the verb and its noun


def spanned(sentence: Sentence, at: int, language: Language) -> tuple[HarmWord, int] | None:
    """The harm that is said from this token on by a verb and its noun, and its length in tokens."""
    for word, opens, closes in language.spans:
        opening = opens.match(sentence.tokens, at)
        end = _noun(sentence, at + opening[1], closes, language) if opening else None
        if end is not None:
            return word, end - at
    return None


def completed(sentence: Sentence, at: int, language: Language) -> tuple[HarmWord, int] | None:
    """A verb that only a later word makes a harm, with people between: "فقد ثلاثة عمال حياتهم" (lost their lives)."""
    for word, opens, closes in language.completed:
        opening = opens.match(sentence.tokens, at)
        if opening and _completes(sentence.tokens, at + opening[1], closes):
            return word, opening[1]
    return None


def _completes(tokens: tuple[Token, ...], at: int, closes: Phrases[bool]) -> bool:
    for here in range(at, min(at + _LONGEST, len(tokens))):
        if closes.match(tokens, here):
            return True
        if tokens[here].text in ".;:؛":
            return False
    return False


def _noun(sentence: Sentence, at: int, closes: Phrases[bool], language: Language) -> int | None:
    for here in range(at, min(at + _LONGEST, len(sentence.tokens))):
        found = closes.match(sentence.tokens, here)
        if found:
            return here + found[1]
        if not _describes(sentence.tokens[here], language):
            return None
    return None


def _describes(token: Token, language: Language) -> bool:
    """A word that may stand before a noun: an article, or one that is neither grammar nor a person."""
    if language.words("harm_words", "may_stand_between").has(token):
        return True
    if token.text.isdecimal():
        return True
    return token.is_word and not language.stops.has(token) and not language.people.of(token)
