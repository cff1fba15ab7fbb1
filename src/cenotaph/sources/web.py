"""Pages of the web: one address, or a list of them in a file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from cenotaph.intake import Captured
from cenotaph.sources import feed
from cenotaph.sources.fetching import Busy, Page, Refused, Unchanged, fetched
from cenotaph.sources.known import Known
from cenotaph.sources.visits import Visits
from cenotaph.vocabulary import Problem

_LONGEST_LIST = 1_000_000  # bytes


def is_list(path: Path) -> bool:
    """Whether a file is a list of addresses, one a line (# opens a remark): named .urls, or a .txt with nothing
    else.
    """
    try:
        ending, size = path.suffix.lower(), path.stat().st_size if path.is_file() else _LONGEST_LIST + 1
        if ending not in (".urls", ".txt") or size > _LONGEST_LIST:
            return False
        found = _lines(path)
    except (OSError, ValueError):  # not there or not readable: whoever opens it will say so
        return False
    every = all(line.lower().startswith(("http://", "https://")) and " " not in line for line in found)
    return ending == ".urls" or (bool(found) and every)


def _lines(path: Path) -> list[str]:
    """The addresses of a list in their order, each once."""
    lines = path.read_text(encoding="utf-8-sig", errors="replace").splitlines()
    return list(dict.fromkeys(line.strip() for line in lines if line.strip() and not line.strip().startswith("#")))


def pages(
    path: Path, known: Known, *, allow_private: bool = False, visits: Visits | None = None
) -> Iterator[Captured | Problem]:
    found, visits = _lines(path), visits or Visits()
    if not found:
        yield Problem("empty", f"{path.name}: no address in it; one a line is expected", path.name)
    for address in found:
        yield from page(address, known, allow_private=allow_private, visits=visits)


def page(
    address: str, known: Known, *, allow_private: bool = False, visits: Visits | None = None
) -> Iterator[Captured | Problem]:
    """One page as it came over the wire, or each entry of a feed. What can't be had is a Problem in one plain line.

    Of a feed that has not changed since it was last taken in nothing comes; `visits` remembers its state.
    """
    visits = visits or Visits()
    try:
        got = _fetched(address, allow_private, visits)
    except Unchanged:
        visits.nothing_new(address)
    else:
        if isinstance(got, Problem):
            yield got
        elif got.kind == "feed" or feed.fits(got.content):
            yield from feed.entries(
                got.content, known, name=got.address, original=address, base=got.address, encoding=got.encoding
            )
            visits.read(address, got.etag, got.modified)  # only now: what came is kept, or nobody had asked for more
        else:
            yield known.captured(
                got.content, got.kind, got.address, how="web", original=address, url=address, encoding=got.encoding
            )


def _fetched(address: str, allow_private: bool, visits: Visits) -> Page | Problem:
    """Raises Unchanged."""
    import httpx2

    early = visits.too_early(address)
    if early:
        return _left_alone(address, "is not asked", early)
    try:
        visits.wait(address)
        return fetched(address, allow_private=allow_private, conditions=visits.conditions(address))
    except Busy as error:
        return _left_alone(address, str(error), visits.refused(address, error.seconds))
    except (httpx2.HTTPError, httpx2.InvalidURL, Refused, OSError, ValueError) as error:
        return _not_reached(address, error)


def _not_reached(address: str, error: Exception) -> Problem:
    reason = " ".join(str(error).split()) or type(error).__name__
    shown = _without_password(address)
    settle = "check the address, or save the page and add the file"
    return Problem("not reached", f"{shown}: {reason}", shown, settle=settle)


def _left_alone(address: str, reason: str, until: dt.datetime) -> Problem:
    shown = _without_password(address)
    what = f"{shown}: {reason}; its server wants to be left alone until {until:%Y-%m-%d %H:%M} UTC"
    return Problem("not reached", what, shown, settle="add it again after that")


def _without_password(address: str) -> str:
    try:
        parts = urlsplit(address)
    except ValueError:
        return address
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
