"""Claims corrected and added by people: whole, on words of their report, and refused where the words don't stand."""

from __future__ import annotations

from typing import Any

import pytest
from lxml import html
from starlette.testclient import TestClient

from cenotaph.desk import Desk
from cenotaph.desk.adding import _around, _figure, stands_at
from cenotaph.desk.report import opened
from cenotaph.desk.report_correct import Wrong
from cenotaph.vocabulary import Claim, Report
from tests.web.reported import ARABIC, ASTRAL, ENGLISH, KURDISH, report_of
from tests.web.small import windows


def fields(form: html.HtmlElement) -> dict[str, str]:
    """What a form would send as it stands."""
    told = {one.get("name"): one.get("value", "") for one in form.xpath(".//input[@name]")
            if one.get("type") not in ("radio", "checkbox") or one.get("checked") is not None}  # fmt: skip
    for one in form.xpath(".//select"):
        chosen = one.xpath("./option[@selected]") or one.xpath("./option")
        told[one.get("name")] = chosen[0].get("value", "")
    return told


def form_at(answer: Any) -> html.HtmlElement:
    (found,) = html.fromstring(answer.text).xpath("//div[contains(@class, 'slot')]/form")
    return found


def wrong_in(answer: Any) -> dict[str, str]:
    page = html.fromstring(answer.text)
    return {one.get("id").removeprefix("wrong-"): one.text for one in page.xpath("//*[@class='field__error']")}


def claims_of(desk: Desk, outlet: str) -> list[Claim]:
    report = report_of(desk, outlet)
    return sorted((one for one in desk.case.claims() if one.report == report), key=lambda one: one.anchor)


def selecting(client: TestClient, desk: Desk, outlet: str, text: str, words: str) -> Any:
    """The form that opens for words selected in the text."""
    at = text.index(words)
    return client.get(f"/report/{report_of(desk, outlet)}/add?start={at}&end={at + len(words)}")


# --- correcting -------------------------------------------------------------------------------------------------------


def correct_form(
    client: TestClient, desk: Desk, number: int, outlet: str = "Example Wire"
) -> tuple[str, dict[str, str]]:
    address = f"/report/{report_of(desk, outlet)}/correct/{claims_of(desk, outlet)[number].id}"
    return address, fields(form_at(client.get(address)))


def test_a_figure_is_corrected_and_the_claim_keeps_its_id(client: TestClient, desk: Desk) -> None:
    before = claims_of(desk, "Example Wire")[0]
    address, told = correct_form(client, desk, 0)
    assert (told["words"], told["base"], told["comparator"], told["place_name"]) == (
        "At least 12", "12", "at least", "Baniyas",
    )  # fmt: skip
    assert client.post(address, data={**told, "words": "12", "comparator": "exact", "sex": "male"}).status_code == 200
    now = next(one for one in claims_of(desk, "Example Wire") if one.id == before.id)
    assert (now.quantity.words, now.quantity.comparator, now.group.sex) == ("12", "exact", "male")
    assert (now.coder.kind, now.coder.name) == ("person", "A Reader")
    assert desk.case.decisions()[0].why == told["why"] != ""


def test_what_was_not_touched_is_no_change(client: TestClient, desk: Desk) -> None:
    address, told = correct_form(client, desk, 0)
    answer = client.post(address, data=told)
    assert answer.status_code == 422 and "nothing was changed" in answer.text
    assert desk.case.decisions() == []


@pytest.mark.parametrize(
    ("typed", "column"),
    [({"words": "13"}, "words"), ({"base": "many"}, "base"), ({"base": "-3"}, "base"), ({"group": "soldiers"}, "group"),
     ({"comparator": "between"}, "upper"), ({"harm": "bored"}, "harm"), ({"status": "soldier"}, "status"),
     ({"start_day": "Friday"}, "start_day"), ({"start_day": "2025-03-09", "end_day": "2025-03-06"}, "end_day"),
     ({"place_name": "Nowhere at All"}, "place_name"), ({"lat": "91", "lon": "0"}, "lat"), ({"stance": ""}, "stance"),
     ({"relation": "part", "relation_to": "claim:1"}, "relation_to"), ({"fraction": "2"}, "fraction")],
)  # fmt: skip
def test_a_field_that_can_not_be_so_says_why_beside_it_and_what_was_typed_stays(
    reader: TestClient, looking: Desk, typed: dict[str, str], column: str
) -> None:
    address, told = correct_form(reader, looking, 0)
    answer = reader.post(address, data={**told, **typed})
    assert answer.status_code == 422
    assert set(wrong_in(answer)) == {column} and wrong_in(answer)[column]
    kept = fields(form_at(answer))
    free = {name: one for name, one in typed.items() if name not in ("harm", "stance", "relation_to")}
    assert {name: kept[name] for name in free} == free
    assert looking.case.decisions() == []


