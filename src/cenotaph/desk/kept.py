"""What is worked out once and shown until it may be another: who is hidden is hidden at once.

What rests on claims, roots and tolls alone, unmasked, stands until these are summed up again; counts of what claims
say until one says something else; all else until the tables change or somebody decides.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from cenotaph.desk import Desk, history
from cenotaph.desk.looking import mask_word

__all__ = ["kept", "kept_of_claims", "kept_of_said"]

T = TypeVar("T")
MOST = 64
"""Answers kept for one case in either way; then all are worked out again."""
Held = tuple[str, dict[Hashable, Any]]

_shown: WeakKeyDictionary[Desk, Held] = WeakKeyDictionary()
_of_claims: WeakKeyDictionary[Desk, Held] = WeakKeyDictionary()
_of_said: WeakKeyDictionary[Desk, Held] = WeakKeyDictionary()
_lock = threading.Lock()


def kept(desk: Desk, key: Hashable, make: Callable[[], T]) -> T:
    """What `make` gave when this key was last asked for, unless the tables changed or somebody decided since.

    A name is hidden by another word in each language; whether any is hidden at all is for the key to say.
    """
    return _kept(_shown, desk, f"{desk.stamp} {history.stands_at(desk.case)}", (mask_word(), key), make)


def kept_of_claims(desk: Desk, key: Hashable, make: Callable[[], T]) -> T:
    """The same for what a decision changes only by what is worked out of it: never what is masked."""
    return _kept(_of_claims, desk, desk.summed, key, make)


def kept_of_said(desk: Desk, key: Hashable, make: Callable[[], T]) -> T:
    """The same for counts of what claims say, by place, day, harm, root and outlet: whoever reads one changes none."""
    return _kept(_of_said, desk, desk.said, key, make)


def _kept(all_of: WeakKeyDictionary[Desk, Held], desk: Desk, now: str, key: Hashable, make: Callable[[], T]) -> T:
    with _lock:
        stamp, held = all_of.get(desk, ("", {}))
        if stamp != now or len(held) > MOST:
            stamp, held = now, {}
            all_of[desk] = stamp, held
        if key in held:
            found: T = held[key]
            return found
    made = make()
    with _lock:
        held[key] = made
    return made
