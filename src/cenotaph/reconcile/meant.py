"""Which held figure a draft's figure is: the number first, then whose it is, then of which set."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from cenotaph.reconcile.adding import whole_figures
from cenotaph.reconcile.held import Figure, Held, figure_of, is_bare, names_of
from cenotaph.reconcile.unlike import Difference, differences, place_words, same_people
from cenotaph.reconcile.wording import Wording
from cenotaph.vocabulary import Claim, Count, Interval

__all__ = ["Bench", "Meant", "meant", "nearest"]

NEAR = 10
"""A looser figure ("about 1,400") stands for one at most a tenth of it away, as "about" does in codes/numbers.toml."""

LIKELY = 50
"""So many of the nearest numbers are looked at for the nearest set."""

FEW = 2
"""Respects in which a set may differ and still be the one that was meant; with more, two equal figures are a chance."""


@dataclass(frozen=True)
class Bench:
    """What every figure of a draft is laid beside: all that is held, the intervals, and which claims people read.

    `wording` are the words by which drafts speak of days.
    """

    held: Sequence[Held]
    known: Mapping[str, Interval]
    read: frozenset[str]
    wording: Wording

    @cached_property
    def by_figure(self) -> Mapping[Figure, Sequence[Held]]:
        found: dict[Figure, list[Held]] = {}
        for one in self.held:
            for figure in one.figures:
                found.setdefault(figure, []).append(one)
        return found

    @cached_property
    def pool(self) -> Sequence[Held]:
        """The figures that may be parts of a sum."""
        return whole_figures(self.held)

    @cached_property
    def by_root(self) -> Mapping[str, Sequence[Held]]:
        found: dict[str, list[Held]] = {}
        for one in self.held:
            found.setdefault(one.root, []).append(one)
        return found


@dataclass(frozen=True, slots=True)
class Meant:
    """A held figure that the draft's may be. `ours`: the draft gives it to its root, or to nobody at all.

    `equal` is False for looser words that allow the held figure ("about 1,400" for 1,383).
    """

    held: Held
    ours: bool
    equal: bool
    unlike: tuple[Difference, ...]

    @property
    def fits(self) -> bool:
        return self.ours and not self.unlike


def meant(draft: Claim, bench: Bench) -> list[Meant]:
    """The held figures that the draft's may be, the likeliest first: its number, then its root, then its set."""
    equal = bench.by_figure.get(figure_of(draft.quantity), ())
    looser = [] if _plain(draft) else [one for one in bench.held if one not in equal and _looser(draft, one, bench)]
    found = [_meant(draft, held, bench) for held in (*equal, *looser)]
    likely = [one for one in found if one.fits or (one.equal and len(one.unlike) <= FEW)]
    return sorted(likely, key=_rank)


def _rank(one: Meant) -> tuple[object, ...]:
    toll = one.held.toll
    series = len(toll.series) if toll else 0
    return (not one.fits, not one.equal, not one.ours, len(one.unlike), toll is None, -series, not one.held.newest)


def _plain(draft: Claim) -> bool:
    return draft.quantity.base is None or draft.quantity.comparator in ("exact", "none")


def _looser(draft: Claim, held: Held, bench: Bench) -> bool:
    """Whether the draft's words are those of a round number that the held figure bears out."""
    said, base, known = draft.quantity, draft.quantity.base or 0, held.vintage.interval
    if known.high is None:
        return False
    near = abs(base - held.number) * NEAR <= base
    if said.comparator == "plural":
        near = base <= held.number < 10 * base
    return (near or said.comparator == "between") and bears_out(bench.known[draft.id].count, known.count)


def bears_out(said: Count, held: Count) -> bool:
    """Whether all that the held words allow is allowed by what is said: a draft may say less than they, never more.

    >>> bears_out(Count(745, None), Count(745, 745)), bears_out(Count(745, 745), Count(745, None))
    (True, False)
    """
    top = said.high is None or (held.high is not None and held.high <= said.high)
    return said.low <= held.low and top


def _meant(draft: Claim, held: Held, bench: Bench) -> Meant:
    nobody = is_bare(draft) or draft.stance == "denies"
    ours = nobody or bool(names_of(draft) & held.roots)
    unlike = differences(draft, held, bench.wording)
    if not unlike and draft.place is None:
        unlike = _part_of_a_place(held, bench)
    return Meant(held, ours, figure_of(draft.quantity) in held.figures, unlike)


def _part_of_a_place(held: Held, bench: Bench) -> tuple[Difference, ...]:
    """A figure of one place, given without it, where the same root also has a figure of all that holds the place."""
    place = held.scope.place
    if place is None or not any(_wider(held, one) for one in bench.by_root[held.root]):
        return ()
    return (Difference("place", place_words(place), "names no place"),)


def _wider(held: Held, other: Held) -> bool:
    place, whole = held.scope.place, other.scope.place
    if place is None or whole is None or other.toll is held.toll:
        return False
    alike = other.scope.harm == held.scope.harm and same_people(held.scope.group, other.scope.group)
    return alike and place.within(whole) and not whole.within(place)


def nearest(draft: Claim, bench: Bench, most: int = 2) -> list[Held]:
    """The newest figures that lie nearest to one that is not held: of its root and set, else of its harm."""
    base = draft.quantity.base or 0
    named = names_of(draft) if not is_bare(draft) else frozenset()
    newest = [one for one in bench.held if one.newest and one.toll and one.scope.harm == draft.harm]
    own = [one for one in newest if named & one.roots] or newest
    near = sorted(own, key=lambda one: abs(one.number - base))[:LIKELY]
    return sorted(near, key=lambda one: (len(differences(draft, one, bench.wording)), abs(one.number - base)))[:most]
