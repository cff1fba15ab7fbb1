"""The page of a report: the text with its marks, the decisions taken on it, its custody; hostile words stay words."""

from __future__ import annotations

import base64
import json
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa
from itsdangerous import TimestampSigner
from lxml import html
from starlette.testclient import TestClient

from cenotaph.case import Case
from cenotaph.case.settings import Settings
from cenotaph.case.tables import payloads
from cenotaph.desk import Desk
from cenotaph.desk.report import opened
from cenotaph.web.pages.report import picture_kind
from tests.web.reported import FILE, PNG, report_of
from tests.web.small import captured, windows


def unmask(client: TestClient, desk: Desk) -> None:
    """As the page of people does it, without its way there: what the browser keeps says so."""
    signer = TimestampSigner(client.app.state.keys.session)  # type: ignore[attr-defined]
    kept = json.loads(base64.b64decode(signer.unsign(client.cookies["cenotaph"].encode())))
    told = base64.b64encode(json.dumps({**kept, "unmasked": True}).encode())
    client.cookies.clear()
    client.cookies.set("cenotaph", signer.sign(told).decode())


def page_of(client: TestClient, desk: Desk, outlet: str = "Example Wire", more: str = "") -> html.HtmlElement:
    answer = client.get(f"/report/{report_of(desk, outlet)}{more}")
    assert answer.status_code == 200
    return html.fromstring(answer.text)


def shown_text(page: html.HtmlElement) -> str:
    return "\n".join("".join(line.xpath(".//span[@data-start]/text()")) for line in page.xpath("//p[@data-line]"))


# --- what is shown ----------------------------------------------------------------------------------------------------


def test_every_claim_has_a_mark_in_the_text_that_leads_to_it_and_back(reader: TestClient, looking: Desk) -> None:
    page = page_of(reader, looking)
    signs = page.xpath("//*[@id='text']//a[@data-sign]")
    assert [one.get("href") for one in signs] == ["#c1", "#c2", "#c3"]
    for one in signs:
        (claim,) = page.xpath(f"//li[@id='{one.get('href')[1:]}']")
        assert claim.xpath(f".//a[@href='#{one.get('id')}']") and claim.get("data-item") is not None


def test_the_text_is_set_whole_and_each_piece_knows_its_place_in_code_points(reader: TestClient, looking: Desk) -> None:
    report = report_of(looking, "Example Daily")
    text = next(one.text for one in looking.case.reports() if one.id == report)
    page = page_of(reader, looking, "Example Daily")
    assert shown_text(page) == text.strip()
    for piece in page.xpath("//span[@data-start]"):
        start = int(piece.get("data-start"))
        assert text[start : start + len(piece.text)] == piece.text


def test_lines_run_in_their_own_direction_and_the_text_says_its_language(reader: TestClient, looking: Desk) -> None:
    page = page_of(reader, looking, "مثال")
    assert {one.get("dir") for one in page.xpath("//p[@data-line]")} == {"rtl"}
    assert page.xpath("//*[@id='text']")[0].get("lang") == "ar"


def test_a_machine_reading_says_so_until_a_person_reads_it(client: TestClient, desk: Desk) -> None:
    claim = page_of(client, desk).xpath("//li[@id='c1']")[0]
    assert "claim--machine" in claim.get("class") and claim.xpath(".//span[contains(@class, 'read--machine')]")
    accept(client, desk, 0)
    claim = page_of(client, desk).xpath("//li[@id='c1']")[0]
    assert "claim--machine" not in claim.get("class") and claim.xpath(".//span[contains(@class, 'read--once')]")


def test_a_report_without_a_claim_says_what_to_do(reader: TestClient, looking: Desk) -> None:
    page = page_of(reader, looking, "Mînak")
    assert not page.xpath("//li[@data-claim]") and "add a claim" in page.text_content()


def test_an_unknown_report_is_not_found_on_any_of_its_pages(reader: TestClient) -> None:
    for more in ("", "/versions", "/custody", "/raw", "/attachment/" + "0" * 64, "/add", "/correct/claim:1"):
        assert reader.get(f"/report/report:0000000000000000{more}").status_code == 404
    assert reader.get("/report/..%2f..%2fcase.db").status_code == 404


def test_an_earlier_version_says_that_there_is_a_newer_one(reader: TestClient, looking: Desk) -> None:
    first = next(one.id for one in looking.case.reports() if one.outlet == "Example Wire")
    page = html.fromstring(reader.get(f"/report/{first}").text)
    assert f"/report/{report_of(looking, 'Example Wire').replace(':', '%3A')}" in page.xpath("//a/@href")
    assert "Four women" in shown_text(page) and not page.xpath("//li[@data-claim]")


