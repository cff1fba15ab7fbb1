"""Links claims, then works out again the groups that changed; the others stay as they were."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, Engine

from cenotaph.case import cache, tables
from cenotaph.case.codes import coded
from cenotaph.case.decisions import Decided
from cenotaph.case.hiding import linked_apart
from cenotaph.case.reading import Reader
from cenotaph.reconcile import Concerning, Group, groups, placed, reconciled
from cenotaph.vocabulary import Decision, Incident, Linked, Problem, Report, Rooted, Tether, Toll

__all__ = ["AddedUp", "add_up", "linked"]


@dataclass(frozen=True, slots=True)
class AddedUp:
    """How many claims and groups of claims there are, and how many of the groups were worked out now."""

    claims: int = 0
    groups: int = 0
    worked: int = 0


def add_up(
    engine: Engine, made: Decided, reports: Mapping[str, Report], decisions: Sequence[Decision], reader: Reader,
    history: Sequence[Decision],
) -> AddedUp:  # fmt: skip
    """Everything that is made of claims, brought up to date in one transaction. `history` has undone decisions too."""
    found = linked_apart(made.claims, reports, decisions)
    found = replace(found, incidents=coded(found.incidents, history))
    where, decided = placed(found), Concerning.of(decisions)
    marks = _Marks.of(found, reports, decided, reader)
    whole = list(groups(made.claims, found))
    with engine.connect() as connection:
        known = cache.group_keys_of(connection)
    keys = {group.id: marks.key(group) for group in whole}
    todo = [group for group in whole if known.get(group.id) != keys[group.id]]
    fresh = [(group, reconciled(group, reports, where, decided.group(group), reader.rules)) for group in todo]
    with tables.writing(engine) as connection:
        for gone in set(known) - set(keys):
            cache.drop_group(connection, gone)
        for group, (tolls, problems) in fresh:
            _store(connection, group, keys[group.id], marks, tolls, problems)
        across = {one.id: one for one in (*made.problems, *found.problems)}
        cache.store_all(connection, tables.undecided, list(across.items()))
        cache.store_all(connection, tables.tethers, [(f"{one.one} | {one.other}", one) for one in found.tethers])
    return AddedUp(len(made.claims), len(whole), len(todo))


def _store(
    connection: Connection, group: Group, key: str, marks: _Marks, tolls: Iterable[Toll], problems: Iterable[Problem]
) -> None:
    parts: dict[Any, list[tuple[str, Any]]] = {
        tables.tolls: [(one.id, one) for one in tolls],
        tables.unclear: [(one.id, one) for one in problems],
        tables.incidents: [(one.id, one) for one in marks.incidents.get(group.id, ())],
        tables.rooted: [(claim.id, marks.roots[claim.id]) for claim in sorted(group.claims, key=lambda one: one.id)],
    }
    cache.store_group(connection, group.id, key, parts)


def linked(connection: Connection) -> Linked:
    """What the last build linked."""
    incidents = [one for _, one in cache.values(connection, tables.incidents, Incident)]
    return Linked(
        dict(cache.values(connection, tables.rooted, Rooted)),
        tuple(sorted(incidents, key=lambda one: (str(one.scope.period and one.scope.period.start), one.id))),
        tuple(one for _, one in cache.values(connection, tables.tethers, Tether)),
    )


@dataclass(frozen=True, slots=True)
class _Marks:
    """What a group's results rest on, so that a group with the same key has the same results."""

    roots: Mapping[str, Rooted]
    incidents: Mapping[str, Sequence[Incident]]
    reports: Mapping[str, str]
    decided: Concerning
    reader: str

    @classmethod
    def of(cls, found: Linked, reports: Mapping[str, Report], decided: Concerning, reader: Reader) -> _Marks:
        incidents: dict[str, list[Incident]] = defaultdict(list)
        for one in found.incidents:
            incidents[one.parent or one.id].append(one)
        told = {key: f"{one.outlet}|{one.name}|{one.published}" for key, one in reports.items()}
        return cls(found.roots, incidents, told, decided, f"{reader.digest}|{reader.rules!r}")

    def key(self, group: Group) -> str:
        digest = hashlib.sha256(self.reader.encode("utf-8", "surrogatepass"))
        for claim in sorted((*group.claims, *group.guests), key=lambda one: one.id):
            known = (cache.packed(claim), cache.packed(self.roots[claim.id]), self.reports[claim.report])
            digest.update("|".join(known).encode("utf-8", "surrogatepass"))
        for one in self.incidents.get(group.id, ()):
            digest.update(cache.packed(one).encode("utf-8", "surrogatepass"))
        decided = (one.id for one in self.decided.group(group))
        digest.update(",".join((*(claim.id for claim in group.guests), *decided)).encode())
        return digest.hexdigest()
