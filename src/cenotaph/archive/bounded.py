"""A program that reads a hostile file, run on its own with limits: it can exhaust itself, never us."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

__all__ = ["DIRECTIONS", "Done", "run"]

SECONDS = 60
"""Of the processor and by the clock, for one document."""

MEMORY = 350_000_000
"""Bytes of address space. A page of a hundred million dots needs more, and is refused; so is a bomb."""

OUTPUT = 25_000_000
"""Bytes that it may write."""


DIRECTIONS = dict.fromkeys([0x202A, 0x202B, 0x202C, 0x200E, 0x200F])
"""Marks that pdftotext puts around every Arabic run, and tesseract at its ends; the words have none of their own."""


class Done(NamedTuple):
    """What came out; `failed` says in a few words why that is not all of it, "" where it is."""

    output: bytes
    failed: str


def run(
    command: Sequence[str], content: bytes, *, environment: Mapping[str, str] | None = None, seconds: int = 0
) -> Done:
    """Gives `content` to the command on its standard input; `environment` is added to that of this process. `seconds`
    bounds the time by the clock and that of the processor, instead of SECONDS.

    On Windows, which has no such limits, only the time is bounded.

    >>> run(["sh", "-c", "cat"], b"Ten people").output
    b'Ten people'
    >>> run(["sh", "-c", "echo 'no pages' >&2; exit 3"], b"").failed
    'no pages'
    """
    seconds = seconds or SECONDS
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as said:
        given.write(content)
        given.seek(0)
        try:
            done = subprocess.run(
                list(command), stdin=given, stdout=out, stderr=said, timeout=seconds, check=False,
                preexec_fn=_limits(seconds),
                env={**os.environ, **(environment or {})},
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            return Done(b"", f"not done within {seconds} seconds")
        out.seek(0)
        said.seek(0)
        words = said.read(10_000).decode("utf-8", "replace").split("\n")
        why = next((" ".join(line.split())[:120] for line in reversed(words) if line.strip()), "")
        return Done(out.read(OUTPUT), (why or _reason(done.returncode)) if done.returncode else "")


def _reason(code: int) -> str:
    return "it needed more time, memory or room than a document may" if code < 0 else f"it ended with {code}"


def _limits(seconds: int) -> Callable[[], None] | None:
    if os.name != "posix":
        return None

    def limit() -> None:  # in the child, before the program starts
        import resource

        for what, most in (
            (resource.RLIMIT_AS, MEMORY),
            (resource.RLIMIT_CPU, seconds),
            (resource.RLIMIT_FSIZE, OUTPUT),
            (resource.RLIMIT_CORE, 0),
        ):
            resource.setrlimit(what, (most, most))

    return limit
