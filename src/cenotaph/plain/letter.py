"""A mail as the standard library parses it, and its parts in order; no more and no deeper than a real mail has."""

from __future__ import annotations

from collections.abc import Iterator
from email import policy
from email.errors import MessageError
from email.message import EmailMessage
from email.parser import BytesFeedParser

__all__ = ["BROKEN", "parsed", "parts"]

DEEPEST = 20
"""Parts within parts that are gone into; a mail forwarded many times has some five."""

MOST_PARTS = 1_000

PIECE = 65_536
"""Bytes that are parsed at once: handed over whole, a mail is held three times more, once at four bytes a letter."""

MOST_FENCES = 2_000
"""Lines that begin with two dashes, as each fence between parts does: the parser's time grows with their square."""

BROKEN = (ValueError, LookupError, MessageError, RecursionError, AttributeError, TypeError)
"""What the standard library's parser raises, now or when a field is asked for, on a mail that is broken on purpose."""


def parsed(content: bytes) -> EmailMessage:
    """The mail in these bytes; any bytes are some mail. Raises ValueError for one of too many parts to be real."""
    if content.count(b"\n--") > MOST_FENCES:
        raise ValueError("more parts than a mail has")
    parser = BytesFeedParser(EmailMessage, policy=policy.default)
    for start in range(0, len(content), PIECE):
        parser.feed(content[start : start + PIECE])
    return parser.close()


def parts(found: EmailMessage) -> Iterator[EmailMessage]:
    """Every part in order, those of forwarded mails too.

    >>> [part.get_content_type() for part in parts(parsed(b"Subject: x\\n\\nTen people were killed."))]
    ['text/plain']
    """
    waiting, given = [(found, 0)], 0
    while waiting and given < MOST_PARTS:
        part, depth = waiting.pop()
        given += 1
        yield part
        inside = part.get_payload() if part.is_multipart() else ()
        if isinstance(inside, list) and depth < DEEPEST:
            waiting += [(one, depth + 1) for one in reversed(inside) if isinstance(one, EmailMessage)]
