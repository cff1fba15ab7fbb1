"""A page comes over the wire as it is, or a Problem says in one line why not. No test asks a machine but this one."""

from __future__ import annotations

import datetime as dt
import gzip
import socket
import zlib
from pathlib import Path
from typing import Any

import pytest

from cenotaph.intake import Captured
from cenotaph.sources import fetching
from cenotaph.sources.fetching import LARGEST, REDIRECTS, Refused
from cenotaph.vocabulary import Problem
from tests.sources import given
from tests.sources.server import Server, elsewhere, endless, raw, status, whole

pytestmark = pytest.mark.usefixtures("no_proxy")

PAGE = "<html><body><p>قتل 12 شخصا</p></body></html>".encode()
OK = b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\n"


def fetch(address: str, **known: Any) -> Captured:
    (item,) = given.captures(address, allow_private=True, **known)
    return item


def refusal(address: str, **known: Any) -> Problem:
    return given.problem(address, **{"allow_private": True, **known})


# --- what comes ---------------------------------------------------------------------------------------------------


def test_a_page_comes_as_it_is_with_its_address_and_what_the_server_says_of_it(server: Server) -> None:
    address = server.at(whole(PAGE, "Text/HTML; charset=UTF-8"))
    item = fetch(address)
    assert (item.content, item.kind, item.encoding, item.how) == (PAGE, "html", "UTF-8", "web")
    assert (item.url, item.original, item.name) == (address, address, address)


@pytest.mark.parametrize(
    "header, kind",
    [
        ("text/html", "html"), ("application/xhtml+xml", "html"), ("text/plain;charset=utf-8", "txt"),
        ("text/markdown", "md"), ("application/json", "json"),
    ],
)  # fmt: skip
def test_the_kind_of_a_page_is_what_its_server_says(server: Server, header: str, kind: str) -> None:
    assert fetch(server.at(whole(PAGE, header))).kind == kind


def test_what_a_person_says_goes_with_the_page(server: Server) -> None:
    day = dt.date(2025, 3, 8)
    item = fetch(
        server.at(whole(PAGE)), published=day, outlet="Example Wire", url="https://example.org/a", language="ar"
    )
    assert (item.published, item.outlet, item.url, item.language) == (
        day,
        "Example Wire",
        "https://example.org/a",
        "ar",
    )


def test_the_program_says_who_it_is_and_takes_no_packing_but_gzip(server: Server) -> None:
    fetch(server.at(whole(PAGE)))
    ((_, headers),) = server.asked
    assert headers["user-agent"].startswith("cenotaph/") and headers["accept-encoding"] == "gzip"
    assert "cookie" not in headers and "referer" not in headers


def test_a_packed_page_is_unpacked(server: Server) -> None:
    assert fetch(server.at(whole(gzip.compress(PAGE), content_encoding="gzip"))).content == PAGE


def test_redirects_are_followed_and_both_addresses_kept(server: Server) -> None:
    address = server.at(elsewhere("/b", 301))
    server.at(elsewhere(server.address("/c"), 307), "/b")
    last = server.at(whole(PAGE), "/c")
    item = fetch(address)
    assert (item.content, item.url, item.original, item.name) == (PAGE, address, address, last)


def test_as_many_redirects_as_allowed_and_not_one_more(server: Server) -> None:
    for step in range(REDIRECTS + 1):
        server.at(elsewhere(f"/{step + 1}"), f"/{step}")
    server.at(whole(PAGE), f"/{REDIRECTS + 1}")
    assert fetch(server.address("/1")).content == PAGE
    assert f"more than {REDIRECTS} redirects" in refusal(server.address("/0")).what


# --- what a server does wrong -------------------------------------------------------------------------------------


def test_redirects_that_go_round_end(server: Server) -> None:
    assert f"more than {REDIRECTS} redirects" in refusal(server.at(elsewhere("/a"))).what
    assert len(server.asked) == REDIRECTS + 1


@pytest.mark.parametrize("code", [201, 204, 304, 400, 401, 403, 404, 429, 500, 503])
def test_another_status_is_a_problem_that_names_it(server: Server, code: int) -> None:
    found = refusal(server.at(status(code)))
    assert f"the server answered {code}" in found.what and found.settle


def test_a_redirect_to_nowhere_is_a_problem(server: Server) -> None:
    assert "the server answered 302" in refusal(server.at(status(302))).what


@pytest.mark.parametrize(
    "header", ["image/png", "application/zip", "application/octet-stream", "video/mp4", "text/css", "html", ""]
)
def test_what_is_no_page_is_a_problem_that_says_what_it_is(server: Server, header: str) -> None:
    found = refusal(server.at(whole(PAGE, header)))
    assert (header or "of no said kind") in found.what and "text/html" in found.what