def test_the_next_and_the_previous_report_are_those_of_the_same_state(reader: TestClient, looking: Desk) -> None:
    report = report_of(looking, "مثال")
    page = html.fromstring(reader.get(f"/report/{report}?state=new").text)
    links = page.xpath("//a[@rel='next' or @rel='prev']")
    assert {one.get("data-key") for one in links} == {"n", "p"}
    assert all(one.get("href").endswith("?state=new") for one in links)
    assert not html.fromstring(reader.get(f"/report/{report}?state=read").text).xpath("//a[@rel='next']")
    assert reader.get(f"/report/{report}?state=nonsense").status_code == 200


# --- what others wrote ------------------------------------------------------------------------------------------------


def test_hostile_words_stay_words(reader: TestClient, looking: Desk) -> None:
    answer = reader.get(f"/report/{report_of(looking, '<b>Post</b>')}").text
    page = html.fromstring(answer)
    assert "<script>alert" not in answer and "<img" not in answer and "<b>Post" not in answer and "<i>12" not in answer
    assert "<script>alert(1)</script> said" in shown_text(page) and "{{ 7*7 }}" in shown_text(page)
    assert "\u202e" not in answer and "\u202c" not in answer
    assert not [one for one in page.xpath("//a/@href | //form/@action | //@src") if "javascript" in one.casefold()]
    assert not page.xpath("//@style | //@onerror | //@onclick")


def test_an_address_leads_there_without_telling_where_from(reader: TestClient, looking: Desk) -> None:
    (link,) = page_of(reader, looking).xpath("//a[contains(@href, 'example.org')]")
    assert "noreferrer" in link.get("rel") and not link.get("ping") and not link.get("target")


def test_nobody_who_is_protected_is_named_on_any_page(reader: TestClient, looking: Desk) -> None:
    report = report_of(looking, "Example Wire")
    for more in ("", "/versions", "/custody", "/add?start=0&end=11", "/add?words=nine"):
        assert "Salim" not in reader.get(f"/report/{report}{more}").text
    (nine,) = page_of(reader, looking).xpath("//li[@data-claim]")[2:]
    assert "Salim" not in reader.get(f"/report/{report}/correct/{nine.get('data-claim')}").text
    assert "[protected]" in shown_text(page_of(reader, looking))


# --- deciding ---------------------------------------------------------------------------------------------------------


def form(client: TestClient, desk: Desk, number: int, verb: str) -> dict[str, str]:
    """The form of a claim's verb as the page gives it."""
    claim = page_of(client, desk).xpath("//li[@data-claim]")[number]
    (found,) = claim.xpath(f".//form[.//button[@value='{verb}']]")
    told = {one.get("name"): one.get("value") for one in found.xpath(".//input[@name]")}
    told |= {one.get("name"): one.get("value") for one in claim.xpath(f".//input[@form='{found.get('id')}']")}
    return {**told, "verb": verb}


def accept(client: TestClient, desk: Desk, number: int, **more: str) -> int:
    told = {**form(client, desk, number, "accept"), **more}
    return client.post(f"/report/{report_of(desk, 'Example Wire')}/decide", data=told).status_code


def test_accepting_is_one_press_with_a_reason_and_leads_to_the_next_claim(client: TestClient, desk: Desk) -> None:
    told = form(client, desk, 0, "accept")
    assert told["why"]
    answer = client.post(f"/report/{report_of(desk, 'Example Wire')}/decide", data=told, follow_redirects=False)
    claims = page_of(client, desk).xpath("//li[@data-claim]/@data-claim")
    assert answer.status_code == 303 and claims[1].replace(":", "%3A") in answer.headers["location"]
    assert [(one.verb, one.about, one.who) for one in desk.case.decisions()] == [("accept", claims[0], "A Reader")]


def test_a_rejected_claim_counts_for_nothing_until_that_is_undone_on_the_page(client: TestClient, desk: Desk) -> None:
    report = report_of(desk, "Example Wire")
    client.post(f"/report/{report}/decide", data=form(client, desk, 0, "reject"))
    page = page_of(client, desk)
    assert len(page.xpath("//li[@data-claim]")) == 2
    (undo,) = page.xpath("//form[contains(@action, '/undo')]")
    told = {one.get("name"): one.get("value") for one in undo.xpath(".//input")}
    assert client.post(f"/report/{report}/undo", data=told).status_code == 200
    assert len(page_of(client, desk).xpath("//li[@data-claim]")) == 3
    assert not page_of(client, desk).xpath("//form[contains(@action, '/undo')]")


