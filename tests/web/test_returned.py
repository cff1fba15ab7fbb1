"""A changed export is dropped on the inbox: what it asks for is shown first, and taken as shown or not at all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from lxml import html
from starlette.testclient import TestClient

from cenotaph.case import Case
from cenotaph.case.returned import Whole, compared_with, ids_in, sheets_in
from cenotaph.case.sheets import as_workbook
from cenotaph.desk import Desk
from cenotaph.desk.returning import Parts
from cenotaph.desk.taking import take
from cenotaph.plain import dump
from cenotaph.vocabulary import Claim, Decision
from tests.cli.sheeted import rows, saved

NOON = dt.datetime(2025, 5, 1, 12, tzinfo=dt.UTC)
WHO = "A Reader"


@pytest.fixture(scope="module")
def whole(looking: Desk) -> Whole:
    """All of the example at once."""
    return Whole(looking.case, WHO)


@pytest.fixture(scope="module")
def exported(whole: Whole) -> bytes:
    return as_workbook(whole.sheets(), "Example", made=NOON)


def test_of_the_example_each_row_is_the_row_of_the_whole_case(looking: Desk, whole: Whole) -> None:
    every = {str(row[0]) for one in whole.sheets() for row in one.rows}
    parts = Parts(looking, every, WHO)
    for mine, theirs in zip(parts.sheets(), whole.sheets(), strict=True):
        assert {str(row[0]): list(row) for row in mine.rows} == {str(row[0]): list(row) for row in theirs.rows}
        assert parts.rows(theirs.name) == len(theirs.rows)
    hidden = looking.plain_veil.hidden, looking.case.state().hidden()
    assert hidden[0].names == hidden[1].names and hidden[0].phrases == hidden[1].phrases


def test_of_the_example_an_edited_workbook_asks_for_the_same(looking: Desk, whole: Whole, exported: bytes) -> None:
    ids = [row[0] for row in rows(exported)[1:]]
    edits: dict[tuple[str, str, str], Any] = {("claims", one, "base"): 77 for one in ids[::9]}
    edits |= {("claims", one, "decide"): "accept" for one in ids[1::9]}
    edits |= {("problems", row[0], "decide"): "settle" for row in rows(exported, "problems")[1:]}
    edits |= {("incidents", row[0], "grade_word"): "weak" for row in rows(exported, "incidents")[1:]}
    sheets = sheets_in(saved(exported, edits), "back.xlsx")
    parts = Parts(looking, ids_in(sheets), WHO)
    found = [compared_with(held, sheets, "back.xlsx", who=WHO, when=NOON) for held in (whole, parts)]
    assert found[0] == found[1]
    assert {one.decision.verb for one in found[0].asked} == {"accept", "correct", "settle", "grade"}


# --- on the page ------------------------------------------------------------------------------------------------------


def _dropped(client: TestClient, content: bytes, name: str = "back.xlsx") -> tuple[str, html.HtmlElement]:
    """Where the sheet waits, and what is shown of it."""
    shown = client.post("/inbox/add", files=[("file", (name, content, "application/octet-stream"))])
    assert shown.status_code == 200
    return shown.url.path, html.fromstring(shown.text)


def _mark(page: html.HtmlElement) -> str:
    (found,) = page.xpath("//input[@name='mark']/@value")
    return str(found)


def _two(desk: Desk) -> tuple[Claim, Claim]:
    """Two claims whose figures are their own words."""
    found = [one for one in desk.case.claims() if one.quantity.comparator == "exact" and not one.relation]
    return found[0], found[-1]


def _changed(desk: Desk, exported: bytes) -> tuple[bytes, Claim, Claim]:
    one, other = _two(desk)
    return saved(exported, {("claims", one.id, "base"): 77, ("claims", other.id, "base"): 78}), one, other


def _base(desk: Desk, claim: Claim) -> int | None:
    return next(one.quantity.base for one in desk.case.claims() if one.id == claim.id)


def test_the_changed_cells_are_shown_and_then_taken(client: TestClient, desk: Desk, exported: bytes) -> None:
    content, one, other = _changed(desk, exported)
    address, page = _dropped(client, content)
    told = page.text_content()
    assert "2 decisions are asked for" in told and "77" in told and "78" in told
    assert not desk.case.decisions()
    taken = client.post(address, data={"do": "take", "why": "counted again", "mark": _mark(page)})
    assert taken.url.path == "/journal"
    assert [(made.verb, made.why, made.who) for made in desk.case.decisions()] == [
        ("correct", "counted again", WHO), ("correct", "counted again", WHO),
    ]  # fmt: skip
    assert (_base(desk, one), _base(desk, other)) == (77, 78)
    assert client.get(address).status_code == 404


def test_without_a_reason_nothing_is_taken(client: TestClient, desk: Desk, exported: bytes) -> None:
    content, _, _ = _changed(desk, exported)
    address, page = _dropped(client, content)
    answer = client.post(address, data={"do": "take", "why": " ", "mark": _mark(page)})
    assert answer.status_code == 422 and "some rows give no reason" in answer.text
    assert not desk.case.decisions() and client.get(address).status_code == 200


def test_what_another_decided_meanwhile_is_shown_before_anything_is_taken(
    client: TestClient, desk: Desk, exported: bytes
) -> None:
    content, one, other = _changed(desk, exported)
    address, page = _dropped(client, content)
    right = replace(one, quantity=replace(one.quantity, base=5))
    desk.case.decide(Decision("Another", NOON, "correct", one.id, "read again", details={"claim": dump(right)}))
    answer = client.post(address, data={"do": "take", "why": "counted again", "mark": _mark(page)})
    assert answer.status_code == 409
    again = html.fromstring(answer.text)
    assert again.xpath("//*[@role='alert']")[0].text_content() == (
        "The case changed since you looked. Nothing is taken: this is what the sheet asks for now."
    )
    assert "since the export in the case as well" in again.text_content()
    assert "counted again" in answer.text, "what was filled in stays"
    assert [made.who for made in desk.case.decisions()] == ["Another"]
    client.post(address, data={"do": "take", "why": "counted again", "mark": _mark(again)})
    assert [made.who for made in desk.case.decisions()] == ["Another", WHO]
    assert (_base(desk, one), _base(desk, other)) == (5, 78)


def test_of_two_who_take_at_the_same_moment_the_second_is_told(
    client: TestClient, desk: Desk, exported: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    content, one, other = _changed(desk, exported)
    address, page = _dropped(client, content)
    right = replace(one, quantity=replace(one.quantity, base=5))
    theirs = Decision("Another", NOON, "correct", one.id, "read again", details={"claim": dump(right)})

    def late(desk: Desk, asked: Sequence[Decision], held: Parts) -> list[Decision]:
        Case(desk.case.folder).decide(theirs)
        return take(desk, asked, held)

    monkeypatch.setattr("cenotaph.desk.incoming.take", late)
    answer = client.post(address, data={"do": "take", "why": "counted again", "mark": _mark(page)})
    assert answer.status_code == 409 and "Another" in answer.text
    assert [made.who for made in desk.case.decisions()] == ["Another"]
    assert client.get(address).status_code == 200, "the sheet still waits"
    assert _base(desk, other) == other.quantity.base


def test_a_sheet_without_a_row_asks_for_nothing(client: TestClient, desk: Desk, exported: bytes) -> None:
    headings = ",".join(rows(exported)[0]) + "\r\n"
    address, page = _dropped(client, headings.encode(), "claims.csv")
    assert not page.xpath("//button[@value='take']")
    count = len(desk.case.claims())
    assert f"{count} of its rows are not in the file" in page.text_content()
    client.post(address, data={"do": "take", "why": "a test", "mark": _mark(page)})
    assert not desk.case.decisions()


def test_ids_of_nothing_are_told_one_by_one(client: TestClient, desk: Desk) -> None:
    few = b"id,base\r\nclaim:0123456789abcdef,3\r\nincident:0123456789abcdef,4\r\n"
    _, page = _dropped(client, few, "back.csv")
    told = page.text_content()
    assert told.count("nothing in this case has that id") == 2 and "row 2" in told and "row 3" in told


def test_over_the_api_the_same_is_shown_and_taken(client: TestClient, desk: Desk, exported: bytes) -> None:
    content, one, other = _changed(desk, exported)
    kept = client.post("/api/v1/sheets", files={"file": ("back.xlsx", content)}).json()
    assert kept["ours"] and [row["verb"] for row in kept["rows"]] == ["correct", "correct"]
    path = f"/api/v1/sheets/{kept['handle']}"
    assert client.post(path, json={"do": "take"}).status_code == 422
    done = client.post(path, json={"do": "take", "why": "counted again"}).json()
    assert [made["decision"]["about"] for made in done["decisions"]] == [row["about"] for row in kept["rows"]]
    assert (_base(desk, one), _base(desk, other)) == (77, 78)
