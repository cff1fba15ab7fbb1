"""What can be kept of what people and programs send: how deep, how long, of which signs and numbers.

What is decided stays in the journal for good. A value that some page can't tell would break that page for good.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any

from cenotaph.case import CaseError

__all__ = ["refuse_odd", "refuse_unfit"]

DEEPEST = 30
"""Levels of values within values; a claim has five."""
LONGEST = 500_000
"""Letters of all that a decision tells."""
LARGEST = 2**53
"""The largest number that every reader of JSON takes as it is (RFC 8259, 6)."""
NUL = "\0"


def refuse_odd(what: str, value: Any) -> None:
    """Raises CaseError for what is nested so deep that no page could walk it, and for the sign that ends a text.

    >>> refuse_odd("the body", {"about": "claim:0", "details": {"also": ["S. E."]}})
    """
    for depth, one in _leaves(value):
        if depth > DEEPEST:
            raise CaseError(f"{what}: values are nested more than {DEEPEST} levels deep")
        if isinstance(one, str) and NUL in one:
            raise CaseError(f"{what}: the sign NUL (0) can't be kept; leave it out")


def refuse_unfit(what: str, value: Any) -> None:
    """The same, and for numbers and lengths that not everybody who reads the journal could read."""
    refuse_odd(what, value)
    leaves = [one for _, one in _leaves(value)]
    if any(not math.isfinite(one) if isinstance(one, float) else abs(one) > LARGEST for one in leaves
           if isinstance(one, (int, float))):  # fmt: skip
        raise CaseError(f"{what}: a number is none, or has more than 15 digits")
    size = sum(len(one) for one in leaves if isinstance(one, str))
    if size > LONGEST:
        raise CaseError(f"{what}: it has {size:,} letters in all; at most {LONGEST:,} are kept")


def _leaves(value: Any) -> Iterator[tuple[int, Any]]:
    """All that is no list and no object, keys as well, with its depth; None for what lies too deep."""
    level, depth = [value], 0
    while level:
        depth += 1
        if depth > DEEPEST + 1:
            yield depth, None
            return
        inner: list[Any] = []
        for one in level:
            if isinstance(one, Mapping):
                inner += [*one.keys(), *one.values()]
            elif isinstance(one, (list, tuple)):
                inner += one
            else:
                yield depth, one
        level = inner
