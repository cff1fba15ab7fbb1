"""Claims that people may hold together: an earlier figure in other words, a figure that is the sum of older parts, one
account at several hands. Each is proposed with its reason and counts for nothing until it is decided.

The decision proposed is must-link; `as` in its details says what the two would be: "one series" (the second goes on
with the record of the first), "one day" (the first was counted with the second), "one account" (one telling, relayed).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from cenotaph.link.figures import LARGE, SPECIFIC, near_days
from cenotaph.link.telling import Telling, day_words, kept_apart, significant
from cenotaph.vocabulary import Problem, Proposed

__all__ = ["earlier_figures", "one_account", "sums_of_parts"]

BEFORE_DAYS = 7
"""Days within which a record begun in other words goes on as a series. Our convention."""

GAP_DAYS = 14
"""A record of the dead that says nothing for so long has ended, and the next figure begins another. Our convention."""

MOST_PARTS = 8
"""A whole of more parts than this has so many sums of two that one fits any figure."""

CHANGES = "which figures belong together"

HANDS = 8
"""Reports that tell one account; beyond it the figure is everybody's and tells nothing."""


# --- an earlier figure of a series, of a group in other words -------------------------------------------------------


def earlier_figures(tellings: Sequence[Telling]) -> list[Problem]:
    """A root's total of a group told by its identity, before and below the first figure of the series of a status."""
    by_root: dict[tuple[str, str, str], list[Telling]] = {}
    for one in tellings:
        if one.rooted.root.named and one.counts and _is_total(one):
            key = (one.rooted.root.name, str(one.claim.harm), one.claim.level)
            by_root.setdefault(key, []).append(one)
    return [problem for _, totals in sorted(by_root.items()) for problem in _earlier(totals)]


def _is_total(one: Telling) -> bool:
    return one.claim.reach == "running total" and not one.is_part and one.base >= LARGE and any(one.facets)


def _earlier(totals: Sequence[Telling]) -> Iterator[Problem]:
    """One problem for each such figure, however many reports carry it."""
    found: dict[tuple[int, tuple[str, ...]], dict[str, Telling]] = {}
    carriers: dict[tuple[int, tuple[str, ...]], list[Telling]] = {}
    by_day = sorted((_day(one), one.id, one) for one in totals if one.day is not None and not one.facets[0])
    for first in _firsts(one for one in totals if one.facets[0]):
        low = bisect_left(by_day, (_day(first) - BEFORE_DAYS, ""))
        for _, _, one in by_day[low : bisect_left(by_day, (_day(first) + 1, ""))]:
            if one.base < first.base and not kept_apart(one, first):
                found.setdefault((one.base, one.facets), {})[first.id] = first
                carriers.setdefault((one.base, one.facets), []).append(one)
    for figure, firsts in sorted(found.items()):
        told = sorted({one.id: one for one in carriers[figure]}.values(), key=_in_time)
        yield _proposed_series(told, sorted(firsts.values(), key=_in_time))


def _firsts(totals: Iterable[Telling]) -> Iterator[Telling]:
    """The first figure of each series that has a second, larger one."""
    by_set: dict[tuple[str, ...], list[Telling]] = {}
    for one in totals:
        if one.day is not None:
            by_set.setdefault(one.facets, []).append(one)
    for _, series in sorted(by_set.items()):
        run: list[Telling] = []
        for one in sorted(series, key=_in_time):
            if run and _day(one) - _day(run[-1]) > GAP_DAYS:
                yield from _grown(run)
                run = []
            run.append(one)
        yield from _grown(run)


def _grown(run: Sequence[Telling]) -> Iterator[Telling]:
    if any(one.base > run[0].base for one in run):
        yield run[0]


def _in_time(one: Telling) -> tuple[object, ...]:
    inexact = one.claim.quantity.comparator != "exact"
    return (_day(one), one.base, one.claim.said is None, inexact, one.id)


def _day(one: Telling) -> int:
    return one.day.toordinal() if one.day else 0


def _proposed_series(told: Sequence[Telling], firsts: Sequence[Telling]) -> Problem:
    one = told[0]
    begin = " or ".join(f"{_in_words(first)} of {day_words(first.day)}" for first in firsts)
    what = (
        f"{one.rooted.root}: {_in_words(one)} of {day_words(one.day)} may be an earlier figure of the series that "
        f"begins with {begin}: lower than that, and no later"
    )
    settle = "decide whether both count one set of people"
    if len(firsts) == 1:
        return _must_link(one, firsts[0], "one series", what, settle, (*told, *firsts))
    where = (one.report.id, one.claim.start, one.claim.end, one.claim.quote)
    ids = tuple(each.id for each in (*told, *firsts))
    return Problem("unclear series", f"{what}; nothing tells which", *where, settle, CHANGES, ids)


def _in_words(one: Telling) -> str:
    return f"{one.claim.quantity.words} {one.claim.group.words}"


# --- a figure that is the sum of parts of an older whole ------------------------------------------------------------


def sums_of_parts(tellings: Sequence[Telling]) -> list[Problem]:
    """A figure that stands beside a total but is the sum of two parts of a smaller one: counted with that."""
    sums = _sums(tellings)
    totals: dict[tuple[str, str, str], list[Telling]] = {}
    for one in tellings:
        if one.counts and not one.is_part and not any(one.facets):
            totals.setdefault(_beside(one), []).append(one)
    found = (
        _proposed_day(one, sums, totals.get(_beside(one), ()))
        for one in tellings
        if one.rooted.root.named and one.counts and not one.is_part and any(one.facets) and _specific(one.base)
    )
    return [problem for problem in found if problem is not None]


