"""What strangers on the same machine, pages elsewhere and odd programs can't do to a desk that is open."""

from __future__ import annotations

import asyncio
import datetime as dt
import json
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from cenotaph.desk import Desk, timeline
from cenotaph.web import bodies, entering
from cenotaph.web.app import LOCAL, make_app, rules_of
from cenotaph.web.entering import Keys
from tests.web.small import OURS, copy_of, make_small
from tests.web.test_authorization import LEAKS, filled

TITLE = "Coast, small"
POSTS = sorted(path for (method, path), _ in rules_of().items() if method == "POST")


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_small(tmp_path_factory.mktemp("desk") / "small")


@pytest.fixture(scope="module")
def app(small: Path) -> Iterator[FastAPI]:
    """A desk on which nothing that is tried here gets written."""
    made = make_app(Desk(small), who="A Reader")
    yield made
    made.state.worker.stop()


@pytest.fixture
def own(small: Path, tmp_path: Path) -> Iterator[FastAPI]:
    """A desk to decide on."""
    made = make_app(copy_of(small, tmp_path / "small"), who="A Reader")
    yield made
    made.state.worker.stop()


@pytest.fixture
def stranger(app: FastAPI) -> TestClient:
    return TestClient(app, headers=OURS, follow_redirects=False, raise_server_exceptions=False)


def entered(app: FastAPI) -> TestClient:
    client = TestClient(app, headers=OURS, follow_redirects=False, raise_server_exceptions=False)
    assert client.get(f"/enter?key={app.state.keys.another_link()}").status_code == 303
    return client


@pytest.fixture
def guest(app: FastAPI) -> TestClient:
    return entered(app)


def claim_of(app: FastAPI) -> str:
    desk: Desk = app.state.desk
    return desk.case.claims()[0].id


def written(app: FastAPI) -> int:
    return len(app.state.desk.case.decisions())


# --- strangers --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", POSTS)
def test_nothing_that_a_stranger_sends_is_read(app: FastAPI, path: str) -> None:
    """Else anybody on the machine, and any page in the browser, fills its memory or its disk."""
    asked, status = [], []

    async def receive() -> dict[str, Any]:
        asked.append(1)
        return {"type": "http.request", "body": b"{" * 1000, "more_body": len(asked) < 50}

    async def send(message: Any) -> None:
        status.extend([message["status"]] if message["type"] == "http.response.start" else [])

    for kind in (b"application/json", b"multipart/form-data; boundary=x", b"application/x-www-form-urlencoded"):
        headers = [(b"host", b"127.0.0.1"), (b"content-type", kind), (b"sec-fetch-site", b"cross-site")]
        scope = {"type": "http", "method": "POST", "path": filled(path), "raw_path": filled(path).encode(),
                 "query_string": b"", "headers": headers, "scheme": "http", "server": ("127.0.0.1", 80),
                 "client": ("127.0.0.1", 1), "http_version": "1.1", "root_path": ""}  # fmt: skip
        asyncio.run(app(scope, receive, send))
    assert status == [401] * 3 and asked == []


def test_a_stranger_learns_nothing_of_the_case_where_nothing_is(
    app: FastAPI, stranger: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app.state.worker, "trouble", "ValueError: Salim Example could not be built")
    sent = [("GET", path) for path in ("/nowhere", "/static/nothing", "/static/", "/api/v1/nowhere", "/closed", "/%00")]
    sent += [("POST", "/"), ("PUT", "/inbox"), ("POST", "/enter"), ("POST", "/nowhere"), ("DELETE", "/static/desk.css")]
    for method, path in sent:
        answer = stranger.request(method, path)
        assert answer.status_code in (200, 401, 404, 405), (method, path)
        assert not [word for word in (*LEAKS, "Salim") if word in answer.text], (method, path)


def test_a_stranger_is_shown_no_merge_of_what_others_decided(own: FastAPI) -> None:
    claim, guest = claim_of(own), entered(own)
    form = {"verb": "accept", "about": claim, "why": "plain words", "seen": ""}
    assert guest.post("/decide", data=form).status_code == 303
    assert guest.post("/decide", data=form).status_code == 409
    alone = TestClient(own, follow_redirects=False, raise_server_exceptions=False)
    for path in ("/nowhere", "/api/v1/nowhere", f"/nowhere/{claim}", "/decide"):
        answer = alone.post(path, data=form)
        assert answer.status_code in (401, 404)
        assert "plain words" not in answer.text and "Reader" not in answer.text and TITLE not in answer.text


