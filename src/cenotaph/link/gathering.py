"""Records into groups that each tell of one incident, by what speaks for and against each pair (see likeness).

Only records that share something rare are compared: a place, a victim, a day and an area, a rare word. Groups are then
joined, the likest first, while on average over their pairs enough speaks for it (average linkage, Sokal & Michener
1958): one bad link does not chain two incidents. The order of records changes nothing, nor does a record that shares
nothing with the others.
"""

from __future__ import annotations

import heapq
import math
from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from cenotaph.link.likeness import Weights, likeness
from cenotaph.link.records import Record
from cenotaph.link.victims import sound_keys
from cenotaph.plain.romanised import skeleton

__all__ = ["Rare", "gathered_records", "joined", "pairs"]

COMMON = 150
"""Records in which a word stands and from which on it says nothing; fewer make it the rarer. Our convention."""

RARE = 20
"""Records that share a word, up to which the word alone brings them together to be compared."""

CROWD = 150
"""Records that share a place or area, beyond which only those of neighbouring days are compared."""

UNMET = -6.0
"""What two records count that share nothing and so were never compared."""

MOST = 0.6
"""Share of those in a group who say a day that must say the same one, for the others to be taken to mean it."""

CELL = 0.05
"""Degrees: places of one cell, or of two that touch, are compared."""

Pair = tuple[int, int]


@dataclass(frozen=True)
class Rare:
    """The words of each record with their weights: the logarithm of COMMON by the records in which they stand.

    It looks at no total, so that records which share no word with these change none of their weights.
    """

    weights: Sequence[Mapping[str, float]]
    lengths: Sequence[float]

    @classmethod
    def of(cls, records: Sequence[Record]) -> Rare:
        known = Counter(word for record in records for word in record.words)
        weight = {word: math.log(COMMON / times) for word, times in known.items() if 1 < times < COMMON}
        found = [{word: weight[word] for word in record.words if word in weight} for record in records]
        return cls(found, [math.sqrt(sum(one * one for one in words.values())) for words in found])

    def shared(self, one: int, other: int) -> float:
        """The cosine of two records' words, 0 to 1."""
        mine, theirs = self.weights[one], self.weights[other]
        both = mine.keys() & theirs.keys()
        return sum(mine[word] ** 2 for word in both) / (self.lengths[one] * self.lengths[other]) if both else 0.0


def gathered_records(
    records: Sequence[Record], by: Weights, *, least: float = 0.0, apart: Collection[frozenset[str]] = (),
    undated: bool = True,
) -> list[list[str]]:  # fmt: skip
    """The names of records by group, in the order of their names; `apart` are pairs that never stand in one group.

    `least` is what must speak for a group on average over its pairs, in log-odds. Without `undated` places, areas and
    words bring only records of one day together, which is faster. Done twice: in the second look a record that says no
    day is taken to speak of the day of the group in which the first one found it.
    """
    ordered = sorted(records, key=lambda one: one.name)
    numbers = {record.name: number for number, record in enumerate(ordered)}
    never: list[Pair] = [(min(two), max(two)) for two in ([numbers[name] for name in names] for names in apart)]
    scores: dict[Pair, float] = {}
    rare = Rare.of(ordered)
    _compared(ordered, pairs(ordered, undated=undated), rare, by, scores)
    scores.update(dict.fromkeys(never, -math.inf))
    first = joined(len(ordered), scores, least)
    dated = _dated(ordered, first)
    if dated != ordered:
        changed = {number for number, record in enumerate(dated) if record is not ordered[number]}
        again = (pair for pair in pairs(dated, undated=undated) if not changed.isdisjoint(pair) or pair not in scores)
        _compared(dated, again, rare, by, scores)
        scores.update(dict.fromkeys(never, -math.inf))
        first = joined(len(ordered), scores, least)
    return [[ordered[number].name for number in group] for group in first]


def _compared(
    records: Sequence[Record], met: Iterable[Pair], rare: Rare, by: Weights, scores: dict[Pair, float]
) -> None:
    for one, other in set(met):
        found = likeness(records[one], records[other], by, words_shared=rare.shared(one, other))
        scores[one, other] = found.score


def _dated(ordered: Sequence[Record], groups: Iterable[Sequence[int]]) -> list[Record]:
    """The records, those without a day with that of most of their group, if MOST of it says one."""
    out = list(ordered)
    for group in groups:
        said = Counter(day for number in group if (day := ordered[number].first) is not None)
        day, times = max(said.items(), key=lambda one: (one[1], one[0]), default=(None, 0))
        if times > MOST * said.total():
            for number in group:
                if ordered[number].first is None:
                    out[number] = replace(ordered[number], first=day, last=day)
    return out


