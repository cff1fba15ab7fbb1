"""A feed is asked for what is new and no more often than its server likes; what was read is remembered when kept."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cenotaph.intake import Captured
from cenotaph.sources import Visits, gather, visits
from cenotaph.vocabulary import Problem
from tests.sources.server import Answer, Handler, Server, whole

pytestmark = pytest.mark.usefixtures("no_proxy")

FEED = (
    b"<rss version='2.0'><channel><title>Wire</title><item><link>https://wire.example/1</link>"
    b"<description>Ten people were killed.</description></item></channel></rss>"
)
NOW = 1_700_000_000.0


def conditional(content: bytes, etag: str) -> Answer:
    """A feed that gives itself, and nothing to whoever has it."""

    def answer(handler: Handler) -> None:
        if handler.headers.get("if-none-match") == etag:
            handler.send_response(304)
            handler.send_header("content-length", "0")
            handler.end_headers()
        else:
            whole(content, "application/rss+xml", etag=etag, last_modified="Sat, 08 Mar 2025 12:00:00 GMT")(handler)

    return answer


def busy(code: int, after: str) -> Answer:
    def answer(handler: Handler) -> None:
        handler.send_response(code)
        if after:
            handler.send_header("retry-after", after)
        handler.send_header("content-length", "0")
        handler.end_headers()

    return answer


def asked(address: str, known: Visits) -> list[Captured | Problem]:
    return list(gather(address, allow_private=True, visits=known))


def test_a_feed_that_did_not_change_is_not_sent_again(server: Server, tmp_path: Path) -> None:
    address = server.at(conditional(FEED, '"one"'))
    first = asked(address, Visits(tmp_path / "visits.json"))
    again = Visits(tmp_path / "visits.json")
    assert [type(item) for item in first] == [Captured] and asked(address, again) == []
    assert again.unchanged == [address]
    sent = [headers for _, headers in server.asked]
    assert "if-none-match" not in sent[0]
    assert (sent[1]["if-none-match"], sent[1]["if-modified-since"]) == ('"one"', "Sat, 08 Mar 2025 12:00:00 GMT")


def test_a_feed_that_changed_comes_whole(server: Server, tmp_path: Path) -> None:
    address = server.at(conditional(FEED, '"one"'))
    asked(address, Visits(tmp_path / "visits.json"))
    server.at(conditional(FEED.replace(b"Ten", b"Twelve"), '"two"'))
    (item,) = asked(address, Visits(tmp_path / "visits.json"))
    assert isinstance(item, Captured) and b"Twelve" in item.content


def test_what_was_not_taken_in_whole_is_asked_for_again(server: Server, tmp_path: Path) -> None:
    address = server.at(conditional(FEED, '"one"'))
    cut_off = gather(address, allow_private=True, visits=Visits(tmp_path / "visits.json"))
    next(cut_off)  # the program ends here: the entry came, and nobody knows whether it was kept
    assert len(asked(address, Visits(tmp_path / "visits.json"))) == 1


def test_a_feed_under_the_kind_of_a_page_is_a_feed(server: Server) -> None:
    (item,) = asked(server.at(whole(FEED, "text/html")), Visits())
    assert isinstance(item, Captured) and (item.how, item.url) == ("feed", "https://wire.example/1")


def test_links_go_on_from_the_address_of_the_feed(server: Server) -> None:
    address = server.at(whole(FEED.replace(b"https://wire.example/1", b"../b?c=1"), "text/xml"), "/news/rss")
    (item,) = asked(address, Visits())
    assert isinstance(item, Captured) and item.url == server.address("/b?c=1")


def test_the_encoding_that_a_server_says_is_that_of_its_feed(server: Server) -> None:
    content = FEED.decode().replace("Ten people", "قتل عشرة").encode("windows-1256")
    (item,) = asked(server.at(whole(content, "text/xml; charset=windows-1256")), Visits())
    assert isinstance(item, Captured) and "قتل عشرة" in item.content.decode()


def test_a_page_is_asked_for_without_conditions(server: Server, tmp_path: Path) -> None:
    address = server.at(whole(b"<html><p>Ten people were killed.</p></html>", etag='"one"'))
    for _ in range(2):
        assert len(asked(address, Visits(tmp_path / "visits.json"))) == 1
    assert all("if-none-match" not in headers for _, headers in server.asked)


@pytest.mark.parametrize(
    "code, after, wait",
    [
        (429, "120", 120), (503, "7", 7), (429, "", 60), (503, "soon", 60), (429, "-5", 60), (429, "9" * 30, 86_400),
        (429, "Wed, 01 Jan 2020 00:00:00 GMT", 0), (429, "Fri, 01 Jan 2100 00:00:00 GMT", 86_400),
    ],
)  # fmt: skip
def test_a_server_that_wants_to_be_left_alone_is(
    server: Server, tmp_path: Path, code: int, after: str, wait: int
) -> None:
    address = server.at(busy(code, after))
    known = Visits(tmp_path / "visits.json", clock=lambda: NOW)
    (found,) = asked(address, known)
    assert isinstance(found, Problem) and f"the server answered {code}" in found.what
    assert known.of(address).not_before == NOW + wait
    if wait:
        early = Visits(tmp_path / "visits.json", clock=lambda: NOW + wait - 1)
        (found,) = asked(address, early)
        assert isinstance(found, Problem) and len(server.asked) == 1
        assert f"until {datetime.fromtimestamp(NOW + wait, UTC):%Y-%m-%d %H:%M} UTC" in found.what
    asked(address, Visits(tmp_path / "visits.json", clock=lambda: NOW + wait))
    assert len(server.asked) == 2


def test_a_server_that_stays_busy_is_asked_ever_more_rarely(server: Server) -> None:
    address, now = server.at(busy(503, "")), [NOW]
    known, waits = Visits(clock=lambda: now[0]), []
    for _ in range(14):
        asked(address, known)
        waits.append(known.of(address).not_before - now[0])
        now[0] = known.of(address).not_before
    assert waits[:4] == [60, 120, 240, 480] and waits[-1] == 86_400
    server.at(whole(FEED, "text/xml"))
    assert len(asked(address, known)) == 1 and known.of(address).refusals == 0


def test_between_two_questions_to_one_server_there_is_a_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(visits, "PAUSE", 5)
    slept: list[float] = []
    known = Visits(sleep=slept.append)
    for address in ("https://a.example/1", "https://b.example/1", "https://A.example/2", "https://a.example:81/3"):
        known.wait(address)
    assert len(slept) == 1 and 4 < slept[0] <= 5


def test_no_address_stands_in_the_file_in_clear(server: Server, tmp_path: Path) -> None:
    asked(server.at(conditional(FEED, '"one"'), "/of-somebody"), Visits(tmp_path / "visits.json"))
    assert "somebody" not in (tmp_path / "visits.json").read_text()


def test_what_a_server_says_at_great_length_is_not_sent_back(server: Server, tmp_path: Path) -> None:
    address = server.at(whole(FEED, "text/xml", etag='"' + "x" * 5_000 + '"'))
    known = Visits(tmp_path / "visits.json")
    asked(address, known)
    assert known.conditions(address) == {}


@pytest.mark.parametrize(
    "content", ["", "{", "[]", "7", '{"a": 7}', '{"a": {"etag": 7}}', "[" * 100_000, '{"a": {"etag": "x"}}']
)
def test_a_broken_memory_is_as_none(tmp_path: Path, content: str) -> None:
    (tmp_path / "visits.json").write_text(content)
    known = Visits(tmp_path / "visits.json")
    known.read("https://wire.example/1", "e", "")
    assert len(json.loads((tmp_path / "visits.json").read_text())) == 1
