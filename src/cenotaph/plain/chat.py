"""One message of a chat that WhatsApp exported as text: its head, and its words without the head and the writer."""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["ChatLine", "chat_line", "chat_words"]


@dataclass(frozen=True, slots=True)
class ChatLine:
    """The head of a message in a chat's export: the three numbers of its day as they stand, and what follows."""

    numbers: tuple[int, int, int]
    rest: str


_MARKS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_HEAD = re.compile(
    r"(\[)?(\d{1,4})[./-](\d{1,2})[./-](\d{1,4})[,،]?\s+\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:\s*(?:[AaPp]\.?\s?[Mm]\.?|[صم]))?"
    r"(?(1)\]\s?|\s+-\s)(.*)",
    re.DOTALL,
)
_WRITER = re.compile(r"[^:\n]{1,100}:\s")


def chat_line(line: str) -> ChatLine | None:
    """The head of a message, or None for a line that goes on with the message before.

    >>> chat_line("[08/03/2025, 14:05:11] Somebody: Ten people were killed.").numbers
    (8, 3, 2025)
    >>> chat_line("and ten were hurt") is None
    True
    """
    found = _HEAD.match(_MARKS.sub("", line))
    return ChatLine((int(found[2]), int(found[3]), int(found[4])), found[5]) if found else None


def chat_words(message: str) -> str:
    r"""The words of a message without its head and its writer; "" for a notice of the program, which has no writer.

    >>> chat_words("08/03/2025, 14:05 - Somebody: Ten people\nwere killed.")
    'Ten people\nwere killed.'
    """
    head = chat_line(message)
    writer = _WRITER.match(head.rest) if head else None
    return head.rest[writer.end() :].strip() if head and writer else ""
