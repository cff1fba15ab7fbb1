"""What is unclear, first that on which most hangs: a page at a time, and what a person answers."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from cenotaph.case import CaseError, cache
from cenotaph.case.offers import on_problem
from cenotaph.desk import Desk, private_roots, tables
from cenotaph.publish.masking import in_three
from cenotaph.publish.saying import head
from cenotaph.publish.veil import Veil
from cenotaph.vocabulary import Decision, Problem

__all__ = [
    "ANSWERS", "PAGE", "PROPOSALS", "Line", "Open", "answers", "around", "claim_line", "claims_of", "following",
    "named", "one", "problems",
]  # fmt: skip

PAGE = 50
"""Problems on one page."""
ANSWERS = ("agree", "refuse", "settle")
ASKS_FOR_A_CLAIM = "harm without a claim"
PROPOSALS = "proposals"
"""The tab of all that only asks for a yes or a no."""
ORDER = (tables.problems.c.stake.desc(), tables.problems.c.claims.desc(), tables.problems.c.problem.desc())
BACKWARDS = (tables.problems.c.stake, tables.problems.c.claims, tables.problems.c.problem)
AROUND = 220
"""Letters of a report shown on either side of a quote."""


@dataclass(frozen=True, slots=True)
class Line:
    """One open problem, masked; `stake` are people in the largest figure that hangs on it. `seen` gives for what would
    be decided on the newest decision about it, "" for none: a page brings it back, so that nobody decides unseen.
    """

    id: str
    kind: str
    what: str
    report: str
    start: int
    end: int
    quote: str
    settle: str
    changes: str
    stake: int
    claims: Sequence[str]
    proposes: str = ""
    proposed: Mapping[str, str] = field(default_factory=dict)
    told: str = ""
    published: str = ""
    seen: str = ""


@dataclass(frozen=True, slots=True)
class Open:
    """Some lines, of how many in all, and how many of each kind."""

    lines: Sequence[Line]
    first: int
    total: int
    kinds: Mapping[str, int]
    proposals: int


def problems(desk: Desk, kind: str = "", first: int = 0, *, report: str = "", unmasked: bool = False) -> Open:
    """The open problems of one kind, or of all where it is ""; of one report where that is given."""
    counts = _counts(desk)
    kinds = dict(sorted(counts.get("kinds", {}).items(), key=lambda item: (-item[1], item[0])))
    where = _where(kind, report)
    query = sa.select(tables.problems).where(*where).order_by(*ORDER).limit(PAGE).offset(max(0, first))
    lines = _lines(desk, desk.rows(query), unmasked)
    known = counts.get("proposals", 0) if kind == PROPOSALS else kinds.get(kind, 0) if kind else sum(kinds.values())
    count = sa.select(sa.func.count()).select_from(tables.problems).where(*where)
    total = int(desk.rows(count, scalars=True)[0]) if report else int(known)
    return Open(lines, max(0, first), total, kinds, int(counts.get("proposals", 0)))


def _where(kind: str, report: str) -> list[sa.ColumnElement[bool]]:
    table = tables.problems.c
    where = [table.proposes != ""] if kind == PROPOSALS else [table.kind == kind] if kind else []
    return [*where, *([table.report == report] if report else [])]


def following(desk: Desk, keys: Sequence[str], kind: str = "", report: str = "") -> str:
    """The problem that comes after the last of these on the same list, else the one before them; "" for none."""
    table = tables.problems.c
    some = desk.rows(sa.select(tables.problems).where(table.problem.in_(keys)))
    if not some:
        return ""
    last = min(some, key=lambda row: (row["stake"], row["claims"], row["problem"]))
    at = sa.tuple_(table.stake, table.claims, table.problem)
    here = sa.tuple_(*(sa.literal(last[name]) for name in ("stake", "claims", "problem")))
    left = [*_where(kind, report), table.problem.not_in(keys)]
    for where, order in ((at < here, ORDER), (at > here, BACKWARDS)):
        found = desk.rows(sa.select(table.problem).where(*left, where).order_by(*order).limit(1), scalars=True)
        if found:
            return str(found[0])
    return ""


def _counts(desk: Desk) -> Mapping[str, Any]:
    with desk.case.told(), desk.case.engine.connect() as connection:
        found: Mapping[str, Any] = json.loads(tables.value(connection, "counts", "{}"))
    return found


def one(desk: Desk, key: str, *, unmasked: bool = False) -> Line | None:
    """A problem that is open; None where it is not, or not any more."""
    found = desk.rows(sa.select(tables.problems).where(tables.problems.c.problem == key))
    return _lines(desk, found, unmasked)[0] if found else None


def named(desk: Desk, *, verb: str, most: int = PAGE, unmasked: bool = False) -> list[Line]:
    """The problems that propose one kind of decision, in their order."""
    query = sa.select(tables.problems).where(tables.problems.c.proposes == verb)
    return _lines(desk, desk.rows(query.order_by(*ORDER).limit(most)), unmasked)


# --- lines ------------------------------------------------------------------------------------------------------------


def _lines(desk: Desk, rows: Sequence[Mapping[str, Any]], unmasked: bool) -> list[Line]:
    veil = None if unmasked else desk.veil
    whole = [(row, cache.unpacked(Problem, row["data"])) for row in rows]
    reports = _reports(desk, {problem.report for _, problem in whole if problem.report})
    newest = desk.history.newest
    return [_line(row, problem, reports.get(problem.report), veil, newest) for row, problem in whole]


def _line(
    row: Mapping[str, Any], problem: Problem, report: Mapping[str, Any] | None, veil: Veil | None,
    newest: Callable[[str], str],
) -> Line:  # fmt: skip
    shown = problem if veil is None else veil(problem)
    told = head(report["title"], report["outlet"], report["name"]) if report else ""
    offer = shown.proposes
    on = offer.about if offer else row["problem"]
    return Line(
        row["problem"], shown.kind, shown.what, shown.report, shown.start, shown.end, shown.quote, shown.settle,
        shown.changes, int(row["stake"]), shown.claims, offer.verb if offer else "",
        {key: _plain(value) for key, value in offer.details.items()} | {"about": offer.about} if offer else {},
        told if veil is None else veil.words(told, problem.report), str(report["published"]) if report else "",
        newest(problem.proposes.about if problem.proposes else on),
    )  # fmt: skip


def _plain(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)


def _reports(desk: Desk, ids: set[str]) -> Mapping[str, Mapping[str, Any]]:
    table = tables.reports.c
    query = sa.select(table.report, table.title, table.outlet, table.name, table.published)
    return {str(row["report"]): row for row in desk.rows(query.where(table.report.in_(ids)))}


def around(desk: Desk, line: Line, *, unmasked: bool = False) -> tuple[str, str, str]:
    """The words of the report before a quote, the quote, and those after it; "" where it has no place in a text."""
    if not line.report or line.end <= line.start:
        return "", line.quote, ""
    reports = desk.part(reports=[line.report]).reports()
    if not reports:
        return "", line.quote, ""
    text = reports[0].text
    mask = str if unmasked else desk.veil.hidden.mask_of(line.report)
    # masked before they are cut: half a description of a witness would not be known as one
    before, quote, after = in_three(text, line.start, line.end, mask)
    return _cut(before[::-1])[::-1], quote, _cut(after)


def _cut(text: str) -> str:
    """The beginning of a text up to the end of a word.

    >>> _cut("12 killed at the gate"), len(_cut("killed " * 100))
    ('12 killed at the gate', 216)
    """
    if len(text) <= AROUND:
        return text
    return text[:AROUND].rpartition(" ")[0] or text[:AROUND]


def claims_of(desk: Desk, ids: Sequence[str], *, unmasked: bool = False) -> list[Mapping[str, Any]]:
    """What claims say, a line each, masked; in the order of their reports' days."""
    claims, reports = tables.claims.c, tables.reports.c
    query = sa.select(tables.claims, reports.title, reports.name).join(tables.reports, claims.report == reports.report)
    rows = desk.rows(query.where(claims.claim.in_(list(ids)[:PAGE])).order_by(claims.published, claims.claim))
    private = [row["claim"] for row in rows if unmasked and private_roots.is_private(row["root"])]
    named, veil = private_roots.of_claims(desk, private), None if unmasked else desk.veil
    return [claim_line({**row, "root": named.get(row["claim"], row["root"])}, veil) for row in rows]


