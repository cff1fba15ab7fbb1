"""The index by which copied words are found from the side of those who wrote them.

Linking says of a claim that its words are those of an earlier one (rule "copied text"); that stands with the claim that
copies. Here it is found by the report that was copied, and by the root of the words.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy import Column, Connection, Index, Table

from cenotaph.case import cache
from cenotaph.case import tables as built
from cenotaph.case.tables import writing
from cenotaph.desk import tables
from cenotaph.desk.letters import Text
from cenotaph.vocabulary import Rooted

if TYPE_CHECKING:
    from cenotaph.case import Case

__all__ = ["copies", "level"]

copies = Table(
    "desk_copies", tables.metadata,
    Column("claim", Text, primary_key=True), Column("group", Text, nullable=False),
    Column("report", Text, nullable=False), Column("outlet", Text, nullable=False),
    Column("source", Text, nullable=False), Column("source_report", Text, nullable=False),
    Column("root", Text, nullable=False),
    Index("desk_copies_group", "group"), Index("desk_copies_source", "source_report"),
    Index("desk_copies_root", "root", "outlet"), Index("desk_copies_report", "report"),
)  # fmt: skip

reached = Table(  # the groups of claims that it holds, as they were worked out
    "desk_copies_of", tables.metadata, Column("group", Text, primary_key=True), Column("key", Text, nullable=False)
)

RULE = '"rule":"copied text"'
AT_ONCE = 500


def level(case: Case) -> None:
    """Brings the index level: only groups of claims that were worked out again are looked at."""
    with writing(case.engine) as connection:
        for table in (copies, reached):
            table.create(connection, checkfirst=True)
        now, then = tables.groups.c, reached.c
        both = sa.select(now.group, now.key).join(reached, then.group == now.group, isouter=True)
        changed = connection.execute(both.where(sa.or_(then.key.is_(None), then.key != now.key))).all()
        gone = connection.execute(sa.select(then.group).where(then.group.not_in(sa.select(now.group)))).scalars().all()
        for start in range(0, len(gone), AT_ONCE):
            _drop(connection, gone[start : start + AT_ONCE])
        for start in range(0, len(changed), AT_ONCE):
            some = changed[start : start + AT_ONCE]
            _drop(connection, [row.group for row in some])
            found = list(_found(connection, [row.group for row in some]))
            if found:
                connection.execute(sa.insert(copies), found)
            connection.execute(sa.insert(reached), [{"group": row.group, "key": row.key} for row in some])


def _drop(connection: Connection, groups: Collection[str]) -> None:
    for table in (copies, reached):
        connection.execute(sa.delete(table).where(table.c.group.in_(groups)))


def _found(connection: Connection, groups: Collection[str]) -> Iterator[dict[str, str]]:
    rooted, claims = built.rooted.c, tables.claims.c
    where = sa.func.instr if connection.dialect.name == "sqlite" else sa.func.strpos
    query = sa.select(rooted.id, rooted.group, rooted.data, claims.report, claims.outlet, claims.root)
    query = query.join(tables.claims, claims.claim == rooted.id)
    rows = connection.execute(query.where(rooted.group.in_(groups), where(rooted.data, RULE) > 0)).all()
    sources = {row.id: cache.unpacked(Rooted, row.data).source for row in rows}
    asked = sa.select(claims.claim, claims.report).where(claims.claim.in_(sorted({*sources.values()})))
    held = {row.claim: row.report for row in connection.execute(asked)}
    for row in rows:
        source = sources[row.id]
        if source in held:
            yield {
                "claim": row.id, "group": row.group, "report": row.report, "outlet": row.outlet, "source": source,
                "source_report": held[source], "root": row.root,
            }  # fmt: skip
