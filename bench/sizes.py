"""Sizes that a benchmark is asked for on the command line."""

from __future__ import annotations

import argparse
from collections.abc import Callable

__all__ = ["rising"]


def rising(least: int, what: str) -> Callable[[str], list[int]]:
    """A type for argparse: numbers that rise, none below `least`.

    >>> rising(100, "claims")("100,1_000")
    [100, 1000]
    """

    def sizes(words: str) -> list[int]:
        try:
            found = [int(word.replace("_", "")) for word in words.split(",")]
        except ValueError as error:
            raise argparse.ArgumentTypeError(f"{words!r} is no list of numbers such as 10000,100000") from error
        if min(found) < least or found != sorted(set(found)):
            raise argparse.ArgumentTypeError(f"sizes rise, from {least} {what} on; found {words!r}")
        return found

    return sizes
