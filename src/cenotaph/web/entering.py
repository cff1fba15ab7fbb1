"""The way in: a link that works once, and a key for programs. No account is made; both die with the server."""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass, field

__all__ = ["Keys"]


def _secret() -> str:
    return secrets.token_urlsafe(32)


@dataclass
class Keys:
    """`session` signs what a browser keeps; `program` opens the API; `link` lets one browser in, once.

    >>> keys = Keys()
    >>> keys.let_in(keys.link), keys.let_in(keys.link)
    (True, False)
    """

    session: str = field(default_factory=_secret, repr=False)
    program: str = field(default_factory=_secret, repr=False)
    link: str = field(default_factory=_secret, repr=False)
    _links: set[str] = field(default_factory=set, repr=False)

    def __post_init__(self) -> None:
        self._links.add(self.link)

    def let_in(self, key: str) -> bool:
        """Whether a link may be used; from then on it may not."""
        found = next((one for one in self._links if _same(one, key)), None)
        if found is None:
            return False
        self._links.discard(found)
        return True

    def another_link(self) -> str:
        """One more, for another browser or another person at this desk."""
        made = _secret()
        self._links.add(made)
        return made

    def is_key(self, key: str) -> bool:
        return _same(self.program, key)


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(), other.encode("utf-8", "replace"))
