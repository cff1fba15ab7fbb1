"""A PDF made into text, page by page: by poppler's pdftotext where it is installed, else by pypdf.

Only pdftotext keeps the order of Arabic lines and the place of their numbers, so without it a PDF with Arabic is
refused. Both run on their own, with limits. A page that holds no words may be the picture of a text: tesseract
recognises it where it is installed.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import unicodedata
from importlib.metadata import version

from cenotaph.archive import ocr
from cenotaph.archive.bounded import DIRECTIONS, run
from cenotaph.intake import Captured, Extracted, Unreadable

__all__ = ["PAGE", "TOOLS", "document"]

PAGE = "\f"
"""Stands between two pages, as in the output of pdftotext: the number of a page is that of the marks before it."""

TOOLS = ("pdftotext", "pypdf")

MOST_PAGES = 2_000
"""Of one document; what comes after is not read, so more of them are refused."""


def document(captured: Captured) -> Extracted:
    """The words of a PDF with its pages. Raises Unreadable, in one line: locked, no words, Arabic without pdftotext."""
    if b"%PDF-" not in captured.content[:1024]:
        raise Unreadable(f"{captured.name}: not a PDF: %PDF- does not stand at its beginning")
    program = shutil.which("pdftotext")
    pages, tool = _by_poppler(captured, program) if program else _by_pypdf(captured)
    if len(pages) > MOST_PAGES:
        raise Unreadable(f"{captured.name}: more than {MOST_PAGES:,} pages; split it")
    empty = [number for number, page in enumerate(pages, 1) if not any(map(str.isalnum, page))]
    if empty and ocr.ready() and len(empty) <= ocr.MOST_PAGES:
        recognised = {number: words for number, words in ocr.pages(captured, empty) if words}
        pages = [recognised.get(number, page) for number, page in enumerate(pages, 1)]
        tool = ocr.described(sorted(recognised) if len(recognised) < len(pages) else ()) if recognised else tool
    if not any(any(map(str.isalnum, page)) for page in pages):
        raise Unreadable(f"{captured.name}: {len(pages)} pages without words, {_pictures(len(pages))}")
    return Extracted(PAGE.join(page.strip("\n") for page in pages), *tool)


def _pictures(pages: int) -> str:
    by_hand = "have it recognised first (ocrmypdf -l eng+ara IN.pdf OUT.pdf does it) and add the result"
    if not ocr.ready():
        need = "so they are pictures of a text and need text recognition (OCR)"
        return f"{need}: install tesseract ({ocr.INSTALL}), or {by_hand}"
    if pages > ocr.MOST_PAGES:
        return f"and at most {ocr.MOST_PAGES} are recognised (OCR): {by_hand}"
    return "and none were recognised on them (OCR): write down what they show"


def _by_poppler(captured: Captured, program: str) -> tuple[list[str], tuple[str, str]]:
    command = [program, "-enc", "UTF-8", "-eol", "unix", "-l", str(MOST_PAGES + 1), "-", "-"]
    text = _output(captured, command).translate(DIRECTIONS)
    return text.removesuffix(PAGE).split(PAGE), ("pdftotext", _version(program))


def _version(program: str) -> str:
    said = subprocess.run([program, "-v"], capture_output=True, text=True, timeout=10, check=False).stderr
    return next((word for word in said.split() if word[:1].isdigit()), "unknown")


def _by_pypdf(captured: Captured) -> tuple[list[str], tuple[str, str]]:
    text = _output(captured, [sys.executable, "-m", "cenotaph.archive.pdf_pages", str(MOST_PAGES + 1)])
    if any("\u0590" <= char <= "\u08ff" or "\ufb1d" <= char <= "\ufefc" for char in text):
        raise Unreadable(
            f"{captured.name}: a PDF with Arabic or Hebrew needs poppler's pdftotext (Debian: apt install"
            " poppler-utils); without it numbers would stand in wrong places"
        )
    return unicodedata.normalize("NFKC", text).split(PAGE), ("pypdf", version("pypdf"))


def _output(captured: Captured, command: list[str]) -> str:
    done = run(command, captured.content)
    if done.failed:
        raise Unreadable(
            f"{captured.name}: this PDF can't be read ({done.failed}); save it again without a password, or as text"
        )
    return done.output.decode("utf-8", "replace")
