"""Feeds as sites really write them: their words, address, day and outlet come, and nothing is guessed."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from cenotaph.archive import extract, report_from
from cenotaph.intake import Captured
from cenotaph.vocabulary import Problem
from tests.sources.given import given

CASES = tomllib.loads(Path(__file__).with_name("feeds.toml").read_text(encoding="utf-8"))["feed"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_a_feed_gives_what_it_says_or_a_line(case: dict[str, Any], tmp_path: Path) -> None:
    content = case["content"].encode(case.get("encoding", "utf-8"))
    if case.get("broken"):
        content = content.replace("¿".encode(), b"\xff")
    (tmp_path / "feed.xml").write_bytes(content)
    (item,) = given(tmp_path / "feed.xml")
    if "problem" in case:
        assert isinstance(item, Problem) and case["problem"] in item.what, item
        return
    assert isinstance(item, Captured), item
    report = report_from(item, extract(item), "")
    assert case["text"] in report.text and case.get("none", "\0") not in report.text
    assert (report.url, report.published) == (case.get("url", ""), case.get("published"))
    assert case.get("outlet", report.outlet) == report.outlet
