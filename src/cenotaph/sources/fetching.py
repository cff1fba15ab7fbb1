"""One page over the wire: bounded in size, time and redirects, and never from inside a private network."""

from __future__ import annotations

import datetime as dt
import ipaddress
import re
import socket
import threading
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from importlib.metadata import version
from types import MappingProxyType
from typing import Any, Self
from urllib.parse import urljoin, urlsplit
from urllib.request import getproxies, proxy_bypass

LARGEST = 20_000_000
"""Bytes of one page, unpacked."""

REDIRECTS = 5
SECONDS = 30
"""For one page from first to last byte, redirects and all."""

_SILENCE = 10  # seconds that a server may say nothing
KINDS_OF_PAGES = {
    "text/html": "html", "application/xhtml+xml": "html", "text/plain": "txt", "text/markdown": "md",
    "application/json": "json", "application/pdf": "pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
}  # fmt: skip
KINDS_OF_FEEDS = {
    one: "feed"
    for one in ("application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/xml", "text/xml")
}
_HEADERS = {
    "user-agent": f"cenotaph/{version('cenotaph')} (archives single pages for people who document casualties)",
    "accept": "text/html, application/xhtml+xml, text/plain;q=0.9, application/json;q=0.5",
    "accept-encoding": "gzip",  # the one that is unpacked below, step by step, so that no bomb swells
}
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)


NO_CONDITIONS: Mapping[str, str] = MappingProxyType({})


class Refused(Exception):
    """Why an address is not fetched."""


class Unchanged(Exception):
    """The page is still as it was when its server last said what state it is in."""


class Busy(Refused):
    """The server wants to be left alone, for so many seconds; None where it does not say for how long."""

    def __init__(self, line: str, seconds: int | None) -> None:
        super().__init__(line)
        self.seconds = seconds


@dataclass(frozen=True, slots=True)
class Page:
    """What came: its bytes, unpacked; its kind and encoding as the server said; the address it came from at last; and
    the state in which the server says it is (ETag, Last-Modified).
    """

    content: bytes
    kind: str
    encoding: str
    address: str
    etag: str = ""
    modified: str = ""


def fetched(address: str, *, allow_private: bool = False, conditions: Mapping[str, str] = NO_CONDITIONS) -> Page:
    """The page behind an address. Raises Refused, or what httpx2 raises when a server can't be reached.

    With conditions (If-None-Match, If-Modified-Since) it raises Unchanged for a page that is as it was.
    """
    import httpx2  # a tenth of a second to import, and only addresses need it

    with (
        _Wire(allow_private) as wire,
        httpx2.Client(timeout=_SILENCE, headers=_HEADERS, follow_redirects=False) as client,
    ):
        try:
            page = _followed(client, address, wire, conditions)
        except httpx2.HTTPError:
            wire.refuse_late()
            raise
        wire.refuse_late()  # a page of no said length that was cut off looks whole
        return page


def _followed(client: Any, address: str, wire: _Wire, conditions: Mapping[str, str]) -> Page:
    for _ in range(REDIRECTS + 1):
        wire.allow(address)
        with client.stream("GET", address, headers=dict(conditions), extensions={"trace": wire.watch}) as answer:
            if not answer.has_redirect_location:
                return _page(answer, address, conditions)
            address = urljoin(address, answer.headers["location"])
    raise Refused(f"more than {REDIRECTS} redirects")


def _page(answer: Any, address: str, conditions: Mapping[str, str]) -> Page:
    headers = answer.headers
    if answer.status_code == 304 and conditions:
        raise Unchanged
    if answer.status_code != 200:
        line = f"the server answered {answer.status_code} {answer.reason_phrase}".rstrip()
        if answer.status_code in (429, 503):
            raise Busy(line, _seconds(headers.get("retry-after", "").strip()))
        raise Refused(line)
    kind, encoding = _kind(headers)
    return Page(_body(answer), kind, encoding, address, headers.get("etag", ""), headers.get("last-modified", ""))


def _seconds(said: str) -> int | None:
    """Retry-After: a number of seconds, or a moment (RFC 9110, 10.2.3).

    >>> _seconds("120"), _seconds("soon")
    (120, None)
    """
    if said.isascii() and said.isdigit():
        return int(said[:9])
    try:
        moment = parsedate_to_datetime(said)
    except ValueError:
        return None
    left = (moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)) - dt.datetime.now(dt.UTC)
    return max(0, int(left.total_seconds()))