def test_all_fields_that_are_no_values_are_named_at_once(reader: TestClient, looking: Desk) -> None:
    address, told = correct_form(reader, looking, 0)
    answer = reader.post(address, data={**told, "base": "x", "said": "y", "lat": "z"})
    assert set(wrong_in(answer)) == {"base", "said", "lat"}


SLIPS = (
    ({"base": "12-"}, "base"), ({"base": "a dozen"}, "base"), ({"base": "٩" * 30}, "base"),
    ({"fraction": "half"}, "fraction"),
    ({"start_day": "2025-02-31"}, "start_day"), ({"said": "31/02/2025"}, "said"), ({"why": " "}, "why"),
    ({"why": "read\u202eagain"}, "why"), ({"unit": "peo\u2067ple"}, "unit"), ({"group": "civ\u202eilians"}, "group"),
    ({"group": "soldiers", "at:group": "7-99999"}, "group"), ({"place_name": "Nowhere at All"}, "place_name"),
    ({"sex": "either"}, "sex"), ({"harm": "bored"}, "harm"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "column"),
    [*SLIPS, ({"lat": "91", "lon": "0"}, "lat"), ({"lat": "0", "lon": "-181"}, "lon"),
     ({"lat": "x", "lon": "0"}, "lat"),
     ({"comparator": "between"}, "upper")],
)  # fmt: skip
def test_a_slip_is_told_in_one_line_of_the_language_of_the_interface(
    reader: TestClient, looking: Desk, typed: dict[str, str], column: str
) -> None:
    address, told = correct_form(reader, looking, 0)
    new = f"/report/{report_of(looking, 'Example Daily')}/add"
    form = fields(form_at(selecting(reader, looking, "Example Daily", ASTRAL, "33 men"))) | {"harm": "injured"}
    asked = [(address, told)] + ([(new, form)] if (typed, column) in SLIPS else [])
    for language in ("ar", "en"):
        reader.post("/you", data={"who": "A Reader", "language": language, "theme": "auto"})
        for to, filled in asked:
            answer = reader.post(to, data={**filled, **typed})
            wrong, kept = wrong_in(answer), fields(form_at(answer))
            assert answer.status_code == 422 and set(wrong) == {column}
            assert any("\u0600" < sign < "\u06ff" for sign in wrong[column]) is (language == "ar")
            assert "\u202e" not in answer.text and "\u2067" not in answer.text
            free = {name: one for name, one in typed.items() if one.isprintable() and name not in ("harm", "at:group")}
            assert {name: kept[name] for name in free} == free
    assert looking.case.decisions() == []


def test_arabic_digits_are_digits(client: TestClient, desk: Desk) -> None:
    address, told = correct_form(client, desk, 0)
    typed = {"base": "١٬٣٨٣", "start_day": "٢٠٢٥-٠٣-٠٦", "lat": "٣٥٫٢", "lon": "36"}
    assert client.post(address, data={**told, **typed}).status_code == 200
    made = claims_of(desk, "Example Wire")[0]
    assert made.quantity.base == 1383 and made.period is not None and str(made.period.start) == "2025-03-06"
    assert made.place is not None and (made.place.lat, made.place.lon) == (35.2, 36.0)


def test_words_as_the_page_shows_them_are_those_of_the_report(client: TestClient, desk: Desk) -> None:
    address, told = correct_form(client, desk, 0)
    assert client.post(address, data={**told, "group": "\u2060Civilians\u200f", "sex": "male"}).status_code == 200
    made = claims_of(desk, "Example Wire")[0]
    assert (made.group.words, made.group.sex) == ("civilians", "male")


