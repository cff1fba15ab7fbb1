"""A draft beside a case: the cases of drafts.toml, each a few figures of a draft and the verdicts they must get."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from cenotaph.plain import intervals
from cenotaph.reconcile.drafts import DO, Finding, checked
from cenotaph.reconcile.wording import Wording
from cenotaph.vocabulary import Claim, Decision, Problem, Report, Span, Voice
from tests.builders import PLAIN, claims_of, decision_of, report_of, worked

CASES = tomllib.loads((Path(__file__).parent / "drafts.toml").read_text("utf-8"))["case"]
CODES = Path(__file__).resolve().parents[2] / "src/cenotaph/codes"
WORDS = tomllib.loads((CODES / "drafts.toml").read_text("utf-8"))


def case_of(tables: list[dict[str, Any]]) -> tuple[dict[str, Report], dict[str, Claim]]:
    reports: dict[str, Report] = {}
    claims: dict[str, Claim] = {}
    for index, table in enumerate(tables):
        report = report_of({"outlet": f"Wire {index}"} | table)
        reports[report.id] = report
        claims |= {one.id: one for one in claims_of(report, table["claims"]).values()}
    return reports, claims


def read_by_people(claims: dict[str, Claim]) -> list[Decision]:
    return [decision_of("accept", claim) for claim in claims]


def drafted(tables: list[dict[str, Any]]) -> tuple[Report, list[Claim]]:
    report = report_of({"outlet": "", "claims": tables})
    claims = list(claims_of(report, tables).values())
    return report, [
        replace(one, quote=table.get("quote", one.quote)) for one, table in zip(claims, tables, strict=True)
    ]


def run(case: dict[str, Any], **known: Any) -> tuple[list[Claim], list[Finding]]:
    reports, claims = case_of(case["held"])
    decisions = [] if case.get("unread") else read_by_people(claims)
    tolls, _ = worked(list(claims.values()), reports, decisions)
    text, draft = drafted(case["draft"])
    figures = intervals([*claims.values(), *draft], PLAIN)
    read = {one.about for one in decisions}
    return draft, checked(draft, tolls, claims, reports, figures, text=text, read=read, words=WORDS, **known)


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_the_verdicts_on(case: dict[str, Any]) -> None:
    draft, findings = run(case)
    for claim, table in zip(draft, case["draft"], strict=True):
        mine = [one for one in findings if one.claim and one.claim.id == claim.id]
        assert sorted(one.verdict for one in mine) == sorted(table["verdicts"]), [one.what for one in mine]
        assert table.get("says", "") in "; ".join(one.what for one in mine)
    assert all(one.claim for one in findings)


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_each_finding_stands_on_words_and_says_what_to_do(case: dict[str, Any]) -> None:
    _, claims = case_of(case["held"])
    _, findings = run(case)
    for one in findings:
        assert set(one.rests) <= set(claims)
        assert one.rests or one.verdict in ("not held", "not checked", "sum")
        assert bool(one.do) == (one.verdict != "held")


def test_every_verdict_is_met_by_some_case() -> None:
    met = {verdict for case in CASES for table in case["draft"] for verdict in table["verdicts"]}
    assert met | {"not checked"} == set(DO)


def test_the_order_in_which_claims_were_held_changes_nothing() -> None:
    for case in CASES:
        named = [{"outlet": f"Wire {index}"} | one for index, one in enumerate(case["held"])]
        assert run(case | {"held": named})[1] == run(case | {"held": named[::-1]})[1], case["name"]


# --- what the reader could not read ---------------------------------------------------------------------------------

EMPTY: dict[str, Any] = {"held": [], "draft": [{"exact": 12, "root": "Monitor", "status": "civilian"}]}


def problem(start: int, end: int, quote: str, kind: str = "harm without a claim") -> Problem:
    return Problem(kind, "nobody was read whom it befell", "report:1", start, end, quote, "read the sentence")


def test_what_the_reader_could_not_read_is_not_passed_over() -> None:
    _, findings = run(EMPTY, problems=[problem(20, 40, "The 12 massacres")])
    assert [(one.verdict, one.figure) for one in findings if one.claim is None] == [("not checked", "The 12 massacres")]


def test_a_problem_whose_number_is_told_already_is_not_told_twice() -> None:
    _, findings = run(EMPTY, problems=[problem(0, 14, "0. 12 killed.")])
    assert [one.verdict for one in findings] == ["not held"]


def test_a_problem_without_a_number_is_none_of_the_adding_machine() -> None:
    _, findings = run(EMPTY, problems=[problem(20, 40, "There were deaths.")])
    assert [one.verdict for one in findings] == ["not held"]


def test_a_draft_that_could_not_be_read_at_all_says_so() -> None:
    _, findings = run(EMPTY, problems=[problem(0, 0, "", "not read")])
    assert "not checked" in [one.verdict for one in findings]


def test_a_number_inside_the_words_a_claim_rests_on_is_no_finding() -> None:
    text, draft = drafted(EMPTY["draft"])
    dated = [replace(draft[0], evidence=(("period", Span(3, 5)),))]
    known = intervals(dated, PLAIN)
    assert not [
        one
        for one in checked(dated, [], {}, {}, known, text=text, words=WORDS, numbers=[Span(3, 5)])
        if one.claim is None
    ]
    assert [
        one
        for one in checked(draft, [], {}, {}, known, text=text, words=WORDS, numbers=[Span(3, 5)])
        if one.claim is None
    ]


# --- whose name is never said ---------------------------------------------------------------------------------------


def test_a_private_person_is_named_in_no_sentence() -> None:
    reports, claims = case_of(
        [{"claims": [{"exact": 3, "root": "Sami Placeholder", "group": "women", "sex": "female"}]}]
    )
    private = Voice("Sami Placeholder", kind="person", protected=True, root=True)
    hidden = {key: replace(one, voices=(*one.voices[:1], private)) for key, one in claims.items()}
    tolls, _ = worked(list(hidden.values()), reports, read_by_people(hidden))
    tables = [{"exact": 3, "root": "Other", "group": "women", "sex": "female"}] * 2
    text, draft = drafted(tables)
    draft[1] = replace(draft[1], voices=(*draft[1].voices[:1], private))
    known = intervals([*hidden.values(), *draft], PLAIN)
    findings = checked(draft, tolls, hidden, reports, known, text=text, words=WORDS)
    assert [one.verdict for one in findings] == ["another root", "held"]
    assert not any("Sami" in one.what or "Placeholder" in one.what for one in findings)
    assert all("a private person" in one.what for one in findings)


# --- words for days, which are data ---------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["now", "up_to"])
def test_every_language_that_is_read_has_words_for_days(kind: str) -> None:
    languages = {path.stem for path in (CODES.parent / "read/languages").glob("*.toml")}
    assert {one["language"] for one in WORDS[kind] if one["words"] and one["source"].strip()} == languages


NOW = [
    ("The Monitor now counts 12.", True), ("12 by NOW", True), ("a known 12", False), ("12 so\nfar", True),
    ("الحصيلة الآن 12", True), ("أحدث حصيلة 12 قتيلا", True), ("12 في الآنسة", False), ("", False),
]  # fmt: skip


@pytest.mark.parametrize(("words", "found"), NOW)
def test_words_that_speak_of_now_are_whole_words_of_the_data(words: str, found: bool) -> None:
    assert bool(Wording.of(WORDS).now.search(words)) == found


@pytest.mark.parametrize(
    ("before", "found"),
    [
        ("At least 745 were killed by ", True), ("745 up  to", True), ("745 were killed nearby ", False),
        ("by Monday 745 on ", False), ("قتل 745 حتى ", True), ("745 إلى غاية ", True), ("745 يوم ", False), ("", False),
    ],
)  # fmt: skip
def test_words_right_before_a_day_make_it_that_of_a_record(before: str, found: bool) -> None:
    assert bool(Wording.of(WORDS).up_to.search(before)) == found


def test_without_words_nothing_speaks_of_now_and_no_day_is_that_of_a_record() -> None:
    bare = Wording.of({})
    assert not bare.now.search("now") and not bare.up_to.search("by ")


def test_another_word_for_now_is_a_line_of_data() -> None:
    case = next(case for case in CASES if "speaks of now" in case["name"])
    more = {**WORDS, "now": [*WORDS["now"], {"language": "xx", "words": ["are known"]}]}
    reports, claims = case_of(case["held"])
    tolls, _ = worked(list(claims.values()), reports, [])
    text, draft = drafted(case["draft"])
    figures = intervals([*claims.values(), *draft], PLAIN)

    def stale(words: dict[str, Any]) -> int:
        found = checked(draft, tolls, claims, reports, figures, text=text, words=words)
        return sum(one.verdict == "stale" for one in found)

    assert stale(more) == stale(WORDS) + 1
