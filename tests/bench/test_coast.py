"""The example's scorer, on bulletins of two sentences: what counts as found, and what must not."""

from __future__ import annotations

import datetime as dt
import itertools
import json
import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bench.adapter import BenchError
from bench.coast import agreement, pairing
from bench.coast.bulletins import parted
from bench.coast.expected import Expected, Reply, Sheet, sheet
from bench.coast.listing import errors
from bench.coast.scoring import Judged, figures, judge
from cenotaph.vocabulary import (
    Answer,
    Claim,
    Coder,
    Group,
    Harm,
    Party,
    Period,
    Place,
    Quantity,
    Report,
    Span,
    Tie,
    Voice,
)  # fmt: skip

CODER = Coder("rules", "stub")
TEXT = "At least 45 civilians were killed, the Example Monitor said. Four of them were children."
REPORT = Report.of_text(TEXT, name="r01", outlet="Example Wire", published=dt.date(2025, 3, 9))
MONITOR = Voice("the Example Monitor", canonical="Example Monitor", kind="organisation", root=True)
SATURDAY = dt.date(2025, 3, 8)


def read(at: int = 9, **fields: Any) -> Claim:
    """A claim as a good reader would make it of the first sentence; `at` moves its anchor, and so its id."""
    usual: dict[str, Any] = {
        "harm": Harm(("killed",)),
        "quantity": Quantity("At least 45", "at least", 45),
        "group": Group("civilians", status="civilian"),
        "voices": (MONITOR,),
    }
    span = Span(at, at + 2)
    return Claim.read_as(REPORT, Span(0, 60), anchor=span, trigger=span, coder=CODER, **(usual | fields))


def wanted(**entry: Any) -> Expected:
    usual = {"harm": "killed", "at_least": 45, "status": "civilian", "voice": "Example Monitor"}
    if set(entry) & {"exact", "about", "between", "vague", "fraction", "more_than", "none"}:
        del usual["at_least"]
    return Expected.of(usual | entry)


def judged(expected: Sequence[Expected], claims: Sequence[Claim], **others: Any) -> Judged:
    return judge(REPORT, Sheet(tuple(expected), others.get("replies", ())), claims, others.get("answers", ()))


def shares(expected: Sequence[Expected], *claims: Claim) -> Any:
    return json.loads(figures([judged(expected, claims)]))


def test_a_claim_right_in_harm_figure_group_and_voice_is_found() -> None:
    found = shares([wanted()], read())
    assert (found["found"], found["spurious"]) == (1, 0)


@pytest.mark.parametrize(
    ("why", "fields"),
    [
        ("another harm", {"harm": Harm(("injured",))}),
        ("one harm of two", {"harm": Harm(("injured", "killed"))}),
        ("another number", {"quantity": Quantity("46", "at least", 46)}),
        ("a floor read as a figure", {"quantity": Quantity("45", "exact", 45)}),
        ("a floor read as more than it", {"quantity": Quantity("more than 45", "more than", 45)}),
        ("no figure", {"quantity": Quantity()}),
        ("a share of 45", {"quantity": Quantity("half of 45", "at least", 45, fraction=0.5)}),
    ],
)
def test_a_claim_with_another_harm_or_figure_is_missed_and_spurious(why: str, fields: dict[str, Any]) -> None:
    found = shares([wanted()], read(**fields))
    assert (found["matched"], found["found"], found["spurious"]) == (0, 0, 1), why


@pytest.mark.parametrize(
    ("why", "fields"),
    [
        ("another status", {"group": Group("soldiers", status="armed forces")}),
        ("no status", {"group": Group("people")}),
        ("another monitor", {"voices": (replace(MONITOR, canonical="Other Monitor"),)}),
        ("nobody answers for it", {"voices": (replace(MONITOR, root=False),)}),
        ("a part of its name that the codes do not know", {"voices": (Voice("Monitor", root=True),)}),
    ],
)
def test_a_matched_claim_with_a_wrong_group_or_voice_is_not_found(why: str, fields: dict[str, Any]) -> None:
    found = shares([wanted()], read(**fields))
    assert (found["matched"], found["found"], found["spurious"]) == (1, 0, 0), why


