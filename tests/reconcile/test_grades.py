"""How an account is supported and graded: the cases of grades.toml, and what no answer of a party can do."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from cenotaph.reconcile.grades import INFORMATION, SOURCES, WORDS, check_grade, graded, proposed_grade, support
from cenotaph.vocabulary import (
    Answer,
    Check,
    Coder,
    Decision,
    Grade,
    Group,
    Harm,
    Incident,
    Independence,
    Interval,
    Link,
    Party,
    Scope,
    Span,
    Tether,
    Toll,
)

HERE = Path(__file__).parent
CASES: dict[str, list[dict[str, Any]]] = tomllib.loads((HERE / "grades.toml").read_text("utf-8"))
CODES = tomllib.loads((HERE.parents[1] / "src/cenotaph/codes/grades.toml").read_text("utf-8"))


def named(cases: Iterable[Mapping[str, Any]]) -> list[str]:
    return [case["name"] for case in cases]


def toll_of(table: Mapping[str, Any], number: int = 0) -> Toll:
    group = Group("people", status=table.get("status", ""))
    scope = Scope(Harm(("killed",)), group, parties=tuple(Party(words) for words in table.get("by", ())))
    figure = Interval(9, 9, 9, "plain")
    return Toll(
        f"toll:{number}", table["root"], scope, figure, claims=(f"claim:{table['root']}",), incident="incident:1"
    )


def tethers_of(case: Mapping[str, Any]) -> list[Tether]:
    words = [Tether(one, other, how, "from words") for one, other, how in case.get("tethers", ())]
    decided = [Tether(one, other, how, "decided", (), "decision:1") for one, other, how in case.get("decided", ())]
    return words + decided


def answers_of(tables: Iterable[Mapping[str, Any]]) -> list[Answer]:
    found: list[Answer] = []
    for number, table in enumerate(tables):
        one = Answer(
            f"answer:{number}", "report:1", table["kind"], Party(table["party"]), "", 0, 0, Span(0, 0),
            Coder("rules", "by hand"), to=(f"claim:{table['to']}",) if "to" in table else (),
            replaces=found[table["replaces"]].id if "replaces" in table else "",
        )  # fmt: skip
        found.append(one)
    return found


def grade_of(case: Mapping[str, Any]) -> Grade:
    tolls = [toll_of(table, number) for number, table in enumerate(case["tolls"])]
    checks = [Check("a rule", verdict, f"{verdict} of figures", ("claim:1",)) for verdict in case.get("checks", ())]
    answers = answers_of(case.get("answers", ()))
    return proposed_grade(tolls, tethers_of(case), answers, checks, unnamed=case.get("unnamed", ()))


@pytest.mark.parametrize("case", CASES["support"], ids=named(CASES["support"]))
def test_how_many_roots_and_how_far_they_are_known_to_be_independent(case: dict[str, Any]) -> None:
    tolls = [toll_of({"root": root}, number) for number, root in enumerate(case["roots"])]
    assert support(tolls, tethers_of(case), unnamed=case.get("unnamed", ())) == case["said"]


@pytest.mark.parametrize("case", CASES["proposed"], ids=named(CASES["proposed"]))
def test_the_word_that_is_proposed(case: dict[str, Any]) -> None:
    grade = grade_of(case)
    assert (grade.word, grade.about, grade.decision) == (case["word"], "incident:1", "")
    assert (grade.source, grade.information) == ("", "")
    assert all(words in grade.why for words in case.get("says", ())), grade.why
    assert not any(words in grade.why for words in case.get("never", ())), grade.why


@pytest.mark.parametrize("case", CASES["refused"], ids=named(CASES["refused"]))
def test_a_grade_that_cannot_stand_is_refused_in_a_sentence_that_says_why(case: dict[str, Any]) -> None:
    found = check_grade(case["details"])
    assert any(case["says"] in said for said in found), found


@pytest.mark.parametrize("case", CASES["graded"], ids=named(CASES["graded"]))
def test_the_grades_that_stand(case: dict[str, Any]) -> None:
    made: list[Decision] = []
    for number, table in enumerate(case.get("decisions", ())):
        verb, about = ("undo", made[table["undo"]].id) if "undo" in table else ("grade", table["about"])
        when = dt.datetime(2025, 4, number + 1, tzinfo=dt.UTC)
        made.append(Decision("A Reader", when, verb, about, details=table.get("details", {})))
    proposals = [Grade(about, word=word) for about, word in case.get("proposals", ())]
    incidents = [
        Incident(one["id"], "", "incident", Scope(Harm(("killed",))), links=tuple(Link(c, ()) for c in one["claims"]))
        for one in case.get("incidents", ())
    ]
    found, problems = graded(proposals, made[::-1], incidents)
    told = [[one.about, one.source, one.information, one.word, bool(one.decision)] for one in found]
    assert told == case["stand"]
    wanted = case.get("problems", [])
    assert len(problems) == len(wanted)
    assert all(words in problem.what for words, problem in zip(wanted, problems, strict=True))


def test_a_single_toll_is_one_root() -> None:
    assert support(toll_of({"root": "A"}), []) == "one root"


ELSEWHERE = Toll("toll:2", "A", Scope(Harm(("killed",))), Interval(1, 1, 1, "plain"), incident="incident:2")


@pytest.mark.parametrize("tolls", [[], [toll_of({"root": "A"}), ELSEWHERE]])
def test_a_grade_is_of_one_incident(tolls: list[Toll]) -> None:
    with pytest.raises(ValueError, match="a grade is of one incident; found"):
        proposed_grade(tolls, [])


def test_the_codes_are_those_of_the_house_and_each_says_where_it_comes_from() -> None:
    assert {one["code"] for one in CODES["reliability"]} - {"G"} == set(SOURCES)
    assert {one["code"] for one in CODES["credibility"]} == set(INFORMATION)
    assert {one["code"] for one in CODES["harm_event"]} == set(WORDS)


@some.composite
def accounts(draw: Any) -> dict[str, Any]:
    roots = draw(some.lists(some.sampled_from("ABC"), min_size=1, max_size=4))
    tolls = [
        {
            "root": root,
            "by": draw(some.lists(some.sampled_from(["army", "rebels"]), max_size=2, unique=True)),
            "status": draw(some.sampled_from(["", "civilian", "armed group"])),
        }
        for root in roots
    ]
    pairs = some.tuples(some.sampled_from("ABC"), some.sampled_from("ABC"), some.sampled_from(get_args(Independence)))
    return {"tolls": tolls, "tethers": [pair for pair in draw(some.lists(pairs, max_size=4)) if pair[0] != pair[1]]}


HOSTILE = some.lists(
    some.fixed_dictionaries(
        {
            "kind": some.sampled_from(["denies", "justifies", "blames others"]),
            "party": some.sampled_from(["army", "rebels"]),
            "to": some.sampled_from("ABC"),
        }
    ),
    max_size=4,
)


@given(accounts(), HOSTILE)
@settings(deadline=None, max_examples=100)
def test_whatever_an_accused_party_denies_justifies_or_blames_the_word_stays(
    case: dict[str, Any], answers: list[dict[str, Any]]
) -> None:
    assert grade_of(case | {"answers": answers}).word == grade_of(case).word


@given(accounts(), some.randoms(use_true_random=False))
@settings(deadline=None, max_examples=100)
def test_the_order_of_tolls_and_tethers_does_not_matter(case: dict[str, Any], random: Any) -> None:
    shuffled = {key: random.sample(found, len(found)) for key, found in case.items()}
    assert (grade_of(shuffled).word, grade_of(shuffled).why) == (grade_of(case).word, grade_of(case).why)
