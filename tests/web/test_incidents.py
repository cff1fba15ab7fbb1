"""Incidents: the list, the toll as a ladder, why a figure, what the team holds, what a link would change."""

from __future__ import annotations

import datetime as dt
import html
import re
from urllib.parse import quote

import pytest
from click.testing import CliRunner
from lxml import html as lxml_html
from starlette.testclient import TestClient

from cenotaph.case.state import as_known_on
from cenotaph.cli import main
from cenotaph.desk import Desk
from cenotaph.desk.accused import accused
from cenotaph.desk.incident_page import opened, page, told_why
from cenotaph.desk.incidents import Asked, Row, below, find, incidents
from cenotaph.desk.one_incident import One
from cenotaph.web.speech import Speech
from cenotaph.web.texts import texts


def episode(desk: Desk) -> Row:
    return incidents(desk).lines[0]


def within(desk: Desk) -> Row:
    """An incident of the episode with several claims of killed people."""
    return next(one for one in below(desk, episode(desk)["incident"]) if "Jableh" in one["title"])


def one(desk: Desk, row: Row) -> One:
    found = find(desk, str(row["incident"]))
    assert found is not None
    return One(desk, found)


# --- the list ---------------------------------------------------------------------------------------------------------


def test_the_list_has_episodes_with_their_incidents_under_them_the_most_told_first(looking: Desk) -> None:
    found = incidents(looking)
    counts = [each["claims"] for each in found.lines]
    assert counts == sorted(counts, reverse=True) and found.total == len(found.lines)
    assert all(each["parent"] == found.lines[0]["incident"] for each in found.lines[0]["below"])


@pytest.mark.parametrize(
    ("asked", "there"),
    [
        (Asked(harm="killed"), True), (Asked(harm="abducted"), False), (Asked(place="jableh"), True),
        (Asked(place="%"), False), (Asked(place="nowhere at all"), False), (Asked(until="2025-03-06"), True),
        (Asked(until="2024-12-31"), False), (Asked(read="unread"), True), (Asked(read="read"), False),
        (Asked(code="I-0001"), False),
    ],
)  # fmt: skip
def test_a_list_is_narrowed_to_what_is_asked(looking: Desk, asked: Asked, there: bool) -> None:
    assert bool(incidents(looking, asked).lines) is there


def test_an_episode_is_listed_when_an_incident_in_it_is_meant_and_that_one_comes_first(looking: Desk) -> None:
    found = incidents(looking, Asked(place="Hmeimim"))
    assert found.total == 1 and "Hmeimim" in found.lines[0]["below"][0]["title"]


def test_a_page_past_the_end_is_empty_and_a_day_that_is_none_narrows_nothing(reader: TestClient) -> None:
    assert reader.get("/incidents?from=900").status_code == 200
    assert "No incident is like that" in reader.get("/incidents?place=nowhere").text
    assert "Jableh" in reader.get("/incidents?until=not-a-day&since=zzz").text
    assert reader.get("/incidents?from=many").status_code == 422


def test_an_episode_and_each_incident_under_it_is_walked_to_by_itself(reader: TestClient, looking: Desk) -> None:
    tree = lxml_html.fromstring(reader.get("/incidents").text)
    items = tree.xpath("//*[@data-item]")
    shown = [row["incident"] for line in incidents(looking).lines for row in (line, *line["below"])]
    assert [item.xpath(".//a[@data-open]/@href")[0].removeprefix("/incidents/") for item in items] == [
        quote(one, safe="") for one in shown
    ]  # fmt: skip
    assert not tree.xpath("//*[@data-item]//*[@data-item]")
    (fold,) = items[0].xpath(".//button[@data-key='o']")
    assert tree.xpath(f"//*[@id='{fold.get('aria-controls')}']//*[@data-item]") and fold.get("hidden") is not None


def test_an_unknown_incident_is_not_found(reader: TestClient) -> None:
    for path in ("/incidents/incident:0000", "/incidents/x/why/y", "/incidents/x/assess", "/incidents/x/link"):
        assert reader.get(path).status_code == 404


# --- the ladder -------------------------------------------------------------------------------------------------------


def test_every_figure_of_an_incident_has_a_rung_with_its_words_and_a_data_table(
    reader: TestClient, looking: Desk
) -> None:
    row = within(looking)
    text = reader.get(f"/incidents/{row['incident']}").text
    seen = one(looking, row)
    assert len(re.findall(r'class="rung[ "]', text)) == len(seen.raw_tolls)
    assert "At least 48" in text and "48 or more" in text and "<svg" in text
    assert len(re.findall(r"<details><summary>\d+ figures?</summary>", text)) == len(seen.raw_tolls)
    assert "style=" not in text.replace('rel="stylesheet"', "")


