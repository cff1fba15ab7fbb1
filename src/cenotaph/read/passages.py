"""In which language each sentence is: a post with its translation below, an article that quotes a page in Arabic.

A report has one language, its passages may have others. A sentence in other letters is read with the words of a
language that is written in them (codes/scripts.toml); so is a stretch of other letters inside a sentence, beside the
sentence around it. A paragraph in the same letters is another language's only where it plainly has that one's small
words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from cenotaph.read.language import Language, language_of
from cenotaph.read.text import Sentence, Token, recut, sentences
from cenotaph.vocabulary import World

_ARABIC = re.compile("[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc]")
_LATIN = re.compile("[A-Za-zÀ-ɏ]{2}")
_OTHER = {"Arabic": _LATIN, "Latin": _ARABIC}

LEAST = 3
"""Words in a row that are a passage: two may be a name or a headline's word that is only quoted."""

SMALL, CLEAR = 5, 3
"""Small words of another language that a paragraph must have, and times as many as of the report's own."""

Told = tuple[Sentence, Language]


def told_in(text: str, main: Language, world: World) -> list[Told]:
    """The sentences of a text, each with its language; a passage inside a sentence follows it as one of its own."""
    found = sentences(text, main.spelling)
    out = [(sentence, main) for sentence in found]
    if _OTHER[_script(main)].search(text):
        other = _in_other_letters(text, main, world)
        out = [one for sentence in found for one in _by_letters(sentence, main, other)]
    return _by_small_words(out, world) if _may_be_mixed(text, main, world) else out


def _script(language: Language) -> str:
    return str(language.table.get("script", "Latin"))


# --- by letters -----------------------------------------------------------------------------------------------------


def _in_other_letters(text: str, main: Language, world: World) -> Language:
    """The language of what is written in other letters: that of its small words where they are plain, else the first
    that is written so.
    """
    found = _counted(text.lower().split(), world)
    known = (codes for script, codes in world.codes("scripts").items() if script != _script(main))
    best = max((code for codes in known for code in codes), key=lambda code: found[code], default=main.code)
    return language_of(best, world)  # of equals the first


def _by_letters(sentence: Sentence, main: Language, other: Language) -> Iterator[Told]:
    foreign = _OTHER[_script(main)]
    runs = [run for run in _runs(sentence.tokens, foreign) if _is_passage(sentence.tokens, run)]
    if not runs:
        yield sentence, main
        return
    within = {at for first, last in runs for at in range(first, last)}
    own = [at for at, token in enumerate(sentence.tokens) if token.is_word and at not in within]
    own = [at for at in own if not _tagged(sentence.tokens, at)]
    if len(own) < LEAST and len(own) < len(within):
        yield recut(sentence, sentence.span, other.spelling), other
        return
    first, last = _without_ends(sentence.tokens, runs)
    whole = (first, last) == (0, len(sentence.tokens))
    kept = sentence if whole else recut(sentence, sentence.cut(first, last), main.spelling)
    parts = [(kept, main), *((recut(sentence, sentence.cut(*run), other.spelling), other) for run in runs)]
    yield from sorted(parts, key=lambda one: (one[0].span.start, -one[0].span.end))


def _runs(tokens: Sequence[Token], foreign: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """Stretches of words in other letters, with the figures and signs between them; a figure before one belongs to it
    where it stands next to it.
    """
    at = 0
    while at < len(tokens):
        if not _is_foreign(tokens[at], foreign):
            at += 1
            continue
        first = at - 1 if at and tokens[at - 1].text.isdigit() else at
        last = at = at + 1
        while at < len(tokens) and (not tokens[at].is_word or _is_foreign(tokens[at], foreign)):
            at += 1
            last = at if tokens[at - 1].is_word else last
        yield first, last + (last < len(tokens) and tokens[last].text in ".!?؟…")


def _is_foreign(token: Token, foreign: re.Pattern[str]) -> bool:
    return token.is_word and foreign.match(token.text) is not None


def _is_passage(tokens: Sequence[Token], run: tuple[int, int]) -> bool:
    """Enough words that are no tags: "#Aleppo #Syria" at the end of a post only says where."""
    return sum(tokens[at].is_word and not _tagged(tokens, at) for at in range(*run)) >= LEAST


def _tagged(tokens: Sequence[Token], at: int) -> bool:
    return at > 0 and tokens[at - 1].text in ("#", "@") and tokens[at - 1].end == tokens[at].start


def _without_ends(tokens: Sequence[Token], runs: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """The tokens of a sentence without a passage that opens or ends it."""
    first, last = 0, len(tokens)
    if not any(token.is_word for token in tokens[: runs[0][0]]):
        first = runs[0][1]
    if not any(token.is_word for token in tokens[runs[-1][1] :]) and runs[-1][0] > first:
        last = runs[-1][0]
    return first, last


# --- by small words -------------------------------------------------------------------------------------------------


def _may_be_mixed(text: str, main: Language, world: World) -> bool:
    """Whether so many small words of one other language stand anywhere in the text; most texts are done with here."""
    words = set(text.lower().split())
    known = _small_words(world)
    found = Counter(code for word in words & known.keys() for code in known[word] if len(known[word]) == 1)
    return any(found[code] >= SMALL for code in _readable(main, world))


def _by_small_words(found: Sequence[Told], world: World) -> list[Told]:
    out: list[Told] = []
    for _, group in groupby(found, key=lambda one: (one[0].paragraph, one[1].code)):
        paragraph = list(group)
        language = _of_paragraph(paragraph, world)
        out += (
            (sentence if language is known else recut(sentence, sentence.span, language.spelling), language)
            for sentence, known in paragraph
        )
    return out


def _of_paragraph(paragraph: Sequence[Told], world: World) -> Language:
    own = paragraph[0][1]
    found = _counted((token.text.lower() for one, _ in paragraph for token in one.tokens), world)
    best = max(_readable(own, world), key=lambda code: found[code], default=own.code)
    clear = found[best] >= max(SMALL, CLEAR * found[own.code]) and found[best] == max(found.values())
    return language_of(best, world) if clear else own


def _readable(own: Language, world: World) -> list[str]:
    """The other languages that are read and written in the same letters."""
    return [code for code in world.codes("scripts").get(_script(own), ()) if code != own.code]


def _counted(words: Iterable[str], world: World) -> Counter[str]:
    known = _small_words(world)
    return Counter(code for word in words for code in known.get(word, ()))


_compiled: dict[int, tuple[Mapping[str, Any], dict[str, tuple[str, ...]]]] = {}


def _small_words(world: World) -> Mapping[str, tuple[str, ...]]:
    """Each small word with the languages that have it, once per process."""
    table = world.codes("small_words")
    if id(table) not in _compiled:
        found: dict[str, tuple[str, ...]] = {}
        for code, words in table.items():
            for word in words:
                found[word] = (*found.get(word, ()), code)
        _compiled[id(table)] = (table, found)
    return _compiled[id(table)][1]
