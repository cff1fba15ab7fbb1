"""Who copied whose words: what linking found between claims, and what was found between whole texts, by either side."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from cenotaph.desk import Desk, tables
from cenotaph.desk.copy_rows import copies
from cenotaph.publish.veil import Veil

__all__ = ["MOST", "Copied", "Copier", "Told", "by_root", "of_report"]

AT_ONCE = 500
"""Values in one query."""
MOST = 40
"""Reports, or outlets, that are told of; the rest is counted."""

Row = Mapping[str, Any]


# --- what is told of a report -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Told:
    """A report beside the one that is looked at, masked: `claims` have words of the other, by linking; `most` whether
    most of its whole text is the other's. `claim` is the first of them.
    """

    report: str
    title: str
    outlet: str
    published: str
    claims: int
    most: bool
    claim: str = ""


@dataclass(frozen=True, slots=True)
class Copied:
    """`by` are reports that have words of this one, `of` those whose words it has; and how many more of each."""

    by: Sequence[Told]
    of: Sequence[Told]
    more_by: int = 0
    more_of: int = 0


def of_report(desk: Desk, report: str, *, unmasked: bool = False) -> Copied:
    """Who copied this report, and whom it copied."""
    reports, table = tables.reports.c, copies.c
    veil = None if unmasked else desk.veil
    whole_by = desk.rows(sa.select(reports.report).where(reports.copy_of == report), scalars=True)
    mine = sa.select(reports.copy_of).where(reports.report == report, reports.copy_of != "")
    whole_of = desk.rows(mine, scalars=True)
    by = sa.select(table.report.label("other"), table.claim).where(table.source_report == report)
    of = sa.select(table.source_report.label("other"), table.claim).where(table.report == report)
    found = [_told(desk, desk.rows(query), whole, veil) for query, whole in ((by, whole_by), (of, whole_of))]
    return Copied(found[0][:MOST], found[1][:MOST], *(max(0, len(some) - MOST) for some in found))


def _told(desk: Desk, rows: Iterable[Row], whole: Collection[str], veil: Veil | None) -> list[Told]:
    claims: dict[str, list[str]] = {str(one): [] for one in whole}
    for row in rows:
        claims.setdefault(str(row["other"]), []).append(str(row["claim"]))
    reports, found = tables.reports.c, dict[str, Row]()
    ids = sorted(claims)
    for start in range(0, len(ids), AT_ONCE):
        some = sa.select(reports.report, reports.title, reports.name, reports.outlet, reports.published)
        found |= {row["report"]: row for row in desk.rows(some.where(reports.report.in_(ids[start : start + AT_ONCE])))}
    ordered = sorted(found.values(), key=lambda row: (row["published"] == "", row["published"], row["report"]))

    def words(row: Row, name: str) -> str:
        said = str(row[name])
        return said if veil is None else veil.words(said, str(row["report"]))

    return [
        Told(
            row["report"], words(row, "title") or words(row, "name"), words(row, "outlet"), row["published"],
            len(claims[row["report"]]), row["report"] in whole, min(claims[row["report"]], default=""),
        )
        for row in ordered
    ]  # fmt: skip


# --- and of a root ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Copier:
    """An outlet that has words of a root without naming it: in how many claims and reports, and one of them."""

    outlet: str
    claims: int
    reports: int
    report: str
    claim: str


def by_root(desk: Desk, root: str, *, unmasked: bool = False) -> tuple[list[Copier], int]:
    """The outlets that copied a root's words, those with most first; and how many more there are."""
    table, count = copies.c, sa.func.count()
    veil = None if unmasked else desk.veil
    query = sa.select(
        table.outlet, count.label("claims"), sa.func.count(sa.distinct(table.report)).label("reports"),
        sa.func.min(table.claim).label("claim"),
    ).where(table.root == root).group_by(table.outlet).order_by(count.desc(), table.outlet)  # fmt: skip
    rows = desk.rows(query)
    some = [row["claim"] for row in rows[:MOST]]
    asked = sa.select(table.claim, table.report).where(table.claim.in_(some))
    where = {row["claim"]: row["report"] for row in desk.rows(asked)}
    shown = [
        Copier(
            row["outlet"] if veil is None else veil.words(row["outlet"]), row["claims"], row["reports"],
            where[row["claim"]], row["claim"],
        )
        for row in rows[:MOST]
    ]  # fmt: skip
    return shown, max(0, len(rows) - MOST)
