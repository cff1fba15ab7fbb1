"""What stops a case, each in one line that says what was found, what was expected and what to do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cenotaph.vocabulary import Decision


class CaseError(Exception):
    """The case can't go on; the message is for the person at the keyboard."""


class Refused(CaseError):
    """One of several decisions can't stand, so that none was taken; `at` is its place among them, from 0."""

    def __init__(self, why: str, at: int) -> None:
        super().__init__(why)
        self.at = at


class Moved(CaseError):
    """Somebody decided on the same thing since the person looked at it; `since` are those decisions, oldest first."""

    def __init__(self, about: str, since: Sequence[Decision]) -> None:
        by = ", ".join(dict.fromkeys(one.who for one in since))
        super().__init__(f"{about} was decided on by {by} since you looked; look again, then decide")
        self.about, self.since = about, tuple(since)
