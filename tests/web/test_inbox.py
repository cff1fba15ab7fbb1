"""The inbox: what came in, and what people say of it."""

from __future__ import annotations

from starlette.testclient import TestClient

from cenotaph.desk import Desk
from cenotaph.desk.inbox import inbox, of_state


def test_every_report_has_a_line_that_says_what_it_repeats_and_what_is_new(reader: TestClient) -> None:
    page = reader.get("/inbox").text
    assert page.count('name="report"') == 30
    assert "repeats Syrian Observatory for Human Rights" in page
    assert "new claim" in page


def test_what_only_repeats_can_be_set_aside_in_one_step(client: TestClient, desk: Desk) -> None:
    repeated = of_state(desk, "nothing new", 100)
    assert repeated
    answer = client.post("/inbox/triage", data={"state": "nothing new", "as": "nothing new", "why": "all are copies"})
    assert answer.status_code == 200
    assert [one.about for one in desk.case.decisions()] == repeated


def test_a_report_out_of_scope_counts_for_nothing_until_that_is_undone(client: TestClient, desk: Desk) -> None:
    first = desk.case.reports()[0]
    before = len(desk.case.claims())
    mine = sum(one.report == first.id for one in desk.case.claims())
    client.post("/inbox/triage", data={"report": first.id, "as": "out of scope", "why": "another country"})
    assert len(desk.case.claims()) == before - mine
    assert inbox(desk, "out of scope").total == 1


def test_a_report_is_read_twice_when_two_people_said_so(client: TestClient, desk: Desk) -> None:
    first = desk.case.reports()[0]
    client.post("/inbox/triage", data={"report": first.id, "as": "read", "why": "read it whole"})
    assert inbox(desk, "read").total == 1
    client.post("/you", data={"who": "Another Reader"})
    client.post("/inbox/triage", data={"report": first.id, "as": "read", "why": "read it too"})
    assert inbox(desk, "read twice").total == 1


def test_saying_what_a_report_is_needs_a_report_a_word_and_a_reason(client: TestClient, desk: Desk) -> None:
    first = desk.case.reports()[0].id
    wrong = (
        {"as": "read", "why": "x"},
        {"report": first, "as": "read", "why": " "},
        {"report": first, "as": "boring", "why": "x"},
        {"report": "report:0000", "as": "read", "why": "x"},
    )
    for one in wrong:
        assert client.post("/inbox/triage", data=one).status_code == 422
    assert desk.case.decisions() == []


def test_a_state_that_is_none_shows_all_and_a_page_past_the_end_is_empty(reader: TestClient) -> None:
    assert reader.get("/inbox?state=nonsense").text.count('name="report"') == 30
    assert reader.get("/inbox?from=900").status_code == 200