def test_a_facet_that_was_not_stated_does_not_matter() -> None:
    more = Group("Alawite civilians", status="civilian", identity="Alawite")
    assert shares([wanted()], read(group=more))["found"] == 1


def test_a_facet_stated_as_empty_must_be_empty() -> None:
    assert shares([wanted(status="")], read())["found"] == 0


def test_the_outlet_answers_for_what_it_says_without_naming_a_voice() -> None:
    for voices in ((), (Voice("Example Wire", kind="outlet", root=True),)):
        assert shares([wanted(voice="outlet")], read(voices=voices))["found"] == 1


def test_a_figure_of_a_named_monitor_is_not_the_outlets() -> None:
    assert shares([wanted(voice="outlet")], read())["found"] == 0


def test_an_unnamed_voice_is_found_by_its_words_and_not_as_somebody_with_a_name() -> None:
    said = Voice("a resident of the town", anonymous=True, root=True)
    assert shares([wanted(voice="an anonymous resident")], read(voices=(said,)))["found"] == 1
    named = replace(said, canonical="Example Monitor")
    assert shares([wanted(voice="a resident")], read(voices=(named,)))["found"] == 0


def test_one_claim_read_twice_is_spurious_once_unless_the_reader_says_it_restates() -> None:
    first = read()
    assert shares([wanted()], first, read(at=20))["spurious"] == 0.5
    again = shares([wanted()], first, read(at=20, relation=Tie(first.id, "restates")))
    assert (again["spurious"], again["repeats"]) == (0, 1)


def test_of_two_claims_with_one_figure_each_goes_to_its_own() -> None:
    tartus, homs = (read(at, place=Place(name, name)) for at, name in ((9, "Tartus"), (20, "Homs")))
    found = shares([wanted(place="Homs"), wanted(place="Tartous")], tartus, homs)
    assert found["fields"]["place"] == {"asked": 2, "right": 1}


def test_days_are_asked_on_their_own_clock() -> None:
    recorded = Period("on Saturday", SATURDAY, SATURDAY, 1, "recorded")
    assert shares([wanted(recorded=SATURDAY)], read(period=recorded))["fields"]["day"]["right"] == 1
    assert shares([wanted(date=SATURDAY)], read(period=recorded))["fields"]["day"]["right"] == 0
    assert shares([wanted(date=SATURDAY)], read())["fields"]["day"]["right"] == 0
    assert shares([wanted(said=SATURDAY)], read())["fields"]["day"]["right"] == 0


def test_a_month_runs_from_its_first_day_to_its_last() -> None:
    march = Period("in March", dt.date(2025, 3, 1), dt.date(2025, 3, 31), 4)
    assert shares([wanted(date="2025-03")], read(period=march))["fields"]["day"]["right"] == 1


def test_a_part_is_a_part_only_of_the_figure_that_was_named() -> None:
    whole, four = read(), Quantity("Four", "exact", 4)
    part = read(at=61, quantity=four, relation=Tie(whole.id, "overlay"))
    entries = [wanted(), wanted(exact=4, part_of=45)]
    assert shares(entries, whole, part)["fields"]["relation"]["right"] == 1
    loose = read(at=61, quantity=four, relation=Tie("", "part"))
    assert shares(entries, whole, loose)["fields"]["relation"]["right"] == 0


def test_doubt_is_asked_both_ways() -> None:
    assert shares([wanted(hedged=True)], read())["fields"]["stance"]["right"] == 0
    assert shares([wanted()], read(stance="hedges"))["fields"]["stance"]["right"] == 0


def test_an_event_read_as_background_has_a_wrong_reach() -> None:
    assert shares([wanted()], read(reach="background"))["fields"]["reach"]["right"] == 0
    assert shares([wanted(running=True)], read(reach="running total"))["fields"]["reach"]["right"] == 1


