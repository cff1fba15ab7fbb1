"""What two figures say to each other: the table of the calculus, each row a small function, in an order one can read.

A row answers with a verdict and its reason, or with None when it is not about such a pair; the first that answers
stands. No row adds, averages or prefers a figure: the verdict is all there is.
"""

from __future__ import annotations

from collections.abc import Callable

from cenotaph.calculus.nested import more_than_all, part_and_whole, two_roots
from cenotaph.calculus.relation import Relation
from cenotaph.calculus.statements import Found, Judgement, Pair, Statement, shown

__all__ = ["ROWS", "judged"]

Row = Callable[[Pair], Found]


def judged(a: Statement, b: Statement) -> Judgement:
    """What two statements say to each other; the same whichever is given first.

    >>> import datetime as dt
    >>> from cenotaph.vocabulary import Count, Harm, Scope
    >>> killed = Scope(Harm(("killed",)))
    >>> first = Statement("a monitor", killed, Count(745, 745), dt.date(2025, 3, 8))
    >>> judged(first, Statement("a monitor", killed, Count(830, 830), dt.date(2025, 3, 9))).verdict
    'growth'
    >>> judged(first, Statement("a monitor", killed, Count(700, 700), dt.date(2025, 3, 9))).why
    '700 is below 745, which the same root had on record before'
    """
    pair = Pair.of(a, b)
    for row in ROWS:
        found = row(pair)
        if found is not None:
            verdict, why = found
            silent = verdict == "nothing"
            return Judgement(verdict, why if silent else pair.sets.opener + why, () if silent else pair.sets.assumed)
    return Judgement("nothing", "the days do not tell which figure is the later one")


# --- pairs that say nothing ---------------------------------------------------------------------------------------


def _two_levels(pair: Pair) -> Found:
    a, b = pair.a.scope.level, pair.b.scope.level
    return None if a == b else ("nothing", f"levels are never mixed: {' and '.join(sorted((a, b)))}")


def _sets_that_do_not_compare(pair: Pair) -> Found:
    how = pair.sets.relation
    if how in (Relation.EQUAL, Relation.WITHIN, Relation.CONTAINS):
        return None
    names = ", ".join(name for name, found in pair.sets.dimensions if found not in _NESTED) or "together"
    return "nothing", f"how the two sets lie is {how} ({names}): never added, never compared"


_NESTED = (Relation.EQUAL, Relation.WITHIN, Relation.CONTAINS)


def _nobody_answers(pair: Pair) -> Found:
    return None if pair.a.root and pair.b.root else ("nothing", "who answers for a figure is not known")


# --- one root, one set --------------------------------------------------------------------------------------------


def _replaced(pair: Pair) -> Found:
    """The root says itself that this figure takes the place of an earlier one."""
    for new, old in ((pair.a, pair.b), (pair.b, pair.a)):
        takes_its_place = new.replaces and (old.before(new) if old.replaces else not new.before(old))
        if takes_its_place and not pair.meet:
            return "revision", f"{shown(old.count)} -> {shown(new.count)}: the root replaced its figure"
    return None


def _grown(pair: Pair) -> Found:
    """A record's floor rises: not a range, and no deaths of those days.

    A relay's day is the last on which its root can have said it, so a larger figure of a later day is growth.
    """
    low, high = pair.low, pair.high
    if low.stock or high.stock or low.as_of is None or high.as_of is None or not low.as_of < high.as_of:
        return None
    floor = low.own_day and low.count.high is None and low.count.low < high.count.low
    if pair.meet and not floor:
        return None
    return "growth", f"{shown(low.count)} -> {shown(high.count)}: growth of a record, not a range"


def _meeting(pair: Pair) -> Found:
    return ("agree", f"{shown(pair.low.count)} and {shown(pair.high.count)} can both be true") if pair.meet else None


def _own_words(pair: Pair) -> Found:
    if not pair.one_statement:
        return None
    said = f"{shown(pair.low.count)} and {shown(pair.high.count)}"
    return "contradiction", f"one statement gives {said} of one set and day"


def _one_day(pair: Pair) -> Found:
    """Two statements of one day: the larger one is taken for the later of a record that does not fall."""
    if pair.a.as_of is None or pair.a.as_of != pair.b.as_of:
        return None
    return "next vintage", f"{shown(pair.low.count)} and {shown(pair.high.count)} on one day, in two statements"


def _stock(pair: Pair) -> Found:
    """Missing, detained, displaced people may become fewer; the later figure stands."""
    if not (pair.a.stock or pair.b.stock):
        return None
    for old, new in ((pair.a, pair.b), (pair.b, pair.a)):
        if old.by(new):
            return "next vintage", f"{shown(old.count)} -> {shown(new.count)}: a stock may rise and fall"
    return None


def _behind(pair: Pair) -> Found:
    low, high = pair.low, pair.high
    late = low.as_of is not None and high.as_of is not None and high.as_of < low.as_of
    if not late or low.own_day or low.stock or high.stock:
        return None
    return "stale relay", f"{shown(low.count)} was relayed when the root had {shown(high.count)} on record"


def _fallen(pair: Pair) -> Found:
    """A cumulative harm does not fall: the smaller figure is the root's own and later."""
    low, high = pair.low, pair.high
    if low.stock or high.stock or not high.by(low):
        return None
    said = f"{shown(low.count)} is below {shown(high.count)}"
    return "unexplained drop", f"{said}, which the same root had on record before"


ROWS: tuple[Row, ...] = (
    _two_levels, _sets_that_do_not_compare, _nobody_answers,
    more_than_all, two_roots,
    part_and_whole,
    _replaced, _grown, _meeting, _own_words, _one_day, _stock, _behind, _fallen,
)  # fmt: skip
