"""An inbox of many things triaged by keyboard, every key counted: what repeats in bulk, what is new claim by claim.

What a person does with a claim goes round by ROUND: most are right as they were read, some are not. Which claim it
falls on says nothing about that claim; what is measured is how many keys each kind of decision takes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path

from playwright.sync_api import Page, expect

from cenotaph.case import Case
from cenotaph.case.settings import read_settings
from cenotaph.cli.demo import example
from cenotaph.cli.incoming import Given, incoming
from cenotaph.desk import Desk
from tests.browser.desks import READER
from tests.browser.keyboard import MOST_STEPS, Hands

ROUND = ("accept", "accept", "figure", "accept", "accept", "reject", "accept", "accept", "harm", "accept",
         "accept", "accept", "place", "accept", "reject", "accept", "accept", "figure", "accept", "accept")  # fmt: skip
"""Of twenty claims fourteen are accepted, two rejected, and four corrected: the figure, the harm, or the place."""
ADDED_IN = 5
"""Of so many reports one lacks a claim, which is added by selecting its words."""
PLACE = "Jableh"
"""Where a claim is moved to by a correction."""
REASON = "no count of people"
"""Typed where a claim is rejected; the other reasons stay as they are filled in."""
OWNER = "Example List"
"""Whose the sheets are."""
FREE = r"""
() => {
  const lines = [...document.querySelectorAll("#text [data-line]")];
  const at = lines.findIndex((one) => one.contains(getSelection().anchorNode));
  const told = (line, word) => ({at, line, word, leftward: getComputedStyle(lines[line]).direction === "rtl"});
  for (const [line, element] of lines.entries())
    for (const run of element.querySelectorAll(".run")) {
      const word = /(?<![\p{L}\d,.])\d[\d,]*(?![\p{L}\d])/u.exec(run.textContent);
      if (word && !/\bc/.test(run.dataset.marks ?? "")) return told(line, word[0]);
    }
  return told(lines.length - 1, "");
}
"""
"""Where selecting is, and the first number that no claim rests on; "" where there is none."""
SLOWEST = 120_000
"""Milliseconds until a decision is worked into all that follows from it, on a machine that others use too."""


@dataclass
class Effort:
    """How many keys went into what. `held` are repeats, word for word or byte for byte, that nobody has to see; `did`
    counts the decisions on claims by kind, `keys` the keys of each kind: opening, reading and leaving a report too.
    """

    held: int
    repeated: int = 0
    keys_in_bulk: int = 0
    sheets: int = 0
    keys_on_sheets: int = 0
    reports: int = 0
    did: Counter[str] = field(default_factory=Counter)
    keys: Counter[str] = field(default_factory=Counter)

    @property
    def claims(self) -> int:
        return sum(self.did.values())

    @property
    def a_repeat(self) -> float:
        """Keys for one thing that repeats another."""
        return self.keys_in_bulk / (self.held + self.repeated)

    @property
    def a_claim(self) -> float:
        """Keys for one claim of a new report, reading and leaving the report among them."""
        return sum(self.keys.values()) / self.claims

    def of_each(self) -> dict[str, float]:
        """Keys for one decision of each kind, and for opening and leaving one report."""
        told = {kind: self.keys[kind] / count for kind, count in self.did.items()}
        return told | {"report": self.keys["report"] / self.reports if self.reports else 0.0}


def make_morning(folder: Path, given: Path) -> int:
    """A case of what lies in a folder, built; how many things were held already when they came."""
    case = Case.create(folder, settings=read_settings(example()))
    came = [one.status for one in case.add(incoming(str(given), Given()), who=READER)]
    case.build()
    Desk(case).fill()
    case.engine.dispose()
    return sum(status in ("same bytes", "same text") for status in came)


def triage(
    page: Page,
    held: int,
    most: int = 1_000_000,
    sheets: Sequence[Path] = (),
    say: Callable[[str], None] = lambda _: None,
) -> Effort:
    """All repeats are set aside; the sheets are dropped and taken; then the first `most` of the new reports are opened
    and every claim in them is looked at and decided on.
    """
    hands, effort = Hands(page), Effort(held)
    page.set_default_navigation_timeout(SLOWEST)
    page.goto("/inbox?state=nothing+new")
    effort.repeated = shown_of(page)
    if effort.repeated:
        hands.go("N")
    effort.keys_in_bulk, hands.keys = hands.keys, 0
    page.goto("/inbox?state=new")
    effort.reports = min(most, shown_of(page))
    if sheets:
        take_sheets(page, hands, sheets)
    effort.sheets, effort.keys_on_sheets, hands.keys = len(sheets), hands.keys, 0
    page.goto("/inbox?state=new")
    hands.press("j")
    hands.go("Enter")
    kinds = cycle(ROUND)
    for at in range(effort.reports):
        for kind, keys in settle_all(page, hands, kinds, lacks_one=at % ADDED_IN == ADDED_IN - 1):
            effort.did[kind] += 1
            effort.keys[kind] += keys
        before = hands.keys
        hands.go("d")
        if at + 1 < effort.reports:
            hands.go("n")
        effort.keys["report"] += hands.keys - before
        say(f"{at + 1} of {effort.reports} reports, {effort.claims} claims, {sum(effort.keys.values())} keys")
    effort.keys["report"] += 2  # the first report was walked to and opened
    return effort


def shown_of(page: Page) -> int:
    """The reports of the state that is looked at, by the number in its tab."""
    told = page.locator(".tabs [aria-current=page] .count").inner_text()
    return int("".join(letter for letter in told if letter.isdigit()))


# --- one report -------------------------------------------------------------------------------------------------------


def settle_all(page: Page, hands: Hands, kinds: Iterator[str], *, lacks_one: bool) -> Iterator[tuple[str, int]]:
    """Decides on every claim of an open report; gives each decision's kind and its keys."""
    ids = page.locator("[data-claim]").evaluate_all("(all) => all.map((one) => one.dataset.claim)")
    for claim in ids:
        before, kind = hands.keys, next(kinds)
        here = f'[data-claim="{claim}"]'
        if not hands.is_at(here):
            hands.walk_to(here, key="j")
        DOES[kind](page, hands, here)
        yield kind, hands.keys - before
    if lacks_one:
        before = hands.keys
        add(page, hands)
        yield "add", hands.keys - before


