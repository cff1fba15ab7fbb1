"""What is dropped on the inbox: files and text come in at once, sheets are shown first."""

from __future__ import annotations

import io
import zipfile
from urllib.parse import unquote

import pytest
from lxml import html
from starlette.testclient import TestClient

from cenotaph.desk import Desk
from cenotaph.desk.inbox import inbox
from cenotaph.desk.incoming import safe_name

TEXT = "Seven people were killed in the village of Example on Friday, the Example Monitor said."
SHEET = "date,place,killed,source\n2025-03-08,Jableh,4,list A\n2025-03-09,Baniyas,6,list B\n"


def test_pasted_text_and_files_come_in_and_are_read(client: TestClient, desk: Desk) -> None:
    answer = client.post(
        "/inbox/add", data={"text": TEXT, "outlet": "Example Wire", "published": "2025-03-08"},
        files=[("file", ("note.txt", b"Nine people were injured, a hospital said.", "text/plain"))],
    )  # fmt: skip
    assert "2 new reports" in answer.text
    assert inbox(desk).total == 32
    assert any(claim.quantity.words == "Seven" for claim in desk.case.claims())


def test_what_came_in_is_one_step_away_and_what_was_held_already_is_not_called_new(
    client: TestClient, desk: Desk
) -> None:
    pasted = {"text": TEXT, "outlet": "Example Wire", "published": "2025-03-08"}
    answer = client.post("/inbox/add", data=pasted)
    (report,) = [one for one in desk.case.reports() if one.outlet == "Example Wire"]
    (link,) = html.fromstring(answer.text).xpath("//main//a[starts-with(@href, '/report/')]")
    assert link.text_content() == "pasted text"
    assert TEXT[:12] in client.get(link.get("href")).text and report.id in unquote(link.get("href"))
    assert 'href="/report/' not in client.post("/inbox/add", data=pasted).text


def test_the_custody_of_a_dropped_file_names_the_file_and_no_folder_of_ours(client: TestClient, desk: Desk) -> None:
    client.post("/inbox/add", files=[("file", ("../../note.txt", TEXT.encode(), "text/plain"))])
    custody = [str(one) for one in desk.case.history()][-1]
    assert "/tmp" not in custody
    assert len(desk.case.reports()) == 31


def test_what_cannot_be_read_is_told_and_stops_nothing(client: TestClient, desk: Desk) -> None:
    files = [("file", ("film.xyz", b"\x00\x01", "video/mp4")), ("file", ("note.txt", TEXT.encode(), "text/plain"))]
    answer = client.post("/inbox/add", files=files)
    assert "1 new report" in answer.text and "film.xyz" in answer.text
    assert len(desk.case.reports()) == 31


def test_a_packed_folder_comes_in_as_its_files(client: TestClient, desk: Desk) -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("one.txt", TEXT)
        archive.writestr("two.txt", TEXT.replace("Seven", "Eight"))
    client.post("/inbox/add", files=[("file", ("both.zip", held.getvalue(), "application/zip"))])
    assert len(desk.case.reports()) == 32


def test_a_sheet_of_others_is_shown_first_and_taken_once_it_is_said_whose_it_is(client: TestClient, desk: Desk) -> None:
    shown = client.post("/inbox/add", files=[("file", ("list.csv", SHEET.encode(), "text/csv"))])
    assert "Jableh" in shown.text and len(desk.case.reports()) == 30
    address = shown.url.path
    assert client.post(address, data={"do": "take"}).status_code == 422  # nobody answers for it
    taken = client.post(address, data={"do": "take", "owner": "Example Monitor"})
    assert "1 new report" in taken.text
    assert len(desk.case.reports()) == 31
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    ("data", "why"),
    [({}, "nothing was dropped"), ({"text": "   "}, "nothing was dropped"),
     ({"text": TEXT, "published": "yesterday"}, "no day")],
)  # fmt: skip
def test_what_is_missing_or_wrong_is_said_and_nothing_is_taken(
    client: TestClient, desk: Desk, data: dict[str, str], why: str
) -> None:
    answer = client.post("/inbox/add", data=data)
    assert answer.status_code == 422 and why in answer.text
    assert len(desk.case.reports()) == 30


@pytest.mark.parametrize("name", ["../../x", "/etc/passwd", "..", "", "a\\b", "con\nx", "C:\\x", "\x00"])
def test_the_name_of_a_dropped_file_is_a_name_and_no_way_out_of_its_folder(name: str) -> None:
    found = safe_name(name)
    assert found and "/" not in found and "\\" not in found and found not in (".", "..")
    assert "\n" not in found and "\x00" not in found
