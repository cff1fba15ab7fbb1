"""The words of a language, compiled once from its TOML tables: phrases to meanings, found longest first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from cenotaph.read.text import Token, forms, tokens

V = TypeVar("V")


@dataclass(slots=True)
class Phrases(Generic[V]):
    """Word sequences and what each means. Matching compares normal forms; the longest phrase wins.

    >>> stop = Phrases({"at least": "at least", "at": "place"})
    >>> stop.match(tokens("at least ten", 0, 12), 0)
    ('at least', 2)
    """

    table: dict[str, list[tuple[tuple[str, ...], V]]] = field(default_factory=dict)
    alone: dict[str, V] = field(default_factory=dict)  # what a word means by itself

    def __init__(self, entries: Mapping[str, V] | Iterable[tuple[str, V]]) -> None:
        self.table, self.alone = {}, {}
        for phrase, value in entries.items() if isinstance(entries, Mapping) else entries:
            words = tuple(forms(token.text)[0] for token in tokens(phrase, 0, len(phrase)))
            if words:
                self.table.setdefault(words[0], []).append((words, value))
                if len(words) == 1:
                    self.alone.setdefault(words[0], value)
        for options in self.table.values():
            options.sort(key=lambda option: -len(option[0]))

    def match(self, sentence: Sequence[Token], at: int) -> tuple[V, int] | None:
        """The meaning of the longest phrase that starts at this token, and its length in tokens."""
        best: tuple[V, int] | None = None
        table, forms_here = self.table, sentence[at].forms
        if len(forms_here) > 1 and table.keys().isdisjoint(forms_here):
            return None
        for form in forms_here:
            if form not in table:
                continue  # nearly every word of a text: the reader asks this many times a word
            for words, value in table[form]:
                longer = best is None or len(words) > best[1]
                if longer and (len(words) == 1 or _stands(sentence, at, words)):
                    best = (value, len(words))
                    break
        return best

    def all(self, sentence: Sequence[Token], first: int = 0, last: int | None = None) -> Iterator[tuple[V, int, int]]:
        """(meaning, first token, last token) of each phrase from left to right, never overlapping."""
        at, stop, table = first, len(sentence) if last is None else last, self.table
        if not table:
            return
        apart = table.keys().isdisjoint
        while at < stop:
            forms_here = sentence[at].forms
            if forms_here[0] not in table and (len(forms_here) == 1 or apart(forms_here)):
                at += 1
                continue
            found = self.match(sentence, at)
            if found and at + found[1] <= stop:
                yield found[0], at, at + found[1]
                at += found[1]
            else:
                at += 1

    def longest(
        self, sentence: Sequence[Token], first: int = 0, last: int | None = None
    ) -> Iterator[tuple[V, int, int]]:
        """Like `all`, but of two phrases that overlap the longer: "the commission" hides no "commission of inquiry"."""
        stop = len(sentence) if last is None else last
        table, apart = self.table, self.table.keys().isdisjoint
        every = [
            (found[0], at, at + found[1])
            for at in range(first, stop)
            if ((known := sentence[at].forms)[0] in table or (len(known) > 1 and not apart(known)))
            and (found := self.match(sentence, at))
        ]
        every = [one for one in every if one[2] <= stop]
        at = first
        for one in every:
            longer = any(one[1] < other[1] < one[2] and other[2] - other[1] > one[2] - one[1] for other in every)
            if one[1] >= at and not longer:
                yield one
                at = one[2]

    def has(self, token: Token) -> bool:
        forms_here = token.forms
        return forms_here[0] in self.alone or (len(forms_here) > 1 and not self.alone.keys().isdisjoint(forms_here))

    def of(self, token: Token) -> V | None:
        """What one word alone means."""
        alone, forms_here = self.alone, token.forms
        if len(forms_here) > 1 and alone.keys().isdisjoint(forms_here):
            return None
        for form in forms_here:
            if form in alone:
                return alone[form]
        return None


def _stands(sentence: Sequence[Token], at: int, words: tuple[str, ...]) -> bool:
    if at + len(words) > len(sentence) or words[1] not in sentence[at + 1].forms:
        return False  # the second word parts most of those that share the first
    return len(words) == 2 or all(words[n] in sentence[at + n].forms for n in range(2, len(words)))


def listed(words: Iterable[str], value: V) -> Iterator[tuple[str, V]]:
    return ((word, value) for word in words)


def flat(table: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """A table of "meaning = [words]" as (word, meaning) pairs."""
    for meaning, words in table.items():
        for word in words:
            yield word, meaning