def test_a_stream_without_end_is_cut_off(server: Server) -> None:
    address = server.at(endless(OK + b"connection: close\r\n\r\n", b"x" * 100_000))
    assert "more than 20 MB" in refusal(address).what


def test_a_page_as_large_as_allowed_comes_and_not_a_byte_more(server: Server) -> None:
    assert len(fetch(server.at(whole(b"x" * LARGEST))).content) == LARGEST
    assert "more than 20 MB" in refusal(server.at(whole(b"x" * (LARGEST + 1)))).what


def test_a_small_packed_page_that_swells_is_cut_off(server: Server) -> None:
    bomb = zlib.compressobj(wbits=31)
    content = b"".join(bomb.compress(bytes(1_000_000)) for _ in range(200)) + bomb.flush()
    assert len(content) < 300_000
    assert "more than 20 MB" in refusal(server.at(whole(content, content_encoding="gzip"))).what


@pytest.mark.parametrize("packing", ["gzip, gzip", "br", "zstd", "compress", "deflate", "aes"])
def test_a_packing_that_was_not_asked_for_is_refused(server: Server, packing: str) -> None:
    content = gzip.compress(gzip.compress(PAGE))
    assert f"packed as {packing}" in refusal(server.at(whole(content, content_encoding=packing))).what


@pytest.mark.parametrize(
    "content",
    [PAGE, gzip.compress(PAGE)[:-9], gzip.compress(PAGE) * 2, b"", gzip.compress(PAGE)[:15] + b"x" * 30],
    ids=["not packed", "cut off", "two pieces", "nothing", "garbled"],
)
def test_a_page_that_is_wrongly_packed_is_not_taken_in_part(server: Server, content: bytes) -> None:
    assert "packed" in refusal(server.at(whole(content, content_encoding="gzip"))).what


def test_a_page_that_breaks_off_is_not_taken_in_part(server: Server) -> None:
    assert refusal(server.at(raw(OK, b"content-length: 1000\r\n\r\n", PAGE))).kind == "not reached"
    assert refusal(server.at(raw(OK, b"transfer-encoding: chunked\r\n\r\n", b"6\r\nkilled"))).kind == "not reached"


@pytest.mark.parametrize(
    "answer",
    [b"", b"\x00\x01\x02", b"killed", b"HTTP/9.9 200 OK\r\n\r\n", b"HTTP/1.1 abc\r\n\r\n", OK + b"x" * 200_000],
    ids=["nothing", "noise", "words", "another version", "no status", "a head without end"],
)
def test_an_answer_that_is_no_http_is_a_problem(server: Server, answer: bytes) -> None:
    assert refusal(server.at(raw(answer))).kind == "not reached"


@pytest.mark.parametrize(
    "start", [b"HTTP/1.1 200 OK\r\nx: ", OK + b"connection: close\r\n\r\n"], ids=["its head", "its page"]
)
def test_a_server_that_speaks_a_letter_at_a_time_is_not_listened_to_for_ever(
    server: Server, start: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "SECONDS", 0.3)
    assert "not done after 0.3 seconds" in refusal(server.at(endless(start, b"x", pause=0.01))).what


def test_a_server_that_says_nothing_is_not_waited_for(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "_SILENCE", 0.2)
    assert refusal(server.at(endless(b"", b"", pause=30))).kind == "not reached"


def test_a_closed_door_is_a_problem_in_one_line() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # held, but nobody listens
        address = f"http://127.0.0.1:{taken.getsockname()[1]}/a"
        found = refusal(address)
    assert found.what.startswith(f"{address}: ") and "refused" in found.what


def test_a_server_that_is_not_secure_is_not_read_as_if_it_were(server: Server) -> None:
    assert refusal(server.at(whole(PAGE)).replace("http:", "https:")).kind == "not reached"


# --- addresses that are not fetched -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address", ["file:///etc/hosts", "ftp://example.org/a", "gopher://example.org", "data://x", "://a"]
)
def test_only_the_web_is_fetched(address: str) -> None:
    assert "only http and https addresses are fetched" in refusal(address).what


@pytest.mark.parametrize("address", ["file:///etc/hosts", "ftp://example.org/a", "data:text/html,killed"])
def test_a_redirect_does_not_lead_out_of_the_web(server: Server, address: str) -> None:
    assert "only http and https addresses are fetched" in refusal(server.at(elsewhere(address))).what


