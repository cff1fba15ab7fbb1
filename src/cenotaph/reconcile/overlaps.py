"""People whom two lines of a ledger both count: how many, as people stated it, and what that takes out of a line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations

from cenotaph.reconcile.arithmetic import shown
from cenotaph.vocabulary import Assessment, Count, Overlap

__all__ = ["Pair", "added", "between", "doubts", "moved", "stated"]

Pair = tuple[str, str]
"""The ids of two assessments, sorted: an overlap is the same from both sides, whoever states it."""


def _pair(one: str, other: str) -> Pair:
    return (min(one, other), max(one, other))


def stated(lines: Iterable[Assessment], find: Callable[[str], Assessment | None]) -> dict[Pair, list[Overlap]]:
    """All overlaps that were stated between two lines; `find` knows a line by any name of what it is about."""
    found: dict[Pair, list[Overlap]] = {}
    for one in lines:
        for overlap in one.overlaps:
            other = find(overlap.other)
            if other is not None and other.id != one.id:
                found.setdefault(_pair(one.id, other.id), []).append(overlap)
    return found


def between(stated: Sequence[Overlap], one: Count, other: Count) -> Overlap:
    """What several statements on one pair leave open: the widest of them, and no more people than either line counts.

    >>> between([Overlap("a", 2, 5, "names"), Overlap("b", 3, None, "dates")], Count(4, 4), Count(9, 12))
    Overlap(other='', low=2, high=4, why='names; dates')
    """
    highs = [overlap.high for overlap in stated]
    widest = None if None in highs else max(high for high in highs if high is not None)
    caps = [high for high in (widest, one.high, other.high) if high is not None]
    high = min(caps) if caps else None
    low = min(overlap.low for overlap in stated)
    why = "; ".join(dict.fromkeys(overlap.why for overlap in stated if overlap.why))
    return Overlap("", low if high is None else min(low, high), high, why)


def doubts(stated: Mapping[Pair, Sequence[Overlap]], lines: Mapping[str, Assessment]) -> Iterator[tuple[Pair, str]]:
    """Statements that cannot be true: more than a line counts, or two on one pair that do not meet."""
    for pair, several in stated.items():
        most = min((high for high in (lines[name].count.high for name in pair) if high is not None), default=None)
        for one in several:
            if most is not None and one.low > most:
                yield pair, f"an overlap of {shown(Count(one.low, one.high))}, and one of the two counts {most} at most"
        for one, other in combinations(several, 2):
            if not Count(one.low, one.high).admits(Count(other.low, other.high)):
                both = f"{shown(Count(one.low, one.high))} and {shown(Count(other.low, other.high))}"
                yield pair, f"two statements on one overlap that do not meet, {both}; the widest range is used"


def moved(
    pairs: Mapping[Pair, Overlap], covers: Mapping[str, str], lines: Mapping[str, Assessment]
) -> dict[Pair, Overlap]:
    """Overlaps between the lines that count: those of an incident inside a whole become the whole's.

    What was stated on the whole itself goes before what was stated on its incidents.
    """
    direct = {pair: found for pair, found in pairs.items() if not covers.keys() & set(pair)}
    through: dict[Pair, list[Overlap]] = {}
    for pair, found in pairs.items():
        one, other = (covers.get(name, name) for name in pair)
        if one != other and _pair(one, other) not in direct:
            through.setdefault(_pair(one, other), []).append(found)
    return direct | {pair: _joined(found, *(lines[name].count for name in pair)) for pair, found in through.items()}


def _joined(found: Sequence[Overlap], one: Count, other: Count) -> Overlap:
    """Several incidents of one whole: they may share people, so the least is that of one and the most that of all."""
    highs = [overlap.high for overlap in found if overlap.high is not None]
    high = sum(highs) if len(highs) == len(found) else None
    why = "; ".join(dict.fromkeys(overlap.why for overlap in found))
    return between([Overlap("", max(overlap.low for overlap in found), high, why)], one, other)


Added = tuple[Assessment, Count, tuple[Overlap, ...]]


def added(lines: Iterable[Assessment], pairs: Mapping[Pair, Overlap]) -> Iterator[Added]:
    """What each line adds to those above it, and the overlaps that were taken out of it."""
    beside: dict[str, list[str]] = {}
    for one, other in pairs:
        beside.setdefault(one, []).append(other)
        beside.setdefault(other, []).append(one)
    above: dict[str, int] = {}
    for line in lines:
        names = sorted((name for name in beside.get(line.id, ()) if name in above), key=lambda name: above[name])
        shared = tuple(replace(pairs[_pair(line.id, name)], other=name) for name in names)
        yield line, line.count - _taken(shared, pairs), shared
        above[line.id] = len(above)


def _taken(shared: Sequence[Overlap], pairs: Mapping[Pair, Overlap]) -> Count:
    """People of one line whom at least one line above counts too.

    At most the sum of the overlaps; at least the largest, or their sum less what the lines above share with each
    other (the inequality of Bonferroni).
    """
    highs = [one.high for one in shared if one.high is not None]
    high = sum(highs) if len(highs) == len(shared) else None
    low = max((one.low for one in shared), default=0)
    common = [pairs[pair] for pair in _pairs_among(shared) if pair in pairs]
    twice = [one.high for one in common if one.high is not None]
    if len(twice) == len(common):
        low = max(low, sum(one.low for one in shared) - sum(twice))
    return Count(low if high is None else min(low, high), high)


def _pairs_among(shared: Iterable[Overlap]) -> Iterator[Pair]:
    for one, other in combinations(shared, 2):
        yield _pair(one.other, other.other)
