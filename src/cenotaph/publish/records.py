"""What a case holds -> records of a sheet: nobody in them who is protected, and no figure without its words."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields

from cenotaph.publish.rows import Row
from cenotaph.publish.sheets import Record
from cenotaph.publish.veil import Veil
from cenotaph.vocabulary import Assessment, Cell, Claim, Count, Grade, Incident, Problem, Toll

__all__ = ["assessment_records", "claim_records", "incident_records", "problem_records"]


OURS = "one of us"
"""Instead of the name of somebody who works on the case."""


def claim_records(rows: Iterable[Row]) -> Iterator[Record]:
    """The rows of claims, by their columns."""
    for row in rows:
        yield {one.name: getattr(row, one.name) for one in fields(Row)}


def incident_records(
    incidents: Iterable[Incident], tolls: Iterable[Toll], grades: Iterable[Grade], veil: Veil
) -> Iterator[Record]:
    """Incidents and episodes; of each root its newest figure, as its words give it."""
    counted: dict[str, list[Toll]] = {}
    for toll in tolls:
        counted.setdefault(toll.incident, []).append(veil(toll))
    graded = {one.about: one for one in grades}
    for incident in incidents:
        shown = veil(incident)
        place, period = shown.scope.place, shown.scope.period
        yield {
            "id": incident.id, "code": incident.code, "kind": incident.kind, "title": shown.title,
            "parent": incident.parent, "harm": str(incident.scope.harm),
            "place_name": (place.name or place.words) if place else "",
            "path": " > ".join(place.path) if place else "",
            "place_precision": place.precision if place else None,
            "start_day": period.start if period else None, "end_day": period.end if period else None,
            "day_precision": period.precision if period else None, "claims": len(incident.claims),
            "figures": "; ".join(map(_figure, counted.get(incident.id, ()))),
            **_graded(graded.get(incident.id)),
        }  # fmt: skip


def _figure(toll: Toll) -> str:
    """One root's newest figure: of whom, as of when, in which words."""
    newest = toll.series[-1] if toll.series else None
    day = f", {newest.day}" if newest and newest.day else ""
    words = f" (“{newest.words}”)" if newest and newest.words else ""
    group = toll.scope.group.words or toll.scope.group.status or "people"
    return f"{toll.root or 'nobody named'}{day}: {toll.scope.harm}, {group}: {_count(toll.figure.count)}{words}"


def _graded(grade: Grade | None) -> Record:
    """What people graded; a word that nobody decided on stays a proposal."""
    if grade is None:
        return {}
    if not grade.decision:
        return {"proposed_grade": grade.word}
    return {
        "grade_source": grade.source, "grade_information": int(grade.information) if grade.information else None,
        "grade_word": grade.word,
    }  # fmt: skip


def assessment_records(
    assessments: Iterable[Assessment], incidents: Mapping[str, Incident], claims: Mapping[str, Claim], veil: Veil
) -> Iterator[Record]:
    """What the team holds. Who made it and who read it again are left out: those who work on a case go by no name."""
    for one in assessments:
        incident = incidents.get(one.about)
        yield {
            "id": one.id, "about": one.about, "code": incident.code if incident else "",
            "title": veil(incident).title if incident else "", "harm": str(one.harm), "low": one.count.low,
            "high": one.count.high, "cells": "; ".join(map(_cell, one.cells)), "residual": one.residual,
            "level": one.level, "standing": one.standing, "relied": "; ".join(one.relied),
            "words": _words([claims[key] for key in one.relied if key in claims], veil),
            "set_aside": "; ".join(one.set_aside), "reason": veil(one).reason, "reading": one.reading,
        }  # fmt: skip


def _cell(cell: Cell) -> str:
    """In the form that `decide` takes.

    >>> _cell(Cell(4, 6, status="civilian", sex="female")), _cell(Cell(3, None))
    ('4-6 status=civilian sex=female', '3+')
    """
    facets = (("status", cell.status), ("sex", cell.sex), ("age", cell.age), ("cause", cell.cause))
    return " ".join([_count(cell.count), *(f"{name}={told}" for name, told in facets if told)])


def _count(count: Count) -> str:
    if count.high is None:
        return f"{count.low}+"
    return str(count.low) if count.low == count.high else f"{count.low}-{count.high}"


def _words(claims: Sequence[Claim], veil: Veil) -> str:
    return "; ".join(f"“{veil.words(one.quote, one.report)}”" for one in claims)


def problem_records(
    found: Iterable[tuple[str, Problem]], stakes: Mapping[str, int], workers: Iterable[str], veil: Veil
) -> Iterator[Record]:
    """Open problems under their ids, which do not follow from words that are masked. `workers` are those who decide:
    a problem of a decision says whose it is, and they go by no name here.
    """
    ours = re.compile("|".join(rf"(?<=\(){re.escape(one)}(?=, \d{{4}}-)|(?<= by ){re.escape(one)}(?=:)" for one in
                               sorted(workers, key=len, reverse=True)) or r"(?!)")  # fmt: skip
    for key, problem in found:
        shown = veil(problem)
        offer = shown.proposes
        yield {
            "id": key, "kind": shown.kind, "what": ours.sub(OURS, shown.what), "report": shown.report,
            "quote": shown.quote, "settle": shown.settle, "changes": shown.changes, "at_stake": stakes.get(key, 0),
            "claims": "; ".join(shown.claims),
            "proposes": f"{offer.verb} {offer.about} {json.dumps(offer.details, ensure_ascii=False)}" if offer else "",
        }  # fmt: skip