@pytest.mark.parametrize("path", sorted(path for (_, path), rule in rules_of().items() if rule == "read"))
def test_no_page_elsewhere_loads_anything_by_the_cookie_of_a_visit(guest: TestClient, path: str) -> None:
    """A server on another port of this machine is the same site to a browser, and gets the cookie sent along: it could
    ask for names and measure how long the answer takes, or keep the one export going that is made at a time.
    """
    for site in ("same-site", "cross-site"):
        for into in ("image", "iframe", "empty", "script", "object"):
            headers = {"sec-fetch-site": site, "sec-fetch-dest": into}
            assert guest.get(filled(path), headers=headers).status_code == 403, (site, into)


def test_a_link_to_a_page_is_followed_from_elsewhere(guest: TestClient) -> None:
    for site in ("same-site", "cross-site", "none"):
        headers = {"sec-fetch-site": site, "sec-fetch-dest": "document", "sec-fetch-mode": "navigate"}
        assert guest.get("/inbox", headers=headers).status_code == 200


def test_of_many_who_come_with_one_link_at_once_one_is_let_in(monkeypatch: pytest.MonkeyPatch) -> None:
    same: Callable[[str, str], bool] = entering._same

    def slow(one: str, other: str) -> bool:
        time.sleep(0.02)
        return same(one, other)

    monkeypatch.setattr(entering, "_same", slow)
    keys, let_in = Keys(), list[bool]()
    threads = [threading.Thread(target=lambda: let_in.append(keys.let_in(keys.link))) for _ in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sorted(let_in) == [False] * 7 + [True]


def test_a_link_that_is_followed_from_a_page_elsewhere_leads_in_too(app: FastAPI) -> None:
    """A browser keeps the cookie back on the way from there: only a page of ours sends it along."""
    client = TestClient(app, follow_redirects=False, headers={"sec-fetch-site": "cross-site"})
    link = app.state.keys.another_link()
    answer = client.get(f"/enter?key={link}")
    assert answer.status_code == 200 and '<meta http-equiv="refresh" content="0; url=/">' in answer.text
    assert link not in answer.text and not [word for word in LEAKS if word in answer.text]
    assert client.get("/inbox", headers=OURS).status_code == 200
    assert TestClient(app).get(f"/enter?key={link}").status_code == 401


def test_a_server_that_listens_answers_to_names_of_this_machine_alone(small: Path) -> None:
    app = make_app(Desk(small), who="A Reader", hosts=LOCAL)
    client = TestClient(app, follow_redirects=False)
    for name in ("testserver", "desk", "0.0.0.0", "127.0.0.1.", "localhost.example.org", "2130706433", "[::2]"):
        assert client.get("/closed", headers={"host": name}).status_code == 400, name
    for name in ("127.0.0.1:8000", "localhost", "LOCALHOST:1", "[::1]:8000"):
        assert client.get("/closed", headers={"host": name}).status_code == 200, name


def test_two_desks_on_one_machine_keep_their_visits_apart(small: Path) -> None:
    """A browser keeps the cookies of an address, whatever the port."""
    browser: dict[str, str] = {}
    both = []
    desk = Desk(small)
    for port in (8001, 8002):
        keys = Keys()
        app = make_app(desk, who="A Reader", keys=keys, cookie=f"cenotaph-{port}")
        client = TestClient(app, headers=OURS, follow_redirects=False)
        client.get(f"/enter?key={keys.link}")
        browser |= dict(client.cookies)
        both.append(app)
    for app in both:
        assert TestClient(app, headers=OURS, cookies=browser).get("/you").status_code == 200
        told = TestClient(app, headers=OURS, cookies=browser).get("/api/v1/openapi.json").json()
        assert told["components"]["securitySchemes"]["visit"]["name"] == app.state.cookie


def test_the_cookie_is_sent_back_by_tls_alone_where_it_came_by_tls(app: FastAPI) -> None:
    for base, secure in (("https://testserver", True), ("http://testserver", False)):
        client = TestClient(app, base_url=base, follow_redirects=False)
        kept = client.get(f"/enter?key={app.state.keys.another_link()}").headers["set-cookie"].lower()
        assert ("; secure" in kept) is secure


# --- what is sent -----------------------------------------------------------------------------------------------------


def nested(deep: int, *, list_: bool = False) -> str:
    return "[" * deep + "]" * deep if list_ else '{"a":' * deep + "1" + "}" * deep


UNKEPT = [
    ("deep lists", nested(400, list_=True)), ("deep objects", nested(400)), ("deeper objects", nested(900)),
    ("no number", "NaN"), ("infinite", "-Infinity"), ("too large for its kind", "1e999"), ("thousands of digits",
    "9" * 4000), ("more than readers of JSON take", str(2**53 + 1)), ("a sign that ends a text", '"a\\u0000b"'),
    ("a book", json.dumps("word " * 150_000)),
]  # fmt: skip


@pytest.mark.parametrize("value", [value for _, value in UNKEPT], ids=[name for name, _ in UNKEPT])
def test_what_pages_could_not_tell_again_never_gets_into_the_journal(
    app: FastAPI, guest: TestClient, value: str
) -> None:
    claim, before = claim_of(app), written(app)
    form = {"verb": "accept", "about": claim, "why": "plain words", "odd:json": value}
    assert guest.post("/decide", data=form).status_code == 422
    body = f'{{"decisions": [{{"verb": "accept", "about": "{claim}", "why": "w", "details": {{"odd": {value}}}}}]}}'
    answer = guest.post("/api/v1/decisions", content=body, headers={"content-type": "application/json"})
    assert answer.status_code == 422 and len(answer.text) < 3_000
    assert written(app) == before
    assert guest.get("/").status_code == guest.get("/journal").status_code == 200


@pytest.mark.parametrize(("verb", "about", "why"), [
    ("accept", "claim", "nul \0 here"), ("accept", "nul \0", "w"), ("a, b " * 50_000, "claim", "w"),
    ("(" * 200_000, "claim", "w"), ("accept", "claim", "w" * 20_001), ("accept", "x " * 100_000, "w"),
])  # fmt: skip
def test_a_decision_of_odd_words_is_refused_in_a_few(
    app: FastAPI, guest: TestClient, verb: str, about: str, why: str
) -> None:
    on, before = claim_of(app) if about == "claim" else about, written(app)
    answer = guest.post("/decide", data={"verb": verb, "about": on, "why": why})
    assert answer.status_code == 422 and len(answer.text) < 8_000
    assert written(app) == before


def test_why_somebody_unmasked_is_no_book_either(app: FastAPI, guest: TestClient) -> None:
    before = written(app)
    assert guest.post("/people/unmask", data={"why": "w" * 20_001}).status_code == 422
    assert guest.post("/people/unmask", data={"why": "a \0"}).status_code == 422
    assert written(app) == before


def test_a_line_that_repeats_what_was_sent_leaves_out_its_middle(guest: TestClient) -> None:
    answer = guest.post("/inbox/add", data={"text": "Two were killed.", "published": "day, " * 50_000})
    assert answer.status_code == 422 and len(answer.text) < 8_000
    assert "is no day; write it as 2025-03-08" in answer.text


@pytest.mark.parametrize("typed", ["A\r\nSet-Cookie: a=b", "A\x1b[31m Reader", "A\u202eredaeR", "A\0", "\u2066A\u2069"])
def test_the_name_of_a_person_is_one_line_that_turns_nothing(guest: TestClient, typed: str) -> None:
    assert guest.post("/you", data={"who": typed}).status_code == 303
    kept = guest.get("/api/v1/case").json()["who"]
    assert kept.isprintable() and kept.startswith("A")


def test_a_name_keeps_the_joiners_that_it_is_written_with(guest: TestClient) -> None:
    guest.post("/you", data={"who": "مه\u200cنوش"})
    assert "مه\u200cنوش" in guest.get("/you").text


# --- how much is sent -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("path", "kind"), [
    ("/decide", "application/x-www-form-urlencoded"), ("/api/v1/decisions", "application/json"),
    ("/inbox/add", "multipart/form-data; boundary=x"), ("/api/v1/reports/files", "multipart/form-data; boundary=x"),
    ("/api/v1/reports", "application/json"),
])  # fmt: skip
def test_more_than_may_be_sent_at_once_is_refused_in_words(
    guest: TestClient, monkeypatch: pytest.MonkeyPatch, path: str, kind: str
) -> None:
    monkeypatch.setattr(bodies, "MOST", 1_000)
    monkeypatch.setattr(bodies, "LARGER", {one: 2_000 for one in bodies.LARGER})
    part = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n'
    whole = part + b"a" * 3_000 + b"\r\n--x--\r\n" if "multipart" in kind else b'"' + b"a" * 3_000 + b'"'
    pieces = (whole[at : at + 500] for at in range(0, len(whole), 500))
    for sent in (whole, pieces):  # with its length said before, and without
        answer = guest.post(path, content=sent, headers={"content-type": kind})
        assert answer.status_code == 413
        assert "more than can be sent here at once" in answer.text
        assert answer.headers["x-content-type-options"] == "nosniff"


