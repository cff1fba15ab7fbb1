"""Merging incidents, moving claims, splitting them off: what can be chosen, what it would change, what it changes."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from html import unescape
from typing import Any

import pytest
from starlette.testclient import TestClient

from cenotaph.desk import Desk, linking
from cenotaph.desk.candidates import Looked, candidates
from cenotaph.desk.incidents import below, find, incidents
from cenotaph.desk.linking import Plan, Wrong
from cenotaph.desk.one_incident import One
from cenotaph.desk.supposing import VERBS, preview, seen_of
from cenotaph.publish.written import safe
from cenotaph.vocabulary import Group, Harm, Means, Party, Period, Place, Toll
from cenotaph.web.speech import Speech
from cenotaph.web.texts import texts
from tests.web.small import windows

Choice = Callable[[Desk], tuple[One, One, dict[str, Any]]]


def called(desk: Desk, words: str) -> One:
    """The incident, or the episode, with these words in its title."""
    top = incidents(desk).lines[0]
    row = next(one for one in [*below(desk, str(top["incident"])), top] if words in one["title"])
    found = find(desk, str(row["incident"]))
    assert found is not None
    return One(desk, found)


def gathered(desk: Desk) -> set[frozenset[str]]:
    return {frozenset(one.claims) for one in desk.case.linked().incidents}


def form_of(text: str, action: str) -> dict[str, list[str]]:
    """The hidden fields of the form that leads there."""
    (form,) = re.findall(rf'<form method="post" action="[^"]*{action}[^"]*".*?</form>', text, re.DOTALL)
    found: dict[str, list[str]] = {}
    for name, value in re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form):
        found.setdefault(name, []).append(unescape(value))
    return found


# --- which other incident ---------------------------------------------------------------------------------------------


def test_those_that_have_most_in_common_stand_first_and_the_episode_that_holds_it_last(looking: Desk) -> None:
    here = called(looking, "Jableh")
    found = candidates(here)
    assert here.id not in [one.row["incident"] for one in found] and len(found) == 4
    assert found[0].row["title"].endswith("Hmeimim") and "same area" in found[0].alike
    assert found[-1].holds and found[-1].row["kind"] == "episode" and "same day" in found[-1].alike
    assert [one.holds for one in found[:-1]] == [False, False, False]


@pytest.mark.parametrize(
    ("looked", "titles"),
    [
        (Looked("Tuwaimah"), ["Al-Tuwaimah"]), (Looked("humiliated"), ["Baniyas"]), (Looked(place="Banias"), []),
        (Looked(place="Baniyas"), ["Baniyas"]), (Looked("killed", "Baniyas"), ["Baniyas"]), (Looked("%"), []),
        (Looked("_"), []), (Looked("no such words at all"), []), (Looked(day="2024-01-01"), []), (Looked('"'), []),
    ],
)  # fmt: skip
def test_another_is_looked_for_by_words_by_place_and_by_day(looking: Desk, looked: Looked, titles: list[str]) -> None:
    found = [one.row["title"] for one in candidates(called(looking, "Jableh"), looked) if not one.holds]
    assert len(found) >= len(titles) and all(any(title in one for one in found) for title in titles)
    assert titles or not found


def test_a_day_finds_what_went_on_then(looking: Desk) -> None:
    found = candidates(called(looking, "Baniyas"), Looked(day="2025-03-06"))
    assert any("Jableh" in one.row["title"] for one in found)


def test_an_id_finds_the_one_that_bears_it(looking: Desk) -> None:
    other = called(looking, "Hmeimim")
    assert [one.row["incident"] for one in candidates(called(looking, "Jableh"), Looked(other.id))] == [other.id]


def test_a_hidden_name_finds_no_incident(client: TestClient, desk: Desk) -> None:
    assert candidates(called(desk, "Baniyas"), Looked("Kneifati"))
    client.post("/decide", data={"verb": "protect", "about": "Mustafa Kneifati", "why": "asked for it"})
    assert not candidates(called(desk, "Baniyas"), Looked("Kneifati"))
    page = client.get(f"/incidents/{called(desk, 'Jableh').id}/link?do=split").text
    assert "Kneifati" not in page


# --- which decisions --------------------------------------------------------------------------------------------------


def test_a_merge_is_one_link_between_the_earliest_claims(looking: Desk) -> None:
    one, other = called(looking, "Jableh"), called(looking, "Hmeimim")
    firsts = one.raw_incident.claims[0], other.raw_incident.claims[0]
    assert list(linking.merged(one, other).steps) == [("must-link", *firsts, "incident")]
    assert list(linking.merged(one, other, here=True).steps) == [("must-link", *reversed(firsts), "incident")]


def test_the_earliest_claim_is_kept_apart_before_it_moves_so_that_it_does_not_take_all(looking: Desk) -> None:
    one, other = called(looking, "Baniyas"), called(looking, "Hmeimim")
    first, second = one.raw_incident.claims[0], one.raw_incident.claims[-1]
    assert [step[0] for step in linking.moved(one, [second], other).steps] == ["must-link"]
    plan = linking.moved(one, [first, second], other)
    assert [step[:2] for step in plan.steps] == [("cannot-link", first), ("must-link", second), ("must-link", first)]
    assert all(step[2] not in (first, second) for step in plan.steps)


def test_a_part_comes_along_with_its_whole_and_is_not_named_again(looking: Desk) -> None:
    one, other = called(looking, "Jableh"), called(looking, "Hmeimim")
    whole, part = one.raw_incident.claims[:2]
    held = one.raw_claims(one.raw_incident.claims)
    assert part in linking.with_parts(held, whole) and linking.with_parts(held, part) == {part}
    assert [step[1] for step in linking.moved(one, [part, whole], other).steps] == [whole, whole]


def test_to_move_all_is_to_merge(looking: Desk) -> None:
    one, other = called(looking, "Jableh"), called(looking, "Hmeimim")
    assert linking.moved(one, one.raw_incident.claims, other) == linking.merged(one, other)


WRONG: tuple[tuple[str, Callable[[One, One, One], Plan]], ...] = (
    ("itself", lambda one, other, top: linking.merged(one, one)),
    ("holds_it", lambda one, other, top: linking.merged(one, top)),
    ("holds_it", lambda one, other, top: linking.merged(top, one, here=True)),
    ("itself", lambda one, other, top: linking.moved(one, one.raw_incident.claims[:1], one)),
    ("no_claim", lambda one, other, top: linking.moved(one, [], other)),
    ("no_claim", lambda one, other, top: linking.split(one, [])),
    ("none_stays", lambda one, other, top: linking.split(one, one.raw_incident.claims)),
    ("unknown", lambda one, other, top: linking.split(one, other.raw_incident.claims[:1])),
    ("unknown", lambda one, other, top: linking.moved(one, ["claim:0000"], other)),
    ("same", lambda one, other, top: linking.tied("must-link", "claim:1", "claim:1", "one day")),
    ("same", lambda one, other, top: linking.tied("must-link", "claim:1", "", "one day")),
)


@pytest.mark.parametrize(("key", "plan"), WRONG)
def test_what_makes_no_sense_is_no_plan(looking: Desk, key: str, plan: Callable[[One, One, One], Plan]) -> None:
    with pytest.raises(Wrong) as wrong:
        plan(called(looking, "Jableh"), called(looking, "Hmeimim"), called(looking, "Latakia"))
    assert wrong.value.key == key


# --- what it would change, and what it changes ------------------------------------------------------------------------


def merging(desk: Desk) -> tuple[One, One, dict[str, Any]]:
    return called(desk, "Jableh"), (other := called(desk, "Baniyas")), {"do": "merge", "incident": other.id}


def moving_the_earliest(desk: Desk) -> tuple[One, One, dict[str, Any]]:
    one, other = called(desk, "Baniyas"), called(desk, "Hmeimim")
    claims = list(one.raw_incident.claims)
    return one, other, {"do": "move", "incident": other.id, "claims": [claims[0], claims[-1]]}


def splitting(desk: Desk) -> tuple[One, One, dict[str, Any]]:
    one = called(desk, "Baniyas")
    return one, one, {"do": "split", "claims": [one.raw_incident.claims[0], one.raw_incident.claims[4]]}


def planned(one: One, other: One, told: dict[str, Any]) -> Plan:
    claims: Sequence[str] = told.get("claims", ())
    if told["do"] == "merge":
        return linking.merged(one, other)
    return linking.moved(one, claims, other) if told["do"] == "move" else linking.split(one, claims)


@pytest.mark.parametrize("choose", [merging, moving_the_earliest, splitting])
def test_what_is_shown_before_is_what_comes_of_it_and_to_take_it_back_leads_back(
    client: TestClient, desk: Desk, choose: Choice
) -> None:
    one, other, told = choose(desk)
    tolls = {toll.id for toll in desk.case.state().tolls.values()}
    before = gathered(desk)
    supposed = preview(one, other, planned(one, other, told))
    text = client.get(f"/incidents/{one.id}/link", params=told).text
    assert "Nothing is stored yet" in text and desk.case.decisions() == []
    assert all(each.incident.title in unescape(text) for each in (*supposed.before, *supposed.after))
    assert {each.claim for each in supposed.moving} <= set(one.raw_incident.claims)
    answer = client.post(f"/incidents/{one.id}/link", data={**form_of(text, "/link"), "why": "by what both say"})
    assert answer.status_code == 200 and answer.url.path.startswith("/incidents/")
    after = gathered(desk)
    assert after - before == {frozenset(each.incident.claims) for each in supposed.after}
    assert before - after == {frozenset(each.incident.claims) for each in supposed.before}
    home = {claim: members for members in after for claim in members}
    for _, about, with_, _ in planned(one, other, told).steps[-1:]:
        assert (home[about] == home[with_]) is (told["do"] != "split" or len(desk.case.decisions()) > 1)
    undo = form_of(client.get(f"{answer.url.path}/link").text, "/unlink")
    assert len(undo["undo"]) == len(desk.case.decisions())
    assert client.post(f"{answer.url.path}/unlink", data={**undo, "why": "they are two"}).status_code == 200
    assert gathered(desk) == before and {toll.id for toll in desk.case.state().tolls.values()} == tolls
    assert [each.verb for each in desk.case.decisions()][-1] == "undo"


def test_of_two_incidents_with_codes_both_lead_to_the_one_and_the_page_said_so(client: TestClient, desk: Desk) -> None:
    one, other = called(desk, "Jableh"), called(desk, "Hmeimim")
    assess = {"harm": "killed", "count": "48", "stand": f"{one.told()[0]} relied", "why": "read the words"}
    assert client.post(f"/incidents/{one.id}/assess", data=assess).status_code == 200
    assert client.post(f"/incidents/{other.id}/grade", data={"source": "B", "why": "known"}).status_code == 200
    text = client.get(f"/incidents/{one.id}/link?do=merge&incident=I-0002").text
    assert "<bdi>I-0002</bdi> leads to <bdi>I-0001</bdi> then." in text
    assert "read the words" in text and "known" in text and "would be of" in text
    answer = client.post(f"/incidents/{one.id}/link", data={**form_of(text, "/link"), "why": "one place"})
    assert answer.status_code == 200
    first, second = find(desk, "I-0001"), find(desk, "I-0002")
    assert first is not None and second is not None and first["incident"] == second["incident"]
    assert client.get("/incidents/I-0002").status_code == 200


def test_of_more_claims_than_somebody_waits_for_it_tells_what_moves_and_works_nothing_out(
    reader: TestClient, looking: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = called(looking, "Jableh"), called(looking, "Baniyas")
    full = preview(one, other, linking.merged(one, other))
    monkeypatch.setattr("cenotaph.desk.supposing.MOST", 5)
    for plan in (linking.merged(one, other), linking.merged(one, other, here=True), linking.split(one, one.told()[:1])):
        second = one if plan.steps[0][0] == "cannot-link" else other
        rough = preview(one, second, plan)
        assert (rough.claims, rough.after) == (0, []) and not rough.nothing
        assert {each.claim for each in rough.moving} == set(plan.moves)
    rough = preview(one, other, linking.merged(one, other))
    assert {each.claim for each in rough.moving} == {each.claim for each in full.moving}
    assert {each.incident.id for each in rough.before} == {each.incident.id for each in full.before}
    text = reader.get(f"/incidents/{one.id}/link?incident={other.id}").text
    assert "Too much is told of them" in text and "6 claims move" in text and "Worked out on" not in text


def test_a_search_comes_before_what_would_change_and_keeps_what_was_chosen(reader: TestClient, looking: Desk) -> None:
    one, other = called(looking, "Jableh"), called(looking, "Hmeimim")
    chosen = {"do": "merge", "incident": other.id, "q": "hmeimim", "listed": ""}
    text = reader.get(f"/incidents/{one.id}/link", params=chosen).text
    assert 'id="changes"' not in text and f'value="{other.id}" checked' in text and 'value="hmeimim"' in text
    listed = re.findall(r'name="listed" value="([^"]*)"', text)[0]
    again = reader.get(f"/incidents/{one.id}/link", params={**chosen, "listed": unescape(listed)}).text
    assert 'id="changes"' in again
    assert "No incident is like that" in reader.get(f"/incidents/{one.id}/link?q=zzzz&listed=").text


def test_two_claims_are_tied_as_one_series_and_stay_where_they_stand(client: TestClient, desk: Desk) -> None:
    one = called(desk, "Baniyas")
    first, second = one.told()[:2]
    before = gathered(desk)
    asked = {"do": "tie", "claims": first, "with": second, "verb": "must-link", "as": "one series"}
    text = client.get(f"/incidents/{one.id}/link", params=asked).text
    form = {**form_of(text, "/link"), "why": "one list"}
    assert client.post(f"/incidents/{one.id}/link", data=form).status_code == 200
    (made,) = desk.case.decisions()
    assert (made.verb, made.about, made.details["with"], made.details["as"]) == (
        "must-link", first, second, "one series",
    )  # fmt: skip
    assert gathered(desk) == before


SAY = Speech(texts("en"))


def looks(toll: Toll) -> tuple[object, ...]:
    """A figure as the page shows it."""
    scope = toll.scope
    narrowed = SAY.newest(toll), scope.group.words, SAY.harm(scope.harm), SAY.place(scope.place)
    return toll.root, *narrowed, bool(toll.read), tuple(SAY.counts(toll))


@pytest.mark.parametrize("kind", ["one series", "one day", "one account"])
@pytest.mark.parametrize("verb", VERBS)
def test_a_figure_is_marked_as_changed_only_where_what_is_shown_of_it_changes(
    looking: Desk, verb: str, kind: str
) -> None:
    one = called(looking, "from 6 March")
    ids, marked = one.told(), 0
    for at in (0, 10, 20, 40):
        found = preview(one, one, linking.tied(verb, ids[at], ids[at + 1], kind))
        for each in found.tolls:
            before, after = ({(looks(toll), title) for toll, title in some} for some in (each.before, each.after))
            assert not before & after
            marked += 1
        sides = [{looks(toll) for stand in some for toll, _, _ in stand.tolls} for some in (found.before, found.after)]
        for here, there in ((found.before, sides[1]), (found.after, sides[0])):
            assert not [toll for stand in here for toll, _, only in stand.tolls if only and looks(toll) in there]
    assert marked or (verb, kind) != ("must-link", "one series")


def test_the_same_figure_on_other_claims_or_by_another_rule_is_not_marked(looking: Desk) -> None:
    toll = next(iter(called(looking, "Baniyas").raw_tolls.values()))
    step = replace(toll.series[-1], claims=("claim:00ff00ff00ff00ff",))
    alike = replace(
        toll, id="toll:00ff", series=(*toll.series[:-1], step), claims=step.claims, incident="incident:00ff",
        scope=replace(toll.scope, assumed=(("period", "from the report"),)),
    )  # fmt: skip
    assert alike != toll and seen_of(alike) == seen_of(toll) and looks(alike) == looks(toll)


@pytest.mark.parametrize("changed", [
    {"group": Group("others")}, {"harm": Harm(("injured",))}, {"level": "documented"}, {"means": Means("shelling")},
    {"period": Period("", dt.date(2025, 1, 2), dt.date(2025, 1, 3))}, {"period": Period("in those days")},
    {"exclusions": (Group("fighters"),)}, {"parties": (Party("an armed group"),)}, {"place": Place("by the sea")},
])  # fmt: skip
def test_whatever_the_page_tells_of_a_figure_marks_it_and_is_told(looking: Desk, changed: dict[str, Any]) -> None:
    toll = next(iter(called(looking, "Baniyas").raw_tolls.values()))
    other = replace(toll, scope=replace(toll.scope, **changed))
    assert seen_of(other) != seen_of(toll) and looks(other) != looks(toll)


def test_a_figure_that_joins_a_series_is_shown_with_the_steps_that_it_joins(reader: TestClient, looking: Desk) -> None:
    one = called(looking, "from 6 March")
    ids = one.told()
    asked = {"do": "tie", "claims": ids[0], "with": ids[1], "verb": "must-link", "as": "one series"}
    (found,) = preview(one, one, linking.tied("must-link", ids[0], ids[1], "one series")).tolls
    (grown,) = [toll for toll, _ in found.after if len(toll.series) == max(len(each.series) for each, _ in found.after)]
    text = unescape(re.sub(r"<[^>]+>", "", reader.get(f"/incidents/{one.id}/link", params=asked).text))
    told = " → ".join(SAY.vintage(step) for step in grown.series)
    assert len(grown.series) > 1 and safe(told) in safe(text)


def test_what_can_not_be_is_refused_and_nothing_is_written(client: TestClient, desk: Desk) -> None:
    one, other, top = called(desk, "Jableh"), called(desk, "Hmeimim"), called(desk, "Latakia")
    claim, stranger = one.told()[0], other.told()[0]
    merge = {"do": "merge", "incident": other.id, "why": "one place"}
    wrong: tuple[dict[str, Any], ...] = (
        {**merge, "incident": one.id}, {**merge, "incident": top.id}, {**merge, "incident": "incident:0000"},
        {**merge, "incident": "I-9999"}, {**merge, "incident": ""}, {**merge, "why": " "}, {**merge, "do": "melt"},
        {**merge, "do": "move"}, {**merge, "do": "move", "claims": [stranger]},
        {**merge, "do": "move", "claims": ["claim:0000"]}, {"do": "split", "why": "two"},
        {"do": "split", "claims": one.told(), "why": "two"}, {"do": "split", "claims": [stranger], "why": "two"},
        {"do": "tie", "claims": [claim], "other": claim, "verb": "must-link", "as": "one day", "why": "x"},
        {"do": "tie", "claims": [claim], "other": "claim:0000", "verb": "must-link", "as": "one day", "why": "x"},
        {"do": "tie", "claims": [claim], "other": stranger, "verb": "link", "as": "one day", "why": "x"},
        {"do": "tie", "claims": [claim], "other": stranger, "verb": "must-link", "as": "same person", "why": "x"},
    )  # fmt: skip
    for each in wrong:
        assert client.post(f"/incidents/{one.id}/link", data=each).status_code == 422, each
        if str(each["why"]).strip():
            assert client.get(f"/incidents/{one.id}/link", params={**each, "look": "1"}).status_code == 422, each
    assert client.post("/incidents/incident:0000/link", data=merge).status_code == 404
    assert client.post(f"/incidents/{one.id}/unlink", data={"undo": "decision:0", "why": "x"}).status_code == 422
    assert client.post(f"/incidents/{one.id}/unlink", data={"why": " "}).status_code == 422
    assert desk.case.decisions() == []


# --- two windows ------------------------------------------------------------------------------------------------------


def test_whoever_links_what_another_linked_meanwhile_sees_both_and_then_what_it_would_change_now(desk: Desk) -> None:
    anna, boris = windows(desk, "Anna", "Boris")
    one, other, third = called(desk, "Jableh"), called(desk, "Baniyas"), called(desk, "Hmeimim")
    texts = [
        window.get(f"/incidents/{one.id}/link?do=merge&incident={target.id}").text
        for window, target in ((anna, other), (boris, third))
    ]
    forms = [form_of(text, "/link") for text in texts]
    assert anna.post(f"/incidents/{one.id}/link", data={**forms[0], "why": "hers"}).status_code == 303
    late = boris.post(f"/incidents/{one.id}/link", data={**forms[1], "why": "his"})
    assert late.status_code == 409 and "hers" in late.text and 'value="his"' in late.text
    assert [each.why for each in desk.case.decisions()] == ["hers"]
    action = re.findall(r'<form method="post" action="([^"]+)" class="stack"', late.text)[0]
    onward = boris.post(unescape(action), data={**form_of(late.text, "/link"), "why": "his"})
    assert onward.status_code == 303 and "do=merge" in onward.headers["location"]
    again = boris.get(onward.headers["location"])
    assert again.status_code == 200 and 'value="his"' in again.text and 'id="changes"' in again.text
    now = onward.headers["location"].partition("/link")[0]
    assert boris.post(f"{now}/link", data={**form_of(again.text, "/link"), "why": "his"}).status_code == 303
    assert [each.why for each in desk.case.decisions()] == ["hers", "his"]


def test_a_claim_that_was_moved_meanwhile_holds_up_a_merge_and_one_that_was_read_does_not(desk: Desk) -> None:
    anna, boris = windows(desk, "Anna", "Boris")
    one, other, third = called(desk, "Baniyas"), called(desk, "Jableh"), called(desk, "Hmeimim")
    address = f"/incidents/{one.id}/link"
    form = form_of(boris.get(f"{address}?do=merge&incident={other.id}").text, "/link")
    claim = one.raw_incident.claims[4]
    assert anna.post("/decide", data={"verb": "accept", "about": claim, "why": "plain"}).status_code == 303
    move = form_of(anna.get(address, params={"do": "move", "claims": claim, "incident": third.id}).text, "/link")
    assert anna.post(address, data={**move, "why": "another village"}).status_code == 303
    late = boris.post(address, data={**form, "why": "one town"})
    assert late.status_code == 409 and "another village" in late.text and "plain" not in late.text
    fresh = form_of(boris.get(f"{address}?do=merge&incident={other.id}").text, "/link")
    assert anna.post("/decide", data={"verb": "accept", "about": one.told()[2], "why": "read"}).status_code == 303
    assert boris.post(address, data={**fresh, "why": "one town"}).status_code == 303


def test_a_link_that_another_took_back_already_is_told_so(desk: Desk) -> None:
    anna, boris = windows(desk, "Anna", "Boris")
    one, other = called(desk, "Jableh"), called(desk, "Hmeimim")
    form = form_of(anna.get(f"/incidents/{one.id}/link?incident={other.id}").text, "/link")
    there = anna.post(f"/incidents/{one.id}/link", data={**form, "why": "one place"}).headers["location"]
    undo = form_of(boris.get(f"{there}/link").text, "/unlink")
    assert anna.post(f"{there}/unlink", data={**undo, "why": "no"}).status_code == 303
    late = boris.post(f"{there}/unlink", data={**undo, "why": "no, it was not"})
    assert late.status_code in (404, 409) and len(desk.case.decisions()) == 2
