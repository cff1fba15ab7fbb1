"""The pages of people: whom words and decisions protect, what became of victims, what was asked and answered."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import pytest
from lxml import html
from starlette.testclient import TestClient

from cenotaph.case import Case
from cenotaph.case.requests import requests
from cenotaph.desk import Desk
from cenotaph.desk.people import pairs, speaker_of, victims, voices
from cenotaph.desk.requests import asked
from tests.case.test_victims import row, with_list
from tests.web.conftest import entered

SOHR = "Syrian Observatory for Human Rights"
BAKER = {"name": "Salim Ahmad Example", "sex": "male", "age": "34", "fate": "killed", "day": "2025-03-07",
         "place": "Baniyas"}  # fmt: skip
CHILD = {"name": "Nour Example", "sex": "female", "age": "9", "fate": "killed", "day": "2025-03-07"}
TAKEN = {"name": "Karim Sample", "sex": "male", "age": "40", "fate": "detained", "day": "2025-03-07"}
ASKED = {
    "kind": "correction", "from": "family", "by": "Umm Salim Example", "about": "the list of the First Body",
    "asked": "he was a baker, says Umm Salim Example", "contact": "the grey house", "why": "a letter",
}  # fmt: skip


@pytest.fixture(scope="module")
def lists(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Two lists of persons, built."""
    case = Case.create(tmp_path_factory.mktemp("people") / "case", countries=("SY",))
    case = with_list(case, "First Body", [row(1, BAKER), row(2, CHILD), row(3, {"fate": "killed"})])
    case = with_list(case, "Second Body", [row(7, BAKER), row(8, TAKEN)])
    desk = Desk(case)
    desk.fill()
    return desk


@pytest.fixture(scope="module")
def list_reader(lists: Desk) -> TestClient:
    return entered(lists)


def handle_of(desk: Desk, name: str) -> str:
    return next(line.handle for line in voices(desk, words=name, unmasked=True).lines if line.name == name)


# --- voices -----------------------------------------------------------------------------------------------------------


def test_a_private_witness_stands_without_a_name_with_connection_and_report(reader: TestClient, looking: Desk) -> None:
    hidden = [line for line in voices(looking, kind="protected").lines if line.masked]
    assert hidden and {line.name for line in hidden} == {"[protected]"} and not any(line.canonical for line in hidden)
    assert "witness" in {line.connection for line in hidden} and all(line.report for line in hidden)
    page = reader.get("/people?kind=protected").text
    for line in voices(looking, kind="protected", unmasked=True).lines:
        assert line.name not in page


def test_a_name_that_is_hidden_is_found_by_no_words(looking: Desk) -> None:
    secret = voices(looking, kind="protected", unmasked=True).lines[0].name
    assert voices(looking, words=secret).total == 0 < voices(looking, words=secret, unmasked=True).total
    assert voices(looking, words="observatory").total > 1 and voices(looking, words="%").total == 0


def test_a_voice_is_protected_by_its_handle_and_named_nowhere_after(client: TestClient, desk: Desk) -> None:
    handle = handle_of(desk, "Rami Abdul Rahman")
    data = {"handle": handle, "also": "R. A. Rahman\nالرحمن", "why": "asked for it", "seen": ""}
    assert client.post("/people/protect", data=data).status_code == 200
    (made,) = desk.case.decisions()
    assert made.about == "Rami Abdul Rahman" and "R. A. Rahman" in made.details["also"]
    assert "Rami" not in client.get("/people?from=50").text and "Rami" not in client.get("/journal").text
    page = client.get(f"/people/voice/{handle}").text
    assert "Rami" not in page and "protected by a decision" in page


