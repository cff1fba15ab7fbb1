"""Days that people decided: a figure was counted with another one, though its report gives it another day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from cenotaph.decided import together
from cenotaph.reconcile.order import Finding
from cenotaph.reconcile.told import Telling
from cenotaph.vocabulary import Check, Decision

__all__ = ["decided_days", "of_one_day"]


def of_one_day(tellings: Sequence[Telling], decisions: Iterable[Decision]) -> list[Telling]:
    """The tellings with the days that must-link ("one day") gives them."""
    held = {one.id: one for one in tellings}
    for decision in _days(decisions):
        one, other = held.get(decision.about), held.get(str(decision.details["with"]))
        if one is not None and other is not None:
            held[one.id] = replace(one, day=other.day, dated=other.dated)
    return [held[one.id] for one in tellings]


def _days(decisions: Iterable[Decision]) -> Iterator[Decision]:
    return (one for one in together(decisions) if one.details.get("as") == "one day")


def decided_days(tellings: Sequence[Telling], decisions: Iterable[Decision]) -> Iterator[Finding]:
    """Each such day, told beside the figure: an earlier vintage than those its report gives it with."""
    held = {one.id: one for one in tellings}
    for decision in _days(decisions):
        one, other = held.get(decision.about), held.get(str(decision.details["with"]))
        if one is not None and other is not None:
            said = f"{one.quantity.words} was counted with {other.quantity.words} ({other.carrier})"
            what = f"{said}, not with the other figures of {one.carrier}: decided by {decision.who}"
            yield Check("the day of a figure, decided", "earlier vintage", what, (one.id, other.id)), None
