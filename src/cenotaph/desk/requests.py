"""What families, parties and readers ask for, with the answers, as a page shows them: who asks is masked."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa

from cenotaph.case import tables as store
from cenotaph.case.decisions import as_written
from cenotaph.case.requests import ANSWERS, ASKERS, KINDS, Request, own_names, requests
from cenotaph.desk import Desk, tables
from cenotaph.desk.journal import PRIVATE, leads
from cenotaph.plain import load
from cenotaph.publish.masking import PROTECTED, Mask
from cenotaph.publish.veil import Veil
from cenotaph.vocabulary import Decision

__all__ = ["ANSWERS", "ASKERS", "KINDS", "PAGE", "Asked", "Line", "asked", "shown_decision"]

PAGE = 50


@dataclass(frozen=True, slots=True)
class Line:
    """One request, masked. `seen` is the newest decision on it, by which two who answer at once notice each other."""

    id: str
    kind: str
    asker: str
    by: str
    contact: str
    asked: str
    about: str
    leads: str
    why: str
    who: str
    when: str
    seen: str
    decision: str = ""
    answer: str = ""
    answer_why: str = ""
    answered_by: str = ""
    answered: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """Some requests, the newest first, those without an answer before all others; how many there are, how many wait."""

    lines: Sequence[Line]
    first: int
    total: int
    waiting: int


def asked(desk: Desk, first: int = 0, *, unmasked: bool = False) -> Asked:
    """The requests that stand."""
    found = requests(_made(desk))
    ordered = sorted(reversed(found), key=lambda one: one.response is not None)
    veil, newest = None if unmasked else desk.veil, desk.history.newest
    start = max(0, first)
    lines = [_line(one, veil, newest(one.id)) for one in ordered[start : start + PAGE]]
    return Asked(lines, start, len(found), sum(one.response is None for one in found))


def _made(desk: Desk) -> list[Decision]:
    """The requests and answers that stand, by the index: most decisions of a case are others."""
    index, made = tables.decisions, store.journal
    query = sa.select(store.payloads.c.content).select_from(
        index.join(made, made.c.hash == index.c.row).join(store.payloads, store.payloads.c.hash == made.c.payload)
    )  # fmt: skip
    query = query.where(index.c.verb.in_(("request", "answer a request")), index.c.undone == "").order_by(index.c.at)
    return [as_written(load(Decision, json.loads(one)["decision"])) for one in desk.rows(query, scalars=True)]


def _line(one: Request, veil: Veil | None, seen: str) -> Line:
    made, answer = one.made, one.response
    asks = Mask.of([one.by]).saying(veil.word if veil else PROTECTED)

    def words(text: str) -> str:
        """A body that asks stands in reports by its name, but not here."""
        return text if veil is None else asks(veil.words(text, made.report))

    about = words(made.about)
    told = Line(
        one.id, one.kind, one.asker, one.by if veil is None else veil.word,
        one.contact if veil is None else veil.word if one.contact else "", words(one.asked), about,
        leads(made.about, made.report) if about == made.about else "", words(made.why), made.who,
        made.when.isoformat(), seen,
    )  # fmt: skip
    if answer is None:
        return told
    return replace(
        told, decision=answer.decision, answer=words(answer.words), answer_why=words(answer.made.why),
        answered_by=answer.made.who, answered=answer.made.when.isoformat(),
    )  # fmt: skip


def shown_decision(one: Decision, veil: Veil | None) -> Decision:
    """A decision as it may be shown: of a request, neither who asks nor how to reach them, and of a hidden voice no
    other name, even where somebody took it back since.
    """
    if veil is None:
        return one
    shown, own = veil(one), own_names(one.verb, one.about, one.details, veil.words)
    if not own:
        return shown
    mask, private = Mask.of(own).saying(veil.word), PRIVATE if one.verb == "request" else ()
    told = {key: veil.word if key in private and each else _masked(each, mask) for key, each in shown.details.items()}
    return replace(shown, about=mask(shown.about), why=mask(shown.why), details=told)


def _masked(value: Any, mask: Mask) -> Any:
    if isinstance(value, str):
        return mask(value)
    if isinstance(value, Mapping):
        return {key: _masked(one, mask) for key, one in value.items()}
    return [_masked(one, mask) for one in value] if isinstance(value, list) else value