def test_a_decision_needs_a_reason_a_known_verb_and_a_claim_of_this_report(client: TestClient, desk: Desk) -> None:
    report, other = report_of(desk, "Example Wire"), report_of(desk, "مثال")
    right = form(client, desk, 0, "accept")
    for wrong in ({"why": " "}, {"verb": "burn"}, {"claim": "claim:0000000000000000"}, {"claim": ""}):
        assert client.post(f"/report/{report}/decide", data={**right, **wrong}).status_code == 422
    assert client.post(f"/report/{other}/decide", data=right).status_code == 422
    assert client.post(f"/report/{report}/undo", data={"decision": "decision:1", "why": "x"}).status_code == 422
    assert desk.case.decisions() == []


def test_the_second_of_two_who_decide_at_once_sees_what_the_first_did(desk: Desk) -> None:
    anna, boris = windows(desk, "Anna", "Boris", follow=True)
    theirs = form(boris, desk, 0, "reject")
    accept(anna, desk, 0)
    answer = boris.post(f"/report/{report_of(desk, 'Example Wire')}/decide", data=theirs)
    assert answer.status_code == 409 and "Anna" in answer.text
    assert [one.who for one in desk.case.decisions()] == ["Anna"]


def test_the_whole_report_is_said_to_be_read_and_the_inbox_knows(client: TestClient, desk: Desk) -> None:
    report = report_of(desk, "Example Wire")
    (found,) = page_of(client, desk).xpath("//form[contains(@action, '/triage')]")
    told = {one.get("name"): one.get("value") for one in found.xpath(".//input")}
    assert found.xpath(".//button[@data-key='d']")[0].get("value") == "read"
    assert client.post(f"/report/{report}/triage", data={**told, "as": "boring"}).status_code == 422
    assert client.post(f"/report/{report}/triage", data={**told, "as": "read"}).status_code == 200
    seen = opened(desk, report)
    assert seen is not None and seen.state == "read" and [one.said for one in seen.decisions] == ["read"]


# --- custody ----------------------------------------------------------------------------------------------------------


def test_custody_tells_nothing_of_the_machine_that_a_file_came_from(client: TestClient, desk: Desk) -> None:
    came = captured("Nine people were killed in Jableh on 8 March 2025.\n", "Example Way", "2025-03-10", "way.txt")
    original = "/home/anna.example/work/reports/way.txt"
    list(desk.case.add([replace(came, original=original)], who="A Reader"))
    desk.case.build()
    desk.fill()
    report = report_of(desk, "Example Way")
    for address in (f"/report/{report}/custody", f"/api/v1/reports/{report}"):
        text = client.get(address).text
        assert "reports/way.txt" in text and "anna" not in text and "/home" not in text
    with desk.case.engine.connect() as connection:  # the row of the journal stays as it was written
        assert original in "".join(connection.execute(sa.select(payloads.c.content)).scalars())


@pytest.mark.parametrize(("why", "line"), [(" ", "has a reason"), ("seen\u202e", "direction of text")])
def test_a_reason_that_is_none_leaves_the_page_where_it_was(
    reader: TestClient, looking: Desk, why: str, line: str
) -> None:
    report = report_of(looking, "Example Wire")
    claim = next(one.id for one in looking.case.claims() if one.report == report)
    for to, sent in (("decide", {"verb": "reject", "claim": claim}), ("triage", {"as": "read"}),
                     ("undo", {"decision": "decision:1", "claim": claim})):  # fmt: skip
        answer = reader.post(f"/report/{report}/{to}", data={**sent, "why": why})
        assert answer.status_code == 422 and line in answer.text and 'id="text"' in answer.text
        assert "\u202e" not in answer.text
    assert looking.case.decisions() == []


def test_custody_is_one_step_away_with_hashes_and_captures(reader: TestClient, looking: Desk) -> None:
    page = page_of(reader, looking)
    (link,) = [one for one in page.xpath("//a/@href") if "/custody" in one]
    told = reader.get(link).text
    seen = opened(looking, report_of(looking, "Example Wire"))
    assert seen is not None and seen.report.bytes_hash in told and seen.report.text_hash in told and "1.txt" in told


def test_the_raw_capture_is_kept_back_while_people_are_masked(reader: TestClient, looking: Desk) -> None:
    answer = reader.get(f"/report/{report_of(looking, 'Example Wire')}/raw")
    assert answer.status_code == 403 and "name people" in answer.text and "Salim" not in answer.text


