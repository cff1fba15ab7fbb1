"""What earlier versions of an address said, and reports that people put out of scope: it counts no more, and whom it
named is not to be named for that.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, Engine

from cenotaph.case import cache, evidence, tables
from cenotaph.case.decisions import decided, out_of_scope
from cenotaph.decided import standing
from cenotaph.plain import load
from cenotaph.vocabulary import Answer, Claim, Decision

__all__ = ["Past", "past", "past_of"]


@dataclass(frozen=True, slots=True)
class Past:
    """The claims and answers of versions that are not the newest, and of what is out of scope, as people decided them;
    rejected claims too.
    """

    claims: Sequence[Claim] = ()
    answers: Sequence[Answer] = ()


def past(engine: Engine, decisions: Iterable[Decision]) -> Past:
    """What a case was told once. A version that was not built yet says nothing here."""
    decisions = list(decisions)
    aside = out_of_scope(standing(decisions))
    with engine.connect() as connection:
        old = [key for key, last in evidence.newest(connection).items() if key != last or key in aside]
        return past_of(connection, decisions, old)


def past_of(connection: Connection, decisions: Sequence[Decision], old: Sequence[str]) -> Past:
    """What these reports were read to say, as people decided it."""
    if not old:
        return Past()
    read = cache.of_reports(connection, tables.claims, Claim, old)
    return Past(_decided(read, decisions, old), cache.of_reports(connection, tables.answers, Answer, old))


def _decided(read: Sequence[Claim], decisions: Iterable[Decision], old: Collection[str]) -> list[Claim]:
    mine = standing([one for one in decisions if one.verb == "undo" or _report(one) in old])
    rejected = [load(Claim, one.details["seen"]) for one in mine if one.verb == "reject"]
    return [*decided(read, [one for one in mine if one.verb != "reject"]).claims, *rejected]


def _report(decision: Decision) -> str:
    """The report whose words a decision is on; an added claim says it itself."""
    return str(decision.details["claim"]["report"]) if decision.verb == "add" else decision.report
