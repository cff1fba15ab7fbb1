"""The archive folder: what was received, each file named by the SHA-256 of its bytes, written whole or not at all."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
from collections.abc import Iterable, Iterator
from pathlib import Path

_HASH = re.compile(r"[0-9a-f]{64}$")
_TEMPORARY = ".part"


class Archive:
    """Bytes under their hash. The same bytes are never stored twice, and nothing here is ever edited."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @staticmethod
    def hash(content: bytes) -> str:
        return hashlib.sha256(content).hexdigest()

    def path(self, hashed: str) -> Path:
        """Where a file lies. Raises ValueError for what is no SHA-256 in hex, so that no name leads out of the folder."""
        if not _HASH.match(hashed):
            raise ValueError(f"a file of the archive is named by a SHA-256 in hex; found {hashed!r}")
        return self.folder / hashed[:2] / hashed

    def keep(self, content: bytes) -> str:
        """Stores bytes and gives their hash; when it returns, they are on the disk."""
        hashed = self.hash(content)
        path = self.path(hashed)
        if path.exists() and path.stat().st_size == len(content):
            return hashed
        path.parent.mkdir(parents=True, exist_ok=True)
        self._sweep(path.parent)
        beside = path.with_name(f"{hashed}.{secrets.token_hex(4)}{_TEMPORARY}")
        with open(beside, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, path)
        _sync(path.parent)
        return hashed

    def _sweep(self, folder: Path) -> None:
        """Leftovers of a write that a crash cut short."""
        for left in folder.glob(f"*{_TEMPORARY}"):
            left.unlink(missing_ok=True)

    def get(self, hashed: str) -> bytes:
        """The bytes of a hash. Raises FileNotFoundError if they are missing, ValueError if they are not what was kept."""
        content = self.path(hashed).read_bytes()
        if self.hash(content) != hashed:
            raise ValueError(f"archive {hashed[:16]}: these are not the bytes that were kept")
        return content

    def remove(self, hashed: str) -> None:
        """Destroys a file, for what must be forgotten: overwritten first, then taken away."""
        path = self.path(hashed)
        if not path.exists():
            return
        with open(path, "r+b") as file:
            file.write(b"\0" * path.stat().st_size)
            file.flush()
            os.fsync(file.fileno())
        path.unlink()
        _sync(path.parent)

    def hashes(self) -> set[str]:
        return {path.name for path in self._files() if _HASH.match(path.name)}

    def _files(self) -> Iterator[Path]:
        yield from sorted(path for path in self.folder.rglob("*") if path.is_file() or path.is_symlink())

    def check(self, expected: Iterable[str]) -> list[str]:
        """One line for each file that is missing, changed, or nobody's."""
        wanted = set(expected)
        out = [f"archive {hashed[:16]}: the file is missing" for hashed in sorted(wanted - self.hashes())]
        for path in self._files():
            if path.name.endswith(_TEMPORARY):
                continue
            if path.name not in wanted or path.is_symlink():
                out.append(f"archive {path.relative_to(self.folder)}: no report names this file")
            elif self.hash(path.read_bytes()) != path.name:
                out.append(f"archive {path.name[:16]}: its bytes are not those that were kept")
        return out


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
