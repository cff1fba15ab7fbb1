"""One message of a chat that WhatsApp exported as text: its head, and its words without the head and the writer."""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["ChatLine", "chat_files", "chat_line", "chat_words"]


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
_FILE = r"([^/\\<>\n]{1,120}\.\w{2,5})"
_ANGLED = re.compile(rf"<[^<>:\n]{{1,40}}:\s*{_FILE}>")
_FIRST = re.compile(rf"{_FILE} \([^()\n]{{1,40}}\)[ \t]*(?:\n|$)")
"""How phones name a file beside the chat: Apple's in angle brackets, Google's first, each in the owner's language."""
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


def chat_files(message: str) -> list[str]:
    r"""The names of the files that a message names as lying beside the chat, as the phone wrote them.

    >>> chat_files("[08/03/2025, 14:05:11] Somebody: <attached: 0001-PHOTO.jpg>")
    ['0001-PHOTO.jpg']
    >>> chat_files("08/03/2025, 14:05 - Somebody: IMG-WA0001.jpg (file attached)\nTen people were killed.")
    ['IMG-WA0001.jpg']
    """
    words = chat_words(message)
    first = _FIRST.match(words)
    return list(dict.fromkeys([*([first[1]] if first else []), *_ANGLED.findall(words)]))
