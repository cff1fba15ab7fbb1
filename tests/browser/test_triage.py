"""A morning's things are triaged by keyboard: what repeats is set aside in bulk, what is new is read claim by claim."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from cenotaph.desk.inbox import inbox
from tests.browser.desks import Open, opened, visiting
from tests.browser.triaging import make_morning, triage
from tests.cli.mixed import Bulletin, bulletins

FEWEST_REPEATS, MOST_KEYS_A_REPEAT, MOST_KEYS_A_CLAIM = 20, 2, 15
OPENED = 5
"""New reports that this test opens; bench/desk/triage.py opens all of three hundred things. The fifth lacks a claim."""
SHEET = "Date,Place,Killed\n2025-03-01,Baniyas,2\n"
CORRECTIONS = ("figure", "harm", "place")


def thirty(folder: Path) -> None:
    """Five bulletins, what two other outlets and a mirror make of them, and five notes of our own."""
    folder.mkdir()
    own = [one for one in bulletins() if len(one.text) < 700][:5]
    for one in own:
        (folder / f"{one.name}.md").write_text(f"---\n{one.head}---\n{one.text}\n", "utf-8")
    relayed = [_relayed(one, outlet) for outlet in ("Relay", "Another Relay", "Digest", "Wire") for one in own]
    (folder / "relayed.json").write_text(json.dumps(relayed, ensure_ascii=False), "utf-8")
    for at in range(5):
        (folder / f"note-{at}.txt").write_text(
            f"A note of the desk. {at + 2} people were killed on street {at}.", "utf-8"
        )


def _relayed(one: Bulletin, outlet: str) -> dict[str, str]:
    day = next(line.removeprefix("published: ") for line in one.head.splitlines() if line.startswith("published: "))
    return {"text": one.text, "outlet": outlet, "published": day}


@pytest.fixture
def morning(browser: Browser, tmp_path: Path) -> Iterator[tuple[Open, int]]:
    thirty(tmp_path / "morning")
    held = make_morning(tmp_path / "case", tmp_path / "morning")
    with opened(tmp_path / "case") as found:
        yield found, held


def test_thirty_things_take_few_keys(browser: Browser, morning: tuple[Open, int], tmp_path: Path) -> None:
    open_, held = morning
    (tmp_path / "incidents.csv").write_text(SHEET, "utf-8")
    before = inbox(open_.desk).states
    with visiting(browser, open_) as (context, noticed):
        effort = triage(context.new_page(), held, OPENED, [tmp_path / "incidents.csv"])
        assert noticed.unexpected() == []
    assert effort.held + effort.repeated >= FEWEST_REPEATS
    assert effort.a_repeat < MOST_KEYS_A_REPEAT
    assert effort.claims >= OPENED
    assert effort.a_claim < MOST_KEYS_A_CLAIM
    after = inbox(open_.desk).states
    assert after["read"] - before["read"] == OPENED
    decided = open_.desk.history.all
    verbs = Counter(one.verb for one in decided)
    assert verbs["correct"] == sum(effort.did[kind] for kind in CORRECTIONS) > 0
    assert {verb: verbs[verb] for verb in ("accept", "reject", "add")} == {
        verb: effort.did[verb] for verb in ("accept", "reject", "add")
    }
    assert effort.did["add"] == 1 == effort.sheets
    assert sum(one.verb == "triage" and one.details["as"] == "nothing new" for one in decided) == effort.repeated
