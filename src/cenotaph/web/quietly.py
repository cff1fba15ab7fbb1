"""What a decision is refused for, told without the names that the page itself does not show."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from fastapi import Request

from cenotaph.case import CaseError, Moved
from cenotaph.web.deciding import desk_of

__all__ = ["quietly"]


@contextmanager
def quietly(request: Request) -> Iterator[None]:
    """A refusal names what the decision is about; where a page knows it by a handle alone, that would say who it is."""
    try:
        yield
    except Moved:
        raise  # the merge view masks what it shows
    except CaseError as error:
        if request.session.get("unmasked"):
            raise
        raise CaseError(desk_of(request).veil.words(str(error))) from error
