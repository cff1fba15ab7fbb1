"""Where and when each incident is, as last built: by this the groups are found that a claim can be about."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy import Connection

from cenotaph.case import cache, tables
from cenotaph.link.hosts import GAP, meets
from cenotaph.link.traces import Path, Trace
from cenotaph.vocabulary import Incident

__all__ = ["Bounds", "bounds_of", "groups_near", "make"]

FAR = dt.timedelta(days=GAP)


@dataclass(frozen=True, slots=True)
class Bounds:
    """The areas of an incident or episode, and its days; None where none is said."""

    areas: tuple[Path, ...] = ()
    first: dt.date | None = None
    last: dt.date | None = None

    @classmethod
    def of(cls, incident: Incident) -> Bounds:
        period = incident.scope.period
        return cls(incident.areas, period.start if period else None, period.end if period else None)

    def near(self, trace: Trace) -> bool:
        """Whether a claim can be about it, or about the same as what is in it, by its place and its days."""
        if not trace.areas or not self.areas or not meets(trace.areas, self.areas):
            return False
        first, last = trace.first or trace.said, trace.last or trace.said or trace.first
        if first is None or last is None or self.first is None:
            return True
        return self.first - FAR <= last and first <= max(self.last or dt.date.max - FAR, self.first) + FAR


def bounds_of(incidents: Iterable[Incident]) -> list[tuple[str, Bounds]]:
    return [(one.id, Bounds.of(one)) for one in incidents]


def make(connection: Connection) -> None:
    """For a case that was built before they were kept; the database must be open to write."""
    kept, whole = (
        connection.execute(sa.select(one.c.id).limit(1)).scalar() for one in (tables.bounds, tables.incidents)
    )
    if kept is not None or whole is None:
        return
    for some in _all(connection):
        connection.execute(sa.insert(tables.bounds), some)


def _all(connection: Connection) -> Iterator[list[dict[str, object]]]:
    """A hundred at a time: an episode's links are long."""
    query = sa.select(tables.incidents.c.group, tables.incidents.c.position, tables.incidents.c.id)
    places = connection.execute(query).all()
    for start in range(0, len(places), 100):
        found = []
        for group, position, name in places[start : start + 100]:
            where = sa.and_(tables.incidents.c.group == group, tables.incidents.c.position == position)
            data = connection.execute(sa.select(tables.incidents.c.data).where(where)).scalar_one()
            told = cache.packed(Bounds.of(cache.unpacked(Incident, data)))
            found.append({"group": group, "position": position, "id": name, "data": told})
        yield found


def groups_near(connection: Connection, traces: Sequence[Trace]) -> set[str]:
    """The groups with an incident that one of these claims can be about by place and days."""
    if not any(one.areas for one in traces):
        return set()
    found = set[str]()
    for row in connection.execute(sa.select(tables.bounds.c.group, tables.bounds.c.data)):
        if row.group not in found:
            known = cache.unpacked(Bounds, row.data)
            if any(known.near(one) for one in traces):
                found.add(row.group)
    return found
