"""An inbox of many things triaged by keyboard, every key counted: what repeats in bulk, what is new claim by claim."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page

from cenotaph.case import Case
from cenotaph.case.settings import read_settings
from cenotaph.cli.demo import example
from cenotaph.cli.incoming import Given, incoming
from cenotaph.desk import Desk
from tests.browser.desks import READER
from tests.browser.keyboard import Hands


@dataclass(frozen=True)
class Effort:
    """How many keys went into what. `held` are repeats, word for word or byte for byte, that nobody has to see."""

    held: int
    repeated: int
    keys_in_bulk: int
    reports: int
    claims: int
    keys_on_claims: int

    @property
    def a_repeat(self) -> float:
        """Keys for one thing that repeats another."""
        return self.keys_in_bulk / (self.held + self.repeated)

    @property
    def a_claim(self) -> float:
        """Keys for one claim of a new report, reading and leaving the report among them."""
        return self.keys_on_claims / self.claims


def make_morning(folder: Path, given: Path) -> int:
    """A case of what lies in a folder, built; how many things were held already when they came."""
    case = Case.create(folder, settings=read_settings(example()))
    came = [one.status for one in case.add(incoming(str(given), Given()), who=READER)]
    case.build()
    Desk(case).fill()
    case.engine.dispose()
    return sum(status in ("same bytes", "same text") for status in came)


def triage(page: Page, held: int, most: int = 1_000_000, say: Callable[[str], None] = lambda line: None) -> Effort:
    """All repeats are set aside; then the first `most` of the new reports are opened, and every claim in them is
    accepted after its words were looked at.
    """
    hands = Hands(page)
    page.goto("/inbox?state=nothing+new")
    repeated = shown_of(page)
    if repeated:
        hands.go("N")
    in_bulk, hands.keys = hands.keys, 0
    page.goto("/inbox?state=new")
    reports = min(most, shown_of(page))
    hands.press("j")
    hands.go("Enter")
    claims = 0
    for at in range(reports):
        claims += accept_all(page, hands)
        say(f"{at + 1} of {reports} reports, {claims} claims, {hands.keys} keys")
        hands.go("d")
        if at + 1 < reports:
            hands.go("n")
    return Effort(held, repeated, in_bulk, reports, claims, hands.keys)


def accept_all(page: Page, hands: Hands) -> int:
    """Every claim of an open report that nobody read; focus goes to the next by itself."""
    claims = page.locator("[data-claim]").count()
    for _ in range(claims):
        if not hands.is_at("[data-claim]"):
            hands.press("j")
        hands.go("a")
    return claims


def shown_of(page: Page) -> int:
    """The reports of the state that is looked at, by the number in its tab."""
    told = page.locator(".tabs [aria-current=page] .count").inner_text()
    return int("".join(letter for letter in told if letter.isdigit()))
