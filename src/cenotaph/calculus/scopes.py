"""How two scopes lie, dimension by dimension. The sets are compared first and the numbers after.

What both leave open counts as equal under one root only. A dimension that is "unclear", or that no list of ours can
order, is equal to the very same value of the same root and otherwise unknown: an honest verdict is worth more than a
sharp one.
"""

from __future__ import annotations

from collections.abc import Callable

from cenotaph.calculus.places import places
from cenotaph.calculus.relation import Comparison, Relation
from cenotaph.vocabulary import Assumed, Group, Means, Period, Scope

__all__ = ["DISTINCT", "WITHIN", "Comparison", "Relation", "relate"]

DISTINCT = {
    "status": ({"civilian"}, {"armed group"}, {"armed forces", "security forces"}),
    "sex": ({"female"}, {"male"}),
    "age": ({"child"}, {"adult", "elderly"}),
}
"""Codes of codes/statuses.toml in bins that share nobody; of two codes in one bin, or in none, nothing is known: the
security forces may be soldiers, a protected person (a medic, a wounded fighter) may be any of them."""

WITHIN = {"age": {"elderly": "adult"}}
"""Codes that lie in another one."""


def relate(a: Scope, b: Scope, *, same_root: bool = False) -> Comparison:
    """How the set of one scope lies to that of another; open on both sides is equal only under one root.

    A place whose name was resolved to its nearest spelling, and two groups that no facet describes in differing words,
    count as assumed.

    >>> from cenotaph.vocabulary import Group, Harm
    >>> a = Scope(Harm(("killed",)), Group("civilians", status="civilian"))
    >>> b = Scope(Harm(("killed",)), Group("people"))
    >>> str(relate(a, b, same_root=True).relation), str(relate(a, b).relation)
    ('within', 'unknown')
    """
    each = {name: dimension(a, b, same_root) for name, dimension in _DIMENSIONS.items()}
    return Comparison(Relation.combined(each.values()), tuple(each.items()), _assumed(a, b))


def _assumed(a: Scope, b: Scope) -> Assumed:
    """Each rule that filled a dimension, once; "description" fills means, parties and the finer facets of a group."""
    known = (*_DIMENSIONS, "description")
    found = [(name, rule) for one in (a, b) for name, rule in one.assumed if name in known]
    found += [("place", "nearest spelling") for one in (a, b) if one.place and one.place.near]
    if _in_other_words(a.group, b.group):
        found.append(("group", "words that name no kind of people"))
    return tuple(sorted(set(found)))


def _in_other_words(mine: Group, yours: Group) -> bool:
    """Whether two groups, neither of which any facet or name tells, are called differently."""
    only_words = all(one.words and not any(one.facets) and not one.names for one in (mine, yours))
    return only_words and mine.words.casefold() != yours.words.casefold()


def _both_open(same_root: bool) -> Relation:
    return Relation.EQUAL if same_root else Relation.UNKNOWN


def _harms(a: Scope, b: Scope, same_root: bool) -> Relation:
    """Other harms are *unknown*, not disjoint: one person can be injured, then missing, then dead."""
    if a.harm == b.harm:
        return Relation.EQUAL
    if a.harm.within(b.harm):
        return Relation.WITHIN
    if b.harm.within(a.harm):
        return Relation.CONTAINS
    return Relation.OVERLAPS if set(a.harm.codes) & set(b.harm.codes) else Relation.UNKNOWN


def _groups(a: Scope, b: Scope, same_root: bool) -> Relation:
    """By facets. Names may be some of a group's people or all of them, so two lists of names are equal or unknown.

    Two groups of which no facet is known, in other words, are open to each other: "people", "civilians and soldiers".
    """
    if Group() in (a.group, b.group):
        return _both_open(same_root) if a.group == b.group else Relation.UNKNOWN
    if _in_other_words(a.group, b.group):
        return _both_open(same_root)
    names = Relation.EQUAL if set(a.group.names) == set(b.group.names) else Relation.UNKNOWN
    facets = ("status", "affiliation", "identity", "sex", "age")
    each = [_facet(name, getattr(a.group, name), getattr(b.group, name), same_root) for name in facets]
    return Relation.combined([names, *each])


