"""The inbox: what came in, and what people say of it."""

from __future__ import annotations

import pytest
from lxml import html
from starlette.testclient import TestClient

from cenotaph.desk import Desk
from cenotaph.desk.inbox import inbox, of_state
from cenotaph.desk.inbox_rows import STATES


def test_every_report_has_a_line_that_says_what_it_repeats_and_what_is_new(reader: TestClient) -> None:
    page = reader.get("/inbox").text
    assert page.count('name="report"') == 30
    assert "repeats <bdi>Syrian Observatory for Human Rights</bdi>" in page
    assert "new claim" in page


def test_what_only_repeats_can_be_set_aside_in_one_step(client: TestClient, desk: Desk) -> None:
    repeated = of_state(desk, "nothing new", 100)
    assert repeated
    answer = client.post("/inbox/triage", data={"state": "nothing new", "as": "nothing new", "why": "all are copies"})
    assert answer.status_code == 200
    assert [one.about for one in desk.case.decisions()] == repeated


def test_what_was_set_aside_is_told_and_offered_no_more(client: TestClient, desk: Desk) -> None:
    before = inbox(desk, "nothing new")
    repeated = before.total
    assert before.unsaid == repeated and all(one["machine"] for one in before.lines)
    page = html.fromstring(client.get("/inbox?state=nothing+new").text)
    (button,) = page.xpath("//button[@data-key='N']")
    (tab,) = page.xpath("//ul[@class='tabs']//a[@aria-current]")
    assert str(repeated) in button.text_content() and f"{repeated} by machine" in tab.text_content()
    form = {each.get("name"): each.get("value") for each in button.getparent().xpath(".//input")}
    answer = client.post("/inbox/triage", data=form)
    now = html.fromstring(answer.text)
    assert str(answer.url).endswith("state=nothing%20new")
    (said,) = now.xpath("//*[@role='status'][contains(@class, 'did')]")
    assert str(repeated) in said.text_content() and "nothing new" in said.text_content()
    assert now.xpath("//button[@data-key='N']") == [] and "by machine" not in answer.text
    assert len(desk.case.decisions()) == repeated
    assert "did" not in client.get("/inbox").text.split("<main")[1].split("tabs")[0]
    client.post("/decide", data={"verb": "undo", "about": desk.case.decisions()[0].id, "why": "looked again"})
    assert inbox(desk).unsaid == 1
    assert of_state(desk, "nothing new", 100, unsaid=True) == [desk.case.decisions()[0].about]
    assert client.post("/inbox/triage", data=form).status_code == 200
    assert client.post("/inbox/triage", data=form).status_code == 422


def test_every_state_has_a_key_of_its_own_that_the_help_tells(reader: TestClient) -> None:
    for address in ("/inbox", "/inbox?state=read"):
        page = html.fromstring(reader.get(address).text)
        tabs = page.xpath("//ul[@class='tabs']//a")
        assert [one.get("data-key") for one in tabs] == [str(at) for at in range(len(STATES) + 1)]
        assert all(one.get("data-says") for one in tabs)
        keys = [one.get("data-key") for one in page.xpath("//*[@data-key][not(ancestor::*[@data-item])]")]
        assert len(keys) == len(set(keys))


@pytest.mark.parametrize(("why", "line"), [(" ", "has a reason"), ("a copy\u202e", "direction")])
def test_a_reason_that_is_none_keeps_what_was_marked(reader: TestClient, looking: Desk, why: str, line: str) -> None:
    first = looking.case.reports()[2].id
    sent = {"report": first, "as": "read", "why": why, "back": "/inbox?state=&from=0"}
    answer = reader.post("/inbox/triage", data=sent)
    page = html.fromstring(answer.text)
    assert answer.status_code == 422 and line in page.xpath("//*[@role='alert']")[0].text_content()
    assert page.xpath("//input[@name='report'][@checked]/@value") == [first]
    assert "\u202e" not in answer.text and looking.case.decisions() == []


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


def test_after_the_end_of_a_list_stands_its_last_page(client: TestClient) -> None:
    """Who decides on all of the last page comes back to an address that holds nothing any more."""
    page = html.fromstring(client.get("/inbox?from=50").text)
    assert len(page.xpath("//input[@name='report']")) == 30
    marked = page.xpath("//input[@name='report']/@value")[:1]
    asked = {"as": "read", "why": "looked at", "report": marked, "back": "/inbox?state=read&from=50"}
    assert len(html.fromstring(client.post("/inbox/triage", data=asked).text).xpath("//input[@name='report']")) == 1


def test_a_report_out_of_scope_is_not_called_one_in_which_nothing_was_read(client: TestClient, desk: Desk) -> None:
    (report,) = (one["report"] for one in inbox(desk).lines[:1])
    asked = {"as": "out of scope", "why": "of another year", "report": [report], "back": "/inbox?state=out of scope"}
    for page in (client.post("/inbox/triage", data=asked).text, client.get(f"/report/{report}").text):
        assert "no claim was read" not in page.casefold()
    assert "its claims count for nothing here" in client.get("/inbox?state=out+of+scope").text
    assert "Its claims come back" in client.get(f"/report/{report}").text
