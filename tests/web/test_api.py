"""The API: every operation of its document answers what it says, and refuses what does not fit in one form."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from jsonschema import Draft202012Validator
from lxml import html
from starlette.testclient import TestClient

from cenotaph.desk import Desk
from cenotaph.plain import dump
from cenotaph.web.app import rules_of
from tests.web.small import copy_of, make_small, windows
from tests.web.visiting import ids

Document = Mapping[str, Any]


@pytest.fixture(scope="module")
def small_case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_small(tmp_path_factory.mktemp("desk") / "small")


@pytest.fixture(scope="module")
def desk(small_case: Path, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """One that is decided on by the tests in their order; none of them rests on what another did."""
    found = copy_of(small_case, tmp_path_factory.mktemp("desk") / "decided")
    (client,) = windows(found, "A Reader")
    client.post("/decide", data={"verb": "accept", "about": found.case.claims()[0].id, "why": "plain words"})
    return found


@pytest.fixture(scope="module")
def client(desk: Desk) -> TestClient:
    return windows(desk, "A Reader")[0]


@pytest.fixture(scope="module")
def document(client: TestClient) -> Document:
    found: Document = client.get("/api/v1/openapi.json").json()
    return found


def validated(document: Document, schema: Mapping[str, Any], value: Any) -> None:
    Draft202012Validator({**schema, "components": document["components"]}).validate(value)


def operations(document: Document) -> Iterator[tuple[str, str, Document]]:
    for path, methods in document["paths"].items():
        for method, one in methods.items():
            yield method, path, one


@pytest.fixture(scope="module")
def known(client: TestClient, desk: Desk) -> Mapping[str, str]:
    """An id of this case for each slot that has one."""
    found = {name: some[0] for name, some in ids(desk, 1).items() if some}
    one, other = client.get("/api/v1/incidents?kind=incident&most=2").json()["items"]
    found |= {"incident": one["id"], "link": f"into={other['id']}", "proposal": "start=0&end=12"}
    found["toll"] = client.get(f"/api/v1/incidents/{found['incident']}").json()["tolls"][0]["id"]
    found["handle"] = client.get("/api/v1/voices").json()["items"][0]["handle"]
    return found


def good_path(known: Mapping[str, str], path: str) -> str:
    """An address with ids of this case in its slots, "" where it has none of that kind."""
    slots = re.findall(r"\{(\w+)[^}]*\}", path)
    if not set(slots) <= set(known):
        return ""
    for slot in slots:
        path = re.sub(rf"\{{{slot}[^}}]*\}}", quote(known[slot], safe=""), path)
    return path + (f"?{known[name]}" if (name := path.rpartition("/")[2]) in ("proposal", "link") else "")


def as_written(path: str) -> str:
    """A path as the document writes it."""
    return path.replace(":path", "")


def test_the_document_tells_of_every_route_of_the_api(document: Document) -> None:
    there = {(method.upper(), path) for method, path, _ in operations(document)}
    rules = {(method, as_written(path)) for method, path in rules_of() if path.startswith("/api/v1/")}
    rules.remove(("GET", "/api/v1/openapi.json"))
    assert there == rules
    for method, path, one in operations(document):
        assert one["description"] and "401" in one["responses"], (method, path)
        assert {"Error", "Moved"} >= {
            answer["content"]["application/json"]["schema"]["$ref"].split("/")[-1]
            for status, answer in one["responses"].items() if status >= "400"
        }  # fmt: skip


def test_every_schema_is_one_and_every_example_fits_its_own(document: Document) -> None:
    schemas = document["components"]["schemas"]
    for schema in schemas.values():
        Draft202012Validator.check_schema(schema)
    count = 0
    for _, path, one in operations(document):
        body = one.get("requestBody", {}).get("content", {})
        assert not body or "application/json" not in body or "examples" in body["application/json"], path
        for known in (each for some in (body, *(each["content"] for each in one["responses"].values()))
                      for each in some.values()):  # fmt: skip
            shown = [one["value"] for one in known.get("examples", {}).values()]
            for value in [known["example"], *shown] if "example" in known else shown:
                validated(document, known["schema"], value)
                count += 1
    assert count >= 18
    text = str(document)
    assert all(name in schemas for name in re.findall(r"#/components/schemas/(\w+)", text))


def test_every_list_and_thing_is_as_the_document_says(
    client: TestClient, known: Mapping[str, str], document: Document
) -> None:
    looked = 0
    for method, path, one in operations(document):
        address = good_path(known, path) if method == "get" else ""
        if address:
            answer = client.get(address)
            assert answer.status_code == 200, (address, answer.text)
            assert answer.headers["content-type"] == "application/json"
            validated(document, one["responses"]["200"]["content"]["application/json"]["schema"], answer.json())
            looked += 1
    assert looked >= 28


def test_what_is_not_there_is_not_found_in_one_form(client: TestClient, document: Document) -> None:
    error = {"$ref": "#/components/schemas/Error"}
    for method, path, _ in operations(document):
        if method == "get" and "{" in path:
            for wrong in ("claim:0000000000000000", "..%2F..%2Fcase.db", "%00", "x" * 3000, "'%20OR%201=1--"):
                answer = client.get(re.sub(r"\{\w+\}", wrong, path) + "?start=0&end=9" * path.endswith("/proposal"))
                assert answer.status_code == 404, (path, wrong)
                validated(document, error, answer.json())
    answer = client.get("/api/v1/nothing")
    assert answer.status_code == 404 and set(answer.json()) == {"error"}


WRONG: Mapping[str, tuple[str, ...]] = {
    "integer": ("-1", "x", "nan", "99999999999999999999999", ""), "date": ("yesterday", "2025-02-30"),
    "enum": ("nonsense", "\u0000"),
}  # fmt: skip


def test_every_parameter_refuses_what_does_not_fit(
    client: TestClient, known: Mapping[str, str], document: Document
) -> None:
    tried = 0
    for method, path, one in operations(document):
        for given in one.get("parameters", ()):
            schema = given["schema"]
            kinds = {str(each.get("format") or each.get("type")) for each in schema.get("anyOf", [schema])}
            kinds = {"integer" if kind == "number" else kind for kind in kinds}
            wrong = WRONG["enum"] if "enum" in schema else next((WRONG[kind] for kind in kinds if kind in WRONG), ())
            if method != "get" or given["in"] != "query":
                continue
            for value in wrong:
                address = good_path(known, path) or re.sub(r"\{\w+\}", "x", path)
                answer = client.get(address, params={given["name"]: value})
                assert answer.status_code == 422, (path, given["name"], value)
                validated(document, {"$ref": "#/components/schemas/Error"}, answer.json())
                assert given["name"] in answer.json()["error"]
                tried += 1
    assert tried >= 100


BAD_BODIES: tuple[bytes, ...] = (
    b"", b"{", b"[]", b"null", b"7", b'"x"', b"{}", b'{"decisions": []}', b'{"decisions": 1}', b'{"decisions": [1]}',
    b'{"decisions": [{}]}', b'{"decisions": [{"verb": "accept", "about": 1, "why": "x"}]}',
    b'{"decisions": [{"verb": "accept", "about": "claim:0", "why": ""}]}',
    b'{"decisions": [{"verb": "accept", "about": "claim:0", "why": "x"}]}',
    b'{"decisions": [{"verb": "accept", "about": "claim:0", "why": "x", "more": 1}]}',
    b'{"decisions": [{"verb": "protect", "about": "\\ud800", "why": "x"}]}',
    b'{"decisions": [{"verb": "protect", "about": "A B", "why": "x", "details": {"also": NaN}}]}',
    b'{"reports": [{"text": ""}]}', b'{"reports": [{"text": "x", "published": "soon"}]}', b'{"reports": []}',
    b'{"what": "read", "why": "x"}', b'{"what": "dull", "why": "x", "reports": ["report:0"]}',
    b'{"what": "read", "why": " ", "state": "new"}', b'{"what": "read", "why": "x", "state": "old"}',
    b"[" * 50_000, b"\xff\xfe", b'{"decisions": ' + b"9" * 5000 + b"}",
)  # fmt: skip


def test_every_body_that_does_not_fit_is_refused_and_nothing_is_written(
    client: TestClient, desk: Desk, document: Document
) -> None:
    before = len(desk.case.history())
    headers = {"content-type": "application/json"}
    for method, path, _ in operations(document):
        for body in BAD_BODIES if method == "post" else ():
            answer = client.post(path, content=body, headers=headers)
            nothing = (404,) if "{" in path else ()  # what fits, but is about nothing that is there
            assert answer.status_code in (400, 422, *nothing), (path, body[:80], answer.text)
            validated(document, {"$ref": "#/components/schemas/Error"}, answer.json())
    assert len(desk.case.history()) == before


def test_a_body_of_another_kind_is_refused(client: TestClient) -> None:
    """A form on somebody else's page can send text, never JSON that says it is JSON."""
    body = '{"decisions": [{"verb": "protect", "about": "A B", "why": "x"}]}'
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"):
        assert client.post("/api/v1/decisions", content=body, headers={"content-type": kind}).status_code in (400, 422)


