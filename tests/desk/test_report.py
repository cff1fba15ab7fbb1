"""A report laid open: its claims beside their words, what was decided on it, its versions and its custody."""

from __future__ import annotations

import datetime as dt
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from cenotaph.case import Case
from cenotaph.case.settings import Settings
from cenotaph.desk import Desk, tables
from cenotaph.desk.report import Beside, Opened, beside, opened
from cenotaph.desk.report_versions import captures_of, changed_of
from cenotaph.vocabulary import Decision
from tests.web.reported import ADDRESS, ENGLISH, make_reported, report_of
from tests.web.small import captured

WHEN = dt.datetime(2025, 3, 10, 9, tzinfo=dt.UTC)


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_reported(tmp_path_factory.mktemp("desk") / "reported")


@pytest.fixture(scope="module")
def looking(held: Path) -> Desk:
    return Desk(held)


@pytest.fixture
def desk(held: Path, tmp_path: Path) -> Desk:
    shutil.copytree(held, tmp_path / "reported")
    return Desk(tmp_path / "reported")


def look(desk: Desk, outlet: str = "Example Wire", *, unmasked: bool = False) -> Opened:
    found = opened(desk, report_of(desk, outlet), unmasked=unmasked)
    assert found is not None
    return found


def decide(
    desk: Desk, verb: str, about: str, report: str, who: str = "Anna", hour: int = 0, **details: str
) -> Decision:
    one = Decision(who, WHEN + dt.timedelta(hours=hour), verb, about, "because", details=details)
    part = desk.part(reports=[report])
    part.history = desk.case.decisions()
    return desk.decide([one], part=part)[0]


def test_a_report_that_the_case_does_not_hold_is_none(looking: Desk) -> None:
    assert opened(looking, "report:0000000000000000") is None


def test_claims_stand_in_the_order_of_the_text_and_are_marked_where_their_figure_is(looking: Desk) -> None:
    found = look(looking)
    text = ENGLISH.replace("Four", "Five")
    assert [one.number for one in found.claims] == list(range(1, len(found.claims) + 1))
    assert found.claims[0].span.of(text) == "At least 12"
    marked = {mark for line in found.paragraphs for piece in line.pieces for mark in piece.marks}
    assert {one.mark for one in found.claims} <= marked


def test_each_field_stands_beside_its_words_and_what_was_assumed_says_by_which_rule(looking: Desk) -> None:
    found = look(looking)
    fields = {one.name: one for one in found.claims[0].fields}
    assert fields["place"].words == "Baniyas" and fields["quantity"].words == "At least 12"
    (ruled,) = look(looking, "Example Weather").claims
    assert {one.name: one.rule for one in ruled.fields if one.rule} == dict(ruled.claim.assumed) != {}


def test_a_private_witness_is_named_nowhere_until_that_is_asked_for(looking: Desk) -> None:
    shown, told = look(looking), look(looking, unmasked=True)
    assert "Salim Haddad" not in repr(shown) and shown.masked == 1
    assert "Salim Haddad" in repr(told) and told.masked == 0
    assert [one.span for one in shown.claims] == [one.span for one in told.claims]


def test_the_text_itself_is_not_given_beside_its_pieces(looking: Desk) -> None:
    assert look(looking).report.text == look(looking, unmasked=True).report.text == ""


def test_decisions_on_a_claim_are_told_with_who_and_why_and_count_as_readings(desk: Desk) -> None:
    found = look(desk)
    claim = found.claims[0].claim.id
    decide(desk, "accept", claim, found.report.id)
    decide(desk, "accept", claim, found.report.id, "Boris", 1)
    now = look(desk).claims[0]
    assert [(one.verb, one.who, one.why) for one in now.decisions] == [
        ("accept", "Anna", "because"), ("accept", "Boris", "because"),
    ]  # fmt: skip
    assert now.reads == 2 and now.readers == ("Anna", "Boris")
    assert now.seen == desk.history.newest(claim) != found.claims[0].seen


def test_a_rejected_claim_is_gone_and_its_decision_stays_to_be_undone(desk: Desk) -> None:
    found = look(desk)
    claim = found.claims[0].claim.id
    taken = decide(desk, "reject", claim, found.report.id)
    now = look(desk)
    assert claim not in {one.claim.id for one in now.claims}
    assert [(one.id, one.stands) for one in now.decisions] == [(taken.id, True)]
    decide(desk, "undo", taken.id, found.report.id, hour=1)
    back = look(desk)
    assert claim in {one.claim.id for one in back.claims}
    assert [one.stands for one in back.claims[0].decisions] == [False]


