"""A file, or a folder with all in it: text, notes with front matter, saved pages, JSON."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from cenotaph.intake import KINDS, Captured
from cenotaph.sources.known import Known
from cenotaph.sources.objects import parted
from cenotaph.vocabulary import Problem

LARGEST = 50_000_000
"""Bytes of one file."""

_ENDINGS = {
    ".txt": "txt", ".text": "txt", ".md": "md", ".markdown": "md", ".html": "html", ".htm": "html", ".xhtml": "html",
    ".json": "json", ".jsonl": "json", ".ndjson": "json",
}  # fmt: skip


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
    ending = path.suffix.lower()
    if ending and ending not in _ENDINGS:
        what = f"{name}: a file of this kind can't be read; these can: {', '.join(KINDS)}"
        yield Problem("unknown kind", what, name, settle="export it as one of these")
        return
    content = _content(path, name)
    if isinstance(content, Problem):
        yield content
        return
    kind = _ENDINGS[ending] if ending else _looked_at(content)
    parts = parted(content, name, lines=ending in (".jsonl", ".ndjson")) if kind == "json" else [(content, "")]
    for part, number in parts:
        if known.url and number:
            yield one_address_for_many(name)
            return
        if isinstance(part, Problem):
            yield part
        else:
            yield known.captured(part, kind, Path(name).stem + number, how="folder", original=os.fspath(path))


def one_address_for_many(name: str) -> Problem:
    """Why an address is not given to more than one report: each would be taken for a newer version of the last."""
    what = f"one address was given for {name}, which may hold many reports"
    return Problem("one address for many", what, name, settle="leave the address out, or add the one report")


def _content(path: Path, name: str) -> bytes | Problem:
    """The bytes of a regular file: a pipe or a device might never end."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            return Problem("not a file", f"{name}: neither a file nor a folder; a report is one of the two", name)
        with open(path, "rb") as opened:
            content = opened.read(LARGEST + 1)
    except OSError as error:
        return _not_readable(name, error)
    if len(content) > LARGEST:
        what = f"{name}: more than {LARGEST // 1_000_000} MB, the most that one file may have"
        return Problem("too large", what, name, settle="split it into one file a report")
    return content


def _looked_at(content: bytes) -> str:
    start = content[:2000].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if start.startswith((b"<!doctype html", b"<html")) or (start.startswith(b"<") and b"<html" in start):
        return "html"
    return "json" if start.startswith((b"{", b"[{")) else "md"
