"""Decisions from the command line: what is taken, what is refused and why, on the shipped example and small cases."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from cenotaph.case import Case
from cenotaph.case.reading import Reader
from cenotaph.case.settings import read_settings
from cenotaph.cli.incoming import Given, incoming
from cenotaph.plain import dump
from cenotaph.vocabulary import Problem, Quantity
from tests.case.tabled import COAST, HARBOUR, captured, claim, filled, grouped, reader
from tests.cli.running import run

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "coast-2025"
WHY = ("--why", "a test", "--who", "A Reader")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two incidents, and totals of a root and of a voice that nobody named. The verbs read it by the same tables."""
    monkeypatch.setattr(Reader, "of", classmethod(lambda cls, *given: reader()))
    case = filled(
        tmp_path / "case",
        captured(HARBOUR, name="first"),
        captured(HARBOUR | {"exact": 9, "place": "East"}, name="second", outlet="Other Wire"),
        captured(COAST, {"exact": 803, "root": "a monitor", "unnamed": True, "total": True}, name="third"),
    )
    return case.folder


def opened(folder: Path) -> Case:
    return Case(folder, reader=reader())


def incident(folder: Path, figure: int) -> str:
    case = opened(folder)
    return next(one.id for one in case.linked().incidents if claim(case, figure) in one.claims)


def done(shown: Result) -> list[str]:
    """The fields of the one line that a decision prints."""
    assert shown.exit_code == 0, shown.output
    (line,) = shown.stdout.splitlines()
    return line.split("\t")


# --- each verb ------------------------------------------------------------------------------------------------------


def test_a_decision_prints_its_id_verb_and_what_it_is_about_and_talks_on_stderr(folder: Path) -> None:
    about = claim(opened(folder), 31)
    shown = run("decide", folder, "accept", about, *WHY)
    assert done(shown) == [opened(folder).decisions()[0].id, "accept", about]
    assert "1 decision in the journal" in shown.stderr
    (kept,) = opened(folder).decisions()
    assert (kept.who, kept.why) == ("A Reader", "a test")


def test_the_beginning_of_an_id_will_do(folder: Path) -> None:
    about = claim(opened(folder), 31)
    assert done(run("decide", folder, "reject", about.removeprefix("claim:")[:8], *WHY))[2] == about
    assert 31 not in {one.quantity.base for one in opened(folder).claims()}


def test_a_merge_a_split_and_their_undoing(folder: Path) -> None:
    one, other = (claim(opened(folder), figure) for figure in (9, 31))
    apart = grouped(opened(folder))
    merge = done(run("decide", folder, "must-link", one, "--with", other, "--as", "incident", *WHY))[0]
    assert [9, 31] in grouped(opened(folder))
    split = done(run("decide", folder, "cannot-link", one, "--with", other, *WHY))[0]
    assert grouped(opened(folder)) == apart
    done(run("decide", folder, "undo", split, *WHY))
    assert [9, 31] in grouped(opened(folder))
    done(run("decide", folder, "undo", merge.removeprefix("decision:")[:10], *WHY))
    assert grouped(opened(folder)) == apart


@pytest.mark.parametrize("by", ["id", "name"])
def test_a_voice_is_named_in_one_report(folder: Path, by: str) -> None:
    report = next(one.id for one in opened(folder).reports() if one.name == "third")
    words = ("--canonical", "Monitor", "--report", "third" if by == "name" else report)
    done(run("decide", folder, "alias", "a monitor", *words, *WHY))
    case = opened(folder)
    assert case.linked().roots[claim(case, 803)].root.name == "Monitor"
    assert case.decisions()[0].report == report


def test_two_roots_are_said_to_be_independent(folder: Path) -> None:
    done(run("decide", folder, "relate", "Monitor", "--with", "Network", "--independence", "shown", *WHY))
    (tether,) = opened(folder).linked().tethers
    assert (tether.one, tether.other, tether.independence) == ("Monitor", "Network", "shown")


