"""On a telephone what is pressed is large enough for a thumb, and stands apart from what is beside it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.addresses import SAMPLES
from tests.browser.desks import Open

SMALLEST, SMALLEST_IN_A_LINE = 24, 14
"""Pixels; a sign in a line of text is as narrow as the line lets it be (WCAG 2.2, 2.5.8: inline)."""
BOXES = "input[type=checkbox], input[type=radio], .rung__figure, .leaf"
SIZES = """(selector) => [...document.querySelectorAll(selector)].filter((one) => one.checkVisibility()).map((one) => {
  const box = one.getBoundingClientRect();
  return Math.min(box.width, one.matches(".sign") ? Infinity : box.height);
})"""


@pytest.fixture
def telephone(browser: Browser, looking: Open) -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": 360, "height": 740}, base_url=looking.base, has_touch=True, is_mobile=True, locale="ar"
    )
    context.request.get(looking.link())
    yield context.new_page()
    context.close()


@pytest.mark.parametrize(("route", "selector", "smallest"), [
    ("/inbox", BOXES, SMALLEST), ("/problems", BOXES, SMALLEST), ("/incidents/{name}", BOXES, SMALLEST),
    ("/incidents/{name}/link", BOXES, SMALLEST), ("/report/{report}", ".text .sign", SMALLEST_IN_A_LINE),
])  # fmt: skip
def test_nothing_is_too_small(telephone: Page, looking: Open, route: str, selector: str, smallest: int) -> None:
    addresses = SAMPLES[route](looking) if route in SAMPLES else [route]
    sizes: list[float] = []
    for address in addresses[:2]:
        telephone.goto(address)
        sizes += telephone.evaluate(SIZES, selector)
        assert telephone.evaluate("() => document.documentElement.scrollWidth <= 360"), address
    assert sizes and min(sizes) >= smallest
