"""The large case of the review desk, made small: a real folder, whose texts hold the words of its claims."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from bench.adapter import BenchError
from bench.desk import __main__ as desk
from bench.desk.land import COUNTRIES, provinces, words
from bench.desk.made import opened, take_in
from bench.desk.stories import Plan
from bench.desk.telling import Draft, Reading, day_words
from cenotaph.case import Case
from cenotaph.gazetteer import Gazetteer
from cenotaph.vocabulary import Report

SMALL = Plan(100, 1_000)
FEW = Plan(8, 60)


@pytest.fixture(scope="module")
def told() -> list[tuple[Draft, Report, Reading]]:
    found = []
    for draft in SMALL.drafts():
        report = Report.of_text(draft.text, outlet=draft.outlet, url=draft.url, published=draft.published)
        found.append((draft, report, draft.reading(report)))
    return found


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Case, dict[str, object]]:
    folder = tmp_path_factory.mktemp("desk") / "case"
    figures = desk.make(folder, SMALL, 0.3)
    return Case(folder), figures


# --- what is told ---------------------------------------------------------------------------------------------------


def test_each_claim_quotes_its_report_and_each_field_rests_on_words_of_that_sentence(
    told: list[tuple[Draft, Report, Reading]],
) -> None:
    for _, report, (claims, answers, problems) in told:
        assert len({claim.id for claim in claims}) == len(claims)
        for claim in claims:
            assert report.text[claim.start : claim.end] == claim.quote
            assert claim.anchor.of(report.text) == claim.quantity.words
            for name, span in claim.evidence:
                assert span.of(report.text) and claim.start <= span.start <= span.end <= claim.end, name
        spans = [(one.start, one.end, one.quote) for one in answers]
        spans += [(one.start, one.end, one.quote) for one in problems]
        assert all(report.text[start:end] == quote for start, end, quote in spans)


def test_place_day_and_people_of_a_claim_are_those_that_its_words_name(
    told: list[tuple[Draft, Report, Reading]],
) -> None:
    for draft, report, (claims, _, _) in told:
        for claim in claims:
            rests = {name: span.of(report.text) for name, span in claim.evidence}
            assert rests.get("place") == (claim.place.words if claim.place else None)
            day = claim.period.start if claim.period else None
            assert rests.get("period") == (day_words(day, draft.language) if day else None)
            assert rests["group"] == claim.group.words
            assert all(name in claim.quote for name in claim.group.names)
            assert rests.get("parties") == (claim.parties[0].words if claim.parties else None)


def test_a_figure_said_is_the_figure_claimed(told: list[tuple[Draft, Report, Reading]]) -> None:
    for _, report, (claims, _, _) in told:
        for claim in claims:
            digits = re.findall(r"\d+", claim.anchor.of(report.text))
            assert digits == ([] if claim.quantity.comparator == "plural" else [str(claim.quantity.base)])


def test_a_fifth_is_arabic_a_tenth_repeats_another_and_some_are_newer() -> None:
    plan = Plan(2_000, 2_000)
    kinds = Counter(row.kind for row in plan.rows)
    assert 0.07 < kinds["repeats"] / 2_000 < 0.13 and 0.01 < kinds["newer"] / 2_000 < 0.05
    assert 0.15 < sum(draft.language == "ar" for draft in plan.drafts()) / 2_000 < 0.25


def test_who_repeats_has_the_same_words_at_another_outlet_and_who_renews_other_words_at_the_same_address() -> None:
    plan = Plan(600, 3_000)
    at = {(row.episode, row.at): serial for serial, row in enumerate(plan.rows)}
    for serial, row in enumerate(plan.rows):
        if row.kind == "own":
            continue
        base, one = plan.draft(at[row.episode, row.base]), plan.draft(serial)
        assert (one.text == base.text, one.url == base.url, one.outlet == base.outlet) == (
            (True, False, False) if row.kind == "repeats" else (False, True, True)
        )
        assert (one.updated or one.published) >= base.published


def test_one_seed_tells_the_same_and_another_seed_other_things() -> None:
    same, again, other = Plan(20, 100), Plan(20, 100), Plan(20, 100, seed=2)
    assert [one.text for one in same.drafts()] == [one.text for one in again.drafts()]
    assert [one.text for one in same.drafts()] != [one.text for one in other.drafts()]


def test_each_language_has_words_for_all_that_the_other_has() -> None:
    english, arabic = words()["en"], words()["ar"]
    assert set(arabic) - {"countries"} == set(english)
    for name in ("phrases", "comparators", "harms", "groups", "means", "bodies"):
        assert set(arabic[name]) == set(english[name]), name
    assert set(arabic["countries"]) == {Gazetteer.embedded().country_name(code) for code in COUNTRIES}


def test_every_place_is_one_of_the_gazetteer() -> None:
    for province in provinces()[::9]:
        for area in (province.area, *province.towns[:4]):
            known = Gazetteer.embedded().by_id(area.place.id)
            assert known is not None and (known.path, known.lat, known.lon) == (
                area.place.path, area.place.lat, area.place.lon,
            )  # fmt: skip


def test_a_text_of_another_seed_is_not_read() -> None:
    with pytest.raises(ValueError, match="not told by this seed"):
        SMALL.draft(0).reading(Report.of_text(Plan(100, 1_000, seed=2).draft(0).text))


# --- the folder -----------------------------------------------------------------------------------------------------


def test_the_case_opens_as_any_other_and_a_build_reads_and_works_out_nothing_again(
    made: tuple[Case, dict[str, object]],
) -> None:
    case, figures = made
    built = case.build()
    assert (built.read, built.reused, built.worked) == (0, 100, 0)
    assert figures["read"] == 0 and case.verify() == []


def test_it_holds_incidents_episodes_series_problems_answers_and_decisions_of_every_kind(
    made: tuple[Case, dict[str, object]],
) -> None:
    case, _ = made
    assert {one.kind for one in case.linked().incidents} == {"incident", "episode"}
    assert max(len(toll.series) for toll in case.tolls()) > 2
    assert case.problems() and case.answers()
    decided = Counter(one.verb for one in case.decisions())
    assert {"accept", "correct", "reject", "must-link", "protect", "alias", "assess", "settle"} <= set(decided)
    rules = {one.rule for one in case.linked().roots.values()}
    assert {"named", "not named", "copied text", "from its whole"} <= rules
    assert not [one for one in case.problems() if "read differently" in one.what or "assess" in one.kind]


def test_what_is_there_is_skipped(made: tuple[Case, dict[str, object]]) -> None:
    case, figures = made
    again = desk.make(case.folder, SMALL, 0.3)
    assert {key: again[key] for key in ("claims", "tolls", "decisions")} == {
        key: figures[key] for key in ("claims", "tolls", "decisions")
    }
    assert again["worked"] == 0


def test_a_run_that_was_stopped_goes_on_to_the_same_case(tmp_path: Path) -> None:
    case = opened(tmp_path / "case")
    take_in(case, FEW, print)
    texts = [one.text for one in case.reports()]
    with case.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM readings WHERE rowid % 2")
        connection.exec_driver_sql("UPDATE readings SET key = 'of an earlier reader'")
    take_in(case, FEW, print)
    assert [one.text for one in case.reports()] == texts
    assert case.build().read == 0


def test_a_case_of_somebody_is_left_alone(tmp_path: Path) -> None:
    Case.create(tmp_path / "case", title="Our own")
    with pytest.raises(BenchError, match="Our own"):
        opened(tmp_path / "case")


def test_a_case_of_more_reports_is_left_alone(tmp_path: Path) -> None:
    case = opened(tmp_path / "case")
    take_in(case, FEW, print)
    with pytest.raises(BenchError, match="holds 8 reports, more than 4"):
        take_in(case, Plan(4, 30), print)


@pytest.mark.parametrize(
    "wrong", [[], ["make"], ["make", "x", "--reports", "0"], ["make", "x", "--share-decided", "2"], ["sell", "x"]]
)
def test_misuse_is_said_before_anything_is_made(wrong: list[str], tmp_path: Path) -> None:
    with pytest.raises(SystemExit) as refused:
        desk.main(wrong)
    assert refused.value.code == 2


def test_another_case_is_an_error_in_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Case.create(tmp_path, title="Our own")
    assert desk.main(["make", str(tmp_path), "--reports", "4", "--claims", "30"]) == 1
    assert "Our own" in capsys.readouterr().err
