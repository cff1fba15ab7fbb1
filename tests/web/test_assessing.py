"""What the team holds, decided on in two windows at once, and filled in wrongly: nothing is lost."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from lxml import html
from starlette.testclient import TestClient

from cenotaph.desk import Desk
from cenotaph.desk.incidents import find, incidents
from cenotaph.desk.one_incident import One
from tests.web.report.test_adding import fields
from tests.web.small import copy_of, make_small, windows


@pytest.fixture(scope="module")
def small_case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_small(tmp_path_factory.mktemp("desk") / "small")


@pytest.fixture
def desk(small_case: Path, tmp_path: Path) -> Desk:
    return copy_of(small_case, tmp_path / "small")


@pytest.fixture
def three(desk: Desk) -> list[TestClient]:
    """Browsers of three people, each of whom follows where a form leads."""
    return windows(desk, "Anna", "Boris", "Clara", follow=True)


def one(desk: Desk) -> One:
    row = next(
        each
        for line in incidents(desk).lines
        for each in (*line["below"], line)
        if each["kind"] == "incident" and each["claims"] > 1
    )
    found = find(desk, str(row["incident"]))
    assert found is not None
    return One(desk, found)


def filled(desk: Desk, **more: Any) -> dict[str, Any]:
    return {"harm": "killed", "count": "4-6", "stand": f"{one(desk).told()[0]} relied", "why": "read", **more}


def forms(page: Any, to: str) -> list[dict[str, str]]:
    return [fields(one) for one in html.fromstring(page.text).xpath(f"//form[contains(@action, '{to}')]")]


def form_of(page: Any, verb: str, to: str = "/sign") -> dict[str, str]:
    return next(one for one in forms(page, to) if one["verb"] == verb)


def merged(answer: Any) -> tuple[str, dict[str, str]]:
    (form,) = html.fromstring(answer.text).xpath("//main//form")
    return form.get("action"), fields(form)


# --- two windows ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("first", "second"), [("sign off", "withdraw"), ("withdraw", "sign off")])
def test_who_signs_or_withdraws_later_sees_what_the_other_did(
    three: list[TestClient], desk: Desk, first: str, second: str
) -> None:
    anna, boris, clara = three
    path = f"/incidents/{one(desk).id}"
    anna.post(f"{path}/assess", data=filled(desk))
    held = {client: client.get(path) for client in (boris, clara)}
    theirs, mine = form_of(held[boris], first), form_of(held[clara], second)
    assert boris.post(f"{path}/sign", data={**theirs, "why": "theirs first"}).status_code == 200
    late = clara.post(f"{path}/sign", data={**mine, "why": "mine later"})
    assert late.status_code == 409 and "Boris" in late.text and "theirs first" in late.text
    assert [each.verb for each in desk.case.decisions()] == ["assess", first]
    action, again = merged(late)
    assert again["why"] == "mine later" and again["assessment"] == mine["assessment"]
    assert clara.post(action, data=again).status_code == 200
    assert [each.verb for each in desk.case.decisions()] == ["assess", first, second]


def test_who_signs_what_was_assessed_anew_meanwhile_sees_it(three: list[TestClient], desk: Desk) -> None:
    anna, boris, _ = three
    path = f"/incidents/{one(desk).id}"
    anna.post(f"{path}/assess", data=filled(desk))
    mine = form_of(boris.get(path), "sign off")
    anna.post(f"{path}/assess", data=filled(desk, count="9", why="nine by the list"))
    late = boris.post(f"{path}/sign", data=mine)
    assert late.status_code == 409 and "nine by the list" in late.text
    assert [each.verb for each in desk.case.decisions()] == ["assess", "assess"]


def test_who_assesses_what_was_signed_off_meanwhile_sees_it(three: list[TestClient], desk: Desk) -> None:
    anna, boris, _ = three
    path = f"/incidents/{one(desk).id}"
    anna.post(f"{path}/assess", data=filled(desk))
    (mine,) = forms(anna.get(f"{path}/assess"), "/assess")
    boris.post(f"{path}/sign", data=form_of(boris.get(path), "sign off"))
    late = anna.post(f"{path}/assess", data={**mine, **filled(desk, count="8")})
    assert late.status_code == 409 and "Boris" in late.text


@pytest.mark.parametrize(("first", "second"), [("agree", "refuse"), ("refuse", "agree"), ("agree", "agree")])
def test_a_draft_that_somebody_answered_meanwhile_is_not_answered_again(
    three: list[TestClient], desk: Desk, first: str, second: str
) -> None:
    anna, boris, _ = three
    path = f"/incidents/{one(desk).id}"
    theirs, mine = (
        form_of(each.get(f"{path}/draft"), verb, "/draft") for each, verb in ((anna, first), (boris, second))
    )
    assert anna.post(f"{path}/draft", data={**theirs, "why": "theirs first"}).status_code == 200
    late = boris.post(f"{path}/draft", data={**mine, "why": "mine later"})
    assert late.status_code == 409 and "Anna" in late.text and "theirs first" in late.text
    assert len(desk.case.decisions()) == 1


def test_who_has_seen_the_newest_is_not_held_up(three: list[TestClient], desk: Desk) -> None:
    anna, boris, _ = three
    path = f"/incidents/{one(desk).id}"
    anna.post(f"{path}/assess", data=filled(desk))
    assert boris.post(f"{path}/sign", data=form_of(boris.get(path), "sign off")).status_code == 200
    assert boris.post(f"{path}/sign", data=form_of(boris.get(path), "withdraw")).status_code == 200
    assert [each.verb for each in desk.case.decisions()] == ["assess", "sign off", "withdraw"]


# --- filled in wrongly ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wrong", "line", "ours"),
    [({"count": "12-"}, "a number, a range or a floor", "رقم أو مدى"), ({"count": "+3"}, "a floor", "رقم أو مدى"),
     ({"count": "6-4"}, "smaller number", "الأصغر"), ({"count": ""}, "at least one row", "سطر واحد"),
     ({"count": "a dozen"}, "found 'a dozen'", "a dozen"), ({"why": " "}, "has a reason", "لكل قرار سبب"),
     ({"stand": ""}, "rests", "يستند"), ({"count": ["3", "4"]}, "same kind", "الناس أنفسهم"),
     ({"why": "seen\u202eby me"}, "direction", "تقلب اتجاه")],
)  # fmt: skip
def test_a_form_that_can_not_be_so_comes_back_as_it_was_with_one_line(
    three: list[TestClient], desk: Desk, wrong: dict[str, Any], line: str, ours: str
) -> None:
    anna = three[0]
    path = f"/incidents/{one(desk).id}/assess"
    for language, told in (("en", line), ("ar", ours)):
        anna.post("/you", data={"who": "Anna", "language": language, "theme": "auto"})
        answer = anna.post(path, data=filled(desk, level="documented", seen="", **wrong))
        page = html.fromstring(answer.text)
        said = [each.text_content() for each in page.xpath("//form//*[@role='alert']")]
        assert answer.status_code == 422 and len(said) == 1 and told in said[0]
        (back,) = forms(answer, "/assess")
        counts = page.xpath("//input[@name='count']/@value")
        given = wrong.get("count", "4-6")
        assert back["level"] == "documented" and counts[: len(given) if isinstance(given, list) else 1] == (
            given if isinstance(given, list) else [given]
        )
        assert bool(page.xpath("//input[@name='stand'][@checked]")) is ("stand" not in wrong)
        assert "\u202e" not in answer.text
    assert desk.case.decisions() == []


def test_arabic_digits_are_digits(three: list[TestClient], desk: Desk) -> None:
    assert three[0].post(f"/incidents/{one(desk).id}/assess", data=filled(desk, count="٤-٦")).status_code == 200
    assert desk.case.decisions()[0].details["cells"] == [{"low": 4, "high": 6}]


# --- what is offered, and what is filled in wrongly -------------------------------------------------------------------


def test_a_claim_that_is_relied_on_and_set_aside_is_told_in_words_and_both_ticks_stay(
    three: list[TestClient], desk: Desk
) -> None:
    top = one(desk)
    claim = top.told()[0]
    told = filled(desk, stand=[f"{claim} relied", f"{claim} set_aside"])
    answer = three[0].post(f"/incidents/{top.id}/assess", data=told)
    page = html.fromstring(answer.text)
    (line,) = page.xpath("//main//*[@role='alert']")
    assert answer.status_code == 422 and "relied on and set aside" in line.text_content()
    assert claim not in line.text_content()
    assert page.xpath("//input[@name='stand'][@checked]/@value") == told["stand"]
    assert desk.case.decisions() == []


def test_who_assessed_is_not_asked_to_sign_as_the_second_reader(three: list[TestClient], desk: Desk) -> None:
    anna, boris, _ = three
    top = one(desk)
    mine = anna.post(f"/incidents/{top.id}/assess", data=filled(desk))
    assert [form["verb"] for form in forms(mine, "/sign")] == ["withdraw"]
    assert [form["verb"] for form in forms(boris.get(f"/incidents/{top.id}"), "/sign")] == ["sign off", "withdraw"]


def test_where_no_word_is_proposed_nobody_is_said_to_propose_one(three: list[TestClient], desk: Desk) -> None:
    rows = [each for line in incidents(desk).lines for each in (*line["below"], line)]
    pages = [three[0].get(f"/incidents/{each['incident']}").text for each in rows]
    assert any("no word is proposed" in page for page in pages)
    assert all(("proposed by the program" in page) != ("no word is proposed" in page) for page in pages)
