"""The store: what is evidence and can only grow, and what is made of it and can be made again."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Column, Connection, Engine, Integer, MetaData, Table, Text, UniqueConstraint

from cenotaph.case.errors import CaseError

VERSION = 1
"""Of the tables; a case of a newer version is refused, an older one is replayed."""

metadata = MetaData()

about = Table("about", metadata, Column("key", Text, primary_key=True), Column("value", Text, nullable=False))

journal = Table(
    "journal", metadata,
    Column("hash", Text, primary_key=True),
    Column("chain", Text, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("prev", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("at", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("payload", Text, nullable=False),
    UniqueConstraint("chain", "seq"),
    UniqueConstraint("chain", "prev"),
)  # fmt: skip

payloads = Table("payloads", metadata, Column("hash", Text, primary_key=True), Column("content", Text, nullable=False))

shredded = Table(
    "shredded", metadata, Column("hash", Text, primary_key=True), Column("tombstone", Text, nullable=False)
)

EVIDENCE = (about, journal, payloads, shredded)

readings = Table("readings", metadata, Column("report", Text, primary_key=True), Column("key", Text, nullable=False))


def _rows_of_a_report(name: str) -> Table:
    return Table(
        name, metadata,
        Column("report", Text, primary_key=True), Column("position", Integer, primary_key=True),
        Column("id", Text, nullable=False), Column("data", Text, nullable=False),
    )  # fmt: skip


claims = _rows_of_a_report("claims")
answers = _rows_of_a_report("answers")
unread = _rows_of_a_report("unread")  # problems that a reading found


def _rows_of_a_group(name: str) -> Table:
    """Made of claims that are reconciled together, so that only the groups which changed are worked out again."""
    return Table(
        name, metadata,
        Column("group", Text, primary_key=True), Column("position", Integer, primary_key=True),
        Column("id", Text, nullable=False), Column("data", Text, nullable=False),
    )  # fmt: skip


group_keys = Table("group_keys", metadata, Column("group", Text, primary_key=True), Column("key", Text, nullable=False))
tolls = _rows_of_a_group("group_tolls")
unclear = _rows_of_a_group("group_unclear")  # problems that reconciling found
incidents = _rows_of_a_group("group_incidents")
rooted = _rows_of_a_group("group_roots")
bounds = _rows_of_a_group("group_bounds")  # where and when each incident is, to find those that a claim can be about


def _rows(name: str) -> Table:
    return Table(
        name, metadata,
        Column("position", Integer, primary_key=True),
        Column("id", Text, nullable=False), Column("data", Text, nullable=False),
    )  # fmt: skip


undecided = _rows("undecided")  # problems that linking and decisions left, of no group
tethers = _rows("tethers")

held = Table(  # an index of the captures in the journal
    "held", metadata,
    Column("chain", Text, primary_key=True), Column("seq", Integer, primary_key=True),
    Column("at", Text, nullable=False), Column("report", Text, nullable=False, index=True),
    Column("bytes", Text, nullable=False), Column("address", Text, nullable=False, index=True),
)  # fmt: skip
caught_up = Table(  # how far into each chain it goes
    "caught_up", metadata, Column("chain", Text, primary_key=True), Column("seq", Integer, nullable=False)
)

worked_out = Table(  # how far into each chain decisions are in what was built
    "worked_out", metadata, Column("chain", Text, primary_key=True), Column("seq", Integer, nullable=False)
)
waiting = Table(  # decisions of which the next whole build brings more, or all
    "waiting", metadata,
    Column("decision", Text, primary_key=True),
    Column("chain", Text, nullable=False), Column("seq", Integer, nullable=False),
    Column("whole", Integer, nullable=False),  # 1: nothing built knows of it yet
)  # fmt: skip

GROUPED = (tolls, unclear, incidents, rooted, bounds)
CACHE = (readings, claims, answers, unread, group_keys, *GROUPED, undecided, tethers, worked_out, waiting)


def open_engine(folder: Path, store: str) -> Engine:
    """SQLite in the folder, or the PostgreSQL that case.toml names."""
    if store:
        return sa.create_engine(store.replace("postgresql://", "postgresql+psycopg://", 1))
    engine = sa.create_engine(f"sqlite:///{folder / 'case.db'}", connect_args={"timeout": 60})
    sa.event.listen(engine, "connect", _on_connect)
    sa.event.listen(engine, "begin", _on_begin)
    return engine


def _on_connect(raw: Any, _: Any) -> None:
    """SQLAlchemy's own BEGIN is switched off, so that a writer takes its lock at the start and not halfway."""
    assert isinstance(raw, sqlite3.Connection)
    raw.isolation_level = None
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "secure_delete=ON",
        "recursive_triggers=ON",
    ):
        raw.execute(f"PRAGMA {pragma}")


