"""The range that a casualty recorder would write down of one incident, from all reports of it: a draft, by a machine.

The house holds what people assess. Till they do, this proposes: each report is heard once, each root once, a copy not
again, and each figure counts by what carries it. The heaviest figure stands, and with it those that carry enough beside
it: they are the two ends. Roots' figures are not added. What each end rests on, and what was left aside, is told.

The method is that of recorders who give a minimum and a maximum over sources (Every Casualty, Standards for Casualty
Recording, 2016); its sizes are in codes/recording.toml.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field

from cenotaph.reconcile.hearing import GROUPS, Ear, Heard, heaviest, sharpest, top
from cenotaph.reconcile.scene import Read
from cenotaph.reconcile.stories import largest
from cenotaph.reconcile.weighing import of_scene
from cenotaph.vocabulary import Claim, Count, Report, Root

__all__ = ["METHODS", "Carried", "Draft", "drafted"]

Method = Callable[[Sequence[Claim], str, str, Ear], Heard | None]
METHODS: Mapping[str, Method] = {"heaviest": heaviest, "largest": largest}
"""How one report is heard: by what counts most in it, or, where each tells of one event alone, by the largest set."""

FORMULA = 10
"""Words below which a sentence is one that anybody writes, and two reports with it are no copies. As in linking."""


@dataclass(frozen=True, slots=True)
class Carried:
    """A figure, what carries it, and how much that counts: ids of claims and of reports, each once, and how many
    voices they are.
    """

    count: Count
    weight: float
    claims: tuple[str, ...]
    reports: tuple[str, ...]
    voices: int = 1


@dataclass(frozen=True, slots=True)
class Draft:
    """A range of one harm and group, proposed by a machine; nobody's decision, and no toll.

    `ends` are the figures that the range is made of, the heaviest first, `aside` those that it leaves out.

    >>> Draft("killed", "people", (Carried(Count(3, 3), 2.0, ("claim:1",), ("report:1",)),)).count
    Count(low=3, high=3)
    """

    harm: str
    group: str
    ends: tuple[Carried, ...]
    aside: tuple[Carried, ...] = ()
    statuses: Mapping[str, int] = field(default_factory=dict)

    @property
    def count(self) -> Count:
        """From the lowest to the highest; open above where the highest is ("more than fifteen")."""
        highest = max(self.ends, key=lambda one: (top(one.count), one.count.high is None)).count
        return Count(min(one.count.low for one in self.ends), highest.high)

    @property
    def said(self) -> tuple[int, int]:
        """The lowest and the highest number that was said, whether or not the words allow more."""
        return min(one.count.low for one in self.ends), max(top(one.count) for one in self.ends)

    @property
    def best(self) -> Count:
        """The figure that counts most."""
        return self.ends[0].count


def drafted(
    read: Read, roots: Mapping[str, Root], ear: Ear, *, harms: Sequence[str] = ("killed", "injured"),
    method: str = "heaviest", searched: bool = False,
) -> list[Draft]:  # fmt: skip
    """The drafts of one incident: for each harm of the people, and of the children, women, men and fighters among them.

    `read` are the reports with their claims of this incident; where all that they say was `searched` for it, a figure
    must weigh the more the more of them there are, and a harm is left out of which none weighs enough. Whatever order
    they come in, the drafts are the same. Raises KeyError if a claim has no root, LookupError for a method or harm that
    is not known.

    >>> drafted([], {}, None)
    []
    """
    if method not in METHODS:
        raise LookupError(f"no method {method!r}; there are: {', '.join(METHODS)}")
    ordered = sorted(read, key=lambda one: one[0].id)
    found = []
    for harm in harms if ordered else ():
        drafts = {group: _draft(ordered, roots, ear, harm, group, METHODS[method]) for group in GROUPS}
        told = {
            group: one for group, one in drafts.items() if one and not (searched and _too_little(one, ear, len(read)))
        }
        found += [one for group, one in told.items() if "people" in told or group == "fighters"]
    return found


def _too_little(draft: Draft, ear: Ear, reports: int) -> bool:
    least, each = ear.by.least[draft.harm]
    return draft.ends[0].weight < least + (each * reports if draft.group == "people" else 0)


def _draft(read: Read, roots: Mapping[str, Root], ear: Ear, harm: str, group: str, hear: Method) -> Draft | None:
    heard = [(report, found) for report, claims in read if (found := hear(claims, harm, group, ear))]
    figures = _figures(_newest(heard, roots), roots)
    if not figures:
        return None
    here = {one.id for _, found in heard for one in found.claims if of_scene(one, ear.scene, ear.by)}
    ends = tuple(one for one in figures if _is_end(one, figures[0], ear.by.range, here))
    used = {claim for one in ends for claim in one.claims}
    statuses = Counter(one.group.status for _, found in heard for one in found.claims if one.id in used)
    return Draft(harm, group, ends, tuple(one for one in figures if one not in ends), statuses)


def _is_end(one: Carried, heaviest: Carried, sizes: Mapping[str, float], here: Set[str]) -> bool:
    """Whether a figure is of the same set as the heaviest, and carried by enough to stand beside it.

    Tolls rise while reports come out, so just above the heaviest less is enough, if claims of the very scene (`here`)
    carry it.
    """
    first, mine = top(heaviest.count), top(one.count)
    if mine > sizes["leap"] * first or first > sizes["leap"] * mine:
        return False
    just_above = first < mine <= first + sizes["above"] and not here.isdisjoint(one.claims)
    if just_above and (first > 1 or one.voices > 1):
        return one.weight >= sizes["beyond"] * heaviest.weight
    return one.weight >= sizes["share"] * heaviest.weight


# --- each root once, each copy once -------------------------------------------------------------------------------


def _newest(heard: Iterable[tuple[Report, Heard]], roots: Mapping[str, Root]) -> list[tuple[Report, Heard]]:
    """Without what a named root said before the newest day on which it spoke: growth is not uncertainty."""
    told = [(report, found, _named(found, roots), _day(report, found)) for report, found in heard]
    newest: dict[str, dt.date] = {}
    for _, _, root, day in told:
        if root and day:
            newest[root] = max(day, newest.get(root, day))
    return [(report, found) for report, found, root, day in told if not (root and day and day < newest[root])]


def _day(report: Report, heard: Heard) -> dt.date | None:
    first = heard.claims[0]
    return first.as_of or first.said or report.published


def _named(heard: Heard, roots: Mapping[str, Root]) -> str:
    """The root of what was heard, where it is one and has a name."""
    found = {str(roots[claim.id]) for claim in heard.claims if roots[claim.id].named}
    return found.pop() if len(found) == 1 else ""


def _figures(heard: Iterable[tuple[Report, Heard]], roots: Mapping[str, Root]) -> list[Carried]:
    """The figures, the heaviest first, of two the smaller. Of tellings with one voice only the weightiest counts."""
    told: dict[tuple[int, int], list[tuple[str, Report, Heard]]] = {}
    for report, found in heard:
        ends = (found.count.low, top(found.count))
        told.setdefault(ends, []).append((_voice(report, found, roots), report, found))
    figures = []
    for each in told.values():
        count = sharpest(found.count for _, _, found in each)
        voices: dict[str, float] = {}
        for voice, _, found in each:
            voices[voice] = max(found.weight, voices.get(voice, 0))
        claims = dict.fromkeys(claim.id for _, _, found in each for claim in found.claims)
        figures.append(
            Carried(count, sum(voices.values()), tuple(claims), tuple(report.id for _, report, _ in each), len(voices))
        )
    return sorted(figures, key=lambda one: (-round(one.weight, 9), top(one.count), one.count.low))


def _voice(report: Report, heard: Heard, roots: Mapping[str, Root]) -> str:
    """What makes two tellings one: their root's name, else the very words, else the report."""
    words = re.findall(r"\w+", heard.claims[0].quote.casefold())
    return _named(heard, roots) or (" ".join(words) if len(words) >= FORMULA else report.id)
