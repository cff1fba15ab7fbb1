"""What comes in, before it is evidence: the bytes and what is known of them; and why a thing can't be read."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

KINDS = ("txt", "md", "html", "json", "eml", "mbox", "pdf", "docx", "rss", "atom", "warc", "zip", "png", "jpg", "tiff")
"""Endings of the files that can be taken in; exports of messengers are among the json, html and txt."""


@dataclass(frozen=True, slots=True)
class Captured:
    """One thing that a source gave: its bytes, of what kind, and what the person or the source said of it.

    `how` is the source (folder, web, paste), `original` the path or address as given, `captured` the moment, `encoding`
    what the sender said of the bytes ("" when nothing was said); `attachments` the bytes of pictures, videos and other
    files that came with it and are kept beside it; `about` what a person's note, transcript or translation speaks of:
    the id of a report, or file: and the hash of an attachment.
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
    about: str = ""


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
    about: str = ""


class Unreadable(Exception):
    """One line: what was found, what was expected, what to do.

    >>> str(Unreadable("odd\\nname.txt: the file is empty; a report needs text"))
    'odd name.txt: the file is empty; a report needs text'
    """

    def __init__(self, line: str) -> None:
        super().__init__(" ".join(line.split()))