def test_many_decisions_are_all_written_or_none(client: TestClient, desk: Desk) -> None:
    some = [one.id for one in desk.case.claims()][:3]
    good = [{"verb": "accept", "about": one, "why": "plain words"} for one in some]
    before = len(desk.case.decisions())
    bad = client.post("/api/v1/decisions", json={"decisions": [*good, {**good[0], "about": "claim:0"}]})
    assert bad.status_code == 422 and len(desk.case.decisions()) == before
    answer = client.post("/api/v1/decisions", json={"decisions": good})
    assert answer.status_code == 201
    made = answer.json()["decisions"]
    assert [one["id"] for one in made] == [one.id for one in desk.case.decisions()][before:]
    told = client.get(f"/api/v1/journal/{made[0]['id']}").json()
    assert told["decision"]["why"] == "plain words" and told["decision"]["who"] == "A Reader"


def test_the_token_of_a_claim_holds_up_whoever_did_not_see_the_newest(client: TestClient, desk: Desk) -> None:
    claim = desk.case.claims()[1].id
    seen = client.get(f"/api/v1/claims/{claim}").json()["seen"]
    mine = {"verb": "accept", "about": claim, "why": "once", "seen": seen}
    assert client.post("/api/v1/decisions", json={"decisions": [mine]}).status_code == 201
    again = client.post("/api/v1/decisions", json={"decisions": [{**mine, "why": "twice"}]})
    assert again.status_code == 409 and again.json()["since"][0]["decision"]["why"] == "once"


