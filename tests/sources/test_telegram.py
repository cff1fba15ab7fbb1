"""An export of Telegram's desktop program, built here after the form it writes: each message with words is a report."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from cenotaph.archive import extract, report_from
from cenotaph.intake import Captured
from cenotaph.sources import telegram
from cenotaph.vocabulary import Report
from tests.case.simple import new_case
from tests.sources.given import captures, given, problem

WORDS = "Twelve people were killed in the shelling of the town."


def post(number: int, text: Any = WORDS, **more: Any) -> dict[str, Any]:
    told = {"id": number, "type": "message", "date": "2025-03-08T23:30:00", "date_unixtime": "1741476600"}
    return {**told, "from": "Somebody", "from_id": "user1", "text": text, "text_entities": [], **more}


def export(*messages: Any, kind: str = "public_channel") -> dict[str, Any]:
    return {"name": "Example Channel", "type": kind, "id": 1, "messages": list(messages)}


def kept(path: Path, content: Any) -> Path:
    path.write_bytes(content if isinstance(content, bytes) else json.dumps(content, ensure_ascii=False).encode())
    return path


def report(item: Captured) -> Report:
    return report_from(item, extract(item), "")


def test_each_message_is_a_report_of_the_channel_with_its_day(tmp_path: Path) -> None:
    found = captures(
        kept(tmp_path / "result.json", export(post(1), post(2, "قُتل 12 شخصاً", edited="2025-03-10T01:00:00")))
    )
    first, second = map(report, found)
    assert (first.text, first.outlet, first.published) == (WORDS, "Example Channel", dt.date(2025, 3, 8))
    assert (second.text, second.updated, second.language) == ("قُتل 12 شخصاً", dt.date(2025, 3, 10), "ar")
    assert [one.name for one in found] == ["result-1", "result-2"]


def test_a_message_is_kept_byte_for_byte_as_the_export_has_it(tmp_path: Path) -> None:
    raw = b'{"id":7, "type" : "message","date":"2025-03-08T23:30:00","text":"Ten were killed\\u002e"}'
    head = b'{"name": "Example", "type": "public_channel", "id": 1, "messages": ['
    (item,) = captures(kept(tmp_path / "result.json", head + raw + b"]}"))
    assert item.content == raw and report(item).text == "Ten were killed."


def test_the_pieces_of_a_marked_text_make_one_text(tmp_path: Path) -> None:
    text = [
        "Twelve ",
        {"type": "bold", "text": "people"},
        " were killed ",
        {"type": "hashtag", "text": "#Homs"},
        "\n\nend",
    ]
    (item,) = captures(kept(tmp_path / "result.json", export(post(1, text))))
    assert report(item).text == "Twelve people were killed #Homs\n\nend"


@pytest.mark.parametrize("kind", ["personal_chat", "private_group", "private_supergroup", "public_supergroup"])
def test_whoever_wrote_in_a_chat_or_group_is_named_nowhere(tmp_path: Path, kind: str) -> None:
    (item,) = captures(kept(tmp_path / "result.json", export(post(1), kind=kind)))
    assert report(item).outlet == "" and "Somebody" not in repr(report(item))


def test_what_the_program_says_itself_and_pictures_alone_are_no_reports(tmp_path: Path) -> None:
    joined = {"id": 1, "type": "service", "date": "2025-03-08T23:30:00", "action": "join_group_by_link", "text": ""}
    items = captures(
        kept(tmp_path / "result.json", export(joined, post(2, "", photo="photos/1.jpg"), post(3, []), post(4)))
    )
    assert [one.name for one in items] == ["result-4"]


def test_a_picture_beside_a_message_comes_with_it(tmp_path: Path) -> None:
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "1.jpg").write_bytes(b"\xff\xd8 a picture")
    two = export(post(1, photo="photos/1.jpg"), post(2, file="photos/1.jpg"))
    found = captures(kept(tmp_path / "result.json", two))
    assert [one.attachments for one in found] == [(b"\xff\xd8 a picture",)] * 2


@pytest.mark.parametrize(
    "path",
    ["../outside.jpg", "/etc/hostname", "photos/none.jpg", "(Not included.)", "a\0b", "x" * 5_000, "photos", "led.jpg"],
)
def test_a_path_that_leads_out_or_nowhere_brings_nothing(tmp_path: Path, path: str) -> None:
    folder = tmp_path / "export"
    (folder / "photos").mkdir(parents=True)
    (tmp_path / "outside.jpg").write_bytes(b"not of this export")
    (folder / "led.jpg").symlink_to(tmp_path / "outside.jpg")
    (item,) = captures(kept(folder / "result.json", export(post(1, photo=path))))
    assert item.attachments == () and report(item).text == WORDS


def test_an_account_gives_the_messages_of_all_its_chats(tmp_path: Path) -> None:
    account = {
        "about": "",
        "personal_information": {},
        "chats": {"about": "", "list": [export(post(1)), export(post(9))]},
    }
    assert [one.name for one in captures(kept(tmp_path / "result.json", account))] == ["result-1", "result-9"]


def test_what_a_person_says_wins_over_the_export(tmp_path: Path) -> None:
    (item,) = captures(kept(tmp_path / "result.json", export(post(1))), outlet="Local Monitor")
    assert report(item).outlet == "Local Monitor"


PAGE = """<!DOCTYPE html><html><head><meta charset="utf-8"/><title>Exported Data</title></head><body>
<div class="page_wrap"><div class="page_header"><div class="content">
<div class="text bold">Example Channel</div></div></div>
<div class="page_body chat_page"><div class="history">
<div class="message service" id="message-1"><div class="body details">8 March 2025</div></div>
<div class="message default clearfix" id="message11"><div class="body">
<div class="pull_right date details" title="08.03.2025 23:30:00 UTC+03:00">23:30</div>
<div class="from_name">%s</div><div class="text">Twelve people<br>were <strong>killed</strong>.</div></div></div>
<div class="message default clearfix joined" id="message12"><div class="body">
<div class="pull_right date details" title="09.03.2025 00:10:00 UTC+03:00">00:10</div>
<div class="text">قُتل 12 شخصاً<script>alert(1)</script></div></div></div>
<div class="message default clearfix" id="message13"><div class="body"><div class="media_wrap">Photo</div></div></div>
</div></div></div></body></html>"""


def test_the_pages_of_an_export_are_read_as_its_json_is(tmp_path: Path) -> None:
    items = captures(kept(tmp_path / "messages.html", (PAGE % "Example Channel").encode()))
    first, second = map(report, items)
    assert [one.name for one in items] == ["messages-11", "messages-12"]
    assert (first.text, first.published) == ("Twelve people\nwere killed.", dt.date(2025, 3, 8))
    assert (second.text, second.published) == ("قُتل 12 شخصاً", dt.date(2025, 3, 9))
    assert {first.outlet, second.outlet} == {"Example Channel"}


def test_a_page_in_which_others_write_is_no_channels(tmp_path: Path) -> None:
    (first, _) = captures(kept(tmp_path / "messages.html", (PAGE % "Somebody").encode()))
    assert report(first).outlet == "" and "Somebody" not in repr(report(first))


@pytest.mark.parametrize(
    "content",
    [
        b'{"name": "Example", "type": "public_channel", "id": 1, "messages": [{"id": 1, "ty',
        b'{"name": "Example", "type": "public_channel", "id": 1, "messages": {"1": 2}}',
        b'{"name": "Example", "type": "public_channel", "id": 1, "messages": "none"}',
        b'{"name": [], "type": "public_channel", "id": 1, "messages": []}',
        b'{"name": "x", "type": "y", "messages": ' + b"[" * 200_000,
        b'{"about": "", "personal_information": {}, "frequent_contacts": []}',
    ],
)
def test_an_export_that_is_cut_off_or_of_another_form_is_one_problem(tmp_path: Path, content: bytes) -> None:
    assert problem(kept(tmp_path / "result.json", content)).kind == "not readable"


@pytest.mark.parametrize(
    "broken", [None, 7, "text", [], {"id": "x", "type": 3}, {"id": 1, "type": "message", "text": 5}]
)
def test_a_message_of_another_form_stops_nothing_else(tmp_path: Path, broken: Any) -> None:
    found = given(kept(tmp_path / "result.json", export(broken, post(2))))
    assert isinstance(found[-1], Captured) and report(found[-1]).text == WORDS
    for one in found[:-1]:
        if isinstance(one, Captured):
            with pytest.raises(Exception, match="not a message"):
                extract(one)
        else:
            assert one.kind == "not readable"


@pytest.mark.parametrize(
    "field", [{"date": "yesterday"}, {"date": None}, {"edited": "soon"}, {"text": [{"type": "bold"}]}]
)
def test_a_message_with_a_field_that_is_none_is_refused_in_one_line(tmp_path: Path, field: dict[str, Any]) -> None:
    (item,) = captures(
        kept(tmp_path / "result.json", export(post(1, **field) if "text" not in field else {**post(1), **field}))
    )
    with pytest.raises(Exception, match="not a message as Telegram exports it"):
        extract(item)


def test_a_report_of_our_own_form_is_no_export(tmp_path: Path) -> None:
    assert not telegram.fits(json.dumps({"text": WORDS, "messages": 3}).encode())
    (item,) = captures(kept(tmp_path / "a.json", {"text": WORDS}))
    assert item.how == "folder"


def a_post(kind: str, text: str, **chat: object) -> str:
    post = {"id": 12, "type": "message", "date": "2025-03-08T12:00:00", "text": text}
    return json.dumps({"name": "Monitor", "type": kind, "id": 77, "messages": [post]} | chat)


def test_a_post_that_was_edited_is_a_new_version_of_it(tmp_path: Path) -> None:
    case = new_case(tmp_path / "case")
    for text in ("3 killed.", "5 killed."):
        (tmp_path / "result.json").write_text(a_post("public_channel", text))
        list(case.add(captures(tmp_path / "result.json"), who="Observer"))
    first, second = case.reports()
    assert first.url == second.url == "https://t.me/c/77/12" and second.version_of == first.id


@pytest.mark.parametrize("kind", ["private_group", "private_supergroup", "personal_chat", "saved_messages", "bot_chat"])
def test_what_was_written_in_a_chat_or_group_has_no_address(tmp_path: Path, kind: str) -> None:
    (tmp_path / "result.json").write_text(a_post(kind, "3 killed."))
    (item,) = captures(tmp_path / "result.json")
    assert item.url == ""


@pytest.mark.parametrize("number", [0, -5, "77", None, 7.5, [1]])
def test_a_channel_without_a_number_has_posts_without_addresses(tmp_path: Path, number: object) -> None:
    (tmp_path / "result.json").write_text(a_post("public_channel", "3 killed.", id=number))
    (item,) = captures(tmp_path / "result.json")
    assert item.url == ""


def an_export(path: Path, numbers: list[int], kind: str = "public_channel", **more: dict[str, object]) -> Path:
    """Posts of these numbers; `more` changes one, by p and its number."""
    posts = [
        {"id": n, "type": "message", "date": "2025-03-08T12:00:00", "text": f"{n} killed."} | more.get(f"p{n}", {})
        for n in numbers
    ]
    path.write_text(json.dumps({"name": "Monitor", "type": kind, "id": 77, "messages": posts}))
    return path


def told_gone(tmp_path: Path, *exports: Path) -> list[str]:
    """The addresses of posts that are told to be gone, after these exports were added."""
    case = new_case(tmp_path / "case")
    for one in exports:
        list(case.add(given(one), who="Observer"))
    case.build()
    urls = {one.id: one.url for one in case.reports()}
    assert case.verify() == [] and len(urls) == len(case.claims())
    return [urls[one.report] for one in case.problems() if one.kind == "gone"]


def test_a_post_that_a_later_export_lacks_is_told_once_and_still_counts(tmp_path: Path) -> None:
    first, later = an_export(tmp_path / "1.json", [11, 12, 13]), an_export(tmp_path / "2.json", [11, 13])
    assert told_gone(tmp_path, first, later, later) == ["https://t.me/c/77/12"]


@pytest.mark.parametrize(
    "later",
    [
        pytest.param({"numbers": [12, 13]}, id="an export that begins later"),
        pytest.param({"numbers": [11, 12]}, id="an export that ends earlier"),
        pytest.param({"numbers": [11, 12, 13]}, id="the same posts"),
        pytest.param({"numbers": [11, 12, 13], "p12": {"text": "", "photo": "a.jpg"}}, id="its words were taken out"),
        pytest.param({"numbers": [11, 12, 13], "p12": {"type": "service"}}, id="a note of the program in its place"),
        pytest.param({"numbers": [11, 12, 13], "p12": {"id": "x"}}, id="a post that can't be read"),
        pytest.param({"numbers": [13, 11]}, id="posts in another order"),
        pytest.param({"numbers": [11, 13], "kind": "private_group"}, id="a group, which has no addresses"),
        pytest.param({"numbers": [1, 20_000]}, id="numbers too far apart"),
    ],
)
def test_what_is_no_post_between_two_others_is_not_told_to_be_gone(tmp_path: Path, later: dict[str, Any]) -> None:
    first = an_export(tmp_path / "1.json", [11, 12, 13])
    assert told_gone(tmp_path, first, an_export(tmp_path / "2.json", **later)) == []


def test_an_export_with_gaps_of_posts_that_were_never_held_tells_nothing(tmp_path: Path) -> None:
    assert told_gone(tmp_path, an_export(tmp_path / "1.json", [11, 13, 19])) == []
