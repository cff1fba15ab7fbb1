"""A search as an address: what is asked there, and the address that asks it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from urllib.parse import urlencode

from fastapi import Request

from cenotaph.desk.search_asked import Asked, asked

__all__ = ["address", "asked_of", "told"]

_NAMED = {"first": "from", "last": "to"}
_USUAL = {"kind": "reports", "order": "rank"}


def asked_of(request: Request) -> Asked:
    """What the address asks; the days are called from and to there. Raises CaseError for a day that is none."""
    said = dict(request.query_params)
    return asked(**{**said, **{key: said.get(name, "") for key, name in _NAMED.items()}})


def told(one: Asked) -> Mapping[str, str]:
    """What was asked, by the names that an address has; without what every search has."""
    return dict(_told(one))


@lru_cache(maxsize=64)  # a page has a hundred addresses of one search
def _told(one: Asked) -> tuple[tuple[str, str], ...]:
    whole = {_NAMED.get(key, key): str(getattr(one, key)) for key in Asked.__dataclass_fields__}
    return tuple((key, value) for key, value in whole.items() if value and _USUAL.get(key) != value)


def address(one: Asked, path: str = "/search", **more: str) -> str:
    """The same search as an address, with these values in place of its own; "" leaves one out.

    >>> address(Asked("12 killed", place="Syria > Tartus"), kind="claims", place="")
    '/search?q=12+killed&kind=claims'
    """
    named = {_NAMED.get(key, key): value for key, value in more.items()}
    query = urlencode({key: value for key, value in {**dict(_told(one)), **named}.items() if value})
    return f"{path}?{query}" if query else path