@pytest.mark.parametrize(
    "address",
    [
        "http://", "http:///a", "http://[", "http://[::1", "http://a:99999/", "http://a:b/", "http://exa mple.org/",
        "http://example.org\x00/", "http://" + "a" * 300 + ".invalid/", "http://.invalid/", "https://\ud800.invalid/",
    ],
    ids=ascii,
)  # fmt: skip
def test_an_address_that_is_none_is_a_problem(address: str) -> None:
    assert refusal(address).kind == "not reached"


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1", "localhost", "[::1]", "0.0.0.0", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254",
        "100.64.0.1", "224.0.0.1", "[::ffff:127.0.0.1]", "[::ffff:10.0.0.1]", "[fe80::1]", "[fc00::1]", "[::]",
        "2130706433", "0x7f.1", "127.1",
    ],
)  # fmt: skip
def test_nothing_inside_this_machine_or_its_network_is_fetched(host: str) -> None:
    found = refusal(f"http://{host}:9/a", allow_private=False)
    assert "private network" in found.what or "Name or service not known" in found.what


def test_a_redirect_into_a_private_network_is_not_followed(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    def this_server_is_public(address: str, host: str) -> None:
        if address != "127.0.0.1":
            raise Refused(f"{host} lies in a private network")

    monkeypatch.setattr(fetching, "_refuse_private", this_server_is_public)
    found = refusal(server.at(elsewhere("http://10.0.0.1/admin")), allow_private=False)
    assert "10.0.0.1 lies in a private network" in found.what and len(server.asked) == 1


def test_a_name_that_leads_home_the_second_time_it_is_asked_is_found_out(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def names(host: str, port: int, *_: Any, **__: Any) -> list[Any]:
        asked.append(host)
        address = "1.1.1.1" if len(asked) == 1 else "127.0.0.1"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    monkeypatch.setattr(socket, "getaddrinfo", names)
    address = server.at(whole(PAGE)).replace("127.0.0.1", "news.example.org")
    assert "the server lies in a private network" in refusal(address, allow_private=False).what
    assert len(asked) == 2 and server.asked == []


def test_an_address_with_a_password_is_refused_and_the_password_not_repeated(server: Server) -> None:
    found = refusal(server.at(whole(PAGE)).replace("http://", "http://reader:sesame@"))
    assert "name or password" in found.what and server.asked == []
    assert "sesame" not in found.what + found.report + found.settle


# --- lists --------------------------------------------------------------------------------------------------------


def the_list(path: Path, *lines: str) -> Path:
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


@pytest.mark.parametrize("name", ["a.urls", "a.txt", "a.TXT"])
def test_a_list_gives_each_of_its_pages_once_and_in_its_order(server: Server, tmp_path: Path, name: str) -> None:
    for path in ("/1", "/2"):
        server.at(whole(path.encode() + PAGE), path)
    lines = ["\ufeff# the first week", server.address("/2"), "", f"  {server.address('/1')} ", server.address("/2")]
    found = given.captures(the_list(tmp_path / name, *lines), allow_private=True)
    assert [item.url for item in found] == [server.address("/2"), server.address("/1")]
    assert [path for path, _ in server.asked] == ["/2", "/1"]


def test_a_page_of_a_list_that_can_not_be_had_does_not_stop_the_others(server: Server, tmp_path: Path) -> None:
    path = the_list(
        tmp_path / "a.urls", server.address("/no"), "no address", "file:///etc/hosts", server.at(whole(PAGE))
    )
    found = given.given(path, allow_private=True)
    assert [type(item) for item in found] == [Problem, Problem, Problem, Captured]


def test_a_text_that_holds_more_than_addresses_is_a_text(tmp_path: Path) -> None:
    for lines in (
        ["https://example.org/a", "12 were killed"],
        ["https://example.org/a says 12 were killed"],
        ["# 12"],
        [],
    ):
        (item,) = given.captures(the_list(tmp_path / "a.txt", *lines))
        assert (item.kind, item.how) == ("txt", "folder")


@pytest.mark.parametrize("content", [b"", b"# nothing yet\n", b"\n\n"])
def test_an_empty_list_is_a_problem(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.urls").write_bytes(content)
    assert given.problem(tmp_path / "a.urls").kind == "empty"


def test_a_list_in_another_encoding_is_a_problem_a_line_and_not_a_crash(tmp_path: Path) -> None:
    (tmp_path / "a.urls").write_bytes("https://exa\ufffdmple.invalid/قتل".encode("utf-16"))
    assert {type(item) for item in given.given(tmp_path / "a.urls")} == {Problem}


def test_one_address_is_not_given_to_all_pages_of_a_list(tmp_path: Path) -> None:
    path = the_list(tmp_path / "a.urls", "https://example.org/a", "https://example.org/b")
    assert given.problem(path, url="https://example.org/c").kind == "one address for many"
