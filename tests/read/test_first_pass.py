"""The first pass only saves work: claims, answers and problems with it are those of reading every sentence in full."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from pathlib import Path

import pytest

from bench.adapter import SHARED
from bench.coast import bulletins
from bench.roads import edits, whole
from cenotaph import world
from cenotaph.read import first_pass, periods, read
from cenotaph.vocabulary import Report, World

HERE = Path(__file__).parent
MOST = 6  # texts of each set; `python -m bench.roads --first-pass` takes all

CASES = [
    Report.of_text(case["text"], language=language)
    for language in ("en", "ar")
    for case in tomllib.loads((HERE / f"{language}.toml").read_text(encoding="utf-8"))["case"]
]


@pytest.fixture(scope="module")
def known() -> World:
    return world.load()


def differing(reports: Sequence[Report], known: World) -> list[str]:
    return [f"{report.name}: {line}" for report in reports for line in whole.lost(report, known)]


def test_no_case_of_the_reader_is_lost(known: World) -> None:
    assert len(CASES) > 100
    assert differing(CASES, known) == []


def test_no_claim_of_the_bulletins_is_lost(known: World) -> None:
    assert differing(bulletins.reports(edits.BULLETINS), known) == []


@pytest.mark.parametrize("name", whole.FILES)
def test_no_claim_of_a_set_is_lost(name: str, known: World) -> None:
    file = SHARED / name
    if not file.is_file():
        pytest.skip(f"not compared: no {name} beside this checkout")
    every = max(1, len(list(whole.texts(file, 1))) // MOST)
    assert differing(list(whole.texts(file, every)), known) == []


def test_a_claim_that_is_left_out_is_told(known: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cenotaph.read.may_tell_harm", lambda page: False)
    lines = whole.lost(Report.of_text("Three people were killed in Homs."), known)
    assert any(line.startswith("claim: ") and "Three" in line for line in lines)


@pytest.mark.parametrize(
    "text",
    [
        "The council met on Monday. It talked about roads.",
        "A storm is expected on the coast, the office said.",
        "",
        "\n\n \t",
    ],
)
def test_a_report_without_a_harm_word_is_read_no_further(
    text: str, known: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(page: object) -> None:
        raise AssertionError("read in full")

    monkeypatch.setattr("cenotaph.read.with_people", refused)
    assert not first_pass.may_tell_harm(first_pass.first_look(Report.of_text(text), known))
    assert read(Report.of_text(text), known) == ([], [], [])


def test_a_weekday_that_its_date_contradicts_is_told_without_any_harm(known: World) -> None:
    text = "The council met on Friday (8th March 2025)."
    _, _, (problem,) = read(Report.of_text(text), known)
    assert problem.kind == "day"


def test_sentences_that_are_not_asked_for_days_have_none_that_clash(known: World) -> None:
    reports = [*CASES, *bulletins.reports(edits.BULLETINS)]
    missed = [
        scene.sentence.span.of(report.text)
        for report in reports
        for page in [first_pass.first_look(report, known)]
        for scene in page.scenes
        if not periods._may_clash(scene) and any(day.clash for day in scene.days(page.today))
    ]
    assert missed == []
