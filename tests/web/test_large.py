"""A case too large to be built while a person waits is built beside the server; what was decided shows at once."""

from __future__ import annotations

import time

import pytest
from starlette.testclient import TestClient

import cenotaph.desk
from cenotaph.desk import Desk
from cenotaph.desk.inbox import inbox
from tests.web.conftest import entered


@pytest.fixture
def large(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """The example, taken for a large case."""
    monkeypatch.setattr(cenotaph.desk, "SMALL", 10)
    return desk


def _built(client: TestClient) -> None:
    """Waits for the build beside, which every page looks after."""
    for _ in range(600):
        if not client.app.state.worker.working:  # type: ignore[attr-defined]
            return
        time.sleep(0.1)
    raise AssertionError("the build beside did not end")


def test_a_report_is_what_was_said_of_it_at_once_and_its_claims_go_with_the_next_build(large: Desk) -> None:
    report = large.case.claims()[0].report
    before = len(large.case.tolls())
    with entered(large) as client:
        answer = client.post("/inbox/triage", data={"report": report, "as": "out of scope", "why": "another country"})
        assert answer.status_code == 200 and inbox(large, "out of scope").total == 1
        assert "being worked out" in answer.text
        _built(client)
        assert "being worked out" not in client.get("/inbox").text
    assert len(large.case.tolls()) != before


def test_a_rejected_figure_leaves_its_toll_at_once_and_the_page_says_that_the_rest_follows(
    large: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    claim = large.case.claims()[0]
    with entered(large) as client:
        monkeypatch.setattr(client.app.state.worker, "_start", lambda: None)  # type: ignore[attr-defined]
        answer = client.post(
            "/decide", data={"verb": "reject", "about": claim.id, "why": "no figure", "back": "/inbox"}
        )
        assert "worked out at the next build of the whole case" in answer.text
        assert claim.id not in {one for toll in large.case.tolls() for one in toll.claims}
        client.post("/you", data={"who": "A Reader", "language": "ar"})
        assert "عند إعادة بناء القضية كلها" in client.get("/inbox").text
        why = large.case.state()
        assert claim.id not in why.claims and claim.id not in {
            one for toll in why.tolls.values() for one in toll.claims
        }


def test_what_is_only_read_needs_no_build_at_all(large: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    claim = large.case.claims()[0]

    def never() -> None:
        raise AssertionError("a build was begun")

    with entered(large) as client:
        monkeypatch.setattr(client.app.state.worker, "_start", never)  # type: ignore[attr-defined]
        answer = client.post("/decide", data={"verb": "accept", "about": claim.id, "why": "read", "back": "/inbox"})
        assert answer.status_code == 200 and 'role="status"' not in answer.text
    tolls = [toll for toll in large.case.tolls() if claim.id in toll.claims]
    assert any(toll.read > 0 for toll in tolls)


def test_what_speaks_of_the_whole_case_waits_and_says_so(large: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    before = large.case.tolls()
    with entered(large) as client:
        monkeypatch.setattr(client.app.state.worker, "_start", lambda: None)  # type: ignore[attr-defined]
        report = large.case.claims()[0].report
        answer = client.post("/inbox/triage", data={"report": report, "as": "out of scope", "why": "another country"})
        assert "It speaks of the whole case" in answer.text
    assert large.case.tolls() == before


def test_what_is_decided_while_a_build_runs_is_built_by_the_next(large: Desk) -> None:
    first, second = large.case.claims()[:2]
    with entered(large) as client:
        for one in (first, second):
            answer = client.post("/decide", data={"verb": "reject", "about": one.id, "why": "no figure", "back": "/"})
            assert answer.status_code == 200
        _built(client)
    held = {claim for toll in large.case.tolls() for claim in toll.claims}
    assert not {first.id, second.id} & held


def test_a_build_that_fails_is_told_on_every_page_and_the_decision_stands(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    claim = desk.case.claims()[0]

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("no room left")

    with entered(desk) as client:
        monkeypatch.setattr(desk.case, "build", broken)
        answer = client.post("/decide", data={"verb": "accept", "about": claim.id, "why": "read", "back": "/inbox"})
        assert answer.status_code == 200 and "no room left" in answer.text and "is in the journal" in answer.text
        monkeypatch.undo()
        assert [one.about for one in desk.case.decisions()] == [claim.id]
        again = client.post(
            "/decide", data={"verb": "undo", "about": desk.case.decisions()[0].id, "why": "x", "back": "/"}
        )
        assert "no room left" not in again.text