def _facet(name: str, mine: str, yours: str, same_root: bool) -> Relation:
    """One facet. A status is what a voice calls people, so those whom two roots call otherwise may be the same ones."""
    if mine == yours:
        return Relation.EQUAL
    if not mine or not yours:
        return Relation.WITHIN if mine else Relation.CONTAINS
    wider = WITHIN.get(name, {})
    if yours == wider.get(mine) or mine == wider.get(yours):
        return Relation.WITHIN if yours == wider.get(mine) else Relation.CONTAINS
    bins = [index for index, codes in enumerate(DISTINCT.get(name, ())) for code in (mine, yours) if code in codes]
    apart = len(set(bins)) == 2 and (same_root or name != "status")
    return Relation.DISJOINT if apart else Relation.UNKNOWN


def _means(a: Scope, b: Scope, same_root: bool) -> Relation:
    """A figure that names no means counts them all; one that names some counts those."""
    if a.means is None or b.means is None:
        return _narrower(a.means is not None, b.means is not None)
    return Relation.EQUAL if _way(a.means) == _way(b.means) else Relation.UNKNOWN


def _way(means: Means) -> tuple[object, ...]:
    words = "" if means.code or means.cause else means.words.casefold()
    return (means.code, means.cause, words, means.direct)


def _narrower(mine: bool, yours: bool) -> Relation:
    """Of a dimension in which saying nothing means all: whether one says something."""
    if mine == yours:
        return Relation.EQUAL
    return Relation.WITHIN if mine else Relation.CONTAINS


def _places(a: Scope, b: Scope, same_root: bool) -> Relation:
    if a.place is None or b.place is None:
        return _both_open(same_root) if a.place is b.place else Relation.UNKNOWN
    return places(a.place, b.place, same_root=same_root)


def _periods(a: Scope, b: Scope, same_root: bool) -> Relation:
    """Days of one clock. A period with neither end ("recently") tells no days."""
    mine, yours = a.period, b.period
    if mine is None or yours is None:
        return _both_open(same_root) if mine is yours else Relation.UNKNOWN
    if not _tells_days(mine) or not _tells_days(yours) or mine.of != yours.of:
        return Relation.EQUAL if same_root and mine == yours else Relation.UNKNOWN
    inside, outside = yours.holds(mine), mine.holds(yours)
    if inside or outside:
        return Relation.EQUAL if inside and outside else Relation.WITHIN if inside else Relation.CONTAINS
    return Relation.DISJOINT if mine.misses(yours) else Relation.OVERLAPS


def _tells_days(period: Period) -> bool:
    return period.of != "unclear" and not (period.start is None and period.end is None)


def _parties(a: Scope, b: Scope, same_root: bool) -> Relation:
    """A figure that names no party counts whoever did it; one that names some counts those, in that part of it."""
    mine, yours = ({(party.canonical or party.words, party.degree) for party in one.parties} for one in (a, b))
    if not mine or not yours:
        return _narrower(bool(mine), bool(yours))
    return Relation.EQUAL if mine == yours else Relation.UNKNOWN


def _exclusions(a: Scope, b: Scope, same_root: bool) -> Relation:
    mine, yours = ({(group.words.casefold(), group.facets) for group in one.exclusions} for one in (a, b))
    if mine == yours:
        return Relation.EQUAL
    return Relation.WITHIN if mine > yours else Relation.CONTAINS if mine < yours else Relation.OVERLAPS


def _levels(a: Scope, b: Scope, same_root: bool) -> Relation:
    return Relation.EQUAL if a.level == b.level else Relation.UNKNOWN


_DIMENSIONS: dict[str, Callable[[Scope, Scope, bool], Relation]] = {
    "harm": _harms,
    "group": _groups,
    "means": _means,
    "place": _places,
    "period": _periods,
    "parties": _parties,
    "exclusions": _exclusions,
    "level": _levels,
}
