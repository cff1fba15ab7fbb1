"""The page of problems: first that on which most hangs, and what people answer."""

from __future__ import annotations

import datetime as dt
import re

import pytest
import sqlalchemy as sa
from starlette.testclient import TestClient

from cenotaph.case import cache
from cenotaph.desk import Desk, tables
from cenotaph.desk.problems import answers, around, following, one, problems
from cenotaph.vocabulary import Problem, Proposed
from tests.web.conftest import entered
from tests.web.report.test_adding import fields, form_at, wrong_in


def ids(desk: Desk) -> list[str]:
    return [line.id for line in problems(desk).lines]


def propose(desk: Desk, proposed: Proposed, claim: str) -> str:
    """A problem that proposes something, as linking leaves them."""
    found = Problem("proposal", "two claims may be one", claims=(claim,), proposes=proposed)
    row = {
        "problem": found.id, "group": "no group", "report": "", "kind": found.kind, "stake": 9999, "claims": 1,
        "proposes": proposed.verb, "data": cache.packed(found),
    }  # fmt: skip
    with desk.case.engine.begin() as connection:
        connection.execute(sa.insert(tables.problems), row)
    return found.id


def two_claims(desk: Desk) -> tuple[str, str]:
    first, second = desk.rows(sa.select(tables.claims.c.claim).order_by(tables.claims.c.claim).limit(2), scalars=True)
    return first, second


def test_the_problems_stand_in_the_order_of_what_hangs_on_them(reader: TestClient, looking: Desk) -> None:
    found = problems(looking)
    stakes = [line.stake for line in found.lines]
    assert stakes == sorted(stakes, reverse=True) and stakes[0] > 0
    page = reader.get("/problems").text
    places = [page.index(f'id="{line.id.replace(":", "-")}"') for line in found.lines]
    assert places == sorted(places)


def test_each_kind_is_a_tab_with_its_count(reader: TestClient, looking: Desk) -> None:
    kinds = problems(looking).kinds
    page = reader.get("/problems").text
    assert all(f"?kind={kind.replace(' ', '%20')}" in page for kind in kinds)
    kind = next(iter(kinds))
    assert {line.kind for line in problems(looking, kind).lines} == {kind}
    assert problems(looking, kind).total == kinds[kind]


def test_a_problem_shows_its_words_in_the_report(reader: TestClient, looking: Desk) -> None:
    line = next(line for line in problems(looking, unmasked=True).lines if line.report and line.quote)
    _, quote, _ = around(looking, line, unmasked=True)
    assert quote == line.quote
    assert "<mark>" in reader.get(f"/problems/{line.id}").text


def test_settling_one_leads_to_the_next(client: TestClient, desk: Desk) -> None:
    first, second, *_ = ids(desk)
    data = {"settle": first, "why": "both are right", f"seen:{first}": ""}
    answer = client.post("/problems/answer", data=data, follow_redirects=False)
    assert answer.headers["location"] == f"/problems#{second.replace(':', '-')}"
    assert ids(desk)[0] == second
    assert [(each.verb, each.about, each.why) for each in desk.case.decisions()] == [
        ("settle", first, "both are right")
    ]


def test_what_is_settled_comes_back_when_that_is_undone(client: TestClient, desk: Desk) -> None:
    before = ids(desk)
    grouped = [line.id for line in problems(desk).lines if line.stake][:2]
    client.post("/problems/answer", data={"all": "settle", "problem": grouped, "why": "looked at"})
    assert ids(desk) == [each for each in before if each not in grouped]
    for each in desk.case.decisions():
        client.post("/journal/undo", data={"decision": each.id, "why": "too early", "seen": ""})
    assert ids(desk) == before and problems(desk).total == len(before)


def test_those_that_are_marked_are_settled_together(client: TestClient, desk: Desk) -> None:
    some = ids(desk)[:3]
    client.post("/problems/answer", data={"all": "settle", "problem": some, "why": "looked at"})
    assert not set(some) & set(ids(desk))
    assert [each.about for each in desk.case.decisions()] == some


def test_agreeing_takes_what_is_proposed(client: TestClient, desk: Desk) -> None:
    first, second = two_claims(desk)
    key = propose(desk, Proposed("must-link", first, details={"with": second, "as": "incident"}), first)
    assert "Agree" in client.get("/problems?kind=proposals").text
    client.post("/problems/answer", data={"agree": key, "why": "one event", f"seen:{key}": ""})
    (made,) = desk.case.decisions()
    assert (made.verb, made.about, made.details["with"]) == ("must-link", first, second)


def test_refusing_keeps_two_claims_apart(client: TestClient, desk: Desk) -> None:
    first, second = two_claims(desk)
    key = propose(desk, Proposed("must-link", first, details={"with": second, "as": "incident"}), first)
    client.post("/problems/answer", data={"refuse": key, "why": "two events"})
    assert [each.verb for each in desk.case.decisions()] == ["cannot-link"]


@pytest.mark.parametrize(
    "data",
    [
        {"why": "x"}, {"all": "settle", "why": "x"}, {"settle": "problem:0000", "why": "x"}, {"settle": "", "why": ""},
        {"dance": "problem:0000", "why": "x"},
    ],
)  # fmt: skip
def test_an_answer_needs_a_problem_that_is_open(client: TestClient, desk: Desk, data: dict[str, str]) -> None:
    assert client.post("/problems/answer", data=data).status_code == 422
    assert desk.case.decisions() == []


def test_an_answer_needs_a_reason_and_agreeing_needs_a_proposal(client: TestClient, desk: Desk) -> None:
    first = next(line.id for line in problems(desk).lines if not line.proposes)
    assert client.post("/problems/answer", data={"settle": first, "why": "  "}).status_code == 422
    assert client.post("/problems/answer", data={"agree": first, "why": "yes"}).status_code == 422
    assert desk.case.decisions() == []


