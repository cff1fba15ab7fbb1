"""A report in more than one language: each passage is read with the words of its own, and nothing is told twice."""

from __future__ import annotations

import datetime as dt
import tomllib
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from cenotaph.read import read
from cenotaph.read.first_pass import first_look
from cenotaph.vocabulary import Report
from cenotaph.world import load
from tests.read.test_cases import expect, fitting, told

CASES = tomllib.loads((Path(__file__).parent / "mixed.toml").read_text(encoding="utf-8"))["case"]
WORLD = load(countries=("SY",))
WORDS = files("cenotaph").joinpath("read", "languages")


def report(case: dict[str, Any]) -> Report:
    published = dt.date(2025, 3, 9)
    return Report.of_text(case["text"].strip(), language=case["language"], outlet="Example Wire", published=published)


@pytest.mark.parametrize("case", CASES, ids=[case["why"] for case in CASES])
def test_what_is_read_out_of_two_languages(case: dict[str, Any]) -> None:
    one = report(case)
    claims, _, problems = read(one, WORLD)
    expect(case.get("claims", ()), claims, fitting(claims), told, more=False)
    assert all(claim.quote == one.text[claim.start : claim.end] for claim in claims)
    assert all(problem.quote == one.text[problem.start : problem.end] for problem in problems)


def languages(text: str, language: str) -> list[str]:
    return [scene.language.code for scene in first_look(Report.of_text(text, language=language), WORLD).scenes]


@pytest.mark.parametrize(
    ("text", "language", "told_in"),
    [
        ("Three people died.", "en", ["en"]),
        ("Three people died.\n\nمات ثلاثة أشخاص.", "en", ["en", "ar"]),
        ("مات ثلاثة أشخاص.\n\nThree people died.", "ar", ["ar", "en"]),
        (
            "مات ثلاثة أشخاص.\n\nTrois personnes sont mortes dans les combats sur la côte et dans le port.",
            "ar",
            ["ar", "fr"],
        ),
        ("مات ثلاثة أشخاص.\n\nAleppo, Syria", "ar", ["ar", "ar"]),
        ("The page wrote “مات ثلاثة أشخاص” today.", "en", ["en", "ar"]),
        ("مات ثلاثة أشخاص Three people died", "ar", ["ar", "en"]),
        ("Three people died مات ثلاثة أشخاص", "en", ["en", "ar"]),
        ("", "ar", []),
        ("🔴 12", "ar", ["ar"]),
        ("12 #حلب #Aleppo #Syria", "ar", ["ar"]),
    ],
)
def test_in_which_language_each_sentence_is(text: str, language: str, told_in: list[str]) -> None:
    assert languages(text, language) == told_in


def test_each_language_that_is_read_is_listed_under_its_letters() -> None:
    scripts = tomllib.loads(files("cenotaph").joinpath("codes", "scripts.toml").read_text(encoding="utf-8"))
    files_of = {path.name.removesuffix(".toml"): path for path in WORDS.iterdir() if path.name.endswith(".toml")}
    said = {code: tomllib.loads(path.read_text("utf-8"))["script"] for code, path in files_of.items()}
    assert said == {code: script for script, codes in scripts.items() for code in codes}


def test_the_words_of_a_passage_are_those_that_stand_there() -> None:
    text = "The page wrote: “قتل ثلاثة مدنيين في جبلة” and took it down."
    for scene in first_look(Report.of_text(text, language="en"), WORLD).scenes:
        for token in scene.tokens:
            assert token.text == text[token.start : token.end]
            assert scene.sentence.span.start <= token.start < token.end <= scene.sentence.span.end
