"""Two people at one desk at once: neither overwrites the other, and nothing that was filled in is lost."""

from __future__ import annotations

import json
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from lxml import html
from starlette.testclient import TestClient

from cenotaph.desk import Desk
from cenotaph.plain import dump
from cenotaph.vocabulary import Claim
from cenotaph.web.deciding import newest
from tests.web.small import copy_of, make_small
from tests.web.small import windows as opened


@pytest.fixture(scope="module")
def small_case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_small(tmp_path_factory.mktemp("desk") / "small")


@pytest.fixture
def desk(small_case: Path, tmp_path: Path) -> Desk:
    return copy_of(small_case, tmp_path / "small")


@pytest.fixture
def windows(desk: Desk) -> tuple[TestClient, TestClient]:
    """Two browsers at the desk of one case, each of another person."""
    anna, boris = opened(desk, "Anna", "Boris")
    return anna, boris


def first_claim(desk: Desk) -> Claim:
    return next(one for one in desk.case.claims() if one.quantity.base and one.place)


def form_of(page: str) -> tuple[str, dict[str, str]]:
    """Where the form of the merge view goes, and what it holds."""
    (form,) = html.fromstring(page).xpath("//main//form")
    return form.get("action"), {one.get("name"): one.get("value") or "" for one in form.xpath(".//input")}


def correction(claim: Claim, base: int) -> dict[str, str]:
    """A form that corrects the figure of a claim, as the small forms of pages do."""
    made = replace(claim, quantity=replace(claim.quantity, base=base))
    return {"verb": "correct", "about": claim.id, "claim:json": json.dumps(dump(made), ensure_ascii=False)}


def decide(client: TestClient, form: Mapping[str, str], why: str, seen: str = "") -> Any:
    return client.post("/decide", data={**form, "why": why, "seen": seen, "back": "/inbox"})


def test_the_later_of_two_sees_both_sides_and_can_take_theirs_after_the_other(
    windows: tuple[TestClient, TestClient], desk: Desk
) -> None:
    anna, boris = windows
    claim = first_claim(desk)
    assert decide(anna, correction(claim, 111), "the list says 111").status_code == 303
    late = decide(boris, correction(claim, 222), "the photograph shows 222")
    assert late.status_code == 409
    assert [one.details["claim"]["quantity"]["base"] for one in desk.case.decisions()] == [111]
    page = html.fromstring(late.text)
    row = [cell.text_content() for cell in page.xpath("//table[@class='sides']//tr")[1].xpath("td")]
    assert [number in cell for number, cell in zip(("", "111", "222"), row, strict=True)] == [True] * 3
    assert "the list says 111" in late.text and "the photograph shows 222" in late.text and "Anna" in late.text
    action, filled = form_of(late.text)
    assert boris.post(action, data=filled).status_code == 303
    made = [(one.who, one.why, one.details["claim"]["quantity"]["base"]) for one in desk.case.decisions()]
    assert made == [("Anna", "the list says 111", 111), ("Boris", "the photograph shows 222", 222)]
    assert {one.id: one for one in desk.case.claims()}[claim.id].quantity.base == 222
    assert desk.case.verify() == []


def test_what_the_other_rejected_is_taken_back_before_it_is_corrected(
    windows: tuple[TestClient, TestClient], desk: Desk
) -> None:
    anna, boris = windows
    claim = first_claim(desk)
    assert decide(anna, {"verb": "reject", "about": claim.id}, "no figure").status_code == 303
    late = decide(boris, correction(claim, 7), "seven by the list")
    assert late.status_code == 409
    action, filled = form_of(late.text)
    assert action.startswith("/decide/over?to=%2Fdecide&undo=decision")
    again = boris.post(action, data=filled)
    assert again.status_code == 307
    assert boris.post(again.headers["location"], data=filled).status_code == 303
    assert [(one.who, one.verb) for one in desk.case.decisions()] == [
        ("Anna", "reject"), ("Boris", "undo"), ("Boris", "correct"),
    ]  # fmt: skip
    assert {one.id: one for one in desk.case.claims()}[claim.id].quantity.base == 7


def test_a_third_who_came_between_shows_again(windows: tuple[TestClient, TestClient], desk: Desk) -> None:
    anna, boris = windows
    claim = first_claim(desk)
    decide(anna, correction(claim, 1), "first")
    action, filled = form_of(decide(boris, correction(claim, 2), "second").text)
    decide(anna, correction(claim, 3), "third", newest(desk, claim.id))
    late = boris.post(action, data=filled)
    assert late.status_code == 409 and "third" in late.text and "first" not in late.text
    action, filled = form_of(late.text)
    assert boris.post(action, data=filled).status_code == 303
    assert [one.why for one in desk.case.decisions()] == ["first", "third", "second"]


