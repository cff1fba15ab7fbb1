"""Who repeats whom: roots with their figures and those who carry them, and what is known of how they hang together."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa

from cenotaph.case import cache
from cenotaph.case import tables as built
from cenotaph.desk import Desk, private_roots, tables
from cenotaph.desk.kept import kept_of_claims, kept_of_said
from cenotaph.desk.ladder import called
from cenotaph.desk.letters import Text
from cenotaph.desk.persons import speakers
from cenotaph.desk.problems import claim_line
from cenotaph.publish.veil import Veil
from cenotaph.vocabulary import Place, Tether, Toll

__all__ = [
    "PAGE", "Carrier", "Related", "Root", "Some", "Whole", "address", "counts", "named_by", "names", "root", "roots",
    "tethered", "tethers",
]  # fmt: skip

PAGE, CLAIMS = 50, 25
"""Roots on a page of the list; claims on a page of one root."""
PAIRS, PAIRS_OF_ONE = 25, 12
"""Pairs of roots that are shown, of all and on the page of one; those that people decided come first."""
CARRIERS = 6
"""Outlets that a line of the list names."""
GROUPS, SERIES, STEPS = 5, 8, 12
"""Groups of claims whose tolls are looked at for one root; series that are shown, and the newest steps of each."""


@dataclass(frozen=True, slots=True)
class Carrier:
    """An outlet in which a root's claims stand."""

    outlet: str
    claims: int
    reports: int


@dataclass(frozen=True, slots=True)
class Root:
    """One root, masked; `address` is how its page is asked for, "" where there is none. `called` is its name without
    the outlet that a root which nobody named bears with it.
    """

    name: str
    address: str
    named: bool
    claims: int
    reports: int
    carriers: Sequence[Carrier]
    outlets: int
    grade: str = ""
    called: str = ""


@dataclass(frozen=True, slots=True)
class Some:
    """Some roots, of how many; how many are named and how many voices nobody named, with their claims."""

    lines: Sequence[Root]
    first: int
    total: int
    named: int
    unnamed: int
    unnamed_claims: int


def roots(desk: Desk, first: int = 0, *, named: bool = True, unmasked: bool = False) -> Some:
    """Those with most claims first."""
    table = tables.roots.c
    query = sa.select(tables.roots).where(table.named == int(named)).order_by(table.claims.desc(), table.root)
    rows = desk.rows(query.limit(PAGE).offset(max(0, first)))
    counted = kept_of_said(desk, "roots counted", lambda: counts(desk))
    (many, _), (voices, claims) = counted.get(1, (0, 0)), counted.get(0, (0, 0))
    lines = _lines(desk, rows, None if unmasked else desk.veil)
    return Some(lines, max(0, first), many if named else voices, many, voices, claims)


def names(desk: Desk, most: int, *, unmasked: bool = False) -> list[str]:
    """The names of the largest roots, those that must not be shown left out."""
    table = tables.roots.c
    query = sa.select(table.root).where(table.named == 1).order_by(table.claims.desc(), table.root).limit(most)
    found = [str(one) for one in desk.rows(query, scalars=True)]
    veil = None if unmasked else desk.veil
    return [one for one in found if _shown(one, veil) == one]


def counts(desk: Desk) -> Mapping[int, tuple[int, int]]:
    """How many roots there are, and their claims: of named ones by 1, of voices that nobody named by 0."""
    table = tables.roots.c
    query = sa.select(table.named, sa.func.count().label("many"), sa.func.sum(table.claims).label("claims"))
    return {int(row["named"]): (int(row["many"]), int(row["claims"])) for row in desk.rows(query.group_by(table.named))}


def _lines(desk: Desk, rows: Sequence[Mapping[str, Any]], veil: Veil | None) -> list[Root]:
    carried = _foremost(desk, [row["root"] for row in rows], veil)
    grades = {one.about: str(one.details.get("source", "")) for one in desk.history.of_verbs("grade")}
    persons = private_roots.of_roots(desk, [str(row["root"]) for row in rows]) if veil is None else {}
    found = list[Root]()
    for row in rows:
        name, (some, many) = str(row["root"]), carried.get(row["root"], ([], 0))
        shown, at = ", ".join(persons.get(name, ())) or _shown(name, veil), address(desk, name, veil)
        found.append(
            Root(
                shown, at, bool(row["named"]), row["claims"], row["reports"], some, many, grades.get(name, ""),
                shown if row["named"] else called(shown, [each.outlet for each in some]),
            )
        )  # fmt: skip
    return found


def _shown(name: str, veil: Veil | None) -> str:
    return name if veil is None else veil.words(name)