def test_an_assessment_is_signed_off_by_another_and_withdrawn(folder: Path) -> None:
    relied = claim(opened(folder), 31)
    cells = ("--cell", "20-24 status=civilian sex=female", "--cell", "7+ age=child")
    made = done(run("decide", folder, "assess", incident(folder, 31), *cells, "--relied", relied, *WHY))
    (held,) = opened(folder).state().assessments()[0]
    assert made[0] == held.decision and (held.count.low, held.count.high) == (27, None)
    done(run("decide", folder, "sign off", held.id, "--why", "read again", "--who", "Another"))
    assert [one.standing for one in opened(folder).state().assessments()[0]] == ["confirmed"]
    done(run("decide", folder, "withdraw", held.id, *WHY))
    assert [one.standing for one in opened(folder).state().assessments()[0]] == ["withdrawn"]


def test_a_code_names_an_incident_and_what_is_printed_can_be_undone(folder: Path) -> None:
    relied = claim(opened(folder), 31)
    done(run("decide", folder, "assess", incident(folder, 31), "--cell", "31", "--relied", relied, *WHY))
    line = done(run("decide", folder, "grade", "I-0001", "--word", "fair", *WHY))
    assert line[2] == incident(folder, 31)
    done(run("decide", folder, "undo", line[0], *WHY))
    assert [one.decision for one in opened(folder).state().grades() if one.decision] == []


def test_a_residual_of_an_episode_and_a_grade_in_letters(folder: Path) -> None:
    relied, top = claim(opened(folder), 745), incident(folder, 745)
    words = ("--cell", "100-700", "--residual", "--level", "documented", "--relied", relied)
    done(run("decide", folder, "assess", top, *words, *WHY))
    (held,) = opened(folder).state().assessments()[0]
    assert (held.residual, held.level) == (True, "documented")
    done(run("decide", folder, "grade", "Monitor", "--source", "B", "--information", "2", *WHY))
    assert ("B", "2") in {(one.source, one.information) for one in opened(folder).state().grades()}


def test_a_claim_is_corrected_and_added_from_json(folder: Path, tmp_path: Path) -> None:
    before = next(one for one in opened(folder).claims() if one.quantity.base == 31)
    file = tmp_path / "claim.json"
    file.write_text(json.dumps(dump(replace(before, quantity=Quantity("31", "at least", 31)))), encoding="utf-8")
    done(run("decide", folder, "correct", before.id, "--claim", file, *WHY))
    assert {one.quantity.comparator for one in opened(folder).claims() if one.quantity.base == 31} == {"at least"}
    file.write_text(json.dumps(dump(replace(before, id="claim:0123456789abcdef", quantity=Quantity("4", "exact", 4)))))
    done(run("decide", folder, "add", "--claim", file, *WHY))
    assert claim(opened(folder), 4) == "claim:0123456789abcdef"


def test_what_was_decided_is_listed_with_what_was_undone(folder: Path) -> None:
    empty = run("decide", folder, "--list")
    assert (empty.exit_code, empty.stdout) == (0, "") and "nothing was decided" in empty.stderr
    merge = done(run("decide", folder, "accept", claim(opened(folder), 31), *WHY))[0]
    done(run("decide", folder, "undo", merge, *WHY))
    first, second = run("decide", folder, "--list").stdout.splitlines()
    assert first.startswith(f"{merge}\t") and first.endswith("a test  (undone)")
    assert "\tA Reader\tundo\t" in second and "(undone)" not in second


# --- from a file ----------------------------------------------------------------------------------------------------

MERGE = (
    '[[decision]]\nverb = "must-link"\nclaim = {report = "second", figure = 9}\n'
    'with = {report = "first", figure = 31}\nwho = "A Reader"\nwhen = 2025-09-01T12:00:00Z\nwhy = "one event"\n'
)


def test_decisions_in_a_file_are_taken_in_their_order(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "decisions.toml"
    file.write_text(MERGE + MERGE.replace("must-link", "cannot-link"), encoding="utf-8")
    shown = run("decide", folder, "--file", file)
    assert shown.exit_code == 0
    assert [line.split("\t")[1] for line in shown.stdout.splitlines()] == ["must-link", "cannot-link"]
    assert [9, 31] not in grouped(opened(folder))


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (MERGE.replace("figure = 9", "figure = 10"), "0 claims of second say '10'"),
        (MERGE.replace('why = "one event"', 'why = "one event"\nas = "one serie"'), "there are: incident, one series"),
        ('[[decision]]\nverb = "undo"\nabout = "decision:none"\nwho = "A"\nwhy = "b"\n', "no such decision"),
    ],
)
def test_a_file_with_one_wrong_decision_is_taken_not_at_all(
    folder: Path, tmp_path: Path, wrong: str, said: str
) -> None:
    file = tmp_path / "decisions.toml"
    file.write_text(MERGE + wrong.replace("12:00", "13:00"), encoding="utf-8")
    shown = run("decide", folder, "--file", file)
    assert (shown.exit_code, shown.stdout) == (2, "")
    assert said in shown.stderr and "decision 2" in shown.stderr
    assert opened(folder).decisions() == []