def test_what_was_filled_in_stays_where_the_words_of_the_figure_are_not_found(
    reader: TestClient, looking: Desk
) -> None:
    report = report_of(looking, "Example Daily")
    form = fields(form_at(selecting(reader, looking, "Example Daily", ASTRAL, "33 men")))
    filled = {**form, "harm": "injured", "sex": "male", "parties:1:certainty": "alleged", "why": "seen there"}
    answer = reader.post(f"/report/{report}/add", data={**filled, "end": "999999"})
    kept = fields(form_at(answer))
    assert answer.status_code == 422 and kept["sex"] == "male"
    again = fields(form_at(reader.get(f"/report/{report}/add", params={**kept, "words": "33 men"})))
    names = ("harm", "sex", "parties:1:certainty", "why")
    assert {name: again[name] for name in names} == {name: filled[name] for name in names}


def test_a_name_that_is_hidden_can_not_be_corrected_unseen(reader: TestClient, looking: Desk) -> None:
    address, told = correct_form(reader, looking, 2)
    answer = reader.post(address, data={**told, "group": "[protected] and others"})
    assert "group" in wrong_in(answer) and "Haddad" not in answer.text


def test_a_place_of_which_there_are_several_is_chosen_among_them(client: TestClient, desk: Desk) -> None:
    address, told = correct_form(client, desk, 0)
    asked = client.post(address, data={**told, "place_name": "Homs"})
    assert "place_name" in wrong_in(asked)
    choices = form_at(asked).xpath(".//input[@name='place_id']/@value")
    assert len(choices) > 1
    answer = client.post(address, data={**fields(form_at(asked)), "place_id": choices[-1]})
    assert answer.status_code == 200 and claims_of(desk, "Example Wire")[0].place.id == choices[-1]  # type: ignore[union-attr]


def test_a_place_that_no_gazetteer_knows_shows_the_fields_that_it_needs(reader: TestClient, looking: Desk) -> None:
    """They stand in a part of the form that is shut otherwise, so they would be looked for in vain."""
    address, told = correct_form(reader, looking, 0)
    assert form_at(reader.get(address)).xpath(".//details[@open]//*[@name='path']") == []
    answer = reader.post(address, data={**told, "place_name": "Nowhere at All"})
    assert "how exact it is" in wrong_in(answer)["place_name"]
    assert len(form_at(answer).xpath(".//details[@open]//*[@name='path' or @name='place_precision']")) == 2


def test_two_who_correct_at_once_do_not_overwrite_each_other(desk: Desk) -> None:
    anna, boris = windows(desk, "Anna", "Boris", follow=True)
    address, theirs = correct_form(boris, desk, 0)
    _, told = correct_form(anna, desk, 0)
    assert anna.post(address, data={**told, "sex": "male"}).status_code == 200
    answer = boris.post(address, data={**theirs, "sex": "female"})
    assert answer.status_code == 409 and "Anna" in answer.text
    assert claims_of(desk, "Example Wire")[0].group.sex == "male"


def test_a_correction_needs_a_reason_and_a_claim_that_is_there(client: TestClient, desk: Desk) -> None:
    address, told = correct_form(client, desk, 0)
    assert client.post(address, data={**told, "sex": "male", "why": " "}).status_code == 422
    gone = address.rpartition("/")[0] + "/claim:0000000000000000"
    assert client.get(gone).status_code == 404 and client.post(gone, data=told).status_code == 404
    assert desk.case.decisions() == []


def test_a_module_of_the_page_gets_the_form_alone(reader: TestClient, looking: Desk) -> None:
    address, _ = correct_form(reader, looking, 0)
    answer = reader.get(address, headers={"x-part": "1"})
    assert answer.text.lstrip().startswith("<form") and "<html" not in answer.text


# --- adding -----------------------------------------------------------------------------------------------------------


def test_selected_words_propose_the_figure_with_what_bounds_it_who_and_what_harm(
    reader: TestClient, looking: Desk
) -> None:
    text = ENGLISH.replace("Four", "Five")
    told = fields(form_at(selecting(reader, looking, "Example Wire", text, "12 civilians")))
    assert (told["comparator"], told["base"], told["harm"]) == ("at least", "12", "killed")
    assert (told["group"], told["status"]) == ("civilians", "civilian")
    assert text[int(told["start"]) : int(told["end"])] == "at least 12".capitalize()


