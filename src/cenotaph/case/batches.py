"""Things on their way into a case, some at a time: one wait for the disk serves them all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cenotaph.intake import Captured
from cenotaph.vocabulary import Problem

__all__ = ["batches"]

MOST = 200
"""Things in one transaction; from here on waiting for the disk is no longer what takes the time."""

HEAVIEST = 16_000_000
"""Bytes after which a batch is closed, so that large files are not held together."""


def batches(given: Iterable[Captured | Problem]) -> Iterator[list[Captured | Problem]]:
    """All that was given, in its order.

    What came over a wire is kept before the next thing is asked for: it may not be had again, and a source remembers
    how far it went. So is what can't be read, so that a person who waits is told at once.

    >>> from cenotaph.vocabulary import Problem
    >>> [len(one) for one in batches([Problem("empty", "a"), Problem("empty", "b")])]
    [1, 1]
    """
    held: list[Captured | Problem] = []
    size = 0
    try:
        for item in given:
            held.append(item)
            size += 0 if isinstance(item, Problem) else len(item.content) + sum(map(len, item.attachments))
            if len(held) == MOST or size >= HEAVIEST or _at_once(item):
                yield held
                held, size = [], 0
    except KeyboardInterrupt:
        if held:
            yield held  # whoever stops the program keeps what had come by then
        raise
    if held:
        yield held


def _at_once(item: Captured | Problem) -> bool:
    return isinstance(item, Problem) or item.original.lower().startswith(("http://", "https://"))