# --- what is refused ------------------------------------------------------------------------------------------------

WRONG: list[tuple[tuple[str, ...], str]] = [
    ((), "say what is decided"),
    (("accept", "CLAIM"), "every decision has a reason"),
    (("accept", "CLAIM", "--why", "  "), "every decision has a reason"),
    (("accept", *WHY), "accept what?"),
    (("agree", *WHY), "agree what?"),
    (("acept", "CLAIM", *WHY), "acept"),
    (("accept", "claim:0000000000000000", *WHY), "no claim 'claim:0000000000000000'"),
    (("undo", "decision:0000000000000000", *WHY), "no such decision"),
    (("undo", "CLAIM", *WHY), "no such decision"),
    (("agree", "problem:0000000000000000", *WHY), "0 problems are called"),
    (("settle", "abc", *WHY), "0 problems are called"),
    (("must-link", "CLAIM", *WHY), "no claim ''"),
    (("must-link", "CLAIM", "--with", "OTHER", "--as", "one serie", *WHY), "there are: incident"),
    (("cannot-link", "CLAIM", "--with", "CLAIM", *WHY), "with itself"),
    (("alias", "a monitor", *WHY), "canonical=NAME"),
    (("alias", "a monitor", "--canonical", "Monitor", "--report", "none", *WHY), "0 reports are called 'none'"),
    (("relate", "Monitor", "--with", "Network", "--independence", "maybe", *WHY), "shown, assumed, dependent"),
    (("relate", "Monitor", "--independence", "shown", *WHY), "give the other one"),
    (("assess", "INCIDENT", "--relied", "CLAIM", *WHY), "at least one"),
    (("assess", "INCIDENT", "--cell", "4-6", *WHY), "no claim is relied on"),
    (("assess", "INCIDENT", "--cell", "six", "--relied", "CLAIM", *WHY), "a cell begins with a number"),
    (("assess", "INCIDENT", "--cell", "-4", "--relied", "CLAIM", *WHY), "a cell begins with a number"),
    (("assess", "INCIDENT", "--cell", "6-4", "--relied", "CLAIM", *WHY), "below its low"),
    (("assess", "INCIDENT", "--cell", "4 sex=woman", "--relied", "CLAIM", *WHY), "sex is 'woman'"),
    (("assess", "I-0009", "--cell", "4", "--relied", "CLAIM", *WHY), "no such incident"),
    (("sign off", "assessment:0000000000000000", *WHY), "no such assessment"),
    (("grade", "Monitor", "--source", "G", *WHY), "source is 'G'"),
    (("grade", "Monitor", *WHY), "nothing is graded"),
    (("correct", "CLAIM", *WHY), "needs the claim as JSON"),
    (("add", *WHY), "needs the claim as JSON"),
    (("add", "--claim", "none.json", *WHY), "none.json"),
    (("--file", "none.toml"), "none.toml"),
]


def test_misuse_is_one_line_on_stderr_and_exit_2_and_nothing_is_written(folder: Path) -> None:
    case = opened(folder)
    names = {"CLAIM": claim(case, 31), "OTHER": claim(case, 9), "INCIDENT": incident(folder, 31)}
    for words, said in WRONG:
        shown = run("decide", folder, *(names.get(word, word) for word in words))
        assert (shown.exit_code, shown.stdout) == (2, ""), words
        assert said in shown.stderr and "Traceback" not in shown.stderr, (words, shown.stderr)
    assert opened(folder).decisions() == []