def test_arabic_words_are_read_by_the_words_of_their_language(reader: TestClient, looking: Desk) -> None:
    told = fields(form_at(selecting(reader, looking, "مثال", ARABIC, "ثلاث")))
    assert (told["comparator"], told["base"]) == ("exact", "3")
    again = fields(form_at(selecting(reader, looking, "مثال", ARABIC, "7 مدنيين")))
    assert (again["base"], again["harm"], again["status"]) == ("7", "killed", "civilian")


@pytest.mark.parametrize(("words", "comparator", "base"), [
    ("شخصين", "exact", "2"), ("طفلين", "exact", "2"), ("المسعفين", "none", ""), ("مفقودين", "none", ""),
])  # fmt: skip
def test_the_form_of_a_noun_says_how_many_where_no_number_does(
    looking: Desk, words: str, comparator: str, base: str
) -> None:
    report = Report.of_text("قال شهود إن شخصين ما زالا مفقودين، وإن طفلين من عائلات المسعفين معهم.\n", language="ar")
    span = stands_at(report, None, None, words)
    cells, at = _figure(_around(report, span, looking.case.own_places.world()), span)
    assert (cells["comparator"], cells["base"], at.of(report.text)) == (comparator, base, words)


def test_of_a_language_that_the_reader_lacks_digits_are_read(reader: TestClient, looking: Desk) -> None:
    told = fields(form_at(selecting(reader, looking, "Mînak", KURDISH, "41 kes")))
    assert (told["comparator"], told["base"], told["harm"]) == ("exact", "41", "")


def test_places_are_code_points_whatever_stands_before(client: TestClient, desk: Desk) -> None:
    told = fields(form_at(selecting(client, desk, "Example Daily", ASTRAL, "33 men")))
    answer = client.post(
        f"/report/{report_of(desk, 'Example Daily')}/add", data={**told, "harm": "injured", "group": "men"}
    )
    assert answer.status_code == 200
    made = next(one for one in claims_of(desk, "Example Daily") if str(one.harm) == "injured")
    assert made.quantity.words == made.anchor.of(ASTRAL) == "33"
    assert made.quote in ASTRAL and made.quote.startswith("𝟘𝕒😀 In Baniyas")


def test_an_added_claim_is_whole_and_counts_as_read_once(client: TestClient, desk: Desk) -> None:
    report = report_of(desk, "مثال")
    told = fields(form_at(selecting(client, desk, "مثال", ARABIC, "ثلاث سيارات")))
    filled = {**told, "harm": "property destroyed", "unit": "vehicles", "place": "جبلة", "reach": "event"}
    asked = client.post(f"/report/{report}/add", data=filled)  # several places are called so
    first, *others = form_at(asked).xpath(".//input[@name='place_id']/@value")
    assert others
    chosen = {**fields(form_at(asked)), "place_id": first}
    assert client.post(f"/report/{report}/add", data=chosen).status_code == 200
    made = next(one for one in claims_of(desk, "مثال") if str(one.harm) == "property destroyed")
    assert (made.quantity.words, made.quantity.base, made.quantity.unit) == ("ثلاث", 3, "vehicles")
    assert made.quote == "وشوهدت ثلاث سيارات." and made.place is not None and made.place.path
    assert [(one.name, one.root) for one in made.voices] == [("مثال", True)]
    (decision,) = desk.case.decisions()
    assert (decision.verb, decision.about, decision.who) == ("add", made.id, "A Reader") and decision.why
    seen = opened(desk, report)
    assert seen is not None and next(one for one in seen.claims if one.claim.id == made.id).reads == 1


def test_a_voice_in_the_words_answers_for_the_figure_and_a_private_one_is_hidden(
    client: TestClient, desk: Desk
) -> None:
    report = report_of(desk, "Example Daily")
    told = fields(form_at(selecting(client, desk, "Example Daily", ASTRAL, "33 men")))
    filled = {**told, "harm": "injured", "voices:2:name": "the mayor", "voices:2:kind": "person"}
    assert client.post(f"/report/{report}/add", data=filled).status_code == 200
    made = next(one for one in claims_of(desk, "Example Daily") if str(one.harm) == "injured")
    assert [(one.name, one.root, one.protected) for one in made.voices] == [
        ("Example Daily", False, False), ("the mayor", True, True),
    ]  # fmt: skip
    assert dict(made.evidence)["voices"].of(ASTRAL) == "the mayor"


