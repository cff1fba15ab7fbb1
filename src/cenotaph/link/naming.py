"""An incident as the house shows it: its id from the earliest anchor, a title that says what, where and when."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence

from cenotaph.link.hosts import Host, Member
from cenotaph.link.traces import Path
from cenotaph.vocabulary import Harm, Incident, Link, Period, Place, Scope, content_id

__all__ = ["named"]


def named(hosts: Sequence[Host]) -> tuple[Incident, ...]:
    """The incidents, earliest first, each episode before what it holds."""
    ids = {id(host): _id(host) for host in hosts}
    made = [_incident(host, ids) for host in sorted(hosts, key=lambda host: (host.earliest.order, host.kind))]
    return tuple(made)


def _id(host: Host) -> str:
    first = host.earliest
    return content_id(host.kind, first.report, first.order[2:], str(first.claim.harm))


def _incident(host: Host, ids: dict[int, str]) -> Incident:
    members = sorted(host.members.values(), key=lambda member: member.trace.order)
    codes = tuple(sorted({code for member in members for code in member.trace.claim.harm.codes}))
    place = _place(host, members)
    period = Period("", host.first, None if host.kind == "episode" else host.last) if host.first else None
    return Incident(
        id=ids[id(host)],
        title=_title(host, members, place),
        kind=host.kind,
        scope=Scope(Harm(codes), place=place, period=period),
        parent=ids.get(id(host.parent), "") if host.parent else "",
        links=tuple(Link(one.trace.id, one.reasons, one.assumed, one.decision) for one in members),
        areas=host.areas,
    )  # fmt: skip


def _place(host: Host, members: Sequence[Member]) -> Place | None:
    """The place of its earliest claim that has that area; for an episode all its areas together."""
    places = [member.trace.claim.place for member in members if member.trace.claim.place is not None]
    exact = [place for place in places if tuple(sorted(place.covers or (place.path,))) == host.areas]
    if exact:
        return exact[0]
    if not host.areas:
        return places[0] if places and host.kind == "incident" else None
    common = _common(host.areas)
    return Place("", ", ".join(area[-1] for area in host.areas), path=common, precision=5, covers=host.areas)


def _common(areas: Sequence[Path]) -> Path:
    shared: Path = areas[0]
    for area in areas[1:]:
        same = [one == other for one, other in zip(shared, area, strict=False)]
        shared = shared[: same.index(False) if False in same else len(same)]
    return shared


def _title(host: Host, members: Sequence[Member], place: Place | None) -> str:
    counted = Counter(code for one in members if not one.trace.follows for code in one.trace.claim.harm.codes)
    harms = " and ".join(code for code, _ in counted.most_common(2))
    where = (place.name or place.words) if place else ""
    return ", ".join(part for part in (harms, where, _when(host)) if part)


def _when(host: Host) -> str:
    if host.first is None:
        return ""
    if host.kind == "episode":
        return f"from {_day(host.first)}"
    same = host.last in (None, host.first)
    return _day(host.first) if same else f"{_day(host.first)} to {_day(host.last or host.first)}"


def _day(day: dt.date) -> str:
    return f"{day.day} {day:%B %Y}"
