"""What decisions touch is worked out at once: their groups alone, as a whole build would; the rest waits for one.

A decision that speaks of the whole case (a name's place, whose voice a name is everywhere) waits as a whole. One that
changes a claim, or what is told apart, is worked out in the groups that it can be shown to touch; as linking compares
claims over the whole case, what else may follow from it waits for the next whole build, and is noted as waiting. The
stamp moves in the transaction that stores the groups, so that a crash leaves nothing half done.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

import sqlalchemy as sa
from sqlalchemy import Connection

from cenotaph.case import bounds, cache, known, tables, worked
from cenotaph.case.adding_up import store_group
from cenotaph.case.journal import Row
from cenotaph.case.nearby import Built, Look, looks
from cenotaph.case.part import groups_of, values_by
from cenotaph.case.victims import SAME_PERSON
from cenotaph.decided import standing
from cenotaph.link.proposals import still_open
from cenotaph.link.traces import Trace
from cenotaph.plain import canonical
from cenotaph.reconcile import reconciled
from cenotaph.vocabulary import Decision, Incident, Problem, Tether, Toll

if TYPE_CHECKING:
    from cenotaph.case import Case

__all__ = ["AtOnce", "Past", "work_out"]

MOST = 3_000
"""Claims of groups that only lie near what was decided on, up to which they are worked out with it: about a second."""
AT_A_TIME = 8
"""Decisions that are worked out together: the groups of a hundred would fill the memory of a server."""
TIMES = 8
"""Steps in which groups are found that others lead to."""

CHANGING = ("accept", "correct", "reject", "add", "withdraw", "alias")
LINKS = ("must-link", "cannot-link")
CODING = ("assess", "sign off", "grade", "withdraw")
LATER = ("place",)


@dataclass(frozen=True, slots=True)
class AtOnce:
    """What was done: the groups that are others now or gone, the decisions that were taken in, and of the problems of
    no group those that are answered, each with its report, and those that are new. `more` where others wait for the
    next call.
    """

    groups: frozenset[str] = frozenset()
    decisions: Sequence[Decision] = ()
    answered: Mapping[str, str] = field(default_factory=dict)
    asked: Sequence[Problem] = ()
    more: bool = False


class Past(Protocol):
    """All decisions, as they stand on newest versions."""

    @property
    def all(self) -> Sequence[Decision]: ...

    @property
    def made(self) -> Mapping[str, str]:
        """The claims that people made, by id, with their report."""

    def of_reports(self, reports: Iterable[str]) -> Sequence[Decision]:
        """Those that may speak of these reports, in their order."""


@dataclass(frozen=True)
class Asked:
    """The decisions since the stamp, `now` those that are worked out; of each what it gives or takes back in the end.
    What nothing built knows of is `aside`: what waits as a whole, from now on (`later`) or since before, and what comes
    `after_these`.
    """

    past: Past
    upto: worked.Stamp
    rows: Mapping[str, Row]
    now: Sequence[Decision]
    bases: Mapping[str, Decision]
    later: frozenset[str]
    aside: frozenset[str]
    after_these: frozenset[str]

    def before(self, history: Iterable[Decision]) -> list[Decision]:
        return [one for one in history if (name := one.id) not in self.rows and name not in self.aside]

    def after(self, history: Iterable[Decision]) -> list[Decision]:
        return [one for one in history if one.id not in self.aside]

    def none_now(self) -> Asked:
        every = frozenset(self.rows)
        return replace(self, now=(), later=every, aside=self.aside | every)


def work_out(case: Case, past: Past) -> AtOnce:
    """Works out what was decided since the last time, or the first of it.

    Where the stamp moved meanwhile, another process was quicker; nothing is stored then and the next call goes on.
    """
    with case.told():
        with case.engine.connect() as connection:
            upto, stamp = worked.reached(connection), worked.stamp(connection)
            every = worked.since(connection, stamp)
            waiting = worked.left(connection)
        if not every:
            return AtOnce()
        fresh = _first(every, stamp)
        rest = [one for _, one in every[len(fresh) :]]
        if rest:
            upto = {**upto, fresh[-1][0].chain: fresh[-1][0].seq}
        with tables.writing(case.engine) as connection:
            known.catch_up(connection)
            bounds.make(connection)
        asked = _asked(past, fresh, {one.decision for one in waiting if one.whole}, upto, rest)
        found = _near(case, asked) if stamp and asked.now else None
        if found is None and asked.now:
            asked = asked.none_now()
        return _stored(case, asked, found, stamp)


# --- which decisions ------------------------------------------------------------------------------------------------


def _first(fresh: Sequence[tuple[Row, Decision]], stamp: worked.Stamp) -> Sequence[tuple[Row, Decision]]:
    """As many as are worked out together: all where they stand in several chains, whose order only the whole tells."""
    alone = stamp and len({row.chain for row, _ in fresh}) == 1
    return sorted(fresh, key=lambda one: one[0].seq)[:AT_A_TIME] if alone else fresh


def _asked(
    past: Past, fresh: Sequence[tuple[Row, Decision]], whole: Collection[str], upto: worked.Stamp,
    rest: Iterable[Decision],
) -> Asked:  # fmt: skip
    rows = {one.id: row for row, one in fresh}
    bases = {one.id: base for _, one in fresh if (base := _base(one, past)) is not None}
    later, now = set[str](), list[Decision]()
    for _, one in fresh:
        base = bases.get(one.id)
        if base is None or base.id in later or base.id in whole or _speaks_of_all(base, past, rows):
            later.add(one.id)
        else:
            now.append(one)
    after = frozenset(one.id for one in rest)
    return Asked(past, upto, rows, now, bases, frozenset(later), frozenset({*later, *whole, *after}), after)


def _base(one: Decision, past: Past) -> Decision | None:
    """What an undo takes back or gives back in the end, else the decision itself, as it stands on newest versions."""
    same = (each for each in reversed(past.all) if each.when == one.when)
    found = next((each for each in same if each.id == one.id), None)
    while found is not None and found.verb == "undo":
        about = found.about
        found = next((each for each in reversed(past.all) if each.id == about), None)
    return found


def _speaks_of_all(base: Decision, past: Past, fresh: Collection[str]) -> bool:
    """Whether only a whole build can tell what follows."""
    if base.verb in LATER:
        return True
    if base.verb == "alias":
        return not (base.about.startswith("claim:") or base.report)
    if base.verb == "triage":
        said = [one for one in past.of_reports([base.about]) if one.verb == "triage" and one.about == base.about]
        return any(one.details.get("as") == "out of scope" for one in said)
    return False


def _reads_more(one: Decision, base: Decision, changed: frozenset[str]) -> bool:
    """Whether other groups may change too: linking sees other claims now, or what was answered is asked again."""
    if base.verb in ("settle", "relate"):
        return one.verb == "undo"
    if base.verb in LINKS:
        return base.verb == "cannot-link" or base.details.get("as") == SAME_PERSON or one.verb == "undo"
    if base.verb in ("alias", "withdraw"):
        return base.verb == "alias" or base.about.startswith("claim:")
    return base.verb in CHANGING and not changed.isdisjoint(_claims(base))


def _claims(one: Decision) -> Iterator[str]:
    """The claims that a decision is about or makes."""
    made = one.details.get("claim")
    told = (one.about, one.details.get("with"), made.get("id") if isinstance(made, Mapping) else None)
    yield from (str(name) for name in told if isinstance(name, str) and name.startswith("claim:"))


# --- which groups ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Found:
    """Groups before and after, each worked out by itself."""

    before: Look
    after: Look

    @cached_property
    def changed(self) -> frozenset[str]:
        """The claims that came, went, or say something else."""
        one, other = self.before.around, self.after.around
        differ = (key for key in one.keys() | other.keys() if one.get(key) != other.get(key))
        return frozenset(key for key in differ if canonical(one.get(key)) != canonical(other.get(key)))


def _near(case: Case, asked: Asked) -> Found | None:
    """The groups that the decisions touch; None where these groups alone do not tell it as the last build did."""
    bases = [asked.bases[one.id] for one in asked.now]
    reports = {report for one in bases if one.verb in (*CHANGING, *LINKS) for report in _reports(one)}
    with case.engine.connect() as connection:
        named = _named(connection, bases)
    for near in (True, False):
        if (found := _closed(case, asked, set(named), reports, near=near)) is not None:
            return found
    return None


def _closed(case: Case, asked: Asked, some: set[str], reports: Collection[str], *, near: bool) -> Found | None:
    for _ in range(TIMES):
        built = Built.of(case, some, reports, asked.past)
        history = asked.past.of_reports(built.reports)
        found = Found(*looks(case, built, some, asked.before(history), asked.after(history)))
        with case.engine.connect() as connection:
            more = _led_to(connection, found) - some
            if near and not more:
                more, near = _beside(connection, found, some), False
        if more:
            some |= more
        elif dict(found.before.keys) == dict(built.keys):
            return found
        elif guests := {*found.before.guests_of, *found.after.guests_of} - some:
            some |= guests
        else:
            return None
    return None


def _reports(one: Decision) -> Iterator[str]:
    claim = one.details.get("claim")
    yield from (str(report) for report in (one.report, claim.get("report") if claim else "") if report)


def _named(connection: Connection, bases: Sequence[Decision]) -> set[str]:
    """The groups of what decisions name: claims, incidents, and claims that were seen of these."""
    claims = {name for one in bases for name in _claims(one)}
    coding = [one for one in bases if one.verb in CODING]
    claims |= {str(name) for one in coding for name in one.details.get("seen") or () if isinstance(name, str)}
    incidents = {one.about for one in coding if one.about.startswith(("incident:", "episode:"))}
    held = values_by(connection, tables.incidents, Incident, tables.incidents.c.id, incidents)
    return {*groups_of(connection, claims), *(one.parent or one.id for _, one in held)}


def _led_to(connection: Connection, found: Found) -> set[str]:
    """The groups that these lead to: of claims that changed, of parts and wholes of what moved, and where it goes."""
    before, after = found.before, found.after
    changed = found.changed
    more = {before.built.home[one] for one in changed if one in before.built.home}
    moved = changed | {one for one, group in after.home.items() if before.built.home.get(one) != group}
    for look in (before, after):
        for one in look.around.values():
            to = one.relation.to if one.relation else ""
            if to and (one.id in moved or to in moved):
                more |= {before.built.home[key] for key in (one.id, to) if key in before.built.home}
    return more | set(cache.some_group_keys(connection, after.keys))


def _beside(connection: Connection, found: Found, some: Collection[str]) -> set[str]:
    """The groups in whose area and days claims lie that linking sees otherwise now, if they are few."""
    before, after = ({one.id: one for one in look.traces} for look in (found.before, found.after))
    told: list[Trace] = []
    for key in found.changed:
        one, other = before.get(key), after.get(key)
        if one is None or other is None or _marks(one) != _marks(other) or not _in_episode(found.before, key):
            told += [each for each in (one, other) if each is not None]
    near = bounds.groups_near(connection, told)
    there = {one.report for one in told}
    near |= {
        found.before.built.home[key] for key, one in found.before.around.items() if one.report in there
    }  # what one report tells is often of one thing
    near -= set(some)
    counted = sa.select(sa.func.count()).select_from(tables.rooted).where(tables.rooted.c.group.in_(near))
    return near if near and int(connection.execute(counted).scalar_one()) <= MOST else set()


def _in_episode(look: Look, claim: str) -> bool:
    return look.built.home.get(claim, "").startswith("episode:")


def _marks(one: Trace) -> tuple[object, ...]:
    """All by which linking finds what a claim can be about, without its figure."""
    return (one.root, one.said, one.areas, one.spot, one.fine, one.vague, one.first, one.last, one.sharp, one.long,
            one.total, one.happened, one.taken, one.follows, str(one.claim.harm), one.claim.reach, one.claim.means,
            one.claim.group.names, one.figure if one.striking else None)  # fmt: skip


# --- and stored -----------------------------------------------------------------------------------------------------


def _stored(case: Case, asked: Asked, found: Found | None, stamp: worked.Stamp) -> AtOnce:
    worked_out = _worked(case, found) if found else {}
    gone = set(found.before.built.keys) - set(found.after.keys) if found else set()
    with tables.writing(case.engine) as connection:
        if worked.stamp(connection) != stamp or (found and _moved_on(connection, found)):
            return AtOnce()
        for one in gone:
            cache.drop_group(connection, one)
        for one, (tolls, problems) in worked_out.items():
            assert found is not None
            store_group(connection, found.after.groups[one], found.after.keys[one], found.after.marks, tolls, problems)
        answered, fresh = _across(connection, asked, found)
        changed = found.changed if found else frozenset[str]()
        waits = [one.id for one in asked.now if _reads_more(one, asked.bases[one.id], changed)]
        worked.wait(connection, {asked.rows[one]: (one, one in asked.later) for one in (*waits, *asked.later)})
        worked.note(connection, asked.upto)
    return AtOnce(frozenset({*gone, *worked_out}), asked.now, answered, fresh, bool(asked.after_these))


def _worked(case: Case, found: Found) -> dict[str, tuple[list[Toll], list[Problem]]]:
    after, known = found.after, found.before.built.keys
    decided = after.marks.decided
    return {
        key: reconciled(group, after.built.reports, after.where, decided.group(group), case.rules)
        for key, group in after.groups.items() if known.get(key) != after.keys[key]
    }  # fmt: skip


def _moved_on(connection: Connection, found: Found) -> bool:
    known = found.before.built.keys
    return cache.some_group_keys(connection, {*known, *found.after.keys}) != dict(known)


def _across(connection: Connection, asked: Asked, found: Found | None) -> tuple[dict[str, str], Sequence[Problem]]:
    """What is of no group: how two roots hang together, and problems that are answered, or speak of what is gone. Gives
    the ids of problems that went with their reports, and those that came.
    """
    for one in standing(asked.now):
        if one.verb == "relate":
            _relate(connection, one)
    if found is None:
        return {}, ()
    table = tables.undecided
    before, after = ({one.id: one for one in look.problems} for look in (found.before, found.after))
    lost = {one.id: one.report for one in (*_answered(connection, asked, found), *before.values())}
    gone = {key: report for key, report in lost.items() if key not in after}
    went = {
        key: report for key, report in gone.items()
        if connection.execute(sa.delete(table).where(table.c.id == key)).rowcount
    }  # fmt: skip
    fresh = [one for key, one in after.items() if key not in before]
    last = int(connection.execute(sa.select(sa.func.max(table.c.position))).scalar() or 0)
    for at, told in enumerate(fresh, last + 1):
        connection.execute(sa.insert(table), {"position": at, "id": told.id, "data": cache.packed(told)})
    return went, fresh


def _answered(connection: Connection, asked: Asked, found: Found) -> Iterator[Problem]:
    stand = [*found.after.stand, *standing(asked.now)]
    names = {name for one in asked.now for name in (one.about, *_claims(one)) if one.verb != "undo"} | found.changed
    gone = found.before.around.keys() - found.after.around.keys()
    placed = {claim for one in found.after.incidents for claim in one.claims}
    for told in _naming(connection, names).values():
        stays = still_open([told], stand) and not gone & set(told.claims)
        if not stays or (told.kind == "no incident" and placed & set(told.claims)):
            yield told


def _naming(connection: Connection, names: Collection[str]) -> dict[str, Problem]:
    """The problems of no group in which one of these ids or names stands."""
    table, found = tables.undecided, dict[str, Problem]()
    for name in names:
        query = sa.select(table.c.id, table.c.data).where(table.c.data.contains(name, autoescape=True))
        found |= {row.id: cache.unpacked(Problem, row.data) for row in connection.execute(query)}
    return found


def _relate(connection: Connection, one: Decision) -> None:
    first, second = sorted((one.about, str(one.details["with"])))
    told = Tether(first, second, one.details["independence"], one.why or "decided", decision=one.id)
    table, key = tables.tethers, f"{first} | {second}"
    there = connection.execute(sa.select(table.c.position).where(table.c.id == key)).scalar()
    connection.execute(sa.delete(table).where(table.c.id == key))
    last = connection.execute(sa.select(sa.func.max(table.c.position))).scalar()
    at = there if there is not None else int(last or 0) + 1
    connection.execute(sa.insert(table), {"position": at, "id": key, "data": cache.packed(told)})
