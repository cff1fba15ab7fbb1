"""The case at a glance."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import sqlalchemy as sa
from starlette.testclient import TestClient

from cenotaph.case import Case
from cenotaph.case.settings import read_settings
from cenotaph.cli.demo import example
from cenotaph.desk import Desk, tables
from cenotaph.desk.overview import overview
from cenotaph.vocabulary import Decision
from tests.web.conftest import entered


def test_the_page_says_what_is_new_what_waits_and_what_is_told(reader: TestClient) -> None:
    page = reader.get("/").text
    for words in (
        "What is new",
        "What waits",
        "Tolls at a glance",
        "Where",
        "When",
        "What we ourselves hold",
        "Last decisions",
    ):
        assert words in page
    assert 'href="/inbox?state=new"' in page


def test_states_are_counted_as_the_inbox_counts_them(looking: Desk) -> None:
    counts = overview(looking).counts
    assert sum(counts["states"].values()) == counts["reports"] == 30
    assert counts["claims"] == len(looking.case.claims())


def test_what_waits_comes_in_the_order_of_what_hangs_on_it(looking: Desk) -> None:
    waiting = overview(looking).waiting
    assert [(one.stake, one.claims) for one in waiting] == sorted(
        ((one.stake, one.claims) for one in waiting), reverse=True
    )
    assert len(waiting) == 5


def test_roots_stand_side_by_side_each_with_its_newest_figure(looking: Desk) -> None:
    first = overview(looking).episodes[0]
    killed = next(one for one in first.harms if one.harm == "killed")
    roots = [toll.root for toll in killed.tolls]
    assert len(roots) == len(set(roots)) > 1
    held = {toll.id: toll for toll in looking.case.tolls()}
    for toll in killed.tolls:
        assert held[toll.id].series[-1] == toll.series[-1]
        assert toll.figure.low == max(
            one.figure.low
            for one in held.values()
            if (one.root, one.incident, str(one.scope.harm)) == (toll.root, first.incident, "killed")
        )


def test_figures_read_by_nobody_are_called_so(reader: TestClient) -> None:
    page = reader.get("/").text
    assert "figure--machine" in page and "read--machine" in page
    assert "read--twice" not in page


def test_what_we_hold_is_an_assessment_of_ours_and_nothing_else(client: TestClient, desk: Desk) -> None:
    assert "no assessment was written" in client.get("/").text
    about = overview(desk).episodes[0].incident
    claim = desk.rows(sa.select(tables.claims.c.claim).where(tables.claims.c.harm == "killed"), scalars=True)[0]
    details = {
        "relied": [claim],
        "cells": [{"low": 4, "high": 6, "status": "civilian"}],
        "harm": "killed",
        "standing": "provisional",
    }
    one = Decision("A Reader", dt.datetime.now(dt.UTC), "assess", about, "four names on two lists", details=details)
    desk.case.decide(one)
    desk.case.build()
    desk.fill()
    found = overview(desk)
    assert [ledger.total.low for ledger in found.held.ledgers] == [4]
    assert found.decided[0].verb == "assess"
    page = client.get("/").text
    assert "no assessment was written" not in page
    assert "four names on two lists" in page


def test_an_empty_case_says_how_to_begin(tmp_path: Path) -> None:
    case = Case.create(tmp_path / "empty", settings=read_settings(example()))
    Desk(case).fill()
    with entered(Desk(case)) as client:
        page = client.get("/")
        assert page.status_code == 200
        assert "This case is empty" in page.text
        assert client.get("/search").status_code == 200
        assert client.get("/search?view=map").status_code == 200
        assert client.get("/map/places").json() == {"spots": [], "areas": [], "undrawn": "", "more": False}


def test_days_that_are_none_are_told(reader: TestClient) -> None:
    assert reader.get("/?from=soon").status_code == 422


def test_the_page_speaks_arabic_from_right_to_left(reader: TestClient) -> None:
    page = reader.get("/", headers={"accept-language": "ar"}).text
    assert '<html lang="ar" dir="rtl"' in page
    assert "ما ينتظر" in page