@pytest.mark.parametrize(
    ("words", "said", "agrees"),
    [
        ("dozens", Quantity("dozens", "plural", 12), True),
        ("dozens", Quantity("عشرات", "plural", 10), True),
        ("several", Quantity("several", "plural"), True),
        ("dozens", Quantity("hundreds", "plural", 100), False),
        ("thousands", Quantity("tens of thousands of", "plural", 10_000), False),
        ("tens of thousands", Quantity("thousands", "plural", 1000), False),
        ("many", Quantity("several", "plural"), True),
        ("many", Quantity("dozens", "plural", 12), False),
        ("dozens", Quantity("12", "exact", 12), False),
    ],
)
def test_words_for_many_agree_by_word_or_by_magnitude(words: str, said: Quantity, agrees: bool) -> None:
    assert agreement.figure(wanted(vague=words).amount, said) is agrees


def test_an_answer_is_found_by_its_kind_and_its_party() -> None:
    def said(kind: Any, party: str) -> Answer:
        return Answer.read_as(REPORT, Span(0, 8), trigger=Span(0, 8), kind=kind, party=Party(party), coder=CODER)

    reply = Reply.of({"kind": "denies", "by": "the Example Ministry"})
    for kind, party, share in (("denies", "Ministry", 1), ("justifies", "Ministry", 0), ("denies", "the rebels", 0)):
        found = json.loads(figures([judged([], [], replies=(reply,), answers=[said(kind, party)])]))
        assert found["answers"]["found"] == share


def test_every_error_is_listed_with_its_sentence() -> None:
    soldiers = read(group=Group("soldiers", status="armed forces"))
    four, empty = wanted(exact=4, words="Four of them"), read(at=20, quantity=Quantity())
    lines = list(errors([judged([wanted(), four], [soldiers, empty])]))
    assert [line.split()[0] for line in lines] == ["missed", "spurious", "group"]
    assert lines[0].endswith("| Four of them were children.")
    assert all("| At least 45 civilians were killed" in line for line in lines[1:])


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("[[claim]]\nexact = 4\n", "claim 1: a claim names its harm"),
        ('[[claim]]\nharm = "killed"\nexact = 4\nabout = 4\n', "found exact and about"),
        ('[[claim]]\nharm = "killed"\nbetween = 4\n', "between takes two numbers"),
        ('[[claim]]\nharm = "killed"\nbetween = [4]\n', "not enough values"),
        ('[[claim]]\nharm = "killed"\nfigure = 4\n', "unknown key figure"),
        ("[[answer]]\nwords = 'no'\n", "answer 1: an answer names its kind"),
        ("[[claim]\n", "not valid TOML"),
    ],
)
def test_an_entry_that_says_nothing_clear_is_refused_by_its_number(tmp_path: Path, text: str, complaint: str) -> None:
    file = tmp_path / "r01.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(BenchError, match=complaint):
        sheet(file)


@pytest.mark.parametrize("text", ["Three died.\n", "---\noutlet: Example Wire\nThree died.\n", "\n---\n---\n", ""])
def test_a_bulletin_without_front_matter_is_refused(text: str) -> None:
    with pytest.raises(BenchError, match="expected front matter"):
        parted(text, "r01.md")


def test_the_pairing_is_the_best_of_all_pairings() -> None:
    chance = random.Random(4)
    for rows, columns in itertools.product(range(1, 5), range(1, 5)):
        weights = [[chance.choice((0, 0, 1, 2, 5, 9)) for _ in range(columns)] for _ in range(rows)]
        found = pairing.best(weights)
        assert len({row for row, _ in found}) == len({column for _, column in found}) == len(found)
        assert sum(weights[row][column] for row, column in found) == _most(weights)


def _most(weights: list[list[int]]) -> int:
    size = max(len(weights), len(weights[0]))
    square = [[*row, *[0] * (size - len(row))] for row in weights] + [[0] * size] * (size - len(weights))
    return max(sum(square[row][order[row]] for row in range(size)) for order in itertools.permutations(range(size)))
