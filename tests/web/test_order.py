"""What is seen first is reached first: the order of a page is the order in which its style sheets show it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lxml import html
from starlette.testclient import TestClient

from cenotaph.web import rendering

SHEETS = sorted((rendering.HERE / "static").glob("*.css"))
MOVED = re.compile(r"(?<![\w-])order\s*:|(?:row|column|wrap)-reverse")
"""Declarations by which a style sheet shows things in another order than the page has them."""


@pytest.mark.parametrize("sheet", SHEETS, ids=[one.name for one in SHEETS])
def test_no_style_sheet_shows_things_in_another_order(sheet: Path) -> None:
    assert not MOVED.findall(sheet.read_text(encoding="utf-8"))


@pytest.mark.parametrize("line", [
    "a { order: 1; }", "a{order:-1}", "a { flex-flow: row-reverse; }", "a { flex-flow: row wrap-reverse }",
])  # fmt: skip
def test_such_a_declaration_would_be_found(line: str) -> None:
    assert MOVED.search(line) and not MOVED.search("a { border: 0; border-block: 1px; }")


def test_the_head_has_the_pages_before_the_search(reader: TestClient) -> None:
    page = html.fromstring(reader.get("/you").text)
    inside = [one.get("class") for one in page.xpath("//header[@class='head']/*")]
    assert inside == ["head__case", "head__nav", "head__you"]


def test_what_leaves_the_desk_stands_under_a_heading_of_its_own(reader: TestClient) -> None:
    page = html.fromstring(reader.get("/you").text)
    headings = [one.text_content() for one in page.xpath("//main//*[self::h1 or self::h2 or self::h3]")]
    assert headings == ["Your settings", "Another browser", "Leave the desk"]
    form = page.xpath("//form[@action='/leave']")[0]
    assert form.xpath("preceding::h2[1]")[0].text_content() == "Leave the desk"
