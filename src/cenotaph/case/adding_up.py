"""Links claims, then works out again the groups that changed; the others stay as they were."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, Engine

from cenotaph.case import cache, tables, worked
from cenotaph.case.bounds import bounds_of
from cenotaph.case.codes import coded
from cenotaph.case.decisions import Decided
from cenotaph.case.hiding import linked_apart
from cenotaph.case.reading import Reader
from cenotaph.reconcile import Concerning, Group, groups, placed, reconciled
from cenotaph.vocabulary import Decision, Incident, Linked, Problem, Report, Rooted, Tether, Toll

__all__ = ["AddedUp", "Marks", "add_up", "linked", "store_group"]


@dataclass(frozen=True, slots=True)
class AddedUp:
    """How many claims and groups of claims there are, and how many of the groups were worked out now."""

    claims: int = 0
    groups: int = 0
    worked: int = 0


def add_up(
    engine: Engine, made: Decided, reports: Mapping[str, Report], decisions: Sequence[Decision], reader: Reader,
    history: Sequence[Decision], upto: worked.Stamp,
) -> AddedUp:  # fmt: skip
    """Everything that is made of claims, brought up to date in one transaction. `history` has undone decisions too;
    `upto` is how far the journal had gone when they were read.

    What was worked out from later decisions meanwhile gives way, so that all that stands in the store is of one moment;
    the stamp says that those decisions are to be worked out again.
    """
    found = linked_apart(made.claims, reports, decisions)
    found = replace(found, incidents=coded(found.incidents, history))
    where, decided = placed(found), Concerning.of(decisions)
    marks = Marks.of(found, reports, decided, reader)
    whole = list(groups(made.claims, found))
    keys = {group.id: marks.key(group) for group in whole}
    fresh: dict[str, tuple[list[Toll], list[Problem]]] = {}

    def work_out(known: Mapping[str, str]) -> list[Group]:
        todo = [group for group in whole if known.get(group.id) != keys[group.id]]
        for group in todo:
            if group.id not in fresh:
                fresh[group.id] = reconciled(group, reports, where, decided.group(group), reader.rules)
        return todo

    with engine.connect() as connection:
        known = cache.group_keys_of(connection)
    work_out(known)  # nobody who decides waits while this takes its time
    with tables.writing(engine) as connection:
        known = cache.group_keys_of(connection)
        for gone in set(known) - set(keys):
            cache.drop_group(connection, gone)
        todo = work_out(known)
        for group in todo:
            store_group(connection, group, keys[group.id], marks, *fresh[group.id])
        across = {one.id: one for one in (*made.problems, *found.problems)}
        cache.store_all(connection, tables.undecided, list(across.items()))
        cache.store_all(connection, tables.tethers, [(f"{one.one} | {one.other}", one) for one in found.tethers])
        worked.whole_build(connection, upto)
    return AddedUp(len(made.claims), len(whole), len(todo))


def store_group(
    connection: Connection, group: Group, key: str, marks: Marks, tolls: Iterable[Toll], problems: Iterable[Problem]
) -> None:
    """What was made of one group in place of what was made of it before."""
    parts: dict[Any, list[tuple[str, Any]]] = {
        tables.tolls: [(one.id, one) for one in tolls],
        tables.unclear: [(one.id, one) for one in problems],
        tables.incidents: [(one.id, one) for one in marks.incidents.get(group.id, ())],
        tables.bounds: bounds_of(marks.incidents.get(group.id, ())),
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
class Marks:
    """What a group's results rest on, so that a group with the same key has the same results."""

    roots: Mapping[str, Rooted]
    incidents: Mapping[str, Sequence[Incident]]
    reports: Mapping[str, str]
    decided: Concerning
    reader: str

    @classmethod
    def of(cls, found: Linked, reports: Mapping[str, Report], decided: Concerning, reader: Reader) -> Marks:
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
