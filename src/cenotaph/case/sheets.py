"""A case as sheets: what `cenotaph export` writes, and what a sheet that comes back is compared with."""

from __future__ import annotations

import datetime as dt
import typing
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cache

from cenotaph import vocabulary
from cenotaph.case.state import State
from cenotaph.case.veiled import veil_of
from cenotaph.case.victims import Victim
from cenotaph.publish import Row, records, rows
from cenotaph.publish.columns import decisions_on, names
from cenotaph.publish.sheets import Choice, Record, Sheet, sheet
from cenotaph.publish.veil import Veil
from cenotaph.publish.workbook import workbook
from cenotaph.reconcile import grades
from cenotaph.reconcile.readers import Readers
from cenotaph.vocabulary import Report

__all__ = ["as_workbook", "choices", "rows_of", "sheet_of", "sheets_of", "shown_name", "victim_records"]

Records = Callable[[State, Veil], typing.Iterable[Record]]


def sheets_of(state: State, victims: Sequence[Victim] = ()) -> list[Sheet]:
    """Every sheet there is, protected people left out; `victims` are the persons whom the case knows of."""
    veil = veil_of(state)
    return [sheet(name, _records(state, name, victims, veil)) for name in names()]


def sheet_of(state: State, name: str, victims: Sequence[Victim] = ()) -> Sheet:
    """One of them. Raises LookupError for a name that no sheet has."""
    if name not in names():
        raise LookupError(f"no sheet {name!r}; there are: {', '.join(names())}")
    return sheet(name, _records(state, name, victims, veil_of(state)))


def _records(state: State, name: str, victims: Sequence[Victim], veil: Veil) -> typing.Iterable[Record]:
    return victim_records(victims, state.reports, veil) if name == "victims" else _RECORDS[name](state, veil)


def victim_records(
    victims: Sequence[Victim], reports: Mapping[str, Report], veil: Veil
) -> typing.Iterator[Record]:  # fmt: skip
    """The persons, by their columns; no name of a child or of whoever may be alive."""
    for one in victims:
        first = one.rows[0]
        last = one.fates[-1] if one.fates else None
        named = [(reports[row.report].name if row.report in reports else row.report, row.row) for row in one.rows]
        lists = [" ".join(part for part in parts if part) for parts in named]
        told = [f"{fate.day or 'no day'}: {fate.what} ({fate.voice or 'nobody named'})" for fate in one.fates]
        yield {
            "id": one.id, "name": shown_name(one, veil),
            "other_names": "" if one.protected else veil.words("; ".join(one.other_names)),
            "sex": one.sex, "age": one.age, "age_group": one.group,
            "place_name": veil.words(first.place.name or first.place.words) if first.place else "",
            "path": veil.words(" > ".join(first.place.path)) if first.place else "",
            "start_day": first.start, "end_day": first.end, "fate": last.what if last else "",
            "fate_day": last.day if last else None, "fates": veil.words("; ".join(told)), "rows": len(one.rows),
            "lists": veil.words("; ".join(dict.fromkeys(lists))),
            "incident": next((row.incident for row in one.rows if row.incident), ""),
        }  # fmt: skip


def shown_name(one: Victim, veil: Veil) -> str:
    """The name as it may be shown; "" for somebody whom nobody names."""
    return veil.word if one.protected and one.name else veil.words(one.name)


def as_workbook(sheets: Sequence[Sheet], title: str, *, made: dt.datetime) -> bytes:
    """The .xlsx of a case, with what a person must know before changing it."""
    told = [
        f"{title or 'A case'}: as it was on {made:%Y-%m-%d %H:%M} UTC",
        "Change cells under yellow headings, or write a decision, and give your reason under why.",
        "Then: cenotaph import CASE FILE shows what would be decided; with --apply --who NAME it is.",
        "A claim is what one voice said, not a fact. Nothing here may be added up across roots.",
    ]
    return workbook(sheets, choices(), told, made=made)


def rows_of(state: State, veil: Veil | None = None) -> list[Row]:
    """The claims as rows that may leave the house, each with how many people have read its words."""
    found = rows(list(state.claims.values()), state.reports, state.rules, (veil or veil_of(state)).hidden)
    known = {key: set(who) for key, who in Readers.of(state.decisions).known.items()}
    for claim in state.claims.values():
        if claim.coder.kind == "person":
            known.setdefault(claim.id, set()).add(claim.coder.name)
    return [replace(row, reading=READING[min(len(known.get(row.id, ())), 2)]) for row in found]


READING = ("machine", "read once", "read twice")
"""By how many people the words of a claim were read."""


def _claims(state: State, veil: Veil) -> typing.Iterable[Record]:
    return records.claim_records(rows_of(state, veil))


def _incidents(state: State, veil: Veil) -> typing.Iterable[Record]:
    return records.incident_records(state.linked.incidents, state.tolls.values(), state.grades(), veil)


def _assessments(state: State, veil: Veil) -> typing.Iterable[Record]:
    return records.assessment_records(state.assessments()[0], state.incidents, state.claims, veil)


def _problems(state: State, veil: Veil) -> typing.Iterable[Record]:
    found = state.weighed()
    stakes = {key: state.at_stake(one) for key, one in found}
    return records.problem_records(found, stakes, {one.who for one in state.history or state.decisions}, veil)


_RECORDS: Mapping[str, Records] = {
    "claims": _claims, "incidents": _incidents, "assessments": _assessments, "problems": _problems,
}  # fmt: skip


# --- the lists behind the drop-downs ----------------------------------------------------------------------------------

_OF_CODES = {
    "harm": ("harms", "harm"), "comparator": ("comparators", "comparator"), "status": ("statuses", "status"),
    "sex": ("statuses", "sex"), "age": ("statuses", "age"), "means": ("means", "means"), "cause": ("means", "cause"),
    "place_precision": ("precision", "place"), "day_precision": ("precision", "day"),
    "grade_source": ("grades", "reliability"), "grade_information": ("grades", "credibility"),
    "grade_word": ("grades", "harm_event"),
}  # fmt: skip
"""Which file of codes/ and which of its lists stands behind a column."""
_OF_TYPES = {
    "place_of": vocabulary.PlaceOf, "period_of": vocabulary.PeriodOf, "stance": vocabulary.Stance,
    "reach": vocabulary.Reach, "relation": vocabulary.TieKind, "level": vocabulary.Level,
}  # fmt: skip


@cache
def choices() -> Mapping[str, Sequence[Choice]]:
    """What the cells of each coded column may hold."""
    from cenotaph import world  # places and words are loaded when they are needed

    known = world.load()
    found = {
        name: [Choice(_code(one["code"]), str(one.get("label", ""))) for one in known.codes(file)[kind]]
        for name, (file, kind) in _OF_CODES.items()
    }
    found |= {name: [Choice(one) for one in typing.get_args(kind)] for name, kind in _OF_TYPES.items()}
    found |= {f"decide {name}": [Choice(one) for one in decisions_on(name)] for name in names() if decisions_on(name)}
    graded = {str(one) for one in (*grades.SOURCES, *grades.INFORMATION, *grades.WORDS)}
    return {
        key: [one for one in some if not key.startswith("grade") or str(one.code) in graded]
        for key, some in found.items()
    }


def _code(code: str | int) -> str | int:
    """Digits as a number: a spreadsheet makes one of them anyway."""
    return int(code) if str(code).isdigit() else code
