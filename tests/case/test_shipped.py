"""Decisions in a file: what is meant is found, and every way a file can be wrong is said in one line."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from cenotaph.case import Case, CaseError
from cenotaph.case.shipped import decisions_of
from cenotaph.vocabulary import Decision
from tests.case.tabled import COAST, HARBOUR, captured, claim, filled

WHO = 'who = "A Reader"\nwhen = 2025-09-01T12:00:00Z\nwhy = "the same figure"\n'
MERGE = (
    '[[decision]]\nverb = "must-link"\nclaim = {report = "second", figure = 9}\n'
    'with = {report = "first.md", figure = "31"}\n' + WHO
)


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    """Two reports with names; the second says 12 three times, of two groups and two harms, and 803 twice."""
    twelve = HARBOUR | {"exact": 12, "place": "East"}
    second = (
        HARBOUR | {"exact": 9, "place": "East"}, twelve | {"status": "civilian"}, twelve | {"status": "armed group"},
        twelve | {"harm": "injured", "status": "civilian"},
        COAST | {"exact": 803}, COAST | {"exact": 803, "root": "Network"},
    )  # fmt: skip
    return filled(
        tmp_path_factory.mktemp("shipped") / "case",
        captured(HARBOUR, name="first.md"),
        captured(*second, name="second", published=dt.date(2025, 3, 12)),
        captured(HARBOUR | {"exact": 5}, name="twice", outlet="Wire A"),
        captured(HARBOUR | {"exact": 6}, name="twice", outlet="Wire B"),
    )


def taken(case: Case, folder: Path, text: str | bytes) -> list[Decision]:
    path = folder / "decisions.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return list(decisions_of(path, case.claims(), case.reports(), case.linked().incidents))


def test_a_claim_is_meant_by_its_report_and_figure(case: Case, tmp_path: Path) -> None:
    (found,) = taken(case, tmp_path, MERGE)
    assert (found.verb, found.about, found.details) == ("must-link", claim(case, 9), {"with": claim(case, 31)})
    assert (found.who, found.when, found.why) == (
        "A Reader", dt.datetime(2025, 9, 1, 12, tzinfo=dt.UTC), "the same figure",
    )  # fmt: skip


def test_group_and_harm_tell_apart_what_shares_a_figure(case: Case, tmp_path: Path) -> None:
    named = '{report = "second", figure = 12, group = "civilian", harm = "killed"}'
    text = f'[[decision]]\nverb = "reject"\nclaim = {named}\n{WHO}'
    (found,) = taken(case, tmp_path, text)
    meant = next(one for one in case.claims() if one.id == found.about)
    assert (meant.group.status, str(meant.harm), meant.quantity.base) == ("civilian", "killed", 12)


def test_an_incident_is_meant_by_its_title_and_claims_by_their_figures(case: Case, tmp_path: Path) -> None:
    incident = next(one for one in case.linked().incidents if claim(case, 31) in one.claims)
    text = (
        f'[[decision]]\nverb = "assess"\nincident = "{incident.title}"\nharm = "killed"\n{WHO}'
        'relied = [{report = "first", figure = 31}]\ncells = [{low = 4, high = 6}]\n'
    )
    (found,) = taken(case, tmp_path, text)
    assert (found.about, found.details["relied"]) == (incident.id, [claim(case, 31)])


def test_a_file_of_no_decision_holds_none(case: Case, tmp_path: Path) -> None:
    assert taken(case, tmp_path, "# nothing yet\n") == []


def test_a_decision_without_a_time_is_of_now(case: Case, tmp_path: Path) -> None:
    text = MERGE.replace("when = 2025-09-01T12:00:00Z\n", "")
    assert taken(case, tmp_path, text)[0].when > dt.datetime(2025, 9, 2, tzinfo=dt.UTC)


ALIAS = '[[decision]]\nverb = "alias"\nabout = "a monitor"\ncanonical = "Monitor"\n' + WHO
REJECT = f'[[decision]]\nverb = "reject"\nclaim = CLAIM\n{WHO}'
WRONG: dict[str, tuple[str | bytes, str]] = {
    "no TOML": ("[[decision]\n", "can't be read"),
    "no UTF-8": (b"\xff\xfe\x00", "can't be read"),
    "another table": (MERGE.replace("[[decision]]", "[[decisions]]"), "written as [[decision]]; found decisions"),
    "a line outside of any": ('verb = "reject"\n', "found verb"),
    "one bracket": (MERGE.replace("[[decision]]", "[decision]"), "two brackets"),
    "a list of words": ('decision = ["reject"]\n', "two brackets"),
    "a word": ('decision = "reject"\n', "two brackets"),
    "no verb": (MERGE.replace('verb = "must-link"\n', ""), "it has no 'verb'"),
    "an unknown verb": (MERGE.replace("must-link", "mustlink"), "no decision 'mustlink'; there are: accept"),
    "a verb that is none": (MERGE.replace('"must-link"', "3"), "it has no 'verb'"),
    "nobody": (MERGE.replace('"A Reader"', '" "'), "it has no 'who'"),
    "no reason": (MERGE.replace('why = "the same figure"\n', ""), "it has no 'why'"),
    "a time in quotes": (MERGE.replace("2025-09-01T12:00:00Z", '"2025-09-01"'), "without quotes"),
    "a day and no time": (MERGE.replace("2025-09-01T12:00:00Z", "2025-09-01"), "day, time and zone"),
    "a time of no zone": (MERGE.replace("12:00:00Z", "12:00:00"), "day, time and zone"),
    "about nothing": (ALIAS.replace('about = "a monitor"\n', ""), "about nothing"),
    "about two things": (ALIAS + 'claim = {report = "first", figure = 31}\n', "about claim and about"),
    "no such report": (MERGE.replace('"second"', '"third"'), "0 reports are called 'third'"),
    "a report of no name": (MERGE.replace('"second"', '""'), "0 reports are called ''"),
    "two reports of a name": (MERGE.replace('"second"', '"twice"'), "2 reports are called 'twice'"),
    "no such report for a voice": (ALIAS + 'report = "third"\n', "0 reports are called 'third'"),
    "no such figure": (REJECT.replace("CLAIM", '{report = "first", figure = 32}'), "0 claims of first say '32'"),
    "a figure said thrice": (
        REJECT.replace("CLAIM", '{report = "second", figure = 12}'), "3 claims of second say '12'",
    ),
    "a figure of two roots": (
        REJECT.replace("CLAIM", '{report = "second", figure = 803}'), "2 claims of second say '803'",
    ),
    "a claim without its figure": (REJECT.replace("CLAIM", '{report = "first"}'), "named by report and figure"),
    "a claim without its report": (REJECT.replace("CLAIM", "{figure = 31}"), "named by report and figure"),
    "a claim with a word too many": (
        REJECT.replace("CLAIM", '{report = "first", figure = 31, grup = "x"}'), "named by report and figure",
    ),
    "a claim that is a word": (REJECT.replace("CLAIM", '"first"'), "named by report and figure"),
    "a claim that is a number": (REJECT.replace("CLAIM", "31"), "named by report and figure"),
    "no such incident": (f'[[decision]]\nverb = "grade"\nincident = "killed"\nword = "fair"\n{WHO}', "0 incidents"),
    "claims that are no list": (
        f'[[decision]]\nverb = "assess"\nabout = "I-0001"\nrelied = "claim:1"\n{WHO}', "give a list of claims",
    ),
    "two that can't be told apart": (MERGE + MERGE, "decision 2: it can't be told from decision 1"),
}  # fmt: skip


@pytest.mark.parametrize("why", WRONG)
def test_a_file_that_is_wrong_says_where_and_what(case: Case, tmp_path: Path, why: str) -> None:
    text, said = WRONG[why]
    with pytest.raises(CaseError) as refused:
        taken(case, tmp_path, text)
    assert said in str(refused.value)
    assert "decisions.toml" in str(refused.value)


def test_the_decision_that_is_wrong_is_counted(case: Case, tmp_path: Path) -> None:
    with pytest.raises(CaseError, match="decision 2: it has no 'why'"):
        taken(case, tmp_path, MERGE + ALIAS.replace('why = "the same figure"\n', ""))


@pytest.mark.parametrize("name", ["none.toml", "."])
def test_a_file_that_is_not_there_is_said_so(case: Case, tmp_path: Path, name: str) -> None:
    with pytest.raises(CaseError, match="can't be read"):
        list(decisions_of(tmp_path / name, case.claims(), case.reports()))
