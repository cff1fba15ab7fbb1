"""What stops a case, each in one line that says what was found, what was expected and what to do."""

from __future__ import annotations


class CaseError(Exception):
    """The case can't go on; the message is for the person at the keyboard."""
