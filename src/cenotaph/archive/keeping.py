"""The archive folder: what was received, each file named by the SHA-256 of its bytes, written whole or not at all."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")

_HASH = re.compile(r"[0-9a-f]{64}")
_TEMPORARY = ".part"
_WRITERS = 32  # files that wait for the disk together
_STALE = 3600  # seconds; a younger leftover may be another program's write that still goes on


class Archive:
    """Bytes under their hash. The same bytes are never stored twice, and nothing here is ever edited."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @staticmethod
    def hash(content: bytes) -> str:
        return hashlib.sha256(content).hexdigest()

    def path(self, hashed: str) -> Path:
        """Where a file lies. Raises ValueError for what is no SHA-256 in hex: no name leads out of the folder."""
        if not _HASH.fullmatch(hashed):
            raise ValueError(f"a file of the archive is named by a SHA-256 in hex; found {hashed!r}")
        return self.folder / hashed[:2] / hashed

    def keep(self, content: bytes) -> str:
        """Stores bytes and gives their hash; when it returns, they are on the disk. Mends a file that was changed."""
        return self.keep_all([content])[0]

    def keep_all(self, contents: Sequence[bytes]) -> list[str]:
        """Stores each of these and gives their hashes in order; when it returns, all of them are on the disk."""
        hashes = [self.hash(one) for one in contents]
        missing = {one: content for one, content in zip(hashes, contents, strict=True) if self._fault(self.path(one))}
        if missing:
            folders = sorted({self.path(one).parent for one in missing})
            for folder in folders:
                folder.mkdir(parents=True, exist_ok=True)
                self._sweep(folder, _STALE)
            _sync(self.folder)
            self._write(missing)
            _all_at_once(_sync, folders)
        return hashes

    def _write(self, missing: Mapping[str, bytes]) -> None:
        """Each file beside its place, then, when all are whole on the disk, each into its place."""
        mark = f".{secrets.token_hex(4)}{_TEMPORARY}"
        paths = [self.path(one) for one in missing]
        beside = {path: path.with_name(path.name + mark) for path in paths}
        try:
            _all_at_once(_write, [(beside[path], missing[path.name]) for path in paths])
            for path, part in beside.items():
                os.replace(part, path)
        finally:
            for part in beside.values():
                part.unlink(missing_ok=True)

    def sweep(self) -> None:
        """Takes away all that a crash left half written. For whoever knows that nobody else writes here now."""
        for folder in self.folder.glob("*/"):
            self._sweep(folder, 0)

    def _sweep(self, folder: Path, older: float) -> None:
        """Leftovers of a write that a crash cut short, older than so many seconds."""
        for left in folder.glob(f"*{_TEMPORARY}"):
            try:
                if left.lstat().st_mtime <= time.time() - older:
                    left.unlink()
            except FileNotFoundError:  # its writer was done in between
                continue

    def get(self, hashed: str) -> bytes:
        """The bytes of a hash. Raises FileNotFoundError if they are missing, ValueError if they were changed."""
        content = self.path(hashed).read_bytes()
        if self.hash(content) != hashed:
            raise ValueError(f"archive {hashed[:16]}: these are not the bytes that were kept")
        return content

    def remove(self, hashed: str) -> None:
        """Destroys what must be forgotten, with what a crash left of it: overwritten first, then taken away."""
        path = self.path(hashed)
        found = [one for one in (path, *path.parent.glob(f"{hashed}.*{_TEMPORARY}")) if os.path.lexists(one)]
        for one in found:
            if not one.is_symlink():  # what a link leads to is not ours
                _overwrite(one)
            one.unlink(missing_ok=True)
        if found:
            _sync(path.parent)

    def hashes(self) -> set[str]:
        """The hashes whose files are in their places; whether each is whole, `check` tells."""
        return {path.name for path in self._files() if self._placed(path)}

    def check(self, expected: Iterable[str]) -> list[str]:
        """One line for each file that is missing, changed, or nobody's."""
        wanted, held = set(expected), self.hashes()
        out = [f"archive {hashed[:16]}: the file is missing" for hashed in sorted(wanted - held)]
        for path in self._files():
            if path.name.endswith(_TEMPORARY):
                continue
            if path.name not in wanted or not self._placed(path):
                out.append(f"archive {path.relative_to(self.folder)}: no report names this file")
            elif fault := self._fault(path):
                out.append(f"archive {path.name[:16]}: {fault}")
        return out

    def _placed(self, path: Path) -> bool:
        named = bool(_HASH.fullmatch(path.name)) and path == self.path(path.name)
        return named and not path.is_symlink()

    def _files(self) -> Iterator[Path]:
        yield from sorted(path for path in self.folder.rglob("*") if path.is_symlink() or not path.is_dir())

    def _fault(self, path: Path) -> str:
        """What is wrong with a file; "" when it holds what its name says."""
        if path.is_symlink() or not path.is_file():
            return "the file is missing"
        try:
            whole = self.hash(path.read_bytes()) == path.name
        except OSError as error:
            return f"it can't be read: {error.strerror}"
        return "" if whole else "its bytes are not those that were kept"


def _all_at_once(work: Callable[[T], None], given: Sequence[T]) -> None:
    """Most of the time is spent waiting for the disk, which can write many files in the time of one."""
    if len(given) == 1:
        work(given[0])
        return
    with ThreadPoolExecutor(min(_WRITERS, len(given))) as pool:
        list(pool.map(work, given))


def _write(given: tuple[Path, bytes]) -> None:
    path, content = given
    with open(path, "xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _overwrite(path: Path) -> None:
    with open(path, "r+b") as file:
        file.write(b"\0" * path.stat().st_size)
        file.flush()
        os.fsync(file.fileno())


def _sync(folder: Path) -> None:
    """Puts a folder's list of names on the disk; without it a crash can lose a file that was written whole."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
