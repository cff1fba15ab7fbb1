"""The reader as a case uses it: one function and a digest of all it knows; a report it can't read becomes a Problem."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from cenotaph.case.cache import Reading
from cenotaph.case.settings import Settings
from cenotaph.vocabulary import NumberRules, Problem, Report

Read = Callable[[Report], Reading]


@dataclass(frozen=True)
class Reader:
    """`read` a report; `digest` of words, codes, places and version; `rules` for figures. Can be sent to another
    process.
    """

    read: Read
    digest: str
    rules: NumberRules

    @classmethod
    def of(cls, settings: Settings) -> Reader:
        """The rule reader with the world of these settings. Raises LookupError for an unknown country or rule set."""
        from cenotaph import world  # words and places are loaded only when something is read

        known = world.load(countries=settings.countries, rules=settings.rules)
        return cls(Rules(settings.countries, settings.rules), known.digest, known.rules)


@dataclass(frozen=True)
class Rules:
    """The rule reader by the names of what it knows, so that each process can load its own."""

    countries: tuple[str, ...]
    rules: str

    def __call__(self, report: Report) -> Reading:
        from cenotaph import world
        from cenotaph.read import read

        return read(report, world.load(countries=self.countries, rules=self.rules))


def read_report(reader: Reader, report: Report) -> Reading:
    """A report's reading; what goes wrong in one report becomes a Problem of that report and stops no other."""
    try:
        return reader.read(report)
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
