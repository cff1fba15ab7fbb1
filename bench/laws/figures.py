"""Laws of figures: sums, differences and meetings of counts, and what words for a number may mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from random import Random
from tomllib import loads

from bench.laws.made import count, quantity
from cenotaph.numbers import rules_from
from cenotaph.vocabulary import Count, Interval, NumberRules, Quantity

__all__ = ["LAWS", "Figures"]

Answer = bool | None


def _rule_sets() -> Mapping[str, NumberRules]:
    table = files("cenotaph").joinpath("codes", "numbers.toml").read_text(encoding="utf-8")
    return rules_from(loads(table))


RULES = tuple(_rule_sets().values())


@dataclass(frozen=True)
class Figures:
    """Three counts, and words for a figure under one of the published rule sets."""

    a: Count
    b: Count
    c: Count
    said: Quantity
    rules: NumberRules

    @classmethod
    def made(cls, random: Random) -> Figures:
        return cls(count(random), count(random), count(random), quantity(random), random.choice(RULES))

    @property
    def interval(self) -> Interval:
        """What the words mean; a share is one of the first count."""
        whole = Interval(self.a.low, None, self.a.high, self.rules.name)
        return self.said.interval(self.rules, whole)


def counts_add_in_any_order(case: Figures) -> Answer:
    a, b, c = case.a, case.b, case.c
    return a + b == b + a and (a + b) + c == a + (b + c) and a + Count(0, 0) == a


def a_whole_of_two_parts_holds_both_and_gives_the_other_back(case: Figures) -> Answer:
    whole = case.a + case.b
    return whole.may_hold(case.a) and whole.may_hold(case.b) and (whole - case.a).admits(case.b)


def what_is_left_is_all_that_can_be_left(case: Figures) -> Answer:
    """Each end of a - b is reached by some number of a and one of b, none of them below none."""
    a, b, left = case.a, case.b, case.a - case.b
    low = 0 if b.high is None else max(0, a.low - b.high)
    high = None if a.high is None else max(0, a.high - b.low)
    return (left.low, left.high) == (low, high)


def whether_both_can_be_true_does_not_depend_on_who_asks(case: Figures) -> Answer:
    a, b = case.a, case.b
    return a.admits(a) and a.admits(b) == b.admits(a) == (a.meet(b) is not None)


def what_counts_share_is_in_all_of_them_in_any_order(case: Figures) -> Answer:
    a, b, c = case.a, case.b, case.c
    ab, bc = a.meet(b), b.meet(c)
    if ab is None or bc is None:
        return ab == b.meet(a)
    inside = ab.low >= max(a.low, b.low) and a.may_hold(ab) and b.may_hold(ab)
    return inside and ab == b.meet(a) and ab.meet(c) == a.meet(bc) and ab.meet(a) == ab


def a_part_fits_a_wider_whole_if_it_fits_a_narrower(case: Figures) -> Answer:
    wider = Count(case.b.low, None if case.b.high is None else case.b.high + case.c.low)
    return wider.may_hold(case.a) if case.b.may_hold(case.a) else None


def low_best_and_high_rise_from_none(case: Figures) -> Answer:
    found = case.interval
    ends = [end for end in (found.low, found.best, found.high) if end is not None]
    return ends == sorted(ends) and ends[0] >= 0 and found.rules == case.rules.name


def a_number_that_is_said_is_possible(case: Figures) -> Answer:
    base = case.said.base
    if base is None or case.said.fraction is not None or case.said.comparator in ("plural", "none", *BESIDE):
        return None
    return case.interval.count.admits(Count(base, base))


BESIDE = ("more than", "less than")
"""Comparators whose words leave out the number itself; some rule sets take them at their word."""


def a_share_is_no_larger_than_its_whole(case: Figures) -> Answer:
    if case.said.fraction is None or case.said.comparator != "exact" or case.a.high is None:
        return None
    found = case.interval
    return found.high is not None and found.low <= case.a.low and found.high <= case.a.high


LAWS = (
    counts_add_in_any_order,
    a_whole_of_two_parts_holds_both_and_gives_the_other_back,
    what_is_left_is_all_that_can_be_left,
    whether_both_can_be_true_does_not_depend_on_who_asks,
    what_counts_share_is_in_all_of_them_in_any_order,
    a_part_fits_a_wider_whole_if_it_fits_a_narrower,
    low_best_and_high_rise_from_none,
    a_number_that_is_said_is_possible,
    a_share_is_no_larger_than_its_whole,
)