def test_the_raw_capture_comes_as_a_file_that_nothing_runs_in(client: TestClient, desk: Desk) -> None:
    unmask(client, desk)
    answer = client.get(f"/report/{report_of(desk, '<b>Post</b>')}/raw")
    assert answer.status_code == 200 and answer.content.startswith(b"<script>")
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.headers["content-security-policy"] == "default-src 'none'; sandbox"
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_bytes_that_were_changed_or_lost_are_not_given_out(client: TestClient, desk: Desk) -> None:
    unmask(client, desk)
    seen = opened(desk, report_of(desk, "مثال"))
    assert seen is not None
    path = desk.case.archive.path(seen.report.bytes_hash)
    path.chmod(0o600)
    path.write_bytes(b"other words")
    answer = client.get(f"/report/{seen.report.id}/raw")
    assert answer.status_code == 422 and "not the bytes" in answer.text
    path.unlink()
    assert client.get(f"/report/{seen.report.id}/raw").status_code == 422


def test_a_picture_is_drawn_blurred_and_any_other_file_is_kept_back(reader: TestClient, looking: Desk) -> None:
    page, report = page_of(reader, looking, "Example Daily"), report_of(looking, "Example Daily")
    (picture,) = page.xpath("//img")
    assert picture.get("class") == "graphic__picture" and picture.get("loading") == "lazy" and picture.get("alt")
    drawn = reader.get(picture.get("src"))
    assert (drawn.content, drawn.headers["content-type"]) == (PNG, "image/png")
    assert "sandbox" in drawn.headers["content-security-policy"]
    other = looking.case.archive.hash(FILE)
    assert reader.get(f"/report/{report}/attachment/{other}").status_code == 403
    for unknown in ("0" * 64, looking.case.archive.hash(b"x"), "..%2fcase.db"):
        assert reader.get(f"/report/{report}/attachment/{unknown}").status_code == 404


def test_an_attachment_of_another_report_is_none_of_this_one(reader: TestClient, looking: Desk) -> None:
    hashed = looking.case.archive.hash(PNG)
    assert reader.get(f"/report/{report_of(looking, 'مثال')}/attachment/{hashed}").status_code == 404


@pytest.mark.parametrize(
    ("content", "kind"),
    [(b"\xff\xd8\xff\xe0", "image/jpeg"), (b"RIFF....WEBPVP8 ", "image/webp"), (b"GIF87a", "image/gif"),
     (b"<svg xmlns='x'/>", ""), (b"RIFF....WAVE", ""), (b"<html>\x89PNG", ""), (b"", "")],
)  # fmt: skip
def test_what_is_drawn_is_known_by_its_first_bytes(content: bytes, kind: str) -> None:
    assert picture_kind(content) == kind


def test_versions_are_compared_on_a_page_of_their_own(reader: TestClient, looking: Desk) -> None:
    page = page_of(reader, looking, more="/versions")
    assert page.xpath("string(//del)").startswith("Four women") and page.xpath("string(//ins)").startswith("Five women")
    assert "captured once" in page_of(reader, looking, "مثال", "/versions").text_content()


# --- both languages, and a long one -----------------------------------------------------------------------------------


def test_every_text_of_the_pages_is_there_in_arabic_too(client: TestClient, desk: Desk) -> None:
    client.post("/you", data={"language": "ar"})
    for more in ("", "/versions", "/custody", "/add", "/add?words=nine"):
        page = page_of(client, desk, more=more)
        assert page.xpath("//html/@dir") == ["rtl"] and page.xpath("//h1")


def test_a_report_of_two_hundred_kilobytes_asks_the_store_no_more_than_a_short_one(tmp_path: Path) -> None:
    case = Case.create(tmp_path / "long", settings=Settings(countries=("SY",)))
    line = "On Friday {n} people were killed in Baniyas, said the mayor. " + "Rain fell on the road to the coast. " * 60
    words = "\n".join(line.format(n=n) for n in range(20, 112))
    short = line.format(n=19)
    given = [captured(words, "Example Wire", "2025-03-08"), captured(short, "Example Daily", "2025-03-08")]
    list(case.add(given, who="A Reader"))
    case.build()
    desk = Desk(case)
    desk.fill()
    client = windows(desk, "A Reader", follow=True)[0]
    asked: list[str] = []
    sa.event.listen(case.engine, "before_cursor_execute", lambda *told: asked.append(told[2]))
    often = {}
    for outlet in ("Example Daily", "Example Wire"):
        path = f"/report/{report_of(desk, outlet)}"
        client.get(path)
        asked.clear()
        answer = client.get(path)
        often[outlet] = len(asked)
    assert len(words) > 200_000 and answer.status_code == 200 and answer.text.count("data-claim=") > 50
    assert often["Example Wire"] <= often["Example Daily"] + 2