def _on_begin(connection: Connection) -> None:
    if connection.get_execution_options().get("writing", False):
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        return
    raw = connection.connection.driver_connection  # which takes no lock, so nothing can go wrong: a page begins often
    assert isinstance(raw, sqlite3.Connection)
    raw.execute("BEGIN")


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """One transaction that nobody else can write beside."""
    with engine.connect().execution_options(writing=True) as connection, connection.begin():
        if engine.dialect.name == "postgresql":
            connection.exec_driver_sql("LOCK TABLE journal IN SHARE ROW EXCLUSIVE MODE")
        yield connection


def make_tables(engine: Engine) -> None:
    """All tables, and the triggers that let evidence only grow."""
    metadata.create_all(engine)
    statements = _sqlite_guards() if engine.dialect.name == "sqlite" else _postgresql_guards()
    with engine.begin() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)


def _sqlite_guards() -> Iterator[str]:
    for table in EVIDENCE:
        keys = " OR ".join(f"{' AND '.join(f'{key} = NEW.{key}' for key in group)}" for group in _keys(table))
        refuse = f"SELECT RAISE(ABORT, '{table.name} can only grow')"
        allowed = _WHEN_SHREDDED if table is payloads else ""
        yield f"CREATE TRIGGER IF NOT EXISTS {table.name}_kept BEFORE UPDATE ON {table.name} BEGIN {refuse}; END"
        yield (
            f"CREATE TRIGGER IF NOT EXISTS {table.name}_stays BEFORE DELETE ON {table.name} "
            f"{allowed} BEGIN {refuse}; END"
        )
        yield (
            f"CREATE TRIGGER IF NOT EXISTS {table.name}_once BEFORE INSERT ON {table.name} "
            f"WHEN EXISTS (SELECT 1 FROM {table.name} WHERE {keys}) BEGIN {refuse}; END"
        )


_WHEN_SHREDDED = "WHEN NOT EXISTS (SELECT 1 FROM shredded WHERE shredded.hash = OLD.hash)"


def _keys(table: Table) -> list[list[str]]:
    unique = [
        [column.name for column in constraint.columns]
        for constraint in table.constraints
        if isinstance(constraint, UniqueConstraint)
    ]
    return [[column.name for column in table.primary_key.columns], *unique]


def _postgresql_guards() -> Iterator[str]:
    yield (
        "CREATE OR REPLACE FUNCTION only_grows() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "IF TG_OP = 'DELETE' AND TG_TABLE_NAME = 'payloads' "
        "AND EXISTS (SELECT 1 FROM shredded s WHERE s.hash = OLD.hash) "
        "THEN RETURN OLD; END IF; RAISE EXCEPTION '%% can only grow', TG_TABLE_NAME; END $$"
    )
    yield (
        "CREATE OR REPLACE FUNCTION never_emptied() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "RAISE EXCEPTION '%% can only grow', TG_TABLE_NAME; END $$"
    )
    for table in EVIDENCE:
        name = table.name
        yield f"DROP TRIGGER IF EXISTS {name}_kept ON {name}"
        yield f"CREATE TRIGGER {name}_kept BEFORE UPDATE OR DELETE ON {name} FOR EACH ROW EXECUTE FUNCTION only_grows()"
        yield f"DROP TRIGGER IF EXISTS {name}_stays ON {name}"
        yield (
            f"CREATE TRIGGER {name}_stays BEFORE TRUNCATE ON {name} FOR EACH STATEMENT EXECUTE FUNCTION never_emptied()"
        )


def make_cache(engine: Engine) -> None:
    """The tables that can be built again, where an older cenotaph did not have them yet."""
    metadata.create_all(engine, tables=(*CACHE, held, caught_up))


def check_version(connection: Connection, folder: Path) -> None:
    """Raises CaseError for a case that a newer cenotaph made."""
    found = connection.execute(sa.select(about.c.value).where(about.c.key == "version")).scalar()
    if found is None:
        raise CaseError(f"{folder}: the store holds no case; make one with: cenotaph init {folder}")
    if not found.isdigit() or int(found) > VERSION:
        raise CaseError(
            f"{folder} is a case of version {found}; this cenotaph reads up to version {VERSION}: install a newer one"
        )
