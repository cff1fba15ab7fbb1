"""The file world.sqlite, opened for reading by any number of threads."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from threading import local
from typing import Any

from cenotaph.gazetteer.names import RULE

BUILD = "python tools/build_gazetteer.py"


class Store:
    """Rows of the gazetteer file; each thread has a connection of its own."""

    def __init__(self, file: Path) -> None:
        """Raises FileNotFoundError if the file was never built, ValueError if it is damaged or of another version."""
        if not file.is_file():
            raise FileNotFoundError(f"no gazetteer: {file.name} is not beside its module; build it with: {BUILD}")
        self._file, self._local = file, local()
        try:
            self.meta = dict(self.rows("SELECT key, value FROM meta"))
        except sqlite3.DatabaseError as damage:
            raise ValueError(
                f"the gazetteer {file.name} can't be read ({damage}); build it again with: {BUILD}"
            ) from damage
        if self.meta.get("rule") != str(RULE):
            found = self.meta.get("rule", "none")
            raise ValueError(
                f"the gazetteer {file.name} was built by spelling rule {found}, expected {RULE};"
                f" build it again with: {BUILD}"
            )

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        base: sqlite3.Connection | None = getattr(self._local, "base", None)
        if base is None:
            base = self._local.base = sqlite3.connect(f"{self._file.as_uri()}?mode=ro&immutable=1", uri=True)
        return base.execute(query, values).fetchall()
