"""Who may use which route: every method and path of the app has a rule, and the rule holds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute
from starlette.routing import BaseRoute, Mount
from starlette.testclient import TestClient

from cenotaph.desk import Desk
from cenotaph.web.app import make_app, rules_of
from cenotaph.web.entering import HALF_A_DAY, Keys
from tests.web.small import OURS, make_small

MOUNTS = {"/static": "our own styles and scripts, for everybody who reaches the machine"}
"""What is mounted beside the routes, and why it needs no rule."""
OPEN_TO_ALL = {("GET", "/enter"), ("GET", "/closed")}
"""The way in and out. One more needs a reason, and a line here."""
OTHERS = ("HEAD", "OPTIONS", "PUT", "PATCH", "DELETE", "TRACE")
LEAKS = ("Baniyas", "Example Wire", "Coast, small", "Observatory", "<nav")


@pytest.fixture(scope="module")
def keys() -> Keys:
    return Keys()


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory, keys: Keys) -> FastAPI:
    return make_app(Desk(make_small(tmp_path_factory.mktemp("desk") / "small")), who="A Reader", keys=keys)


@pytest.fixture
def stranger(app: FastAPI) -> TestClient:
    """A browser that never came in."""
    return TestClient(app, headers=OURS, follow_redirects=False)


@pytest.fixture
def guest(app: FastAPI, keys: Keys) -> TestClient:
    """A browser that came in; what it says of itself each test says."""
    client = TestClient(app, follow_redirects=False)
    assert client.get(f"/enter?key={keys.another_link()}").status_code == 303
    return client


def flattened(routes: list[BaseRoute]) -> Iterator[BaseRoute]:
    """Every route of the app, those of routers inside it as well."""
    for one in routes:
        inside = getattr(one, "original_router", None)  # a router that was included
        if inside is None:
            yield one
        else:
            yield from flattened(inside.routes)


def filled(path: str) -> str:
    """A path with something in the place of each of its slots."""
    return re.sub(r"\{[^}]*\}", "claim:0000000000000000", path)


RULES = sorted(rules_of().items())
READS = [path for (method, path), rule in RULES if method == "GET" and rule == "read"]
WRITES = [path for (method, path), rule in RULES if rule == "write"]


def test_every_method_of_every_route_has_a_rule_and_every_rule_a_route(app: FastAPI) -> None:
    there, mounted = set(), set()
    for one in flattened(app.routes):
        if isinstance(one, Mount):
            mounted.add(one.path)
            continue
        assert isinstance(one, APIRoute), f"{one!r} is of a kind that has no rule"
        there |= {(method, one.path) for method in one.methods or ()}
    assert there == set(rules_of())
    assert mounted == set(MOUNTS)


def test_only_the_way_in_and_out_is_open(app: FastAPI) -> None:
    assert {key for key, rule in RULES if rule == "open"} == OPEN_TO_ALL
    assert {method for (method, _), rule in RULES if rule == "write"} == {"POST"}
    assert {method for (method, _), rule in RULES if rule == "read"} == {"GET"}


@pytest.mark.parametrize("path", READS)
def test_nobody_reads_without_having_come_in(stranger: TestClient, path: str) -> None:
    for headers in (
        {},
        {"authorization": "Bearer wrong"},
        {"authorization": "Basic YTpi"},
        {"cookie": "cenotaph=e30="},
    ):
        answer = stranger.get(filled(path), headers=headers)
        assert answer.status_code == 401
        assert not [word for word in LEAKS if word in answer.text]


@pytest.mark.parametrize("path", WRITES)
def test_nobody_writes_without_having_come_in(stranger: TestClient, path: str) -> None:
    for headers in ({}, {"authorization": "Bearer wrong"}):
        assert stranger.post(filled(path), data={"why": "x"}, headers=headers).status_code == 401


FOREIGN: tuple[dict[str, str], ...] = (
    {"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "same-site"}, {"sec-fetch-site": "nonsense"},
    {"origin": "https://example.org"}, {"origin": "null"}, {"origin": "http://testserver.example.org"},
    {"origin": "https://testserver"}, {"sec-fetch-site": "cross-site", "origin": "http://testserver"}, {},
)  # fmt: skip
"""What a browser says of a form on somebody else's page; and what says nothing."""


@pytest.mark.parametrize("path", WRITES)
def test_nothing_is_written_from_a_page_elsewhere(guest: TestClient, path: str) -> None:
    for headers in FOREIGN:
        answer = guest.post(filled(path), data={"why": "x"}, headers=headers)
        assert answer.status_code == 403, headers


