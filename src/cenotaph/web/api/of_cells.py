"""A claim as cells over the API: to be corrected, or added on words of a report, as the forms of a report do it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import sqlalchemy as sa

from cenotaph.case import CaseError
from cenotaph.desk import tables
from cenotaph.desk.adding import added, proposed, stands_at
from cenotaph.desk.report_correct import OPEN, Ask, Wrong, ask_of, codes
from cenotaph.desk.report_who import PARTIES, ROOT, VOICES, Rows, who_codes
from cenotaph.desk.report_words import AT
from cenotaph.publish.columns import columns
from cenotaph.vocabulary import Claim, Report
from cenotaph.web.api import answers as told
from cenotaph.web.api.asking import Looking
from cenotaph.web.texts import texts

__all__ = ["cells", "corrected", "new_claim", "proposal"]


def cells(look: Looking, claim: str) -> told.ClaimCells | None:
    ask = ask_of(look.desk, _report_of(look, claim), claim, unmasked=look.unmasked)
    if ask is None:
        return None
    return told.ClaimCells(ask.report.id, claim, _of(ask), _codes(), look.seen(claim))


def _report_of(look: Looking, claim: str) -> str:
    found = look.desk.rows(sa.select(tables.claims.c.report).where(tables.claims.c.claim == claim), scalars=True)
    return str(found[0]) if found else ""


def _of(ask: Ask) -> dict[str, str]:
    return {**ask.shown, **_rows(ask.parties, ask.voices, [one.root for one in ask.shown_claim.voices])}


def _rows(parties: Rows, voices: Rows, roots: Sequence[bool]) -> dict[str, str]:
    """Who is accused and who says it, a row for each: `voices:2:name`."""
    found = {f"parties:{at}:{key}": one for at, row in enumerate(parties, 1) for key, one in row.items()}
    found |= {f"voices:{at}:{key}": one for at, row in enumerate(voices, 1) for key, one in row.items()}
    return found | {ROOT: next((str(at) for at, is_root in enumerate(roots, 1) if is_root), "0")}


def _codes() -> Mapping[str, tuple[str, ...]]:
    """What the cells of coded columns may hold."""
    found = {name: tuple(map(str, codes(name))) for name in OPEN if columns("claims")[name].codes}
    found |= {name: ("true", "false") for name in OPEN if columns("claims")[name].kind == "yes"}
    return found | {name: tuple(who_codes(name)) for name in ("kind", "connection", "degree", "certainty")}


def corrected(look: Looking, claim: str, given: Mapping[str, str], who: str) -> Claim | None:
    """The claim as that person reads it; None where there is none. Raises CaseError, which names each wrong cell."""
    ask = ask_of(look.desk, _report_of(look, claim), claim, unmasked=look.unmasked)
    if ask is None:
        return None
    try:
        return ask.corrected(_whole(given, _of(ask)), who)
    except Wrong as wrong:
        raise CaseError(_told(wrong)) from wrong


def proposal(look: Looking, report: str, start: int | None, end: int | None, words: str, nth: int) -> (
    told.ProposedClaim | None
):  # fmt: skip
    held = _held(look, report)
    if held is None:
        return None
    try:
        found = proposed(look.desk, held, stands_at(held, start, end, words, nth), unmasked=look.unmasked)
    except Wrong as wrong:
        raise CaseError(_told(wrong, of="")) from wrong
    given = {**found.cells, **_rows(found.parties, found.voices, found.roots)}
    return told.ProposedClaim(
        report, found.span.start, found.span.end, found.words, found.quote, given, found.like, _codes()
    )


def new_claim(look: Looking, report: str, asked: told.NewClaim, who: str) -> Claim | None:
    """The claim whole; None where there is no such report. Raises CaseError, which names each wrong cell."""
    held = _held(look, report)
    if held is None:
        return None
    try:
        span = stands_at(held, asked.start, asked.end)
        near = proposed(look.desk, held, span, unmasked=look.unmasked)
        given = _whole(asked.cells, _rows(near.parties, near.voices, near.roots))
        return added(look.desk, held, span, given, who, unmasked=look.unmasked)
    except Wrong as wrong:
        raise CaseError(_told(wrong)) from wrong


def _held(look: Looking, report: str) -> Report | None:
    return next(iter(look.desk.part(reports=[report]).reports()), None)


_WHO = re.compile(rf"(?:{AT})?(?:parties:\d{{1,2}}:(?:{'|'.join(PARTIES)})|voices:\d{{1,2}}:(?:{'|'.join(VOICES)}))")


def _whole(given: Mapping[str, str], shown: Mapping[str, str]) -> dict[str, str]:
    """With all rows of whoever is accused, or says it, where one of them was given: what is left out stays as it is.

    Raises CaseError for a cell that there is not: what was meant by it would be lost.
    """
    unknown = [one for one in given if not (one.removeprefix(AT) in (*OPEN, ROOT) or _WHO.fullmatch(one))]
    if unknown:
        names = ", ".join(OPEN)
        raise CaseError(
            f"cells.{unknown[0]}: there is no such cell; there are: {names}, and rows of parties and voices"
        )
    touched = {one.removeprefix(AT).partition(":")[0] for one in given if ":" in one.removeprefix(AT)}
    return {key: one for key, one in shown.items() if ":" in key and key.partition(":")[0] in touched} | dict(given)


def _told(wrong: Wrong, *, of: str = "cells.") -> str:
    """Each cell with what is wrong with it, in English as every line of the API."""
    words = texts("en")
    lines = [f"{of}{name}: {words(line) if words.has(line) else line}" for name, line in wrong.why.items()]
    nothing = words(wrong.nothing) if wrong.nothing and words.has(wrong.nothing) else wrong.nothing
    return "; ".join([*lines, *([nothing] if nothing else [])])
