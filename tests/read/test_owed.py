"""No harm word is passed over in silence: its sentence gives a claim, an answer, or a problem that says so.

The words stand here apart from the reader's own lists, so that a word that falls out of those is noticed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from bench.adapter import SHARED
from bench.coast import bulletins
from bench.roads import edits, whole
from cenotaph.read import first_pass, read
from cenotaph.vocabulary import Report, World
from cenotaph.world import load

PLAIN = {
    "en": re.compile(r"\b(killed|wounded|injured|deaths|executed|dead)\b", re.IGNORECASE),
    "ar": re.compile(
        r"(?<![\u0621-\u064a])[وفبل]{0,2}(ال)?"
        r"(مقتل|قتل|قتلت|قتلوا|استشهاد|استشهد|استشهدوا|أصيب|أصيبت|أصيبوا|إصابة|جرحى|قتلى|شهداء|قتيلا|جريحا|شهيد|جريح)"
        r"(?![\u0621-\u064a])"
    ),
}
POSTS = SHARED / "airwars_syria" / "docs.jsonl"
BULLETINS = bulletins.reports(edits.BULLETINS)


@pytest.fixture(scope="module")
def known() -> World:
    return load(countries=("SY",))


def harm_words(text: str, language: str) -> int:
    """How many plain words of harm a text has; Arabic without its vowel signs."""
    return len(PLAIN[language].findall(re.sub("[\u0640\u064b-\u065f]", "", text)))


def silent(report: Report, known: World) -> Iterator[str]:
    """The sentences with a plain word of harm of their language that give nothing at all."""
    told = [(one.start, one.end) for some in read(report, known) for one in some]
    for scene in first_pass.first_look(report, known).scenes:
        span = scene.sentence.span
        harmed = harm_words(span.of(report.text), scene.language.code)
        if harmed and not any(start < span.end and span.start < end for start, end in told):
            yield span.of(report.text)


@pytest.mark.parametrize("language", ["ar", "en"])
def test_no_harm_word_of_a_bulletin_is_passed_over(language: str, known: World) -> None:
    own = [report for report in BULLETINS if report.language == language]
    assert sum(harm_words(report.text, language) for report in own) >= 20
    assert [line for report in own for line in silent(report, known)] == []


def test_hardly_a_harm_word_of_real_posts_is_passed_over(known: World) -> None:
    """What is left are illnesses and sentences that deny a harm by their words."""
    if not POSTS.is_file():
        pytest.skip("not read: no posts beside this checkout")
    own = [report for report in whole.texts(POSTS, 40) if report.language == "ar"]
    words = sum(harm_words(report.text, "ar") for report in own)
    assert words > 100
    assert sum(1 for report in own for _ in silent(report, known)) <= words / 50


def test_a_word_that_no_list_has_is_noticed(known: World, monkeypatch: pytest.MonkeyPatch) -> None:
    report = Report.of_text("قتل ثلاثة أشخاص في جبلة.", language="ar")
    assert list(silent(report, known)) == []
    monkeypatch.setattr(first_pass, "triggers", lambda *_: ())
    assert list(silent(report, known)) == [report.text]
