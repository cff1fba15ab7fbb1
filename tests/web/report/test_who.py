"""Who is accused and who says it: corrected and added by people; the figure goes with its root."""

from __future__ import annotations

import pytest
from click.testing import CliRunner
from starlette.testclient import TestClient

from cenotaph.cli import main
from cenotaph.desk import Desk
from cenotaph.desk.report_who import who_codes
from cenotaph.desk.report_words import chosen, stands
from cenotaph.plain import dump
from cenotaph.publish.cells import Unfit
from cenotaph.vocabulary import Claim, Span
from tests.web.report.test_adding import claims_of, correct_form, fields, form_at, selecting, wrong_in
from tests.web.reported import ARABIC, ENGLISH, report_of
from tests.web.small import windows

OBSERVATORY = "Syrian Observatory for Human Rights"


def now(desk: Desk, claim: Claim) -> Claim:
    return next(one for one in desk.case.claims() if one.id == claim.id)


def rests(claim: Claim, name: str) -> list[str]:
    text = ENGLISH.replace("Four", "Five")
    return [span.of(text) for key, span in claim.evidence if key == name]


# --- who says it ------------------------------------------------------------------------------------------------------


def test_a_corrected_root_moves_the_figure_to_the_other_root(client: TestClient, desk: Desk) -> None:
    before = claims_of(desk, "Example Wire")[0]
    address, told = correct_form(client, desk, 0)
    assert before.root is not None and before.root.known_as == OBSERVATORY
    at = told["voices:root"]
    filled = {**told, f"voices:{at}:name": "a resident", f"voices:{at}:kind": "unknown"}
    assert client.post(address, data=filled).status_code == 200
    made = now(desk, before)
    assert made.root is not None and made.root.known_as == "a resident" and rests(made, "voices") == ["a resident"]
    roots = {
        toll.root for toll in desk.case.tolls() if before.id in {one for step in toll.series for one in step.claims}
    }
    assert roots and not any(OBSERVATORY in root for root in roots)
    why = CliRunner().invoke(main, ["why", str(desk.case.folder), before.id]).output
    assert "a resident" in why and OBSERVATORY not in why.splitlines()[0]


def test_the_outlet_answers_where_the_root_is_moved_to_it(client: TestClient, desk: Desk) -> None:
    before = claims_of(desk, "Example Wire")[0]
    address, told = correct_form(client, desk, 0)
    assert told["voices:1:name"] == "Example Wire"
    assert client.post(address, data={**told, "voices:root": "1"}).status_code == 200
    assert [(one.name, one.root) for one in now(desk, before).voices] == [
        ("Example Wire", True), (before.voices[1].name, False),
    ]  # fmt: skip
    assert now(desk, before).coder.kind == "person"


def test_an_empty_row_for_the_accused_stays_folded_where_the_first_voice_is_the_root(
    client: TestClient, desk: Desk
) -> None:
    address, told = correct_form(client, desk, 0)
    assert client.post(address, data={**told, "voices:root": "1"}).status_code == 200
    page = client.get(address)
    assert fields(form_at(page))["voices:root"] == "1" and not claims_of(desk, "Example Wire")[0].parties
    assert '<details class="form__more"><summary>Add who is accused' in page.text


def test_a_figure_whose_root_nobody_names_says_so(client: TestClient, desk: Desk) -> None:
    before = claims_of(desk, "Example Wire")[0]
    address, told = correct_form(client, desk, 0)
    assert client.post(address, data={**told, "voices:root": "0"}).status_code == 200
    assert now(desk, before).root is None


def test_an_informant_is_added_behind_the_root_with_how_they_know(client: TestClient, desk: Desk) -> None:
    before = claims_of(desk, "Example Wire")[0]
    address, told = correct_form(client, desk, 0)
    at = f"voices:{len(before.voices) + 1}:"
    more = {f"{at}name": "A  resident", f"{at}kind": "person", f"{at}connection": "witness", f"{at}anonymous": "1"}
    assert client.post(address, data={**told, **more}).status_code == 200
    made = now(desk, before)
    informant = made.voices[-1]
    assert made.voices[:-1] == before.voices
    assert (informant.name, informant.kind, informant.connection) == ("a resident", "person", "witness")
    assert informant.anonymous and informant.protected and not informant.root
    assert "a resident" in rests(made, "voices") and set(rests(before, "voices")) <= set(rests(made, "voices"))


def test_a_voice_can_be_moved_in_the_chain_and_taken_out_of_it(client: TestClient, desk: Desk) -> None:
    before = claims_of(desk, "Example Wire")[0]
    address, told = correct_form(client, desk, 0)
    at = f"voices:{len(before.voices) + 1}:"
    filled = {**told, f"{at}name": "a resident", f"{at}place": "2"}
    assert client.post(address, data=filled).status_code == 200
    assert [one.name for one in now(desk, before).voices][1] == "a resident"
    address, told = correct_form(client, desk, 0)
    assert client.post(address, data={**told, "voices:2:name": ""}).status_code == 200
    assert [one.name for one in now(desk, before).voices] == [one.name for one in before.voices]


