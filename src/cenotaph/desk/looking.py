"""One look at a time: what a page asks of the store again and again is asked once for each page.

Outside of a page, and after something was written, each question is asked anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

__all__ = ["look_again", "looking", "once"]

T = TypeVar("T")

_seen: ContextVar[dict[str, Any] | None] = ContextVar("seen", default=None)


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
