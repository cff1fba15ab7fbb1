"""Words recognised in a picture by tesseract, where it is installed: a picture file, or a page that was scanned.

What a machine recognises it may get wrong, digits too, so the report says which machine it was (its extractor), and
`doubts` asks a person to compare. Tesseract and what makes pictures of pages run on their own, with limits.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from types import MappingProxyType

from cenotaph.archive.bounded import DIRECTIONS, run
from cenotaph.intake import Captured, Extracted, Unreadable

__all__ = ["INSTALL", "MOST_PAGES", "TOOL", "pages", "picture", "ready"]

TOOL = "tesseract"

LANGUAGES = ("eng", "fra", "spa", "ara")
"""The languages that are read here, by tesseract's names; those installed are looked for together. Arabic is the last:
tesseract prefers the first, and with Arabic there it takes short English words for Arabic ones.
"""

MOST_PAGES = 100
"""Pages of one document that are recognised; each takes some seconds."""

INSTALL = "Debian: apt install tesseract-ocr tesseract-ocr-ara; macOS: brew install tesseract tesseract-lang"

_DRAWING = 20  # seconds for the picture of one page
_FINENESS = "300"  # dots an inch, what tesseract was trained on
_ALONE: Mapping[str, str] = MappingProxyType({"OMP_THREAD_LIMIT": "1"})  # a batch is not faster for more threads
_STARTS = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*")


def picture(captured: Captured) -> Extracted:
    """The words in a picture. Raises Unreadable, in one line: none, no picture, or no tesseract."""
    if not captured.content.startswith(_STARTS):
        raise Unreadable(f"{captured.name}: neither PNG, JPEG nor TIFF, though it is called so")
    if not ready():
        raise Unreadable(
            f"{captured.name}: a picture; its words can be recognised where tesseract is installed ({INSTALL}); or"
            f" write down what it shows and add that with --about FILE"
        )
    return Extracted(_words(captured.content, captured.name), TOOL, _version())


def ready() -> bool:
    return shutil.which(TOOL) is not None


def pages(captured: Captured, wanted: Sequence[int]) -> Iterator[tuple[int, str]]:
    """Pages of a PDF, by their numbers from 1, each with the words that are recognised on it; "" on one without."""
    program = shutil.which("pdftoppm")
    if program is None:
        raise Unreadable(
            f"{captured.name}: pages without words need poppler's pdftoppm to be recognised (apt install poppler-utils)"
        )
    for number in wanted:
        command = [program, "-r", _FINENESS, "-gray", "-png", "-f", str(number), "-l", str(number), "-"]
        drawn = run(command, captured.content, seconds=_DRAWING)
        if drawn.failed or not drawn.output:
            raise Unreadable(f"{captured.name}: page {number} can't be drawn ({drawn.failed or 'nothing came'})")
        yield number, _words(drawn.output, f"{captured.name}, page {number}", empty=True)


def described(numbers: Sequence[int] = ()) -> tuple[str, str]:
    """The tool and its version, as they stand in a report; with the pages where only some were recognised."""
    some = f", pages {' '.join(map(str, numbers))}" if numbers else ""
    return TOOL, _version() + some


def _words(content: bytes, name: str, *, empty: bool = False) -> str:
    done = run([TOOL, "stdin", "stdout", "-l", "+".join(_languages())], content, environment=_ALONE)
    if done.failed:
        raise Unreadable(f"{name}: its words can't be recognised ({done.failed}); save the picture again, or smaller")
    text = done.output.decode("utf-8", "replace").replace("\f", "\n").translate(DIRECTIONS).strip()
    if not text and not empty:
        raise Unreadable(
            f"{name}: no words were recognised in this picture; write down what it shows and add that with --about FILE"
        )
    return "\n".join(line.rstrip() for line in text.splitlines())


@cache
def _languages() -> tuple[str, ...]:
    said = subprocess.run([TOOL, "--list-langs"], capture_output=True, text=True, timeout=10, check=False)
    there = {line.strip() for line in (said.stdout + said.stderr).splitlines()}
    return tuple(one for one in LANGUAGES if one in there) or ("eng",)


@cache
def _version() -> str:
    said = subprocess.run([TOOL, "--version"], capture_output=True, text=True, timeout=10, check=False)
    words = (said.stdout + said.stderr).split()
    return f"{words[1] if len(words) > 1 else 'unknown'} ({'+'.join(_languages())})"
