"""What parts and wholes allow, case by case, and how far it may be trusted."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest

from cenotaph.calculus import Constraint, bounds
from cenotaph.calculus.narrowing import LARGE
from cenotaph.vocabulary import Count
from tests.calculus.tables import cases, constraint_of, count_of


@pytest.mark.parametrize("case", cases("bounds"), ids=lambda case: case["why"])
def test_what_parts_and_wholes_allow(case: dict[str, Any]) -> None:
    figures = {name: count_of(said) for name, said in case["figures"].items()}
    found = bounds(figures, [constraint_of(at, line) for at, line in enumerate(case["lines"])])
    for name, said in case.get("gives", {}).items():
        assert found.counts[name] == count_of(said), name
    told = [sorted((*one.figures, *one.constraints)) for one in found.conflicts]
    assert sorted(told) == sorted(sorted(one) for one in case.get("clash", []))
    assert all(one.minimal for one in found.conflicts)


def test_a_figure_that_no_words_tie_to_another_stays_as_it_was_said() -> None:
    assert bounds({"dead": Count(7, None)}, []).counts == {"dead": Count(7, None)}


def test_nothing_said_gives_nothing() -> None:
    assert bounds({}, []).counts == {}


def test_two_declarations_of_one_name_are_refused() -> None:
    twice = [Constraint("list", "part", "dead", (part,)) for part in ("women", "men")]
    with pytest.raises(ValueError, match="an id of its own; found 'list'"):
        bounds({}, twice)


@pytest.mark.parametrize("parts", [(), ("women", "women"), ("dead",)], ids=["no part", "one twice", "its own part"])
def test_a_whole_without_proper_parts_is_refused(parts: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="a whole has parts, each once and none the whole"):
        Constraint("list", "sum", "dead", parts)


def test_a_record_in_many_steps_is_narrowed_from_both_ends() -> None:
    names = [f"day {day:03}" for day in range(200)]
    grows = [Constraint(f"to {b}", "part", b, (a,)) for a, b in pairwise(names)]
    found = bounds({names[0]: Count(100, None), names[-1]: Count(0, 140)}, reversed(grows))
    assert set(found.counts.values()) == {Count(100, 140)}


def test_circles_too_large_to_search_say_what_they_know() -> None:
    """Declared the wrong way round so that all would have to be larger than itself: true bounds, and no verdict."""
    names = [f"set {at:03}" for at in range(LARGE + 2)]
    ring = [Constraint(a, "sum", a, (b, f"more {a}")) for a, b in zip(names, [*names[1:], names[0]], strict=True)]
    found = bounds({f"more {names[0]}": Count(1, 1)}, ring)
    assert found.conflicts == ()
    assert all(count.high is None for name, count in found.counts.items() if name in names)
