"""What the team itself holds of the whole case, worked out on the incidents that it speaks of and no others."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import sqlalchemy as sa

from cenotaph.case import tables as built
from cenotaph.case.anchors import reattached
from cenotaph.case.part import Part, groups_of, values_by
from cenotaph.desk import Desk, tables
from cenotaph.desk.claims_now import batches, counts
from cenotaph.desk.history import History
from cenotaph.reconcile.assessments import assessments
from cenotaph.reconcile.ledger import ledger, unfit
from cenotaph.vocabulary import Assessment, Decision, Incident, Link, Problem

__all__ = ["OURS", "TeamHeld", "known_as", "named_in", "rejoined", "team_held"]

OURS = ("assessment", "ledger")
"""Kinds of problems that follow from what the team holds."""
_CLAIM = re.compile(r"claim:[0-9a-f]{16}")
SAID = ("assess", "sign off", "withdraw", "settle")


@dataclass(frozen=True, slots=True)
class TeamHeld:
    """Assessments, and what of them and of their ledgers a person must look at, settled or not; the incidents that they
    speak of, by id.
    """

    assessments: Sequence[Assessment] = ()
    problems: Sequence[Problem] = ()
    incidents: Mapping[str, Incident] = field(default_factory=dict)


def team_held(desk: Desk, history: History) -> TeamHeld:
    """As State.assessments and State.ledgers would tell of all incidents."""
    said = rejoined(desk, history.of_verbs(*SAID))
    if not any(one.verb in ("assess", "sign off") or one.about.startswith("assessment:") for one in said):
        return TeamHeld()
    made = [one for one in said if one.verb == "assess"]
    incidents = _spoken_of(desk, made)
    relied = {claim for one in made for claim in _list(one, "relied")}
    held, problems = assessments(said, list(incidents.values()), figures=counts(desk, history, relied))
    for beside in _named(desk, {each.other for one in held for each in one.overlaps}):
        incidents.setdefault(beside.id, beside)
    harms = {str(one.harm): one.harm for one in held}
    ledgers = [one for _, harm in sorted(harms.items()) for one in ledger(held, list(incidents.values()), harm)]
    return TeamHeld(held, [*problems, *(one for each in ledgers for one in unfit(each))], incidents)


def rejoined(desk: Desk, some: Sequence[Decision]) -> list[Decision]:
    """Decisions that stand, with the ids that their claims have now: only where one goes by another id is looked for
    by its words.
    """
    anchors = {key: at for one in some for key, at in (one.details.get("anchors") or {}).items()}
    lost = set(anchors) - _there(desk, anchors)
    if not lost:
        return list(some)
    reports = sorted({str(anchors[one][0]) for one in lost})
    part = Part(desk.case, reports, (), desk.history.of_reports(reports))
    return reattached(some, part.claims())[0]


def _there(desk: Desk, claims: Iterable[str]) -> set[str]:
    """Those of these claims that count."""
    query = sa.select(tables.claims.c.claim)
    asked = (query.where(tables.claims.c.claim.in_(some)) for some in batches(claims))
    return {str(one) for each in asked for one in desk.rows(each, scalars=True)}


def known_as(desk: Desk, names: Collection[str]) -> dict[str, str]:
    """The incidents that go by these ids or codes now, by those."""
    table = tables.incidents.c
    found: dict[str, str] = {}
    for some in batches(set(names) - {""}):
        query = sa.select(table.incident, table.code).where(sa.or_(table.incident.in_(some), table.code.in_(some)))
        for row in desk.rows(query):
            found |= {
                str(name): str(row["incident"]) for name in (row["code"], row["incident"]) if name in some and name
            }
    return found


def named_in(problem: Problem) -> set[str]:
    """The claims that a problem names, in its words too."""
    return {*problem.claims, *_CLAIM.findall(problem.what)}


def _list(one: Decision, name: str) -> list[str]:
    return [str(claim) for claim in one.details.get(name) or ()]


def _spoken_of(desk: Desk, made: Sequence[Decision]) -> dict[str, Incident]:
    """The incidents that assessments are of, with all of the same episodes."""
    claims = {claim for one in made for name in ("relied", "set_aside", "seen") for claim in _list(one, name)}
    about = known_as(desk, {one.about for one in made}).values()
    with desk.case.told(), desk.case.engine.connect() as connection:
        group = sa.select(built.incidents.c.group)
        groups = set(groups_of(connection, claims))
        for some in batches(about):
            groups |= set(connection.execute(group.where(built.incidents.c.id.in_(some))).scalars())
    found: dict[str, Incident] = {}
    for some in batches(sorted(groups), 50):
        found |= {one.id: one for one in _incidents(desk, built.incidents.c.group, some)}
    return found


def _named(desk: Desk, names: Collection[str]) -> list[Incident]:
    return _incidents(desk, built.incidents.c.id, set(known_as(desk, names).values()))


def _incidents(desk: Desk, column: sa.Column[str], values: Collection[str]) -> list[Incident]:
    """Without the reasons for which claims stand in them, which are most of what they hold."""
    with desk.case.told(), desk.case.engine.connect() as connection:
        found = values_by(connection, built.incidents, Incident, column, values)
    return [replace(one, links=tuple(Link(claim, ()) for claim in one.claims)) for _, one in found]
