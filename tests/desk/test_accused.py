"""Whom claims accuse: each party with the voices that do, how sure they are; nothing that a voice denies."""

from __future__ import annotations

from typing import Any

import pytest

from cenotaph.case import cache
from cenotaph.desk import accused as module
from cenotaph.desk.accused import accused
from cenotaph.publish.veil import PERSON
from cenotaph.vocabulary import Claim, Coder, Group, Harm, Party, Quantity, Report, Span

REPORT = Report.of_text("Gunmen killed three people.", outlet="Example Wire")
MONITOR, RESIDENT = "Example Monitor", "a resident (Example Wire, 2025-03-08)"


def row(number: int, root: str, *parties: Party, stance: str = "asserts", low: int = 3) -> dict[str, Any]:
    """A claim as the tables hold it."""
    claim = Claim.read_as(
        REPORT, Span(0, 27), anchor=Span(14, 19), trigger=Span(7, 13), harm=Harm(("killed",)),
        quantity=Quantity("three", "exact", 3), coder=Coder("rules", "x"), group=Group("people"), parties=parties,
        stance=stance,
    )  # fmt: skip
    return {
        "claim": f"claim:{number}", "report": REPORT.id, "root": root, "named": int("(" not in root), "reads": 0,
        "outlet": "Example Wire", "words": str(low), "low": low, "high": low, "people": "people",
        "harm": "killed", "data": cache.packed(claim),
    }  # fmt: skip


class Shown:
    """An incident of which nobody is hidden but these, as whoever did not ask for names sees it."""

    unmasked = False

    def __init__(self, *hidden: str) -> None:
        self.hidden = hidden

    def words(self, text: str, report: str = "") -> str:
        return "[protected]" if text in self.hidden else text


def told(monkeypatch: pytest.MonkeyPatch, *rows: dict[str, Any], hidden: tuple[str, ...] = ()) -> list[Any]:
    monkeypatch.setattr(module, "_rows", lambda one: list(rows))
    one: Any = Shown(*hidden)
    return accused(one)


GUNMEN, ARMY = Party("gunmen"), Party("the army", canonical="Example Army")


def test_a_party_stands_once_by_its_known_name_with_every_voice_that_accuses_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    soldiers = Party("soldiers", canonical="Example Army")
    found = told(monkeypatch, row(1, RESIDENT, GUNMEN), row(2, MONITOR, ARMY, soldiers), row(3, RESIDENT, ARMY))
    assert [(one.party, list(one.words)) for one in found] == [
        ("Example Army", ["the army", "soldiers"]), ("gunmen", []),
    ]  # fmt: skip
    assert [(one.root, one.named, one.claims) for one in found[0].voices] == [
        (MONITOR, True, 2), ("a resident", False, 1),
    ]  # fmt: skip


def test_how_sure_a_voice_is_is_told_each_way_once(monkeypatch: pytest.MonkeyPatch) -> None:
    ordered = Party("the army", canonical="Example Army", degree="ordered", certainty="suspected")
    (found,) = told(
        monkeypatch, row(1, MONITOR, ARMY), row(2, MONITOR, ordered, stance="alleges"), row(3, MONITOR, ARMY)
    )  # fmt: skip
    assert list(found.voices[0].sure) == [("", "", ""), ("suspected", "ordered", "alleges")]


def test_what_is_denied_accuses_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    assert told(monkeypatch, row(1, MONITOR, ARMY, stance="denies"), row(2, MONITOR)) == []


def test_the_largest_figures_are_shown_and_the_same_words_once(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [row(number, MONITOR, ARMY, low=number) for number in (3, 9, 9, 1, 5, 7)]
    (found,) = told(monkeypatch, *rows)
    assert [one.count.low for one in found.voices[0].figures] == [9, 7, 5, 3] and found.voices[0].claims == 6


def test_a_voice_whose_name_is_hidden_goes_by_none(monkeypatch: pytest.MonkeyPatch) -> None:
    (found,) = told(monkeypatch, row(1, "Salim Example", ARMY), hidden=("Salim Example",))
    assert [one.root for one in found.voices] == [PERSON]
