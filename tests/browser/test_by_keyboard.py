"""The thirty bulletins are reviewed from end to end by keyboard alone: no mouse, no touch."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter

import pytest
import sqlalchemy as sa
from playwright.sync_api import Page, expect

from cenotaph.desk import tables
from cenotaph.publish.masking import PROTECTED
from tests.browser.addresses import one
from tests.browser.desks import READER, Open
from tests.browser.keyboard import Hands, OutOfReach

FIGURE = 14
"""What the first bulletin's four is corrected to."""
WITNESS = "Mustafa Kneifati"
WORDS = "نساء"
"""Of the thirteenth bulletin: women are among those whom its figure counts, and the machine made no claim of them."""


def test_thirty_bulletins_are_reviewed_by_keyboard_alone(page: Page, deciding: Open) -> None:
    hands = Hands(page)
    page.goto("/inbox")
    expect(page.locator("[data-item]")).to_have_count(30)
    hands.press("j")
    hands.go("Enter")
    for at in range(30):
        name = _name(page, deciding)
        if name == "r01":
            correct_a_figure(hands, _claim(deciding, "r01", "four"), FIGURE)
        if name == "r13":
            add_a_claim(hands, WORDS)
        hands.go("d")
        expect(page.locator(".report__head .state")).to_contain_text("read")
        if at < 29:
            hands.go("n")
    hands.go("g", "i")
    expect(page.locator("[data-item] :is(.state--read, .state--read-twice)")).to_have_count(30)
    protect_a_witness(hands, WITNESS)
    link_two_incidents(hands, deciding)
    the_toll_changed(hands, deciding, FIGURE)
    write_an_assessment(hands, FIGURE)
    verbs = Counter(one.verb for one in deciding.desk.case.decisions())
    assert verbs == {"correct": 1, "add": 1, "triage": 30, "protect": 1, "must-link": 1, "assess": 1}
    assert {one.who for one in deciding.desk.case.decisions()} == {READER}


def correct_a_figure(hands: Hands, claim: str, figure: int) -> None:
    hands.walk_to(f'[data-claim="{claim}"]', key="j")
    hands.press("e")
    expect(hands.page.locator(".slot [data-first]")).to_be_focused()
    hands.walk_to("[name=base]")
    hands.write_over(str(figure))
    hands.go("Enter")
    expect(hands.page.locator(f'[data-claim="{claim}"] .claim__head')).to_contain_text(str(figure))


def add_a_claim(hands: Hands, words: str) -> None:
    """By selecting Arabic words in the order in which they are read, which is leftward."""
    before = hands.page.locator("[data-claim]").count()
    hands.press("s")
    selected = hands.page.locator("[data-selected] strong")
    for _ in range(60):
        if selected.inner_text().endswith(words):
            break
        hands.press("ArrowLeft")
    expect(selected).to_have_text(words)
    hands.press("Enter")
    expect(hands.page.locator("#adding [data-first]")).to_be_focused()
    hands.type("k")
    hands.walk_to("button.main")
    hands.go("Enter")
    expect(hands.page.locator("[data-claim]")).to_have_count(before + 1)
    expect(hands.page.locator("[data-claim]:focus .figure__words")).to_have_text(words)


def protect_a_witness(hands: Hands, name: str) -> None:
    """By name; from then on the text of the report that names them shows a mark instead."""
    hands.go("g", "o")
    hands.go("p")
    hands.walk_to("#name")
    hands.type(name)
    hands.go("Enter")
    hands.press("/")
    hands.type("night of fighting")
    hands.go("Enter")
    hands.press("j")
    hands.go("Enter")
    expect(hands.page.locator("#text")).to_contain_text(PROTECTED)
    expect(hands.page.locator("#text")).not_to_contain_text(name.split()[-1])


def link_two_incidents(hands: Hands, desk: Open) -> None:
    """What the link would change is shown before anybody decides it."""
    open_incident(hands, "Al-Tuwaimah")
    hands.go("l")
    hands.press("j", "x")
    hands.walk_to("#l-incident")
    hands.type(one(desk, sa.select(tables.incidents.c.incident).where(tables.incidents.c.title.contains("Hmeimim"))))
    hands.go("Enter")
    preview = hands.page.locator("section[aria-labelledby=changes]")
    expect(preview).to_contain_text("Hmeimim")
    expect(preview).to_contain_text("Al-Tuwaimah")
    assert "must-link" not in {one.verb for one in desk.desk.case.decisions()}
    hands.go("D")
    (made,) = [one for one in desk.desk.case.decisions() if one.verb == "must-link"]
    both = (made.about, made.details["with"])
    assert len({_incident_of(desk, claim) for claim in both}) == 1


def _incident_of(desk: Open, claim: str) -> str:
    return one(desk, sa.select(tables.claims.c.incident).where(tables.claims.c.claim == claim))


def open_incident(hands: Hands, words: str) -> None:
    hands.go("g", "e")
    hands.walk_to(f"main a:has-text('{words}')")
    hands.go("Enter")


def the_toll_changed(hands: Hands, desk: Open, figure: int) -> None:
    """On the page of the incident and behind its figure; `cenotaph why` says the same."""
    open_incident(hands, "Jableh")
    rung = hands.page.locator(".rung", has_text="civilians")
    expect(rung.locator(".rung__figure")).to_contain_text(str(figure))
    hands.walk_to(".rung:has-text('civilians')", key="j")
    hands.go("Enter")
    sentence = hands.page.locator("#sentence").inner_text()
    assert f"({figure})" in sentence
    told = subprocess.run(
        [sys.executable, "-c", "from cenotaph.cli import main; main()", "why", str(desk.desk.case.folder), str(figure)],
        capture_output=True, text=True, check=True, env={**os.environ, "COLUMNS": "1000"},
    )  # fmt: skip
    assert sentence in told.stdout
    hands.go("u")


def write_an_assessment(hands: Hands, figure: int) -> None:
    """Resting on the claim that was corrected."""
    hands.go("a")
    hands.press("c")
    expect(hands.page.locator("[name=count]").first).to_be_focused()
    hands.write_over(str(figure))
    expect(hands.page.locator("[name=count]").first).to_have_value(str(figure))
    hands.press("Escape")
    hands.walk_to("[data-item]:has(mark:text-is('four'))", key="j")
    hands.press("x")
    hands.go("S")
    held = hands.page.locator("section[aria-labelledby=held]")
    expect(held).to_contain_text(f"{figure} killed")
    expect(held).to_contain_text(READER)


def _name(page: Page, desk: Open) -> str:
    """What the report that is open is called."""
    report = page.url.split("/report/")[1].split("?")[0].replace("%3A", ":")
    return one(desk, sa.select(tables.reports.c.name).where(tables.reports.c.report == report))


def _claim(desk: Open, name: str, words: str) -> str:
    """The claim of a report that rests on these words."""
    of, reports = tables.claims.c, tables.reports.c
    both = sa.select(of.claim).join(tables.reports, reports.report == of.report)
    return one(desk, both.where(reports.name == name, of.words == words))


def test_what_is_not_there_is_out_of_reach(page: Page) -> None:
    page.goto("/closed")
    with pytest.raises(OutOfReach, match="never at 'blink'"):
        Hands(page).walk_to("blink")
