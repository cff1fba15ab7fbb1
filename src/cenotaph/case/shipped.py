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

from cenotaph.case.decisions import VERBS
from cenotaph.case.errors import CaseError
from cenotaph.vocabulary import Claim, Decision, Incident, Report

__all__ = ["decisions_of"]

OWN = ("verb", "about", "claim", "incident", "report", "who", "when", "why")
CLAIMS = ("with",)
LISTS = ("relied", "set_aside")
NAMES = {"report", "figure", "group", "harm"}


def decisions_of(
    path: Path, claims: Sequence[Claim], reports: Sequence[Report], incidents: Sequence[Incident] = ()
) -> Iterator[Decision]:
    """The decisions of a file, one by one. Raises CaseError for what can't be read, found, or told apart."""
    book = _Book(claims, {one.id: one for one in reports}, incidents)
    taken: dict[str, int] = {}
    for number, table in enumerate(_tables(path), 1):
        try:
            decision = book.decision(table)
        except LookupError as error:
            raise CaseError(f"{path}, decision {number}: {error.args[0]}") from error
        if taken.setdefault(decision.id, number) != number:
            raise CaseError(
                f"{path}, decision {number}: it can't be told from decision {taken[decision.id]}, which says the same"
                " in every word; leave one of them out"
            )
        yield decision


def _tables(path: Path) -> list[Mapping[str, Any]]:
    try:
        whole = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise CaseError(f"{path} can't be read: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CaseError(f"{path} can't be read: {error}") from error
    tables = whole.pop("decision", [])
    if whole:
        raise CaseError(f"{path}: decisions are written as [[decision]]; found {', '.join(sorted(whole))} as well")
    if not isinstance(tables, list) or not all(isinstance(one, Mapping) for one in tables):
        raise CaseError(f"{path}: each decision is a table of its own, under [[decision]] with two brackets")
    return tables


@dataclass(frozen=True, slots=True)
class _Book:
    claims: Sequence[Claim]
    reports: Mapping[str, Report]
    incidents: Sequence[Incident]

    def decision(self, table: Mapping[str, Any]) -> Decision:
        for key in ("verb", "who", "why"):
            if not isinstance(table.get(key), str) or not table[key].strip():
                raise LookupError(f"it has no {key!r}: say what is decided, by whom and why")
        if table["verb"] not in VERBS:
            raise LookupError(f"no decision {table['verb']!r}; there are: {', '.join(VERBS)}")
        details = {key: self._value(key, value) for key, value in table.items() if key not in OWN}
        report = self._report(str(table["report"])) if "report" in table else ""
        return Decision(
            table["who"], _when(table), table["verb"], self._about(table), table["why"], report, details=details
        )

    def _about(self, table: Mapping[str, Any]) -> str:
        given = [key for key in ("claim", "incident", "about") if key in table]
        if len(given) != 1:
            raise LookupError(f"it is about {' and '.join(given) or 'nothing'}; give one of claim, incident, about")
        if "claim" in table:
            return self._claim(table["claim"])
        return self._incident(str(table["incident"])) if "incident" in table else str(table["about"])

    def _value(self, key: str, value: Any) -> Any:
        if key in CLAIMS and isinstance(value, Mapping):
            return self._claim(value)
        if key in LISTS and not isinstance(value, list):
            raise LookupError(f"{key} is {value!r}; give a list of claims")
        if key in LISTS:
            return [self._claim(one) if isinstance(one, Mapping) else one for one in value]
        return value

    def _report(self, name: str) -> str:
        names = {one.id: (one.id, one.name, one.name.rpartition(".")[0]) for one in self.reports.values()}
        found = [one for one, known in names.items() if name and name in known]
        if len(found) != 1:
            raise LookupError(f"{len(found)} reports are called {name!r}; one is needed")
        return found[0]

    def _claim(self, wanted: object) -> str:
        """The one claim of that report with that figure; `group` and `harm` tell apart what shares it."""
        if isinstance(wanted, str) and wanted in {one.id for one in self.claims}:
            return wanted
        if not isinstance(wanted, Mapping) or not {"report", "figure"} <= set(wanted) <= NAMES:
            raise LookupError(
                f"a claim is named by report and figure, and by group and harm if need be; found {wanted!r}"
            )
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


def _when(table: Mapping[str, Any]) -> dt.datetime:
    when = table.get("when", dt.datetime.now(dt.UTC))
    if not isinstance(when, dt.datetime) or when.tzinfo is None:
        raise LookupError(f"when is {when}; give day, time and zone: 2025-09-01T12:00:00Z, without quotes")
    return when


def _figures(claim: Claim) -> tuple[str, ...]:
    return claim.quantity.words, str(claim.quantity.base)