def claim_line(row: Mapping[str, Any], veil: Veil | None) -> Mapping[str, Any]:
    """A row of the claims' table as it may be shown."""
    told = {**row, "title": head(row["title"], row["outlet"], row["name"]), "data": None}
    if veil is None:
        return told
    shown = {key: veil.words(str(told[key]), row["report"]) for key in ("people", "root", "words", "outlet", "title")}
    return {**told, **shown}


# --- answers ----------------------------------------------------------------------------------------------------------


def answers(desk: Desk, keys: Sequence[str], verb: str, who: str, when: dt.datetime, why: str) -> list[Decision]:
    """The decisions that answering these problems means. Raises CaseError where one is open no more."""
    table = tables.problems.c
    query = sa.select(table.problem, table.data).where(table.problem.in_(keys))
    found = {row["problem"]: cache.unpacked(Problem, row["data"]) for row in desk.rows(query)}
    if verb not in ANSWERS:
        raise CaseError(f"an answer is {', '.join(ANSWERS)}; found {verb!r}")
    gone = [key for key in keys if key not in found]
    if gone:
        raise CaseError(f"{gone[0]} is open no more: somebody settled it, or it was built away; the journal tells")
    return [on_problem(found[key], verb, who, when, why) for key in keys]


def answered_by(desk: Desk, claim: Mapping[str, Any], who: str, when: dt.datetime) -> list[Decision]:
    """The settlements that a new claim means: of problems that asked for one on the sentence in which it stands."""
    table = tables.problems.c
    query = sa.select(table.data).where(table.report == claim["report"], table.kind == ASKS_FOR_A_CLAIM)
    asked = [cache.unpacked(Problem, data) for data in desk.rows(query, scalars=True)]
    stands = [one for one in asked if one.start <= claim["start"] and claim["end"] <= one.end]
    return [on_problem(one, "settle", who, when, "a claim was added on this sentence") for one in stands]
