"""What stops a case, each in one line that says what was found, what was expected and what to do."""

from __future__ import annotations


class CaseError(Exception):
    """The case can't go on; the message is for the person at the keyboard."""


class Refused(CaseError):
    """One of several decisions can't stand, so that none was taken; `at` is its place among them, from 0."""

    def __init__(self, why: str, at: int) -> None:
        super().__init__(why)
        self.at = at
