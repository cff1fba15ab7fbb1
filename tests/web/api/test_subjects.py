"""What each operation of the API does, by subject: as the pages do it, masked as they are, and what it refuses."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from cenotaph.desk import Desk, people
from tests.web.api.asking import HIDDEN, decided, got, sent
from tests.web.small import copy_of, windows

SOHR = "Syrian Observatory for Human Rights"


# --- roots and voices -------------------------------------------------------------------------------------------------


def test_a_root_is_opened_by_its_name_or_its_address(reader: TestClient) -> None:
    line = next(one for one in got(reader, "roots", kind="named")["items"] if one["root"] == SOHR)
    whole = got(reader, f"roots/{line['address']}")
    assert whole["root"] == line and {one["root"] for one in whole["claims"]} == {SOHR}
    assert whole["series"][0]["toll"]["root"] == SOHR and len(whole["carriers"]) == line["outlets"] > 0
    assert not any(one["named"] for one in got(reader, "roots", kind="unnamed")["items"])
    assert {"error"} == set(got(reader, "roots/Nobody at all", 404)) == set(got(reader, "roots/~00", 404))


def test_a_root_that_is_hidden_is_found_by_its_address_alone(client: TestClient) -> None:
    decided(client, {"verb": "protect", "about": "Salim Example"})
    assert got(client, "roots/Salim Example", 404)
    every = [one for kind in ("named", "unnamed") for one in got(client, "roots", kind=kind)["items"]]
    hidden = [one for one in every if one["address"].startswith("~")]
    for one in hidden:
        assert got(client, f"roots/{one['address']}")["root"]["root"] == HIDDEN


def test_who_is_hidden_is_decided_on_by_an_address(client: TestClient, desk: Desk) -> None:
    row = next(one for one in people.voices(desk, unmasked=True).lines if "Observatory" not in one.canonical)
    address = f"~{row.handle}"
    decided(client, {"verb": "protect", "about": address, "details": {"also": ["Another Name"]}})
    assert desk.case.decisions()[-1].about == row.name
    (line,) = [one for one in got(client, "voices")["items"] if one["handle"] == row.handle]
    assert line["name"] == HIDDEN and got(client, "voices", q=row.name)["total"] == 0
    assert row.name not in str(got(client, "journal"))
    made = decided(client, {"verb": "protect", "about": address, "details": {"consent": ["publish"]}})
    assert made["decisions"][0]["decision"]["about"] == row.name  # since then it may be shown
    assert got(client, f"voices/{row.handle}")["voice"]["consent"] == ["publish"]
    decided(client, {"verb": "grade", "about": address, "details": {"source": "C"}})
    assert got(client, f"voices/{address}")["voice"]["grade"] == "C"
    unknown: tuple[tuple[str, dict[str, str]], ...] = (
        ("protect", {}), ("alias", {"canonical": "X"}), ("grade", {"source": "A"}),
    )  # fmt: skip
    for verb, details in unknown:
        assert "no voice" in decided(client, {"verb": verb, "about": "~00", "details": details}, status=422)["error"]
    relate = {"verb": "relate", "about": SOHR, "details": {"with": "~00", "independence": "shown"}}
    assert "no root" in decided(client, relate, status=422)["error"]


# --- search, places, days ---------------------------------------------------------------------------------------------


def test_a_search_as_csv_is_the_sheet_of_the_page(reader: TestClient) -> None:
    for asked in ("q=Baniyas", "harm=killed", "read=machine&status=civilian", "q=nothing+of+the+kind"):
        mine = reader.get(f"/api/v1/search?form=csv&kind=claims&{asked}")
        assert mine.headers["content-type"].startswith("text/csv")
        assert mine.text == reader.get(f"/search?view=csv&kind=claims&{asked}").text
        rows = list(csv.DictReader(io.StringIO(mine.text)))
        assert len(rows) == got(reader, f"search?kind=claims&{asked}")["total"]


def test_a_search_tells_what_words_were_looked_for_as(reader: TestClient) -> None:
    found = got(reader, "search", q="civilian")
    assert found["total"] and "civilians" in found["spelled"]["civilian"]
    assert got(reader, "search", q="civilian", read="twice")["total"] == 0


def test_places_days_and_the_map_count_the_same_claims(reader: TestClient) -> None:
    places = got(reader, "places", harm="killed")
    assert {one["place"]["name"] for one in places["items"]} >= {"Baniyas", "Jableh"}
    on_map = got(reader, "map", harm="killed")
    drawn = [one for some in (*on_map["points"], *on_map["areas"]) for one in some["places"]]
    assert sum(one["claims"] for one in drawn) + on_map["undrawn"] == sum(one["claims"] for one in places["items"])
    when = got(reader, "timeline", harm="killed")
    total = sum(sum(one["counts"]) for one in when["rows"]) + when["undated"]
    assert total == got(reader, "search", kind="claims", harm="killed")["total"]
    assert len(when["starts"]) == len(when["ends"]) == len(when["rows"][0]["counts"])
    assert "killed" in got(reader, "choices")["harms"] and SOHR in got(reader, "choices")["roots"]


@pytest.mark.parametrize("box", ["1", "a,b,c,d", "4,3,2,1", "nan,0,1,1", "-999,0,1,1", "0,-91,1,1"])
def test_what_is_no_box_is_refused(reader: TestClient, box: str) -> None:
    assert "box" in got(reader, "map", 422, box=box)["error"]


# --- requests ---------------------------------------------------------------------------------------------------------

ASKED = {"kind": "objection", "from": "family", "by": "Huda Placeholder", "asked": "he was no fighter, says Huda",
         "contact": "+963 5551 2345"}  # fmt: skip


def test_a_request_is_made_listed_and_answered_and_names_nobody(client: TestClient, desk: Desk) -> None:
    about = got(client, "incidents")["items"][0]["id"]
    made = decided(client, {"verb": "request", "about": about, "details": ASKED})
    told = [made, got(client, "requests"), got(client, "journal"), got(client, "glance"),
            got(client, f"journal/{made['decisions'][0]['id']}")]  # fmt: skip
    assert not any(word in str(told) for word in ("Huda", "5551"))
    (line,) = got(client, "requests")["items"]
    assert (line["about"], line["by"], line["contact"], line["kind"]) == (about, HIDDEN, HIDDEN, "objection")
    answer = {"verb": "answer a request", "about": line["id"], "seen": line["seen"],
              "details": {"decision": "partly", "answer": "It is looked into."}}  # fmt: skip
    decided(client, answer)
    late = decided(client, answer, status=409)
    assert late["since"][0]["decision"]["verb"] == "answer a request"
    found = got(client, "requests")
    assert (found["waiting"], found["items"][0]["answer"]) == (0, "It is looked into.")
    decided(client, {"verb": "undo", "about": line["id"]})
    assert got(client, "requests")["total"] == 0 and "Huda" not in str(got(client, "journal"))
    assert "5551" not in str(got(client, "journal"))


def test_who_asked_stays_hidden_from_whoever_decides_on_the_same_thing(client: TestClient) -> None:
    about = got(client, "incidents")["items"][0]["id"]
    decided(client, {"verb": "request", "about": about, "details": ASKED})
    late = decided(client, {"verb": "grade", "about": about, "details": {"word": "fair"}, "seen": ""}, status=409)
    assert late["since"] and not any(word in str(late) for word in ("Huda", "5551"))


@pytest.mark.parametrize(
    "wrong", [{"kind": "complaint"}, {"from": "friend"}, {"by": ""}, {"asked": 7}, {"contact": ["x"]}],
)  # fmt: skip
def test_a_request_that_lacks_something_is_refused(reader: TestClient, wrong: dict[str, Any]) -> None:
    decided(reader, {"verb": "request", "about": "the list", "details": {**ASKED, **wrong}}, status=422)


# --- cells ------------------------------------------------------------------------------------------------------------


def test_a_claim_is_corrected_by_the_cells_that_are_read_otherwise(client: TestClient, desk: Desk) -> None:
    line = next(one for one in got(client, "claims")["items"] if one["words"] == "15")
    cells = got(client, f"claims/{line['id']}/cells")
    assert cells["cells"]["base"] == "15" and "killed" in cells["codes"]["harm"]
    body = {"cells": {"base": "16", "comparator": "at least"}, "why": "the second edition", "seen": cells["seen"]}
    (made,) = sent(client, f"claims/{line['id']}/cells", body)["decisions"]
    new = made["decision"]["details"]["claim"]
    assert (new["quantity"]["base"], new["quantity"]["comparator"]) == (16, "at least")
    assert new["coder"]["name"] == "A Reader"
    assert new["place"] == got(client, f"claims/{new['id']}")["claim"]["place"] and new["place"]["name"] == "Baniyas"
    assert sent(client, f"claims/{new['id']}/cells", {**body, "cells": {"base": "17"}}, 409)["since"]


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({}, "nothing"), ({"base": "15"}, "nothing"), ({"base": "many"}, "cells.base"),
        ({"harm": "hurt"}, "cells.harm"),
        ({"number": "16"}, "cells.number: there is no such cell"), ({"voices:99:sort": "x"}, "no such cell"),
        ({"group": HIDDEN}, "cells.group"), ({"start_day": "soon"}, "cells.start_day"),
    ],
)  # fmt: skip
def test_cells_that_can_not_be_so_are_each_named(reader: TestClient, cells: dict[str, str], said: str) -> None:
    line = next(one for one in got(reader, "claims")["items"] if one["words"] == "15")
    told = sent(reader, f"claims/{line['id']}/cells", {"cells": cells, "why": "a test"}, 422)["error"]
    assert said in told or (said == "nothing" and told)


def test_a_correction_of_nothing_is_not_found(reader: TestClient) -> None:
    sent(reader, "claims/claim:0/cells", {"cells": {"base": "1"}, "why": "x"}, 404)
    sent(reader, "reports/report:0/claims", {"start": 0, "end": 5, "cells": {}, "why": "x"}, 404)
    got(reader, "reports/report:0/proposal", 404, start=0, end=4)


def test_a_claim_is_added_on_words_that_were_proposed_from(client: TestClient, desk: Desk) -> None:
    report = next(one for one in desk.case.reports() if "nine bodies" in one.text)
    found = got(client, f"reports/{report.id}/proposal", words="nine")
    assert (found["words"], found["cells"]["base"]) == ("nine", "9")
    body = {"start": found["start"], "end": found["end"], "why": "he saw them",
            "cells": {**found["cells"], "harm": "body recovered"}}  # fmt: skip
    (made,) = sent(client, f"reports/{report.id}/claims", body)["decisions"]
    claim = got(client, f"claims/{made['decision']['about']}")["claim"]
    assert (claim["harm"], claim["quantity"]["base"], claim["coder"]["kind"]) == ("body recovered", 9, "person")
    wrongs: tuple[dict[str, Any], ...] = (
        {"start": -1}, {"end": 10**7}, {"start": 9, "end": 9}, {"cells": {}}, {"why": " "},
    )  # fmt: skip
    for wrong in wrongs:
        sent(client, f"reports/{report.id}/claims", {**body, **wrong}, 422)
    assert got(client, f"reports/{report.id}/proposal", 422, words="ninety")["error"].startswith("words")


# --- links and answers ------------------------------------------------------------------------------------------------


def test_a_link_is_shown_before_it_is_taken_and_taken_back_as_one(client: TestClient, desk: Desk) -> None:
    one, other, *_ = got(client, "incidents", kind="incident")["items"]
    found = got(client, f"incidents/{one['id']}/link", into=other["id"])
    assert found["before"] and found["after"] and found["moving"] and len(desk.case.decisions()) == 0
    decided(client, *({**step, "why": "the same night"} for step in found["steps"]))
    assert got(client, "incidents", kind="incident")["total"] < 3
    home = got(client, "incidents", kind="incident")["items"][0]["id"]
    (link,) = got(client, f"incidents/{home}/candidates")["links"]
    decided(client, *({"verb": "undo", "about": step} for step in link["decisions"]))
    assert one["id"] in {each["id"] for each in got(client, "incidents", kind="incident")["items"]}


@pytest.mark.parametrize(
    "asked",
    [
        {}, {"into": "I-0099"}, {"do": "split"}, {"do": "split", "claims": "claim:0"}, {"do": "tie"}, {"do": "join"},
        {"do": "move", "into": "SELF", "claims": "claim:0"}, {"into": "SELF"}, {"verb": "accept"},
        {"as": "same person"},
        {"do": "tie", "claims": "claim:0", "other": "claim:1"},
    ],
)  # fmt: skip
def test_a_link_that_makes_no_sense_is_refused(reader: TestClient, asked: dict[str, str]) -> None:
    one = got(reader, "incidents", kind="incident")["items"][0]["id"]
    got(reader, f"incidents/{one}/link", 422, **{key: one if said == "SELF" else said for key, said in asked.items()})


def test_an_incident_tells_its_ladder_why_a_figure_and_whom_it_accuses(reader: TestClient) -> None:
    one = got(reader, "incidents", place="Baniyas")["items"][0]
    whole = got(reader, f"incidents/{one['id']}")
    ladders = got(reader, f"incidents/{one['id']}/ladder")
    rungs = [rung for each in ladders["ladders"] for rung in each["rungs"]]
    assert rungs and {rung["toll"] for rung in rungs} <= {each["id"] for each in whole["tolls"]}
    early = got(reader, f"incidents/{one['id']}/ladder", as_of="2025-03-08")
    assert early["day"] == "2025-03-08" and early["later"] > 0
    told = got(reader, f"incidents/{one['id']}/why/{whole['tolls'][0]['id']}")
    assert told["quotes"] and told["sentence"]
    assert "items" in got(reader, f"incidents/{one['id']}/accused")
    got(reader, f"incidents/{one['id']}/ladder", 422, as_of="soon")
    got(reader, f"incidents/{one['id']}/why/toll:0", 404)
    assert got(reader, "incidents", read="read")["total"] == 0 < got(reader, "incidents", read="unread")["total"]
    assert got(reader, "incidents", harm="displaced")["total"] == 0


def test_problems_and_drafts_are_answered_many_at_once_or_not_at_all(example_case: Path, tmp_path: Path) -> None:
    (client,) = windows(copy_of(example_case, tmp_path / "coast"), "A Reader")
    some = [one["id"] for one in got(client, "problems")["items"]][:2]
    bad = {"verb": "settle", "problems": [*some, "problem:0"], "why": "it may stand"}
    sent(client, "answers", bad, 422)
    assert {one["id"] for one in got(client, "problems")["items"]} >= set(some)
    sent(client, "answers", {**bad, "problems": some})
    assert not {one["id"] for one in got(client, "problems")["items"]} & set(some)
    incident = next(
        one["id"] for one in got(client, "incidents", kind="incident")["items"]
        if got(client, f"incidents/{one['id']}")["drafts"]
    )  # fmt: skip
    draft = got(client, f"incidents/{incident}")["drafts"][0]["id"]
    on_draft = {"verb": "agree", "problems": [draft], "why": "as I read it", "incident": incident}
    sent(client, "answers", {**on_draft, "verb": "settle"}, 422)
    sent(client, "answers", {**on_draft, "incident": "I-0099"}, 404)
    sent(client, "answers", on_draft)
    assert got(client, f"incidents/{incident}")["assessments"]
    assert "no draft" in sent(client, "answers", on_draft, 422)["error"]


@pytest.mark.parametrize("wrong", [{"problems": []}, {"why": " "}, {"verb": "perhaps"}, {"problems": ["problem:0"]}])
def test_an_answer_to_nothing_or_without_a_reason_is_refused(lists: TestClient, wrong: dict[str, Any]) -> None:
    one = got(lists, "problems")["items"][0]["id"]
    sent(lists, "answers", {"verb": "settle", "problems": [one], "why": "x", **wrong}, 422)
