"""What a person decides on a page -> a decision in the journal, checked on the part of the case that it is about."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

import sqlalchemy as sa
from fastapi import Request

from cenotaph.case import CaseError, Moved
from cenotaph.case.part import Part
from cenotaph.desk import Desk, tables
from cenotaph.desk.assessing import made_by
from cenotaph.desk.problems import answered_by
from cenotaph.vocabulary import Claim, Decision
from cenotaph.web.fitting import refuse_unfit
from cenotaph.web.routes import brings_key

__all__ = ["Overtaken", "about", "claim_in", "decided", "desk_of", "newest", "one_line", "refuse_unkept", "who_of",
           "written"]  # fmt: skip

JOINERS = "\u200c\u200d"
"""Unseen signs that names are written with, in Persian and other languages."""
LONGEST_NAME, LONGEST_ABOUT, LONGEST_WHY = 80, 300, 20_000
"""Letters of the name of whoever decides, of what it is about, of the reason."""


class Overtaken(Moved):
    """Somebody decided on the same thing since; `asked` is what this person was about to decide, none of it written."""

    def __init__(self, moved: Moved, asked: Sequence[Decision], seen: Mapping[str, str]) -> None:
        super().__init__(moved.about, moved.since)
        self.asked, self.seen = tuple(asked), dict(seen)


def desk_of(request: Request) -> Desk:
    found: Desk = request.app.state.desk
    return found


def who_of(request: Request) -> str:
    """Whose name a decision bears: that of the person at this browser; a program may say it in a header."""
    told = request.headers.get("x-cenotaph-who", "") if brings_key(request) else ""
    return named(told) or str(request.session.get("who") or request.app.state.who)


def named(told: str) -> str:
    """A person's name as a header tells it: UTF-8, one line.

    >>> named("A Reader"), named("قارئ".encode().decode("latin-1"))
    ('A Reader', 'قارئ')
    """
    with suppress(UnicodeError):  # a name that was sent in Latin letters, or is one already
        told = told.encode("latin-1").decode("utf-8")
    return one_line(told)


def one_line(told: str) -> str:
    """A name as it can stand in a line: nothing in it ends the line, steers a terminal or turns what follows around.

    >>> ascii(one_line(" A\\u202e Reader\\r\\n"))
    "'A Reader'"
    """
    signs = (sign if sign.isprintable() or sign in JOINERS else " " for sign in told)
    return " ".join("".join(signs).split())[:LONGEST_NAME].strip()


def decided(
    request: Request, verb: str, on: str, why: str, *, details: Mapping[str, Any] | None = None, report: str = "",
    seen: Mapping[str, str] | None = None, part: Part | None = None,
) -> Decision:  # fmt: skip
    """Writes one decision and brings the case level. Raises CaseError where it can't stand, Moved where somebody else
    decided on the same thing since `seen`.
    """
    desk = desk_of(request)
    if not why.strip():
        raise CaseError("every decision has a reason: say why in a few words")
    told = {key: value for key, value in (details or {}).items() if value not in ("", [], None)}
    one = Decision(who_of(request), dt.datetime.now(dt.UTC), verb, on, why.strip(), report, details=told)
    refuse_unkept(one)
    made = [one]
    if verb == "add":
        made += answered_by(desk, told["claim"], one.who, one.when)
    return written(request, made, seen=seen, part=part or about(desk, *made))[0]


def written(
    request: Request, decisions: Sequence[Decision], *, seen: Mapping[str, str] | None = None, part: Part | None = None
) -> list[Decision]:
    """Writes decisions, all or none, and brings the case level."""
    desk = desk_of(request)
    for one in decisions:
        refuse_unkept(one)
    try:
        found = desk.decide(decisions, part=part or about(desk, *decisions), seen=seen)
    except Moved as moved:
        raise Overtaken(moved, decisions, seen or {}) from moved
    request.app.state.worker.after_decisions()
    return found


def refuse_unkept(one: Decision) -> None:
    """Raises CaseError for what no journal should hold. A name of thousands of letters is none, and looking for it in
    every text would hold up every page.
    """
    if len(one.verb) > LONGEST_NAME or len(one.report) > LONGEST_ABOUT:
        raise CaseError("that is no decision: give its verb, and the id of a report where it is about one")
    refuse_unfit(one.verb, [one.about, one.why, one.report, one.details])
    if len(one.about) > LONGEST_ABOUT or len(one.why) > LONGEST_WHY:
        raise CaseError(
            f"{one.verb}: what it is about has at most {LONGEST_ABOUT} letters, the reason {LONGEST_WHY:,};"
            f" found {len(one.about):,} and {len(one.why):,}"
        )
    for name in ("also", "canonical", "with"):
        given = one.details.get(name) or []
        if any(len(str(each)) > LONGEST_ABOUT for each in (given if isinstance(given, (list, tuple)) else [given])):
            raise CaseError(f"{one.verb}: {name} is longer than the {LONGEST_ABOUT} letters that a name may have")


def newest(desk: Desk, on: str) -> str:
    """What a page remembers of a thing, to see whether somebody else decided on it: its newest decision, or ""."""
    return desk.history.newest(on)


def claim_in(part: Part, about: str, since: Sequence[Decision] = ()) -> Claim | None:
    """The claim that goes by this id now, or what somebody made of it; None where it does not count any more."""
    held = {one.id: one for one in part.claims()}
    made = [one.details.get("claim") for one in since if one.verb == "correct"]
    ids = [about, *(str(one["id"]) for one in made if isinstance(one, Mapping))]
    return next((held[one] for one in reversed(ids) if one in held), None)


def about(desk: Desk, *decisions: Decision) -> Part:
    """The part of the case that holds what decisions are about."""
    named = {name for one in decisions for name in (*_named(one), *_assessed(desk, one))}
    reports = {one.report for one in decisions if one.report} | {one for one in named if one.startswith("report:")}
    groups: set[str] = set()
    for table, column in _WHERE:
        query = sa.select(table).where(column.in_(named))
        for row in desk.rows(query):
            reports |= {row["report"]} if row.get("report") else set()
            groups |= {row["group"]} if row.get("group") else set()
    part = desk.part(reports=sorted(reports), groups=sorted(one for one in groups if one != "no group"))
    if any(one.verb == "undo" for one in decisions):  # ids as they stand in the journal, not as carried
        part.history = desk.case.decisions()
    return part


_WHERE = (
    (tables.claims, tables.claims.c.claim), (tables.incidents, tables.incidents.c.incident),
    (tables.incidents, tables.incidents.c.code), (tables.problems, tables.problems.c.problem),
    (tables.decisions, tables.decisions.c.decision), (tables.voices, tables.voices.c.name),
    (tables.voices, tables.voices.c.canonical),
)  # fmt: skip


def _assessed(desk: Desk, one: Decision) -> list[str]:
    """What an assessment is of that is decided on; where the id of that changed since, its code and its claims tell."""
    made = made_by(desk.history, one.about) if one.about.startswith("assessment:") else None
    return [*_named(made), str(made.details.get("code", ""))] if made else []


def _named(one: Decision) -> list[str]:
    lists = [one.details.get(name) or [] for name in ("relied", "set_aside")]
    claim = one.details.get("claim")
    more = [str(claim["report"])] if isinstance(claim, Mapping) else []
    named = [one.about, str(one.details.get("with", "")), *more, *(key for some in lists for key in some)]
    return [name for name in named if name]
