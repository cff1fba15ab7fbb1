"""What every answer of the server says to the browser, and what no page of ours may hold."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from lxml import html
from starlette.testclient import TestClient

from cenotaph.desk import Desk
from cenotaph.web.app import make_app
from cenotaph.web.entering import Keys
from tests.web.small import OURS, make_small
from tests.web.visiting import addresses, is_page, visited

Visits = Mapping[str, tuple[int, str, bytes]]
LOADS = {
    "script": "src", "link": "href", "img": "src", "source": "src", "audio": "src", "video": "src", "iframe": "src",
    "object": "data", "embed": "src", "image": "href", "use": "href", "track": "src", "input": "src",
}  # fmt: skip
"""What a browser fetches by itself."""
NEVER = ("iframe", "object", "embed", "base", "style", "applet", "frame", "portal")
HIDDEN = re.compile(r"/(?:raw|attachment/\w+)$")
"""Bytes that nobody can mask: not to be had until somebody unmasks."""
MADE_OF_TEXT = r"\beval\(|new Function|\w*innerHTML\s*\+?=|outerHTML|insertAdjacentHTML|document\.write|setHTMLUnsafe"
"""Ways to make a page or a script of text; what our server answers may be put in its place."""
STATIC = Path(make_app.__code__.co_filename).parent / "static"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return Desk(make_small(tmp_path_factory.mktemp("desk") / "small"))


def entered(desk: Desk, language: str = "en") -> TestClient:
    keys = Keys()
    app = make_app(desk, who="A Reader", keys=keys)
    client = TestClient(app, headers=OURS, raise_server_exceptions=False)
    client.get(f"/enter?key={keys.link}")
    client.post("/you", data={"language": language})
    return client


@pytest.fixture(scope="module", params=["en", "ar"])
def visits(desk: Desk, request: pytest.FixtureRequest) -> Visits:
    """Every page, what each links to, and what is refused."""
    return visited(entered(desk, request.param), [*addresses(desk), "/nowhere", "/report/report:0", "/inbox?from=x"])


def pages(visits: Visits) -> dict[str, html.HtmlElement]:
    return {at: html.fromstring(content) for at, (_, kind, content) in visits.items() if is_page(kind)}


def test_every_page_is_there(visits: Visits) -> None:
    wrong = {at: status for at, (status, _, _) in visits.items() if status not in (200, 404, 422)}
    assert {at: status for at, status in wrong.items() if not (status == 403 and HIDDEN.search(at))} == {}
    refused = {at for at, (status, _, _) in visits.items() if status != 200}
    assert refused >= {"/nowhere", "/report/report:0"}


def test_no_page_holds_a_script_a_style_or_a_handler_of_its_own(visits: Visits) -> None:
    for at, page in pages(visits).items():
        for one in page.iter():
            assert one.tag not in NEVER, (at, one.tag)
            assert not [name for name in one.attrib if name.startswith(("on", "hx-on", "hx:on")) or name == "style"], at
            assert one.tag != "script" or (one.get("src") and not (one.text or "").strip()), at
            address = " ".join(str(one.get(name, "")) for name in ("href", "action", "formaction"))
            assert not re.search(r"(?:javascript|data|vbscript):", address, re.IGNORECASE), (at, address)


def test_no_page_loads_anything_from_elsewhere(visits: Visits) -> None:
    for at, page in pages(visits).items():
        for one in page.iter(*LOADS):
            address = str(one.get(LOADS[one.tag], ""))
            assert not re.match(r"\s*(?:[a-z][a-z0-9+.-]*:)?//", address, re.IGNORECASE), (at, address)
        for form in page.iter("form"):
            assert str(form.get("action", "/")).startswith("/") and not form.get("action", "/").startswith("//"), at


def test_every_form_that_changes_anything_posts_to_a_route_that_only_we_may_use(visits: Visits) -> None:
    for at, page in pages(visits).items():
        for form in page.iter("form"):
            method = str(form.get("method", "get")).lower()
            assert method in ("get", "post", "dialog"), at


def test_every_answer_says_what_a_browser_may_do_with_it(desk: Desk) -> None:
    client = entered(desk)
    for address in (*addresses(desk), "/nowhere", "/static/desk.css", "/static/nothing.css", "/api/v1/nowhere"):
        answer = client.get(address, follow_redirects=False)
        policy = dict(part.strip().split(" ", 1) for part in answer.headers["content-security-policy"].split(";"))
        assert policy["default-src"] == "'none'" and policy["script-src"] == "'self'" == policy["style-src"], address
        assert policy["base-uri"] == policy["frame-ancestors"] == "'none'" and policy["form-action"] == "'self'"
        assert not re.search(r"unsafe|\*|https?:", answer.headers["content-security-policy"])
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert answer.headers["cross-origin-resource-policy"] == "same-origin"
        assert "access-control-allow-origin" not in answer.headers
        assert address.startswith("/static/") or answer.headers["cache-control"] == "no-store", address


def test_the_cookie_is_for_us_alone(desk: Desk) -> None:
    keys = Keys()
    client = TestClient(make_app(desk, who="A Reader", keys=keys), follow_redirects=False)
    kept = client.get(f"/enter?key={keys.link}").headers["set-cookie"].lower()
    assert "httponly" in kept and "samesite=strict" in kept and "domain" not in kept


def test_no_key_is_ever_shown(visits: Visits, desk: Desk) -> None:
    client = entered(desk)
    keys: Keys = client.app.state.keys  # type: ignore[attr-defined]
    for address in addresses(desk):
        answer = client.get(address).text
        assert not [one for one in (keys.program, keys.session, keys.link) if one in answer], address


def test_what_nobody_foresaw_says_nothing_of_itself(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*given: object, **known: object) -> None:
        raise RuntimeError("the words of a witness")

    client = entered(desk)
    quiet = TestClient(client.app, headers=OURS, cookies=dict(client.cookies), raise_server_exceptions=False)
    monkeypatch.setattr("cenotaph.web.pages.inbox.inbox", broken)
    monkeypatch.setattr("cenotaph.web.api.asking.Looking.claims", broken)
    for address in ("/inbox", "/api/v1/claims"):
        answer = quiet.get(address)
        assert answer.status_code == 500
        assert "witness" not in answer.text and "default-src 'none'" in answer.headers["content-security-policy"]


def test_our_own_scripts_and_styles_call_nobody() -> None:
    for path in sorted(STATIC.glob("*.*")):
        words = path.read_text(encoding="utf-8")
        assert not re.search(r"(?:https?:)?//(?!www\.w3\.org)[a-z0-9-]+\.[a-z]", words), path.name
        made = re.search(MADE_OF_TEXT, words.replace("innerHTML = await answer.text()", ""))
        assert not made, (path.name, made)
