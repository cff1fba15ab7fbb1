"""Text pasted on standard input."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import BinaryIO

from cenotaph.intake import Captured
from cenotaph.sources.folder import LARGEST
from cenotaph.sources.known import Known
from cenotaph.vocabulary import Problem


def pasted(known: Known, stdin: BinaryIO | None = None) -> Iterator[Captured | Problem]:
    """What stands on standard input, as one report; front matter at its top is read as in a file."""
    content = (stdin or sys.stdin.buffer).read(LARGEST + 1)
    if len(content) > LARGEST:
        what = f"more than {LARGEST // 1_000_000} MB on standard input; one report is expected"
        yield Problem("too large", what, "-", settle="split it into one file a report")
        return
    start = content.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n")
    kind = "md" if start.startswith((b"---\n", b"---\r", b"+++\n", b"+++\r")) else "txt"
    yield known.captured(content, kind, "pasted", how="paste", original="-")
