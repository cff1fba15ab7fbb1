"""The journal's page: who, when, why; taken back by another decision; given out as a file."""

from __future__ import annotations

import csv
import html
import io
import json
import re

import pytest
from starlette.testclient import TestClient

from cenotaph.desk import Desk
from cenotaph.desk.called import Called, called
from cenotaph.desk.incidents import incidents
from cenotaph.desk.journal import Asked, entries, export
from cenotaph.web.rendering import environment
from cenotaph.web.speech import Speech
from cenotaph.web.texts import texts
from tests.web.conftest import entered


@pytest.fixture
def claim(desk: Desk, client: TestClient) -> str:
    """A claim that somebody accepted, and a name that somebody protected."""
    found = desk.case.claims()[0].id
    client.post("/decide", data={"verb": "accept", "about": found, "why": "read against the text"})
    client.post("/you", data={"who": "Another Reader"})
    client.post(
        "/decide", data={"verb": "protect", "about": "Zubaydah Example", "why": "Zubaydah Example asked for it"}
    )
    return found


def of(desk: Desk, **asked: str) -> list[str]:
    return [one.verb for one in entries(desk, Asked(**asked)).entries]


def test_the_newest_decision_stands_first_with_who_and_why(client: TestClient, desk: Desk, claim: str) -> None:
    assert of(desk) == ["protect", "accept"]
    page = client.get("/journal").text
    assert "read against the text" in page and "A Reader" in page and f"at={claim}" in page


def test_a_protected_name_stands_in_no_row_and_in_no_file(client: TestClient, claim: str) -> None:
    for path in ("/journal", "/journal?kind=all", "/journal.csv", "/journal.jsonl"):
        told = client.get(path).text
        assert "Zubaydah" not in told and "[protected]" in told


def test_rows_are_sifted_by_who_verb_day_and_what_they_are_about(desk: Desk, claim: str) -> None:
    assert of(desk, who="Another Reader") == ["protect"]
    assert of(desk, verb="accept") == ["accept"] and of(desk, about=claim) == ["accept"]
    today = entries(desk, Asked()).entries[0].at[:10]
    assert len(of(desk, first=today, last=today)) == 2
    assert of(desk, last="2001-01-01") == [] == of(desk, first="2999-01-01")
    assert of(desk, who="Nobody") == of(desk, verb="undo") == of(desk, about="claim:0000") == []


def test_what_came_in_is_a_kind_of_its_own(reader: TestClient, looking: Desk) -> None:
    found = entries(looking, Asked(kind="capture"))
    assert found.total == 30 and found.kinds["capture"] == 30
    assert {one.kind for one in found.entries} == {"capture"}
    assert "/report/report:" in reader.get("/journal?kind=capture").text


def test_a_decision_is_taken_back_by_another_and_that_one_too(client: TestClient, desk: Desk, claim: str) -> None:
    accepted = next(one for one in entries(desk, Asked()).entries if one.verb == "accept")
    client.post("/journal/undo", data={"decision": accepted.id, "why": "a slip", "seen": accepted.seen})
    undo, *_ = entries(desk, Asked()).entries
    assert undo.verb == "undo" and undo.about == accepted.id
    undone = next(one for one in entries(desk, Asked()).entries if one.verb == "accept")
    assert (undone.undone, undone.undone_who) == (undo.id, "Another Reader")
    assert "taken back by" in client.get("/journal").text
    client.post("/journal/undo", data={"decision": undo.id, "why": "no slip", "seen": undo.seen})
    again = next(one for one in entries(desk, Asked()).entries if one.verb == "accept")
    assert again.undone == ""
    client.post("/journal/undo", data={"decision": again.id, "why": "a slip after all", "seen": again.seen})
    assert next(one for one in entries(desk, Asked()).entries if one.verb == "accept").undone != ""


