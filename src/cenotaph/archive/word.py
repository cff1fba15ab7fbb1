"""A Word document (.docx) made into text: paragraphs and tables in their order; its day and title as it says them."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
import zlib
from collections.abc import Iterator
from importlib.metadata import version
from typing import Any

from cenotaph.intake import Captured, Extracted, Unreadable

__all__ = ["document"]

LARGEST = 200_000_000
"""Bytes of all parts of a document, unpacked; what says more is a bomb or a book of pictures."""

MOST_MARKED, MOST_TAGS = 20_000_000, 1_000_000
"""Bytes and tags of its words and their marks, without pictures: many hundred pages; all are held at once."""

MOST_FILES = 5_000

_LACKING = (KeyError, ValueError, AttributeError, RecursionError)


def document(captured: Captured) -> Extracted:
    """The words of a Word document. Raises Unreadable, in one line: not a document, locked, or a bomb."""
    from docx import Document
    from docx.opc.exceptions import OpcError
    from lxml.etree import XMLSyntaxError

    _refuse_bomb(captured)
    try:
        found = Document(io.BytesIO(captured.content))
        text = "\n".join(_lines(found))
        known = found.core_properties
        title, day = " ".join((known.title or "").split()), _day(known.modified) or _day(known.created)
    # python-docx raises any of these on a document that lacks a part or whose parts are not what they should be.
    except (OpcError, XMLSyntaxError, zipfile.BadZipFile, *_LACKING) as error:
        raise Unreadable(
            f"{captured.name}: not a Word document that can be read: {type(error).__name__}: {str(error)[:100]}"
        ) from error
    return Extracted(text, "python-docx", version("python-docx"), title=title, updated=day)


def _refuse_bomb(captured: Captured) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(captured.content)) as packed:
            inside = packed.infolist()
            parts = [one for one in inside if one.filename.endswith((".xml", ".rels"))]
            marked = sum(one.file_size for one in parts)
            tags = sum(packed.read(one).count(b"<") for one in parts) if marked <= MOST_MARKED else 0
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError, RuntimeError) as error:
        old = captured.content.startswith(b"\xd0\xcf\x11\xe0")
        what = "an old (.doc) or a locked Word document" if old else "not a Word document"
        raise Unreadable(f"{captured.name}: {what}; save it as .docx without a password, or as text") from error
    size = sum(one.file_size for one in inside)
    if marked > MOST_MARKED or tags > MOST_TAGS:
        found = f"{marked:,} bytes and {tags:,} tags unpacked; at most {MOST_MARKED:,} and {MOST_TAGS:,} are read"
        raise Unreadable(f"{captured.name}: {found}: save its text alone")
    if size > LARGEST or len(inside) > MOST_FILES:
        found = f"{size:,} bytes in {len(inside):,} parts, unpacked; at most {LARGEST:,} in {MOST_FILES:,} are read"
        raise Unreadable(f"{captured.name}: {found}: save its text alone")


def _lines(found: Any) -> Iterator[str]:
    from docx.table import Table

    for item in found.iter_inner_content():
        if isinstance(item, Table):
            for row in item.rows:
                yield "\t".join(" ".join(cell.text.split()) for cell in row.cells)
        else:
            yield item.text


def _day(stamp: dt.datetime | None) -> dt.date | None:
    return stamp.date() if stamp else None
