"""A file, or a folder with all in it: text, notes with front matter, saved pages, JSON."""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Iterator
from pathlib import Path

from cenotaph.intake import KINDS, Captured
from cenotaph.sources import Known
from cenotaph.vocabulary import Problem

LARGEST = 50 * 1024 * 1024
_ENDINGS = {"txt": "txt", "text": "txt", "md": "md", "markdown": "md", "html": "html", "htm": "html", "json": "json", "jsonl": "json"}


def files(path: Path, known: Known) -> Iterator[Captured | Problem]:
    """Each report under a path in the order of names; hidden files and what a link leads out to are left alone."""
    if not path.exists():
        yield Problem("not found", f"{path} is not there", str(path), settle="check the name")
    elif path.is_dir():
        inside = sorted(one for one in path.rglob("*") if _is_inside(one, path))
        if not inside:
            yield Problem("empty folder", f"{path} holds no files", str(path))
        for one in inside:
            yield from file(one, known, name=str(one.relative_to(path)))
    else:
        yield from file(path, known, name=path.name)


def _is_inside(path: Path, folder: Path) -> bool:
    hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
    return not hidden and path.is_file() and path.resolve().is_relative_to(folder.resolve())


def file(path: Path, known: Known, *, name: str) -> Iterator[Captured | Problem]:
    """The report or reports of one file; a file kept under its hash alone (as an archive keeps it) is looked at."""
    try:
        if path.stat().st_size > LARGEST:
            yield Problem("too large", f"{name} has {path.stat().st_size >> 20} MB; a file may have {LARGEST >> 20}", name, settle="split it")
            return
        content = path.read_bytes()
    except OSError as error:
        yield Problem("not readable", f"{name} can't be opened: {error.strerror}", name)
        return
    kind = _ENDINGS.get(path.suffix.lower().lstrip(".")) or (_looked_at(content) if not path.suffix else None)
    if kind is None:
        yield Problem("unknown kind", f"{name}: a file of this kind can't be read; these can: {', '.join(KINDS)}", name, settle="export it as one of these")
    elif kind == "json":
        yield from _objects(content, path, known, name)
    else:
        yield _captured(content, kind, path, known, Path(name).stem)


def _looked_at(content: bytes) -> str:
    start = content[:400].lstrip().lower()
    if start.startswith((b"<!doctype", b"<html")):
        return "html"
    return "json" if start.startswith(b"{") else "md"


def _captured(content: bytes, kind: str, path: Path, known: Known, name: str) -> Captured:
    return Captured(
        content, kind, name, "folder", os.fspath(path), dt.datetime.now(dt.UTC),
        known.url, known.outlet, known.published, None, known.language,
    )  # fmt: skip


def _objects(content: bytes, path: Path, known: Known, name: str) -> Iterator[Captured | Problem]:
    """One object is one report; a list, or a line each, are as many."""
    try:
        rows = _rows(content)
    except (ValueError, RecursionError) as error:
        yield Problem("not readable", f"{name}: not valid JSON: {error}", name)
        return
    if len(rows) == 1:
        yield _captured(json.dumps(rows[0], ensure_ascii=False).encode() if path.suffix == ".jsonl" else content, "json", path, known, Path(name).stem)
        return
    for number, row in enumerate(rows, 1):
        one = json.dumps(row, ensure_ascii=False, sort_keys=True).encode()
        yield _captured(one, "json", path, known, f"{Path(name).stem}-{number}")


def _rows(content: bytes) -> list[object]:
    text = content.decode("utf-8-sig")
    try:
        found = json.loads(text)
    except ValueError:
        lines = [line for line in text.splitlines() if line.strip()]
        if len(lines) < 2:
            raise
        return [json.loads(line) for line in lines]
    return found if isinstance(found, list) else [found]
