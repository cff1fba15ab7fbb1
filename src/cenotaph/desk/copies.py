"""Who copied whose words: what linking found between claims, and what was found between whole texts, by either side."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from cenotaph.desk import Desk, tables
from cenotaph.desk.copy_rows import copies
from cenotaph.desk.letters import Text
from cenotaph.publish.saying import head
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
    veil = None if unmasked else desk.veil
    rows = desk.rows(_EITHER_SIDE, {"report": report})
    known = _reports(desk, {str(row["other"]) for row in rows})
    found = [_told((row for row in rows if row["side"] == side), known, veil) for side in ("by", "of")]
    return Copied(found[0][:MOST], found[1][:MOST], *(max(0, len(some) - MOST) for some in found))


def _either_side() -> sa.CompoundSelect[Any]:
    """The reports that copied one ("by") and those that it copied ("of"), with each claim that tells so; where most of
    the whole text is another's, a row without a claim tells it.
    """
    reports, table, report = tables.reports.c, copies.c, sa.bindparam("report", type_=Text)
    by, of, whole = sa.literal_column("'by'", Text), sa.literal_column("'of'", Text), sa.literal_column("NULL", Text)
    return sa.union_all(
        sa.select(by.label("side"), table.report.label("other"), table.claim).where(table.source_report == report),
        sa.select(of, table.source_report, table.claim).where(table.report == report),
        sa.select(by, reports.report, whole).where(reports.copy_of == report),
        sa.select(of, reports.copy_of, whole).where(reports.report == report, reports.copy_of != ""),
    )


_EITHER_SIDE = _either_side()


def _reports(desk: Desk, ids: Collection[str]) -> dict[str, Row]:
    reports, found, wanted = tables.reports.c, dict[str, Row](), sorted(ids)
    for start in range(0, len(wanted), AT_ONCE):
        some = sa.select(reports.report, reports.title, reports.name, reports.outlet, reports.published)
        told = desk.rows(some.where(reports.report.in_(wanted[start : start + AT_ONCE])))
        found |= {row["report"]: row for row in told}
    return found


def _told(rows: Iterable[Row], known: Mapping[str, Row], veil: Veil | None) -> list[Told]:
    claims: dict[str, list[str]] = {}
    whole: set[str] = set()
    for row in rows:
        mine = claims.setdefault(str(row["other"]), [])
        if row["claim"] is None:
            whole.add(str(row["other"]))
        else:
            mine.append(str(row["claim"]))
    ordered = sorted(
        (known[one] for one in claims if one in known),
        key=lambda row: (row["published"] == "", row["published"], row["report"]),
    )

    def words(row: Row, name: str) -> str:
        said = str(row[name])
        return said if veil is None else veil.words(said, str(row["report"]))

    return [
        Told(
            row["report"], head(*(words(row, name) for name in ("title", "outlet", "name"))), words(row, "outlet"),
            row["published"],
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
