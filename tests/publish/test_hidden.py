"""Who is hidden, and in which spellings: names in Latin and Arabic letters, accused persons and not bodies."""

from __future__ import annotations

import datetime as dt
import time
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cenotaph.publish.hidden import Hidden, Persons
from cenotaph.publish.masking import HOLDS_UNSEEN, PROTECTED, Mask, _any_of, in_three
from cenotaph.publish.veil import Veil
from cenotaph.vocabulary import (
    Check,
    Claim,
    Coder,
    Decision,
    Group,
    Harm,
    Incident,
    Party,
    Place,
    Quantity,
    Report,
    Root,
    Rooted,
    Scope,
    Span,
    Tether,
    Voice,
)

CODES = Path(__file__).resolve().parents[2] / "src/cenotaph/codes"
TABLE = tomllib.loads((CODES / "persons.toml").read_text("utf-8"))
PERSONS = Persons.of(TABLE, ["United States", "Boko Haram", "Example Liberation Army"])
REPORT = Report.of_text("At least 12 were shot.", outlet="Example Wire")


def claim(**known: Any) -> Claim:
    fields: dict[str, Any] = {
        "anchor": Span(0, 5), "trigger": Span(0, 5), "harm": Harm(("killed",)), "coder": Coder("rules", "example"),
        "quantity": Quantity("at least 12", "at least", 12),
    }  # fmt: skip
    return Claim.read_as(REPORT, Span(0, len(REPORT.text)), **(fields | known))


def protect(name: str, *, minute: int = 0, **details: Any) -> Decision:
    return Decision("A Reader", dt.datetime(2025, 4, 1, 0, minute, tzinfo=dt.UTC), "protect", name, details=details)


# --- spellings ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("José Placeholder", "Jose Placeholder said"), ("José", "JOSÉ said"), ("José", "Jose\u0301 said"),
        ("Sami  Placeholder", "Sami\nPlaceholder said"), ("O’Probe", "O'Probe said"),
        ("أحمد مثال", "قال احمد مثال"), ("احمد", "قال أحمد"), ("هدى", "قالت هدي"), ("فاطمة", "قالت فاطمه"),
        ("سامي", "قال سامـــي"), ("سامي", "قال سَامِي"), ("سَامِي", "قال سامي"), ("سامي", "وسامي قال"), ("سامي", "وَلِسامي"),
        ("Sami", "Sa\u200bmi said"), ("Sami", "\u2066Sami\u2069 said"), ("Sami", "Sami's brother"),
        ("Sami", "Sa\u00admi said"), ("Sami", "Sa\u034fmi said"), ("سامي", "سا\u061cمي"),
        ("Sami", "Sa-\n mi said"), ("Sami", "Sami-\nborn"), ("Sami", "Sami-\n"),
    ],
)  # fmt: skip
def test_a_name_is_hidden_in_its_other_spellings(name: str, text: str) -> None:
    assert PROTECTED in Mask.of([name])(text)


@pytest.mark.parametrize(
    ("name", "text", "left"),
    [
        ("Sami Placeholder", "#Sami_Placeholder", "#[protected]"),
        ("Sami Placeholder", "@SamiPlaceholder85", "@[protected]85"),
        ("Sami Placeholder", "samiplaceholder@mail.example", "[protected]@mail.example"),
        ("Sami Placeholder", "SAMIPLACEHOLDER", "[protected]"),
        ("Sami Placeholder", "TalkWithSami.txt", "TalkWith[protected].txt"),
        ("Sami Placeholder", "Sami Place-\nholder", "[protected]"),
        ("Sami Placeholder", "talk_2_sami_2.txt", "talk_2_[protected]_2.txt"),
        ("Sami Placeholder", "Sami2", "[protected]2"),
        ("Sami Placeholder", "the Placeholders fled", "the [protected] fled"),
        ("Sami Marx", "the Marxes fled", "the [protected] fled"),
        ("سامي مثالي", "#الحرية_لسامي_مثالي", "#الحرية_[protected]"), ("سامي مثالي", "قال المثالي", "قال [protected]"),
        ("سامي المثالي", "قال مثالي", "قال [protected]"), ("سامي مثالي", "والمثالي", "[protected]"),
        ("عبد السلام مثالي", "قال عبدالسلام", "قال [protected]"),
        ("عبدالسلام مثالي", "قال عبد السلام", "قال [protected]"),
        ("أبو سامي", "قال ابوسامي", "قال [protected]"), ("Abu Sami", "abusami said", "[protected] said"),
        ("سامي مثالي", "https://x.example/%D8%B3%D8%A7%D9%85%D9%8A and on", "[protected] and on"),
        ("the baker of Harbour", "the_baker_of_Harbour", "[protected]"),
    ],
)  # fmt: skip
def test_a_name_is_hidden_where_signs_or_nothing_part_its_words(name: str, text: str, left: str) -> None:
    names, phrases = ([], [name]) if name[0].islower() else ([name], [])
    assert Mask.of(names, phrases)(text) == left


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Sami", "Samira said"), ("Sami", "a tsunami"), ("Ali", "Alignment"), ("سامي", "سامية قالت"),
        ("علي مثال", "قتل 12 على الساحل"), ("Sami", "S ami"),
        ("Sami", "Samis"), ("سامي", "السامي"), ("An Na", "Anna said"), ("Sami", "tsuNAMI"),
        ("صلاح الدين", "عليه دين"), ("Sami Das", "Dases"), ("Sami", "5 %5 of"), ("No. 14", "No. 140"),
        ("a resident", "a resident said"), ("", "nothing"), (" ", "nothing at all"), ("12", "12 killed"),
    ],
)  # fmt: skip
def test_other_words_stay(name: str, text: str) -> None:
    hidden = Hidden.of([claim(voices=(Voice(name, protected=True),))])
    assert hidden.mask(text) == text