def test_consent_to_be_published_shows_a_witness_and_can_be_taken_back(client: TestClient, desk: Desk) -> None:
    line = next(one for one in voices(desk, kind="protected", unmasked=True).lines if not one.canonical)
    data = {"handle": line.handle, "consent": ["publish", "keep"], "why": "signed on 3 May", "seen": ""}
    client.post("/people/protect", data=data)
    (shown,) = [one for one in voices(desk, kind="protected").lines if one.handle == line.handle]
    assert shown.consent == ("publish", "keep") and shown.name == line.name
    (made,) = desk.case.decisions()
    client.post("/people/protect", data={"handle": line.handle, "why": "taken back by phone", "seen": made.id})
    (hidden,) = [one for one in voices(desk, kind="protected").lines if one.handle == line.handle]
    assert hidden.name == "[protected]" and hidden.consent == ()


def test_two_windows_that_protect_one_name_do_not_overwrite_each_other(desk: Desk) -> None:
    data = {"name": "Sami Example", "why": "asked for it", "seen": ""}
    with entered(desk) as one_window, entered(desk) as other:
        assert one_window.post("/people/protect", data=data).status_code == 200
        assert other.post("/people/protect", data={**data, "consent": "publish"}).status_code == 409
    (made,) = desk.case.decisions()
    assert "consent" not in made.details


def test_who_protects_a_name_learns_whether_it_stood_anywhere_as_it_was_typed(client: TestClient) -> None:
    """A slip of the pen protects nobody, and is not to look like protection."""

    def told(**typed: str) -> str:
        answer = client.post("/people/protect", data={"why": "a witness", "seen": "any", **typed})
        (said,) = html.fromstring(answer.text).xpath("//main//*[@role='status']")
        return str(said.text_content())

    assert "in 1 report." in told(name="Nobody Here", also="Mustafa Kneifati")
    assert "in no report" in told(name="Thameen Al-Khietan")  # a slip of the pen
    assert "in no report" in told(name="Mustafa Kneifati")  # hidden by now: what is hidden is not counted
    assert client.get("/people").text.count('role="status"') == 0


def test_the_form_of_protection_comes_filled_in_from_a_report(reader: TestClient) -> None:
    page = reader.get("/people/protect", params={"name": 'Sami "><script>', "report": "report:1"}).text
    assert 'value="Sami &#34;&gt;&lt;script&gt;"' in page and 'value="/report/report%3A1"' in page
    assert "<script>" not in page.replace("<script src", "")


def test_a_voice_is_graded_from_a_to_f(client: TestClient, desk: Desk) -> None:
    handle = handle_of(desk, SOHR)
    client.post("/people/grade", data={"handle": handle, "source": "B", "why": "named staff, own method", "seen": ""})
    (made,) = desk.case.decisions()
    assert (made.verb, made.about, made.details["source"]) == ("grade", SOHR, "B")
    assert "graded B" in client.get("/people").text


def test_whose_voice_it_is_can_be_said_of_one_report(client: TestClient, desk: Desk) -> None:
    handle = handle_of(desk, "media reports")
    data = {"handle": handle, "canonical": SOHR, "only": "1", "why": "its own figures", "seen": ""}
    assert client.post("/people/alias", data=data).status_code == 200
    (made,) = desk.case.decisions()
    assert (made.verb, made.about, made.details["canonical"]) == ("alias", "media reports", SOHR) and made.report


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("/people/protect", {"name": " ", "why": "x"}), ("/people/protect", {"name": "Sami", "why": ""}),
        ("/people/protect", {"name": "Sami", "consent": "everything", "why": "x"}),
        ("/people/protect", {"handle": "0000", "why": "x"}), ("/people/protect", {"name": "claim:1", "why": "x"}),
        ("/people/grade", {"handle": "0000", "source": "A", "why": "x"}),
        ("/people/alias", {"canonical": "x", "why": "x"}),
        ("/people/unmask", {"why": " "}), ("/people/requests", {**ASKED, "by": ""}),
        ("/people/requests", {**ASKED, "kind": "threat"}), ("/people/requests", {**ASKED, "why": ""}),
        ("/people/requests", {**ASKED, "about": "claim:0000"}), ("/people/requests", {}),
        ("/people/requests/answer", {"request": "decision:0000", "decision": "granted", "answer": "x", "why": "x"}),
        ("/people/requests/answer", {}),
    ],
)  # fmt: skip
def test_what_lacks_a_person_a_word_or_a_reason_is_not_written(
    client: TestClient, desk: Desk, path: str, data: dict[str, str]
) -> None:
    assert client.post(path, data=data).status_code == 422
    assert desk.case.decisions() == []


