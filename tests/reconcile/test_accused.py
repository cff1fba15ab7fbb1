"""Whom roots accuse stands side by side; silence accuses and clears nobody, and nothing is settled by it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from cenotaph.link import link
from cenotaph.reconcile.accused import accused
from cenotaph.vocabulary import Check, Party
from tests.reconcile.test_laws import held

SINCE = dt.date(2025, 3, 6)
COAST = {"exact": 745, "root": "Monitor", "total": True, "place": "coast", "since": SINCE}
NETWORK = COAST | {"exact": 803, "root": "Network"}
DESERT = {"exact": 120, "root": "Network", "total": True, "place": "desert", "since": dt.date(2025, 1, 5)}


def told(*tables: Mapping[str, Any]) -> list[Check]:
    read, claims = held([{"published": dt.date(2025, 3, 9), "claims": [one]} for one in tables])
    return list(accused(claims, link(claims, read)).values())


def test_two_roots_that_accuse_others_differ_and_each_is_told_with_its_figures() -> None:
    (check,) = told(COAST | {"by": "gunmen"}, NETWORK | {"by": "soldiers"})
    assert check.verdict == "differs"
    assert check.what == "Monitor accuses gunmen (745 people); Network accuses soldiers (803 people)"
    assert len(check.claims) == 2


def test_two_roots_that_accuse_the_same_party_hold() -> None:
    (check,) = told(COAST | {"by": "gunmen"}, NETWORK | {"by": "gunmen"})
    assert check.verdict == "holds"


def test_a_root_that_accuses_two_parties_differs_from_one_that_accuses_one() -> None:
    (check,) = told(COAST | {"by": "gunmen"}, COAST | {"exact": 60, "by": "soldiers"}, NETWORK | {"by": "gunmen"})
    assert check.verdict == "differs"
    assert check.what.startswith("Monitor accuses gunmen (745 people), soldiers (60 people); Network")


def test_a_figure_said_by_two_outlets_is_told_once() -> None:
    (check,) = told(COAST | {"by": "gunmen"}, COAST | {"by": "gunmen"}, NETWORK | {"by": "soldiers"})
    assert check.what.count("745") == 1 and len(check.claims) == 3


@pytest.mark.parametrize(
    "tables",
    [
        [COAST | {"by": "gunmen"}],
        [COAST | {"by": "gunmen"}, COAST | {"exact": 60, "by": "soldiers"}],
        [COAST | {"by": "gunmen"}, NETWORK],
        [COAST, NETWORK],
        [COAST | {"by": "gunmen"}, DESERT | {"by": "soldiers"}],
        [COAST | {"by": "gunmen"}, NETWORK | {"by": "soldiers", "root": "a monitor", "unnamed": True}],
        [COAST | {"by": "gunmen"}, NETWORK | {"by": "gunmen", "stance": "denies"}],
        [COAST | {"by": "gunmen"}, NETWORK | {"by": "soldiers", "reach": "background", "total": False}],
        [],
    ],
    ids=["one root", "one root twice", "a silent root", "two silent roots", "two episodes", "an unnamed voice",
         "a denial", "background", "nothing"],
)  # fmt: skip
def test_nobody_is_set_against_anybody(tables: list[dict[str, Any]]) -> None:
    assert told(*tables) == []


def test_spellings_of_one_party_are_one() -> None:
    read, claims = held([{"published": dt.date(2025, 3, 9), "claims": [one | {"by": "x"}]} for one in (COAST, NETWORK)])
    spelt = [
        replace(claim, parties=(Party(words, "Armed Group of the Hills"),))
        for claim, words in zip(claims, ("the group", "المجموعة"), strict=True)
    ]
    (check,) = accused(spelt, link(spelt, read)).values()
    assert check.verdict == "holds" and "Armed Group of the Hills" in check.what


def test_the_order_of_claims_changes_no_word() -> None:
    tables = [COAST | {"by": "gunmen"}, COAST | {"exact": 60, "by": "soldiers"}, NETWORK | {"by": "gunmen"}]
    read, claims = held([{"published": dt.date(2025, 3, 9), "claims": [one]} for one in tables])
    linked = link(claims, read)
    assert accused(claims, linked) == accused(list(reversed(claims)), linked)