@pytest.mark.parametrize(
    "address",
    [
        "https://x.example/jose-placeholder", "jose_placeholder.txt", "a/Jos%C3%A9.html", "a/Jos%25C3%25A9.html",
        "TalkWithJose.txt", "joseplaceholder.txt", "jose2.txt", "https://x.example/@JosePlaceholder",
        "x:jose,placeholder",
    ],
)  # fmt: skip
def test_an_address_that_spells_a_name_is_left_out(address: str) -> None:
    assert Mask.of(["José Placeholder"]).address(address) == PROTECTED


PIECES = ["Sami", "sami", "SAMI", "Placeholder", "José", "Jose", "Jose\u0301", "سامي", "سامـي", "سَامِي", "أحمد", "احمد",
          "و", "ل", "ب", "ال", " ", "-", "'", "\n", "\u200b", ".", "x", "12", "\u2067", "é", "ß", "İ", "_", "2",
          "\u00ad"]  # fmt: skip
WHOLE = Mask.of(["Sami Placeholder", "José", "سامي أحمد"], ["a man of the second street"])


@given(st.lists(st.sampled_from(PIECES), max_size=8))
def test_the_quick_look_at_first_words_misses_no_name(pieces: list[str]) -> None:
    text = "".join(pieces)
    assert WHOLE(text) == _any_of(WHOLE.parts or ()).sub(PROTECTED, text)


def test_half_of_what_is_hidden_is_shown_on_no_side_of_an_edge() -> None:
    mask = Mask.of(["Sami"], ["a father of four", "the man with 12 sheep"])
    text = "Sami is a father of four killed children, said the man with 12 sheep."
    for first in range(len(text) + 1):
        for last in range(first, len(text) + 1):
            assert "".join(in_three(text, first, last, mask)) == mask(text)
    assert in_three("12 killed", 0, 2, mask) == ("", "12", " killed")
    assert in_three("a father " + "of " * 90 + "four", 1, 2, Mask.of((), ["a father " + "of " * 90 + "four"])) == (
        "", PROTECTED, "",
    )  # fmt: skip


def test_a_long_text_without_spaces_is_looked_through_in_no_time() -> None:
    mask, started = Mask.of(["Sami Placeholder"]), time.process_time()
    for text in ("a" * 200_000 + "%41", "-" * 200_000 + "\n", "- " * 100_000 + "\n", "aB" * 100_000, "%4" * 100_000):
        assert mask(text) == text
    assert time.process_time() - started < 5


ONE_BY_ONE = [*PIECES, *"SamipPJs", "\u0345", "\u0399", "\u03b9", "\u1fbe", "\u0640", "\u064e", "\u0670", "\ufeff"]
"""With the letters that are capitals, or small letters, of a sign that nobody sees."""


@given(st.lists(st.sampled_from(ONE_BY_ONE), max_size=8))
def test_a_text_without_unseen_signs_is_masked_the_same_by_the_lighter_pattern(pieces: list[str]) -> None:
    text, parts = "".join(pieces), WHOLE.parts or ()
    whole, light = (_any_of(parts, *between).sub(PROTECTED, text) for between in ((), ("",)))
    assert whole == light or HOLDS_UNSEEN.search(text)


