"""The rows of the table for two sets of which one lies within the other, and for the figures of two roots."""

from __future__ import annotations

from cenotaph.calculus.relation import Relation
from cenotaph.calculus.statements import Found, Pair, Statement, shown

__all__ = ["more_than_all", "part_and_whole", "two_roots"]

# --- two roots ----------------------------------------------------------------------------------------------------


def more_than_all(pair: Pair) -> Found:
    """One root says these are all, or none; another had documented more of them by that day.

    A later figure contradicts nothing, not even of days that are over: people die of their wounds. A stock (missing,
    displaced) is compared on one day only.

    >>> import datetime as dt
    >>> from cenotaph.calculus.relation import Comparison
    >>> from cenotaph.vocabulary import Count, Harm, Scope
    >>> none, three = (Statement(root, Scope(Harm(("killed",))), Count(number, number), dt.date(2025, 3, 8))
    ...     for root, number in (("a ministry", 0), ("a monitor", 3)))
    >>> more_than_all(Pair(none, three, Comparison(Relation.EQUAL, ())))
    ('contradiction', 'a ministry says none, a monitor documented 3')
    """
    if pair.one_root:
        return None
    for whole, other in ((pair.a, pair.b), (pair.b, pair.a)):
        more = whole.claims_all and not whole.count.may_hold(other.count)
        by_then = other.by(whole) and (whole.by(other) or not (whole.stock or other.stock))
        if more and by_then and _in(other, whole, pair):
            said = "none" if whole.count.high == 0 else f"{shown(whole.count)} as all there are"
            return "contradiction", f"{whole.root} says {said}, {other.root} documented {shown(other.count)}"
    return None


def _in(part: Statement, whole: Statement, pair: Pair) -> bool:
    narrow = Relation.WITHIN if part is pair.a else Relation.CONTAINS
    return pair.sets.relation in (Relation.EQUAL, narrow)


def two_roots(pair: Pair) -> Found:
    """Each figure is a floor: what its root documented. Side by side, with what each counts.

    >>> from cenotaph.calculus.relation import Comparison
    >>> from cenotaph.vocabulary import Count, Harm, Scope
    >>> a, b = (Statement(root, Scope(Harm(("killed",))), Count(number, number))
    ...     for root, number in (("a monitor", 745), ("a network", 803)))
    >>> two_roots(Pair(a, b, Comparison(Relation.EQUAL, ())))
    ('difference', '745 (a monitor) beside 803 (a network): what each root documented')
    """
    if pair.one_root:
        return None
    part = part_of(pair)
    apart = not pair.meet if part is None else not whole_of(pair).count.may_hold(part.count)
    if not apart:
        return "nothing", "two roots: each figure is a floor, and nothing keeps these two apart"
    each = sorted((one.root, f"{shown(one.count)} ({one.root}{_dated(one)})") for one in (pair.a, pair.b))
    said = " beside ".join(words for _, words in each)
    return "difference", f"{said}: what each root documented"


def _dated(one: Statement) -> str:
    if one.as_of is None:
        return ""
    return f", as of {one.as_of}" if one.own_day else f", relayed {one.as_of}"


# --- one root, one set within the other ---------------------------------------------------------------------------


def part_and_whole(pair: Pair) -> Found:
    """One root counts a set and one that lies in it: the part is no larger, unless it may be later than the whole.

    >>> from cenotaph.calculus.relation import Comparison
    >>> from cenotaph.vocabulary import Count, Harm, Scope
    >>> women, dead = (Statement("a monitor", Scope(Harm(("killed",))), Count(number, number), told="a bulletin")
    ...     for number in (48, 50))
    >>> part_and_whole(Pair(women, dead, Comparison(Relation.WITHIN, ())))
    ('part fits', '48 within 50')
    """
    part = part_of(pair)
    if part is None:
        return None
    whole = whole_of(pair)
    if not _comparable(part, whole, pair):
        return "nothing", "the part may be later than the whole"
    said = f"{shown(part.count)} within {shown(whole.count)}"
    if whole.count.may_hold(part.count):
        return "part fits", said
    if whole.replaces and not pair.one_statement:
        return "revision", f"{said}: the root took back an earlier whole, and the part may go with it"
    return "contradiction", f"{said}: the part is larger than a whole of the same root that is not older"


def _comparable(part: Statement, whole: Statement, pair: Pair) -> bool:
    """A stock is compared on one day only; what does not fall may have been smaller before."""
    if part.stock or whole.stock:
        return pair.one_statement or (part.by(whole) and whole.by(part))
    return pair.one_statement or part.by(whole)


def part_of(pair: Pair) -> Statement | None:
    return {Relation.WITHIN: pair.a, Relation.CONTAINS: pair.b}.get(pair.sets.relation)


def whole_of(pair: Pair) -> Statement:
    return pair.b if part_of(pair) is pair.a else pair.a
