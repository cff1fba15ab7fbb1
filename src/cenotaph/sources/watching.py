"""A folder that is watched: what is new or changed in it since the last look, and whole."""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from cenotaph.intake import Captured
from cenotaph.sources import folder
from cenotaph.sources.known import Known
from cenotaph.vocabulary import Problem

__all__ = ["Watched"]

QUIET = 2.0
"""Seconds since a file was last changed, after which it counts as whole: nobody writes it any more."""

State = tuple[int, int]
"""Bytes of a file, and when it was last changed, in nanoseconds."""


class Watched:
    """Which files of a folder were looked at in which state, kept in one small file of the case.

    Names stand in it as hashes: a name may be that of somebody who must not be found.
    """

    def __init__(self, path: Path, *, clock: Callable[[], float] = time.time) -> None:
        self.path, self._clock = path, clock
        self._seen = _read(path)
        self._looked: dict[str, State] = {}

    def fresh(self, watched: Path, known: Known) -> Iterator[Captured | Problem]:
        """The reports of each file that is new or was changed since `remember` was last called."""
        if not folder.is_folder(watched):
            yield Problem("not found", f"{watched}: no folder of this name can be watched", str(watched))
            return
        for path, problem in folder.inside(watched):
            state, key = _state(path), _hashed(path)
            if state is None or self._clock() - state[1] / 1e9 < QUIET or self._seen.get(key) == state:
                continue
            yield from [problem] if problem else folder.file(path, known, name=str(path.relative_to(watched)))
            self._looked[key] = state

    def remember(self) -> None:
        """To be called when all that was fresh is kept."""
        if not self._looked:
            return
        self._seen |= self._looked
        self._looked = {}
        beside = self.path.with_name(f"{self.path.name}.{secrets.token_hex(4)}")
        beside.write_text(json.dumps(self._seen, sort_keys=True) + "\n", encoding="utf-8")
        os.replace(beside, self.path)


def _state(path: Path) -> State | None:
    try:
        found = path.stat()
    except OSError:  # gone again, or a link to nothing: there may be a file at the next look
        return None
    return found.st_size, found.st_mtime_ns


def _read(path: Path) -> dict[str, State]:
    """What the file holds; one that can't be read is as none: the same bytes are taken in once anyway."""
    try:
        table = json.loads(path.read_text(encoding="utf-8"))
        return {str(key): (int(size), int(changed)) for key, (size, changed) in table.items()}
    except (OSError, ValueError, TypeError, AttributeError, RecursionError):
        return {}


def _hashed(path: Path) -> str:
    return hashlib.sha256(os.fsencode(os.path.abspath(path))).hexdigest()