def test_the_parts_of_a_whole_are_shown_with_their_sum(reader: TestClient, looking: Desk) -> None:
    text = reader.get(f"/incidents/{within(looking)['incident']}").text
    assert "16 + 28 + 4 = 48" in text and "adds up" in text


def test_a_machine_reading_looks_like_one(reader: TestClient, looking: Desk) -> None:
    text = reader.get(f"/incidents/{within(looking)['incident']}").text
    assert "figure--machine" in text and "read--machine" in text and "read--once" not in text


def test_the_ladder_of_a_day_shows_the_figures_of_a_case_as_it_was_known_on_that_day(looking: Desk) -> None:
    top = one(looking, episode(looking))
    state = looking.case.state()
    for day in (dt.date(2025, 3, 9), dt.date(2025, 3, 14), dt.date(2025, 3, 20)):
        ladders, _, _ = page(top, "killed", 0, day.isoformat())
        shown = {(rung.root, rung.count.low) for rung in ladders[0].rungs if rung.named}
        known = as_known_on(state, day)
        then = {(toll.root, toll.figure.low) for toll in known.tolls.values()}
        assert len(shown & then) >= 0.85 * len(shown), (day, shown - then)


def test_a_look_at_all_harms_on_a_day_shows_what_was_known_then_and_counts_nothing_else(
    reader: TestClient, looking: Desk
) -> None:
    """Figures that are the largest today were not known on the first day; others were, and they are shown."""
    top = one(looking, episode(looking))
    (alone,), _, _ = page(top, "killed", 0, "2025-03-07")
    ladders, later, _ = page(top, "", 0, "2025-03-07")
    (killed,) = [each for each in ladders if each.harm == "killed"]
    assert [rung.toll for rung in killed.rungs] == [rung.toll for rung in alone.rungs][:10] != []
    assert all(each.rungs and each.total == len(each.rungs) for each in ladders)
    assert later == len(top.raw_tolls) - sum(each.total for each in ladders) > 0
    text = reader.get(f"/incidents/{top.id}/ladder?as_of=2025-03-07").text
    assert f"{killed.total} figures" in text and "not known yet" in text
    assert "7 March 2025 to 7 March 2025" not in text


def test_before_the_first_report_nothing_was_known(reader: TestClient, looking: Desk) -> None:
    row = episode(looking)
    text = reader.get(f"/incidents/{row['incident']}/ladder?as_of=2025-01-01").text
    assert 'class="rung' not in text.replace('class="rungs', "") and "not known yet" in text


def test_a_day_or_a_harm_that_is_none_shows_all(reader: TestClient, looking: Desk) -> None:
    path = f"/incidents/{within(looking)['incident']}"
    for query in ("as_of=soon", "harm=nonsense", "harm=killed&from=-4"):
        assert reader.get(f"{path}?{query}").status_code == 200
    assert reader.get(f"{path}?harm=killed&from=many").status_code == 422


def test_in_arabic_the_calculus_speaks_arabic_and_what_stays_english_is_marked_so(
    looking: Desk, reader: TestClient
) -> None:
    text = reader.get(f"/incidents/{episode(looking)['incident']}", headers={"accept-language": "ar"}).text
    assert '<html lang="ar" dir="rtl"' in text
    apart = text.partition('id="apart"')[2].partition("</section>")[0]
    english = re.sub(r'<bdi lang="en" dir="ltr">[^<]*</bdi>', "", apart)
    assert "<summary>" in apart and "two unfinished records" not in english


# --- who is accused -------------------------------------------------------------------------------------------------


def test_whom_claims_accuse_is_shown_with_who_says_so_though_no_figure_bears_it(
    reader: TestClient, looking: Desk
) -> None:
    top = one(looking, episode(looking))
    found = {each.party: each for each in accused(top)}
    army = found["Syrian transitional government"]
    assert {each.root for each in army.voices if each.named} > {"Syrian Observatory for Human Rights"}
    assert [each.named for each in army.voices] == sorted((each.named for each in army.voices), reverse=True)
    text = reader.get(f"/incidents/{top.id}").text.partition('id="accused"')[2].partition("</section>")[0]
    assert "without reserve" in text and all(party in html.unescape(text) for party in list(found)[:8])
    assert reader.get(f"/incidents/{top.id}/accused").text.count('class="blamed"') == len(found)


def test_an_incident_in_which_nobody_is_named_accuses_nobody(reader: TestClient, looking: Desk) -> None:
    assert accused(one(looking, within(looking))) == []
    assert "No claim of it names a party" in reader.get(f"/incidents/{within(looking)['incident']}").text
    assert reader.get("/incidents/incident:0000/accused").status_code == 404


