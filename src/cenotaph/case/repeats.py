"""Which reports say nothing that another one does not say in the same words, and which add words of their own.

Passages (lines, and sentences of long ones) are compared as they are written, but for capitals, signs and spaces: a
changed figure makes another passage. What is repeated is the words; whose words they are, linking tells.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b

from cenotaph.sheets_in.folding import digits, folded
from cenotaph.vocabulary import Report

__all__ = ["ALL", "MOST", "Repeat", "passages", "repeats"]

FEWEST = 5
"""Words below which a passage is a formula, a date or a name: that it stands elsewhere says nothing."""
ALL, MOST = 0.8, 0.6
"""The share of its words from which on a report repeats another: wholly if what is left claims nothing, or mostly. What
a mail or a page puts around a text (a greeting, a line about the sender) is below a fifth of it. Our convention.
"""
Says = Callable[[Report, str], bool]
"""Whether words of a report claim anything."""
_PASSAGE = re.compile(r"[^.!?؟\n]+(?:[.!?؟]+(?=\s|$)|\n|$)|[.!?؟]+")


@dataclass(frozen=True, slots=True)
class Repeat:
    """A report, the one whose words it has, and how many words it has of its own; `whole` where none of them counts."""

    report: str
    of: str
    own: int
    whole: bool


def repeats(new: Sequence[str], reports: Sequence[Report], says: Says) -> list[Repeat]:
    """Those of the `new` reports that repeat another: one that was held before, or else the earliest of the new ones.

    >>> told = "Ten people were killed at the old gate on Friday. The road was closed until the evening."
    >>> first, second = (Report.of_text(told, outlet=outlet) for outlet in ("One", "Two"))
    >>> repeats([second.id], [first, second], lambda report, left: True)[0].whole
    True
    """
    fresh = set(new)
    ordered = sorted(enumerate(reports), key=lambda item: _turn(item[1], item[0], fresh))
    holders: dict[bytes, list[str]] = defaultdict(list)
    out: list[Repeat] = []
    for _, report in ordered:
        told = dict(passages(report.text))
        if report.id in fresh and (found := _repeat(report, told, holders, says)):
            out.append(found)
        else:
            for key in told:
                holders[key].append(report.id)
    return out


def _turn(report: Report, place: int, fresh: set[str]) -> tuple[bool, bool, str, int]:
    """What was held stands first, then the new ones by their days."""
    return report.id in fresh, report.published is None, str(report.published or ""), place


def passages(text: str) -> Iterator[tuple[bytes, tuple[int, str]]]:
    """Each passage by what it says: how many words it has, none for a formula, and as it is written."""
    for found in _PASSAGE.finditer(text):
        told = folded(digits(found[0])).split()
        if told:
            key = blake2b(" ".join(told).encode("utf-8", "surrogatepass"), digest_size=8).digest()
            yield key, (len(told) if len(told) >= FEWEST else 0, found[0].strip())


def _repeat(
    report: Report, passages: Mapping[bytes, tuple[int, str]], holders: Mapping[bytes, Sequence[str]], says: Says
) -> Repeat | None:
    total = sum(count for count, _ in passages.values())
    shared: Counter[str] = Counter()
    for key, (count, _) in passages.items():
        for one in holders.get(key, ()):
            shared[one] += count
    if not total or not shared:
        return None
    of, held = max(shared.items(), key=lambda item: item[1])  # of two the earlier, which was met first
    left = "\n".join(passage for key, (_, passage) in passages.items() if of not in holders.get(key, ()))
    whole = held >= ALL * total and not (left and says(report, left))
    if not whole and held < MOST * total:
        return None
    return Repeat(report.id, of, total - held, whole)