@pytest.mark.parametrize("content", ["", "[]", "{", '{"id": "claim:1"}', "null", "3"])
def test_a_file_that_holds_no_claim_is_refused(folder: Path, tmp_path: Path, content: str) -> None:
    file = tmp_path / "claim.json"
    file.write_text(content, encoding="utf-8")
    shown = run("decide", folder, "correct", claim(opened(folder), 31), "--claim", file, *WHY)
    assert (shown.exit_code, shown.stdout) == (2, "")
    assert "holds no claim" in shown.stderr
    assert opened(folder).decisions() == []


def test_the_beginning_of_two_ids_is_refused_with_both(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    twins = {"claim:aaaaaa1111111111", "claim:aaaaaa2222222222"}
    monkeypatch.setattr("cenotaph.cli.deciding._ids", lambda case: twins)
    shown = run("decide", folder, "accept", "aaaaaa", *WHY)
    assert shown.exit_code == 2
    assert "2 things have an id that begins with 'aaaaaa'" in shown.stderr and min(twins) in shown.stderr


def test_a_folder_that_holds_no_case_is_refused(tmp_path: Path) -> None:
    shown = run("decide", tmp_path, "accept", "claim:1", *WHY)
    assert (shown.exit_code, shown.stdout) == (2, "") and "cenotaph init" in shown.stderr


# --- proposals of the shipped example -------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped example as it is read, nothing decided."""
    made = Case.create(tmp_path_factory.mktemp("example") / "case", settings=read_settings(EXAMPLE))
    list(made.add(incoming(str(EXAMPLE / "reports"), Given()), who="a test"))
    made.build()
    made.engine.dispose()
    return made.folder


@pytest.fixture
def example(read: Path, tmp_path: Path) -> Iterator[Path]:
    yield Path(shutil.copytree(read, tmp_path / "copy"))


def proposal(folder: Path, verb: str, *, at: int = 0) -> Problem:
    found = [one for one in Case(folder).problems() if one.proposes and one.proposes.verb == verb]
    return sorted(found, key=lambda one: one.id)[at]


def open_ones(folder: Path) -> set[str]:
    return {one.id for one in Case(folder).problems()}


def decided(folder: Path) -> list[tuple[str, str, dict[str, Any]]]:
    return [(one.verb, one.about, dict(one.details)) for one in Case(folder).decisions()]


def test_agreeing_takes_what_is_proposed_and_undoing_it_brings_the_proposal_back(example: Path) -> None:
    found = proposal(example, "alias")
    offer = found.proposes
    assert offer is not None
    line = done(run("decide", example, "agree", found.id, *WHY))
    assert line[1:] == ["alias", offer.about]
    assert found.id not in open_ones(example)
    case = Case(example)
    named = {str(case.linked().roots[one].root) for one in found.claims}
    assert named == {offer.details["canonical"]}
    done(run("decide", example, "undo", line[0], *WHY))
    assert found.id in open_ones(example)


def test_refusing_a_link_keeps_the_two_apart_and_is_proposed_no_more(example: Path) -> None:
    found = proposal(example, "must-link")
    done(run("decide", example, "refuse", found.id.removeprefix("problem:")[:8], *WHY))
    assert found.id not in open_ones(example)
    assert [verb for verb, _, _ in decided(example)] == ["cannot-link"]


def test_refusing_another_name_settles_the_proposal_and_names_nobody(example: Path) -> None:
    found = proposal(example, "alias")
    before = Case(example).linked().roots
    done(run("decide", example, "refuse", found.id, *WHY))
    assert found.id not in open_ones(example)
    assert [(verb, about) for verb, about, _ in decided(example)] == [("settle", found.id)]
    assert Case(example).linked().roots == before


def test_what_proposes_nothing_cannot_be_agreed_to_and_can_be_settled(example: Path) -> None:
    found = min((one for one in Case(example).problems() if one.proposes is None), key=lambda one: one.id)
    shown = run("decide", example, "agree", found.id, *WHY)
    assert (shown.exit_code, shown.stdout) == (2, "") and "proposes nothing" in shown.stderr
    done(run("decide", example, "settle", found.id, *WHY))
    assert found.id not in open_ones(example)


def test_a_proposal_can_be_agreed_to_once(example: Path) -> None:
    found = proposal(example, "alias")
    done(run("decide", example, "agree", found.id, *WHY))
    shown = run("decide", example, "agree", found.id, *WHY)
    assert shown.exit_code == 2 and "0 problems are called" in shown.stderr