def test_of_an_incident_with_many_claims_they_are_asked_for_when_somebody_looks(
    reader: TestClient, looking: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cenotaph.desk.incident_page.AT_ONCE", 100)
    path = f"/incidents/{quote(str(episode(looking)['incident']))}"
    text = reader.get(path).text
    assert f'hx-get="{path}/accused"' in text and 'class="blamed"' not in text
    part = reader.get(f"{path}/accused", headers={"hx-request": "true"}).text
    assert 'class="blamed"' in part and "<html" not in part


def test_a_root_that_nobody_named_stands_by_its_name_and_its_outlet_once(reader: TestClient, looking: Desk) -> None:
    top = one(looking, episode(looking))
    ladders, _, _ = page(top, "", 0, "")
    unnamed = [rung for each in ladders for rung in each.rungs if not rung.named and rung.carriers]
    assert unnamed and all(not rung.called.endswith(")") or rung.called in rung.carriers for rung in unnamed)
    text = reader.get(f"/incidents/{within(looking)['incident']}").text
    assert text.count("a news portal (wire on the UN statement)</bdi>") == 1


# --- why --------------------------------------------------------------------------------------------------------------


def test_the_page_and_the_command_say_the_same_of_every_figure(looking: Desk) -> None:
    told = CliRunner().invoke(main, ["why", str(looking.case.folder)])
    lines = {" ".join(line.split()) for line in told.stdout.splitlines()}
    row = within(looking)
    seen = one(looking, row)
    for toll in seen.raw_tolls:
        found = told_why(seen, toll)
        shown = Speech(texts("en")).parted(found.sentence).striptags() if found else ""
        assert shown and " ".join(shown.split()) in lines


def test_why_shows_the_sentence_and_quotes_the_words(reader: TestClient, looking: Desk) -> None:
    seen = one(looking, within(looking))
    toll = next(key for key, each in seen.raw_tolls.items() if each.figure.low == 28)
    text = html.unescape(reader.get(f"/incidents/{seen.id}/why/{toll}").text)
    found = told_why(seen, toll)
    assert found is not None and found.sentence in text and "<mark>28</mark>" in text
    assert reader.get(f"/incidents/{seen.id}/why/toll:0000").status_code == 404


# --- what the team holds ----------------------------------------------------------------------------------------------


def assessed(client: TestClient, desk: Desk, **more: str) -> tuple[str, str]:
    seen = one(desk, within(desk))
    claim = seen.told()[0]
    given = {"harm": "killed", "count": "4-6", "stand": f"{claim} relied", "why": "read the words", **more}
    answer = client.post(f"/incidents/{seen.id}/assess", data=given)
    assert answer.status_code == 200, answer.text
    return seen.id, claim


def test_an_assessment_is_written_shown_and_stands_in_the_ledger(client: TestClient, desk: Desk) -> None:
    key, claim = assessed(client, desk, sex="female")
    (made,) = desk.case.decisions()
    assert made.verb == "assess" and made.details["cells"] == [{"low": 4, "high": 6, "sex": "female"}]
    text = client.get(f"/incidents/{key}").text
    assert "4–6" in text and "Ledger" in text and "I-0001" in text
    assert f'{claim} relied" data-key="x" checked' in client.get(f"/incidents/{key}/assess").text
    assert find(desk, "I-0001")


def test_a_second_reader_signs_off_and_it_can_be_withdrawn(client: TestClient, desk: Desk) -> None:
    key, _ = assessed(client, desk)
    held = opened(one(desk, within(desk))).held.assessments[0]
    form = {"assessment": held.id, "verb": "sign off", "why": "read it too"}
    assert client.post(f"/incidents/{key}/sign", data=form).status_code == 422
    client.post("/you", data={"who": "Another Reader"})
    assert client.post(f"/incidents/{key}/sign", data=form).status_code == 200
    assert opened(one(desk, within(desk))).held.assessments[0].second == "Another Reader"
    client.post(f"/incidents/{key}/sign", data={**form, "verb": "withdraw"})
    assert opened(one(desk, within(desk))).held.assessments[0].standing == "withdrawn"


def test_an_assessment_that_can_not_stand_is_refused(client: TestClient, desk: Desk) -> None:
    seen = one(desk, within(desk))
    good = {"harm": "killed", "count": "4", "stand": f"{seen.told()[0]} relied", "why": "read"}
    wrong = (
        {**good, "count": "many"}, {**good, "count": "6-4"}, {**good, "count": ""}, {**good, "why": " "},
        {**good, "stand": ""}, {**good, "stand": "claim:0000 relied"}, {**good, "harm": ""}, {**good, "sex": "other"},
        {**good, "standing": "confirmed"}, {**good, "residual": "1", "level": "certain"},
    )  # fmt: skip
    for one_wrong in wrong:
        assert client.post(f"/incidents/{seen.id}/assess", data=one_wrong).status_code == 422, one_wrong
    assert desk.case.decisions() == []


def test_somebody_else_having_assessed_it_meanwhile_is_not_overwritten(client: TestClient, desk: Desk) -> None:
    seen = one(desk, within(desk))
    form = {"harm": "killed", "count": "4", "stand": f"{seen.told()[0]} relied", "why": "read", "seen": ""}
    assert client.post(f"/incidents/{seen.id}/assess", data=form).status_code == 200
    assert client.post(f"/incidents/{seen.id}/assess", data={**form, "count": "9"}).status_code == 409
    assert len(desk.case.decisions()) == 1


def test_a_row_is_added_without_a_script_and_what_was_typed_stays(reader: TestClient, looking: Desk) -> None:
    seen = one(looking, within(looking))
    query = f"rows=3&more=1&harm=killed&count=12&count=&count=3%2B&age=child&age=&age=&stand={seen.told()[0]}+relied"
    text = reader.get(f"/incidents/{seen.id}/assess?{query}").text
    assert text.count('name="count"') == 4 and 'value="12"' in text and 'value="3+"' in text
    assert re.search(r'value="child" selected', text) and "checked" in text


def test_a_draft_is_offered_agreed_to_or_refused(client: TestClient, desk: Desk) -> None:
    seen = one(desk, within(desk))
    text = client.get(f"/incidents/{seen.id}/draft").text
    found = re.search(r'name="draft" value="([^"]+)"', text)
    assert found and "machine" in text
    form = {"draft": found[1], "verb": "agree", "why": "read the words"}
    assert client.post(f"/incidents/{seen.id}/draft", data={**form, "verb": "maybe"}).status_code == 422
    assert client.post(f"/incidents/{seen.id}/draft", data={**form, "draft": "problem:0"}).status_code == 422
    assert client.post(f"/incidents/{seen.id}/draft", data={**form, "why": ""}).status_code == 422
    assert client.post(f"/incidents/{seen.id}/draft", data=form).status_code == 200
    assert [each.verb for each in desk.case.decisions()] == ["assess"]


def test_a_draft_that_was_refused_is_offered_no_more(client: TestClient, desk: Desk) -> None:
    seen = one(desk, within(desk))
    text = client.get(f"/incidents/{seen.id}/draft").text
    ids = re.findall(r'name="draft" value="([^"]+)"', text)
    client.post(f"/incidents/{seen.id}/draft", data={"draft": ids[0], "verb": "refuse", "why": "not so"})
    assert ids[0] not in client.get(f"/incidents/{seen.id}/draft").text


def test_an_incident_is_graded_by_letter_digit_or_word(client: TestClient, desk: Desk) -> None:
    seen = one(desk, within(desk))
    path = f"/incidents/{seen.id}/grade"
    assert client.post(path, data={"why": "x"}).status_code == 422
    assert client.post(path, data={"why": "x", "source": "Z"}).status_code == 422
    assert client.post(path, data={"why": "seen before", "source": "B", "information": "2"}).status_code == 200
    text = client.get(f"/incidents/{seen.id}").text
    assert ">B2<" in text and "graded by people" in text
    late = client.post(path, data={"why": "unseen", "source": "C", "seen": ""})
    assert late.status_code == 409 and "seen before" in late.text


# --- who must not be named --------------------------------------------------------------------------------------------


def test_a_protected_person_is_named_on_no_page_of_an_incident(client: TestClient, desk: Desk) -> None:
    path = f"/incidents/{within(desk)['incident']}"
    assert "Kneifati" in client.get(path).text
    client.post("/decide", data={"verb": "protect", "about": "Mustafa Kneifati", "why": "asked for it"})
    whys = [f"/why/{toll}" for toll in one(desk, within(desk)).raw_tolls]
    for part in ("", "/ladder", "/assess", "/link", "/draft", *whys):
        assert "Kneifati" not in client.get(path + part).text, part
    assert "a private person" in client.get(path).text


def test_a_place_that_no_gazetteer_has_is_words_of_a_report_and_hides_whom_they_name(
    client: TestClient, desk: Desk
) -> None:
    assert "Tuwaimah" in client.get("/incidents").text
    client.post("/decide", data={"verb": "protect", "about": "Tuwaimah Example", "why": "asked for it"})
    assert "Tuwaimah" not in client.get("/incidents").text
