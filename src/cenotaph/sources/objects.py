"""Reports in a JSON file: one object, a list of them, or one a line."""

from __future__ import annotations

import json
from collections.abc import Iterator

from cenotaph.vocabulary import Problem

Part = tuple[bytes | Problem, str]
"""The bytes of one report, and what its name has after that of the file ("-3")."""


def parted(content: bytes, name: str, *, lines: bool = False) -> Iterator[Part]:
    """Each object's bytes, as received where it has bytes of its own (a file, a line), else as a list's item written
    anew.

    >>> [(part, number) for part, number in parted(b'[{"text": "a"}, {"text": "b"}]', "two.json")]
    [(b'{"text": "a"}', '-1'), (b'{"text": "b"}', '-2')]
    """
    try:
        found = None if lines else json.loads(content)
        rows = [_bytes(row) for row in found] if isinstance(found, list) else []
    except (ValueError, RecursionError) as error:
        lines = _begins_with_an_object(content)
        if not lines:
            yield _invalid(name, error), ""
            return
    if lines:
        yield from _by_line(content, name)
    elif isinstance(found, list):
        yield from _numbered(rows, name)
    else:
        yield content, ""


def _bytes(row: object) -> bytes:
    try:
        return json.dumps(row, ensure_ascii=False).encode()
    except UnicodeEncodeError:  # half a pair of a character: kept as it was spelled; its text will be refused
        return json.dumps(row).encode()


def _begins_with_an_object(content: bytes) -> bool:
    rows = _rows(content)
    try:
        return len(rows) > 1 and isinstance(json.loads(rows[0][1]), dict)
    except (ValueError, RecursionError):
        return False


def _rows(content: bytes) -> list[tuple[int, bytes]]:
    every = content.removeprefix(b"\xef\xbb\xbf").split(b"\n")
    return [(number, line.strip()) for number, line in enumerate(every, 1) if line.strip()]


def _numbered(rows: list[bytes], name: str) -> Iterator[Part]:
    if not rows:
        yield Problem("empty", f"{name}: an empty list; a list of reports is expected", name), ""
    elif not any(row.startswith(b"{") for row in rows):
        what = f"{name}: a list with no object in it; each report is an object with a field text"
        yield Problem("not readable", what, name), ""
        return
    for number, row in enumerate(rows, 1):
        yield row, f"-{number}" if len(rows) > 1 else ""


def _by_line(content: bytes, name: str) -> Iterator[Part]:
    rows = _rows(content)
    if not rows:
        yield Problem("empty", f"{name}: the file is empty; a report a line is expected", name), ""
    for number, line in rows:
        try:
            json.loads(line)
        except (ValueError, RecursionError) as error:
            yield _invalid(f"{name} line {number}", error), ""
        else:
            yield line, f"-{number}" if len(rows) > 1 else ""


def _invalid(name: str, error: Exception) -> Problem:
    what = f"{name}: not valid JSON: {'nested too deep' if isinstance(error, RecursionError) else error}"
    return Problem("not readable", what, name, settle="one object, a list of objects, or one object a line is expected")