def test_a_refusal_does_not_say_whom_a_handle_stands_for(client: TestClient, desk: Desk) -> None:
    client.post("/people/protect", data={"name": "Yasser Farhan", "why": "asked for it"})
    handle = handle_of(desk, "Yasser Farhan")
    data = {"handle": handle, "canonical": "", "why": "x", "seen": deciding_on(desk, "Yasser Farhan")}
    answer = client.post("/people/alias", data=data)
    assert answer.status_code == 422 and "Farhan" not in answer.text and "Yasser" not in answer.text
    late = client.post("/people/protect", data={"handle": handle, "why": "x", "seen": ""})
    assert late.status_code == 409 and "Farhan" not in late.text and "Yasser" not in late.text


@pytest.mark.parametrize(
    ("path", "data", "leads"),
    [
        ("/people/requests", {}, "/people/requests"), ("/people/grade", {}, "/people"),
        ("/people/protect", {"back": "/people?q=x"}, "/people?q=x"),
        ("/people/protect", {"back": "//example.org"}, "/people/protect"), ("/people/none/of/it", None, "/people"),
        ("/people/victims?incident=none", None, "/people/victims"),
        pytest.param("/" + "a/" * 5000, None, "/", id="long"),
        ("/decide", {"verb": "accept", "back": "https://example.org"}, "/"),
    ],
)  # fmt: skip
def test_a_refusal_leads_back_to_the_form_or_to_the_page_above_it(
    reader: TestClient, path: str, data: dict[str, str] | None, leads: str
) -> None:
    answer = reader.get(path) if data is None else reader.post(path, data=data)
    assert answer.status_code in (404, 422) and f'<p><a href="{leads}" data-key="b">' in answer.text


def deciding_on(desk: Desk, about: str) -> str:
    """The token that a page of this voice carries."""
    return next(one.id for one in reversed(desk.history.all) if one.about == about)


def test_a_grade_is_one_of_six_letters(client: TestClient, desk: Desk) -> None:
    handle = handle_of(desk, SOHR)
    for source in ("G", "", "AA"):
        data = {"handle": handle, "source": source, "why": "x", "seen": ""}
        assert client.post("/people/grade", data=data).status_code == 422


def test_two_windows_that_grade_one_voice_do_not_overwrite_each_other(desk: Desk) -> None:
    data = {"handle": handle_of(desk, SOHR), "source": "B", "why": "named staff", "seen": ""}
    with entered(desk) as one_window, entered(desk) as other:
        assert one_window.post("/people/grade", data=data).status_code == 200
        assert other.post("/people/grade", data={**data, "source": "D"}).status_code == 409
    assert [one.details["source"] for one in desk.case.decisions()] == ["B"]


def test_what_is_not_there_is_not_found(reader: TestClient) -> None:
    assert reader.get("/people/voice/0000").status_code == 404
    assert reader.get("/people/victims/victim:0000").status_code == 404
    assert reader.get("/people/victims?incident=incident:0000").status_code == 422
    assert reader.get("/people?kind=nonsense&from=-1").status_code == 200


# --- on purpose -------------------------------------------------------------------------------------------------------