def _kind(headers: Mapping[str, str]) -> tuple[str, str]:
    header = headers.get("content-type", "")
    name = header.split(";")[0].strip().lower()
    kinds = KINDS_OF_PAGES | KINDS_OF_FEEDS
    if name not in kinds:
        raise Refused(f"it is {name or 'of no said kind'}; a page is one of {', '.join(kinds)}")
    said = _CHARSET.search(header)
    return kinds[name], said.group(1) if said else ""


def _body(answer: Any) -> bytes:
    out = bytearray()
    for part in _unpacked(answer.iter_raw(), answer.headers.get("content-encoding", "").strip().lower()):
        out += part
        if len(out) > LARGEST:
            raise Refused(f"more than {LARGEST // 1_000_000} MB, the most that is taken from one address")
    return bytes(out)


def _unpacked(parts: Iterator[bytes], packed: str) -> Iterator[bytes]:
    """Bytes as they were before packing, never much more at once than a page may have."""
    if packed in ("", "identity"):
        yield from parts
        return
    if packed not in ("gzip", "x-gzip"):
        raise Refused(f"it is packed as {packed}, which was not asked for")
    unpacking = zlib.decompressobj(wbits=16 + zlib.MAX_WBITS)
    try:
        for part in parts:
            yield unpacking.decompress(part, LARGEST + 1)
    except zlib.error as error:
        raise Refused(f"it says it is packed as {packed} and is not") from error
    if not unpacking.eof or unpacking.unused_data.strip(b"\0"):
        raise Refused("it was not packed in one whole piece; what can be unpacked may not be all")


class _Wire:
    """Watches one fetch: that every connection leads to a public address, and that all ends in time.

    The address is checked before a connection is made and again, as the connection found it, before a word is sent:
    a name may lead elsewhere the second time it is asked for.
    """

    def __init__(self, allow_private: bool) -> None:
        self.allow_private, self.late = allow_private, False
        self._proxied = False
        self._socket: socket.socket | None = None
        self._end = threading.Timer(SECONDS, self._cut)
        self._end.daemon = True

    def __enter__(self) -> Self:
        self._end.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._end.cancel()

    def allow(self, address: str) -> None:
        """Refuses what is not of the public web."""
        parts = urlsplit(address)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise Refused(f"only http and https addresses are fetched; found {parts.scheme or 'none'}")
        if parts.username or parts.password:
            raise Refused("the address holds a name or password, which would be kept with the report; take it out")
        self._proxied = _proxied(parts.scheme, parts.hostname)
        if not self.allow_private:
            for found in _addresses(parts.hostname, parts.port or 443, self._proxied):
                _refuse_private(found, parts.hostname)

    def watch(self, event: str, info: Mapping[str, Any]) -> None:
        """Called by httpx2 at each step of a request."""
        if not event.endswith(("connect_tcp.complete", "start_tls.complete")):
            return
        stream = info["return_value"]
        self._socket = stream.get_extra_info("socket")
        if self.late:
            self._cut()
        if not (self.allow_private or self._proxied):
            try:
                _refuse_private(stream.get_extra_info("server_addr")[0], "the server")
            except Refused:
                stream.close()
                raise

    def refuse_late(self) -> None:
        if self.late:
            raise Refused(f"not done after {SECONDS} seconds")

    def _cut(self) -> None:
        self.late = True
        if self._socket is not None:
            try:
                self._socket.shutdown(socket.SHUT_RDWR)
            except OSError:  # closed already, so there is nothing left to cut
                self._socket = None


def _proxied(scheme: str, host: str) -> bool:
    """Whether the machine's settings send this address through a proxy, which then is whom a connection leads to."""
    proxies = getproxies()
    return bool({scheme, "all"} & proxies.keys()) and not proxy_bypass(host)


def _addresses(host: str, port: int, proxied: bool) -> list[str]:
    try:
        found = socket.getaddrinfo(host, port, proto=socket.IPPROTO_TCP)
    except socket.gaierror:
        if proxied:  # behind a proxy a machine may know no names itself
            return []
        raise
    return [str(one[4][0]) for one in found]


def _refuse_private(address: str, host: str) -> None:
    found = ipaddress.ip_address(address)
    if not found.is_global or found.is_multicast:
        raise Refused(f"{host} lies in a private network, which is not read")
