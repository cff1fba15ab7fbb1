"""What changed from one version of a text to the next, sentence by sentence: blanks and line breaks are no change."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from rapidfuzz.fuzz import ratio

__all__ = ["Change", "Stands", "changes", "sentences", "unchanged"]

ALIKE = 60
"""Percent of letters in common, in order, from which on a sentence counts as another's new form. Our convention."""

_END = re.compile(r"(?<=[.!?؟。…])[\"'”’»)\]]*\s+(?=\S)|\s*\n\s*")


@dataclass(frozen=True, slots=True)
class Change:
    """One sentence that was added, taken out or put otherwise; `before` is "" for one added, `after` for one gone."""

    kind: Literal["added", "taken out", "changed"]
    before: str
    after: str


def changes(before: str, after: str) -> list[Change]:
    """The sentences in which two versions of a text differ, in the order of the text; [] where none does.

    Compared as letters without blanks at their ends and runs of blanks within. A sentence that stands elsewhere now is
    taken out there and added here.

    >>> [(one.kind, one.before, one.after) for one in changes("3 died. It rained.", "5 died. It rained.")]
    [('changed', '3 died.', '5 died.')]
    """
    old, new = sentences(before), sentences(after)
    out: list[Change] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            out += _paired(old[a:b], new[c:d])
    return out


def sentences(text: str) -> list[str]:
    """The sentences of a text, lines apart, each with single blanks.

    >>> sentences("Ten  died. Nine\\nwere hurt.")
    ['Ten died.', 'Nine', 'were hurt.']
    """
    return [one for one in (" ".join(piece.split()) for piece in _END.split(text)) if one]


@dataclass(frozen=True, slots=True)
class Stands:
    """A sentence that stands in a later text as it stood: text[start:end] before, from `now` on after."""

    start: int
    end: int
    now: int


def unchanged(before: str, after: str) -> list[Stands]:
    """The sentences of a text that stand in a later one letter for letter, in their order among the others.

    One that is told more or less often than before, or that moved past others that stayed, is not among them: nobody
    can say which of them it is.

    >>> unchanged("It rained. 3 died.", "3 died.")
    [Stands(start=11, end=18, now=0)]
    """
    places = [list(_places(text)) for text in (before, after)]
    old, new = ([text[a:b] for a, b in some] for text, some in zip((before, after), places, strict=True))
    nth = [_nth(some) for some in (old, new)]
    often = [Counter(some) for some in (old, new)]
    return [
        Stands(*places[0][block.a + n], places[1][block.b + n][0])
        for block in SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
        for n, words in enumerate(old[block.a : block.a + block.size])
        if often[0][words] == often[1][words] and nth[0][block.a + n] == nth[1][block.b + n]
    ]


def _places(text: str) -> Iterator[tuple[int, int]]:
    """Where the sentences of a text begin and end, without the blanks around them."""
    start = 0
    for end, following in [*((one.start(), one.end()) for one in _END.finditer(text)), (len(text), len(text))]:
        words = text[start:end]
        if words.strip():
            begin = start + len(words) - len(words.lstrip())
            yield begin, begin + len(words.strip())
        start = following


def _nth(some: Sequence[str]) -> list[int]:
    """For each whether it is the first, the second, ... of its words."""
    seen: Counter[str] = Counter()
    out = []
    for words in some:
        seen[words] += 1
        out.append(seen[words])
    return out


def _paired(old: Sequence[str], new: Sequence[str]) -> Iterator[Change]:
    """Each old sentence with the first new one that is its new form, both in their order."""
    at = 0
    for sentence in old:
        found = next((n for n in range(at, len(new)) if ratio(sentence, new[n]) >= ALIKE), None)
        if found is None:
            yield Change("taken out", sentence, "")
            continue
        yield from (Change("added", "", one) for one in new[at:found])
        yield Change("changed", sentence, new[found])
        at = found + 1
    yield from (Change("added", "", one) for one in new[at:])