def test_a_voice_that_other_claims_of_the_report_know_is_the_same_one(client: TestClient, desk: Desk) -> None:
    told = fields(form_at(selecting(client, desk, "مثال", ARABIC, "7 مدنيين")))
    assert told[f"voices:{told['voices:root']}:name"] == "المرصد السوري لحقوق الإنسان"
    client.post(f"/report/{report_of(desk, 'مثال')}/add", data={**told, "harm": "injured"})
    read, made = sorted(claims_of(desk, "مثال"), key=lambda one: one.coder.kind, reverse=True)
    assert made.coder.kind == "person" and made.root == read.root and made.root is not None
    assert made.root.canonical == "Syrian Observatory for Human Rights"


def test_two_groups_of_one_figure_are_two_claims(client: TestClient, desk: Desk) -> None:
    report = report_of(desk, "Example Daily")
    told = fields(form_at(selecting(client, desk, "Example Daily", ASTRAL, "33 men")))
    for group in ("men", "mayor"):
        client.post(f"/report/{report}/add", data={**told, "harm": "injured", "group": group})
    made = [one for one in claims_of(desk, "Example Daily") if str(one.harm) == "injured"]
    assert sorted(one.group.words for one in made) == ["mayor", "men"]


@pytest.mark.parametrize(
    ("typed", "column"),
    [({"harm": ""}, "harm"), ({"harm": "bored"}, "harm"), ({"group": "soldiers"}, "group"),
     ({"voices:2:name": "Reuters"}, "voices-2-name"), ({"place": "Homs"}, "place"), ({"base": ""}, "base"),
     ({"period": "Monday"}, "period"), ({"said": "soon"}, "said")],
)  # fmt: skip
def test_a_claim_is_not_added_on_words_that_do_not_stand_in_the_report(
    reader: TestClient, looking: Desk, typed: dict[str, str], column: str
) -> None:
    told = fields(form_at(selecting(reader, looking, "Example Daily", ASTRAL, "33 men")))
    answer = reader.post(
        f"/report/{report_of(looking, 'Example Daily')}/add", data={**told, "harm": "injured", **typed}
    )
    assert answer.status_code == 422 and set(wrong_in(answer)) == {column}
    assert looking.case.decisions() == []


@pytest.mark.parametrize(
    "at", [("0", "999999"), ("9", "9"), ("12", "3"), ("x", "5"), ("", ""), ("٣", "9"), ("-1", "4")]
)
def test_places_outside_the_text_are_refused(reader: TestClient, looking: Desk, at: tuple[str, str]) -> None:
    told = {"start": at[0], "end": at[1], "harm": "killed", "comparator": "none", "why": "x"}
    assert reader.post(f"/report/{report_of(looking, 'مثال')}/add", data=told).status_code == 422
    assert looking.case.decisions() == []


def test_without_a_pointer_or_a_script_words_are_typed_and_found(reader: TestClient, looking: Desk) -> None:
    report = report_of(looking, "Example Wire")
    assert "nine" in form_at(reader.get(f"/report/{report}/add?words=nine people")).text_content()
    several = reader.get(f"/report/{report}/add?words=were")
    assert several.status_code == 422 and form_at(several).xpath(".//input[@name='nth']")
    assert reader.get(f"/report/{report}/add?words=were&nth=2").status_code == 200
    for words in ("seven", "%20", "civilian", ".*", "were&nth=9"):
        assert reader.get(f"/report/{report}/add?words={words}").status_code in (200, 422)
    assert wrong_in(reader.get(f"/report/{report}/add?words=seven")) == {
        "words": "these words do not stand in the report"
    }


def test_blanks_and_stops_around_selected_words_are_no_words() -> None:
    report = Report.of_text("He said: “12 dead”. ")
    assert stands_at(report, 8, 20).of(report.text) == "12 dead"
    for start, end in ((18, 20), (7, 9), (0, 0), (5, 2), (-1, 3), (0, 99)):
        with pytest.raises(Wrong):
            stands_at(report, start, end)