def accept(page: Page, hands: Hands, here: str) -> None:
    """As it was read; focus goes to the next by itself."""
    hands.go("a")


def reject(page: Page, hands: Hands, here: str) -> None:
    """The reason that is filled in is selected, so that another one is typed in its place."""
    hands.press("r")
    expect(page.locator(f"{here} input[name=why]:focus")).to_have_count(1, timeout=SLOWEST)
    hands.type(REASON)
    hands.go("Enter")
    expect(page.locator(here)).to_have_count(0, timeout=SLOWEST)


def figure(page: Page, hands: Hands, here: str) -> None:
    """One more than was read."""
    _opened(page, hands)
    now = page.locator(".slot [name=base]").input_value()
    hands.walk_to("[name=base]")
    hands.write_over(str(int(float(now or 0)) + 1))
    _kept(page, hands)


def harm(page: Page, hands: Hands, here: str) -> None:
    """The field that the form begins with; Enter is pressed in the next that takes text."""
    _opened(page, hands)
    now = page.locator(".slot [name=harm]").input_value()
    hands.type("i" if now != "injured" else "k")
    hands.walk_to("[name=words]")
    _kept(page, hands)


def place(page: Page, hands: Hands, here: str) -> None:
    _opened(page, hands)
    hands.walk_to("[name=place_name]")
    hands.write_over(PLACE)
    _kept(page, hands)


def _opened(page: Page, hands: Hands) -> None:
    hands.press("e")
    expect(page.locator(".slot [data-first]")).to_be_focused(timeout=SLOWEST)


def _kept(page: Page, hands: Hands) -> None:
    hands.go("Enter")
    wrong = page.locator(".slot .error")
    assert wrong.count() == 0, wrong.first.inner_text()


def add(page: Page, hands: Hands) -> None:
    """A number that no claim rests on, or else the first word of the last line, as people killed. Walked to by keys,
    line by line and then word by word in the order in which they are read.
    """
    before = page.locator("[data-claim]").count()
    hands.press("s")
    found = page.evaluate(FREE)
    steps = found["line"] - found["at"]
    hands.press(*["ArrowDown" if steps > 0 else "ArrowUp"] * abs(steps))
    selected = page.locator("[data-selected] strong")
    for _ in range(MOST_STEPS):
        if found["word"] in selected.inner_text():
            break
        hands.press("ArrowLeft" if found["leftward"] else "ArrowRight")
    hands.press("Enter")
    expect(page.locator("#adding [data-first]")).to_be_focused(timeout=SLOWEST)
    if not page.locator("#adding [name=harm]").input_value():
        hands.type("k")
    hands.walk_to("#adding [name=base]")
    _kept(page, hands)
    expect(page.locator("[data-claim]")).to_have_count(before + 1, timeout=SLOWEST)


DOES: dict[str, Callable[[Page, Hands, str], None]] = {
    "accept": accept, "reject": reject, "figure": figure, "harm": harm, "place": place,
}  # fmt: skip


# --- sheets -----------------------------------------------------------------------------------------------------------


def take_sheets(page: Page, hands: Hands, paths: Sequence[Path]) -> None:
    """All chosen at once in the form of the inbox; then each is looked at, given its owner, and taken. The keys of the
    system's own window for choosing files are not counted.
    """
    hands.press("+")
    hands.walk_to("#drop-files")
    page.locator("#drop-files").set_input_files(paths)
    hands.walk_to("button.main")
    hands.go("Enter")
    for _ in paths:
        if page.locator("[data-item]").count():  # one alone is shown at once
            hands.press("j")
            hands.go("Enter")
        hands.press("o")
        hands.type(OWNER)
        hands.press("Escape")
        hands.go("t")
        expect(page.locator("main")).to_contain_text("1 new")