def test_what_was_decided_on_an_earlier_version_is_undone_by_the_id_in_the_journal(tmp_path: Path) -> None:
    case = Case.create(tmp_path / "two", settings=Settings(countries=("SY",)))
    first = captured(ENGLISH, "Example Wire", "2025-03-08", "1.txt", url=ADDRESS)
    list(case.add([first], who="A Reader"))
    case.build()
    desk = Desk(case)
    desk.fill()
    before = look(desk)
    written = decide(desk, "accept", before.claims[0].claim.id, before.report.id)
    list(case.add([replace(first, content=ENGLISH.replace("Four", "Five").encode())], who="A Reader"))
    case.build()
    desk.fill()
    now = look(desk)
    (told,) = now.claims[0].decisions
    assert now.claims[0].claim.id != before.claims[0].claim.id
    assert (told.id, told.carried) == (written.id, before.report.id)
    decide(desk, "undo", told.id, now.report.id, hour=1)
    assert look(desk).claims[0].reads == 0


def test_an_earlier_version_is_shown_without_claims_and_leads_to_the_newest(looking: Desk) -> None:
    first = next(one.id for one in looking.case.reports() if one.outlet == "Example Wire")
    found = opened(looking, first)
    assert found is not None and not found.claims and found.newest == report_of(looking, "Example Wire") != first
    assert [one.report for one in found.versions] == [first, found.newest]


def test_versions_are_compared_sentence_by_sentence_and_masked(looking: Desk) -> None:
    (step,) = changed_of(looking, report_of(looking, "Example Wire"))
    assert [(one.kind, one.before, one.after) for one in step.changes] == [
        ("changed", "Four women were killed in the same attack.", "Five women were killed in the same attack."),
    ]  # fmt: skip
    assert step.read and step.claims >= step.to_look_at >= 1


def test_a_version_that_was_not_read_yet_shows_no_words(desk: Desk) -> None:
    again = captured("Salim Other was seen.\n", "Example Wire", "2025-03-09", "9.txt", url=ADDRESS)
    list(desk.case.add([again], who="A Reader"))
    desk.fill()
    last = changed_of(desk, report_of(desk, "Example Wire"))[-1]
    assert not last.read and not last.changes
    assert changed_of(desk, report_of(desk, "Example Wire"), unmasked=True)[-1].changes


def test_an_address_that_was_captured_once_has_no_versions(looking: Desk) -> None:
    assert changed_of(looking, report_of(looking, "مثال")) == []


def test_custody_says_who_brought_the_bytes_in_when_and_how(looking: Desk) -> None:
    report = report_of(looking, "مثال")
    (capture,) = captures_of(looking, report)
    assert (capture.who, capture.how, capture.original) == ("A Reader", "folder", "4.txt")
    assert capture.bytes == look(looking, "مثال").report.bytes_hash and len(capture.row) == 64


def test_neighbours_are_those_of_the_inbox_and_of_one_state_where_that_is_asked(looking: Desk) -> None:
    hostile, arabic = report_of(looking, "<b>Post</b>"), report_of(looking, "مثال")
    assert beside(looking, hostile).after == arabic and beside(looking, arabic).before == hostile
    assert beside(looking, arabic).total == 6
    assert beside(looking, arabic, "read").after == "" and beside(looking, "report:0").at == 0


@pytest.mark.parametrize("state", ["", "new"])
def test_each_report_knows_its_place_in_the_inbox_from_whichever_end_it_is_counted(looking: Desk, state: str) -> None:
    reports = tables.reports.c
    where = [reports.newest == 1, *([reports.state == state] if state else [])]
    ids = looking.rows(sa.select(reports.report).where(*where).order_by(reports.position), scalars=True)
    assert len(ids) > 2
    around = ["", *ids, ""]
    assert [beside(looking, one, state) for one in ids] == [
        Beside(around[at - 1], around[at + 1], at, len(ids)) for at in range(1, len(ids) + 1)
    ]


def test_an_earlier_version_of_a_report_stands_after_those_that_came_before_it(looking: Desk) -> None:
    reports = tables.reports.c
    query = sa.select(reports.report, reports.position).where(reports.newest == 0)
    found = [(row["report"], row["position"]) for row in looking.rows(query)]
    assert found
    for old, position in found:
        before = sa.select(sa.func.count()).where(reports.newest == 1, reports.position <= position)
        assert beside(looking, old).at == looking.rows(before, scalars=True)[0]
