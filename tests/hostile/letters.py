"""Mails, mailboxes and web captures that nest, lie about their lengths, or never end."""

from __future__ import annotations

import base64
import gzip
import zlib

HEAD = "From: a@example.org\nSubject: Well\nDate: Sat, 08 Mar 2025 12:00:00 +0000\n"
WORDS = "Three people were killed at the well."


def mail(head: str = "", body: str = WORDS, times: int = 1) -> bytes:
    return (HEAD + head * times + "\n" + body).encode("utf-8", "surrogatepass")


def mail_header(name: str, size: int, value: str = "x") -> bytes:
    return mail(f"{name}: {value * size}\n")


def mail_nested(depth: int, kind: str = "multipart/mixed") -> bytes:
    """Parts within parts, each with a fence of its own, or a mail within a mail."""
    if kind == "message/rfc822":
        return mail(f"Content-Type: {kind}\n\n" + f"Content-Type: {kind}\n\n" * depth + f"Subject: x\n\n{WORDS}")
    parts = "".join(f'Content-Type: {kind}; boundary="b{n}"\n\n--b{n}\n' for n in range(depth))
    return mail(parts + f"Content-Type: text/plain\n\n{WORDS}")


def mail_fences(number: int) -> bytes:
    return mail('Content-Type: multipart/mixed; boundary="b"\n', "--b\n\nkilled\n" * number)


def mail_attached(name: str, content: bytes = WORDS.encode(), kind: str = "application/octet-stream") -> bytes:
    packed = base64.encodebytes(content).decode()
    return mail(
        'MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="b"\n',
        f"--b\nContent-Type: text/plain\n\n{WORDS}\n--b\nContent-Type: {kind}\nContent-Transfer-Encoding: base64\n"
        f'Content-Disposition: attachment; filename="{name}"\n\n{packed}\n--b--\n',
    )


def mail_with(builder: str, name: str) -> bytes:
    from tests.hostile import packed

    made: bytes = getattr(packed, builder)(**{"zip_bomb": {"megabytes": 20}, "zip_in_zip": {"depth": 3}}[builder])
    return mail_attached(name, made)


def mailbox(messages: int, body: str = WORDS, start: str = "From a@example.org Sat Mar  8 12:00:00 2025") -> bytes:
    return f"{start}\n{HEAD}\n{body}\n\n".encode() * messages


def mailbox_of_nested(parts: int) -> bytes:
    return b"From a Sat Mar  8 12:00:00 2025\n" + mail_nested(parts)


def mailbox_large(megabytes: int) -> bytes:
    return b"From a Sat Mar  8 12:00:00 2025\n" + HEAD.encode() + b"\n" + (b"killed " * 14 + b"\n") * 10_000 * megabytes


def mailbox_line(megabytes: int) -> bytes:
    return b"From a\n" + HEAD.encode() + b"\n" + b"x" * megabytes * 1_000_000


# --- web captures -------------------------------------------------------------------------------------------------

PAGE = f"<html><body><article><p>{WORDS} {WORDS}</p></article></body></html>"


def record(
    length: str = "", head: str = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n", page: bytes = PAGE.encode(),
    address: str = "https://wire.example/a", date: str = "2025-03-08T12:00:00Z", version: str = "WARC/1.0",
    kind: str = "response",
) -> bytes:  # fmt: skip
    block = head.encode() + b"\r\n" + page
    said = length or str(len(block))
    named = f"WARC-Type: {kind}\r\nWARC-Target-URI: {address}\r\nWARC-Date: {date}\r\n"
    form = "Content-Type: application/http; msgtype=response\r\n"
    return f"{version}\r\n{named}{form}Content-Length: {said}\r\n\r\n".encode() + block + b"\r\n\r\n"


def warc(packed: bool = False, cut: int = 0, times: int = 1, **known: str) -> bytes:
    content = record(**known) * times  # type: ignore[arg-type]
    content = content[: len(content) - cut]
    return gzip.compress(content) if packed else content


def warc_bomb(megabytes: int) -> bytes:
    """A page of zeros, packed as the server sent it and packed again."""
    packing = zlib.compressobj(9, wbits=31)
    page = b"".join(packing.compress(bytes(1_000_000)) for _ in range(megabytes)) + packing.flush()
    head = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n"
    return gzip.compress(record(head=head, page=page))


def warc_head(megabytes: int) -> bytes:
    return b"WARC/1.0\r\nWARC-Type: " + b"x" * megabytes * 1_000_000


def warc_chunked(chunks: str) -> bytes:
    head = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n"
    return record(head=head, page=chunks.encode())
