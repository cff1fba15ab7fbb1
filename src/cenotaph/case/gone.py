"""Posts that a later export of their channel lacks: noted once in the journal, told to a person, never taken away."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection

from cenotaph.case.journal import Journal, contents
from cenotaph.case.known import Known
from cenotaph.intake import Captured
from cenotaph.sources.telegram import Post
from cenotaph.vocabulary import Claim, Problem

__all__ = ["KIND", "gone", "note", "problems"]

KIND = "gone"
"""Of journal rows: `reports` are ids of reports whose address a later export lacks, between posts that it has."""


def note(connection: Connection, book: Journal, known: Known, items: Iterable[Captured], who: str) -> int:
    """Notes what is held of the posts that exports lack; how many were not noted before. The database is open to write.

    A post that was held under several versions is noted by the newest. What comes in later with those words is a post
    of an older export, and changes nothing.
    """
    missing = [address for one in items if isinstance(one, Post) for address in one.missing]
    if not missing:
        return 0
    fresh = sorted(known.held_at(connection, missing) - gone(connection))
    if fresh:
        book.append(connection, KIND, who, {"reports": fresh})
    return len(fresh)


def gone(connection: Connection) -> set[str]:
    """The reports that were noted."""
    return {str(one) for _, payload in contents(connection, KIND) for one in payload["reports"]}


def problems(connection: Connection, claims: Sequence[Claim]) -> list[Problem]:
    """One for each such post with claims that count."""
    noted = gone(connection)
    by: dict[str, list[Claim]] = {}
    for one in claims:
        if one.report in noted:
            by.setdefault(one.report, []).append(one)
    return [_problem(report, found) for report, found in sorted(by.items())]


def _problem(report: str, claims: Sequence[Claim]) -> Problem:
    first = claims[0]
    return Problem(
        "gone", "gone from the later export: its channel has the posts around it and no longer this one", report,
        first.start, first.end, first.quote,
        "ask why it was taken down; reject its claims, or settle this and let them stand",
        "whether what it says still counts", tuple(one.id for one in claims),
    )  # fmt: skip