def _foremost(desk: Desk, names: Sequence[str], veil: Veil | None) -> Mapping[str, tuple[list[Carrier], int]]:
    """The outlets of each root that carry most of it, and how many there are."""
    told = kept_of_said(desk, ("foremost", tuple(names)), lambda: _ranked(desk, names))
    found: dict[str, tuple[list[Carrier], int]] = {}
    for row in told:
        some, _ = found.setdefault(row["root"], ([], int(row["outlets"])))
        some.append(Carrier(_shown(row["outlet"], veil), row["claims"], row["reports"]))
    return found


def _ranked(desk: Desk, names: Sequence[str]) -> list[Mapping[str, Any]]:
    table = tables.carriers.c
    order = (table.claims.desc(), table.outlet)
    rank = sa.func.row_number().over(partition_by=table.root, order_by=order).label("rank")
    outlets = sa.func.count().over(partition_by=table.root).label("outlets")
    some = sa.select(tables.carriers, rank, outlets).where(table.root.in_(names)).subquery()
    return desk.rows(sa.select(some).where(some.c.rank <= CARRIERS).order_by(some.c.root, some.c.rank))


def _carriers(desk: Desk, name: str, veil: Veil | None) -> list[Carrier]:
    """All outlets that carry a root."""
    table = tables.carriers.c
    query = sa.select(tables.carriers).where(table.root == name).order_by(table.claims.desc(), table.outlet)
    return [Carrier(_shown(row["outlet"], veil), row["claims"], row["reports"]) for row in desk.rows(query)]


# --- by which name a page asks ----------------------------------------------------------------------------------------


def address(desk: Desk, name: str, veil: Veil | None) -> str:
    """A root's name, or where it must not be shown "~" and the handle of its voice; "" where it has none."""
    if _shown(name, veil) == name:
        return name
    table = speakers.c
    query = sa.select(table.handle).where(sa.or_(table.canonical == name, table.name == name)).order_by(table.handle)
    found = desk.rows(query.limit(1), scalars=True)
    return f"~{found[0]}" if found else ""


def named_by(desk: Desk, asked: str) -> str:
    """The name of the root that an address means; "" for none."""
    if asked.startswith("~"):
        table = speakers.c
        rows = desk.rows(sa.select(table.name, table.canonical).where(table.handle == asked[1:]))
        names = [name for row in rows for name in (row["canonical"], row["name"]) if name]
    else:
        names = [asked]
    there = set(desk.rows(sa.select(tables.roots.c.root).where(tables.roots.c.root.in_(names)), scalars=True))
    return next((name for name in names if name in there), "")


# --- how roots hang together ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Related:
    """What is known of two roots, masked; `by` and `when` of a decision, `claims` what it rests on otherwise."""

    one: str
    other: str
    independence: str
    why: str
    one_address: str
    other_address: str
    claims: Sequence[str] = ()
    decision: str = ""
    by: str = ""
    when: str = ""
    seen: str = ""


def tethers(desk: Desk, about: str = "", *, unmasked: bool = False, most: int = PAIRS) -> list[Related]:
    """All pairs that words or decisions tell of, decided ones first; of one root where it is named."""
    veil, newest = None if unmasked else desk.veil, desk.history.newest
    ordered = _pairs(desk, about)[:most]
    made = _made(desk, {one.decision for one in ordered if one.decision})
    return [_related(desk, one, *made.get(one.decision, ("", "")), newest, veil) for one in ordered]


def _made(desk: Desk, ids: set[str]) -> Mapping[str, tuple[str, str]]:
    """By whom and when decisions were taken."""
    table = tables.decisions.c
    query = sa.select(table.decision, table.who, table.at).where(table.decision.in_(ids))
    return {row["decision"]: (row["who"], row["at"]) for row in desk.rows(query)}


def tethered(desk: Desk, about: str = "") -> int:
    """How many pairs words or decisions tell of; of one root where it is named."""
    return len(_pairs(desk, about))


def _pairs(desk: Desk, about: str) -> Sequence[Tether]:
    """All pairs, or those of one root, in their order."""
    return desk.across.by_root.get(about, ())


def _related(
    desk: Desk, one: Tether, by: str, when: str, newest: Callable[[str], str], veil: Veil | None
) -> Related:  # fmt: skip
    shown = one if veil is None else veil(one)
    return Related(
        shown.one, shown.other, one.independence, shown.why, address(desk, one.one, veil),
        address(desk, one.other, veil), one.claims, one.decision, by, when, newest(one.one),
    )  # fmt: skip


# --- one root ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Whole:
    """A root laid open: its line, all who carry it, its claims newest first, its longest series, what it hangs on;
    `pairs_left` more pairs with other roots are not among `related`.
    """

    root: Root
    carriers: Sequence[Carrier]
    claims: Sequence[Mapping[str, Any]]
    first: int
    series: Sequence[tuple[Toll, str]]
    related: Sequence[Related]
    pairs_left: int
    seen: str


