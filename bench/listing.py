"""Errors as lines: the commonest kind first, so that the next rule is chosen by what it gains."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator


def by_kind(found: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Each kind with how often it came, then its errors.

    >>> list(by_kind([("missed", "a"), ("spurious", "b"), ("missed", "c")]))
    ['# missed: 2', 'missed  a', 'missed  c', '# spurious: 1', 'spurious  b']
    """
    kinds: dict[str, list[str]] = defaultdict(list)
    for kind, line in found:
        kinds[kind].append(line)
    for kind, lines in sorted(kinds.items(), key=lambda one: -len(one[1])):
        yield f"# {kind}: {len(lines)}"
        yield from (f"{kind}  {line}" for line in lines)


def sentence_with(text: str, expression: str) -> str:
    """The first sentence in which the expression is found, else the first of all.

    >>> sentence_with("It rained. Two died. One lived.", "die|live")
    'Two died.'
    """
    found = [one for one in re.split(r"(?<=[.!?؟])\s+|\n+", text) if one.strip()]
    return next((one for one in found if re.search(expression, one, re.IGNORECASE)), found[0] if found else "")


def around(text: str, start: int, end: int, width: int = 70) -> str:
    """A stretch of a text in brackets, with so many letters on either side.

    >>> around("He said so.", 3, 7, width=3)
    'He [said] so'
    """
    before, after = text[max(0, start - width) : start], text[end : end + width]
    return " ".join(f"{before}[{text[start:end]}]{after}".split())