# --- who is accused ---------------------------------------------------------------------------------------------------


def test_a_party_is_added_corrected_and_taken_out(client: TestClient, desk: Desk) -> None:
    before = claims_of(desk, "Example Wire")[0]
    address, told = correct_form(client, desk, 0)
    filled = {**told, "parties:1:words": "Shelling", "parties:1:canonical": "An Army",
              "parties:1:degree": "ordered", "parties:1:certainty": "suspected"}  # fmt: skip
    assert client.post(address, data=filled).status_code == 200
    (party,) = now(desk, before).parties
    assert (party.words, party.canonical, party.degree, party.certainty) == (
        "shelling", "An Army", "ordered", "suspected",
    )  # fmt: skip
    assert rests(now(desk, before), "parties") == ["shelling"]
    assert "An Army" in client.get(address.rpartition("/correct")[0]).text
    address, told = correct_form(client, desk, 0)
    assert client.post(address, data={**told, "parties:1:degree": "planned"}).status_code == 200
    assert now(desk, before).parties[0].degree == "planned" and rests(now(desk, before), "parties") == ["shelling"]
    address, told = correct_form(client, desk, 0)
    assert client.post(address, data={**told, "parties:1:words": ""}).status_code == 200
    assert now(desk, before).parties == () and rests(now(desk, before), "parties") == []


def test_selected_arabic_words_are_the_ones_on_which_it_rests(client: TestClient, desk: Desk) -> None:
    before = claims_of(desk, "مثال")[0]
    address, told = correct_form(client, desk, 0, "مثال")
    words, at = "سيارات", ARABIC.index("سيارات")
    filled = {**told, "parties:1:words": words, "at:parties:1:words": f"{at}-{at + len(words)}"}
    assert client.post(address, data=filled).status_code == 200
    assert dict(now(desk, before).evidence)["parties"] == Span(at, at + len(words))


def test_an_added_claim_takes_parties_and_voices_along(client: TestClient, desk: Desk) -> None:
    told = fields(form_at(selecting(client, desk, "مثال", ARABIC, "7 مدنيين")))
    filled = {**told, "harm": "injured", "parties:1:words": "المرصد", "parties:1:certainty": "alleged"}
    answer = client.post(f"/report/{report_of(desk, 'مثال')}/add", data=filled)
    assert answer.status_code == 200
    made = next(one for one in claims_of(desk, "مثال") if str(one.harm) == "injured")
    assert [(one.words, one.degree, one.certainty) for one in made.parties] == [("المرصد", "carried out", "alleged")]
    assert made.root is not None and made.root.canonical == OBSERVATORY
    assert {name for name, _ in made.evidence} >= {"parties", "voices", "harm", "quantity"}


# --- what can't be so -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [({"parties:1:words": "the moon"}, "parties-1-words"), ({"parties:1:canonical": "An Army"}, "parties-1-words"),
     ({"parties:1:words": "shelling", "parties:1:degree": "watched"}, "parties-1-degree"),
     ({"parties:1:words": "shelling", "parties:1:certainty": "Salim Haddad"}, "parties-1-certainty"),
     ({"parties:1:words": "[protected]"}, "parties-1-words"),
     ({"parties:1:words": "shell\u202eing"}, "parties-1-words"),
     ({"parties:1:words": "shelling", "parties:1:canonical": "x" * 301}, "parties-1-canonical"),
     ({"parties:1:words": "shelling", "at:parties:1:words": "5-99999"}, "parties-1-words"),
     ({"parties:1:words": "shelling", "at:parties:1:words": "9-3"}, "parties-1-words"),
     ({"parties:1:words": "shelling", "at:parties:1:words": "x"}, "parties-1-words"),
     ({"voices:1:name": "Another Wire"}, "voices-1-name"), ({"voices:3:name": "nobody here"}, "voices-3-name"),
     ({"voices:root": "3"}, "voices-root"), ({"voices:root": "x"}, "voices-root"),
     ({"voices:2:kind": "ghost"}, "voices-2-kind"),
     ({"voices:2:connection": "heard it"}, "voices-2-connection"), ({"voices:2:place": "0"}, "voices-2-place"),
     ({"voices:2:place": "12-"}, "voices-2-place"), ({"voices:3:anonymous": "1"}, "voices-3-name")],
)  # fmt: skip
def test_wrong_rows_say_why_in_either_language_and_keep_what_was_typed(
    reader: TestClient, looking: Desk, typed: dict[str, str], wrong: str
) -> None:
    address, told = correct_form(reader, looking, 0)
    for language in ("ar", "en"):
        reader.post("/you", data={"who": "A Reader", "language": language, "theme": "auto"})
        answer = reader.post(address, data={**told, **typed})
        assert answer.status_code == 422
        assert set(wrong_in(answer)) == {wrong}
        assert wrong_in(answer)[wrong].isascii() is (language == "en")
        kept = fields(form_at(answer))
        free = {name: one for name, one in typed.items() if "\u202e" not in one and name != "voices:root"}
        assert {name: kept.get(name) for name in free} == free
    assert looking.case.decisions() == []


