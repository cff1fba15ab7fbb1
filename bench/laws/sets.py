"""Laws of sets: how two scopes lie, held against each other and against what the scopes mean."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import Any

from bench.laws.made import DAYS, PLACES, Three
from bench.laws.model import apart, meaning, within
from cenotaph.calculus import Relation, relate
from cenotaph.vocabulary import Group, Period

__all__ = ["LAWS"]

INSIDE = (Relation.EQUAL, Relation.WITHIN)
Answer = bool | None


def a_set_equals_itself_under_one_root(case: Three) -> Answer:
    return relate(case.a, case.a, same_root=True).relation is Relation.EQUAL


def turning_around_swaps_within_and_contains(case: Three) -> Answer:
    mine, theirs = case.ab, case.related(case.b, case.a)
    turned = tuple((name, found.turned) for name, found in theirs.dimensions)
    rules = (mine.assumed, mine.opener) == (theirs.assumed, theirs.opener)
    return rules and mine.dimensions == turned and mine.relation is theirs.relation.turned


def what_lies_within_a_part_lies_within_the_whole(case: Three) -> Answer:
    if {case.ab.relation, case.bc.relation} <= set(INSIDE):
        return case.ac.relation in INSIDE
    return None


def what_is_apart_from_a_whole_is_apart_from_its_parts(case: Three) -> Answer:
    if case.ab.relation in INSIDE and case.bc.relation is Relation.DISJOINT:
        return case.ac.relation is Relation.DISJOINT
    return None


def equal_sets_lie_alike_to_a_third(case: Three) -> Answer:
    if case.ab.relation is Relation.EQUAL:
        return case.ac.relation is case.bc.relation
    return None


def dimensions_combine_in_any_order(case: Three) -> Answer:
    found = case.ab
    each = [one for _, one in found.dimensions]
    again = Relation.combined(Random(case.drawn).sample(each, len(each)))
    return again is found.relation is Relation.combined([*reversed(each), *each, Relation.EQUAL])


def one_root_takes_back_nothing_that_is_known_of_two(case: Three) -> Answer:
    other = relate(case.a, case.b, same_root=not case.same_root)
    alone, shared = (other, case.ab) if case.same_root else (case.ab, other)
    pairs = zip(alone.dimensions, shared.dimensions, strict=True)
    return all(mine is ours or mine is Relation.UNKNOWN for (_, mine), (_, ours) in pairs)


def a_verdict_is_true_of_the_people_who_are_meant(case: Three) -> Answer:
    found = case.ab.relation
    roots = ("one", "one" if case.same_root else "another")
    mine, yours = (meaning(one, drawn=case.drawn, root=root) for one, root in zip((case.a, case.b), roots, strict=True))
    if found is Relation.DISJOINT:
        return apart(mine, yours)
    if found in (*INSIDE, Relation.CONTAINS):
        inside = found is Relation.CONTAINS or within(mine, yours)
        return inside and (found is Relation.WITHIN or within(yours, mine))
    return None


def stating_more_changes_no_other_dimension_and_no_verdict_to_a_wrong_one(case: Three) -> Answer:
    open_ones = [name for name in STATED if getattr(case.a, name) in (None, Group())]
    if not open_ones:
        return None
    name = open_ones[case.drawn % len(open_ones)]
    more = replace(case.a, **{name: STATED[name]})
    before, after = case.ab, case.related(more, case.b)
    same = all(one == two for one, two in zip(before.dimensions, after.dimensions, strict=True) if one[0] != name)
    true = a_verdict_is_true_of_the_people_who_are_meant(replace(case, a=more)) is not False
    lost = before.relation is Relation.DISJOINT and after.relation is not Relation.DISJOINT
    return same and true and not lost


STATED: dict[str, Any] = {
    "place": PLACES[1],
    "period": Period("then", DAYS[2], DAYS[4]),
    "group": Group("civilians", "civilian"),
}


def levels_are_never_mixed(case: Three) -> Answer:
    if case.a.level == case.b.level:
        return None
    return case.ab.relation in (Relation.UNKNOWN, Relation.DISJOINT)


def what_is_assumed_is_said_first(case: Three) -> Answer:
    found = case.ab
    filled = {name for name, _ in (*case.a.assumed, *case.b.assumed)}
    told = filled <= {name for name, _ in found.assumed} and all(found.rules(name) for name in filled)
    opens = found.opener.startswith("if both mean the same ") == bool(found.rests_on)
    needed = found.relation is Relation.DISJOINT or filled <= set(found.rests_on)
    return told and opens and needed


LAWS = (
    a_set_equals_itself_under_one_root,
    turning_around_swaps_within_and_contains,
    what_lies_within_a_part_lies_within_the_whole,
    what_is_apart_from_a_whole_is_apart_from_its_parts,
    equal_sets_lie_alike_to_a_third,
    dimensions_combine_in_any_order,
    one_root_takes_back_nothing_that_is_known_of_two,
    a_verdict_is_true_of_the_people_who_are_meant,
    stating_more_changes_no_other_dimension_and_no_verdict_to_a_wrong_one,
    levels_are_never_mixed,
    what_is_assumed_is_said_first,
)