def test_the_409_is_as_the_document_says(client: TestClient, desk: Desk, document: Document) -> None:
    claim = desk.case.claims()[2].id
    mine = {"decisions": [{"verb": "accept", "about": claim, "why": "x", "seen": ""}]}
    client.post("/api/v1/decisions", json=mine)
    late = client.post("/api/v1/decisions", json=mine)
    assert late.status_code == 409
    validated(document, {"$ref": "#/components/schemas/Moved"}, late.json())


def test_a_text_and_a_file_that_are_added_are_read(client: TestClient, desk: Desk, document: Document) -> None:
    text = "Nine people were killed in Latakia on 9 March 2025, the mayor said."
    sent = {"reports": [{"text": text, "outlet": "Example Hour", "published": "2025-03-10", "name": "../nine.txt"}]}
    answer = client.post("/api/v1/reports", json=sent)
    assert answer.status_code == 201
    validated(document, {"$ref": "#/components/schemas/AddedReports"}, answer.json())
    (added,) = answer.json()["items"]
    told = client.get(f"/api/v1/reports/{added['report_id']}").json()
    assert [one["claim"]["quantity"]["words"] for one in told["claims"]] == ["Nine"]
    assert "/" not in told["report"]["name"]
    files = [
        ("file", ("ten.txt", b"Ten people were killed in Homs on 9 March 2025, the mayor said.")),
        ("file", ("x.bin", b"\0")),
    ]
    answer = client.post("/api/v1/reports/files", files=files, data={"outlet": "Example Hour"})
    assert [one["status"] for one in answer.json()["items"]] == ["new", "problem"]


