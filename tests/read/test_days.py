"""Which days words name, and what must not be read as one: the cases of days.toml."""

from __future__ import annotations

import datetime as dt
import tomllib
from pathlib import Path
from typing import Any

import pytest

from cenotaph.read import read
from cenotaph.read.calendar import moved, stretch
from cenotaph.read.days import Day, days
from cenotaph.read.language import language_of
from cenotaph.read.text import sentences
from cenotaph.vocabulary import Report
from cenotaph.world import Known, load

SAID = dt.date(2025, 3, 12)
Case = dict[str, Any]
TABLE = tomllib.loads((Path(__file__).parent / "days.toml").read_text("utf-8"))
KEYS = {"words", "start", "end", "role", "precision", "assumed", "clash"}


@pytest.fixture(scope="module")
def world() -> Known:
    return load(countries=("SY",))


def found(case: Case, world: Known) -> list[tuple[str, Day]]:
    today = None if case.get("said") == "unknown" else SAID
    language = language_of(case.get("language", "en"), world)
    return [
        (sentence.words(day.first, day.last), day)
        for sentence in sentences(case["text"])
        for day in days(sentence, language, today)
    ]


def fits(line: Case, words: str, day: Day) -> bool:
    if set(line) - KEYS:
        raise ValueError(f"a line may have {', '.join(sorted(KEYS))}; found {', '.join(sorted(line))}")
    told = {key: wanted for key, wanted in line.items() if key in ("assumed", "clash")}
    plain = {key: wanted for key, wanted in line.items() if key not in ("words", "assumed", "clash")}
    return (
        all(wanted in getattr(day, key) if wanted else not getattr(day, key) for key, wanted in told.items())
        and all(wanted == getattr(day, key) for key, wanted in plain.items())
        and line.get("words", words) == words
    )


@pytest.mark.parametrize("case", TABLE["case"], ids=[case["why"] for case in TABLE["case"]])
def test_the_days_that_words_name(case: Case, world: Known) -> None:
    came = found(case, world)
    shown = "\n  ".join(["came out:", *(f"{words!r} {day}" for words, day in came)])
    assert len(came) == len(case["days"]), shown
    for line, (words, day) in zip(case["days"], came, strict=True):
        assert fits(line, words, day), f"not like {line}; {shown}"


@pytest.mark.parametrize("case", TABLE["report"], ids=[case["why"] for case in TABLE["report"]])
def test_what_a_report_makes_of_its_days(case: Case, world: Known) -> None:
    claims, _, problems = read(Report.of_text(case["text"], outlet="Example Wire", published=SAID), world)
    of_days = [problem.what for problem in problems if problem.kind == "day"]
    if "period" in case:
        periods = [claim.period for claim in claims]
        wanted = None if case["period"] == "none" else tuple(case["period"])
        assert [(one.start, one.end) if one else None for one in periods] == [wanted]
    assert [case["problem"] in what for what in of_days] == ([True] if "problem" in case else [])


def test_the_days_of_a_sentence_are_the_same_whenever_they_are_asked_for(world: Known) -> None:
    (sentence,) = sentences("It was on Friday.")
    language = language_of("en", world)
    first = days(sentence, language, SAID)
    assert days(sentence, language, SAID + dt.timedelta(days=7))[0].start == first[0].start + dt.timedelta(days=7)
    assert days(sentence, language, SAID) == first


UNITS = ["day", "week", "weekend", "fortnight", "month", "quarter", "half", "year", "decade", "century"]


@pytest.mark.parametrize("unit", UNITS)
def test_a_unit_ends_on_the_day_before_the_next_begins(unit: str) -> None:
    for day in (SAID, dt.date(2024, 2, 29), dt.date(1999, 12, 31)):
        start, end = stretch(unit, day)
        after = stretch(unit, moved(start, unit, 1))[0]
        assert start <= end
        assert (after - end).days == (6 if unit == "weekend" else 1)


@pytest.mark.parametrize("count", [-4000, -1, 1, 90_000])
def test_no_count_of_units_leaves_the_calendar(count: int) -> None:
    for unit in ("day", "week", "month", "year", "century"):
        assert dt.date.min <= moved(SAID, unit, count) <= dt.date.max
