"""Who is named, in scripts without capitals: a given name that the language lists, and the names that follow it.

Arabic names run given name, father's, grandfather's, family; a trade, a kinship or "the martyr" before one says that a
person is meant. Which words are given names, which only open a name and which end it is data ([given_names]).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cenotaph.read.language import Language
from cenotaph.read.names import Name
from cenotaph.read.text import Sentence, Token

_LONGEST = 6  # words of a name: five names and an article or "عبد"
_AGE = 7  # signs and words of an age between two names of a list
_EARLY = 3  # after a word that opens a name, one of so many words must be a name that is known
_FOLDED = ("علي", "الي")  # in these letters also the prepositions "على" and "إلى" are folded


def plain_names(sentences: Sequence[Sentence], language: Language) -> tuple[tuple[Name, ...], ...]:
    """The persons that each sentence names, for a language that lists given names; nobody for any other."""
    if "given_names" not in language.table:
        return tuple(() for _ in sentences)
    return tuple(tuple(_names(one.tokens, language)) for one in sentences)


def _names(tokens: Sequence[Token], language: Language) -> Iterator[Name]:
    at, behind = 0, 0
    while at < len(tokens):
        begins = _begins(tokens, at, behind, language)
        last = _end(tokens, at, language) if begins else at
        if last - at > 1 and (begins == "known" or _closes(tokens, last, language)):
            yield Name(at, last, _spelled(tokens[at:last], language))
            behind = last
        at = max(last, at + 1)


def _begins(tokens: Sequence[Token], at: int, behind: int, language: Language) -> str:
    """How a name begins: "known" by a given name, "listed" where a list of names or a word that opens one goes on."""
    if not _may(tokens[at], language):
        return ""
    if _given(tokens[at], language):
        return "known"
    before = tokens[at - 1] if at else None
    if before is not None and language.words("given_names", "opens").has(before):
        ahead = tokens[at + 1 : at + _EARLY]
        stop = next((n for n, one in enumerate(ahead) if not _may(one, language)), len(ahead))
        return "known" if any(_given(one, language) for one in ahead[:stop]) else "listed"
    numbered = at > 1 and tokens[at - 2].text.isdigit() and tokens[at - 1].text in "-_.)/–"
    between = tokens[behind:at]
    tied = behind > 0 and len(between) <= _AGE and (bool(between) or _and_another(tokens[at], language))
    return "listed" if numbered or (tied and all(_small(one, language) for one in between)) else ""


def _small(token: Token, language: Language) -> bool:
    """What stands between two names of a list: signs, "and", an age."""
    return not token.is_word or token.norm == "و" or language.words("given_names", "aged").has(token)


def _closes(tokens: Sequence[Token], last: int, language: Language) -> bool:
    """Whether a name that no list knows ends where names do: at a sign, an age, the end of the line."""
    return (
        last >= len(tokens) or _small(tokens[last], language) or language.words("given_names", "ends").has(tokens[last])
    )


def _end(tokens: Sequence[Token], at: int, language: Language) -> int:
    """Where a name that begins here ends: at the next sign, word of grammar, or "and" with another name."""
    last = at + 1
    while last < len(tokens) and last - at < _LONGEST and _may(tokens[last], language):
        apart = tokens[last].start - tokens[last - 1].end
        if apart > 1 or _and_another(tokens[last], language):
            break
        last += 1
    while last > at and tokens[last - 1].norm in language.words("given_names", "links").table:
        last -= 1
    return last


def _and_another(token: Token, language: Language) -> bool:
    """ "وعلي": "and" written onto the next name, not the first letter of this one ("وليد")."""
    named = language.words("given_names", "all").table
    return token.text.startswith("و") and len(token.forms) > 1 and token.norm not in named


def _given(token: Token, language: Language) -> bool:
    """A given name, at most with "and" written onto it: the first name of a person takes no article."""
    named = language.words("given_names", "all").table
    norm = token.norm
    return not _preposition(token) and (norm in named or (norm[:1] == "و" and norm[1:] in named))


def _preposition(token: Token) -> bool:
    return token.text.endswith("ى") and token.norm.removeprefix("و") in _FOLDED


def _may(token: Token, language: Language) -> bool:
    """Whether a word can stand in a name: no word of grammar, of people, harm, means, place or saying."""
    if not token.is_word or token.text.isascii() or _preposition(token):
        return False
    inside = (language.words("given_names", key).table for key in ("links", "inside"))
    if _given(token, language) or any(token.norm in one for one in inside):
        return True
    if token.norm.startswith(tuple(language.table["given_names"]["never"])):
        return False
    if language.stops.has(token) or language.words("given_names", "ends").has(token):
        return False
    known = (language.harms.of(token), language.people.of(token), language.means.of(token), language.says.of(token))
    if any(one is not None for one in known) or language.months.of(token) or language.numbers.of(token) is not None:
        return False
    kinds = (("places", "kinds"), ("parties", "actors"), ("attackers", "attacks"), ("attackers", "acts"))
    return not any(language.words(*one).has(token) for one in kinds)


def _spelled(tokens: Sequence[Token], language: Language) -> str:
    """The name as written, single spaces, without an "and" that is written onto it."""
    words = [token.text for token in tokens]
    if _and_another(tokens[0], language):
        words[0] = words[0][1:]
    return " ".join(words)
