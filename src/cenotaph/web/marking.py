"""A report's text with its claims marked in place, for a page: runs of text, each with the marks that cover it."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from cenotaph.vocabulary import Span

__all__ = ["Run", "direction", "paragraphs", "runs"]


@dataclass(frozen=True, slots=True)
class Run:
    """Text from `start` on that the same marks cover all through; `opens` are those that begin with it."""

    start: int
    text: str
    marks: tuple[str, ...]
    opens: tuple[str, ...]

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def runs(text: str, marks: Sequence[tuple[str, Span]], first: int = 0, last: int | None = None) -> list[Run]:
    """The text from `first` to `last`, cut wherever a mark begins or ends; joined again it is the text itself.

    >>> found = runs("48 dead, 4 of them women", [("a", Span(0, 2)), ("b", Span(9, 24)), ("c", Span(9, 10))])
    >>> [(run.text, run.marks, run.opens) for run in found if run.marks]
    [('48', ('a',), ('a',)), ('4', ('b', 'c'), ('b', 'c')), (' of them women', ('b',), ())]
    """
    end = len(text) if last is None else last
    inside = [(name, span) for name, span in marks if span.start < end and span.end > first and span.end > span.start]
    cuts = {first, end, *(edge for _, span in inside for edge in (span.start, span.end) if first < edge < end)}
    out = []
    for start, stop in pairwise(sorted(cuts)):
        over = sorted(((name, span) for name, span in inside if span.start < stop and span.end > start), key=_outer)
        opens = tuple(name for name, span in over if span.start == start)
        out.append(Run(start, text[start:stop], tuple(name for name, _ in over), opens))
    return out


def _outer(marked: tuple[str, Span]) -> tuple[int, int, str]:
    name, span = marked
    return span.start, -span.end, name


def paragraphs(text: str, marks: Sequence[tuple[str, Span]]) -> list[list[Run]]:
    """The lines of a text that hold anything, each in runs. Offsets stay those of the whole text."""
    out, start = [], 0
    for line in text.splitlines(keepends=True):
        end = start + len(line.rstrip("\r\n\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"))
        if line.strip():
            out.append(runs(text, marks, start, end))
        start += len(line)
    return out


def direction(text: str) -> str:
    """How a line runs: as most of its letters do.

    >>> direction("قتل 12 شخصا"), direction("12 killed (SOHR)"), direction("12")
    ('rtl', 'ltr', 'auto')
    """
    ways = [way for way in map(unicodedata.bidirectional, text) if way in ("L", "R", "AL")]
    if not ways:
        return "auto"
    return "ltr" if 2 * ways.count("L") > len(ways) else "rtl"