# --- what is compared -----------------------------------------------------------------------------------------------


def pairs(records: Sequence[Record], *, undated: bool = True) -> Iterator[Pair]:
    """Numbers of records that share something rare, the lower first; a pair may come more than once."""
    blocks: dict[Hashable, list[int]] = defaultdict(list)
    for number, record in enumerate(records):
        for key in {*_own(record), *(_around(record) if undated else _that_day(record))}:
            blocks[key].append(number)
    for key, block in blocks.items():
        if isinstance(key, tuple) and key[0] == "word":
            yield from _all(block) if len(block) <= RARE else ()
        elif len(block) <= CROWD:
            yield from _all(block)
        else:
            yield from _near(block, records)


def _all(block: Sequence[int]) -> Iterator[Pair]:
    return ((one, other) for at, one in enumerate(block) for other in block[at + 1 :])


def _near(block: Iterable[int], records: Sequence[Record]) -> Iterator[Pair]:
    """Of a crowd those of one day or the next; who says no day is not compared."""
    days: dict[int, list[int]] = defaultdict(list)
    for number in block:
        first = records[number].first
        if first is not None:
            days[first.toordinal()].append(number)
    for day, told in days.items():
        yield from _all(told[:CROWD])
        yield from ((min(a, b), max(a, b)) for a in told[:CROWD] for b in days.get(day + 1, ())[:CROWD])


def _own(record: Record) -> Iterator[Hashable]:
    """What by itself brings two records together."""
    yield from (("victim", key) for key in {key for name in record.names for key in sound_keys(name)})
    yield from (("passage", run) for run in record.passages)


def _around(record: Record) -> Iterator[Hashable]:
    yield from _places(record)
    yield from (("word", word) for word in record.words)
    if record.first is not None:
        for day in (record.first.toordinal(), record.first.toordinal() + 1):
            yield from (("day", day, area) for area in record.areas)


def _that_day(record: Record) -> Iterator[Hashable]:
    if record.first is not None:
        yield from ((place, record.first) for place in _places(record))


def _places(record: Record) -> Iterator[Hashable]:
    for spot in record.spots:
        if spot.lat is not None and spot.lon is not None:
            row, column = math.floor(spot.lat / CELL), math.floor(spot.lon / CELL)
            yield from (("cell", row + down, column + right) for down in (0, 1) for right in (0, 1))
        yield from (("place", skeleton(name)) for name in spot.names)


# --- joining --------------------------------------------------------------------------------------------------------


def joined(size: int, scores: Mapping[Pair, float], least: float) -> list[list[int]]:
    """Numbers below `size` in groups; pairs without a score count as UNMET.

    >>> joined(4, {(0, 1): 2.0, (1, 2): 1.0, (0, 2): -9.0}, 0.0)
    [[0, 1], [2], [3]]
    """
    groups = {number: [number] for number in range(size)}
    sums: dict[int, dict[int, tuple[float, int]]] = defaultdict(dict)
    for (one, other), score in scores.items():
        sums[one][other] = sums[other][one] = (score, 1)
    heap = [(-score, one, other, 1, 1) for (one, other), score in scores.items() if score >= least]
    heapq.heapify(heap)
    while heap:
        _, one, other, mine, theirs = heapq.heappop(heap)
        if len(groups.get(one, ())) != mine or len(groups.get(other, ())) != theirs:
            continue
        groups[one] += groups.pop(other)
        _take_over(sums, one, other)
        for third, (total, met) in sums[one].items():
            low, high = sorted((one, third))
            all_pairs = len(groups[low]) * len(groups[high])
            average = (total + (all_pairs - met) * UNMET) / all_pairs
            if average >= least:
                heapq.heappush(heap, (-average, low, high, len(groups[low]), len(groups[high])))
    return sorted(sorted(group) for group in groups.values())


def _take_over(sums: dict[int, dict[int, tuple[float, int]]], one: int, other: int) -> None:
    """The sums of a group that is joined to another go to that one."""
    sums[one].pop(other, None)
    gone = sums.pop(other)
    gone.pop(one, None)
    for third, (total, met) in gone.items():
        before, times = sums[one].get(third, (0.0, 0))
        sums[one][third] = sums[third][one] = (before + total, times + met)
        del sums[third][other]
