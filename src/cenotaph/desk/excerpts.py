"""Words around what was looked for, cut at spaces, in pieces that say whether they are it. Made of masked text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from cenotaph.vocabulary import Claim

__all__ = ["AROUND", "around", "figure", "pieces", "windows"]

AROUND = 90
"""Letters of an excerpt on each side of a word."""
EXCERPTS = 3


def figure(claim: Claim, quote: str, told: Callable[[str, str], str]) -> list[tuple[int, int]]:
    """Where the figure stands in the quote as it is shown; nowhere when that can't be told any more."""
    first, last = claim.anchor.start - claim.start, claim.anchor.end - claim.start
    if not 0 <= first < last <= len(claim.quote):
        return []
    before, core = told(claim.quote[:first], claim.report), claim.quote[first:last]
    start = len(before)
    return [(start, start + len(core))] if quote.startswith(before) and quote[start : start + len(core)] == core else []


def around(text: str, marks: Sequence[tuple[int, int]]) -> tuple[int, int]:
    found = windows(text, marks[:1] or [(0, 0)], 2 * AROUND)
    return found[0]


def windows(text: str, marks: Iterable[tuple[int, int]], wide: int = AROUND) -> list[tuple[int, int]]:
    """Where excerpts start and end, at spaces: around the first marks, joined where they meet."""
    out: list[tuple[int, int]] = []
    for start, end in marks:
        if out and start <= out[-1][1]:
            continue
        if len(out) == EXCERPTS:
            break
        first = text.find(" ", start - wide, start) + 1 if start > wide else 0
        last = text.rfind(" ", end, end + wide) if len(text) - end > wide else len(text)
        out.append((max(first, out[-1][1] if out else 0) if first else 0, last if last > end else end))
    return out


def pieces(text: str, first: int, last: int, marks: Iterable[tuple[int, int]]) -> list[tuple[str, bool]]:
    """The text between, cut at its marks; line ends are spaces, and what is left out at the ends is marked so."""
    out, at = list[tuple[str, bool]](), first
    for start, end in marks:
        if start >= first and end <= last:
            out += [(_line(text[at:start]), False), (_line(text[start:end]), True)]
            at = end
    out.append((_line(text[at:last]), False))
    out = [("… ", False), *out] if first else out
    return [piece for piece in (*out, *([(" …", False)] if last < len(text) else [])) if piece[0]]


def _line(words: str) -> str:
    return words.translate(_ENDS)


_ENDS = str.maketrans(dict.fromkeys("\r\n\t\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029", " "))
