"""What lies in one file's bytes: a report, or many in an export, a feed or a packed folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from cenotaph.intake import KINDS, Captured
from cenotaph.sources import feed, mail, packed, telegram, whatsapp
from cenotaph.sources.known import Beside, Known
from cenotaph.sources.objects import parted
from cenotaph.vocabulary import Problem

__all__ = ["can_be_opened", "opened"]

ENDINGS = {
    ".txt": "txt", ".text": "txt", ".md": "md", ".markdown": "md", ".html": "html", ".htm": "html", ".xhtml": "html",
    ".json": "json", ".jsonl": "json", ".ndjson": "json", ".eml": "eml", ".pdf": "pdf", ".docx": "docx", ".zip": "zip",
    ".xml": "feed", ".rss": "feed", ".atom": "feed",
    ".png": "png", ".jpg": "jpg", ".jpeg": "jpg", ".tif": "tiff", ".tiff": "tiff",
}  # fmt: skip


def can_be_opened(name: str) -> bool:
    """Whether a file of this name may hold reports; one without an ending is looked into.

    >>> can_be_opened("report.pdf"), can_be_opened("film.mp4"), can_be_opened("0a1b2c")
    (True, False, True)
    """
    ending = PurePosixPath(name).suffix.lower()
    return not ending or ending in ENDINGS


def opened(
    content: bytes, known: Known, *, name: str, original: str, how: str = "folder", depth: int = 0,
    beside: Beside = lambda _: None,
) -> Iterator[Captured | Problem]:  # fmt: skip
    """Each report in these bytes, named after the file. What can't be read is a Problem in its place.

    `beside` gives the bytes of a file that lies in the same folder, by its path from there.
    """
    ending, stem = PurePosixPath(name).suffix.lower(), PurePosixPath(name).stem
    if not can_be_opened(name):
        yield _of_no_kind(name, ending)
        return
    kind = ENDINGS[ending] if ending else looked_at(content)
    several = _several(content, kind, known, name=name, original=original, depth=depth, beside=beside)
    if several is not None and known.url:
        yield one_address_for_many(name)
    elif several is not None:
        yield from _or_said(several, name)
    elif kind == "json":
        for part, number in parted(content, name, lines=ending in (".jsonl", ".ndjson")):
            if known.url and number:
                yield one_address_for_many(name)
                return
            yield (
                part
                if isinstance(part, Problem)
                else known.captured(part, kind, stem + number, how=how, original=original)
            )
    else:
        yield known.captured(content, kind, stem, how=how, original=original)


SHEETS = (".csv", ".xlsx", ".ods", ".xls", ".tsv")


def _of_no_kind(name: str, ending: str) -> Problem:
    if ending in SHEETS:
        what = f"{name}: a sheet comes in by cenotaph import, which asks what its columns mean"
        return Problem("unknown kind", what, name, settle="cenotaph import CASE FILE shows what they may mean")
    what = f"{name}: a file of this kind can't be read; these can: {', '.join(KINDS)}"
    return Problem("unknown kind", what, name, settle="export it as one of these")


def _or_said(found: Iterator[Captured | Problem], name: str) -> Iterator[Captured | Problem]:
    """What was found; where that is nothing, a Problem that says so."""
    given = False
    for one in found:
        given = True
        yield one
    if not given:
        what = f"{name}: nothing with words in it"
        yield Problem("empty", what, name, settle="look into it; what it shows can be written down and added")


def _several(
    content: bytes, kind: str, known: Known, *, name: str, original: str, depth: int, beside: Beside
) -> Iterator[Captured | Problem] | None:
    """The reports of a file that is made to hold many; None for a file that is one report, or JSON of our own form."""
    stem = PurePosixPath(name).stem
    if kind in ("json", "html") and telegram.fits(content):
        return telegram.messages(content, known, name=stem, original=original, beside=beside)
    if kind == "txt" and whatsapp.fits(content):
        return whatsapp.messages(content, known, name=stem, original=original, beside=beside)
    if kind == "feed":
        return feed.entries(content, known, name=stem, original=original)
    if kind == "eml" and not known.url:
        return mail.with_documents(content, known, name=stem, original=original)
    if kind == "zip":
        return packed.files(content, known, name=name, original=original, depth=depth)
    return None


def looked_at(content: bytes) -> str:
    """The kind that the first bytes tell; text of no other kind may have front matter.

    >>> looked_at(b"%PDF-1.7"), looked_at(b"<html>"), looked_at(b"Ten people were killed.")
    ('pdf', 'html', 'md')
    """
    start = content[:2000].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if start.startswith(b"%pdf-"):
        return "pdf"
    if start.startswith(b"pk\x03\x04"):
        return "docx" if b"word/" in content else "zip"
    if start.startswith(b"\x89png") or start.startswith(b"\xff\xd8\xff"):
        return "png" if start[:1] == b"\x89" else "jpg"
    if start.startswith((b"<!doctype html", b"<html")) or (start.startswith(b"<") and b"<html" in start):
        return "html"
    if feed.fits(content):
        return "feed"
    return "json" if start.startswith((b"{", b"[{")) else "md"


def one_address_for_many(name: str) -> Problem:
    """Why an address is not given to more than one report: each would be taken for a newer version of the last."""
    what = f"one address was given for {name}, which may hold many reports"
    return Problem("one address for many", what, name, settle="leave the address out, or add the one report")