def test_who_asks_for_protected_names_stands_in_the_journal_before_any_is_shown(client: TestClient, desk: Desk) -> None:
    secret = voices(desk, kind="protected", unmasked=True).lines[0].name
    assert secret not in client.get("/people?kind=protected").text
    client.post("/people/unmask", data={"why": "to write to the family"})
    assert secret in client.get("/people?kind=protected").text
    (made,) = desk.case.decisions()
    assert (made.verb, made.who, made.why) == ("unmask", "A Reader", "to write to the family")
    page = client.get("/journal").text
    assert "protected people shown" in page and "to write to the family" in page
    with entered(desk) as other:
        assert secret not in other.get("/people?kind=protected").text
    client.post("/people/mask")
    assert secret not in client.get("/people?kind=protected").text
    assert len(desk.case.decisions()) == 1


# --- victims ----------------------------------------------------------------------------------------------------------


def test_each_person_stands_with_what_became_of_them_as_each_voice_says_it(
    list_reader: TestClient, lists: Desk
) -> None:
    found = victims(lists)
    assert found.total == 5 and found.fates == {"killed": 4, "detained": 1}
    baker = found.lines[0]
    assert (baker.name, baker.sex, baker.age) == ("Salim Ahmad Example", "male", "34")
    assert [(fate.what, fate.day, fate.voice) for fate in baker.fates] == [("killed", "2025-03-07", "First Body")]
    page = list_reader.get("/people/victims").text
    assert "First Body" in page and "7 March 2025" in page and "nobody named" in page


def test_children_and_whoever_may_be_alive_are_not_named(list_reader: TestClient, lists: Desk) -> None:
    for path in ("/people/victims", "/people/victims?fate=detained", "/people/pairs"):
        page = list_reader.get(path).text
        assert "Nour" not in page and "Karim" not in page
    assert victims(lists, words="Nour").total == 0 and victims(lists, words="Nour", unmasked=True).total == 1
    hidden = next(one for one in victims(lists).lines if one.group == "child")
    page = list_reader.get(f"/people/victims/{hidden.id}").text
    assert "Nour" not in page and "[protected]" in page


def test_in_arabic_the_fate_of_one_person_is_told_of_one_and_a_hidden_name_in_arabic(lists: Desk) -> None:
    arabic = entered(lists)
    arabic.post("/you", data={"who": "A Reader", "language": "ar", "theme": "auto"})
    for path in ("/people/victims", "/people/pairs"):
        page = arabic.get(path).text
        assert "<strong>قتل</strong>" in page and "قتلى" not in page and "محتجزون" not in page
        assert "[protected]" not in page and "written otherwise" not in page
    page = arabic.get("/people/victims").text
    assert "<strong>احتجاز</strong>" in page and "[محمي]" in page


def test_persons_are_sifted_by_fate_name_and_row(lists: Desk) -> None:
    assert victims(lists, fate="detained").total == 1 and victims(lists, fate="nonsense").total == 0
    assert victims(lists, words="salim").total == 2 and victims(lists, words="%").total == 0
    first = victims(lists).lines[0]
    assert [one.id for one in victims(lists, row=first.rows[0]).lines] == [first.id]


def test_two_rows_become_one_person_by_a_decision_alone(lists: Desk, tmp_path: Path) -> None:
    shutil.copytree(lists.case.folder, tmp_path / "case")
    desk = Desk(tmp_path / "case")
    (pair,), total = pairs(desk)
    assert total == 1 and pair.one is not None and pair.other is not None and pair.one.id != pair.other.id
    with entered(desk) as client:
        assert "One person" in client.get("/people/pairs").text
        data = {"agree": pair.problem.id, "why": "the family says so", f"seen:{pair.problem.id}": pair.problem.seen}
        assert client.post("/problems/answer", data=data).status_code == 200
    assert victims(desk).total == 4 and pairs(desk)[1] == 0
    (baker,) = victims(desk, words="salim").lines
    assert {fate.voice for fate in baker.fates} == {"First Body", "Second Body"} and len(baker.rows) == 2


