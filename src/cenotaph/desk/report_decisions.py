"""What people decided on a report and on its claims so far, as a page tells it: who, when, why, does it stand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from cenotaph.desk import Desk
from cenotaph.desk.report_text import safe_signs
from cenotaph.vocabulary import Decision

__all__ = ["Decided", "decided_on"]

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Decided:
    """One decision, masked. `id` is the one in the journal, by which it is undone; `claim` the claim that it is on, ""
    for the report as a whole; `said` what it says of a report ("read"); `carried` the earlier version it was made on.
    """

    id: str
    verb: str
    who: str
    when: dt.datetime
    why: str
    claim: str = ""
    quote: str = ""
    said: str = ""
    stands: bool = True
    carried: str = ""


def decided_on(desk: Desk, report: str, mask: Callable[[str], str]) -> list[Decided]:
    """In their order. What was decided on more than the words of one report is told on other pages."""
    history = desk.history
    mine = [one for one in history.of_reports([report]) if _is_on(one, report)]
    if not mine:
        return []
    stand = set(map(id, history.standing))  # the same values; to hash them all again would cost as many ids
    written = _as_written(desk) if any("carried" in one.details for one in mine) else {}
    return [_decided(one, id(one) in stand, written, mask) for one in mine]


def _made(decision: Decision) -> str:
    claim = decision.details.get("claim")
    return str(claim.get("id", "")) if isinstance(claim, Mapping) else ""


def _is_on(decision: Decision, report: str) -> bool:
    claim = decision.details.get("claim")
    if decision.verb == "add" and isinstance(claim, Mapping):
        return str(claim["report"]) == report
    if decision.verb == "triage":
        return decision.about == report
    return decision.verb in ("accept", "reject", "correct") and decision.report == report


def _decided(
    one: Decision, stands: bool, written: Mapping[tuple[str, ...], str], mask: Callable[[str], str]
) -> Decided:
    claim = "" if one.verb == "triage" else _made(one) or one.about
    made = one.details.get("claim")
    quote = str(made["quote"]) if one.verb == "add" and isinstance(made, Mapping) else one.quote
    return Decided(
        written.get(_who_when(one), one.id), one.verb, one.who, one.when, safe_signs(mask(one.why)), claim,
        safe_signs(mask(quote)), str(one.details.get("as", "")) if one.verb == "triage" else "", stands,
        str(one.details.get("carried", "")),
    )  # fmt: skip


def _as_written(desk: Desk) -> Mapping[Key, str]:
    """The ids in the journal: one that was carried to a new version goes by another, which nobody can undo."""
    return {_who_when(one): one.id for one in desk.case.decisions()}


def _who_when(one: Decision) -> Key:
    return one.who, one.when.isoformat(), one.verb, str(one.details.get("digest", ""))