def test_whoever_has_seen_the_newest_decision_is_not_held_up(
    windows: tuple[TestClient, TestClient], desk: Desk
) -> None:
    anna, boris = windows
    claim = first_claim(desk)
    decide(anna, correction(claim, 1), "first")
    assert decide(boris, {"verb": "accept", "about": claim.id}, "right", newest(desk, claim.id)).status_code == 303


VERBS: tuple[tuple[str, dict[str, str]], ...] = (
    ("accept", {}), ("reject", {}), ("must-link", {"with": "OTHER", "as": "one series"}),
    ("cannot-link", {"with": "OTHER"}), ("withdraw", {}),
)  # fmt: skip


@pytest.mark.parametrize(("verb", "details"), VERBS)
def test_any_verb_on_a_claim_that_moved_gives_both_sides(
    windows: tuple[TestClient, TestClient], desk: Desk, verb: str, details: dict[str, str]
) -> None:
    anna, boris = windows
    claim = first_claim(desk)
    other = next(one for one in desk.case.claims() if one.id != claim.id)
    decide(anna, correction(claim, 5), "theirs")
    form = {
        "verb": verb,
        "about": claim.id,
        **{key: value.replace("OTHER", other.id) for key, value in details.items()},
    }
    late = decide(boris, form, "mine")
    assert late.status_code == 409 and "theirs" in late.text
    action, filled = form_of(late.text)
    assert filled["why"] == "mine" and {**filled, "seen": ""}.items() >= {**form, "seen": ""}.items()
    assert boris.post(action, data=filled).status_code == 303
    assert [one.verb for one in desk.case.decisions()] == ["correct", verb]


def test_a_program_gets_both_sides_as_json(windows: tuple[TestClient, TestClient], desk: Desk) -> None:
    anna, boris = windows
    claim = first_claim(desk)
    decide(anna, {"verb": "reject", "about": claim.id}, "no figure")
    mine = {"verb": "accept", "about": claim.id, "why": "plain words", "seen": ""}
    late = boris.post("/api/v1/decisions", json={"decisions": [mine]})
    told = late.json()
    assert late.status_code == 409
    assert (told["since"][0]["decision"]["verb"], told["yours"][0]["verb"]) == ("reject", "accept")
    assert told["seen"] == {claim.id: desk.case.decisions()[0].id}
    undo = {"verb": "undo", "about": told["since"][0]["id"], "why": "it is one"}
    both = {"decisions": [undo, {**mine, "seen": told["seen"][claim.id]}]}
    assert boris.post("/api/v1/decisions", json=both).status_code == 201
    assert claim.id in {one.id for one in desk.case.claims()}


def test_a_part_of_a_page_gets_the_merge_view_as_a_part(windows: tuple[TestClient, TestClient], desk: Desk) -> None:
    anna, boris = windows
    claim = first_claim(desk)
    decide(anna, {"verb": "accept", "about": claim.id}, "right")
    form = {"verb": "reject", "about": claim.id, "why": "wrong", "seen": ""}
    late = boris.post("/decide", data=form, headers={"hx-request": "true"})
    assert late.status_code == 409 and "<html" not in late.text and "<form" in late.text


def test_of_two_at_the_same_instant_one_is_written_and_one_sees_it(
    windows: tuple[TestClient, TestClient], desk: Desk
) -> None:
    claims = [one for one in desk.case.claims() if one.quantity.base][:4]
    for claim in claims:
        start = Barrier(2)

        def at_once(client: TestClient, base: int, claim: Claim = claim, start: Barrier = start) -> Any:
            form = correction(claim, base)
            start.wait()
            return decide(client, form, f"it is {base}")

        with ThreadPoolExecutor(2) as pool:
            answers = list(pool.map(at_once, windows, (1001, 1002)))
        assert sorted(one.status_code for one in answers) == [303, 409]
        late = next(at for at, one in enumerate(answers) if one.status_code == 409)
        action, filled = form_of(answers[late].text)
        assert windows[late].post(action, data=filled).status_code == 303
        mine = [one for one in desk.case.decisions() if one.about == claim.id]
        assert {one.why for one in mine} == {"it is 1001", "it is 1002"}
        held = {one.id: one for one in desk.case.claims()}[claim.id]
        assert held.quantity.base == (1001, 1002)[late]
    assert desk.case.verify() == []


def test_the_merge_view_masks_whom_pages_mask(windows: tuple[TestClient, TestClient], desk: Desk) -> None:
    anna, boris = windows
    claim = first_claim(desk)
    decide(anna, {"verb": "protect", "about": "Salim Example"}, "a witness")
    decide(anna, {"verb": "reject", "about": claim.id}, "Salim Example told us otherwise")
    late = decide(boris, {"verb": "accept", "about": claim.id}, "plain words")
    assert late.status_code == 409
    assert "Salim Example" not in late.text and "[protected] told us otherwise" in late.text
