"""A program that reads a hostile file, run on its own with limits: it can exhaust itself, never us."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from typing import NamedTuple

__all__ = ["Done", "run"]

SECONDS = 60
"""Of the processor and by the clock, for one document."""

MEMORY = 1_000_000_000
"""Bytes of address space, most of which a program never touches."""

OUTPUT = 25_000_000
"""Bytes that it may write."""


class Done(NamedTuple):
    """What came out; `failed` says in a few words why that is not all of it, "" where it is."""

    output: bytes
    failed: str


def run(command: Sequence[str], content: bytes) -> Done:
    """Gives `content` to the command on its standard input.

    On Windows, which has no such limits, only the time is bounded.

    >>> run(["sh", "-c", "cat"], b"Ten people").output
    b'Ten people'
    >>> run(["sh", "-c", "echo 'no pages' >&2; exit 3"], b"").failed
    'no pages'
    """
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as said:
        given.write(content)
        given.seek(0)
        try:
            done = subprocess.run(
                list(command), stdin=given, stdout=out, stderr=said, timeout=SECONDS, check=False, preexec_fn=_limits()
            )
        except subprocess.TimeoutExpired:
            return Done(b"", f"not done within {SECONDS} seconds")
        out.seek(0)
        said.seek(0)
        words = said.read(10_000).decode("utf-8", "replace").split("\n")
        why = next((" ".join(line.split())[:120] for line in reversed(words) if line.strip()), "")
        return Done(out.read(OUTPUT), (why or _reason(done.returncode)) if done.returncode else "")


def _reason(code: int) -> str:
    return "it needed more time, memory or room than a document may" if code < 0 else f"it ended with {code}"


def _limits() -> Callable[[], None] | None:
    if os.name != "posix":
        return None

    def limit() -> None:  # in the child, before the program starts
        import resource

        for what, most in (
            (resource.RLIMIT_AS, MEMORY),
            (resource.RLIMIT_CPU, SECONDS),
            (resource.RLIMIT_FSIZE, OUTPUT),
            (resource.RLIMIT_CORE, 0),
        ):
            resource.setrlimit(what, (most, most))

    return limit
