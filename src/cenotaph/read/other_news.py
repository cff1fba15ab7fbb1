"""Other news beside a report: lists of headlines that a page shows above, below or inside what it reports.

What they tell is not told by this report, and mostly of another day: nothing is claimed from them, and a Problem says
so. A list is known by the line that opens it ("Related news", "اقرأ أيضا": the data of [menus]), or by its many lines
of the same form at an end of a text that has a body besides.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from cenotaph.read.language import Language
from cenotaph.read.text import Sentence

_MANY = 6  # lines in a row that are a list of links, without words that say so
_WORDS = range(4, 26)  # words of a headline: shorter lines are names, places and figures of a list of the report's own
_OWN = 2  # lines right above the body: its own headline, and what stands below that
_BODY = 200  # characters of a paragraph that is more than a headline

Told = Sequence[tuple[Sentence, Language]]
Run = tuple[int, int]


def beside(found: Told) -> list[Run]:
    """The runs of sentences, first (inclusive) to last (exclusive), that are lists of other news."""
    if len(found) < 3:
        return []
    paragraphs = [list(group) for _, group in groupby(range(len(found)), key=lambda at: found[at][0].paragraph)]
    opened = list(_opened(found, paragraphs))
    taken = {at for run in opened for at in range(*run)}
    return sorted([*opened, *(run for run in _listed(found, paragraphs) if taken.isdisjoint(range(*run)))])


def _opened(found: Told, paragraphs: Sequence[Sequence[int]]) -> Iterator[Run]:
    """Below a line that opens a list, every headline up to what is none; beside it, what stands on the same line."""
    at = 0
    while at < len(paragraphs):
        here = paragraphs[at]
        rest = _behind_head(*found[here[0]])
        at += 1
        if rest is None:
            continue
        first = at if rest == 0 else at - 1
        while rest == 0 and at < len(paragraphs) and _is_line(found, paragraphs[at]):
            at += 1
        if at > first and _is_line(found, paragraphs[first]):
            yield paragraphs[first][0], paragraphs[at - 1][-1] + 1


def _behind_head(sentence: Sentence, language: Language) -> int | None:
    """How many words stand behind words that open a list, in a line that begins with them; None for any other line."""
    tokens = sentence.tokens
    first = next((at for at, token in enumerate(tokens) if token.is_word), len(tokens))
    head = language.words("menus", "heads").match(tokens, first) if first < min(3, len(tokens)) else None
    if head is None:
        return None
    last = first + head[1]
    words = sum(token.is_word for token in tokens[last:])
    parted = last >= len(tokens) or not tokens[last].is_word  # "Related news: ..."; not "Related news came from Homs"
    return words if parted else None


def _listed(found: Told, paragraphs: Sequence[Sequence[int]]) -> Iterator[Run]:
    """Many headlines in a row at the beginning or the end of a text with a body."""
    lines = [_is_link(found, one) for one in paragraphs]
    if not any(not line and _is_body(found, one) for line, one in zip(lines, paragraphs, strict=True)):
        return
    at = 0
    for line, group in groupby(lines):
        size = len(list(group))
        first, last = at, at + size
        at = last
        if not line or (first and last < len(lines)):
            continue
        last -= _OWN if last < len(lines) else 0
        if last - first >= _MANY:
            yield paragraphs[first][0], paragraphs[last - 1][-1] + 1


def _is_line(found: Told, paragraph: Sequence[int]) -> bool:
    return len(paragraph) == 1 and found[paragraph[0]][0].headline


def _is_link(found: Told, paragraph: Sequence[int]) -> bool:
    """A headline as such: words only, no mark of a list and no figure before them, no tag of a post."""
    if not _is_line(found, paragraph):
        return False
    tokens = found[paragraph[0]][0].tokens
    plain = tokens[0].is_word and not any(token.text in "#@:|•" for token in tokens)
    return plain and sum(token.is_word for token in tokens) in _WORDS


def _is_body(found: Told, paragraph: Sequence[int]) -> bool:
    return found[paragraph[-1]][0].span.end - found[paragraph[0]][0].span.start >= _BODY