def shown(page: str) -> str:
    """What a person reads of a page: without its marks and the values of its forms."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", re.sub(r"</?(?:a|bdi)\b[^>]*>", "", page))).split())


def test_what_a_decision_is_about_goes_by_its_name_and_leads_there(client: TestClient, desk: Desk) -> None:
    held = {each.quantity.words: each for each in desk.case.claims()}
    one, other = held["1,018"], held["803"]
    client.post("/decide", data={"verb": "must-link", "about": one.id, "with": other.id, "why": "one count"})
    client.post("/inbox/triage", data={"report": one.report, "as": "relevant", "why": "it has the figure"})
    incident = incidents(desk).lines[0]["incident"]
    client.post("/decide", data={"verb": "grade", "about": incident, "word": "fair", "why": "two roots"})
    linked = next(each for each in entries(desk, Asked()).entries if each.verb == "must-link")
    client.post("/journal/undo", data={"decision": linked.id, "why": "a slip", "seen": linked.seen})
    page = client.get("/journal").text
    told = shown(page)
    for each in (one, other):
        assert f'href="/report/{each.report}?at={each.id}"' in page
        assert re.search(rf"{each.quantity.words} [^:]*killed, [^:]+ March 2025 {each.id}", told)
    outlet = next(each.outlet for each in desk.case.reports() if each.id == one.report)
    assert f'href="/report/{one.report}"' in page and re.search(rf"triage {re.escape(outlet)}, .*? {one.report}", told)
    assert re.search(rf"grade killed [^:]*{incident}", told) and f'href="/incidents/{incident}"' in page
    assert re.search(rf"undo belong together, A Reader, .*? UTC {linked.id}", told)


def test_no_line_of_the_journal_has_an_id_and_no_name(client: TestClient, desk: Desk) -> None:
    one, other, *_ = desk.case.claims()
    client.post("/decide", data={"verb": "must-link", "about": one.id, "with": other.id, "why": "one count"})
    for line in re.findall(r"<(?:p class=.entry__verb.|dd).*?</(?:p|dd)>", client.get("/journal").text, re.DOTALL):
        words = re.sub(r"\b\w+:[0-9a-f]{16}\b", "", re.sub(r"<strong>.*?</strong>", "", line))
        assert shown(words), line


@pytest.mark.parametrize(("language", "word"), [("en", "claim"), ("ar", "ادعاء")])
def test_what_is_no_longer_held_goes_by_what_it_was_and_its_id(desk: Desk, language: str, word: str) -> None:
    gone = Called("claim:00ff00ff00ff00ff", "claim").id
    assert called(desk, [gone], None) == {}
    html_of = environment().from_string('{% import "macros.html" as m with context %}{{ m.thing(id, {}) }}')
    words = texts(language)
    told = shown(html_of.render(t=words, say=Speech(words), id=gone))
    assert told == f"{word} {gone}"


def test_a_claim_that_counts_no_more_still_leads_to_its_words(client: TestClient, desk: Desk) -> None:
    one = desk.case.claims()[0]
    client.post("/decide", data={"verb": "reject", "about": one.id, "why": "another place"})
    page = client.get("/journal").text
    assert re.search(rf'<a href="/report/{one.report}\?at={one.id}"[^>]*>claim</a>', page)


def test_the_name_of_a_thing_hides_whom_the_page_hides(client: TestClient, desk: Desk) -> None:
    one = next(each for each in desk.case.claims() if each.root and each.root.known_as == "Mustafa Kneifati")
    client.post("/decide", data={"verb": "accept", "about": one.id, "why": "read against the text"})
    assert "Mustafa Kneifati" in shown(client.get("/journal").text)
    client.post("/decide", data={"verb": "protect", "about": "Mustafa Kneifati", "why": "he asked for it"})
    assert "Kneifati" not in client.get("/journal").text and one.id in client.get("/journal").text


def test_what_came_in_is_headed_as_everywhere(reader: TestClient, looking: Desk) -> None:
    (row, *_) = entries(looking, Asked(kind="capture")).entries
    one = next(each for each in looking.case.reports() if each.id == row.report)
    assert not one.title and row.about == f"{one.outlet} · {one.name}"


def test_two_windows_that_take_back_one_decision_write_one_undo(desk: Desk, claim: str) -> None:
    with entered(desk) as one_window, entered(desk) as other:
        accepted = next(one for one in entries(desk, Asked()).entries if one.verb == "accept")
        data = {"decision": accepted.id, "why": "a slip", "seen": accepted.seen}
        assert one_window.post("/journal/undo", data=data).status_code == 200
        assert other.post("/journal/undo", data=data).status_code == 409
    assert of(desk).count("undo") == 1


def test_only_a_decision_is_taken_back_and_with_a_reason(client: TestClient, desk: Desk, claim: str) -> None:
    accepted = entries(desk, Asked()).entries[-1]
    wrong = ["decision:0000", "", "x", claim]
    for told in [*({"decision": one, "why": "x"} for one in wrong), {"decision": accepted.id, "why": " "}, {}]:
        assert client.post("/journal/undo", data=told).status_code == 422
    assert of(desk).count("undo") == 0


def test_a_file_holds_what_is_shown_and_no_cell_of_it_runs(client: TestClient, desk: Desk, claim: str) -> None:
    client.post("/decide", data={"verb": "accept", "about": claim, "why": "=HYPERLINK(1)"})
    rows = list(csv.DictReader(io.StringIO(client.get("/journal.csv?verb=accept").text)))
    assert [row["why"] for row in rows] == ["'=HYPERLINK(1)", "read against the text"]
    lines = [json.loads(line) for line in client.get("/journal.jsonl?verb=accept").text.splitlines()]
    assert [line["why"] for line in lines] == ["=HYPERLINK(1)", "read against the text"]
    assert {line["about"] for line in lines} == {claim}


def test_a_file_goes_on_where_a_page_ends(looking: Desk) -> None:
    assert sum(1 for _ in export(looking, Asked(kind=""))) == entries(looking, Asked(kind="")).total


def test_a_day_that_is_none_is_refused_in_one_line(reader: TestClient) -> None:
    for query in ("since=yesterday", "until=2025-02-31", "since=%3Cb%3E"):
        answer = reader.get(f"/journal?{query}")
        assert answer.status_code == 422 and "<b>" not in answer.text
    assert reader.get("/journal?kind=nonsense&verb=nonsense&from=-3").status_code == 200


def test_words_that_were_forgotten_leave_their_row(client: TestClient, desk: Desk) -> None:
    report = desk.case.reports()[0].id
    desk.case.forget(report, who="Editor", why="asked by the family")
    desk.fill()
    page = client.get("/journal?kind=all").text
    assert "these words were forgotten" in page and "asked by the family" in page


def test_hostile_words_do_nothing(client: TestClient, desk: Desk) -> None:
    nasty = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    client.post("/you", data={"who": nasty})
    client.post("/decide", data={"verb": "accept", "about": desk.case.claims()[0].id, "why": nasty})
    page = client.get("/journal").text
    assert "<script>alert" not in page and "<img" not in page
    assert re.search(r"&lt;script&gt;", page)
