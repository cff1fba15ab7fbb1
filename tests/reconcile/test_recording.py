"""What a recorder would write down of many reports: the cases of recording.toml, and what no order or copy can do."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from cenotaph.link import link
from cenotaph.numbers import rules_from
from cenotaph.reconcile.arithmetic import shown
from cenotaph.reconcile.hearing import Ear
from cenotaph.reconcile.recording import Draft, drafted
from cenotaph.reconcile.scene import Read, Scene, apart, likeliest_day, likeliest_place
from cenotaph.reconcile.stories import largest
from cenotaph.reconcile.weighing import Weights
from cenotaph.vocabulary import Claim, Group, Harm, Period, Place, Quantity, Report, Span, Tie
from tests.builders import CODER, PLAIN, claims_of, report_of

HERE = Path(__file__).parent
CASES: list[dict[str, Any]] = tomllib.loads((HERE / "recording.toml").read_text("utf-8"))["case"]
CODES = HERE.parents[1] / "src/cenotaph/codes"
TABLE = tomllib.loads((CODES / "recording.toml").read_text("utf-8"))
STATUSES = tomllib.loads((CODES / "statuses.toml").read_text("utf-8"))["status"]
HARMS = tomllib.loads((CODES / "harms.toml").read_text("utf-8"))["harm"]
RULES = rules_from(tomllib.loads((CODES / "numbers.toml").read_text("utf-8")))
FRIDAY = dt.date(2025, 3, 7)
AT = {
    "town": Place("Town", "Town", "1", ("Land", "West", "Town"), 10.0, 20.0, 1),
    "next": Place("Next", "Next", "2", ("Land", "West", "Next"), 10.05, 20.0, 1),
    "far": Place("Far", "Far", "3", ("Land", "East", "Far"), 11.3, 20.0, 1),
    "abroad": Place("Other", "Other", "4", ("Otherland", "Other"), 30.0, 20.0, 1),
}
EAR = Ear(Scene(FRIDAY, AT["town"], ("Land",)), Weights.of(TABLE), PLAIN)


def read_of(case: Mapping[str, Any]) -> Read:
    """The reports of a case with their claims, and those that say nothing."""
    told = [(report := report_of(table), _claims(report, table["claims"])) for table in case["reports"]]
    silent = [Report.of_text("It rained.", outlet=f"Silent {number}") for number in range(case.get("silent", 0))]
    return [*told, *((one, []) for one in silent)]


def _claims(report: Report, tables: list[Mapping[str, Any]]) -> list[Claim]:
    named = claims_of(report, tables)
    found: list[Claim] = []
    for table, claim in zip(tables, named.values(), strict=True):
        one = replace(claim, place=AT[table["at"]]) if "at" in table else claim
        if "names" in table:
            one = replace(one, group=replace(one.group, names=tuple(table["names"])))
        if "words" in table:
            one = replace(one, quantity=replace(one.quantity, words=table["words"]))
        if "quote" in table:
            one = replace(one, quote=table["quote"], reach="running total")
        if "restates" in table:
            one = replace(one, relation=Tie(named[table["restates"]].id, "restates"))
        if table.get("beside"):
            one = replace(one, start=found[-1].start)
        found.append(one)
    return found


def drafts_of(read: Read, case: Mapping[str, Any] | None = None, ear: Ear = EAR) -> list[Draft]:
    """With the method of a case, and searched for its incident if it says so."""
    claims = [claim for _, found in read for claim in found]
    roots = {key: one.root for key, one in link(claims, {report.id: report for report, _ in read}).roots.items()}
    how = {key: case[key] for key in ("method", "searched") if case and key in case}
    return drafted(read, roots, ear, **how)


def told(drafts: list[Draft]) -> dict[str, str]:
    return {f"{one.harm} {one.group}": shown(one.count) for one in drafts}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_recorder_writes_down(case: Mapping[str, Any]) -> None:
    drafts = drafts_of(read_of(case), case)
    assert told(drafts) == case["drafts"]
    aside = {f"{one.harm} {one.group}": [shown(each.count) for each in one.aside] for one in drafts}
    assert {key: said for key, said in aside.items() if key in case.get("aside", {})} == case.get("aside", {})


@pytest.mark.parametrize(
    "case", [case for case in CASES if 1 < len(case["reports"]) < 5], ids=lambda case: case["name"]
)
def test_the_order_of_reports_changes_nothing(case: Mapping[str, Any]) -> None:
    read = read_of(case)
    found = [drafts_of(list(order), case) for order in permutations(read)]
    assert all(one == found[0] for one in found)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_every_figure_of_a_draft_names_the_claims_and_reports_that_carry_it(case: Mapping[str, Any]) -> None:
    read = read_of(case)
    claims = {claim.id: claim.report for _, found in read for claim in found}
    for draft in drafts_of(read, case):
        for one in (*draft.ends, *draft.aside):
            assert one.claims
            assert {claims[claim] for claim in one.claims} == set(one.reports)
        low, high = draft.said
        assert low <= high
        assert low == draft.count.low


# --- each once ------------------------------------------------------------------------------------------------------

LONG = "Six people were killed when the roof of the old market fell in on Friday, a clerk there told us by telephone."
SHORT = "Six people were killed in town."


def saying(words: str, outlet: str, number: int = 6) -> tuple[Report, list[Claim]]:
    one = Report.of_text(words, outlet=outlet)
    span = Span(0, len(words))
    claim = Claim.read_as(
        one, span, anchor=Span(0, 3), trigger=Span(4, 10), coder=CODER, harm=Harm(("killed",)),
        quantity=Quantity("Six", "exact", number), group=Group("people"),
    )  # fmt: skip
    return one, [claim]


def weighs(read: Read) -> float:
    return drafts_of(read)[0].ends[0].weight


def test_a_copy_adds_no_weight() -> None:
    assert weighs([saying(LONG, "A"), saying(LONG, "B"), saying(LONG.upper(), "C")]) == weighs([saying(LONG, "A")])


def test_a_sentence_that_anybody_writes_is_no_copy() -> None:
    assert weighs([saying(SHORT, "A"), saying(SHORT, "B")]) == 2 * weighs([saying(SHORT, "A")])


def test_a_copy_carries_the_figure_though_it_adds_nothing() -> None:
    read = [saying(LONG, "A"), saying(LONG, "B")]
    assert set(drafts_of(read)[0].ends[0].reports) == {report.id for report, _ in read}


def test_what_a_report_repeats_counts_for_no_more_than_the_most_that_one_may() -> None:
    case = {"reports": [{"outlet": "A", "claims": [{"exact": 4}] * 9}]}
    first_of_all = {"reports": [{"outlet": "A", "claims": [{"exact": 4, "at": "town"}]}]}
    assert weighs(read_of(case)) == weighs(read_of(first_of_all))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_reports_that_say_nothing_change_no_range_but_may_leave_too_little_for_one(case: Mapping[str, Any]) -> None:
    searched = {**case, "searched": True}
    before, after = (told(drafts_of(read_of({**case, "silent": number}), searched)) for number in (0, 40))
    assert after.items() <= before.items()
    assert told(drafts_of(read_of({**case, "silent": 40}), case)) == case["drafts"] or case.get("searched")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_another_report_with_a_figure_of_the_range_leaves_it_in_the_range(case: Mapping[str, Any]) -> None:
    read = read_of(case)
    for draft in drafts_of(read, case):
        if draft.group == "people" and draft.harm == "killed" and draft.best.low:
            more = drafts_of([*read, saying(SHORT, "Another", draft.best.low)], case)
            (again,) = (one for one in more if (one.harm, one.group) == ("killed", "people"))
            assert again.said[0] <= draft.best.low <= again.said[1]


# --- refused --------------------------------------------------------------------------------------------------------


def test_a_method_that_is_not_known_is_refused() -> None:
    with pytest.raises(LookupError, match="no method 'newest'; there are: heaviest, largest"):
        drafts_of([saying(SHORT, "A")], {"method": "newest"})


def test_a_harm_that_nobody_drafts_is_refused() -> None:
    read = [saying(SHORT, "A")]
    with pytest.raises(LookupError, match="no draft is made of the harm 'missing'; there are: injured, killed"):
        drafted(read, {}, EAR, harms=("missing",))


def test_a_claim_without_a_root_is_an_error_and_no_voice() -> None:
    with pytest.raises(KeyError):
        drafted([saying(SHORT, "A")], {}, EAR)


def test_of_no_reports_no_draft_is_made() -> None:
    assert drafted([], {}, EAR) == []


# --- the table ------------------------------------------------------------------------------------------------------


def lines(table: Mapping[str, Any]) -> list[tuple[str, Mapping[str, Any]]]:
    found: list[tuple[str, Mapping[str, Any]]] = []
    for name, one in table.items():
        found += [(name, one)] if "source" in one else [(f"{name}.{key}", each) for key, each in lines(one)]
    return found


def test_every_size_says_where_it_comes_from_and_is_a_number_above_none() -> None:
    for name, line in lines(TABLE):
        assert line["source"].strip(), name
        assert all(line[key] >= 0 for key in ("is", "and") if key in line), name


def test_the_codes_of_the_table_are_codes_of_the_house() -> None:
    assert set(TABLE["force"]["statuses"]["codes"]) <= {one["code"] for one in STATUSES}
    assert {code for one in TABLE["harm"].values() for code in one["codes"]} <= {one["code"] for one in HARMS}


def test_the_figures_that_recorders_enter_make_ends_too() -> None:
    read = read_of({"reports": [{"outlet": "A", "claims": [{"plural": "dozens", "magnitude": 12}]}]})
    (draft,) = drafts_of(read, ear=replace(EAR, rules=RULES["recorder"]))
    assert (shown(draft.count), draft.said) == ("at least 24", (24, 24))


# --- the scene ------------------------------------------------------------------------------------------------------


def placed(*where: str, outlet: str = "A") -> tuple[Report, Sequence[Claim]]:
    table = {"outlet": outlet, "claims": [{"exact": 2, "at": name} for name in where]}
    return read_of({"reports": [table]})[0]


def test_the_place_is_where_most_reports_say_that_it_happened() -> None:
    read = [placed("far"), placed("town", outlet="B"), placed("town", outlet="C")]
    assert likeliest_place(read) == AT["town"]


def test_a_report_that_names_many_places_says_less_of_each() -> None:
    read = [placed("town"), placed("far", "abroad", outlet="B")]
    assert likeliest_place(read) == AT["town"]


def test_neighbours_support_each_other() -> None:
    read = [placed("far"), placed("next", outlet="B"), placed("town", outlet="C")]
    assert likeliest_place(read) in (AT["town"], AT["next"])


def test_a_place_abroad_is_not_the_scene_of_a_case_at_home() -> None:
    read = [placed("abroad"), placed("abroad", outlet="B"), placed("town", outlet="C")]
    assert likeliest_place(read, home=("Land",)) == AT["town"]
    assert likeliest_place(read) == AT["abroad"]


def test_where_no_claim_has_a_place_there_is_no_scene() -> None:
    assert Scene.told([placed()], FRIDAY) == Scene(None, None)


def test_places_without_coordinates_are_no_distance_apart() -> None:
    with pytest.raises(ValueError, match="must have coordinates; found 'Town' and 'somewhere'"):
        apart(AT["town"], Place("somewhere", "somewhere"))


def dated(published: dt.date | None, day: dt.date | None = None) -> tuple[Report, list[Claim]]:
    one, claims = saying(SHORT, f"Outlet of {published} and {day}")
    period = Period("then", day, day, 1) if day else None
    return replace(one, published=published), [replace(claims[0], period=period)]


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ([(7, None), (7, None), (20, None)], 7),
        ([(8, None), (7, None)], 7),  # a report comes out on the day after
        ([(9, 7), (10, 7)], 7),
        ([(None, 7), (None, None)], 7),
        ([(None, None)], None),
        ([(30, None)], None),  # not before the day that was asked about
    ],
)
def test_the_day_is_the_one_that_most_reports_give(
    days: list[tuple[int | None, int | None]], expected: int | None
) -> None:
    march = [None if day is None else dt.date(2025, 3, day) for pair in days for day in pair]
    read = [dated(*pair) for pair in zip(march[::2], march[1::2], strict=True)]
    assert likeliest_day(read, dt.date(2025, 3, 25)) == (expected and dt.date(2025, 3, expected))


def test_a_day_that_a_text_only_writes_counts_where_nobody_says_one() -> None:
    assert likeliest_day([dated(None)], dt.date(2025, 3, 25), [[FRIDAY]]) == FRIDAY
    assert likeliest_day([dated(dt.date(2025, 3, 3))], dt.date(2025, 3, 25), [[FRIDAY]]) == dt.date(2025, 3, 3)


# --- stories --------------------------------------------------------------------------------------------------------

PEOPLE = (  # two groups, and how many people they must be
    (Group("a man", sex="male"), Group("the victim"), 1),
    (Group("a man", sex="male"), Group("a woman", sex="female"), 2),
    (Group("a 19-year-old"), Group("a 24-year-old man", sex="male"), 2),
    (Group("a 19-year-old"), Group("the 19-year-old man", sex="male"), 1),
    (Group("Ali Saleh", names=("Ali Saleh",)), Group("Saleh", names=("Saleh",)), 1),
    (Group("Ali Saleh", names=("Ali Saleh",)), Group("Rami Aziz", names=("Rami Aziz",)), 2),
)


@pytest.mark.parametrize(("first", "second", "expected"), PEOPLE)
def test_single_people_are_told_apart_only_by_what_must_differ(first: Group, second: Group, expected: int) -> None:
    (_, claims), *_ = read_of({"reports": [{"outlet": "A", "claims": [{"exact": 1}, {"exact": 1}]}]})
    one, other = replace(claims[0], group=first), replace(claims[1], group=second)
    heard = largest([one, other], "killed", "people", EAR)
    assert heard is not None
    assert heard.count.low == heard.count.high == expected


def test_a_story_rests_on_the_sentence_of_its_figure() -> None:
    (_, claims), *_ = read_of({"reports": [{"outlet": "A", "claims": [{"exact": 1}, {"exact": 3}]}]})
    heard = largest(claims, "killed", "people", EAR)
    assert heard is not None
    assert heard.claims == (claims[1],)
