"""A report's text for a page: paragraphs in pieces that the same marks cover, protected people hidden, signs harmless.

Offsets are those of the report's own text in code points, whatever is shown in its place: a mark and a selection say
where the words stand, and nothing of what they are.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from cenotaph.desk.looking import mask_word
from cenotaph.publish.masking import Mask
from cenotaph.publish.written import CONTROLS, pictured
from cenotaph.vocabulary import Span

__all__ = ["Paragraph", "Piece", "gaps", "paragraphs", "safe_signs", "words_at"]

_DIRECTIONS = re.compile(r"[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")
_NOTHING = "\u2060"
"""Stands for a mark of direction: no width, turns nothing, and one code point as well."""
_LINE_ENDS = "\r\n\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
_TRIES = 20
"""Places that are tried for the end of a hidden name before the first is taken."""

Marks = Sequence[tuple[str, Span]]


@dataclass(frozen=True, slots=True)
class Piece:
    """What is shown for text[start:end]; `marks` cover all of it, the outermost first, `closes` are those that end.

    A mark's first letter tells what it is: c a claim, a an answer, p a problem.
    """

    start: int
    end: int
    text: str
    marks: tuple[str, ...] = ()
    closes: tuple[str, ...] = ()
    hidden: bool = False

    @property
    def depth(self) -> int:
        """How many claims it is a mark of."""
        return sum(one.startswith("c") for one in self.marks)

    def marks_a(self, kind: str) -> bool:
        return any(one.startswith(kind) for one in self.marks)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One line of the text that holds anything."""

    start: int
    end: int
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        return "".join(one.text for one in self.pieces)


def safe_signs(text: str) -> str:
    """As many signs as before, none of which steers or turns anything: by their places the text is still counted.

    >>> ascii(safe_signs("12\\u202e killed\\x1b"))
    "'12\\\\u2060 killed\\\\u241b'"
    """
    return _DIRECTIONS.sub(_NOTHING, CONTROLS.sub(pictured, text))


def paragraphs(text: str, marks: Marks, hidden: Sequence[Span] = ()) -> list[Paragraph]:
    """The text line by line, cut wherever a mark, or what is hidden (`gaps`), begins or ends.

    A mark that ends inside a hidden name covers all of it.

    >>> (line,) = paragraphs("48 dead, 4 of them women", [("a", Span(0, 2)), ("b", Span(9, 24)), ("c", Span(9, 10))])
    >>> [(one.text, one.marks, one.closes) for one in line.pieces if one.marks]
    [('48', ('a',), ('a',)), ('4', ('b', 'c'), ('c',)), (' of them women', ('b',), ('b',))]
    """
    placed = [(name, _widened(span, hidden)) for name, span in marks if 0 <= span.start < span.end <= len(text)]
    lines = list(_lines(text))
    pieces = _pieces(text, placed, hidden, {edge for line in lines for edge in (line.start, line.end)})
    out: list[Paragraph] = []
    at = 0
    for line in lines:
        first = at = next((n for n in range(at, len(pieces)) if pieces[n].start >= line.start), len(pieces))
        while at < len(pieces) and pieces[at].end <= line.end:
            at += 1
        out.append(Paragraph(line.start, line.end, tuple(pieces[first:at])))
    return out


def _lines(text: str) -> Iterator[Span]:
    start = 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            yield Span(start, start + len(line.rstrip(_LINE_ENDS)))
        start += len(line)


def _pieces(text: str, marks: Marks, hidden: Sequence[Span], edges: Iterable[int]) -> list[Piece]:
    """One sweep from the first sign to the last."""
    opens, ends = defaultdict[int, list[tuple[str, Span]]](list), defaultdict[int, set[str]](set)
    for name, span in sorted(marks, key=lambda one: (one[1].start, -one[1].end, one[0])):
        opens[span.start].append((name, span))
        ends[span.end].add(name)
    begins = {one.start: one for one in hidden}
    cuts = sorted({0, len(text), *edges, *opens, *ends, *begins, *(one.end for one in hidden)})
    active: list[tuple[str, Span]] = []
    out, until, word = list[Piece](), 0, mask_word()
    for start, end in pairwise(cuts):
        active = [one for one in active if one[1].end > start] + opens.get(start, [])
        covering = tuple(name for name, _ in sorted(active, key=lambda one: (one[1].start, -one[1].end, one[0])))
        closes = tuple(name for name in covering if name in ends.get(end, ()))
        until = max(until, begins[start].end) if start in begins else until
        is_hidden = start < until
        shown = "" if is_hidden and start not in begins else word if is_hidden else safe_signs(text[start:end])
        out.append(Piece(start, end, shown, covering, closes, is_hidden))
    return out


# --- where names are hidden -------------------------------------------------------------------------------------------


def gaps(text: str, mask: Mask) -> list[Span]:
    """Where a mask hides words of a text: what lies between is exactly what it leaves standing.

    >>> gaps("It was Sami who saw [protected].", Mask.of(["Sami"]))
    [Span(start=7, end=11)]
    """
    mask = mask.saying(_no_word_of(text))
    masked = mask(text)
    if masked == text:
        return []
    kept = masked.split(mask.word)
    return _aligned(text, kept, mask) or _aligned(text, kept, None) or [Span(0, len(text))]


def _no_word_of(text: str) -> str:
    """What stands nowhere in a text: of signs that Unicode keeps for use inside a program."""
    found = "\ufdd0\ufdd1"
    while found in text:
        found = f"\ufdd0{found}\ufdd1"
    return found


def _aligned(text: str, kept: Sequence[str], mask: Mask | None) -> list[Span]:
    """The hidden stretches between what was kept; [] where it does not come out, everything is hidden then.

    Without a mask the first place that fits is taken, which leaves the most room for what follows.
    """
    if not text.startswith(kept[0]):
        return []
    out, at = [], len(kept[0])
    for number, words in enumerate(kept[1:], 2):
        found = len(text) - len(words) if number == len(kept) else _end(text, at, words, mask)
        if found <= at or not text.startswith(words, found):
            return []
        out.append(Span(at, found))
        at = found + len(words)
    return out if at == len(text) else []


def _end(text: str, at: int, words: str, mask: Mask | None) -> int:
    """Where the name that begins at a place ends, followed by these words; -1 for nowhere."""
    first = found = text.find(words, at + 1)
    for _ in range(_TRIES if mask else 0):
        if found < 0 or mask is None or mask(text[at:found]) == mask.word:
            break
        found = text.find(words, found + 1)
    else:
        found = first
    return found if found >= 0 else first


def words_at(text: str, span: Span, hidden: Sequence[Span]) -> str:
    """The words of a span as they may be shown; a name or description that it cuts is hidden whole.

    >>> words_at("It was Sami who saw it.", Span(9, 15), [Span(7, 11)])
    '[protected] who'
    """
    whole = _widened(span, hidden)
    out, at = "", whole.start
    for one in hidden:
        if whole.covers(one):
            out, at = out + safe_signs(text[at : one.start]) + mask_word(), one.end
    return out + safe_signs(text[at : whole.end])


def _widened(span: Span, hidden: Sequence[Span]) -> Span:
    over = [one for one in hidden if one.start < span.end and span.start < one.end]
    return Span(min(span.start, over[0].start), max(span.end, over[-1].end)) if over else span