def test_two_persons_stay_two_by_a_decision(lists: Desk, tmp_path: Path) -> None:
    shutil.copytree(lists.case.folder, tmp_path / "case")
    desk = Desk(tmp_path / "case")
    (pair,), _ = pairs(desk)
    with entered(desk) as client:
        client.post("/problems/answer", data={"refuse": pair.problem.id, "why": "two cousins of one name"})
    (made,) = desk.case.decisions()
    assert (made.verb, made.details["as"]) == ("cannot-link", "same person")
    assert victims(desk).total == 5 and pairs(desk)[1] == 0


# --- requests ---------------------------------------------------------------------------------------------------------


def test_a_request_is_written_down_and_waits(client: TestClient, desk: Desk) -> None:
    client.post("/people/requests", data=ASKED)
    found = asked(desk)
    assert (found.total, found.waiting) == (1, 1)
    assert found.lines[0].asked == "he was a baker, says [protected]" and found.lines[0].contact == "[protected]"
    assert "1 request waits" in client.get("/people/requests").text


def test_who_asks_is_shown_on_no_page_and_in_no_file(client: TestClient, desk: Desk) -> None:
    client.post("/people/requests", data=ASKED)
    for path in ("/people/requests", "/journal", "/journal.csv", "/journal.jsonl", "/people"):
        told = client.get(path).text
        assert "Umm Salim" not in told and "grey house" not in told
    client.post("/people/unmask", data={"why": "to answer her"})
    told = client.get("/people/requests").text
    assert "Umm Salim Example" in told and "the grey house" in told


def test_who_asks_stays_hidden_in_the_journal_when_the_request_is_taken_back(client: TestClient, desk: Desk) -> None:
    client.post("/people/requests", data={**ASKED, "why": "Umm Salim Example wrote"})
    (made,) = desk.case.decisions()
    client.post("/journal/undo", data={"decision": made.id, "why": "written twice", "seen": ""})
    assert asked(desk).total == 0
    for path in ("/journal", "/journal.csv", "/journal.jsonl"):
        told = client.get(path).text
        assert "Umm Salim" not in told and "grey house" not in told


def test_an_answer_stands_beside_its_request(client: TestClient, desk: Desk) -> None:
    report = desk.case.reports()[0].id
    client.post("/people/requests", data={**ASKED, "about": report})
    (one,) = requests(desk.case.decisions())
    data = {"request": one.id, "decision": "partly", "answer": "his trade is noted", "why": "two neighbours say so",
            "seen": asked(desk).lines[0].seen}  # fmt: skip
    assert client.post("/people/requests/answer", data=data).status_code == 200
    (line,) = asked(desk).lines
    assert (line.decision, line.answer, line.answered_by) == ("partly", "his trade is noted", "A Reader")
    assert asked(desk).waiting == 0 and "his trade is noted" in client.get("/people/requests").text
    assert {made.report for made in desk.case.decisions()} == {report}


def test_two_windows_that_answer_one_request_do_not_overwrite_each_other(desk: Desk) -> None:
    with entered(desk) as one_window, entered(desk) as other:
        one_window.post("/people/requests", data=ASKED)
        (one,) = requests(desk.case.decisions())
        data = {"request": one.id, "decision": "granted", "answer": "yes", "why": "it is so", "seen": ""}
        assert one_window.post("/people/requests/answer", data=data).status_code == 200
        late = other.post("/people/requests/answer", data={**data, "decision": "refused", "answer": "no"})
        assert late.status_code == 409
    assert asked(desk).lines[0].decision == "granted"


def test_handles_say_nothing_of_a_name(looking: Desk) -> None:
    line = voices(looking, kind="protected", unmasked=True).lines[0]
    row_ = speaker_of(looking, line.handle)
    assert row_ is not None and row_["name"] == line.name
    guessed = hashlib.sha256(f"\x1f{line.name}\x1f{row_['canonical']}".encode()).hexdigest()[:16]
    assert guessed != line.handle and speaker_of(looking, "") is None