def test_reports_are_triaged_by_name_or_by_state(client: TestClient, desk: Desk) -> None:
    first = client.get("/api/v1/reports").json()["items"][0]["id"]
    sent = {"reports": [first, first], "what": "relevant", "why": "about the coast"}
    assert len(client.post("/api/v1/triage", json=sent).json()["decisions"]) == 1
    assert client.get(f"/api/v1/reports/{first}").json()["state"] in ("relevant", "read", "read twice")
    again = client.get("/api/v1/reports?state=new").json()["total"]
    sent = {"state": "new", "what": "nothing new", "why": "all are copies"}
    assert len(client.post("/api/v1/triage", json=sent).json()["decisions"]) == again > 0


def test_lists_are_narrowed_and_paged(client: TestClient) -> None:
    whole = client.get("/api/v1/claims").json()
    pages = [client.get(f"/api/v1/claims?most=2&from={at}").json()["items"] for at in range(0, whole["total"], 2)]
    assert [one for page in pages for one in page] == whole["items"]
    injured = client.get("/api/v1/claims?harm=injured").json()
    assert {one["harm"] for one in injured["items"]} == {"injured"} and injured["total"] < whole["total"]
    early = client.get("/api/v1/claims?until=2025-03-07").json()["items"]
    assert early and all(one["first"] <= "2025-03-07" for one in early)
    assert client.get("/api/v1/claims?since=2030-01-01").json()["total"] == 0


def test_values_are_as_in_every_other_output(client: TestClient, desk: Desk) -> None:
    claim = next(one for one in desk.case.claims() if not any(voice.protected for voice in one.voices))
    assert client.get(f"/api/v1/claims/{claim.id}").json()["claim"] == dump(claim)


def test_whoever_is_protected_is_masked_everywhere_and_found_by_no_question(
    client: TestClient, desk: Desk, known: Mapping[str, str]
) -> None:
    name = "Salim Example"
    asked = {"decisions": [{"verb": "protect", "about": name, "why": "a witness", "details": {"also": ["S. Example"]}}]}
    assert client.post("/api/v1/decisions", json=asked).status_code == 201
    report = next(one for one in desk.case.reports() if name in one.text)
    told = client.get(f"/api/v1/reports/{report.id}").json()
    assert told["masked"] and "[protected], a resident" in told["report"]["text"]
    for path in sorted(path for method, path in rules_of() if method == "GET" and path.startswith("/api")):
        if address := good_path(known, path):
            assert name not in client.get(address).text, address
    for question in ("journal?about=", "claims?root=", "reports?outlet=", "search?q=", "voices?q=", "victims?q="):
        assert client.get(f"/api/v1/{question}{name}").json()["total"] == 0
    for form in ("json", "csv"):
        assert name not in client.get(f"/api/v1/export?form={form}").text


def test_the_page_of_the_api_shows_every_operation(client: TestClient, document: Document) -> None:
    page = html.fromstring(client.get("/api").content)
    heads = [" ".join(one.text_content().split()) for one in page.xpath("//h3")]
    assert heads == [f"{method.upper()} {path}" for method, path, _ in operations(document)]
    assert "`" not in page.text_content()
    assert {code.text for code in page.xpath("//code")} >= {"application/json", "working", "seen"}


def test_every_parameter_says_what_it_means(document: Document) -> None:
    for _, path, one in operations(document):
        for given in one.get("parameters", ()):
            assert given["description"], (path, given["name"])
