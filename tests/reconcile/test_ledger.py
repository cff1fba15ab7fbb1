"""What the team holds and what it adds up to: the cases of ledger.toml, and laws that hold whatever is decided."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from cenotaph.reconcile.assessing import KINDS
from cenotaph.reconcile.assessments import assessments, check_assessment
from cenotaph.reconcile.ledger import breakdown, ledger
from cenotaph.vocabulary import (
    Assessment,
    Cell,
    Count,
    Decision,
    Harm,
    Incident,
    Ledger,
    Link,
    Overlap,
    Period,
    Scope,
    content_id,
)

HERE = Path(__file__).parent
CASES: dict[str, list[dict[str, Any]]] = tomllib.loads((HERE / "ledger.toml").read_text("utf-8"))
CODES = HERE.parents[1] / "src/cenotaph/codes"
KILLED = Harm(("killed",))
GOOD = {"harm": "killed", "cells": [{"low": 4, "high": 6}], "relied": ["claim:1"]}


def named(cases: Iterable[Mapping[str, Any]]) -> list[str]:
    return [case["name"] for case in cases]


def high_of(value: Any) -> Any:
    return None if value == "open" else value


def count_of(pair: list[Any]) -> Count:
    return Count(pair[0], high_of(pair[1]))


def incident_of(table: Mapping[str, Any]) -> Incident:
    day = table.get("day")
    scope = Scope(Harm.parse(table.get("harm", "killed")), period=Period("", day, day) if day else None)
    links = tuple(Link(claim, ("same place",)) for claim in table["claims"])
    return Incident(
        table["id"], table.get("title", f"killed, {table['id']}"), table.get("kind", "incident"), scope,
        table.get("parent", ""), links, code=table.get("code", ""), once=tuple(table.get("once", ())),
    )  # fmt: skip


def decisions_of(case: Mapping[str, Any]) -> dict[str, Decision]:
    """The decisions of a case by name; those without a name by their place in the list."""
    found: dict[str, Decision] = {}
    claims = {one["id"]: one["claims"] for one in case["incidents"]}
    for number, table in enumerate(case["decisions"]):
        found[table.get("name", str(number))] = decision_of(table, found, claims)
    return found


def decision_of(table: Mapping[str, Any], found: Mapping[str, Decision], claims: Mapping[str, list[str]]) -> Decision:
    verb = table.get("verb", "assess")
    when = dt.datetime(2025, 4, table["on"], tzinfo=dt.UTC)
    about = table.get("about", "")
    if "of" in table:
        about = found[table["of"]].id if verb == "undo" else assessment_id(found[table["of"]])
    details = assessed(table, claims.get(about, [])) if verb == "assess" else {}
    return Decision(table.get("who", "A Reader"), when, verb, about, table.get("why", ""), details=details)


def assessed(table: Mapping[str, Any], claims: list[str]) -> dict[str, Any]:
    kept = ("set_aside", "seen", "residual", "level", "standing")
    cells = table.get("cells") or [{"low": table["low"], "high": table["high"]}]
    overlaps = table.get("overlaps", ())
    return {key: table[key] for key in kept if key in table} | {
        "harm": table.get("harm", "killed"), "relied": table.get("relied", claims),
        "cells": [one | {"high": high_of(one["high"])} for one in cells],
        "overlaps": [one | {"high": high_of(one["high"])} for one in overlaps],
    }  # fmt: skip


def assessment_id(decision: Decision) -> str:
    told = decision.details
    return content_id("assessment", decision.about, told["harm"], told.get("residual", False), decision.id)


# --- cases --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("case", CASES["refused"], ids=named(CASES["refused"]))
def test_details_that_cannot_stand_are_refused_in_a_sentence_that_says_why(case: dict[str, Any]) -> None:
    details = {key: value for key, value in GOOD.items() if key != case.get("drop")} | case.get("change", {})
    found = check_assessment(details, held={"claim:1", "claim:2"}, harms=("killed", "injured"))
    assert any(case["says"] in said for said in found), found


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"cells": [{"low": 0, "high": 0}]},
        {"cells": [{"low": 7, "high": None, "status": "unknown", "sex": None, "age": ""}]},
        {"cells": [{"low": 1, "high": 2, "sex": "female"}, {"low": 1, "high": 2}]},
        {"set_aside": ["claim:2"], "seen": ["claim:1", "claim:2"], "residual": True, "level": "verified"},
        {"overlaps": [{"other": "incident:2", "low": 0, "high": None, "why": "one hospital"}]},
        {"anchors": {"claim:1": ["report:1", 0, 4, "killed"]}},
    ],
)
def test_details_that_can_stand_are_not_refused(change: dict[str, Any]) -> None:
    assert check_assessment(GOOD | change, held={"claim:1", "claim:2"}, harms=("killed",)) == []


@pytest.mark.parametrize("case", CASES["assess"], ids=named(CASES["assess"]))
def test_the_assessments_that_stand(case: dict[str, Any]) -> None:
    made = decisions_of(case)
    figures = {claim: count_of(pair) for claim, pair in case.get("figures", {}).items()}
    found, problems = assessments(list(made.values()), list(map(incident_of, case["incidents"])), figures=figures)
    assert [one.id for one in found] == [assessment_id(made[one["of"]]) for one in case["stand"]]
    for one, expected in zip(found, case["stand"], strict=True):
        assert (one.about, one.count) == (expected["about"], count_of(expected["count"]))
        assert all(
            getattr(one, key) == expected[key] for key in ("reading", "standing", "reason", "second") if key in expected
        )
    wanted = case.get("problems", [])
    assert len(problems) == len(wanted), problems
    assert all(words in problem.what and problem.settle for words, problem in zip(wanted, problems, strict=True)), (
        problems
    )


@pytest.mark.parametrize("case", CASES["ledger"], ids=named(CASES["ledger"]))
def test_the_ledger_of(case: dict[str, Any]) -> None:
    incidents = [incident_of(one) for one in case["incidents"]]
    held, problems = assessments(list(decisions_of(case).values()), incidents)
    assert problems == []
    (found,) = ledger(held, incidents, KILLED, case.get("level"))
    assert found.total == count_of(case["total"])
    if "lines" in case:
        assert [(line.title, line.adds) for line in found.lines] == [
            (line["title"], count_of(line["adds"])) for line in case["lines"]
        ]
    if "says" in case:
        assert len(found.problems) == len(case["says"]), found.problems
        assert all(any(words in said for said in found.problems) for words in case["says"]), found.problems
    if "cells" in case:
        assert list(breakdown(found, held)) == [cell_of(cell) for cell in case["cells"]]


def cell_of(table: Mapping[str, Any]) -> Cell:
    kind = {name: table.get(name, "") for name in KINDS}
    return Cell(table["count"][0], high_of(table["count"][1]), **kind)


def test_the_words_of_a_cell_are_the_codes_of_the_house() -> None:
    tables = [tomllib.loads((CODES / f"{name}.toml").read_text("utf-8")) for name in ("statuses", "means")]
    codes = {name: tuple(one["code"] for table in tables for one in table.get(name, ())) for name in KINDS}
    assert {name: tuple(code for code in found if code != "unknown") for name, found in codes.items()} == KINDS


def test_a_problem_that_a_person_settled_is_not_told_again() -> None:
    case = next(case for case in CASES["assess"] if case["name"].startswith("more than any claim"))
    made, incidents = list(decisions_of(case).values()), [incident_of(one) for one in case["incidents"]]
    figures = {"c1": Count(4, 4), "c2": Count(5, 7)}
    _, (problem,) = assessments(made, incidents, figures=figures)
    settle = Decision("A Reader", dt.datetime(2025, 4, 9, tzinfo=dt.UTC), "settle", problem.id)
    assert assessments([*made, settle], incidents, figures=figures)[1] == []


def test_nothing_assessed_is_no_ledger_and_no_total_of_none() -> None:
    assert ledger([], [], KILLED) == []
    assert ledger([Assessment("assessment:1", "incident:1", KILLED, (Cell(1, 1),))], [], KILLED, "verified") == []


def test_two_assessments_of_one_incident_are_refused() -> None:
    twice = [Assessment(f"assessment:{n}", "incident:1", KILLED, (Cell(1, 1),)) for n in (1, 2)]
    with pytest.raises(ValueError, match="found two assessments of incident:1"):
        ledger(twice, [], KILLED)


def test_a_breakdown_needs_the_assessment_of_each_line() -> None:
    held = [Assessment("assessment:1", "incident:1", KILLED, (Cell(1, 1),))]
    (found,) = ledger(held, [], KILLED)
    with pytest.raises(KeyError):
        breakdown(found, [])


# --- laws ---------------------------------------------------------------------------------------------------------

often = settings(deadline=None, max_examples=60)
PLACES = ("episode:0", "incident:1", "incident:2", "incident:3", "incident:4")
INCIDENTS = [
    incident_of({"id": name, "claims": [f"claim:{n}"], "kind": "incident" if n else "episode",
                 "parent": "episode:0" if n in (1, 2) else ""})
    for n, name in enumerate(PLACES)
]  # fmt: skip


@some.composite
def ranges(draw: Any, most: int = 30) -> tuple[int, int | None]:
    low = draw(some.integers(0, most))
    return low, draw(some.one_of(some.none(), some.integers(low, most + low)))


@some.composite
def tables(draw: Any) -> dict[str, Any]:
    kinds = draw(some.lists(some.sampled_from(["", "civilian", "armed group"]), min_size=1, max_size=3, unique=True))
    cells = [dict(zip(("low", "high"), draw(ranges()), strict=True)) | {"status": kind} for kind in kinds]
    others = draw(some.lists(some.sampled_from(PLACES), max_size=3))
    overlaps = [
        {"other": other, "why": "names"} | dict(zip(("low", "high"), draw(ranges(9)), strict=True)) for other in others
    ]
    about = draw(some.sampled_from(PLACES))
    return {
        "harm": draw(some.sampled_from(["killed", "killed", "injured"])), "cells": cells, "overlaps": overlaps,
        "level": draw(some.sampled_from(["reported", "reported", "estimated"])), "about": about,
        "residual": about == PLACES[0] and draw(some.booleans()), "relied": [f"claim:{PLACES.index(about)}"],
        "standing": draw(some.sampled_from(["provisional", "provisional", "pending"])),
    }  # fmt: skip


@some.composite
def journals(draw: Any) -> list[Decision]:
    """Decisions on distinct days: assess, and sign off, withdraw or undo of one before."""
    made: list[Decision] = []
    for day in range(1, draw(some.integers(0, 9)) + 1):
        made.append(draw(steps(made, day)))
    return made


@some.composite
def steps(draw: Any, before: list[Decision], day: int) -> Decision:
    when, who = dt.datetime(2025, 4, day, tzinfo=dt.UTC), draw(some.sampled_from(["One", "Another"]))
    done = [one for one in before if one.verb == "assess"]
    verb = draw(some.sampled_from(["assess", "assess", "sign off", "withdraw", "undo"]))
    if verb == "undo" and before:
        return Decision(who, when, verb, draw(some.sampled_from(before)).id)
    if verb in ("sign off", "withdraw") and done:
        return Decision(who, when, verb, assessment_id(draw(some.sampled_from(done))))
    table = draw(tables())
    return Decision(who, when, "assess", table.pop("about"), details=table)


def ledgers(made: list[Decision]) -> tuple[list[Assessment], list[Ledger]]:
    held, _ = assessments(made, INCIDENTS)
    return held, [one for harm in ("killed", "injured") for one in ledger(held, INCIDENTS, Harm((harm,)))]


def summed(counts: Iterable[Count]) -> Count:
    return sum(counts, Count(0, 0))


@given(journals())
@often
def test_each_total_is_the_sum_of_what_its_lines_add_and_of_its_cells(made: list[Decision]) -> None:
    held, found = ledgers(made)
    for one in found:
        assert one.total == summed(line.adds for line in one.lines)
        assert one.total == summed(cell.count for cell in breakdown(one, held))


@given(journals())
@often
def test_a_line_adds_no_less_than_none_and_no_more_than_it_counts(made: list[Decision]) -> None:
    for line in (line for one in ledgers(made)[1] for line in one.lines):
        assert 0 <= line.adds.low <= line.count.low
        assert line.adds.high is None or line.adds.low <= line.adds.high
        assert line.count.high is None or (line.adds.high is not None and line.adds.high <= line.count.high)


@given(journals())
@often
def test_every_line_is_a_standing_assessment_of_that_harm_and_level(made: list[Decision]) -> None:
    held, found = ledgers(made)
    counted = {(str(one.harm), one.level, one.id) for one in held if one.standing in ("provisional", "confirmed")}
    assert {(str(one.harm), one.level, line.assessment) for one in found for line in one.lines} == counted
    assert all(one.reading == ("read twice" if one.second else "read once") for one in held)
    assert all(one.second != one.by for one in held)


@given(journals(), some.randoms(use_true_random=False))
@often
def test_only_the_time_of_decisions_matters_and_not_the_order_they_come_in(made: list[Decision], random: Any) -> None:
    shuffled = random.sample(made, len(made))
    assert assessments(shuffled, random.sample(INCIDENTS, len(INCIDENTS))) == assessments(made, INCIDENTS)
    held = assessments(made, INCIDENTS)[0]
    assert ledger(random.sample(held, len(held)), INCIDENTS, KILLED) == ledger(held, INCIDENTS, KILLED)


@given(journals(), some.data())
@often
def test_a_decision_and_its_undo_leave_everything_as_it_was(made: list[Decision], data: Any) -> None:
    more = data.draw(steps(made, 20))
    undo = Decision("One", dt.datetime(2025, 4, 21, tzinfo=dt.UTC), "undo", more.id)
    assert assessments([*made, more, undo], INCIDENTS) == assessments(made, INCIDENTS)


PEOPLE = some.frozensets(some.integers(0, 14), max_size=12)


@given(some.lists(PEOPLE, min_size=1, max_size=5), some.data())
@often
def test_the_people_who_were_really_there_lie_within_the_total(lists: list[frozenset[int]], data: Any) -> None:
    """Where every line and every overlap is stated truly, however loosely, the union is within low and high."""
    held = []
    for number, people in enumerate(lists):
        overlaps = [
            Overlap(PLACES[other], *loose(data, len(people & lists[other])), "names")
            for other in range(len(lists))
            if other != number and (people & lists[other]) and (other < number or data.draw(some.booleans()))
        ]
        cells = (Cell(*loose(data, len(people))),)
        held.append(Assessment(f"assessment:{number}", PLACES[number], KILLED, cells, overlaps=tuple(overlaps)))
    (found,) = ledger(held, [], KILLED)
    assert found.total.admits(Count(len(frozenset().union(*lists)), len(frozenset().union(*lists))))


def loose(data: Any, true: int) -> tuple[int, int | None]:
    low = data.draw(some.integers(max(0, true - 3), true))
    return low, data.draw(some.one_of(some.none(), some.integers(true, true + 3)))
