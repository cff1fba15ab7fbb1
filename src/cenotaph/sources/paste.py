"""Text pasted on standard input."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterator
from typing import BinaryIO

from cenotaph.intake import Captured
from cenotaph.sources import Known
from cenotaph.sources.folder import LARGEST
from cenotaph.vocabulary import Problem


def pasted(known: Known, stdin: BinaryIO | None = None) -> Iterator[Captured | Problem]:
    """What stands on standard input, as one report; front matter at its top is read as in a file."""
    content = (stdin or sys.stdin.buffer).read(LARGEST + 1)
    if len(content) > LARGEST:
        yield Problem("too large", f"more than {LARGEST >> 20} MB on standard input", "-", settle="split it")
        return
    kind = "md" if content[:3] in (b"---", b"+++") else "txt"
    yield Captured(
        content, kind, "pasted", "paste", "-", dt.datetime.now(dt.UTC), known.url, known.outlet, known.published, None,
        known.language,
    )  # fmt: skip
