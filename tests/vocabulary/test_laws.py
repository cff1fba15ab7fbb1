"""Laws of counts and intervals: whatever the numbers, they hold, or no toll can be trusted."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from cenotaph.vocabulary import Count, NumberRules, Quantity
from tests.builders import PLAIN

NUMBERS = some.integers(0, 5000)


@some.composite
def counts(draw: Any) -> Count:
    low = draw(NUMBERS)
    return Count(low, draw(some.one_of(some.none(), some.integers(low, low + 3000))))


@some.composite
def quantities(draw: Any) -> Quantity:
    comparator = draw(some.sampled_from([*PLAIN.spreads, "exact", "between", "plural", "none"]))
    base = draw(some.one_of(some.none(), NUMBERS))
    upper = None if base is None else draw(some.one_of(some.none(), some.integers(base, base + 500)))
    return Quantity("so many", comparator, base, upper)


# --- counts -------------------------------------------------------------------------------------------------------


@given(counts(), counts(), counts())
def test_counts_add_in_any_order(a: Count, b: Count, c: Count) -> None:
    assert a + b == b + a
    assert (a + b) + c == a + (b + c)
    assert a + Count(0, 0) == a


@given(counts(), counts())
def test_a_whole_made_of_two_parts_holds_both_and_gives_the_other_back(a: Count, b: Count) -> None:
    whole = a + b
    assert whole.may_hold(a) and whole.may_hold(b)
    assert (whole - a).admits(b)


@given(counts(), counts())
def test_whether_two_counts_can_both_be_true_does_not_depend_on_who_asks(a: Count, b: Count) -> None:
    assert a.admits(b) == b.admits(a)
    assert a.admits(a)
    assert (a.meet(b) is None) == (not a.admits(b))


@given(counts(), counts())
def test_what_two_counts_share_is_within_both(a: Count, b: Count) -> None:
    both = a.meet(b)
    if both is not None:
        assert both.low >= max(a.low, b.low)
        assert a.admits(both) and b.admits(both)
        assert both == b.meet(a)


@given(counts(), counts())
def test_nothing_is_ever_fewer_than_none(a: Count, b: Count) -> None:
    left = a - b
    assert left.low >= 0 and (left.high is None or left.high >= left.low)


@pytest.mark.parametrize("ends", [(-1, 3), (5, 4), (-2, None)])
def test_a_count_that_runs_backwards_is_refused(ends: tuple[int, int | None]) -> None:
    with pytest.raises(ValueError, match="a count runs from 0 upwards"):
        Count(*ends)


# --- intervals ------------------------------------------------------------------------------------------------------


@given(quantities())
def test_low_best_and_high_rise(quantity: Quantity) -> None:
    interval = quantity.interval(PLAIN)
    ends = [end for end in (interval.low, interval.best, interval.high) if end is not None]
    assert ends == sorted(ends) and interval.low >= 0
    assert interval.rules == "plain"


@given(quantities())
def test_the_number_that_is_said_is_always_possible(quantity: Quantity) -> None:
    if quantity.base is not None and quantity.comparator not in ("plural", "none"):
        assert quantity.interval(PLAIN).count.admits(Count(quantity.base, quantity.base))


@given(some.sampled_from([0.25, 0.3333, 0.5, 0.6667, 0.75]), NUMBERS)
def test_a_share_is_no_larger_than_its_whole(share: float, number: int) -> None:
    whole = Quantity(str(number), "exact", number).interval(PLAIN)
    part = Quantity("a share", "exact", fraction=share).interval(PLAIN, whole)
    assert part.low <= number and part.high is not None and part.high <= number


def test_a_share_of_a_whole_that_is_not_held_is_only_some() -> None:
    interval = Quantity("half", "exact", fraction=0.5).interval(PLAIN)
    assert (interval.low, interval.best, interval.high) == (1, None, None)


def test_a_rule_set_without_a_word_for_the_magnitude_uses_the_one_for_plain_plurals() -> None:
    rules = NumberRules("short", {}, {"": (2, None, None)})
    assert Quantity("thousands", "plural", 1000).interval(rules).low == 2
