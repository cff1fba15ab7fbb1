"""Whether one root's figures add up: parts of a declared whole, parts within wholes, and sums of our own.

Parts are summed only where words declare a partition ("of them", "the rest"); an overlay ("among them") never is.
What is not broken down is a cell of its own. Nothing here is added across roots, across reports or across levels.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from cenotaph.reconcile.order import Finding, problem
from cenotaph.reconcile.told import Telling
from cenotaph.vocabulary import Check, Count

__all__ = ["added", "comparable", "parted", "parts_findings", "shown", "summed"]

SLIP = 100
"""Parts that miss their whole by less than one in so many are shown as a slip of addition. Our convention: so small a
remainder is seldom a cell of its own, and a person can tell at a glance."""

Axis = tuple[bool, ...]


def added(tellings: Iterable[Telling]) -> Count:
    total = Count(0, 0)
    for telling in tellings:
        total += telling.interval.count
    return total


def shown(count: Count) -> str:
    """A count in words.

    >>> shown(Count(1018, 1018)), shown(Count(1225, None)), shown(Count(900, 1100))
    ('1018', 'at least 1225', '900 to 1100')
    """
    if count.high is None:
        return f"at least {count.low}"
    return str(count.low) if count.low == count.high else f"{count.low} to {count.high}"


def parts_findings(tellings: Sequence[Telling]) -> Iterator[Finding]:
    """For each whole of which parts or overlays are held: whether they fit it."""
    held = {telling.id: telling for telling in tellings}
    for identity, parts in sorted(_tied(held.values(), "part", held).items()):
        whole = held[identity]
        if len(parts) > 1 or parts[0].root == whole.root:
            yield from _partition(whole, parts)
    for identity, overlays in sorted(_tied(held.values(), "overlay", held).items()):
        for overlay in overlays:
            yield from _inside(overlay, held[identity])


def _tied(tellings: Iterable[Telling], kind: str, held: Mapping[str, Telling]) -> dict[str, list[Telling]]:
    found: dict[str, list[Telling]] = {}
    for telling in tellings:
        tie = telling.claim.relation
        whole = held.get(tie.to) if tie and tie.kind == kind else None
        if whole is None or whole is telling:
            continue
        if comparable(telling, whole) or (kind == "part" and _passed_on(telling, whole)):
            found.setdefault(whole.id, []).append(telling)
    return found


def comparable(part: Telling, whole: Telling) -> bool:
    """One root, report, level and unit, a harm that the whole counts, and the part not later than the whole."""
    return part.root == whole.root and _beside(part, whole)


def _passed_on(part: Telling, whole: Telling) -> bool:
    """Whether the whole's root gives the part as well, of which another keeps the record: its own list is added up.

    Nothing else is drawn from it: whose figure it is stays whose it was.
    """
    return whole.root.named and whole.root.name in _carrying(part) and _beside(part, whole)


def _carrying(part: Telling) -> set[str]:
    """Those who pass the figure on, from the outlet down to its root."""
    voices = part.claim.voices
    root = next((at for at, voice in enumerate(voices) if voice.root), len(voices))
    return {voice.known_as for voice in voices[:root] if voice.kind != "outlet"}


def _beside(part: Telling, whole: Telling) -> bool:
    same = (part.report.id, part.scope.level, part.quantity.unit)
    later = part.day is not None and whole.day is not None and part.day > whole.day
    return same == (whole.report.id, whole.scope.level, whole.quantity.unit) and not later and (
        part.scope.harm.within(whole.scope.harm)
    )  # fmt: skip


def _inside(part: Telling, whole: Telling) -> Iterator[Finding]:
    if not whole.interval.count.may_hold(part.interval.count):
        what = f"{shown(part.interval.count)} among {shown(whole.interval.count)}: the part is larger than its whole"
        check = Check("a part is no larger than its whole", "contradiction", what, (whole.id, part.id))
        yield check, problem("contradiction", what, part, check.claims, "whether the part is of this whole")


def _partition(whole: Telling, parts: Sequence[Telling]) -> Iterator[Finding]:
    """The parts that were declared: all of them together, else list by list (by place, by side, by status ...)."""
    if len(parts) == 1:
        yield from _inside(parts[0], whole)
        return
    lists = [list(parts), *_lists(whole, parts)]
    full = [one for one in lists if _full(whole, one)]
    if full:
        yield from (_holds(whole, one, "") for one in full)
    elif whole.interval.count.may_hold(added(parts)):
        yield _remainder(whole, parts)
    else:
        crossing = lists[1:] if len(lists) > 2 else lists[:1]
        yield from (_remainder(whole, one) if _fits(whole, one) else _misses(whole, one) for one in crossing)


def parted(whole: Telling, parts: Sequence[Telling]) -> list[list[Telling]]:
    """The lists by which a whole is broken down: all parts as one where they add up to it, else list by list."""
    return [list(parts)] if _full(whole, parts) else [one for one in _lists(whole, parts) if len(one) > 1]


def _full(whole: Telling, parts: Sequence[Telling]) -> bool:
    return len(parts) > 1 and whole.interval.count.admits(added(parts))


def _fits(whole: Telling, parts: Sequence[Telling]) -> bool:
    return whole.interval.count.may_hold(added(parts))


def _lists(whole: Telling, parts: Sequence[Telling]) -> list[list[Telling]]:
    """The parts by what sets them apart from the whole: two lists may break one whole down twice."""
    found: dict[Axis, list[Telling]] = {}
    for part in parts:
        found.setdefault(_axis(part, whole), []).append(part)
    return list(found.values())


def _axis(part: Telling, whole: Telling) -> Axis:
    mine, theirs = part.scope, whole.scope
    names = ("place", "parties", "means", "period")
    facets = zip(mine.group.facets, theirs.group.facets, strict=True)
    return (*(getattr(mine, name) != getattr(theirs, name) for name in names), *(a != b for a, b in facets))


def _remainder(whole: Telling, parts: Sequence[Telling]) -> Finding:
    """What a list does not break down: a cell of its own, unless it is so small that it looks like a slip."""
    left = whole.interval.count - added(parts)
    exact = left.low == left.high
    if exact and len(parts) > 1 and 0 < left.low * SLIP <= whole.interval.low:
        return _misses(whole, parts)
    return _holds(whole, parts, f"; {shown(left)} not broken down")


def _holds(whole: Telling, parts: Sequence[Telling], rest: str) -> Finding:
    what = f"{summed(parts)}, the whole says {shown(whole.interval.count)}{rest}"
    return Check("parts of one whole add up", "holds", what, _ids(whole, parts)), None


def _misses(whole: Telling, parts: Sequence[Telling]) -> Finding:
    what = f"parts add up to {shown(added(parts))}, the whole says {shown(whole.interval.count)}"
    check = Check("parts of one whole add up", "arithmetic problem", what, _ids(whole, parts))
    return check, problem("arithmetic", what, whole, check.claims, "the root's own list, or the part that is missing")


def summed(parts: Iterable[Telling]) -> str:
    parts = list(parts)
    return " + ".join(shown(part.interval.count) for part in parts) + f" = {shown(added(parts))}"


def _ids(whole: Telling, parts: Iterable[Telling]) -> tuple[str, ...]:
    return (whole.id, *(part.id for part in parts))
