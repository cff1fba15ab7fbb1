"""The one route by which small forms decide: what it writes, and what it refuses."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from cenotaph.desk import Desk
from tests.web.small import copy_of, make_small, windows


@pytest.fixture(scope="module")
def small_case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_small(tmp_path_factory.mktemp("desk") / "small")


@pytest.fixture
def desk(small_case: Path, tmp_path: Path) -> Desk:
    return copy_of(small_case, tmp_path / "small")


@pytest.fixture
def client(desk: Desk) -> TestClient:
    return windows(desk, "A Reader", follow=True)[0]


def test_a_form_becomes_a_decision_with_its_details(client: TestClient, desk: Desk) -> None:
    form = {
        "verb": "protect", "about": "Salim Example", "why": "a witness", "also[]": ["S. Example", ""],
        "back": "/inbox?state=new",
    }  # fmt: skip
    answer = client.post("/decide", data=form, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/inbox?state=new")
    (made,) = desk.case.decisions()
    assert (made.who, made.verb, made.about, made.details["also"]) == (
        "A Reader", "protect", "Salim Example", ["S. Example"],
    )  # fmt: skip


def test_what_was_decided_counts_on_the_next_page(client: TestClient, desk: Desk) -> None:
    claim = desk.case.claims()[0]
    client.post("/decide", data={"verb": "reject", "about": claim.id, "why": "no figure of the dead", "seen": ""})
    assert claim.id not in {one.id for one in desk.case.claims()}


@pytest.mark.parametrize(
    "form",
    [
        {}, {"verb": "accept"}, {"about": "claim:0000"}, {"verb": "accept", "about": "CLAIM", "why": "  "},
        {"verb": "accept", "about": "claim:0000000000000000", "why": "x"},
        {"verb": "protect", "about": "N" * 301, "why": "x"}, {"verb": "protect", "about": "A B", "why": "x" * 20_001},
        {"verb": "protect", "about": "A B", "why": "x", "also[]": "N" * 301},
        {"verb": "bless", "about": "CLAIM", "why": "x"},
        {"verb": "correct", "about": "CLAIM", "why": "x"},
        {"verb": "correct", "about": "CLAIM", "why": "x", "claim:json": "{"},
        {"verb": "correct", "about": "CLAIM", "why": "x", "claim:json": "[" * 100_000},
        {"verb": "undo", "about": "decision:0000000000000000", "why": "x"},
        {"verb": "triage", "about": "report:0000000000000000", "why": "x", "as": "read"},
    ],
)  # fmt: skip
def test_what_can_not_stand_is_refused_in_one_line(client: TestClient, desk: Desk, form: dict[str, str]) -> None:
    claim = desk.case.claims()[0].id
    answer = client.post("/decide", data={key: value.replace("CLAIM", claim) for key, value in form.items()})
    assert answer.status_code == 422 and 'class="error"' in answer.text
    assert desk.case.decisions() == []


def test_the_way_back_never_leads_elsewhere(client: TestClient, desk: Desk) -> None:
    claim = desk.case.claims()[0].id
    for at, back in enumerate(
        ("https://example.org/", "//example.org", "/\\example.org", "\\\\example.org", "/\t/x.org")
    ):
        form = {"verb": "accept", "about": claim, "why": f"plain words {at}", "back": back}
        answer = client.post("/decide", data=form, follow_redirects=False)
        assert answer.headers["location"] == "/", back


@pytest.mark.parametrize("query", ["", "to=/decide", "undo=decision:0000000000000000&to=/decide"])
def test_taking_after_the_other_needs_a_place_and_a_decision_that_is_there(client: TestClient, query: str) -> None:
    assert client.post(f"/decide/over?{query}", data={"why": "x"}).status_code == 422
