"""What the API takes in and gives out: persons of lists, sheets, versions, the journal, the export of a whole case."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from cenotaph.case import Case
from cenotaph.desk import Desk
from tests.web.api.asking import HIDDEN, decided, got, sent

# --- persons ----------------------------------------------------------------------------------------------------------


def test_two_rows_become_one_person_without_the_whole_case(lists: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def whole(case: Case) -> Any:
        raise AssertionError("the whole case was loaded")

    monkeypatch.setattr(Case, "victims", whole)
    before = got(lists, "victims")
    (pair,) = got(lists, "pairs")["items"]
    assert {pair["one"]["id"], pair["other"]["id"]} <= {one["id"] for one in before["items"]}
    agree = {"verb": "agree", "problems": [pair["problem"]["id"]], "why": "one man"}
    (made,) = sent(lists, "answers", agree)["decisions"]
    assert set(made["decision"]["details"]["rows"]) == {pair["one"]["rows"][0], pair["other"]["rows"][0]}
    after = got(lists, "victims")
    assert after["total"] == before["total"] - 1 and got(lists, "pairs")["total"] == 0
    same = {"verb": "must-link", "about": pair["one"]["rows"][0], "details": {"with": "listed:0", "as": "same person"}}
    assert "no row 'listed:0'" in decided(lists, same, status=422)["error"]
    decided(lists, {"verb": "undo", "about": made["id"]})
    assert got(lists, "victims")["total"] == before["total"]


def test_persons_are_found_by_fate_row_and_name_and_no_child_is_named(lists: TestClient) -> None:
    assert "Nour" not in str(got(lists, "victims")) and got(lists, "victims", q="Nour")["total"] == 0
    (taken,) = got(lists, "victims", fate="detained")["items"]
    assert taken["protected"] and taken["name"] == HIDDEN
    assert got(lists, "victims", row=taken["rows"][0])["items"] == [taken] == [got(lists, f"victims/{taken['id']}")]
    assert "incident" in got(lists, "victims", 422, incident="I-0099")["error"]


# --- what came in -----------------------------------------------------------------------------------------------------

SHEET = "date,place,killed,source\n2025-03-08,Jableh,4,list A\n2025-03-09,Baniyas,6,list B\n"


def test_a_sheet_is_shown_first_and_then_taken_or_left(client: TestClient, desk: Desk) -> None:
    def keep() -> Any:
        answer = client.post("/api/v1/sheets", files={"file": ("list.csv", SHEET.encode(), "text/csv")})
        assert answer.status_code == 201, answer.text
        return answer.json()

    kept, before = keep(), len(desk.case.reports())
    assert not kept["ours"] and kept["sheets"][0]["claims"] == 2 and "killed" in kept["fields"]
    assert got(client, f"sheets/{kept['handle']}")["sheets"] == kept["sheets"]
    path = f"sheets/{kept['handle']}"
    less = sent(client, path, {"columns": {"killed": ""}}, 200)["sheet"]
    assert less["sheets"][0]["claims"] == 0
    sent(client, path, {"do": "take"}, 422)  # nobody answers for it
    sent(client, path, {"do": "burn"}, 422)
    sent(client, path, {"columns": {"no such heading": "killed"}}, 422)
    done = sent(client, path, {"do": "take", "owner": "Example Monitor"}, 200)
    assert [one["status"] for one in done["items"]] == ["new"] and len(desk.case.reports()) == before + 1
    got(client, path, 404)
    left = keep()
    assert sent(client, f"sheets/{left['handle']}", {"do": "leave"}, 200)["sheet"] is None
    sent(client, f"sheets/{left['handle']}", {"do": "leave"}, 404)


@pytest.mark.parametrize("name", ["note.txt", "", "list.csv.exe"])
def test_what_is_no_sheet_is_refused_where_sheets_go(reader: TestClient, name: str) -> None:
    answer = reader.post("/api/v1/sheets", files={"file": (name or " ", b"x", "text/plain")})
    assert answer.status_code == 422


def test_versions_tell_what_changed_and_custody_who_brought_it(client: TestClient) -> None:
    url = "https://example.org/toll"
    for figure in ("Nine", "Eleven"):
        text = f"{figure} people were killed in Latakia on 9 March 2025, the mayor said. It rained."
        sent(client, "reports", {"reports": [{"text": text, "url": url, "outlet": "Example Hour"}]})
    new = got(client, "search", q="Latakia")["items"][0]["report"]["id"]
    found = got(client, f"reports/{new}/versions")
    assert [one["kind"] for one in found["steps"][0]["changes"]] == ["changed"]
    assert [one["again"] for one in found["items"]] == [False, False]
    whole, custody = got(client, f"reports/{new}"), got(client, f"reports/{new}/custody")["items"]
    assert whole["newest"] == new == found["items"][-1]["report"]
    assert whole["custody"] == custody and custody[0]["how"] == "api"


def test_the_journal_tells_of_what_came_in_as_well(client: TestClient) -> None:
    came = got(client, "journal", kind="capture")
    assert came["total"] == 5 == len(came["items"]) and {one["decision"] for one in came["items"]} == {None}
    decided(client, {"verb": "protect", "about": "Rana Example"})
    everything = got(client, "journal", kind="all", most=3)
    assert everything["items"][0]["decision"]["verb"] == "protect" and everything["items"][1]["kind"] == "capture"
    assert got(client, "journal", until="2001-01-01")["total"] == 0
    assert got(client, "journal", since="2001-01-01")["total"] == 1


# --- the export -------------------------------------------------------------------------------------------------------


def left_behind() -> set[str]:
    return {one.name for one in Path(tempfile.gettempdir()).glob("cenotaph-export-*")}


def test_a_large_case_is_exported_by_a_process_of_its_own_and_leaves_nothing(
    reader: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    forms = [("claims", "json"), ("claims", "csv"), ("victims", "json")]
    here = [reader.get("/api/v1/export", params={"sheet": sheet, "form": form}) for sheet, form in forms]
    calls: list[Any] = []
    run = subprocess.run

    def counted(*given: Any, **known: Any) -> Any:
        calls.append(given)
        return run(*given, **known)

    monkeypatch.setattr("cenotaph.desk.SMALL", 0)
    monkeypatch.setattr(subprocess, "run", counted)
    monkeypatch.setattr(Case, "state", lambda case: pytest.fail("the server loaded the whole case"))
    beside = [reader.get("/api/v1/export", params={"sheet": sheet, "form": form}) for sheet, form in forms]
    assert [one.content for one in beside] == [one.content for one in here] and len(calls) == len(forms)
    assert [one.status_code for one in (*here, *beside)] == [200] * 6
    assert not left_behind()


def test_an_export_that_fails_or_finds_another_one_running_says_so(
    reader: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cenotaph.desk.SMALL", 0)
    monkeypatch.setattr(subprocess, "run", lambda *given, **known: subprocess.CompletedProcess(given, 9))
    assert "ended with 9" in got(reader, "export", 503)["error"]
    from cenotaph.desk import exporting

    with exporting._ONE_AT_A_TIME:
        assert "another export" in got(reader, "export", 503)["error"]
    assert not left_behind()
