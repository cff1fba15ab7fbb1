"""What is remembered of addresses that are asked again and again, so that a server is asked no more than needed.

One small file: what a feed's server said of its state (ETag, Last-Modified), and until when a server wants to be left
alone (Retry-After). Addresses stand in it as hashes: the file tells nobody whom a case listens to.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from urllib.parse import urlsplit

__all__ = ["Visit", "Visits"]

PAUSE = 1.0
"""Seconds between two questions to one server. Our convention; many a robots.txt asks for so much or a little more."""

FIRST_WAIT, LONGEST_WAIT = 60, 86_400
"""Seconds that a server which is too busy is left alone where it does not say how long; doubled each time."""

_LONGEST = 500  # characters of what a server says of its state; what is longer is not sent back


@dataclass(frozen=True, slots=True)
class Visit:
    """The last visit to an address: the state that the server gave it, until when it is not asked (a POSIX time, 0
    for at once), and how many times in a row it was too busy.
    """

    etag: str = ""
    modified: str = ""
    not_before: float = 0
    refusals: int = 0


class Visits:
    """The visits of a case, kept in one file; without a file they last as long as the program."""

    def __init__(
        self, path: Path | None = None, *, clock: Callable[[], float] = time.time,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:  # fmt: skip
        self.path, self._clock, self._sleep = path, clock, sleep
        self.unchanged: list[str] = []
        """Addresses that had nothing new, in the order in which they were asked."""
        self._asked: dict[str, float] = {}
        self._known = _read(path) if path else {}

    def of(self, address: str) -> Visit:
        return self._known.get(_hashed(address), Visit())

    def conditions(self, address: str) -> Mapping[str, str]:
        """The headers with which the address is asked whether it changed (RFC 9110, 13.1)."""
        found = self.of(address)
        named = {"if-none-match": found.etag, "if-modified-since": found.modified}
        return {name: value for name, value in named.items() if value}

    def too_early(self, address: str) -> dt.datetime | None:
        """The moment until which its server wants to be left alone; None when it may be asked."""
        until = self.of(address).not_before
        return dt.datetime.fromtimestamp(until, dt.UTC) if until > self._clock() else None

    def wait(self, address: str) -> None:
        """Lets the pause between two questions to one server pass."""
        host = urlsplit(address).netloc.rpartition("@")[2].lower()
        left = self._asked.get(host, -PAUSE) + PAUSE - time.monotonic()
        if host in self._asked and left > 0:
            self._sleep(left)
        self._asked[host] = time.monotonic()

    def read(self, address: str, etag: str, modified: str) -> None:
        """What came was taken in whole; from now on only what is newer is asked for."""
        if max(len(etag), len(modified)) <= _LONGEST:
            self._note(address, Visit(etag, modified))

    def nothing_new(self, address: str) -> None:
        self.unchanged.append(address)
        self._note(address, replace(self.of(address), not_before=0, refusals=0))

    def refused(self, address: str, seconds: int | None) -> dt.datetime:
        """The server is too busy, for so many seconds if it says so; gives the moment until which it is left alone."""
        found = self.of(address)
        waited = FIRST_WAIT * 2 ** min(found.refusals, 20) if seconds is None else seconds
        until = self._clock() + max(0, min(waited, LONGEST_WAIT))
        self._note(address, replace(found, not_before=until, refusals=found.refusals + 1))
        return dt.datetime.fromtimestamp(until, dt.UTC)

    def _note(self, address: str, visit: Visit) -> None:
        self._known[_hashed(address)] = visit
        if self.path is None:
            return
        text = json.dumps({key: asdict(one) for key, one in sorted(self._known.items())}, indent=1)
        beside = self.path.with_name(f"{self.path.name}.{secrets.token_hex(4)}")
        beside.write_text(text + "\n", encoding="utf-8")
        os.replace(beside, self.path)


def _read(path: Path) -> dict[str, Visit]:
    """What the file holds; one that can't be read is as none, for everything in it can be asked for again."""
    try:
        table = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    kinds = {one.name: (str if one.type == "str" else (int, float)) for one in fields(Visit)}
    found: dict[str, Visit] = {}
    for key, row in table.items() if isinstance(table, dict) else ():
        if isinstance(row, dict) and all(isinstance(row.get(name), kind) for name, kind in kinds.items()):
            found[key] = Visit(**{name: row[name] for name in kinds})
    return found


def _hashed(address: str) -> str:
    return hashlib.sha256(address.encode("utf-8", "surrogatepass")).hexdigest()
