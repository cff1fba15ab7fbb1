"""Python's search for garbage, put off while a case is added up."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["uncollected"]


@contextmanager
def uncollected() -> Iterator[None]:
    """Within it nothing is searched for garbage; afterwards it is as it was before, also if something was raised.

    Claims hold no circles of references, so there is little to find, and each search walks through everything that is
    held: with a million claims it costs up to a fifth of the time, and more for a claim the more claims there are.

    >>> with uncollected():
    ...     gc.isenabled()
    False
    >>> gc.isenabled()
    True
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