@pytest.mark.parametrize("between", ["\u0640", "\u064e", "\u0345", "\u03b9", "\u200b", "\ufeff"])
def test_a_sign_that_can_stand_between_two_letters_of_a_name_calls_for_the_whole_pattern(between: str) -> None:
    text = f"Sa{between}mi said"
    assert HOLDS_UNSEEN.search(text) and _any_of(("Sami",)).search(text) and not _any_of(("Sami",), "").search(text)


def test_descriptions_of_one_report_are_hidden_before_the_names_in_them() -> None:
    mask = Mask.of(["Sami"]).also(["a cousin of Sami in the second street", "residents"])
    assert (
        mask("a cousin of Sami in the second street and Sami; residents") == f"{PROTECTED} and {PROTECTED}; residents"
    )
    assert Mask.of(["Sami"]).also(["residents"]) == Mask.of(["Sami"])
    assert not Mask(None).hides and not Mask.of([]).also([]).hides and mask.hides


# --- who is one person ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Colonel Karim Esempio", "Karim Esempio"), ("the commander Karim", "Karim"),
        ("Maj. Gen. Karim Esempio", "Karim Esempio"),
        ("Karim al-Esempio", "Karim al-Esempio"), ("Karim bin Esempio", "Karim bin Esempio"),
        ("fighters under Colonel Karim Esempio", "Karim Esempio"), ("Colonel Karim's brigade", "Karim"),
        ("COLONEL KARIM ESEMPIO", "KARIM ESEMPIO"),
        ("Sheikh Karim Esempio", "Karim Esempio"), ("men of Capt. Karim al-Esempio in town", "Karim al-Esempio"),
        ("the unit of Gen. Esempio’s son", "Esempio"), ("مجموعة العقيد كريم إسمبيو", "كريم إسمبيو"),
        ("العقيد كريم إسمبيو", "كريم إسمبيو"), ("المدعو كريم", "كريم"),
        ("قوات العقيد كريم إسمبيو في المدينة", "كريم إسمبيو"), ("اللواء كريم إسمبيو", "كريم إسمبيو"),
    ],
)  # fmt: skip
def test_an_accused_person_is_known_by_rank_or_by_the_form_of_a_name(words: str, name: str) -> None:
    assert PERSONS.name(words) == name
    assert name in Hidden.of([claim(parties=(Party(words),))], persons=PERSONS).names


@pytest.mark.parametrize(
    "words",
    [
        "gunmen", "Gunmen", "gunmen loyal to the government", "the army", "Israeli Settlers", "Liwa Example",
        "Israeli Military", "THE EXAMPLE GUERRILLAS", "SIX PERSONS", "IDF soldiers",
        "General Security forces", "forces of General Command", "fighters from Sheikh Example", "Major Crimes Unit",
        "Boko Haram",
        "the Example Brigade", "United States", "Example Liberation Army", "", "   ", "the",
        "unknown perpetrators", "Unidentified individuals", "A Very Long Name Of Some Body", "colonel", "the general",
        "قوات النظام", "القوات المشاركة", "فلول النظام السابق", "لواء المثال", "مسلحون مجهولون", "كريم إسمبيو",
    ],
)  # fmt: skip
def test_bodies_and_several_people_are_no_person(words: str) -> None:
    assert PERSONS.name(words) == ""
    assert Hidden.of([claim(parties=(Party(words),))], persons=PERSONS).names == frozenset()


def test_the_name_that_somebody_gave_an_accused_person_is_hidden_with_the_words() -> None:
    party = Party("Colonel Karim Esempio", canonical="كريم إسمبيو")
    assert {"Karim Esempio", "كريم إسمبيو"} <= Hidden.of([claim(parties=(party,))], persons=PERSONS).names


def test_the_words_that_tell_a_person_have_each_a_source_and_every_language() -> None:
    assert [entry for kind in TABLE.values() for entry in kind if not entry["source"].strip()] == []
    languages = {path.stem for path in (CODES.parent / "read/languages").glob("*.toml")}
    assert {entry["language"] for entry in TABLE["rank"]} == {entry["language"] for entry in TABLE["body"]} == languages


# --- who is hidden --------------------------------------------------------------------------------------------------


def test_the_living_and_children_are_hidden_and_dead_adults_by_decision_alone() -> None:
    named = Group("Sami Placeholder", names=("Sami Placeholder",))
    assert Hidden.of([claim(group=named)]).names == frozenset()
    assert Hidden.of([claim(group=named, harm=Harm(("injured",)))]).names == {"Sami Placeholder"}
    assert Hidden.of([claim(group=replace(named, age="child"))]).names == {"Sami Placeholder"}
    made = protect("Sami Placeholder", also=["سامي مثالي"])
    assert Hidden.of([claim(group=named)], decisions=[made]).names == {"Sami Placeholder", "سامي مثالي"}


