"""Requests of families on the command line, their answers and their forgetting; and who asked for hidden names."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from cenotaph.case import Case
from cenotaph.case.reading import Reader
from cenotaph.case.requests import requests
from tests.case.tabled import HARBOUR, captured, claim, filled, reader
from tests.cli.running import run

WHY = ("--why", "a letter of 2 April", "--who", "A Reader")
ASKS = ("--as", "objection", "--from", "family", "--by", "Huda Placeholder", "--asked", "he was no fighter")
ANSWER = ("--as", "granted", "--answer", "It is corrected.")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(Reader, "of", classmethod(lambda cls, *given: reader()))
    return filled(tmp_path / "case", captured(HARBOUR, name="first")).folder


def opened(folder: Path) -> Case:
    return Case(folder, reader=reader())


def asked(folder: Path, *more: str) -> str:
    """The id of a request that was written down."""
    shown = run("decide", folder, "request", "first.txt of the harbour", *ASKS, *more, *WHY)
    assert shown.exit_code == 0, shown.output
    return shown.stdout.split("\t")[0]


def test_a_request_is_written_down_and_answered(folder: Path) -> None:
    made = asked(folder, "--contact", "by their lawyer")
    shown = run("decide", folder, "answer a request", made.removeprefix("decision:")[:10], *ANSWER, *WHY)
    assert shown.exit_code == 0, shown.output
    (found,) = requests(opened(folder).decisions())
    assert (found.id, found.kind, found.asker, found.by) == (made, "objection", "family", "Huda Placeholder")
    assert (found.asked, found.contact) == ("he was no fighter", "by their lawyer")
    assert found.response is not None
    assert (found.response.decision, found.response.words) == ("granted", "It is corrected.")


def test_a_request_about_a_report_or_an_incident_is_about_its_id(folder: Path) -> None:
    case = opened(folder)
    report, incident = case.reports()[0].id, case.linked().incidents[0].id
    for about in (report, incident):
        short = about.partition(":")[2][:8]
        assert run("decide", folder, "request", short, *ASKS, *WHY).stdout.split("\t")[2].strip() == about


def test_who_asks_is_hidden_in_the_line_that_is_printed_and_in_the_list(folder: Path) -> None:
    shown = run("decide", folder, "request", "the brother of Huda Placeholder", *ASKS, *WHY)
    assert "Huda" not in shown.output and "[protected]" in shown.stdout
    assert "Huda" not in run("decide", folder, "--list").output


WRONG: list[tuple[tuple[str, ...], str]] = [
    (("request", "the harbour", *WHY), "kind is None"),
    (("request", *ASKS, *WHY), "request what?"),
    (("request", "the harbour", *ASKS), "every decision has a reason"),
    (("request", "the harbour", *ASKS, "--as", "complaint", *WHY), "correction, objection, withdrawal"),
    (("request", "the harbour", *ASKS, "--from", "friend", *WHY), "family, party, reader"),
    (("request", "the harbour", *ASKS, "--by", "  ", *WHY), "it says who asks"),
    (("request", "the harbour", *ASKS, "--asked", "", *WHY), "it says what is asked"),
    (("request", "incident:0000000000000000", *ASKS, *WHY), "nothing in this case has that id"),
    (("answer a request", "decision:0000000000000000", *ANSWER, *WHY), "no such request"),
    (("answer a request", "CLAIM", *ANSWER, *WHY), "no such request"),
    (("answer a request", *ANSWER, *WHY), "answer a request what?"),
    (("answer a request", "MADE", "--as", "maybe", "--answer", "x", *WHY), "granted, refused, partly"),
    (("answer a request", "MADE", "--as", "granted", *WHY), "it says what is answered"),
]


def test_a_request_or_an_answer_that_lacks_something_is_refused_in_one_line(folder: Path) -> None:
    names = {"CLAIM": claim(opened(folder), 31), "MADE": asked(folder)}
    for words, said in WRONG:
        shown = run("decide", folder, *(names.get(word, word) for word in words))
        assert (shown.exit_code, shown.stdout) == (2, ""), words
        assert said in shown.stderr and "Traceback" not in shown.stderr, (words, shown.stderr)
    assert [one.verb for one in opened(folder).decisions()] == ["request"]


def test_forgetting_a_request_says_what_went_and_leaves_nothing_of_it(folder: Path) -> None:
    made, other = asked(folder), asked(folder, "--contact", "a number")
    run("decide", folder, "answer a request", made, *ANSWER, *WHY)
    for key, said in ((made, "1 request and 1 decision on it: the words"), (other, "1 request: the words")):
        shown = run("forget", folder, key, *WHY)
        assert shown.exit_code == 0 and said in " ".join(shown.stderr.split()) and "report" not in shown.stderr
    assert opened(folder).decisions() == []


def test_forgetting_a_report_still_counts_reports(folder: Path) -> None:
    assert "1 report: the words" in " ".join(run("forget", folder, opened(folder).reports()[0].id, *WHY).stderr.split())


# --- names that are hidden ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", [("decide", "--list"), ("why", "31"), ("victims",), ("roots",), ("problems",)])
def test_the_journal_notes_who_asked_for_hidden_names_and_by_what(folder: Path, words: tuple[str, ...]) -> None:
    before = dt.datetime.now(dt.UTC)
    run(words[0], folder, *words[1:])
    assert opened(folder).decisions() == []
    shown = run(words[0], folder, *words[1:], "--unmasked")
    assert shown.exit_code == 0, shown.output
    (note,) = opened(folder).decisions()
    assert (note.verb, note.about, note.why) == (
        "unmask", "the case", f"asked for on the command line: {words[0]} --unmasked",
    )  # fmt: skip
    assert note.who and note.when >= before and note.who in shown.stderr


def test_whoever_says_who_they_are_is_noted_so(folder: Path) -> None:
    run("decide", folder, "--list", "--unmasked", "--who", "A Reader")
    assert [one.who for one in opened(folder).decisions()] == ["A Reader"]


def test_no_name_is_shown_where_it_cannot_be_noted(folder: Path) -> None:
    """A journal whose tail is cut is read, and written to by nobody."""
    asked(folder)
    words = ("decide", folder, "--list", "--unmasked")
    assert run(*words).exit_code == 0
    head = folder / "case.head"
    chains = json.loads(head.read_text(encoding="utf-8"))
    chains["chains"] = {name: [seq + 5, newest] for name, (seq, newest) in chains["chains"].items()}
    head.write_text(json.dumps(chains), encoding="utf-8")
    assert run("decide", folder, "--list").exit_code == 0
    shown = run(*words)
    assert (shown.exit_code, shown.stdout) == (2, "") and "nothing is written" in shown.stderr
