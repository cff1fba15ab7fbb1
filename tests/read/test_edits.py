"""Whatever a report looks like, reading raises nothing, and every quote is the text that stands there.

A sample of what `python -m bench.roads --edits 1000` does; the same seed, so that a failure can be looked at again.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import islice

import pytest

from bench.roads import edits
from cenotaph import world
from cenotaph.read import read
from cenotaph.vocabulary import Report, Span, World

SAMPLE = 180
SYRIA = ("SY",)


@pytest.fixture(scope="module")
def known() -> World:
    return world.load(countries=SYRIA)


@pytest.mark.parametrize("kind", edits.EDITS, ids=lambda edit: edit.__name__.strip("_"))
def test_an_edited_report_is_read_without_a_fault(kind: edits.Edit, known: World) -> None:
    share = SAMPLE // len(edits.EDITS)
    chosen = islice(edits.edited(edits.originals(), SAMPLE), edits.EDITS.index(kind), None, len(edits.EDITS))
    found = {name: edits.faults(report, known) for name, report in islice(chosen, share)}
    assert len(found) == share
    assert {name: lines for name, lines in found.items() if lines} == {}


@pytest.mark.parametrize("kind", edits.EDITS, ids=lambda edit: edit.__name__.strip("_"))
def test_an_edited_report_in_arabic_is_read_without_a_fault(kind: edits.Edit, known: World) -> None:
    chosen = edits.edited(edits.originals("ar"), SAMPLE // 2, seed=28)
    found = {
        name: edits.faults(one, known) for name, one in islice(chosen, edits.EDITS.index(kind), None, len(edits.EDITS))
    }
    assert len(found) == SAMPLE // 2 // len(edits.EDITS)
    assert {name: lines for name, lines in found.items() if lines} == {}


def test_edits_leave_claims_to_be_checked(known: World) -> None:
    """A sample in which nothing is read any more would prove nothing."""
    reports = [report for _, report in edits.edited(edits.originals(), 45)]
    assert sum(bool(read(report, known)[0]) for report in reports) > 15


def test_the_same_seed_gives_the_same_edits_and_another_seed_others() -> None:
    texts = [[report.text for _, report in edits.edited(edits.originals(), 9, seed=seed)] for seed in (1, 1, 2)]
    assert texts[0] == texts[1] != texts[2]


@pytest.mark.parametrize(
    "text",
    [
        "\u202eThree people were killed in Homs.\u202c",
        "Three\u200b people\u200b were\u200b killed in Homs.",
        "Three people were kil\u00adled in Homs.",
        "\ufeffThree people were killed\x00 in Homs.\x1b[0m",
        "Thr\u0435e p\u0435ople were killed in Homs; قتل 3 مدنيين in Homs.",
        "3\u0301 people were killed.",
        "² people were killed, ½ of them children, Ⅷ wounded.",
        "9" * 400 + " people were killed.",
        "3" * 5000 + " killed on the " + "1" * 5000 + "th of March, " + "2" * 5000 + "/03/2025",
        "A " + "4" * 5000 + "-year-old was killed, 1/" + "5" * 5000 + " of them in Q" + "1" * 5000,
        "killed " * 300,
        "(" * 300 + "3 killed" + ")" * 300,
        "٣ killed\u2028٤ wounded\u2029five dead",
        "of of of the the killed, , , and and 12 12 12",
        "On 31/02/2025 3 people were killed; on 99/99/9999 4 died.",
    ],
)
def test_strange_letters_and_figures_are_read_without_a_fault(text: str, known: World) -> None:
    for report in (Report.of_text(text), Report.of_text(text, language="ar"), Report.of_text(text.upper())):
        assert edits.faults(report, known) == []


def test_a_quote_that_is_not_the_text_is_a_fault(monkeypatch: pytest.MonkeyPatch, known: World) -> None:
    report = Report.of_text("Three people were killed in Homs.")
    (claim,), answers, problems = read(report, known)
    wrong = replace(claim, start=1, anchor=Span(0, 99))
    monkeypatch.setattr(edits, "read", lambda *_: ([wrong], answers, problems))
    kinds = [line.partition(":")[0] for line in edits.faults(report, known)]
    assert kinds == ["quote", "anchor", "anchor"]
