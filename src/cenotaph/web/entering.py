"""The way in: a link that works once, and a key for programs. No account is made; all of it dies with the server."""

from __future__ import annotations

import hmac
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

__all__ = ["HALF_A_DAY", "Keys", "inside"]

HALF_A_DAY = 12 * 60 * 60
"""Seconds that a visit lasts after the last time somebody looked."""


def _secret() -> str:
    return secrets.token_urlsafe(32)


@dataclass
class Keys:
    """`session` signs what a browser keeps; `program` opens the API; `link` lets one browser in, once.

    Which visits go on is known here and not only by the browser, so that a cookie of one who left opens nothing.

    >>> keys = Keys()
    >>> keys.let_in(keys.link), keys.let_in(keys.link)
    (True, False)
    >>> visit = keys.visit()
    >>> keys.is_in(visit), keys.leave(visit), keys.is_in(visit)
    (True, None, False)
    """

    session: str = field(default_factory=_secret, repr=False)
    program: str = field(default_factory=_secret, repr=False)
    link: str = field(default_factory=_secret, repr=False)
    clock: Callable[[], float] = field(default=time.monotonic, repr=False)
    _links: set[str] = field(default_factory=set, repr=False)
    _visits: dict[str, float] = field(default_factory=dict, repr=False)
    _lock: Any = field(default_factory=threading.Lock, repr=False, compare=False)

    def __post_init__(self) -> None:
        self._links.add(self.link)

    def let_in(self, key: str) -> bool:
        """Whether a link may be used; from then on it may not."""
        with self._lock:  # of two who come with it at once, one is first
            found = next((one for one in self._links if _same(one, key)), None)
            if found is None:
                return False
            self._links.discard(found)
            return True

    def another_link(self) -> str:
        """One more, for another browser or another person at this desk."""
        made = _secret()
        with self._lock:
            self._links.add(made)
        return made

    def visit(self) -> str:
        """A visit begins; what it is called is kept by the browser."""
        made, now = _secret(), self.clock()
        with self._lock:
            self._visits = {one: until for one, until in self._visits.items() if until > now}
            self._visits[made] = now + HALF_A_DAY
        return made

    def is_in(self, visit: object) -> bool:
        """Whether a visit goes on; it then goes on for another half day."""
        now = self.clock()
        with self._lock:
            if not isinstance(visit, str) or self._visits.get(visit, now) <= now:
                return False
            self._visits[visit] = now + HALF_A_DAY
            return True

    def leave(self, visit: object) -> None:
        """The visit is over, for every copy of its cookie."""
        with self._lock:
            if isinstance(visit, str):
                self._visits.pop(visit, None)

    def is_key(self, key: str) -> bool:
        return _same(self.program, key)


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(), other.encode("utf-8", "replace"))


def inside(back: str, otherwise: str = "/") -> str:
    """Where a form leads back to: a path of ours, never an address elsewhere. A browser drops tabs and line ends of an
    address, and takes one kind of slash for the other.

    >>> [inside(one) for one in ("/inbox?state=new", "https://example.org/", "//example.org", f"/{chr(9)}/example.org")]
    ['/inbox?state=new', '/', '/', '/']
    """
    ours = back.startswith("/") and not back.startswith(("//", "/\\")) and back.isprintable()
    return back if ours else otherwise
