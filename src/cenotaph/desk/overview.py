"""The case at a glance: what is new, what waits, what roots say side by side, what the team itself holds."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa

from cenotaph.case import cache
from cenotaph.case import tables as built
from cenotaph.desk import Desk, tables
from cenotaph.desk.kept import kept, kept_of_claims
from cenotaph.desk.requests import shown_decision
from cenotaph.publish.veil import Veil
from cenotaph.vocabulary import Decision, Ledger, Problem, Toll

__all__ = ["Episode", "Held", "Overview", "Standing", "Waiting", "overview"]

EPISODES, HARMS, ROOTS = 3, 4, 6
WAITING, DECIDED = 5, 8
COUNTS = ("reports", "claims", "read", "twice", "incidents", "problems", "proposals")
LARGE = 5_000
"""Claims of incidents up to which our own assessments of them are added up on this page."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """An open problem, with the people in the largest figure that hangs on it."""

    id: str
    problem: Problem
    stake: int
    claims: int


@dataclass(frozen=True, slots=True)
class Standing:
    """One harm in one episode: of each root the newest figure of its largest set, never added; `more` are left out."""

    harm: str
    tolls: Sequence[Toll]
    more: int


@dataclass(frozen=True, slots=True)
class Episode:
    incident: str
    title: str
    claims: int
    reports: int
    harms: Sequence[Standing]


@dataclass(frozen=True, slots=True)
class Held:
    """Our own totals. `elsewhere` counts assessments of incidents too large to be added up here: no total is complete
    then, and none is given.
    """

    ledgers: Sequence[Ledger] = ()
    elsewhere: int = 0


@dataclass(frozen=True, slots=True)
class Overview:
    counts: Mapping[str, Any]
    waiting: Sequence[Waiting]
    episodes: Sequence[Episode]
    held: Held
    decided: Sequence[Decision]


def overview(desk: Desk, *, unmasked: bool = False) -> Overview:
    """As the tables stand; the newest decision first."""

    def make() -> Overview:
        episodes, held, waiting = _episodes(desk, unmasked), _held(desk, unmasked), _waiting(desk, unmasked)
        veil = None if unmasked else desk.veil
        last = [shown_decision(one, veil) for one in reversed(desk.history.all[-DECIDED:])]
        return Overview(_counts(desk), waiting, episodes, held, last)

    return kept(desk, ("overview", unmasked), make)


def _shown(desk: Desk, value: Any, unmasked: bool) -> Any:
    return value if unmasked else desk.veil(value)


def _counts(desk: Desk) -> Mapping[str, Any]:
    with desk.case.told(), desk.case.engine.connect() as connection:
        found: Mapping[str, Any] = json.loads(tables.value(connection, "counts", "{}"))
    return {**dict.fromkeys(COUNTS, 0), "states": {}, **found}


def _waiting(desk: Desk, unmasked: bool) -> list[Waiting]:
    """What most hangs on."""
    table = tables.problems
    query = sa.select(table).order_by(table.c.stake.desc(), table.c.claims.desc(), table.c.problem.desc())
    return [
        Waiting(
            str(row["problem"]), _shown(desk, cache.unpacked(Problem, row["data"]), unmasked), int(row["stake"]),
            int(row["claims"]),
        )
        for row in desk.rows(query.limit(WAITING))
    ]  # fmt: skip


# --- what roots say ---------------------------------------------------------------------------------------------------


def _episodes(desk: Desk, unmasked: bool) -> list[Episode]:
    """Those that most claims speak of."""
    found = kept_of_claims(desk, "episodes", lambda: _raw_episodes(desk))
    return found if unmasked else [_masked(desk.veil, one) for one in found]


def _raw_episodes(desk: Desk) -> list[Episode]:
    table = tables.incidents
    query = sa.select(table).where(table.c.parent == "").order_by(table.c.claims.desc(), table.c.incident)
    return [_episode(desk, row) for row in desk.rows(query.limit(EPISODES))]


def _episode(desk: Desk, row: Mapping[str, Any]) -> Episode:
    by_harm: dict[str, list[Toll]] = defaultdict(list)
    for toll in _tolls(desk, str(row["group"]), str(row["incident"])):
        by_harm[str(toll.scope.harm)].append(toll)
    ordered = sorted(by_harm, key=lambda harm: (-sum(len(one.claims) for one in by_harm[harm]), harm))
    harms = [_standing(harm, by_harm[harm]) for harm in ordered[:HARMS]]
    return Episode(str(row["incident"]), str(row["title"]), int(row["claims"]), int(row["reports"]), harms)


def _masked(veil: Veil, one: Episode) -> Episode:
    harms = [replace(each, tolls=[veil(toll) for toll in each.tolls]) for each in one.harms]
    return replace(one, title=veil.words(one.title), harms=harms)


def _tolls(desk: Desk, group: str, incident: str) -> list[Toll]:
    """Those of an episode itself, by roots that have a name."""
    mine, table = tables.tolls.c, built.tolls
    ids = sa.select(mine.toll).where(mine.group == group, mine.incident == incident)
    query = sa.select(table.c.data).where(table.c.group == group, table.c.id.in_(ids))
    found = [cache.unpacked(Toll, data) for data in desk.rows(query, scalars=True)]
    roots = tables.roots.c
    named = set(
        desk.rows(
            sa.select(roots.root).where(roots.named == 1, roots.root.in_({one.root for one in found})), scalars=True
        )
    )
    return [one for one in found if one.root in named]


def _standing(harm: str, tolls: Iterable[Toll]) -> Standing:
    """Of each root its largest figure, with the series that it stands in."""
    largest: dict[str, Toll] = {}
    for toll in sorted(tolls, key=lambda one: (-one.figure.low, -len(one.claims), one.id)):
        largest.setdefault(toll.root, toll)
    told = sorted(largest.values(), key=lambda one: (-len(one.claims), -one.figure.low, one.root))
    return Standing(harm, told[:ROOTS], len(told[ROOTS:]))


# --- what we hold -----------------------------------------------------------------------------------------------------


def _held(desk: Desk, unmasked: bool) -> Held:
    about = {one.about for one in desk.history.of_verbs("assess")}
    if not about:
        return Held()
    table = tables.incidents.c
    rows = desk.rows(
        sa.select(table.group, table.incident).where(sa.or_(table.incident.in_(about), table.code.in_(about)))
    )
    groups = sorted({str(row["group"]) for row in rows})
    claims = tables.claims.c
    some = sa.select(sa.literal(1)).where(claims.group.in_(groups)).limit(LARGE + 1).subquery()
    if int(desk.rows(sa.select(sa.func.count()).select_from(some), scalars=True)[0]) > LARGE:
        return Held(elsewhere=len(about))
    part = desk.part(groups=groups)
    return Held(part.state().ledgers() if unmasked else desk.shown(part).ledgers())
