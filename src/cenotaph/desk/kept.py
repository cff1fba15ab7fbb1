"""What is worked out once and shown until the tables change, or somebody decides: who is hidden is hidden at once."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from cenotaph.desk import Desk, history

__all__ = ["kept"]

T = TypeVar("T")
MOST = 64
"""Answers kept for one case; then all are worked out again."""

_all: WeakKeyDictionary[Desk, tuple[str, dict[Hashable, Any]]] = WeakKeyDictionary()
_lock = threading.Lock()


def kept(desk: Desk, key: Hashable, make: Callable[[], T]) -> T:
    """What `make` gave when this key was last asked for, unless the tables changed or somebody decided since."""
    now = f"{desk.stamp} {history.stands_at(desk.case)}"
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
