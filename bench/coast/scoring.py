"""Who is matched with whom, and what share is right.

Per bulletin, one to one, among claims whose harm and figure agree: first as many pairs as possible, then as many right
in all that is needed, then as many agreeing fields. A claim is *found* when its pair is right in group and voice too. A
claim that was read and has no pair is *spurious*, unless the reader itself says that it restates another: a *repeat*.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bench.coast import agreement
from bench.coast.agreement import FIELDS, NEEDED, Seen
from bench.coast.expected import Expected, Reply, Sheet
from bench.coast.pairing import best
from cenotaph.vocabulary import Answer, Claim, Report

Verdicts = Mapping[str, bool | None]
PAIR, RIGHT = 10_000, 100
"""Far enough apart that no number of lesser agreements makes up for a greater one (there are fewer than 100 fields)."""

SHOWN = ("ar", "en")
"""Languages of which the table has figures of their own, also where no bulletin of one was asked for."""


@dataclass(frozen=True, slots=True)
class Match:
    """An expected claim, the claim that was read for it, and what each field's question says of the two."""

    expected: Expected
    claim: Claim
    verdicts: Verdicts

    @property
    def right(self) -> bool:
        return all(self.verdicts[name] is not False for name in NEEDED)


@dataclass(frozen=True, slots=True)
class Judged:
    """One bulletin: what matched, what was missed, what was read though nothing was expected, what repeats."""

    report: Report
    matches: tuple[Match, ...]
    missed: tuple[Expected, ...]
    spurious: tuple[Claim, ...]
    repeats: tuple[Claim, ...]
    answers: tuple[tuple[Reply, Answer], ...]
    unanswered: tuple[Reply, ...]
    strange: tuple[Answer, ...]


def judge(report: Report, sheet: Sheet, claims: Sequence[Claim], answers: Sequence[Answer]) -> Judged:
    others = {claim.id: claim for claim in claims}
    seen = [Seen(claim, report, others) for claim in claims]
    verdicts = [[_verdicts(expected, one) for one in seen] for expected in sheet.claims]
    pairs = best([[_weight(one) for one in row] for row in verdicts])
    matches = tuple(Match(sheet.claims[row], claims[column], verdicts[row][column] or {}) for row, column in pairs)
    left = _left(claims, {column for _, column in pairs})
    replies = best([[int(agreement.answer(reply, one)) for one in answers] for reply in sheet.answers])
    return Judged(
        report=report,
        matches=matches,
        missed=_left(sheet.claims, {row for row, _ in pairs}),
        spurious=tuple(claim for claim in left if not _restates(claim)),
        repeats=tuple(claim for claim in left if _restates(claim)),
        answers=tuple((sheet.answers[row], answers[column]) for row, column in replies),
        unanswered=_left(sheet.answers, {row for row, _ in replies}),
        strange=_left(answers, {column for _, column in replies}),
    )


def _verdicts(expected: Expected, seen: Seen) -> Verdicts | None:
    """None where harm or figure differ: these two say different things."""
    if expected.harm != seen.claim.harm or not agreement.figure(expected.amount, seen.claim.quantity):
        return None
    return {name: question(expected, seen) for name, question in FIELDS.items()}


def _weight(verdicts: Verdicts | None) -> int:
    if verdicts is None:
        return 0
    right = all(verdicts[name] is not False for name in NEEDED)
    return PAIR + RIGHT * right + sum(answer is True for answer in verdicts.values())


def _left(whole: Sequence[Any], taken: set[int]) -> tuple[Any, ...]:
    return tuple(one for number, one in enumerate(whole) if number not in taken)


def _restates(claim: Claim) -> bool:
    return claim.relation is not None and claim.relation.kind == "restates"


# --- figures ------------------------------------------------------------------------------------------------------


def figures(judged: Sequence[Judged]) -> str:
    """All figures as JSON; shares from 0 to 1, null where there is nothing to divide by."""
    spoken = sorted({*SHOWN, *(one.report.language for one in judged)})
    whole = {
        **_claims(judged),
        "fields": {name: _field(judged, name) for name in FIELDS},
        "answers": _answers(judged),
        "by_language": {one: _claims([each for each in judged if each.report.language == one]) for one in spoken},
        "by_report": {one.report.name: _claims([one]) for one in judged},
    }
    return json.dumps(whole, indent=1, ensure_ascii=False)


def _claims(judged: Sequence[Judged]) -> dict[str, Any]:
    matched, right = _count(one.matches for one in judged), sum(match.right for one in judged for match in one.matches)
    expected, spurious = matched + _count(one.missed for one in judged), _count(one.spurious for one in judged)
    return {
        "reports": len(judged),
        "expected": expected,
        "read": matched + spurious,
        "repeats": _count(one.repeats for one in judged),
        "matched": _share(matched, expected),
        "found": _share(right, expected),
        "spurious": _share(spurious, matched + spurious),
    }


def _answers(judged: Sequence[Judged]) -> dict[str, Any]:
    found, strange = _count(one.answers for one in judged), _count(one.strange for one in judged)
    expected = found + _count(one.unanswered for one in judged)
    share, extra = _share(found, expected), _share(strange, found + strange)
    return {"expected": expected, "read": found + strange, "found": share, "spurious": extra}


def _field(judged: Sequence[Judged], name: str) -> dict[str, Any]:
    asked = [match.verdicts[name] for one in judged for match in one.matches if match.verdicts[name] is not None]
    return {"asked": len(asked), "right": _share(sum(map(bool, asked)), len(asked))}


def _count(groups: Iterable[Sequence[Any]]) -> int:
    return sum(len(group) for group in groups)


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None