def root(desk: Desk, asked: str, first: int = 0, *, unmasked: bool = False) -> Whole | None:
    """What is known of one root; None where nobody is called so, and where somebody is whose name must not be shown:
    who asks by that name learns nothing, not even that it is there.
    """
    name, veil = named_by(desk, asked), None if unmasked else desk.veil
    if not name or (name == asked and _shown(name, veil) != name):
        return None
    (row,) = desk.rows(sa.select(tables.roots).where(tables.roots.c.root == name))
    return Whole(
        _lines(desk, [row], veil)[0], _carriers(desk, name, veil), _claims(desk, name, first, veil),
        max(0, first), _series(desk, name, veil),
        tethers(desk, name, unmasked=unmasked, most=PAIRS_OF_ONE),
        max(0, tethered(desk, name) - PAIRS_OF_ONE), desk.history.newest(name),
    )  # fmt: skip


def _claims(desk: Desk, name: str, first: int, veil: Veil | None) -> list[Mapping[str, Any]]:
    claims, reports = tables.claims.c, tables.reports.c
    some = sa.select(claims.claim).where(claims.root == name).order_by(claims.published.desc(), claims.claim.desc())
    ids = desk.rows(some.limit(CLAIMS).offset(max(0, first)), scalars=True)
    query = sa.select(tables.claims, reports.title, reports.name).join(tables.reports, claims.report == reports.report)
    rows = {row["claim"]: row for row in desk.rows(query.where(claims.claim.in_(ids)))}
    places = _places(desk, {row["place"] for row in rows.values() if row["place"]})
    return [
        {**claim_line(rows[one], veil), "where": _where(places.get(rows[one]["place"]), rows[one]["report"], veil)}
        for one in ids
        if one in rows
    ]


def _places(desk: Desk, keys: Collection[str]) -> Mapping[str, Place]:
    table = tables.places.c
    rows = desk.rows(sa.select(table.place, table.data).where(table.place.in_(sorted(keys)))) if keys else []
    return {row["place"]: cache.unpacked(Place, row["data"]) for row in rows}


def _where(place: Place | None, report: str, veil: Veil | None) -> Place | None:
    """Where a claim of this report says it was, as it may be shown."""
    if place is None or veil is None:
        return place
    path = tuple(veil.words(one, report) for one in place.path)
    return replace(place, words=veil.words(place.words, report), name=veil.words(place.name, report), path=path)


def _series(desk: Desk, name: str, veil: Veil | None) -> list[tuple[Toll, str]]:
    """The tolls of a root, those with the longest series first, each with what it is of; from its largest groups."""
    mine = kept_of_claims(desk, ("series", name), lambda: _tolls(desk, name))
    titles = _titles(desk, [one.incident for one in mine])
    shown = mine if veil is None else veil(mine)
    return [(one, _shown(titles.get(one.incident, ""), veil)) for one in shown]


def _tolls(desk: Desk, name: str) -> list[Toll]:
    """Unmasked, since what is protected may change before the tables do."""
    groups = desk.rows(_GROUPS, {"root": name}, scalars=True)
    ids = desk.rows(_LONGEST, {"root": name, "groups": groups}, scalars=True)
    found = {row["id"]: cache.unpacked(Toll, row["data"]) for row in desk.rows(_TOLLS, {"ids": ids})}
    mine = [found[one] for one in ids if one in found]
    bare = (
        replace(one, series=one.series[-STEPS:], parts=(), checks=(), problems=(), claims=(), carriers=(), bounds=None)
        for one in mine
    )
    return sorted(bare, key=lambda one: one.incident)


_CLAIMS, _LONG = tables.claims.c, tables.tolls.c
_ROOT = sa.bindparam("root", type_=Text)
_GROUPS = (
    sa.select(_CLAIMS.group).where(_CLAIMS.root == _ROOT).group_by(_CLAIMS.group)
    .order_by(sa.func.count().desc(), _CLAIMS.group).limit(GROUPS)
)  # fmt: skip
_LONGEST = (
    sa.select(_LONG.toll).where(_LONG.root == _ROOT, _LONG.group.in_(sa.bindparam("groups", expanding=True)))
    .order_by(_LONG.steps.desc(), _LONG.low.desc(), _LONG.toll).limit(SERIES)
)  # fmt: skip
_TOLLS = sa.select(built.tolls.c.id, built.tolls.c.data).where(
    built.tolls.c.id.in_(sa.bindparam("ids", expanding=True))
)  # fmt: skip


def _titles(desk: Desk, ids: Sequence[str]) -> Mapping[str, str]:
    table = tables.incidents.c
    return {row["incident"]: row["title"] for row in desk.rows(
        sa.select(table.incident, table.title).where(table.incident.in_(ids))
    )}  # fmt: skip
