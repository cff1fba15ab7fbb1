"""One incident or episode as a page shows it: only what stands on the page is loaded and masked.

An episode can hold thousands of claims; its figures are few beside them. Nothing here loads them all.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, TypeVar

import sqlalchemy as sa

from cenotaph.case import cache, evidence
from cenotaph.case import tables as built
from cenotaph.case.part import Part
from cenotaph.desk import Desk, private_roots, tables, told_apart
from cenotaph.desk.history import History
from cenotaph.desk.rows import place_key
from cenotaph.desk.told_apart import Facts
from cenotaph.publish.masking import in_three
from cenotaph.publish.veil import Veil
from cenotaph.vocabulary import Answer, Claim, Count, Incident, Linked, Place, Report, Tether, Toll, Voice

__all__ = ["Alone", "One", "Quoted", "slim"]

T = TypeVar("T")
AT_ONCE = 500
"""Values in one query."""
LONGEST = 180

_INCIDENT = tables.incidents.c.incident
Row = Mapping[str, Any]


@dataclass
class Alone(Part):
    """The reports of some incidents, and of all that is linked these incidents alone: what a decision on one of them is
    checked against, and what is supposed before it is taken.
    """

    about: frozenset[str] = frozenset()

    def linked(self) -> Linked:
        found = super().linked()
        return replace(found, incidents=tuple(one for one in found.incidents if one.id in self.about))


@dataclass(frozen=True, slots=True)
class Quoted:
    """The words of one claim as they may be shown: before its figure, the figure, and after it; clipped where long."""

    claim: str
    report: str
    before: str
    figure: str
    after: str
    voices: Sequence[Voice]
    outlet: str
    published: str
    reads: int
    people: str
    harm: str
    words: str
    count: Count
    stance: str

    @property
    def whole(self) -> str:
        return f"{self.before}{self.figure}{self.after}"


def _clipped(words: str, *, start: bool = False) -> str:
    """At most LONGEST letters of a quote on one side of its figure, cut at a space and marked so."""
    if len(words) <= LONGEST:
        return words
    return f"… {words[-LONGEST:].partition(' ')[2]}" if start else f"{words[:LONGEST].rpartition(' ')[0]} …"


def slim(one: Claim) -> Claim:
    """A claim with nothing that a line does not show, so that it need not be masked."""
    return replace(one, quote="", means=None, period=None, parties=(), exclusions=(), evidence=(), assumed=())


@dataclass
class One:
    """`row` is that of the incident as `find` gave it. What is named `raw` is not masked and never shown."""

    desk: Desk
    row: Row
    unmasked: bool = False
    _persons: frozenset[str] = field(default=frozenset(), init=False, repr=False)

    @property
    def id(self) -> str:
        return str(self.row["incident"])

    @property
    def group(self) -> str:
        return str(self.row["group"])

    def shown(self, value: T) -> T:
        """Any value as it may be shown."""
        return self.veil(value) if self.veil is not None else value

    def words(self, text: str, report: str = "") -> str:
        return self.veil.words(text, report) if self.veil is not None else text

    @cached_property
    def veil(self) -> Veil | None:
        """What hides protected people, as it stood when the page was asked for; None for who asked for their names."""
        return None if self.unmasked else self.desk.veil

    @cached_property
    def history(self) -> History:
        return self.desk.history

    # --- what was built -----------------------------------------------------------------------------------------------

    @cached_property
    def raw_incident(self) -> Incident:
        found = self._by(built.incidents, Incident, built.incidents.c.id, [self.id])
        return replace(found[self.id], code=str(self.row["code"]))

    @property
    def incident(self) -> Incident:
        """Without the claims that it holds."""
        return self.shown(replace(self.raw_incident, links=()))

    @property
    def apart(self) -> Facts:
        """What tells its place from others that are called the same in titles, as it may be shown."""
        return told_apart.shown(self.row.get("apart", ()), self.veil)

    def apart_at(self, place: Place | None) -> Facts:
        """The same of any incident that has this place."""
        return told_apart.shown(told_apart.incidents_apart(self.desk).get(place_key(place), ()), self.veil)

    @cached_property
    def of_group(self) -> Mapping[str, Incident]:
        """All of the same episode, with their codes; not masked."""
        found = self._by(built.incidents, Incident, built.incidents.c.group, [self.group], key=built.incidents.c.id)
        codes = {str(row["incident"]): str(row["code"]) for row in self._rows(tables.incidents, _INCIDENT, found)}
        return {key: replace(one, code=codes.get(key, "")) for key, one in found.items()}

    @cached_property
    def names(self) -> frozenset[str]:
        """The ids and codes by which people may speak of it: of an episode those of all in it too, and former ones."""
        found = {self.id, str(self.row["code"]), *str(self.row["once"]).split()}
        if self.row["kind"] == "episode":
            found |= {str(name) for row in self.desk.rows(_NAMES, {"group": self.group}) for name in row.values()}
        return frozenset(found)

    @cached_property
    def raw_tolls(self) -> Mapping[str, Toll]:
        """The figures that count this and nothing beside it."""
        found = self.desk.rows(_TOLLS, {"incident": self.id})
        tolls, self._persons = self.with_persons([cache.unpacked(Toll, row["data"]) for row in found])
        return {one.id: one for one in tolls}

    def with_persons(self, tolls: Sequence[Toll]) -> tuple[list[Toll], frozenset[str]]:
        """Tolls as they are; for who asked for the names of protected people those of private persons with their names,
        and which roots these are.
        """
        named = private_roots.with_names(self.desk, tolls) if self.unmasked else list(tolls)
        return named, frozenset(new.root for new, old in zip(named, tolls, strict=True) if new is not old)

    @cached_property
    def unnamed(self) -> frozenset[str]:
        """The roots, as tolls show them, that nobody named; private persons are among them under any name."""
        _ = self.raw_tolls
        return frozenset(self._told("unnamed", scalars=True)) | self._persons

    def _told(self, what: str, *, scalars: bool = False) -> list[Any]:
        """What all claims tell that are told of it, and of an episode those of all in it."""
        whole = self.row["kind"] == "episode"
        return self.desk.rows(_told(whole)[what], {"mine": self.group if whole else self.id}, scalars=scalars)

    def tethers(self, roots: Collection[str]) -> list[Tether]:
        """How these roots hang together."""
        held, some = self.desk.across.by_root, set(roots)
        mine = (each for one in dict.fromkeys(roots) for each in held.get(one, ()) if each.one == one)
        return [each for each in mine if each.other in some and each.other != each.one]

    # --- claims -----------------------------------------------------------------------------------------------------

    def facts(self, claims: Iterable[str]) -> Mapping[str, Row]:
        """What the tables know of claims, by id: not masked. Each is asked for once while the page is made."""
        wanted = list(dict.fromkeys(claims))
        unknown = [one for one in wanted if one not in self._known]
        self._known |= {str(row["claim"]): row for row in self._rows(tables.claims, tables.claims.c.claim, unknown)}
        return {one: self._known[one] for one in wanted if one in self._known}

    @cached_property
    def _known(self) -> dict[str, Row]:
        return {}

    def raw_claims(self, ids: Iterable[str]) -> Mapping[str, Claim]:
        """Claims as they count, with the decisions applied."""
        wanted = list(dict.fromkeys(ids))
        known = self.facts(wanted)
        read = [one for one in wanted if one in known and known[one]["data"] is None]
        found = self._by(built.claims, Claim, built.claims.c.id, read)
        made = {one: cache.unpacked(Claim, row["data"]) for one, row in known.items() if row["data"] is not None}
        held = {**found, **made}
        return {one: held[one] for one in wanted if one in held}

    def claims(self, ids: Iterable[str]) -> Mapping[str, Claim]:
        return {key: self.shown(one) for key, one in self.raw_claims(ids).items()}

    def told(self) -> list[str]:
        """The claims of this incident, those of the newest reports first."""
        claims = tables.claims.c
        mine = claims.incident == self.id
        query = sa.select(claims.claim).where(mine).order_by(claims.published.desc(), claims.report, claims.start)
        return [str(one) for one in self.desk.rows(query, scalars=True)]

    def beside(self, reports: Collection[str]) -> list[str]:
        """All claims of these reports."""
        found = {str(row["claim"]): row for row in self.desk.rows(_BESIDE, {"reports": list(reports)})}
        self._known.update(found)
        return list(found)

    @cached_property
    def days(self) -> Sequence[str]:
        """The days on which something came to be known of it: a report came out, or its words were said."""
        return sorted({max(str(row["published"]), str(row["said"])) for row in self._told("days")})

    def known_by(self, day: dt.date) -> Mapping[str, Row]:
        """What the tables know of its claims that were said, and whose report was out, by the end of that day."""
        whole = self.row["kind"] == "episode"
        asked = {"mine": self.group if whole else self.id, "day": day.isoformat()}
        return {str(row["claim"]): row for row in self.desk.rows(_known_by(whole), asked)}

    def raw_reports(self, ids: Sequence[str]) -> Mapping[str, Report]:
        return {one.id: one for one in self._ask(lambda connection: evidence.some(connection, list(ids)))}

    def answers(self, tolls: Iterable[Toll]) -> list[Answer]:
        """What accused parties answer to the claims of these tolls, those left out that were taken back; not masked."""
        claims = {claim for toll in tolls for claim in toll.claims}
        found = self._answers
        gone = {one.replaces for one in found.values() if one.replaces}
        return [one for one in found.values() if one.id not in gone and (claims & set(one.to) or not one.to)]

    @cached_property
    def _answers(self) -> Mapping[str, Answer]:
        return {str(row["id"]): cache.unpacked(Answer, row["data"]) for row in self._told("answers")}

    def quoted(self, claims: Iterable[str]) -> dict[str, Quoted]:
        """The words of claims, masked piece by piece, so that the figure in them stays marked."""
        ids = list(dict.fromkeys(claims))
        known = self.facts(ids)
        return {key: self._quoted(one, known[key]) for key, one in self.raw_claims(ids).items()}

    def _quoted(self, one: Claim, row: Row) -> Quoted:
        start, end = one.anchor.start - one.start, one.anchor.end - one.start
        if not 0 <= start <= end <= len(one.quote):
            start = end = 0
        before, figure, after = in_three(one.quote, start, end, lambda words: self.words(words, one.report))
        shown = self.shown(slim(one))
        return Quoted(
            one.id, one.report, _clipped(before, start=True), figure, _clipped(after), shown.voices,
            self.words(str(row["outlet"]), one.report), str(row["published"]), int(row["reads"]), shown.group.words,
            str(one.harm), shown.quantity.words, Count(row["low"], row["high"]), one.stance,
        )  # fmt: skip

    def counts(self, claims: Iterable[str]) -> Mapping[str, Count]:
        return {key: Count(row["low"], row["high"]) for key, row in self.facts(claims).items()}

    # --- deciding -----------------------------------------------------------------------------------------------------

    def alone(self, *others: One) -> Alone:
        """The part of the case that decisions on this, and on these others, are checked on."""
        reports = sorted({report for one in (self, *others) for report in one._own_reports()})
        about = frozenset(one.id for one in (self, *others))
        decided = self.history.of_reports(reports)
        return Alone(self.desk.case, reports, (), decided, self.desk.across, about=about)

    def _own_reports(self) -> set[str]:
        claims = set(self.raw_incident.claims)
        return {str(row["report"]) for key, row in self.facts(claims).items()}

    # --- asking -------------------------------------------------------------------------------------------------------

    def _by(
        self, table: sa.Table, kind: type[T], column: sa.Column[Any], values: Iterable[str],
        key: sa.Column[Any] | None = None,
    ) -> dict[str, T]:  # fmt: skip
        query, found = _by(table, column, column if key is None else key), dict[str, T]()
        for some in _some(values):
            found |= {str(row["id"]): cache.unpacked(kind, row["data"]) for row in self.desk.rows(query, some)}
        return found

    def _rows(self, table: sa.Table, column: sa.Column[Any], values: Iterable[str]) -> list[Row]:
        return [row for some in _some(values) for row in self.desk.rows(_rows(table, column), some)]

    def _ask(self, asked: Callable[[sa.Connection], T]) -> T:
        with self.desk.case.told(), self.desk.case.engine.connect() as connection:
            return asked(connection)


# --- what is asked: each question is made once, which costs as much as to ask it --------------------------------------

_ONES: sa.BindParameter[Any] = sa.bindparam("ones", expanding=True)
_NAMES = sa.select(_INCIDENT, tables.incidents.c.code).where(tables.incidents.c.group == sa.bindparam("group"))
_TOLLS = (
    sa.select(built.tolls.c.id, built.tolls.c.data)
    .where(built.tolls.c.id.in_(
        sa.select(tables.tolls.c.toll).where(tables.tolls.c.incident == sa.bindparam("incident"))
    ))
    .order_by(built.tolls.c.id)
)  # fmt: skip
_BESIDE = (
    sa.select(tables.claims)
    .where(tables.claims.c.report.in_(sa.bindparam("reports", expanding=True)))
    .order_by(tables.claims.c.report, tables.claims.c.start)
)


def _some(values: Iterable[str]) -> Iterator[Mapping[str, list[str]]]:
    wanted = list(dict.fromkeys(values))
    for start in range(0, len(wanted), AT_ONCE):
        yield {"ones": wanted[start : start + AT_ONCE]}


@functools.cache
def _by(table: sa.Table, column: sa.Column[Any], key: sa.Column[Any]) -> sa.Select[Any]:
    return sa.select(key.label("id"), table.c.data).where(column.in_(_ONES))


@functools.cache
def _rows(table: sa.Table, column: sa.Column[Any]) -> sa.Select[Any]:
    return sa.select(table).where(column.in_(_ONES))


@functools.cache
def _known_by(whole: bool) -> sa.Select[Any]:
    claims = tables.claims.c
    day: sa.BindParameter[str] = sa.bindparam("day")
    mine = (claims.group if whole else claims.incident) == sa.bindparam("mine")
    columns = (claims.claim, claims.published, claims.said, claims.reads, claims.outlet)
    return sa.select(*columns).where(mine, claims.published != "", claims.published <= day, claims.said <= day)


@functools.cache
def _told(whole: bool) -> Mapping[str, sa.Select[Any]]:
    claims, answers = tables.claims.c, built.answers.c
    mine = (claims.group if whole else claims.incident) == sa.bindparam("mine")
    reports = sa.select(claims.report).where(mine)
    return {
        "unnamed": sa.select(claims.root).where(mine, claims.named == 0).distinct(),
        "days": sa.select(claims.published, claims.said).where(mine, claims.published != "").distinct(),
        "answers": sa.select(answers.id, answers.data)
        .where(answers.report.in_(reports))
        .order_by(answers.report, answers.position),
    }
