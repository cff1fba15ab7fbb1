"""A file, or a folder with all in it: text, notes, saved pages, JSON, mail, PDF, Word, exports of messengers, feeds."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from cenotaph.intake import Captured
from cenotaph.sources import mail, warc
from cenotaph.sources.known import Known
from cenotaph.sources.opening import can_be_opened, one_address_for_many, opened
from cenotaph.vocabulary import Problem

LARGEST = 50_000_000
"""Bytes of one file."""

_LARGE = {".mbox": mail.mailbox, ".warc": warc.pages, ".gz": warc.pages}
"""Files that hold so many reports that they are read bit by bit, however large."""


def is_folder(path: Path) -> bool:
    return stat.S_ISDIR(_mode(path))


def _mode(path: Path) -> int:
    try:
        return path.stat().st_mode
    except (OSError, ValueError):  # a name that no file can have, such as a pasted article
        return 0


def files(path: Path, known: Known) -> Iterator[Captured | Problem]:
    """Each report under a path in the order of names. Hidden files are left alone, and no link is followed out."""
    if not _mode(path):
        name = str(path)[:100]
        settle = "check the name; text itself goes to standard input: cenotaph add CASE -"
        yield Problem("not found", f"{name}: no file or folder of this name can be opened", name, settle=settle)
    elif not is_folder(path):
        yield from file(path, known, name=path.name)
    else:
        found = False
        for one, problem in inside(path):
            found = True
            yield from [problem] if problem else file(one, known, name=str(one.relative_to(path)))
        if not found:
            yield Problem("empty folder", f"{path} holds no files; a folder of reports is expected", str(path))


def inside(folder: Path) -> Iterator[tuple[Path, Problem | None]]:
    """Every path below a folder that is not hidden, in the order of names, and why one is not read.

    No more is held than the names in the folders on the way down, however many files there are.
    """
    opened = [_listed(folder, folder)]
    while opened:
        path, problem, directory = next(opened[-1], (None, None, False))
        if path is None:
            opened.pop()
        elif directory:
            opened.append(_listed(path, folder))
        else:
            yield path, problem


def _listed(here: Path, folder: Path) -> Iterator[tuple[Path, Problem | None, bool]]:
    """What lies in one folder: a path, why it is not read, and whether it is a folder to be gone into."""
    try:
        with os.scandir(here) as listed:
            names = sorted(
                (one.name, one.is_dir(follow_symlinks=False), one.is_symlink()) for one in listed if one.name[:1] != "."
            )
    except OSError as error:
        yield here, _not_readable(str(here.relative_to(folder)), error), False
        return
    for name, directory, link in names:
        path = here / name
        if not link:
            yield path, None, directory
        elif not path.is_dir() or _leads_out(path, folder):
            yield path, _refused(path, folder), False


def _leads_out(path: Path, folder: Path) -> bool:
    return not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder))


def _refused(path: Path, folder: Path) -> Problem | None:
    name = str(path.relative_to(folder))
    if _leads_out(path, folder):
        settle = "copy what it leads to into the folder, or add that path itself"
        return Problem("link", f"{name}: a link that leads out of the folder is not followed", name, settle=settle)
    return None


def _not_readable(name: str, error: OSError) -> Problem:
    what = f"{name} can't be opened: {error.strerror or error}"
    return Problem("not readable", what, name, settle="check its permissions")


def file(path: Path, known: Known, *, name: str) -> Iterator[Captured | Problem]:
    """The reports of one file; where a library breaks on it, a Problem says so and the next file is read."""
    try:
        yield from _file(path, known, name=name)
    except Exception as error:  # a file made to break a library breaks it in ways that nobody can list
        why = f"{type(error).__name__} {error}".strip()[:120]
        what = f"{name}: the program that opens it broke on it ({why})"
        yield Problem("not readable", what, name, settle="save its text alone, and tell the makers of this program")


def _file(path: Path, known: Known, *, name: str) -> Iterator[Captured | Problem]:
    """The report or reports of one file; a file without an ending (as an archive keeps it) is looked into."""
    large = _LARGE.get(path.suffix.lower())
    if not large and not can_be_opened(name):
        yield from opened(b"", known, name=name, original=os.fspath(path))
        return
    content = content_of(path, name, LARGEST if not large else 0)
    if isinstance(content, Problem):
        yield content
    elif large and known.url:
        yield one_address_for_many(name)
    elif large:
        yield from large(path, known, name=name)
    else:
        yield from opened(content, known, name=name, original=os.fspath(path), beside=partial(_beside, path.parent))


def _beside(folder: Path, path: str) -> bytes | None:
    """A file in the same folder or below it; None for one that is not there, too large, or leads out of the folder."""
    try:
        asked = folder / path
        if _leads_out(asked, folder) or not stat.S_ISREG(asked.stat().st_mode) or asked.stat().st_size > LARGEST:
            return None
        return asked.read_bytes()
    except (OSError, ValueError):  # not exported with the rest, or a name that no file can have
        return None


def content_of(path: Path, name: str, most: int = LARGEST) -> bytes | Problem:
    """The bytes of a regular file, none where it is read bit by bit: a pipe or a device might never end."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            return Problem("not a file", f"{name}: neither a file nor a folder; a report is one of the two", name)
        with open(path, "rb") as source:
            content = source.read(most + 1) if most else b""
    except OSError as error:
        return _not_readable(name, error)
    except ValueError:
        return Problem("not found", f"{name!r}: no file can have this name", name, settle="check the name")
    if len(content) > LARGEST:
        what = f"{name}: more than {LARGEST // 1_000_000} MB, the most that one file may have"
        return Problem("too large", what, name, settle="split it into one file a report")
    return content