def test_of_one_name_the_latest_decision_counts() -> None:
    consent, back = protect("Sami", consent=["publish"]), protect("sami", minute=1)
    voice = claim(voices=(Voice("Sami", protected=True),))
    assert Hidden.of([voice], decisions=[consent]).names == frozenset()
    assert Hidden.of([voice], decisions=[consent, back]).names >= {"sami"}
    assert Hidden.of([voice], decisions=[back, consent]).names == frozenset()


def test_what_is_protected_and_is_no_name_is_hidden_as_a_whole() -> None:
    mask = Hidden.of([], decisions=[protect("the baker of Harbour", also=["abu", "خباز الميناء"])]).mask
    assert mask("The baker of\nHarbour fled Harbour.") == f"{PROTECTED} fled Harbour."
    assert mask("Abu saw it") == f"{PROTECTED} saw it"


@pytest.mark.parametrize("consent", [[], ["keep"], ["share", "court"]])
def test_consent_to_anything_else_publishes_nothing(consent: list[str]) -> None:
    made = protect("Sami", consent=consent)
    assert Hidden.of([claim(voices=(Voice("Sami", protected=True),))], decisions=[made]).names >= {"Sami"}


def test_the_other_name_of_a_protected_voice_is_hidden_unless_an_open_voice_bears_it() -> None:
    private = claim(voices=(Voice("a resident", protected=True, anonymous=True, root=True),))
    alias = Decision("A Reader", dt.datetime(2025, 4, 1, tzinfo=dt.UTC), "alias", "a resident",
                     details={"canonical": "Example Monitor"})  # fmt: skip
    assert Hidden.of([private], decisions=[alias]).names == {"Example Monitor"}
    body = claim(voices=(Voice("Example Monitor", kind="organisation", root=True),))
    assert Hidden.of([private, body], decisions=[alias]).names == frozenset()
    assert Hidden.of([body], decisions=[alias]).names == frozenset()


# --- values ---------------------------------------------------------------------------------------------------------

VEIL = Veil(Hidden(frozenset({"Salma Beispiel"})))


def test_the_name_of_a_place_stays_though_a_witness_is_called_so() -> None:
    place = Place("near the house of Salma Beispiel", "Salma", path=("Syria", "Salma"))
    incident = Incident("incident:0123456789abcdef", "killed, Salma, 8 March 2025", "incident",
                        Scope(Harm(("killed",)), place=place))  # fmt: skip
    shown = VEIL(incident)
    assert (shown.title, shown.id) == (incident.title, incident.id)
    assert shown.scope.place == replace(place, words=f"near the house of {PROTECTED}")


def test_a_title_that_is_made_of_words_is_masked() -> None:
    incident = Incident("incident:0123456789abcdef", "killed, house of Beispiel", "incident", Scope(Harm(("killed",))))
    assert VEIL(incident).title == f"killed, house of {PROTECTED}"


def test_roots_and_ties_between_them_name_nobody() -> None:
    assert str(VEIL(Rooted(Root("Salma Beispiel"), "decided")).root) == "a private person"
    tether = VEIL(Tether("Salma Beispiel", "Monitor", "unknown", "Beispiel told the Monitor"))
    assert (tether.one, tether.other, tether.why) == (PROTECTED, "Monitor", f"{PROTECTED} told the Monitor")


def test_codes_ids_and_readers_of_the_case_stay_though_a_name_is_spelled_like_them() -> None:
    veil = Veil(Hidden(frozenset({"Killed", "Claim", "Holds"})))
    check = Check("parts", "holds", "745 holds", ("claim:0123456789abcdef",))
    assert veil(check) == replace(check, what=f"745 {PROTECTED}")
    assert veil(Scope(Harm(("killed",)))) == Scope(Harm(("killed",)))


def test_where_nobody_is_protected_nothing_changes_but_the_names_of_the_harmed() -> None:
    group = Group("Nabil Ejemplo", names=("Nabil Ejemplo",))
    one = claim(group=group, voices=(Voice("Monitor", kind="organisation", root=True),))
    assert Veil(Hidden())(one) == replace(one, group=replace(group, names=()))


def test_a_protected_voice_is_hidden_whatever_it_is_called() -> None:
    one = claim(voices=(Voice("residents", anonymous=True, protected=True), Voice("Monitor", root=True)))
    assert [voice.name for voice in Veil(Hidden())(one).voices] == [PROTECTED, "Monitor"]