def test_our_own_pages_and_the_key_may_write(guest: TestClient, stranger: TestClient, keys: Keys) -> None:
    form = {"language": "en"}
    for headers in ({"sec-fetch-site": "same-origin"}, {"sec-fetch-site": "none"}, {"origin": "http://testserver"}):
        assert guest.post("/you", data=form, headers=headers).status_code == 303
    key = {"authorization": f"bearer {keys.program}"}
    assert stranger.post("/you", data=form, headers=key).status_code == 303
    assert stranger.get("/api/v1/case", headers=key).status_code == 200


@pytest.mark.parametrize("path", sorted({path for (_, path), _ in RULES}))
def test_other_methods_are_refused(guest: TestClient, path: str) -> None:
    for method in OTHERS:
        assert guest.request(method, filled(path), headers=OURS).status_code == 405, method


@pytest.mark.parametrize("path", sorted({path for (_, path), _ in RULES} | {"/static/desk.css"}))
def test_a_page_of_another_name_that_points_here_reaches_nothing(app: FastAPI, keys: Keys, path: str) -> None:
    client = TestClient(app, headers=OURS, follow_redirects=False)
    client.get(f"/enter?key={keys.another_link()}")
    for name in ("example.org", "127.0.0.1.example.org", "localhost.example.org", "", "example.org:80"):
        assert client.get(filled(path), headers={"host": name}).status_code == 400
        assert client.post(filled(path), headers={"host": name}).status_code == 400


def test_a_link_lets_one_browser_in_once(app: FastAPI, keys: Keys) -> None:
    link = keys.another_link()
    first, second = (TestClient(app, follow_redirects=False) for _ in range(2))
    assert first.get(f"/enter?key={link}").status_code == 303
    assert second.get(f"/enter?key={link}").status_code == 401
    assert second.get("/inbox").status_code == 401
    for wrong in ("", "x", link[:-1], link + "x", "\u0662", "%00"):
        assert second.get("/enter", params={"key": wrong}).status_code == 401


def test_who_left_is_out_with_every_copy_of_the_cookie(app: FastAPI, guest: TestClient) -> None:
    kept = guest.cookies["cenotaph"]
    copy = TestClient(app, headers=OURS, cookies={"cenotaph": kept}, follow_redirects=False)
    assert copy.get("/you").status_code == 200
    assert guest.post("/leave", headers=OURS).status_code == 303
    assert copy.get("/you").status_code == guest.get("/you").status_code == 401
    assert copy.post("/you", data={"who": "Somebody"}).status_code == 401


def test_a_visit_ends_half_a_day_after_the_last_look() -> None:
    now = [0.0]
    keys = Keys(clock=lambda: now[0])
    visit = keys.visit()
    for hours in (11, 22, 33):
        now[0] = hours * 3600.0
        assert keys.is_in(visit)
    now[0] += HALF_A_DAY
    assert not keys.is_in(visit)


@pytest.mark.parametrize("visit", [None, True, 1, "", "x", ["x"], {}])
def test_what_is_no_visit_opens_nothing(visit: object) -> None:
    keys = Keys()
    keys.visit()
    assert not keys.is_in(visit)
    keys.leave(visit)


def test_a_cookie_that_was_written_by_another_run_opens_nothing(app: FastAPI, tmp_path: Path) -> None:
    other = Keys()
    elsewhere = TestClient(make_app(app.state.desk, who="X", keys=other), follow_redirects=False)
    elsewhere.get(f"/enter?key={other.link}")
    client = TestClient(app, cookies={"cenotaph": elsewhere.cookies["cenotaph"]}, follow_redirects=False)
    assert client.get("/you").status_code == 401


def test_a_program_decides_under_the_name_it_gives_and_a_browser_under_its_own(
    app: FastAPI, guest: TestClient, stranger: TestClient, keys: Keys
) -> None:
    desk = app.state.desk
    claim = desk.case.claims()[0].id
    name = "قارئ آخر"
    body = {"decisions": [{"verb": "accept", "about": claim, "why": "plain words"}]}
    key: Any = {"authorization": f"Bearer {keys.program}", "x-cenotaph-who": name.encode()}
    assert stranger.post("/api/v1/decisions", json=body, headers=key).status_code == 201
    mine = {**OURS, "x-cenotaph-who": "Somebody Else"}
    assert guest.post("/api/v1/decisions", json=body, headers=mine).status_code == 201
    assert [one.who for one in desk.case.decisions()][-2:] == [name, "A Reader"]
