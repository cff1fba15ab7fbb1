"""Some groups of a case by themselves: linked and keyed from their own claims, as a whole build would.

Linking compares claims over the whole case. Here only the claims of some groups are put together again, and that this
is enough is checked: the same is done for the decisions that stood at the last build, and must give what that build
gave, group by group. What a voice is known to be over the whole case stays as it was built, but where the decisions
since change what the reports themselves tell of it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy import Connection

from cenotaph.case import cache, evidence, tables
from cenotaph.case.adding_up import Marks
from cenotaph.case.anchors import reattached
from cenotaph.case.codes import coded
from cenotaph.case.decisions import decided
from cenotaph.case.hiding import linked_apart, unjoined
from cenotaph.case.part import values_by
from cenotaph.decided import standing, together
from cenotaph.link.incidents import gathered
from cenotaph.link.naming import named
from cenotaph.link.roots import rooted
from cenotaph.link.traces import Trace, traces
from cenotaph.plain import canonical
from cenotaph.reconcile import Concerning, Group, Placed, groups, placed
from cenotaph.vocabulary import Claim, Decision, Incident, Link, Linked, Problem, Report, Rooted

if TYPE_CHECKING:
    from cenotaph.case import Case
    from cenotaph.case.at_once import Past

__all__ = ["Built", "Look", "looks"]


@dataclass(frozen=True)
class Built:
    """What the store holds of some groups: their keys, roots and incidents; and of all claims of their reports, in
    which group each is and which root it has.
    """

    keys: Mapping[str, str]
    reports: Mapping[str, Report]
    read: Sequence[Claim]
    home: Mapping[str, str]
    roots: Mapping[str, Rooted]
    incidents: Mapping[str, Sequence[Incident]]

    @classmethod
    def of(cls, case: Case, some: Collection[str], more: Iterable[str], past: Past) -> Built:
        """Of these groups, with `more` reports."""
        with case.engine.connect() as connection:
            keys = cache.some_group_keys(connection, some)
            order = _in_order(connection, {*more, *_holding(connection, some, past)})
            reports = {one.id: one for one in evidence.some(connection, order)}
            newest = evidence.newest_of(connection, order)
            current = [one for one in order if newest.get(one, one) == one]
            read = cache.of_reports(connection, tables.claims, Claim, current)
            told = (one.details.get("claim") for one in past.of_reports(order) if one.verb in ("add", "correct"))
            ids = [*(one.id for one in read), *(str(one["id"]) for one in told if one)]
            home = {claim: group for group, claim in _homes(connection, ids)}
            roots = dict(values_by(connection, tables.rooted, Rooted, tables.rooted.c.id, ids))
            incidents: dict[str, list[Incident]] = {}
            for _, one in values_by(connection, tables.incidents, Incident, tables.incidents.c.group, some):
                incidents.setdefault(one.parent or one.id, []).append(one)
        return cls(keys, reports, read, home, roots, incidents)


def _holding(connection: Connection, some: Collection[str], past: Past) -> set[str]:
    """The reports whose claims are counted in these groups, those that people made among them."""
    wanted, found = list(some), set[str]()
    for start in range(0, len(wanted), cache.BATCH):
        held = sa.select(tables.rooted.c.id).where(tables.rooted.c.group.in_(wanted[start : start + cache.BATCH]))
        ids = list(connection.execute(held).scalars())
        for at in range(0, len(ids), cache.BATCH):
            asked = ids[at : at + cache.BATCH]
            query = sa.select(tables.claims.c.id, tables.claims.c.report).where(tables.claims.c.id.in_(asked))
            there = {row.id: row.report for row in connection.execute(query)}
            found |= set(there.values())
            found |= {past.made[one] for one in asked if one not in there and one in past.made}
    return found


def _in_order(connection: Connection, reports: Collection[str]) -> list[str]:
    """In the order in which they came in, as a whole build takes them."""
    wanted, first, held = list(reports), dict[str, tuple[str, str, int]](), tables.held.c
    for start in range(0, len(wanted), cache.BATCH):
        query = sa.select(held.report, held.at, held.chain, held.seq)
        for row in connection.execute(query.where(held.report.in_(wanted[start : start + cache.BATCH]))):
            at = (row.at, row.chain, row.seq)
            first[row.report] = min(at, first.get(row.report, at))
    return sorted(first, key=lambda one: first[one])


def _homes(connection: Connection, ids: Sequence[str]) -> Iterator[tuple[str, str]]:
    for start in range(0, len(ids), cache.BATCH):
        query = sa.select(tables.rooted.c.group, tables.rooted.c.id)
        for row in connection.execute(query.where(tables.rooted.c.id.in_(ids[start : start + cache.BATCH]))):
            yield row.group, row.id


@dataclass(frozen=True)
class Look:
    """The groups as some decisions leave them. `around` are all claims of their reports that count; `mine` are those
    that are put together here; `loose` those of them that stay in no incident, as they were built.
    """

    case: Case
    built: Built
    history: Sequence[Decision]
    around: Mapping[str, Claim]
    mine: Collection[str]
    loose: Collection[str]
    roots: Mapping[str, Rooted]
    guests_of: Mapping[str, Sequence[Incident]]
    problems: Sequence[Problem]
    earlier: Look | None = None

    @cached_property
    def stand(self) -> Sequence[Decision]:
        return standing(self.history)

    @cached_property
    def _same(self) -> Look | None:
        """The look before, where nothing that linking sees differs from it: of most decisions that is so."""
        one = self.earlier
        if one is None or one.roots != self.roots or not alike(one.around, self.around):
            return None
        return one if (one.mine, one.loose, heard(one.stand)) == (self.mine, self.loose, heard(self.stand)) else None

    @cached_property
    def traces(self) -> Sequence[Trace]:
        """Every claim as linking sees it, with what the claims beside it in its report lend it."""
        if self._same:
            return self._same.traces
        out = {one.about for one in self.stand if one.verb in ("reject", "withdraw")}
        told = [unjoined(one) for key, one in self.around.items() if key not in out and key in self.roots]
        return traces(told, self.built.reports, self.roots)

    @cached_property
    def _gathered(self) -> tuple[Incident, ...]:
        if self._same:
            return self._same._gathered
        held = [one for one in self.traces if one.id in self.mine]
        aside = [one for one in held if one.id in self.loose]
        return named(gathered([one for one in held if one.id not in self.loose], self.stand, aside))

    @cached_property
    def links(self) -> Mapping[str, Link]:
        """Why each claim stands where it does, as far as these groups alone can tell."""
        return {link.claim: link for one in self._gathered for link in one.links}

    @cached_property
    def incidents(self) -> tuple[Incident, ...]:
        """A link that decisions did not change has the reasons that it was built with: the whole case may know better
        ones than these groups alone.
        """
        built = {link.claim: link for some in self.built.incidents.values() for one in some for link in one.links}
        before = (self.earlier or self).links

        def told(link: Link) -> Link:
            return built.get(link.claim, link) if before.get(link.claim) == link else link

        found = (replace(one, links=tuple(told(link) for link in one.links)) for one in self._gathered)
        return coded(tuple(found), self.history)

    @cached_property
    def linked(self) -> Linked:
        """With the incidents of guests: what is tied to a claim here and counted elsewhere."""
        there = [one for some in self.guests_of.values() for one in some]
        return Linked(dict(self.roots), (*self.incidents, *there))

    @cached_property
    def groups(self) -> Mapping[str, Group]:
        tied = _tied(self.around.values(), self.mine)
        held = [one for key, one in self.around.items() if key in self.roots and (key in self.mine or key in tied)]
        found = groups(held, self.linked)
        return {one.id: one for one in found if any(claim.id in self.mine for claim in one.claims)}

    @cached_property
    def marks(self) -> Marks:
        return Marks.of(self.linked, self.built.reports, Concerning.of(self.stand), self.case.reader)

    @cached_property
    def keys(self) -> Mapping[str, str]:
        return {key: self.marks.key(group) for key, group in self.groups.items()}

    @cached_property
    def where(self) -> Placed:
        return placed(self.linked)

    @cached_property
    def home(self) -> Mapping[str, str]:
        """In which group each claim is."""
        return {claim.id: key for key, group in self.groups.items() for claim in group.claims}


def _tied(claims: Iterable[Claim], mine: Collection[str]) -> set[str]:
    """The claims that are a part or the whole of one of these."""
    found = set[str]()
    for one in claims:
        to = one.relation.to if one.relation else ""
        if to and one.id in mine:
            found.add(to)
        elif to in mine:
            found.add(one.id)
    return found


DEAF = ("accept", "assess", "grade", "protect", "relate", "settle", "sign off", "triage")
"""Verbs that linking hears nothing of, beyond the claims that they leave."""


def heard(stand: Iterable[Decision]) -> list[Decision]:
    """What linking may hear of decisions."""
    return [one for one in stand if one.verb not in DEAF]


def alike(some: Mapping[str, Claim], others: Mapping[str, Claim]) -> bool:
    """Whether these claims say the same as those."""
    return some.keys() == others.keys() and all(same_words(one, others[key]) for key, one in some.items())


def same_words(one: Claim, other: Claim) -> bool:
    """The journal sorts what pairs names with spans: who accepts a claim changes no word of it."""
    return one == other or canonical(one) == canonical(other)


# --- before and after ---------------------------------------------------------------------------------------------


def looks(
    case: Case, built: Built, some: Collection[str], before: Sequence[Decision], after: Sequence[Decision]
) -> tuple[Look, Look]:
    """These groups as the decisions that are built left them, and as all decisions leave them."""
    told, now = _Told.of(built, before), _Told.of(built, after)
    there = {key: one for key, one in told.claims.items() if key in built.home}
    here = {key: one for key, one in now.claims.items() if key in built.home or key not in told.claims}
    mine = {key for key in there if built.home[key] in some}
    loose = {key for key in mine if built.home[key].startswith("root:")}
    fresh = {key for key in here if key not in there}
    changed = fresh | {key for key in here.keys() & there.keys() if not same_words(here[key], there[key])}
    kept = loose - _with_parts(changed, here)
    ours = {key for key in here if key in mine} | fresh
    own = _roots(there, built.reports, told.stand)
    same = alike(here, there) and heard(now.stand) == heard(told.stand)
    anew = own if same else _roots(here, built.reports, now.stand)
    steady = {key for key in here if key in built.roots and own.get(key) == anew.get(key)}
    roots = {key: built.roots[key] if key in steady else anew[key] for key in here}
    guests = _guests(case, built, some, there | here, mine | ours)
    first = Look(case, built, told.history, there, mine, loose, {key: built.roots[key] for key in there}, guests,
                 told.problems)  # fmt: skip
    return first, Look(case, built, now.history, here, ours, kept, roots, guests, now.problems, first)


def _roots(
    claims: Mapping[str, Claim], reports: Mapping[str, Report], stand: Sequence[Decision]
) -> Mapping[str, Rooted]:
    """What these reports alone tell of whose figure each claim is."""
    if any(one.details.get("as") == "one account" for one in together(stand)):
        return linked_apart(list(claims.values()), reports, stand).roots
    return rooted([unjoined(one) for one in claims.values()], reports, stand)[0]


@dataclass(frozen=True)
class _Told:
    """The claims of some reports with decisions applied, and the decisions on the ids that these claims have now."""

    claims: Mapping[str, Claim]
    history: Sequence[Decision]
    problems: Sequence[Problem]

    @classmethod
    def of(cls, built: Built, history: Sequence[Decision]) -> _Told:
        there = built.reports.keys()
        mine = [one for one in standing(history) if _report(one) in there or one.about in there]
        made = decided(built.read, mine)
        moved, lost = reattached(history, made.claims)
        stays = [one for one in lost if one.report in there]
        return cls({one.id: one for one in made.claims}, moved, [*made.problems, *stays])

    @cached_property
    def stand(self) -> Sequence[Decision]:
        return standing(self.history)


def _report(decision: Decision) -> str:
    """The report that a decision's words stand in; an added claim says itself which."""
    claim = decision.details.get("claim")
    return str(claim["report"]) if decision.verb == "add" and claim else decision.report


def _with_parts(some: Collection[str], claims: Mapping[str, Claim]) -> set[str]:
    """These claims with those that hang on them."""
    found, grown = set(some), True
    while grown:
        more = {key for key, one in claims.items() if one.relation and one.relation.to in found} - found
        found, grown = found | more, bool(more)
    return found


def _guests(
    case: Case, built: Built, some: Collection[str], claims: Mapping[str, Claim], mine: Collection[str]
) -> Mapping[str, Sequence[Incident]]:
    """The incidents of the other groups in which parts and wholes of these claims are counted."""
    wanted = {built.home[one] for one in _tied(claims.values(), mine) if one in built.home} - set(some)
    with case.engine.connect() as connection:
        found: dict[str, list[Incident]] = {}
        for _, one in values_by(connection, tables.incidents, Incident, tables.incidents.c.group, wanted):
            found.setdefault(one.parent or one.id, []).append(one)
    return found
