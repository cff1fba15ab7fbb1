"""Web captures (.warc, .warc.gz) as wget, browsers' archivers and libraries write them: each page is a report."""

from __future__ import annotations

import datetime as dt
import os
import zlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from cenotaph.intake import Captured
from cenotaph.sources.fetching import KINDS_OF_PAGES, LARGEST
from cenotaph.sources.known import Known
from cenotaph.vocabulary import Problem

__all__ = ["pages"]

HEAD = 1_000_000
"""Bytes of what stands above a record and above its page."""


def pages(path: Path, known: Known, *, name: str) -> Iterator[Captured | Problem]:
    """Each page that a server gave (status 200; HTML, text or JSON), with its address and the moment of its capture.

    Pictures, scripts and styles beside the pages are left alone. A file that is cut off gives what stands before
    the cut.
    """
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    number = given = 0
    with open(path, "rb") as opened:
        try:
            records = ArchiveIterator(opened)
            records.INC_RECORD = ""  # what warcio would write to stderr; said below in a line of ours
            lines = _Lines(records.reader)
            for number, record in enumerate(records, 1):
                lines.left = HEAD
                found = _page(record, known, name=name, original=os.fspath(path), number=number)
                if found is not None:
                    given += 1
                    yield found
        except (ArchiveLoadFailed, zlib.error, EOFError, ValueError, OSError, AttributeError) as error:
            # warcio raises any of these on a file that is no WARC, cut off, or broken on purpose.
            what = f"{name}: not readable after {number} records: {' '.join(str(error).split())[:120]}"
            yield Problem("not readable", what, name, settle="capture it again, or unpack a .gz that is no WARC")
            return
    if records.err_count:
        what = f"{name}: the length that a record says it has is wrong; it may be cut off or hold what is not its own"
        yield Problem("not readable", what, name, settle="compare its report with the page, or capture it again")
    elif not given:
        what = f"{name}: no page among its {number} records; a page that a server gave (status 200) is expected"
        yield Problem("empty", what, name, settle="capture the page again")


class _Lines:
    """Bounds what a capture's reader gives line by line, which is heads alone: warcio would read one without end."""

    def __init__(self, reader: Any) -> None:
        self.left, self._readline = HEAD, reader.readline
        reader.readline = self._bounded

    def _bounded(self, length: int | None = None) -> bytes:
        line: bytes = self._readline(min(length or self.left, self.left))
        self.left -= len(line)
        if self.left <= 0:
            raise ValueError("a head that does not end")
        return line


def _page(record: Any, known: Known, *, name: str, original: str, number: int) -> Captured | Problem | None:
    address = record.rec_headers.get_header("WARC-Target-URI") or ""
    if record.rec_type != "response" or record.http_headers is None or record.http_headers.get_statuscode() != "200":
        return None
    said = record.http_headers.get_header("Content-Type") or ""
    kind = KINDS_OF_PAGES.get(said.split(";")[0].strip().lower())
    if kind is None or not address.lower().startswith(("http://", "https://")):
        return None
    content = record.content_stream().read(LARGEST + 1)
    if len(content) > LARGEST:
        what = f"{name}: {address[:200]} has more than {LARGEST // 1_000_000} MB, the most that one page may have"
        return Problem("too large", what, name, settle="save its article as text")
    encoding = said.partition("charset=")[2].strip("\"' ;")
    found = known.captured(
        content, kind, f"{name}-{number}", how="warc", original=original, url=address, encoding=encoding
    )
    return replace(found, captured=_moment(record.rec_headers.get_header("WARC-Date")) or found.captured)


def _moment(stamp: str | None) -> dt.datetime | None:
    try:
        moment = dt.datetime.fromisoformat(stamp or "")
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
