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
        found = sorted(_inside(path), key=lambda item: item[0])
        if not found:
            yield Problem("empty folder", f"{path} holds no files; a folder of reports is expected", str(path))
        for one, problem in found:
            yield from [problem] if problem else file(one, known, name=str(one.relative_to(path)))


def _inside(folder: Path) -> Iterator[tuple[Path, Problem | None]]:
    """Every path that is not hidden, and why one is not read."""
    closed: list[OSError] = []
    for here, folders, names in os.walk(folder, onerror=closed.append):
        folders[:] = [name for name in folders if not name.startswith(".")]
        links = [name for name in folders if Path(here, name).is_symlink()]
        for name in (*links, *names):
            path = Path(here, name)
            if not name.startswith(".") and (name not in links or _leads_out(path, folder)):
                yield path, _refused(path, folder)
    for error in closed:
        yield Path(error.filename), _not_readable(str(Path(error.filename).relative_to(folder)), error)


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
    """The report or reports of one file; a file without an ending (as an archive keeps it) is looked into."""
    large = _LARGE.get(path.suffix.lower())
    if not large and not can_be_opened(name):
        yield from opened(b"", known, name=name, original=os.fspath(path))
        return
    content = _content(path, name, LARGEST if not large else 0)
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


def _content(path: Path, name: str, most: int) -> bytes | Problem:
    """The bytes of a regular file, none where it is read bit by bit: a pipe or a device might never end."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            return Problem("not a file", f"{name}: neither a file nor a folder; a report is one of the two", name)
        with open(path, "rb") as source:
            content = source.read(most + 1) if most else b""
    except OSError as error:
        return _not_readable(name, error)
    if len(content) > LARGEST:
        what = f"{name}: more than {LARGEST // 1_000_000} MB, the most that one file may have"
        return Problem("too large", what, name, settle="split it into one file a report")
    return content
