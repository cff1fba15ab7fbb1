"""Roots side by side: the cases of accounts.toml, and that no account ever adds, averages or widens a figure."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from cenotaph.reconcile.accounts import accounts
from cenotaph.vocabulary import (
    Account,
    Check,
    Group,
    Harm,
    Incident,
    Interval,
    Party,
    Period,
    Scope,
    Tether,
    Toll,
    Vintage,
)
from tests.builders import PLACES

CASES: list[dict[str, Any]] = tomllib.loads(Path(__file__).with_name("accounts.toml").read_text("utf-8"))["case"]


def incident_of(table: Mapping[str, Any]) -> Incident:
    scope = Scope(Harm(("injured", "killed")))
    return Incident(table["id"], table["id"], table.get("kind", "incident"), scope, table.get("parent", ""))


def toll_of(table: Mapping[str, Any]) -> Toll:
    figure = table["figure"] if isinstance(table["figure"], list) else [table["figure"]] * 2
    interval = Interval(figure[0], figure[0], None if figure[1] == "open" else figure[1], "plain")
    period = Period("", table.get("since"), table.get("until")) if {"since", "until"} & set(table) else None
    scope = Scope(
        Harm.parse(table.get("harm", "killed")), Group(table["group"], status=table.get("status", "")),
        place=PLACES[table["place"]] if "place" in table else None, period=period,
        parties=tuple(Party(words) for words in table.get("by", ())),
        exclusions=tuple(Group(words) for words in table.get("excludes", ())), level=table.get("level", "reported"),
        assumed=tuple((name, "from the report") for name in table.get("assumed", ())),
    )  # fmt: skip
    day = table.get("day")
    newest = Vintage(day, table.get("dated", "said" if day else "unknown"), interval, "", (f"claim:{table['id']}",))
    incident = table.get("incident", "episode:9")
    return Toll(table["id"], table["root"], scope, interval, (newest,), claims=newest.claims, incident=incident)


def accounts_of(case: Mapping[str, Any]) -> list[Account]:
    tethers = [Tether(one, other, how, "from words") for one, other, how in case.get("tethers", ())]
    unnamed = {table["root"] for table in case["tolls"] if table.get("unnamed")}
    return accounts(map(toll_of, case["tolls"]), map(incident_of, case["incidents"]), tethers, unnamed=unnamed)


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_the_accounts_of(case: dict[str, Any]) -> None:
    found = accounts_of(case)
    told = [(one.incident, list(one.tolls), one.support) for one in found]
    assert told == [(one["of"], one["tolls"], one["support"]) for one in case["accounts"]]
    for account, expected in zip(found, case["accounts"], strict=True):
        assert len(account.tethers) == expected.get("tethers", len(account.tethers))
        wanted = expected.get("differences")
        if wanted is not None:
            assert len(account.differences) == len(wanted), account.differences
            for check, difference in zip(account.differences, wanted, strict=True):
                compare(check, difference)


def compare(check: Check, expected: Mapping[str, Any]) -> None:
    assert (check.rule, check.verdict) == ("two roots", expected["verdict"])
    assert all(root in check.what for root in expected["of"]), check.what
    assert all(words in check.what for words in expected["says"]), check.what
    assert not any(words in check.what for words in expected.get("never", ())), check.what
    assert len(check.claims) == 2


# --- laws ---------------------------------------------------------------------------------------------------------


@some.composite
def tolls(draw: Any) -> dict[str, Any]:
    """Figures from 1000, so that a number of ours that is in no toll could be told from a day or a year."""
    optional = {
        "status": some.sampled_from(["civilian", "armed group"]),
        "place": some.sampled_from(sorted(PLACES)),
        "since": some.dates(dt.date(2025, 3, 1), dt.date(2025, 3, 5)),
        "until": some.dates(dt.date(2025, 3, 6), dt.date(2025, 3, 9)),
        "day": some.dates(dt.date(2025, 3, 9), dt.date(2025, 3, 20)),
        "level": some.sampled_from(["verified"]),
        "excludes": some.just(["guards"]),
        "harm": some.just("injured"),
    }
    chosen = draw(some.sets(some.sampled_from(sorted(optional))))
    table = {key: draw(optional[key]) for key in sorted(chosen)}
    return table | {
        "root": draw(some.sampled_from("ABC")), "group": table.get("status", "people"),
        "figure": draw(some.sampled_from([3001, 4007, 5011, 6029, [3001, 4007], [5011, "open"]])),
        "incident": draw(some.sampled_from(["episode:9", "incident:1", "incident:5"])),
    }  # fmt: skip


INCIDENTS = [
    {"id": "episode:9", "kind": "episode"},
    {"id": "incident:1", "parent": "episode:9"},
    {"id": "incident:5"},
]


def cases(tables: list[dict[str, Any]]) -> dict[str, Any]:
    return {"incidents": INCIDENTS, "tolls": [one | {"id": f"toll:{number}"} for number, one in enumerate(tables)]}


@given(some.lists(tolls(), max_size=6))
@settings(deadline=None, max_examples=80)
def test_every_number_told_is_one_that_a_root_gave(tables: list[dict[str, Any]]) -> None:
    given = {"3001", "4007", "5011", "6029", "2025"}
    for check in (check for account in accounts_of(cases(tables)) for check in account.differences):
        assert set(re.findall(r"\d{4,}", check.what)) <= given
        assert check.verdict == "differs"  # nobody says none here


@given(some.lists(tolls(), max_size=6))
@settings(deadline=None, max_examples=80)
def test_each_root_that_gave_a_figure_stands_in_the_account_and_with_tolls_of_that_harm(
    tables: list[dict[str, Any]],
) -> None:
    case = cases(tables)
    held = {toll.id: toll for toll in map(toll_of, case["tolls"])}
    wanted = {(toll.incident, toll.scope.harm, toll.root) for toll in held.values()}
    found = [(one.incident, one.harm, held[toll]) for one in accounts_of(case) for toll in one.tolls]
    assert {(incident, harm, toll.root) for incident, harm, toll in found} == wanted
    assert all(toll.scope.harm == harm and toll.incident == incident for incident, harm, toll in found)


@given(some.lists(tolls(), max_size=6), some.randoms(use_true_random=False))
@settings(deadline=None, max_examples=80)
def test_the_order_in_which_tolls_come_does_not_matter(tables: list[dict[str, Any]], random: Any) -> None:
    case = cases(tables)
    assert accounts_of(case | {"tolls": random.sample(case["tolls"], len(tables))}) == accounts_of(case)
