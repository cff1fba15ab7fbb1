"""A button that is pressed twice by a hand that trembles, or that waits for an answer, sends its form once."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.desks import Open
from tests.browser.moments import SLOWEST

TOLD = {"by": "Umm Salem", "contact": "a number", "about": "Salem", "asked": "He was 35.", "why": "by telephone"}
SEND = "form[action='/people/requests'] button.main"
COUNTED = """
() => {
  window.went = 0;
  window.addEventListener("submit", (one) => {
    if (!one.defaultPrevented) window.went += 1;
    one.preventDefault();
  });
}
"""
"""Counts what would be sent, and sends nothing: the answer may take as long as it likes."""


def press(page: Page) -> None:
    page.locator(SEND).evaluate("one => one.click()")


def fill(page: Page) -> None:
    page.goto("/people/requests")
    page.locator(f"details:has({SEND})").evaluate("one => { one.open = true; }")
    page.check("input[name=kind][value=correction]")
    page.check("input[name='from'][value=family]")
    for name, words in TOLD.items():
        page.fill(f"form[action='/people/requests'] [name={name}]", words)


def test_a_form_that_is_on_its_way_is_not_sent_once_more(page: Page) -> None:
    fill(page)
    page.evaluate(COUNTED)
    press(page)
    press(page)
    assert page.evaluate("() => window.went") == 1


def test_a_request_of_a_family_is_written_down_once(page: Page, deciding: Open) -> None:
    fill(page)
    page.dblclick(SEND)
    expect(page.locator("form[action='/people/requests/answer']")).to_have_count(1, timeout=SLOWEST)
    assert [one.verb for one in deciding.desk.case.decisions()] == ["request"]


def test_what_the_browser_did_not_let_through_can_be_sent_when_it_is_mended(page: Page, deciding: Open) -> None:
    """A field that is needed stops the form before it is sent; that it was pressed counts for nothing."""
    fill(page)
    page.fill("form[action='/people/requests'] [name=why]", "")
    press(page)
    press(page)
    page.fill("form[action='/people/requests'] [name=why]", "by telephone")
    page.click(SEND)
    expect(page.locator("form[action='/people/requests/answer']")).to_have_count(1, timeout=SLOWEST)


def test_back_on_a_page_its_form_can_be_sent_again(page: Page, deciding: Open) -> None:
    for many in (1, 2):
        fill(page)
        page.click(SEND)
        expect(page.locator("form[action='/people/requests/answer']")).to_have_count(many, timeout=SLOWEST)
        page.go_back()
        page.reload()
