"""What two figures say to each other: the table of the calculus, each row a small function, in an order one can read.

A row answers with a verdict and its reason, or with None when it is not about such a pair; the first that answers
stands. No row adds, averages or prefers a figure: the verdict is all there is.
"""

from __future__ import annotations

from collections.abc import Callable

from cenotaph.calculus.relation import Relation
from cenotaph.calculus.statements import Judgement, Pair, Statement, Verdict
from cenotaph.vocabulary import Count

__all__ = ["ROWS", "judged"]

Found = tuple[Verdict, str] | None
Row = Callable[[Pair], Found]


def judged(a: Statement, b: Statement) -> Judgement:
    """What two statements say to each other; the same whichever is given first.

    >>> import datetime as dt
    >>> from cenotaph.vocabulary import Harm, Scope
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


# --- two roots ----------------------------------------------------------------------------------------------------


def _more_than_all(pair: Pair) -> Found:
    """One root says these are all, or none; another had documented more of them by that day.

    A later figure contradicts nothing, not even of days that are over: people die of their wounds.
    """
    if pair.one_root:
        return None
    for whole, other in ((pair.a, pair.b), (pair.b, pair.a)):
        more = whole.claims_all and not whole.count.may_hold(other.count)
        if more and _in(other, whole, pair) and other.by(whole):
            said = "none" if whole.count.high == 0 else f"{shown(whole.count)} as all there are"
            return "contradiction", f"{whole.root} says {said}, {other.root} documented {shown(other.count)}"
    return None


def _in(part: Statement, whole: Statement, pair: Pair) -> bool:
    narrow = Relation.WITHIN if part is pair.a else Relation.CONTAINS
    return pair.sets.relation in (Relation.EQUAL, narrow)


def _two_roots(pair: Pair) -> Found:
    """Each figure is a floor: what its root documented. Side by side, with what each counts."""
    if pair.one_root:
        return None
    part = _part(pair)
    apart = not pair.meet if part is None else not _whole(pair).count.may_hold(part.count)
    if not apart:
        return "nothing", "two roots: each figure is a floor, and nothing keeps these two apart"
    said = " beside ".join(sorted(f"{shown(one.count)} ({one.root}{_dated(one)})" for one in (pair.a, pair.b)))
    return "difference", f"{said}: what each root documented"


def _dated(one: Statement) -> str:
    if one.as_of is None:
        return ""
    return f", as of {one.as_of}" if one.own_day else f", relayed {one.as_of}"


# --- one root, one set within the other ---------------------------------------------------------------------------


def _part_and_whole(pair: Pair) -> Found:
    part = _part(pair)
    if part is None:
        return None
    whole = _whole(pair)
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


def _part(pair: Pair) -> Statement | None:
    return {Relation.WITHIN: pair.a, Relation.CONTAINS: pair.b}.get(pair.sets.relation)


def _whole(pair: Pair) -> Statement:
    return pair.b if _part(pair) is pair.a else pair.a


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
    _more_than_all, _two_roots,
    _part_and_whole,
    _replaced, _grown, _meeting, _own_words, _one_day, _stock, _behind, _fallen,
)  # fmt: skip


def shown(count: Count) -> str:
    """A count in words.

    >>> shown(Count(1018, 1018)), shown(Count(1225, None)), shown(Count(900, 1100))
    ('1018', 'at least 1225', '900 to 1100')
    """
    if count.high is None:
        return f"at least {count.low}"
    return str(count.low) if count.low == count.high else f"{count.low} to {count.high}"
