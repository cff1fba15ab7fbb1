"""The reader as a case uses it: one function and a digest of all it knows; a report it can't read becomes a Problem."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from cenotaph.archive import doubts
from cenotaph.case.cache import Reading
from cenotaph.case.own_places import OwnPlaces
from cenotaph.case.settings import Settings
from cenotaph.case.sheet_reports import SheetReader, is_sheet
from cenotaph.vocabulary import NumberRules, Problem, Report

if TYPE_CHECKING:
    from cenotaph.world import Known

Read = Callable[[Report], Reading]


@dataclass(frozen=True)
class Reader:
    """`read` a report; `digest` of words, codes, places and version, without what was decided on single names; `rules`
    for figures. Can be sent to another process.
    """

    read: Read
    digest: str
    rules: NumberRules

    @classmethod
    def of(cls, settings: Settings, own: OwnPlaces | None = None) -> Reader:
        """The rule reader with the world of these settings, and the case's own places in it.

        Raises LookupError for an unknown country or rule set, CaseError for a list of places that can't be used.
        """
        rules = Rules(own or OwnPlaces(settings.countries), settings.rules)
        known = replace(rules.own, decided=()).world(settings.rules)
        return cls(rules, known.digest, known.rules)

    def digest_of(self, report: Report) -> str:
        """What the reading of one report depends on: the digest, and the decisions on names of places that it holds."""
        decided = self.read.own.decided_in(report.text) if isinstance(self.read, Rules) else ()
        return f"{self.digest}|{decided!r}" if decided else self.digest


@dataclass(frozen=True)
class Rules:
    """The rule reader by the names of what it knows, so that each process can load its own."""

    own: OwnPlaces
    rules: str

    def world(self) -> Known:
        return self.own.world(self.rules)

    def __call__(self, report: Report) -> Reading:
        from cenotaph.read import read

        return read(report, self.world())


def read_report(reader: Reader, sheets: SheetReader, report: Report) -> Reading:
    """A report's reading; what goes wrong in one report becomes a Problem of that report and stops no other."""
    try:
        found = sheets(report) if is_sheet(report) else reader.read(report)
        return found[0], found[1], [*found[2], *doubts(report)]
    except Exception as error:
        return [], [], [_failed(report, error)]


def _failed(report: Report, error: Exception) -> Problem:
    what = f"this report could not be read: {type(error).__name__}: {error}"
    return Problem(
        "not read",
        what,
        report.id,
        settle="mend what the message names, then build again",
        changes="all its claims are missing",
    )