def test_a_protected_name_stays_as_it_is_and_is_not_bared_unseen(client: TestClient, desk: Desk) -> None:
    claim = next(one for one in claims_of(desk, "Example Wire") if any(v.protected for v in one.voices))
    number = [one.id for one in claims_of(desk, "Example Wire")].index(claim.id)
    at = next(n for n, one in enumerate(claim.voices, 1) if one.protected)
    address, told = correct_form(client, desk, number)
    assert told[f"voices:{at}:name"] == "[protected]" and "Haddad" not in client.get(address).text
    bared = {name: one for name, one in told.items() if name != f"voices:{at}:protected"}
    assert f"voices-{at}-protected" in wrong_in(client.post(address, data=bared))
    assert client.post(address, data={**told, f"voices:{at}:connection": "relative"}).status_code == 200
    made = now(desk, claim).voices[at - 1]
    assert (made.name, made.connection, made.protected) == (claim.voices[at - 1].name, "relative", True)


def test_hidden_words_that_were_selected_are_known_by_their_places(client: TestClient, desk: Desk) -> None:
    text = ENGLISH.replace("Four", "Five")
    before = claims_of(desk, "Example Wire")[0]
    at = text.index("Salim Haddad")
    address, told = correct_form(client, desk, 0)
    filled = {**told, "voices:3:name": "[protected]", "at:voices:3:name": f"{at}-{at + 12}", "voices:3:kind": "person"}
    answer = client.post(address, data=filled)
    assert answer.status_code == 200 and "Haddad" not in answer.text
    made = now(desk, before).voices[-1]
    assert (made.name, made.protected) == ("Salim Haddad", True)


def test_one_more_row_is_given_and_nothing_is_written(reader: TestClient, looking: Desk) -> None:
    address, told = correct_form(reader, looking, 0)
    asked = reader.post(address, data={**told, "parties:1:words": "shelling", "lookup": "parties"})
    kept = fields(form_at(asked))
    assert kept["parties:1:words"] == "shelling" and kept["parties:2:words"] == ""
    assert wrong_in(asked) == {} and looking.case.decisions() == []


def test_of_two_windows_the_second_sees_whose_figure_it_became(desk: Desk) -> None:
    anna, boris = windows(desk, "Anna", "Boris", follow=True)
    address, told = correct_form(anna, desk, 0)
    assert anna.post(address, data={**told, "voices:root": "1"}).status_code == 200
    late = boris.post(address, data={**told, "parties:1:words": "shelling"})
    assert late.status_code == 409 and "Example Wire (root)" in late.text and "shelling" in late.text


def test_the_api_takes_them_as_it_takes_every_field(client: TestClient, desk: Desk) -> None:
    claim = claims_of(desk, "Example Wire")[0]
    told = client.get(f"/api/v1/claims/{claim.id}").json()
    made = dump(claim)
    made["voices"] = [{**one, "root": at == 0} for at, one in enumerate(made["voices"])]
    made["parties"] = [{"words": "shelling", "canonical": "", "degree": "ordered", "certainty": ""}]
    sent = {"verb": "correct", "about": claim.id, "why": "read again", "details": {"claim": made}, "seen": told["seen"]}
    assert client.post("/api/v1/decisions", json={"decisions": [sent]}).status_code == 201
    again = client.get(f"/api/v1/claims/{claim.id}").json()
    assert again["root"].startswith("Example Wire") and again["claim"]["parties"][0]["degree"] == "ordered"


# --- words ------------------------------------------------------------------------------------------------------------


def test_marks_that_nobody_sees_part_no_words() -> None:
    text = "Then \u200fthe \u202eMayor\u202c of  Tal spoke; the mayor left."
    span = stands(text, "the Mayor", 0)
    assert span is not None and "Mayor" in span.of(text)
    assert stands(text, "of Tal", 0) == Span(text.index("of"), text.index(" spoke"))
    assert stands(text, "  ", 0) is None and stands(text, "mayo of", 0) is None


def test_a_place_that_was_selected_counts_while_its_words_are_those_typed() -> None:
    text = "The army came. The army went."
    later = text.rindex("army")
    assert chosen({"a": "army", "at:a": f"{later}-{later + 4}"}, "a", text, 0)[1].start == later
    assert chosen({"a": "army", "at:a": "0-3"}, "a", text, 0)[1].start == 4
    with pytest.raises(Unfit, match="outside"):
        chosen({"a": "army", "at:a": "3-99"}, "a", text, 0)


def test_what_can_be_chosen_has_a_word_in_both_languages() -> None:
    from cenotaph.web.texts import texts

    for name, section in (("degree",) * 2, ("certainty",) * 2, ("connection",) * 2, ("kind", "voice_kind")):
        for code in who_codes(name):
            for language in ("en", "ar"):
                assert texts(language).has(f"{section}.{code.replace(' ', '_')}"), (section, code, language)
