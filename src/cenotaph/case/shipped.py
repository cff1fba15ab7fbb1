"""Decisions from a file: what people decided, written down with report and figure instead of ids.

[[decision]]
verb = "must-link"
claim = {report = "r04", figure = "340"}
with = {report = "r06", figure = "745"}
as = "one series"
who = "A Reader"
when = 2025-09-01T12:00:00Z
why = "the Observatory counted residents before it counted civilians"
"""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cenotaph.case.errors import CaseError
from cenotaph.vocabulary import Claim, Decision, Incident, Report

__all__ = ["decisions_of"]

OWN = ("verb", "about", "claim", "incident", "report", "who", "when", "why")
CLAIMS = ("with",)
LISTS = ("relied", "set_aside")


def decisions_of(
    path: Path, claims: Sequence[Claim], reports: Sequence[Report], incidents: Sequence[Incident] = ()
) -> Iterator[Decision]:
    """The decisions of a file, one by one. Raises CaseError for what can't be read, found, or told apart."""
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8")).get("decision", [])
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CaseError(f"{path} can't be read: {error}") from error
    book = _Book(claims, {one.id: one for one in reports}, incidents)
    for number, table in enumerate(tables, 1):
        try:
            yield book.decision(table)
        except LookupError as error:
            raise CaseError(f"{path}, decision {number}: {error.args[0]}") from error


@dataclass(frozen=True, slots=True)
class _Book:
    claims: Sequence[Claim]
    reports: Mapping[str, Report]
    incidents: Sequence[Incident]

    def decision(self, table: Mapping[str, Any]) -> Decision:
        for key in ("verb", "who", "why"):
            if not str(table.get(key, "")).strip():
                raise LookupError(f"it has no {key!r}: say what is decided, by whom and why")
        details = {key: self._value(key, value) for key, value in table.items() if key not in OWN}
        when = table.get("when") or dt.datetime.now(dt.UTC)
        report = self._report(str(table["report"])) if "report" in table else ""
        return Decision(
            str(table["who"]), when, str(table["verb"]), self._about(table), str(table["why"]), report, details=details
        )

    def _about(self, table: Mapping[str, Any]) -> str:
        if "claim" in table:
            return self._claim(table["claim"])
        if "incident" in table:
            return self._incident(str(table["incident"]))
        return str(table.get("about", ""))

    def _value(self, key: str, value: Any) -> Any:
        if key in CLAIMS and isinstance(value, Mapping):
            return self._claim(value)
        if key in LISTS:
            return [self._claim(one) if isinstance(one, Mapping) else one for one in value]
        return value

    def _report(self, name: str) -> str:
        found = [one.id for one in self.reports.values() if name in (one.id, one.name, one.name.rpartition(".")[0])]
        if len(found) != 1:
            raise LookupError(f"{len(found)} reports are called {name!r}; one is needed")
        return found[0]

    def _claim(self, wanted: Mapping[str, Any]) -> str:
        """The one claim of that report with that figure; `group` and `harm` tell apart what shares it."""
        report, figure = self._report(str(wanted["report"])), str(wanted["figure"])
        found = [one for one in self.claims if one.report == report and figure in _figures(one)]
        for key in ("group", "harm"):
            if key in wanted:
                found = [one for one in found if wanted[key] in (one.group.words, one.group.status, str(one.harm))]
        first = [one for one in found if one.relation is None or one.relation.kind != "restates"]
        if len(first) != 1:
            raise LookupError(f"{len(first)} claims of {wanted['report']} say {figure!r}; one is needed")
        return first[0].id

    def _incident(self, title: str) -> str:
        found = [one.id for one in self.incidents if title in (one.id, one.code, one.title)]
        if len(found) != 1:
            raise LookupError(f"{len(found)} incidents are called {title!r}; one is needed")
        return found[0]


def _figures(claim: Claim) -> tuple[str, ...]:
    return claim.quantity.words, str(claim.quantity.base)