def test_what_fits_is_taken(own: FastAPI) -> None:
    """A text that is pasted, and an empty field for files beside it."""
    text = "Two people were killed in Jableh on 8 March 2025, the mayor said.\n" + "Nothing else is known. " * 200
    before = len(own.state.desk.case.reports())
    assert entered(own).post("/inbox/add", data={"text": text}, files={"file": ("", b"")}).status_code == 200
    assert len(own.state.desk.case.reports()) == before + 1


def test_the_limits_are_of_routes_that_there_are() -> None:
    assert set(bodies.LARGER) <= set(POSTS)


@pytest.mark.parametrize(
    "name", ["تقرير " * 40 + ".txt", "\U0001f600" * 100 + ".txt", "a" * 1_000 + ".txt", "..", "/", "a\r\nb.txt"]
)
def test_a_file_of_any_name_is_taken_in(own: FastAPI, name: str) -> None:
    """A name of a hundred and fifty Arabic letters is too long for a disk, which counts bytes."""
    content = b"Three people were killed in Jableh on 9 March 2025, the mayor said.\n"
    guest, before = entered(own), len(own.state.desk.case.reports())
    assert guest.post("/inbox/add", files={"file": (name, content)}).status_code == 200
    answer = guest.post("/api/v1/reports/files", files={"file": (name, content.replace(b"Three", b"Nine"))})
    assert answer.status_code == 201
    assert len(own.state.desk.case.reports()) == before + 2