def _specific(number: int) -> bool:
    return number >= LARGE and significant(number) >= SPECIFIC


def _beside(one: Telling) -> tuple[str, str, str]:
    return (one.report.id, one.rooted.root.name, str(one.claim.harm))


_Sum = tuple[Telling, Telling, Telling]


def _sums(tellings: Iterable[Telling]) -> dict[tuple[str, int], list[_Sum]]:
    """Sums of two declared parts of one whole, with the parts and the whole, by harm and sum."""
    held = {one.id: one for one in tellings}
    parts: dict[str, list[Telling]] = {}
    for one in held.values():
        tie = one.claim.relation
        if tie is not None and tie.kind == "part" and tie.to in held and one.counts:
            parts.setdefault(tie.to, []).append(one)
    found: dict[tuple[str, int], list[_Sum]] = {}
    for whole, each in parts.items():
        if len(each) <= MOST_PARTS and held[whole].counts and not held[whole].private:
            for a, b in combinations(each, 2):
                if _specific(a.base + b.base) and a.base + b.base < held[whole].base:
                    found.setdefault((str(a.claim.harm), a.base + b.base), []).append((held[whole], a, b))
    return found


def _proposed_day(one: Telling, sums: dict[tuple[str, int], list[_Sum]], totals: Sequence[Telling]) -> Problem | None:
    known = sums.get((str(one.claim.harm), one.base), ())
    fit = [found for found in known if len(known) <= HANDS and _of_its_record(one, found)]
    least = max([one.base, *(whole.base for whole, _, _ in fit)])
    larger = [total for total in totals if total.base > least]
    if not larger or len({whole.base for whole, _, _ in fit}) != 1:
        return None
    whole, a, b = min(fit, key=lambda found: tuple(part.id for part in found))
    total = larger[0]
    what = (
        f"{one.rooted.root}: {_in_words(one)} may be of an earlier day than the "
        f"{total.claim.quantity.words} beside it: it is the sum of {a.claim.quantity.words} and "
        f"{b.claim.quantity.words}, parts of {whole.claim.quantity.words} in {whole.where}"
    )
    settle = f"decide whether it was counted with the {whole.claim.quantity.words}"
    return _must_link(one, whole, "one day", what, settle, (one, total, whole, a, b))


def _of_its_record(one: Telling, found: _Sum) -> bool:
    whole, a, b = found
    root = whole.rooted.root
    ours = not root.named or root.name == one.rooted.root.name
    some = not kept_apart(one, a) or not kept_apart(one, b)
    return ours and some and whole.report.id != one.report.id and near_days(one, whole)


# --- one account at several hands -----------------------------------------------------------------------------------


def one_account(tellings: Sequence[Telling]) -> list[Problem]:
    """Unnamed people in two reports with one large figure that came through one medium: perhaps one telling."""
    found: dict[tuple[object, ...], list[Telling]] = {}
    for one in tellings:
        if one.private and one.counts and one.base >= LARGE and not one.rooted.root.named:
            for medium in _media(one):
                found.setdefault((one.figure, one.claim.reach, medium), []).append(one)
    pairs: dict[frozenset[str], Problem] = {}
    for key, told in sorted(found.items(), key=lambda entry: repr(entry[0])):
        if len({one.report.id for one in told}) <= HANDS:
            for one, first in _retold(told):
                pairs.setdefault(frozenset((one.id, first.id)), _proposed_account(one, first, str(key[2])))
    return sorted(pairs.values(), key=lambda problem: problem.claims)


def _media(one: Telling) -> set[str]:
    return {voice.known_as for voice in one.claim.voices if voice.kind == "outlet" and not voice.root}


def _retold(told: Sequence[Telling]) -> Iterator[tuple[Telling, Telling]]:
    """Each telling with the first before it, in another report and within days."""
    ordered = sorted((one for one in told if one.day is not None), key=lambda one: (_day(one), one.id))
    for at, one in enumerate(ordered):
        before = (first for first in ordered[:at] if first.report.id != one.report.id)
        fit = (first for first in before if near_days(one, first) and not kept_apart(one, first))
        yield from ((one, first) for first in [next(fit, None)] if first is not None)


def _proposed_account(one: Telling, first: Telling, medium: str) -> Problem:
    what = (
        f"the {one.claim.quantity.words} of {one.rooted.root} and the {first.claim.quantity.words} of "
        f"{first.rooted.root} may be one account: the same figure, days apart, both by way of {medium}; "
        "a telling at second or third hand, nobody's record"
    )
    return _must_link(one, first, "one account", what, "decide whether one telling stands behind both", (one, first))


# --- in common ------------------------------------------------------------------------------------------------------


def _must_link(one: Telling, other: Telling, kind: str, what: str, settle: str, claims: Sequence[Telling]) -> Problem:
    where = (one.report.id, one.claim.start, one.claim.end, one.claim.quote)
    proposed = Proposed("must-link", one.id, one.report.id, {"with": other.id, "as": kind})
    about = tuple(dict.fromkeys(telling.id for telling in claims))
    return Problem("proposal", what, *where, settle, CHANGES, about, proposed)
