"""The lines of a text as lists of names need them, and the words that say that a list follows ("they are:")."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cenotaph.read.name_words import NameWords
from cenotaph.read.text import Sentence, Token

_HEADING = 12  # words of a line that announces a list
_SHORT = 4  # words of a heading that ends without a colon


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a sentence: the sentence's number, and its tokens from `first` on; `numbered`, where the number of
    the line was taken for a sentence of its own ("1. Samir ... 2. Huda ...").
    """

    sentence: int
    first: int
    tokens: Sequence[Token]
    numbered: bool = False


def lines(sentences: Sequence[Sentence], words: NameWords) -> Iterator[Line]:
    """Sentences cut where their text has a new line: a post's lines need no full stops."""
    for number, sentence in enumerate(sentences):
        tokens, first = sentence.tokens, 0
        if "\n" not in sentence.source[tokens[0].start : tokens[-1].end]:
            yield Line(number, 0, tokens, _is_numbered(sentences, number, words))
            continue
        for at in range(1, len(tokens) + 1):
            if at == len(tokens) or "\n" in sentence.source[tokens[at - 1].end : tokens[at].start]:
                yield Line(number, first, tokens[first:at], first == 0 and _is_numbered(sentences, number, words))
                first = at


def _is_numbered(sentences: Sequence[Sentence], number: int, words: NameWords) -> bool:
    """Whether the sentence before ends with the number that a line of a list begins with."""
    before = sentences[number - 1].tokens[-2:] if number else ()
    return len(before) == 2 and before[1].text == "." and words.counts_lines(before[0])


def over_opening(line: Line, at: int, words: NameWords) -> int:
    """Past words that announce names in a sentence ("وهم:", "كل من") and the signs behind them; else where it was."""
    found = words.rolls.match(line.tokens, at)
    if found is None:
        return at
    at += found[1]
    while at < len(line.tokens) and not line.tokens[at].is_word and not line.tokens[at].text.isdigit():
        at += 1
    return at


def opens_roll(line: Line, words: NameWords) -> bool:
    """Whether a line announces the names below it: "أسماء الشهداء", "المصابون:", "عرف منهم"."""
    said = [token for token in line.tokens if token.is_word]
    if not said:
        return False
    titled = line.tokens[-1].text in ":؛" and words.is_(said[-1], "opens", "harmed")
    if titled or _ends_open(line, words):
        return True
    if len(said) > _HEADING:
        return False
    harmed = any(words.is_(token, "harmed") for token in said)
    heading = harmed and (line.tokens[-1].text in ":؛👇" or len(said) <= _SHORT)
    return heading or any(words.is_(token, "headings") for token in said)


def _ends_open(line: Line, words: NameWords) -> bool:
    """Whether the last words of a line are those that announce names."""
    rolls = words.rolls
    last = max((at for at, token in enumerate(line.tokens) if token.is_word), default=-1)
    return any(
        (found := rolls.match(line.tokens, at)) and at + found[1] == last + 1
        for at in range(max(0, last - 3), last + 1)
    )
