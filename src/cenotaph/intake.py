"""What comes in, before it is evidence: the bytes and what is known of them; and why a thing can't be read."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

KINDS = ("txt", "md", "html", "json", "eml", "mbox", "pdf", "docx", "rss", "atom", "warc", "zip")
"""Endings of the files that can be taken in; exports of messengers are among the json, html and txt."""


@dataclass(frozen=True, slots=True)
class Captured:
    """One thing that a source gave: its bytes, of what kind, and what the person or the source said of it.

    `how` is the source (folder, web, paste), `original` the path or address as given, `captured` the moment, `encoding`
    what the sender said of the bytes ("" when nothing was said); `attachments` the bytes of pictures, videos and other
    files that came with it and are kept beside it.
    """

    content: bytes
    kind: str
    name: str
    how: str
    original: str
    captured: dt.datetime
    url: str = ""
    outlet: str = ""
    published: dt.date | None = None
    updated: dt.date | None = None
    language: str = ""
    title: str = ""
    encoding: str = ""
    attachments: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True)
class Extracted:
    """The text made of the bytes, what the document says of itself, and the tool and version that made it."""

    text: str
    tool: str
    version: str
    name: str = ""
    title: str = ""
    language: str = ""
    outlet: str = ""
    url: str = ""
    published: dt.date | None = None
    updated: dt.date | None = None


class Unreadable(Exception):
    """One line: what was found, what was expected, what to do.

    >>> str(Unreadable("odd\\nname.txt: the file is empty; a report needs text"))
    'odd name.txt: the file is empty; a report needs text'
    """

    def __init__(self, line: str) -> None:
        super().__init__(" ".join(line.split()))


# --- chats ----------------------------------------------------------------------------------------------------------


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
