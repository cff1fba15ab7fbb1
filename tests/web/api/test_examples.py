"""What the document says of decisions is so: each example can be taken, each word of a list, and no other."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from cenotaph.case.decisions import VERBS
from cenotaph.desk import Desk
from cenotaph.web.api import verbs
from tests.web.api.asking import decided, got, sent
from tests.web.small import windows

Shown = dict[str, Any]
SOHR, SNHR = "Syrian Observatory for Human Rights", "Syrian Network for Human Rights"


def shown(client: TestClient) -> list[Shown]:
    """Each decision that the document shows."""
    said = client.get("/api/v1/openapi.json").json()["paths"]["/api/v1/decisions"]["post"]
    some = said["requestBody"]["content"]["application/json"]["examples"].values()
    return [one for each in some for one in each["value"]["decisions"]]


@pytest.fixture
def two(desk: Desk) -> list[TestClient]:
    return windows(desk, "A Reader", "Another Reader")


def on_our_own(client: TestClient, one: Shown) -> Shown:
    """An example with what this case holds in place of the ids and names of nobody."""
    claims = [each for each in got(client, "claims")["items"] if each["incident"].startswith("incident:")]
    first = claims[0]
    other = next(each for each in claims if each["incident"] != first["incident"])
    third, fourth = [each for each in claims if each not in (first, other)][:2]
    (voice, *_) = got(client, "voices", kind="organisation")["items"]
    known = {
        "claim:5b8e02d7f4a19c36": first["id"], "claim:0d4c97ab21e83f65": other["id"],
        "claim:93f0be6d2715c8a4": third["id"], "claim:c41d7e90ab35f268": fourth["id"], "the network": "the mayor",
        "incident:53b1f2a0c94d7e61": first["incident"], "~4f0a9c1e7d2b6385": f"~{voice['handle']}",
        "Example Network": SOHR, "Example Centre": SNHR,
    }  # fmt: skip
    text = json.dumps(one)
    for there, here in known.items():
        text = text.replace(f'"{there}"', json.dumps(here))
    found: Shown = json.loads(text)
    return found


def before(two: list[TestClient], one: Shown) -> Iterator[tuple[str, str]]:
    """What must stand first for an example to be taken: the id in it, and the one that we have."""
    client, other = two
    made = {each["verb"]: on_our_own(client, each) for each in shown(client)}
    if one["verb"] in ("sign off", "withdraw"):
        decided(other, made["assess"])
        whole = got(client, f"incidents/{made['assess']['about']}")
        yield "assessment:1b2c3d4e5f607182", whole["assessments"][0]["id"]
    if one["verb"] in ("undo", "answer a request"):
        first = decided(client, made["request"])["decisions"][0]
        yield "decision:7a1f3c5e9b2d4068", first["id"]


def test_every_decision_that_the_document_shows_can_be_taken_and_taken_back(
    two: list[TestClient], lists: TestClient, desk: Desk
) -> None:
    taken = set()
    for one in shown(two[0]):
        client, asked = two[0], on_our_own(two[0], one)
        if one["about"].startswith("listed:"):
            client, pair = lists, got(lists, "problems", kind="proposals")["items"][0]["problem"]["proposes"]
            asked = {**asked, "about": pair["about"], "details": {**asked["details"], "with": pair["details"]["with"]}}
        for there, here in before(two, one):
            asked = json.loads(json.dumps(asked).replace(there, here))
        made = decided(client, {key: value for key, value in asked.items() if key != "seen"})["decisions"][0]
        assert made["decision"]["verb"] == one["verb"]
        if one["verb"] != "undo":
            decided(client, {"verb": "undo", "about": made["id"]})
        taken.add(one["verb"])
    assert taken >= {"accept", "reject", "protect", "alias", "relate", "grade", "place", "sign off", "withdraw"}
    assert desk.case.decisions()


def test_an_example_of_many_can_be_taken_as_one(two: list[TestClient]) -> None:
    """None of its decisions stands in the way of a later one."""
    on_claims = [one for one in shown(two[0])[2:6] if not one["about"].startswith("listed:")]
    assert [one["verb"] for one in on_claims] == ["reject", "must-link", "cannot-link"]
    decided(two[0], *(on_our_own(two[0], one) for one in on_claims))


def test_an_assessment_is_signed_off_by_another_person_and_withdrawn(two: list[TestClient]) -> None:
    client, other = two
    assess = next(on_our_own(client, one) for one in shown(client) if one["verb"] == "assess")
    decided(client, assess)
    held = got(client, f"incidents/{assess['about']}")["assessments"][0]
    alone = decided(client, {"verb": "sign off", "about": held["id"]}, status=422)["error"]
    assert "another person" in alone
    assert "no such assessment" in decided(other, {"verb": "sign off", "about": "assessment:0"}, status=422)["error"]
    decided(other, {"verb": "sign off", "about": held["id"]})
    (signed,) = got(client, f"incidents/{assess['about']}")["assessments"]
    assert (signed["second"], signed["standing"]) == ("Another Reader", "confirmed")
    decided(client, {"verb": "withdraw", "about": held["id"]})
    assert got(client, f"incidents/{assess['about']}")["assessments"][0]["standing"] == "withdrawn"


def test_the_document_names_every_verb_that_can_be_decided_and_tells_its_details(client: TestClient) -> None:
    document = client.get("/api/v1/openapi.json").json()
    named = document["components"]["schemas"]["Asked"]["properties"]["verb"]["enum"]
    assert set(VERBS) - set(named) == {"assume", "unmask"}, "nothing follows from these where a program says them"
    told = document["paths"]["/api/v1/decisions"]["post"]["description"]
    assert all(f"\n- `{verb}`: " in told for verb in named) and set(named) == set(verbs.ALL)
    assert "Authorization" in document["info"]["description"] and "409" in document["info"]["description"]


@pytest.mark.parametrize("verb", ["unmask", "assume", "publish", "Accept", ""])
def test_a_verb_from_which_nothing_follows_is_refused_and_leaves_no_row(client: TestClient, verb: str) -> None:
    rows = got(client, "journal")["total"]
    assert decided(client, {"verb": verb, "about": "the case"}, status=422)["error"].startswith("verb: ")
    assert got(client, "journal")["total"] == rows


@pytest.mark.parametrize(
    ("path", "body", "name"),
    [("triage", {"what": "?", "why": "x", "reports": ["report:0"]}, "what"),
     ("triage", {"what": "read", "why": "x", "state": "?"}, "state"),
     ("answers", {"verb": "?", "why": "x", "problems": ["problem:0"]}, "verb")],
)  # fmt: skip
def test_a_word_that_is_none_of_the_list_is_named_as_it_was_sent(
    client: TestClient, path: str, body: dict[str, Any], name: str
) -> None:
    document = client.get("/api/v1/openapi.json").json()
    kind = document["paths"][f"/api/v1/{path}"]["post"]["requestBody"]["content"]["application/json"]["schema"]
    schema = document["components"]["schemas"][kind["$ref"].rpartition("/")[2]]
    told = sent(client, path, body, 422)["error"]
    assert told.startswith(f"{name}: ")
    assert all(word in told for word in schema["properties"][name]["enum"])


def test_the_page_lists_verbs_and_rules_as_lists(client: TestClient) -> None:
    page = client.get("/api").text
    assert "<li><code>sign off</code>: an assessment, by a second person.</li>" in page
    assert "<li>Days are as in" in page and "<li>Bring the key" not in page  # which the page tells in its language


def test_forms_that_bring_files_have_names_and_an_example(client: TestClient) -> None:
    document = client.get("/api/v1/openapi.json").json()
    schemas = document["components"]["schemas"]
    assert not [name for name in schemas if name.startswith("Body_")] and "Body_" not in str(document)
    fields = {**schemas["NewFiles"]["properties"], **schemas["NewSheet"]["properties"]}
    assert all(one["description"] for one in fields.values())
    assert client.get("/api").text.count("-F &#34;file=@$FILE&#34;") == 2


@pytest.mark.parametrize(
    ("path", "name"), [("voices", "kind"), ("claims", "stance"), ("claims", "reach"), ("export", "sheet")]
)
def test_a_word_that_no_list_has_finds_no_empty_list(client: TestClient, path: str, name: str) -> None:
    assert "expected one of" in got(client, path, 422, **{name: "organization"})["error"]


def test_claims_of_an_incident_are_asked_for_by_its_id_or_its_code(client: TestClient) -> None:
    assess = next(on_our_own(client, one) for one in shown(client) if one["verb"] == "assess")
    decided(client, assess)
    by_id, by_code = (got(client, "claims", incident=name) for name in (assess["about"], "I-0001"))
    assert by_id["total"] and by_code == by_id
    assert got(client, "claims", 422, incident="I-9999")["error"] == "incident: none goes by that id or code"


def test_a_filter_of_the_line_that_is_none_is_told(reader: TestClient) -> None:
    assert got(reader, "search", q="civilians harm:dead")["not_understood"] == ["harm:dead"]
    assert got(reader, "search", q="civilians harm:killed")["not_understood"] == []


def test_a_program_with_no_key_or_a_former_one_is_told_of_the_key(reader: TestClient) -> None:
    for path in ("case", "openapi.json"):
        stranger = TestClient(reader.app, headers={"Authorization": "Bearer of-a-former-run"})
        answer = stranger.get(f"/api/v1/{path}")
        assert answer.status_code == 401 and "Bearer KEY" in answer.json()["error"]