def test_two_windows_that_decide_on_one_claim_do_not_overwrite_each_other(desk: Desk) -> None:
    first, second = two_claims(desk)
    key = propose(desk, Proposed("must-link", first, details={"with": second, "as": "incident"}), first)
    with entered(desk) as one_window, entered(desk) as other:
        page = other.get(f"/problems/{key}").text
        (seen,) = re.findall(rf'name="seen:{key}" value="([^"]*)"', page)
        report = next(claim.report for claim in desk.case.claims() if claim.id == first)
        one_window.post(f"/report/{report}/decide", data={"verb": "accept", "claim": first, "why": "read", "seen": ""})
        assert [each.verb for each in desk.case.decisions()] == ["accept"]
        propose(desk, Proposed("must-link", first, details={"with": second, "as": "incident"}), first)
        answer = other.post("/problems/answer", data={"agree": key, "why": "one event", f"seen:{key}": seen})
        assert answer.status_code == 409
        assert [each.verb for each in desk.case.decisions()] == ["accept"]


def test_a_problem_that_somebody_settled_meanwhile_is_told_so(desk: Desk) -> None:
    first = ids(desk)[0]
    data = {"settle": first, "why": "looked at", f"seen:{first}": ""}
    with entered(desk) as one_window, entered(desk) as other:
        assert one_window.post("/problems/answer", data=data).status_code == 200
        assert other.post("/problems/answer", data=data).status_code in (409, 422)
    assert len(desk.case.decisions()) == 1


def test_what_is_not_there_is_not_found(reader: TestClient) -> None:
    assert reader.get("/problems/problem:0000").status_code == 404
    assert reader.get("/problems/%3Cscript%3E").status_code == 404
    assert "Nothing is open here" in reader.get("/problems?kind=nonsense").text
    assert reader.get("/problems?from=900").status_code == 200
    assert reader.get("/problems?from=-4").status_code == 200


def test_after_the_last_one_comes_the_one_before(looking: Desk) -> None:
    all_ids = ids(looking)
    assert following(looking, [all_ids[-1]]) == all_ids[-2]
    assert following(looking, all_ids) == "" and following(looking, ["problem:0000"]) == ""


def test_a_protected_name_is_masked_in_a_problem_and_around_it(desk: Desk, client: TestClient) -> None:
    line = next(line for line in problems(desk).lines if "Rami" in line.what)
    client.post("/decide", data={"verb": "protect", "about": "Rami Abdel Rahman", "why": "asked for it"})
    shown = one(desk, line.id)
    assert shown is None or "Rami" not in f"{shown.what} {shown.quote} {around(desk, shown)}"
    assert "Rami" not in client.get("/problems").text


def test_the_newest_decision_is_the_one_that_case_knows(desk: Desk, client: TestClient) -> None:
    first = ids(desk)[0]
    client.post("/problems/answer", data={"settle": first, "why": "looked at"})
    (made,) = desk.case.decisions()
    assert desk.history.newest(first) == made.id


def test_answers_are_known_words(looking: Desk) -> None:
    with pytest.raises(Exception, match="agree, refuse, settle"):
        answers(looking, ids(looking)[:1], "shrug", "A Reader", dt.datetime.now(dt.UTC), "why")


def test_after_the_end_of_the_list_stands_its_last_page(reader: TestClient, looking: Desk) -> None:
    """Who settles all of the last page comes back to an address that holds nothing any more."""
    assert reader.get("/problems?from=50").text.count('name="problem"') == problems(looking).total > 0


def unread(desk: Desk) -> Problem:
    """A problem that asks for a claim on a sentence."""
    table = tables.problems.c
    query = sa.select(table.data).where(table.kind == "harm without a claim").order_by(table.problem)
    return cache.unpacked(Problem, desk.rows(query, scalars=True)[0])


def add_on(client: TestClient, report: str, start: int, end: int) -> None:
    """A claim of two injured, on these places of a text."""
    form = fields(form_at(client.get(f"/report/{report}/add?start={start}&end={end}")))
    given = {**form, "comparator": "exact", "base": "2", "upper": "", "harm": "injured", "group": "", "unit": ""}
    kept = client.post(f"/report/{report}/add", data={**given, "why": "the sentence says so"}, follow_redirects=False)
    assert kept.status_code == 303, wrong_in(kept)


def test_a_claim_added_on_an_unread_sentence_answers_the_problem_that_asked_for_it(
    client: TestClient, desk: Desk
) -> None:
    asked = unread(desk)
    first = len(asked.quote.split()[0])
    add_on(client, asked.report, asked.start, asked.start + first)
    made, settled = desk.case.decisions()
    assert (made.verb, settled.verb, settled.about) == ("add", "settle", asked.id)
    assert settled.who == made.who and "a claim was added" in settled.why
    assert asked.quote not in client.get("/problems?kind=harm+without+a+claim").text
    client.post("/decide", data={"verb": "undo", "about": settled.id, "why": "it says more", "back": "/problems"})
    assert unread(desk).id == asked.id


def test_a_claim_added_elsewhere_in_the_report_leaves_the_problem_open(client: TestClient, desk: Desk) -> None:
    asked = unread(desk)
    text = desk.part(reports=[asked.report]).reports()[0].text
    start, end = (0, text.index(" ")) if asked.start > 20 else (asked.end + 1, text.index(" ", asked.end + 1))
    add_on(client, asked.report, start, end)
    assert [one.verb for one in desk.case.decisions()] == ["add"]
    assert unread(desk).id == asked.id
