"""One look at a time: what a page asks of the store again and again is asked once for each page.

Outside of a page, and after something was written, each question is asked anew. A page also says by which word it
hides a name: an Arabic page by an Arabic one, so that nobody has to tell our word from the same word of a report later.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

from cenotaph.publish.masking import PROTECTED

__all__ = ["hides_somebody", "hiding_by", "look_again", "looking", "mask_word", "once"]

T = TypeVar("T")

_seen: ContextVar[dict[str, Any] | None] = ContextVar("seen", default=None)
_words: ContextVar[tuple[str, ...]] = ContextVar("words", default=(PROTECTED,))


@contextmanager
def looking() -> Iterator[None]:
    """While one page is made.

    >>> asked = iter("ab")
    >>> with looking():
    ...     [once("x", lambda: next(asked)) for _ in range(3)]
    ['a', 'a', 'a']
    >>> once("x", lambda: next(asked))
    'b'
    """
    token = _seen.set({})
    try:
        yield
    finally:
        _seen.reset(token)


def once(key: str, look: Callable[[], T]) -> T:
    """What `look` gave when this page first asked."""
    seen = _seen.get()
    if seen is None:
        return look()
    if key not in seen:
        seen[key] = look()
    found: T = seen[key]
    return found


def look_again() -> None:
    """Something was written: what was seen before it holds no more."""
    seen = _seen.get()
    if seen is not None:
        seen.clear()


# --- by which word a name is hidden -----------------------------------------------------------------------------------


@contextmanager
def hiding_by(word: str, *others: str) -> Iterator[None]:
    """While something is shown in one language; `others` are the words of other languages, which a form that was filled
    in before may bring back.

    >>> with hiding_by("[محمي]", "[protected]"):
    ...     mask_word(), hides_somebody("[protected] and another")
    ('[محمي]', True)
    >>> mask_word()
    '[protected]'
    """
    token = _words.set((word, *others))
    try:
        yield
    finally:
        _words.reset(token)


def mask_word() -> str:
    """What stands for a name that is hidden, in what is shown now."""
    return _words.get()[0]


def hides_somebody(text: str) -> bool:
    """Whether one of our words for a hidden name stands in it."""
    return any(word in text for word in _words.get())
