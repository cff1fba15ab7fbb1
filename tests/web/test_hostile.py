"""What others write is text and nothing else: on every page, in every answer of the API, in a real browser.

The payloads stand in hostile.toml; the pages to visit are those of the routes, so that a new page is looked at as well.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser
from starlette.testclient import TestClient

from cenotaph.desk import Desk
from cenotaph.web.app import make_app
from cenotaph.web.entering import Keys
from tests.browser.desks import opened, visiting
from tests.web.hostile import FIRST, PAYLOADS, make_hostile, spoken, traces
from tests.web.small import OURS
from tests.web.visiting import addresses, gets, ids, is_page, visited

AT_LEAST = 200
"""Kinds of payload; more may be added, none goes without a reason."""
KINDS = re.compile(
    r"text/(?:html|csv|plain)|application/(?:json|x-ndjson|geo\+json|octet-stream|vnd\.openxml.*)|image/png"
)
QUERIES = ("q", "state", "kind", "who", "verb", "about", "root", "outlet", "place", "report", "harm", "at", "back")
LINKED = 120
"""Pages that are reached only by links of others: with two ids in their address, with a filter."""
FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


@pytest.fixture(scope="module")
def hostile_case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_hostile(tmp_path_factory.mktemp("desk") / "hostile")


@pytest.fixture(scope="module")
def desk(hostile_case: Path) -> Desk:
    return Desk(hostile_case)


@pytest.fixture(scope="module")
def client(desk: Desk) -> TestClient:
    keys = Keys()
    app = make_app(desk, who=spoken(PAYLOADS["breakout.double"]), keys=keys)
    found = TestClient(app, headers=OURS, raise_server_exceptions=False)
    found.get(f"/enter?key={keys.link}")
    return found


@pytest.fixture(scope="module")
def visits(client: TestClient, desk: Desk) -> Mapping[str, tuple[int, str, bytes]]:
    """Each page of a route, the report of every payload, and what lists of fifty hold beyond the first."""
    every = [f"/report/{one}" for one in ids(desk, len(PAYLOADS))["report"]]
    every += [f"/api/v1/reports/{one}" for one in ids(desk, len(PAYLOADS))["report"][::8]]
    lists = [f"{path}?from={at}" for path in gets() if "{" not in path and "/api" not in path for at in (50, 100, 150)]
    first = list(dict.fromkeys([*addresses(desk, 3), *every, *lists]))
    return visited(client, first, most=len(first) + LINKED)


def test_there_are_many_kinds_and_each_is_told_apart() -> None:
    assert len(PAYLOADS) >= AT_LEAST and len(set(PAYLOADS.values())) == len(PAYLOADS)


def test_every_payload_came_into_the_case(desk: Desk) -> None:
    texts = [one.text for one in desk.case.reports()]
    assert len(texts) >= len(PAYLOADS) - 6  # of two that are told apart by what no text has, one is kept
    assert sum("pwned" in one for one in texts) > 0.85 * len(PAYLOADS)
    assert sum(one.quote == FIRST for one in desk.case.claims()) >= 0.9 * len(PAYLOADS)


def test_no_page_breaks_and_each_answer_is_of_a_known_kind(visits: Mapping[str, tuple[int, str, bytes]]) -> None:
    assert len(visits) > len(PAYLOADS)
    broken = {at: status for at, (status, _, _) in visits.items() if status >= 500}
    assert broken == {}
    odd = {at: kind for at, (_, kind, _) in visits.items() if not KINDS.match(kind)}
    assert odd == {}


def test_no_payload_is_part_of_the_structure_of_a_page(visits: Mapping[str, tuple[int, str, bytes]]) -> None:
    found = {at: traces(content) for at, (_, kind, content) in visits.items() if is_page(kind)}
    assert {at: some for at, some in found.items() if some} == {}


def test_what_looks_for_traces_finds_them() -> None:
    """Each payload that is HTML, in a page that forgot to escape it, is noticed."""
    kinds = ("script", "handler", "mutation", "attribute", "style")
    page = "<!doctype html><html><body><main>{}</main></body></html>"
    missed = [
        name for name, words in PAYLOADS.items()
        if name.split(".")[0] in kinds and not traces(page.format(words).encode("utf-8", "replace"))
    ]  # fmt: skip
    assert len(missed) <= 10, missed  # what the parser leaves out of a body: a body, a frameset, what is cut in two
    broken = '<!doctype html><main><a href="{}" title="{}">x</a></main>'
    for name in ("breakout.double", "breakout.close"):
        assert traces(broken.format("/", PAYLOADS[name]).encode())
    for name in ("address.script", "address.data_html", "address.without_scheme", "address.script_tab"):
        assert traces(broken.format(PAYLOADS[name], "x").encode()), name


def test_a_template_in_the_words_of_others_is_never_worked_out(visits: Mapping[str, tuple[int, str, bytes]]) -> None:
    for at, (_, kind, content) in visits.items():
        if is_page(kind) and b"7*7" in content:
            assert (
                content.count(b"{{7*7}}")
                or content.count(b"${7*7}")
                or content.count(b"#{7*7}")
                or b"7*7 %&gt;" in content
            ), at
        assert not re.search(rb"\{\{49|\$49|#49|%= 49", content), at


def test_json_is_json_and_its_words_are_the_words(visits: Mapping[str, tuple[int, str, bytes]]) -> None:
    count = 0
    for at, (status, kind, content) in visits.items():
        if kind.split(";")[0] == "application/json":
            json.loads(content)
            count += status == 200
        assert not at.startswith("/api/v1/") or "html" not in kind, at
    assert count >= 25


def test_no_cell_of_a_csv_is_a_formula(visits: Mapping[str, tuple[int, str, bytes]]) -> None:
    csv.field_size_limit(10_000_000)
    count = 0
    for at, (status, kind, content) in visits.items():
        if kind.startswith("text/csv") and status == 200:
            rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
            assert not [cell for row in rows for cell in row if cell.startswith(FORMULA) and not _number(cell)], at
            count += 1
    assert count >= 1


def _number(cell: str) -> bool:
    return re.fullmatch(r"-?\d+(?:\.\d+)?", cell) is not None


def test_a_question_in_an_address_is_inert_and_comes_back_as_it_was(client: TestClient) -> None:
    lists = [path for path in gets() if "{" not in path and not path.startswith(("/map/land",))]
    for number, (name, words) in enumerate(PAYLOADS.items()):
        asked = "&".join(f"{one}={quote(spoken(words)[:300])}" for one in QUERIES)
        for path in {"/search", "/api/v1/search", lists[number % len(lists)]} & set(lists):
            answer = client.get(f"{path}?{asked}")
            assert answer.status_code < 500, (path, name)
            assert not is_page(answer.headers["content-type"]) or traces(answer.content) == [], (path, name)
            assert not [
                one for one in answer.headers if "pwned" in one or "pwned" in answer.headers.get("set-cookie", "")
            ]


def test_an_id_that_is_none_is_not_found(client: TestClient) -> None:
    slotted = [path for path in gets() if "{" in path]
    for number, (name, words) in enumerate(PAYLOADS.items()):
        path = slotted[number % len(slotted)]
        answer = client.get(re.sub(r"\{[^}]*\}", quote(spoken(words)[:300] + " nobody", safe=""), path))
        assert answer.status_code in (400, 404, 422), (path, name, answer.status_code)
        assert not is_page(answer.headers["content-type"]) or traces(answer.content) == [], (path, name)


def test_what_a_person_types_is_inert_too(client: TestClient, desk: Desk) -> None:
    """Of a name, a reason, a form that is refused, and of the merge view, which shows all of it again."""
    claim = ids(desk, 1)["claim"][0]
    for name, words in [*PAYLOADS.items()][::4]:
        typed = spoken(words)
        form = {"verb": "accept", "about": claim, "why": typed, "seen": "", "back": typed, "more": typed}
        sent = (
            ("/decide", form), ("/decide", {"verb": typed, "about": typed, "why": typed}),
            ("/you", {"who": typed, "back": typed}), ("/inbox/triage", {"as": typed, "why": typed}),
        )  # fmt: skip
        for path, data in sent:
            answer = client.post(path, data=data)
            assert answer.status_code < 500, (path, name)
            assert traces(answer.content) == [], (path, name)
    assert client.post("/decide", data=form).status_code == 409


# --- in a real browser ------------------------------------------------------------------------------------------------


IN_BROWSER = 12
"""Pages of reports, of several payloads each; the lists hold all of them."""


def test_no_payload_runs_in_a_browser(browser: Browser, hostile_case: Path) -> None:
    """No dialog, no script of theirs, no error that our policy had to stop, no request to elsewhere."""
    with opened(hostile_case) as open_, visiting(browser, open_) as (context, noticed):
        ran: list[str] = []
        context.expose_function("pwned", lambda *given: ran.append(f"pwned{given}"))
        page = context.new_page()
        page.on("dialog", lambda dialog: ran.append(dialog.message))
        reports = ids(open_.desk, len(PAYLOADS))["report"]
        every = [f"/report/{one}" for one in reports[:: max(1, len(reports) // IN_BROWSER)]]
        pages = [one for one in addresses(open_.desk, 1) if "." not in one and not one.startswith(("/api/", "/map/"))]
        lists = [f"/inbox?from={at}" for at in (50, 100, 150, 200)]
        seen = 0
        for address in [*pages, *every, *lists]:
            answer = page.goto(open_.base + address, wait_until="load")
            if answer is None or not is_page(answer.headers.get("content-type", "")):
                continue
            page.wait_for_timeout(50)
            assert page.evaluate("document.querySelectorAll('[onerror], [onload], [style*=url], iframe').length") == 0
            assert ran == [], address
            seen += 1
        assert seen >= IN_BROWSER
        assert [line for line in noticed.unexpected() if "status of 4" not in line] == []