# --- days at the end of time ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", [
    "/?from=9999-12-31", "/?to=9999-12-31", "/?from=0001-01-01&to=0001-01-01", "/search?view=map&to=9999-12-31",
    "/search?q=before:9999", "/search?q=before:9999-12", "/journal?until=9999-12-31", "/journal.jsonl?until=9999-12-31",
    "/map/places?from=9999-12-31", "/api/v1/journal?kind=all&until=9999-12-31", "/api/v1/places?since=9999-12-31",
])  # fmt: skip
def test_the_last_day_that_there_is_has_no_day_after_it(guest: TestClient, path: str) -> None:
    assert guest.get(path).status_code == 200


def test_a_day_is_the_same_day_in_every_form(guest: TestClient) -> None:
    told = guest.get("/search?kind=claims&from=2025-03-08").text
    assert guest.get("/search?kind=claims&from=2025-03-09").text != told
    for day in ("20250308", "2025-W10-6"):
        assert guest.get(f"/search?kind=claims&from={day}").text == told


@pytest.mark.parametrize("unit", ["day", "week", "month", "year"])
def test_a_timeline_ends_with_the_last_day(unit: timeline.Unit) -> None:
    last = dt.date.max
    starts = timeline._starts(unit, timeline._begin(unit, last), last)
    assert len(starts) == 1 and starts[0] <= last


def test_a_claim_of_the_last_day_breaks_no_page(own: FastAPI) -> None:
    guest, claim = entered(own), claim_of(own)
    cells = {"start_day": "9999-12-01", "end_day": "9999-12-31"}
    answer = guest.post(f"/api/v1/claims/{claim}/cells", json={"cells": cells, "why": "as it stands there"})
    assert answer.status_code == 201, answer.text
    for path in ("/", "/search?view=map&kind=claims", "/api/v1/timeline", "/incidents"):
        assert guest.get(path).status_code == 200, path
