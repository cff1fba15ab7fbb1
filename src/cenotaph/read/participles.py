"""Words in a group of people that are no noun for them: "five executed prisoners", "a woman displaced from ..."."""

from __future__ import annotations

from collections.abc import Sequence

from cenotaph.read.language import Language
from cenotaph.read.text import Token


def is_participle(tokens: Sequence[Token], at: int, language: Language) -> bool:
    """ "a woman displaced from the town": a participle that is a noun elsewhere, right behind its noun."""
    own = language.words("people_words", "participles_too").has(tokens[at])
    return own and at > 0 and language.people.of(tokens[at - 1]) is not None


def is_harmed(token: Token, language: Language) -> bool:
    """ "five executed prisoners": a participle of harm that may stand between a number and its noun."""
    return language.words("people_words", "harmed_so").has(token)


def is_life(token: Token, language: Language) -> bool:
    """ "the life of a child": a noun that counts those whose it is, so that they are people of their own behind it."""
    return language.words("people_words", "lives").has(token)


def is_dash(tokens: Sequence[Token], at: int) -> bool:
    """A "-" with a space before it: a dash, and no hyphen of a word."""
    return tokens[at].text == "-" and at > 0 and tokens[at - 1].end < tokens[at].start
