"""Laws of reading: whatever the text, a reading is words of that text, and reading it again gives the same."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from functools import cache
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as some

from cenotaph.read import read
from cenotaph.vocabulary import Answer, Claim, Problem, Report
from cenotaph.world import Known, load

# Words that a reader has a use for, and words that it has none for.
ENGLISH = """
    killed wounded dead people civilians women children soldiers were was in of the and at least about dozens none no
    said that Jableh Baniyas Syria on Saturday by gunmen denied including not SOHR ministry police , . ; ( ) : bank
"""
ARABIC = """
    قتل قُتل أصيب مقتل إصابة قتلى شخص أشخاص مدنيا مدنيان امرأة طفل جندي في من على الأقل نحو العشرات و ما لا يقل عن
    قال إن المرصد السوري جبلة بانياس يوم السبت مسلحون نفى بينهم ليس لم ، . ؛ ( ) : السوق
"""
NUMBERS = '3 17 1,200 745 ٢٥ 39th 12 2025 50% - “ ” " …'
TOGETHER = ("7 March", "105 mm", "\n", "\n\n")
WORDS = [*ENGLISH.split(), *ARABIC.split(), *NUMBERS.split(), *TOGETHER]

QUIET = {"en": "The market was open, and the sea was calm.", "ar": "كان السوق مفتوحا وكان البحر هادئا."}

PASTES = some.lists(some.sampled_from(WORDS), max_size=60).map(" ".join)
TEXTS = some.one_of(some.text(max_size=300), PASTES, some.tuples(PASTES, some.text(max_size=60)).map("".join))
LANGUAGES = some.sampled_from(("en", "ar"))
FEW = settings(max_examples=60, deadline=None)

Reading = tuple[list[Claim], list[Answer], list[Problem]]


def spoken(claims: list[Claim], answers: list[Answer]) -> list[Claim | Answer]:
    return [*claims, *answers]


@cache
def world() -> Known:
    return load(countries=("SY",))


def report_of(text: str, language: str) -> Report:
    return Report.of_text(text, language=language, outlet="Example Wire", published=dt.date(2025, 3, 9))


def reading(text: str, language: str) -> Reading:
    claims, answers, problems = read(report_of(text, language), world())
    return list(claims), list(answers), list(problems)


def figures(claims: list[Claim]) -> Counter[Any]:
    """The figures of a reading and where they stand; not the ids, which follow from the whole text."""
    return Counter(
        (one.anchor, one.harm, one.quantity.words, one.quantity.comparator, one.quantity.base, one.quantity.upper,
         one.quantity.fraction)
        for one in claims
    )  # fmt: skip


@FEW
@given(TEXTS, LANGUAGES)
@example("¹ At least 3² people were killed on 8 March ①", "en")  # digits to Unicode, and no numbers to Python
@example("¹ قتل 3² أشخاص ①", "ar")
def test_every_claim_and_answer_quotes_the_text_it_was_read_from(text: str, language: str) -> None:
    claims, answers, problems = reading(text, language)
    for one in spoken(claims, answers):
        assert one.quote == text[one.start : one.end]
        assert one.quote.strip(), "a claim or an answer rests on words"
    for problem in problems:
        assert problem.quote in text and problem.end <= len(text)


@FEW
@given(TEXTS, LANGUAGES)
def test_what_a_field_rests_on_lies_in_the_text_and_the_figure_in_the_quote(text: str, language: str) -> None:
    claims, answers, _ = reading(text, language)
    for claim in claims:
        assert claim.start <= claim.anchor.start < claim.anchor.end <= claim.end
        assert claim.start <= claim.trigger.start <= claim.trigger.end <= claim.end
    for one in spoken(claims, answers):
        assert one.trigger.start < one.trigger.end <= len(text)
        for name, span in one.evidence:
            assert span.start < span.end <= len(text), name


@FEW
@given(TEXTS, LANGUAGES)
def test_no_two_claims_or_answers_share_an_id(text: str, language: str) -> None:
    claims, answers, _ = reading(text, language)
    ids = [one.id for one in spoken(claims, answers)]
    assert len(set(ids)) == len(ids)
    for claim in claims:
        assert claim.relation is None or claim.relation.to in {"", *ids} - {claim.id}
        assert claim.quantity.of in {"", *ids} - {claim.id}


@FEW
@given(TEXTS, LANGUAGES)
def test_reading_twice_gives_the_same(text: str, language: str) -> None:
    assert reading(text, language) == reading(text, language)


@FEW
@given(TEXTS, LANGUAGES)
def test_a_paragraph_that_harms_nobody_changes_no_figure(text: str, language: str) -> None:
    before, _, _ = reading(text, language)
    after, _, _ = reading(f"{text}\n\n{QUIET[language]}", language)
    assert figures(after) == figures(before)


def test_the_words_of_these_laws_do_give_claims() -> None:
    """The laws say nothing of a reader that reads nothing."""
    assert reading("At least 3 civilians were killed in Jableh.", "en")[0]
    assert reading("قتل 17 شخصا في جبلة.", "ar")[0]
    for language, quiet in QUIET.items():
        assert reading(quiet, language)[:2] == ([], [])
