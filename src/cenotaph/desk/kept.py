"""What is worked out once and shown until the tables change."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from cenotaph.desk import Desk

__all__ = ["kept"]

T = TypeVar("T")
MOST = 64
"""Answers kept for one case; then all are worked out again."""

_all: WeakKeyDictionary[Desk, tuple[str, dict[Hashable, Any]]] = WeakKeyDictionary()
_lock = threading.Lock()


def kept(desk: Desk, key: Hashable, make: Callable[[], T]) -> T:
    """What `make` gave when this key was last asked for, unless the tables changed since."""
    now = desk.stamp
    with _lock:
        stamp, held = _all.get(desk, ("", {}))
        if stamp != now or len(held) > MOST:
            stamp, held = now, {}
            _all[desk] = stamp, held
        if key in held:
            found: T = held[key]
            return found
    made = make()
    with _lock:
        held[key] = made
    return made
