"""Two people in two browsers decide on one claim in the same moment: one sees both sides, and nothing is lost."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from cenotaph.vocabulary import Claim
from tests.browser.desks import READER, Open, visiting
from tests.browser.moments import OTHER, SLOWEST, counted, pressed

FIGURES = {READER: 501, OTHER: 502}
"""What each takes the figure for."""
LATE = "status of 409 "


@pytest.fixture
def windows(browser: Browser, deciding: Open) -> Iterator[dict[str, Page]]:
    """Two browsers at one desk, by the name of who sits there. Both may come too late, and do nothing else wrong."""
    with visiting(browser, deciding) as (one, seen), visiting(browser, deciding, who=OTHER) as (other, also_seen):
        yield {READER: one.new_page(), OTHER: other.new_page()}
        for noticed in (seen, also_seen):
            noticed.expected.append(LATE)
            assert noticed.unexpected() == []


def correct(page: Page, claim: Claim, who: str) -> None:
    """The form of a claim, filled in and not sent."""
    page.goto(f"/report/{claim.report}/correct/{claim.id}")
    page.fill(".slot [name=base]", str(FIGURES[who]))
    page.fill(".slot [name=why]", f"{who} counts {FIGURES[who]}")


def send_both(windows: dict[str, Page]) -> str:
    """Sends both forms before either is answered; gives who came too late."""
    for page in windows.values():
        page.evaluate("() => document.querySelector('.slot form button.main').click()")
    for page in windows.values():
        expect(page.locator(".slot form")).to_have_count(0, timeout=SLOWEST)
    (late,) = [who for who, page in windows.items() if page.locator("#merge-on").count()]
    return late


def held(open_: Open, claim: Claim) -> int | None:
    """The figure as it stands."""
    return next(one for one in open_.desk.case.claims() if one.id == claim.id).quantity.base


def test_of_two_corrections_at_once_both_are_written_and_the_later_person_has_seen_the_other(
    windows: dict[str, Page], deciding: Open
) -> None:
    claim = counted(deciding)[0]
    for who, page in windows.items():
        correct(page, claim, who)
    late = send_both(windows)
    (first,) = windows.keys() - {late}
    assert [(one.who, one.verb) for one in deciding.desk.case.decisions()] == [(first, "correct")]
    page = windows[late]
    row = page.locator("table.sides tbody tr").first
    expect(row.locator("td").nth(1)).to_contain_text(str(FIGURES[first]))
    expect(row.locator("td").nth(2)).to_contain_text(str(FIGURES[late]))
    expect(page.locator("#main")).to_contain_text(f"{first} counts {FIGURES[first]}")
    expect(page.locator("#merge-why")).to_have_value(f"{late} counts {FIGURES[late]}")
    pressed(page, "#main button.main")
    expect(page.locator(f'[data-claim="{claim.id}"] .claim__head')).to_contain_text(str(FIGURES[late]))
    assert held(deciding, claim) == FIGURES[late]
    page.goto("/journal")
    for who, figure in FIGURES.items():
        expect(page.locator("#main")).to_contain_text(f"{who} counts {figure}")
    assert [one.who for one in deciding.desk.case.decisions()] == [first, late]
    assert deciding.desk.case.verify() == []


def test_whoever_keeps_the_others_decision_sees_the_claim_as_it_stands(
    windows: dict[str, Page], deciding: Open
) -> None:
    claim = counted(deciding)[0]
    for who, page in windows.items():
        correct(page, claim, who)
    late = send_both(windows)
    (first,) = windows.keys() - {late}
    page = windows[late]
    with page.expect_navigation(timeout=SLOWEST):
        page.keyboard.press("x")
    expect(page.locator(f'[data-claim="{claim.id}"] .claim__head')).to_contain_text(str(FIGURES[first]))
    assert [one.who for one in deciding.desk.case.decisions()] == [first]
    assert held(deciding, claim) == FIGURES[first]


def test_what_one_rejects_while_the_other_accepts_can_be_taken_back(windows: dict[str, Page], deciding: Open) -> None:
    """The later one's form was never about the claim as it is now: it is gone."""
    claim = counted(deciding)[0]
    for page in windows.values():
        page.goto(f"/report/{claim.report}")
    here = f'[data-claim="{claim.id}"]'
    one, other = windows[READER], windows[OTHER]
    other.locator(f"{here} .claim__reject summary").click()
    pressed(other, f"{here} .claim__reject form button")
    pressed(one, f"{here} form button.main")
    expect(one.locator("#merge-theirs")).to_be_visible()
    assert [(found.who, found.verb) for found in deciding.desk.case.decisions()] == [(OTHER, "reject")]
    pressed(one, "#main button.main")
    expect(one.locator(here)).to_have_count(1)
    made = [(found.who, found.verb) for found in deciding.desk.case.decisions()]
    assert made == [(OTHER, "reject"), (READER, "undo"), (READER, "accept")]
