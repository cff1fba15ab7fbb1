"""A packed folder (.zip): what lies in it is read in memory, within limits, and never written to a disk."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from functools import partial
from pathlib import PurePosixPath

from cenotaph.intake import Captured
from cenotaph.sources.known import Known
from cenotaph.vocabulary import Problem

__all__ = ["files"]

LARGEST = 50_000_000
"""Bytes of one file, unpacked."""

IN_ALL = 1_000_000_000
"""Bytes of all files that are read, unpacked."""

MOST_FILES = 20_000

SWELLS = 200
"""Times its packed size that a file of more than a megabyte may have; text packs to a tenth."""

DEEPEST = 1
"""Packed folders within packed folders that are opened."""


def files(content: bytes, known: Known, *, name: str, original: str, depth: int) -> Iterator[Captured | Problem]:
    """Each report in it, in the order of names. Hidden files and pictures are left alone, as in a folder."""
    from cenotaph.sources.opening import can_be_opened, opened  # each needs the other

    if depth > DEEPEST:
        yield Problem("too deep", f"{name}: packed within packed files more than once", name, settle="unpack it first")
        return
    try:
        packed = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        yield Problem("not readable", f"{name}: not a whole .zip: {error}", name, settle="pack the folder again")
        return
    left = IN_ALL
    listed = sorted((one for one in packed.infolist() if not one.is_dir()), key=lambda one: one.filename)
    if len(listed) > MOST_FILES:
        what = f"{name}: {len(listed):,} files; at most {MOST_FILES:,} are read"
        yield Problem("too large", what, name, settle="unpack it and add the folder")
        return
    for one in listed:
        inside = f"{name}/{one.filename}"
        if _hidden(one.filename) or not can_be_opened(one.filename):
            continue
        got = _content(packed, one, inside, min(LARGEST, left))
        if isinstance(got, Problem):
            yield got
            continue
        left -= len(got)
        yield from opened(
            got, known, name=inside, original=f"{original}/{one.filename}", depth=depth + 1,
            beside=partial(_beside, packed, one.filename),
        )  # fmt: skip


def _beside(packed: zipfile.ZipFile, name: str, path: str) -> bytes | None:
    """A file in the same packed folder, by its path from there."""
    try:
        one = packed.getinfo(str(PurePosixPath(name).parent / path))
    except KeyError:
        return None
    found = _content(packed, one, path, LARGEST)
    return None if isinstance(found, Problem) else found


def _hidden(path: str) -> bool:
    return any((part[:1] == "." and part.strip(".")) or part == "__MACOSX" for part in path.split("/"))


def _content(packed: zipfile.ZipFile, one: zipfile.ZipInfo, name: str, most: int) -> bytes | Problem:
    if one.flag_bits & 1:
        return Problem("locked", f"{name} is locked with a password", name, settle="unpack it and add the folder")
    if one.file_size > 1_000_000 and one.file_size > SWELLS * max(one.compress_size, 1):
        what = f"{name}: {one.compress_size:,} bytes that unpack to {one.file_size:,}; no report does"
        return Problem("too large", what, name, settle="leave it out, or unpack it yourself and look at it")
    try:
        with packed.open(one) as part:
            content = part.read(most + 1)
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError) as error:
        return Problem("not readable", f"{name} can't be unpacked: {error}", name, settle="pack the folder again")
    if len(content) > most:
        return Problem("too large", f"{name}: more than {most:,} bytes, unpacked", name, settle="unpack and split it")
    return content
