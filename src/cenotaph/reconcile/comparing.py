"""What a draft makes of the figure that it means: each way in which it says more, other or older than the words do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from cenotaph.reconcile.adding import Sum, adds_up_to
from cenotaph.reconcile.held import Held, is_bare, said_by
from cenotaph.reconcile.meant import Bench, Meant, bears_out, nearest
from cenotaph.reconcile.unlike import day_words, days_named, differences
from cenotaph.vocabulary import Claim, Group

__all__ = ["Said", "Verdict", "compared"]

Verdict = Literal[
    "held", "older vintage", "another set", "another root", "no root named", "more certain than the words", "sum",
    "stale", "nobody has read", "not held", "not checked",
]  # fmt: skip

HEDGED = ("hedges", "alleges")


@dataclass(frozen=True, slots=True)
class Said:
    """A verdict on a figure, in a sentence, with the held figures it rests on."""

    verdict: Verdict
    what: str
    held: tuple[Held, ...] = ()


def compared(draft: Claim, found: Sequence[Meant], stated: Sequence[Held], bench: Bench) -> Iterator[Said]:
    """All there is to say on one figure: `found` is what it may mean, `stated` what the rest of the draft gives."""
    if found and (found[0].ours or not found[0].unlike):
        yield from _against(draft, found, bench)
        return
    added = adds_up_to(draft, bench.pool, stated)
    if added is not None:
        yield Said("sum", _sum_words(draft, added), added.parts)
        return
    yield Said("not held", _nowhere(draft, found, bench), tuple(one.held for one in found[:1]))


def _against(draft: Claim, found: Sequence[Meant], bench: Bench) -> Iterator[Said]:
    best = found[0]
    alike = [one for one in found if (one.ours, one.unlike) == (best.ours, best.unlike) and one.equal == best.equal]
    dated = [one for one in alike if one.held.day in days_named(draft)]
    best = (dated or alike)[0]
    notes = [
        *_whose(draft, best, alike),
        *_of_whom(best),
        *_how_sure(draft, best, bench),
        *_how_old(draft, best, bench),
    ]
    if notes:
        yield from notes
    else:
        yield Said("held", _held_words(draft, best, bench), (best.held,))
    if not _read(best.held, bench):
        yield Said("nobody has read", f"the words behind {best.held.words} were read by a machine only", (best.held,))


# --- one question each ----------------------------------------------------------------------------------------------


def _whose(draft: Claim, best: Meant, alike: Sequence[Meant]) -> Iterator[Said]:
    if draft.stance == "denies":
        return
    roots = " and ".join(dict.fromkeys(one.held.root for one in alike))
    unnamed = draft.root is not None and draft.root.anonymous
    if is_bare(draft):
        what = f"{_figure(draft)} stands as a fact; it is a figure of {roots}"
        yield Said("no root named", what, (best.held,))
    elif not best.ours and unnamed:
        what = f"{_figure(draft)} is a figure of {roots}; the draft gives it to a voice without a name"
        yield Said("no root named", what, (best.held,))
    elif not best.ours:
        yield Said("another root", f"{_figure(draft)} is a figure of {roots}, not of {said_by(draft)}", (best.held,))


def _of_whom(best: Meant) -> Iterator[Said]:
    for one in best.unlike:
        yield Said("another set", f"{best.held.words} is held of {one.held}; the draft {one.draft}", (best.held,))


def _how_sure(draft: Claim, best: Meant, bench: Bench) -> Iterator[Said]:
    said, held = bench.known[draft.id], best.held
    if best.equal and not bears_out(said.count, held.vintage.interval.count):
        yield Said(
            "more certain than the words", f"the words say “{held.words}”; the draft says “{_figure(draft)}”", (held,)
        )
    elif draft.stance == "asserts" and held.claims and all(claim.stance in HEDGED for claim in held.claims):
        yield Said(
            "more certain than the words", f"the words held give {held.words} with a doubt; the draft has none", (held,)
        )


def _how_old(draft: Claim, best: Meant, bench: Bench) -> Iterator[Said]:
    """Older than the newest of its series. A figure that the draft gives with its own day is history rightly told."""
    held, now = best.held, bench.wording.speaks_of_now(draft)
    if draft.stance == "denies" or held.newest or held.toll is None:
        return
    if held.day in days_named(draft) and not now:
        return
    what = f"{_known(held)}; {_newest(held)}"
    yield Said("older vintage", what, (held,))
    if now:
        yield Said("stale", f"the draft speaks of now, and {held.root} has had more since: {_newest(held)}", (held,))


def _read(held: Held, bench: Bench) -> bool:
    if held.toll is not None:
        return held.toll.read > 0
    return any(claim.id in bench.read or claim.coder.kind == "person" for claim in held.claims)


# --- sentences ------------------------------------------------------------------------------------------------------


def _figure(draft: Claim) -> str:
    return draft.quantity.words or "this figure"


def _known(held: Held) -> str:
    """Whose figure of which day: the day of a relay is none of the root's own."""
    dated = {"as of": " of", "said": " said on", "relayed": " relayed on"}.get(held.vintage.dated, "")
    day = f"{dated} {day_words(held.day)}" if dated and held.day else ""
    return f"{held.words} is a figure of {held.root}{day}"


def _newest(held: Held) -> str:
    last = held.toll.series[-1] if held.toll else held.vintage
    return f"its newest is {last.words or last.interval.low} ({day_words(last.day)})"


def _held_words(draft: Claim, best: Meant, bench: Bench) -> str:
    held = best.held
    what = _known(held)
    if held.toll is None:
        stance = {"denies": "denied", "expects": "expected"}.get(held.claims[0].stance, held.claims[0].reach)
        what += f", in no toll ({stance})"
    if not best.equal:
        what = f"“{_figure(draft)}” is borne out: {what}"
    if not held.newest:
        return f"{what}, as the draft says; {_newest(held)}"
    later = _later(draft, held, bench)
    return (
        f"{what}; another series has {later.words} ({day_words(later.day)}): look whether of one set" if later else what
    )


def _later(draft: Claim, held: Held, bench: Bench) -> Held | None:
    """A larger and later figure of the same root, in another toll, that the draft's words could be of as well."""
    if held.toll is None or held.day is None or held.day in days_named(draft) or not _running(held):
        return None
    others = [one for one in bench.held if one.toll not in (None, held.toll) and one.root == held.root and one.newest]
    newer = [one for one in others if _running(one) and one.day and one.day > held.day and one.number > held.number]
    return max(
        (one for one in newer if not differences(draft, one, bench.wording)), key=lambda one: str(one.day), default=None
    )


def _running(held: Held) -> bool:
    period = held.scope.period
    return period is not None and period.end is None


def _sum_words(draft: Claim, added: Sum) -> str:
    roots = " and ".join(added.roots)
    if added.why_not:
        return f"{_figure(draft)} is held by nobody; {added.words} ({roots}), never to be added: {added.why_not}"
    return f"{_figure(draft)} is held by nobody; our sum: {added.words}, all of {roots}"


def _nowhere(draft: Claim, found: Sequence[Meant], bench: Bench) -> str:
    near = [f"{one.words} {_people(one.scope.group)} {one.scope.harm} ({one.root})" for one in nearest(draft, bench)]
    elsewhere = [one.held for one in found[:1]]
    same = [
        f"{one.words} is held of {_people(one.scope.group)} ({one.root}), another set of another root"
        for one in elsewhere
    ]
    return "; ".join(["nothing in the case says so", *same, *([f"nearest: {', '.join(near)}"] if near else [])])


def _people(group: Group) -> str:
    return group.words or "people"
