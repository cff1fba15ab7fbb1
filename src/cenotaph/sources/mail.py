"""Mail: one message (.eml) or a mailbox (.mbox); each message is a report, and so is each readable document in it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path, PurePosixPath

from cenotaph.intake import Captured
from cenotaph.plain.letter import BROKEN, parsed, parts
from cenotaph.sources.known import Known
from cenotaph.vocabulary import Problem

__all__ = ["mailbox", "with_documents"]

LARGEST = 50_000_000
"""Bytes of one message."""

_LONGEST_LINE = 1_000_000


def mailbox(path: Path, known: Known, *, name: str) -> Iterator[Captured | Problem]:
    """Each message of a mailbox (mbox), one after the other, however large the file is.

    A message begins with a line "From ..." after an empty line (RFC 4155); a line ">From" inside is left as it is.
    """
    given = False
    for number, content in enumerate(_messages(path), 1):
        given = given or isinstance(content, int) or bool(content.strip())
        if isinstance(content, int):
            what = f"{name}: message {number} has more than {LARGEST // 1_000_000} MB, the most that one may have"
            yield Problem("too large", what, name, settle="save its attachments and add them as files")
        elif content.strip():
            part = f"{Path(name).stem}-{number}"
            yield from with_documents(content, known, name=part, original=os.fspath(path))
    if not given:
        what = f"{name}: no message in it; a mailbox begins with a line 'From ...'"
        yield Problem("empty", what, name, settle="export the folder again as mbox, or add single messages (.eml)")


def with_documents(content: bytes, known: Known, *, name: str, original: str) -> Iterator[Captured | Problem]:
    """The mail itself with the pictures, films and sounds in it beside it, then each document attached to it that is a
    report of its own: a PDF, a page, another mail. What else there is stays inside the mail, which is kept whole.
    """
    from cenotaph.sources.opening import opened  # each needs the other

    try:
        media, documents = _attached(parsed(content))
    except BROKEN:
        media, documents = [], []  # broken on purpose: the mail itself will be refused with its reason
    yield known.captured(content, "eml", name, how="mail", original=original, attachments=tuple(media))
    for file, inside in documents:
        yield from opened(inside, known, name=f"{name}/{file}", original=f"{original}/{file}", how="mail", depth=1)


DOCUMENTS = (".pdf", ".docx", ".html", ".htm", ".txt", ".md", ".eml", ".zip")

MEDIA = ("image", "audio", "video")

NO_KIND = "application/octet-stream"
"""What a program says of an attachment of which it knows nothing; then its name tells."""

MEDIA_NAMES = (
    ".jpg", ".jpeg", ".png", ".gif", ".webp", ".heic", ".bmp", ".tif", ".tiff", ".mp4", ".m4v", ".mov", ".3gp", ".webm",
    ".avi", ".mkv", ".mp3", ".m4a", ".aac", ".ogg", ".oga", ".opus", ".amr", ".wav",
)  # fmt: skip


def _attached(found: EmailMessage) -> tuple[list[bytes], list[tuple[str, bytes]]]:
    """The pictures, films and sounds in a mail, wherever in it they stand; and the documents, each with its name."""
    media: list[bytes] = []
    documents: list[tuple[str, bytes]] = []
    for part in parts(found):
        file = PurePosixPath((part.get_filename() or "").replace("\\", "/")).name
        ending = PurePosixPath(file).suffix.lower()
        shows = part.get_content_maintype() in MEDIA or (part.get_content_type() == NO_KIND and ending in MEDIA_NAMES)
        if part.is_multipart() or not (shows or ending in DOCUMENTS):
            continue
        content = part.get_payload(decode=True)
        if not isinstance(content, bytes) or not content.strip():
            continue
        if ending in DOCUMENTS:
            documents.append((file, content))
        else:
            media.append(content)
    return media, documents


def _messages(path: Path) -> Iterator[bytes | int]:
    """The bytes of each message, or the size of one that is too large to be held."""
    held: list[bytes] | None = None
    size, before, after_blank = 0, 0, True
    with open(path, "rb") as opened:
        while line := opened.readline(_LONGEST_LINE):
            if after_blank and line.startswith(b"From "):
                if held is not None:
                    yield b"".join(held) if size <= LARGEST else size
                held, size = [], 0
            elif held is None:
                before += len(line)
                if before > _LONGEST_LINE:  # no mailbox: it begins with a message
                    return
            else:
                size += len(line)
                if size <= LARGEST:
                    held.append(line)
                else:
                    held.clear()
            after_blank = not line.strip()
    if held is not None:
        yield b"".join(held) if size <= LARGEST else size
