"""Web captures of other programs: each page a report with its address and moment; a cut file gives what was whole."""

from __future__ import annotations

import datetime as dt
import gzip
import io
import shutil
import subprocess
from pathlib import Path

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from cenotaph.archive import extract
from cenotaph.intake import Captured
from cenotaph.sources import warc
from cenotaph.vocabulary import Problem
from tests.sources.given import captures, given, problem
from tests.sources.server import serving, whole

WORDS = "Twelve people were killed in the shelling of the town on Friday, a medical source said."
PAGE = f"<html lang=en><head><title>Shelling</title></head><body><article><p>{WORDS}</p></article></body></html>"


def written(pages: list[tuple[str, str, str, bytes]], *, packed: bool = True) -> bytes:
    """Address, status, content type, bytes of each page, as warcio writes them."""
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=packed)
    for address, status, kind, content in pages:
        headers = StatusAndHeaders(status, [("Content-Type", kind)], protocol="HTTP/1.1")
        record = writer.create_warc_record(
            address, "response", payload=io.BytesIO(content), http_headers=headers,
            warc_headers_dict={"WARC-Date": "2025-03-08T22:00:00Z"},
        )  # fmt: skip
        writer.write_record(record)
    return out.getvalue()


ONE = ("https://example.org/a", "200 OK", "text/html; charset=utf-8", PAGE.encode())


def kept(tmp_path: Path, content: bytes, name: str = "a.warc.gz") -> Path:
    (tmp_path / name).write_bytes(content)
    return tmp_path / name


@pytest.mark.parametrize("packed", [True, False])
def test_a_page_comes_with_its_address_and_the_moment_of_its_capture(tmp_path: Path, packed: bool) -> None:
    (item,) = captures(kept(tmp_path, written([ONE], packed=packed), "a.warc.gz" if packed else "a.warc"))
    assert (item.url, item.captured) == ("https://example.org/a", dt.datetime(2025, 3, 8, 22, tzinfo=dt.UTC))
    assert (item.content, item.encoding, item.how) == (PAGE.encode(), "utf-8", "warc")
    assert WORDS in extract(item).text


@pytest.mark.parametrize(
    "other",
    [
        ("https://example.org/p", "200 OK", "image/png", b"\x89PNG"),
        ("https://example.org/x", "404 Gone", "text/html", b"<p>no"),
        ("https://example.org/s", "200 OK", "text/javascript", b"alert(1)"),
        ("dns:example.org", "200 OK", "text/html", b"x"),
        ("https://example.org/r", "301 Moved", "text/html", b"<p>moved"),
    ],
)  # fmt: skip
def test_what_is_no_page_is_left_alone(tmp_path: Path, other: tuple[str, str, str, bytes]) -> None:
    assert [one.url for one in captures(kept(tmp_path, written([other, ONE])))] == ["https://example.org/a"]


def test_a_page_above_the_limit_is_named_and_the_next_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(warc, "LARGEST", 1_000)
    large = ("https://example.org/l", "200 OK", "text/html", b"x" * 2_000)
    found = given(kept(tmp_path, written([large, ONE])))
    assert isinstance(found[0], Problem) and found[0].kind == "too large" and isinstance(found[1], Captured)


def test_a_file_that_is_cut_off_gives_the_pages_before_the_cut(tmp_path: Path) -> None:
    whole = written([ONE, (*ONE[:3], PAGE.encode() * 200)])
    found = given(kept(tmp_path, whole[: len(written([ONE])) + 60]))
    assert isinstance(found[0], Captured) and found[0].content == PAGE.encode()


@pytest.mark.parametrize(
    "content", [b"", b"no capture", gzip.compress(b"no capture", mtime=0), b"\x1f\x8b\x08", b"WARC/1.0\r\n"]
)
def test_what_is_no_capture_is_one_line(tmp_path: Path, content: bytes) -> None:
    assert problem(kept(tmp_path, content)).kind in ("not readable", "empty")


def test_one_address_is_not_given_to_many_pages(tmp_path: Path) -> None:
    assert problem(kept(tmp_path, written([ONE])), url="https://example.org/b").kind == "one address for many"


@pytest.mark.skipif(shutil.which("wget") is None, reason="wget, which writes captures of its own, is not installed")
def test_a_capture_of_wget_is_read(tmp_path: Path) -> None:

    with serving() as server:
        address = server.at(whole(PAGE.encode()))
        command = ["wget", "-q", "--no-proxy", "--warc-file", str(tmp_path / "w"), "-O", "/dev/null", address]
        subprocess.run(command, check=True, timeout=60)
    (item,) = captures(tmp_path / "w.warc.gz")
    assert item.url == address and WORDS in extract(item).text
