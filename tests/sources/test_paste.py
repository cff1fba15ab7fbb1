"""Text on standard input is one report."""

from __future__ import annotations

import datetime as dt
import io

import pytest

from cenotaph.sources.folder import LARGEST
from tests.sources.given import ENGLISH, captures, problem


def test_pasted_text_is_one_report_with_what_is_said_of_it() -> None:
    day = dt.date(2025, 3, 8)
    (item,) = captures(
        "-", stdin=io.BytesIO(ENGLISH), published=day, outlet="Example Wire", url="https://example.org/a"
    )
    assert (item.content, item.kind, item.how, item.original) == (ENGLISH, "txt", "paste", "-")
    assert (item.published, item.outlet, item.url) == (day, "Example Wire", "https://example.org/a")


@pytest.mark.parametrize("start", [b"---\n", b"+++\n", b"---\r\n", b"\n\n---\n", b"\xef\xbb\xbf---\n"])
def test_a_head_above_pasted_text_is_seen(start: bytes) -> None:
    (item,) = captures("-", stdin=io.BytesIO(start + ENGLISH))
    assert item.kind == "md"


@pytest.mark.parametrize("start", [b"-- ", b"--- 12 killed\n", b"----\n", b"# Twelve killed\n", b"<p>", b"{"])
def test_other_beginnings_are_text(start: bytes) -> None:
    (item,) = captures("-", stdin=io.BytesIO(start + ENGLISH))
    assert item.kind == "txt"


class Endless(io.RawIOBase):
    """A program that never stops writing."""

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        assert size >= 0, "reading without a limit would never end"
        return b"x" * size


def test_input_without_end_is_cut_off_and_refused() -> None:
    assert "more than 50 MB on standard input" in problem("-", stdin=Endless()).what
    (item,) = captures("-", stdin=io.BytesIO(b"x" * LARGEST))
    assert len(item.content) == LARGEST
