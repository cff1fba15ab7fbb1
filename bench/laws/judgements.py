"""Laws of the table: what two statements say to each other, and that no root that tells the truth is ever accused."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace
from random import Random

from bench.laws.made import DAYS, PLACES, statements
from cenotaph.calculus import Judgement, Relation, Statement, judged, relate
from cenotaph.vocabulary import Count, Group, Harm, Period, Scope

__all__ = ["LAWS", "TRUE_LAWS", "Told", "Two"]

Answer = bool | None
NESTED = (Relation.EQUAL, Relation.WITHIN, Relation.CONTAINS)
OF_ONE_ROOT = ("agree", "growth", "revision", "stale relay", "unexplained drop", "next vintage", "part fits")


@dataclass(frozen=True)
class Two:
    """Two statements and the judgement."""

    a: Statement
    b: Statement
    judgement: Judgement

    @classmethod
    def made(cls, random: Random) -> Two:
        a, b = statements(random)
        return cls(a, b, judged(a, b))

    @property
    def one_root(self) -> bool:
        return bool(self.a.root) and self.a.root == self.b.root

    @property
    def sets(self) -> Relation:
        return relate(self.a.scope, self.b.scope, same_root=self.one_root).relation


def who_is_named_first_does_not_matter(case: Two) -> Answer:
    return judged(case.b, case.a) == case.judgement


def the_same_statement_twice_agrees(case: Two) -> Answer:
    return judged(case.a, case.a).verdict == ("agree" if case.a.root else "nothing")


def nothing_is_judged_across_levels(case: Two) -> Answer:
    if case.a.scope.level == case.b.scope.level:
        return None
    return case.judgement.verdict == "nothing"


def only_sets_that_hold_each_other_are_judged(case: Two) -> Answer:
    return case.judgement.verdict == "nothing" or case.sets in NESTED


def two_roots_differ_and_only_who_claims_all_is_contradicted(case: Two) -> Answer:
    if case.one_root:
        return case.judgement.verdict != "difference"
    capped = case.a.claims_all or case.b.claims_all
    return case.judgement.verdict not in OF_ONE_ROOT and (case.judgement.verdict != "contradiction" or capped)


def no_verdict_holds_a_number_that_nobody_said(case: Two) -> Answer:
    said = {end for one in (case.a, case.b) for end in (one.count.low, one.count.high)}
    words = re.sub(r"\d{4}-\d\d-\d\d", "", case.judgement.why)
    return {int(number) for number in re.findall(r"\d+", words)} <= said


def a_figure_is_only_faulted_if_both_cannot_be_true(case: Two) -> Answer:
    if case.judgement.verdict not in ("contradiction", "unexplained drop", "stale relay", "revision"):
        return None
    fits = case.a.count.may_hold(case.b.count) and case.b.count.may_hold(case.a.count)
    return not fits


def a_stock_may_fall(case: Two) -> Answer:
    if not (case.a.stock or case.b.stock):
        return None
    return case.judgement.verdict not in ("growth", "unexplained drop", "stale relay")


def a_verdict_on_something_assumed_says_so_first(case: Two) -> Answer:
    filled = bool(case.a.scope.assumed or case.b.scope.assumed)
    if case.judgement.verdict == "nothing" or not filled:
        return None
    return case.judgement.why.startswith("if both mean the same ") and bool(case.judgement.assumed)


def a_relay_is_never_taken_for_a_fall_of_its_root(case: Two) -> Answer:
    if case.judgement.verdict != "unexplained drop":
        return None
    low, high = sorted((case.a, case.b), key=lambda one: one.count.low)
    return low.own_day and high.as_of is not None and low.as_of is not None and high.as_of < low.as_of


LAWS = (
    who_is_named_first_does_not_matter,
    the_same_statement_twice_agrees,
    nothing_is_judged_across_levels,
    only_sets_that_hold_each_other_are_judged,
    two_roots_differ_and_only_who_claims_all_is_contradicted,
    no_verdict_holds_a_number_that_nobody_said,
    a_figure_is_only_faulted_if_both_cannot_be_true,
    a_stock_may_fall,
    a_verdict_on_something_assumed_says_so_first,
    a_relay_is_never_taken_for_a_fall_of_its_root,
)


# --- roots that tell the truth --------------------------------------------------------------------------------------

DEAD = Scope(
    Harm(("killed",)), Group("people"), place=PLACES[0], period=Period("since the first", DAYS[0], None)
)  # fmt: skip
WOMEN = replace(DEAD, group=Group("women", sex="female"))


@dataclass(frozen=True)
class Told:
    """Two true statements, own or relayed late, of one or two roots whose records grow by the day towards all the dead.

    Each root documents part of what there is; one that says these are all has documented all of them.
    """

    a: Statement
    b: Statement

    @classmethod
    def made(cls, random: Random) -> Told:
        grown = [0]
        for _ in DAYS:
            grown.append(grown[-1] + random.choice((0, 0, random.randint(0, 300))))
        return cls(_true(random, grown[1:], "morning"), _true(random, grown[1:], "evening"))


def _true(random: Random, dead: list[int], told: str) -> Statement:
    """Half of the dead are women; a monitor finds two of three of them by the day, a ministry all."""
    at = random.randrange(len(DAYS))
    root = random.choice(("a monitor", "a ministry"))
    scope, share = random.choice(((DEAD, 1), (DEAD, 1), (WOMEN, 2)))
    number = dead[at] // share if root == "a ministry" else dead[at] // share * 2 // 3
    lag = random.choice((0, 0, 1, 3))
    low, high = random.choice(((0, 0), (0, 0), (0, None), (number // 10, number // 10), (number, None)))
    silent = root == "a monitor" and not number  # it has found nobody, which is not to say that nobody was killed
    figure = Count(number - low, None if high is None or silent else number + high)
    complete = root == "a ministry" and random.random() < 0.5
    day = random.choice((DAYS[at] + dt.timedelta(lag), DAYS[at] + dt.timedelta(lag), None))
    return Statement(root, scope, figure, day, own_day=not lag, told=told, complete=complete)


def no_root_that_tells_the_truth_is_accused(case: Told) -> Answer:
    return judged(case.a, case.b).verdict not in ("contradiction", "unexplained drop", "revision")


def a_true_figure_twice_as_large_from_one_statement_is_a_contradiction(case: Told) -> Answer:
    """And so the law before is not kept by silence."""
    one = case.a
    if not one.count.high or one.as_of is None or not one.own_day:
        return None
    return judged(one, replace(one, count=Count(2 * one.count.high, None))).verdict == "contradiction"


TRUE_LAWS = (
    no_root_that_tells_the_truth_is_accused,
    a_true_figure_twice_as_large_from_one_statement_is_a_contradiction,
)
