"""Days run as the language of the page does: in Arabic the first day of the timeline stands at the right."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.desks import Open, visiting

ORDER = {"en": 1, "ar": -1}
"""Which way later days lie."""
LATER, EARLIER = {"en": "ArrowRight", "ar": "ArrowLeft"}, {"en": "ArrowLeft", "ar": "ArrowRight"}


@pytest.fixture(params=["en", "ar"])
def timeline(request: pytest.FixtureRequest, browser: Browser, looking: Open) -> Iterator[tuple[str, Page]]:
    """The map and the timeline of a search, on a telephone."""
    with visiting(browser, looking, language=request.param, width=360) as (context, noticed):
        page = context.new_page()
        page.goto("/search?view=map")
        expect(page.locator("[data-brush]")).to_be_visible()
        yield request.param, page
        assert noticed.unexpected() == []


def middle(one: Locator) -> float:
    box = one.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2


def test_bars_and_days_and_fields_run_one_way(timeline: tuple[str, Page]) -> None:
    language, page = timeline
    bars, days = page.locator(".timeline__bars").first.locator(".timeline__bar"), page.locator(".timeline__axis > *")
    fields = page.locator("[data-day-from], [data-day-to]")
    for row in (bars, days, fields):
        places = [ORDER[language] * middle(one) for one in row.all()]
        assert len(places) > 1 and places == sorted(places)


def test_a_key_moves_a_handle_the_way_it_points(timeline: tuple[str, Page]) -> None:
    language, page = timeline
    handle, day = page.locator("[data-brush-from]"), page.locator("[data-day-from]")
    firsts = str(page.locator("[data-timeline]").get_attribute("data-firsts")).split()
    handle.focus()
    page.keyboard.press(LATER[language])
    page.keyboard.press(LATER[language])
    expect(day).to_have_value(firsts[2])
    page.keyboard.press(EARLIER[language])
    expect(day).to_have_value(firsts[1])


def test_days_are_chosen_where_the_pointer_is_drawn(timeline: tuple[str, Page]) -> None:
    """From the start of the line to its middle: the earlier days, and their bars are those that are lit."""
    language, page = timeline
    bars = page.locator(".timeline__bars").first
    bars.scroll_into_view_if_needed()
    box = bars.bounding_box()
    assert box is not None
    start = box["x"] + 2 if language == "en" else box["x"] + box["width"] - 2
    height = box["y"] + box["height"] / 2
    page.mouse.move(start, height)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 2, height, steps=5)
    page.mouse.up()
    firsts = str(page.locator("[data-timeline]").get_attribute("data-firsts")).split()
    expect(page.locator("[data-day-from]")).to_have_value(firsts[0])
    assert firsts[1] <= page.locator("[data-day-to]").input_value() < firsts[-2]
    lit = middle(bars.locator("[data-chosen]"))
    assert ORDER[language] * lit < ORDER[language] * (box["x"] + box["width"] / 2)
