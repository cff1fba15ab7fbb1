"""A packed folder (.zip): what lies in it is read in memory, within limits, and never written to a disk."""

from __future__ import annotations

import io
import stat
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

PICTURES = (".png", ".jpg", ".jpeg", ".tif", ".tiff")

MOST_FAULTS = 20
"""Files of one packed folder that can't be unpacked, after which it is given up."""

DEEPEST = 1
"""Packed folders within packed folders that are opened."""


def files(content: bytes, known: Known, *, name: str, original: str, depth: int) -> Iterator[Captured | Problem]:
    """Each report in it, in the order of names. Hidden files and pictures are left alone, as in a folder."""
    from cenotaph.sources.opening import opened  # each needs the other

    if depth > DEEPEST:
        yield Problem("too deep", f"{name}: packed within packed files more than once", name, settle="unpack it first")
        return
    try:
        packed = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        yield Problem("not readable", f"{name}: not a whole .zip: {error}", name, settle="pack the folder again")
        return
    found = _listed(packed, name)
    if isinstance(found, Problem):
        yield found
        return
    left, faults = IN_ALL, 0
    for number, one in enumerate(found, 1):
        inside = f"{name}/{one.filename}"
        got = _content(packed, one, inside, min(LARGEST, left))
        if isinstance(got, Problem):
            yield got
            faults += 1
            if faults == MOST_FAULTS:
                yield _given_up(name, faults, len(found) - number)
                return
            continue
        left -= len(got)
        yield from opened(
            got, known, name=inside, original=f"{original}/{one.filename}", depth=depth + 1,
            beside=partial(_beside, packed, one.filename),
        )  # fmt: skip


def _listed(packed: zipfile.ZipFile, name: str) -> list[zipfile.ZipInfo] | Problem:
    """The files that are read, in the order of names."""
    listed = sorted((one for one in packed.infolist() if not one.is_dir()), key=lambda one: one.filename)
    if len(listed) > MOST_FILES:
        what = f"{name}: {len(listed):,} files; at most {MOST_FILES:,} are read"
        return Problem("too large", what, name, settle="unpack it and add the folder")
    found = [one for one in listed if not _passed_over(one.filename)]
    if not found:
        what = f"{name}: no file in it that can be read; pictures and hidden files are left alone"
        return Problem("empty", what, name, settle="pack the folder again, or add the pictures by themselves")
    return found


def _given_up(name: str, faults: int, left: int) -> Problem:
    what = f"{name}: {faults} of its files can't be unpacked; the {left:,} after them are left"
    return Problem("not readable", what, name, settle="unpack it yourself and add the folder")


def _beside(packed: zipfile.ZipFile, name: str, path: str) -> bytes | None:
    """A file in the same packed folder, by its path from there."""
    try:
        one = packed.getinfo(str(PurePosixPath(name).parent / path))
    except KeyError:
        return None
    found = _content(packed, one, path, LARGEST)
    return None if isinstance(found, Problem) else found


def _passed_over(path: str) -> bool:
    """Hidden files, what can't be read, and pictures: those of a chat are many, and lie beside their messages."""
    from cenotaph.sources.opening import can_be_opened

    return _hidden(path) or not can_be_opened(path) or PurePosixPath(path).suffix.lower() in PICTURES


def _hidden(path: str) -> bool:
    return any((part[:1] == "." and part.strip(".")) or part == "__MACOSX" for part in path.split("/"))


def _content(packed: zipfile.ZipFile, one: zipfile.ZipInfo, name: str, most: int) -> bytes | Problem:
    if stat.S_ISLNK(one.external_attr >> 16):
        return Problem("link", f"{name}: a link, which is not followed", name, settle="pack the file that it leads to")
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
