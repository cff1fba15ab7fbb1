"""Pages of the web, one address or a list: polite, bounded in size, time and redirects, never into a private network."""

from __future__ import annotations

import datetime as dt
import ipaddress
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from cenotaph.intake import Captured
from cenotaph.sources import Known
from cenotaph.vocabulary import Problem

LARGEST = 20 * 1024 * 1024
REDIRECTS = 5
SECONDS = 30
_KINDS = {"text/html": "html", "application/xhtml+xml": "html", "text/plain": "txt", "text/markdown": "md", "application/json": "json"}


def is_list(path: Path) -> bool:
    """Whether a file holds nothing but addresses, one a line (# opens a remark)."""
    if path.suffix.lower() not in (".urls", ".txt") or not path.is_file() or path.stat().st_size > 1_000_000:
        return False
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    found = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
    return bool(found) and all(line.startswith(("http://", "https://")) and " " not in line for line in found)


def pages(path: Path, known: Known, *, allow_private: bool = False) -> Iterator[Captured | Problem]:
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            yield page(line.strip(), known, allow_private=allow_private)


def page(address: str, known: Known, *, allow_private: bool = False) -> Captured | Problem:
    """One page as it came over the wire. What can't be had is a Problem with one plain line."""
    import httpx2  # a tenth of a second to import, and only addresses need it

    try:
        content, kind, final = _fetched(address, allow_private)
    except (httpx2.HTTPError, httpx2.InvalidURL, _Refused, OSError, UnicodeError) as error:
        reason = str(error).strip() or type(error).__name__
        return Problem("not reached", f"{address}: {reason.splitlines()[0]}", address, settle="check the address, or save the page and add the file")
    return Captured(
        content, kind, final, "web", address, dt.datetime.now(dt.UTC), known.url or address, known.outlet, known.published,
        None, known.language,
    )  # fmt: skip


class _Refused(Exception):
    """Why an address is not fetched."""


def _fetched(address: str, allow_private: bool) -> tuple[bytes, str, str]:
    import httpx2

    from cenotaph import __version__

    headers = {"user-agent": f"cenotaph/{__version__}", "accept": "text/html, text/plain, application/json;q=0.5"}
    until = time.monotonic() + SECONDS
    with httpx2.Client(timeout=10, headers=headers, follow_redirects=False, trust_env=True) as client:
        for _ in range(REDIRECTS + 1):
            _allowed(address, allow_private)
            with client.stream("GET", address) as answer:
                if answer.is_redirect:
                    address = urljoin(address, answer.headers.get("location", ""))
                    continue
                if answer.status_code != 200:
                    raise _Refused(f"the server answered {answer.status_code} {answer.reason_phrase}")
                kind = _kind(answer.headers.get("content-type", ""))
                return _body(answer.iter_bytes(), until), kind, address
    raise _Refused(f"more than {REDIRECTS} redirects")


def _kind(header: str) -> str:
    name = header.split(";")[0].strip().lower()
    if name not in _KINDS:
        raise _Refused(f"it is {name or 'of no said kind'}; a page is {', '.join(_KINDS)}")
    return _KINDS[name]


def _body(parts: Iterator[bytes], until: float) -> bytes:
    """The answer, unpacked, up to the limit of size and time."""
    out = bytearray()
    for part in parts:
        out += part
        if len(out) > LARGEST:
            raise _Refused(f"more than {LARGEST >> 20} MB")
        if time.monotonic() > until:
            raise _Refused(f"not done after {SECONDS} seconds")
    return bytes(out)


def _allowed(address: str, allow_private: bool) -> None:
    """Only the web, and no address inside this machine or its network."""
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise _Refused(f"only http and https addresses are fetched; found {parts.scheme or 'none'}")
    if allow_private:
        return
    for found in socket.getaddrinfo(parts.hostname, parts.port or 443, proto=socket.IPPROTO_TCP):
        if not ipaddress.ip_address(str(found[4][0])).is_global:
            raise _Refused(f"{parts.hostname} lies in a private network, which is not read")
